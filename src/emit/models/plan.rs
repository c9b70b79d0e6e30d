//! `plan.json`: the plan for other programs.

use crate::write::{Files, Painter};
use yijianshi_core::plan::Plan;

/// Writes the plan, indented, with a line break at its end.
pub fn emit(plan: &Plan, _: Painter<'_>, files: &mut Files) {
    let mut bytes = serde_json::to_vec_pretty(plan).expect("a plan holds nothing that JSON cannot say");
    bytes.push(b'\n');
    files.insert("plan.json".to_owned(), bytes);
}
