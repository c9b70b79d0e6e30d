//! Words within a text: where they stand in it and in its file, and whether they are quoted there.

use std::ops::Range;

use aho_corasick::AhoCorasick;

use crate::model::Text;
use crate::source::{Sources, Span};

/// A table of words, looked for all at once: most texts hold none of them, and that is found out in one pass.
#[derive(Debug)]
pub struct Words(AhoCorasick);

impl Words {
    /// These words; none of them is empty.
    pub fn new(words: impl IntoIterator<Item = &'static str>) -> Self {
        Words(AhoCorasick::new(words).expect("a few short words make a small automaton"))
    }

    /// Whether a text holds any of them.
    pub fn any(&self, text: &str) -> bool {
        self.0.is_match(text)
    }
}

/// Where `word` stands in `text`, outside 《》.
pub fn find(text: &str, word: &str) -> Option<Range<usize>> {
    let mut from = 0;
    while let Some(at) = text[from..].find(word) {
        let start = from + at;
        let opened = text[..start].matches('《').count() > text[..start].matches('》').count();
        if !opened {
            return Some(start..start + word.len());
        }
        from = start + word.len();
    }
    None
}

/// A text cut at its punctuation, full-width and half-width.
pub fn clauses(text: &str) -> impl Iterator<Item = &str> {
    let marks = [',', ';', '(', ')', '.', ':', '，', '；', '（', '）', '：', '、', '。', '\n'];
    text.split(marks).map(str::trim).filter(|clause| !clause.is_empty())
}

/// Where the bytes `range` of a text stand in its file; `None` if it is written with line breaks or escapes there.
pub fn place(sources: &Sources, text: &Text, range: Range<usize>) -> Option<Span> {
    let written = sources.slice(text.span);
    let (value, wanted) = (&*text.value, &text.value[range.clone()]);
    let offset = match written.find(value) {
        Some(offset) if !value.is_empty() => offset + range.start,
        // Written over several lines: a part that occurs just once is found all the same.
        _ => {
            let offset = written.find(wanted).filter(|_| !wanted.is_empty())?;
            if written.rfind(wanted) != Some(offset) {
                return None;
            }
            offset
        }
    };
    let start = text.span.start as usize + offset;
    Some(Span::new(text.span.source, start..start + wanted.len()))
}

/// [`place`], or the first line of the text where that is not known.
pub fn place_or_text(sources: &Sources, text: &Text, range: Range<usize>) -> Span {
    place(sources, text, range).unwrap_or_else(|| {
        let written = sources.slice(text.span);
        let end = written.find(['\n', '\r']).map_or(text.span.end, |length| text.span.start + length as u32);
        Span { end, ..text.span }
    })
}

/// Whether a text seems to stand within {} or [] without quotation marks of its own.
pub fn in_flow(sources: &Sources, text: &Text) -> bool {
    let source = sources.get(text.span.source);
    let start = text.span.start as usize;
    let line = source.line_range(source.line_of(start));
    let quoted = source.text()[start..].starts_with(['"', '\'']);
    !quoted && source.text()[line.start..start].contains(['{', '['])
}

/// Whether byte `at` lies within 《》 or quotation marks.
pub fn is_quoted(text: &str, at: usize) -> bool {
    let depth = |open: char, close: char| {
        text[..at].chars().fold(0i32, |depth, c| depth + i32::from(c == open) - i32::from(c == close)) > 0
    };
    depth('《', '》') || depth('“', '”')
}

/// Whether a character is Chinese.
pub fn is_han(c: char) -> bool {
    matches!(c, '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}' | '\u{20000}'..='\u{2ffff}')
}

/// The occurrences of a word, not overlapping.
pub fn occurrences<'t>(text: &'t str, word: &'t str) -> impl Iterator<Item = Range<usize>> + 't {
    text.match_indices(word).map(move |(at, _)| at..at + word.len())
}
