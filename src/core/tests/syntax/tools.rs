//! What the tests share.

use crate::diagnostic::{Diagnostic, Sink, apply_fixes};
use crate::source::{Source, SourceId};
use crate::syntax::{Document, Kind, Node, parse};

pub const ID: SourceId = SourceId(0);

pub struct Read {
    pub source: Source,
    pub document: Document,
    pub list: Vec<Diagnostic>,
}

pub fn read(text: &str) -> Read {
    let source = Source::new("t.yaml", text);
    let mut sink = Sink::new();
    let document = parse(ID, &source, &mut sink);
    Read { source, document, list: sink.finish() }
}

impl Read {
    /// `code line:column` of each finding.
    pub fn said(&self) -> Vec<String> {
        let place = |d: &Diagnostic| self.source.place(d.span.start as usize);
        self.list.iter().map(|d| format!("{} {}:{}", d.code.name, place(d).line, place(d).column)).collect()
    }

    pub fn shape(&self) -> String {
        self.document.root.as_ref().map_or_else(|| "nothing".to_owned(), shape)
    }

    pub fn dump(&self) -> String {
        self.document.dump(&self.source).to_string()
    }
}

/// The text with all safe fixes, applied until nothing changes; `None` if that takes suspiciously long.
pub fn fixed(text: &str) -> Option<String> {
    let mut text = text.to_owned();
    for _ in 0..20 {
        let (next, count) = apply_fixes(&text, ID, &read(&text).list);
        if count == 0 || next == text {
            return Some(text);
        }
        text = next;
    }
    None
}

/// A tree without places and styles.
pub fn shape(node: &Node) -> String {
    match &node.kind {
        Kind::Null => "~".to_owned(),
        Kind::Scalar { text, .. } => format!("{text:?}"),
        Kind::Seq { items, .. } => format!("[{}]", items.iter().map(shape).collect::<Vec<_>>().join(", ")),
        Kind::Map { entries, .. } => {
            let entry = |e: &crate::syntax::Entry| format!("{:?}: {}", &*e.key.value, shape(&e.value));
            format!("{{{}}}", entries.iter().map(entry).collect::<Vec<_>>().join(", "))
        }
    }
}

/// Calls `check` for every span of the tree and the findings.
pub fn spans(read: &Read, check: &mut impl FnMut(crate::source::Span)) {
    fn node(n: &Node, check: &mut impl FnMut(crate::source::Span)) {
        check(n.span);
        match &n.kind {
            Kind::Seq { items, .. } => items.iter().for_each(|item| node(item, check)),
            Kind::Map { entries, .. } => {
                for entry in entries {
                    check(entry.key.span);
                    node(&entry.value, check);
                }
            }
            _ => {}
        }
    }
    if let Some(root) = &read.document.root {
        node(root, check);
    }
    read.document.comments.iter().for_each(|comment| check(comment.span));
    for d in &read.list {
        check(d.span);
        d.related.iter().for_each(|related| check(related.span));
        d.fix.iter().flat_map(|fix| &fix.edits).for_each(|edit| check(edit.span));
    }
}
