//! XML that is kept as it is: where its elements are, and copies of it in which single values differ.

use std::ops::Range;

use quick_xml::Reader;
use quick_xml::escape::{escape, unescape};
use quick_xml::events::{BytesStart, Event};

/// So deep may elements lie in each other.
const DEPTH: usize = 200;

/// An element and where it stands in its text.
#[derive(Debug, Clone)]
pub struct Element {
    /// Its name, with its prefix.
    pub name: String,
    /// Its attributes, in order.
    pub attrs: Vec<(String, String)>,
    /// All of it.
    pub range: Range<usize>,
    /// What stands between its tags; nothing if it has none.
    pub inner: Range<usize>,
    /// The elements in it.
    pub children: Vec<Element>,
}

impl Element {
    /// The value of an attribute.
    pub fn attr(&self, name: &str) -> Option<&str> {
        self.attrs.iter().find(|(own, _)| own == name).map(|(_, value)| value.as_str())
    }

    /// The first child of this name.
    pub fn child(&self, name: &str) -> Option<&Element> {
        self.children.iter().find(|child| child.name == name)
    }

    /// The children of this name.
    pub fn all<'e>(&'e self, name: &'e str) -> impl Iterator<Item = &'e Element> {
        self.children.iter().filter(move |child| child.name == name)
    }

    /// All elements of this name, at any depth, in order.
    pub fn below<'e>(&'e self, name: &str, found: &mut Vec<&'e Element>) {
        for child in &self.children {
            if child.name == name {
                found.push(child);
            }
            child.below(name, found);
        }
    }
}

fn attributes(start: &BytesStart<'_>) -> Option<Vec<(String, String)>> {
    let value = |attr: quick_xml::events::attributes::Attribute<'_>| {
        Some((attr.key.as_ref().to_owned(), unescape(&attr.value).ok()?.into_owned()))
    };
    start.attributes().map(|attr| value(attr.ok()?)).collect()
}

fn at(position: u64) -> usize {
    usize::try_from(position).unwrap_or(usize::MAX)
}

/// The root element; nothing if the text is no XML.
pub fn parse(text: &str) -> Option<Element> {
    let mut reader = Reader::from_str(text);
    let mut open: Vec<Element> = Vec::new();
    let mut root = None;
    loop {
        let before = at(reader.buffer_position());
        let event = reader.read_event().ok()?;
        let after = at(reader.buffer_position());
        let finished = match event {
            Event::Start(start) => {
                let name = start.name().as_ref().to_owned();
                let attrs = attributes(&start)?;
                open.push(Element { name, attrs, range: before..after, inner: after..after, children: Vec::new() });
                if open.len() > DEPTH {
                    return None;
                }
                None
            }
            Event::Empty(start) => {
                let name = start.name().as_ref().to_owned();
                let attrs = attributes(&start)?;
                Some(Element { name, attrs, range: before..after, inner: after..after, children: Vec::new() })
            }
            Event::End(_) => {
                let mut element = open.pop()?;
                element.inner.end = before;
                element.range.end = after;
                Some(element)
            }
            // Entities could grow without end.
            Event::DocType(_) => return None,
            Event::Eof => return root.filter(|_| open.is_empty()),
            _ => None,
        };
        if let Some(element) = finished {
            match open.last_mut() {
                Some(above) => above.children.push(element),
                None if root.is_none() => root = Some(element),
                None => return None,
            }
        }
    }
}

/// What is to become of a tag.
#[derive(Debug)]
pub enum Edit {
    /// It stays as it is.
    Keep,
    /// Its attributes have other values.
    Attrs(Vec<(String, String)>),
    /// This stands in its place; what is in the element goes, too.
    Replace(String),
    /// This stands at the end of what is in it.
    Append(String),
}

/// A copy in which `edit` decides about each element; it is told where the element begins.
pub fn copy(text: &str, mut edit: impl FnMut(usize, &str, &[(String, String)]) -> Edit) -> Option<String> {
    let mut reader = Reader::from_str(text);
    let mut out = String::with_capacity(text.len() + text.len() / 8);
    // For each open element: what stands at its end. While an element is dropped: how many are open in it.
    let mut open: Vec<Option<String>> = Vec::new();
    let mut dropped: usize = 0;
    loop {
        let before = at(reader.buffer_position());
        let event = reader.read_event().ok()?;
        let raw = text.get(before..at(reader.buffer_position()))?;
        match event {
            Event::Eof => return open.is_empty().then_some(out),
            Event::Start(_) if dropped > 0 => dropped += 1,
            Event::End(_) if dropped > 0 => dropped -= 1,
            _ if dropped > 0 => {}
            Event::Start(start) => {
                let name = start.name().as_ref().to_owned();
                match edit(before, &name, &attributes(&start)?) {
                    Edit::Keep => {
                        out.push_str(raw);
                        open.push(None);
                    }
                    Edit::Attrs(attrs) => {
                        out.push_str(&tag(&name, &attrs, ">"));
                        open.push(None);
                    }
                    Edit::Append(more) => {
                        out.push_str(raw);
                        open.push(Some(more));
                    }
                    Edit::Replace(other) => {
                        out.push_str(&other);
                        dropped = 1;
                    }
                }
            }
            Event::Empty(start) => {
                let name = start.name().as_ref().to_owned();
                let attrs = attributes(&start)?;
                match edit(before, &name, &attrs) {
                    Edit::Keep => out.push_str(raw),
                    Edit::Attrs(attrs) => out.push_str(&tag(&name, &attrs, "/>")),
                    Edit::Append(more) => out.push_str(&format!("{}{more}</{name}>", tag(&name, &attrs, ">"))),
                    Edit::Replace(other) => out.push_str(&other),
                }
            }
            Event::End(_) => {
                out.push_str(&open.pop()?.unwrap_or_default());
                out.push_str(raw);
            }
            _ => out.push_str(raw),
        }
    }
}

/// A tag.
pub fn tag(name: &str, attrs: &[(String, String)], end: &str) -> String {
    let mut out = format!("<{name}");
    for (name, value) in attrs {
        out.push_str(&format!(" {name}=\"{}\"", escape(value.as_str())));
    }
    out.push_str(end);
    out
}

#[cfg(test)]
mod tests {
    use super::{Edit, copy, parse};

    const TEXT: &str = "<?xml version=\"1.0\"?>\n<a b=\"1\"><c d='2'/>x&amp;y<e><!-- z --><f/></e></a>";

    #[test]
    fn elements_know_where_they_stand() {
        let root = parse(TEXT).unwrap();
        assert_eq!((root.name.as_str(), root.attr("b")), ("a", Some("1")));
        assert_eq!(&TEXT[root.children[0].range.clone()], "<c d='2'/>");
        assert_eq!(&TEXT[root.child("e").unwrap().inner.clone()], "<!-- z --><f/>");
        for text in ["", "<a>", "<a/><b/>", "<!DOCTYPE a [<!ENTITY x \"y\">]><a/>", "PK"] {
            assert!(parse(text).is_none(), "{text}");
        }
    }

    #[test]
    fn what_is_not_edited_stays_to_the_byte() {
        assert_eq!(copy(TEXT, |_, _, _| Edit::Keep).unwrap(), TEXT);
        let edited = copy(TEXT, |_, name, _| match name {
            "c" => Edit::Attrs(vec![("d".to_owned(), "<3>".to_owned())]),
            "e" => Edit::Replace("<g/>".to_owned()),
            "a" => Edit::Append("<h/>".to_owned()),
            _ => Edit::Keep,
        });
        assert_eq!(edited.unwrap(), "<?xml version=\"1.0\"?>\n<a b=\"1\"><c d=\"&lt;3&gt;\"/>x&amp;y<g/><h/></a>");
    }
}
