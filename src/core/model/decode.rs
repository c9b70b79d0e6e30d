//! Reading records from a tree: all errors, with suggestions.

use super::closest;
use super::codes::{EMPTY_VALUES, MISSING_KEYS, UNKNOWN_KEYS, WRONG_TYPES, WRONG_VALUES};
use super::kind::Thing;
use super::record::{Field, Record, Value};
use super::shape::{Key, RecordShape, Shape, Visitor};
use crate::diagnostic::{Diagnostic, Fix, Sink};
use crate::source::{At, Span};
use crate::syntax::{FULL_WIDTH_PUNCTUATION, Kind, Node, Style};

/// A name or a text; cheap to clone.
pub type Str = std::sync::Arc<str>;
/// A text and where it was written.
pub type Text = At<Str>;

/// What decoding needs beside the tree.
pub struct Decoder<'a> {
    /// The text that the tree was parsed from.
    pub text: &'a str,
    /// Where faults go.
    pub sink: &'a mut Sink,
    /// The names of the questions that the file asks, so that one with 且 or 非 in it is read as one name.
    pub questions: &'a [&'a str],
    pub(super) head: Option<Span>,
}

/// What inheritance and the check after it need.
pub struct Inheritance<'a> {
    /// Where faults go.
    pub sink: &'a mut Sink,
    /// The name in its catalogue of what is called so, by name or alias; `None` if nothing is.
    pub canonical: &'a dyn Fn(Thing, &str) -> Option<&'a str>,
}

impl<'a> Decoder<'a> {
    /// A decoder for one text.
    pub fn new(text: &'a str, questions: &'a [&'a str], sink: &'a mut Sink) -> Self {
        Decoder { text, sink, questions, head: None }
    }

    /// Reports that something else stands where `expected` should.
    pub fn wrong_type(&mut self, node: &Node, expected: &str) {
        let message = format!("这里应当写{expected}，写成了{}", node.kind_name());
        self.sink.push(WRONG_TYPES.at(first_line(node.span, self.text), message));
    }

    /// Reports a value that is not one of `words`, and returns the index of the one that it is.
    pub fn choice(&mut self, node: &Node, shape: &str, words: &[&str]) -> Option<usize> {
        let Some(text) = node.as_text() else {
            self.wrong_type(node, shape);
            return None;
        };
        if let Some(index) = words.iter().position(|word| *word == text) {
            return Some(index);
        }
        let mut diagnostic = WRONG_VALUES
            .at(node.span, format!("“{text}”不是{shape}的写法"))
            .help(format!("可以写：{}", words.join("、")));
        if let Some(word) = closest(text, words.iter().copied()) {
            diagnostic = diagnostic.label(format!("是不是“{word}”？"));
            diagnostic = diagnostic.fix(Fix::replace(node.span, word, format!("改为“{word}”")).to_be_confirmed());
        }
        self.sink.push(diagnostic);
        None
    }

    /// The text of a scalar, or a fault.
    pub fn scalar<'n>(&mut self, node: &'n Node, shape: &str) -> Option<&'n str> {
        match &node.kind {
            Kind::Scalar { text, .. } => Some(text),
            _ => {
                self.wrong_type(node, shape);
                None
            }
        }
    }

    /// Runs `read` with the span of the key or name under which a value stands.
    pub(super) fn under<T>(&mut self, head: Span, read: impl FnOnce(&mut Self) -> T) -> T {
        let outer = self.head.replace(head);
        let result = read(self);
        self.head = outer;
        result
    }
}

/// The part of `span` on its first line, so that a caret does not run over pages.
pub(super) fn first_line(span: Span, text: &str) -> Span {
    let written = &text[span.range()];
    let end = written.find(['\n', '\r']).map_or(span.end, |length| span.start + length as u32);
    Span { end, ..span }
}

/// Reads a record from a mapping, or from a text where it has a short form.
pub(super) fn decode_record<R: Record>(node: &Node, cx: &mut Decoder<'_>) -> Option<R> {
    let mut record = R::default();
    let shape = R::RECORD;
    let keys = shape.keys;
    match &node.kind {
        Kind::Map { entries, damaged, .. } => {
            let head = cx.head.take().or_else(|| entries.first().map(|entry| entry.key.span));
            record.set_place(head.unwrap_or(node.span), node.span, *damaged);
            for entry in entries {
                let find = |name: &str| keys.iter().position(|key| key.key == name);
                let index = find(&entry.key.value);
                // A misspelt key counts as the key that was meant: it is not missing as well.
                let meant = match index {
                    Some(index) => {
                        cx.under(entry.key.span, |cx| R::READERS[index](&mut record, &entry.value, cx));
                        Some(index)
                    }
                    None => {
                        let meant = closest(&entry.key.value, keys.iter().map(|key| key.key));
                        cx.sink.push(unknown_key(shape, &entry.key, meant));
                        meant.and_then(find)
                    }
                };
                if let Some(index) = meant {
                    *record.written() |= 1 << index;
                }
            }
            Some(record)
        }
        Kind::Scalar { text, style, .. } => {
            if *style == Style::Plain && keys.iter().any(|key| starts_with_key(text, key.key)) {
                let colon = text.find('：').expect("starts_with_key found one");
                let at = node.inner_span(cx.text, colon..colon + '：'.len_utf8());
                cx.sink.push(
                    FULL_WIDTH_PUNCTUATION
                        .at(at, "键后面用了全角冒号“：”")
                        .help("改成半角冒号，冒号后空一格")
                        .fix(Fix::replace(at, ": ", "改为半角冒号加空格")),
                );
                return None;
            }
            let Some(short) = shape.short else {
                cx.wrong_type(node, &expected_record(shape));
                return None;
            };
            record.set_place(node.span, node.span, false);
            // The short form says all there is to say.
            *record.written() = u128::MAX;
            if let Some(index) = keys.iter().position(|key| key.key == short) {
                R::READERS[index](&mut record, node, cx);
            }
            Some(record)
        }
        // A list is the short form where the key that it stands for holds one.
        Kind::Seq { .. } if shape.has_short_list() => {
            record.set_place(node.span, node.span, false);
            *record.written() = u128::MAX;
            if let Some(index) = keys.iter().position(|key| Some(key.key) == shape.short) {
                R::READERS[index](&mut record, node, cx);
            }
            Some(record)
        }
        _ => {
            cx.wrong_type(node, &expected_record(shape));
            None
        }
    }
}

fn starts_with_key(text: &str, key: &str) -> bool {
    text.strip_prefix(key).is_some_and(|rest| rest.starts_with('：'))
}

fn expected_record(shape: &RecordShape) -> String {
    let keys: Vec<_> = shape.keys.iter().take(3).map(|key| key.key).collect();
    format!("一组“键: 值”（{}……）", keys.join("、"))
}

fn unknown_key(shape: &RecordShape, key: &At<Box<str>>, meant: Option<&str>) -> Diagnostic {
    let diagnostic = UNKNOWN_KEYS.at(key.span, format!("“{}”里没有“{}”这个键", shape.title(), key.value));
    match meant {
        Some(word) => diagnostic
            .label(format!("是不是“{word}”？"))
            .fix(Fix::replace(key.span, word, format!("改为“{word}”")).to_be_confirmed()),
        None => {
            let keys: Vec<_> = shape.keys.iter().map(|key| key.key).collect();
            diagnostic.help(format!("这里可以写的键：{}", keys.join("、")))
        }
    }
}

impl<'a> Inheritance<'a> {
    /// What the catalogue calls a thing that was referred to so.
    pub(super) fn canonical(&self, thing: Thing, name: &str) -> Option<&'a str> {
        (self.canonical)(thing, name)
    }

    /// Reports the required keys that nobody wrote.
    pub fn report_missing<'k, R: Record>(&mut self, head: Span, keys: impl Iterator<Item = &'k Key>) {
        for key in keys {
            let place = R::RECORD.title();
            self.sink.push(MISSING_KEYS.at(head, format!("“{place}”缺少必填的键“{}”", key.key)).help(format!(
                "补上“{}: ……”：{}",
                key.key,
                key.doc.lines().next().unwrap_or_default().trim()
            )));
        }
    }
}

impl<T: Value> Field for Option<T> {
    const SHAPE: Shape = T::SHAPE;
    fn read(&mut self, node: &Node, cx: &mut Decoder<'_>) {
        if is_empty(node, cx) {
            return;
        }
        *self = T::decode(node, cx);
    }
    fn inherit(&mut self, parent: &Self, cx: &mut Inheritance<'_>) {
        match (self.as_mut(), parent) {
            (Some(mine), Some(theirs)) => mine.inherit(theirs, cx),
            (None, Some(theirs)) => *self = Some(theirs.clone()),
            (_, None) => {}
        }
    }
    fn check(&self, cx: &mut Inheritance<'_>) {
        if let Some(value) = self {
            value.check(cx);
        }
    }
    fn visit<'t>(&'t self, key: &'static Key, visitor: &mut dyn Visitor<'t>) {
        if let Some(value) = self {
            visitor.key(key);
            value.visit(visitor);
        }
    }
}

pub(super) fn is_empty(node: &Node, cx: &mut Decoder<'_>) -> bool {
    let empty = match &node.kind {
        Kind::Null => true,
        Kind::Scalar { text, .. } => text.trim().is_empty(),
        _ => false,
    };
    if empty {
        let at = cx.head.unwrap_or(node.span);
        cx.sink.push(EMPTY_VALUES.at(at, "这个键后面没有写内容").help("补上内容；现在还没有，就把整行删去"));
    }
    empty
}
