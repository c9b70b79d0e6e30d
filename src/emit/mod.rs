//! Plan → files. An emitter is one file or folder: a total function from a plan to a map of paths and bytes. It cannot fail, reads
//! and writes nothing, and knows no other emitter.

mod json;

use std::collections::BTreeMap;

use crate::plan::Plan;

/// Files by path (`/` between folders, relative to the bundle's own folder).
pub type Files = BTreeMap<String, Vec<u8>>;

/// A format.
#[derive(Debug)]
pub struct Emitter {
    /// What `--only` calls it.
    pub name: &'static str,
    /// What it is, for people.
    pub label: &'static str,
    /// Makes the files.
    pub emit: fn(&Plan, &mut Files),
}

/// All formats, in the order in which they are listed.
pub static EMITTERS: &[Emitter] = &[Emitter { name: "plan", label: "编译成果（plan.json）", emit: json::emit }];
