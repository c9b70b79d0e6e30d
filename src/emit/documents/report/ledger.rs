//! The ledger: a line for each material that goes, comes or may follow later, and sums that close.

use crate::page::{Block, Cell, Column, Row, Table, Text};
use crate::words::view::{View, place};
use yijianshi_core::plan::{LineKind, Scenario, Sums};

pub(super) fn blocks(view: View<'_>, scenario: &Scenario) -> Vec<Block> {
    let mut blocks = Vec::new();
    if !scenario.ledger.is_empty() {
        let rows = scenario.ledger.iter().enumerate().map(|(index, line)| {
            let kind = match line.kind {
                LineKind::Removed => "−1",
                LineKind::Added => "+1",
                LineKind::Deferred => "0",
            };
            let mut places = Text::of(place(&line.source));
            if let Some(basis) = &line.basis {
                places = places.line().quiet(format!("依据：{}", place(basis)));
            }
            Row::new(vec![
                Cell::of((index + 1).to_string()),
                Cell::of(kind),
                Cell::of(view.item_name(&line.item)),
                Cell::head(Text::of(&line.material)),
                Cell::of(&line.label),
                Cell::of(&line.reason),
                Cell::new(places),
            ])
        });
        let columns = vec![
            Column::number("序号"),
            Column::number("增减"),
            Column::new("事项"),
            Column::new("材料"),
            Column::new("怎样"),
            Column::long("理由"),
            Column::new("出处"),
        ];
        let caption = format!("逐笔账（{}）", scenario.name);
        blocks.push(Block::Table(Table::new(caption, columns, rows.collect())));
    }
    let mut rows: Vec<Row> = scenario
        .item_reports
        .iter()
        .map(|report| {
            let silent = scenario.silent_items.contains(&report.item);
            let name = Cell::head(Text::of(view.item_name(&report.item)));
            Row::new([name].into_iter().chain(sums(report.sums, silent)).collect())
        })
        .collect();
    if rows.is_empty() {
        return blocks;
    }
    let total = Cell::head(Text::of("合计"));
    rows.push(Row::total([total].into_iter().chain(sums(scenario.sums, !scenario.silent_items.is_empty())).collect()));
    let columns = vec![
        Column::new("事项"),
        Column::number("改革前"),
        Column::number("− 去掉"),
        Column::number("+ 增加"),
        Column::number("= 改革后"),
    ];
    let caption = format!("平账：改革前 − 去掉 + 增加 = 改革后（{}，件次）", scenario.name);
    blocks.push(Block::Table(Table::new(caption, columns, rows)));
    if !scenario.silent_items.is_empty() {
        let items = view.item_names(&scenario.silent_items);
        blocks.push(Block::Alert(Text::of(format!("{items}没有列出材料，合计不可知。"))));
    }
    blocks
}

fn sums(sums: Sums, unknown: bool) -> Vec<Cell> {
    let all = [sums.before, sums.removed, sums.added, sums.after];
    all.into_iter().map(|count| if unknown { Cell::of("未知") } else { Cell::of(count.to_string()) }).collect()
}
