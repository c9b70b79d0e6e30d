//! `流程图.mmd` and `流程图.dot`: the flow for those who want to draw it themselves.

use super::chart;
use crate::words::view::View;
use crate::write::{Files, Painter};
use yijianshi_core::plan::Plan;

/// Writes both.
pub fn emit(plan: &Plan, _: Painter<'_>, files: &mut Files) {
    let view = View { plan };
    files.insert("流程图.mmd".to_owned(), chart::mermaid(view).into_bytes());
    files.insert("流程图.dot".to_owned(), chart::dot(view).into_bytes());
}
