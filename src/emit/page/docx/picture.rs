//! Pictures: in a paragraph of their own, or in the corner of a page.

use super::body::{Body, EMU};
use super::text::Para;
use crate::page::text::Text;
use crate::write::docx::Media;
use crate::write::qr::Code;
use crate::write::svg::Drawing;
use crate::write::xml::Xml;

/// English metric units in a millimetre.
const MM: u64 = 36_000;
/// How wide the code is, and how far below the edge of the paper it begins, in millimetres: it stands in the margin, on upright and on
/// turned paper.
const CORNER: [(u64, u64); 2] = [(26, 8), (20, 6)];

/// A picture to be written: its number, its file's relationship, its size in English metric units, and what is said about it.
struct Picture<'p> {
    id: String,
    link: String,
    width: String,
    height: String,
    name: &'p str,
    alt: String,
}

impl Body<'_> {
    /// A picture with its caption, as large as the page allows.
    pub fn picture(&mut self, name: &str, drawing: &Drawing, png: Vec<u8>) {
        // As wide as the text, unless it would be higher than a page with a caption (and a heading).
        let highest = u64::from(if self.landscape { 7_200u32 } else { 11_000 }) * EMU;
        let (across, down) = (pixels(drawing.size.width), pixels(drawing.size.height));
        let mut width = u64::from(self.width()) * EMU;
        let mut height = (width * down / across).max(1);
        if height > highest {
            height = highest;
            width = (highest * across / down).max(1);
        }
        self.put_picture(name, drawing, png, [width, height]);
        self.para(Para::of("PictureCaption"), &Text::of(name));
    }

    /// A picture in a paragraph of its own, on the page of its caption; its size in English metric units.
    fn put_picture(&mut self, name: &str, drawing: &Drawing, png: Vec<u8>, size: [u64; 2]) {
        self.leave_table();
        self.begun = true;
        let picture = self.add(name, drawing, png, size);
        self.xml.el("w:p", &[], |xml| {
            xml.el("w:pPr", &[], |xml| xml.void("w:pStyle", &[("w:val", "Picture")]));
            xml.el("w:r", &[], |xml| xml.el("w:drawing", &[], |xml| inline(xml, &picture)));
        });
    }

    /// The QR code, in the upper right corner of the page, where it takes no room; whatever the machine's fonts.
    pub fn corner(&mut self, code: &Code) {
        let (side, below) = CORNER[usize::from(self.landscape)];
        let picture = self.add("一码", &code.drawing, code.png(), [side * MM, side * MM]);
        self.xml.el("w:p", &[], |xml| {
            xml.el("w:pPr", &[], |xml| {
                xml.void("w:pStyle", &[("w:val", "Gap")]);
                xml.void("w:spacing", &[("w:line", "20"), ("w:lineRule", "exact")]);
            });
            xml.el("w:r", &[], |xml| xml.el("w:drawing", &[], |xml| anchor(xml, &picture, below * MM)));
        });
    }

    fn add<'n>(&mut self, name: &'n str, drawing: &Drawing, png: Vec<u8>, [width, height]: [u64; 2]) -> Picture<'n> {
        self.media.push(Media { png });
        self.marks += 1;
        Picture {
            id: self.marks.to_string(),
            link: format!("rIdImage{}", self.media.len()),
            width: width.to_string(),
            height: height.to_string(),
            name,
            alt: format!("{}。{}", drawing.title, drawing.description),
        }
    }
}

/// A picture in a line of text.
fn inline(xml: &mut Xml, picture: &Picture<'_>) {
    let none = [("distT", "0"), ("distB", "0"), ("distL", "0"), ("distR", "0")];
    xml.el("wp:inline", &none, |xml| {
        xml.void("wp:extent", &[("cx", &picture.width), ("cy", &picture.height)]);
        graphic(xml, picture);
    });
}

/// A picture at the right edge of the text, so far below the edge of the paper.
fn anchor(xml: &mut Xml, picture: &Picture<'_>, below: u64) {
    let attrs = [
        ("distT", "0"),
        ("distB", "0"),
        ("distL", "114300"),
        ("distR", "0"),
        ("simplePos", "0"),
        ("relativeHeight", "1"),
        ("behindDoc", "0"),
        ("locked", "0"),
        ("layoutInCell", "1"),
        ("allowOverlap", "1"),
    ];
    xml.el("wp:anchor", &attrs, |xml| {
        xml.void("wp:simplePos", &[("x", "0"), ("y", "0")]);
        xml.el("wp:positionH", &[("relativeFrom", "margin")], |xml| xml.leaf("wp:align", &[], "right"));
        xml.el("wp:positionV", &[("relativeFrom", "page")], |xml| xml.leaf("wp:posOffset", &[], &below.to_string()));
        xml.void("wp:extent", &[("cx", &picture.width), ("cy", &picture.height)]);
        xml.void("wp:wrapNone", &[]);
        graphic(xml, picture);
    });
}

fn graphic(xml: &mut Xml, picture: &Picture<'_>) {
    let Picture { id, link, width: cx, height: cy, name, alt } = picture;
    xml.void("wp:docPr", &[("id", id), ("name", name), ("descr", alt)]);
    xml.el("wp:cNvGraphicFramePr", &[], |xml| xml.void("a:graphicFrameLocks", &[("noChangeAspect", "1")]));
    xml.el("a:graphic", &[], |xml| {
        let uri = "http://schemas.openxmlformats.org/drawingml/2006/picture";
        xml.el("a:graphicData", &[("uri", uri)], |xml| {
            xml.el("pic:pic", &[], |xml| {
                xml.el("pic:nvPicPr", &[], |xml| {
                    xml.void("pic:cNvPr", &[("id", id), ("name", name), ("descr", alt)]);
                    xml.void("pic:cNvPicPr", &[]);
                });
                xml.el("pic:blipFill", &[], |xml| {
                    xml.void("a:blip", &[("r:embed", link)]);
                    xml.el("a:stretch", &[], |xml| xml.void("a:fillRect", &[]));
                });
                xml.el("pic:spPr", &[], |xml| {
                    xml.el("a:xfrm", &[], |xml| {
                        xml.void("a:off", &[("x", "0"), ("y", "0")]);
                        xml.void("a:ext", &[("cx", cx), ("cy", cy)]);
                    });
                    xml.el("a:prstGeom", &[("prst", "rect")], |xml| xml.void("a:avLst", &[]));
                });
            });
        });
    });
}

/// A side of a drawing; never nothing, so that it can be divided by.
pub(super) fn pixels(side: i32) -> u64 {
    u64::try_from(side).unwrap_or_default().max(1)
}
