//! From paths to workspaces: which files there are, and their texts.

use std::collections::BTreeMap;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use rayon::prelude::*;
use thiserror::Error;

use crate::compile::{self, Compiled, Goal, Opened};
use crate::model::{self, MANIFEST_NAME};
use crate::source::{Source, SourceId, Sources};

/// What is wrong with the surroundings.
#[derive(Debug, Error)]
pub enum LoadError {
    /// A path that cannot be read.
    #[error("读不了 {path}\u{ff1a}{error}")]
    Unreadable {
        /// Which.
        path: String,
        /// Why.
        error: io::Error,
    },
    /// A file of another kind.
    #[error("{0} 不是 .yaml 文件\u{ff0c}无法检查")]
    NotYaml(String),
    /// No file to work on.
    #[error("在 {0} 里没有找到任何 .yaml 文件\u{ff1a}一个文件都没检查\u{ff0c}不能算通过")]
    Nothing(String),
    /// Files outside any workspace.
    #[error("{0} 所在的文件夹及其上级文件夹里都没有工作区清单 yijianshi.yaml\u{ff1b}可以用“yijianshi new”生成一个")]
    NoWorkspace(String),
}

/// The files of a workspace, and which of them were asked for.
#[derive(Debug)]
pub struct WorkspaceFiles {
    /// All YAML files of it, in the order of their names.
    pub files: Vec<PathBuf>,
    /// Those asked for.
    pub selected: Vec<PathBuf>,
}

impl WorkspaceFiles {
    /// Whether every file was asked for.
    pub fn is_complete(&self) -> bool {
        self.files.len() == self.selected.len()
    }
}

/// Finds the workspaces of `paths`: a folder stands for all YAML files below it.
pub fn find(paths: &[PathBuf]) -> Result<Vec<WorkspaceFiles>, LoadError> {
    let mut selected: BTreeMap<PathBuf, Vec<PathBuf>> = BTreeMap::new();
    for path in paths {
        let found = yaml_files(path)?;
        if found.is_empty() {
            return Err(LoadError::Nothing(name(path)));
        }
        for file in found {
            let root = root_of(&file).ok_or_else(|| LoadError::NoWorkspace(name(&file)))?;
            selected.entry(root).or_default().push(file);
        }
    }
    let mut list = Vec::new();
    for (root, mut selected) in selected {
        let folder = if root.as_os_str().is_empty() { Path::new(".") } else { &root };
        let files: Vec<_> =
            yaml_files(folder)?.into_iter().filter(|file| root_of(file).as_ref() == Some(&root)).collect();
        selected.sort();
        selected.dedup();
        list.push(WorkspaceFiles { files, selected });
    }
    Ok(list)
}

fn unreadable(path: &Path, error: io::Error) -> LoadError {
    LoadError::Unreadable { path: name(path), error }
}

/// The path as it is shown: relative as given, `/` between folders.
pub fn name(path: &Path) -> String {
    let text = path.to_string_lossy().replace('\\', "/");
    text.strip_prefix("./").map(str::to_owned).unwrap_or(text)
}

fn is_yaml(path: &Path) -> bool {
    path.extension().is_some_and(|extension| extension == "yaml" || extension == "yml")
}

/// The YAML files at or below `path`, in the order of their names. Nothing is left out but hidden folders: a gate never skips a file.
fn yaml_files(path: &Path) -> Result<Vec<PathBuf>, LoadError> {
    let data = fs::metadata(path).map_err(|error| unreadable(path, error))?;
    if data.is_file() {
        return if is_yaml(path) { Ok(vec![tidy(path)]) } else { Err(LoadError::NotYaml(name(path))) };
    }
    let mut files = Vec::new();
    let mut walk = ignore::WalkBuilder::new(path);
    walk.standard_filters(false).hidden(true).follow_links(true).sort_by_file_path(Ord::cmp);
    for entry in walk.build() {
        let entry = entry.map_err(|error| match error.into_io_error() {
            Some(io) => unreadable(path, io),
            None => unreadable(path, io::Error::other("文件夹的链接绕成了一圈")),
        })?;
        if entry.file_type().is_some_and(|kind| kind.is_file()) && is_yaml(entry.path()) {
            files.push(tidy(entry.path()));
        }
    }
    Ok(files)
}

fn tidy(path: &Path) -> PathBuf {
    path.strip_prefix("./").map_or_else(|_| path.to_owned(), Path::to_owned)
}

/// The folder of the nearest manifest at or above a file.
fn root_of(file: &Path) -> Option<PathBuf> {
    let mut folder = file.parent()?;
    loop {
        if folder.join(MANIFEST_NAME).is_file() {
            return Some(folder.to_owned());
        }
        match folder.parent() {
            Some(parent) => folder = parent,
            // Above the current folder the path says nothing more: go on from where it really is.
            None => {
                let up = folder.join("..");
                let absolute = up.canonicalize().ok()?;
                return absolute.ancestors().find(|folder| folder.join(MANIFEST_NAME).is_file()).map(Path::to_owned);
            }
        }
    }
}

fn read(path: &Path) -> Result<Source, LoadError> {
    let bytes = fs::read(path).map_err(|error| unreadable(path, error))?;
    Ok(Source::from_bytes(name(path), bytes))
}

/// A workspace whose shared files are read, and its bundles that were asked for.
pub struct Loaded {
    /// What the bundles share.
    pub opened: Opened,
    /// Bundles to compile.
    pub bundles: Vec<PathBuf>,
}

/// Reads what the bundles of a workspace share.
pub fn open(files: &WorkspaceFiles) -> Result<Loaded, LoadError> {
    // Read in chunks so that not all texts are held at once.
    let mut shared = Vec::new();
    let mut bundles = Vec::new();
    for path in &files.files {
        let source = read(path)?;
        if model::is_surely_bundle(source.text()) {
            if files.selected.contains(path) {
                bundles.push(path.clone());
            }
        } else {
            shared.push(source);
        }
    }
    let opened = compile::open(Sources::from_texts(shared));
    for &id in &opened.bundles {
        let path = PathBuf::from(opened.workspace.sources.get(id).name());
        if files.selected.contains(&path) {
            bundles.push(path);
        }
    }
    bundles.sort();
    Ok(Loaded { opened, bundles })
}

/// Compiles a chunk of bundles side by side; each result with the texts that its spans point into.
pub fn compile_chunk(
    opened: &Opened,
    chunk: &[PathBuf],
    goal: Goal,
) -> Result<Vec<(Sources, SourceId, Compiled)>, LoadError> {
    chunk
        .par_iter()
        .map(|path| {
            let (sources, id) = texts(opened, path)?;
            let compiled = opened.bundle(&sources, id, goal);
            Ok((sources, id, compiled))
        })
        .collect()
}

/// The texts that a bundle is compiled from: what is shared, itself, and what it extends.
fn texts(opened: &Opened, path: &Path) -> Result<(Sources, SourceId), LoadError> {
    let shared = &opened.workspace.sources;
    let mut own: Vec<Source> = Vec::new();
    let mut next = Some(path.to_owned());
    while let Some(path) = next.take() {
        let name = name(&path);
        if shared.find(&name).is_some() || own.iter().any(|source| source.name() == name) {
            break;
        }
        let source = read(&path)?;
        next = model::extended_path(&source)
            .map(|parent| PathBuf::from(format!("{}{parent}", opened.workspace.root)))
            .filter(|parent| parent.is_file());
        own.push(source);
    }
    let sources = shared.with(own);
    let id = sources.find(&name(path)).expect("it was just added");
    Ok((sources, id))
}
