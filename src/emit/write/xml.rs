//! The XML writer. Element and attribute names are the program's own; texts are escaped as they are written and lose what XML
//! cannot hold, so that nothing from a bundle can become markup or spoil a file.

use quick_xml::Writer;
use quick_xml::events::{BytesDecl, BytesEnd, BytesStart, BytesText, Event};

/// An attribute with its value.
pub type Attr<'v> = (&'v str, &'v str);

/// A document, or a part of one, being written.
pub struct Xml {
    out: Writer<Vec<u8>>,
}

impl Xml {
    /// An empty document with its declaration, in which no space is added.
    pub fn document() -> Xml {
        let mut xml = Xml { out: Writer::new(Vec::new()) };
        xml.put(Event::Decl(BytesDecl::new("1.0", Some("UTF-8"), Some("yes"))));
        xml.raw("\n");
        xml
    }

    /// An empty document with its declaration, whose elements stand on lines of their own.
    pub fn indented() -> Xml {
        let mut xml = Xml { out: Writer::new_with_indent(Vec::new(), b' ', 2) };
        xml.put(Event::Decl(BytesDecl::new("1.0", Some("UTF-8"), None)));
        xml
    }

    /// An element with what `inner` writes inside.
    pub fn el(&mut self, name: &str, attrs: &[Attr<'_>], inner: impl FnOnce(&mut Xml)) {
        self.open(name, attrs);
        inner(self);
        self.close(name);
    }

    /// An element that has no inside.
    pub fn void(&mut self, name: &str, attrs: &[Attr<'_>]) {
        self.put(Event::Empty(start(name, attrs)));
    }

    /// An element with a text inside.
    pub fn leaf(&mut self, name: &str, attrs: &[Attr<'_>], text: &str) {
        self.el(name, attrs, |xml| xml.text(text));
    }

    /// Text.
    pub fn text(&mut self, text: &str) {
        self.put(Event::Text(BytesText::new(&legal(text, '\n'))));
    }

    /// The start of an element that [`Xml::close`] ends.
    pub fn open(&mut self, name: &str, attrs: &[Attr<'_>]) {
        self.put(Event::Start(start(name, attrs)));
    }

    /// The end of an element.
    pub fn close(&mut self, name: &str) {
        self.put(Event::End(BytesEnd::new(name)));
    }

    /// XML that is part of the program, never of a bundle.
    pub fn raw(&mut self, xml: &'static str) {
        self.put(Event::Text(BytesText::from_escaped(xml)));
    }

    /// What was written.
    pub fn into_bytes(self) -> Vec<u8> {
        self.out.into_inner()
    }

    fn put(&mut self, event: Event<'_>) {
        // Writing to memory does not fail.
        let written = self.out.write_event(event);
        debug_assert!(written.is_ok());
    }
}

impl std::fmt::Debug for Xml {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Xml")
    }
}

fn start<'a>(name: &'a str, attrs: &[Attr<'_>]) -> BytesStart<'a> {
    let mut start = BytesStart::new(name);
    for (name, value) in attrs {
        start.push_attribute((*name, &*legal(value, ' ')));
    }
    start
}

/// Without the characters that XML 1.0 cannot hold and without controls; ends of lines become `newline`.
fn legal(text: &str, newline: char) -> String {
    let fits = |c: &char| (!c.is_control() || *c == '\n') && !matches!(c, '\u{fffe}' | '\u{ffff}');
    let plain = |c| match c {
        '\n' | '\r' => newline,
        '\t' => ' ',
        other => other,
    };
    text.chars().map(plain).filter(fits).collect()
}

#[cfg(test)]
mod tests {
    use super::Xml;

    #[test]
    fn names_stay_text() {
        let mut xml = Xml::document();
        xml.leaf("a", &[("b", "\"><x>&\n'")], "<x>]]>&\u{7}\u{ffff}😀");
        let text = String::from_utf8(xml.into_bytes()).unwrap();
        let (_, body) = text.split_once('\n').unwrap();
        assert_eq!(body, "<a b=\"&quot;&gt;&lt;x&gt;&amp; &apos;\">&lt;x&gt;]]&gt;&amp;😀</a>");
    }
}
