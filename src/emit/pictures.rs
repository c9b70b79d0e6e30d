//! The charts as drawings: `外部流程图.svg`, `内部流程图.svg`, `改革前后对比.svg`; what is too large to be read on a sheet of A4 also in
//! sheets, with a number behind the name.

use super::Files;
use super::draw::{self, Drawing};
use crate::plan::Plan;

/// Writes them.
pub fn emit(plan: &Plan, files: &mut Files) {
    put(files, "外部流程图", &draw::external(plan), &draw::external_pages(plan));
    put(files, "内部流程图", &draw::internal(plan), &draw::internal_pages(plan));
    if draw::has_times(plan) {
        put(files, "改革前后对比", &draw::gantt(plan), &draw::gantt_pages(plan));
    }
}

fn put(files: &mut Files, name: &str, whole: &Drawing, pages: &[Drawing]) {
    files.insert(format!("{name}.svg"), whole.file());
    for (index, page) in pages.iter().enumerate() {
        files.insert(format!("{name}-{}.svg", index + 1), page.file());
    }
}
