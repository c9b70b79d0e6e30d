//! `scenario`: what some answers come to.

mod batch;
mod text;

use std::io::Write;
use std::path::PathBuf;

use super::failure::{Failure, shown};
use super::load::{self, Examined};
use super::terminal::{Out, Ui};
use yijianshi_core::compile::{Compiled, Goal};
use yijianshi_core::diagnostic::Level;
use yijianshi_core::facts::{Asked, Facts};
use yijianshi_core::message::Renderer;
use yijianshi_core::plan::trial::{Attained, ExtremeKind, Numbers, Standing, Trial};
use yijianshi_core::source::Date;

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
    let read =
        |facts: &Facts<'_>, compiled: &Compiled| compiled.is_faultless().then(|| text(args, ui, facts)).transpose();
    let examined = load::one(&args.file, Goal::Check, read)?;
    let no_bundle = || Failure::Other(format!("{} 不是一件事，没有情形", shown(&args.file)));
    let Examined { made, sources, compiled } = examined.ok_or_else(no_bundle)?;
    if let Some(text) = made.flatten() {
        let mut out = Out::new();
        out.write_all(text.as_bytes())?;
        out.flush()?;
        return Ok(true);
    }
    let renderer = Renderer::new(ui.theme, ui.width);
    let mut faults = String::new();
    let errors = compiled.diagnostics.iter().filter(|diagnostic| diagnostic.level == Level::Error);
    errors.for_each(|diagnostic| renderer.render(&sources, diagnostic, &mut faults));
    ui.message(&faults.trim_end());
    ui.message(&"\n文件里有错误，改正以后才能算");
    Ok(false)
}

/// What is shown of a bundle without errors.
fn text(args: &Args, ui: &Ui, facts: &Facts<'_>) -> Result<String, Failure> {
    if args.count {
        let numbers = facts.scenarios().and_then(|mut all| Numbers::new(&mut all).ok()).ok_or_else(intractable)?;
        return Ok(if args.json { json(&numbers) } else { text::numbers(&numbers, ui) });
    }
    if let Some(path) = &args.batch {
        return batch::replies(facts, &batch::text(path)?);
    }
    let (asked, extreme) = match args.extreme() {
        None => (Asked::read(facts.program, &args.answers, &args.without).map_err(faults)?, None),
        Some(kind) => {
            let extremes = if kind == ExtremeKind::Best { facts.extremes() } else { facts.longest() };
            let attained = Attained::new(facts.program, extremes.ok_or_else(intractable)?, kind);
            let attained = attained.ok_or_else(|| unknown(kind))?;
            (Asked { answers: attained.answers, without: attained.without }, Some(attained.extreme))
        }
    };
    let trial = facts.trial(asked).ok_or_else(intractable)?;
    let report = Trial::new(facts.program, &trial, args.from).map_err(|fault| Failure::Other(fault.message()))?;
    let report = Trial { extreme, ..report };
    if matches!(report.standing, Standing::RuledOut | Standing::Unasked) {
        let grounds = report.grounds.join("\n  ");
        return Err(Failure::Other(format!("这些回答不会一起出现：\n  {grounds}")));
    }
    Ok(match args.json {
        true => json(&report),
        false => text::page(&report, ui),
    })
}

fn faults(list: Vec<String>) -> Failure {
    Failure::Other(list.join("\n      "))
}

fn json(value: &impl serde::Serialize) -> String {
    serde_json::to_string_pretty(value).expect("nothing that JSON cannot say") + "\n"
}

fn unknown(kind: ExtremeKind) -> Failure {
    let word = if kind == ExtremeKind::Best { "最短" } else { "最长" };
    let message = "有的事项没有写时限，或者单位之间没有写换算，或者没有人办得了这件事";
    Failure::Other(format!("算不出用时{word}的情形：{message}"))
}

fn intractable() -> Failure {
    Failure::Other("条件牵连太多，没法算清这些情形；先用 check 看看是哪些条件".to_owned())
}
