//! Tables of words, looked for all at once: most texts hold none of them, and that is found out in one pass.

use aho_corasick::AhoCorasick;

/// Words to look for.
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
