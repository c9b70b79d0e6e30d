//! One key, one line: the macros that declare what may be written.
//!
//! [`record!`] declares a group of keys once. From the declaration come the decoder (with spans, all errors, suggestions),
//! inheritance, the check for missing keys, the JSON Schema and the key table of `GUIDE.md`.

use schemars::{Schema, SchemaGenerator, json_schema};
use serde_json::{Map, Value as Json};

use super::decode::{Decoder, Inheritance, Text};
use crate::source::Span;
use crate::syntax::Node;

/// A key of a record, for documentation, schema and completion.
#[derive(Debug, Clone, Copy)]
pub struct Key {
    /// As written in a bundle.
    pub key: &'static str,
    /// The English name, as in the code and in `plan.json`.
    pub name: &'static str,
    /// What it means.
    pub doc: &'static str,
    /// Whether it has to be written.
    pub required: bool,
    /// What is written there: 文字、是/否、列表 …
    pub shape: fn() -> String,
}

/// Something that can stand as a value in YAML.
pub trait Value: Sized + Clone {
    /// What it is called in messages and in the key table: 文字、时限、材料 …
    fn shape() -> String;
    /// The JSON Schema.
    fn schema(generator: &mut SchemaGenerator) -> Schema;
    /// Reads it; what is wrong goes to the decoder's sink.
    fn decode(node: &Node, cx: &mut Decoder<'_>) -> Option<Self>;
    /// Takes from the bundle it extends what is not written here; a plain value written here stands.
    fn inherit(&mut self, parent: &Self, cx: &mut Inheritance<'_>) {
        let _ = (parent, cx);
    }
    /// What identifies it in a list, so that an extending bundle can change or remove it.
    fn identity(&self) -> Option<String> {
        None
    }
    /// Reports keys that are missing once inheritance is done, in it and below it.
    fn check(&self, cx: &mut Inheritance<'_>) {
        let _ = cx;
    }
    /// Where it stands, for messages about it as a whole.
    fn place(&self) -> Option<Span> {
        None
    }
    /// Shows every text in it, with the key under which it is written.
    fn texts<'t>(&'t self, key: &'static str, visit: &mut dyn FnMut(&'static str, &'t Text)) {
        let _ = (key, visit);
    }
    /// What was written, for programs: English keys, no positions.
    fn export(&self) -> Json;
}

/// What a key of a record holds: nothing yet, a value, a list or a table.
pub trait Field: Default {
    /// See [`Value::shape`].
    fn shape() -> String;
    /// See [`Value::schema`].
    fn schema(generator: &mut SchemaGenerator) -> Schema;
    /// Reads the value of the key.
    fn read(&mut self, node: &Node, cx: &mut Decoder<'_>);
    /// See [`Value::inherit`].
    fn inherit(&mut self, parent: &Self, cx: &mut Inheritance<'_>);
    /// See [`Value::check`].
    fn check(&self, cx: &mut Inheritance<'_>);
    /// See [`Value::texts`].
    fn texts<'t>(&'t self, key: &'static str, visit: &mut dyn FnMut(&'static str, &'t Text));
    /// See [`Value::export`]; `None` if nothing was written.
    fn export(&self) -> Option<Json>;
}

/// Reads the value of a key into a record.
pub type Reader<R> = fn(&mut R, &Node, &mut Decoder<'_>);

/// A group of keys declared with [`record!`].
pub trait Record: Default + Clone + 'static {
    /// ASCII name in the JSON Schema.
    const NAME: &'static str;
    /// What the group is, first line of its documentation.
    const DOC: &'static str;
    /// The keys, in the order of their declaration.
    const KEYS: &'static [Key];
    /// The key that a bare text stands for, if the group has a short form.
    const SHORT: Option<&'static str>;
    /// Reads the value of the key with this index.
    const READERS: &'static [Reader<Self>];
    /// Notes where it stands: at its name, or at its first key.
    fn set_place(&mut self, head: Span, span: Span, damaged: bool);
    /// The keys that were written, as a bit set over [`Record::KEYS`], even if their value could not be read.
    fn written(&mut self) -> &mut u128;
    /// The schemas of the keys.
    fn properties(generator: &mut SchemaGenerator) -> Map<String, Json>;
}

impl Key {
    /// A description and a schema, as a property.
    pub(super) fn property(&self, schema: Schema) -> Json {
        let mut schema = schema;
        let doc = self.doc.trim();
        // Keywords beside a `$ref` are allowed since draft 2019-09.
        schema.insert("description".into(), Json::from(doc));
        schema.to_value()
    }
}

/// The schema of what is one text to the decoder. A validator takes `2026` for a number and `true` for something else again.
pub(super) fn scalar() -> Schema {
    json_schema!({ "type": ["string", "number", "boolean"] })
}

/// The schema of a record: an object with its keys, or a text where it has a short form.
pub(super) fn record_schema<R: Record>(generator: &mut SchemaGenerator) -> Schema {
    let required: Vec<_> = R::KEYS.iter().filter(|key| key.required).map(|key| Json::from(key.key)).collect();
    let mut object = json_schema!({
        "type": "object",
        "description": R::DOC.trim(),
        "properties": R::properties(generator),
        "additionalProperties": false,
    });
    // An extending bundle leaves out what it takes over, so below the top level nothing can be demanded by the schema;
    // `check` demands it once inheritance is done.
    let stands_alone = ["Manifest", "MaterialFile", "AgencyFile", "ElementFile", "CapabilityFile"].contains(&R::NAME);
    if stands_alone && !required.is_empty() {
        object.insert("required".into(), Json::from(required));
    }
    match R::SHORT {
        Some(_) if super::decode::short_list::<R>().is_some() => {
            json_schema!({ "anyOf": [scalar(), { "type": "array", "items": scalar() }, object] })
        }
        Some(_) => json_schema!({ "anyOf": [scalar(), object] }),
        None => object,
    }
}

/// Declares a group of keys. One line a key: `rust_name: Type = "中文键"` and, if it must be written, `, required`.
macro_rules! record {
    (
        $(#[doc = $doc:expr])*
        pub struct $Record:ident $(short $short:literal)? $(keyed $($id:ident)+)? {
            $( $(#[doc = $key_doc:expr])* $field:ident : $Type:ty = $key:literal $(, $required:ident)? ; )*
        }
    ) => {
        $(#[doc = $doc])*
        #[derive(Debug, Clone, Default)]
        pub struct $Record {
            /// Its name, or its first key: where messages about the whole point.
            pub head: $crate::source::Span,
            /// All of it.
            pub span: $crate::source::Span,
            /// Whether a part of it could not be read, so that what is missing may have stood there.
            pub damaged: bool,
            pub(crate) written: u128,
            $( $(#[doc = $key_doc])* pub $field: $Type, )*
        }

        impl $crate::model::record::Record for $Record {
            const NAME: &'static str = stringify!($Record);
            const DOC: &'static str = concat!($($doc, "\n"),*);
            const KEYS: &'static [$crate::model::record::Key] = &[ $( $crate::model::record::Key {
                key: $key,
                name: stringify!($field),
                doc: concat!($($key_doc, "\n"),*),
                required: record!(@flag $($required)?),
                shape: <$Type as $crate::model::record::Field>::shape,
            }, )* ];
            const SHORT: Option<&'static str> = record!(@option $($short)?);
            const READERS: &'static [$crate::model::record::Reader<Self>] =
                &[ $( |record, node, cx| $crate::model::record::Field::read(&mut record.$field, node, cx), )* ];
            fn set_place(&mut self, head: $crate::source::Span, span: $crate::source::Span, damaged: bool) {
                self.head = head;
                self.span = span;
                self.damaged = damaged;
            }
            fn written(&mut self) -> &mut u128 {
                &mut self.written
            }
            fn properties(generator: &mut schemars::SchemaGenerator) -> serde_json::Map<String, serde_json::Value> {
                let keys = <Self as $crate::model::record::Record>::KEYS;
                let schemas = [ $( <$Type as $crate::model::record::Field>::schema(generator), )* ];
                keys.iter().zip(schemas).map(|(key, schema)| (key.key.to_owned(), key.property(schema))).collect()
            }
        }

        impl schemars::JsonSchema for $Record {
            fn schema_name() -> std::borrow::Cow<'static, str> {
                stringify!($Record).into()
            }
            fn json_schema(generator: &mut schemars::SchemaGenerator) -> schemars::Schema {
                $crate::model::record::record_schema::<Self>(generator)
            }
        }

        impl $crate::model::record::Value for $Record {
            fn shape() -> String {
                <Self as $crate::model::record::Record>::DOC.lines().next().unwrap_or_default()
                    .trim().trim_end_matches('。').to_owned()
            }
            fn schema(generator: &mut schemars::SchemaGenerator) -> schemars::Schema {
                generator.subschema_for::<Self>()
            }
            fn decode(node: &$crate::syntax::Node, cx: &mut $crate::model::decode::Decoder<'_>) -> Option<Self> {
                $crate::model::decode::decode_record(node, cx)
            }
            fn inherit(&mut self, parent: &Self, cx: &mut $crate::model::decode::Inheritance<'_>) {
                self.written |= parent.written;
                self.damaged |= parent.damaged;
                $( $crate::model::record::Field::inherit(&mut self.$field, &parent.$field, cx); )*
            }
            fn identity(&self) -> Option<String> {
                record!(@identity self $($($id)+)?)
            }
            fn check(&self, cx: &mut $crate::model::decode::Inheritance<'_>) {
                let keys = <Self as $crate::model::record::Record>::KEYS;
                if !self.damaged {
                    let missing = keys.iter().enumerate().filter(|(index, key)| key.required && self.written & 1 << index == 0);
                    cx.report_missing::<Self>(self.head, missing.map(|(_, key)| key));
                }
                $( $crate::model::record::Field::check(&self.$field, cx); )*
            }
            fn place(&self) -> Option<$crate::source::Span> {
                Some(self.head)
            }
            fn texts<'t>(&'t self, _: &'static str, visit: &mut dyn FnMut(&'static str, &'t $crate::model::Text)) {
                $( $crate::model::record::Field::texts(&self.$field, $key, visit); )*
            }
            fn export(&self) -> serde_json::Value {
                let mut object = serde_json::Map::new();
                $( if let Some(value) = $crate::model::record::Field::export(&self.$field) {
                    object.insert(stringify!($field).to_owned(), value);
                } )*
                serde_json::Value::Object(object)
            }
        }
    };
    (@flag required) => { true };
    (@flag) => { false };
    (@option $value:literal) => { Some($value) };
    (@option) => { None };
    (@identity $self:ident) => {{ let _ = $self; None }};
    (@identity $self:ident $($id:ident)+) => {{
        let parts: Vec<String> = [$( $self.$id.as_ref().map(|value| value.to_string()) ),+].into_iter().flatten().collect();
        (!parts.is_empty()).then(|| parts.join("·"))
    }};
}

/// Declares a closed set of words, each written exactly so.
macro_rules! choices {
    (
        $(#[doc = $doc:expr])*
        pub enum $Name:ident ($shape:literal) { $( $(#[doc = $variant_doc:expr])* $Variant:ident = $word:literal / $english:literal ),* $(,)? }
    ) => {
        $(#[doc = $doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize)]
        pub enum $Name { $( $(#[doc = $variant_doc])* #[serde(rename = $english)] $Variant, )* }

        impl $Name {
            /// All, in the order of their declaration.
            pub const ALL: &'static [$Name] = &[ $( $Name::$Variant, )* ];
            /// The word as written in a bundle.
            pub fn word(self) -> &'static str {
                match self { $( $Name::$Variant => $word, )* }
            }
        }

        impl std::fmt::Display for $Name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(self.word())
            }
        }

        impl schemars::JsonSchema for $Name {
            fn schema_name() -> std::borrow::Cow<'static, str> {
                stringify!($Name).into()
            }
            // The plan's spelling: programs read English words.
            fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
                schemars::json_schema!({ "type": "string", "enum": [$($english),*], "description": concat!($($doc, "\n"),*).trim() })
            }
        }

        impl $crate::model::record::Value for $Name {
            fn shape() -> String {
                $shape.to_owned()
            }
            fn schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
                schemars::json_schema!({ "type": "string", "enum": [$($word),*] })
            }
            fn decode(node: &$crate::syntax::Node, cx: &mut $crate::model::decode::Decoder<'_>) -> Option<Self> {
                let words: &[&str] = &[$($word),*];
                let index = cx.choice(node, $shape, words)?;
                Some($Name::ALL[index])
            }
            fn export(&self) -> serde_json::Value {
                serde_json::json!(self)
            }
        }
    };
}

pub(crate) use {choices, record};
