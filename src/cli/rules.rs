//! `rules`: all that can be said, by subject.

use std::io::Write;

use clap::ValueEnum;
use serde::Serialize;

use super::failure::Failure;
use super::terminal::{Out, Ui};
use yijianshi_core::compile;
use yijianshi_core::diagnostic::{Level, Subject};

/// How the rules are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    /// For people.
    Human,
    /// For programs.
    Json,
}

/// Arguments of `rules`.
#[derive(Debug, clap::Args)]
pub struct Args {
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
}

#[derive(Serialize)]
struct Row {
    name: &'static str,
    subject: &'static str,
    level: &'static str,
    title: &'static str,
    allowable: bool,
}

/// Lists the codes.
pub fn run(args: &Args, ui: &Ui) -> Result<bool, Failure> {
    let codes = compile::codes();
    let mut out = Out::new();
    match args.format {
        Format::Json => {
            let rows: Vec<Row> = codes
                .iter()
                .map(|code| Row {
                    name: code.name,
                    subject: code.subject.label(),
                    level: match code.level {
                        Level::Error => "error",
                        Level::Warning => "warning",
                    },
                    title: code.title(),
                    allowable: code.allowable,
                })
                .collect();
            serde_json::to_writer_pretty(&mut out, &rows).map_err(std::io::Error::from)?;
            writeln!(out)?;
        }
        Format::Human => {
            let width = codes.iter().map(|code| code.name.len()).max().unwrap_or(0);
            let bold = |text: String| if ui.theme.colour { format!("\x1b[1m{text}\x1b[0m") } else { text };
            for subject in Subject::ALL {
                writeln!(out, "{}", bold(subject.label().to_owned()))?;
                for code in codes.iter().filter(|code| code.subject == subject) {
                    let level = match (ui.theme.colour, code.level) {
                        (false, level) => level.label().to_owned(),
                        (true, Level::Error) => format!("\x1b[31m{}\x1b[0m", Level::Error.label()),
                        (true, Level::Warning) => format!("\x1b[33m{}\x1b[0m", Level::Warning.label()),
                    };
                    writeln!(out, "  {:width$}  {level}  {}", code.name, code.title())?;
                }
                writeln!(out)?;
            }
            writeln!(out, "共 {} 种。某一种的说明：yijianshi explain 名称", codes.len())?;
        }
    }
    out.flush()?;
    Ok(true)
}
