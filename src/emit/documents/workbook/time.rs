//! 时间安排 and 串联合计: when each task begins and ends after the reform, and what the times add up to before it.

use crate::parts::schedule::{Unsure, is_untimed};
use crate::words::view::View;
use crate::write::xlsx::{Area, Cell, Column, Sheet, at};
use yijianshi_core::expr::Number;
use yijianshi_core::plan::{Scenario, Task};

const LENGTH: usize = 4;
const START: usize = 6;
const CRITICAL: usize = 9;
/// The columns that formulas name.
pub(super) const KEPT: usize = CRITICAL + 1;
const YES: &str = "是";

/// The two sheets, and where a scenario's rows stand in them.
pub(super) struct Time {
    /// After.
    pub tasks: Sheet,
    /// Before.
    pub serial: Sheet,
    rows: Vec<Rows>,
}

struct Rows {
    tasks: (usize, usize),
    serial: (usize, usize),
    /// The sums of the rows, if they are what the plan says.
    chain: Option<Number>,
    sum: Option<Number>,
}

impl Time {
    pub(super) fn new(view: View<'_>) -> Time {
        let mut time = Time { tasks: tasks(), serial: serial(), rows: Vec::new() };
        for scenario in view.all() {
            let first = (time.tasks.rows.len(), time.serial.rows.len());
            time.after(view, scenario);
            time.before(view, scenario);
            let schedule = &scenario.schedule;
            let chain = schedule.tasks.iter().filter(|task| schedule.chain.contains(&task.id));
            let chain = Number::checked_sum(chain.map(|task| task.length));
            let sum: Option<Vec<Number>> = schedule.serial_parts.iter().map(|part| part.length).collect();
            time.rows.push(Rows {
                tasks: (first.0, time.tasks.rows.len() - first.0),
                serial: (first.1, time.serial.rows.len() - first.1),
                chain,
                sum: sum.and_then(Number::checked_sum),
            });
        }
        time
    }

    /// A scenario's time before: the sum of its rows.
    pub(super) fn sum(&self, scenario: usize, known: Number) -> Cell {
        let rows = &self.rows[scenario];
        let (first, count) = rows.serial;
        match rows.sum == Some(known) && count > 0 {
            true => {
                let area = Area { sheet: self.serial.name, column: 3, first, rows: count };
                Cell::formula(format!("SUM({})", area.abroad()), known)
            }
            false => Cell::number(known),
        }
    }

    /// A scenario's time after: the sum along its critical path.
    pub(super) fn chain(&self, scenario: usize, known: Number) -> Cell {
        let rows = &self.rows[scenario];
        let (first, count) = rows.tasks;
        match rows.chain == Some(known) && count > 0 {
            true => {
                let area = |column| Area { sheet: self.tasks.name, column, first, rows: count }.abroad();
                Cell::formula(format!("SUMIF({},\"{YES}\",{})", area(CRITICAL), area(LENGTH)), known)
            }
            false => Cell::number(known),
        }
    }

    fn after(&mut self, view: View<'_>, scenario: &Scenario) {
        let schedule = &scenario.schedule;
        let unsure = Unsure::of(schedule);
        let unknown = || Cell::text("未知");
        let known = schedule.critical_path.is_some();
        for task in &schedule.tasks {
            let row = self.tasks.rows.len();
            let untimed = is_untimed(schedule, task);
            let mut agencies: Vec<&str> = task.items.iter().filter_map(|id| view.item(id)?.agency.as_deref()).collect();
            agencies.dedup();
            let first = task.after.iter().filter_map(|id| schedule.tasks.iter().find(|task| task.id == *id));
            let (late, open) = (unsure.begins(task), unsure.ends(task));
            self.tasks.rows.push(vec![
                Cell::text(&scenario.name),
                Cell::text(&task.label),
                Cell::text(view.item_names(&task.items)),
                Cell::list(agencies),
                if untimed { Cell::text("没有写明") } else { Cell::number(task.length) },
                Cell::text(&schedule.unit_label),
                if late { unknown() } else { Cell::number(task.start) },
                if open { unknown() } else { finish(task, row) },
                if unsure.any() { unknown() } else { Cell::number(task.slack) },
                if schedule.chain.contains(&task.id) && known { Cell::text(YES) } else { Cell::Empty },
                Cell::list(first.map(|task| &task.label)),
                Cell::list(remarks(task)),
            ]);
        }
    }

    fn before(&mut self, view: View<'_>, scenario: &Scenario) {
        for part in &scenario.schedule.serial_parts {
            let agency = view.item(&part.item).and_then(|item| item.agency.as_ref());
            self.serial.rows.push(vec![
                Cell::text(&scenario.name),
                Cell::text(view.item_name(&part.item)),
                Cell::maybe(agency),
                part.length.map_or_else(|| Cell::text("没有写明"), Cell::number),
                Cell::text(&scenario.schedule.unit_label),
            ]);
        }
    }
}

fn finish(task: &Task, row: usize) -> Cell {
    match task.start.checked_add(task.length) == Some(task.finish) {
        true => Cell::formula(format!("{}+{}", at(START, row), at(LENGTH, row)), task.finish),
        false => Cell::number(task.finish),
    }
}

fn remarks(task: &Task) -> Vec<&'static str> {
    let mut remarks = Vec::new();
    remarks.extend(task.joint.then_some("联合办理"));
    remarks.extend(task.off_clock.then_some("依法不计时"));
    remarks
}

fn tasks() -> Sheet {
    let sheet = Sheet::new(
        "时间安排",
        vec![
            Column::words("情形"),
            Column::words("办理内容"),
            Column::words("事项"),
            Column::words("单位"),
            Column::short("用时"),
            Column::short("时间单位"),
            Column::short("开始（受理后）"),
            Column::short("完成（受理后）"),
            Column::short("机动时间"),
            Column::short("关键路径"),
            Column::words("先要办完"),
            Column::words("备注"),
        ],
    );
    sheet.keyed(2)
}

fn serial() -> Sheet {
    Sheet::new(
        "串联合计",
        vec![
            Column::words("情形"),
            Column::words("事项"),
            Column::words("单位"),
            Column::short("改革前时限"),
            Column::short("时间单位"),
        ],
    )
}
