//! `show`: what a file has become after a stage.

use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};

use clap::ValueEnum;

use super::failure::{Failure, shown};
use super::load::{self, Examined};
use super::terminal::{Out, Ui};
use yijianshi_core::compile::{self, Compiled, Goal};
use yijianshi_core::diagnostic::{Diagnostic, Level};
use yijianshi_core::facts::{Facts, Intractable};
use yijianshi_core::message::Renderer;
use yijianshi_core::plan;
use yijianshi_core::source::{Source, Sources};

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
    let (text, sources, diagnostics) = match args.stage {
        Stage::Syntax => alone(&args.file, compile::Stage::Syntax)?,
        Stage::Model => alone(&args.file, compile::Stage::Model)?,
        Stage::Program => examined(&args.file, Goal::Check, |facts, _| Ok(facts.dump()))?,
        Stage::Plan => examined(&args.file, Goal::Plan, |facts, compiled| {
            let plan = compiled.is_faultless().then(|| plan::build(facts, &compiled.allowed)).transpose()?;
            Ok(plan.as_ref().map(json).unwrap_or_default())
        })?,
    };
    let mut out = Out::new();
    out.write_all(text.as_bytes())?;
    out.flush()?;
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

type Shown = (String, Sources, Vec<Diagnostic>);
type Text = fn(&Facts<'_>, &Compiled) -> Result<String, Intractable>;

/// What can be shown without a workspace.
fn alone(path: &Path, stage: compile::Stage) -> Result<Shown, Failure> {
    let bytes = fs::read(path).map_err(|error| Failure::read(path, error))?;
    Ok(compile::alone(Source::from_bytes(shown(path), bytes), stage))
}

/// What can only be shown of a bundle in its workspace.
fn examined(path: &Path, goal: Goal, text: Text) -> Result<Shown, Failure> {
    let examined = load::one(path, goal, |facts, compiled| Ok(text(facts, compiled)))?;
    let no_bundle = || Failure::Other(format!("{} 不是一件事，没有这一步", shown(path)));
    let Examined { made, sources, mut compiled } = examined.ok_or_else(no_bundle)?;
    let text = made.transpose().unwrap_or_else(|intractable| {
        compiled.diagnostics.push(intractable.diagnostic());
        None
    });
    Ok((text.unwrap_or_default(), sources, compiled.diagnostics))
}

fn json(value: &impl serde::Serialize) -> String {
    serde_json::to_string_pretty(value).expect("nothing that JSON cannot say") + "\n"
}
