//! One scenario: answers, and what the applicant takes.

use super::{Cond, ItemId, Program, QuestionId};
use crate::expr::Number;
use crate::model::Str;
use crate::source::Date;

/// An answer.
#[derive(Debug, Clone, PartialEq)]
pub enum Value {
    /// Yes or no.
    Yes(bool),
    /// The option with this index.
    Option(usize),
    /// The options with these indices, ascending.
    Options(Vec<usize>),
    /// A number.
    Number(Number),
    /// A date.
    Date(Date),
    /// The question is not asked under these answers.
    NotAsked,
}

/// Answers by question; some may be missing.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Assignment {
    values: Vec<Option<Value>>,
}

impl Assignment {
    /// No answers to `questions` questions.
    pub fn new(questions: usize) -> Self {
        Assignment { values: vec![None; questions] }
    }

    /// The answer to `question`, if there is one.
    pub fn get(&self, question: QuestionId) -> Option<&Value> {
        self.values.get(question.index())?.as_ref()
    }

    /// Answers `question`.
    pub fn set(&mut self, question: QuestionId, value: Value) {
        self.values[question.index()] = Some(value);
    }

    /// Takes an answer back.
    pub fn clear(&mut self, question: QuestionId) {
        self.values[question.index()] = None;
    }

    pub(super) fn test(&self, question: QuestionId, holds: impl Fn(&Value) -> bool) -> Option<bool> {
        self.get(question).map(holds)
    }
}

/// One scenario: the answers and the items taken; or all of them at once (全口径), as governments count.
#[derive(Debug, Clone)]
pub struct Case {
    /// Its name.
    pub name: Str,
    /// The answers; `None` for the widest case, in which every condition counts as fulfilled.
    pub answers: Option<Assignment>,
    /// Whether each item is taken, by item id.
    pub taken: Vec<bool>,
}

/// The name of the widest case.
pub const WIDEST: &str = "全口径";

impl Case {
    /// Every item and every conditional row, counted in full as governments publish it.
    pub fn widest(program: &Program<'_>) -> Self {
        Case { name: WIDEST.into(), answers: None, taken: vec![true; program.items.len()] }
    }

    /// These answers; the applicant takes every item that applies, except `without`.
    pub fn new(program: &Program<'_>, name: Str, answers: Assignment, without: &[ItemId]) -> Self {
        let mut case = Case { name, answers: Some(answers), taken: Vec::new() };
        case.taken = program
            .item_ids()
            .map(|id| !without.contains(&id) && case.applies(program.item(id).when.as_ref()))
            .collect();
        case
    }

    /// Whether a condition is fulfilled here; one that depends on an answer that is missing is not.
    pub fn applies(&self, cond: Option<&Cond>) -> bool {
        match (cond, &self.answers) {
            (None, _) | (_, None) => true,
            (Some(cond), Some(answers)) => cond.test.eval(answers) == Some(true),
        }
    }

    /// Whether an item is taken.
    pub fn takes(&self, item: ItemId) -> bool {
        self.taken[item.index()]
    }

    /// The items taken, in the order written.
    pub fn items(&self) -> impl Iterator<Item = ItemId> + '_ {
        self.taken.iter().enumerate().filter(|(_, taken)| **taken).map(|(index, _)| index.into())
    }
}
