use crate::code;
use crate::diagnostic::{Diagnostic, Sink};
use crate::expr::Duration;
use crate::facts::{Aspect, Facts};
use crate::model::Count;
use crate::program::{ItemId, Scenario};
use crate::reform::CaseState;
use crate::scenario::Standing;
use crate::source::{At, Span};
use std::cmp::Ordering;

code! {
    /// # 典型情形的结果与期望不符
    ///
    /// “期望”是编制人事先算好的数，用来看住后来的修改：改了一处材料，别的情形的数跟着变了，这里马上就能看见。
    ///
    /// ## 反例
    ///
    /// ```yaml
    /// 一件事: 例子
    /// 标识: example
    /// 联办事项:
    ///   登记: {名称: 例子登记, 单位: 市场监管部门, 材料: [申请人照片, 健康证明]}
    ///   许可: {名称: 例子许可, 单位: 城管部门, 材料: [健康证明]}
    /// 典型情形:
    ///   - {名称: 本人办理, 期望: {材料: 3}}
    /// ```
    ///
    /// ## 正例
    ///
    /// ```yaml
    /// 一件事: 例子
    /// 标识: example
    /// 联办事项:
    ///   登记: {名称: 例子登记, 单位: 市场监管部门, 材料: [申请人照片, 健康证明]}
    ///   许可: {名称: 例子许可, 单位: 城管部门, 材料: [健康证明]}
    /// 典型情形:
    ///   - {名称: 本人办理, 期望: {材料: 2, 改革前材料: 3}}
    /// ```
    pub static CODE = "unmet-expectations", Figures, Error, allowable;
}

/// Compares each expectation with what its scenario comes to.
pub fn check(facts: &Facts<'_>, sink: &mut Sink) {
    use Aspect::{Conditions, Order, Papers, Time};
    for (index, (scenario, state)) in facts.program.scenarios.iter().zip(facts.named()).enumerate() {
        // Nobody is in it: that is said, and figures mean nothing.
        let standing = facts.proofs().and_then(|proofs| proofs.standings.get(index));
        if standing.is_some_and(|standing| *standing != Standing::Served) {
            continue;
        }
        let Some(expect) = &scenario.written.expect else { continue };
        let (before, after) = (&state.before, &state.after);
        let name = &scenario.name.value;
        let mut count = |what: &str, expected: Option<At<Count>>, computed: Option<u32>, note: String| {
            let aspects: &[Aspect] = if what == "跑动" { &[] } else { &[Papers] };
            let Some(expected) = expected.filter(|_| facts.trusts(Some(index), aspects)) else { return };
            let Some(computed) = computed else {
                return sink.push(unknown(facts, name, what, &expected.value.to_string(), expected.span, state));
            };
            if expected.value.0 != computed {
                let message = format!("“{name}”的{what}期望是{}，算出来是{computed}", expected.value);
                let diagnostic = CODE.at(expected.span, message).label(format!("算出来是{computed}"));
                let help = "看看是事项、材料改错了，还是期望该改了";
                sink.push(diagnostic.help(if note.is_empty() { help.to_owned() } else { format!("{help}；{note}") }));
            }
        };
        count("改革后材料", expect.materials, after.materials, breakdown(facts, state, true));
        count("改革后材料种类", expect.distinct, after.distinct_materials, String::new());
        count("改革前材料", expect.materials_before, before.materials, breakdown(facts, state, false));
        count("跑动", expect.visits, after.visits, String::new());
        count("申请表字段", expect.fields, after.fields, String::new());
        if facts.trusts(Some(index), &[Time, Order]) {
            days(facts, scenario, state, sink);
        }
        if facts.trusts(Some(index), &[Conditions]) {
            items(facts, scenario, state, sink);
        }
    }
}

/// An expectation that nobody can check.
fn unknown(facts: &Facts<'_>, name: &str, what: &str, expected: &str, span: Span, state: &CaseState) -> Diagnostic {
    let names = |list: &[ItemId]| {
        let names: Vec<_> = list.iter().take(8).map(|id| format!("“{}”", facts.program.item(*id).name.value)).collect();
        names.join("、")
    };
    let (silent, schedule) = (&state.ledger.silent, &state.schedule);
    let why = match what {
        "关键路径" if !schedule.untimed.is_empty() => format!("{}没有写时限", names(&schedule.untimed)),
        "关键路径" => "时限的单位之间没有写换算".to_owned(),
        "申请表字段" => "有的表单没有列出字段".to_owned(),
        _ if !silent.is_empty() => format!("{}没有写材料", names(silent)),
        _ => "有的事项没有写明".to_owned(),
    };
    let message = format!("“{name}”的{what}期望是{expected}，现在算不出来：{why}");
    CODE.at(span, message).help("把缺的补上，或者先删去这一项期望")
}

fn breakdown(facts: &Facts<'_>, state: &CaseState, after: bool) -> String {
    let mut parts: Vec<(usize, u32)> = Vec::new();
    for entry in state.ledger.entries.iter().filter(|entry| if after { entry.is_after() } else { !entry.is_added() }) {
        match parts.last_mut() {
            Some((item, count)) if *item == entry.item.index() => *count += 1,
            _ => parts.push((entry.item.index(), 1)),
        }
    }
    let words: Vec<_> = parts
        .iter()
        .take(8)
        .map(|(item, count)| format!("{}{count}件", facts.program.items[*item].name.value))
        .collect();
    if words.is_empty() { String::new() } else { format!("其中{}", words.join("、")) }
}

fn days(facts: &Facts<'_>, scenario: &Scenario, state: &CaseState, sink: &mut Sink) {
    let expected = scenario.written.expect.as_ref().and_then(|expect| expect.days);
    let computed = state.after.days.and_then(|days| Duration::new(days, state.schedule.unit));
    let Some(expected) = expected else { return };
    // Items that wait for each other take no time that could be known, and are said to do so.
    if state.schedule.tasks.is_empty() && state.case.items().next().is_some() {
        return;
    }
    let order = computed
        .and_then(|computed| computed.compare(expected.value, &facts.program.workspace.settings.conversions))
        .zip(computed);
    let Some((order, computed)) = order else {
        let text = expected.value.to_string();
        return sink.push(unknown(facts, &scenario.name.value, "关键路径", &text, expected.span, state));
    };
    if order != Ordering::Equal {
        let message = format!("“{}”的关键路径期望是{}，算出来是{computed}", scenario.name.value, expected.value);
        let chain: Vec<_> = state
            .schedule
            .critical
            .iter()
            .map(|&task| &state.schedule.tasks[task])
            .map(|task| format!("{}{}", task.label, task.length))
            .collect();
        let help = format!("看看是时限、前置改错了，还是期望该改了；其中{}", chain.join(" → "));
        sink.push(CODE.at(expected.span, message).label(format!("算出来是{computed}")).help(help));
    }
}

fn items(facts: &Facts<'_>, scenario: &Scenario, state: &CaseState, sink: &mut Sink) {
    if scenario.expected_items.is_empty() {
        return;
    }
    let mut expected = vec![false; facts.program.items.len()];
    scenario.expected_items.iter().for_each(|at| expected[at.value.index()] = true);
    for at in scenario.expected_items.iter().filter(|at| !state.case.takes(at.value)) {
        let item = facts.program.item(at.value);
        let message = format!("“{}”期望要办“{}”，算出来不用办", scenario.name.value, item.name.value);
        let mut diagnostic = CODE.at(at.span, message).label("不用办");
        if let Some(when) = &item.when {
            diagnostic = diagnostic.related(when.written.span, "它的条件写在这里");
        }
        sink.push(diagnostic.help("看看是条件、答案写错了，还是期望该改了"));
    }
    let extra: Vec<_> = state.case.items().filter(|id| !expected[id.index()]).collect();
    if let Some(first) = extra.first() {
        let names: Vec<_> =
            extra.iter().take(8).map(|id| format!("“{}”", facts.program.item(*id).name.value)).collect();
        let span = scenario.expected_items[0].span;
        let message = format!("“{}”还要办{}，期望里没有", scenario.name.value, names.join("、"));
        sink.push(
            CODE.at(span, message)
                .related(facts.program.item(*first).name.span, "这个事项也适用")
                .help("看看是条件、答案写错了，还是期望该补上"),
        );
    }
}
