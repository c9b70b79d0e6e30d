//! Parser events → tree. The only file that knows the parser's events.

use std::borrow::Cow;
use std::ops::Range;

use granit_parser::{ErrorKind, Event, Parser, ScalarStyle, Span as Mark, StructureStyle, Tag};

use super::codes::{BROKEN_YAML, DUPLICATE_KEYS, UNSUPPORTED_YAML};
use super::suspect::{self, Suspect, What};
use super::{Comment, Entry, Kind, Node, Style};
use crate::diagnostic::Diagnostic;
use crate::source::{At, SourceId, Span};

/// What a text gave: the tree as far as it could be read, and what is wrong with it. All places are bytes of that text.
#[derive(Debug, Default)]
pub(super) struct Built {
    pub root: Option<Node>,
    pub comments: Vec<Comment>,
    /// Said about a text that could be read: what the language does not use, keys that stand twice.
    pub findings: Vec<Diagnostic>,
    /// Valid YAML that means something else than the author meant.
    pub suspects: Vec<Suspect>,
    /// Where reading stopped.
    pub failure: Option<Failure>,
    /// Whether something was left out of the tree.
    pub damaged: bool,
}

/// The parser's first error.
#[derive(Debug)]
pub(super) struct Failure {
    pub kind: ErrorKind,
    pub at: usize,
    /// The last bare scalar before it.
    pub plain: Option<Range<usize>>,
}

/// Nesting that the language never needs.
const BLOCK_LIMIT: usize = 64;
const FLOW_LIMIT: usize = 32;

enum Frame {
    Map { start: usize, end: usize, flow: bool, key: Option<At<Box<str>>>, entries: Vec<Entry> },
    Seq { start: usize, end: usize, flow: bool, items: Vec<Node> },
}

struct Builder<'a> {
    source: SourceId,
    text: &'a str,
    frames: Vec<Frame>,
    /// The last bare scalar.
    plain: Option<Range<usize>>,
    /// The line on which the last key or dash stands.
    line: usize,
    built: Built,
}

/// Reads `text` up to the first error, or somewhat beyond byte `stop`.
pub(super) fn build(source: SourceId, text: &str, stop: usize) -> Built {
    let options = granit_parser::options! {
        disallow_directives: true,
        emit_unresolved_aliases: true,
        emit_anchor_events: true,
        max_buffered_comment_events: usize::MAX,
        simple_key_max_lookahead: 1024,
        flow_nesting_limit: FLOW_LIMIT,
        block_nesting_limit: BLOCK_LIMIT,
    };
    let mut builder = Builder { source, text, frames: Vec::new(), plain: None, line: 0, built: Built::default() };
    let mut documents = 0;
    for next in Parser::new_from_str_with_options(text, options) {
        match next {
            Ok((Event::DocumentStart(..), mark)) => {
                documents += 1;
                if documents > 1 {
                    builder.second_document(&mark);
                    break;
                }
            }
            Ok((_, mark)) if mark.start.byte_offset().is_some_and(|at| at > stop) => break,
            Ok((event, mark)) => builder.event(event, &mark),
            Err(error) => {
                let at = builder.floor(error.marker().byte_offset().unwrap_or(text.len()));
                let plain = builder.plain.take();
                builder.built.failure = Some(Failure { kind: error.kind().clone(), at, plain });
                break;
            }
        }
    }
    if !builder.built.comments.is_sorted_by_key(|comment| comment.span) {
        builder.built.comments.sort_by_key(|comment| comment.span);
    }
    builder.built
}

impl Builder<'_> {
    fn floor(&self, at: usize) -> usize {
        let mut at = at.min(self.text.len());
        while !self.text.is_char_boundary(at) {
            at -= 1;
        }
        at
    }

    fn range(&self, mark: &Mark) -> Range<usize> {
        match mark.byte_range() {
            Some(range) if range.end <= self.text.len() => range,
            _ => self.text.len()..self.text.len(),
        }
    }

    fn span(&self, range: Range<usize>) -> Span {
        Span::new(self.source, range)
    }

    fn event(&mut self, event: Event<'_>, mark: &Mark) {
        match event {
            Event::Scalar(text, style, _, tag) => self.scalar(text, style, mark, tag.as_deref()),
            Event::MappingStart(style, _, tag) => {
                self.tag(tag.as_deref(), mark);
                let start = self.range(mark).start;
                let flow = style == StructureStyle::Flow;
                self.complex_key(start);
                self.frames.push(Frame::Map { start, end: start, flow, key: None, entries: Vec::new() });
            }
            Event::SequenceStart(style, _, tag) => {
                self.tag(tag.as_deref(), mark);
                let start = self.range(mark).start;
                let flow = style == StructureStyle::Flow;
                self.complex_key(start);
                self.line = self.line.max(mark.start.line());
                let start = if flow { start } else { self.dash(start) };
                self.frames.push(Frame::Seq { start, end: start, flow, items: Vec::new() });
            }
            Event::MappingEnd | Event::SequenceEnd => self.close(mark),
            Event::Comment(text, _) => {
                let range = self.range(mark);
                let before = self.text[..range.start].trim_end_matches([' ', '\t']);
                let own_line = before.is_empty() || before.ends_with(['\n', '\r']);
                let span = self.span(range);
                self.built.comments.push(Comment { text: text.trim().into(), span, own_line });
            }
            Event::Alias(_) | Event::UnresolvedAlias(_) => {
                let span = self.span(self.range(mark));
                let written = &self.text[span.range()];
                self.built.findings.push(
                    UNSUPPORTED_YAML
                        .at(span, format!("“{written}” 是 YAML 的引用，这里不用"))
                        .help("如果本来就是文字，请加英文引号；如果想引用别处的内容，请把内容写出来，或用目录、继承"),
                );
                let key = self.key_slot();
                if key {
                    self.key(At::new("".into(), span.at_start()))
                } else {
                    self.value(Node { span, kind: Kind::Null })
                }
            }
            Event::Anchor(..) => {
                let span = self.span(self.range(mark));
                let written = &self.text[span.range()];
                self.built.findings.push(
                    UNSUPPORTED_YAML
                        .at(span, format!("“{written}” 是 YAML 的锚点，这里不用"))
                        .help("请删去；几处要用的同一内容写进目录，上级文件的内容用“继承”"),
                );
            }
            _ => {}
        }
    }

    fn scalar(&mut self, text: Cow<'_, str>, style: ScalarStyle, mark: &Mark, tag: Option<&Tag>) {
        self.tag(tag, mark);
        let range = self.range(mark);
        if self.key_slot() {
            if range.is_empty() {
                let span = self.span(range);
                self.built.findings.push(BROKEN_YAML.at(span, "冒号前没有名称").help("请写成“键: 值”"));
                self.key(At::new("".into(), span));
                return;
            }
            if self.text.as_bytes()[..range.start].ends_with(b"? ") && !self.in_flow() {
                self.built.findings.push(
                    UNSUPPORTED_YAML
                        .at(self.span(range.start - 2..range.end), "“? ”这种写法这里不用")
                        .help("请直接写“键: 值”"),
                );
            }
            if style == ScalarStyle::Plain {
                self.plain = Some(range.clone());
                if suspect::odd_key(&text, self.in_flow()) {
                    self.built.suspects.push(Suspect::new(What::Key { flow: self.in_flow() }, range.clone()));
                }
                if text == "<<" {
                    self.built.findings.push(
                        UNSUPPORTED_YAML
                            .at(self.span(range.clone()), "“<<” 是 YAML 的合并键，这里不用")
                            .help("请把内容写出来，或用“继承”"),
                    );
                }
            }
            self.line = mark.end.line();
            let span = self.span(range);
            self.key(At::new(text.into(), span));
            return;
        }
        let style = match style {
            ScalarStyle::Plain => Style::Plain,
            ScalarStyle::SingleQuoted | ScalarStyle::DoubleQuoted => Style::Quoted,
            _ => Style::Block,
        };
        if style == Style::Plain {
            if range.is_empty() {
                let at = self.after_colon(range.start);
                let span = self.span(at..at);
                self.value(Node { span, kind: Kind::Null });
                return;
            }
            self.plain = Some(range.clone());
            self.look(&text, range.clone(), mark);
            if matches!(&*text, "~" | "null") {
                let span = self.span(range);
                self.value(Node { span, kind: Kind::Null });
                return;
            }
        }
        let span = self.span(self.trimmed(range, style));
        self.value(Node { span, kind: Kind::Scalar { text: text.into(), style } });
    }

    /// A block scalar's span reaches to the start of the next token: ends it with its last line.
    fn trimmed(&self, range: Range<usize>, style: Style) -> Range<usize> {
        if style != Style::Block {
            return range;
        }
        let end = range.start + self.text[range.clone()].trim_end_matches([' ', '\t', '\r', '\n']).len();
        range.start..end
    }

    /// Looks at a bare value for what is valid YAML but cannot have been meant.
    fn look(&mut self, text: &str, range: Range<usize>, mark: &Mark) {
        let lines = mark.end.line() > mark.start.line();
        let own = mark.start.line() > self.line;
        let what = match self.frames.last() {
            Some(Frame::Map { flow: true, .. }) => suspect::flow_text(text).then_some(What::Flow { list: false }),
            Some(Frame::Seq { flow: true, .. }) => suspect::flow_text(text).then_some(What::Flow { list: true }),
            Some(Frame::Seq { flow: false, .. }) => lines.then_some(What::Lines { own: false, item: true }),
            Some(Frame::Map { flow: false, .. }) => (lines || own).then_some(What::Lines { own, item: false }),
            None => Some(What::Lines { own: true, item: false }),
        };
        let what = what.or_else(|| suspect::odd_ends(text).then_some(What::Ends));
        if let Some(what) = what {
            self.built.suspects.push(Suspect::new(what, range));
        }
    }

    fn in_flow(&self) -> bool {
        matches!(self.frames.last(), Some(Frame::Map { flow: true, .. } | Frame::Seq { flow: true, .. }))
    }

    /// Whether the next node is a key.
    fn key_slot(&self) -> bool {
        matches!(self.frames.last(), Some(Frame::Map { key: None, .. }))
    }

    /// Where a missing value would stand: after the colon that follows `at`.
    fn after_colon(&self, at: usize) -> usize {
        let rest = &self.text[at..];
        let blanks = rest.len() - rest.trim_start_matches([' ', '\t']).len();
        let bytes = self.text.as_bytes();
        match bytes.get(at + blanks) {
            Some(b':') => at + blanks + 1,
            Some(b'-') if blanks == 0 && matches!(bytes.get(at + 1), None | Some(b' ' | b'\n' | b'\r')) => at + 1,
            _ => at,
        }
    }

    /// The dash of the list whose first event is at `at`: a list that is not indented begins with its first element.
    fn dash(&self, at: usize) -> usize {
        let before = self.text[..at].trim_end_matches([' ', '\n', '\r']);
        if !self.text[at..].starts_with('-') && before.ends_with('-') { before.len() - 1 } else { at }
    }

    fn key(&mut self, new: At<Box<str>>) {
        if let Some(Frame::Map { key, .. }) = self.frames.last_mut() {
            *key = Some(new);
        }
    }

    /// A list or a group where a key belongs.
    fn complex_key(&mut self, start: usize) {
        if self.key_slot() {
            let span = self.span(start..start);
            self.built.findings.push(
                UNSUPPORTED_YAML.at(span, "键只能是文字，不能是列表或一组“键: 值”").help("请在冒号前只写一个名称"),
            );
            self.built.damaged = true;
            self.key(At::new("".into(), span));
            // The collection itself becomes the value of a nameless key and is dropped with it in `close`.
            self.frames.push(Frame::Seq { start, end: usize::MAX, flow: false, items: Vec::new() });
        }
    }

    fn value(&mut self, node: Node) {
        let end_of = node.span.end as usize;
        match self.frames.last_mut() {
            Some(Frame::Map { end, key, entries, .. }) => {
                *end = (*end).max(end_of);
                if let Some(key) = key.take() {
                    entries.push(Entry { key, value: node });
                }
            }
            Some(Frame::Seq { end: usize::MAX, .. }) => {
                // A list or a group that stood as a key: its value follows.
                self.frames.pop();
            }
            Some(Frame::Seq { end, items, .. }) => {
                *end = (*end).max(end_of);
                items.push(node);
            }
            None => self.built.root = Some(node),
        }
    }

    fn close(&mut self, mark: &Mark) {
        let stop = self.range(mark).end;
        let node = match self.frames.pop() {
            Some(Frame::Map { start, end, flow, mut entries, .. }) => {
                self.unique(&mut entries);
                let all = entries.len();
                // Keys that are no text were reported; their entries have an empty key at no place.
                entries.retain(|entry| !entry.key.is_empty() || entry.key.span.start < entry.key.span.end);
                let damaged = entries.len() < all;
                let start = if flow { start } else { entries.first().map_or(start, |e| e.key.span.start as usize) };
                let end = if flow { stop } else { end };
                let span = self.span(start.min(end)..end);
                Node { span, kind: Kind::Map { entries, flow, damaged } }
            }
            Some(Frame::Seq { start, end, flow, items }) => {
                let end = if flow { stop } else { end };
                let span = self.span(start.min(end)..end);
                Node { span, kind: Kind::Seq { items, flow } }
            }
            None => return,
        };
        self.value(node);
    }

    /// Drops the entries whose key stands before in the same map, and says so.
    fn unique(&mut self, entries: &mut Vec<Entry>) {
        let mut twice: Vec<(usize, usize)> = Vec::new();
        if entries.len() <= 16 {
            for later in 1..entries.len() {
                let key = &entries[later].key.value;
                if let Some(first) = entries[..later].iter().position(|entry| entry.key.value == *key) {
                    twice.push((first, later));
                }
            }
        } else {
            let mut seen = rustc_hash::FxHashMap::default();
            for (index, entry) in entries.iter().enumerate() {
                match seen.entry(&*entry.key.value) {
                    std::collections::hash_map::Entry::Occupied(first) => twice.push((*first.get(), index)),
                    std::collections::hash_map::Entry::Vacant(free) => {
                        free.insert(index);
                    }
                }
            }
        }
        twice.retain(|&(_, later)| !entries[later].key.is_empty());
        for &(first, later) in &twice {
            let key = &entries[later].key;
            self.built.findings.push(
                DUPLICATE_KEYS
                    .at(key.span, format!("“{}” 在这一组里写了两次", key.value))
                    .related(entries[first].key.span, "第一次写在这里，后面的不作数")
                    .help("请合并成一处，或改正其中一个的名称"),
            );
        }
        if !twice.is_empty() {
            let mut index = 0;
            entries.retain(|_| {
                index += 1;
                twice.binary_search_by_key(&(index - 1), |&(_, later)| later).is_err()
            });
        }
    }

    fn tag(&mut self, tag: Option<&Tag>, mark: &Mark) {
        if tag.is_none() {
            return;
        }
        let range = mark.tag_span().and_then(|span| span.byte_range()).filter(|range| range.end <= self.text.len());
        let span = self.span(range.unwrap_or_else(|| self.range(mark)));
        let written = &self.text[span.range()];
        self.built.findings.push(
            UNSUPPORTED_YAML
                .at(span, format!("“{written}” 是 YAML 的类型标记，这里不用"))
                .help("请删去；如果本来就是文字，请把整个值放进英文引号"),
        );
    }

    fn second_document(&mut self, mark: &Mark) {
        let range = self.range(mark);
        self.built.damaged = true;
        self.built.findings.push(
            UNSUPPORTED_YAML
                .at(self.span(range), "一个文件只写一份内容，“---” 后面的没有读")
                .help("请把后面的内容另存为一个文件；如果只是分隔线，请改成“#”开头的注释"),
        );
    }
}
