//! A tree in plain lines, for `show syntax` and for tests.

use std::fmt;

use super::{Comment, Document, Kind, Node, Style};
use crate::source::Source;

/// A document and the text it was read from; displays as an indented tree with `line:column` at the end of each line.
#[derive(Debug)]
pub struct Dump<'a> {
    document: &'a Document,
    source: &'a Source,
}

impl Document {
    /// The tree in plain lines; `source` is the text that the document was read from.
    pub fn dump<'a>(&'a self, source: &'a Source) -> Dump<'a> {
        Dump { document: self, source }
    }
}

impl fmt::Display for Dump<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.document.root {
            Some(root) => self.node(f, root, 0, "")?,
            None => writeln!(f, "(nothing)")?,
        }
        for Comment { text, span, own_line } in &self.document.comments {
            let side = if *own_line { "" } else { " (beside)" };
            writeln!(f, "# {text}{side}  {}", self.place(span.start))?;
        }
        if self.document.damaged { writeln!(f, "(damaged)") } else { Ok(()) }
    }
}

impl Dump<'_> {
    fn node(&self, f: &mut fmt::Formatter<'_>, node: &Node, depth: usize, head: &str) -> fmt::Result {
        let place = format!("{}-{}", self.place(node.span.start), self.place(node.span.end));
        let head = if head.is_empty() { String::new() } else { format!("{head} ") };
        write!(f, "{:1$}{head}", "", depth * 2)?;
        match &node.kind {
            Kind::Null => writeln!(f, "null  {place}"),
            Kind::Scalar { text, style } => {
                let mark = match style {
                    Style::Plain => "",
                    Style::Quoted => " quoted",
                    Style::Block => " block",
                };
                writeln!(f, "{text:?}{mark}  {place}")
            }
            Kind::Seq { items, flow } => {
                writeln!(f, "list{}  {place}", if *flow { " flow" } else { "" })?;
                items.iter().try_for_each(|item| self.node(f, item, depth + 1, "-"))
            }
            Kind::Map { entries, flow, damaged } => {
                let flow = if *flow { " flow" } else { "" };
                writeln!(f, "map{flow}{}  {place}", if *damaged { " damaged" } else { "" })?;
                entries.iter().try_for_each(|entry| {
                    let key = format!("{:?} {}:", &*entry.key.value, self.place(entry.key.span.start));
                    self.node(f, &entry.value, depth + 1, &key)
                })
            }
        }
    }

    fn place(&self, at: u32) -> String {
        let place = self.source.place(at as usize);
        format!("{}:{}", place.line, place.column)
    }
}
