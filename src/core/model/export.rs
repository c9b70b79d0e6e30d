//! What was written, for programs: English keys, no positions.

use serde_json::{Map, Value as Json, json};

use super::decode::Text;
use super::kind::Kind;
use super::record::Value;
use super::shape::{Group, Key, Leaf, Visitor};

/// A value as JSON. Tables are lists, because the order in which the author named things counts.
pub fn export(value: &impl Value) -> Json {
    let mut export = Export { open: vec![Open { value: Json::Null, key: "", name: None, one_of: false }] };
    value.visit(&mut export);
    export.open.pop().map_or(Json::Null, |open| open.value)
}

struct Export<'t> {
    open: Vec<Open<'t>>,
}

/// A group under way.
struct Open<'t> {
    value: Json,
    key: &'static str,
    name: Option<&'t Text>,
    one_of: bool,
}

impl Export<'_> {
    fn put(&mut self, value: Json) {
        let Some(open) = self.open.last_mut() else { return };
        match &mut open.value {
            Json::Object(object) if open.one_of => {
                object.insert("kind".to_owned(), Json::from(open.key));
                object.insert("content".to_owned(), value);
            }
            Json::Object(object) => drop(object.insert(open.key.to_owned(), value)),
            Json::Array(list) => list.push(match open.name.take() {
                Some(name) => json!({ "name": &*name.value, "value": value }),
                None => value,
            }),
            whole => *whole = value,
        }
    }
}

impl<'t> Visitor<'t> for Export<'t> {
    fn open(&mut self, group: Group<'t>) {
        let one_of = matches!(group, Group::Record(shape, _) if shape.one_of);
        let value = match group {
            Group::Record(..) | Group::Changes => Json::Object(Map::new()),
            Group::List | Group::Table => Json::Array(Vec::new()),
        };
        self.open.push(Open { value, key: "", name: None, one_of });
    }
    fn close(&mut self) {
        if let Some(open) = self.open.pop() {
            self.put(open.value);
        }
    }
    fn key(&mut self, key: &'static Key) {
        if let Some(open) = self.open.last_mut() {
            open.key = key.name;
        }
    }
    fn name(&mut self, _: Kind, name: &'t Text) {
        if let Some(open) = self.open.last_mut() {
            open.name = Some(name);
        }
    }
    fn change(&mut self, word: &'static str) {
        if let Some(open) = self.open.last_mut() {
            open.key = word;
        }
    }
    fn leaf(&mut self, leaf: Leaf<'t>) {
        self.put(match leaf {
            Leaf::Text(_, text) => Json::from(&*text.value),
            Leaf::Condition(condition) => json!({ "text": condition.to_string(), "tree": condition }),
            Leaf::Duration(at) => json!(at.value),
            Leaf::Date(at) => Json::from(at.value.0.to_string()),
            Leaf::Count(at) => Json::from(at.value.0),
            Leaf::Number(at) => Json::from(at.value.to_string()),
            Leaf::YesNo(at) => Json::from(at.value.0),
            Leaf::Word(_, name, _) => Json::from(name),
        });
    }
}
