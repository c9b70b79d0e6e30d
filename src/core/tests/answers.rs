//! Answers to try one after the other.

use crate::expr::Number;
use crate::program::{Domain, Value};
use crate::source::Date;

/// Enough answers to a question to try whatever conditions can tell apart; for numbers and dates all of them.
pub fn to(domain: &Domain) -> Vec<Value> {
    match domain {
        Domain::YesNo => vec![Value::Yes(false), Value::Yes(true)],
        Domain::Choice(options) => (0..options.len()).map(Value::Option).collect(),
        Domain::Choices(options) => (0..1usize << options.len())
            .map(|chosen| Value::Options((0..options.len()).filter(|option| chosen >> option & 1 == 1).collect()))
            .collect(),
        Domain::Number { min, max, decimals, .. } => {
            let step = Number::fraction(1, 10i64.pow(*decimals)).unwrap();
            let next = |number: &Number| Some(number.checked_add(step).unwrap()).filter(|next| next <= max);
            std::iter::successors(Some(*min), next).map(Value::Number).collect()
        }
        Domain::Date { min, max } => {
            let next = |date: &Date| date.plus_days(1).filter(|next| Some(*next) <= *max);
            std::iter::successors(*min, next).map(Value::Date).collect()
        }
    }
}
