//! What a text by itself becomes, without its workspace: for those who look for what is wrong with it.

use crate::diagnostic::{Diagnostic, Sink};
use crate::model;
use crate::source::{Source, SourceId, Sources};
use crate::syntax;

/// How far a text can be followed by itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stage {
    /// The tree of the text.
    Syntax,
    /// What was written, typed, as JSON.
    Model,
}

/// The text after a stage, and what was noticed on the way; empty if it did not come so far.
pub fn alone(source: Source, stage: Stage) -> (String, Sources, Vec<Diagnostic>) {
    let sources = Sources::from_texts([source]);
    let (id, mut sink) = (SourceId(0), Sink::new());
    let source = sources.get(id);
    let document = syntax::parse(id, source, &mut sink);
    let text = match stage {
        Stage::Syntax => document.dump(source).to_string(),
        Stage::Model => model::read(&document, source, &mut sink)
            .map(|file| serde_json::to_string_pretty(&file.export()).expect("nothing that JSON cannot say") + "\n")
            .unwrap_or_default(),
    };
    (text, sources, sink.finish())
}
