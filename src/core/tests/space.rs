//! Symbolic sets against the evaluation of conditions, answer by answer, for questions and conditions of every form.

use crate::tests::answers;
use crate::tests::conditions;

use crate::compile;
use crate::diagnostic::Sink;
use crate::program::{self, Assignment, Program, QuestionId, Value};
use crate::scenario::{Answer, Budget, Scenarios, Set};
use crate::source::{Source, Sources};
use proptest::prelude::*;

/// The questions on offer: how they are written, and tests on them.
const QUESTIONS: [(&str, &[&str]); 7] = [
    ("甲: {问: 甲？}", &["甲", "非 甲", "甲 = 是", "甲 ≠ 是"]),
    ("乙: {问: 乙？, 选项: [红, 黄, 蓝]}", &["乙 = 红", "乙 ≠ 黄", "乙 属于 [红, 蓝]", "乙 不属于 [蓝]"]),
    ("丙: {问: 丙？, 选项: [东, 西, 南], 多选: 是}", &["丙 包含 东", "丙 包含 南", "丙 不包含 西"]),
    (
        "丁: {问: 丁？, 数值: {最小: 1, 最大: 10}}",
        &["丁 ≤ 3", "丁 < 3", "丁 > 3", "丁 ≥ 4", "丁 = 7", "丁 ≠ 7", "丁 > 100"],
    ),
    (
        "戊: {问: 戊？, 数值: {最小: 0.5, 最大: 2, 小数位: 1}}",
        &["戊 ≤ 1.25", "戊 > 1.2", "戊 = 1", "戊 < 1.3", "戊 ≥ 0.5"],
    ),
    (
        "己: {问: 己？, 日期: {最早: 2026-02-01, 最晚: 2026-03-31}}",
        &["己 < 2026-03-01", "己 ≥ 2026-02-28", "己 = 2026-03-31"],
    ),
    ("庚: {问: 庚？}", &["庚", "非 庚"]),
];

#[derive(Debug, Clone)]
struct Case {
    /// When each question is asked: a test on an earlier one.
    asked: Vec<Option<(prop::sample::Index, prop::sample::Index)>>,
    conditions: Vec<String>,
    constraint: Option<String>,
    exit: Option<String>,
}

fn case() -> impl Strategy<Value = Case> {
    let when = prop::option::weighted(0.3, any::<(prop::sample::Index, prop::sample::Index)>());
    (
        prop::collection::vec(when, QUESTIONS.len()),
        prop::collection::vec(conditions::on(&QUESTIONS, 3, 8), 1..4),
        prop::option::of(conditions::on(&QUESTIONS, 3, 8)),
        prop::option::of(conditions::on(&QUESTIONS, 3, 8)),
    )
        .prop_map(|(asked, conditions, constraint, exit)| Case { asked, conditions, constraint, exit })
}

fn text(case: &Case) -> String {
    let mut text = String::from("一件事: 例子\n标识: example\n情形:\n");
    for (index, (written, _)) in QUESTIONS.iter().enumerate() {
        let when = case.asked[index].filter(|_| index > 0).map(|(question, test)| {
            let tests = QUESTIONS[question.index(index)].1;
            tests[test.index(tests.len())]
        });
        let written = match when {
            Some(when) => written.replacen('{', &format!("{{当: \"{when}\", "), 1),
            None => (*written).to_owned(),
        };
        text += &format!("  {written}\n");
    }
    for (key, inner, condition) in [("约束", "不会出现", &case.constraint), ("不适用", "当", &case.exit)] {
        if let Some(condition) = condition {
            text += &format!("{key}:\n  - {inner}: \"{condition}\"\n");
            text += if key == "不适用" { "    建议: 到别处办\n" } else { "" };
        }
    }
    text += "联办事项:\n";
    for (index, condition) in case.conditions.iter().enumerate() {
        text += &format!("  事项{index}: {{名称: 第{index}号事项, 单位: 甲部门, 当: \"{condition}\"}}\n");
    }
    text
}

const MANIFEST: &str = "工作区: 例子\n标识: w\n计数口径: {环节: 按事项, 跑动: 按事项}\n";

fn with_program(text: &str, test: impl FnOnce(&Program<'_>)) {
    let files = [("yijianshi.yaml", MANIFEST), ("例子.yaml", text), ("机构.yaml", "机构目录:\n  甲部门: {}\n")];
    let sources = Sources::from_texts(files.map(|(name, text)| Source::new(name, text)));
    let opened = compile::open(sources.clone());
    let mut sink = Sink::new();
    let loaded = program::load(&opened.workspace, &sources, opened.bundles[0], &mut sink).unwrap();
    let program = program::resolve(&opened.workspace, loaded, &mut sink);
    assert_eq!(sink.as_slice().len(), 0, "{text}\n{:?}", sink.as_slice());
    test(&program);
}

/// The values of the diagram's variables for raw answers; each answer has to be in exactly one value.
fn values(scenarios: &Scenarios<'_, '_>, raw: &Assignment) -> Vec<u32> {
    let of = |variable: &crate::scenario::Variable| {
        let value = raw.get(variable.question).unwrap();
        let found: Vec<_> = (0..).zip(&variable.values).filter(|(_, answer)| answer.includes(value)).collect();
        assert_eq!(found.len(), 1, "{value:?} in {:?}", variable.values);
        found[0].0
    };
    scenarios.space.variables().iter().map(of).collect()
}

/// Marks what is not asked, question by question.
fn asked(program: &Program<'_>, raw: &Assignment) -> Assignment {
    let mut answers = raw.clone();
    for (index, question) in program.questions.iter().enumerate() {
        if question.when.as_ref().is_some_and(|when| when.test.eval(&answers) != Some(true)) {
            answers.set(QuestionId::from(index), Value::NotAsked);
        }
    }
    answers
}

fn check(program: &Program<'_>, picks: &[Vec<prop::sample::Index>]) {
    let mut scenarios = Scenarios::new(program, Budget::default()).unwrap();
    let conditions: Vec<_> = program.items.iter().map(|item| item.when.as_ref().unwrap().test.clone()).collect();
    for pick in picks {
        let mut raw = Assignment::new(program.questions.len());
        for (index, question) in program.questions.iter().enumerate() {
            let all = answers::to(&question.domain);
            raw.set(index.into(), all[pick[index].index(all.len())].clone());
        }
        let answers = asked(program, &raw);
        let values = values(&scenarios, &raw);
        for (index, condition) in conditions.iter().enumerate() {
            let inside = scenarios.diagram.contains(scenarios.applies.items[index].item, &values);
            assert_eq!(Some(inside), condition.eval(&answers), "{condition:?} {answers:?}");
        }
        let holds = |cond: &program::Cond| cond.test.eval(&answers) == Some(true);
        let possible = !program.constraints.iter().any(|(cond, _)| holds(cond));
        let turned_away = program.exits.iter().any(|(cond, _)| holds(cond));
        assert_eq!(scenarios.diagram.contains(scenarios.possible, &values), possible);
        assert_eq!(scenarios.diagram.contains(scenarios.served, &values), possible && !turned_away);
        // The scenario itself is among those with its answers, and is read back with the same truth of all conditions.
        let given = scenarios.given(&answers).unwrap();
        assert!(scenarios.diagram.contains(given, &values));
        let back = scenarios.scenario_of(&values);
        for condition in &conditions {
            assert_eq!(condition.eval(&back), condition.eval(&answers));
        }
    }
    for index in 0..conditions.len() {
        let (set, served) = (scenarios.applies.items[index].item, scenarios.served);
        let inside = scenarios.diagram.and(set, served).unwrap();
        let witness = scenarios.witness(set, served).unwrap();
        assert_eq!(witness.is_none(), inside.is_empty());
        let Some(witness) = witness else { continue };
        // Everybody who is served and answers so is in the set, somebody is, and no answer can be left out.
        let with = |scenarios: &mut Scenarios<'_, '_>, left_out: Option<usize>| {
            let answers = witness.answers.iter().enumerate().filter(|(index, _)| Some(*index) != left_out);
            let literals: Vec<(usize, u32)> =
                answers.map(|(_, (question, answer))| place(scenarios, *question, answer)).collect();
            let mut met = scenarios.served;
            for (var, value) in literals {
                let literal = scenarios.diagram.literal(var, |other| other == value).unwrap();
                met = scenarios.diagram.and(met, literal).unwrap();
            }
            met
        };
        let all = with(&mut scenarios, None);
        assert!(!all.is_empty());
        assert!(scenarios.diagram.within(all, set).unwrap());
        for left_out in 0..witness.answers.len() {
            let more = with(&mut scenarios, Some(left_out));
            assert!(!scenarios.diagram.within(more, set).unwrap(), "{}", witness.words(program));
        }
    }
    let served = scenarios.served;
    if let Some(scenario) = scenarios.scenario(served) {
        let given = scenarios.given(&scenario).unwrap();
        assert!(scenarios.diagram.meet(given, served).unwrap());
    } else {
        assert_eq!(served, Set::NONE);
    }
}

fn place(scenarios: &Scenarios<'_, '_>, question: QuestionId, answer: &Answer) -> (usize, u32) {
    let variables = scenarios.space.variables();
    let of = scenarios.space.of(question).iter();
    let mut found =
        of.filter_map(|&var| Some((var, variables[var].values.iter().position(|own| own == answer)? as u32)));
    found.next().unwrap()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1000))]

    #[test]
    fn sets_hold_what_conditions_say(
        case in case(),
        picks in prop::collection::vec(prop::collection::vec(any::<prop::sample::Index>(), QUESTIONS.len()), 60),
    ) {
        with_program(&text(&case), |program| check(program, &picks));
    }
}

/// A small space is counted by hand: 甲 decides whether 乙 is asked.
#[test]
fn answers_to_questions_not_asked_do_not_count() {
    let text = "一件事: 例子\n标识: example\n情形:\n  甲: {问: 甲？}\n  乙: {问: 乙？, 选项: [红, 黄, 蓝], 当: 甲}\n联办事项:\n  一: {名称: 一号, 单位: 甲部门, 当: 乙 = 红}\n";
    with_program(text, |program| {
        let mut scenarios = Scenarios::new(program, Budget::default()).unwrap();
        let possible = scenarios.possible;
        assert_eq!(scenarios.count(possible), Ok(Some(4)));
        let item = scenarios.applies.items[0].item;
        assert_eq!(scenarios.count(item), Ok(Some(1)));
        let witness = scenarios.witness(item, possible).unwrap().unwrap();
        assert_eq!(witness.words(program), "甲为“是”、乙为红");
    });
}
