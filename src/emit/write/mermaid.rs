//! Flowcharts in Mermaid. Labels are quoted as they are written.

use super::svg::Colour;

/// A flowchart being written.
#[derive(Debug)]
pub struct Mermaid {
    out: String,
    /// Names, colours (ground, outline, text) and nodes, in the order in which they are to be written.
    classes: Vec<(&'static str, [Colour; 3], Vec<String>)>,
}

impl Mermaid {
    /// From top to bottom. Classes are written in the order given, others in that of their first node.
    pub fn new(classes: impl IntoIterator<Item = (&'static str, [Colour; 3])>) -> Mermaid {
        let classes = classes.into_iter().map(|(name, colours)| (name, colours, Vec::new())).collect();
        Mermaid { out: String::from("flowchart TD\n"), classes }
    }

    /// A node between these brackets, its words in lines, of a class.
    pub fn node(&mut self, id: &str, [open, close]: [&str; 2], lines: &[String], class: (&'static str, [Colour; 3])) {
        let id = word(id);
        self.out.push_str(&format!("  {id}{open}\"{}\"{close}\n", joined(lines)));
        match self.classes.iter_mut().find(|(name, ..)| *name == class.0) {
            Some((.., nodes)) => nodes.push(id),
            None => self.classes.push((class.0, class.1, vec![id])),
        }
    }

    /// A way from one node to another; nothing stands on it if there are no lines.
    pub fn edge(&mut self, from: &str, to: &str, lines: &[String]) {
        let label = if lines.is_empty() { String::new() } else { format!("|\"{}\"|", joined(lines)) };
        self.out.push_str(&format!("  {} -->{label} {}\n", word(from), word(to)));
    }

    /// The file.
    pub fn finish(mut self) -> String {
        for (class, [fill, stroke, text], nodes) in self.classes.into_iter().filter(|(.., nodes)| !nodes.is_empty()) {
            self.out.push_str(&format!("  classDef {class} fill:{fill},stroke:{stroke},color:{text}\n"));
            self.out.push_str(&format!("  class {} {class}\n", nodes.join(",")));
        }
        self.out
    }
}

/// An id without marks of the language; words of the language are the caller's to avoid.
fn word(id: &str) -> String {
    id.chars().map(|c| if c.is_ascii_alphanumeric() { c } else { '_' }).collect()
}

fn joined(lines: &[String]) -> String {
    lines.iter().map(|line| quoted(line)).collect::<Vec<_>>().join("<br/>")
}

/// Inside quotes; entities are written as Mermaid reads them.
fn quoted(text: &str) -> String {
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
