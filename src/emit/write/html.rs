//! The HTML writer. Element and attribute names are closed sets and texts are escaped as they are written, so that nothing
//! from a bundle can become markup; an address only becomes a link as a [`Url`].

use std::fmt::Write as _;

use super::escape::escape;
use super::svg::Drawing;

/// An attribute that takes any text. Addresses, event handlers and the like are not among them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Name {
    AriaHidden,
    AriaLabel,
    AriaLabelledby,
    AriaDescribedby,
    AriaLive,
    Autocomplete,
    Charset,
    Class,
    Colspan,
    Content,
    DataDocument,
    DataField,
    DataKind,
    DataLabel,
    DataQuestion,
    DataRequired,
    DataSound,
    DataWhen,
    DataWords,
    For,
    Hidden,
    HttpEquiv,
    Id,
    Inputmode,
    Lang,
    Max,
    Maxlength,
    Min,
    Called,
    Novalidate,
    Pattern,
    Role,
    Rows,
    Rowspan,
    Scope,
    Spellcheck,
    Step,
    Style,
    Tabindex,
    Type,
    Value,
}

impl Name {
    fn text(self) -> &'static str {
        match self {
            Name::AriaHidden => "aria-hidden",
            Name::AriaLabel => "aria-label",
            Name::AriaLabelledby => "aria-labelledby",
            Name::AriaDescribedby => "aria-describedby",
            Name::AriaLive => "aria-live",
            Name::Autocomplete => "autocomplete",
            Name::Charset => "charset",
            Name::Class => "class",
            Name::Colspan => "colspan",
            Name::Content => "content",
            Name::DataDocument => "data-document",
            Name::DataField => "data-field",
            Name::DataKind => "data-kind",
            Name::DataLabel => "data-label",
            Name::DataQuestion => "data-question",
            Name::DataRequired => "data-required",
            Name::DataSound => "data-sound",
            Name::DataWhen => "data-when",
            Name::DataWords => "data-words",
            Name::For => "for",
            Name::Hidden => "hidden",
            Name::HttpEquiv => "http-equiv",
            Name::Id => "id",
            Name::Inputmode => "inputmode",
            Name::Lang => "lang",
            Name::Max => "max",
            Name::Maxlength => "maxlength",
            Name::Min => "min",
            Name::Called => "name",
            Name::Novalidate => "novalidate",
            Name::Pattern => "pattern",
            Name::Role => "role",
            Name::Rows => "rows",
            Name::Rowspan => "rowspan",
            Name::Scope => "scope",
            Name::Spellcheck => "spellcheck",
            Name::Step => "step",
            Name::Style => "style",
            Name::Tabindex => "tabindex",
            Name::Type => "type",
            Name::Value => "value",
        }
    }
}

/// An attribute with its value.
pub type Attr = (Name, String);

/// An attribute.
pub fn attr(name: Name, value: impl Into<String>) -> Attr {
    (name, value.into())
}

/// An address that is safe to follow.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Url(String);

impl Url {
    /// The address, if it is one of the web; what else stands in an address field is shown as text.
    pub fn web(text: &str) -> Option<Url> {
        let text = text.trim();
        let host = text.strip_prefix("https://").or_else(|| text.strip_prefix("http://"))?;
        let safe = |c: char| !c.is_whitespace() && !c.is_control() && !"\"'<>\\`()[]{}|^".contains(c);
        (!host.is_empty() && !host.starts_with('/') && host.chars().all(safe)).then(|| Url(text.to_owned()))
    }

    /// A place on the same page.
    pub fn here(id: &'static str) -> Url {
        Url(format!("#{id}"))
    }

    /// A file below the page's folder; `None` if the path could be anything else.
    pub fn below(path: &str) -> Option<Url> {
        let safe = |c: char| c.is_alphanumeric() || "-_.".contains(c);
        let part = |part: &str| !part.is_empty() && !part.starts_with('.') && part.chars().all(safe);
        path.split('/').all(part).then(|| Url(path.to_owned()))
    }

    /// A place on the same page, of an id that a bundle gives; `None` if it could be anything else.
    pub fn spot(id: &str) -> Option<Url> {
        let safe = |c: char| c.is_ascii_alphanumeric() || "-_".contains(c);
        (!id.is_empty() && id.chars().all(safe)).then(|| Url(format!("#{id}")))
    }

    /// A file beside the page; its name percent-encoded.
    pub fn file(name: &'static str) -> Url {
        Url(name.to_owned())
    }

    /// As written.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// A document, or a part of one, being written.
#[derive(Debug, Default)]
pub struct Html {
    out: String,
}

impl Html {
    /// Text.
    pub fn text(&mut self, text: &str) {
        escape(text, &mut self.out);
    }

    /// An element with what `inner` writes inside.
    pub fn el(&mut self, name: &'static str, attrs: &[Attr], inner: impl FnOnce(&mut Html)) {
        self.open(name, attrs);
        inner(self);
        let _ = write!(self.out, "</{name}>");
        if !INLINE.contains(&name) {
            self.out.push('\n');
        }
    }

    /// An element with a text inside.
    pub fn leaf(&mut self, name: &'static str, attrs: &[Attr], text: &str) {
        self.el(name, attrs, |html| html.text(text));
    }

    /// An element that has no inside.
    pub fn void(&mut self, name: &'static str, attrs: &[Attr]) {
        self.open(name, attrs);
        if !INLINE.contains(&name) {
            self.out.push('\n');
        }
    }

    /// A link.
    pub fn link(&mut self, url: &Url, attrs: &[Attr], inner: impl FnOnce(&mut Html)) {
        self.out.push_str("<a href=\"");
        escape(&url.0, &mut self.out);
        self.out.push('"');
        if !url.0.starts_with('#') {
            self.out.push_str(" rel=\"noopener noreferrer\"");
        }
        self.attrs(attrs);
        self.out.push('>');
        inner(self);
        self.out.push_str("</a>");
    }

    /// A drawing, as wide as there is room.
    pub fn drawing(&mut self, drawing: &Drawing) {
        self.out.push_str(&drawing.inline());
    }

    /// The style sheet; part of the program, never of a bundle.
    pub fn style(&mut self, css: &'static str) {
        let _ = writeln!(self.out, "<style>\n{css}</style>");
    }

    /// A script; part of the program, never of a bundle.
    pub fn script(&mut self, js: &'static str) {
        let _ = writeln!(self.out, "<script>{js}</script>");
    }

    /// Data for the page's script. What could end the element or is no character of HTML is escaped.
    pub fn data(&mut self, id: &'static str, value: &serde_json::Value) {
        let _ = write!(self.out, "<script type=\"application/json\" id=\"{id}\">");
        for c in value.to_string().chars() {
            match c {
                '<' | '>' | '&' | '\u{2028}' | '\u{2029}' | '\u{feff}' => {
                    let _ = write!(self.out, "\\u{:04x}", u32::from(c));
                }
                c if c.is_control() || is_noncharacter(c) => {
                    let mut units = [0; 2];
                    for unit in c.encode_utf16(&mut units) {
                        let _ = write!(self.out, "\\u{unit:04x}");
                    }
                }
                c => self.out.push(c),
            }
        }
        self.out.push_str("</script>\n");
    }

    /// A whole page.
    pub fn page(inner: impl FnOnce(&mut Html)) -> Vec<u8> {
        let mut html = Html { out: "<!DOCTYPE html>\n".to_owned() };
        html.el("html", &[attr(Name::Lang, "zh-CN")], inner);
        html.out.into_bytes()
    }

    fn open(&mut self, name: &'static str, attrs: &[Attr]) {
        let _ = write!(self.out, "<{name}");
        self.attrs(attrs);
        self.out.push('>');
        if BROKEN_AFTER.contains(&name) {
            self.out.push('\n');
        }
    }

    fn attrs(&mut self, attrs: &[Attr]) {
        for (name, value) in attrs {
            let _ = write!(self.out, " {}", name.text());
            if !(value.is_empty() && matches!(name, Name::Hidden | Name::Novalidate)) {
                self.out.push_str("=\"");
                escape(value, &mut self.out);
                self.out.push('"');
            }
        }
    }
}

/// Elements that stand in a line of text.
const INLINE: &[&str] =
    &["a", "b", "br", "i", "input", "small", "span", "strong", "em", "button", "label", "option", "legend"];
/// Elements after whose start a new line begins.
const BROKEN_AFTER: &[&str] = &[
    "html", "head", "body", "main", "header", "footer", "nav", "section", "table", "thead", "tbody", "tr", "ul", "ol",
    "dl", "form", "fieldset",
];

fn is_noncharacter(c: char) -> bool {
    matches!(u32::from(c) & 0xffff, 0xfffe | 0xffff) || ('\u{fdd0}'..='\u{fdef}').contains(&c)
}

#[cfg(test)]
mod tests {
    use super::{Html, Name, Url, attr};

    #[test]
    fn names_stay_text() {
        let page = Html::page(|html| html.leaf("p", &[attr(Name::AriaLabel, "\"><script>")], "<script>&'"));
        let page = String::from_utf8(page).unwrap();
        assert!(page.contains("<p aria-label=\"&quot;&gt;&lt;script&gt;\">&lt;script&gt;&amp;&#39;</p>"), "{page}");
    }

    #[test]
    fn only_web_addresses_are_links() {
        assert!(Url::web("https://www.gov.cn/a?b=1").is_some());
        for text in ["javascript:alert(1)", "www.gov.cn", "https://", "https://a\"b", "data:text/html,x"] {
            assert_eq!(Url::web(text), None, "{text}");
        }
    }
}
