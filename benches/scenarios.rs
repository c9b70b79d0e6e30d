//! How the cost of proving things over every scenario grows with questions and items: `cargo bench --bench scenarios`.

use divan::Bencher;

mod support;

fn main() {
    divan::main();
}

fn run(bencher: Bencher<'_, '_>, questions: usize, items: usize, rows: usize) {
    let text = support::scenarios::entangled(questions, items, rows);
    bencher.bench(|| assert!(support::scenarios::analyse(text.clone()), "within the budget"));
}

/// 60 items, 300 conditional materials.
#[divan::bench(args = [8, 16, 24, 32, 40], sample_count = 3, sample_size = 1)]
fn questions(bencher: Bencher<'_, '_>, questions: usize) {
    run(bencher, questions, 60, 300);
}

/// 24 questions, five conditional materials an item.
#[divan::bench(args = [10, 30, 100, 300, 1000], sample_count = 3, sample_size = 1)]
fn items(bencher: Bencher<'_, '_>, items: usize) {
    run(bencher, 24, items, items * 5);
}
