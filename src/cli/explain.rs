//! `explain`: the page of a code.

use std::fmt::Write as _;
use std::io::Write as _;

use super::failure::Failure;
use super::terminal::{Out, Ui};
use yijianshi_core::compile;
use yijianshi_core::diagnostic::Code;
use yijianshi_core::diagnostic::closest;
use yijianshi_core::message::wrap;

/// Arguments of `explain`.
#[derive(Debug, clap::Args)]
pub struct Args {
    #[arg(value_name = "名称", help = "问题的名称，例如 circular-preconditions")]
    code: String,
}

/// Shows the page.
pub fn run(args: &Args, ui: &Ui) -> Result<bool, Failure> {
    let codes = compile::codes();
    let wanted = args.code.trim().to_lowercase().replace('_', "-");
    let Some(code) = codes.iter().find(|code| code.name == wanted) else {
        let meant = closest(&wanted, codes.iter().map(|code| code.name));
        let meant = meant.map(|name| format!("，是不是“{name}”？")).unwrap_or_default();
        return Err(Failure::Other(format!("没有“{}”这种问题{meant}\n全部名称见：yijianshi rules", args.code)));
    };
    let mut out = Out::new();
    out.write_all(page(code, ui).as_bytes())?;
    out.flush()?;
    Ok(true)
}

const BOLD: &str = "1";
const CYAN: &str = "36";
const DIM: &str = "2";

/// The page as it is shown: headings stand out, prose is wrapped, code stays as it is.
fn page(code: &Code, ui: &Ui) -> String {
    let paint = |style: &str, text: &str| match ui.theme.colour {
        true => format!("\x1b[{style}m{text}\x1b[0m"),
        false => text.to_owned(),
    };
    let mut out = String::new();
    let allow = if code.allowable { "，可以允许" } else { "" };
    let mut prose = String::new();
    let mut fenced = false;
    let lines = code.page.lines().map(|line| line.strip_prefix(' ').unwrap_or(line).trim_end());
    // Paragraphs are written over several lines.
    for line in lines.chain([""]) {
        let structural = fenced || line.is_empty() || line.starts_with(['#', '`']);
        if structural || is_item(line) {
            flush(&mut prose, ui, &mut out);
        }
        if line.starts_with("```") {
            fenced = !fenced;
        } else if fenced {
            let _ = writeln!(out, "{}", format!("    {}", paint(CYAN, line)).trim_end());
        } else if let Some(title) = line.strip_prefix("# ") {
            let _ = writeln!(out, "{}", paint(BOLD, title));
            let _ = writeln!(
                out,
                "{}",
                paint(DIM, &format!("{}[{}] {}{allow}", code.level.label(), code.name, code.subject.label()))
            );
        } else if let Some(heading) = line.trim_start_matches('#').strip_prefix(' ').filter(|_| line.starts_with('#')) {
            let _ = writeln!(out, "{}", paint(BOLD, heading));
        } else if line.is_empty() {
            if !out.is_empty() && !out.ends_with("\n\n") {
                out.push('\n');
            }
        } else {
            // Between Latin words a line break stands for a blank.
            if prose.ends_with(|c: char| c.is_ascii_alphanumeric())
                && line.starts_with(|c: char| c.is_ascii_alphanumeric())
            {
                prose.push(' ');
            }
            prose += line;
        }
    }
    out.truncate(out.trim_end().len());
    out.push('\n');
    out
}

fn is_item(line: &str) -> bool {
    let numbered = line.trim_start_matches(|c: char| c.is_ascii_digit());
    line.starts_with("- ") || line.starts_with('|') || numbered.len() < line.len() && numbered.starts_with(". ")
}

/// Wraps what was gathered.
fn flush(prose: &mut String, ui: &Ui, out: &mut String) {
    if prose.is_empty() {
        return;
    }
    let text = std::mem::take(prose).replace("**", "").replace('`', "");
    let indent = if is_item(&text) { "  " } else { "" };
    for (index, line) in wrap(&text, ui.width.saturating_sub(2)).iter().enumerate() {
        let indent = if index == 0 { "" } else { indent };
        let _ = writeln!(out, "{indent}{line}");
    }
}
