//! How long each stage takes, beside a bare libyaml event parse of the same bytes: `cargo bench --bench pipeline`.

use divan::counter::BytesCount;
use divan::{Bencher, black_box};
use yijianshi_core::compile::{self, Goal, Stage};
use yijianshi_core::source::{Source, SourceId, Sources};
use yijianshi_emit::{EMITTERS, Files};

mod support;

fn main() {
    divan::main();
}

const INPUTS: [&str; 2] = ["1000 bundles", "10000 items"];

fn texts(input: &str) -> Vec<(String, String)> {
    match input {
        "1000 bundles" => support::workspace(1000),
        _ => support::large(10_000),
    }
}

fn sources(input: &str) -> Sources {
    Sources::from_texts(texts(input).into_iter().map(|(name, text)| Source::new(name, text)))
}

fn bytes(input: &str) -> BytesCount {
    BytesCount::new(texts(input).iter().map(|(_, text)| text.len()).sum::<usize>())
}

#[divan::bench(args = INPUTS, sample_count = 5)]
fn libyaml_events(bencher: Bencher<'_, '_>, input: &str) {
    let texts = texts(input);
    bencher
        .counter(bytes(input))
        .bench(|| texts.iter().map(|(_, text)| yijianshi_baseline::events(black_box(text.as_bytes()))).sum::<usize>());
}

#[divan::bench(args = INPUTS, sample_count = 5)]
fn syntax_parse(bencher: Bencher<'_, '_>, input: &str) {
    let sources = sources(input);
    bencher.counter(bytes(input)).bench(|| {
        for (_, source) in sources.iter() {
            black_box(compile::alone(Source::new(source.name(), source.text()), Stage::Syntax));
        }
    });
}

fn run(sources: &Sources, goal: Goal) -> usize {
    let mut opened = compile::open(sources.clone());
    let mut said = 0;
    for id in opened.bundles.clone() {
        let compiled = opened.bundle(sources, id, goal);
        let mut files = Files::new();
        if let Some(plan) = &compiled.plan {
            EMITTERS.iter().for_each(|emitter| (emitter.emit)(plan, &|_| None, &mut files));
        }
        said += compiled.diagnostics.len() + black_box(files).len();
        opened.seen(compiled.summary);
    }
    said + opened.close(true).diagnostics.len()
}

/// One thread, texts in memory.
#[divan::bench(args = INPUTS, sample_count = 5)]
fn check(bencher: Bencher<'_, '_>, input: &str) {
    let sources = sources(input);
    bencher.counter(bytes(input)).bench(|| run(&sources, Goal::Check));
}

/// One thread, nothing written.
#[divan::bench(args = ["1000 bundles"], sample_count = 1, sample_size = 1)]
fn build(bencher: Bencher<'_, '_>, input: &str) {
    let sources = sources(input);
    bencher.counter(bytes(input)).bench(|| run(&sources, Goal::Plan));
}

/// Typing in an editor: one bundle of 11 KB, its workspace open.
#[divan::bench]
fn one_bundle(bencher: Bencher<'_, '_>) {
    let shared = support::shared().into_iter().map(|(name, text)| Source::new(name, text));
    let opened = compile::open(Sources::from_texts(shared));
    let sources = opened.workspace.sources.with([Source::new("一.yaml", support::bundle(1, 10))]);
    let id: SourceId = sources.find("一.yaml").expect("it was just added");
    bencher.bench(|| opened.bundle(&sources, id, Goal::Check));
}
