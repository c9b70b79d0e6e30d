//! What some answers decide, against all the ways to answer the rest.

use crate::tests::answers;
use crate::tests::conditions;

use crate::compile;
use crate::diagnostic::Sink;
use crate::program::{self, Assignment, Case, Cond, ItemId, Program, QuestionId, Value};
use crate::reform::{CaseState, Timing, Trial};
use crate::scenario::{Budget, Scenarios, Standing, Verdict};
use crate::source::{Source, Sources};
use proptest::prelude::*;

/// The questions on offer: how they are written, and tests on them.
const QUESTIONS: [(&str, &[&str]); 5] = [
    ("甲: {问: 甲？}", &["甲", "非 甲"]),
    ("乙: {问: 乙？, 选项: [红, 黄, 蓝]}", &["乙 = 红", "乙 ≠ 黄", "乙 属于 [红, 蓝]"]),
    ("丙: {问: 丙？, 选项: [东, 西], 多选: 是}", &["丙 包含 东", "丙 不包含 西"]),
    ("丁: {问: 丁？, 数值: {最小: 1, 最大: 5}}", &["丁 ≤ 3", "丁 < 3", "丁 > 3", "丁 = 5"]),
    ("庚: {问: 庚？}", &["庚", "非 庚"]),
];

#[derive(Debug, Clone)]
struct Bundle {
    asked: Vec<Option<(prop::sample::Index, prop::sample::Index)>>,
    /// Of each item: its own, of a material, of a field, of a stage, of what a measure adds.
    items: Vec<[Option<String>; 5]>,
    constraints: Vec<String>,
    exits: Vec<String>,
}

fn bundle() -> impl Strategy<Value = Bundle> {
    let when = prop::option::weighted(0.3, any::<(prop::sample::Index, prop::sample::Index)>());
    let conditions = || prop::option::weighted(0.6, conditions::on(&QUESTIONS, 2, 5));
    let item = (conditions(), conditions(), conditions(), conditions(), conditions());
    (
        prop::collection::vec(when, QUESTIONS.len()),
        prop::collection::vec(item, 1..4),
        prop::collection::vec(conditions::on(&QUESTIONS, 2, 5), 0..3),
        prop::collection::vec(conditions::on(&QUESTIONS, 2, 5), 0..3),
    )
        .prop_map(|(asked, items, constraints, exits)| Bundle {
            asked,
            items: items.into_iter().map(|(a, b, c, d, e)| [a, b, c, d, e]).collect(),
            constraints,
            exits,
        })
}

fn text(bundle: &Bundle) -> String {
    let mut text = String::from("一件事: 例子\n标识: example\n情形:\n");
    for (index, (written, _)) in QUESTIONS.iter().enumerate() {
        let when = bundle.asked[index].filter(|_| index > 0).map(|(question, test)| {
            let tests = QUESTIONS[question.index(index)].1;
            tests[test.index(tests.len())]
        });
        let written = match when {
            Some(when) => written.replacen('{', &format!("{{当: \"{when}\", "), 1),
            None => (*written).to_owned(),
        };
        text += &format!("  {written}\n");
    }
    if !bundle.constraints.is_empty() {
        text += "约束:\n";
    }
    bundle.constraints.iter().for_each(|condition| text += &format!("  - 不会出现: \"{condition}\"\n"));
    if !bundle.exits.is_empty() {
        text += "不适用:\n";
    }
    bundle.exits.iter().for_each(|condition| text += &format!("  - {{当: \"{condition}\", 建议: 到别处办}}\n"));
    text += "联办事项:\n";
    let when = |condition: &Option<String>| condition.as_ref().map(|c| format!(", 当: \"{c}\"")).unwrap_or_default();
    for (index, [item, material, field, stage, _]) in bundle.items.iter().enumerate() {
        let before = if index > 0 { format!(", 前置: [事项{}]", index - 1) } else { String::new() };
        text += &format!(
            "  事项{index}:\n    {{名称: 第{index}号事项, 单位: 甲部门, 时限: {}工作日{before}, 结果: 证{index}, \
             环节: [{{环节: 审查{}}}, 决定], 表单: {{名称: 表{index}, 字段: [姓名, {{字段: 电话{}}}]}}, \
             材料: [照片, {{材料: 证0{}}}]{}}}\n",
            index + 1,
            when(stage),
            when(field),
            when(material),
            when(item),
        );
    }
    text += "改革举措:\n";
    for (index, [.., added]) in bundle.items.iter().enumerate() {
        text += &format!("  - 新增材料: {{事项: 事项{index}, 材料: 图纸, 说明: 需要{}}}\n", when(added));
    }
    text
}

fn with_program(text: &str, test: impl FnOnce(&Program<'_>)) {
    let files = [
        ("yijianshi.yaml", "工作区: 例子\n标识: w\n计数口径: {环节: 按活动, 跑动: 按事项}\n"),
        ("例子.yaml", text),
        ("机构.yaml", "机构目录:\n  甲部门: {}\n"),
        ("材料.yaml", "材料目录:\n  照片: {}\n  图纸: {}\n  证0: {}\n  证1: {}\n  证2: {}\n"),
        ("数据项.yaml", "数据项目录:\n  姓名: {类型: 文本}\n  电话: {类型: 文本}\n"),
    ];
    let sources = Sources::from_texts(files.map(|(name, text)| Source::new(name, text)));
    let opened = compile::open(sources.clone());
    let mut sink = Sink::new();
    let id = sources.find("例子.yaml").unwrap();
    let loaded = program::load(&opened.workspace, &sources, id, &mut sink).unwrap();
    let program = program::resolve(&opened.workspace, loaded, &mut sink);
    assert_eq!(sink.as_slice().len(), 0, "{text}\n{:?}", sink.as_slice());
    test(&program);
}

/// Every way to answer as if all were asked, and the same with what is not asked marked.
fn everybody(program: &Program<'_>) -> Vec<(Assignment, Assignment)> {
    let mut all = vec![Assignment::new(program.questions.len())];
    for (index, question) in program.questions.iter().enumerate() {
        let more = |raw: &Assignment| {
            answers::to(&question.domain)
                .into_iter()
                .map(|value| {
                    let mut raw = raw.clone();
                    raw.set(index.into(), value);
                    raw
                })
                .collect::<Vec<_>>()
        };
        all = all.iter().flat_map(more).collect();
    }
    let asked = |raw: Assignment| {
        let mut real = raw.clone();
        for (index, question) in program.questions.iter().enumerate() {
            if question.when.as_ref().is_some_and(|when| when.test.eval(&real) != Some(true)) {
                real.set(QuestionId::from(index), Value::NotAsked);
            }
        }
        (raw, real)
    };
    all.into_iter().map(asked).collect()
}

type People<'p> = Vec<&'p (Assignment, Assignment)>;

fn holds(cond: &Cond, person: &(Assignment, Assignment)) -> bool {
    cond.test.eval(&person.1) == Some(true)
}

/// Whether these questions, by the answers in `of`, decide `inside` among `people`.
fn decide(
    questions: &[QuestionId],
    people: &People<'_>,
    of: impl Fn(&(Assignment, Assignment)) -> &Assignment,
    inside: &dyn Fn(&(Assignment, Assignment)) -> bool,
) -> bool {
    let mut known: Vec<(Vec<Option<Value>>, bool)> = Vec::new();
    people.iter().all(|person| {
        let key: Vec<_> = questions.iter().map(|&question| of(person).get(question).cloned()).collect();
        match known.iter().find(|(other, _)| *other == key) {
            Some((_, truth)) => *truth == inside(person),
            None => {
                known.push((key, inside(person)));
                true
            }
        }
    })
}

fn judge(verdict: &Verdict, people: &People<'_>, inside: &dyn Fn(&(Assignment, Assignment)) -> bool, what: &str) {
    let count = people.iter().filter(|person| inside(person)).count();
    match verdict {
        Verdict::Yes => assert_eq!(count, people.len(), "{what}"),
        Verdict::No => assert_eq!(count, 0, "{what}"),
        Verdict::Open(questions) => {
            assert!(0 < count && count < people.len(), "{what}");
            assert!(decide(questions, people, |person| &person.1, inside), "{what}: {questions:?}");
            for left_out in questions {
                let fewer: Vec<_> = questions.iter().copied().filter(|other| other != left_out).collect();
                assert!(
                    !decide(&fewer, people, |person| &person.0, inside),
                    "{what}: {questions:?} without {left_out:?}"
                );
            }
        }
    }
}

/// Whether these parts together hold all of `people`, and none can be left out.
fn covers(parts: &[usize], conds: &[&Cond], people: &People<'_>) {
    let all = |parts: &[usize]| people.iter().all(|person| parts.iter().any(|&part| holds(conds[part], person)));
    assert!(all(parts));
    for left_out in parts {
        let fewer: Vec<_> = parts.iter().copied().filter(|other| other != left_out).collect();
        assert!(!all(&fewer));
    }
}

fn check(program: &Program<'_>, pick: prop::sample::Index, mask: &[u8], without: &[bool]) {
    let everybody = everybody(program);
    let mut scenarios = Scenarios::new(program, Budget::default()).unwrap();
    // Somebody's answers, some of them left out, some of them somebody else's.
    let person = &everybody[pick.index(everybody.len())];
    let mut given = Assignment::new(program.questions.len());
    for (index, mask) in mask.iter().enumerate() {
        let id = QuestionId::from(index);
        match mask {
            0..=4 => {}
            5..=8 if person.1.get(id) != Some(&Value::NotAsked) => given.set(id, person.1.get(id).unwrap().clone()),
            9 => given.set(id, person.0.get(id).unwrap().clone()),
            _ => {}
        }
    }
    let without: Vec<ItemId> = program.item_ids().filter(|id| without[id.index()]).collect();
    let answers_so = |person: &&(Assignment, Assignment)| {
        (0..program.questions.len()).all(|index| {
            let id = QuestionId::from(index);
            given.get(id).is_none_or(|value| person.1.get(id) == Some(value))
        })
    };
    let so: People<'_> = everybody.iter().filter(answers_so).collect();
    let never: Vec<&Cond> = program.constraints.iter().map(|(cond, _)| cond).collect();
    let exits: Vec<&Cond> = program.exits.iter().map(|(cond, _)| cond).collect();
    let possible: People<'_> =
        so.iter().copied().filter(|person| !never.iter().any(|cond| holds(cond, person))).collect();
    let served: People<'_> =
        possible.iter().copied().filter(|person| !exits.iter().any(|cond| holds(cond, person))).collect();
    let trial = Trial::new(&mut scenarios, &Timing::new(program), given.clone(), without.clone()).unwrap();
    match &trial.standing {
        Standing::Unasked(questions) => {
            assert!(so.is_empty() && !questions.is_empty());
            return;
        }
        Standing::RuledOut(parts) => {
            assert!(possible.is_empty() && !so.is_empty());
            return covers(parts, &never, &so);
        }
        Standing::TurnedAway(parts) => {
            assert!(served.is_empty() && !possible.is_empty());
            return covers(parts, &exits, &possible);
        }
        Standing::Served => assert!(!served.is_empty()),
    }
    let verdicts = trial.verdicts.as_ref().unwrap();
    for (cond, verdict) in exits.iter().zip(&verdicts.exits) {
        judge(verdict, &possible, &|person| holds(cond, person), "exit");
    }
    let applies = |conds: &[&Option<Cond>], person: &(Assignment, Assignment)| {
        conds.iter().all(|cond| cond.as_ref().is_none_or(|cond| holds(cond, person)))
    };
    for (id, found) in program.item_ids().zip(&verdicts.items) {
        let item = program.item(id);
        let left_out = without.contains(&id);
        judge(&found.item, &served, &|person| applies(&[&item.when], person), "item");
        let parts = |what: &str, found: &Verdict, own: &Option<Cond>| {
            judge(found, &served, &|person| !left_out && applies(&[&item.when, own], person), what);
        };
        item.stages.iter().zip(&found.stages).for_each(|(stage, found)| parts("stage", found, &stage.when));
        for (form, found) in item.forms.iter().zip(&found.fields) {
            for (field, found) in form.fields.iter().zip(found) {
                judge(
                    found,
                    &served,
                    &|person| !left_out && applies(&[&item.when, &form.when, &field.when], person),
                    "field",
                );
            }
        }
        item.forms.iter().zip(&found.forms).for_each(|(form, found)| parts("form", found, &form.when));
        item.materials.iter().zip(&found.materials).for_each(|(row, found)| parts("material", found, &row.when));
        item.results.iter().zip(&found.results).for_each(|(result, found)| parts("result", found, &result.when));
    }
    for (element, verdict) in &verdicts.fields {
        let asks = |person: &(Assignment, Assignment)| {
            program.item_ids().filter(|id| !without.contains(id)).map(|id| program.item(id)).any(|item| {
                item.forms.iter().any(|form| {
                    let fields = form.fields.iter().filter(|field| field.element == *element);
                    fields.into_iter().any(|field| applies(&[&item.when, &form.when, &field.when], person))
                })
            })
        };
        judge(verdict, &served, &asks, "merged field");
    }
    // Whatever the rest of the answers, the state is the one given.
    let states = served
        .iter()
        .map(|person| CaseState::new(program, Case::new(program, "所答情形".into(), person.1.clone(), &without)));
    let show = |state: &CaseState| format!("{:?} {:?} {:?}", state.ledger, state.before, state.after);
    match &trial.state {
        Some(state) => states.for_each(|other| assert_eq!(show(&other), show(state))),
        None => assert!(!verdicts.decided && !verdicts.open.is_empty()),
    }
    for (index, verdict) in verdicts.asked.iter().enumerate() {
        let id = QuestionId::from(index);
        judge(verdict, &served, &|person| person.1.get(id) != Some(&Value::NotAsked), "asked");
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 500, ..ProptestConfig::default() })]

    #[test]
    fn verdicts_hold_for_every_completion(
        bundle in bundle(),
        tries in prop::collection::vec((
            any::<prop::sample::Index>(),
            prop::collection::vec(0u8..10, QUESTIONS.len()),
            prop::collection::vec(prop::bool::weighted(0.2), 3),
        ), 3),
    ) {
        with_program(&text(&bundle), |program| {
            for (pick, mask, without) in &tries {
                check(program, *pick, mask, without);
            }
        });
    }
}
