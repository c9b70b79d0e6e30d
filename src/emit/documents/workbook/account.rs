//! 材料逐笔账 and 平账: each row of each item before and after, and sums that close.

use crate::parts::cells::place;
use crate::words::view::View;
use crate::write::xlsx::{Area, Cell, Column, Sheet, at};
use yijianshi_core::plan::{LedgerLine, LineKind, ReportRow, Scenario, Sums};

const BEFORE: usize = 5;
const REMOVED: usize = 6;
const ADDED: usize = 7;
const AFTER: usize = 8;
/// The columns that formulas name.
pub(super) const KEPT: usize = AFTER + 1;

/// The two sheets, and where the sums stand.
pub(super) struct Account {
    /// Row by row.
    pub lines: Sheet,
    /// Sums by item and scenario.
    pub sums: Sheet,
    /// For each scenario (the widest last): its items' rows in `sums`, and the row of its total behind them.
    rows: Vec<(usize, usize)>,
}

impl Account {
    pub(super) fn new(view: View<'_>) -> Account {
        let mut account = Account { lines: lines(), sums: sums(), rows: Vec::new() };
        for scenario in view.all() {
            account.scenario(view, scenario);
        }
        account
    }

    /// The cell of a scenario's total, before or after, seen from another sheet.
    pub(super) fn total(&self, scenario: usize, after: bool) -> String {
        let (first, items) = self.rows[scenario];
        self.abroad(first + items, after)
    }

    /// The cell of an item's sum over everything, before or after, seen from another sheet.
    pub(super) fn widest(&self, item: usize, after: bool) -> Option<String> {
        let (first, items) = *self.rows.last()?;
        (item < items).then(|| self.abroad(first + item, after))
    }

    fn abroad(&self, row: usize, after: bool) -> String {
        format!("'{}'!{}", self.sums.name, at(if after { 5 } else { 2 }, row))
    }

    fn scenario(&mut self, view: View<'_>, scenario: &Scenario) {
        let (first_line, first_sum) = (self.lines.rows.len(), self.sums.rows.len());
        for report in &scenario.item_reports {
            let first = self.lines.rows.len();
            for row in &report.before {
                self.line(view, scenario, &report.item, row);
            }
            for row in report.after.iter().filter(|row| row.added) {
                self.line(view, scenario, &report.item, row);
            }
            let listed = |line: &LedgerLine| report.after.iter().any(|row| row.added && row.source == line.source);
            let of_item = |line: &&LedgerLine| line.item == report.item && line.kind == LineKind::Added;
            for line in scenario.ledger.iter().filter(of_item).filter(|line| !listed(line)) {
                self.gone_again(view, scenario, line);
            }
            let silent = scenario.silent_items.contains(&report.item);
            self.sum(&scenario.name, view.item_name(&report.item), first, report.sums, silent);
        }
        self.rows.push((first_sum, self.sums.rows.len() - first_sum));
        self.sum(&scenario.name, "合计", first_line, scenario.sums, !scenario.silent_items.is_empty());
    }

    fn line(&mut self, view: View<'_>, scenario: &Scenario, item: &str, row: &ReportRow) {
        let added = row.added;
        let how = match (row.mechanism, row.deferred) {
            (Some(mechanism), _) => Cell::text(mechanism.label()),
            (None, true) => Cell::text("容缺后补"),
            (None, false) if added => Cell::text("新增材料"),
            (None, false) => Cell::Empty,
        };
        let counts = [!added, row.mechanism.is_some(), added];
        let basis = scenario.ledger.iter().find(|line| line.item == item && line.source == row.source);
        self.push(
            [
                Cell::text(&scenario.name),
                Cell::text(view.item_name(item)),
                Cell::maybe(view.item(item).and_then(|item| item.agency.as_ref())),
                Cell::text(&row.label),
                Cell::text(&row.name),
            ],
            counts,
            [
                how,
                Cell::maybe(row.reason.as_ref().or(basis.map(|line| &line.reason))),
                Cell::maybe(row.when.as_ref().map(|when| &when.words)),
                place(&row.source),
                basis.and_then(|line| line.basis.as_ref()).map_or(Cell::Empty, place),
            ],
        );
    }

    /// A row that is added and goes by another measure.
    fn gone_again(&mut self, view: View<'_>, scenario: &Scenario, line: &LedgerLine) {
        let gone = scenario.ledger.iter().find(|other| other.kind == LineKind::Removed && other.source == line.source);
        self.push(
            [
                Cell::text(&scenario.name),
                Cell::text(view.item_name(&line.item)),
                Cell::maybe(view.item(&line.item).and_then(|item| item.agency.as_ref())),
                Cell::text(&line.material),
                Cell::text(&line.material),
            ],
            [false, true, true],
            [
                Cell::maybe(gone.map(|line| &line.label)),
                Cell::maybe(gone.map(|line| &line.reason)),
                Cell::Empty,
                place(&line.source),
                line.basis.as_ref().map_or(Cell::Empty, place),
            ],
        );
    }

    fn push(&mut self, head: [Cell; 5], counts: [bool; 3], tail: [Cell; 5]) {
        let row = self.lines.rows.len();
        let one = |yes: bool| if yes { 1u32 } else { 0 };
        let [before, removed, added] = counts;
        let after = i64::from(before) - i64::from(removed) + i64::from(added);
        let after = yijianshi_core::expr::Number::fraction(after, 1).unwrap_or(yijianshi_core::expr::Number::ZERO);
        let formula = format!("{}-{}+{}", at(BEFORE, row), at(REMOVED, row), at(ADDED, row));
        let counts = [before, removed, added].map(|yes| Cell::number(one(yes)));
        let cells = head.into_iter().chain(counts).chain([Cell::formula(formula, after)]).chain(tail);
        self.lines.rows.push(cells.collect());
    }

    fn sum(&mut self, scenario: &str, item: &str, first: usize, sums: Sums, unknown: bool) {
        let row = self.sums.rows.len();
        let mut cells = vec![Cell::text(scenario), Cell::text(item)];
        if unknown {
            // What nobody listed is not zero.
            cells.extend(std::iter::repeat_n(Cell::text("未知"), 4));
            cells.push(Cell::text("没有列出材料"));
            self.sums.rows.push(cells);
            return;
        }
        let columns = [(BEFORE, sums.before), (REMOVED, sums.removed), (ADDED, sums.added), (AFTER, sums.after)];
        for (column, result) in columns {
            let rows = self.lines.rows.len() - first;
            let area = Area { sheet: self.lines.name, column, first, rows };
            // An item whose list is empty by declaration has no row to sum.
            cells.push(match rows {
                0 => Cell::number(result),
                _ => Cell::formula(format!("SUM({})", area.abroad()), result.into()),
            });
        }
        let check = format!("{}-{}+{}-{}", at(2, row), at(3, row), at(4, row), at(5, row));
        cells.push(Cell::formula(check, yijianshi_core::expr::Number::ZERO));
        self.sums.rows.push(cells);
    }
}

fn lines() -> Sheet {
    let sheet = Sheet::new(
        "材料逐笔账",
        vec![
            Column::words("情形"),
            Column::words("事项"),
            Column::words("单位"),
            Column::words("材料（事项里的叫法）"),
            Column::words("目录名称和持有人"),
            Column::short("改革前"),
            Column::short("去掉"),
            Column::short("增加"),
            Column::short("改革后"),
            Column::words("怎样"),
            Column::long("理由"),
            Column::words("什么情形下"),
            Column::words("出处"),
            Column::words("依据的出处"),
        ],
    );
    sheet.keyed(2)
}

fn sums() -> Sheet {
    Sheet::new(
        "平账",
        vec![
            Column::words("情形"),
            Column::words("事项"),
            Column::short("改革前"),
            Column::short("去掉"),
            Column::short("增加"),
            Column::short("改革后"),
            Column::short("差额（应为0）"),
        ],
    )
}
