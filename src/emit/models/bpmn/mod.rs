//! BPMN 2.0: the flow as a process that engines run. One graph, sound by construction, in the dialects of the engines.
//!
//! What an engine has to know: `answers` is what the form gives (by question, options by their identifiers), `left_out` the list of
//! items that the applicant leaves out, if any. A computation sets one boolean for each gateway from them, the first of which says
//! whether the answers are complete and known: if they are not, the process ends with an error. Steps that decide set what their
//! documentation names.
//!
//! Parallel gateways where lines part and meet, a closed exclusive block around what may be skipped, one loop (补正) through an exclusive
//! merge. Nothing else, no inclusive gateways. Only the positive way of a gateway is tested, the other is the default. `tests/process.rs`
//! plays random bundles with tokens, `.ci/bpmn` runs the files in engines.

mod answers;
mod diagram;
mod dialect;
mod formula;
mod process;
mod words;
mod write;

pub use dialect::Dialect;

use crate::words::view::View;
use crate::write::{Files, Painter};
use yijianshi_core::plan::Plan;

/// Writes the process in every dialect: `bpmn/camunda8.bpmn` and so on.
pub fn emit(plan: &Plan, _: Painter<'_>, files: &mut Files) {
    let process = process::Process::of(plan);
    // The drawing is the same in every dialect.
    let layout = diagram::lay(&process);
    for dialect in Dialect::ALL {
        let bytes = write::document(View { plan }, &process, &layout, dialect);
        files.insert(format!("bpmn/{}.bpmn", dialect.name()), bytes);
    }
}

/// The process of a plan in one dialect.
pub fn document(plan: &Plan, dialect: Dialect) -> Vec<u8> {
    let process = process::Process::of(plan);
    write::document(View { plan }, &process, &diagram::lay(&process), dialect)
}
