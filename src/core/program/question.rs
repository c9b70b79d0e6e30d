//! Questions, and in which order they can be asked.

use super::codes::CIRCULAR_QUESTIONS;
use super::{Cond, Program, QuestionId, Shares};
use crate::diagnostic::Sink;
use crate::expr::Number;
use crate::model::{Str, Text};
use crate::source::Date;

/// A question whose answer decides what applies.
#[derive(Debug, Clone)]
pub struct Question {
    /// Its name.
    pub name: Text,
    /// Its identifier.
    pub id: Str,
    /// What the applicant is asked.
    pub ask: Str,
    /// What can be answered.
    pub domain: Domain,
    /// When it is asked.
    pub when: Option<Cond>,
    /// How often each answer is given.
    pub shares: Shares,
}

/// What can be answered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Domain {
    /// 是 or 否.
    YesNo,
    /// One of these.
    Choice(Vec<QuestionOption>),
    /// Some of these.
    Choices(Vec<QuestionOption>),
    /// A number, bounds included.
    Number {
        /// Smallest.
        min: Number,
        /// Largest.
        max: Number,
        /// Unit, for people.
        unit: Option<Str>,
        /// Decimals that may be given.
        decimals: u32,
    },
    /// A date, bounds included.
    Date {
        /// Earliest.
        min: Option<Date>,
        /// Latest.
        max: Option<Date>,
    },
}

/// An option of a question.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct QuestionOption {
    /// Its name.
    pub name: Text,
    /// Its identifier.
    pub id: Str,
}

impl Question {
    /// The questions that have to be answered before it is known whether this one is asked.
    pub fn depends_on(&self) -> Vec<QuestionId> {
        let mut found = Vec::new();
        if let Some(when) = &self.when {
            when.test.questions(&mut found);
        }
        found.sort_unstable();
        found.dedup();
        found
    }
}

impl Program<'_> {
    /// The questions in an order in which each comes after those that decide whether it is asked, otherwise as written. Those
    /// that go round in a circle, which was reported, stand at the end.
    pub fn question_order(&self) -> Vec<QuestionId> {
        let (mut order, circle) = order(&self.questions);
        order.extend(circle);
        order
    }
}

/// The questions that can be asked, in order; then those that wait for each other.
fn order(questions: &[Question]) -> (Vec<QuestionId>, Vec<QuestionId>) {
    let mut order: Vec<QuestionId> = Vec::new();
    let mut open: Vec<(QuestionId, Vec<QuestionId>)> =
        questions.iter().enumerate().map(|(index, question)| (index.into(), question.depends_on())).collect();
    while let Some(place) = open.iter().position(|(_, waits)| waits.iter().all(|first| order.contains(first))) {
        order.push(open.remove(place).0);
    }
    (order, open.into_iter().map(|(id, _)| id).collect())
}

/// Reports questions that cannot be asked because each waits for the answer to another of them.
pub(super) fn check_order(questions: &[Question], sink: &mut Sink) {
    let (_, mut circle) = order(questions);
    // What only waits for the circle is not part of it.
    while let Some(place) =
        circle.iter().position(|id| !circle.iter().any(|other| questions[other.index()].depends_on().contains(id)))
    {
        circle.remove(place);
    }
    let Some((&first, rest)) = circle.split_first() else { return };
    let name = |id: QuestionId| &questions[id.index()].name;
    let when = |id: QuestionId| questions[id.index()].when.as_ref().map_or(name(id).span, |when| when.written.span);
    let message = match rest {
        [] => format!("要不要问“{}”，取决于它自己的回答", name(first).value),
        _ => {
            let names: Vec<_> = circle.iter().map(|&id| format!("“{}”", name(id).value)).collect();
            format!("{}互相取决于对方的回答，哪个也没法先问", names.join("、"))
        }
    };
    let mut diagnostic = CIRCULAR_QUESTIONS.at(when(first), message);
    for &id in rest {
        diagnostic = diagnostic.related(when(id), format!("“{}”什么时候问，写在这里", name(id).value));
    }
    sink.push(diagnostic.help("去掉其中一处“当”，让最先问的问题不依赖别的回答"));
}
