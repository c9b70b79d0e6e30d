//! What a document for people says, before it is Word, HTML or Markdown: headings, texts, tables, pictures. All formats are
//! written from this, so that they say the same, and every text enters through [`Text`], which makes it presentable.

mod docx;
mod grid;
mod html;
mod markdown;
mod number;
mod table;
mod text;
mod tree;

pub use docx::render as docx;
pub use grid::{Entry, Fill, Grid};
pub use html::{Head, Lead, frame, render as html, render_with as html_with, text as write_text};
pub use markdown::render as markdown;
pub use table::{Cell, Column, Row, Table};
pub use text::Text;
pub use tree::{Bar, Bars, Block, Card, Chart, Figure, Page, Section, Step, Tone};

use crate::write::qr::Code;
use crate::write::{Files, Painter};

impl Page {
    /// With a QR code at its end, if there is one.
    pub fn with_code(mut self, code: Option<Code>) -> Page {
        if let Some(code) = code
            && let Some(last) = self.sections.last_mut()
        {
            last.blocks.push(Block::Code(Box::new(code)));
        }
        self
    }

    /// Writes `name` in Word, as a page and as Markdown. Headings are numbered in all of them.
    pub fn write(mut self, name: &str, painter: Painter<'_>, files: &mut Files) {
        let word = docx(&self, painter);
        files.insert(format!("{name}.docx"), word);
        number::headings(&mut self);
        files.insert(format!("{name}.html"), html(&self));
        files.insert(format!("{name}.md"), markdown(&self));
    }
}
