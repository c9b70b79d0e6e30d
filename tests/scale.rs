//! Bundles with many questions: proved within bounds, or refused with the conditions that make it impossible.

use yijianshi_core::compile::{self, Goal};
use yijianshi_core::diagnostic::{Diagnostic, Level};
use yijianshi_core::source::{Source, Sources};

#[path = "../benches/support/mod.rs"]
mod support;

fn compile(text: String, goal: Goal) -> (Vec<Diagnostic>, bool) {
    let mut files = support::shared();
    files.push(("复杂.yaml".to_owned(), text));
    let sources = Sources::from_texts(files.into_iter().map(|(name, text)| Source::new(name, text)));
    let opened = compile::open(sources.clone());
    let compiled = opened.bundle(&sources, opened.bundles[0], goal);
    (compiled.diagnostics, compiled.plan.is_some())
}

#[test]
fn forty_questions_are_analysed() {
    assert!(support::scenarios::analyse(support::scenarios::entangled(40, 60, 300)));
}

#[test]
fn what_cannot_be_proved_is_an_error_that_names_the_conditions() {
    let (diagnostics, planned) = compile(support::scenarios::intractable(), Goal::Plan);
    let said: Vec<_> = diagnostics.iter().filter(|d| d.code.name == "intractable-conditions").collect();
    assert_eq!(said.len(), 1, "{diagnostics:?}");
    assert_eq!(said[0].level, Level::Error);
    assert!(said[0].related.iter().any(|related| related.note.contains("牵连80个问题")), "{said:?}");
    assert!(!planned);
}
