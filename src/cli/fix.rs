//! `check --fix`: applies safe fixes until nothing changes. Where that does not come to an end, the file gets the text with
//! the fewest errors that it had on the way.

use std::collections::BTreeMap;
use std::fs::{self, OpenOptions};
use std::io::{self, Write};
use std::path::Path;

use super::failure::Failure;
use super::load::{self, Done, Visitor, WorkspaceFiles};
use yijianshi_core::compile::{Closed, Goal};
use yijianshi_core::diagnostic::{Diagnostic, Level, apply_fixes};
use yijianshi_core::source::{SourceId, Sources};

/// A fix may make room for another; so many rounds are more than enough.
const MOST_ROUNDS: usize = 20;

/// Mends the files asked for; what was changed, a line a file.
pub fn run(found: &[WorkspaceFiles]) -> Result<Vec<String>, Failure> {
    let mut changed: BTreeMap<String, usize> = BTreeMap::new();
    let mut tried: BTreeMap<String, Tried> = BTreeMap::new();
    for number in 0..=MOST_ROUNDS {
        let mut round = Round { found, changed: &mut changed, tried: &mut tried, number, any: false };
        load::visit(found, Goal::Check, &mut round)?;
        if !round.any {
            break;
        }
        // What needed no mending in this round is done.
        tried.retain(|_, tried| tried.round == number);
    }
    Ok(changed.into_iter().map(|(name, count)| format!("已修改 {name}：{count} 处")).collect())
}

/// The best text of a file so far: the one with the fewest errors, the earliest of these.
struct Tried {
    text: String,
    errors: usize,
    /// How many fixes led to it.
    count: usize,
    /// The round in which the file was mended last.
    round: usize,
}

impl Tried {
    fn better_of(self, next: Tried) -> Tried {
        let round = next.round;
        Tried { round, ..if next.errors < self.errors { next } else { self } }
    }
}

struct Round<'c> {
    found: &'c [WorkspaceFiles],
    changed: &'c mut BTreeMap<String, usize>,
    tried: &'c mut BTreeMap<String, Tried>,
    number: usize,
    any: bool,
}

/// A file with its fixes applied.
struct Mended {
    path: std::path::PathBuf,
    name: String,
    before: String,
    /// How many errors it has before.
    errors: usize,
    text: String,
    count: usize,
}

fn mend(files: &WorkspaceFiles, sources: &Sources, id: SourceId, diagnostics: &[Diagnostic]) -> Option<Mended> {
    let source = sources.get(id);
    let file = files.find(source.name()).filter(|file| file.selected)?;
    let (text, count) = apply_fixes(source.text(), id, diagnostics);
    let is_own_error = |diagnostic: &&Diagnostic| diagnostic.span.source == id && diagnostic.level == Level::Error;
    (count > 0 && text != source.text()).then(|| Mended {
        path: files.path(file),
        name: file.name.clone(),
        before: source.text().to_owned(),
        errors: diagnostics.iter().filter(is_own_error).count(),
        text,
        count,
    })
}

impl Round<'_> {
    fn write(&mut self, mended: Option<Mended>) -> Result<(), Failure> {
        let Some(Mended { path, name, before, errors, text, count }) = mended else { return Ok(()) };
        let sum = self.changed.get(&name).copied().unwrap_or(0);
        let now = Tried { text: before, errors, count: sum, round: self.number };
        let best = match self.tried.remove(&name) {
            Some(tried) => tried.better_of(now),
            None => now,
        };
        // Its fixes do not end: no text of them is better than the best.
        let (text, sum) = match self.number < MOST_ROUNDS {
            true => (text.as_str(), sum + count),
            false => (best.text.as_str(), best.count),
        };
        replace(&path, text.as_bytes()).map_err(|error| Failure::Unwritable { path: name.clone(), error })?;
        for files in self.found {
            files.replaced(&name, text);
        }
        match sum {
            0 => self.changed.remove(&name),
            _ => self.changed.insert(name.clone(), sum),
        };
        self.tried.insert(name, best);
        self.any = true;
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
    fn end(&mut self, files: &WorkspaceFiles, closed: Closed) -> Result<(), Failure> {
        let Closed { workspace, diagnostics, .. } = closed;
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

#[cfg(test)]
mod tests {
    use super::Tried;

    #[test]
    fn without_an_end_the_earliest_text_with_the_fewest_errors_is_kept() {
        let tried = |round: usize, errors| Tried { text: format!("{round}"), errors, count: round, round };
        let best = |errors: &[usize]| {
            let all = errors.iter().enumerate().map(|(round, &errors)| tried(round, errors));
            all.reduce(Tried::better_of).map(|best| (best.text, best.count, best.round))
        };
        assert_eq!(best(&[3, 2, 1, 2, 1]), Some(("2".into(), 2, 4)));
        assert_eq!(best(&[1, 1, 1]), Some(("0".into(), 0, 2)));
    }
}
