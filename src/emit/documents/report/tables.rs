//! The comparison tables, in the form in which governments publish them.

use crate::page::{Block, Cell, Column, Row, Table, Text};
use crate::parts::figures::{saved, time};
use crate::words::view::{Measured, View, Worded, duration};
use yijianshi_core::plan::{ItemReport, Scenario};

/// 审批时限变化: item by item before, one time for all after.
pub(super) fn limits(view: View<'_>, scenario: &Scenario) -> Vec<Block> {
    let items: Vec<_> = scenario.items.iter().filter_map(|id| view.item(id)).collect();
    if items.is_empty() {
        return Vec::new();
    }
    let mut after = Text::of(time(scenario.schedule.critical_path, scenario, view)).line().quiet("关键路径");
    if let Some(promise) = view.plan.bundle.promise {
        after = after.line().quiet(format!("承诺{}", duration(promise)));
    }
    let less = saved(Measured::Days, scenario);
    let mut rows: Vec<Row> = Vec::new();
    for (index, item) in items.iter().enumerate() {
        let before = match item.limit {
            Some(limit) => duration(limit),
            None => "未知（没有写明）".to_owned(),
        };
        let mut cells = vec![
            Cell::of((index + 1).to_string()),
            Cell::of(item.agency.as_deref().unwrap_or_default()),
            Cell::of(&item.name),
            Cell::of(before),
        ];
        if index == 0 {
            cells.push(Cell::new(after.clone()).over(items.len()));
            cells.push(Cell::of(&less).over(items.len()));
        }
        rows.push(Row::new(cells));
    }
    let percent = Measured::Days
        .saved(&scenario.comparison.saved)
        .and_then(|count| count.percent.as_ref())
        .map(|percent| format!("{percent}%"));
    rows.push(Row::total(vec![
        Cell::of("合计").across(3),
        Cell::new(Text::of(time(scenario.schedule.serial, scenario, view))),
        Cell::of(time(scenario.schedule.critical_path, scenario, view)),
        Cell::of(percent.unwrap_or_else(|| "—".to_owned())),
    ]));
    let columns = vec![
        Column::number("序号"),
        Column::new("单位"),
        Column::new("事项"),
        Column::number("改革前"),
        Column::number("改革后"),
        Column::number("减少"),
    ];
    vec![Block::Table(Table::new(format!("审批时限变化（{}）", scenario.name), columns, rows).headed())]
}

/// 申报材料变化: the rows of each item side by side.
pub(super) fn materials(view: View<'_>, scenario: &Scenario) -> Vec<Block> {
    if scenario.item_reports.is_empty() {
        return Vec::new();
    }
    let mut rows: Vec<Row> = Vec::new();
    for (index, report) in scenario.item_reports.iter().enumerate() {
        item_rows(view, scenario, index, report, &mut rows);
    }
    let sums = scenario.sums;
    let known = scenario.silent_items.is_empty();
    let number = |count: u32| if known { format!("{count}件") } else { Measured::Materials.unknown(view, scenario) };
    rows.push(Row::total(vec![
        Cell::of("合计（件次）").across(3),
        Cell::of(number(sums.before)),
        Cell::of(number(sums.after)),
        Cell::of(saved(Measured::Materials, scenario)),
    ]));
    let distinct = Measured::DistinctMaterials;
    rows.push(Row::total(vec![
        Cell::of("合计（去重种类）").across(3),
        Cell::of(distinct.text(view, scenario, &scenario.comparison.before)),
        Cell::of(distinct.text(view, scenario, &scenario.comparison.after)),
        Cell::of(saved(distinct, scenario)),
    ]));
    let columns = vec![
        Column::number("序号"),
        Column::new("单位"),
        Column::new("事项"),
        Column::long("改革前要求提交材料"),
        Column::long("改革后要求提交材料"),
        Column::number("精减份数"),
    ];
    let caption = format!("申报材料变化（{}）", scenario.name);
    vec![Block::Table(Table::new(caption, columns, rows).headed())]
}

fn item_rows(view: View<'_>, scenario: &Scenario, index: usize, report: &ItemReport, rows: &mut Vec<Row>) {
    let height = report.before.len().max(report.after.len()).max(1);
    let item = view.item(&report.item);
    let silent = scenario.silent_items.contains(&report.item);
    for line in 0..height {
        let mut cells = Vec::new();
        if line == 0 {
            cells.push(Cell::of((index + 1).to_string()).over(height));
            cells.push(Cell::of(item.and_then(|item| item.agency.as_deref()).unwrap_or_default()).over(height));
            cells.push(Cell::of(view.item_name(&report.item)).over(height));
        }
        let before = report.before.get(line).map(|row| {
            let text = Text::of(format!("{}.{}", line + 1, row.label));
            if row.mechanism.is_some() { text } else { text.quiet(if row.deferred { "（可容缺）" } else { "" }) }
        });
        let after = report.after.get(line).map(|row| {
            let text = Text::of(format!("{}.{}", line + 1, row.label));
            let text = if row.deferred { text.quiet("（可容缺）") } else { text };
            if row.added { text.tag("新增") } else { text }
        });
        let empty = || match silent && line == 0 {
            true => Text::of("未知（没有列出材料）"),
            false => Text::default(),
        };
        cells.push(Cell::new(before.unwrap_or_else(empty)));
        cells.push(Cell::new(after.unwrap_or_else(empty)));
        if line == 0 {
            let sums = report.sums;
            let less = i64::from(sums.before) - i64::from(sums.after);
            let text = match silent {
                true => "未知".to_owned(),
                false if less < 0 => format!("增加{}件", -less),
                false => format!("{less}件"),
            };
            cells.push(Cell::of(text).over(height));
        }
        rows.push(Row::new(cells));
    }
}
