//! The body of a document while it is written.

use crate::page::tree::Chart;
use crate::write::Painter;
use crate::write::docx::Media;
use crate::write::xml::Xml;

/// The width of the text on a page, in twentieths of a point (twips).
pub(super) const PORTRAIT: u32 = 11_906 - 1_587 - 1_474;
const LANDSCAPE: u32 = 16_838 - 2_098 - 1_984;
/// Twips in English metric units.
pub(super) const EMU: u64 = 635;

/// The body of a document being written.
pub(super) struct Body<'p> {
    pub xml: Xml,
    pub painter: Painter<'p>,
    /// The charts that stand at the end.
    pub annex: Vec<&'p Chart>,
    /// Addresses that are linked to.
    pub links: Vec<String>,
    pub media: Vec<Media>,
    /// How many numbered lists there are.
    pub lists: usize,
    /// How many bookmarks and pictures there are.
    pub marks: usize,
    /// How many content controls there are.
    pub controls: usize,
    pub landscape: bool,
    /// Whether something stands on the pages of this orientation.
    pub begun: bool,
    /// Whether a table has just ended, so that room is to be left before what follows.
    pub after_table: bool,
}

impl<'p> Body<'p> {
    pub fn new(painter: Painter<'p>, annex: Vec<&'p Chart>, landscape: bool) -> Body<'p> {
        let mut xml = Xml::document();
        xml.open(
            "w:document",
            &[
                ("xmlns:w", "http://schemas.openxmlformats.org/wordprocessingml/2006/main"),
                ("xmlns:r", "http://schemas.openxmlformats.org/officeDocument/2006/relationships"),
                ("xmlns:wp", "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"),
                ("xmlns:a", "http://schemas.openxmlformats.org/drawingml/2006/main"),
                ("xmlns:pic", "http://schemas.openxmlformats.org/drawingml/2006/picture"),
                ("xmlns:w14", "http://schemas.microsoft.com/office/word/2010/wordml"),
                ("xmlns:mc", "http://schemas.openxmlformats.org/markup-compatibility/2006"),
                ("mc:Ignorable", "w14"),
            ],
        );
        xml.open("w:body", &[]);
        Body {
            xml,
            painter,
            annex,
            links: Vec::new(),
            media: Vec::new(),
            lists: 0,
            marks: 0,
            controls: 0,
            landscape,
            begun: false,
            after_table: false,
        }
    }

    /// The width of the text, in twips.
    pub fn width(&self) -> u32 {
        if self.landscape { LANDSCAPE } else { PORTRAIT }
    }

    /// A paragraph that cannot be seen, where there has to be one; it does not begin a page of its own.
    pub fn hairline(&mut self, more: impl FnOnce(&mut Xml)) {
        self.after_table = false;
        self.xml.el("w:p", &[], |xml| {
            xml.el("w:pPr", &[], |xml| {
                xml.void("w:pStyle", &[("w:val", "Gap")]);
                xml.void("w:spacing", &[("w:line", "20"), ("w:lineRule", "exact")]);
                more(xml);
            });
        });
    }
}
