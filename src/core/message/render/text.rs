//! Columns of a terminal: how wide text is, where it may break, and how a long line is cut.

use unicode_width::UnicodeWidthChar;

/// Columns that `c` takes on a terminal.
pub(super) fn columns(c: char) -> usize {
    c.width().unwrap_or(0)
}

/// Columns that `text` takes, counted character by character as the snippets are.
pub(super) fn text_columns(text: &str) -> usize {
    text.chars().map(columns).sum()
}

/// What stands for `c` on a terminal. A bundle is somebody else's text: it must not move the cursor, change colours or turn
/// the writing direction of what the reader sees.
pub(super) fn visible(c: char, unicode: bool) -> char {
    match c {
        '\0'..='\x1f' if unicode => char::from_u32(0x2400 + c as u32).unwrap_or('?'),
        '\x7f' if unicode => '\u{2421}',
        '\0'..='\x1f' | '\x7f' => '?',
        '\u{80}'..='\u{9f}'
        | '\u{200e}'
        | '\u{200f}'
        | '\u{2028}'..='\u{202e}'
        | '\u{2066}'..='\u{2069}'
        | '\u{feff}' => {
            if unicode {
                '\u{fffd}'
            } else {
                '?'
            }
        }
        _ => c,
    }
}

/// `text` with [`visible`] characters; line breaks stay.
pub(super) fn visible_text(text: &str, unicode: bool) -> String {
    text.chars().map(|c| if c == '\n' { c } else { visible(c, unicode) }).collect()
}

/// Breaks `text` into lines of at most `room` columns. Chinese may break anywhere, except that a line neither begins with
/// closing punctuation nor ends with opening punctuation; Latin words and numbers stay whole if they fit.
pub fn wrap(text: &str, room: usize) -> Vec<String> {
    let room = room.max(4);
    let mut lines = Vec::new();
    for paragraph in text.lines() {
        let mut line = String::new();
        let mut used = 0;
        for atom in atoms(paragraph) {
            if used + text_columns(atom.trim_end()) > room && !line.is_empty() {
                lines.push(std::mem::take(&mut line).trim_end().to_owned());
                used = 0;
            }
            for c in atom.chars() {
                if used + columns(c) > room && c != ' ' {
                    lines.push(std::mem::take(&mut line));
                    used = 0;
                }
                line.push(c);
                used += columns(c);
            }
        }
        lines.push(line.trim_end().to_owned());
    }
    if lines.is_empty() {
        lines.push(String::new());
    }
    lines
}

/// Like [`wrap`], with lines of about equal length, for words at a caret.
pub(super) fn wrap_evenly(text: &str, room: usize) -> Vec<String> {
    let total = text_columns(text);
    if total <= room || text.contains('\n') {
        return wrap(text, room);
    }
    let count = total.div_ceil(room.max(1));
    wrap(text, (total.div_ceil(count) + 2).min(room))
}

/// The pieces between which a line may break.
fn atoms(text: &str) -> Vec<&str> {
    let mut atoms = Vec::new();
    let mut start = 0;
    let mut before: Option<char> = None;
    for (offset, c) in text.char_indices() {
        if let Some(previous) = before {
            let between = previous == ' ' || columns(previous) == 2 || columns(c) == 2;
            if between && c != ' ' && !never_first(c) && !never_last(previous) {
                atoms.push(&text[start..offset]);
                start = offset;
            }
        }
        before = Some(c);
    }
    atoms.push(&text[start..]);
    atoms
}

fn never_first(c: char) -> bool {
    matches!(
        c,
        '，' | '。'
            | '、'
            | '：'
            | '；'
            | '？'
            | '！'
            | '）'
            | '》'
            | '】'
            | '〕'
            | '”'
            | '’'
            | '…'
            | ')'
            | ']'
            | '}'
            | ','
            | '.'
            | ':'
            | ';'
            | '%'
    )
}

fn never_last(c: char) -> bool {
    matches!(c, '（' | '《' | '【' | '〔' | '“' | '‘' | '(' | '[' | '{')
}

/// A line of a source as it is shown: cut to the width, tabs as blanks, nothing invisible.
#[derive(Debug)]
pub(super) struct Cut {
    /// What is shown.
    pub text: String,
    /// For each character shown, its byte in the line and in `text`; ends with the place after the last.
    places: Vec<(usize, usize)>,
}

impl Cut {
    /// Where byte `offset` of the line stands in what is shown; the nearest place if it was cut away.
    pub fn place(&self, offset: usize) -> usize {
        let index = self.places.partition_point(|&(byte, _)| byte < offset).min(self.places.len() - 1);
        self.places[index].1
    }
}

/// What must be seen of a line.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Focus {
    /// First byte.
    pub start: usize,
    /// Byte after the last.
    pub end: usize,
    /// Columns that are wanted from `start` on, because words hang there.
    pub wanted: usize,
}

/// Columns between two tab stops.
const TAB: usize = 4;

/// A line longer than this in bytes is cut without measuring it: no terminal shows it whole, and measuring it anew for each of
/// its findings would take time in the square of its length.
pub(super) const NEVER_WHOLE: usize = 4096;

/// Cuts `line` to `room` columns around `focus`.
pub(super) fn cut(line: &str, focus: Focus, room: usize, unicode: bool) -> Cut {
    let dots = if unicode { "…" } else { "..." };
    let dots_columns = text_columns(dots);
    let fits = line.len() <= NEVER_WHOLE && {
        let column = line_columns(&line[..focus.start]);
        line_columns(line) <= room && column + focus.wanted <= room
    };
    let body = room.saturating_sub(2 * dots_columns).max(8);
    let mut from = 0;
    if !fits {
        // Columns from the focus on, and a little of what follows it.
        let mut width = 0;
        for c in line[focus.start..focus.end].chars() {
            width += shown_columns(c);
            if width > body {
                break;
            }
        }
        let after = (width.max(focus.wanted) + 6).min(body);
        let mut left = body - after;
        from = focus.start;
        for (offset, c) in line[..focus.start].char_indices().rev() {
            if shown_columns(c) > left {
                break;
            }
            left -= shown_columns(c);
            from = offset;
        }
    }
    let mut shown = Cut { text: String::new(), places: Vec::new() };
    let mut column = 0;
    if from > 0 {
        shown.text.push_str(dots);
        column = dots_columns;
    }
    for (offset, c) in line[from..].char_indices() {
        let width = if c == '\t' { TAB - column % TAB } else { columns(visible(c, unicode)) };
        // The last columns are for the dots, unless this character ends the line.
        let last = from + offset + c.len_utf8() == line.len();
        if !fits && column + width + if last { 0 } else { dots_columns } > room && column > dots_columns {
            shown.places.push((from + offset, shown.text.len()));
            shown.text.push_str(dots);
            return shown;
        }
        shown.places.push((from + offset, shown.text.len()));
        match c {
            '\t' => shown.text.extend(std::iter::repeat_n(' ', width)),
            _ => shown.text.push(visible(c, unicode)),
        }
        column += width;
    }
    shown.places.push((line.len(), shown.text.len()));
    shown
}

fn shown_columns(c: char) -> usize {
    if c == '\t' { TAB } else { columns(c).max(1) }
}

/// Columns that a piece of a source's line takes, as [`cut`] shows it.
pub(super) fn line_columns(text: &str) -> usize {
    text.chars().fold(0, |column, c| column + if c == '\t' { TAB - column % TAB } else { columns(visible(c, true)) })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn closing_punctuation_does_not_begin_a_line() {
        let text = "先办营业执照，再办许可。";
        assert_eq!(wrap(text, 12), ["先办营业执", "照，再办许", "可。"]);
        assert!(wrap(text, 13).iter().all(|line| text_columns(line) <= 13));
    }

    #[test]
    fn words_stay_whole_unless_too_long() {
        assert_eq!(wrap("run explain vague-wording now", 14), ["run explain", "vague-wording", "now"]);
        assert_eq!(wrap("abcdefghij", 4), ["abcd", "efgh", "ij"]);
    }

    #[test]
    fn a_long_line_is_cut_around_its_focus() {
        let line = "字".repeat(5000) + "错" + &"字".repeat(5000);
        let focus = Focus { start: 15000, end: 15003, wanted: 2 };
        let shown = cut(&line, focus, 40, true);
        assert!(text_columns(&shown.text) <= 40, "{}", shown.text);
        assert!(shown.text.starts_with('…') && shown.text.ends_with('…'));
        assert!(shown.text[shown.place(15000)..shown.place(15003)] == *"错");
    }

    #[test]
    fn tabs_and_escapes_become_visible() {
        let shown = cut("a\tb\x1b[31m", Focus::default(), 40, false);
        assert_eq!(shown.text, "a   b?[31m");
        assert_eq!(shown.place(2), 4);
    }
}
