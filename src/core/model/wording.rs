//! Every text of a record, with what its key says of it.

use super::decode::Text;
use super::kind::Kind;
use super::published::Published;
use super::record::Value;
use super::shape::{Group, Key, Leaf, Visitor};

/// A text of a bundle.
#[derive(Debug, Clone, Copy)]
pub struct Wording<'a> {
    /// The key under which it is written; of the name of an entry, that of the table.
    pub key: &'static Key,
    /// What it is.
    pub kind: Kind,
    /// The text.
    pub text: &'a Text,
    /// Whether it repeats what was published (公布): such text is mended at its source, not here.
    pub published: bool,
}

impl Wording<'_> {
    /// Whether the author answers for how it is put: it does not repeat what was published, or the words of a statute.
    pub fn is_own(&self) -> bool {
        !self.published && !self.kind.is_quoted()
    }
}

/// All texts, in the order of the keys.
pub fn texts(value: &impl Value) -> Vec<Wording<'_>> {
    let mut texts = Texts { found: Vec::new(), key: None, outer: Vec::new(), published: None };
    value.visit(&mut texts);
    texts.found
}

struct Texts<'t> {
    found: Vec<Wording<'t>>,
    key: Option<&'static Key>,
    /// The keys of the groups around.
    outer: Vec<Option<&'static Key>>,
    /// How many groups stand around what was published, once within it.
    published: Option<usize>,
}

impl<'t> Texts<'t> {
    fn note(&mut self, kind: Kind, text: &'t Text) {
        let published = self.published.is_some();
        self.found.extend(self.key.map(|key| Wording { key, kind, text, published }));
    }
}

impl<'t> Visitor<'t> for Texts<'t> {
    fn open(&mut self, group: Group<'t>) {
        if matches!(group, Group::Record(_, record) if record.is::<Published>()) {
            self.published = Some(self.outer.len());
        }
        self.outer.push(self.key);
    }
    fn close(&mut self) {
        self.key = self.outer.pop().flatten();
        self.published = self.published.filter(|depth| *depth < self.outer.len());
    }
    fn key(&mut self, key: &'static Key) {
        self.key = Some(key);
    }
    fn name(&mut self, kind: Kind, name: &'t Text) {
        self.note(kind, name);
    }
    fn leaf(&mut self, leaf: Leaf<'t>) {
        if let Leaf::Text(kind, text) = leaf {
            self.note(kind, text);
        }
    }
}

/// Every record of one type within another value, in the order of the keys.
pub fn records<R: 'static>(value: &impl Value) -> Vec<&R> {
    struct Records<'t, R>(Vec<&'t R>);
    impl<'t, R: 'static> Visitor<'t> for Records<'t, R> {
        fn open(&mut self, group: Group<'t>) {
            if let Group::Record(_, record) = group {
                self.0.extend(record.downcast_ref::<R>());
            }
        }
        fn leaf(&mut self, _: Leaf<'t>) {}
    }
    let mut records = Records(Vec::new());
    value.visit(&mut records);
    records.0
}
