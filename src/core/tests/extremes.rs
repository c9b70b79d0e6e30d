//! Time and counts over all scenarios against brute force: every scenario, and for the promise every choice of items, worked out
//! one by one, on random small bundles with everything in them that time and counts depend on.

use std::fmt::Write;

use crate::compile;
use crate::diagnostic::{Level, Sink};
use crate::expr::Number;
use crate::program::{self, Case, ItemId, MeasureKind, Program};
use crate::reform::{CaseState, Extremes, Figure, PromiseVerdict, Schedule, Timing};
use crate::scenario::{Budget, Scenarios};
use crate::source::{Source, Sources};

/// A small generator of numbers: the same everywhere.
struct Dice(u64);

impl Dice {
    fn new(seed: u64) -> Self {
        let mut dice = Dice(seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1);
        for _ in 0..8 {
            dice.below(2);
        }
        dice
    }

    fn below(&mut self, limit: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) as usize % limit
    }

    fn percent(&mut self, percent: usize) -> bool {
        self.below(100) < percent
    }

    fn pick<'a>(&mut self, list: &[&'a str]) -> &'a str {
        list[self.below(list.len())]
    }
}

const QUESTIONS: [(&str, &str, &[&str]); 6] = [
    ("甲", "问: 甲？", &["甲", "非 甲"]),
    ("乙", "问: 乙？, 选项: [红, 黄, 蓝]", &["乙 = 红", "乙 ≠ 黄", "乙 属于 [红, 蓝]"]),
    ("丙", "问: 丙？", &["丙", "非 丙"]),
    ("丁", "问: 丁？, 数值: {最小: 1, 最大: 10}", &["丁 ≤ 3", "丁 > 3", "丁 < 7"]),
    ("戊", "问: 戊？, 选项: [东, 西], 多选: 是", &["戊 包含 东", "戊 不包含 西"]),
    ("己", "问: 己？", &["己", "非 己"]),
];

fn condition(questions: usize, dice: &mut Dice) -> String {
    let join = dice.pick(&[" 且 ", " 或 "]);
    let tests: Vec<String> = (0..1 + dice.below(4) / 2)
        .map(|_| {
            let question = dice.below(questions);
            dice.pick(QUESTIONS[question].2).to_owned()
        })
        .collect();
    let all = tests.join(join);
    if dice.percent(10) { format!("非 ({all})") } else { all }
}

/// A condition as an entry of a flow map, sometimes.
fn when(percent: usize, questions: usize, dice: &mut Dice) -> String {
    if questions > 0 && dice.percent(percent) {
        format!(", 当: \"{}\"", condition(questions, dice))
    } else {
        String::new()
    }
}

fn time(dice: &mut Dice, odd: bool) -> String {
    match dice.below(if odd { 40 } else { 36 }) {
        0 => "即办".to_owned(),
        1..=3 => format!("{}小时", 1 + dice.below(20)),
        36.. => "3自然日".to_owned(),
        _ => format!("{}工作日", ["0.5", "1", "1.5", "2", "3", "4", "5", "8"][dice.below(8)]),
    }
}

const KINDS: [&str; 7] = ["收件", "受理", "审查", "勘验", "评审", "决定", "送达"];

/// A bundle and its workspace.
fn texts(seed: u64) -> Vec<(&'static str, String)> {
    let dice = &mut Dice::new(seed);
    let questions = dice.below(QUESTIONS.len());
    let odd = dice.percent(15);
    let mut text = String::from("一件事: 例子\n标识: example\n");
    writeln!(text, "承诺时限: {}工作日", 1 + dice.below(20)).unwrap();
    for key in ["受理时限", "出件时限"] {
        if dice.percent(25) {
            writeln!(text, "{key}: {}", time(dice, odd)).unwrap();
        }
    }
    if questions > 0 {
        text += "情形:\n";
    }
    for (index, (name, written, _)) in QUESTIONS.iter().enumerate().take(questions) {
        let asked = if index > 0 { when(20, index, dice) } else { String::new() };
        writeln!(text, "  {name}: {{{written}{asked}}}").unwrap();
    }
    if questions > 0 && dice.percent(30) {
        writeln!(text, "约束:\n  - 不会出现: \"{}\"", condition(questions, dice)).unwrap();
    }
    if questions > 0 && dice.percent(30) {
        writeln!(text, "不适用:\n  - {{当: \"{}\", 建议: 到别处办}}", condition(questions, dice)).unwrap();
    }
    text += "联办事项:\n";
    let items = 1 + dice.below(5);
    let mut stages: Vec<Vec<&str>> = Vec::new();
    let mut before: Vec<Vec<usize>> = Vec::new();
    for item in 0..items {
        writeln!(text, "  事项{item}:\n    名称: 第{item}号事项").unwrap();
        writeln!(text, "    单位: {}", dice.pick(&["甲部门", "乙部门", "丙部门"])).unwrap();
        if questions > 0 && dice.percent(50) {
            writeln!(text, "    当: \"{}\"", condition(questions, dice)).unwrap();
        }
        if dice.percent(30) {
            text += "    必办: {法规: 《例子法》, 条款: 第一条}\n";
        }
        if dice.percent(85) {
            writeln!(text, "    时限: {}", time(dice, odd)).unwrap();
        }
        if dice.percent(20) {
            writeln!(text, "    跑动: {}", dice.below(3)).unwrap();
        }
        // Mostly of earlier items; sometimes in a circle.
        let mut waits = Vec::new();
        let mut written = Vec::new();
        for other in 0..items {
            if other != item && dice.percent(if other < item { 40 } else { 2 }) {
                let stage = if dice.percent(30) { stages.get(other).and_then(|stages| stages.first()) } else { None };
                written.push(match stage {
                    Some(stage) => format!("{{事项: 事项{other}, 环节: {stage}}}"),
                    None => format!("事项{other}"),
                });
                waits.push(other);
            }
        }
        if !written.is_empty() {
            writeln!(text, "    前置: [{}]", written.join(", ")).unwrap();
        }
        before.push(waits);
        let mut own = Vec::new();
        if dice.percent(65) {
            let timed = dice.percent(85);
            for kind in KINDS {
                if dice.percent(if ["勘验", "评审"].contains(&kind) { 65 } else { 30 }) {
                    own.push((kind, timed));
                }
            }
        }
        if !own.is_empty() {
            text += "    环节:\n";
        }
        for &(kind, timed) in &own {
            let limit =
                if timed || dice.percent(40) { format!(", 时限: {}", time(dice, odd)) } else { String::new() };
            let off = if dice.percent(10) { ", 不计时: 是" } else { "" };
            let there = if dice.percent(20) { ", 到场: 是" } else { "" };
            writeln!(text, "      - {{环节: {kind}{limit}{off}{there}{}}}", when(30, questions, dice)).unwrap();
        }
        stages.push(own.into_iter().map(|(kind, _)| kind).collect());
        let forms = dice.below(3);
        if forms > 0 {
            text += "    表单:\n";
        }
        for form in 0..forms {
            let mut fields = Vec::new();
            for element in 0..5 {
                if dice.percent(35) {
                    fields.push(format!("{{字段: 数据{element}{}}}", when(30, questions, dice)));
                }
            }
            if fields.is_empty() && dice.percent(90) {
                fields.push("数据0".to_owned());
            }
            let fields = if fields.is_empty() { String::new() } else { format!(", 字段: [{}]", fields.join(", ")) };
            writeln!(text, "      - {{名称: 表{item}之{form}{fields}{}}}", when(30, questions, dice)).unwrap();
        }
        let mut rows = Vec::new();
        for document in 0..4 {
            for holder in ["", ", 持有人: 经营者"] {
                if dice.percent(25) {
                    let one = if dice.percent(15) && document < 3 {
                        format!("任一: [文件{document}, 文件{}]", document + 1)
                    } else {
                        format!("材料: 文件{document}")
                    };
                    rows.push(format!("      - {{{one}{holder}{}}}", when(40, questions, dice)));
                }
            }
        }
        if rows.is_empty() && forms == 0 && dice.percent(90) {
            text += "    无需材料: 是\n";
        }
        if !rows.is_empty() {
            writeln!(text, "    材料:\n{}", rows.join("\n")).unwrap();
        }
        if dice.percent(60) {
            writeln!(text, "    结果:\n      - {{结果: 文件{}{}}}", dice.below(4), when(30, questions, dice)).unwrap();
        }
    }
    measures(&mut text, items, &stages, &before, questions, odd, dice);
    let steps = dice.pick(&["按活动", "按事项", "按单位"]);
    let visits = dice.pick(&["按事项", "按单位"]);
    let mut manifest = format!("工作区: 例子\n标识: w\n计数口径: {{环节: {steps}, 跑动: {visits}}}\n");
    if dice.percent(90) {
        manifest += "换算: [1工作日 = 8小时]\n";
    }
    let materials = "材料目录: {文件0: {}, 文件1: {}, 文件2: {}, 文件3: {}, 文件4: {}}\n";
    let elements = (0..5).map(|n| format!("  数据{n}: {{类型: 文本}}\n")).collect::<String>();
    vec![
        ("yijianshi.yaml", manifest),
        ("机构.yaml", "机构目录: {甲部门: {}, 乙部门: {}, 丙部门: {}}\n".to_owned()),
        ("材料.yaml", materials.to_owned()),
        ("数据项.yaml", format!("数据项目录:\n{elements}")),
        ("共享.yaml", "共享能力:\n  - {材料: 文件3, 方式: 电子证照}\n".to_owned()),
        ("例子.yaml", text),
    ]
}

fn measures(
    text: &mut String,
    items: usize,
    stages: &[Vec<&str>],
    before: &[Vec<usize>],
    questions: usize,
    odd: bool,
    dice: &mut Dice,
) {
    let mut list = Vec::new();
    for item in 0..items {
        if dice.percent(15) {
            list.push(format!("压缩时限: {{事项: 事项{item}, 至: {}}}", time(dice, odd)));
        }
        for stage in &stages[item] {
            if dice.percent(10) {
                list.push(format!("压缩时限: {{事项: 事项{item}, 环节: {stage}, 至: {}}}", time(dice, odd)));
            }
            if dice.percent(5) {
                list.push(format!("取消环节: {{事项: 事项{item}, 环节: {stage}}}"));
            }
        }
        for other in &before[item] {
            if dice.percent(15) {
                let still = stages[*other].first().filter(|_| dice.percent(50));
                let still = still.map(|stage| format!(", 改为环节: {stage}")).unwrap_or_default();
                list.push(format!("解除前置: {{事项: 事项{item}, 前置: 事项{other}{still}}}"));
            }
        }
        if dice.percent(20) {
            let document = dice.below(5);
            list.push(format!("新增材料: {{事项: 事项{item}, 材料: 文件{document}{}}}", when(50, questions, dice)));
        }
        if dice.percent(10) {
            list.push(format!("取消材料: {{事项: 事项{item}, 材料: 文件{}}}", dice.below(4)));
        }
        if dice.percent(10) {
            list.push(format!("全程网办: {{事项: 事项{item}}}"));
        }
    }
    for kind in ["勘验", "评审", "勘验"] {
        let members: Vec<String> = (0..items)
            .filter(|item| stages[*item].contains(&kind) && dice.percent(85))
            .map(|item| format!("事项{item}"))
            .collect();
        if members.len() > 1 && dice.percent(70) {
            let limit = if dice.percent(60) { format!(", 时限: {}", time(dice, odd)) } else { String::new() };
            list.push(format!("联合{kind}: {{事项: [{}]{limit}}}", members.join(", ")));
        }
    }
    if !list.is_empty() {
        writeln!(text, "改革举措:\n  - {}", list.join("\n  - ")).unwrap();
    }
}

fn with_program(seed: u64, test: impl FnOnce(&Program<'_>, &str)) {
    let texts = texts(seed);
    let bundle = texts.last().unwrap().1.clone();
    let sources = Sources::from_texts(texts.into_iter().map(|(name, text)| Source::new(name, text)));
    let opened = compile::open(sources.clone());
    let mut sink = Sink::new();
    let loaded = program::load(&opened.workspace, &sources, opened.bundles[0], &mut sink).unwrap();
    let program = program::resolve(&opened.workspace, loaded, &mut sink);
    let wrong: Vec<_> = sink.as_slice().iter().filter(|said| said.level == Level::Error).collect();
    let wrong: Vec<String> = wrong.iter().map(|said| said.to_string()).collect();
    assert!(wrong.is_empty(), "{seed}: {bundle}\n{wrong:#?}");
    test(&program, &bundle);
}

/// Every scenario of those who are served, as values by variable.
fn scenarios_of(scenarios: &Scenarios<'_, '_>) -> Vec<Vec<u32>> {
    let mut all: Vec<Vec<u32>> = vec![Vec::new()];
    for var in 0..scenarios.diagram.variables() {
        let extend = |values: Vec<u32>| {
            (0..scenarios.diagram.values(var)).map(move |value| values.iter().copied().chain([value]).collect())
        };
        all = all.into_iter().flat_map(extend).collect();
    }
    all.retain(|values| scenarios.diagram.contains(scenarios.served, values));
    all
}

/// What an item still waits for after the reform: item and stage, read anew from what is written.
fn waits(program: &Program<'_>, id: ItemId) -> Vec<(ItemId, Option<usize>)> {
    let lift = |first: ItemId| {
        program.measures.iter().find_map(|measure| match measure.kind {
            MeasureKind::LiftPrecondition { item, precondition, stage } if (item, precondition) == (id, first) => {
                Some(stage)
            }
            _ => None,
        })
    };
    let written = program.item(id).preconditions.iter();
    written
        .filter_map(|before| match lift(before.item) {
            Some(None) => None,
            Some(stage) => Some((before.item, stage)),
            None => Some((before.item, before.stage)),
        })
        .collect()
}

/// When what an item waits for is over: waiting passes through items and stages that are not there.
fn over(program: &Program<'_>, schedule: &Schedule, id: ItemId, after: Option<usize>) -> Number {
    let own: Vec<_> = schedule.tasks.iter().filter(|task| task.items.contains(&id)).collect();
    let stage_of = |task: &crate::reform::Task| match task.joint {
        Some(measure) => match &program.measures[measure].kind {
            MeasureKind::JointStage { kind, .. } => program.item(id).stages.iter().position(|own| own.kind == *kind),
            _ => None,
        },
        None => task.stage,
    };
    let passed = |id: ItemId| {
        let before = waits(program, id).into_iter().map(|(first, stage)| over(program, schedule, first, stage));
        before.max().unwrap_or(Number::ZERO)
    };
    let whole = own.iter().any(|task| stage_of(task).is_none());
    match after.filter(|_| !whole && !own.is_empty()) {
        None if own.is_empty() => passed(id),
        None => own.iter().map(|task| task.finish).max().unwrap(),
        Some(stage) => {
            let done = own.iter().filter(|task| stage_of(task) <= Some(stage)).map(|task| task.finish).max();
            done.unwrap_or_else(|| passed(id))
        }
    }
}

/// Every item begins as soon as what it waits for is over.
fn check_order(program: &Program<'_>, schedule: &Schedule, case: &Case, place: &dyn Fn(&str) -> String) {
    let accepted = schedule.tasks.iter().find(|task| &*task.label == "受理").map_or(Number::ZERO, |task| task.finish);
    for id in case.items() {
        let first = schedule.tasks.iter().filter(|task| task.items.contains(&id)).min_by_key(|task| task.start);
        let Some(first) = first else { continue };
        let own = waits(program, id).into_iter().map(|(before, stage)| over(program, schedule, before, stage));
        let ready = own.max().unwrap_or(accepted).max(accepted);
        match first.joint {
            None => assert_eq!(first.start, ready, "{}", place("order")),
            Some(_) => assert!(first.start >= ready, "{}", place("order")),
        }
    }
}

#[derive(Default)]
struct Seen {
    proved: usize,
    refuted: usize,
    unknown: usize,
    without: usize,
    unequal: usize,
    cyclic: usize,
}

fn check(seed: u64, seen: &mut Seen) {
    with_program(seed, |program, text| {
        let timing = Timing::new(program);
        let mut scenarios = Scenarios::new(program, Budget::default()).unwrap();
        let extremes = Extremes::new(&mut scenarios, &timing, true).unwrap();
        let all = scenarios_of(&scenarios);
        let place = |what: &str| format!("seed {seed}, {what}\n{text}");
        if all.is_empty() {
            assert!(extremes.worst.is_none() && extremes.promise.is_none() && extremes.ranges.is_empty());
            return;
        }
        // Figures: every item that applies is taken.
        let answers: Vec<_> = all.iter().map(|values| scenarios.scenario_of(values)).collect();
        let case =
            |index: usize, without: &[ItemId]| Case::new(program, "例子".into(), answers[index].clone(), without);
        let states: Vec<CaseState> =
            (0..all.len()).map(|index| CaseState::with(program, &timing, case(index, &[]))).collect();
        assert_eq!(extremes.ranges.len(), 14);
        for range in &extremes.ranges {
            let side = |state: &CaseState| {
                let figures = if range.after { &state.after } else { &state.before };
                range.figure.of(figures)
            };
            let numbers: Option<Vec<Number>> = states.iter().map(side).collect();
            let place = || place(&format!("{:?} after {}", range.figure, range.after));
            let Some(numbers) = numbers else {
                assert!(range.ends.is_none(), "{}", place());
                continue;
            };
            let ends = range.ends.as_ref().unwrap_or_else(|| panic!("{}", place()));
            let right = [*numbers.iter().min().unwrap(), *numbers.iter().max().unwrap()];
            assert_eq!([ends[0].value, ends[1].value], right, "{}", place());
            assert_eq!([ends[0].bound, ends[1].bound], right, "{}", place());
            for end in ends {
                assert_eq!(side(&extremes.attained[end.state]), Some(end.value), "{}", place());
                // Everybody who gives these answers attains it, and has the same figure on the other side.
                let given = scenarios.given_by(&end.witness).unwrap();
                let both = |state: &CaseState| (range.figure.of(&state.before), range.figure.of(&state.after));
                let right = both(&extremes.attained[end.state]);
                let meant = all.iter().zip(&states).filter(|(values, _)| scenarios.diagram.contains(given, values));
                let mut count = 0;
                for (_, state) in meant {
                    count += 1;
                    assert_eq!(side(state), Some(end.value), "{}: {:?}", place(), end.witness);
                    if right.0.is_some() && right.1.is_some() {
                        assert_eq!(both(state), right, "{}: {:?}", place(), end.witness);
                    }
                }
                assert!(count > 0, "{}", place());
            }
        }
        // Time: every choice of items that the law leaves.
        let mut worst: Option<Number> = None;
        let mut known = true;
        let mut cyclic = false;
        let mut full: Option<Number> = None;
        for index in 0..all.len() {
            let taken = case(index, &[]);
            let free: Vec<ItemId> = taken.items().filter(|id| !program.item(*id).is_mandatory()).collect();
            let whole = Schedule::new(program, &timing, &taken);
            if whole.tasks.is_empty() && taken.items().next().is_some() {
                cyclic = true;
                continue;
            }
            full = full.max(Some(whole.at_least));
            let straight = program.preconditions.knots().is_empty();
            if straight {
                check_order(program, &whole, &taken, &place);
            }
            for choice in 0..1usize << free.len() {
                let without: Vec<ItemId> =
                    free.iter().enumerate().filter(|(bit, _)| choice >> bit & 1 == 1).map(|(_, id)| *id).collect();
                let chosen = case(index, &without);
                let schedule = Schedule::new(program, &timing, &chosen);
                if straight {
                    check_order(program, &schedule, &chosen, &place);
                }
                known &= schedule.length.is_some();
                worst = worst.max(Some(schedule.at_least));
            }
        }
        known &= !cyclic;
        let found = extremes.worst.as_ref();
        assert_eq!(found.map(|worst| worst.state.schedule.at_least), worst, "{}", place("worst"));
        let Some(found) = found else { return };
        assert_eq!((found.known, found.cyclic), (known, cyclic), "{}", place("known"));
        for id in &found.without {
            assert!(!program.item(*id).is_mandatory(), "{}", place("mandatory"));
        }
        let promised = program.bundle.promise.unwrap().value;
        let promised = program.workspace.settings.conversions.convert(promised, timing.unit);
        let Some(promise) = &extremes.promise else {
            assert_eq!(promised, None, "{}", place("promise"));
            return;
        };
        assert_eq!(Some(promise.promised), promised);
        let verdict = match (worst > Some(promise.promised), known) {
            (true, _) => PromiseVerdict::Refuted,
            (false, true) => PromiseVerdict::Proved,
            (false, false) => PromiseVerdict::Unknown,
        };
        assert_eq!(promise.verdict, verdict, "{}", place("verdict"));
        assert_eq!(promise.core.is_some(), verdict == PromiseVerdict::Refuted);
        // Everybody who gives the answers and leaves out those items needs as long.
        let given = scenarios.given_by(&found.witness).unwrap();
        for index in (0..all.len()).filter(|index| scenarios.diagram.contains(given, &all[*index])) {
            let schedule = Schedule::new(program, &timing, &case(index, &found.without));
            assert_eq!(Some(schedule.at_least), worst, "{}: {:?}", place("witness"), found.witness);
        }
        match verdict {
            PromiseVerdict::Proved => seen.proved += 1,
            PromiseVerdict::Refuted => seen.refuted += 1,
            PromiseVerdict::Unknown => seen.unknown += 1,
        }
        seen.without += usize::from(!found.without.is_empty());
        seen.unequal += usize::from(full != worst);
        seen.cyclic += usize::from(cyclic);
        let days = extremes.ranges.iter().find(|range| range.figure == Figure::Days && range.after).unwrap();
        assert_eq!(days.ends.is_some(), known, "{}", place("days"));
    });
}

#[test]
fn extremes_are_those_of_brute_force() {
    let count = std::env::var("YIJIANSHI_CASES").ok().and_then(|count| count.parse().ok()).unwrap_or(600);
    let mut seen = Seen::default();
    for seed in 0..count {
        check(seed, &mut seen);
    }
    // The bundles are of all kinds.
    let Seen { proved, refuted, unknown, without, unequal, cyclic } = seen;
    for kind in [proved, refuted, unknown, without, unequal, cyclic] {
        assert!(kind > 0, "{proved} {refuted} {unknown} {without} {unequal} {cyclic}");
    }
}
