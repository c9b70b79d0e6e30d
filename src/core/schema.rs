//! JSON Schemas of the files that people write, and of those that this program writes.

use schemars::generate::SchemaSettings;
use schemars::{JsonSchema, Schema};

use crate::model::schema as written;
use crate::plan::Plan;
use crate::plan::trial::Trial;

/// A schema.
#[derive(Debug)]
pub struct Kind {
    /// `bundle`, as in `bundle.json`.
    pub name: &'static str,
    schema: fn() -> Schema,
}

/// All, in the order in which they are listed.
pub static KINDS: &[Kind] = &[
    Kind { name: "bundle", schema: written::bundle },
    Kind { name: "materials", schema: written::materials },
    Kind { name: "agencies", schema: written::agencies },
    Kind { name: "elements", schema: written::elements },
    Kind { name: "capabilities", schema: written::capabilities },
    Kind { name: "manifest", schema: written::manifest },
    Kind { name: "plan", schema: || made::<Plan>("编译成果") },
    Kind { name: "scenario", schema: || made::<Trial>("情形试算") },
];

impl Kind {
    /// The title, Chinese.
    pub fn title(&self) -> String {
        let schema = (self.schema)();
        schema.get("title").and_then(|title| title.as_str()).unwrap_or_default().to_owned()
    }

    /// The schema as a file.
    pub fn text(&self) -> String {
        let text = serde_json::to_string_pretty(&(self.schema)());
        text.expect("a schema holds nothing that JSON cannot say") + "\n"
    }
}

/// The schema with this name.
///
/// # Panics
///
/// If there is none.
pub fn text(name: &str) -> String {
    KINDS.iter().find(|kind| kind.name == name).expect("the names are listed").text()
}

/// The schema of what this program writes.
fn made<T: JsonSchema>(title: &str) -> Schema {
    let generator = SchemaSettings::draft2020_12().for_serialize().into_generator();
    let mut schema = generator.into_root_schema_for::<T>();
    schema.insert("title".into(), title.into());
    schema
}
