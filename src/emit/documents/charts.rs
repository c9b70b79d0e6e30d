//! The charts as drawings: `外部流程图.svg`, `内部流程图.svg`, `改革前后对比.svg`; what is too large to be read on a sheet of A4 also in
//! sheets, with a number behind the name.

use crate::parts::charts;
use crate::write::{Files, Painter};
use yijianshi_core::plan::Plan;

/// Writes them.
pub fn emit(plan: &Plan, _: Painter<'_>, files: &mut Files) {
    for chart in [charts::external(plan), charts::internal(plan)].into_iter().chain(charts::gantt(plan)) {
        files.insert(format!("{}.svg", chart.name), chart.whole.file());
        for (index, sheet) in chart.sheets.iter().enumerate() {
            files.insert(format!("{}-{}.svg", chart.name, index + 1), sheet.file());
        }
    }
}
