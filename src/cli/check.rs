//! `check`: says everything that can be proved wrong.

use std::io::Write;
use std::path::PathBuf;

use super::failure::Failure;
use super::fix;
use super::load::{self, Done, Visitor, WorkspaceFiles};
use super::report::{Format, Prepared, Reporter};
use super::terminal::{Out, Ui};
use yijianshi_core::compile::{Closed, Goal};

/// Arguments of `check`.
#[derive(Debug, clap::Args)]
pub struct Args {
    #[arg(value_name = "路径", help = "文件或文件夹；不写就是当前文件夹")]
    paths: Vec<PathBuf>,
    #[arg(
        long,
        value_name = "格式",
        value_enum,
        default_value = "human",
        hide_default_value = true,
        hide_possible_values = true,
        help = "输出的格式：human（给人看，缺省）、json（给程序读）"
    )]
    format: Format,
    #[arg(long, help = "先自动修改有把握的问题，再报告剩下的")]
    fix: bool,
    #[arg(long, help = "有警告也算不通过（退出码为 1）")]
    deny_warnings: bool,
}

/// Checks; whether nothing stands against it.
pub fn run(args: &Args, ui: &Ui) -> Result<bool, Failure> {
    let found = load::find(&args.paths)?;
    if args.fix {
        let changed = fix::run(&found)?;
        let mut out = Out::new();
        for line in changed {
            match args.format {
                Format::Human => writeln!(out, "{line}")?,
                Format::Json => ui.message(&line),
            }
        }
        out.flush()?;
    }
    let mut check = Check { reporter: Reporter::new(args.format, ui)? };
    load::visit(&found, Goal::Check, &mut check)?;
    let tally = check.reporter.close(found.iter().map(WorkspaceFiles::selected).sum())?;
    Ok(tally.errors == 0 && !(args.deny_warnings && tally.warnings > 0))
}

struct Check {
    reporter: Reporter,
}

impl Visitor for Check {
    type Item = Prepared;
    fn bundle(&self, _: &WorkspaceFiles, done: Done<'_>) -> Result<Prepared, Failure> {
        Ok(self.reporter.prepare(done.sources, done.compiled.diagnostics))
    }
    fn then(&mut self, item: Prepared) -> Result<(), Failure> {
        self.reporter.say(item)
    }
    fn flush(&mut self) -> Result<(), Failure> {
        self.reporter.flush()
    }
    fn end(&mut self, _: &WorkspaceFiles, closed: Closed) -> Result<(), Failure> {
        let prepared = self.reporter.prepare(closed.workspace.sources, closed.diagnostics);
        self.reporter.say(prepared)
    }
}
