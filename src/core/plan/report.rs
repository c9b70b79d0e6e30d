//! The accounts of a scenario: counts before and after, the ledger, each item's rows, the schedule.

use indexmap::IndexMap;
use rustc_hash::FxHashMap;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::SourceRef;
use super::build::Sourcing;
use super::condition::When;
use super::extremes::{FigureRange, PromiseProof};
use super::item::Item;
use super::material::{conditions, label};
use crate::expr::{Number, Unit};
use crate::program::{Domain, ItemId, Program, QuestionId, Value};
use crate::reform::{CaseState, Content, Entry, Fate, Figures, Ledger, Mechanism, Reason, Savings};

/// 主要数字：各典型情形、全口径，以及所有情形下的最少和最多。
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Summary {
    /// 各典型情形。
    pub scenarios: Vec<SummaryRow>,
    /// 全口径：所有事项、所有有条件的内容都计入。
    pub widest: SummaryRow,
    /// 所有情形下的范围：最少、最多，以及各是什么情形。
    pub ranges: Vec<FigureRange>,
    /// 承诺时限的证明。
    pub promise: Option<PromiseProof>,
}

/// 一个情形的主要数字。
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct SummaryRow {
    /// 名称。
    pub name: String,
    /// 对各问题的回答。
    pub answers: IndexMap<String, String>,
    /// 改革前。
    pub before: Figures,
    /// 改革后。
    pub after: Figures,
}

/// 一个情形的账目。
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Scenario {
    /// 名称。
    pub name: String,
    /// 对各问题的回答。
    pub answers: IndexMap<String, String>,
    /// 适用的事项（英文标识）。
    pub items: Vec<String>,
    /// 改革前后对比。
    pub comparison: Comparison,
    /// 各事项的材料，改革前后。
    pub item_reports: Vec<ItemReport>,
    /// 材料账：每去掉、增加或缓交一件，记一笔。
    pub ledger: Vec<LedgerLine>,
    /// 材料账合计。
    pub sums: Sums,
    /// 没有写明材料的事项（英文标识）；有则合计不可知。
    pub silent_items: Vec<String>,
    /// 时间安排。
    pub schedule: Schedule,
}

/// 改革前后对比。
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Comparison {
    /// 改革前。
    pub before: Figures,
    /// 改革后。
    pub after: Figures,
    /// 减少了多少。
    pub saved: Savings,
}

/// 一个事项的材料，改革前后。
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct ItemReport {
    /// 事项（英文标识）。
    pub item: String,
    /// 改革前要等哪些事项办结（英文标识），已去掉多余的；这次不办的，等它前面的。
    pub waits_before: Vec<String>,
    /// 改革前要交的。
    pub before: Vec<ReportRow>,
    /// 改革后要交的。
    pub after: Vec<ReportRow>,
    /// 合计。
    pub sums: Sums,
}

/// 一行材料。
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct ReportRow {
    /// 事项里的叫法。
    pub label: String,
    /// 目录里的名称。
    pub name: String,
    /// 什么情形下要交。
    pub when: Option<When>,
    /// 改革后怎样去掉的；不写就是还要交。
    pub mechanism: Option<Mechanism>,
    /// 理由。
    pub reason: Option<String>,
    /// 可以容缺后补。
    pub deferred: bool,
    /// 改革后新增的。
    pub added: bool,
    /// 出处。
    pub source: SourceRef,
}

/// 一笔材料账。
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct LedgerLine {
    /// 增减。
    pub kind: LineKind,
    /// 事项（英文标识）。
    pub item: String,
    /// 材料。
    pub material: String,
    /// 怎样去掉或缓交的；新增的没有。
    pub mechanism: Option<Mechanism>,
    /// 中文名。
    pub label: String,
    /// 理由。
    pub reason: String,
    /// 出处。
    pub source: SourceRef,
    /// 改革举措或共享能力的出处。
    pub basis: Option<SourceRef>,
}

/// 一笔账的增减。
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum LineKind {
    /// 去掉。
    Removed,
    /// 增加。
    Added,
    /// 缓交：仍要交，可以后补。
    Deferred,
}

/// 材料账合计：改革前 − 去掉 + 增加 = 改革后。
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Sums {
    /// 改革前。
    pub before: u32,
    /// 去掉。
    pub removed: u32,
    /// 增加。
    pub added: u32,
    /// 改革后。
    pub after: u32,
}

/// 时间安排。
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Schedule {
    /// 时间单位。
    pub unit: Unit,
    /// 单位的中文名。
    pub unit_label: String,
    /// 串联合计：今天一项接一项办要多久。
    pub serial: Option<Number>,
    /// 串联合计的各项。
    pub serial_parts: Vec<SerialPart>,
    /// 关键路径：改革后最长的一条链要多久。
    pub critical_path: Option<Number>,
    /// 关键路径上的任务。
    pub chain: Vec<String>,
    /// 全部任务，前面的先做。
    pub tasks: Vec<Task>,
    /// 没有写明时限的事项（英文标识）。
    pub untimed_items: Vec<String>,
    /// 承诺能不能兑现。
    pub promise: Option<PromiseCheck>,
}

/// 串联合计的一项：改革前，一项办结再办下一项。
#[derive(Debug, Clone, PartialEq, Serialize, serde::Deserialize, JsonSchema)]
pub struct SerialPart {
    /// 事项（英文标识）。
    pub item: String,
    /// 用时，已换算成时间安排的单位；没有写明或者换算不了的为空。
    pub length: Option<Number>,
}

/// 一个任务。
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Task {
    /// 英文标识。
    pub id: String,
    /// 名称。
    pub label: String,
    /// 属于哪些事项（英文标识）。
    pub items: Vec<String>,
    /// 用时。
    pub length: Number,
    /// 是否不计时。
    pub off_clock: bool,
    /// 是否联合办理。
    pub joint: bool,
    /// 何时开始，从受理算起。
    pub start: Number,
    /// 何时结束。
    pub finish: Number,
    /// 机动时间：晚这么久也不耽误整体。
    pub slack: Number,
    /// 要等哪些任务。
    pub after: Vec<String>,
}

/// 承诺能不能兑现。
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct PromiseCheck {
    /// 承诺的时限。
    pub promise: Number,
    /// 关键路径不超过承诺。
    pub holds: bool,
    /// 超出多少。
    pub excess: Option<Number>,
    /// 最少哪几个任务相加就超出了承诺。
    pub core: Vec<String>,
    /// 这几个任务之和。
    pub core_sum: Option<Number>,
}

/// Why a row goes, in one sentence.
pub(super) fn reason_text(program: &Program<'_>, ledger: &Ledger, mechanism: Mechanism, reason: &Reason) -> String {
    match reason {
        Reason::Entry(index) => {
            let entry = &ledger.entries[*index];
            let item = &program.item(entry.item).name.value;
            match mechanism {
                Mechanism::OneForm => "各部门的申请表合并为一张".to_owned(),
                _ => format!("与“{item}”的{}是同一份，只收一次", label(program, entry)),
            }
        }
        Reason::Item(item) => format!("由“{}”办出，部门之间传递", program.item(*item).name.value),
        Reason::Capability(index) => {
            let capability = &program.workspace.capabilities[*index].written;
            let system = capability.system.as_ref().map_or("已接通的系统", |system| &*system.value);
            format!("通过{system}{}", way(mechanism))
        }
        Reason::Measure(index) => match &program.measures[*index].written.grounds().1 {
            Some(reason) => reason.value.to_string(),
            None => format!("改革举措：{}", program.measures[*index].written.key()),
        },
    }
}

fn way(mechanism: Mechanism) -> &'static str {
    match mechanism {
        Mechanism::ELicence => "调用电子证照",
        _ => "共享或核验数据",
    }
}

impl SummaryRow {
    pub(super) fn of(scenario: &Scenario) -> SummaryRow {
        SummaryRow {
            name: scenario.name.clone(),
            answers: scenario.answers.clone(),
            before: scenario.comparison.before.clone(),
            after: scenario.comparison.after.clone(),
        }
    }
}

impl Scenario {
    pub(super) fn of(
        program: &Program<'_>,
        state: &CaseState,
        items: &[Item],
        ids: &[String],
        sourcing: &Sourcing<'_>,
        form_name: &str,
    ) -> Scenario {
        let english = |id: &ItemId| ids[id.index()].clone();
        let ledger = &state.ledger;
        let places = items.iter().enumerate().map(|(place, item)| (item.id.as_str(), place)).collect();
        let mut reports: Vec<ItemReport> = Vec::new();
        for id in state.case.items() {
            let sums = ledger.sums_of(id);
            reports.push(ItemReport {
                item: english(&id),
                waits_before: waits_before(items, &places, id.index(), &state.case.taken),
                before: Vec::new(),
                after: Vec::new(),
                sums: Sums::of(sums),
            });
        }
        let order: Vec<ItemId> = state.case.items().collect();
        for entry in &ledger.entries {
            let Ok(place) = order.binary_search(&entry.item) else { continue };
            let row = row(program, ledger, entry, sourcing);
            if entry.is_after() {
                let mut after = row.clone();
                if entry.fate == Fate::BecomesTheForm {
                    form_name.clone_into(&mut after.label);
                    form_name.clone_into(&mut after.name);
                }
                reports[place].after.push(after);
            }
            if !entry.is_added() {
                reports[place].before.push(row);
            }
        }
        Scenario {
            name: state.case.name.to_string(),
            answers: answers(program, state),
            items: order.iter().map(english).collect(),
            comparison: Comparison {
                before: state.before.clone(),
                after: state.after.clone(),
                saved: Savings::of(&state.before, &state.after),
            },
            item_reports: reports,
            ledger: ledger.entries.iter().flat_map(|entry| lines(program, ledger, entry, ids, sourcing)).collect(),
            sums: Sums::of(ledger.sums()),
            silent_items: ledger.silent.iter().map(english).collect(),
            schedule: schedule(program, state, ids),
        }
    }
}

/// What an item waits for as things are run today: waiting passes through items that are not taken.
fn waits_before(items: &[Item], places: &FxHashMap<&str, usize>, item: usize, taken: &[bool]) -> Vec<String> {
    let mut found: Vec<String> = Vec::new();
    let mut passed = vec![item];
    let mut open: Vec<&String> = items[item].preconditions.iter().rev().collect();
    while let Some(id) = open.pop() {
        let Some(&first) = places.get(id.as_str()).filter(|first| !passed.contains(first)) else { continue };
        passed.push(first);
        match taken[first] {
            true => found.push(id.clone()),
            false => open.extend(items[first].preconditions.iter().rev()),
        }
    }
    found
}

impl Sums {
    fn of(sums: crate::reform::Sums) -> Sums {
        Sums { before: sums.before, removed: sums.removed, added: sums.added, after: sums.after }
    }
}

/// The answers, in words, in the order of the questions; questions not asked are left out.
pub(super) fn answers(program: &Program<'_>, state: &CaseState) -> IndexMap<String, String> {
    let mut map = IndexMap::new();
    let Some(answers) = &state.case.answers else { return map };
    for (index, question) in program.questions.iter().enumerate() {
        let Some(value) = answers.get(QuestionId::from(index)) else { continue };
        let option = |index: &usize| match &question.domain {
            Domain::Choice(options) | Domain::Choices(options) => options[*index].name.value.to_string(),
            _ => String::new(),
        };
        let text = match value {
            Value::Yes(yes) => if *yes { "是" } else { "否" }.to_owned(),
            Value::Option(chosen) => option(chosen),
            Value::Options(chosen) => chosen.iter().map(option).collect::<Vec<_>>().join("、"),
            Value::Number(number) => match &question.domain {
                Domain::Number { unit: Some(unit), .. } => format!("{number}{unit}"),
                _ => number.to_string(),
            },
            Value::Date(date) => date.to_string(),
            Value::NotAsked => continue,
        };
        map.insert(question.name.value.to_string(), text);
    }
    map
}

fn row(program: &Program<'_>, ledger: &Ledger, entry: &Entry, sourcing: &Sourcing<'_>) -> ReportRow {
    let conditions = conditions(program, entry);
    // The item's own condition goes without saying in a report on the item.
    let own: Vec<_> = conditions.into_iter().skip(usize::from(program.item(entry.item).when.is_some())).collect();
    let (mechanism, reason) = match &entry.fate {
        Fate::Goes(mechanism, reason) => (Some(*mechanism), Some(reason_text(program, ledger, *mechanism, reason))),
        _ => (None, None),
    };
    let label = label(program, entry);
    ReportRow {
        name: entry.identity.as_ref().map_or_else(|| label.clone(), |identity| program.row_name(identity)),
        label,
        when: if own.is_empty() { None } else { When::any(program, &[own]) },
        mechanism,
        reason,
        deferred: matches!(entry.fate, Fate::Deferred(_)),
        added: entry.is_added(),
        source: sourcing.at(entry.span),
    }
}

fn lines(
    program: &Program<'_>,
    ledger: &Ledger,
    entry: &Entry,
    ids: &[String],
    sourcing: &Sourcing<'_>,
) -> Vec<LedgerLine> {
    let line = |kind, mechanism: Option<Mechanism>, label: &str, reason: String, basis| LedgerLine {
        kind,
        item: ids[entry.item.index()].clone(),
        material: entry
            .identity
            .as_ref()
            .map_or_else(|| self::label(program, entry), |identity| program.row_name(identity)),
        mechanism,
        label: label.to_owned(),
        reason,
        source: sourcing.at(entry.span),
        basis,
    };
    let measure_place = |index: usize| sourcing.at(program.measures[index].written.head);
    let mut lines = Vec::new();
    if let Content::Added(index) = entry.content {
        let reason = program.measures[index]
            .written
            .grounds()
            .1
            .map_or_else(|| "改革举措新增".to_owned(), |r| r.value.to_string());
        lines.push(line(LineKind::Added, None, "新增材料", reason, Some(measure_place(index))));
    }
    match &entry.fate {
        Fate::Goes(mechanism, reason) => {
            let basis = match reason {
                Reason::Measure(index) => Some(measure_place(*index)),
                Reason::Capability(index) => Some(sourcing.at(program.workspace.capabilities[*index].written.head)),
                Reason::Entry(_) | Reason::Item(_) => None,
            };
            let text = reason_text(program, ledger, *mechanism, reason);
            lines.push(line(LineKind::Removed, Some(*mechanism), mechanism.label(), text, basis));
        }
        Fate::Deferred(measure) => {
            let reason = measure.and_then(|index| program.measures[index].written.grounds().1);
            let reason = reason.map_or_else(|| "先受理，后补交".to_owned(), |reason| reason.value.to_string());
            let label = Mechanism::Deferred.label();
            lines.push(line(LineKind::Deferred, Some(Mechanism::Deferred), label, reason, measure.map(measure_place)));
        }
        Fate::Stays | Fate::BecomesTheForm => {}
    }
    lines
}

pub(super) fn schedule(program: &Program<'_>, state: &CaseState, ids: &[String]) -> Schedule {
    let schedule = &state.schedule;
    let task_ids: Vec<String> = schedule.tasks.iter().map(|task| super::ids::task(program, task)).collect();
    let pick = |list: &[usize]| list.iter().map(|&index| task_ids[index].clone()).collect::<Vec<_>>();
    let items = |list: &[ItemId]| list.iter().map(|id| ids[id.index()].clone()).collect::<Vec<_>>();
    let promise = program.bundle.promise.and_then(|promise| {
        let promise = program.workspace.settings.conversions.convert(promise.value, schedule.unit)?;
        let length = schedule.length?;
        let core = schedule.core(promise);
        Some(PromiseCheck {
            promise,
            holds: length <= promise,
            excess: core.as_ref().map(|core| core.excess),
            core_sum: core.as_ref().map(|core| core.sum),
            core: core.map(|core| pick(&core.tasks)).unwrap_or_default(),
        })
    });
    Schedule {
        unit: schedule.unit,
        unit_label: schedule.unit.label().to_owned(),
        serial: schedule.serial,
        serial_parts: schedule
            .today
            .iter()
            .map(|(id, length)| SerialPart { item: ids[id.index()].clone(), length: *length })
            .collect(),
        critical_path: schedule.length,
        chain: pick(&schedule.critical),
        tasks: schedule
            .tasks
            .iter()
            .enumerate()
            .map(|(index, task)| Task {
                id: task_ids[index].clone(),
                label: task.label.to_string(),
                items: items(&task.items),
                length: task.length,
                off_clock: task.off_clock,
                joint: task.joint.is_some(),
                start: task.start,
                finish: task.finish,
                slack: task.slack,
                after: pick(&task.after),
            })
            .collect(),
        untimed_items: items(&schedule.untimed),
        promise,
    }
}
