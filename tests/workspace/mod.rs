//! The plans of whole workspaces on disk.

use std::fs;
use std::path::{Path, PathBuf};

use yijianshi_core::compile;
use yijianshi_core::plan::Plan;
use yijianshi_core::source::{Source, Sources};

fn yaml(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        match path.is_dir() {
            true => yaml(&path, found),
            false if path.extension().is_some_and(|own| own == "yaml") => found.push(path),
            false => {}
        }
    }
}

/// The plans of the bundles of one workspace, which must be silent.
pub fn plans(folder: &Path) -> Vec<Plan> {
    let mut files = Vec::new();
    yaml(folder, &mut files);
    let name = |path: &Path| path.strip_prefix(folder).unwrap().to_string_lossy().replace('\\', "/");
    let texts = files.iter().map(|path| Source::from_bytes(name(path), fs::read(path).unwrap()));
    let compilation = compile::compile(Sources::from_texts(texts));
    assert!(compilation.diagnostics.is_empty(), "{:#?}", compilation.diagnostics);
    compilation.plans
}

/// The plans of every shipped bundle.
pub fn shipped() -> Vec<Plan> {
    let bundles = Path::new(env!("CARGO_MANIFEST_DIR")).join("bundles");
    let mut folders: Vec<PathBuf> = fs::read_dir(bundles).unwrap().map(|entry| entry.unwrap().path()).collect();
    folders.sort();
    let plans: Vec<Plan> = folders.iter().flat_map(|folder| plans(folder)).collect();
    assert!(plans.len() >= 9);
    plans
}
