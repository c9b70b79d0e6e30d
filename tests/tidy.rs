//! The house rules that a machine can check.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use crate::structure;

use yijianshi_core::model::{AgencyFile, Bundle, CapabilityFile, ElementFile, Manifest, MaterialFile, Record, Shape};

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn files(folder: &str, extension: &str) -> Vec<(String, String)> {
    let mut found = Vec::new();
    let mut folders: Vec<PathBuf> = vec![root().join(folder)];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() && !path.ends_with("node_modules") && !path.ends_with("venv") {
                folders.push(path);
            } else if path.extension().is_some_and(|own| own == extension) {
                let name = path.strip_prefix(root()).unwrap().to_string_lossy().replace('\\', "/");
                found.push((name, fs::read_to_string(&path).unwrap()));
            }
        }
    }
    found.sort();
    assert!(!found.is_empty());
    found
}

/// Each stage of the core uses only those before it.
const ORDER: [&str; 15] = [
    "source",
    "diagnostic",
    "message",
    "syntax",
    "allow",
    "expr",
    "model",
    "program",
    "scenario",
    "reform",
    "facts",
    "lint",
    "plan",
    "compile",
    "schema",
];

#[test]
fn data_flows_one_way() {
    let rank = |name: &str| ORDER.iter().position(|own| *own == name);
    let mut faults = Vec::new();
    for (name, text) in files("src/core", "rs") {
        let part = name.strip_prefix("src/core/").unwrap().split('/').next().unwrap().trim_end_matches(".rs");
        if part == "lib" || part == "tests" {
            continue;
        }
        let own = rank(part).unwrap_or_else(|| panic!("{part} has no place in the order"));
        let text = text.split("#[cfg(test)]").next().unwrap();
        for (number, line) in text.lines().enumerate().filter(|(_, line)| !line.trim_start().starts_with("//")) {
            for used in line.split("crate::").skip(1) {
                let used: String = used.chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect();
                if rank(&used).is_some_and(|used| used > own) {
                    faults.push(format!("{name}:{}: {part} uses {used}, which comes after it", number + 1));
                }
            }
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

/// The floors of emit, from the lowest: a file uses its own floor and those below it.
const FLOORS: [&str; 9] =
    ["layout", "write", "templates", "page", "words", "parts", "models", "documents", "workspace"];
/// Floors on which nothing uses its neighbours, and what they share there.
const APART: [(&str, &[&str]); 3] = [("models", &[]), ("documents", &[]), ("workspace", &["catalogue", "look"])];

#[test]
fn floors_of_emit_stand_on_each_other() {
    let place = |file: &str| -> (String, String) {
        let path = file.strip_prefix("src/emit/").unwrap().trim_end_matches(".rs");
        let mut names = path.split('/').map(str::to_owned);
        (names.next().unwrap(), names.next().unwrap_or_default())
    };
    let rank = |floor: &str| FLOORS.iter().position(|own| *own == floor);
    let mut faults = Vec::new();
    for (file, used) in structure::uses("src/emit") {
        let (floor, own) = place(&file);
        if floor == "lib" {
            continue;
        }
        let height = rank(&floor).unwrap_or_else(|| panic!("{file} stands on no floor"));
        for other in used {
            let (below, neighbour) = place(&other);
            if rank(&below).is_none_or(|below| below > height) {
                faults.push(format!("{file} uses {other}, which stands above it"));
            }
            let shared = APART.iter().find(|(apart, _)| *apart == floor).filter(|_| floor == below && own != neighbour);
            if shared.is_some_and(|(_, shared)| own != "mod" && !shared.contains(&neighbour.as_str())) {
                faults.push(format!("{file} uses its neighbour {other}"));
            }
            if floor == "words" && below == "write" {
                faults.push(format!("{file} uses {other}: words know no format"));
            }
            if floor == "templates" && !["write", "templates"].contains(&below.as_str()) {
                faults.push(format!("{file} uses {other}: templates are apart"));
            }
        }
    }
    for floor in ["layout", "write", "page"] {
        for (name, text) in files(&format!("src/emit/{floor}"), "rs") {
            if text.contains("yijianshi_core::plan") {
                faults.push(format!("{name} knows the plan"));
            }
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

/// Folders in which files still use each other in circles. May only get shorter.
const WITH_CIRCLES: &[&str] = &[
    "src/cli/",
    "src/core/expr/",
    "src/core/model/",
    "src/core/plan/",
    "src/core/program/",
    "src/core/scenario/",
    "src/core/syntax/",
];

/// The plan is made of facts, whoever complains about them; the command asks for facts and plans and runs no stage.
#[test]
fn facts_are_asked_for_in_one_place() {
    let mut faults = Vec::new();
    let stages = ["syntax", "allow", "model", "program", "scenario", "reform", "lint"];
    for (folder, path, kept_out) in
        [("src/core/plan", "crate::", &["lint"][..]), ("src/cli", "yijianshi_core::", &stages)]
    {
        for (name, text) in files(folder, "rs") {
            for used in kept_out.iter().filter(|stage| text.contains(&format!("{path}{stage}"))) {
                faults.push(format!("{name} names {used}"));
            }
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[test]
fn files_do_not_use_each_other_in_circles() {
    let mut faults = Vec::new();
    let mut met = BTreeSet::new();
    for package in ["src/core", "src/emit", "src"] {
        for circle in structure::circles(&structure::uses(package), "src/") {
            match WITH_CIRCLES.iter().find(|folder| circle.iter().all(|file| file.starts_with(**folder))) {
                Some(folder) => drop(met.insert(*folder)),
                None => faults.push(circle.join(" → ")),
            }
        }
    }
    let healed = WITH_CIRCLES.iter().filter(|folder| !met.contains(*folder));
    faults.extend(healed.map(|folder| format!("{folder} has no circle any more: take it from the list")));
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

/// What each package of `Cargo.lock` depends on.
fn dependencies() -> BTreeMap<String, BTreeSet<String>> {
    let lock = fs::read_to_string(root().join("Cargo.lock")).unwrap();
    let mut of: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for package in lock.split("[[package]]").skip(1) {
        let quoted = |line: &str| line.trim_matches([' ', ',', '"']).split(' ').next().unwrap().to_owned();
        let name = package.lines().find_map(|line| line.strip_prefix("name = ")).unwrap();
        let (_, listed) = package.split_once("dependencies = [").unwrap_or_default();
        let listed = listed.lines().take_while(|line| *line != "]").filter(|line| !line.is_empty());
        of.entry(quoted(name)).or_default().extend(listed.map(quoted));
    }
    of
}

/// What each package may depend on is said in its Cargo.toml; what must never get there, by whatever way, is said here.
#[test]
fn packages_stay_light() {
    let dependencies = dependencies();
    // The lock mixes in what only tests need; what others get of our packages stands in their own lists.
    let listed = |package: &str| -> BTreeSet<String> {
        let folder = root().join(package.replacen("yijianshi-", "src/", 1));
        let manifest = fs::read_to_string(folder.join("Cargo.toml")).unwrap();
        let (_, listed) = manifest.split_once("\n[dependencies]\n").unwrap();
        let lines = listed.lines().take_while(|line| !line.starts_with('[')).filter(|line| !line.is_empty());
        lines.map(|line| line.split(['.', ' ', '=']).next().unwrap().to_owned()).collect()
    };
    let edge = ["resvg", "usvg", "rayon", "clap", "tempfile", "anstream", "indicatif", "terminal_size", "ignore"];
    let formats = ["zip", "quick-xml", "png", "fast_qr", "rust_xlsxwriter", "minijinja", "flate2"];
    for (package, kept_out) in [("yijianshi-core", [&edge[..], &formats].concat()), ("yijianshi-emit", edge.to_vec())] {
        let mut found = BTreeSet::from([package.to_owned()]);
        let mut open = vec![package.to_owned()];
        while let Some(next) = open.pop() {
            let needed = if next.starts_with("yijianshi-") { listed(&next) } else { dependencies[&next].clone() };
            open.extend(needed.into_iter().filter(|name| found.insert(name.clone())));
        }
        for name in kept_out {
            assert!(!found.contains(name), "{package} depends on {name}");
        }
    }
}

#[test]
fn files_are_small() {
    for (name, text) in files("src", "rs") {
        let lines = text.lines().count();
        // Pages and declarations are read by looking things up, not from top to bottom.
        let limit = if name.contains("/codes") { 900 } else { 550 };
        assert!(lines <= limit, "{name} has {lines} lines");
    }
}

#[test]
fn nothing_is_left_to_do() {
    let words = ["todo!", "unimplemented!", "dbg!", "FIXME", "XXX"];
    for (name, text) in files("src", "rs") {
        for word in words {
            // The rule about placeholders knows them by name.
            let own = name.ends_with("placeholders.rs");
            assert!(own || !text.contains(word), "{name} has {word}");
        }
    }
}

fn is_chinese(c: char) -> bool {
    ('\u{4e00}'..='\u{9fff}').contains(&c)
}

/// Whether `c` can be seen, and told from others, when it stands in a source as itself.
fn is_visible(c: char) -> bool {
    !matches!(c,
        '\0'..=' ' | '\x7f'..='\u{a0}' | '\u{ad}' | '\u{300}'..='\u{36f}' | '\u{1680}'
        // Right to left: turns what stands beside it.
        | '\u{590}'..='\u{8ff}'
        // Spaces, joiners, and dashes that look alike.
        | '\u{2000}'..='\u{2015}' | '\u{2028}'..='\u{202f}' | '\u{205f}'..='\u{206f}' | '\u{3000}'
        // Private use, variations, specials, tags.
        | '\u{e000}'..='\u{f8ff}' | '\u{fdd0}'..='\u{fdef}' | '\u{fe00}'..='\u{fe0f}' | '\u{feff}' | '\u{fff0}'..='\u{ffff}'
        | '\u{e0000}'..='\u{10ffff}')
}

/// Where a source escapes what could stand as itself; ends of ranges are better read as numbers.
fn needless_escape(line: &str, opening: &str, closing: &str) -> bool {
    line.match_indices(opening).any(|(at, _)| {
        let digits: String = line[at + opening.len()..].chars().take_while(char::is_ascii_hexdigit).collect();
        let digits = if closing.is_empty() { digits.get(..4).unwrap_or_default() } else { &digits };
        let after = &line[at + opening.len() + digits.len()..];
        let c = u32::from_str_radix(digits, 16).ok().and_then(char::from_u32).filter(|c| !c.is_ascii());
        let bound = [">= '", "<= '", "> '", "< '", "..='"].iter().any(|bound| line[..at].ends_with(bound));
        let escaped = line[..at].ends_with('\\');
        c.is_some_and(is_visible) && !escaped && !bound && after.starts_with(closing) && !after.starts_with("}'..=")
    })
}

#[test]
fn visible_characters_stand_as_themselves() {
    let mut faults = Vec::new();
    for (folder, extension, opening, closing) in
        [("src", "rs", "\\u{", "}"), ("tests", "rs", "\\u{", "}"), ("src", "js", "\\u", ""), (".ci", "mjs", "\\u", "")]
    {
        for (name, text) in files(folder, extension) {
            let lines = text.lines().enumerate().filter(|(_, line)| needless_escape(line, opening, closing));
            faults.extend(lines.map(|(number, line)| format!("{name}:{}: {}", number + 1, line.trim())));
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

/// What is quoted or set as code shows what is to be typed: only the marks around it are left, and of links only their words.
fn prose(line: &str) -> String {
    let mut parts = line.split("](");
    let mut line = parts.next().unwrap_or_default().to_owned();
    line.extend(parts.map(|part| part.split_once(')').map_or(part, |(_, after)| after)));
    let mut plain = String::new();
    let (mut quoted, mut code) = (false, false);
    for c in line.chars() {
        quoted &= c != '”';
        if !quoted && (c == '`' || !code) {
            plain.push(c);
        }
        code ^= c == '`';
        quoted |= c == '“';
    }
    plain
}

/// Half-width punctuation beside Chinese, outside quotes and code. In a source, `键: ` in a text is YAML to be written.
pub fn half_width(line: &str, source: bool) -> bool {
    let chars: Vec<char> = prose(line).chars().collect();
    let beside = |c: Option<&char>| c.is_some_and(|&c| is_chinese(c) || "“”《》（）".contains(c));
    (0..chars.len()).any(|index| {
        let before = index.checked_sub(1).map(|before| &chars[before]);
        let next = chars.get(index + 1);
        match chars[index] {
            ',' | ';' | '?' | '!' | '(' | ')' | ':' if beside(next) => true,
            ',' | ';' | '?' | '!' | ')' => {
                beside(before) && next.is_none_or(|next| !next.is_ascii_alphanumeric() && *next != '"')
            }
            ':' => beside(before) && !source && next.is_none_or(|next| !next.is_ascii_alphanumeric()),
            _ => false,
        }
    })
}

#[test]
fn chinese_prose_has_full_width_punctuation() {
    let mut faults = Vec::new();
    let mut look = |name: &str, text: &str, source: bool| {
        let mut code = false;
        for (number, line) in text.lines().enumerate() {
            let line = line.trim_start();
            let page = line.strip_prefix("///").map(str::trim_start);
            if page.unwrap_or(line).starts_with("```") {
                code = !code;
                continue;
            }
            if code || source && page.is_none() && line.starts_with("//") {
                continue;
            }
            // English prose about Chinese words keeps its own punctuation.
            let plain = prose(page.unwrap_or(line));
            let chinese = plain.chars().filter(|&c| is_chinese(c)).count();
            let english = plain.chars().filter(char::is_ascii_alphabetic).count();
            if half_width(line, source && page.is_none()) && (page.is_none() || chinese > english) {
                faults.push(format!("{name}:{}: {line}", number + 1));
            }
        }
    };
    for (name, text) in files("src", "rs").into_iter().filter(|(name, _)| !name.contains("/tests")) {
        look(&name, text.split("#[cfg(test)]").next().unwrap(), true);
    }
    for (name, text) in files("src", "js") {
        look(&name, &text, true);
    }
    for (name, text) in files("RULES", "md") {
        look(&name, &text, false);
    }
    for name in ["README.md", "GUIDE.md", "CHANGELOG.md"] {
        look(name, &fs::read_to_string(root().join(name)).unwrap(), false);
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

/// The keys of a record and of all that it holds.
fn keys(shape: &'static Shape, found: &mut BTreeSet<&'static str>) {
    match shape {
        Shape::Record(record) => {
            for key in record.keys {
                found.insert(key.key);
                keys(key.shape, found);
            }
        }
        Shape::List(inner) | Shape::Table(_, inner) => keys(inner, found),
        _ => {}
    }
}

/// Words of ours may be keys, too (材料, 环节); what only YAML has is a key with its colon.
#[test]
fn keys_are_spelled_in_the_model_only() {
    let records = [
        Bundle::RECORD,
        Manifest::RECORD,
        AgencyFile::RECORD,
        MaterialFile::RECORD,
        ElementFile::RECORD,
        CapabilityFile::RECORD,
    ];
    let mut all = BTreeSet::new();
    for record in records {
        for key in record.keys {
            all.insert(key.key);
            keys(key.shape, &mut all);
        }
    }
    assert!(all.len() > 150, "{} keys", all.len());
    let mut faults = Vec::new();
    let outside = |(name, _): &(String, String)| {
        !name.starts_with("src/core/model/") && !name.starts_with("src/core/tests/") && !name.ends_with("tests.rs")
    };
    for (name, text) in files("src", "rs").into_iter().filter(outside) {
        let text = text.split("#[cfg(test)]").next().unwrap();
        for (number, line) in text.lines().enumerate().filter(|(_, line)| !line.trim_start().starts_with("//")) {
            for (colon, _) in line.match_indices(':') {
                let before = &line[..colon];
                let start = before
                    .rfind(|c: char| !is_chinese(c))
                    .map_or(0, |at| at + before[at..].chars().next().map_or(0, char::len_utf8));
                let written = line[colon + 1..].starts_with([' ', '"', '\\']);
                if written && all.contains(&before[start..]) {
                    faults.push(format!("{name}:{}: {}", number + 1, line.trim()));
                }
            }
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}
