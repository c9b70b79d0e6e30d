//! Which file of a package uses which. Paths (`use`, `crate::`, `super::`, names of modules) are followed through re-exports to the
//! file that declares what is named. Methods cannot be seen; a re-export that the file itself does not use is no use.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

/// Files (from the repository's root) and the files that they use.
pub type Uses = BTreeMap<String, BTreeSet<String>>;

/// A module as written.
#[derive(Debug, Default)]
struct Module {
    file: String,
    /// Name here, path, whether it is handed on.
    imports: Vec<(String, Vec<String>, bool)>,
    globs: Vec<Vec<String>>,
    declared: BTreeSet<String>,
    paths: BTreeSet<Vec<String>>,
}

type Modules = BTreeMap<Vec<String>, Module>;

/// The uses between the files of the package in `folder`.
pub fn uses(folder: &str) -> Uses {
    let mut modules = Modules::new();
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let top = if root.join(folder).join("lib.rs").exists() { "lib.rs" } else { "main.rs" };
    read(root, folder, top, &[], &mut modules);
    let mut uses = Uses::new();
    for (at, module) in &modules {
        let mut used = BTreeSet::new();
        let mentioned: BTreeSet<&String> = module.paths.iter().map(|path| &path[0]).collect();
        let imports = module.imports.iter().filter(|(name, _, public)| !public || mentioned.contains(name));
        let paths =
            imports.map(|(_, path, _)| path).chain(&module.globs).chain(module.paths.iter().filter(|p| p.len() > 1));
        for path in paths {
            used.extend(resolve(&modules, at, path, 0).map(|found| modules[&found].file.clone()));
        }
        used.remove(&module.file);
        uses.entry(module.file.clone()).or_default().extend(used);
    }
    uses
}

/// Files below `within` that use each other, directly or not: each group with one circle through it, the shortest.
pub fn circles(uses: &Uses, within: &str) -> Vec<Vec<String>> {
    let mut left: BTreeSet<&String> = uses.keys().filter(|file| file.starts_with(within)).collect();
    let mut found = Vec::new();
    while let Some(start) = left.pop_first() {
        // The shortest way back, by breadth.
        let mut ways = vec![vec![start]];
        let mut seen = BTreeSet::new();
        'search: while !ways.is_empty() {
            let mut longer = Vec::new();
            for way in ways {
                for next in uses[way[way.len() - 1]].iter().filter(|next| next.starts_with(within)) {
                    if next == start {
                        let circle: Vec<String> = way.into_iter().cloned().collect();
                        left.retain(|file| !circle.contains(file));
                        found.push(circle);
                        break 'search;
                    }
                    if seen.insert(next) {
                        longer.push([&way[..], &[next]].concat());
                    }
                }
            }
            ways = longer;
        }
    }
    found
}

fn read(root: &Path, folder: &str, name: &str, at: &[String], modules: &mut Modules) {
    let file = format!("{folder}/{name}");
    let text = fs::read_to_string(root.join(&file)).unwrap_or_else(|error| panic!("{file}: {error}"));
    let below = match name {
        "lib.rs" | "main.rs" | "mod.rs" => folder.to_owned(),
        _ => file.trim_end_matches(".rs").to_owned(),
    };
    for child in scan(&tokens(&text), &file, at, modules) {
        let inside = [at, std::slice::from_ref(&child)].concat();
        if root.join(&below).join(format!("{child}.rs")).exists() {
            read(root, &below, &format!("{child}.rs"), &inside, modules);
        } else {
            read(root, &format!("{below}/{child}"), "mod.rs", &inside, modules);
        }
    }
}

/// Names, `::` and single characters; comments, texts and numbers are left out.
fn tokens(text: &str) -> Vec<String> {
    let chars: Vec<char> = text.chars().collect();
    let starts = |at: usize, with: &str| with.chars().enumerate().all(|(n, c)| chars.get(at + n) == Some(&c));
    let mut out = Vec::new();
    let mut at = 0;
    while at < chars.len() {
        if starts(at, "//") {
            while at < chars.len() && chars[at] != '\n' {
                at += 1;
            }
        } else if chars[at] == '"' {
            at += 1;
            while chars[at] != '"' {
                at += if chars[at] == '\\' { 2 } else { 1 };
            }
            at += 1;
        } else if starts(at, "r\"") || starts(at, "r#\"") {
            let close = if chars[at + 1] == '#' { "\"#" } else { "\"" };
            at += 1 + close.len();
            while !starts(at, close) {
                at += 1;
            }
            at += close.len();
        } else if chars[at] == '\'' {
            // A character, or a lifetime.
            let end = match chars[at + 1] {
                '\\' => (at + 3..).find(|&end| chars[end] == '\''),
                _ => (chars[at + 2] == '\'').then_some(at + 2),
            };
            at = end.unwrap_or(at) + 1;
        } else if chars[at].is_alphabetic() || chars[at] == '_' {
            let from = at;
            while at < chars.len() && (chars[at].is_alphanumeric() || chars[at] == '_') {
                at += 1;
            }
            out.push(chars[from..at].iter().collect());
        } else if starts(at, "::") {
            out.push("::".to_owned());
            at += 2;
        } else {
            if !chars[at].is_whitespace() && !chars[at].is_ascii_digit() {
                out.push(chars[at].to_string());
            }
            at += 1;
        }
    }
    out
}

/// Reads the module at `at` and those written inside it; gives the modules that stand in files of their own.
fn scan(tokens: &[String], file: &str, at: &[String], modules: &mut Modules) -> Vec<String> {
    let mut module = Module { file: file.to_owned(), ..Module::default() };
    let mut children = Vec::new();
    let is = |n: usize, token: &str| tokens.get(n).is_some_and(|found| found == token);
    let name = |n: usize| tokens.get(n).is_some_and(|found| found.starts_with(|c: char| c.is_alphabetic() || c == '_'));
    let mut n = 0;
    while n < tokens.len() {
        let test = ["#", "[", "cfg", "(", "test", ")", "]"];
        if test.iter().enumerate().all(|(offset, token)| is(n + offset, token)) {
            n += test.len();
            while !is(n, "{") && !is(n, ";") {
                n += 1;
            }
            n = if is(n, "{") { close(tokens, n) } else { n } + 1;
        } else if is(n, "mod") && name(n + 1) && is(n + 2, "{") {
            let end = close(tokens, n + 2);
            scan(&tokens[n + 3..end], file, &[at, &[tokens[n + 1].clone()]].concat(), modules);
            n = end + 1;
        } else if is(n, "mod") && name(n + 1) && is(n + 2, ";") {
            children.push(tokens[n + 1].clone());
            n += 3;
        } else if is(n, "use") && !is(n + 1, "<") {
            let end = (n..).find(|&end| is(end, ";")).unwrap();
            let public = n > 0 && (is(n - 1, "pub") || is(n - 1, ")"));
            tree(&tokens[n + 1..end], &[], public, &mut module);
            n = end + 1;
        } else if name(n) && (n == 0 || !is(n - 1, ".")) {
            let mut path = vec![tokens[n].clone()];
            while is(n + 1, "::") && name(n + 2) {
                path.push(tokens[n + 2].clone());
                n += 2;
            }
            let declares = ["struct", "enum", "trait", "type", "fn", "const", "static"];
            if path.len() == 1 && declares.contains(&path[0].as_str()) && name(n + 1) {
                module.declared.insert(tokens[n + 1].clone());
                n += 1;
            } else {
                module.paths.insert(path);
            }
            n += 1;
        } else {
            n += 1;
        }
    }
    modules.insert(at.to_vec(), module);
    children
}

/// Where the brace at `open` closes.
fn close(tokens: &[String], open: usize) -> usize {
    let mut depth = 0;
    for (n, token) in tokens.iter().enumerate().skip(open) {
        match token.as_str() {
            "{" => depth += 1,
            "}" => depth -= 1,
            _ => {}
        }
        if depth == 0 {
            return n;
        }
    }
    panic!("a brace is not closed");
}

/// The paths of a `use`.
fn tree(tokens: &[String], before: &[String], public: bool, module: &mut Module) {
    let mut path = before.to_vec();
    let mut alias = None;
    let mut n = 0;
    while n < tokens.len() {
        match tokens[n].as_str() {
            "::" => {}
            "*" => return module.globs.push(path),
            "{" => {
                let end = close(tokens, n);
                let mut depth = 0;
                let parts = tokens[n + 1..end].split(|token| {
                    depth += i32::from(token == "{") - i32::from(token == "}");
                    depth == 0 && token == ","
                });
                parts.filter(|part| !part.is_empty()).for_each(|part| tree(part, &path, public, module));
                return;
            }
            "as" => {
                alias = Some(tokens[n + 1].clone());
                n += 1;
            }
            // `use a::{self}` is `use a`.
            "self" if !path.is_empty() => {}
            part => path.push(part.to_owned()),
        }
        n += 1;
    }
    let name = alias.unwrap_or_else(|| path[path.len() - 1].clone());
    module.imports.push((name, path, public));
}

/// The module that declares what `path`, written in the module `at`, names; nothing if it is of another package.
fn resolve(modules: &Modules, at: &[String], path: &[String], depth: usize) -> Option<Vec<String>> {
    if depth > 16 {
        return None;
    }
    let mut here = at.to_vec();
    let mut rest = path;
    let mut rooted = false;
    while let Some((first, others)) = rest.split_first() {
        match first.as_str() {
            "crate" => here.clear(),
            "super" => drop(here.pop()),
            "self" => {}
            _ => break,
        }
        rooted = true;
        rest = others;
    }
    loop {
        let Some((first, others)) = rest.split_first() else { return Some(here) };
        let child = [&here[..], std::slice::from_ref(first)].concat();
        if modules.contains_key(&child) {
            here = child;
            rest = others;
            rooted = true;
            continue;
        }
        let module = &modules[&here];
        if module.declared.contains(first) {
            return Some(here);
        }
        if let Some((_, import, _)) = module.imports.iter().find(|(name, _, _)| name == first) {
            // `use serde;` names a package.
            let same = import.as_slice() == [first.clone()];
            return if same { None } else { resolve(modules, &here, &[import, others].concat(), depth + 1) };
        }
        for glob in &module.globs {
            let target = resolve(modules, &here, glob, depth + 1);
            if let Some(target) = target.filter(|target| modules[target].declared.contains(first)) {
                return Some(target);
            }
        }
        return rooted.then_some(here);
    }
}

#[test]
fn paths_lead_to_files() {
    let uses = uses("src/core");
    let of = |file: &str| &uses[file];
    // Through `pub use` of model/mod.rs.
    assert!(of("src/core/lint/rules/idle_partners.rs").contains("src/core/lint/participants.rs"));
    assert!(of("src/core/message/render/text.rs").is_empty());
    assert!(of("src/core/lib.rs").is_empty());
    assert!(circles(&uses, "src/core/expr/").iter().all(|circle| circle.len() > 1));
}
