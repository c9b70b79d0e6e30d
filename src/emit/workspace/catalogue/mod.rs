//! What is known of a whole workspace once its bundles have been compiled: of each only a summary, so that plans can go.
//!
//! Bundles stream: the command line makes an [`Entry`] of each plan and hands a [`Catalogue`] to the emitters of
//! [`WORKSPACE_EMITTERS`](crate::WORKSPACE_EMITTERS) when the last one is done.

mod entry;
mod finding;
mod totals;

pub use entry::{CaseFigures, Entry, Gap, Item, Need};
pub use finding::{Finding, Findings, Setting};
pub(crate) use totals::{FOUR, Total, totals};

use serde::{Deserialize, Serialize};

use yijianshi_core::plan;

/// A workspace with its bundles, all of them faultless.
#[derive(Debug)]
pub struct Catalogue {
    /// The workspace.
    pub workspace: plan::Workspace,
    /// Its bundles, in the order of their files.
    pub entries: Vec<Entry>,
    /// What was found in manifest and catalogues.
    pub findings: Findings,
    /// How the manifest sets rules.
    pub settings: Vec<Setting>,
    /// Names of the files that are made of the workspace.
    pub files: Vec<&'static str>,
}

/// A workspace in a line, for the page over several of them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Brief {
    /// Its name.
    pub title: String,
    /// Where it is in force.
    pub region: Option<String>,
    /// How many bundles it has.
    pub bundles: usize,
}

impl Catalogue {
    /// The workspace in a line.
    pub fn brief(&self) -> Brief {
        Brief {
            title: self.workspace.title.clone(),
            region: self.workspace.region.as_ref().map(|region| region.name.clone()),
            bundles: self.entries.len(),
        }
    }

    /// Whether a file of this name is made of the workspace, so that it can be linked.
    pub fn has(&self, file: &str) -> bool {
        self.files.contains(&file)
    }
}
