//! Questionnaires and counts against brute force: every scenario of small random bundles is walked through.

use std::collections::{BTreeMap, BTreeSet};

use crate::compile;
use crate::diagnostic::Sink;
use crate::expr::Number;
use crate::program::{self, Assignment, Program, QuestionId, Value};
use crate::scenario::{Answer, Budget, End, Graph, Literal, Node, Questionnaire, Scenarios};
use crate::source::{Source, Sources};
use proptest::prelude::*;

/// Questions answered, in order, with the values given.
type Answers<'a> = &'a [(QuestionId, Vec<u32>)];
/// Which parts apply, and which exits.
type Applying = (Vec<bool>, Vec<bool>);

/// The questions on offer: how they are written, shares of their answers, and tests on them.
const QUESTIONS: [(&str, &str, &[&str]); 7] = [
    ("甲: {问: 甲？", "{是: 30%, 否: 70%}", &["甲", "非 甲"]),
    ("乙: {问: 乙？, 选项: [红, 黄, 蓝]", "{蓝: 5, 红: 3, 黄: 1}", &["乙 = 红", "乙 ≠ 黄", "乙 属于 [红, 蓝]"]),
    (
        "丙: {问: 丙？, 选项: [东, 西, 南], 多选: 是",
        "{东: 20%, 西: 50%, 南: 12.5%}",
        &["丙 包含 东", "丙 包含 南", "丙 不包含 西"],
    ),
    (
        "丁: {问: 丁？, 数值: {最小: 1, 最大: 10}",
        "{丁 < 4: 50%, 丁 ≥ 4 且 丁 ≤ 8: 30%, 丁 > 8: 20%}",
        &["丁 ≤ 3", "丁 > 3", "丁 = 7", "丁 ≥ 9"],
    ),
    (
        "己: {问: 己？, 日期: {最早: 2026-02-01, 最晚: 2026-03-31}",
        "{己 < 2026-03-01: 1, 己 ≥ 2026-03-01: 2}",
        &["己 < 2026-03-01", "己 ≥ 2026-02-28"],
    ),
    ("庚: {问: 庚？", "{是: 1, 否: 3}", &["庚", "非 庚"]),
    ("辛: {问: 辛？", "{是: 5%, 否: 95%}", &["辛", "非 辛"]),
];

type Pick = prop::sample::Index;

#[derive(Debug, Clone)]
enum Shape {
    Leaf(Pick, Pick),
    All(Vec<Shape>),
    Any(Vec<Shape>),
    Not(Box<Shape>),
}

#[derive(Debug, Clone)]
struct Case {
    /// Which questions there are.
    present: Vec<bool>,
    /// When each question is asked: a test on an earlier one.
    asked: Vec<Option<(Pick, Pick)>>,
    shares: Vec<bool>,
    items: Vec<(Option<Shape>, bool, Vec<Shape>)>,
    constraints: Vec<Shape>,
    exits: Vec<Shape>,
}

fn shape() -> impl Strategy<Value = Shape> {
    let leaf = any::<(Pick, Pick)>().prop_map(|(question, test)| Shape::Leaf(question, test));
    leaf.prop_recursive(2, 6, 3, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 2..4).prop_map(Shape::All),
            prop::collection::vec(inner.clone(), 2..4).prop_map(Shape::Any),
            inner.prop_map(|part| Shape::Not(Box::new(part))),
        ]
    })
}

fn case() -> impl Strategy<Value = Case> {
    let count = QUESTIONS.len();
    let item = (prop::option::of(shape()), any::<bool>(), prop::collection::vec(shape(), 0..3));
    (
        prop::collection::vec(prop::bool::weighted(0.7), count),
        prop::collection::vec(prop::option::weighted(0.4, any::<(Pick, Pick)>()), count),
        prop::collection::vec(any::<bool>(), count),
        prop::collection::vec(item, 1..4),
        prop::collection::vec(shape(), 0..3),
        prop::collection::vec(shape(), 0..3),
    )
        .prop_map(|(mut present, asked, shares, items, constraints, exits)| {
            present[0] |= !present.contains(&true);
            Case { present, asked, shares, items, constraints, exits }
        })
}

impl Case {
    fn questions(&self) -> Vec<usize> {
        (0..QUESTIONS.len()).filter(|&index| self.present[index]).collect()
    }

    fn condition(&self, shape: &Shape) -> String {
        let join = |parts: &[Shape], word: &str| {
            let parts: Vec<_> = parts.iter().map(|part| self.condition(part)).collect();
            format!("({})", parts.join(word))
        };
        match shape {
            Shape::Leaf(question, test) => {
                let questions = self.questions();
                let tests = QUESTIONS[questions[question.index(questions.len())]].2;
                tests[test.index(tests.len())].to_owned()
            }
            Shape::All(parts) => join(parts, " 且 "),
            Shape::Any(parts) => join(parts, " 或 "),
            Shape::Not(part) => format!("非 ({})", self.condition(part)),
        }
    }

    fn text(&self) -> String {
        let mut text = String::from("一件事: 例子\n标识: example\n情形:\n");
        let questions = self.questions();
        for (place, &index) in questions.iter().enumerate() {
            let (written, shares, _) = QUESTIONS[index];
            text += &format!("  {written}");
            if let (Some((question, test)), true) = (self.asked[index], place > 0) {
                let tests = QUESTIONS[questions[question.index(place)]].2;
                text += &format!(", 当: \"{}\"", tests[test.index(tests.len())]);
            }
            if self.shares[index] {
                text += &format!(", 份额: {shares}");
            }
            text += "}\n";
        }
        for (key, list) in [("约束", &self.constraints), ("不适用", &self.exits)] {
            if !list.is_empty() {
                text += &format!("{key}:\n");
            }
            for shape in list {
                let condition = self.condition(shape);
                text += &match key {
                    "约束" => format!("  - 不会出现: \"{condition}\"\n"),
                    _ => format!("  - {{当: \"{condition}\", 建议: 到别处办}}\n"),
                };
            }
        }
        text += "联办事项:\n";
        for (number, (when, mandatory, rows)) in self.items.iter().enumerate() {
            text += &format!("  事项{number}:\n    名称: 第{number}号事项\n    单位: 甲部门\n");
            if let Some(when) = when {
                text += &format!("    当: \"{}\"\n", self.condition(when));
            }
            if *mandatory {
                text += "    必办: 《例子条例》\n";
            }
            for (row, when) in rows.iter().enumerate() {
                text += if row == 0 { "    材料:\n" } else { "" };
                let when = self.condition(when);
                text += &format!("      - {{材料: 证明, 持有人: 第{row}人, 当: \"{when}\"}}\n");
            }
        }
        text
    }
}

fn with_program(text: &str, test: impl FnOnce(&Program<'_>)) {
    let files = [
        ("yijianshi.yaml", "工作区: 例子\n标识: w\n计数口径: {环节: 按事项, 跑动: 按事项}\n"),
        ("例子.yaml", text),
        ("机构.yaml", "机构目录:\n  甲部门: {}\n"),
        ("材料.yaml", "材料目录:\n  证明: {}\n"),
    ];
    let sources = Sources::from_texts(files.map(|(name, text)| Source::new(name, text)));
    let opened = compile::open(sources.clone());
    let mut sink = Sink::new();
    let loaded = program::load(&opened.workspace, &sources, opened.bundles[0], &mut sink).unwrap();
    let program = program::resolve(&opened.workspace, loaded, &mut sink);
    assert_eq!(sink.as_slice().len(), 0, "{text}\n{:?}", sink.as_slice());
    test(&program);
}

/// One scenario with raw answers.
struct Scenario {
    values: Vec<u32>,
    answers: Assignment,
    weight: Number,
    /// What applies, and which exits do.
    outcome: (Vec<bool>, Vec<bool>),
    /// Questions asked, with the values of their variables.
    transcript: Vec<(QuestionId, Vec<u32>)>,
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

fn outcome(program: &Program<'_>, answers: &Assignment) -> (Vec<bool>, Vec<bool>) {
    let holds = |when: Option<&program::Cond>| when.is_none_or(|when| when.test.eval(answers) == Some(true));
    let exits: Vec<bool> = program.exits.iter().map(|(when, _)| holds(Some(when))).collect();
    let served = !exits.contains(&true);
    let mut parts = Vec::new();
    for item in &program.items {
        let takes = served && holds(item.when.as_ref());
        parts.push(takes);
        parts.extend(item.materials.iter().map(|row| takes && holds(row.when.as_ref())));
    }
    (parts, exits)
}

/// How often a value is given, worked out from what the shares say: the answers one by one.
fn weight(case: &Case, program: &Program<'_>, answer: &Answer, question: QuestionId) -> Number {
    let number = |numerator, denominator| Number::fraction(numerator, denominator).unwrap();
    let index = case.questions()[question.index()];
    if !case.shares[index] {
        return Number::ONE;
    }
    match (index, answer) {
        (0, Answer::Yes(yes)) => number(if *yes { 30 } else { 70 }, 100),
        (1, Answer::Option(option)) => number([3, 1, 5][*option], 9),
        (2, Answer::Chosen(option, chosen)) => {
            let chosen_by = [number(1, 5), number(1, 2), number(1, 8)][*option];
            if *chosen { chosen_by } else { Number::ONE.checked_sub(chosen_by).unwrap() }
        }
        (3, Answer::Number(range)) => {
            // Runs of answers that no condition and no share tells apart.
            let mut conditions: Vec<program::Test> = Vec::new();
            for (_, cond) in program.conditions() {
                leaves(&cond.test, question, &mut conditions);
            }
            let third = |n: i64| usize::from(n >= 4) + usize::from(n > 8);
            let truth = |n: i64| {
                let mut answers = Assignment::new(program.questions.len());
                answers.set(question, Value::Number(Number::from(n as i32)));
                let truth: Vec<_> = conditions.iter().map(|test| test.eval(&answers)).collect();
                (third(n), truth)
            };
            let runs = |of: usize| (1..=10).filter(|&n| third(n) == of && (n == 1 || truth(n) != truth(n - 1))).count();
            let own = (1..=10).filter(|&n| {
                let first = n == 1 || truth(n) != truth(n - 1);
                first && (range.low..=range.high).contains(&Number::from(n as i32))
            });
            let shares = [number(5, 10), number(3, 10), number(2, 10)];
            Number::checked_sum(own.map(|n| shares[third(n)].checked_div(Number::from(runs(third(n)) as i32)).unwrap()))
                .unwrap()
        }
        (4, Answer::Date(range)) => {
            // Conditions tell apart what is before the 28th, on the 28th of February, and later.
            let used =
                |text: &str| program.conditions().iter().any(|(_, cond)| cond.written.to_string().contains(text));
            let (parts, march) = (1 + i64::from(used("2026-02-28")), "2026-03-01");
            let (low, high) = (range.low.to_string(), range.high.to_string());
            let february = match (low.as_str() < march, high.as_str() < march) {
                (true, true) => number(1, parts),
                (true, false) => match low.as_str() {
                    "2026-02-01" => number(1, 1),
                    _ => number(1, parts),
                },
                _ => Number::ZERO,
            };
            let march = if high.as_str() >= march { number(2, 1) } else { Number::ZERO };
            february.checked_add(march).unwrap()
        }
        (5, Answer::Yes(yes)) => number(if *yes { 1 } else { 3 }, 4),
        (6, Answer::Yes(yes)) => number(if *yes { 5 } else { 95 }, 100),
        other => panic!("{other:?}"),
    }
}

fn leaves(test: &program::Test, question: QuestionId, found: &mut Vec<program::Test>) {
    match test {
        program::Test::All(parts) | program::Test::Any(parts) => {
            parts.iter().for_each(|part| leaves(part, question, found));
        }
        program::Test::Not(part) => leaves(part, question, found),
        program::Test::Number(id, ..) if *id == question => found.push(test.clone()),
        _ => {}
    }
}

/// Everybody who is possible.
fn everybody(
    case: &Case,
    program: &Program<'_>,
    scenarios: &Scenarios<'_, '_>,
    questionnaire: &Questionnaire,
) -> Vec<Scenario> {
    let variables = scenarios.space.variables();
    let weights: Vec<Vec<Number>> = variables
        .iter()
        .map(|variable| {
            let values = variable.values.iter();
            let raw: Vec<Number> = values.map(|value| weight(case, program, value, variable.question)).collect();
            let sum = Number::checked_sum(raw.iter().copied()).unwrap();
            raw.into_iter().map(|share| share.checked_div(sum).unwrap()).collect()
        })
        .collect();
    let mut found = Vec::new();
    let mut values = vec![0; variables.len()];
    loop {
        let raw = scenarios.space.answers(&values);
        let answers = asked(program, &raw);
        if !program.constraints.iter().any(|(never, _)| never.test.eval(&answers) == Some(true)) {
            let steps = questionnaire.steps.iter().filter(|step| scenarios.diagram.contains(step.asked, &values));
            let own = |question| scenarios.space.of(question).iter().map(|&var| values[var]).collect();
            let transcript = steps.map(|step| (step.question, own(step.question))).collect();
            let weight = values
                .iter()
                .zip(&weights)
                .fold(Number::ONE, |all, (&value, weights)| all.checked_mul(weights[value as usize]).unwrap());
            let outcome = outcome(program, &answers);
            found.push(Scenario { values: values.clone(), answers, weight, outcome, transcript });
        }
        let Some(var) = (0..values.len()).find(|&var| values[var] + 1 < variables[var].values.len() as u32) else {
            return found;
        };
        values[..var].fill(0);
        values[var] += 1;
    }
}

/// Whether answers given so far are as a list of literals says. A question answered by 否 may also not have been asked.
fn says(
    scenarios: &Scenarios<'_, '_>,
    literals: &[Literal],
    scenario: &Scenario,
    so_far: &[(QuestionId, Vec<u32>)],
) -> bool {
    literals.iter().all(|literal| {
        let was_asked = so_far.iter().any(|(question, _)| *question == literal.question);
        let value = scenario.values[literal.var];
        let first = &scenarios.space.variables()[literal.var].values[0];
        match first {
            Answer::Yes(_) | Answer::Chosen(..) if literal.values == [0] => !was_asked || value == 0,
            _ => was_asked && literal.values.contains(&value),
        }
    })
}

/// Goes through a graph: the questions on the way, and the end.
fn walk<'g>(graph: &'g Graph, values: &[u32]) -> (Vec<QuestionId>, &'g End) {
    let mut questions = Vec::new();
    let mut at = 0;
    loop {
        match &graph.nodes[at] {
            Node::End(end) => return (questions, end),
            Node::Ask { question, edges } => {
                questions.push(*question);
                let leads = |literals: &Vec<Literal>| literals.iter().all(|l| l.values.contains(&values[l.var]));
                let mut ways = edges.iter().filter(|edge| edge.answers.iter().any(leads));
                let edge = ways.next().expect("every possible answer leads somewhere");
                assert!(ways.next().is_none(), "an answer leads to two nodes");
                assert!(edge.to > at);
                at = edge.to;
            }
        }
    }
}

fn check(case: &Case, program: &Program<'_>) {
    let mut scenarios = Scenarios::new(program, Budget::default()).unwrap();
    let questionnaire = Questionnaire::new(&mut scenarios).unwrap();
    let all = everybody(case, program, &scenarios, &questionnaire);

    // What is asked can be asked, depends on answers given, and the answers determine what applies.
    let mut next: BTreeMap<Answers<'_>, Option<QuestionId>> = BTreeMap::new();
    let mut groups: BTreeMap<(Answers<'_>, QuestionId), Vec<&Scenario>> = BTreeMap::new();
    let mut outcomes: BTreeMap<Answers<'_>, &Applying> = BTreeMap::new();
    for scenario in &all {
        for place in 0..=scenario.transcript.len() {
            let so_far = &scenario.transcript[..place];
            let question = scenario.transcript.get(place).map(|(question, _)| *question);
            assert_eq!(*next.entry(so_far).or_insert(question), question, "what is asked next is not determined");
            if let Some(question) = question {
                assert_ne!(scenario.answers.get(question), Some(&Value::NotAsked), "asked though it cannot be");
                groups.entry((so_far, question)).or_default().push(scenario);
            }
        }
        assert_eq!(
            *outcomes.entry(&scenario.transcript).or_insert(&scenario.outcome),
            &scenario.outcome,
            "the same answers, but something else applies"
        );
    }

    // What is asked can still matter: with the same later answers, another answer leads elsewhere, or to other questions.
    for ((_, question), who) in &groups {
        let place = questionnaire.steps.iter().position(|step| step.question == *question).unwrap();
        let later: Vec<usize> = questionnaire.steps[place + 1..]
            .iter()
            .flat_map(|step| scenarios.space.of(step.question).to_vec())
            .collect();
        let mut by_rest: BTreeMap<Vec<u32>, BTreeSet<&Applying>> = BTreeMap::new();
        for scenario in who {
            let rest = later.iter().map(|&var| scenario.values[var]).collect();
            by_rest.entry(rest).or_default().insert(&scenario.outcome);
        }
        let decides = questionnaire.steps[place + 1..].iter().any(|step| {
            let needs = program.question(step.question).depends_on().contains(question);
            let can = |scenario: &&&Scenario| scenario.answers.get(step.question) != Some(&Value::NotAsked);
            needs && who.iter().any(|scenario| can(&scenario)) && !who.iter().all(|scenario| can(&scenario))
        });
        assert!(decides || by_rest.values().any(|outcomes| outcomes.len() > 1), "asked in vain");
    }

    // The expected number of questions, and how often each is asked.
    let total = Number::checked_sum(all.iter().map(|scenario| scenario.weight)).unwrap();
    let share = |part: Number| match total.is_zero() {
        true => Number::ZERO,
        false => part.checked_div(total).unwrap(),
    };
    let weighed = all.iter().map(|s| s.weight.checked_mul(Number::from(s.transcript.len() as i32)).unwrap());
    let fraction = |chance: &crate::scenario::Chance| {
        let (numerator, denominator) = chance.as_fraction();
        Number::fraction(i64::try_from(numerator).unwrap(), i64::try_from(denominator).unwrap()).unwrap()
    };
    assert_eq!(fraction(&questionnaire.expected), share(Number::checked_sum(weighed).unwrap()));
    for step in &questionnaire.steps {
        let asked = all.iter().filter(|s| s.transcript.iter().any(|(question, _)| *question == step.question));
        assert_eq!(fraction(&step.chance), share(Number::checked_sum(asked.map(|s| s.weight)).unwrap()));
    }

    // Words and graphs say the same as the sets.
    for scenario in &all {
        let mut place = 0;
        for step in &questionnaire.steps {
            let is_asked = scenario.transcript.get(place).is_some_and(|(question, _)| *question == step.question);
            let (_, end) = walk(&step.test, &scenario.values);
            assert_eq!(*end, End::Asked(is_asked));
            if !scenario.outcome.1.contains(&true) {
                let so_far = &scenario.transcript[..place];
                let said = |words: &Option<Vec<Vec<Literal>>>| {
                    words.as_ref().map(|cubes| cubes.iter().any(|cube| says(&scenarios, cube, scenario, so_far)))
                };
                assert_eq!(said(&step.when).unwrap_or(is_asked), is_asked, "{:?}", step.when);
                assert_eq!(said(&step.unless).unwrap_or(!is_asked), !is_asked, "{:?}", step.unless);
            }
            place += usize::from(is_asked);
        }
        if let Some(graph) = &questionnaire.graph {
            let (questions, end) = walk(graph, &scenario.values);
            assert_eq!(questions, scenario.transcript.iter().map(|(question, _)| *question).collect::<Vec<_>>());
            let exits = (0..program.exits.len()).filter(|&exit| scenario.outcome.1[exit]).collect();
            assert_eq!(*end, End::Done(exits));
        }
    }

    // Counts.
    let is_served = |scenario: &&Scenario| !scenario.outcome.1.contains(&true);
    let distinct: BTreeSet<_> = all.iter().filter(is_served).map(|scenario| &scenario.outcome.0).collect();
    let exits: BTreeSet<_> = all.iter().filter(|s| !is_served(s)).map(|scenario| &scenario.outcome.1).collect();
    let found = scenarios.count_distinct().unwrap();
    assert_eq!((found.served, found.turned_away), (distinct.len().into(), exits.len().into()));
    let different = |list: &mut dyn Iterator<Item = &Scenario>| -> BTreeMap<String, u64> {
        let optional = |scenario: &Scenario| {
            let items = program.items.iter().filter(|item| !item.is_mandatory());
            let applies = |item: &&program::Item| {
                item.when.as_ref().is_none_or(|when| when.test.eval(&scenario.answers) == Some(true))
            };
            1u64 << items.filter(applies).count()
        };
        list.map(|scenario| (format!("{:?}", scenario.answers), optional(scenario))).collect()
    };
    let (possible, served) = (scenarios.possible, scenarios.served);
    let counted = different(&mut all.iter());
    assert_eq!(scenarios.count_all(possible).unwrap(), counted.len().into());
    assert_eq!(scenarios.count(possible), Ok(Some(counted.len() as u128)));
    let counted = different(&mut all.iter().filter(is_served));
    assert_eq!(scenarios.count_choices(served).unwrap(), counted.values().sum::<u64>().into());
}

proptest! {
    #![proptest_config(ProptestConfig {
        cases: 400,
        failure_persistence: None,
        ..ProptestConfig::default()
    })]

    #[test]
    fn only_what_matters_is_asked_and_nothing_else(case in case()) {
        with_program(&case.text(), |program| check(&case, program));
    }
}
