//! What decides at a gateway, before it is written in an engine's language.

use yijianshi_core::expr::{Expr, Literal, Op};
use yijianshi_core::plan::{Plan, Question, QuestionKind};

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
    /// A variable that was computed before.
    Variable(String),
}

/// A test of one answer.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Leaf {
    /// Which of the answers.
    pub(super) key: String,
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
}

/// The key of the list of items that the applicant leaves out.
pub(super) const LEFT_OUT: &str = "left_out";

/// The key under which a question is answered.
pub(super) fn question_key(question: &Question) -> String {
    format!("q_{}", question.id)
}

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
    pub(super) fn of(plan: &Plan, expr: &Expr) -> Formula {
        let all = |parts: &[Expr]| parts.iter().map(|part| Formula::of(plan, part)).collect();
        let leaf = |name: &str, test: Test| match plan.questions.iter().find(|question| question.name == name) {
            Some(question) => Formula::Leaf(Leaf { key: question_key(question), test }),
            // The plan has no faults; what is not asked is not fulfilled.
            None => Formula::Any(Vec::new()),
        };
        match expr {
            Expr::All(parts) => Formula::All(all(parts)),
            Expr::Any(parts) => Formula::Any(all(parts)),
            Expr::Not(part) => Formula::Not(Box::new(Formula::of(plan, part))),
            Expr::Is(question) => leaf(question, Test::Yes),
            Expr::Includes { question, value } => leaf(question, Test::Includes(word(&value.value))),
            Expr::OneOf { question, values } => {
                Formula::Any(values.iter().map(|value| leaf(question, Test::Is(word(&value.value)))).collect())
            }
            Expr::Compare { question, op, value } => {
                let kind = plan.questions.iter().find(|other| other.name == *question.value).map(|other| &other.kind);
                match (kind, &value.value) {
                    (Some(QuestionKind::YesNo), Literal::Word(word)) => {
                        let yes = leaf(question, Test::Yes);
                        let same = (&**word == "是") == (*op == Op::Eq);
                        if same { yes } else { Formula::Not(Box::new(yes)) }
                    }
                    (Some(QuestionKind::Number { .. }), Literal::Number { number, .. }) => {
                        leaf(question, Test::Number(*op, number.to_string()))
                    }
                    (_, Literal::Date(date)) => leaf(question, Test::Date(*op, date.to_string())),
                    // Counted from the day of the plan; only the form counts anew each day.
                    (_, Literal::Today(_, Some(as_of))) => leaf(question, Test::Date(*op, as_of.date.to_string())),
                    (_, value) => {
                        let is = leaf(question, Test::Is(word(value)));
                        if *op == Op::Ne { Formula::Not(Box::new(is)) } else { is }
                    }
                }
            }
        }
    }

    /// That an item is not among those left out.
    pub(super) fn kept(item: &str) -> Formula {
        let test = Test::Includes(item.to_owned());
        Formula::Not(Box::new(Formula::Leaf(Leaf { key: LEFT_OUT.to_owned(), test })))
    }
}

/// An option as it is answered.
fn word(value: &Literal) -> String {
    match value {
        Literal::Word(word) => word.to_string(),
        other => other.to_string(),
    }
}
