//! What was published, checked.

use crate::page::{Block, Cell, Column, Row, Table, Text};
use crate::words::view::{View, place};
use yijianshi_core::plan::ListRow;

/// The published figures and lists against the compiled ones.
pub(super) fn claims(view: View<'_>) -> Vec<Block> {
    let reconciliation = &view.plan.reconciliation;
    if reconciliation.claims.is_empty() {
        return Vec::new();
    }
    let mut blocks = Vec::new();
    if let Some(source) = &reconciliation.source {
        blocks.push(Block::Para(Text::of("公布的出处：").address(source)));
    }
    let rows = reconciliation.claims.iter().map(|claim| {
        let computed = claim.computed.iter().map(|own| {
            let value = own.value.as_deref().unwrap_or("未知");
            let text = Text::of(format!("{}：{value}", own.scenario));
            if own.matches == Some(true) { text.good("一致") } else { text }
        });
        Row::new(vec![
            Cell::of(&claim.side),
            Cell::of(&claim.figure),
            Cell::of(claim.scenario.as_deref().unwrap_or("没有说明")),
            Cell::of(&claim.published),
            Cell::new(Text::lines(computed)),
            Cell::new(match claim.reconciled {
                Some(true) => Text::default().good("对得上"),
                Some(false) => Text::default().tag("对不上"),
                None => Text::of("是承诺，不比较"),
            }),
            Cell::of(place(&claim.place)),
        ])
    });
    let columns = vec![
        Column::new("哪一边"),
        Column::new("数字"),
        Column::new("公布时说明的情形"),
        Column::number("公布"),
        Column::long("各情形算出来的"),
        Column::new("结论"),
        Column::new("出处"),
    ];
    blocks.push(Block::Table(Table::new("公布数字核对", columns, rows.collect()).headed()));
    blocks.extend(lists(view));
    blocks
}

/// The published lists against one another and against the compiled one, with the rows that only one of them has.
fn lists(view: View<'_>) -> Option<Block> {
    let lists = &view.plan.reconciliation.lists;
    let rows = lists.iter().map(|own| {
        let only = |rows: &[ListRow]| {
            let lines = rows.iter().map(|row| Text::of(format!("{}（{}）", row.name, place(&row.place))));
            if rows.is_empty() { Text::of("无") } else { Text::lines(lines) }
        };
        Row::new(vec![
            Cell::of(format!("{}与{}", own.first, own.second)),
            Cell::new(only(&own.only_first)),
            Cell::new(only(&own.only_second)),
        ])
    });
    let columns = vec![Column::new("比较的清单"), Column::long("只在前一份里的"), Column::long("只在后一份里的")];
    (!lists.is_empty()).then(|| Block::Table(Table::new("公布清单核对", columns, rows.collect()).headed()))
}
