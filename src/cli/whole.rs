//! What stands for whole workspaces: gathered while their bundles stream by, made when all of them are done.

use super::failure::Failure;
use super::output::{Made, Notes, Output};
use yijianshi_core::compile::{self, Closed};
use yijianshi_core::plan;
use yijianshi_emit::catalogue::{Catalogue, Entry, Findings, Setting};
use yijianshi_emit::{self, Files, WORKSPACE_EMITTERS, WorkspaceEmitter};

/// The page over several workspaces, beside their folders; a workspace's own page has the same name.
const PORTAL: &str = "index.html";

/// The workspaces so far, and the one at hand.
#[derive(Debug, Default)]
pub struct Whole {
    /// Whether all bundles of the workspace at hand are built.
    every: bool,
    /// The workspace at hand.
    about: Option<plan::Workspace>,
    /// Its bundles, in short.
    entries: Vec<Entry>,
    /// The workspaces with pages of their own.
    notes: Notes,
    /// The workspaces of which all bundles were built.
    built: Vec<String>,
    /// Whether some workspace's own files were not made because not all of its bundles were built.
    partial: bool,
}

impl Whole {
    /// A workspace begins. `every`: all of its bundles will come.
    pub fn begin(&mut self, every: bool) {
        self.every = every;
        self.about = None;
        self.entries.clear();
    }

    /// A bundle is done. `wanted`: something is to be made of the workspace.
    pub fn add(&mut self, about: plan::Workspace, entry: Entry, wanted: bool) {
        match self.every {
            true => {
                self.about.get_or_insert(about);
                self.entries.push(entry);
            }
            false => self.partial |= wanted,
        }
    }

    /// The workspace is done: its id and what is made of it; nothing if it has no bundle or not all of them were built.
    pub fn end(&mut self, closed: &Closed, emitters: &[&'static WorkspaceEmitter]) -> Option<(String, Files)> {
        let about = self.about.take()?;
        let id = about.id.clone();
        let codes = compile::codes();
        let workspace = &closed.workspace;
        let settings = workspace.manifest.rules.iter().filter_map(|rule| {
            let code = codes.iter().find(|code| code.name == &*rule.name.value)?;
            Some(Setting {
                code: code.name,
                title: code.title(),
                level: rule.value.level.as_ref()?.value.word(),
                reason: rule.value.reason.as_ref().map(|reason| reason.value.to_string()),
            })
        });
        let catalogue = Catalogue {
            workspace: about,
            entries: std::mem::take(&mut self.entries),
            findings: Findings::of(&closed.diagnostics, &closed.allowed, &workspace.sources, &workspace.root),
            settings: settings.collect(),
            files: emitters.iter().flat_map(|own| own.files).copied().collect(),
        };
        let mut files = Files::new();
        for emitter in emitters {
            (emitter.emit)(&catalogue, &mut files);
        }
        if files.contains_key(PORTAL) {
            self.notes.insert(id.clone(), catalogue.brief());
        }
        self.built.push(id.clone());
        Some((id, files))
    }

    /// Whether some workspace's own files were left as they are.
    pub fn is_partial(&self) -> bool {
        self.partial
    }

    /// Makes the page over all workspaces whose own page is in the folder, if there are several: some were built now, others are
    /// known from the record. `scope` gets what belongs to the workspaces that were built. Gives what is to be recorded.
    pub fn together(self, output: &Output, made: &mut Made, scope: &mut Vec<String>) -> Result<Notes, Failure> {
        let Whole { notes, built, .. } = self;
        let before = output.notes().iter().filter(|(id, _)| !built.contains(id));
        let notes: Notes = before.map(|(id, brief)| (id.clone(), brief.clone())).chain(notes).collect();
        for id in &built {
            scope.extend(WORKSPACE_EMITTERS.iter().flat_map(|own| own.files).map(|file| format!("{id}/{file}")));
        }
        if !built.is_empty() {
            scope.push(PORTAL.to_owned());
            if notes.len() > 1 {
                let page = yijianshi_emit::portal(&notes);
                made.insert(PORTAL.to_owned(), output.stage(PORTAL, &page)?);
            }
        }
        Ok(notes)
    }
}
