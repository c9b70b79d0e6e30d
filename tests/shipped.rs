//! The plans of the shipped bundles, recomputed from `plan.json` alone: nothing of the compiler's own arithmetic is used.

use crate::workspace;

use std::path::Path;

use serde_json::{Map, Value};
use yijianshi_core::plan::Plan;

/// `plan.json` of every shipped bundle.
fn plans() -> Vec<Value> {
    workspace::shipped().iter().map(|plan| serde_json::to_value(plan).unwrap()).collect()
}

/// Whether a condition's tree, as written and so over names, holds; a question without an answer is one that is not asked, and holds nothing.
fn holds(tree: &Value, answers: &Map<String, Value>) -> bool {
    let parts = |key: &str| tree[key].as_array().unwrap().iter().map(|part| holds(part, answers)).collect::<Vec<_>>();
    if tree.get("all").is_some() {
        return parts("all").into_iter().all(|part| part);
    }
    if tree.get("any").is_some() {
        return parts("any").into_iter().any(|part| part);
    }
    if let Some(inner) = tree.get("not") {
        return !holds(inner, answers);
    }
    if let Some(question) = tree.get("is") {
        return answers.get(question.as_str().unwrap()).is_some_and(|answer| answer == "是");
    }
    let Some(answer) = answers.get(tree["question"].as_str().unwrap()).and_then(Value::as_str) else { return false };
    let digits = |text: &str| text.chars().take_while(|c| c.is_ascii_digit() || *c == '.').collect::<String>();
    let text = |value: &Value| {
        value.as_str().map_or_else(|| value["number"].as_str().unwrap_or_default().to_owned(), str::to_owned)
    };
    let compare = || {
        let hundredths = |text: &str| {
            let text = digits(text);
            let (whole, part) = text.split_once('.').unwrap_or((&text, ""));
            format!("{whole}{part:0<2}").parse::<i64>().unwrap()
        };
        hundredths(answer).cmp(&hundredths(&text(&tree["value"])))
    };
    match tree["op"].as_str().unwrap() {
        "in" => tree["values"].as_array().unwrap().iter().any(|value| text(value) == answer),
        "=" if tree["value"].is_string() => answer == text(&tree["value"]),
        "!=" if tree["value"].is_string() => answer != text(&tree["value"]),
        "=" => compare().is_eq(),
        "!=" => compare().is_ne(),
        "<" => compare().is_lt(),
        "<=" => compare().is_le(),
        ">" => compare().is_gt(),
        ">=" => compare().is_ge(),
        other => panic!("{other}"),
    }
}

fn list<'v>(value: &'v Value, key: &str) -> &'v [Value] {
    value.get(key).and_then(Value::as_array).map_or(&[], Vec::as_slice)
}

/// The rows that the items ask for today under these answers; in the widest case all of them.
fn rows_before(plan: &Value, answers: Option<&Map<String, Value>>, without: &[Value]) -> u64 {
    let applies = |value: &Value| match (value.get("when"), answers) {
        (Some(when), Some(answers)) => holds(&when["tree"], answers),
        _ => true,
    };
    let mut rows = 0;
    for item in list(&plan["written"], "items") {
        if applies(&item["value"]) && !without.contains(&item["name"]) {
            let own = list(&item["value"], "forms").iter().chain(list(&item["value"], "materials"));
            rows += own.filter(|row| applies(row)).count() as u64;
        }
    }
    rows
}

#[test]
fn ledgers_close_in_every_scenario() {
    let mut seen = 0;
    for plan in plans() {
        let title = &plan["bundle"]["title"];
        let written = list(&plan["written"], "scenarios");
        let named = list(&plan, "scenarios").iter().enumerate().map(|(index, scenario)| {
            (scenario, Some(scenario["answers"].as_object().unwrap()), list(&written[index], "without"))
        });
        for (scenario, answers, without) in named.chain([(&plan["widest"], None, &[][..])]) {
            seen += 1;
            let name = format!("{title} {}", scenario["name"]);
            let count = |kind: &str, item: Option<&Value>| {
                let lines = list(scenario, "ledger").iter().filter(|line| line["kind"] == kind);
                lines.filter(|line| item.is_none_or(|item| &line["item"] == item)).count() as i64
            };
            let number = |value: &Value| value.as_i64().unwrap();
            let close = |sums: &Value, item: Option<&Value>| {
                let (removed, added) = (count("removed", item), count("added", item));
                assert_eq!((number(&sums["removed"]), number(&sums["added"])), (removed, added), "{name}");
                assert_eq!(number(&sums["before"]) - removed + added, number(&sums["after"]), "{name}");
            };
            close(&scenario["sums"], None);
            let mut totals = (0, 0);
            for report in list(scenario, "item_reports") {
                close(&report["sums"], Some(&report["item"]));
                assert_eq!(list(report, "before").len() as i64, number(&report["sums"]["before"]), "{name}");
                assert_eq!(list(report, "after").len() as i64, number(&report["sums"]["after"]), "{name}");
                totals = (totals.0 + number(&report["sums"]["before"]), totals.1 + number(&report["sums"]["after"]));
            }
            let sums = &scenario["sums"];
            assert_eq!(totals, (number(&sums["before"]), number(&sums["after"])), "{name}");
            assert_eq!(sums["before"].as_u64().unwrap(), rows_before(&plan, answers, without), "{name}");
            // What is published as the figure is the sum, unless an item says nothing of its materials.
            let known = list(scenario, "silent_items").is_empty();
            for (side, sum) in [("before", &sums["before"]), ("after", &sums["after"])] {
                let figure = &scenario["comparison"][side]["materials"];
                assert_eq!(figure, if known { sum } else { &Value::Null }, "{name}");
            }
            // Every line says where it comes from.
            for line in list(scenario, "ledger") {
                assert!(line["source"]["line"].as_u64().unwrap() > 0);
                assert!(!line["reason"].as_str().unwrap().is_empty());
            }
        }
    }
    assert!(seen >= 11);
}

#[test]
fn golden_facts_of_the_small_restaurant() {
    let plans = plans();
    let plan = plans.iter().find(|plan| plan["bundle"]["id"] == "small-restaurant").unwrap();
    let scenarios = list(&plan["summary"], "scenarios");
    let names: Vec<_> = scenarios.iter().map(|row| row["name"].as_str().unwrap()).collect();
    assert_eq!(names, ["本人办理", "委托办理"]);
    let figures = |row: &Value, side: &str| {
        let side = &row[side];
        (side["materials"].clone(), side["days"].clone(), side["forms"].clone(), side["visits"].clone())
    };
    let expected = |materials: u32, days: &str, forms: u32, visits: u32| {
        (materials.into(), days.into(), forms.into(), visits.into())
    };
    assert_eq!(figures(&scenarios[0], "before"), expected(22, "14.5", 5, 4));
    assert_eq!(figures(&scenarios[0], "after"), expected(14, "8", 1, 1));
    assert_eq!(figures(&scenarios[1], "before"), expected(26, "14.5", 5, 4));
    assert_eq!(figures(&scenarios[1], "after"), expected(16, "8", 1, 1));
    assert_eq!(figures(&plan["summary"]["widest"], "before"), expected(26, "14.5", 5, 4));
    assert_eq!(plan["widest"]["schedule"]["critical_path"], "8");
    assert_eq!(plan["widest"]["schedule"]["promise"]["holds"], true);
}

/// Who has a larger place is told so at once; who leaves the tax matters out is not asked about them.
#[test]
fn the_questionnaire_of_the_small_restaurant() {
    let plans = plans();
    let plan = plans.iter().find(|plan| plan["bundle"]["id"] == "small-restaurant").unwrap();
    let questionnaire = &plan["questionnaire"];
    let steps: Vec<_> = list(questionnaire, "steps")
        .iter()
        .map(|step| (step["question"].as_str().unwrap(), step["when"]["text"].as_str()))
        .collect();
    let tax = Some("办税");
    assert_eq!(
        steps,
        [
            ("jing_ying_mian_ji", None),
            ("ban_li_fang_shi", None),
            ("men_tou_zhuang_xiu", None),
            ("ban_shui", None),
            ("dian_suan_hua", tax),
            ("kai_piao", tax),
            ("shou_ci_he_ding", tax),
        ]
    );
    // Half leave after the first question; of the others half are asked three more, the others six.
    assert_eq!(questionnaire["expected"]["exact"], "13/4");
    assert_eq!((&questionnaire["fewest"], &questionnaire["most"]), (&1.into(), &7.into()));
    let counts = &questionnaire["counts"];
    let count = |name: &str| counts[name].as_str().unwrap();
    // Two sizes, by who applies, by shop sign, by no tax matters or their eight kinds.
    assert_eq!((count("scenarios"), count("served"), count("distinct")), ("72", "36", "36"));
    assert_eq!(steps.len(), list(plan, "questions").len());
}

/// What is read from `plan.json` is the plan that was written.
#[test]
fn a_plan_can_be_read_back() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let others = ["examples/入门", "tests/flows", "tests/forms", "tests/hostile"];
    let others = others.map(|folder| workspace::plans(&root.join(folder)));
    let mut seen = 0;
    for plan in others.into_iter().flatten().chain(workspace::shipped()) {
        let text = serde_json::to_string(&plan).unwrap();
        let back: Plan = serde_json::from_str(&text).unwrap_or_else(|error| panic!("{}: {error}", plan.bundle.id));
        assert!(back == plan, "{}", plan.bundle.id);
        assert_eq!(serde_json::to_string(&back).unwrap(), text, "{}", plan.bundle.id);
        seen += 1;
    }
    assert!(seen > 10, "{seen}");
}
