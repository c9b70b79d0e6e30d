//! What a document for people says, before it is Word, HTML or Markdown: headings, texts, tables, pictures. All formats are
//! written from this, so that they say the same, and every text enters through [`Text`], which makes it presentable.

mod docx;
mod grid;
mod html;
mod markdown;
mod number;
mod table;

pub(crate) use docx::pack;
pub use docx::render as docx;
pub use grid::{Entry, Fill, Grid};
pub use html::{
    Head, Lead, frame, render as html, render_with as html_with, text as write_text, write_code, write_table,
};
pub use markdown::{escaped as markdown_text, render as markdown};
pub use table::{Cell, Column, Row, Table};

use crate::documents::code::Code;
use crate::parts::charts::Chart;
use crate::write::html::Url;
use crate::write::text::display;
use crate::{Files, Painter};
use yijianshi_core::expr::Number;
use yijianshi_core::plan::Plan;

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

/// A text with parts of different weight.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Text(Vec<Run>);

/// A part of a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Run {
    /// Plain.
    Plain(String),
    /// Of weight.
    Strong(String),
    /// Of less weight.
    Quiet(String),
    /// A short mark.
    Tag(String),
    /// A mark that something is good.
    Good(String),
    /// A link.
    Link(Url, String),
    /// Room to write by hand, in full-width characters.
    Blank(usize),
    /// A new line.
    Break,
}

impl Text {
    /// Nothing.
    pub const EMPTY: Text = Text(Vec::new());

    /// Plain text.
    pub fn of(text: impl AsRef<str>) -> Text {
        Text::default().then(text)
    }

    /// A text of weight.
    pub fn bold(text: impl AsRef<str>) -> Text {
        Text::default().strong(text)
    }

    /// Followed by plain text.
    pub fn then(self, text: impl AsRef<str>) -> Text {
        self.run(Run::Plain, text)
    }

    /// Followed by text of weight.
    pub fn strong(self, text: impl AsRef<str>) -> Text {
        self.run(Run::Strong, text)
    }

    /// Followed by text of less weight.
    pub fn quiet(self, text: impl AsRef<str>) -> Text {
        self.run(Run::Quiet, text)
    }

    /// Followed by a mark.
    pub fn tag(self, text: impl AsRef<str>) -> Text {
        self.run(Run::Tag, text)
    }

    /// Followed by a mark that something is good.
    pub fn good(self, text: impl AsRef<str>) -> Text {
        self.run(Run::Good, text)
    }

    /// Followed by an address, as a link if it is one of the web.
    pub fn address(mut self, text: &str) -> Text {
        match Url::web(text) {
            Some(url) => {
                self.0.push(Run::Link(url, display(text)));
                self
            }
            None => self.then(text),
        }
    }

    /// Followed by a link.
    pub fn link(mut self, url: Url, text: impl AsRef<str>) -> Text {
        self.0.push(Run::Link(url, display(text.as_ref())));
        self
    }

    /// Followed by room to write `width` full-width characters by hand.
    pub fn blank(mut self, width: usize) -> Text {
        self.0.push(Run::Blank(width));
        self
    }

    /// Followed by a new line, unless nothing stands before.
    pub fn line(mut self) -> Text {
        if !self.is_empty() {
            self.0.push(Run::Break);
        }
        self
    }

    /// Followed by another text.
    pub fn join(mut self, other: Text) -> Text {
        self.0.extend(other.0);
        self
    }

    /// One text of several, each on a line of its own.
    pub fn lines(texts: impl IntoIterator<Item = Text>) -> Text {
        texts.into_iter().fold(Text::default(), |all, text| if text.is_empty() { all } else { all.line().join(text) })
    }

    /// Whether it says nothing.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Its parts.
    pub fn runs(&self) -> &[Run] {
        &self.0
    }

    /// Its words alone.
    pub fn words(&self) -> String {
        let mut words = String::new();
        for run in &self.0 {
            match run {
                Run::Plain(text)
                | Run::Strong(text)
                | Run::Quiet(text)
                | Run::Tag(text)
                | Run::Good(text)
                | Run::Link(_, text) => words.push_str(text),
                Run::Blank(width) => words.extend(std::iter::repeat_n('＿', *width)),
                Run::Break => words.push(' '),
            }
        }
        words
    }

    fn run(mut self, make: fn(String) -> Run, text: impl AsRef<str>) -> Text {
        let text = display(text.as_ref());
        if !text.is_empty() {
            self.0.push(make(text));
        }
        self
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

impl Page {
    /// With the bundle's QR code at its end, if it has one.
    pub fn with_code(mut self, plan: &Plan) -> Page {
        if let Some(code) = Code::of(plan)
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
