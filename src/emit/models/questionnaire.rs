//! `情形问卷`: the questionnaire as a chart.

use crate::parts::asking::{Step, StepKind, Steps, Way};
use crate::parts::charts;
use crate::parts::charts::palette::{APPLICANT, ASIDE, DECISION, Role, TERMINAL};
use crate::words::view::View;
use crate::write::graphviz::Graphviz;
use crate::write::mermaid::Mermaid;
use crate::write::text::{display, wrap};
use crate::write::{Files, Painter};
use yijianshi_core::plan::Plan;

/// A line, in full-width characters.
const WIDTH: usize = 12;

/// Writes it, if there is anything to ask.
pub fn emit(plan: &Plan, _: Painter<'_>, files: &mut Files) {
    if let Some(chart) = mermaid(plan) {
        files.insert("情形问卷.mmd".to_owned(), chart.into_bytes());
    }
    if let Some(chart) = charts::questionnaire(plan) {
        files.insert(format!("{}.svg", chart.name), chart.whole.file());
    }
}

/// The lines of a step.
fn lines(step: &Step) -> Vec<String> {
    let words = [&step.name, &step.words].into_iter().filter(|words| !words.is_empty());
    words.flat_map(|words| wrap(&display(words), WIDTH)).collect()
}

/// How kinds of steps look: class, Mermaid brackets, Graphviz shape, colours.
fn look(kind: StepKind) -> (&'static str, [&'static str; 2], &'static str, Role) {
    let rounded = "shape=box, style=\"filled,rounded\"";
    match kind {
        StepKind::Question => ("ask", ["{{", "}}"], "shape=hexagon", APPLICANT),
        StepKind::Check => ("check", ["{", "}"], "shape=diamond", DECISION),
        StepKind::Done => ("done", ["([", "])"], rounded, TERMINAL),
        StepKind::Exit => ("exit", ["([", "])"], rounded, ASIDE),
    }
}

/// What stands on a way, in lines.
fn label(way: &Way) -> Vec<String> {
    if way.words.is_empty() { Vec::new() } else { wrap(&display(&way.words), 10) }
}

fn id(index: usize) -> String {
    format!("n{index}")
}

/// For Mermaid; `None` if there is nothing to ask.
pub fn mermaid(plan: &Plan) -> Option<String> {
    let Steps { steps, ways } = Steps::of(View { plan })?;
    let class = |kind| {
        let (class, .., role) = look(kind);
        (class, role.colours())
    };
    let mut chart = Mermaid::new([StepKind::Question, StepKind::Check, StepKind::Done, StepKind::Exit].map(class));
    for (index, step) in steps.iter().enumerate() {
        chart.node(&id(index), look(step.kind).1, &lines(step), class(step.kind));
    }
    for way in &ways {
        chart.edge(&id(way.from), &id(way.to), &label(way));
    }
    Some(chart.finish())
}

/// For Graphviz; `None` if there is nothing to ask.
pub fn dot(plan: &Plan) -> Option<String> {
    let Steps { steps, ways } = Steps::of(View { plan })?;
    let mut graph = Graphviz::new("questionnaire");
    for (index, step) in steps.iter().enumerate() {
        let (.., shape, role) = look(step.kind);
        graph.node(&id(index), &lines(step), shape, role.colours());
    }
    for way in &ways {
        graph.edge(&id(way.from), &id(way.to), &label(way), false);
    }
    Some(graph.finish())
}
