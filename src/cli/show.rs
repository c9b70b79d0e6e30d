//! `show`: what a file has become after a stage.

mod program;

use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};

use clap::ValueEnum;

use super::failure::{Failure, shown};
use super::load::{self, Done, Visitor, WorkspaceFiles};
use super::terminal::{Out, Ui};
use yijianshi_core::compile::{Closed, Goal};
use yijianshi_core::diagnostic::{Diagnostic, Level, Renderer, Sink};
use yijianshi_core::model::{self, File, Value};
use yijianshi_core::source::{Source, SourceId, Sources};
use yijianshi_core::syntax;

/// A stage.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Stage {
    /// The tree of the text.
    Syntax,
    /// What was written, typed.
    Model,
    /// What was meant: names resolved.
    Program,
    /// The plan.
    Plan,
}

/// Arguments of `show`.
#[derive(Debug, clap::Args)]
pub struct Args {
    #[arg(
        value_name = "步骤",
        value_enum,
        hide_possible_values = true,
        help = "syntax（文字的结构）、model（写了什么）、program（指的是什么）、plan（编译成果）"
    )]
    stage: Stage,
    #[arg(value_name = "文件", help = "一个 .yaml 文件")]
    file: PathBuf,
}

/// Shows a file; whether there was no error in it.
pub fn run(args: &Args, ui: &Ui) -> Result<bool, Failure> {
    let (text, diagnostics) = match args.stage {
        Stage::Syntax | Stage::Model => alone(args)?,
        Stage::Program | Stage::Plan => {
            if !args.file.is_file() {
                fs::File::open(&args.file).map_err(|error| Failure::read(&args.file, error))?;
                return Err(Failure::Other(format!("{} 不是文件，这里要写一个 .yaml 文件", shown(&args.file))));
            }
            let found = load::find(std::slice::from_ref(&args.file))?;
            let mut show = Show { stage: args.stage, shown: None };
            load::visit(&found, Goal::Plan, &mut show)?;
            let no_bundle = || Failure::Other(format!("{} 不是一件事，没有这一步", shown(&args.file)));
            let (text, sources, diagnostics) = show.shown.ok_or_else(no_bundle)?;
            (text, (sources, diagnostics))
        }
    };
    let mut out = Out::new();
    out.write_all(text.as_bytes())?;
    out.flush()?;
    let (sources, diagnostics) = diagnostics;
    let renderer = Renderer::new(ui.theme, ui.width);
    let mut faults = String::new();
    for diagnostic in &diagnostics {
        renderer.render(&sources, diagnostic, &mut faults);
    }
    if !faults.is_empty() {
        ui.message(&faults.trim_end());
    }
    Ok(!diagnostics.iter().any(|diagnostic| diagnostic.level == Level::Error))
}

type Shown = (String, (Sources, Vec<Diagnostic>));

/// What can be shown without a workspace.
fn alone(args: &Args) -> Result<Shown, Failure> {
    let bytes = read(&args.file)?;
    let sources = Sources::from_texts([Source::from_bytes(shown(&args.file), bytes)]);
    let id = SourceId(0);
    let source = sources.get(id);
    let mut sink = Sink::new();
    let document = syntax::parse(id, source, &mut sink);
    let text = match args.stage {
        Stage::Syntax => document.dump(source).to_string(),
        _ => model::read(&document, source, &mut sink).map(|file| json(&export(&file))).unwrap_or_default(),
    };
    Ok((text, (sources, sink.finish())))
}

fn read(path: &Path) -> Result<Vec<u8>, Failure> {
    fs::read(path).map_err(|error| Failure::read(path, error))
}

fn export(file: &File) -> serde_json::Value {
    match file {
        File::Manifest(file) => file.export(),
        File::Materials(file) => file.export(),
        File::Agencies(file) => file.export(),
        File::Elements(file) => file.export(),
        File::Capabilities(file) => file.export(),
        File::Bundle(file) => file.export(),
    }
}

fn json(value: &impl serde::Serialize) -> String {
    serde_json::to_string_pretty(value).expect("nothing that JSON cannot say") + "\n"
}

struct Show {
    stage: Stage,
    shown: Option<(String, Sources, Vec<Diagnostic>)>,
}

impl Visitor for Show {
    type Item = (String, Sources, Vec<Diagnostic>);
    fn bundle(&self, _: &WorkspaceFiles, done: Done<'_>) -> Result<Self::Item, Failure> {
        let text = match self.stage {
            Stage::Program => program::text(done.workspace, &done.sources, done.source),
            _ => done.compiled.plan.as_ref().map(json).unwrap_or_default(),
        };
        Ok((text, done.sources, done.compiled.diagnostics))
    }
    fn then(&mut self, item: Self::Item) -> Result<(), Failure> {
        self.shown = Some(item);
        Ok(())
    }
    fn end(&mut self, _: &WorkspaceFiles, _: Closed) -> Result<(), Failure> {
        Ok(())
    }
}
