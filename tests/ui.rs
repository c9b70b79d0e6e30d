//! Cases with marks: `tests/ui/<code>/<case>.yaml` is checked in the standard workspace. `#~ code` at the end of a line says
//! that a finding starts on it (several: `#~ one two`); a line `#~^ code` says so of the line above. Every finding in the
//! case's files has a mark and every mark a finding. What is printed stands beside it in `<case>.txt`; a silent case has none.
//! `BLESS=1` writes it anew.

use crate::example;
use crate::tidy::half_width;

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use yijianshi_core::compile;
use yijianshi_core::message::{Renderer, Theme};

/// File and line of a finding, and its code.
type Place = (String, usize, String);

/// Takes the marks out of a file; lines and columns of the rest stay.
fn take_marks(name: &str, text: &str, marks: &mut BTreeMap<Place, usize>) -> String {
    let mut clean = String::new();
    for (index, line) in text.lines().enumerate() {
        let (rest, codes) = line.split_once("#~").unwrap_or((line, ""));
        let (above, codes) = codes.strip_prefix('^').map_or((0, codes), |codes| (1, codes));
        for code in codes.split_whitespace() {
            *marks.entry((name.to_owned(), index + 1 - above, code.to_owned())).or_default() += 1;
        }
        let rest = if rest.len() < line.len() { rest.trim_end_matches(' ') } else { rest };
        clean += &format!("{rest}\n");
    }
    clean
}

fn check_case(path: &Path, faults: &mut Vec<String>) {
    let case = path.strip_prefix(root()).unwrap().display();
    let text = fs::read_to_string(path).unwrap();
    let mut marks = BTreeMap::new();
    let files: example::Files = example::files(&text)
        .into_iter()
        .map(|(name, text)| {
            let clean = take_marks(&name, &text, &mut marks);
            (name, clean)
        })
        .collect();
    let (sources, diagnostics) = example::check(&files);
    let renderer = Renderer::new(Theme { colour: false, unicode: false }, 100);
    let mut found: BTreeMap<Place, usize> = BTreeMap::new();
    let mut printed = String::new();
    for diagnostic in &diagnostics {
        let source = sources.get(diagnostic.span.source);
        // The catalogues of the standard workspace hold more than any one case uses.
        if !files.iter().any(|(name, _)| name == source.name()) {
            continue;
        }
        let line = source.place(diagnostic.span.start as usize).line;
        *found.entry((source.name().to_owned(), line, diagnostic.code.name.to_owned())).or_default() += 1;
        let notes = diagnostic.related.iter().map(|related| &related.note);
        let said = [Some(&diagnostic.message), diagnostic.label.as_ref(), diagnostic.help.as_ref()];
        for text in said.into_iter().flatten().chain(notes).chain(diagnostic.fix.as_ref().map(|fix| &fix.title)) {
            if half_width(text, false) {
                faults.push(format!("{case}: half-width punctuation in “{text}”"));
            }
        }
        renderer.render(&sources, diagnostic, &mut printed);
        printed.push('\n');
    }
    for place in marks.keys().chain(found.keys().filter(|place| !marks.contains_key(place))) {
        let (file, line, code) = place;
        let (marked, said) = (marks.get(place).unwrap_or(&0), found.get(place).unwrap_or(&0));
        if marked != said {
            faults.push(format!("{case}: {code} is marked {marked}× and said {said}× at {file}:{line}"));
        }
        if !compile::codes().iter().any(|known| known.name == code) {
            faults.push(format!("{case}: there is no code {code}"));
        }
    }
    let expected = path.with_extension("txt");
    if std::env::var_os("BLESS").is_some() {
        match printed.is_empty() {
            true => drop(fs::remove_file(&expected)),
            false => fs::write(&expected, &printed).unwrap(),
        }
    }
    if fs::read_to_string(&expected).unwrap_or_default() != printed {
        faults.push(format!("{case}: printed differently from {}\n{printed}", expected.display()));
    }
}

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/ui")
}

fn cases() -> Vec<PathBuf> {
    let entries = |folder: &Path| fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    let mut cases: Vec<_> = entries(&root()).flat_map(|folder| entries(&folder)).collect();
    cases.sort();
    cases
}

#[test]
fn findings_stand_where_they_are_marked() {
    let mut faults = Vec::new();
    for path in cases() {
        match path.extension().and_then(|ext| ext.to_str()) {
            Some("yaml") => check_case(&path, &mut faults),
            Some("txt") if path.with_extension("yaml").exists() => {}
            _ => faults.push(format!("{} belongs to no case", path.display())),
        }
        let folder = path.parent().and_then(Path::file_name).unwrap().to_string_lossy();
        if !compile::codes().iter().any(|code| code.name == folder) {
            faults.push(format!("tests/ui/{folder} is not named after a code"));
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}
