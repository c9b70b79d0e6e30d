//! `scenario`: what some answers come to.

mod asked;
mod batch;
mod text;

use std::fs;
use std::io::Write;
use std::path::PathBuf;

use super::failure::{Failure, shown};
use super::load::{self, Done, Visitor, WorkspaceFiles};
use super::terminal::{Out, Ui};
use yijianshi_core::compile::{Closed, Goal};
use yijianshi_core::diagnostic::{Diagnostic, Level, Renderer, Sink};
use yijianshi_core::outcome::{self, Extremes, Timing};
use yijianshi_core::plan::trial::{Attained, ExtremeKind, Numbers, Trial};
use yijianshi_core::program;
use yijianshi_core::scenario::{Budget, Full, Intractable, Scenarios, Standing};
use yijianshi_core::source::{Date, Sources};

/// Arguments of `scenario`.
#[derive(Debug, clap::Args)]
pub struct Args {
    #[arg(value_name = "文件", help = "一件事的 .yaml 文件")]
    file: PathBuf,
    #[arg(
        long,
        value_name = "问题=回答",
        num_args = 1..,
        help = "对情形问题的回答，可以写几个，也可以不答全；多选的用顿号隔开"
    )]
    answers: Vec<String>,
    #[arg(long, value_name = "事项", num_args = 1.., help = "申请人不办的事项")]
    without: Vec<String>,
    #[arg(long, value_name = "日期", value_parser = date, help = "哪天申请；写了就算出办结的日期")]
    from: Option<Date>,
    #[arg(long, conflicts_with_all = ["answers", "without", "from"], help = "数一数有多少种情形")]
    count: bool,
    #[arg(long, conflicts_with_all = ["answers", "without", "count", "best"], help = "找出用时最长的情形")]
    worst: bool,
    #[arg(long, conflicts_with_all = ["answers", "without", "count"], help = "找出用时最短的情形（适用的都办）")]
    best: bool,
    #[arg(
        long,
        value_name = "文件",
        conflicts_with_all = ["answers", "without", "from", "count", "worst", "best"],
        requires = "json",
        help = "一次算多组：文件里一行一组 JSON（answers、without、from），- 是标准输入；结果也是一行一组"
    )]
    batch: Option<PathBuf>,
    #[arg(long, help = "输出 JSON，供其他程序使用")]
    json: bool,
}

impl Args {
    fn extreme(&self) -> Option<ExtremeKind> {
        let kinds = [(self.worst, ExtremeKind::Worst), (self.best, ExtremeKind::Best)];
        kinds.into_iter().find(|(wanted, _)| *wanted).map(|(_, kind)| kind)
    }
}

fn date(text: &str) -> Result<Date, String> {
    Date::parse(text).ok_or_else(|| "要写成 2026-09-28 这样的日期".to_owned())
}

/// Shows what the answers come to; whether there was no error in the file.
pub fn run(args: &Args, ui: &Ui) -> Result<bool, Failure> {
    if !args.file.is_file() {
        fs::File::open(&args.file).map_err(|error| Failure::read(&args.file, error))?;
        return Err(Failure::Other(format!("{} 不是文件，这里要写一件事的 .yaml 文件", shown(&args.file))));
    }
    let found = load::find(std::slice::from_ref(&args.file))?;
    let mut scenario = Scenario { args, ui, shown: None };
    load::visit(&found, Goal::Check, &mut scenario)?;
    let no_bundle = || Failure::Other(format!("{} 不是一件事，没有情形", shown(&args.file)));
    match scenario.shown.ok_or_else(no_bundle)? {
        Shown::Text(text) => {
            let mut out = Out::new();
            out.write_all(text.as_bytes())?;
            out.flush()?;
            Ok(true)
        }
        Shown::Faults(sources, diagnostics) => {
            let renderer = Renderer::new(ui.theme, ui.width);
            let mut faults = String::new();
            diagnostics.iter().for_each(|diagnostic| renderer.render(&sources, diagnostic, &mut faults));
            ui.message(&faults.trim_end());
            ui.message(&"\n文件里有错误，改正以后才能算");
            Ok(false)
        }
    }
}

/// What became of the file.
enum Shown {
    Text(String),
    Faults(Sources, Vec<Diagnostic>),
}

struct Scenario<'a> {
    args: &'a Args,
    ui: &'a Ui,
    shown: Option<Shown>,
}

impl Visitor for Scenario<'_> {
    type Item = Shown;
    fn bundle(&self, _: &WorkspaceFiles, done: Done<'_>) -> Result<Shown, Failure> {
        let mut faults = done.compiled.diagnostics;
        faults.retain(|diagnostic| diagnostic.level == Level::Error);
        // It was loaded before: what is wrong with it has been said.
        let mut sink = Sink::new();
        let loaded = program::load(done.workspace, &done.sources, done.source, &mut sink);
        let (Some(loaded), []) = (loaded, &faults[..]) else { return Ok(Shown::Faults(done.sources, faults)) };
        let program = program::resolve(done.workspace, loaded, &mut sink);
        if self.args.count {
            let mut scenarios = Scenarios::new(&program, Budget::default()).map_err(intractable)?;
            let numbers = Numbers::new(&mut scenarios).map_err(|Full| intractable(Intractable::of(&program)))?;
            return Ok(Shown::Text(if self.args.json { json(&numbers) } else { text::numbers(&numbers, self.ui) }));
        }
        let mut scenarios = Scenarios::new(&program, Budget::default()).map_err(intractable)?;
        let full = |Full| intractable(Intractable::of(&program));
        let timing = Timing::new(&program);
        if let Some(path) = &self.args.batch {
            let text = batch::text(path)?;
            return Ok(Shown::Text(batch::replies(&program, &mut scenarios, &timing, &text)?));
        }
        let (asked, extreme) = match self.args.extreme() {
            None => (asked::read(&program, &self.args.answers, &self.args.without)?, None),
            Some(kind) => {
                let extremes = Extremes::new(&mut scenarios, &timing, kind == ExtremeKind::Best).map_err(full)?;
                let attained = Attained::new(&program, &extremes, kind).ok_or_else(|| unknown(kind))?;
                (asked::Asked { answers: attained.answers, without: attained.without }, Some(attained.extreme))
            }
        };
        let trial = outcome::Trial::new(&mut scenarios, &timing, asked.answers, asked.without).map_err(full)?;
        let report = Trial::new(&program, &trial, self.args.from).map_err(|fault| Failure::Other(fault.message()))?;
        let report = Trial { extreme, ..report };
        if matches!(trial.standing, Standing::RuledOut(_) | Standing::Unasked(_)) {
            let grounds = report.grounds.join("\n  ");
            return Err(Failure::Other(format!("这些回答不会一起出现：\n  {grounds}")));
        }
        Ok(Shown::Text(match self.args.json {
            true => json(&report),
            false => text::page(&report, self.ui),
        }))
    }
    fn then(&mut self, item: Shown) -> Result<(), Failure> {
        self.shown = Some(item);
        Ok(())
    }
    fn end(&mut self, _: &WorkspaceFiles, _: Closed) -> Result<(), Failure> {
        Ok(())
    }
}

fn json(value: &impl serde::Serialize) -> String {
    serde_json::to_string_pretty(value).expect("nothing that JSON cannot say") + "\n"
}

fn unknown(kind: ExtremeKind) -> Failure {
    let word = if kind == ExtremeKind::Best { "最短" } else { "最长" };
    let message = "有的事项没有写时限，或者单位之间没有写换算，或者没有人办得了这件事";
    Failure::Other(format!("算不出用时{word}的情形：{message}"))
}

fn intractable(_: Intractable) -> Failure {
    Failure::Other("条件牵连太多，没法算清这些情形；先用 check 看看是哪些条件".to_owned())
}
