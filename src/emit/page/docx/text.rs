//! Paragraphs and what stands in them.

use super::body::Body;
use crate::page::text::{Run, Text};
use crate::write::html::Url;
use crate::write::xml::Xml;

/// How a paragraph is set.
#[derive(Debug, Clone, Copy)]
pub(super) struct Para {
    /// Its style.
    pub style: &'static str,
    /// The numbered list that it is a part of.
    pub list: Option<usize>,
    /// On the same page as what follows.
    pub keep: bool,
    /// Not kept with what follows, though its style says so.
    pub last: bool,
    /// At the top of a page.
    pub new_page: bool,
}

impl Para {
    /// As its style says.
    pub fn of(style: &'static str) -> Para {
        Para { style, list: None, keep: false, last: false, new_page: false }
    }
}

impl Body<'_> {
    /// A little room.
    pub fn gap(&mut self) {
        self.para(Para::of("Gap"), &Text::default());
    }

    /// Room below a table, if something follows: two tables would be one without something between them.
    pub fn leave_table(&mut self) {
        if std::mem::take(&mut self.after_table) {
            self.gap();
        }
    }

    /// A paragraph.
    pub fn para(&mut self, para: Para, text: &Text) {
        self.marked_para(para, text, None);
    }

    /// A paragraph that can be the target of a link.
    pub fn marked_para(&mut self, para: Para, text: &Text, mark: Option<String>) {
        self.leave_table();
        self.begun = true;
        self.xml.open("w:p", &[]);
        properties(&mut self.xml, para);
        let mark = mark.map(|name| {
            self.marks += 1;
            let id = self.marks.to_string();
            self.xml.void("w:bookmarkStart", &[("w:id", &id), ("w:name", &name)]);
            id
        });
        for run in text.runs() {
            self.run(run);
        }
        if let Some(id) = mark {
            self.xml.void("w:bookmarkEnd", &[("w:id", &id)]);
        }
        self.xml.close("w:p");
    }

    pub fn run(&mut self, run: &Run) {
        match run {
            Run::Plain(words) => words_run(&mut self.xml, None, words),
            Run::Strong(words) => words_run(&mut self.xml, Some("Strong"), words),
            Run::Quiet(words) => words_run(&mut self.xml, Some("Quiet"), words),
            Run::Tag(words) => words_run(&mut self.xml, Some("Mark"), &format!("〔{words}〕")),
            Run::Good(words) => words_run(&mut self.xml, Some("Good"), &format!("〔{words}〕")),
            Run::Link(url, words) => match target(url) {
                Some(target) => {
                    let index = self.links.iter().position(|own| *own == target).unwrap_or_else(|| {
                        self.links.push(target);
                        self.links.len() - 1
                    });
                    let id = format!("rIdLink{}", index + 1);
                    self.xml.el("w:hyperlink", &[("r:id", &id), ("w:history", "1")], |xml| {
                        words_run(xml, Some("Hyperlink"), words);
                    });
                }
                None => words_run(&mut self.xml, None, words),
            },
            Run::Blank(width) => self.xml.el("w:r", &[], |xml| {
                xml.el("w:rPr", &[], |xml| {
                    xml.void("w:rFonts", &[("w:hint", "eastAsia")]);
                    xml.void("w:u", &[("w:val", "single")]);
                });
                let room: String = std::iter::repeat_n('\u{3000}', *width).collect();
                xml.leaf("w:t", &[("xml:space", "preserve")], &room);
            }),
            Run::Break => self.xml.el("w:r", &[], |xml| xml.void("w:br", &[])),
        }
    }
}

pub(super) fn properties(xml: &mut Xml, para: Para) {
    xml.el("w:pPr", &[], |xml| {
        xml.void("w:pStyle", &[("w:val", para.style)]);
        if para.keep {
            xml.void("w:keepNext", &[]);
        } else if para.last {
            xml.void("w:keepNext", &[("w:val", "0")]);
        }
        if para.new_page {
            xml.void("w:pageBreakBefore", &[]);
        }
        if let Some(list) = para.list {
            // The numbers of the headings, the bullets and the style's own list come first.
            let id = (list + 3).to_string();
            xml.el("w:numPr", &[], |xml| {
                xml.void("w:ilvl", &[("w:val", "0")]);
                xml.void("w:numId", &[("w:val", &id)]);
            });
        }
    });
}

/// Words of one weight. They are said to be Chinese, or quotation marks and dashes would be set in a western font.
pub(super) fn words_run(xml: &mut Xml, style: Option<&'static str>, words: &str) {
    xml.el("w:r", &[], |xml| {
        xml.el("w:rPr", &[], |xml| {
            if let Some(style) = style {
                xml.void("w:rStyle", &[("w:val", style)]);
            }
            xml.void("w:rFonts", &[("w:hint", "eastAsia")]);
        });
        xml.leaf("w:t", &[("xml:space", "preserve")], words);
    });
}

/// An address as a package may hold it: in ASCII, with a plain host and port. Word refuses to open a file with one that it cannot
/// read, so what is doubtful stays text.
fn target(url: &Url) -> Option<String> {
    let mut target = String::new();
    for byte in url.as_str().bytes() {
        match byte {
            b'!'..=b'~' => target.push(char::from(byte)),
            other => target.push_str(&format!("%{other:02X}")),
        }
    }
    let (_, rest) = url.as_str().split_once("://")?;
    let host = rest.split(['/', '?', '#']).next()?;
    let (host, port) = host.split_once(':').unwrap_or((host, "80"));
    let plain = |c: char| c.is_ascii_alphanumeric() || c == '-' || c == '.';
    let percents = target
        .match_indices('%')
        .all(|(at, _)| target.get(at + 1..at + 3).is_some_and(|code| code.chars().all(|c| c.is_ascii_hexdigit())));
    let good = !host.is_empty()
        && host.chars().all(plain)
        && !host.starts_with(['.', '-'])
        && !host.contains("..")
        && port.parse::<u16>().is_ok()
        && percents
        && target.matches('#').count() < 2
        && target.len() < 2_000;
    good.then_some(target)
}

#[cfg(test)]
mod tests {
    use super::{Url, target};

    #[test]
    fn only_addresses_that_can_be_read_are_linked() {
        let of = |text: &str| target(&Url::web(text).unwrap());
        assert_eq!(of("https://a.gov.cn/办").as_deref(), Some("https://a.gov.cn/%E5%8A%9E"));
        assert_eq!(of("http://a.gov.cn:8080/?b=c&d=%20#e").as_deref(), Some("http://a.gov.cn:8080/?b=c&d=%20#e"));
        for text in ["http://a:b", "http://a:99999/", "http://a@b/", "http://.a/", "https://a/%zz", "https://a/#b#c"] {
            assert_eq!(of(text), None, "{text}");
        }
    }
}
