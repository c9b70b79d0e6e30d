//! Schedule and ledger against brute force, on random bundles that go through the whole pipeline.

use std::collections::BTreeSet;
use std::fmt::Write;

use crate::compile;
use crate::expr::Number;
use crate::plan::{LineKind, Plan, PresenceStatus, Scenario};
use crate::reform::{Figure, PromiseVerdict};
use crate::source::{Source, Sources};
use proptest::prelude::*;

const DOCUMENTS: usize = 6;
const HOLDERS: [Option<&str>; 3] = [None, Some("经营者"), Some("代理人")];

#[derive(Debug, Clone)]
struct Item {
    half_days: u32,
    /// Only when the question is answered yes.
    conditional: bool,
    /// Earlier items that it waits for.
    before: BTreeSet<usize>,
    forms: usize,
    rows: Vec<Row>,
    result: Option<usize>,
}

#[derive(Debug, Clone, PartialEq)]
struct Row {
    document: usize,
    holder: usize,
    /// Only when the question is answered yes.
    conditional: bool,
}

#[derive(Debug, Clone)]
struct Case {
    items: Vec<Item>,
    capabilities: BTreeSet<usize>,
    /// (item, document) no longer asked for.
    abolished: BTreeSet<(usize, usize)>,
    promise: u32,
    yes: bool,
}

fn row() -> impl Strategy<Value = Row> {
    (0..DOCUMENTS, 0..HOLDERS.len(), any::<bool>()).prop_map(|(document, holder, conditional)| Row {
        document,
        holder,
        conditional,
    })
}

fn case() -> impl Strategy<Value = Case> {
    let item = (
        0..12u32,
        any::<bool>(),
        prop::collection::btree_set(0..8usize, 0..4),
        0..3usize,
        prop::collection::vec(row(), 0..5),
        prop::option::of(0..DOCUMENTS),
    );
    let item = item.prop_map(|(half_days, conditional, before, forms, rows, result)| Item {
        half_days,
        conditional,
        before,
        forms,
        rows,
        result,
    });
    (
        prop::collection::vec(item, 1..8),
        prop::collection::btree_set(0..DOCUMENTS, 0..3),
        prop::collection::btree_set((0..8usize, 0..DOCUMENTS), 0..3),
        1..30u32,
        any::<bool>(),
    )
        .prop_map(|(mut items, capabilities, abolished, promise, yes)| {
            let count = items.len();
            for (index, item) in items.iter_mut().enumerate() {
                item.before.retain(|&before| before < index);
                // A material twice in one item is a fault of its own.
                let mut seen = Vec::new();
                item.rows.retain(|row| {
                    let fresh = !seen.contains(&(row.document, row.holder));
                    seen.push((row.document, row.holder));
                    fresh
                });
            }
            let abolished = abolished.into_iter().filter(|(item, _)| *item < count).collect();
            Case { items, capabilities, abolished, promise, yes }
        })
}

/// Rules are not what is tested here; some of these bundles are rightly complained about.
fn manifest(still: &str) -> String {
    let mut manifest =
        String::from("工作区: 例子\n标识: w\n今天: 2026-03-01\n计数口径: {环节: 按事项, 跑动: 按事项}\n规则:\n");
    for code in compile::codes().into_iter().filter(|code| code.allowable && code.name != still) {
        writeln!(manifest, "  {}: {{级别: 关闭, 理由: 测试}}", code.name).unwrap();
    }
    manifest
}

/// `order`: in which order the items are written, and their rows backwards if `reversed`.
fn texts(case: &Case, order: &[usize], reversed: bool) -> Vec<Source> {
    let mut bundle = String::from("一件事: 例子\n标识: example\n情形:\n  加办: {问: 是否加办？}\n");
    writeln!(bundle, "承诺时限: {}工作日\n联办事项:", case.promise).unwrap();
    for &index in order {
        let item = &case.items[index];
        writeln!(bundle, "  事项{index}:\n    名称: 第{index}号事项\n    单位: 甲部门").unwrap();
        if item.conditional {
            writeln!(bundle, "    当: 加办").unwrap();
        }
        match item.half_days {
            0 => writeln!(bundle, "    时限: 即办").unwrap(),
            halves => writeln!(bundle, "    时限: {}.{}工作日", halves / 2, halves % 2 * 5).unwrap(),
        }
        let before: Vec<_> = item.before.iter().map(|before| format!("事项{before}")).collect();
        if !before.is_empty() {
            writeln!(bundle, "    前置: [{}]", before.join(", ")).unwrap();
        }
        let forms: Vec<_> = (0..item.forms).map(|form| format!("表{index}之{form}")).collect();
        if !forms.is_empty() {
            writeln!(bundle, "    表单: [{}]", forms.join(", ")).unwrap();
        }
        let mut rows: Vec<_> = item.rows.iter().collect();
        if reversed {
            rows.reverse();
        }
        if rows.is_empty() && forms.is_empty() {
            writeln!(bundle, "    无需材料: 是").unwrap();
        }
        if !rows.is_empty() {
            writeln!(bundle, "    材料:").unwrap();
        }
        for row in rows {
            let holder = HOLDERS[row.holder].map(|holder| format!(", 持有人: {holder}")).unwrap_or_default();
            let when = if row.conditional { ", 当: 加办" } else { "" };
            writeln!(bundle, "      - {{材料: 文件{}{holder}{when}}}", row.document).unwrap();
        }
        if let Some(result) = item.result {
            writeln!(bundle, "    结果: 文件{result}").unwrap();
        }
    }
    if !case.abolished.is_empty() {
        bundle += "改革举措:\n";
    }
    for (item, document) in &case.abolished {
        writeln!(bundle, "  - 取消材料: {{事项: 事项{item}, 材料: 文件{document}}}").unwrap();
    }
    let answer = if case.yes { "是" } else { "否" };
    writeln!(bundle, "典型情形:\n  - {{名称: 甲, 答案: {{加办: {answer}}}}}").unwrap();
    let mut materials = String::from("材料目录:\n");
    for document in 0..DOCUMENTS {
        writeln!(materials, "  文件{document}: {{}}").unwrap();
    }
    let mut capabilities = String::from("共享能力:\n");
    for document in &case.capabilities {
        writeln!(capabilities, "  - {{材料: 文件{document}, 方式: 电子证照}}").unwrap();
    }
    let manifest = manifest("");
    let mut texts = vec![
        Source::new("yijianshi.yaml", manifest),
        Source::new("材料.yaml", materials),
        Source::new("机构.yaml", "机构目录: {甲部门: {}}\n"),
        Source::new("例子.yaml", bundle),
    ];
    if !case.capabilities.is_empty() {
        texts.push(Source::new("共享.yaml", capabilities));
    }
    texts
}

fn plan(case: &Case, order: &[usize], reversed: bool) -> Plan {
    let mut compilation = compile::compile(Sources::from_texts(texts(case, order, reversed)));
    assert!(!compilation.plans.is_empty(), "{:#?}", compilation.diagnostics);
    compilation.plans.remove(0)
}

fn number(halves: u32) -> Number {
    Number::fraction(i64::from(halves), 2).unwrap()
}

impl Case {
    /// Whether an item is there: always if everything counts, else as the question is answered.
    fn has(&self, item: usize, widest: bool) -> bool {
        widest || self.yes || !self.items[item].conditional
    }
}

/// How long an item takes; nothing if it is not there: then waiting passes through it.
fn length(case: &Case, item: usize, widest: bool) -> u32 {
    if case.has(item, widest) { case.items[item].half_days } else { 0 }
}

/// The longest way through the items up to and with `item`, in half days.
fn longest_to(case: &Case, item: usize, widest: bool) -> u32 {
    let before = case.items[item].before.iter().map(|&before| longest_to(case, before, widest)).max();
    before.unwrap_or(0) + length(case, item, widest)
}

fn longest_from(case: &Case, item: usize, widest: bool) -> u32 {
    let after = (0..case.items.len()).filter(|&after| case.items[after].before.contains(&item));
    after.map(|after| longest_from(case, after, widest)).max().unwrap_or(0) + length(case, item, widest)
}

/// Whether `first` is finished before `item` starts, whatever is there between them.
fn precedes(case: &Case, first: usize, item: usize) -> bool {
    case.items[item].before.iter().any(|&before| before == first || precedes(case, first, before))
}

/// Whether a row goes for a reason of its own.
fn exempt(case: &Case, item: usize, row: &Row, widest: bool) -> bool {
    let produced = (0..case.items.len()).any(|first| {
        case.has(first, widest)
            && case.items[first].result == Some(row.document)
            && HOLDERS[row.holder].is_none()
            && precedes(case, first, item)
    });
    produced || case.capabilities.contains(&row.document) || case.abolished.contains(&(item, row.document))
}

/// (rows before, papers after), worked out from the definition: after the reform each document of each holder that some item
/// still asks for is handed in once, and there is one form if there was any.
fn counts(case: &Case, widest: bool) -> (u32, u32) {
    let asked = |row: &&Row| widest || case.yes || !row.conditional;
    let mut before = 0;
    let mut form = 0;
    let mut after: BTreeSet<(usize, usize)> = BTreeSet::new();
    for (index, item) in case.items.iter().enumerate().filter(|(index, _)| case.has(*index, widest)) {
        before += item.forms + item.rows.iter().filter(asked).count();
        form = form.max(item.forms.min(1));
        let left = item.rows.iter().filter(asked).filter(|row| !exempt(case, index, row, widest));
        after.extend(left.map(|row| (row.document, row.holder)));
    }
    (before as u32, (after.len() + form) as u32)
}

fn closes(scenario: &Scenario) {
    let removed = scenario.ledger.iter().filter(|line| line.kind == LineKind::Removed).count() as u32;
    let added = scenario.ledger.iter().filter(|line| line.kind == LineKind::Added).count() as u32;
    let sums = scenario.sums;
    assert_eq!((sums.removed, sums.added), (removed, added));
    assert_eq!(sums.before + sums.added - sums.removed, sums.after);
    let mut total = (0, 0);
    for report in &scenario.item_reports {
        assert_eq!(report.sums.before as usize, report.before.len());
        assert_eq!(report.sums.after as usize, report.after.len());
        assert_eq!(report.sums.before + report.sums.added - report.sums.removed, report.sums.after);
        total = (total.0 + report.sums.before, total.1 + report.sums.after);
    }
    assert_eq!(total, (sums.before, sums.after));
}

/// What the merged list says, whatever order things were written in.
fn merged(plan: &Plan) -> BTreeSet<String> {
    let when = |material: &crate::plan::Material| {
        let mut parts: Vec<_> =
            material.when.iter().flat_map(|when| when.text.split(" 或 ")).map(str::to_owned).collect();
        parts.sort();
        parts
    };
    plan.materials
        .iter()
        .map(|material| {
            let items: BTreeSet<_> = material.items.iter().collect();
            let exemption = material.exemption.as_ref().map(|exemption| &exemption.label);
            format!("{} {:?} {items:?} {:?} {exemption:?}", material.name, material.holder, when(material))
        })
        .collect()
}

/// Holds the schedule of a scenario to brute force.
fn schedule_of(case: &Case, scenario: &Scenario, widest: bool) -> Result<(), TestCaseError> {
    let schedule = &scenario.schedule;
    let here: Vec<usize> = (0..case.items.len()).filter(|item| case.has(*item, widest)).collect();
    let whole = here.iter().map(|&item| longest_to(case, item, widest)).max().unwrap_or(0);
    prop_assert_eq!(schedule.critical_path, Some(number(whole)));
    prop_assert_eq!(schedule.serial, Some(number(here.iter().map(|&item| case.items[item].half_days).sum())));
    prop_assert_eq!(schedule.tasks.len(), here.len());
    for &item in &here {
        let written = &case.items[item];
        let task = schedule.tasks.iter().find(|task| task.label == format!("事项{item}")).unwrap();
        prop_assert_eq!(task.finish, number(longest_to(case, item, widest)));
        prop_assert_eq!(task.start, number(longest_to(case, item, widest) - written.half_days));
        let through = longest_to(case, item, widest) + longest_from(case, item, widest) - written.half_days;
        prop_assert_eq!(task.slack, number(whole - through));
    }
    // The chain is one: each of its tasks waits for the one before, and they take as long as the whole.
    let chain: Vec<_> =
        schedule.chain.iter().map(|id| schedule.tasks.iter().find(|task| task.id == *id).unwrap()).collect();
    prop_assert_eq!(Number::checked_sum(chain.iter().map(|task| task.length)), schedule.critical_path);
    for pair in chain.windows(2) {
        prop_assert!(pair[1].after.contains(&pair[0].id));
    }
    let check = schedule.promise.as_ref().unwrap();
    prop_assert_eq!(check.holds, whole <= 2 * case.promise);
    if !check.holds {
        let core: Vec<_> = chain.iter().filter(|task| check.core.contains(&task.id)).map(|task| task.length).collect();
        prop_assert_eq!(core.len(), check.core.len());
        prop_assert!(Number::checked_sum(core.iter().copied()).unwrap() > check.promise);
        for without in 0..core.len() {
            let rest = core.iter().enumerate().filter(|(index, _)| *index != without).map(|(_, length)| *length);
            prop_assert!(Number::checked_sum(rest).unwrap() <= check.promise, "the core is not minimal");
        }
    }
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig {
        cases: 300,
        failure_persistence: None,
        ..ProptestConfig::default()
    })]

    #[test]
    fn schedules_are_those_of_brute_force(case in case()) {
        let order: Vec<_> = (0..case.items.len()).collect();
        let plan = plan(&case, &order, false);
        for (scenario, widest) in [(&plan.scenarios[0], false), (&plan.widest, true)] {
            schedule_of(&case, scenario, widest)?;
        }
        // Nobody needs longer than those who need everything: leaving out what lies between makes nothing quicker than it was.
        let proof = plan.summary.promise.as_ref().unwrap();
        let everything = order.iter().map(|&item| longest_to(&case, item, true)).max().unwrap();
        prop_assert_eq!(proof.longest, number(everything));
    }

    #[test]
    fn ledgers_close_and_count_what_the_definition_says(case in case()) {
        let order: Vec<_> = (0..case.items.len()).collect();
        let plan = plan(&case, &order, false);
        for (scenario, widest) in [(&plan.scenarios[0], false), (&plan.widest, true)] {
            closes(scenario);
            let (before, after) = counts(&case, widest);
            prop_assert_eq!(scenario.comparison.before.materials, Some(before));
            prop_assert_eq!(scenario.comparison.after.materials, Some(after));
            prop_assert_eq!(scenario.comparison.after.distinct_materials, Some(after));
        }
        // What the list shows for a scenario is what the scenario counts.
        let status = |material: &crate::plan::Material| material.scenarios[0].status;
        let due = plan.materials.iter().filter(|material| status(material) == PresenceStatus::Due).count();
        prop_assert_eq!(plan.scenarios[0].comparison.after.materials, Some(due as u32));
        for material in &plan.materials {
            prop_assert_eq!(status(material) == PresenceStatus::Exempt, material.scenarios[0].reason.is_some());
            prop_assert!(material.when.is_some() || status(material) != PresenceStatus::Absent);
        }
    }

    #[test]
    fn merging_does_not_depend_on_the_order_of_writing(case in case(), seed in any::<u64>()) {
        let order: Vec<_> = (0..case.items.len()).collect();
        let mut shuffled = order.clone();
        let mut state = seed | 1;
        for index in (1..shuffled.len()).rev() {
            state = state.wrapping_mul(6364136223846793005).wrapping_add(1442695040888963407);
            shuffled.swap(index, (state >> 33) as usize % (index + 1));
        }
        let (one, other) = (plan(&case, &order, false), plan(&case, &shuffled, true));
        prop_assert_eq!(merged(&one), merged(&other));
        prop_assert_eq!(one.summary.widest.after, other.summary.widest.after);
        prop_assert_eq!(one.summary.scenarios[0].before.clone(), other.summary.scenarios[0].before.clone());
    }
}

/// A bundle of its own, with what it shares.
fn small(bundle: &str, still: &str) -> compile::Compilation {
    let texts = [
        ("yijianshi.yaml", manifest(still)),
        ("机构.yaml", "机构目录: {甲局: {}, 乙局: {}}\n".to_owned()),
        (
            "材料.yaml",
            "材料目录: {方案: {}, 批复: {核发: 甲局}, 意见: {核发: 乙局}, 许可证: {核发: 甲局}}\n".to_owned(),
        ),
        ("例子.yaml", bundle.to_owned()),
    ];
    let texts = texts.map(|(name, text)| Source::new(name, text));
    compile::compile(Sources::from_texts(texts.into_iter().collect::<Vec<_>>()))
}

fn planned(bundle: &str) -> Plan {
    let mut compilation = small(bundle, "");
    assert!(!compilation.plans.is_empty(), "{:#?}", compilation.diagnostics);
    compilation.plans.remove(0)
}

/// When a task starts in the scenario of this name, and how long the whole takes.
fn start_and_length(plan: &Plan, scenario: &str, task: &str) -> (Number, Number) {
    let scenario = plan.scenarios.iter().find(|own| own.name == scenario).unwrap();
    let task = scenario.schedule.tasks.iter().find(|own| own.label == task).unwrap();
    (task.start, scenario.schedule.critical_path.unwrap())
}

/// Whether the flow leads from a step to another through steps that all may be skipped.
fn leads(plan: &Plan, from: &str, to: &str) -> bool {
    let id = |label: &str| &plan.flow.nodes.iter().find(|node| node.label == label).unwrap().id;
    let mut open = vec![id(from)];
    while let Some(at) = open.pop() {
        for edge in plan.flow.edges.iter().filter(|edge| edge.from == *at) {
            if edge.to == *id(to) {
                return true;
            }
            let node = plan.flow.nodes.iter().find(|node| node.id == edge.to).unwrap();
            if node.when.is_some() || node.parts.is_empty() {
                open.push(&edge.to);
            }
        }
    }
    false
}

fn days(number: i64) -> Number {
    Number::fraction(number, 1).unwrap()
}

const CHAIN: &str = "
一件事: 我要办厂
标识: factory
牵头单位: 甲局
承诺时限: 14工作日
情形: {复杂: {问: 是不是复杂项目？}}
联办事项:
  立项: {名称: 项目立项, 单位: 甲局, 时限: 4工作日, 材料: [方案], 结果: 批复}
  评审: {名称: 方案评审, 单位: 乙局, 当: 复杂, 前置: [立项], 时限: 3工作日, 无需材料: 是, 无结果文书: 是}
  论证: {名称: 专家论证, 单位: 乙局, 当: 复杂, 前置: [评审], 时限: 2工作日, 无需材料: 是, 无结果文书: 是}
  许可: {名称: 建厂许可, 单位: 甲局, 前置: [论证], 时限: 5工作日, 材料: [批复], 结果: 许可证}
典型情形:
  - {名称: 简单, 答案: {复杂: 否}}
  - {名称: 复杂, 答案: {复杂: 是}}
";

/// With 立项 → 评审 → 论证 → 许可 and neither 评审 nor 论证, 许可 waits for 立项: in the schedule, the ledger, the extremes and the flow.
#[test]
fn waiting_passes_through_items_that_are_not_there() {
    let plan = planned(CHAIN);
    assert_eq!(start_and_length(&plan, "简单", "许可"), (days(4), days(9)));
    assert_eq!(start_and_length(&plan, "复杂", "许可"), (days(9), days(14)));
    for scenario in &plan.scenarios {
        assert_eq!(scenario.comparison.after.materials, Some(1), "{}: 批复 is passed on", scenario.name);
    }
    let id = |name: &str| plan.items.iter().find(|item| item.name == name).unwrap().id.clone();
    let report = plan.scenarios[0].item_reports.iter().find(|report| report.item == id("许可")).unwrap();
    assert_eq!(report.waits_before, [id("立项")], "as things are run today, too");
    let range = plan.summary.ranges.iter().find(|range| range.figure == Figure::Days).unwrap();
    assert_eq!(range.after.as_ref().unwrap().least.value, days(9));
    assert_eq!(range.after.as_ref().unwrap().greatest.value, days(14));
    let proof = plan.summary.promise.as_ref().unwrap();
    assert_eq!((proof.verdict, proof.longest), (PromiseVerdict::Proved, days(14)));
    assert!(leads(&plan, "立项", "许可"));
}

/// A promise that only those keep who do without the item between is refuted.
#[test]
fn a_promise_below_the_way_past_what_is_not_there_is_refuted() {
    let text = CHAIN.replace("承诺时限: 14工作日", "承诺时限: 8工作日");
    let text = text.replace("典型情形", "约束: [{不会出现: 复杂, 说明: 只办简单项目}]\n典型情形");
    let compilation = small(&text.replace("  - {名称: 复杂, 答案: {复杂: 是}}\n", ""), "impossible-promises");
    let found = compilation.diagnostics.iter().find(|found| found.code.name == "impossible-promises");
    assert!(found.is_some_and(|found| found.message.contains("最少要9工作日")), "{:#?}", compilation.diagnostics);
}

/// Who waits for a stage that is not there waits for the one before it; where there is none, for what the item waits for.
#[test]
fn waiting_passes_through_stages_that_are_not_there() {
    let bundle = |stages: &str, measures: &str| {
        format!(
            "
一件事: 我要办厂
标识: factory
牵头单位: 甲局
承诺时限: 30工作日
情形: {{复杂: {{问: 是不是复杂项目？}}}}
联办事项:
  立项: {{名称: 项目立项, 单位: 甲局, 时限: 4工作日, 材料: [方案], 无结果文书: 是}}
  审查: {{名称: 方案审查, 单位: 乙局, 前置: [立项], 环节: {stages}, 材料: [方案], 无结果文书: 是}}
  许可: {{名称: 建厂许可, 单位: 甲局, 前置: [{{事项: 审查, 环节: 评审}}], 时限: 5工作日, 材料: [方案], 结果: 许可证}}
{measures}典型情形:
  - {{名称: 简单, 答案: {{复杂: 否}}}}
  - {{名称: 复杂, 答案: {{复杂: 是}}}}
"
        )
    };
    let between = "[{环节: 审查, 时限: 2工作日}, {环节: 评审, 当: 复杂, 时限: 3工作日}, {环节: 决定, 时限: 9工作日}]";
    let plan = planned(&bundle(between, ""));
    assert_eq!(start_and_length(&plan, "简单", "许可"), (days(6), days(15)));
    assert_eq!(start_and_length(&plan, "复杂", "许可"), (days(9), days(18)));
    assert!(leads(&plan, "审查·审查", "许可") && !leads(&plan, "审查·决定", "许可"));
    let first = "[{环节: 评审, 当: 复杂, 时限: 3工作日}, {环节: 决定, 时限: 9工作日}]";
    let plan = planned(&bundle(first, ""));
    assert_eq!(start_and_length(&plan, "简单", "许可"), (days(4), days(13)));
    assert_eq!(start_and_length(&plan, "复杂", "许可"), (days(7), days(16)));
    assert!(leads(&plan, "立项", "许可"));
    // Done away with by a measure.
    let dropped = "改革举措:\n  - 取消环节: {事项: 审查, 环节: 评审, 说明: 并入审查}\n";
    let between = between.replace("当: 复杂, ", "");
    let plan = planned(&bundle(&between, dropped));
    assert_eq!(start_and_length(&plan, "简单", "许可"), (days(6), days(15)));
    assert!(leads(&plan, "审查·审查", "许可") && !leads(&plan, "审查·决定", "许可"));
}

/// The items of a joint stage wait for each other's way in; an absent one between is passed.
#[test]
fn waiting_passes_through_to_joint_stages() {
    let plan = planned(
        "
一件事: 我要办厂
标识: factory
牵头单位: 甲局
承诺时限: 30工作日
情形: {复杂: {问: 是不是复杂项目？}}
联办事项:
  立项: {名称: 项目立项, 单位: 甲局, 时限: 4工作日, 材料: [方案], 无结果文书: 是}
  评审: {名称: 方案评审, 单位: 乙局, 当: 复杂, 前置: [立项], 时限: 3工作日, 材料: [方案], 无结果文书: 是}
  许可: {名称: 建厂许可, 单位: 甲局, 前置: [评审], 环节: [{环节: 勘验, 时限: 2工作日}, {环节: 决定, 时限: 1工作日}], 材料: [方案], 结果: 许可证}
  占道: {名称: 占道许可, 单位: 乙局, 环节: [{环节: 勘验, 时限: 1工作日}, {环节: 决定, 时限: 5工作日}], 材料: [方案], 无结果文书: 是}
改革举措:
  - 联合勘验: {事项: [许可, 占道], 说明: 一次上门}
典型情形:
  - {名称: 简单, 答案: {复杂: 否}}
  - {名称: 复杂, 答案: {复杂: 是}}
",
    );
    assert_eq!(start_and_length(&plan, "简单", "联合勘验"), (days(4), days(11)));
    assert_eq!(start_and_length(&plan, "复杂", "联合勘验"), (days(7), days(14)));
    let range = plan.summary.ranges.iter().find(|range| range.figure == Figure::Days).unwrap();
    assert_eq!(range.after.as_ref().unwrap().least.value, days(11));
}
