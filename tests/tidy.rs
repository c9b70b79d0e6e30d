//! The house rules that a machine can check.

use std::fs;
use std::path::{Path, PathBuf};

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn files(folder: &str, extension: &str) -> Vec<(String, String)> {
    let mut found = Vec::new();
    let mut folders: Vec<PathBuf> = vec![root().join(folder)];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
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
const ORDER: [&str; 14] = [
    "source",
    "diagnostic",
    "syntax",
    "allow",
    "expr",
    "model",
    "program",
    "scenario",
    "outcome",
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
        if part == "lib" {
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

/// What each package may depend on is said in its Cargo.toml; what must never get there is said here.
#[test]
fn packages_stay_light() {
    let says = |folder: &str| fs::read_to_string(root().join(folder).join("Cargo.toml")).unwrap();
    let edge = ["resvg", "usvg", "rayon", "clap", "tempfile", "anstream", "indicatif", "terminal_size", "ignore"];
    let formats = ["zip", "quick-xml", "png", "fast_qr", "rust_xlsxwriter", "minijinja", "flate2"];
    for (folder, kept_out) in [("src/core", [&edge[..], &formats].concat()), ("src/emit", edge.to_vec())] {
        let text = says(folder);
        for name in kept_out {
            let named = text.lines().any(|line| line.split(['.', ' ', '=']).next() == Some(name));
            assert!(!named, "{folder} depends on {name}");
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

/// Half-width punctuation between Chinese characters, outside code.
fn half_width(line: &str) -> Option<usize> {
    let chars: Vec<char> = line.chars().collect();
    (1..chars.len()).find(|&index| {
        let next = chars.get(index + 1).copied().unwrap_or(' ');
        is_chinese(chars[index - 1])
            && match chars[index] {
                ',' | ';' | '?' | '!' => !next.is_ascii_alphanumeric(),
                ':' => is_chinese(next),
                '(' => is_chinese(next),
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
            // What is quoted or set as code shows what is to be typed.
            let mut plain = String::new();
            let mut quoted = false;
            let mut ticks = false;
            for c in page.unwrap_or(line).chars() {
                match c {
                    '“' => quoted = true,
                    '”' => quoted = false,
                    '`' => ticks = !ticks,
                    c if !quoted && !ticks => plain.push(c),
                    _ => {}
                }
            }
            // English prose about Chinese words keeps its own punctuation.
            let chinese = plain.chars().filter(|&c| is_chinese(c)).count();
            let english = plain.chars().filter(char::is_ascii_alphabetic).count();
            if half_width(&plain).is_some() && (page.is_none() || chinese > english) {
                faults.push(format!("{name}:{}: {line}", number + 1));
            }
        }
    };
    for (name, text) in files("src", "rs").into_iter().filter(|(name, _)| !name.ends_with("tests.rs")) {
        look(&name, text.split("#[cfg(test)]").next().unwrap(), true);
    }
    for name in ["README.md", "GUIDE.md", "RULES.md", "CHANGELOG.md"] {
        look(name, &fs::read_to_string(root().join(name)).unwrap(), false);
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}
