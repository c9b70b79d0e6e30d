//! The questionnaire as a graph of steps; every chart of it is made from this.

use crate::words::view::View;
use yijianshi_core::plan::{AnswerValue, QuestionEdge, QuestionGraph, QuestionNode};

/// A graph with more nodes is shown question by question.
const NODES: usize = 40;

/// What stands in a chart.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Steps {
    /// The steps; the first is where it begins.
    pub steps: Vec<Step>,
    /// What leads where.
    pub ways: Vec<Way>,
}

/// A step.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Step {
    /// What it is.
    pub kind: StepKind,
    /// Its name.
    pub name: String,
    /// What more is said of it.
    pub words: String,
}

/// What a step is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum StepKind {
    /// A question is asked.
    Question,
    /// Whether a question is asked.
    Check,
    /// All is known.
    Done,
    /// The bundle is not for this applicant.
    Exit,
}

/// From one step to another.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Way {
    /// From this step.
    pub from: usize,
    /// To this one.
    pub to: usize,
    /// With which answers; empty: whatever the answer.
    pub words: String,
}

impl Steps {
    /// Of a plan; nothing if there is nothing to ask.
    pub fn of(view: View<'_>) -> Option<Steps> {
        let questionnaire = &view.plan.questionnaire;
        if questionnaire.steps.is_empty() {
            return None;
        }
        Some(match &questionnaire.graph {
            Some(graph) if graph.nodes.len() <= NODES => whole(view, graph),
            _ => by_question(view),
        })
    }
}

fn question(view: View<'_>, id: &str) -> Step {
    let own = view.plan.questions.iter().find(|question| question.id == id);
    let (name, words) = own.map(|question| (question.name.clone(), question.ask.clone())).unwrap_or_default();
    Step { kind: StepKind::Question, name, words }
}

fn done() -> Step {
    Step { kind: StepKind::Done, name: "答完了".to_owned(), words: String::new() }
}

fn exit(words: String) -> Step {
    Step { kind: StepKind::Exit, name: "不适用".to_owned(), words }
}

/// As it is gone through.
fn whole(view: View<'_>, graph: &QuestionGraph) -> Steps {
    let step = |node: &QuestionNode| match node {
        QuestionNode::Question { question: id, .. } => question(view, id),
        QuestionNode::Exit { exits } => {
            let advice = exits.iter().filter_map(|exit| view.plan.exits.get(*exit));
            exit(advice.map(|exit| exit.advice.as_str()).collect::<Vec<_>>().join("；"))
        }
        QuestionNode::Done | QuestionNode::Asked | QuestionNode::NotAsked => done(),
    };
    let ways = graph.nodes.iter().enumerate().flat_map(|(from, node)| {
        let edges: &[QuestionEdge] = match node {
            QuestionNode::Question { edges, .. } => edges,
            _ => &[],
        };
        edges.iter().map(move |edge| Way { from, to: edge.to, words: answers(edge) })
    });
    Steps { steps: graph.nodes.iter().map(step).collect(), ways: ways.collect() }
}

/// Question by question: is it asked?
fn by_question(view: View<'_>) -> Steps {
    let own = &view.plan.questionnaire.steps;
    let mut steps = Vec::new();
    // Where each question is entered, and where it is asked.
    let mut places: Vec<(usize, usize)> = Vec::new();
    for step in own {
        let enter = steps.len();
        if !step.always {
            let name = match (&step.when, &step.unless) {
                (Some(when), _) => format!("{}？", when.words),
                (None, Some(unless)) => format!("不是“{}”？", unless.words),
                (None, None) => "前面的回答还定不下来？".to_owned(),
            };
            steps.push(Step { kind: StepKind::Check, name, words: String::new() });
        }
        places.push((enter, steps.len()));
        steps.push(question(view, &step.question));
    }
    let end = steps.len();
    steps.push(done());
    let exits = steps.len();
    steps.extend(view.plan.exits.iter().map(|own| exit(own.advice.clone())));
    let mut ways = Vec::new();
    for (index, step) in own.iter().enumerate() {
        let (enter, ask) = places[index];
        let next = places.get(index + 1).map_or(end, |(enter, _)| *enter);
        if enter < ask {
            ways.push(Way { from: enter, to: ask, words: "是".to_owned() });
            ways.push(Way { from: enter, to: next, words: "否".to_owned() });
        }
        let other = if step.ends.is_empty() { "" } else { "其他" };
        ways.push(Way { from: ask, to: next, words: other.to_owned() });
        for ending in &step.ends {
            let to = |exit: &usize| Way { from: ask, to: exits + exit, words: ending.answer.words.clone() };
            ways.extend(ending.exits.iter().map(to));
        }
    }
    Steps { steps, ways }
}

/// The answers of an edge; nothing where any is.
fn answers(edge: &QuestionEdge) -> String {
    let words = edge.answers.iter().filter(|group| group.value != AnswerValue::Any);
    words.map(|group| group.words.as_str()).collect::<Vec<_>>().join("；")
}
