//! Reading records from a tree: all errors, with suggestions.

use std::sync::Arc;

use rustc_hash::FxHashMap;
use schemars::{Schema, SchemaGenerator, json_schema};
use serde_json::Value as Json;

use super::codes::{EMPTY_VALUES, MISSING_KEYS, UNKNOWN_KEYS, UNMATCHED_CHANGES, WRONG_TYPES, WRONG_VALUES};
use super::record::{Field, Key, Record, Value, scalar};
use super::suggest::closest;
use crate::diagnostic::{Diagnostic, Fix, Sink};
use crate::source::{At, Span};
use crate::syntax::{FULL_WIDTH_PUNCTUATION, Kind, Node, Style};

/// A name or a text; cheap to clone.
pub type Str = Arc<str>;
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
    head: Option<Span>,
}

/// What inheritance and the check after it need.
pub struct Inheritance<'a> {
    /// Where faults go.
    pub sink: &'a mut Sink,
}

impl<'a> Decoder<'a> {
    /// A decoder for one text.
    pub fn new(text: &'a str, questions: &'a [&'a str], sink: &'a mut Sink) -> Self {
        Decoder { text, sink, questions, head: None }
    }

    /// Reports that something else stands where `expected` should.
    pub fn wrong_type(&mut self, node: &Node, expected: &str) {
        let message = format!("这里应当写{expected}\u{ff0c}写成了{}", node.kind_name());
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
            .help(format!("可以写\u{ff1a}{}", words.join("、")));
        if let Some(word) = closest(text, words.iter().copied()) {
            diagnostic = diagnostic.label(format!("是不是“{word}”\u{ff1f}"));
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
    fn under<T>(&mut self, head: Span, read: impl FnOnce(&mut Self) -> T) -> T {
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
    match &node.kind {
        Kind::Map { entries, damaged, .. } => {
            let head = cx.head.take().or_else(|| entries.first().map(|entry| entry.key.span));
            record.set_place(head.unwrap_or(node.span), node.span, *damaged);
            for entry in entries {
                let known = cx.under(entry.key.span, |cx| record.read_key(&entry.key.value, &entry.value, cx));
                // A misspelt key counts as the key that was meant: it is not missing as well.
                let meant = if known {
                    Some(&*entry.key.value)
                } else {
                    let meant = closest(&entry.key.value, R::KEYS.iter().map(|key| key.key));
                    cx.sink.push(unknown_key::<R>(&entry.key, meant));
                    meant
                };
                if let Some(index) = R::KEYS.iter().position(|key| Some(key.key) == meant) {
                    *record.written() |= 1 << index;
                }
            }
            Some(record)
        }
        Kind::Scalar { text, style, .. } => {
            if *style == Style::Plain && R::KEYS.iter().any(|key| starts_with_key(text, key.key)) {
                let colon = text.find('\u{ff1a}').expect("starts_with_key found one");
                let at = node.inner_span(cx.text, colon..colon + '\u{ff1a}'.len_utf8());
                cx.sink.push(
                    FULL_WIDTH_PUNCTUATION
                        .at(at, "键后面用了全角冒号“\u{ff1a}”")
                        .help("改成半角冒号\u{ff0c}冒号后空一格")
                        .fix(Fix::replace(at, ": ", "改为半角冒号加空格")),
                );
                return None;
            }
            let Some(short) = R::SHORT else {
                cx.wrong_type(node, &expected_record::<R>());
                return None;
            };
            record.set_place(node.span, node.span, false);
            // The short form says all there is to say.
            *record.written() = u128::MAX;
            record.read_key(short, node, cx);
            Some(record)
        }
        _ => {
            cx.wrong_type(node, &expected_record::<R>());
            None
        }
    }
}

fn starts_with_key(text: &str, key: &str) -> bool {
    text.strip_prefix(key).is_some_and(|rest| rest.starts_with('\u{ff1a}'))
}

fn expected_record<R: Record>() -> String {
    let keys: Vec<_> = R::KEYS.iter().take(3).map(|key| key.key).collect();
    format!("一组“键: 值”\u{ff08}{}……\u{ff09}", keys.join("、"))
}

fn unknown_key<R: Record>(key: &At<Box<str>>, meant: Option<&str>) -> Diagnostic {
    let place = R::DOC.lines().next().unwrap_or_default().trim().trim_end_matches('\u{3002}');
    let diagnostic = UNKNOWN_KEYS.at(key.span, format!("“{place}”里没有“{}”这个键", key.value));
    match meant {
        Some(word) => diagnostic
            .label(format!("是不是“{word}”\u{ff1f}"))
            .fix(Fix::replace(key.span, word, format!("改为“{word}”")).to_be_confirmed()),
        None => {
            let keys: Vec<_> = R::KEYS.iter().map(|key| key.key).collect();
            diagnostic.help(format!("这里可以写的键\u{ff1a}{}", keys.join("、")))
        }
    }
}

impl Inheritance<'_> {
    /// Reports the required keys that nobody wrote.
    pub fn report_missing<'k, R: Record>(&mut self, head: Span, keys: impl Iterator<Item = &'k Key>) {
        for key in keys {
            let place = R::DOC.lines().next().unwrap_or_default().trim().trim_end_matches('\u{3002}');
            self.sink.push(MISSING_KEYS.at(head, format!("“{place}”缺少必填的键“{}”", key.key)).help(format!(
                "补上“{}: ……”\u{ff1a}{}",
                key.key,
                key.doc.lines().next().unwrap_or_default().trim()
            )));
        }
    }
}

impl<T: Value> Field for Option<T> {
    fn shape() -> String {
        T::shape()
    }
    fn schema(generator: &mut SchemaGenerator) -> Schema {
        T::schema(generator)
    }
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
    fn export(&self) -> Option<Json> {
        self.as_ref().map(Value::export)
    }
    fn texts<'t>(&'t self, key: &'static str, visit: &mut dyn FnMut(&'static str, &'t Text)) {
        if let Some(value) = self {
            value.texts(key, visit);
        }
    }
}

fn is_empty(node: &Node, cx: &mut Decoder<'_>) -> bool {
    let empty = match &node.kind {
        Kind::Null => true,
        Kind::Scalar { text, .. } => text.trim().is_empty(),
        _ => false,
    };
    if empty {
        let at = cx.head.unwrap_or(node.span);
        cx.sink
            .push(EMPTY_VALUES.at(at, "这个键后面没有写内容").help("补上内容\u{ff1b}现在还没有\u{ff0c}就把整行删去"));
    }
    empty
}

/// A list of values, shared by copies. An extending bundle may write the whole list anew, or what to 增加、删除、修改 in it.
#[derive(Debug, Clone)]
pub struct List<T> {
    items: Option<Arc<[T]>>,
    /// The whole list, where it was written last.
    pub span: Option<Span>,
    change: Option<Box<Change<T>>>,
}

#[derive(Debug, Clone)]
struct Change<T> {
    span: Span,
    add: Vec<T>,
    remove: Vec<T>,
    modify: Vec<T>,
}

impl<T> Default for List<T> {
    fn default() -> Self {
        List { items: None, span: None, change: None }
    }
}

impl<T> std::ops::Deref for List<T> {
    type Target = [T];
    fn deref(&self) -> &[T] {
        self.items.as_deref().unwrap_or_default()
    }
}

fn shared<T>(items: Vec<T>) -> Option<Arc<[T]>> {
    (!items.is_empty()).then(|| items.into())
}

const ADD: &str = "增加";
const REMOVE: &str = "删除";
const MODIFY: &str = "修改";

fn read_items<T: Value>(node: &Node, cx: &mut Decoder<'_>) -> Vec<T> {
    match &node.kind {
        Kind::Seq { items, .. } => {
            let mut list = Vec::with_capacity(items.len());
            for item in items {
                cx.head = None;
                if is_empty(item, cx) {
                    continue;
                }
                list.extend(T::decode(item, cx));
            }
            list
        }
        // One element may stand without a dash; a mapping may not, it would be read as the wrong kind of list.
        Kind::Scalar { .. } => {
            cx.head = None;
            T::decode(node, cx).into_iter().collect()
        }
        _ => {
            cx.wrong_type(node, &format!("列表\u{ff08}每行一个“- ”\u{ff0c}内容是{}\u{ff09}", T::shape()));
            Vec::new()
        }
    }
}

impl<T: Value> Field for List<T> {
    fn shape() -> String {
        format!("{}的列表", T::shape())
    }
    fn schema(generator: &mut SchemaGenerator) -> Schema {
        let item = T::schema(generator);
        let list = json_schema!({ "type": "array", "items": item });
        let change = json_schema!({ "anyOf": [list, scalar()] });
        // One element may stand without a dash.
        json_schema!({ "anyOf": [list, item, {
            "type": "object",
            "properties": { ADD: change, REMOVE: change, MODIFY: change },
            "additionalProperties": false,
        }]})
    }
    fn read(&mut self, node: &Node, cx: &mut Decoder<'_>) {
        match &node.kind {
            Kind::Map { entries, .. }
                if entries.iter().any(|entry| [ADD, REMOVE, MODIFY].contains(&&*entry.key.value)) =>
            {
                let mut change = Change {
                    span: cx.head.unwrap_or(node.span),
                    add: Vec::new(),
                    remove: Vec::new(),
                    modify: Vec::new(),
                };
                for entry in entries {
                    match &*entry.key.value {
                        ADD => change.add = read_items(&entry.value, cx),
                        REMOVE => change.remove = read_items(&entry.value, cx),
                        MODIFY => change.modify = read_items(&entry.value, cx),
                        other => cx.sink.push(
                            UNKNOWN_KEYS
                                .at(entry.key.span, format!("修改列表时没有“{other}”这种写法"))
                                .help(format!("可以写\u{ff1a}{ADD}、{REMOVE}、{MODIFY}")),
                        ),
                    }
                }
                self.change = Some(Box::new(change));
            }
            // A single record instead of a list of one.
            Kind::Map { .. } => {
                self.span = Some(node.span);
                self.items = shared(T::decode(node, cx).into_iter().collect());
            }
            _ => {
                if !is_empty(node, cx) {
                    self.span = Some(node.span);
                    self.items = shared(read_items(node, cx));
                }
            }
        }
    }
    fn inherit(&mut self, parent: &Self, cx: &mut Inheritance<'_>) {
        if self.span.is_some() {
            return;
        }
        self.items = parent.items.clone();
        self.span = parent.span;
        let Some(change) = self.change.take() else { return };
        let mut items = parent.to_vec();
        for mut value in change.modify {
            if let Some(index) = find(&items, &value, change.span, cx) {
                value.inherit(&items[index], cx);
                items[index] = value;
            }
        }
        for value in change.remove {
            if let Some(index) = find(&items, &value, change.span, cx) {
                items.remove(index);
            }
        }
        items.extend(change.add);
        self.items = shared(items);
        self.span = Some(self.span.unwrap_or(change.span));
    }
    fn check(&self, cx: &mut Inheritance<'_>) {
        if let Some(change) = &self.change {
            cx.sink.push(
                UNMATCHED_CHANGES
                    .at(change.span, "这里写的是对上级列表的增加、删除或修改\u{ff0c}可是没有上级列表可改")
                    .help("本文件没有写“继承”时\u{ff0c}直接写完整的列表"),
            );
        }
        self.iter().for_each(|item| item.check(cx));
    }
    fn export(&self) -> Option<Json> {
        self.span.is_some().then(|| self.iter().map(Value::export).collect())
    }
    fn texts<'t>(&'t self, key: &'static str, visit: &mut dyn FnMut(&'static str, &'t Text)) {
        for item in self.iter() {
            item.texts(key, visit);
        }
    }
}

/// The element of a list that `wanted` stands for; none is reported.
fn find<T: Value>(items: &[T], wanted: &T, span: Span, cx: &mut Inheritance<'_>) -> Option<usize> {
    let at = wanted.place().unwrap_or(span);
    let identity = wanted.identity();
    let found =
        identity.as_ref().and_then(|identity| items.iter().position(|item| item.identity().as_ref() == Some(identity)));
    if found.is_none() {
        let what = identity.unwrap_or_default();
        let known: Vec<_> = items.iter().filter_map(Value::identity).collect();
        let mut diagnostic = UNMATCHED_CHANGES
            .at(at, format!("上级列表里没有“{what}”\u{ff0c}无法修改或删除"))
            .help(format!("上级列表有\u{ff1a}{}", known.join("、")));
        if let Some(word) = closest(&what, known.iter().map(String::as_str)) {
            diagnostic = diagnostic.label(format!("是不是“{word}”\u{ff1f}"));
        }
        cx.sink.push(diagnostic);
    }
    found
}

/// Values under names that the author chose, in the order written. An extending bundle changes, adds, or removes (`名称: 删除`)
/// by name.
#[derive(Debug, Clone)]
pub struct Table<T> {
    /// The entries.
    pub entries: Vec<Named<T>>,
    /// The whole table.
    pub span: Option<Span>,
    removed: Vec<Text>,
}

/// An entry of a [`Table`].
#[derive(Debug, Clone)]
pub struct Named<T> {
    /// The name.
    pub name: Text,
    /// What is called so.
    pub value: T,
}

impl<T> Default for Table<T> {
    fn default() -> Self {
        Table { entries: Vec::new(), span: None, removed: Vec::new() }
    }
}

impl<T> std::ops::Deref for Table<T> {
    type Target = [Named<T>];
    fn deref(&self) -> &[Named<T>] {
        &self.entries
    }
}

impl<T: Value + Record> Field for Table<T> {
    fn shape() -> String {
        format!("以名称为键的表\u{ff0c}每一项是{}", T::shape())
    }
    fn schema(generator: &mut SchemaGenerator) -> Schema {
        let item = T::schema(generator);
        json_schema!({ "type": "object", "additionalProperties": { "anyOf": [item, { "const": REMOVE }, { "type": "null" }] } })
    }
    fn read(&mut self, node: &Node, cx: &mut Decoder<'_>) {
        if is_empty(node, cx) {
            return;
        }
        let Kind::Map { entries, .. } = &node.kind else {
            cx.wrong_type(node, "一组“名称: 内容”");
            return;
        };
        self.span = Some(node.span);
        self.entries.reserve(entries.len());
        for entry in entries {
            let name = At::new(Str::from(&*entry.key.value), entry.key.span);
            if entry.value.as_text() == Some(REMOVE) {
                self.removed.push(name);
                continue;
            }
            // `办税:` alone declares the name with nothing more to say about it.
            let value = match &entry.value.kind {
                Kind::Null => {
                    let empty = Node {
                        span: entry.key.span,
                        kind: Kind::Map { entries: Vec::new(), flow: true, damaged: false },
                    };
                    cx.under(entry.key.span, |cx| T::decode(&empty, cx))
                }
                _ => cx.under(entry.key.span, |cx| T::decode(&entry.value, cx)),
            };
            // A value that could not be read still defines its name: no “undefined” on top of what was said.
            let value = value.unwrap_or_else(|| {
                let mut unreadable = T::default();
                unreadable.set_place(entry.key.span, entry.value.span, true);
                unreadable
            });
            self.entries.push(Named { name, value });
        }
    }
    fn inherit(&mut self, parent: &Self, cx: &mut Inheritance<'_>) {
        let mut mine: Vec<Option<Named<T>>> = std::mem::take(&mut self.entries).into_iter().map(Some).collect();
        let places: FxHashMap<Str, usize> =
            mine.iter().flatten().enumerate().map(|(place, entry)| (entry.name.value.clone(), place)).collect();
        for theirs in &parent.entries {
            if let Some(index) = self.removed.iter().position(|name| name.value == theirs.name.value) {
                self.removed.remove(index);
                continue;
            }
            let own = places.get(&theirs.name.value).and_then(|&place| mine[place].take());
            match own {
                Some(mut entry) => {
                    entry.value.inherit(&theirs.value, cx);
                    self.entries.push(entry);
                }
                None => self.entries.push(theirs.clone()),
            }
        }
        self.entries.extend(mine.into_iter().flatten());
        self.span = self.span.or(parent.span);
        for name in std::mem::take(&mut self.removed) {
            let diagnostic = unmatched_removal(&name, parent.entries.iter().map(|entry| &*entry.name.value));
            cx.sink.push(diagnostic);
        }
    }
    fn check(&self, cx: &mut Inheritance<'_>) {
        for name in &self.removed {
            cx.sink.push(unmatched_removal(name, std::iter::empty()));
        }
        for entry in &self.entries {
            entry.value.check(cx);
        }
    }
    fn export(&self) -> Option<Json> {
        // A list, not an object: the order in which the author named things counts.
        let entry = |entry: &Named<T>| serde_json::json!({ "name": &*entry.name.value, "value": entry.value.export() });
        self.span.is_some().then(|| self.entries.iter().map(entry).collect())
    }
    fn texts<'t>(&'t self, key: &'static str, visit: &mut dyn FnMut(&'static str, &'t Text)) {
        for entry in &self.entries {
            visit(key, &entry.name);
            entry.value.texts(key, visit);
        }
    }
}

fn unmatched_removal<'n>(name: &Text, known: impl Iterator<Item = &'n str> + Clone) -> Diagnostic {
    let diagnostic = UNMATCHED_CHANGES.at(name.span, format!("没有可删除的“{}”", name.value));
    match closest(name, known) {
        Some(word) => diagnostic.label(format!("是不是“{word}”\u{ff1f}")),
        None => diagnostic.help("“删除”只用来去掉从上级文件继承来的内容"),
    }
}

impl<T> Table<T> {
    /// The value under `name`.
    pub fn get(&self, name: &str) -> Option<&T> {
        self.entries.iter().find(|entry| &*entry.name.value == name).map(|entry| &entry.value)
    }
}
