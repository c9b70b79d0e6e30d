//! A text as lines, and the faults that one line shows by itself: its blanks, dash, hash and colon.

use std::ops::Range;

use super::codes::{FULL_WIDTH_PUNCTUATION, INVISIBLE_CHARACTERS, MISSING_SPACES, TABS};
use super::indent;
use super::remedy::{Fault, Offer};
use super::suspect::{invisible, wide_dash, wide_space};

/// A text as lines.
#[derive(Debug)]
pub(super) struct Lines<'a> {
    pub text: &'a str,
    starts: Vec<usize>,
    /// How many columns a tab is taken for.
    tab: usize,
}

impl<'a> Lines<'a> {
    pub fn new(text: &'a str) -> Self {
        let breaks = text.bytes().enumerate().filter(|&(_, byte)| byte == b'\n').map(|(at, _)| at + 1);
        Lines { text, starts: std::iter::once(0).chain(breaks).collect(), tab: 2 }
    }

    /// Takes a tab for `tab` columns.
    #[must_use]
    pub fn tab(self, tab: usize) -> Self {
        Lines { tab, ..self }
    }

    /// What a tab stands for: one level where lines are indented by tabs, four columns where it slipped in among spaces.
    pub fn tab_columns(text: &str) -> usize {
        let begin = |c: char| text.lines().filter(|line| line.starts_with(c)).count();
        if !text.contains('\t') || begin('\t') > begin(' ') { 2 } else { 4 }
    }

    pub fn count(&self) -> usize {
        self.starts.len()
    }

    /// The line that holds byte `at`.
    pub fn of(&self, at: usize) -> usize {
        self.starts.partition_point(|&start| start <= at) - 1
    }

    /// Without the line break.
    pub fn range(&self, line: usize) -> Range<usize> {
        let start = self.starts[line];
        let end = self.starts.get(line + 1).map_or(self.text.len(), |next| next - 1);
        start..start + self.text[start..end].trim_end_matches('\r').len()
    }

    pub fn line(&self, line: usize) -> &'a str {
        &self.text[self.range(line)]
    }

    /// Whether nothing but blanks or a comment stands there.
    pub fn is_blank(&self, line: usize) -> bool {
        let rest = self.line(line).trim_start_matches([' ', '\t']);
        rest.is_empty() || rest.starts_with('#')
    }

    /// The last line before `line` that says something.
    pub fn before(&self, line: usize) -> Option<usize> {
        (0..line).rev().find(|&line| !self.is_blank(line))
    }

    /// The first line after `line` that says something.
    pub fn after(&self, line: usize) -> Option<usize> {
        (line + 1..self.count()).find(|&line| !self.is_blank(line))
    }

    /// How many spaces a line begins with.
    pub fn indent(&self, line: usize) -> usize {
        let text = self.line(line);
        text.len() - text.trim_start_matches(' ').len()
    }

    /// How wide the blanks at the start of a line look, whatever blanks they are, and how many bytes they take.
    pub fn lead(&self, line: usize) -> (usize, usize) {
        let text = self.line(line);
        let blank = |c: &char| *c == ' ' || *c == '\t' || wide_space(*c) || invisible(*c);
        let wide = |c: char| match c {
            '\t' => self.tab,
            '\u{3000}' => 2,
            c => usize::from(!invisible(c)),
        };
        let lead = text.chars().take_while(blank);
        lead.fold((0, 0), |(width, bytes), c| (width + wide(c), bytes + c.len_utf8()))
    }

    /// Where the text of a line ends: before its comment and the blanks.
    pub fn text_end(&self, line: usize) -> usize {
        let range = self.range(line);
        let text = &self.text[range.clone()];
        let (mut quote, mut before) = (None, ' ');
        let mut end = text.len();
        for (at, c) in text.char_indices() {
            match quote {
                Some(open) if c == open => quote = None,
                Some(_) => {}
                None if matches!(c, '"' | '\'') && matches!(before, ' ' | '[' | '{' | ',') => quote = Some(c),
                None if c == '#' && matches!(before, ' ' | '\t') => {
                    end = at;
                    break;
                }
                None => {}
            }
            before = c;
        }
        range.start + text[..end].trim_end_matches([' ', '\t']).len()
    }
}

/// What a line is taken for when its faults are mended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Shape {
    /// `键: 值`, with a fault at the colon or without.
    Pair,
    /// `- …`.
    Dash,
    /// A comment.
    Hash,
    /// Anything else.
    Other,
}

/// A line with its faults.
#[derive(Debug)]
pub(super) struct Look {
    pub shape: Shape,
    pub faults: Vec<Fault>,
}

impl Look {
    /// Whether a fault is more than strange blanks at the start.
    pub fn structural(&self) -> bool {
        self.faults.iter().any(|fault| !fault.indentation)
    }
}

/// Looks at one line: strange blanks before it, its dash, its hash, its colon.
pub(super) fn look(lines: &Lines<'_>, line: usize) -> Look {
    let range = lines.range(line);
    let mut look = Look { shape: Shape::Other, faults: Vec::new() };
    let mut at = range.start + lines.lead(line).1;
    let rest = |at: usize| &lines.text[at..range.end];
    if rest(at).is_empty() || rest(at).starts_with('#') || rest(at).starts_with("---") {
        return look;
    }
    look.faults.extend(strange_indentation(lines, line, range.start..at));
    if rest(at).starts_with('＃') {
        let end = at + '＃'.len_utf8();
        look.shape = Shape::Hash;
        look.faults.push(
            Fault::new(&FULL_WIDTH_PUNCTUATION, at..end, "注释要用半角的“#”开头，这里是全角的“＃”")
                .patch(at..end, "#")
                .title("改为半角的“#”"),
        );
        return look;
    }
    while let Some(end) = dash(rest(at)).map(|length| at + length) {
        look.shape = Shape::Dash;
        let written = &lines.text[at..end];
        if !written.starts_with("- ") || written.contains(wide_space) {
            look.faults.push(dash_fault(at..end, written, rest(end)));
        }
        at = end;
    }
    if let Some(fault) = colon(lines.text, at..range.end) {
        if look.shape == Shape::Other {
            look.shape = Shape::Pair;
        }
        look.faults.extend(fault);
    }
    look
}

/// The length of a dash and the blanks after it, if `text` begins with what is meant as one.
fn dash(text: &str) -> Option<usize> {
    let mut chars = text.chars();
    let first = chars.next()?;
    let next = chars.next();
    let blank = |c: char| c == ' ' || c == '\t' || wide_space(c);
    let is_dash = match (first, next) {
        ('-', None) => return None,
        ('-', Some(next)) => !wide_dash(next) && next != '-' && !next.is_ascii_digit() && next != '.',
        (first, Some(next)) => wide_dash(first) && !wide_dash(next) && next != '-' && !next.is_ascii_digit(),
        (_, None) => false,
    };
    is_dash.then(|| text.len() - chars_after_blanks(&text[first.len_utf8()..], blank).len())
}

fn chars_after_blanks(text: &str, blank: impl Fn(char) -> bool) -> &str {
    text.trim_start_matches(blank)
}

fn dash_fault(range: Range<usize>, written: &str, rest: &str) -> Fault {
    let first = written.chars().next().unwrap_or('-');
    let mark = range.start..range.start + first.len_utf8();
    let replacement = if rest.is_empty() { "-" } else { "- " };
    if wide_dash(first) {
        Fault::new(&FULL_WIDTH_PUNCTUATION, mark, format!("列表要用半角的“-”开头，这里是“{first}”"))
            .patch(range, replacement)
            .title("改为半角的“- ”")
    } else if written.len() == 1 {
        Fault::new(&MISSING_SPACES, mark, "列表的“-”后面缺一个空格").patch(range, replacement).title("在“-”后加空格")
    } else if let Some(at) = written.find(wide_space) {
        let blank = range.start + at..range.end;
        Fault::new(&FULL_WIDTH_PUNCTUATION, blank, "“-”后面是全角空格，要用半角空格")
            .patch(range, replacement)
            .title("改为半角空格")
    } else {
        Fault::new(&TABS, range.start + 1..range.end, "“-”后面是制表符（Tab），要用空格")
            .patch(range, replacement)
            .title("改为空格")
    }
}

/// Whether `text` may be a key: short, one word.
pub(super) fn wordlike(text: &str) -> bool {
    let text = text.trim_end_matches(|c| c == ' ' || wide_space(c));
    !text.is_empty()
        && text.chars().count() <= 24
        && !text.contains([' ', '\t', '\u{3000}', ',', ';', '!', '?', '"', '\'', '#', '[', ']', '{', '}', '|', '>'])
        && !text.contains(['，', '。', '；', '！', '？', '“', '”'])
}

/// The colon of the pair in `range`: `None` if there is none, else the faults found at it.
pub(super) fn colon(text: &str, range: Range<usize>) -> Option<Vec<Fault>> {
    let body = &text[range.clone()];
    let quoted = body.starts_with(['"', '\'']);
    if body.starts_with(['[', '{', '|', '>', '#']) {
        return None;
    }
    let mut found = None;
    let skip = if quoted { body[1..].find(&body[..1]).map_or(body.len(), |at| at + 2) } else { 0 };
    for (at, c) in body[skip..].char_indices().map(|(at, c)| (at + skip, c)) {
        let next = body[at + c.len_utf8()..].chars().next();
        let here = match c {
            '：' => quoted || wordlike(&body[..at]),
            ':' if matches!(next, None | Some(' ' | '\t')) => true,
            ':' => {
                next.is_some_and(|next| next != '/' && next != ':' && !next.is_ascii_digit() && next != '\\')
                    && (quoted || wordlike(&body[..at]))
            }
            ' ' if body[at + 1..].starts_with('#') => return None,
            _ => continue,
        };
        if here {
            found = Some((at, c, next));
            break;
        }
        if c == '：' {
            return None;
        }
    }
    let (at, c, next) = found?;
    let mut faults = invisible_in(text, range.start..range.start + at);
    let start = range.start + at;
    let after = start + c.len_utf8();
    let blanks = text[after..range.end].chars().take_while(|&c| c == ' ' || c == '\t' || wide_space(c));
    let end = after + blanks.map(char::len_utf8).sum::<usize>();
    let colon = if end == range.end { ":" } else { ": " };
    let key_end = range.start + body[..at].trim_end_matches(|c| c == ' ' || wide_space(c)).len();
    if text[key_end..start].contains(wide_space) {
        faults.push(
            Fault::new(&FULL_WIDTH_PUNCTUATION, key_end..start, "冒号前有全角空格")
                .patch(key_end..start, "")
                .title("删去冒号前的空格"),
        );
    }
    let name = body[..at].trim_matches(['"', '\'']).trim_end_matches(wide_space);
    if c == '：' {
        faults.push(
            Fault::new(&FULL_WIDTH_PUNCTUATION, start..after, format!("“{name}”后面是全角冒号，要用半角冒号加空格"))
                .help("如果这一行本来就是一句话，请把整句放进英文引号")
                .patch(start..end, colon)
                .title("改为半角冒号加空格"),
        );
    } else if text[after..end].contains(wide_space) {
        faults.push(
            Fault::new(&FULL_WIDTH_PUNCTUATION, after..end, format!("“{name}:”后面是全角空格，要用半角空格"))
                .patch(after..end, &colon[1..])
                .title("改为半角空格"),
        );
    } else if !matches!(next, None | Some(' ' | '\t')) {
        faults.push(
            Fault::new(&MISSING_SPACES, start..after, format!("“{name}:”后面缺一个空格"))
                .help("写成“键: 值”，冒号后面空一格")
                .patch(after..after, " ")
                .title("在冒号后加空格"),
        );
    }
    Some(faults)
}

/// Characters in `range` that nobody can see.
pub(super) fn invisible_in(text: &str, range: Range<usize>) -> Vec<Fault> {
    let mut faults = Vec::new();
    for (at, c) in text[range.clone()].char_indices().filter(|&(_, c)| invisible(c)) {
        let here = range.start + at..range.start + at + c.len_utf8();
        faults.push(
            Fault::new(&INVISIBLE_CHARACTERS, here.clone(), format!("这里有看不见的字符（U+{:04X}）", u32::from(c)))
                .help("多半是从网页或文档里粘贴带来的，请删去")
                .patch(here, "")
                .title("删去看不见的字符"),
        );
    }
    faults
}

/// The tabs before `line` and the lines around it, taken for 2, 4 or 8 columns each.
pub(super) fn tab_runs(lines: &Lines<'_>, line: usize) -> Vec<Vec<Fault>> {
    let tabbed = |row: usize| lines.line(row)[..lines.lead(row).1].contains('\t');
    if !tabbed(line) {
        return Vec::new();
    }
    let last = (line..lines.count()).take_while(|&row| lines.is_blank(row) || tabbed(row)).last().unwrap_or(line);
    let rows: Vec<usize> = (line..=last).filter(|&row| !lines.is_blank(row)).collect();
    let run = |unit: usize| -> Vec<Fault> {
        let one = |&row: &usize| {
            let mut faults = look(lines, row).faults;
            let lead = &lines.line(row)[..lines.lead(row).1];
            let tabs = lead.matches('\t').count();
            let width = lines.lead(row).0 + tabs * unit - tabs * lines.tab;
            for fault in faults.iter_mut().filter(|fault| fault.indentation) {
                fault.patches.iter_mut().for_each(|patch| patch.text = " ".repeat(width));
            }
            faults
        };
        rows.iter().flat_map(one).collect()
    };
    [2, 4, 8].into_iter().map(run).collect()
}

/// The faults of `line`, its strange indentation taken for each of the levels that are open there.
pub(super) fn at_levels(lines: &Lines<'_>, line: usize) -> Vec<Vec<Fault>> {
    let faults = look(lines, line).faults;
    if !faults.iter().any(|fault| fault.indentation) {
        return Vec::new();
    }
    let next = lines.after(line).map(|next| lines.lead(next).0);
    let at = |level: usize| {
        let mut faults = faults.clone();
        for fault in faults.iter_mut().filter(|fault| fault.indentation) {
            fault.patches.iter_mut().for_each(|patch| patch.text = " ".repeat(level));
        }
        faults
    };
    next.into_iter().chain(indent::levels(lines, line)).take(6).map(at).collect()
}

/// Blanks before a line that are not spaces.
fn strange_indentation(lines: &Lines<'_>, line: usize, lead: Range<usize>) -> Option<Fault> {
    let written = &lines.text[lead.clone()];
    let first = written.char_indices().find(|&(_, c)| c != ' ')?;
    let at = lead.start + first.0..lead.end;
    let tab = written.contains('\t');
    let indent = indent::fitting(lines, line, lines.lead(line).0);
    let (code, message) = match first.1 {
        _ if tab => (&TABS, "缩进用了制表符（Tab），要用空格"),
        '\u{a0}' => (&FULL_WIDTH_PUNCTUATION, "缩进用了不间断空格，要用普通空格"),
        c if invisible(c) => (&INVISIBLE_CHARACTERS, "行首有看不见的字符"),
        _ => (&FULL_WIDTH_PUNCTUATION, "缩进用了全角空格，要用半角空格"),
    };
    let mut fault = Fault::new(code, at, message)
        .help("每一层缩进用两个半角空格")
        .patch(lead, " ".repeat(indent))
        .title(if code.name == INVISIBLE_CHARACTERS.name { "删去看不见的字符" } else { "改为半角空格" })
        .offer(Offer::Safe);
    fault.indentation = true;
    Some(fault)
}
