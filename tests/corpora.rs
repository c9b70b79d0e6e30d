//! The real and the example bundles: their figures, what is said about them, and that the good ones are silent.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use yijianshi::compile;
use yijianshi::diagnostic::{Diagnostic, Sink};
use yijianshi::outcome::{Outcome, Sums, merge_fields};
use yijianshi::program::{self, Program};
use yijianshi::source::{Source, Sources};

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

fn yaml_files(folder: &Path, list: &mut Vec<PathBuf>) {
    let mut entries: Vec<_> = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    entries.sort();
    for path in entries {
        if path.is_dir() {
            yaml_files(&path, list);
        } else if path.extension().is_some_and(|extension| extension == "yaml") {
            list.push(path);
        }
    }
}

/// All YAML files of a workspace, named from its folder.
fn workspace(folder: &str) -> Vec<Source> {
    let folder = root().join(folder);
    let mut files = Vec::new();
    yaml_files(&folder, &mut files);
    assert!(!files.is_empty(), "no files in {}", folder.display());
    files.iter().map(|path| read(path, path.strip_prefix(&folder).unwrap())).collect()
}

fn read(path: &Path, name: &Path) -> Source {
    Source::from_bytes(name.to_str().unwrap().to_owned(), fs::read(path).unwrap())
}

/// `file:line:column code`, and the words of the finding.
fn said(sources: &Sources, diagnostics: &[Diagnostic]) -> Vec<String> {
    let say = |d: &Diagnostic| format!("{} {d}", yijianshi::diagnostic::place_text(sources, d.span));
    diagnostics.iter().map(say).collect()
}

/// Compiles one bundle of a workspace and hands its program over.
fn with_program<T>(folder: &str, bundle: &str, use_: impl FnOnce(&Program<'_>) -> T) -> T {
    let sources = Sources::from_texts(workspace(folder));
    let opened = compile::open(sources.clone());
    let mut sink = Sink::new();
    let source = sources.find(bundle).unwrap();
    let loaded = program::load(&opened.workspace, &sources, source, &mut sink).unwrap();
    let program = program::resolve(&opened.workspace, loaded.bundle, loaded.damaged, &mut sink);
    use_(&program)
}

/// Before, removed, added, after: of each item in turn, then of all.
fn sums(program: &Program<'_>, outcome: &Outcome) -> Vec<[u32; 4]> {
    let row = |sums: Sums| [sums.before, sums.removed, sums.added, sums.after];
    let items = program.item_ids().map(|id| row(outcome.ledger.sums_of(id)));
    items.chain([row(outcome.ledger.sums())]).collect()
}

fn number(text: &str) -> Option<yijianshi::expr::Number> {
    Some(yijianshi::expr::Number::parse(text).unwrap())
}

#[test]
fn yueyang_small_restaurant() {
    with_program("bundles/岳阳", "我要开小餐馆.yaml", |program| {
        let named = Outcome::named(program);
        let widest = Outcome::widest(program);
        assert_eq!(named.len(), 2);

        let own = &named[0];
        assert_eq!(&*own.case.name, "本人办理");
        // As in the published table, its conditional rows for an agent left out before and after.
        assert_eq!(sums(program, own), [[4, 0, 0, 4], [5, 3, 0, 2], [5, 2, 0, 3], [8, 4, 1, 5], [22, 9, 1, 14]]);
        assert_eq!((own.before.materials, own.after.materials), (Some(22), Some(14)));

        let agent = &named[1];
        assert_eq!(&*agent.case.name, "委托办理");
        assert_eq!(sums(program, agent), [[6, 0, 0, 6], [7, 5, 0, 2], [5, 2, 0, 3], [8, 4, 1, 5], [26, 11, 1, 16]]);
        assert_eq!((agent.before.materials, agent.after.materials), (Some(26), Some(16)));

        for outcome in named.iter().chain([&widest]) {
            assert_eq!(outcome.before.days, number("14.5"));
            assert_eq!(outcome.before.forms, Some(5));
            assert_eq!(outcome.before.visits, Some(4));
            assert_eq!(outcome.after.days, number("8"));
            assert_eq!(outcome.after.forms, Some(1));
            assert_eq!(outcome.after.visits, Some(1));
        }
        assert_eq!(widest.before.materials, Some(26));
        assert_eq!(widest.before.distinct_materials, Some(20));
        assert_eq!((own.before.fields, own.after.fields), (Some(41), Some(31)));
        assert_eq!((agent.before.fields, agent.after.fields), (Some(44), Some(34)));
        assert_eq!(merge_fields(program).len(), 34);
    });
}

#[test]
fn good_workspaces_are_silent() {
    let mut faults = BTreeMap::new();
    for folder in ["bundles/岳阳"] {
        let compilation = compile::compile(Sources::from_texts(workspace(folder)));
        let said = said(&compilation.sources, &compilation.diagnostics);
        if !said.is_empty() {
            faults.insert(folder, said);
        }
    }
    assert!(faults.is_empty(), "{faults:#?}");
}
