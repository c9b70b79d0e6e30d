//! How the cost of proving things over every scenario grows with questions and items: `cargo bench --bench scenarios`.

use divan::{Bencher, black_box};
use yijianshi::compile::{self, Goal};
use yijianshi::source::{Source, Sources};

mod support;

fn main() {
    divan::main();
}

fn run(bencher: Bencher<'_, '_>, questions: usize, items: usize, rows: usize, goal: Goal) {
    let mut files = support::shared();
    files.push(("复杂.yaml".to_owned(), support::scenarios::entangled(questions, items, rows)));
    let sources = Sources::from_texts(files.into_iter().map(|(name, text)| Source::new(name, text)));
    let opened = compile::open(sources.clone());
    bencher.bench(|| black_box(opened.bundle(&sources, opened.bundles[0], goal)));
}

/// 60 items, 300 conditional materials.
#[divan::bench(args = [8, 16, 24, 32, 40], sample_count = 3, sample_size = 1)]
fn questions(bencher: Bencher<'_, '_>, questions: usize) {
    run(bencher, questions, 60, 300, Goal::Plan);
}

/// 24 questions, five conditional materials an item.
#[divan::bench(args = [10, 30, 100, 300, 1000], sample_count = 3, sample_size = 1)]
fn items(bencher: Bencher<'_, '_>, items: usize) {
    run(bencher, 24, items, items * 5, Goal::Plan);
}
