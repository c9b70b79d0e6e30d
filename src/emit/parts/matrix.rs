//! Materials against the typical scenarios; shared by the documents that show them.

use crate::page::{Block, Cell, Column, Row, Table, Text};
use crate::words::view::{View, when};
use yijianshi_core::plan::{Material, PresenceStatus};

/// More scenarios do not fit beside each other.
const BESIDE: usize = 6;

/// Tables of `materials` by typical scenario; none if no scenario is named. `reasons`: with conditions, and why something need
/// not be handed in.
pub fn blocks(view: View<'_>, materials: &[&Material], reasons: bool) -> Vec<Block> {
    let mut blocks = Vec::new();
    let count = view.plan.scenarios.len();
    for first in (0..count).step_by(BESIDE) {
        let scenarios = first..count.min(first + BESIDE);
        let table = table(view, materials, scenarios, reasons);
        blocks.push(Block::Table(if first == 0 { table.headed() } else { table }));
    }
    if !blocks.is_empty() {
        let mut legend = vec!["●要交", "—不涉及"];
        let shows = |status| materials.iter().flat_map(|m| &m.scenarios).any(|presence| presence.status == status);
        legend.extend(shows(PresenceStatus::Exempt).then_some("免：要用到，但不用申请人交"));
        legend.extend(shows(PresenceStatus::Deferred).then_some("容缺：要交，可以后补"));
        legend.extend(shows(PresenceStatus::Conditional).then_some("条件：要看其他回答"));
        blocks.push(Block::Note(Text::of(format!("{}。", legend.join("；")))));
    }
    blocks
}

fn table(view: View<'_>, materials: &[&Material], scenarios: std::ops::Range<usize>, reasons: bool) -> Table {
    let mut columns = vec![Column::long("材料")];
    columns.extend(view.plan.scenarios[scenarios.clone()].iter().map(|scenario| Column::number(&scenario.name)));
    if reasons {
        columns.push(Column::new("什么情形下"));
        columns.push(Column::long("免交的理由"));
    }
    let rows = materials.iter().map(|material| {
        let mut name = Text::bold(&material.name);
        if let Some(holder) = &material.holder
            && !material.name.contains(holder.as_str())
        {
            name = name.then(format!("（{holder}）"));
        }
        let mut cells = vec![Cell::head(name)];
        let here = &material.scenarios[scenarios.clone()];
        cells.extend(here.iter().map(|presence| {
            Cell::of(match presence.status {
                PresenceStatus::Due => "●",
                PresenceStatus::Deferred => "容缺",
                PresenceStatus::Exempt => "免",
                PresenceStatus::Conditional => "条件",
                PresenceStatus::Absent => "—",
            })
        }));
        if reasons {
            let condition = when(material.when.as_ref());
            cells.push(Cell::new(if condition.is_empty() { Text::of("都要") } else { condition }));
            let mut list: Vec<&String> = here.iter().filter_map(|presence| presence.reason.as_ref()).collect();
            list.dedup();
            cells.push(Cell::new(Text::lines(list.into_iter().map(Text::of))));
        }
        Row::new(cells)
    });
    let mut rows: Vec<Row> = rows.collect();
    let mut total = vec![Cell::head(Text::of("要交的件数"))];
    for scenario in &view.plan.scenarios[scenarios] {
        let count = scenario.comparison.after.materials;
        total.push(Cell::of(count.map_or_else(|| "未知".to_owned(), |count| format!("{count}件"))));
    }
    if reasons {
        total.extend([Cell::of(""), Cell::of("")]);
    }
    rows.push(Row::total(total));
    let table = Table::new("各典型情形要交的材料", columns, rows).without_empty_columns();
    if reasons { table } else { table.compared() }
}
