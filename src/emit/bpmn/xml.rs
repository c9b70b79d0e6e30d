//! The writer of XML: what goes through it is escaped.

use quick_xml::Writer;
use quick_xml::events::{BytesDecl, BytesEnd, BytesStart, BytesText, Event};

/// A document that is being written.
pub(super) struct Xml {
    writer: Writer<Vec<u8>>,
    open: Vec<String>,
}

/// Attributes in order.
pub(super) type Attributes<'a> = &'a [(&'a str, &'a str)];

impl Xml {
    /// A new document.
    pub(super) fn new() -> Xml {
        let mut xml = Xml { writer: Writer::new_with_indent(Vec::new(), b' ', 2), open: Vec::new() };
        xml.write(Event::Decl(BytesDecl::new("1.0", Some("UTF-8"), None)));
        xml
    }

    fn write(&mut self, event: Event<'_>) {
        self.writer.write_event(event).expect("memory is written");
    }

    /// An element with what `content` writes.
    pub(super) fn element(&mut self, name: &str, attributes: Attributes<'_>, content: impl FnOnce(&mut Xml)) {
        self.start(name, attributes);
        content(self);
        self.end();
    }

    /// Begins an element; [`Xml::end`] ends the one begun last.
    fn start(&mut self, name: &str, attributes: Attributes<'_>) {
        self.write(Event::Start(tag(name, attributes)));
        self.open.push(name.to_owned());
    }

    fn end(&mut self) {
        if let Some(name) = self.open.pop() {
            self.write(Event::End(BytesEnd::new(name)));
        }
    }

    /// An element without content.
    pub(super) fn empty(&mut self, name: &str, attributes: Attributes<'_>) {
        self.write(Event::Empty(tag(name, attributes)));
    }

    /// An element that holds text.
    pub(super) fn text(&mut self, name: &str, attributes: Attributes<'_>, text: &str) {
        self.start(name, attributes);
        let plain: String = text.chars().filter(|&c| is_xml(c)).collect();
        self.write(Event::Text(BytesText::new(&plain)));
        self.end();
    }

    /// The document.
    pub(super) fn finish(self) -> Vec<u8> {
        let mut bytes = self.writer.into_inner();
        bytes.push(b'\n');
        bytes
    }
}

fn tag<'a>(name: &'a str, attributes: Attributes<'_>) -> BytesStart<'a> {
    let mut tag = BytesStart::new(name);
    for (key, value) in attributes {
        let plain: String = value.chars().filter(|&c| is_xml(c)).map(|c| if c == '\n' { ' ' } else { c }).collect();
        tag.push_attribute((*key, plain.as_str()));
    }
    tag
}

/// Whether XML 1.0 allows the character at all.
fn is_xml(c: char) -> bool {
    matches!(c, '\t' | '\n' | '\u{20}'..='\u{d7ff}' | '\u{e000}'..='\u{fffd}' | '\u{10000}'..='\u{10ffff}')
}
