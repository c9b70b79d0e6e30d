//! `check`: says everything that can be proved wrong.

use std::io::Write;
use std::path::PathBuf;

use super::failure::Failure;
use super::fix;
use super::load::{self, Done, Visitor, WorkspaceFiles};
use super::report::{Prepared, Reporter, formats, formats_help};
use super::terminal::{Out, Ui};
use yijianshi_core::compile::{Closed, Goal};
use yijianshi_core::message::FORMATS;

/// Arguments of `check`.
#[derive(Debug, clap::Args)]
pub struct Args {
    #[arg(value_name = "路径", help = "文件或文件夹；不写就是当前文件夹")]
    paths: Vec<PathBuf>,
    #[arg(
        long,
        value_name = "格式",
        value_parser = formats(),
        default_value = "human",
        hide_default_value = true,
        hide_possible_values = true,
        help = formats_help()
    )]
    format: String,
    #[arg(long, help = "先自动修改有把握的问题，再报告剩下的")]
    fix: bool,
    #[arg(long, help = "有警告也算不通过（退出码为 1）")]
    deny_warnings: bool,
}

/// Checks; whether nothing stands against it.
pub fn run(args: &Args, ui: &Ui) -> Result<bool, Failure> {
    let mut changed = Vec::new();
    let found = load::find(&args.paths).and_then(|found| {
        if args.fix {
            changed = fix::run(&found)?;
        }
        Ok(found)
    });
    let human = args.format == FORMATS[0].name;
    for line in changed {
        match human {
            true => writeln!(Out::new(), "{line}")?,
            false => ui.message(&line),
        }
    }
    let mut check = Check { reporter: Reporter::new(&args.format, ui)? };
    let done = found.and_then(|found| load::visit(&found, Goal::Check, &mut check));
    let summary = check.reporter.close(done)?;
    Ok(summary.errors == 0 && !(args.deny_warnings && summary.warnings > 0))
}

struct Check {
    reporter: Reporter,
}

impl Visitor for Check {
    type Item = Prepared;
    fn bundle(&self, _: &WorkspaceFiles, done: Done<'_>) -> Result<Prepared, Failure> {
        Ok(self.reporter.prepare(&done.sources, done.compiled.diagnostics))
    }
    fn then(&mut self, item: Prepared) -> Result<(), Failure> {
        self.reporter.say(item)
    }
    fn flush(&mut self) -> Result<(), Failure> {
        self.reporter.flush()
    }
    fn end(&mut self, _: &WorkspaceFiles, closed: Closed) -> Result<(), Failure> {
        let prepared = self.reporter.prepare(&closed.workspace.sources, closed.diagnostics);
        self.reporter.say(prepared)
    }
}
