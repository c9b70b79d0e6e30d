//! What decides at a gateway, before it is written in an engine's language.

use yijianshi_core::expr::Op;
use yijianshi_core::plan::{Condition, Plan, QuestionKind};

/// A statement that is true or false.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Formula {
    /// Every part.
    All(Vec<Formula>),
    /// At least one part.
    Any(Vec<Formula>),
    /// Not this.
    Not(Box<Formula>),
    /// About one answer.
    Leaf(Leaf),
    /// This item is among those that the applicant leaves out.
    LeftOut(String),
    /// No other questions are answered than these.
    OnlyAnswers(Vec<String>),
    /// No other items are left out than these.
    OnlyLeftOut(Vec<String>),
    /// A variable that was computed before.
    Variable(String),
}

/// A test of one answer.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Leaf {
    /// To which question.
    pub(super) question: String,
    /// What is tested.
    pub(super) test: Test,
}

/// What is tested of an answer; one that is missing fulfils none of it.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Test {
    /// It is yes.
    Yes,
    /// It is this option.
    Is(String),
    /// This is among the options chosen.
    Includes(String),
    /// The number compares so.
    Number(Op, String),
    /// The date compares so.
    Date(Op, String),
    /// There is one, and it is one that a question of this kind can have.
    Known(QuestionKind),
    /// There is none.
    Absent,
}

/// The variable with the list of items that the applicant leaves out; it may be missing.
pub(super) const LEFT_OUT: &str = "left_out";

impl Formula {
    /// Every part; one part stands for itself.
    pub(super) fn all(mut parts: Vec<Formula>) -> Formula {
        if parts.len() == 1 { parts.remove(0) } else { Formula::All(parts) }
    }

    /// At least one part; one part stands for itself.
    pub(super) fn any(mut parts: Vec<Formula>) -> Formula {
        if parts.len() == 1 { parts.remove(0) } else { Formula::Any(parts) }
    }

    /// A condition of the plan.
    pub(super) fn of(tree: &Condition) -> Formula {
        let all = |parts: &[Condition]| parts.iter().map(Formula::of).collect();
        match tree {
            Condition::All(parts) => Formula::All(all(parts)),
            Condition::Any(parts) => Formula::Any(all(parts)),
            Condition::Not(part) => Formula::Not(Box::new(Formula::of(part))),
            Condition::Yes(question) => leaf(question, Test::Yes),
            Condition::OneOf { question, options } => {
                Formula::any(options.iter().map(|option| leaf(question, Test::Is(option.clone()))).collect())
            }
            Condition::Includes { question, option } => leaf(question, Test::Includes(option.clone())),
            Condition::Number { question, op, number } => leaf(question, Test::Number(*op, number.to_string())),
            // One counted from today is counted from the day of the plan; only the form counts anew each day.
            Condition::Date { question, op, date, .. } => leaf(question, Test::Date(*op, date.to_string())),
        }
    }

    /// Whether it has to do with what is left out.
    pub(super) fn looks_at_left_out(&self) -> bool {
        match self {
            Formula::All(parts) | Formula::Any(parts) => parts.iter().any(Formula::looks_at_left_out),
            Formula::Not(part) => part.looks_at_left_out(),
            Formula::LeftOut(_) | Formula::OnlyLeftOut(_) => true,
            Formula::Leaf(_) | Formula::OnlyAnswers(_) | Formula::Variable(_) => false,
        }
    }

    /// That an item is not among those left out.
    pub(super) fn kept(item: &str) -> Formula {
        Formula::Not(Box::new(Formula::LeftOut(item.to_owned())))
    }

    /// That every question that is asked has an answer that it can have, that nothing else is answered, and that what is left out
    /// can be left out: what is missing or unknown must not pass for a no.
    pub(super) fn complete(plan: &Plan) -> Formula {
        let mut parts = Vec::new();
        if !plan.questions.is_empty() {
            parts.push(Formula::OnlyAnswers(plan.questions.iter().map(|question| question.id.clone()).collect()));
        }
        for question in &plan.questions {
            let known = leaf(&question.id, Test::Known(question.kind.clone()));
            parts.push(match &question.when {
                None => known,
                Some(when) => {
                    let asked = Formula::of(&when.tree);
                    let absent =
                        Formula::All(vec![Formula::Not(Box::new(asked.clone())), leaf(&question.id, Test::Absent)]);
                    Formula::Any(vec![Formula::All(vec![asked, known]), absent])
                }
            });
        }
        parts.push(Formula::OnlyLeftOut(optional(plan)));
        Formula::All(parts)
    }
}

/// The items that an applicant may leave out.
pub(super) fn optional(plan: &Plan) -> Vec<String> {
    let parts = || plan.flow.nodes.iter().flat_map(|node| &node.parts).filter(|part| part.optional);
    let items = plan.items.iter().filter(|item| parts().any(|part| part.item == item.id));
    items.map(|item| item.id.clone()).collect()
}

fn leaf(question: &str, test: Test) -> Formula {
    Formula::Leaf(Leaf { question: question.to_owned(), test })
}
