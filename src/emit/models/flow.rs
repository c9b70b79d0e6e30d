//! `流程图.mmd` and `流程图.dot`: the flow for those who want to draw it themselves.

use crate::page::Tone;
use crate::parts::charts::palette::{self, DECISION, Role, TERMINAL};
use crate::words::view::{View, duration};
use crate::write::graphviz::Graphviz;
use crate::write::mermaid::Mermaid;
use crate::write::text::{display, wrap};
use crate::write::{Files, Painter};
use yijianshi_core::plan::{EdgeKind, Node, NodeKind, Plan};

/// Writes both.
pub fn emit(plan: &Plan, _: Painter<'_>, files: &mut Files) {
    files.insert("流程图.mmd".to_owned(), mermaid(plan).into_bytes());
    files.insert("流程图.dot".to_owned(), dot(plan).into_bytes());
}

/// For Mermaid. It is coloured by who does a step.
pub fn mermaid(plan: &Plan) -> String {
    let view = View { plan };
    let id = |id: &str| format!("n_{id}");
    let mut chart = Mermaid::new([]);
    for node in &plan.flow.nodes {
        let brackets = match node.kind {
            NodeKind::Start => ["([", "])"],
            kind if kind.is_end() => ["([", "])"],
            kind if kind.is_decision() => ["{", "}"],
            NodeKind::Questions => ["{{", "}}"],
            NodeKind::Submission | NodeKind::Delivery => ["[/", "/]"],
            NodeKind::Item | NodeKind::Joint => ["[[", "]]"],
            NodeKind::Parallel => ["(", ")"],
            _ => ["[", "]"],
        };
        let (class, role) = look(view, node);
        chart.node(&id(&node.id), brackets, &lines(view, node), (class, role.colours()));
    }
    for edge in &plan.flow.edges {
        chart.edge(&id(&edge.from), &id(&edge.to), &label(edge.label.as_deref(), 12));
    }
    chart.finish()
}

/// For Graphviz. It is coloured by who does a step, with a key at its foot.
pub fn dot(plan: &Plan) -> String {
    let view = View { plan };
    let mut graph = Graphviz::new("flow");
    for node in &plan.flow.nodes {
        let shape = match node.kind {
            NodeKind::Start => "shape=box, style=\"filled,rounded\"",
            kind if kind.is_end() => "shape=box, style=\"filled,rounded\"",
            kind if kind.is_decision() => "shape=diamond, margin=\"0.02,0.02\"",
            NodeKind::Questions => "shape=hexagon",
            NodeKind::Submission | NodeKind::Delivery => "shape=note",
            NodeKind::Item => "shape=box, peripheries=2",
            NodeKind::Joint => "shape=box, peripheries=2, style=\"filled,bold\"",
            NodeKind::Parallel => "shape=box, height=0.2, margin=\"0.3,0.02\", fontsize=10",
            _ => "shape=box",
        };
        graph.node(&node.id, &lines(view, node), shape, look(view, node).1.colours());
    }
    for edge in &plan.flow.edges {
        graph.edge(&edge.from, &edge.to, &label(edge.label.as_deref(), 10), edge.kind == EdgeKind::Back);
    }
    let mut actors: Vec<&str> = Vec::new();
    for node in plan.flow.nodes.iter().filter(|node| node.kind.is_task()) {
        if !actors.contains(&node.actor.as_str()) {
            actors.push(&node.actor);
        }
    }
    let entries: Vec<_> =
        actors.iter().map(|actor| (display(actor), palette::tone(view.tone(actor)).colours())).collect();
    let title = ["图例".to_owned(), "颜色表示由谁办理".to_owned()];
    graph.legend(&title, &entries, plan.flow.nodes.last().map(|node| node.id.as_str()));
    graph.finish()
}

/// What stands on a way, in lines.
fn label(words: Option<&str>, width: usize) -> Vec<String> {
    words.map_or_else(Vec::new, |words| wrap(&display(words), width))
}

/// Name and details, in lines of bearable length.
fn lines(view: View<'_>, node: &Node) -> Vec<String> {
    let width = if node.kind.is_decision() { 8 } else { 14 };
    let mut lines = wrap(&display(&node.label), width);
    if matches!(node.kind, NodeKind::Item | NodeKind::Joint) {
        lines.extend(wrap(&display(&view.actors(node)), width));
    }
    lines.extend(node.duration.map(duration));
    match node.kind {
        NodeKind::Questions => lines.push(format!("回答{}个问题", node.details.len())),
        _ => lines.extend(node.details.iter().flat_map(|detail| wrap(&display(detail), width))),
    }
    lines
}

/// The class and the colours of a step.
fn look(view: View<'_>, node: &Node) -> (&'static str, Role) {
    let tone = view.tone(&node.actor);
    match node.kind {
        NodeKind::Start | NodeKind::End | NodeKind::Parallel => ("terminal", TERMINAL),
        kind if kind.is_end() => ("exit", palette::ASIDE),
        kind if kind.is_decision() => ("decision", DECISION),
        _ => (class(tone), palette::tone(tone)),
    }
}

fn class(tone: Tone) -> &'static str {
    match tone {
        Tone::Plain => "plain",
        Tone::Applicant => "applicant",
        Tone::Window => "window",
        Tone::Agency(index) => ["agency0", "agency1", "agency2", "agency3", "agency4"][index % 5],
    }
}
