//! Findings on their way to standard output: counted, each said once.

use std::hash::{DefaultHasher, Hash, Hasher};
use std::io::Write;

use clap::builder::PossibleValuesParser;
use rustc_hash::FxHashSet;

use super::failure::Failure;
use super::terminal::{Out, Ui};
use yijianshi_core::diagnostic::Diagnostic;
use yijianshi_core::message::{FORMATS, Message, Summary};
use yijianshi_core::source::Sources;

/// The formats, for the command line.
pub fn formats() -> PossibleValuesParser {
    PossibleValuesParser::new(FORMATS.iter().map(|format| format.name))
}

/// The formats, in a line of help.
pub fn formats_help() -> String {
    let list: Vec<_> = FORMATS.iter().map(|format| format!("{}（{}）", format.name, format.about)).collect();
    format!("输出的格式：{}", list.join("、"))
}

/// Findings, drawn while others are still being looked for.
pub struct Prepared {
    list: Vec<Ready>,
}

struct Ready {
    key: u64,
    diagnostic: Diagnostic,
    drawn: String,
}

/// Writes findings.
pub struct Reporter {
    out: Out,
    message: Box<dyn Message>,
    /// What was said, by file, place, code and words: what is wrong with a parent is found anew with each child.
    said: FxHashSet<u64>,
    summary: Summary,
}

impl Reporter {
    /// To standard output.
    pub fn new(format: &str, ui: &Ui) -> Result<Self, Failure> {
        let format = FORMATS.iter().find(|known| known.name == format).unwrap_or(&FORMATS[0]);
        let message = (format.new)(ui.theme, ui.width);
        let mut out = Out::new();
        out.write_all(message.open().as_bytes())?;
        Ok(Reporter { out, message, said: FxHashSet::default(), summary: Summary::default() })
    }

    /// To standard output, for people.
    pub fn for_people(ui: &Ui) -> Result<Self, Failure> {
        Reporter::new(FORMATS[0].name, ui)
    }

    /// What takes long: may be done side by side.
    pub fn prepare(&self, sources: &Sources, diagnostics: Vec<Diagnostic>) -> Prepared {
        let draw = |diagnostic: Diagnostic| Ready {
            key: key(sources, &diagnostic),
            drawn: self.message.finding(sources, &diagnostic),
            diagnostic,
        };
        Prepared { list: diagnostics.into_iter().map(draw).collect() }
    }

    /// Says what has not been said yet.
    pub fn say(&mut self, prepared: Prepared) -> Result<(), Failure> {
        for Ready { key, diagnostic, drawn } in prepared.list {
            if !self.said.insert(key) {
                continue;
            }
            if self.said.len() > 1 {
                self.out.write_all(self.message.between().as_bytes())?;
            }
            self.out.write_all(drawn.as_bytes())?;
            self.summary.add(&diagnostic);
        }
        Ok(())
    }

    /// Shows what was said so far.
    pub fn flush(&mut self) -> Result<(), Failure> {
        if self.message.is_read_live() {
            self.out.flush()?;
        }
        Ok(())
    }

    /// Ends the report with the sum of it, or with what came in the way.
    pub fn close(mut self, done: Result<usize, Failure>) -> Result<Summary, Failure> {
        let failure = done.as_ref().err().map(ToString::to_string);
        self.summary.files = *done.as_ref().unwrap_or(&0);
        self.out.write_all(self.message.close(self.summary, failure.as_deref()).as_bytes())?;
        self.out.flush()?;
        done.map(|_| self.summary)
    }
}

fn key(sources: &Sources, diagnostic: &Diagnostic) -> u64 {
    let mut hasher = DefaultHasher::new();
    let span = diagnostic.span;
    sources.get(span.source).name().hash(&mut hasher);
    (span.start, span.end, diagnostic.code.name, &diagnostic.message).hash(&mut hasher);
    hasher.finish()
}
