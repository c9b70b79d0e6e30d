//! Pieces of a source with carets: the only file that names miette, which draws them.
//!
//! miette would print long lines whole, count columns in bytes and scan the text for each diagnostic. So it is handed a small
//! excerpt, made from the line table, in which every line already fits; file names, frames and prose are ours.

use std::fmt;
use std::ops::Range;

use miette::{
    GraphicalReportHandler, GraphicalTheme, LabeledSpan, MietteError, MietteSpanContents, SourceCode, SourceSpan,
    SpanContents, ThemeCharacters, ThemeStyles,
};

use super::text::{Cut, Focus, NEVER_WHOLE, cut, line_columns, text_columns, visible_text, wrap_evenly};
use super::theme::Theme;
use crate::diagnostic::Level;
use crate::source::{Source, Span};

/// A span of more lines is marked on its first one only.
const MOST_LINES: usize = 6;

/// Columns of the bow between a caret and its words.
const BOW: usize = 4;

/// A place to mark, in one source.
#[derive(Debug, Clone)]
pub(super) struct Mark {
    start: usize,
    end: usize,
    /// First and last line, from 0.
    first: usize,
    last: usize,
    label: String,
    primary: bool,
}

impl Mark {
    /// Marks `span`. Line breaks at its end are left out, so that an entry with its line break is still one line.
    pub fn new(source: &Source, span: Span, label: Option<&str>, primary: bool, theme: Theme) -> Self {
        let range = span.range();
        let mut written = source.text()[range.clone()].trim_end_matches(['\n', '\r']);
        if written.contains('\n') {
            written = written.trim_end();
        }
        let mut end = range.start + written.len();
        let (first, mut last) = (source.line_of(range.start), source.line_of(end));
        let mut label = visible_text(label.unwrap_or_default(), theme.unicode);
        if last - first >= MOST_LINES {
            let until = format!("到第 {} 行", last + 1);
            label = if label.is_empty() { until } else { format!("{label}（{until}）") };
            last = first;
            end = source.line_range(first).end;
        }
        // A line break is not shown: what stands in it stands at the end of its line.
        let start = range.start.min(source.line_range(first).end);
        let end = end.min(source.line_range(last).end).max(start);
        Mark { start, end, first, last, label, primary }
    }

    /// The last line that is shown for it, from 0.
    pub fn last_shown(&self, source: &Source) -> usize {
        context_after(source, self.last)
    }

    /// The words at its caret.
    pub fn label(&self) -> &str {
        &self.label
    }

    /// Where it begins.
    pub fn start(&self) -> usize {
        self.start
    }

    /// Whether both can be marked in one excerpt: carets of overlapping spans would be drawn beside each other, and two
    /// places of one very long line cannot both be seen.
    pub fn goes_with(&self, other: &Mark, source: &Source, width: usize) -> bool {
        let (left, right) =
            if (self.start, self.end) <= (other.start, other.end) { (self, other) } else { (other, self) };
        let apart =
            left.end < right.start || left.end == right.start && left.start < left.end && right.start < right.end;
        let whole = || {
            let line = source.line_range(left.last);
            line.len() < NEVER_WHOLE && line_columns(&source.text()[line]) + 5 * BOW <= width
        };
        apart && (left.last != right.first || right.end - left.start <= width / 2 || whole())
    }
}

fn context_after(source: &Source, line: usize) -> usize {
    let next = line + 1;
    if next < source.line_starts().len() && !is_blank(source, next) { next } else { line }
}

fn context_before(source: &Source, line: usize) -> usize {
    if line > 0 && !is_blank(source, line - 1) { line - 1 } else { line }
}

fn is_blank(source: &Source, line: usize) -> bool {
    // A long line is not blank, whatever it begins with: do not look through it.
    let range = source.line_range(line);
    range.len() < NEVER_WHOLE && source.text()[range].trim().is_empty()
}

/// How snippets are drawn.
pub(super) struct Pen {
    pub theme: Theme,
    pub width: usize,
    /// Columns of the line numbers.
    pub digits: usize,
    pub level: Level,
}

impl Pen {
    /// Draws the lines of `marks`, which are of one source and go with each other.
    pub fn draw(&self, source: &Source, mut marks: Vec<Mark>, out: &mut String) {
        marks.sort_by_key(|mark| (mark.start, mark.end));
        let mut rest = marks.as_slice();
        let mut first_group = true;
        while let Some(head) = rest.first() {
            let from = context_before(source, head.first);
            let mut to = context_after(source, head.last);
            let mut count = 1;
            while let Some(next) = rest.get(count) {
                // A gap of one line takes as much room as its sign: show the line.
                if context_before(source, next.first) > to + 2 {
                    break;
                }
                to = to.max(context_after(source, next.last));
                count += 1;
            }
            if !first_group {
                let gap = if self.theme.unicode { "⋮" } else { "..." };
                out.push_str(&" ".repeat(self.digits + 2));
                out.push_str(gap);
                out.push('\n');
            }
            first_group = false;
            self.draw_group(source, &rest[..count], from, to, out);
            rest = &rest[count..];
        }
    }

    fn draw_group(&self, source: &Source, marks: &[Mark], from: usize, to: usize, out: &mut String) {
        let long = marks.iter().filter(|mark| mark.first != mark.last).count();
        let gutter = if long == 0 { 0 } else { long + 3 };
        let room = self.width.saturating_sub(self.digits + 4 + gutter).max(24);
        let mut text = String::new();
        let mut lines: Vec<(usize, usize, Cut)> = Vec::new();
        for line in from..=to {
            let mut range = source.line_range(line);
            if range.start == 0 && source.text().starts_with('\u{feff}') {
                range.start = '\u{feff}'.len_utf8();
            }
            let shown = cut(
                &source.text()[range.clone()],
                focus(source, marks, line, range.clone(), room),
                room,
                self.theme.unicode,
            );
            lines.push((range.start, text.len(), shown));
            text.push_str(&lines.last().expect("just pushed").2.text);
            text.push('\n');
        }
        let place = |offset: usize, line: usize| {
            let (start, base, shown) = &lines[line - from];
            base + shown.place(offset.saturating_sub(*start))
        };
        let mut labels = Vec::new();
        for mark in marks {
            let (start, end) = (place(mark.start, mark.first), place(mark.end, mark.last));
            let column = if mark.first == mark.last {
                let line_start = lines[mark.first - from].1;
                text_columns(&text[line_start..start]) + text_columns(&text[start..end]) / 2
            } else {
                gutter
            };
            let words = wrap_evenly(&mark.label, room.saturating_sub(column + BOW).max(8)).join("\n");
            labels.push((LabeledSpan::new((!words.is_empty()).then_some(words), start, end - start), mark.primary));
        }
        let view = View { text: &text, line: from, labels };
        let mut drawn = String::new();
        self.handler(&view).render_report(&mut drawn, &view).expect("a String takes what is written");
        // miette's own heading and frame: the first two lines and the last.
        let body: Vec<&str> = drawn.lines().skip(2).collect();
        let padding = self.digits - (to + 1).to_string().len();
        for line in &body[..body.len().saturating_sub(1)] {
            out.push_str(&" ".repeat(padding));
            out.push_str(line.trim_end());
            out.push('\n');
        }
    }

    fn handler(&self, view: &View<'_>) -> GraphicalReportHandler {
        let characters = if self.theme.unicode {
            ThemeCharacters::unicode()
        } else {
            // One unbroken row of carets: a bar in it would look like a character of its own.
            ThemeCharacters { underbar: '^', ..ThemeCharacters::ascii() }
        };
        let mut styles = if self.theme.colour { ThemeStyles::ansi() } else { ThemeStyles::none() };
        if self.theme.colour {
            let primary = match self.level {
                Level::Error => styles.error.bold(),
                Level::Warning => styles.warning.bold(),
            };
            let related = styles.advice;
            styles.highlights = view.labels.iter().map(|&(_, is)| if is { primary } else { related }).collect();
        }
        // The excerpt is already the context.
        GraphicalReportHandler::new_themed(GraphicalTheme { characters, styles })
            .with_links(false)
            .without_cause_chain()
            .without_syntax_highlighting()
            .with_width(self.width)
            .tab_width(1)
    }
}

/// What must be seen of `line`, which stands at `range`.
fn focus(source: &Source, marks: &[Mark], line: usize, range: Range<usize>, room: usize) -> Focus {
    let text = &source.text()[range.clone()];
    let within = |offset: usize| offset.clamp(range.start, range.end) - range.start;
    // Beyond the room nothing needs to be measured: marks of one line are near each other, but one may be very wide.
    let measure = |start: usize, end: usize| {
        if end - start > 4 * room { room } else { line_columns(&text[start..end]).min(room) }
    };
    let mut found: Option<Focus> = None;
    for mark in marks.iter().filter(|mark| mark.first == line && mark.last == line) {
        let (start, end) = (within(mark.start), within(mark.end));
        let words = text_columns(&mark.label).min((room / 2).max(20));
        let words = if mark.label.is_empty() { 0 } else { words + BOW };
        let left = found.map_or(start, |before| before.start);
        let wanted = measure(left, start) + measure(start, end) / 2 + words;
        let before = found.unwrap_or_default();
        found = Some(Focus { start: left, end: end.max(before.end), wanted: wanted.max(before.wanted) });
    }
    found.unwrap_or_default()
}

/// An excerpt as miette wants it.
struct View<'a> {
    text: &'a str,
    /// The line number of its first line, from 0.
    line: usize,
    labels: Vec<(LabeledSpan, bool)>,
}

impl SourceCode for View<'_> {
    fn read_span<'a>(
        &'a self,
        _: &SourceSpan,
        _: usize,
        _: usize,
    ) -> Result<Box<dyn SpanContents<'a> + 'a>, MietteError> {
        let all = SourceSpan::new(0.into(), self.text.len());
        let count = self.text.bytes().filter(|&byte| byte == b'\n').count();
        Ok(Box::new(MietteSpanContents::new(self.text.as_bytes(), all, self.line, 0, count)))
    }
}

impl miette::Diagnostic for View<'_> {
    fn source_code(&self) -> Option<&dyn SourceCode> {
        Some(self)
    }

    fn labels(&self) -> Option<Box<dyn Iterator<Item = LabeledSpan> + '_>> {
        Some(Box::new(self.labels.iter().map(|(label, _)| label.clone())))
    }
}

impl std::error::Error for View<'_> {}

impl fmt::Debug for View<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("View")
    }
}

impl fmt::Display for View<'_> {
    fn fmt(&self, _: &mut fmt::Formatter<'_>) -> fmt::Result {
        Ok(())
    }
}
