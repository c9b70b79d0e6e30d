//! The paper and its orientation.

use super::body::Body;
use crate::write::xml::Xml;

impl Body<'_> {
    /// Turns to paper of the other orientation, if it is not at hand.
    pub fn turn(&mut self, landscape: bool) {
        if landscape == self.landscape {
            return;
        }
        if self.begun {
            // The section's properties stand in its last paragraph.
            let was = self.landscape;
            self.hairline(|xml| paper(xml, was));
        }
        self.landscape = landscape;
        self.begun = false;
    }
}

/// The paper, its margins and its page numbers. The margins turn with the paper.
pub(super) fn paper(xml: &mut Xml, landscape: bool) {
    xml.el("w:sectPr", &[], |xml| {
        xml.void("w:footerReference", &[("w:type", "even"), ("r:id", "rIdEven")]);
        xml.void("w:footerReference", &[("w:type", "default"), ("r:id", "rIdOdd")]);
        let mut size = vec![("w:w", "11906"), ("w:h", "16838")];
        let mut margins = [("w:top", "2098"), ("w:right", "1474"), ("w:bottom", "1984"), ("w:left", "1587")];
        let mut footer = "1304";
        if landscape {
            size = vec![("w:w", "16838"), ("w:h", "11906"), ("w:orient", "landscape")];
            margins = [("w:top", "1587"), ("w:right", "1984"), ("w:bottom", "1474"), ("w:left", "2098")];
            footer = "850";
        }
        xml.void("w:pgSz", &size);
        let margins = margins.into_iter().chain([("w:header", "850"), ("w:footer", footer), ("w:gutter", "0")]);
        xml.void("w:pgMar", &margins.collect::<Vec<_>>());
        xml.void("w:cols", &[("w:space", "425")]);
        xml.void("w:docGrid", &[("w:type", "lines"), ("w:linePitch", "579")]);
    });
}
