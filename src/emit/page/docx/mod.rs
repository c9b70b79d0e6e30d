//! Documents as Word files (WordprocessingML, ISO 29500), set as official documents are (GB/T 9704-2012): page, fonts, numbered
//! headings, page numbers. Styles, fonts and settings are files in `parts`; what depends on the document is written here, in
//! the order that the schema demands. The same document gives the same bytes: ids count up, and no time is written.

mod annex;
mod contents;
mod grid;
mod picture;
mod table;
mod text;
mod widths;

use crate::write::docx::{self as package, Media};
use text::Para;

use super::number::chinese;
use super::{Block, Figure, Page, Section, Step, Text};
use crate::Painter;
use crate::documents::code::Code;
use crate::parts::charts::{Chart, Drawing};
use crate::write::xml::Xml;

/// A document as a Word file.
pub fn render(page: &Page, painter: Painter<'_>) -> Vec<u8> {
    let mut body = Body::new(painter, page);
    let code = code(page);
    if let Some(code) = code {
        body.corner(code);
    }
    body.title(page);
    let annexed = if body.annex.is_empty() { None } else { Some(annex::TITLE.to_owned()) };
    let titles: Vec<String> = page.sections.iter().map(|section| section.title.words()).chain(annexed).collect();
    body.contents(&titles);
    for (index, section) in page.sections.iter().enumerate() {
        body.section(index, section, page.landscape);
    }
    // Where nothing stands at the foot, as below signatures, the document itself has to say what the code is.
    if !page.foot.is_empty() {
        body.gap();
        for line in &page.foot {
            body.para(Para::of("Foot"), line);
        }
        if let Some(code) = code {
            let words = Text::of("首页的二维码：").then(&code.words).then("，").address(&code.address);
            body.para(Para::of("Foot"), &words);
        }
    }
    body.put_annex(contents::bookmark(page.sections.len()));
    body.finish(page)
}

/// The QR code of a document.
fn code(page: &Page) -> Option<&Code> {
    page.sections.iter().flat_map(|section| &section.blocks).find_map(|block| match block {
        Block::Code(code) => Some(&**code),
        _ => None,
    })
}

/// A package of these parts.
pub(crate) fn pack(parts: &[(String, Vec<u8>)]) -> Vec<u8> {
    package::zip(parts).expect("a package is written to memory, and its parts are small")
}

/// The width of the text on a page, in twentieths of a point (twips).
const PORTRAIT: u32 = 11_906 - 1_587 - 1_474;
const LANDSCAPE: u32 = 16_838 - 2_098 - 1_984;
/// Twips in English metric units.
const EMU: u64 = 635;

/// The body of a document being written.
struct Body<'p> {
    xml: Xml,
    painter: Painter<'p>,
    /// The charts that stand at the end.
    annex: Vec<&'p Chart>,
    /// Addresses that are linked to.
    links: Vec<String>,
    media: Vec<Media>,
    /// How many numbered lists there are.
    lists: usize,
    /// How many bookmarks and pictures there are.
    marks: usize,
    /// How many content controls there are.
    controls: usize,
    landscape: bool,
    /// Whether something stands on the pages of this orientation.
    begun: bool,
    /// Whether a table has just ended, so that room is to be left before what follows.
    after_table: bool,
}

impl<'p> Body<'p> {
    fn new(painter: Painter<'p>, page: &'p Page) -> Body<'p> {
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
            annex: annex::of(page, painter),
            links: Vec::new(),
            media: Vec::new(),
            lists: 0,
            marks: 0,
            controls: 0,
            landscape: page.landscape,
            begun: false,
            after_table: false,
        }
    }

    /// The width of the text, in twips.
    fn width(&self) -> u32 {
        if self.landscape { LANDSCAPE } else { PORTRAIT }
    }

    fn title(&mut self, page: &Page) {
        self.para(Para::of("Title"), &page.title);
        if !page.kind.is_empty() {
            self.para(Para::of("Title"), &Text::of(page.kind));
        }
        if !page.subtitle.is_empty() {
            self.para(Para::of("Subtitle"), &page.subtitle);
        }
        if let Some(notice) = &page.notice {
            self.para(Para::of("Subtitle"), &Text::of("（").join(notice.clone()).then("）"));
        }
        self.gap();
        if !page.figures.is_empty() {
            self.figures(&page.figures);
        }
    }

    fn figures(&mut self, figures: &[Figure]) {
        let labels: Vec<Text> = figures.iter().map(|figure| figure.label.clone()).collect();
        let values = figures.iter().map(|figure| figure.value.clone().join(figure.unit.clone())).collect();
        let notes = figures.iter().map(|figure| Text::lines(figure.before.iter().chain(&figure.saved).cloned()));
        let notes: Vec<Text> = notes.collect();
        self.cards(&labels, &[("TableFigure", values), ("TableCentre", notes)]);
    }

    fn section(&mut self, index: usize, section: &Section, landscape: bool) {
        // Words alone need no turned paper.
        let wide = section.blocks.iter().any(|block| matches!(block, Block::Table(_)));
        self.turn(landscape || section.landscape && wide);
        // A new page before a heading is a property of the heading: an empty paragraph would be seen.
        let mut fresh = false;
        let blocks = match section.blocks.split_first() {
            Some((Block::PageBreak, rest)) => {
                fresh = true;
                rest
            }
            _ => &section.blocks[..],
        };
        let target = Some(contents::bookmark(index));
        let new_page = fresh && self.begun;
        self.marked_para(Para { new_page, ..Para::of("Heading1") }, &section.title, target);
        for block in blocks {
            self.block(block);
        }
    }

    fn block(&mut self, block: &Block) {
        match block {
            Block::Heading(words) => self.para(Para::of("Heading2"), words),
            Block::Subheading(words) => self.para(Para::of("Heading3"), words),
            Block::Para(words) => self.para(Para::of("BodyText"), words),
            Block::Note(words) => self.para(Para::of("Note"), words),
            Block::Alert(words) => self.para(Para::of("Alert"), words),
            Block::List(items) => {
                for item in items {
                    self.para(Para::of("ListBullet"), item);
                }
            }
            Block::Numbered(items) => {
                self.lists += 1;
                for item in items {
                    self.para(Para { list: Some(self.lists), ..Para::of("ListNumber") }, item);
                }
            }
            Block::Facts(facts) => self.facts(facts),
            Block::Table(table) => self.table(table),
            Block::Grid(grid) => self.grid(grid),
            Block::Steps(steps) => {
                for (index, step) in steps.iter().enumerate() {
                    self.step(index + 1, step);
                }
            }
            Block::Chart(chart) => self.chart(chart),
            Block::PageBreak => self.para(Para { new_page: true, ..Para::of("Gap") }, &Text::default()),
            // A table says the same; a chart is a picture here.
            Block::Bars(_) | Block::Mermaid(_) => {}
            // It stands in the corner of the first page.
            Block::Code(_) => {}
        }
    }

    fn step(&mut self, number: usize, step: &Step) {
        let mut title = Text::of(format!("第{}步：", chinese(number))).join(step.title.clone());
        if !step.actor.is_empty() {
            title = title.then("（").join(step.actor.clone()).then("）");
        }
        self.para(Para { last: step.lines.is_empty() && step.cards.is_empty(), ..Para::of("Step") }, &title);
        for line in &step.lines {
            self.para(Para::of("BodyText"), line);
        }
        if !step.cards.is_empty() {
            self.table(&table::of_cards(&step.cards));
        }
    }

    /// A chart that does not stand at the end.
    fn chart(&mut self, chart: &Chart) {
        if self.refer(chart) {
            return;
        }
        for (index, sheet) in chart.printed().iter().enumerate() {
            let name = match chart.printed() {
                [_] => chart.name.to_owned(),
                _ => format!("{}-{}", chart.name, index + 1),
            };
            match (self.painter)(sheet) {
                Some(png) => self.picture(&name, sheet, png),
                None => self.para(Para::of("BodyText"), &Text::of(format!("{}见“{name}.svg”文件。", chart.name))),
            }
        }
    }

    fn picture(&mut self, name: &str, drawing: &Drawing, png: Vec<u8>) {
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

    /// Turns to paper of the other orientation, if it is not at hand.
    fn turn(&mut self, landscape: bool) {
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

    /// A little room.
    fn gap(&mut self) {
        self.para(Para::of("Gap"), &Text::default());
    }

    /// Room below a table, if something follows: two tables would be one without something between them.
    fn leave_table(&mut self) {
        if std::mem::take(&mut self.after_table) {
            self.gap();
        }
    }

    /// A paragraph that cannot be seen, where there has to be one; it does not begin a page of its own.
    fn hairline(&mut self, more: impl FnOnce(&mut Xml)) {
        self.after_table = false;
        self.xml.el("w:p", &[], |xml| {
            xml.el("w:pPr", &[], |xml| {
                xml.void("w:pStyle", &[("w:val", "Gap")]);
                xml.void("w:spacing", &[("w:line", "20"), ("w:lineRule", "exact")]);
                more(xml);
            });
        });
    }

    fn finish(mut self, page: &Page) -> Vec<u8> {
        if self.after_table {
            self.hairline(|_| {});
        }
        paper(&mut self.xml, self.landscape);
        self.xml.close("w:body");
        self.xml.close("w:document");
        let title = format!("{}{}", page.title.words(), page.kind);
        package::write(&title, self.xml.into_bytes(), &self.links, &self.media, self.lists)
    }
}

/// A side of a drawing; never nothing, so that it can be divided by.
fn pixels(side: i32) -> u64 {
    u64::try_from(side).unwrap_or_default().max(1)
}

/// The paper, its margins and its page numbers. The margins turn with the paper.
fn paper(xml: &mut Xml, landscape: bool) {
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
