//! What changes in the course of things: the way an applicant goes, and the stages.

use crate::page::{Block, Cell, Column, Row, Table, Text};
use crate::parts::figures::saved;
use crate::words::view::{Measured, View, Worded, amount, duration};
use yijianshi_core::plan::{Item, NodeKind, Scenario};

/// 流程变化: what the applicant and the agencies do, before and after, side by side.
pub(super) fn process(view: View<'_>, scenario: &Scenario) -> Vec<Block> {
    let (before, after) = (before(view, scenario), after(view, scenario));
    let height = before.len().max(after.len());
    if height == 0 {
        return Vec::new();
    }
    let rows = (0..height).map(|line| {
        let mut cells = Vec::new();
        for side in [&before, &after] {
            // The last step of the shorter side reaches down to the end of the longer.
            let down = if line + 1 == side.len() { height - line } else { 1 };
            if let Some(text) = side.get(line) {
                cells.push(Cell::of((line + 1).to_string()).over(down));
                cells.push(Cell::new(text.clone()).over(down));
            } else if side.is_empty() && line == 0 {
                cells.push(Cell::of("").over(height));
                cells.push(Cell::of("没有写明").over(height));
            }
        }
        Row::new(cells)
    });
    let columns =
        vec![Column::number("序"), Column::long("改革前流程"), Column::number("序"), Column::long("改革后流程")];
    vec![Block::Table(Table::new(format!("流程变化（{}）", scenario.name), columns, rows.collect()).headed())]
}

fn before(view: View<'_>, scenario: &Scenario) -> Vec<Text> {
    let items = scenario.items.iter().filter_map(|id| view.item(id));
    items
        .map(|item| {
            let to = item.agency.as_ref().map_or_else(String::new, |agency| format!("到{agency}"));
            let report = scenario.item_reports.iter().find(|report| report.item == item.id);
            let papers = match report {
                _ if scenario.silent_items.contains(&item.id) => "，材料没有写明".to_owned(),
                Some(report) if report.sums.before > 0 => format!("，交{}件材料", report.sums.before),
                _ => String::new(),
            };
            let first = match report.map_or(&[][..], |report| &report.waits_before) {
                [] => String::new(),
                first => {
                    let names: Vec<&str> = first.iter().map(|id| view.item_name(id)).collect();
                    format!("（{}办结后）", names.join("、"))
                }
            };
            Text::of(format!("{to}申请{}{first}{papers}，{}", item.name, limit(item.limit)))
        })
        .collect()
}

fn limit(limit: Option<yijianshi_core::expr::Duration>) -> String {
    match limit {
        Some(limit) if limit.is_immediate() => "当场办结".to_owned(),
        Some(limit) => format!("{}办结", duration(limit)),
        None => "时限没有写明".to_owned(),
    }
}

fn after(view: View<'_>, scenario: &Scenario) -> Vec<Text> {
    let counts = &scenario.comparison.after;
    let form = counts.forms.map(|count| format!("填{count}张表，")).unwrap_or_default();
    let papers = match counts.materials {
        Some(count) => format!("交{count}件材料（申请表在内）"),
        None => "材料没有写明".to_owned(),
    };
    let mut steps =
        vec![Text::of(format!("向综合窗口一次提交：{form}{papers}")), Text::of("综合窗口统一收件、受理、分派")];
    let schedule = &scenario.schedule;
    for task in schedule.tasks.iter().filter(|task| !task.items.is_empty()) {
        let mut agencies: Vec<&str> = Vec::new();
        for agency in task.items.iter().filter_map(|id| view.item(id)?.agency.as_deref()) {
            if !agencies.contains(&agency) {
                agencies.push(agency);
            }
        }
        let time = match task.length.is_zero() {
            _ if task.off_clock => "依法不计时".to_owned(),
            _ if task.items.iter().any(|id| schedule.untimed_items.contains(id)) => "时限没有写明".to_owned(),
            true => "当场办结".to_owned(),
            false => amount(task.length, &schedule.unit_label),
        };
        let of = match task.joint && task.items.len() > 1 {
            true => format!("（{}）", view.item_names(&task.items)),
            false => String::new(),
        };
        let verb = if of.is_empty() { "办理" } else { "" };
        steps.push(Text::of(format!("{}{verb}{}{of}，{time}", agencies.join("、"), task.label)));
    }
    // What is done jointly within the time of the items has no task of its own.
    for measure in view.plan.measures.iter().filter(|measure| measure.kind.starts_with("joint-")) {
        let own: Vec<&String> = measure.items.iter().filter(|id| scenario.items.contains(id)).collect();
        let task = |id: &&String| schedule.tasks.iter().any(|task| task.joint && task.items.contains(id));
        if own.len() > 1 && !own.iter().all(task) {
            let names: Vec<&str> = own.into_iter().map(|id| view.item_name(id)).collect();
            steps.push(Text::of(format!("其中{}：{}一次做完", measure.label, names.join("、"))));
        }
    }
    steps.push(Text::of("综合窗口统一出件"));
    steps
}

/// 环节变化: the stages of each item before and after, and how many are counted.
pub(super) fn stages(view: View<'_>, scenario: &Scenario) -> Vec<Block> {
    let items: Vec<&Item> = scenario.items.iter().filter_map(|id| view.item(id)).collect();
    if items.is_empty() {
        return Vec::new();
    }
    let mut rows: Vec<Row> = items
        .iter()
        .enumerate()
        .map(|(index, item)| {
            let unsaid = || Text::of("没有写明环节");
            let names: Vec<&str> = item.stages.iter().map(|stage| stage.name.as_str()).collect();
            Row::new(vec![
                Cell::of((index + 1).to_string()),
                Cell::of(item.agency.as_deref().unwrap_or_default()),
                Cell::of(&item.name),
                Cell::new(if names.is_empty() { unsaid() } else { Text::of(names.join("、")) }),
                Cell::new(if names.is_empty() { unsaid() } else { stages_after(view, scenario, item) }),
            ])
        })
        .collect();
    let comparison = &scenario.comparison;
    let count = |counts| Measured::Steps.text(view, scenario, counts);
    let less = Measured::Steps.saved(&comparison.saved).is_some_and(|count| !count.amount.is_negative());
    let saved = format!("{}{}", if less { "减少" } else { "" }, saved(Measured::Steps, scenario));
    rows.push(Row::total(vec![
        Cell::of(format!("计数（{}）", view.plan.workspace.steps_convention.label)).across(3),
        Cell::of(count(&comparison.before)),
        Cell::of(format!("{}，{saved}", count(&comparison.after))),
    ]));
    let columns = vec![
        Column::number("序号"),
        Column::new("单位"),
        Column::new("事项"),
        Column::long("改革前环节"),
        Column::long("改革后环节"),
    ];
    vec![Block::Table(Table::new(format!("环节变化（{}）", scenario.name), columns, rows).headed())]
}

/// The stages that are left; those done together with other items of the scenario are marked.
fn stages_after(view: View<'_>, scenario: &Scenario, item: &Item) -> Text {
    let nodes = view.plan.flow.nodes.iter().filter(|node| matches!(node.kind, NodeKind::Item | NodeKind::Joint));
    let own: Vec<_> = nodes.filter(|node| node.items().any(|id| id == item.id)).collect();
    let mut text = Text::default();
    for stage in &item.stages {
        let holds = |node: &&&yijianshi_core::plan::Node| {
            node.parts.iter().any(|part| part.item == item.id && part.stages.contains(&stage.kind))
        };
        let Some(node) = own.iter().find(holds) else { continue };
        let others = node.items().filter(|id| *id != item.id && scenario.items.iter().any(|own| own == id)).count();
        if !text.is_empty() {
            text = text.then("、");
        }
        text = text.then(&stage.name);
        if node.kind == NodeKind::Joint && others > 0 {
            text = text.then("（联合）");
        }
    }
    if text.is_empty() { Text::of("无") } else { text }
}
