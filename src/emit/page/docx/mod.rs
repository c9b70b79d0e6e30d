//! Documents as Word files (WordprocessingML, ISO 29500), set as official documents are (GB/T 9704-2012): page, fonts, numbered
//! headings, page numbers. Styles, fonts and settings are files in `parts`; what depends on the document is written here, in
//! the order that the schema demands. The same document gives the same bytes: ids count up, and no time is written.
//!
//! Our own, because the crate for it lacks repeated headings, alternative texts and the schema's order. A picture higher than half a page
//! stands at the end as 附图, as annexes of official documents do: where it is spoken of it would leave the page before it empty.

mod annex;
mod body;
mod contents;
mod grid;
mod paper;
mod picture;
mod table;
#[cfg(test)]
mod tests;
mod text;
mod widths;

use super::number::chinese;
use super::text::Text;
use super::tree::{Block, Chart, Figure, Page, Section, Step};
use crate::write::Painter;
use crate::write::docx;
use crate::write::qr::Code;
use body::Body;
use text::Para;

/// A document as a Word file.
pub fn render(page: &Page, painter: Painter<'_>) -> Vec<u8> {
    let mut body = Body::new(painter, annex::of(page, painter), page.landscape);
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

impl Body<'_> {
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

    fn finish(mut self, page: &Page) -> Vec<u8> {
        if self.after_table {
            self.hairline(|_| {});
        }
        paper::paper(&mut self.xml, self.landscape);
        self.xml.close("w:body");
        self.xml.close("w:document");
        let title = format!("{}{}", page.title.words(), page.kind);
        docx::write(&title, self.xml.into_bytes(), &self.links, &self.media, self.lists)
    }
}
