//! Graphs for Graphviz. Labels and ids are quoted as they are written.

use super::svg::Colour;

const LOOK: &str = r##"  graph [charset="UTF-8", rankdir=TB, nodesep=0.35, ranksep=0.45, fontname="Noto Sans CJK SC", bgcolor=white];
  node [fontname="Noto Sans CJK SC", fontsize=12, style=filled, margin="0.18,0.09"];
  edge [fontname="Noto Sans CJK SC", fontsize=11, color="#3E4C59", fontcolor="#1F2933", arrowsize=0.8];
"##;

/// A directed graph being written.
#[derive(Debug)]
pub struct Graphviz {
    out: String,
}

impl Graphviz {
    /// From top to bottom.
    pub fn new(name: &'static str) -> Graphviz {
        Graphviz { out: format!("digraph {name} {{\n{LOOK}") }
    }

    /// A node with its words in lines, the attributes of its shape, and its colours (ground, outline, text).
    pub fn node(&mut self, id: &str, lines: &[String], shape: &'static str, [fill, stroke, text]: [Colour; 3]) {
        self.out.push_str(&format!(
            "  \"{}\" [label=\"{}\", {shape}, fillcolor=\"{fill}\", color=\"{stroke}\", fontcolor=\"{text}\"];\n",
            quoted(id),
            joined(lines)
        ));
    }

    /// A way from one node to another; nothing stands on it if there are no lines. `back`: it does not pull its end below its start.
    pub fn edge(&mut self, from: &str, to: &str, lines: &[String], back: bool) {
        let label = if lines.is_empty() { String::new() } else { format!(" [label=\" {} \"]", joined(lines)) };
        let back = if back { " [constraint=false]" } else { "" };
        self.out.push_str(&format!("  \"{}\" -> \"{}\"{label}{back};\n", quoted(from), quoted(to)));
    }

    /// What the colours mean, below the node `last`.
    pub fn legend(&mut self, title: &[String], entries: &[(String, [Colour; 3])], last: Option<&str>) {
        self.out.push_str(&format!(
            "  subgraph cluster_legend {{\n    label=\"{}\"; fontsize=11; color=\"#D5DCE4\"; labeljust=l;\n",
            joined(title)
        ));
        for (index, (words, [fill, stroke, text])) in entries.iter().enumerate() {
            self.out.push_str(&format!(
                "    legend_{index} [label=\"{}\", shape=box, fontsize=11, fillcolor=\"{fill}\", color=\"{stroke}\", fontcolor=\"{text}\"];\n",
                quoted(words)
            ));
        }
        self.out.push_str("  }\n");
        if let Some(last) = last.filter(|_| !entries.is_empty()) {
            self.out.push_str(&format!("  \"{}\" -> legend_0 [style=invis];\n", quoted(last)));
        }
    }

    /// The file.
    pub fn finish(mut self) -> String {
        self.out.push_str("}\n");
        self.out
    }
}

fn joined(lines: &[String]) -> String {
    lines.iter().map(|line| quoted(line)).collect::<Vec<_>>().join("\\n")
}

/// Inside quotes.
fn quoted(text: &str) -> String {
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
