//! What stands at a place of a text, by the table of keys: what an editor asks before it completes or explains.

use super::collection::{ADD, MODIFY, REMOVE};
use super::kind::{Kind, Thing};
use super::shape::{Key, RecordShape, Shape};
use crate::syntax::{self, Node};

/// What stands, or may be written, at a place.
#[derive(Debug)]
pub enum Place<'n> {
    /// A key of a record.
    Key {
        /// Of which record.
        record: &'static RecordShape,
        /// The key that stands there; `None` if there is none, or one that is not known.
        key: Option<&'static Key>,
        /// The keys that the record has.
        written: Vec<&'n str>,
    },
    /// A value, or the name of an entry of a table.
    Value {
        /// Under which key.
        key: Option<&'static Key>,
        /// What is written there.
        shape: &'static Shape,
    },
}

/// What stands at byte `offset` of a text whose tree is `root` and whose outermost record is `record`.
pub fn at<'n>(root: &'n Node, record: &'static RecordShape, offset: u32) -> Option<Place<'n>> {
    of_record(root, record, offset)
}

fn covers(node: &Node, offset: u32) -> bool {
    (node.span.start..=node.span.end).contains(&offset)
}

fn of_record<'n>(node: &'n Node, record: &'static RecordShape, offset: u32) -> Option<Place<'n>> {
    match &node.kind {
        syntax::Kind::Map { entries, .. } => {
            let written = || entries.iter().map(|entry| &*entry.key.value).collect();
            for (index, entry) in entries.iter().enumerate() {
                let key = record.key(&entry.key.value);
                if (entry.key.span.start..=entry.key.span.end).contains(&offset) {
                    return Some(Place::Key { record, key, written: written() });
                }
                let next = entries.get(index + 1).map_or(u32::MAX, |next| next.key.span.start);
                if covers(&entry.value, offset)
                    || matches!(entry.value.kind, syntax::Kind::Null) && (entry.key.span.end..next).contains(&offset)
                {
                    return of(&entry.value, key?.shape, key, offset);
                }
            }
            Some(Place::Key { record, key: None, written: written() })
        }
        // The short form.
        syntax::Kind::Scalar { .. } | syntax::Kind::Seq { .. } => {
            let key = record.short_key()?;
            of(node, key.shape, Some(key), offset)
        }
        _ => Some(Place::Key { record, key: None, written: Vec::new() }),
    }
}

fn of<'n>(node: &'n Node, shape: &'static Shape, key: Option<&'static Key>, offset: u32) -> Option<Place<'n>> {
    match (&node.kind, shape) {
        (_, Shape::Record(record)) => of_record(node, record, offset),
        (syntax::Kind::Map { entries, .. }, Shape::Table(..) | Shape::List(_)) => {
            let changes = |name: &str| [ADD, REMOVE, MODIFY].contains(&name);
            for entry in entries {
                let named = (entry.key.span.start..=entry.key.span.end).contains(&offset);
                match shape {
                    Shape::Table(..) if named => return Some(Place::Value { key, shape }),
                    Shape::Table(_, inner) if covers(&entry.value, offset) => {
                        return of(&entry.value, inner, key, offset);
                    }
                    Shape::List(_) if changes(&entry.key.value) && covers(&entry.value, offset) => {
                        return of(&entry.value, shape, key, offset);
                    }
                    _ => {}
                }
            }
            match shape {
                // One record instead of a list of one.
                Shape::List(inner) if !entries.iter().any(|entry| changes(&entry.key.value)) => {
                    of(node, inner, key, offset)
                }
                _ => Some(Place::Value { key, shape }),
            }
        }
        (syntax::Kind::Seq { items, .. }, Shape::List(inner)) => match items.iter().find(|item| covers(item, offset)) {
            Some(item) => of(item, inner, key, offset),
            None => Some(Place::Value { key, shape: inner }),
        },
        (_, Shape::List(inner)) => of(node, inner, key, offset),
        _ => Some(Place::Value { key, shape }),
    }
}

impl Place<'_> {
    /// What may be written there; `names`: what there is of a thing.
    pub fn candidates<'p>(&self, names: &dyn Fn(Thing) -> Vec<&'p str>) -> Vec<&'p str> {
        match self {
            Place::Key { record, written, .. } => {
                let open = record.keys.iter().map(|key| key.key).filter(|key| !written.contains(key));
                if record.one_of && !written.is_empty() { Vec::new() } else { open.collect() }
            }
            Place::Value { shape, .. } => match shape {
                Shape::Word(_, words) => words.to_vec(),
                Shape::YesNo => vec!["是", "否"],
                Shape::Text(kind) | Shape::Table(kind, _) => match kind {
                    Kind::Ref(thing) | Kind::Mention(thing) => names(*thing),
                    _ => Vec::new(),
                },
                Shape::Condition => names(Thing::Question),
                _ => Vec::new(),
            },
        }
    }

    /// What the key means, and what is written there; `None` where no key is known.
    pub fn meaning(&self) -> Option<String> {
        let (Place::Key { key, .. } | Place::Value { key, .. }) = self;
        let key = (*key)?;
        Some(format!("{}（{}）：{}", key.key, key.shape, key.doc.trim()))
    }
}
