//! The texts of a workspace, and positions in them.
//!
//! A [`Sources`] is filled by somebody else (the command line, an editor, a test): nothing in the
//! compiler reads a disk or asks the clock.

use std::fmt;
use std::ops::{Deref, DerefMut, Range};
use std::sync::{Arc, OnceLock};

mod date;
mod world;

pub use date::Date;
pub use world::{Unreadable, World};

/// Which text of a [`Sources`] a span lies in.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct SourceId(pub u32);

/// A range of bytes in one source text. Always on character boundaries and within the text.
#[derive(Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Span {
    /// The text.
    pub source: SourceId,
    /// First byte.
    pub start: u32,
    /// Byte after the last.
    pub end: u32,
}

impl Span {
    /// The bytes `range` of `source`.
    pub fn new(source: SourceId, range: Range<usize>) -> Self {
        Span {
            source,
            start: u32::try_from(range.start).expect("texts are below 4 GiB"),
            end: u32::try_from(range.end).expect("texts are below 4 GiB"),
        }
    }

    /// The byte range, for slicing.
    pub fn range(self) -> Range<usize> {
        self.start as usize..self.end as usize
    }

    /// Whether `other` lies wholly within `self`.
    pub fn covers(self, other: Span) -> bool {
        self.source == other.source && self.start <= other.start && other.end <= self.end
    }

    /// From the start of `self` to the end of `other`, both in one text.
    pub fn to(self, other: Span) -> Span {
        debug_assert_eq!(self.source, other.source);
        Span { end: other.end.max(self.end), ..self }
    }

    /// The empty span where `self` begins.
    pub fn at_start(self) -> Span {
        Span { end: self.start, ..self }
    }

    /// The empty span where `self` ends.
    pub fn at_end(self) -> Span {
        Span { start: self.end, ..self }
    }
}

impl fmt::Debug for Span {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}..{}", self.source.0, self.start, self.end)
    }
}

/// A value and where it was written.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct At<T> {
    /// What was written.
    pub value: T,
    /// Where.
    pub span: Span,
}

impl<T> At<T> {
    /// `value`, written at `span`.
    pub fn new(value: T, span: Span) -> Self {
        At { value, span }
    }
}

impl<T> Deref for At<T> {
    type Target = T;
    fn deref(&self) -> &T {
        &self.value
    }
}

impl<T> DerefMut for At<T> {
    fn deref_mut(&mut self) -> &mut T {
        &mut self.value
    }
}

impl<T: fmt::Display> fmt::Display for At<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.value.fmt(f)
    }
}

impl<T: AsRef<str>> AsRef<str> for At<T> {
    fn as_ref(&self) -> &str {
        self.value.as_ref()
    }
}

impl<T: fmt::Debug> fmt::Debug for At<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:?} @{:?}", self.value, self.span)
    }
}

/// A place in a text as people count: line and column from 1, columns in characters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Place {
    /// Line, from 1.
    pub line: usize,
    /// Column in characters, from 1.
    pub column: usize,
}

/// One text: its name (relative to where the command was given, `/` between folders) and content.
#[derive(Debug)]
pub struct Source {
    name: String,
    text: String,
    encoding: Encoding,
    line_starts: OnceLock<Vec<u32>>,
}

/// What the bytes of a file were.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Encoding {
    /// UTF-8: the text is what was written.
    Utf8,
    /// Not UTF-8 but plausible GBK, as older Chinese Windows programs save: the text is empty.
    Gbk,
    /// UTF-16, as Windows Notepad saves “Unicode”: the text is empty.
    Utf16,
    /// Neither: the text is empty.
    Unknown,
}

impl Source {
    /// A text.
    pub fn new(name: impl Into<String>, text: impl Into<String>) -> Self {
        Source { name: name.into(), text: text.into(), encoding: Encoding::Utf8, line_starts: OnceLock::new() }
    }

    /// A file's bytes. Bytes that are not UTF-8 give an empty text and an [`Encoding`] that the
    /// syntax stage reports; nothing is decoded by guess.
    pub fn from_bytes(name: impl Into<String>, bytes: Vec<u8>) -> Self {
        match String::from_utf8(bytes) {
            Ok(text) => Source::new(name, text),
            Err(error) => {
                let encoding = guess_encoding(error.as_bytes());
                Source { encoding, ..Source::new(name, String::new()) }
            }
        }
    }

    /// The name, for messages.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The text.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// What the bytes were.
    pub fn encoding(&self) -> Encoding {
        self.encoding
    }

    /// Byte offsets of the line starts; the first is 0.
    pub fn line_starts(&self) -> &[u32] {
        self.line_starts.get_or_init(|| {
            let mut starts = vec![0];
            for (offset, byte) in self.text.bytes().enumerate() {
                if byte == b'\n' {
                    starts.push(offset as u32 + 1);
                }
            }
            starts
        })
    }

    /// The line (from 0) that holds byte `offset`.
    pub fn line_of(&self, offset: usize) -> usize {
        self.line_starts().partition_point(|&start| start as usize <= offset) - 1
    }

    /// Byte range of line `line` (from 0) without its line break.
    pub fn line_range(&self, line: usize) -> Range<usize> {
        let starts = self.line_starts();
        let start = starts[line] as usize;
        let end = starts.get(line + 1).map_or(self.text.len(), |&next| next as usize - 1);
        let end = if self.text[start..end].ends_with('\r') { end - 1 } else { end };
        start..end
    }

    /// Where byte `offset` is, as people count.
    pub fn place(&self, offset: usize) -> Place {
        let line = self.line_of(offset);
        let start = self.line_starts()[line] as usize;
        let mut before = &self.text[start..offset];
        if start == 0 {
            // An editor does not show the byte-order mark, so it is not a column.
            before = before.trim_start_matches('\u{feff}');
        }
        Place { line: line + 1, column: before.chars().count() + 1 }
    }
}

fn guess_encoding(bytes: &[u8]) -> Encoding {
    if bytes.starts_with(&[0xff, 0xfe]) || bytes.starts_with(&[0xfe, 0xff]) {
        return Encoding::Utf16;
    }
    let mut rest = bytes;
    let mut pairs = 0usize;
    while let Some((&lead, tail)) = rest.split_first() {
        rest = match (lead, tail.first()) {
            (0x00..=0x7f, _) => tail,
            (0x81..=0xfe, Some(0x40..=0x7e | 0x80..=0xfe)) => {
                pairs += 1;
                &tail[1..]
            }
            _ => return Encoding::Unknown,
        };
    }
    if pairs > 0 { Encoding::Gbk } else { Encoding::Unknown }
}

/// Texts under ids, and today's date of the workspace. Cheap to clone and to extend: the texts are shared.
#[derive(Debug, Clone, Default)]
pub struct Sources {
    list: Arc<[Arc<Source>]>,
    /// Today's date, if the caller gave one; no stage asks the clock.
    pub today: Option<Date>,
}

impl Sources {
    /// No texts.
    pub fn new() -> Self {
        Sources::default()
    }

    /// These texts, numbered in the order of their names whatever order they come in.
    pub fn from_texts(texts: impl IntoIterator<Item = Source>) -> Self {
        Sources::new().with(texts)
    }

    /// The texts of `self` under their old ids and `more` after them, in the order of their names.
    pub fn with(&self, more: impl IntoIterator<Item = Source>) -> Self {
        let mut more: Vec<_> = more.into_iter().map(Arc::new).collect();
        more.sort_by(|a, b| a.name.cmp(&b.name));
        Sources { list: self.list.iter().cloned().chain(more).collect(), today: self.today }
    }

    /// The text with this id.
    pub fn get(&self, id: SourceId) -> &Source {
        &self.list[id.0 as usize]
    }

    /// All texts in the order of their ids.
    pub fn iter(&self) -> impl Iterator<Item = (SourceId, &Source)> {
        self.list.iter().enumerate().map(|(index, source)| (SourceId(index as u32), &**source))
    }

    /// The text with this name.
    pub fn find(&self, name: &str) -> Option<SourceId> {
        // Whoever extends texts by others may have them in another order.
        let sorted = self.list.binary_search_by(|source| source.name.as_str().cmp(name)).ok();
        sorted.or_else(|| self.list.iter().position(|source| source.name == name)).map(|at| SourceId(at as u32))
    }

    /// How many texts.
    pub fn len(&self) -> usize {
        self.list.len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.list.is_empty()
    }

    /// What stands at `span`.
    pub fn slice(&self, span: Span) -> &str {
        &self.get(span.source).text[span.range()]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_count_characters() {
        let source = Source::new("a", "一件事: 我\n  标识：x\r\n");
        assert_eq!(source.place(0), Place { line: 1, column: 1 });
        let colon = source.text().find('：').unwrap();
        assert_eq!(source.place(colon), Place { line: 2, column: 5 });
        assert_eq!(&source.text()[source.line_range(1)], "  标识：x");
    }

    #[test]
    fn gbk_is_recognised() {
        // "一件事" in GBK.
        let source = Source::from_bytes("a", vec![0xd2, 0xbb, 0xbc, 0xfe, 0xca, 0xc2]);
        assert_eq!(source.encoding(), Encoding::Gbk);
        assert_eq!(source.text(), "");
    }

    #[test]
    fn ids_follow_names() {
        let sources = Sources::from_texts([Source::new("b", ""), Source::new("a", "")]);
        assert_eq!(sources.get(SourceId(0)).name(), "a");
    }
}
