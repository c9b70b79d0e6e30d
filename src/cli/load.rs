//! From paths to workspaces: which files there are, and their texts, each read once.
//!
//! Bundles stream through in chunks, so that memory does not grow with their number but for their texts. Every file of a workspace is named
//! from the folder where the command was given, the same way whether it was asked for by a relative or an absolute path.

use std::collections::btree_map::Entry;
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io;
use std::path::{Component, Path, PathBuf};
use std::sync::{Arc, RwLock};

use rayon::prelude::*;
use rustc_hash::{FxHashMap, FxHashSet};

use super::failure::{Failure, reason, shown};
use super::terminal::Progress;
use yijianshi_core::compile::{self, Closed, Compiled, Goal, MANIFEST_NAME, Opened, Workspace};
use yijianshi_core::facts::Facts;
use yijianshi_core::source::{Source, SourceId, Sources, Unreadable, World};

/// So many bundles are in memory at once.
const CHUNK: usize = 64;

/// The files of a workspace, and which of them were asked for.
#[derive(Debug)]
pub struct WorkspaceFiles {
    /// The folder of the manifest.
    root: PathBuf,
    /// What the names of its files begin with: `bundles/岳阳/`.
    prefix: String,
    /// All YAML files of it, in the order of their names.
    pub files: Vec<YamlFile>,
}

/// A YAML file.
#[derive(Debug)]
pub struct YamlFile {
    /// What is in it, once it has been read, or what has been written into it since.
    text: RwLock<Option<Arc<Source>>>,
    /// From the workspace's folder.
    path: PathBuf,
    /// For messages.
    pub name: String,
    /// Whether it was asked for.
    pub selected: bool,
}

impl WorkspaceFiles {
    /// How many files were asked for.
    pub fn selected(&self) -> usize {
        self.files.iter().filter(|file| file.selected).count()
    }

    /// Whether every file was asked for.
    pub fn is_complete(&self) -> bool {
        self.files.iter().all(|file| file.selected)
    }

    /// The file with this name.
    pub fn find(&self, name: &str) -> Option<&YamlFile> {
        self.files.binary_search_by(|file| file.name.as_str().cmp(name)).ok().map(|index| &self.files[index])
    }

    /// The folder of the manifest.
    pub fn folder(&self) -> &Path {
        &self.root
    }

    /// What something in that folder is called in messages.
    pub fn name(&self, path: &str) -> String {
        format!("{}{path}", self.prefix)
    }

    /// Where a file really is.
    pub fn path(&self, file: &YamlFile) -> PathBuf {
        self.root.join(&file.path)
    }

    /// The text of a file, if it is one of these, has been replaced.
    pub fn replaced(&self, name: &str, text: &str) {
        let Some(file) = self.find(name) else { return };
        *file.text.write().expect("nobody panics while holding it") = Some(Arc::new(Source::new(&*file.name, text)));
    }
}

impl World for WorkspaceFiles {
    fn names(&self) -> Vec<String> {
        self.files.iter().map(|file| file.name.clone()).collect()
    }

    fn text(&self, name: &str) -> Result<Arc<Source>, Unreadable> {
        let unreadable = |error: io::Error| Unreadable { name: name.to_owned(), why: reason(&error) };
        let file = self.find(name).ok_or_else(|| unreadable(io::ErrorKind::NotFound.into()))?;
        if let Some(text) = &*file.text.read().expect("nobody panics while holding it") {
            return Ok(text.clone());
        }
        let bytes = fs::read(self.path(file)).map_err(unreadable)?;
        let text = Arc::new(Source::from_bytes(name, bytes));
        *file.text.write().expect("nobody panics while holding it") = Some(text.clone());
        Ok(text)
    }
}

/// The files of one workspace while paths are looked through.
struct Found {
    /// The manifest's folder as it was reached.
    folder: PathBuf,
    /// Files asked for, from that folder.
    selected: FxHashSet<PathBuf>,
    /// Whether the whole folder was asked for.
    whole: bool,
}

/// Finds the workspaces of `paths`: a folder stands for all YAML files below it, nothing for the folder where the command is given.
pub fn find(paths: &[PathBuf]) -> Result<Vec<WorkspaceFiles>, Failure> {
    let here = std::env::current_dir().map_err(|error| Failure::read(Path::new("."), error))?;
    let default = [PathBuf::from(".")];
    let paths = if paths.is_empty() { &default } else { paths };
    let mut roots = Roots::default();
    let mut found: BTreeMap<PathBuf, Found> = BTreeMap::new();
    for path in paths {
        let full = absolute(&here, path).map_err(|error| Failure::read(path, error))?;
        let files = yaml_files(&full, path)?;
        if files.is_empty() {
            return Err(Failure::Nothing(shown(path)));
        }
        for file in files {
            let Some(folder) = roots.of(&file) else { return Err(Failure::NoWorkspace(shown_from(&here, &file))) };
            let root = fs::canonicalize(&folder).map_err(|error| Failure::read(path, error))?;
            let entry = match found.entry(root) {
                Entry::Occupied(entry) => entry.into_mut(),
                Entry::Vacant(entry) => {
                    let found = Found { folder: folder.clone(), selected: FxHashSet::default(), whole: false };
                    entry.insert(found)
                }
            };
            entry.whole |= folder.starts_with(&full);
            entry.selected.insert(file.strip_prefix(&folder).unwrap_or(&file).to_owned());
        }
    }
    let here = fs::canonicalize(&here).unwrap_or(here);
    found.into_iter().map(|(root, found)| list(root, found, &here, &mut roots)).collect()
}

fn list(root: PathBuf, found: Found, here: &Path, roots: &mut Roots) -> Result<WorkspaceFiles, Failure> {
    let prefix = match shown_from(here, &root) {
        here if here.is_empty() => here,
        folder if folder.ends_with('/') => folder,
        folder => folder + "/",
    };
    let all: Vec<PathBuf> = match found.whole {
        true => found.selected.iter().cloned().collect(),
        false => {
            let files = yaml_files(&found.folder, &found.folder)?.into_iter();
            let own = files.filter(|file| roots.of(file).as_ref() == Some(&found.folder));
            let own = own.map(|file| file.strip_prefix(&found.folder).unwrap_or(&file).to_owned());
            // What is hidden is part of the workspace where it was asked for by name.
            let all: BTreeSet<PathBuf> = own.chain(found.selected.iter().cloned()).collect();
            all.into_iter().collect()
        }
    };
    let mut files: Vec<YamlFile> = all
        .into_iter()
        .map(|path| {
            let name = format!("{prefix}{}", shown(&path));
            let selected = found.whole || found.selected.contains(&path);
            YamlFile { text: RwLock::default(), path, name, selected }
        })
        .collect();
    files.sort_by(|a, b| a.name.cmp(&b.name));
    Ok(WorkspaceFiles { root, prefix, files })
}

/// A path from the root of the disk, without `.` and `..`; the names of links stay.
fn absolute(here: &Path, path: &Path) -> io::Result<PathBuf> {
    let mut full = PathBuf::new();
    for part in here.join(path).components() {
        match part {
            Component::CurDir => {}
            Component::ParentDir => {
                // Above a link is what is above the folder that it leads to.
                if full.is_symlink() {
                    full = fs::canonicalize(&full)?;
                }
                full.pop();
            }
            part => full.push(part),
        }
    }
    Ok(full)
}

/// A full path as seen from the folder `here`: `目录/材料.yaml`, `../材料.yaml`; in full if they share nothing.
fn shown_from(here: &Path, path: &Path) -> String {
    let common = here.components().zip(path.components()).take_while(|(a, b)| a == b).count();
    let shares = here.components().take(common).any(|part| matches!(part, Component::Normal(_)));
    if !shares {
        let text = shown(path);
        return text.strip_prefix("//?/").map(str::to_owned).unwrap_or(text);
    }
    let up = here.components().skip(common).map(|_| Component::ParentDir);
    shown(&up.chain(path.components().skip(common)).collect::<PathBuf>())
}

/// The workspaces of folders, each looked up once.
#[derive(Default)]
struct Roots {
    known: FxHashMap<PathBuf, Option<PathBuf>>,
}

impl Roots {
    /// The folder of the nearest manifest at or above a file.
    fn of(&mut self, file: &Path) -> Option<PathBuf> {
        let mut asked = Vec::new();
        let mut root = None;
        for folder in file.ancestors().skip(1) {
            if let Some(known) = self.known.get(folder) {
                root = known.clone();
                break;
            }
            asked.push(folder);
            if folder.join(MANIFEST_NAME).is_file() {
                root = Some(folder.to_owned());
                break;
            }
        }
        for folder in asked {
            self.known.insert(folder.to_owned(), root.clone());
        }
        root
    }
}

fn is_yaml(path: &Path) -> bool {
    let extension = path.extension().and_then(|extension| extension.to_str());
    extension.is_some_and(|extension| ["yaml", "yml"].iter().any(|own| extension.eq_ignore_ascii_case(own)))
}

/// The YAML files at or below `full`. Nothing is left out but hidden folders: a gate never skips a file. `given` is how the user
/// called it.
fn yaml_files(full: &Path, given: &Path) -> Result<Vec<PathBuf>, Failure> {
    let data = fs::metadata(full).map_err(|error| Failure::read(given, error))?;
    if data.is_file() {
        return if is_yaml(full) { Ok(vec![full.to_owned()]) } else { Err(Failure::NotYaml(shown(given))) };
    }
    let mut files = Vec::new();
    let mut walk = ignore::WalkBuilder::new(full);
    walk.standard_filters(false).hidden(true).follow_links(true);
    for entry in walk.build() {
        let entry = entry.map_err(|error| walk_error(error, given))?;
        if entry.file_type().is_some_and(|kind| kind.is_file()) && is_yaml(entry.path()) {
            files.push(entry.into_path());
        }
    }
    Ok(files)
}

fn walk_error(error: ignore::Error, given: &Path) -> Failure {
    match error {
        ignore::Error::WithPath { path, err } => walk_error(*err, &path),
        ignore::Error::WithDepth { err, .. } => walk_error(*err, given),
        ignore::Error::Loop { child, .. } => Failure::read(&child, io::Error::other("文件夹的链接绕成了一圈")),
        other => {
            let error = other.into_io_error().unwrap_or_else(|| io::Error::other("文件夹读不出来"));
            Failure::read(given, error)
        }
    }
}

/// A workspace whose shared files are read, and its bundles that were asked for.
struct Loaded {
    opened: Opened,
    bundles: Vec<SourceId>,
    /// Whether those are all that the workspace has.
    every: bool,
}

/// Reads a workspace.
fn open(files: &WorkspaceFiles) -> Result<Loaded, Failure> {
    // Side by side; what cannot be read is said in the order of the files.
    files.files.par_iter().for_each(|file| drop(files.text(&file.name)));
    let opened = compile::open(Sources::read(files)?);
    let selected = |id: &SourceId| {
        let name = opened.workspace.sources.get(*id).name();
        files.find(name).is_some_and(|file| file.selected)
    };
    let bundles: Vec<SourceId> = opened.bundles.iter().copied().filter(selected).collect();
    let every = bundles.len() == opened.bundles.len();
    Ok(Loaded { opened, bundles, every })
}

/// A bundle, compiled, with the texts that its spans point into.
pub struct Done<'w> {
    /// What it shares with others.
    pub workspace: &'w Workspace,
    /// The texts.
    pub sources: Sources,
    /// The bundle's own.
    pub source: SourceId,
    /// What compiling it gave.
    pub compiled: Compiled,
}

/// What is done with compiled bundles. `begin` comes first for each workspace; `bundle` runs side by side; `then` gets its results in
/// the order of the files; `end` comes last, with what is to be said about manifest and catalogues.
pub trait Visitor: Sync {
    /// What `bundle` makes.
    type Item: Send;
    /// A workspace is open. `every`: all of its bundles will come.
    fn begin(&mut self, files: &WorkspaceFiles, workspace: &Workspace, every: bool) -> Result<(), Failure> {
        let _ = (files, workspace, every);
        Ok(())
    }
    /// A bundle is compiled.
    fn bundle(&self, files: &WorkspaceFiles, done: Done<'_>) -> Result<Self::Item, Failure>;
    /// It is its turn.
    fn then(&mut self, item: Self::Item) -> Result<(), Failure>;
    /// A chunk is done.
    fn flush(&mut self) -> Result<(), Failure> {
        Ok(())
    }
    /// A workspace is done.
    fn end(&mut self, files: &WorkspaceFiles, closed: Closed) -> Result<(), Failure>;
}

/// What became of one file.
pub struct Examined<T> {
    /// What was made of it; `None` if it could not be read.
    pub made: Option<T>,
    /// The texts.
    pub sources: Sources,
    /// What compiling it gave.
    pub compiled: Compiled,
}

/// Checks the bundle in one file; `read` gets what is known of it. `None` if the file is no bundle.
pub fn one<T>(
    path: &Path,
    goal: Goal,
    read: impl FnOnce(&Facts<'_>, &Compiled) -> Result<T, Failure>,
) -> Result<Option<Examined<T>>, Failure> {
    if !path.is_file() {
        fs::File::open(path).map_err(|error| Failure::read(path, error))?;
        return Err(Failure::Other(format!("{} 不是文件，这里要写一个 .yaml 文件", shown(path))));
    }
    let found = find(&[path.to_owned()])?;
    let Loaded { opened, bundles, .. } = open(&found[0])?;
    let Some(&source) = bundles.first() else { return Ok(None) };
    let sources = opened.workspace.sources.clone();
    let (compiled, made) = opened.examine(&sources, source, goal, read);
    Ok(Some(Examined { made: made.transpose()?, sources, compiled }))
}

/// Compiles everything found, chunk by chunk. How many files were asked for; nothing checked is never a pass.
pub fn visit<V: Visitor>(found: &[WorkspaceFiles], goal: Goal, visitor: &mut V) -> Result<usize, Failure> {
    let files = found.iter().map(WorkspaceFiles::selected).sum();
    if files == 0 {
        return Err(Failure::Nothing(found.iter().map(|files| shown(&files.root)).collect()));
    }
    let mut progress = Progress::new(files);
    for files in found {
        let mut loaded = open(files)?;
        visitor.begin(files, &loaded.opened.workspace, loaded.every)?;
        let bundles = std::mem::take(&mut loaded.bundles);
        for chunk in bundles.chunks(CHUNK) {
            let shared = &*visitor;
            let compile = |&source: &SourceId| {
                let sources = loaded.opened.workspace.sources.clone();
                let mut compiled = loaded.opened.bundle(&sources, source, goal);
                let summary = std::mem::take(&mut compiled.summary);
                Ok((
                    summary,
                    shared.bundle(files, Done { workspace: &loaded.opened.workspace, sources, source, compiled })?,
                ))
            };
            let done: Vec<_> = chunk.par_iter().map(compile).collect::<Result<_, Failure>>()?;
            progress.aside(|| {
                for (summary, item) in done {
                    loaded.opened.seen(summary);
                    visitor.then(item)?;
                }
                visitor.flush()
            })?;
            progress.add(chunk.len());
        }
        let closed = loaded.opened.close(files.is_complete());
        progress.aside(|| visitor.end(files, closed))?;
    }
    Ok(files)
}
