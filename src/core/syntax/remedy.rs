//! What recovery can say and do about one fault.

use super::scratch::{Patch, Scratch};
use crate::diagnostic::{Code, Diagnostic, Edit, Fix};
use crate::source::{SourceId, Span};
use std::ops::Range;

/// A fault, and the patch that lets reading go on. Places are bytes of the scratch text.
#[derive(Debug, Clone)]
pub(super) struct Fault {
    pub code: &'static Code,
    pub at: Range<usize>,
    pub message: String,
    pub help: Option<String>,
    pub patches: Vec<Patch>,
    pub offer: Offer,
    /// What the fix does.
    pub title: String,
    /// Strange blanks in an indentation: faults on consecutive lines are said as one.
    pub indentation: bool,
    /// How far a line is moved: of two moves that go equally far, neither is beyond doubt.
    pub distance: usize,
}

/// Whether the patch is offered to the author.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Offer {
    /// What was meant is beyond doubt.
    Safe,
    /// A person has to look.
    Ask,
    /// The patch only serves to read on, and loses something.
    Skip,
}

impl Fault {
    pub fn new(code: &'static Code, at: Range<usize>, message: impl Into<String>) -> Self {
        Fault {
            code,
            at,
            message: message.into(),
            help: None,
            patches: Vec::new(),
            offer: Offer::Safe,
            title: String::new(),
            indentation: false,
            distance: 0,
        }
    }

    #[must_use]
    pub fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }

    #[must_use]
    pub fn patch(mut self, range: Range<usize>, text: impl Into<String>) -> Self {
        self.patches.push(Patch::new(range, text));
        self
    }

    #[must_use]
    pub fn title(mut self, title: impl Into<String>) -> Self {
        self.title = title.into();
        self
    }

    #[must_use]
    pub fn offer(mut self, offer: Offer) -> Self {
        self.offer = offer;
        self
    }

    /// What to tell the author, in places of the original.
    pub fn diagnostic(&self, source: SourceId, scratch: &Scratch) -> Diagnostic {
        let span = |range: &Range<usize>| Span::new(source, scratch.range(range.clone()));
        let mut diagnostic = self.code.at(span(&self.at), self.message.clone());
        diagnostic.help.clone_from(&self.help);
        // A patch of a patch is no change of what was written; what is left of the fault will be said when the first is mended.
        let patched = self.patches.iter().any(|patch| scratch.changed(&patch.range));
        if self.offer != Offer::Skip && !self.patches.is_empty() && !patched {
            let edits = self.patches.iter().map(|p| Edit { span: span(&p.range), text: p.text.clone() }).collect();
            diagnostic.fix = Some(Fix { title: self.title.clone(), edits, safe: self.offer == Offer::Safe });
        }
        diagnostic
    }
}
