//! Where things of several kinds share one namespace (steps, tasks, lanes; elements of a process), an identifier carries its kind in
//! front. This is the only place where kinds and identifiers are put together; two underscores stand between identifiers, which hold
//! none themselves.

use crate::program::{ItemId, MeasureKind, Program};
use crate::reform::Task;

/// What is done for an item as a whole, or from one of its stages on.
pub(super) fn step(program: &Program<'_>, item: ItemId, stage: Option<usize>) -> String {
    let item = program.item(item);
    match stage {
        Some(stage) => format!("item_{}__{}", item.id, item.stages[stage].id),
        None => format!("item_{}", item.id),
    }
}

/// What a measure has several items do together.
pub(super) fn joint(program: &Program<'_>, measure: usize) -> String {
    let measure = &program.measures[measure];
    let mut id = measure.written.name().replace('-', "_");
    if let MeasureKind::JointStage { items, .. } = &measure.kind {
        for item in items {
            id.push_str("__");
            id.push_str(&program.item(item.value).id);
        }
    }
    id
}

/// What takes time in a schedule.
pub(super) fn task(program: &Program<'_>, task: &Task) -> String {
    match (task.joint, task.items.first()) {
        (Some(measure), _) => joint(program, measure),
        (None, Some(&item)) => step(program, item, task.stage),
        (None, None) if &*task.label == "受理" => "acceptance".to_owned(),
        (None, None) => "issuing".to_owned(),
    }
}

/// Where an agency's steps stand.
pub(super) fn lane(agency: &str) -> String {
    format!("agency_{agency}")
}

/// What an item produces.
pub(super) fn result(item: &str, result: &str) -> String {
    format!("{item}__{result}")
}
