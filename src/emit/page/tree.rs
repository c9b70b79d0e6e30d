//! Headings, texts, tables, pictures: a document before it is Word, HTML or Markdown.

use super::grid::Grid;
use super::table::Table;
use super::text::Text;
use crate::write::qr::Code;
use crate::write::svg::Drawing;
use yijianshi_core::expr::Number;

/// A document.
#[derive(Debug, Default)]
pub struct Page {
    /// What kind of document it is.
    pub kind: &'static str,
    /// What it is about.
    pub title: Text,
    /// What stands below the title.
    pub subtitle: Text,
    /// That it is a draft or on trial.
    pub notice: Option<Text>,
    /// The figures that matter most.
    pub figures: Vec<Figure>,
    /// Its sections, in order.
    pub sections: Vec<Section>,
    /// What stands at the foot.
    pub foot: Vec<Text>,
    /// Printed on landscape paper.
    pub landscape: bool,
}

/// A figure to be seen first.
#[derive(Debug)]
pub struct Figure {
    /// Of what.
    pub label: Text,
    /// How much.
    pub value: Text,
    /// Of which unit.
    pub unit: Text,
    /// How much it was.
    pub before: Option<Text>,
    /// How much was saved.
    pub saved: Option<Text>,
}

/// A section.
#[derive(Debug)]
pub struct Section {
    /// Its anchor.
    pub id: &'static str,
    /// Its heading.
    pub title: Text,
    /// What it says.
    pub blocks: Vec<Block>,
    /// Printed on landscape paper.
    pub landscape: bool,
}

/// A part of a section.
#[derive(Debug)]
pub enum Block {
    /// A heading within the section.
    Heading(Text),
    /// A heading below such a one.
    Subheading(Text),
    /// A paragraph.
    Para(Text),
    /// A remark of less weight.
    Note(Text),
    /// Something not to be overlooked.
    Alert(Text),
    /// A list.
    List(Vec<Text>),
    /// A numbered list.
    Numbered(Vec<Text>),
    /// Names and what they stand for.
    Facts(Vec<(Text, Text)>),
    /// A table.
    Table(Table),
    /// A form to be filled in.
    Grid(Grid),
    /// Steps, one after another.
    Steps(Vec<Step>),
    /// Bars over time; only a picture, a table says the same.
    Bars(Bars),
    /// A chart; in Markdown, what it shows is said in words only.
    Chart(Box<Chart>),
    /// A Mermaid chart, in Markdown only.
    Mermaid(String),
    /// The QR code, with its words; in Markdown, where it leads.
    Code(Box<Code>),
    /// What follows begins on a new page.
    PageBreak,
}

/// A step.
#[derive(Debug)]
pub struct Step {
    /// What is done.
    pub title: Text,
    /// Whose colour.
    pub tone: Tone,
    /// Who does it.
    pub actor: Text,
    /// More about it.
    pub lines: Vec<Text>,
    /// What is done at the same time within it.
    pub cards: Vec<Card>,
}

/// A part of a step.
#[derive(Debug)]
pub struct Card {
    /// Whose colour.
    pub tone: Tone,
    /// What is done.
    pub title: Text,
    /// How long it takes.
    pub badge: Option<Text>,
    /// More about it.
    pub lines: Vec<Text>,
}

/// Bars over one axis that begins at zero.
#[derive(Debug)]
pub struct Bars {
    /// What it shows, in one sentence.
    pub label: Text,
    /// Where the axis ends.
    pub end: Number,
    /// What is written along it.
    pub ticks: Vec<(Number, Text)>,
    /// The bars.
    pub bars: Vec<Bar>,
}

/// A bar.
#[derive(Debug)]
pub struct Bar {
    /// Of what.
    pub label: Text,
    /// Whose colour.
    pub tone: Tone,
    /// Where it begins.
    pub start: Number,
    /// Where it ends.
    pub finish: Number,
    /// What is written on it.
    pub text: Text,
}

/// Whose something is, as a colour.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tone {
    /// Nobody's.
    Plain,
    /// The applicant's.
    Applicant,
    /// The counter's.
    Window,
    /// An agency's, by its place in the plan.
    Agency(usize),
}

/// A chart as a drawing.
#[derive(Debug, Clone)]
pub struct Chart {
    /// Its name, which its files bear too.
    pub name: &'static str,
    /// All of it.
    pub whole: Drawing,
    /// The sheets into which it is cut; none if the whole can be read on a sheet of A4.
    pub sheets: Vec<Drawing>,
}

impl Chart {
    /// What is to be printed: its sheets, or all of it on one.
    pub fn printed(&self) -> &[Drawing] {
        if self.sheets.is_empty() { std::slice::from_ref(&self.whole) } else { &self.sheets }
    }
}

impl Section {
    /// A section, if it says anything.
    pub fn new(id: &'static str, title: &str, blocks: Vec<Block>) -> Option<Section> {
        (!blocks.is_empty()).then(|| Section { id, title: Text::of(title), blocks, landscape: false })
    }

    /// On landscape paper.
    pub fn landscape(self) -> Section {
        Section { landscape: true, ..self }
    }
}

impl Tone {
    /// Its name in the style sheet.
    pub fn class(self) -> &'static str {
        match self {
            Tone::Plain => "plain",
            Tone::Applicant => "applicant",
            Tone::Window => "window",
            Tone::Agency(index) => ["a0", "a1", "a2", "a3", "a4"][index % 5],
        }
    }
}
