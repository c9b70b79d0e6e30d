//! Texts: the only way in which words enter a document.

use crate::write::html::Url;
use crate::write::text::display;

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
