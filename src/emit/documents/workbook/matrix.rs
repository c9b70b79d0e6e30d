//! 情形对照: items and materials against the typical scenarios.

use super::account::Account;
use crate::parts::cells;
use crate::words::view::View;
use crate::write::xlsx::{Area, Cell, Column, Sheet, whole};
use yijianshi_core::plan::PresenceStatus;

const DUE: &str = "●";
const LATER: &str = "容缺";
const ABSENT: &str = "—";
/// Columns before the first scenario.
const HEAD: usize = 3;

/// 情形对照; nothing where no scenario is named.
pub(super) fn sheet(view: View<'_>, account: &Account) -> Option<Sheet> {
    let plan = view.plan;
    if plan.scenarios.is_empty() {
        return None;
    }
    let mut columns = vec![Column::short("类别"), Column::words("名称"), Column::words("持有人")];
    columns.extend(plan.scenarios.iter().map(|scenario| Column::short(&scenario.name)));
    columns.push(Column::words("什么情形下"));
    let mut sheet = Sheet::new("情形对照", columns).keyed(3);
    for item in &plan.items {
        let mut cells = vec![Cell::text("事项"), Cell::text(&item.name), Cell::Empty];
        let there = plan.scenarios.iter().map(|scenario| scenario.items.contains(&item.id));
        cells.extend(there.map(|there| Cell::text(if there { DUE } else { ABSENT })));
        cells.push(Cell::text(item.when.as_ref().map_or("都办", |when| &when.words)));
        sheet.rows.push(cells);
    }
    for material in &plan.materials {
        let mut cells = vec![Cell::text("材料"), Cell::text(&material.name), Cell::maybe(material.holder.as_ref())];
        cells.extend(material.scenarios.iter().map(|presence| Cell::text(word(presence.status))));
        cells.push(Cell::text(material.when.as_ref().map_or("都要", |when| &when.words)));
        sheet.rows.push(cells);
    }
    let area = |scenario: usize, first: usize, rows: usize| {
        Area { sheet: sheet.name, column: HEAD + scenario, first, rows }.here()
    };
    let (items, materials) = (plan.items.len(), plan.materials.len());
    let mut totals: [Vec<(usize, Cell)>; 3] = Default::default();
    for (index, scenario) in plan.scenarios.iter().enumerate() {
        let count = |status| plan.materials.iter().filter(|own| own.scenarios[index].status == status).count();
        let due = count(PresenceStatus::Due) + count(PresenceStatus::Deferred);
        let (own, papers) = (area(index, 0, items), area(index, items, materials));
        let after = match scenario.comparison.after.materials {
            Some(known) => Cell::formula(account.total(index, true), known.into()),
            None => Cell::text("未知"),
        };
        let column = HEAD + index;
        totals[0].push((column, cells::count_of(&own, DUE, scenario.items.len())));
        let formula = format!("COUNTIF({papers},\"{DUE}\")+COUNTIF({papers},\"{LATER}\")");
        totals[1].push((column, Cell::formula(formula, whole(due))));
        totals[2].push((column, after));
    }
    let heads = ["要办的事项数", "要交的材料数", "材料件次（改革后）"];
    for (head, cells) in heads.into_iter().zip(totals) {
        sheet.total("合计", [(1, Cell::text(head))].into_iter().chain(cells));
    }
    Some(sheet)
}

fn word(status: PresenceStatus) -> &'static str {
    match status {
        PresenceStatus::Due => DUE,
        PresenceStatus::Deferred => LATER,
        PresenceStatus::Exempt => "免",
        PresenceStatus::Conditional => "条件",
        PresenceStatus::Absent => ABSENT,
    }
}
