//! What has to be written depends on how far a bundle has come.

use crate::diagnostic::{Diagnostic, Level};
use crate::facts::Facts;
use crate::model::Status;

/// How bad it is that something is not written; `None` while the bundle is a draft.
pub fn level(facts: &Facts<'_>) -> Option<Level> {
    match facts.program.status {
        Status::Draft => None,
        Status::Trial => Some(Level::Warning),
        Status::Published => Some(Level::Error),
    }
}

/// A finding that has to be settled before the bundle is published: an error then, a warning before.
pub fn before_publication(facts: &Facts<'_>, diagnostic: Diagnostic) -> Diagnostic {
    let level = match facts.program.status {
        Status::Published => Level::Error,
        Status::Draft | Status::Trial => Level::Warning,
    };
    Diagnostic { level, ..diagnostic }
}

/// The same finding with another level, pointing at the status that demands what is missing.
pub fn demanded(facts: &Facts<'_>, diagnostic: Diagnostic, level: Level) -> Diagnostic {
    let diagnostic = Diagnostic { level, ..diagnostic };
    match &facts.program.bundle.status {
        Some(status) => diagnostic.related(status.span, format!("状态是“{}”，这些应当齐全", status.value)),
        None => diagnostic,
    }
}

/// The names of what is missing, in the order given.
pub fn missing(parts: &[(&'static str, bool)]) -> Vec<&'static str> {
    parts.iter().filter(|(_, there)| !there).map(|(name, _)| *name).collect()
}
