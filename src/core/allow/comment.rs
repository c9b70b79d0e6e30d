//! The words of an allow-comment.

use crate::source::{Source, Span};
use crate::syntax::Comment;

/// `# 允许(name、name): reason`, taken apart.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Words {
    /// What stands between the brackets.
    pub list: Span,
    /// The names, where they stand; empty pieces are left out.
    pub names: Vec<Span>,
    /// What follows the colon; empty if nothing does.
    pub reason: String,
    /// The words up to and with the closing bracket.
    pub head: Span,
}

/// Takes `comment` apart; `None` if it is ordinary prose. It is an allow if an opening bracket follows the word 允许 at once,
/// and the brackets hold a name, or a colon or nothing follows them: “允许（经办人）代办” is prose.
pub(super) fn read(comment: &Comment, source: &Source) -> Option<Words> {
    let line = &source.text()[comment.span.range()];
    let begin = line.len() - line.trim_start_matches(['#', ' ', '\t', '\u{3000}']).len();
    let after = line[begin..].strip_prefix("允许")?.trim_start_matches([' ', '\t']);
    let inside = after.strip_prefix(['(', '（'])?;
    let open = line.len() - inside.len();
    // A missing closing bracket is plain enough: the list ends at the colon.
    let close = inside.find([')', '）', ':', '：']).map_or(line.trim_end().len(), |at| open + at);
    let bracket = line[close..].chars().next().filter(|c| matches!(c, ')' | '）'));
    let head = close + bracket.map_or(0, char::len_utf8);
    let tail = line[head..].trim();
    let (colon, reason) = match tail.strip_prefix([':', '：']) {
        Some(reason) => (true, reason.trim_start()),
        None => (tail.is_empty(), tail),
    };
    if !colon && !line[open..close].contains(|c: char| c.is_ascii_alphabetic()) {
        return None;
    }
    let span = |start: usize, end: usize| {
        let base = comment.span.start as usize;
        Span::new(comment.span.source, base + start..base + end)
    };
    let mut names = Vec::new();
    let mut at = open;
    for piece in line[open..close].split(['、', ',', '，', ' ', '\u{3000}']) {
        let start = line[..at].len();
        if !piece.is_empty() {
            names.push(span(start, start + piece.len()));
        }
        at += piece.len() + line[at + piece.len()..].chars().next().map_or(0, char::len_utf8);
    }
    // “——” says nothing.
    let reason = if reason.contains(char::is_alphanumeric) { reason.to_owned() } else { String::new() };
    Some(Words { list: span(open, close), names, reason, head: span(begin, head) })
}
