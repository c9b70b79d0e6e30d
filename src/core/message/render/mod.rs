//! Diagnostics for a terminal, in Chinese.
//!
//! A block has a headline, the places with carets, what to do, what a fix would change, and where to read more. It is quiet:
//! what says nothing (blank context, a second arrow to the same place) is left out.

mod change;
mod snippet;
mod text;
mod theme;

use std::fmt::Write as _;

use change::Row;
use snippet::{Mark, Pen};
pub use text::wrap;
use text::{text_columns, visible_text};
pub use theme::Theme;

use crate::diagnostic::{Diagnostic, Fix, Level};
use crate::source::{Place, Source, SourceId, Sources};

/// So many other places are shown with their lines; more would bury the finding.
const MOST_RELATED: usize = 8;

/// Renders diagnostics for people.
#[derive(Debug, Clone)]
pub struct Renderer {
    theme: Theme,
    width: usize,
}

/// An excerpt to be: marks of one source that go with each other.
struct Sheet {
    source: SourceId,
    marks: Vec<Mark>,
}

impl Renderer {
    /// For a terminal `width` columns wide.
    pub fn new(theme: Theme, width: usize) -> Self {
        Renderer { theme, width: width.max(40) }
    }

    /// Appends the block of `diagnostic` to `out`. It ends with a line break; a blank line between blocks is the caller's.
    pub fn render(&self, sources: &Sources, diagnostic: &Diagnostic, out: &mut String) {
        self.headline(diagnostic, out);
        let sheets = self.sheets(sources, diagnostic);
        let last_line = sheets
            .iter()
            .flat_map(|sheet| sheet.marks.iter().map(|mark| mark.last_shown(sources.get(sheet.source))))
            .max()
            .unwrap_or(0);
        let digits = (last_line + 1).to_string().len();
        let pen = Pen { theme: self.theme, width: self.width, digits, level: diagnostic.level };
        for (index, sheet) in sheets.into_iter().enumerate() {
            self.sheet(sources.get(sheet.source), sheet.marks, index > 0, &pen, out);
        }
        if diagnostic.related.len() > MOST_RELATED {
            let more = diagnostic.related.len() - MOST_RELATED;
            let _ = writeln!(out, "  另有 {more} 处，从略");
        }
        if let Some(help) = &diagnostic.help {
            self.item("建议：", help, out);
        }
        if let Some(fix) = &diagnostic.fix {
            self.fix(sources, diagnostic.span.source, fix, digits, out);
        }
        let more = format!("详见：yijianshi explain {}", diagnostic.code.name);
        let _ = writeln!(out, "  {}", self.paint(DIM, &more));
    }

    fn headline(&self, diagnostic: &Diagnostic, out: &mut String) {
        let level = format!("{}[{}]", diagnostic.level.label(), diagnostic.code.name);
        let message = visible_text(&diagnostic.message, self.theme.unicode);
        let colour = match diagnostic.level {
            Level::Error => RED,
            Level::Warning => YELLOW,
        };
        for (index, line) in wrap(&format!("{level}：{message}"), self.width - 2).iter().enumerate() {
            let indent = if index == 0 { "" } else { "  " };
            let (head, rest) = match line.strip_prefix(&level) {
                Some(rest) if index == 0 => (self.paint(colour, &level), rest),
                _ => (String::new(), line.as_str()),
            };
            let _ = writeln!(out, "{indent}{head}{}", self.paint(BOLD, rest));
        }
    }

    /// Distributes the places over excerpts: first the one with the primary span, then others of that file that cannot be in
    /// it, then other files in the order in which they are named.
    fn sheets(&self, sources: &Sources, diagnostic: &Diagnostic) -> Vec<Sheet> {
        let mut sheets: Vec<Sheet> = Vec::new();
        let primary = (diagnostic.span, diagnostic.label.as_deref(), true);
        let related = diagnostic.related.iter().take(MOST_RELATED);
        for (span, label, is) in std::iter::once(primary).chain(related.map(|it| (it.span, Some(&*it.note), false))) {
            let source = sources.get(span.source);
            let mark = Mark::new(source, span, label, is, self.theme);
            let fits = |sheet: &&mut Sheet| {
                sheet.source == span.source
                    && sheet.marks.iter().all(|other| other.goes_with(&mark, source, self.width))
            };
            match sheets.iter_mut().find(fits) {
                Some(sheet) => sheet.marks.push(mark),
                None => sheets.push(Sheet { source: span.source, marks: vec![mark] }),
            }
        }
        let home = diagnostic.span.source;
        sheets.sort_by_key(|sheet| sheet.source != home);
        sheets
    }

    fn sheet(&self, source: &Source, marks: Vec<Mark>, further: bool, pen: &Pen, out: &mut String) {
        let (top, bar, bottom) = if self.theme.unicode { ("╭", "─", "╰") } else { (",", "-", "`") };
        let indent = " ".repeat(pen.digits + 2);
        let also = if further { format!("另见{bar}") } else { String::new() };
        let at = marks[0].start();
        let name = visible_text(source.name(), self.theme.unicode);
        if source.text().is_empty() {
            // There is nothing to point at: a file that is empty or could not be read.
            let _ = writeln!(out, "{indent}{top}{bar}{also}[{}]", self.paint(CYAN, &name));
            if !marks[0].label().is_empty() {
                let head = format!("{bottom}{} ", bar.repeat(2));
                let left = indent.len() + text_columns(&head);
                for (index, line) in wrap(marks[0].label(), self.width.saturating_sub(left)).iter().enumerate() {
                    let head = if index == 0 { head.as_str() } else { "    " };
                    let _ = writeln!(out, "{indent}{head}{line}");
                }
                return;
            }
        } else {
            let Place { line, column } = source.place(at);
            let _ = writeln!(out, "{indent}{top}{bar}{also}[{}]", self.paint(CYAN, &format!("{name}:{line}:{column}")));
            pen.draw(source, marks, out);
        }
        let _ = writeln!(out, "{indent}{bottom}{}", bar.repeat(4));
    }

    fn item(&self, head: &str, text: &str, out: &mut String) {
        let indent = text_columns(head) + 2;
        let text = visible_text(text, self.theme.unicode);
        for (index, line) in wrap(&text, self.width.saturating_sub(indent)).iter().enumerate() {
            let _ = match index {
                0 => writeln!(out, "  {}{line}", self.paint(CYAN, head)),
                _ => writeln!(out, "{}{line}", " ".repeat(indent)),
            };
        }
    }

    fn fix(&self, sources: &Sources, home: SourceId, fix: &Fix, digits: usize, out: &mut String) {
        let who = if fix.safe { "check --fix 会自动改" } else { "须由人确认，check --fix 不会改" };
        self.item("修改：", &format!("{}（{who}）", fix.title), out);
        let room = self.width.saturating_sub(digits + 4).max(24);
        for row in change::rows(sources, home, &fix.edits, room, self.theme) {
            let _ = match row {
                Row::Old(line, text) => {
                    let text = format!("- {text}");
                    writeln!(
                        out,
                        " {} {}",
                        self.paint(DIM, &format!("{line:digits$}")),
                        self.paint(RED_PLAIN, text.trim_end())
                    )
                }
                Row::New(line, text) => {
                    let text = format!("+ {text}");
                    let line = line.map(|line| line.to_string()).unwrap_or_default();
                    let line = self.paint(DIM, &format!("{line:>digits$}"));
                    writeln!(out, " {line} {}", self.paint(GREEN, text.trim_end()))
                }
                Row::File(name) => writeln!(out, " {:digits$} [{}]", "", self.paint(CYAN, &name)),
                Row::MoreLines(count) => writeln!(out, " {:digits$}   另有 {count} 行，从略", ""),
                Row::MorePlaces(count) => writeln!(out, " {:digits$}   另有 {count} 处，从略", ""),
            };
        }
    }

    fn paint(&self, style: &str, text: &str) -> String {
        if self.theme.colour && !text.is_empty() { format!("\x1b[{style}m{text}\x1b[0m") } else { text.to_owned() }
    }
}

const RED: &str = "1;31";
const YELLOW: &str = "1;33";
const BOLD: &str = "1";
const CYAN: &str = "36";
const DIM: &str = "2";
const RED_PLAIN: &str = "31";
const GREEN: &str = "32";
