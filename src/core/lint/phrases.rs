//! Words in running text: where they stand, and which texts are the author's own.

use std::ops::Range;

use crate::facts::Facts;
use crate::model::Text;
use crate::source::{Sources, Span};

/// The keys of a legal basis: what stands there is quoted.
const QUOTED: [&str; 5] = ["法规", "文号", "条款", "原文", "网址"];

/// The texts that the bundle's author answers for, with their keys: not what was published, not the words of a statute.
pub fn own_texts<'a>(facts: &Facts<'a>) -> impl Iterator<Item = (&'static str, &'a Text)> {
    let own = facts.texts().iter().filter(|wording| !wording.published && !QUOTED.contains(&wording.key));
    own.map(|wording| (wording.key, wording.text))
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

/// The place of a part of a text. Where the text is not written in one piece (folded over lines, with escapes): all of it.
pub fn place(sources: &Sources, text: &Text, part: Range<usize>) -> Span {
    let start = text.span.start as usize;
    match sources.slice(text.span).find(&*text.value) {
        Some(at) => Span::new(text.span.source, start + at + part.start..start + at + part.end),
        None => text.span,
    }
}

/// A text cut at its punctuation, full-width and half-width.
pub fn clauses(text: &str) -> impl Iterator<Item = &str> {
    let marks = [',', ';', '(', ')', '.', ':', '，', '；', '（', '）', '：', '、', '。', '\n'];
    text.split(marks).map(str::trim).filter(|clause| !clause.is_empty())
}
