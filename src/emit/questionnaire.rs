//! `情形问卷.mmd`: the questionnaire as a chart.

use super::chart::mermaid_text;
use super::text::{display, wrap};
use super::view::View;
use super::{Files, Painter};
use crate::plan::{AnswerValue, Plan, QuestionEdge, QuestionGraph, QuestionNode};

/// A graph with more nodes is drawn question by question.
const NODES: usize = 40;
/// A line, in full-width characters.
const WIDTH: usize = 12;

/// Writes it, if there is anything to ask.
pub fn emit(plan: &Plan, _: Painter<'_>, files: &mut Files) {
    if let Some(chart) = mermaid(View { plan }) {
        files.insert("情形问卷.mmd".to_owned(), chart.into_bytes());
    }
}

/// A Mermaid flowchart; `None` if there is nothing to ask.
pub fn mermaid(view: View<'_>) -> Option<String> {
    let questionnaire = &view.plan.questionnaire;
    if questionnaire.steps.is_empty() {
        return None;
    }
    let mut chart = Chart {
        view,
        out: String::from("flowchart TD\n"),
        classes: [("ask", Vec::new()), ("check", Vec::new()), ("done", Vec::new()), ("exit", Vec::new())],
    };
    match &questionnaire.graph {
        Some(graph) if graph.nodes.len() <= NODES => chart.whole(graph),
        _ => chart.steps(),
    }
    for (class, nodes) in chart.classes {
        let style = match class {
            "ask" => "fill:#FDF1EA,stroke:#B4501F,color:#7A3313",
            "check" => "fill:#FFF6DF,stroke:#9A6700,color:#5C3E00",
            "done" => "fill:#2F3B47,stroke:#2F3B47,color:#FFFFFF",
            _ => "fill:#FFFFFF,stroke:#4A5763,color:#1F2933",
        };
        if !nodes.is_empty() {
            chart.out.push_str(&format!("  classDef {class} {style}\n  class {} {class}\n", nodes.join(",")));
        }
    }
    Some(chart.out)
}

struct Chart<'a> {
    view: View<'a>,
    out: String,
    classes: [(&'static str, Vec<String>); 4],
}

impl Chart<'_> {
    fn node(&mut self, id: &str, class: &str, open: &str, lines: &[String], close: &str) {
        let lines: Vec<String> =
            lines.iter().flat_map(|line| wrap(&display(line), WIDTH)).map(|line| mermaid_text(&line)).collect();
        self.out.push_str(&format!("  {id}{open}\"{}\"{close}\n", lines.join("<br/>")));
        for (name, nodes) in &mut self.classes {
            if *name == class {
                nodes.push(id.to_owned());
            }
        }
    }

    fn edge(&mut self, from: &str, label: &str, to: &str) {
        let lines: Vec<String> = wrap(&display(label), 10).iter().map(|line| mermaid_text(line)).collect();
        let label = if label.is_empty() { String::new() } else { format!("|\"{}\"|", lines.join("<br/>")) };
        self.out.push_str(&format!("  {from} -->{label} {to}\n"));
    }

    fn question(&mut self, node: &str, id: &str) {
        let question = self.view.plan.questions.iter().find(|question| question.id == id);
        let lines = question.map_or_else(Vec::new, |question| vec![question.name.clone(), question.ask.clone()]);
        self.node(node, "ask", "{{", &lines, "}}");
    }

    /// The questionnaire as it is gone through.
    fn whole(&mut self, graph: &QuestionGraph) {
        for (index, node) in graph.nodes.iter().enumerate() {
            let id = format!("n{index}");
            match node {
                QuestionNode::Question { question, .. } => self.question(&id, question),
                QuestionNode::Exit { exits } => {
                    let advice = exits.iter().filter_map(|exit| self.view.plan.exits.get(*exit));
                    let mut lines = vec!["不适用".to_owned()];
                    lines.extend(advice.map(|exit| exit.advice.clone()));
                    self.node(&id, "exit", "([", &lines, "])");
                }
                QuestionNode::Done | QuestionNode::Asked | QuestionNode::NotAsked => {
                    self.node(&id, "done", "([", &["答完了".to_owned()], "])");
                }
            }
        }
        for (index, node) in graph.nodes.iter().enumerate() {
            if let QuestionNode::Question { edges, .. } = node {
                for edge in edges {
                    self.edge(&format!("n{index}"), &label(edge), &format!("n{}", edge.to));
                }
            }
        }
    }

    /// Question by question: is it asked?
    fn steps(&mut self) {
        let steps = &self.view.plan.questionnaire.steps;
        let place = |index: usize| match steps.get(index) {
            None => "done".to_owned(),
            Some(step) if step.always => format!("q{index}"),
            Some(_) => format!("w{index}"),
        };
        for (index, step) in steps.iter().enumerate() {
            self.question(&format!("q{index}"), &step.question);
            if !step.always {
                let words = match (&step.when, &step.unless) {
                    (Some(when), _) => vec![format!("{}\u{ff1f}", when.words)],
                    (None, Some(unless)) => vec![format!("不是“{}”\u{ff1f}", unless.words)],
                    (None, None) => vec!["前面的回答还定不下来\u{ff1f}".to_owned()],
                };
                self.node(&format!("w{index}"), "check", "{", &words, "}");
            }
        }
        self.node("done", "done", "([", &["答完了".to_owned()], "])");
        let exits = &self.view.plan.exits;
        for (index, exit) in exits.iter().enumerate() {
            self.node(&format!("x{index}"), "exit", "([", &["不适用".to_owned(), exit.advice.clone()], "])");
        }
        for (index, step) in steps.iter().enumerate() {
            if !step.always {
                self.edge(&format!("w{index}"), "是", &format!("q{index}"));
                self.edge(&format!("w{index}"), "否", &place(index + 1));
            }
            let other = if step.ends.is_empty() { "" } else { "其他" };
            self.edge(&format!("q{index}"), other, &place(index + 1));
            for end in &step.ends {
                for exit in &end.exits {
                    self.edge(&format!("q{index}"), &end.answer.words, &format!("x{exit}"));
                }
            }
        }
    }
}

/// Which answers an edge is for; nothing where any is.
fn label(edge: &QuestionEdge) -> String {
    let words = edge.answers.iter().filter(|group| group.value != AnswerValue::Any);
    words.map(|group| group.words.as_str()).collect::<Vec<_>>().join("\u{ff1b}")
}
