//! Quotes around values outside of brackets.

use super::codes::{BROKEN_YAML, FULL_WIDTH_PUNCTUATION, MISSING_SPACES, UNCLOSED_QUOTES};
use super::lines::{Lines, wordlike};
use super::remedy::{Fault, Offer};

/// Where the value of a line begins: after its dashes and its key.
pub(super) fn value_start(lines: &Lines<'_>, line: usize) -> usize {
    let range = lines.range(line);
    let text = &lines.text[range.clone()];
    let body = text.len() - text.trim_start_matches([' ', '-']).len();
    let rest = &text[body..];
    let mut at = body;
    if !rest.starts_with(['"', '\'', '[', '{'])
        && let Some(colon) = rest.find(": ")
    {
        at += colon + 2;
    }
    at += text[at..].len() - text[at..].trim_start_matches(' ').len();
    range.start + at
}

/// The faults of the quoted value on `line`.
pub(super) fn faults(lines: &Lines<'_>, line: usize) -> Vec<Vec<Fault>> {
    let start = value_start(lines, line);
    let end = lines.range(line).end;
    let text = lines.text[start..end].trim_end();
    let Some(quote) = text.chars().next().filter(|c| matches!(c, '"' | '\'')) else { return Vec::new() };
    let mut found = Vec::new();
    let close = closing(text, quote);
    let Some(close) = close else {
        found.extend(unclosed(start, text, quote).into_iter().map(|fault| vec![fault]));
        return found;
    };
    let tail = &text[close + 1..];
    if tail.starts_with('#') {
        let at = start + close + 1;
        found.push(vec![
            Fault::new(&MISSING_SPACES, at..at + 1, "注释的“#”前面缺一个空格")
                .patch(at..at, " ")
                .title("在“#”前加空格"),
        ]);
    }
    let whole = &text[..close + 1 + strip_comment(tail).len()];
    let inner = whole.get(1..whole.len() - 1).unwrap_or("");
    let other = if quote == '"' { '\'' } else { '"' };
    if tail.trim().is_empty() || tail.trim_start().starts_with(':') {
        return found;
    }
    if whole.len() > close + 1 && whole.ends_with(quote) && !inner.contains([other, '\\']) {
        let last = start + whole.len() - 1;
        let at = start + close;
        found.push(vec![
            Fault::new(&BROKEN_YAML, at..at + 1, "引号里面又有同样的引号，文字在这里就断了")
                .help("里面的引号改用中文引号，或外面改用另一种引号")
                .patch(start..start + 1, other.to_string())
                .patch(last..last + 1, other.to_string())
                .title(format!("外面改用 {other} 引号")),
        ]);
    } else {
        let at = start + close + 1 + (tail.len() - tail.trim_start().len());
        let mut fault = Fault::new(&BROKEN_YAML, at..start + whole.len().max(at - start), "引号结束以后还有文字")
            .help("请把整个值放进引号，或删去多余的部分")
            .offer(Offer::Ask)
            .title("整个值放进引号");
        if whole.contains(other) {
            // Some way to read on: what stands after the quotes is left out.
            fault = fault.patch(start + close + 1..start + whole.len(), "").offer(Offer::Skip);
        } else {
            let end = start + whole.len();
            fault = fault.patch(start..start, other.to_string()).patch(end..end, other.to_string());
        }
        found.push(vec![fault]);
    }
    found
}

fn strip_comment(text: &str) -> &str {
    text.find(" #").map_or(text, |at| &text[..at]).trim_end()
}

/// Where the quote that begins `text` ends.
fn closing(text: &str, quote: char) -> Option<usize> {
    let bytes = text.as_bytes();
    let mut at = 1;
    while at < bytes.len() {
        match bytes[at] {
            b'\\' if quote == '"' => at += 1,
            b'\'' if quote == '\'' && bytes.get(at + 1) == Some(&b'\'') => at += 1,
            byte if byte == quote as u8 => return Some(at),
            _ => {}
        }
        at += 1;
    }
    None
}

fn closed_at(start: usize, at: usize, quote: char) -> Fault {
    Fault::new(&UNCLOSED_QUOTES, start..start + 1, format!("引号“{quote}”没有结束"))
        .help("在这段文字末尾补上同样的引号")
        .patch(at..at, quote.to_string())
        .title("补上引号")
}

fn unclosed(start: usize, text: &str, quote: char) -> Vec<Fault> {
    let wide: &[char] = if quote == '"' { &['”', '＂', '“'] } else { &['’', '‘'] };
    let mut found = Vec::new();
    // A key in quotes: they end before the colon.
    if let Some(colon) = text.find(": ").filter(|&colon| wordlike(&text[1..colon])) {
        found.push(closed_at(start, start + colon, quote));
    }
    let ends = [strip_comment(text).len(), text.len()];
    for end in ends {
        let at = start + end;
        if let Some(last) = text[..end].chars().next_back().filter(|c| wide.contains(c)) {
            let range = at - last.len_utf8()..at;
            found.push(
                Fault::new(&FULL_WIDTH_PUNCTUATION, range.clone(), "以半角引号开头的文字，要以同样的半角引号结束")
                    .patch(range, quote.to_string())
                    .title("改为半角引号"),
            );
        }
        let twice = end > 1 && text[..end].ends_with(quote);
        found.push(closed_at(start, at, quote).offer(if twice { Offer::Ask } else { Offer::Safe }));
        if ends[0] == ends[1] {
            break;
        }
    }
    found
}

/// A value of bare text that YAML cannot read: puts it in quotes.
pub(super) fn quote_value(lines: &Lines<'_>, line: usize, message: &str, offer: Offer) -> Option<Fault> {
    let start = value_start(lines, line);
    let end = lines.text_end(line);
    let text = lines.text.get(start..end)?;
    let quote = if text.contains(['"', '\\']) { '\'' } else { '"' };
    if text.is_empty() || text.contains('\'') && quote == '\'' {
        return None;
    }
    let first = text.chars().next().map_or(0, char::len_utf8);
    Some(
        Fault::new(&BROKEN_YAML, start..start + first, message)
            .help("把这段文字放进英文引号")
            .patch(start..start, quote.to_string())
            .patch(end..end, quote.to_string())
            .title("放进引号")
            .offer(offer),
    )
}

/// A double-quoted value with `\` in it that YAML takes for an escape.
pub(super) fn literal_backslashes(lines: &Lines<'_>, line: usize) -> Option<Fault> {
    let range = lines.range(line);
    let text = &lines.text[range.clone()];
    let open = text.find('"')?;
    let close = text.rfind('"').filter(|&close| close > open)?;
    let inner = &text[open + 1..close];
    let slash = range.start + open + 1 + inner.find('\\')?;
    if inner.contains(['\'', '"']) {
        return None;
    }
    Some(
        Fault::new(&BROKEN_YAML, slash..slash + 1, "双引号里的“\\”有特殊意义，这里的写法读不出来")
            .help("改用单引号，里面的“\\”就是普通文字")
            .patch(range.start + open..range.start + open + 1, "'")
            .patch(range.start + close..range.start + close + 1, "'")
            .title("改用单引号")
            .offer(Offer::Ask),
    )
}
