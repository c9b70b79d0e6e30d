//! The truth of conditions under answers, some of which may be missing.

use std::cmp::Ordering;
use std::sync::Arc;

use super::{Expr, Literal, Op};
use crate::expr::number::Number;
use crate::source::Date;

/// An answer to a question.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Answer {
    /// 是 or 否.
    Yes(bool),
    /// One of the options.
    One(Arc<str>),
    /// Some of the options.
    Many(Vec<Arc<str>>),
    /// A number, in the question's unit.
    Number(Number),
    /// A day.
    Date(Date),
}

impl Expr {
    /// Whether it holds under the answers that `lookup` knows; `None` if that depends on answers that are missing or of
    /// the wrong kind (Kleene's logic). Units of numbers are not looked at: whoever checks types compares them.
    pub fn eval(&self, lookup: &dyn Fn(&str) -> Option<Answer>) -> Option<bool> {
        match self {
            Expr::All(parts) => decided(parts.iter().map(|part| part.eval(lookup)), false),
            Expr::Any(parts) => decided(parts.iter().map(|part| part.eval(lookup)), true),
            Expr::Not(inner) => inner.eval(lookup).map(|truth| !truth),
            Expr::Is(question) => match lookup(question)? {
                Answer::Yes(yes) => Some(yes),
                _ => None,
            },
            Expr::Compare { question, op, value } => {
                let answer = lookup(question)?;
                match op {
                    Op::Eq => equal(&answer, value),
                    Op::Ne => equal(&answer, value).map(|truth| !truth),
                    Op::Lt => order(&answer, value).map(Ordering::is_lt),
                    Op::Le => order(&answer, value).map(Ordering::is_le),
                    Op::Gt => order(&answer, value).map(Ordering::is_gt),
                    Op::Ge => order(&answer, value).map(Ordering::is_ge),
                }
            }
            Expr::OneOf { question, values } => {
                let answer = lookup(question)?;
                decided(values.iter().map(|value| equal(&answer, value)), true)
            }
            Expr::Includes { question, value } => match (lookup(question)?, &value.value) {
                (Answer::Many(chosen), Literal::Word(word)) => Some(chosen.contains(word)),
                (Answer::Many(chosen), literal) => {
                    let word = literal.to_string();
                    Some(chosen.iter().any(|choice| **choice == *word))
                }
                _ => None,
            },
        }
    }
}

/// `decisive` as soon as one part is that; the contrary if all parts are the contrary.
fn decided(parts: impl Iterator<Item = Option<bool>>, decisive: bool) -> Option<bool> {
    let mut unknown = false;
    for part in parts {
        match part {
            Some(truth) if truth == decisive => return Some(decisive),
            Some(_) => {}
            None => unknown = true,
        }
    }
    (!unknown).then_some(!decisive)
}

fn equal(answer: &Answer, value: &Literal) -> Option<bool> {
    match (answer, value) {
        (Answer::One(option), Literal::Word(word)) => Some(option == word),
        (Answer::One(option), literal) => Some(**option == *literal.to_string()),
        (Answer::Yes(yes), Literal::Word(word)) => match &**word {
            "是" => Some(*yes),
            "否" => Some(!*yes),
            _ => None,
        },
        _ => order(answer, value).map(Ordering::is_eq),
    }
}

fn order(answer: &Answer, value: &Literal) -> Option<Ordering> {
    match (answer, value) {
        (Answer::Number(answer), Literal::Number { number, .. }) => Some(answer.cmp(number)),
        (Answer::Date(answer), literal) => Some(answer.cmp(&literal.date()?)),
        _ => None,
    }
}
