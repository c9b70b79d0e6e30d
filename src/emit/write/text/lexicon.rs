//! Words that a line break should not tear: what names of agencies, items and documents are made of.

use std::sync::LazyLock;

use rustc_hash::FxHashSet;

/// The words, and the most characters that one has.
#[derive(Debug)]
pub(super) struct Lexicon {
    /// All of them.
    pub words: FxHashSet<&'static str>,
    /// The most characters of one.
    pub longest: usize,
}

/// The words of `words.txt`.
pub(super) static LEXICON: LazyLock<Lexicon> = LazyLock::new(|| {
    let words: FxHashSet<&'static str> = include_str!("words.txt").split_whitespace().collect();
    let longest = words.iter().map(|word| word.chars().count()).max().unwrap_or(0);
    Lexicon { words, longest }
});
