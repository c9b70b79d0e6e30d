//! JSON Schemas of the files that people write, from the declarations of their keys.

use schemars::generate::SchemaSettings;
use schemars::{JsonSchema, Schema};

use super::bundle::Bundle;
use super::catalogue::{AgencyFile, CapabilityFile, ElementFile, MaterialFile};
use super::manifest::Manifest;

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

fn of<T: JsonSchema>(title: &str) -> Schema {
    let mut schema = SchemaSettings::draft2020_12().into_generator().into_root_schema_for::<T>();
    schema.insert("title".into(), title.into());
    schema
}
