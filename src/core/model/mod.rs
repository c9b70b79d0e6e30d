//! What was written, typed: names are still names, spans are kept. The only place where YAML keys are spelled.

mod bundle;
mod catalogue;
mod codes;
mod collection;
mod decode;
mod export;
mod file;
mod item;
mod kind;
mod manifest;
mod measure;
mod published;
mod record;
mod scalar;
pub mod schema;
mod shape;
mod wording;

pub(crate) use crate::diagnostic::{closest, sound};
pub use bundle::*;
pub use catalogue::*;
pub use codes::{BROKEN_CONDITIONS, BROKEN_DURATIONS, CODES, MISSING_KEYS};
pub use collection::{Element as Written, Entry, List, Table};
pub use decode::{Decoder, Inheritance, Str, Text};
pub use export::export;
pub use file::{File, MANIFEST_NAME, extended_path, is_surely_bundle, read};
pub use item::*;
pub use kind::{Choice, Id, Kind, Name, Ref, Term, Thing, Typed};
pub use manifest::*;
pub use measure::*;
pub use published::*;
pub use record::{Field, Record, Value};
pub use scalar::{Condition, Count, DateText, Duration, Number, YesNo};
pub use shape::{Group, Key, Leaf, RecordShape, Shape, Visitor};
pub use wording::{Wording, records, texts};
