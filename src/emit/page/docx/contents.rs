//! The table of contents of a long document: a field that Word brings up to date, with its entries already there. It has no page
//! numbers: how pages fall is only known where the document is set; the entries are links.

use super::body::Body;
use super::text::{Para, words_run};
use crate::page::number::chinese;
use crate::page::text::Text;
use crate::write::xml::Xml;

/// A document of fewer sections needs none.
const LEAST: usize = 8;

/// What a heading is called as a target.
pub(super) fn bookmark(index: usize) -> String {
    format!("_TocYijianshi{}", index + 1)
}

impl Body<'_> {
    /// The contents, if there are many sections.
    pub fn contents(&mut self, titles: &[String]) {
        if titles.len() < LEAST {
            return;
        }
        self.para(Para::of("ContentsTitle"), &Text::of("目录"));
        let last = titles.len() - 1;
        for (index, title) in titles.iter().enumerate() {
            let title = format!("{}、{title}", chinese(index + 1));
            self.xml.el("w:p", &[], |xml| {
                xml.el("w:pPr", &[], |xml| xml.void("w:pStyle", &[("w:val", "TOC1")]));
                if index == 0 {
                    part(xml, "begin");
                    xml.el("w:r", &[], |xml| {
                        xml.leaf("w:instrText", &[("xml:space", "preserve")], " TOC \\o \"1-1\" \\n \\h \\z \\u ");
                    });
                    part(xml, "separate");
                }
                xml.el("w:hyperlink", &[("w:anchor", &bookmark(index)), ("w:history", "1")], |xml| {
                    words_run(xml, None, &title);
                });
                if index == last {
                    part(xml, "end");
                }
            });
        }
    }
}

/// The beginning, the middle or the end of the field.
fn part(xml: &mut Xml, kind: &str) {
    xml.el("w:r", &[], |xml| xml.void("w:fldChar", &[("w:fldCharType", kind)]));
}
