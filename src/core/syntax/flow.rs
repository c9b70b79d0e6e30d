//! A tolerant reader of `[ … ]` and `{ … }`: finds all faults of one collection in one pass.

use std::ops::Range;

use super::codes::{BROKEN_YAML, FULL_WIDTH_PUNCTUATION, MISSING_SPACES, UNCLOSED_BRACKETS, UNCLOSED_QUOTES};
use super::lines::{Lines, wordlike};
use super::remedy::{Fault, Offer};
use super::suspect::wide_space;

/// The faults of the collection that begins on `line` or reaches into it, if one does.
pub(super) fn faults(lines: &Lines<'_>, line: usize) -> Vec<Fault> {
    let lowest = line.saturating_sub(40);
    for above in (lowest..=line).rev() {
        let Some(open) = opener(lines, above) else { continue };
        let mut reader = Reader::new(lines, open);
        reader.read();
        if above == line || lines.of(reader.at.saturating_sub(1)) >= line {
            return reader.faults;
        }
    }
    Vec::new()
}

/// Where a collection opens on `line`, as the value of a key or after a dash.
fn opener(lines: &Lines<'_>, line: usize) -> Option<usize> {
    let range = lines.range(line);
    let mut at = range.start;
    loop {
        let rest = &lines.text[at..range.end];
        let trimmed = rest.trim_start_matches([' ', '\t', '\u{3000}', '\u{a0}']);
        at += rest.len() - trimmed.len();
        if trimmed.starts_with(['[', '{', '［', '｛']) {
            return Some(at);
        }
        if trimmed.starts_with("- ") {
            at += 2;
            continue;
        }
        let colon = trimmed.find([':', '：'])?;
        if !wordlike(&trimmed[..colon]) {
            return None;
        }
        at += colon + trimmed[colon..].chars().next().map_or(1, char::len_utf8);
    }
}

struct Reader<'a, 'b> {
    lines: &'b Lines<'a>,
    text: &'a str,
    at: usize,
    /// Lines with this indentation or less are no part of it.
    indent: usize,
    /// What closes the open ones, and where they were opened.
    stack: Vec<(char, usize)>,
    /// Whether a key of `{ }` was read and its value is due.
    value: bool,
    faults: Vec<Fault>,
}

fn closer(c: char) -> Option<char> {
    match c {
        '[' | '［' => Some(']'),
        '{' | '｛' => Some('}'),
        _ => None,
    }
}

fn closes(c: char) -> Option<char> {
    match c {
        ']' | '］' => Some(']'),
        '}' | '｝' => Some('}'),
        _ => None,
    }
}

impl<'a, 'b> Reader<'a, 'b> {
    fn new(lines: &'b Lines<'a>, at: usize) -> Self {
        let indent = lines.indent(lines.of(at));
        Reader { lines, text: lines.text, at, indent, stack: Vec::new(), value: false, faults: Vec::new() }
    }

    fn peek(&self) -> Option<char> {
        self.text[self.at..].chars().next()
    }

    fn wide(&mut self, range: Range<usize>, text: &str, name: &str) {
        let written = self.text[range.clone()].chars().next().unwrap_or(' ');
        let message = match name {
            "引号" => "这里是中文引号，要用半角引号".to_owned(),
            "空格" => "括号里有全角空格，要用半角空格".to_owned(),
            _ => format!("“{written}”是全角{name}，要用半角的"),
        };
        self.faults.push(
            Fault::new(&FULL_WIDTH_PUNCTUATION, range.clone(), message)
                .patch(range, text)
                .title(format!("改为半角{name}")),
        );
    }

    fn read(&mut self) {
        loop {
            if !self.blanks() {
                self.unclosed();
                return;
            }
            let Some(c) = self.peek() else { return };
            let here = self.at..self.at + c.len_utf8();
            if let Some(close) = closer(c) {
                if c != '[' && c != '{' {
                    self.wide(here.clone(), if close == ']' { "[" } else { "{" }, "括号");
                }
                self.stack.push((close, self.at));
                self.at = here.end;
                self.value = false;
            } else if let Some(close) = closes(c) {
                self.at = here.end;
                if self.close(c, close, here) {
                    self.rest();
                    return;
                }
            } else if c == ',' {
                self.at = here.end;
                self.value = false;
            } else if c == '，' {
                self.at = here.end;
                self.value = false;
                let gap = self.gap();
                self.wide(here, gap, "逗号");
            } else if matches!(c, '"' | '\'') {
                self.quoted(c);
            } else if c == ':' || c == '：' {
                self.at = here.end;
                self.colon(here, c);
            } else {
                self.plain();
            }
        }
    }

    /// `, ` or `,` if a blank follows.
    fn gap(&self) -> &'static str {
        if matches!(self.peek(), Some(' ' | '\n' | '\r') | None) { "," } else { ", " }
    }

    fn colon(&mut self, here: Range<usize>, c: char) {
        self.value = true;
        let rest = &self.text[here.end..];
        let blanks = rest.len() - rest.trim_start_matches(|c| c == ' ' || wide_space(c)).len();
        if c == '：' {
            self.wide(here.start..here.end + blanks, ": ", "冒号");
        } else if rest[..blanks].contains(wide_space) {
            self.wide(here.end..here.end + blanks, " ", "空格");
        } else if blanks == 0 && rest.starts_with(|c| !matches!(c, ',' | '}' | ']' | '\n' | '\r')) {
            self.faults.push(
                Fault::new(&MISSING_SPACES, here.clone(), "冒号后面缺一个空格")
                    .patch(here.end..here.end, " ")
                    .title("在冒号后加空格"),
            );
        }
        self.at = here.end + blanks;
    }

    /// Skips blanks, line breaks and comments; `false` where the collection should have been closed before.
    fn blanks(&mut self) -> bool {
        loop {
            match self.peek() {
                None => return self.stack.is_empty(),
                Some(' ' | '\t' | '\r') => self.at += 1,
                Some(c) if wide_space(c) => {
                    let here = self.at..self.at + c.len_utf8();
                    self.at = here.end;
                    self.wide(here, " ", "空格");
                }
                Some('#') if self.text[..self.at].ends_with([' ', '\t', '\n']) => {
                    self.at = self.lines.range(self.lines.of(self.at)).end;
                }
                Some('\n') => {
                    let line = self.lines.of(self.at);
                    let Some(next) = self.lines.after(line) else { return false };
                    let start = self.lines.range(next).start + self.lines.indent(next);
                    let text = &self.text[start..];
                    let ends = text.starts_with(|c| closes(c).is_some());
                    if !ends && (self.lines.indent(next) <= self.indent || text.starts_with("- ")) {
                        return false;
                    }
                    self.at = start;
                }
                Some(_) => return true,
            }
        }
    }

    /// A closing mark; `true` if the whole collection ends here.
    fn close(&mut self, c: char, close: char, here: Range<usize>) -> bool {
        self.value = false;
        if c != close {
            self.wide(here.clone(), if close == ']' { "]" } else { "}" }, "括号");
        }
        match self.stack.pop() {
            Some((expected, open)) if expected != close => {
                let opened = &self.text[open..].chars().next().unwrap_or('[');
                if self.stack.iter().any(|&(other, _)| other == close) {
                    self.faults.push(
                        Fault::new(
                            &UNCLOSED_BRACKETS,
                            open..open + opened.len_utf8(),
                            format!("“{opened}”没有配对的“{expected}”"),
                        )
                        .patch(here.start..here.start, expected.to_string())
                        .title(format!("补上“{expected}”")),
                    );
                    return self.close(close, close, here);
                }
                self.faults.push(
                    Fault::new(
                        &UNCLOSED_BRACKETS,
                        here.clone(),
                        format!("“{opened}”要用“{expected}”结束，这里是“{c}”"),
                    )
                    .patch(here, expected.to_string())
                    .title(format!("改为“{expected}”")),
                );
            }
            _ => {}
        }
        // The value of a pair may be a collection: the pair goes on as a value.
        self.value = !self.stack.is_empty();
        self.stack.is_empty()
    }

    fn unclosed(&mut self) {
        let last = self.text[..self.at].trim_end_matches([' ', '\n', '\r', '\t']).len();
        let at = self.lines.text_end(self.lines.of(last.saturating_sub(1)));
        let Some(&(_, open)) = self.stack.last() else { return };
        let opened = self.text[open..].chars().next().unwrap_or('[');
        let closing: String = self.stack.iter().rev().map(|&(close, _)| close).collect();
        self.faults.push(
            Fault::new(
                &UNCLOSED_BRACKETS,
                open..open + opened.len_utf8(),
                format!("“{opened}”没有配对的“{}”", &closing[..1]),
            )
            .patch(at..at, closing.clone())
            .title(format!("在行末补上“{closing}”")),
        );
        self.stack.clear();
        self.at = at.max(open + 1);
    }

    /// What follows the collection on its line: stray closing marks.
    fn rest(&mut self) {
        let end = self.lines.text_end(self.lines.of(self.at - 1));
        while self.at < end {
            let Some(c) = self.peek() else { return };
            let here = self.at..self.at + c.len_utf8();
            if matches!(c, ']' | '}' | '］' | '｝') {
                self.faults.push(
                    Fault::new(&UNCLOSED_BRACKETS, here.clone(), format!("多了一个“{c}”"))
                        .patch(here.clone(), "")
                        .title(format!("删去“{c}”")),
                );
            } else if matches!(c, ',' | '，' | ';' | '；') && here.end == end {
                self.faults.push(
                    Fault::new(&BROKEN_YAML, here.clone(), format!("行末多了一个“{c}”"))
                        .patch(here.clone(), "")
                        .title(format!("删去“{c}”")),
                );
            } else if c != ' ' {
                if !matches!(c, ':' | '：') {
                    self.faults.push(
                        Fault::new(&BROKEN_YAML, here, "括号结束以后还有文字")
                            .help("请把整个值放进英文引号，或删去多余的部分")
                            .patch(self.at..end, "")
                            .offer(Offer::Skip),
                    );
                }
                return;
            }
            self.at = here.end;
        }
    }

    fn quoted(&mut self, quote: char) {
        let open = self.at;
        let end = self.lines.range(self.lines.of(open)).end;
        let body = &self.text[open + 1..end];
        let wide = |c: char| if quote == '"' { matches!(c, '”' | '＂') } else { c == '’' };
        let mut escaped = false;
        for (at, c) in body.char_indices() {
            let next = body[at + c.len_utf8()..].trim_start().chars().next();
            let separated = next.is_none_or(|n| matches!(n, ',' | ':' | '，' | '：') || closes(n).is_some());
            let here = open + 1 + at..open + 1 + at + c.len_utf8();
            if escaped {
                escaped = false;
            } else if c == '\\' && quote == '"' {
                escaped = true;
            } else if c == quote {
                self.at = here.end;
                return;
            } else if wide(c) && separated {
                self.wide(here.clone(), if quote == '"' { "\"" } else { "'" }, "引号");
                self.at = here.end;
                return;
            }
        }
        let length = body.find([',', ']', '}', '，', '］', '｝']).unwrap_or(body.trim_end().len());
        let at = open + 1 + length;
        self.faults.push(
            Fault::new(&UNCLOSED_QUOTES, open..open + 1, format!("引号“{quote}”没有结束"))
                .patch(at..at, quote.to_string())
                .title("补上引号"),
        );
        self.at = at;
    }

    fn plain(&mut self) {
        let start = self.at;
        let list = self.stack.last().is_some_and(|&(close, _)| close == ']');
        let mut parens = 0usize;
        let mut kept = false;
        while let Some(c) = self.peek() {
            let next = self.at + c.len_utf8();
            match c {
                ',' | ']' | '}' | '］' | '｝' | '\n' | '[' | '{' if self.at > start => break,
                '（' => parens += 1,
                '）' => parens = parens.saturating_sub(1),
                '#' if self.text[..self.at].ends_with(' ') => break,
                ':' | '：' if self.is_colon(start, c, next, list) => break,
                '，' | '；' => {
                    if self.separates(c, next, list, parens) {
                        let end = self.at;
                        self.at = next;
                        let gap = self.gap();
                        self.at = end;
                        let name = if c == '，' { "逗号" } else { "分号" };
                        self.wide(end..next, gap, name);
                        self.at = next;
                        self.value = false;
                        if kept {
                            self.keep(start..end);
                        }
                        return;
                    }
                    kept |= c == '，';
                }
                _ => {}
            }
            self.at = next;
        }
        let written = self.text[start..self.at].trim_end();
        let end = start + written.len();
        if self.at == start {
            self.at += self.peek().map_or(1, char::len_utf8);
        } else if let Some(("“", rest)) = written.split_at_checked(3)
            && rest.ends_with('"')
        {
            let open = start..start + 3;
            self.wide(open, "\"", "引号");
        } else if kept {
            self.keep(start..end);
        }
    }

    /// Text with a full-width comma in it that separates nothing: only quotes make that plain.
    fn keep(&mut self, range: Range<usize>) {
        let text = &self.text[range.clone()];
        let quote = if text.contains(['"', '\\']) { '\'' } else { '"' };
        if text.contains('\'') && quote == '\'' {
            return;
        }
        let comma = range.start + text.find('，').unwrap_or(0);
        self.faults.push(
            Fault::new(&FULL_WIDTH_PUNCTUATION, comma..comma + 3, "括号里的文字含有全角逗号，看不出是一项还是两项")
                .help("是一项就放进英文引号；是两项就改用半角逗号")
                .patch(range.start..range.start, quote.to_string())
                .patch(range.end..range.end, quote.to_string())
                .title("放进引号"),
        );
    }

    fn is_colon(&self, start: usize, c: char, next: usize, list: bool) -> bool {
        let after = self.text[next..].chars().next();
        if c == ':' && matches!(after, None | Some(' ' | '\n' | '\r')) {
            return true;
        }
        let digit = after.is_some_and(|c| c.is_ascii_digit());
        !list
            && !self.value
            && wordlike(&self.text[start..self.at])
            && (c == '：'
                || !(matches!(after, Some('/' | ':'))
                    || digit && self.text[start..self.at].ends_with(|c: char| c.is_ascii_digit())))
    }

    /// Whether a full-width comma or semicolon stands between two elements.
    fn separates(&self, c: char, next: usize, list: bool, parens: usize) -> bool {
        if parens > 0 {
            return false;
        }
        if list {
            return true;
        }
        let rest = self.text[next..].trim_start_matches([' ', '\u{3000}']);
        let Some(colon) = rest.find([':', '：']) else { return false };
        let _ = c;
        self.value && wordlike(&rest[..colon])
    }
}
