//! `schema`: JSON Schemas of the files that people write and of the plan.

use std::fs;
use std::io::Write;
use std::path::PathBuf;

use clap::ValueEnum;
use schemars::Schema;
use schemars::generate::SchemaSettings;

use super::failure::{Failure, shown};
use super::terminal::Out;
use crate::model::schema;
use crate::plan::Plan;
use crate::plan::trial::Trial;

/// What a schema is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Kind {
    /// A bundle.
    Bundle,
    /// A catalogue of materials.
    Materials,
    /// A catalogue of agencies.
    Agencies,
    /// A catalogue of data elements.
    Elements,
    /// A list of shared capabilities.
    Capabilities,
    /// A manifest.
    Manifest,
    /// A plan.
    Plan,
    /// What `scenario --json` prints.
    Scenario,
}

impl Kind {
    /// All, in the order in which they are listed.
    pub const ALL: [Kind; 8] = [
        Kind::Bundle,
        Kind::Materials,
        Kind::Agencies,
        Kind::Elements,
        Kind::Capabilities,
        Kind::Manifest,
        Kind::Plan,
        Kind::Scenario,
    ];

    /// `bundle`, as in `bundle.json`.
    pub fn name(self) -> &'static str {
        match self {
            Kind::Bundle => "bundle",
            Kind::Materials => "materials",
            Kind::Agencies => "agencies",
            Kind::Elements => "elements",
            Kind::Capabilities => "capabilities",
            Kind::Manifest => "manifest",
            Kind::Plan => "plan",
            Kind::Scenario => "scenario",
        }
    }

    fn schema(self) -> Schema {
        match self {
            Kind::Bundle => schema::bundle(),
            Kind::Materials => schema::materials(),
            Kind::Agencies => schema::agencies(),
            Kind::Elements => schema::elements(),
            Kind::Capabilities => schema::capabilities(),
            Kind::Manifest => schema::manifest(),
            Kind::Plan => written::<Plan>("编译成果"),
            Kind::Scenario => written::<Trial>("情形试算"),
        }
    }
}

/// The schema of what this program writes.
fn written<T: schemars::JsonSchema>(title: &str) -> Schema {
    let generator = SchemaSettings::draft2020_12().for_serialize().into_generator();
    let mut schema = generator.into_root_schema_for::<T>();
    schema.insert("title".into(), title.into());
    schema
}

/// The schema as a file.
pub fn text(kind: Kind) -> String {
    let text = serde_json::to_string_pretty(&kind.schema()).expect("a schema holds nothing that JSON cannot say");
    text + "\n"
}

/// Arguments of `schema`.
#[derive(Debug, clap::Args)]
pub struct Args {
    #[arg(value_name = "种类", value_enum, hide_possible_values = true, help = "哪一种文件的\u{ff1b}不写就列出有哪些")]
    kind: Option<Kind>,
    #[arg(long, value_name = "文件夹", conflicts_with = "kind", help = "全部写到这个文件夹")]
    out: Option<PathBuf>,
}

/// Prints a schema, lists them, or writes all.
pub fn run(args: &Args) -> Result<bool, Failure> {
    let mut out = Out::new();
    match (&args.out, args.kind) {
        (Some(folder), _) => {
            fs::create_dir_all(folder).map_err(|error| Failure::write(folder, error))?;
            for kind in Kind::ALL {
                let path = folder.join(format!("{}.json", kind.name()));
                fs::write(&path, text(kind)).map_err(|error| Failure::write(&path, error))?;
            }
            writeln!(out, "已写出 {} 个文件\u{ff0c}在 {}", Kind::ALL.len(), shown(folder))?;
        }
        (None, Some(kind)) => out.write_all(text(kind).as_bytes())?,
        (None, None) => {
            for kind in Kind::ALL {
                let schema = kind.schema();
                let title = schema.get("title").and_then(|title| title.as_str()).unwrap_or_default();
                writeln!(out, "{:12}  {title}", kind.name())?;
            }
        }
    }
    out.flush()?;
    Ok(true)
}
