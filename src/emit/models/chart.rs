//! The flow as charts in text: Mermaid and Graphviz. Labels are quoted as they are written.

use crate::page::Tone;
use crate::parts::charts::palette;
use crate::words::view::{View, duration};
use crate::write::text::{display, wrap};
use yijianshi_core::plan::{EdgeKind, Node, NodeKind};

/// A Mermaid flowchart. It is coloured by who does a step.
pub fn mermaid(view: View<'_>) -> String {
    let flow = &view.plan.flow;
    let mut out = String::from("flowchart TD\n");
    for node in &flow.nodes {
        let (open, close) = match node.kind {
            NodeKind::Start => ("([", "])"),
            kind if kind.is_end() => ("([", "])"),
            kind if kind.is_decision() => ("{", "}"),
            NodeKind::Questions => ("{{", "}}"),
            NodeKind::Submission | NodeKind::Delivery => ("[/", "/]"),
            NodeKind::Item | NodeKind::Joint => ("[[", "]]"),
            NodeKind::Parallel => ("(", ")"),
            _ => ("[", "]"),
        };
        let lines: Vec<String> = lines(view, node).iter().map(|line| mermaid_text(line)).collect();
        out.push_str(&format!("  {}{open}\"{}\"{close}\n", mermaid_id(&node.id), lines.join("<br/>")));
    }
    for edge in &flow.edges {
        let label = edge.label.as_ref().map_or_else(String::new, |label| {
            let lines: Vec<String> = wrap(&display(label), 12).iter().map(|line| mermaid_text(line)).collect();
            format!("|\"{}\"|", lines.join("<br/>"))
        });
        out.push_str(&format!("  {} -->{label} {}\n", mermaid_id(&edge.from), mermaid_id(&edge.to)));
    }
    let mut classes: Vec<(&'static str, Vec<String>)> = Vec::new();
    for node in &flow.nodes {
        let class = colours(view, node).0;
        match classes.iter_mut().find(|(name, _)| *name == class) {
            Some((_, nodes)) => nodes.push(mermaid_id(&node.id)),
            None => classes.push((class, vec![mermaid_id(&node.id)])),
        }
    }
    for (class, nodes) in classes {
        let (fill, stroke, text) = palette(class);
        out.push_str(&format!("  classDef {class} fill:{fill},stroke:{stroke},color:{text}\n"));
        out.push_str(&format!("  class {} {class}\n", nodes.join(",")));
    }
    out
}

/// A Graphviz digraph. It is coloured by who does a step, with a key at its foot.
pub fn dot(view: View<'_>) -> String {
    let flow = &view.plan.flow;
    let mut out = String::from("digraph flow {\n");
    out.push_str("  graph [charset=\"UTF-8\", rankdir=TB, nodesep=0.35, ranksep=0.45, fontname=\"Noto Sans CJK SC\", bgcolor=white];\n");
    out.push_str("  node [fontname=\"Noto Sans CJK SC\", fontsize=12, style=filled, margin=\"0.18,0.09\"];\n");
    out.push_str("  edge [fontname=\"Noto Sans CJK SC\", fontsize=11, color=\"#3E4C59\", fontcolor=\"#1F2933\", arrowsize=0.8];\n");
    for node in &flow.nodes {
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
        let (fill, stroke, text) = palette(colours(view, node).0);
        let label: Vec<String> = lines(view, node).iter().map(|line| dot_text(line)).collect();
        out.push_str(&format!(
            "  {} [label=\"{}\", {shape}, fillcolor=\"{fill}\", color=\"{stroke}\", fontcolor=\"{text}\"];\n",
            dot_id(&node.id),
            label.join("\\n")
        ));
    }
    for edge in &flow.edges {
        let label = edge.label.as_ref().map_or_else(String::new, |label| {
            let lines: Vec<String> = wrap(&display(label), 10).iter().map(|line| dot_text(line)).collect();
            format!(" [label=\" {} \"]", lines.join("\\n"))
        });
        let back = if edge.kind == EdgeKind::Back { " [constraint=false]" } else { "" };
        out.push_str(&format!("  {} -> {}{label}{back};\n", dot_id(&edge.from), dot_id(&edge.to)));
    }
    legend(view, &mut out);
    out.push_str("}\n");
    out
}

fn legend(view: View<'_>, out: &mut String) {
    let mut actors: Vec<&str> = Vec::new();
    for node in &view.plan.flow.nodes {
        if node.kind.is_task() && !actors.contains(&node.actor.as_str()) {
            actors.push(&node.actor);
        }
    }
    out.push_str("  subgraph cluster_legend {\n    label=\"图例\\n颜色表示由谁办理\"; fontsize=11; color=\"#D5DCE4\"; labeljust=l;\n");
    for (index, actor) in actors.iter().enumerate() {
        let (fill, stroke, text) = palette(actor_class(view, actor));
        let label = dot_text(&display(actor));
        out.push_str(&format!(
            "    legend_{index} [label=\"{label}\", shape=box, fontsize=11, fillcolor=\"{fill}\", color=\"{stroke}\", fontcolor=\"{text}\"];\n"
        ));
    }
    out.push_str("  }\n");
    if let Some(last) = view.plan.flow.nodes.last()
        && !actors.is_empty()
    {
        out.push_str(&format!("  {} -> legend_0 [style=invis];\n", dot_id(&last.id)));
    }
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

fn colours(view: View<'_>, node: &Node) -> (&'static str, Tone) {
    let tone = view.tone(&node.actor);
    match node.kind {
        NodeKind::Start | NodeKind::End | NodeKind::Parallel => ("terminal", tone),
        kind if kind.is_end() => ("exit", tone),
        kind if kind.is_decision() => ("decision", tone),
        _ => (actor_class(view, &node.actor), tone),
    }
}

/// Fill, border and text colour of who does a step.
pub fn actor_colours(view: View<'_>, actor: &str) -> (&'static str, &'static str, &'static str) {
    palette(actor_class(view, actor))
}

/// Fill, border and text colour of a question with labelled exits.
pub fn decision_colours() -> (&'static str, &'static str, &'static str) {
    palette("decision")
}

fn actor_class(view: View<'_>, actor: &str) -> &'static str {
    match view.tone(actor) {
        Tone::Plain => "plain",
        Tone::Applicant => "applicant",
        Tone::Window => "window",
        Tone::Agency(index) => ["agency0", "agency1", "agency2", "agency3", "agency4"][index % 5],
    }
}

fn palette(class: &str) -> (&'static str, &'static str, &'static str) {
    let role = match class {
        "terminal" => palette::TERMINAL,
        "decision" => palette::DECISION,
        "applicant" => palette::APPLICANT,
        "window" => palette::WINDOW,
        "agency0" => palette::AGENCIES[0],
        "agency1" => palette::AGENCIES[1],
        "agency2" => palette::AGENCIES[2],
        "agency3" => palette::AGENCIES[3],
        "agency4" => palette::AGENCIES[4],
        _ => palette::ASIDE,
    };
    (role.fill, role.stroke, role.text)
}

/// An id that is no word of the language.
fn mermaid_id(id: &str) -> String {
    let id: String = id.chars().map(|c| if c.is_ascii_alphanumeric() { c } else { '_' }).collect();
    format!("n_{id}")
}

/// Inside quotes; entities are written as Mermaid reads them.
pub fn mermaid_text(text: &str) -> String {
    let mut out = String::new();
    for c in text.chars() {
        match c {
            '"' => out.push_str("#quot;"),
            '#' | '&' | '<' | '>' | '`' | '|' | '[' | ']' | '{' | '}' | '\\' | '*' | '_' | ';' | '%' => {
                out.push_str(&format!("#{};", u32::from(c)));
            }
            c if c.is_control() => out.push(' '),
            c => out.push(c),
        }
    }
    // “1. ” would begin a list.
    match out.split_once(". ") {
        Some((number, rest)) if number.chars().all(|c| c.is_ascii_digit()) => format!("{number}.{rest}"),
        _ => out,
    }
}

fn dot_id(id: &str) -> String {
    format!("\"{}\"", dot_text(id))
}

/// Inside quotes.
pub fn dot_text(text: &str) -> String {
    let mut out = String::new();
    for c in text.chars() {
        match c {
            '"' | '\\' => {
                out.push('\\');
                out.push(c);
            }
            // Graphviz reads entities in labels.
            '&' => out.push_str("&amp;"),
            c if c.is_control() => out.push(' '),
            c => out.push(c),
        }
    }
    out
}
