//! Findings on their way to standard output: counted, each said once.

use std::hash::{DefaultHasher, Hash, Hasher};
use std::io::Write;

use clap::ValueEnum;
use rustc_hash::FxHashSet;

use super::failure::Failure;
use super::terminal::{Out, Ui};
use yijianshi_core::diagnostic::{Diagnostic, JsonReport, Level, Renderer};
use yijianshi_core::source::Sources;

/// How findings are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Format {
    /// For people.
    Human,
    /// For programs.
    Json,
}

/// What was found.
#[derive(Debug, Clone, Copy, Default)]
pub struct Tally {
    /// Files looked at.
    pub files: usize,
    /// Errors.
    pub errors: usize,
    /// Warnings.
    pub warnings: usize,
    /// Findings with a safe fix.
    pub fixable: usize,
}

/// Findings, drawn while others are still being looked for.
pub struct Prepared {
    sources: Sources,
    list: Vec<Ready>,
}

struct Ready {
    key: u64,
    diagnostic: Diagnostic,
    drawn: String,
}

enum Sheet {
    Human(Out),
    Json(Option<JsonReport<Out>>),
}

/// Writes findings.
pub struct Reporter {
    sheet: Sheet,
    renderer: Renderer,
    /// What was said, by file, place, code and words: what is wrong with a parent is found anew with each child.
    said: FxHashSet<u64>,
    tally: Tally,
}

impl Reporter {
    /// To standard output.
    pub fn new(format: Format, ui: &Ui) -> Result<Self, Failure> {
        let sheet = match format {
            Format::Human => Sheet::Human(Out::new()),
            Format::Json => Sheet::Json(Some(JsonReport::open(Out::new())?)),
        };
        let renderer = Renderer::new(ui.theme, ui.width);
        Ok(Reporter { sheet, renderer, said: FxHashSet::default(), tally: Tally::default() })
    }

    /// What takes long: may be done side by side.
    pub fn prepare(&self, sources: Sources, diagnostics: Vec<Diagnostic>) -> Prepared {
        let draw = |diagnostic: Diagnostic| {
            let mut drawn = String::new();
            if let Sheet::Human(_) = self.sheet {
                self.renderer.render(&sources, &diagnostic, &mut drawn);
            }
            Ready { key: key(&sources, &diagnostic), diagnostic, drawn }
        };
        let list = diagnostics.into_iter().map(draw).collect();
        Prepared { sources, list }
    }

    /// Says what has not been said yet.
    pub fn say(&mut self, prepared: Prepared) -> Result<(), Failure> {
        for Ready { key, diagnostic, drawn } in prepared.list {
            if !self.said.insert(key) {
                continue;
            }
            match diagnostic.level {
                Level::Error => self.tally.errors += 1,
                Level::Warning => self.tally.warnings += 1,
            }
            self.tally.fixable += usize::from(diagnostic.fix.as_ref().is_some_and(|fix| fix.safe));
            match &mut self.sheet {
                Sheet::Human(out) => writeln!(out, "{drawn}")?,
                Sheet::Json(report) => {
                    if let Some(report) = report {
                        report.add(&prepared.sources, &diagnostic)?;
                    }
                }
            }
        }
        Ok(())
    }

    /// Shows what was said so far.
    pub fn flush(&mut self) -> Result<(), Failure> {
        if let Sheet::Human(out) = &mut self.sheet {
            out.flush()?;
        }
        Ok(())
    }

    /// Ends the report with the sum of it.
    pub fn close(mut self, files: usize) -> Result<Tally, Failure> {
        self.tally.files = files;
        match &mut self.sheet {
            Sheet::Human(out) => {
                let Tally { files, errors, warnings, fixable } = self.tally;
                let fixable = match fixable {
                    0 => String::new(),
                    count => {
                        format!("；其中 {count} 处可以自动修改（yijianshi check --fix）")
                    }
                };
                writeln!(out, "检查了 {files} 个文件：{errors} 个错误，{warnings} 个警告{fixable}")?;
                out.flush()?;
            }
            Sheet::Json(report) => {
                if let Some(report) = report.take() {
                    report.close(files)?;
                }
            }
        }
        Ok(self.tally)
    }
}

fn key(sources: &Sources, diagnostic: &Diagnostic) -> u64 {
    let mut hasher = DefaultHasher::new();
    let span = diagnostic.span;
    sources.get(span.source).name().hash(&mut hasher);
    (span.start, span.end, diagnostic.code.name, &diagnostic.message).hash(&mut hasher);
    hasher.finish()
}
