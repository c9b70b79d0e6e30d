//! Lists and tables: several values under one key, which an extending bundle can change by parts.

use std::sync::Arc;

use super::closest;
use super::codes::{UNKNOWN_KEYS, UNMATCHED_CHANGES};
use super::decode::{Decoder, Inheritance, Str, Text, is_empty};
use super::kind::{IsKind, Typed};
use super::record::{Field, Record, Value};
use super::shape::{Group, Key, Shape, Visitor};
use crate::diagnostic::Diagnostic;
use crate::source::{At, Span};
use crate::syntax::{Kind, Node};
use rustc_hash::FxHashMap;

/// A list of values. An extending bundle may write the whole list anew, or what to 增加、删除、修改 in it.
#[derive(Debug, Clone)]
pub struct List<T> {
    /// The elements; shared by copies, of which resolving makes many. Most lists are empty and cost nothing.
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

/// An element of a [`List`], shared with the list: what is resolved keeps what was written without a copy.
#[derive(Debug)]
pub struct Element<T> {
    list: Arc<[T]>,
    index: usize,
}

impl<T> Clone for Element<T> {
    fn clone(&self) -> Self {
        Element { list: self.list.clone(), index: self.index }
    }
}

impl<T> std::ops::Deref for Element<T> {
    type Target = T;
    fn deref(&self) -> &T {
        &self.list[self.index]
    }
}

impl<T> From<T> for Element<T> {
    fn from(value: T) -> Self {
        Element { list: Arc::new([value]), index: 0 }
    }
}

impl<T> List<T> {
    /// The elements as handles that outlive the list.
    pub fn elements(&self) -> impl Iterator<Item = Element<T>> + '_ {
        let list = self.items.iter();
        list.flat_map(|list| (0..list.len()).map(move |index| Element { list: list.clone(), index }))
    }
}

fn shared<T>(items: Vec<T>) -> Option<Arc<[T]>> {
    (!items.is_empty()).then(|| items.into())
}

pub(super) const ADD: &str = "增加";
pub(super) const REMOVE: &str = "删除";
pub(super) const MODIFY: &str = "修改";

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
            cx.wrong_type(node, &format!("列表（每行一个“- ”，内容是{}）", T::SHAPE));
            Vec::new()
        }
    }
}

impl<T: Value> Field for List<T> {
    const SHAPE: Shape = Shape::List(&T::SHAPE);
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
                                .help(format!("可以写：{ADD}、{REMOVE}、{MODIFY}")),
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
        let mut items = self.to_vec();
        for mut value in change.modify {
            if let Some(index) = find(&items, &value, change.span, cx) {
                let theirs = items[index].clone();
                value.inherit(&theirs, cx);
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
                    .at(change.span, "这里写的是对上级列表的增加、删除或修改，可是没有上级列表可改")
                    .help("本文件没有写“继承”时，直接写完整的列表"),
            );
        }
        for item in self.iter() {
            item.check(cx);
        }
    }
    fn visit<'t>(&'t self, key: &'static Key, visitor: &mut dyn Visitor<'t>) {
        if let Some(change) = &self.change {
            visitor.key(key);
            visitor.open(Group::Changes);
            for (word, list) in [(ADD, &change.add), (REMOVE, &change.remove), (MODIFY, &change.modify)] {
                if !list.is_empty() {
                    visitor.change(word);
                    visit_all(list, visitor);
                }
            }
            visitor.close();
        } else if self.span.is_some() {
            visitor.key(key);
            visit_all(self, visitor);
        }
    }
}

fn visit_all<'t, T: Value>(list: &'t [T], visitor: &mut dyn Visitor<'t>) {
    visitor.open(Group::List);
    list.iter().for_each(|value| value.visit(visitor));
    visitor.close();
}

/// The element of a list that `wanted` stands for; none is reported.
fn find<T: Value>(items: &[T], wanted: &T, span: Span, cx: &mut Inheritance<'_>) -> Option<usize> {
    let at = wanted.place().unwrap_or(span);
    let identity = wanted.identity(cx);
    let found = identity
        .as_ref()
        .and_then(|identity| items.iter().position(|item| item.identity(cx).as_ref() == Some(identity)));
    if found.is_none() {
        let what = identity.unwrap_or_default();
        let known: Vec<_> = items.iter().filter_map(|item| item.identity(cx)).collect();
        let mut diagnostic = UNMATCHED_CHANGES
            .at(at, format!("上级列表里没有“{what}”，无法修改或删除"))
            .help(format!("上级列表有：{}", known.join("、")));
        if let Some(word) = closest(&what, known.iter().map(String::as_str)) {
            diagnostic = diagnostic.label(format!("是不是“{word}”？"));
        }
        cx.sink.push(diagnostic);
    }
    found
}

/// Values under names that the author chose, in the order written. An extending bundle changes, adds, or removes (`名称: 删除`)
/// by name.
#[derive(Debug, Clone)]
pub struct Table<N, T> {
    /// The entries.
    pub entries: Vec<Entry<N, T>>,
    /// The whole table.
    pub span: Option<Span>,
    removed: Vec<Text>,
}

/// An entry of a [`Table`].
#[derive(Debug, Clone)]
pub struct Entry<N, T> {
    /// The name.
    pub name: N,
    /// What is called so; shared by copies.
    pub value: Arc<T>,
}

impl<N, T> Default for Table<N, T> {
    fn default() -> Self {
        Table { entries: Vec::new(), span: None, removed: Vec::new() }
    }
}

impl<N, T> std::ops::Deref for Table<N, T> {
    type Target = [Entry<N, T>];
    fn deref(&self) -> &[Entry<N, T>] {
        &self.entries
    }
}

impl<K: IsKind, T: Value + Record> Field for Table<Typed<K>, T> {
    const SHAPE: Shape = Shape::Table(K::KIND, &T::SHAPE);
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
            self.entries.push(Entry { name: name.into(), value: Arc::new(value) });
        }
    }
    fn inherit(&mut self, parent: &Self, cx: &mut Inheritance<'_>) {
        let mut mine: Vec<Option<Entry<Typed<K>, T>>> =
            std::mem::take(&mut self.entries).into_iter().map(Some).collect();
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
                    Arc::make_mut(&mut entry.value).inherit(&theirs.value, cx);
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
    fn visit<'t>(&'t self, key: &'static Key, visitor: &mut dyn Visitor<'t>) {
        if self.span.is_some() {
            visitor.key(key);
            visitor.open(Group::Table);
            for entry in &self.entries {
                visitor.name(K::KIND, &entry.name);
                entry.value.visit(visitor);
            }
            self.removed.iter().for_each(|name| visitor.removed(name));
            visitor.close();
        }
    }
}

fn unmatched_removal<'n>(name: &Text, known: impl Iterator<Item = &'n str> + Clone) -> Diagnostic {
    let diagnostic = UNMATCHED_CHANGES.at(name.span, format!("没有可删除的“{}”", name.value));
    match closest(name, known) {
        Some(word) => diagnostic.label(format!("是不是“{word}”？")),
        None => diagnostic.help("“删除”只用来去掉从上级文件继承来的内容"),
    }
}

impl<K, T> Table<Typed<K>, T> {
    /// The value under `name`.
    pub fn get(&self, name: &str) -> Option<&T> {
        self.entries.iter().find(|entry| &*entry.name.value == name).map(|entry| &*entry.value)
    }
}
