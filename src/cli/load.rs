//! From paths to workspaces: which files there are, and their texts.
//!
//! Bundles stream through in chunks, so that memory does not grow with their number. Every file of a workspace is named
//! from the folder where the command was given, the same way whether it was asked for by a relative or an absolute path.

use std::collections::BTreeMap;
use std::collections::btree_map::Entry;
use std::fs;
use std::io;
use std::path::{Component, Path, PathBuf};
use std::sync::{Arc, Mutex};

use rayon::prelude::*;
use rustc_hash::{FxHashMap, FxHashSet};

use super::failure::{Failure, shown};
use super::terminal::Progress;
use yijianshi_core::compile::{self, Closed, Compiled, Goal, Opened};
use yijianshi_core::facts::Facts;
use yijianshi_core::model::{self, MANIFEST_NAME};
use yijianshi_core::program::Workspace;
use yijianshi_core::source::{Source, SourceId, Sources};

/// So many bundles are in memory at once.
const CHUNK: usize = 64;
/// So many parents are kept in memory; then they are read anew.
const MOST_PARENTS: usize = 256;

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

    fn read(&self, file: &YamlFile) -> Result<Vec<u8>, Failure> {
        fs::read(self.path(file)).map_err(|error| Failure::Unreadable { path: file.name.clone(), error })
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
            own.map(|file| file.strip_prefix(&found.folder).unwrap_or(&file).to_owned()).collect()
        }
    };
    let mut files: Vec<YamlFile> = all
        .into_iter()
        .map(|path| {
            let name = format!("{prefix}{}", shown(&path));
            let selected = found.whole || found.selected.contains(&path);
            YamlFile { path, name, selected }
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
struct Loaded<'f> {
    files: &'f WorkspaceFiles,
    opened: Opened,
    bundles: Vec<&'f YamlFile>,
    /// Whether those are all that the workspace has.
    every: bool,
    parents: Mutex<FxHashMap<String, Arc<[u8]>>>,
}

/// Reads what the bundles of a workspace share.
fn open(files: &WorkspaceFiles) -> Result<Loaded<'_>, Failure> {
    // Bundles are told apart and put away at once, so that not all texts are held together.
    let read = |file: &YamlFile| {
        let source = Source::from_bytes(file.name.clone(), files.read(file)?);
        Ok((!model::is_surely_bundle(source.text())).then_some(source))
    };
    let texts: Vec<Option<Source>> = files.files.par_iter().map(read).collect::<Result<_, Failure>>()?;
    let surely = files.files.iter().zip(&texts).filter(|(_, text)| text.is_none()).map(|(file, _)| file);
    let mut bundles: Vec<&YamlFile> = surely.collect();
    let opened = compile::open(Sources::from_texts(texts.into_iter().flatten()));
    let others = opened.bundles.iter().map(|&id| opened.workspace.sources.get(id).name());
    bundles.extend(others.filter_map(|name| files.find(name)));
    let every = bundles.iter().all(|file| file.selected);
    bundles.retain(|file| file.selected);
    bundles.sort_by(|a, b| a.name.cmp(&b.name));
    Ok(Loaded { files, opened, bundles, every, parents: Mutex::default() })
}

impl Loaded<'_> {
    /// The texts that a bundle is compiled from: what is shared, itself, and what it extends.
    fn texts(&self, file: &YamlFile) -> Result<(Sources, SourceId), Failure> {
        let shared = &self.opened.workspace.sources;
        let mut own: Vec<Source> = Vec::new();
        let mut next = Some(file);
        while let Some(file) = next.take() {
            if shared.find(&file.name).is_some() || own.iter().any(|source| source.name() == file.name) {
                break;
            }
            let bytes = if own.is_empty() { self.files.read(file)? } else { self.parent(file)?.to_vec() };
            let source = Source::from_bytes(file.name.clone(), bytes);
            let parent = model::extended_path(&source);
            next = parent.and_then(|parent| self.files.find(&format!("{}{parent}", self.files.prefix)));
            own.push(source);
        }
        let sources = shared.with(own);
        let id = sources.find(&file.name).expect("it was just added");
        Ok((sources, id))
    }

    /// A bundle that others extend: read once for all of them.
    fn parent(&self, file: &YamlFile) -> Result<Arc<[u8]>, Failure> {
        let known = self.parents.lock().expect("nobody panics while holding it").get(&file.name).cloned();
        if let Some(bytes) = known {
            return Ok(bytes);
        }
        let bytes: Arc<[u8]> = self.files.read(file)?.into();
        let mut parents = self.parents.lock().expect("nobody panics while holding it");
        if parents.len() >= MOST_PARENTS {
            parents.clear();
        }
        parents.insert(file.name.clone(), bytes.clone());
        Ok(bytes)
    }
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
    let loaded = open(&found[0])?;
    let Some(file) = loaded.bundles.first() else { return Ok(None) };
    let (sources, source) = loaded.texts(file)?;
    let (compiled, made) = loaded.opened.examine(&sources, source, goal, read);
    Ok(Some(Examined { made: made.transpose()?, sources, compiled }))
}

/// Compiles everything found, chunk by chunk.
pub fn visit<V: Visitor>(found: &[WorkspaceFiles], goal: Goal, visitor: &mut V) -> Result<(), Failure> {
    let mut progress = Progress::new(found.iter().map(WorkspaceFiles::selected).sum());
    for files in found {
        let mut loaded = open(files)?;
        visitor.begin(files, &loaded.opened.workspace, loaded.every)?;
        let bundles = std::mem::take(&mut loaded.bundles);
        for chunk in bundles.chunks(CHUNK) {
            let shared = &*visitor;
            let compile = |file: &&YamlFile| {
                let (sources, source) = loaded.texts(file)?;
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
    Ok(())
}
