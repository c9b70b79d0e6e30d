//! What of a document a comment speaks of.

use crate::source::{Source, Span};
use crate::syntax::{Comment, Document, Kind, Node};

/// An entry or a list element.
#[derive(Debug)]
struct Item {
    span: Span,
    depth: usize,
}

/// The entries and elements of a document, outer before inner, in the order of the text.
#[derive(Debug)]
pub(super) struct Items {
    list: Vec<Item>,
}

impl Items {
    /// Of `document`.
    pub fn of(document: &Document) -> Self {
        let mut items = Items { list: Vec::new() };
        if let Some(root) = &document.root {
            items.add(root, 0);
        }
        items
    }

    fn add(&mut self, node: &Node, depth: usize) {
        match &node.kind {
            Kind::Null | Kind::Scalar { .. } => {}
            Kind::Seq { items, .. } => {
                for item in items {
                    self.list.push(Item { span: item.span, depth });
                    self.add(item, depth + 1);
                }
            }
            Kind::Map { entries, .. } => {
                for entry in entries {
                    self.list.push(Item { span: entry.key.span.to(entry.value.span), depth });
                    self.add(&entry.value, depth + 1);
                }
            }
        }
    }

    /// What `comment` covers: the item that begins on its line, or first after it if it stands `alone` on its line; of several
    /// that begin there the outermost, and of neighbours in brackets all that begin on that line.
    pub fn covered_by(&self, comment: &Comment, alone: bool, source: &Source) -> Option<Span> {
        let comment_line = source.line_of(comment.span.start as usize);
        let from = if alone { comment.span.end } else { source.line_starts()[comment_line] };
        let index = self.list.partition_point(|item| item.span.start < from);
        let first = self.list.get(index)?;
        let line = source.line_of(first.span.start as usize);
        if !alone && line != comment_line {
            return None;
        }
        let line_end = source.line_range(line).end;
        let last = self.list[index..]
            .iter()
            .take_while(|item| (item.span.start as usize) < line_end && item.depth >= first.depth)
            .filter(|item| item.depth == first.depth)
            .last()?;
        // The dash of an element belongs to it.
        let line_start = source.line_starts()[line] as usize;
        let before = &source.text()[line_start..first.span.start as usize];
        let dash = before.find('-').filter(|_| before.trim_matches([' ', '\t', '-']).is_empty());
        let start = dash.map_or(first.span.start, |dash| (line_start + dash) as u32);
        Some(Span { start, end: last.span.end.max(first.span.end), ..first.span })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::SourceId;
    use crate::syntax::Style;

    #[test]
    fn of_a_list_in_brackets_all_that_begins_on_the_line_is_covered() {
        let text = "[\n  a, b, # x\n  # y\n  c, d,\n  e\n]";
        let source = Source::new("a.yaml", text);
        let span = |what: &str| {
            let start = text.find(what).expect("text of the test");
            Span::new(SourceId(0), start..start + what.len())
        };
        let item =
            |what: &str| Node { span: span(what), kind: Kind::Scalar { text: what.into(), style: Style::Plain } };
        let items = ["a", "b", "c", "d", "e"].map(item).into();
        let root = Node { span: span(text), kind: Kind::Seq { items, flow: true } };
        let document = Document { source: SourceId(0), root: Some(root), comments: Vec::new(), damaged: false };
        let items = Items::of(&document);
        let covered = |what: &str, own_line: bool| {
            let comment = Comment { text: what[2..].into(), span: span(what), own_line };
            items.covered_by(&comment, own_line, &source).map(|span| &text[span.range()])
        };
        assert_eq!(covered("# x", false), Some("a, b"));
        assert_eq!(covered("# y", true), Some("c, d"));
    }
}
