//! JSON Schemas of the files that people write, from the table of keys.

use schemars::{Schema, json_schema};
use serde_json::{Map, Value as Json, json};

use super::bundle::Bundle;
use super::catalogue::{AgencyFile, CapabilityFile, ElementFile, MaterialFile};
use super::collection::{ADD, MODIFY, REMOVE};
use super::kind::{Kind, Thing};
use super::manifest::Manifest;
use super::record::Record;
use super::shape::{Key, RecordShape, Shape};

/// The schema of a bundle.
pub fn bundle() -> Schema {
    of::<Bundle>("一件事")
}

/// The schema of a catalogue of materials.
pub fn materials() -> Schema {
    of::<MaterialFile>("材料目录")
}

/// The schema of a catalogue of agencies.
pub fn agencies() -> Schema {
    of::<AgencyFile>("机构目录")
}

/// The schema of a catalogue of data elements.
pub fn elements() -> Schema {
    of::<ElementFile>("数据项目录")
}

/// The schema of a list of shared capabilities.
pub fn capabilities() -> Schema {
    of::<CapabilityFile>("共享能力")
}

/// The schema of a manifest.
pub fn manifest() -> Schema {
    of::<Manifest>("工作区清单")
}

fn of<R: Record>(title: &str) -> Schema {
    let mut definitions = Map::new();
    let mut schema = object(R::RECORD, &mut definitions);
    // An extending bundle leaves out what it takes over, so that only of what cannot be extended anything is demanded by the
    // schema, and only at its top; `check` demands the rest once inheritance is done.
    let extends = R::RECORD.keys.iter().any(|key| matches!(key.shape, Shape::Text(Kind::Ref(Thing::Bundle))));
    let required: Vec<_> = R::RECORD.keys.iter().filter(|key| key.required).map(|key| Json::from(key.key)).collect();
    if !extends && !required.is_empty() {
        schema.insert("required".to_owned(), Json::from(required));
    }
    let mut root = Map::new();
    root.insert("$schema".to_owned(), "https://json-schema.org/draft/2020-12/schema".into());
    root.insert("title".to_owned(), title.into());
    root.append(&mut schema);
    if !definitions.is_empty() {
        root.insert("$defs".to_owned(), definitions.into());
    }
    Schema::from(root)
}

/// The schema of what is one text to the decoder. A validator takes `2026` for a number and `true` for something else again.
fn scalar() -> Json {
    json!({ "type": ["string", "number", "boolean"] })
}

fn value(shape: &'static Shape, definitions: &mut Map<String, Json>) -> Json {
    match shape {
        Shape::Text(_) => scalar(),
        Shape::Condition => json!({ "type": "string" }),
        Shape::Duration => json!({ "type": ["string", "number"] }),
        Shape::Date => json!({ "type": "string", "pattern": "^\\d{4}-\\d{2}-\\d{2}$" }),
        Shape::Count => json!({ "type": ["integer", "string"], "minimum": 0, "pattern": "^\\d+$" }),
        Shape::Number => json!({ "type": ["number", "string"] }),
        Shape::YesNo => json!({ "enum": ["是", "否"] }),
        Shape::Word(_, words) => json!({ "type": "string", "enum": words }),
        Shape::Record(record) if record.one_of => {
            let options = record.keys.iter().map(|key| {
                let content = described(key, definitions);
                json!({ "type": "object", "properties": { key.key: content }, "required": [key.key], "additionalProperties": false })
            });
            json!({ "oneOf": options.collect::<Vec<_>>() })
        }
        Shape::Record(record) => {
            if !definitions.contains_key(record.name) {
                // Its place comes before that of what it holds.
                definitions.insert(record.name.to_owned(), Json::Null);
                let schema = with_short(record, definitions);
                definitions.insert(record.name.to_owned(), schema);
            }
            json!({ "$ref": format!("#/$defs/{}", record.name) })
        }
        Shape::List(item) => {
            let item = value(item, definitions);
            let list = json!({ "type": "array", "items": item });
            let change = json!({ "anyOf": [list, scalar()] });
            // One element may stand without a dash.
            json!({ "anyOf": [list, item, {
                "type": "object",
                "properties": { ADD: change, REMOVE: change, MODIFY: change },
                "additionalProperties": false,
            }]})
        }
        Shape::Table(_, item) => {
            let item = value(item, definitions);
            json!({ "type": "object", "additionalProperties": { "anyOf": [item, { "const": REMOVE }, { "type": "null" }] } })
        }
    }
}

/// A record, or a text where it has a short form.
fn with_short(record: &'static RecordShape, definitions: &mut Map<String, Json>) -> Json {
    let object = object(record, definitions);
    match record.short {
        Some(_) if record.has_short_list() => {
            json!({ "anyOf": [scalar(), { "type": "array", "items": scalar() }, object] })
        }
        Some(_) => json!({ "anyOf": [scalar(), object] }),
        None => object.into(),
    }
}

fn object(record: &'static RecordShape, definitions: &mut Map<String, Json>) -> Map<String, Json> {
    let properties: Map<_, _> =
        record.keys.iter().map(|key| (key.key.to_owned(), described(key, definitions))).collect();
    let schema = json_schema!({
        "type": "object",
        "description": record.doc.trim(),
        "properties": properties,
        "additionalProperties": false,
    });
    let Json::Object(schema) = schema.to_value() else { unreachable!("written as an object") };
    schema
}

/// A key: its description and its schema. Keywords beside a `$ref` are allowed since draft 2019-09.
fn described(key: &'static Key, definitions: &mut Map<String, Json>) -> Json {
    let mut schema = value(key.shape, definitions);
    schema["description"] = key.doc.trim().into();
    schema
}
