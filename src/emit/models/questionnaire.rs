//! `情形问卷`: the questionnaire as a chart.

use super::chart::{dot_text, mermaid_text};
use crate::parts::asking::{Step, StepKind, Steps};
use crate::parts::charts;
use crate::words::view::View;
use crate::write::text::{display, wrap};
use crate::write::{Files, Painter};
use yijianshi_core::plan::Plan;

/// A line, in full-width characters.
const WIDTH: usize = 12;

/// Writes it, if there is anything to ask.
pub fn emit(plan: &Plan, _: Painter<'_>, files: &mut Files) {
    if let Some(chart) = mermaid(View { plan }) {
        files.insert("情形问卷.mmd".to_owned(), chart.into_bytes());
    }
    if let Some(chart) = charts::questionnaire(plan) {
        files.insert(format!("{}.svg", chart.name), chart.whole.file());
    }
}

/// The lines of a step.
fn lines(step: &Step) -> impl Iterator<Item = String> {
    let words = [&step.name, &step.words].into_iter().filter(|words| !words.is_empty());
    words.flat_map(|words| wrap(&display(words), WIDTH))
}

/// How kinds of steps look: class, Mermaid brackets, Graphviz shape, fill, outline, text.
fn look(kind: StepKind) -> (&'static str, [&'static str; 2], &'static str, [&'static str; 3]) {
    match kind {
        StepKind::Question => ("ask", ["{{", "}}"], "shape=hexagon", ["#FDF1EA", "#B4501F", "#7A3313"]),
        StepKind::Check => ("check", ["{", "}"], "shape=diamond", ["#FFF6DF", "#9A6700", "#5C3E00"]),
        StepKind::Done => {
            ("done", ["([", "])"], "shape=box, style=\"filled,rounded\"", ["#2F3B47", "#2F3B47", "#FFFFFF"])
        }
        StepKind::Exit => {
            ("exit", ["([", "])"], "shape=box, style=\"filled,rounded\"", ["#FFFFFF", "#4A5763", "#1F2933"])
        }
    }
}

/// A Mermaid flowchart; `None` if there is nothing to ask.
pub fn mermaid(view: View<'_>) -> Option<String> {
    let Steps { steps, ways } = Steps::of(view)?;
    let mut out = String::from("flowchart TD\n");
    for (index, step) in steps.iter().enumerate() {
        let lines: Vec<String> = lines(step).map(|line| mermaid_text(&line)).collect();
        let (_, [open, close], ..) = look(step.kind);
        out.push_str(&format!("  n{index}{open}\"{}\"{close}\n", lines.join("<br/>")));
    }
    for way in &ways {
        let lines: Vec<String> = wrap(&display(&way.words), 10).iter().map(|line| mermaid_text(line)).collect();
        let label = if way.words.is_empty() { String::new() } else { format!("|\"{}\"|", lines.join("<br/>")) };
        out.push_str(&format!("  n{} -->{label} n{}\n", way.from, way.to));
    }
    for kind in [StepKind::Question, StepKind::Check, StepKind::Done, StepKind::Exit] {
        let own: Vec<String> =
            (0..steps.len()).filter(|&at| steps[at].kind == kind).map(|at| format!("n{at}")).collect();
        if !own.is_empty() {
            let (class, .., [fill, stroke, text]) = look(kind);
            out.push_str(&format!(
                "  classDef {class} fill:{fill},stroke:{stroke},color:{text}\n  class {} {class}\n",
                own.join(",")
            ));
        }
    }
    Some(out)
}

/// A Graphviz graph; `None` if there is nothing to ask.
pub fn dot(view: View<'_>) -> Option<String> {
    let Steps { steps, ways } = Steps::of(view)?;
    let mut out = String::from(
        "digraph questionnaire {\n  graph [charset=\"UTF-8\", rankdir=TB, nodesep=0.35, ranksep=0.45, fontname=\"Noto Sans CJK SC\", bgcolor=white];\n  node [fontname=\"Noto Sans CJK SC\", fontsize=12, style=filled, margin=\"0.18,0.09\"];\n  edge [fontname=\"Noto Sans CJK SC\", fontsize=11, color=\"#3E4C59\", fontcolor=\"#1F2933\", arrowsize=0.8];\n",
    );
    for (index, step) in steps.iter().enumerate() {
        let lines: Vec<String> = lines(step).map(|line| dot_text(&line)).collect();
        let (_, _, shape, [fill, stroke, text]) = look(step.kind);
        out.push_str(&format!(
            "  n{index} [label=\"{}\", {shape}, fillcolor=\"{fill}\", color=\"{stroke}\", fontcolor=\"{text}\"];\n",
            lines.join("\\n")
        ));
    }
    for way in &ways {
        let lines: Vec<String> = wrap(&display(&way.words), 10).iter().map(|line| dot_text(line)).collect();
        let label = if way.words.is_empty() { String::new() } else { format!(" [label=\" {} \"]", lines.join("\\n")) };
        out.push_str(&format!("  n{} -> n{}{label};\n", way.from, way.to));
    }
    out.push_str("}\n");
    Some(out)
}
