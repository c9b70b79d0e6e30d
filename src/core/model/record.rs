//! One key, one line: the macros that declare what may be written.
//!
//! [`record!`] declares a group of keys once. From the declaration come the decoder (with spans, all errors, suggestions),
//! inheritance, the check for missing keys, and the table of keys as data ([`Shape`]), which is all that schema, documents,
//! references, completion and the writer know.
//!
//! Every key is optional in the record: what is required is checked after inheritance, so a bundle that extends another writes only what
//! differs.

use super::decode::{Decoder, Inheritance};
use super::shape::{Key, RecordShape, Shape, Visitor};
use crate::source::Span;
use crate::syntax::Node;

/// Something that can stand as a value in YAML.
pub trait Value: Sized + Clone {
    /// What is written there.
    const SHAPE: Shape;
    /// Reads it; what is wrong goes to the decoder's sink.
    fn decode(node: &Node, cx: &mut Decoder<'_>) -> Option<Self>;
    /// Takes from the bundle it extends what is not written here; a plain value written here stands.
    fn inherit(&mut self, parent: &Self, cx: &mut Inheritance<'_>) {
        let _ = (parent, cx);
    }
    /// What identifies it in a list, so that an extending bundle can change or remove it. References go by what they refer to.
    fn identity(&self, cx: &Inheritance<'_>) -> Option<String> {
        let _ = cx;
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
    /// Shows what it holds.
    fn visit<'t>(&'t self, visitor: &mut dyn Visitor<'t>);
}

/// What a key of a record holds: nothing yet, a value, a list or a table.
pub trait Field: Default {
    /// See [`Value::SHAPE`].
    const SHAPE: Shape;
    /// Reads the value of the key.
    fn read(&mut self, node: &Node, cx: &mut Decoder<'_>);
    /// See [`Value::inherit`].
    fn inherit(&mut self, parent: &Self, cx: &mut Inheritance<'_>);
    /// See [`Value::check`].
    fn check(&self, cx: &mut Inheritance<'_>);
    /// Shows the key and what it holds, if anything was written.
    fn visit<'t>(&'t self, key: &'static Key, visitor: &mut dyn Visitor<'t>);
}

/// Reads the value of a key into a record.
pub type Reader<R> = fn(&mut R, &Node, &mut Decoder<'_>);

/// A group of keys declared with [`record!`].
pub trait Record: Default + Clone + 'static {
    /// The table of its keys.
    const RECORD: &'static RecordShape;
    /// Reads the value of the key with this index.
    const READERS: &'static [Reader<Self>];
    /// Notes where it stands: at its name, or at its first key.
    fn set_place(&mut self, head: Span, span: Span, damaged: bool);
    /// The keys that were written, as a bit set over the table, even if their value could not be read.
    fn written(&mut self) -> &mut u128;
}

/// The key of a record with this English name.
pub(super) const fn key_named(keys: &'static [Key], name: &str) -> &'static Key {
    let mut index = 0;
    while index < keys.len() {
        let (own, wanted) = (keys[index].name.as_bytes(), name.as_bytes());
        let mut at = 0;
        while at < own.len() && at < wanted.len() && own[at] == wanted[at] {
            at += 1;
        }
        if at == own.len() && at == wanted.len() {
            return &keys[index];
        }
        index += 1;
    }
    panic!("no such key")
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

        #[allow(non_upper_case_globals, missing_docs)]
        impl $Record {
            $( pub const $field: &'static $crate::model::Key =
                $crate::model::record::key_named(<Self as $crate::model::record::Record>::RECORD.keys, stringify!($field)); )*

            /// Whether a key was written, even if its value could not be read: that was reported.
            pub fn wrote(&self, key: &$crate::model::Key) -> bool {
                let keys = <Self as $crate::model::record::Record>::RECORD.keys;
                keys.iter().position(|own| own.name == key.name).is_some_and(|index| self.written & 1 << index != 0)
            }
        }

        impl $crate::model::record::Record for $Record {
            const RECORD: &'static $crate::model::RecordShape = &$crate::model::RecordShape {
                name: stringify!($Record),
                doc: concat!($($doc, "\n"),*),
                keys: &[ $( $crate::model::Key {
                    key: $key,
                    name: stringify!($field),
                    doc: concat!($($key_doc, "\n"),*),
                    required: record!(@flag $($required)?),
                    shape: &<$Type as $crate::model::record::Field>::SHAPE,
                }, )* ],
                short: record!(@option $($short)?),
                one_of: false,
            };
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
        }

        impl $crate::model::record::Value for $Record {
            const SHAPE: $crate::model::Shape =
                $crate::model::Shape::Record(<Self as $crate::model::record::Record>::RECORD);
            fn decode(node: &$crate::syntax::Node, cx: &mut $crate::model::decode::Decoder<'_>) -> Option<Self> {
                $crate::model::decode::decode_record(node, cx)
            }
            fn inherit(&mut self, parent: &Self, cx: &mut $crate::model::decode::Inheritance<'_>) {
                self.written |= parent.written;
                self.damaged |= parent.damaged;
                $( $crate::model::record::Field::inherit(&mut self.$field, &parent.$field, cx); )*
            }
            fn identity(&self, cx: &$crate::model::decode::Inheritance<'_>) -> Option<String> {
                record!(@identity self cx $($($id)+)?)
            }
            fn check(&self, cx: &mut $crate::model::decode::Inheritance<'_>) {
                let keys = <Self as $crate::model::record::Record>::RECORD.keys;
                if !self.damaged {
                    let missing = keys.iter().enumerate().filter(|(index, key)| key.required && self.written & 1 << index == 0);
                    cx.report_missing::<Self>(self.head, missing.map(|(_, key)| key));
                }
                $( $crate::model::record::Field::check(&self.$field, cx); )*
            }
            fn place(&self) -> Option<$crate::source::Span> {
                Some(self.head)
            }
            fn visit<'t>(&'t self, visitor: &mut dyn $crate::model::Visitor<'t>) {
                visitor.open($crate::model::Group::Record(<Self as $crate::model::record::Record>::RECORD, self));
                $( $crate::model::record::Field::visit(&self.$field, Self::$field, visitor); )*
                visitor.close();
            }
        }
    };
    (@flag required) => { true };
    (@flag) => { false };
    (@option $value:literal) => { Some($value) };
    (@option) => { None };
    (@identity $self:ident $cx:ident) => {{ let _ = $cx; None }};
    (@identity $self:ident $cx:ident $($id:ident)+) => {{
        let parts = [$( $self.$id.as_ref().and_then(|value| $crate::model::record::Value::identity(value, $cx)) ),+];
        let parts: Vec<String> = parts.into_iter().flatten().collect();
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
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize)]
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

        impl $crate::model::scalar::Choices for $Name {
            const WHAT: &'static str = $shape;
            const WORDS: &'static [&'static str] = &[$($word),*];
            const ALL: &'static [$Name] = $Name::ALL;
            fn names(self) -> (&'static str, &'static str) {
                match self { $( $Name::$Variant => ($word, $english), )* }
            }
        }
    };
}

pub(crate) use {choices, record};
