//! `check --fix`: applies safe fixes until nothing changes.

use std::collections::BTreeMap;
use std::fs::{self, OpenOptions};
use std::io::{self, Write};
use std::path::Path;

use super::failure::Failure;
use super::load::{self, Done, Visitor, WorkspaceFiles};
use crate::compile::Goal;
use crate::diagnostic::{Diagnostic, apply_fixes};
use crate::program::Workspace;
use crate::source::{SourceId, Sources};

/// A fix may make room for another; so many rounds are more than enough.
const MOST_ROUNDS: usize = 20;

/// Mends the files asked for; what was changed, a line a file.
pub fn run(found: &[WorkspaceFiles]) -> Result<Vec<String>, Failure> {
    let mut changed: BTreeMap<String, usize> = BTreeMap::new();
    for _ in 0..MOST_ROUNDS {
        let mut round = Round { changed: &mut changed, any: false };
        load::visit(found, Goal::Check, &mut round)?;
        if !round.any {
            break;
        }
    }
    Ok(changed.into_iter().map(|(name, count)| format!("已修改 {name}\u{ff1a}{count} 处")).collect())
}

struct Round<'c> {
    changed: &'c mut BTreeMap<String, usize>,
    any: bool,
}

/// A file with its fixes applied.
struct Mended {
    path: std::path::PathBuf,
    name: String,
    text: String,
    count: usize,
}

fn mend(files: &WorkspaceFiles, sources: &Sources, id: SourceId, diagnostics: &[Diagnostic]) -> Option<Mended> {
    let source = sources.get(id);
    let file = files.find(source.name()).filter(|file| file.selected)?;
    let (text, count) = apply_fixes(source.text(), id, diagnostics);
    (count > 0 && text != source.text()).then(|| Mended {
        path: files.path(file),
        name: file.name.clone(),
        text,
        count,
    })
}

impl Round<'_> {
    fn write(&mut self, mended: Option<Mended>) -> Result<(), Failure> {
        if let Some(Mended { path, name, text, count }) = mended {
            replace(&path, text.as_bytes()).map_err(|error| Failure::Unwritable { path: name.clone(), error })?;
            *self.changed.entry(name).or_default() += count;
            self.any = true;
        }
        Ok(())
    }
}

impl Visitor for Round<'_> {
    type Item = Option<Mended>;
    fn bundle(&self, files: &WorkspaceFiles, done: Done<'_>) -> Result<Self::Item, Failure> {
        // A parent is mended when its own turn comes: what is said about it there holds for all its children.
        Ok(mend(files, &done.sources, done.source, &done.compiled.diagnostics))
    }
    fn then(&mut self, item: Self::Item) -> Result<(), Failure> {
        self.write(item)
    }
    fn end(
        &mut self,
        files: &WorkspaceFiles,
        workspace: &Workspace,
        diagnostics: Vec<Diagnostic>,
    ) -> Result<(), Failure> {
        let sources = &workspace.sources;
        let ids: std::collections::BTreeSet<_> = diagnostics.iter().map(|diagnostic| diagnostic.span.source).collect();
        for id in ids {
            self.write(mend(files, sources, id, &diagnostics))?;
        }
        Ok(())
    }
}

/// Replaces a file's bytes at once: whoever reads it sees the old text or the new one. Its permissions stay.
fn replace(path: &Path, bytes: &[u8]) -> io::Result<()> {
    // A link stays a link.
    let path = fs::canonicalize(path)?;
    let permissions = fs::metadata(&path)?.permissions();
    if permissions.readonly() {
        return Err(io::ErrorKind::PermissionDenied.into());
    }
    let name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    let beside = path.with_file_name(format!(".{name}.{}.tmp", std::process::id()));
    let write = || {
        let mut file = OpenOptions::new().write(true).create_new(true).open(&beside)?;
        file.write_all(bytes)?;
        file.set_permissions(permissions)?;
        file.sync_all()?;
        drop(file);
        fs::rename(&beside, &path)
    };
    let done = write();
    if done.is_err() {
        // What is left of it is of no use to anybody.
        let _ = fs::remove_file(&beside);
    }
    done
}
