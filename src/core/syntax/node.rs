//! The tree of a YAML text.

use crate::source::{At, SourceId, Span};

/// What a text holds.
#[derive(Debug)]
pub struct Document {
    /// Which text.
    pub source: SourceId,
    /// The top node; `None` if the text is empty or nothing of it could be read.
    pub root: Option<Node>,
    /// All comments, in order.
    pub comments: Vec<Comment>,
    /// Whether some part was skipped because it could not be read: names defined there are unknown, so a stage
    /// must not call a name undefined that may have stood there.
    pub damaged: bool,
}

/// A comment, without `#` and the blanks around it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Comment {
    /// What it says.
    pub text: Box<str>,
    /// From `#` to the end of the line.
    pub span: Span,
    /// Whether nothing else stands on its line.
    pub own_line: bool,
}

/// A node of the tree.
#[derive(Debug, Clone)]
pub struct Node {
    /// From its first to its last character; a block collection ends with its last child. The empty span after the colon
    /// (or dash) for a value that is not there.
    pub span: Span,
    /// What it is.
    pub kind: Kind,
}

/// What a node is.
#[derive(Debug, Clone)]
pub enum Kind {
    /// Nothing, `~` or `null`.
    Null,
    /// Text, unescaped and unfolded.
    Scalar {
        /// The value.
        text: Box<str>,
        /// How it was written.
        style: Style,
    },
    /// `- a` or `[a, b]`.
    Seq {
        /// The elements.
        items: Vec<Node>,
        /// Whether in brackets.
        flow: bool,
    },
    /// `a: 1` or `{a: 1}`.
    Map {
        /// The entries; a key that stands twice was reported and its later entries dropped.
        entries: Vec<Entry>,
        /// Whether in braces.
        flow: bool,
        /// Whether an entry was skipped because it could not be read: what is missing here may have stood there.
        damaged: bool,
    },
}

/// A key and its value.
#[derive(Debug, Clone)]
pub struct Entry {
    /// The key; keys are plain text here.
    pub key: At<Box<str>>,
    /// The value.
    pub value: Node,
}

/// How a scalar was written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Style {
    /// Bare.
    Plain,
    /// In `'` or `"`.
    Quoted,
    /// After `|` or `>`.
    Block,
}

impl Node {
    /// The text of a scalar.
    pub fn as_text(&self) -> Option<&str> {
        match &self.kind {
            Kind::Scalar { text, .. } => Some(text),
            _ => None,
        }
    }

    /// The span of bytes `range` of a scalar's text, if the text stands in the source letter by letter (no escapes, one line);
    /// the whole node's span otherwise. `source` is the text that the node was parsed from.
    pub fn inner_span(&self, source: &str, range: std::ops::Range<usize>) -> Span {
        let Some(text) = self.as_text() else { return self.span };
        let written = &source[self.span.range()];
        let offset = match written.find(text) {
            Some(offset) if !text.is_empty() => offset,
            _ => return self.span,
        };
        let start = self.span.start + (offset + range.start) as u32;
        Span { start, end: start + (range.end - range.start) as u32, ..self.span }
    }

    /// What kind of thing it is, for messages: 文字、列表、一组“键: 值”、空.
    pub fn kind_name(&self) -> &'static str {
        match self.kind {
            Kind::Null => "空",
            Kind::Scalar { .. } => "文字",
            Kind::Seq { .. } => "列表",
            Kind::Map { .. } => "一组“键: 值”",
        }
    }
}
