//! What is written down is understood: today's language wholly, of the rest what is already there.

use yijianshi_core::compile;
use yijianshi_core::source::{Source, Sources};

use super::generate;
use super::write::{Language, files, today};

/// Asserts that nothing stops the compiler from understanding the files, but for these codes.
fn is_understood(seed: u64, files: Vec<(&'static str, String)>, but_for: &[&str]) {
    let text = files[4].1.clone();
    let sources = files.into_iter().map(|(name, text)| Source::new(name, text));
    let compilation = compile::compile(Sources::from_texts(sources.collect::<Vec<_>>()));
    for said in compilation.diagnostics {
        let code = said.code;
        assert!(code.allowable || but_for.contains(&code.name), "{seed} {}: {}\n{text}", code.name, said.message);
    }
}

#[test]
fn the_language_of_today_is_understood() {
    for seed in 0..60 {
        is_understood(seed, files(&today(&generate::bundle(seed)), Language::Today), &[]);
    }
}

#[test]
fn the_language_to_come_is_well_formed() {
    // Measures that set one thing in different cases are told apart by a key that is still unknown.
    let to_come =
        ["unknown-keys", "wrong-types", "missing-keys", "undefined-items", "nameless-materials", "repeated-measures"];
    for seed in 0..60 {
        is_understood(seed, files(&generate::bundle(seed), Language::Target), &to_come);
    }
}
