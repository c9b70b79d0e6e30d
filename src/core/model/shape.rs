//! The table of keys as data, and walking a record by it.

use std::any::Any;
use std::fmt;

use super::decode::Text;
use super::kind::Kind;
use super::scalar::{Condition, Count, DateText, Duration, Number, YesNo};
use crate::source::{At, Span};

/// What can stand as a value.
#[derive(Debug)]
pub enum Shape {
    /// A text.
    Text(Kind),
    /// A condition over the questions.
    Condition,
    /// A time limit.
    Duration,
    /// A calendar date.
    Date,
    /// A whole number.
    Count,
    /// A number.
    Number,
    /// 是 or 否.
    YesNo,
    /// One of a few words; what they are about.
    Word(&'static str, &'static [&'static str]),
    /// Keys with values.
    Record(&'static RecordShape),
    /// A list of these.
    List(&'static Shape),
    /// Values under names of this kind.
    Table(Kind, &'static Shape),
}

/// The keys of a record.
#[derive(Debug)]
pub struct RecordShape {
    /// ASCII name in the JSON Schema.
    pub name: &'static str,
    /// What the group is; its first line is what people call it.
    pub doc: &'static str,
    /// The keys, in the order of their declaration.
    pub keys: &'static [Key],
    /// The key that a bare text stands for, if the group has a short form.
    pub short: Option<&'static str>,
    /// Whether just one of the keys is written, which says what kind it is.
    pub one_of: bool,
}

/// A key of a record.
#[derive(Debug)]
pub struct Key {
    /// As written in a bundle.
    pub key: &'static str,
    /// The English name, as in the code and in `plan.json`.
    pub name: &'static str,
    /// What it means.
    pub doc: &'static str,
    /// Whether it has to be written.
    pub required: bool,
    /// What is written there.
    pub shape: &'static Shape,
}

impl Key {
    /// How the key is written with a value: `当: 委托办理`.
    pub fn with(&self, value: impl fmt::Display) -> String {
        format!("{}: {value}", self.key)
    }
}

impl RecordShape {
    /// What people call it: 联办事项、材料 …
    pub fn title(&self) -> &'static str {
        self.doc.lines().next().unwrap_or_default().trim().trim_end_matches('。')
    }

    /// The key that a bare text stands for.
    pub fn short_key(&self) -> Option<&'static Key> {
        self.key(self.short?)
    }

    /// The key written so.
    pub fn key(&self, name: &str) -> Option<&'static Key> {
        self.keys.iter().find(|key| key.key == name)
    }

    /// Whether a bare list stands for this, too.
    pub fn has_short_list(&self) -> bool {
        self.short_key().is_some_and(|key| matches!(key.shape, Shape::List(_)))
    }
}

impl fmt::Display for Shape {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Shape::Text(kind) => kind.fmt(f),
            Shape::Condition => f.write_str("条件"),
            Shape::Duration => f.write_str("时限"),
            Shape::Date => f.write_str("日期"),
            Shape::Count => f.write_str("整数"),
            Shape::Number => f.write_str("数"),
            Shape::YesNo => f.write_str("是或否"),
            Shape::Word(what, _) => f.write_str(what),
            Shape::Record(record) => f.write_str(record.title()),
            Shape::List(shape) => write!(f, "{shape}的列表"),
            Shape::Table(_, shape) => write!(f, "以名称为键的表，每一项是{shape}"),
        }
    }
}

/// A value that holds no other.
#[derive(Debug, Clone, Copy)]
pub enum Leaf<'t> {
    /// A text, and what it is.
    Text(Kind, &'t Text),
    /// A condition.
    Condition(&'t Condition),
    /// A time limit.
    Duration(&'t At<Duration>),
    /// A date.
    Date(&'t At<DateText>),
    /// A whole number.
    Count(&'t At<Count>),
    /// A number.
    Number(&'t At<Number>),
    /// 是 or 否.
    YesNo(&'t At<YesNo>),
    /// A word of a few, its English name, and where it stands.
    Word(&'static str, &'static str, Span),
}

/// What holds other values.
#[derive(Debug, Clone, Copy)]
pub enum Group<'t> {
    /// A record: its table of keys, and itself.
    Record(&'static RecordShape, &'t dyn Any),
    /// A list.
    List,
    /// A table: each value comes after its name.
    Table,
    /// Changes to the list of the bundle that is extended; each part is a list after its key.
    Changes,
}

/// Is shown what a record holds, in the order of the keys: of each key that was written the key, then its value.
pub trait Visitor<'t> {
    /// A group begins.
    fn open(&mut self, group: Group<'t>) {
        let _ = group;
    }
    /// The innermost group ends.
    fn close(&mut self) {}
    /// A key of a record; its value follows.
    fn key(&mut self, key: &'static Key) {
        let _ = key;
    }
    /// The name of an entry of a table, or what is done to a list; the value follows.
    fn name(&mut self, kind: Kind, name: &'t Text) {
        let _ = (kind, name);
    }
    /// The entry of this name is taken out of the table of the bundle that is extended.
    fn removed(&mut self, name: &'t Text) {
        let _ = name;
    }
    /// What is done to a list: 增加、删除、修改.
    fn change(&mut self, word: &'static str) {
        let _ = word;
    }
    /// A value.
    fn leaf(&mut self, leaf: Leaf<'t>);
}
