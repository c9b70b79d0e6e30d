//! Whether some applicant meets several conditions at once.

use super::{Assignment, Domain, Program, QuestionId, Test, Value};
use crate::expr::Number;

/// How many partial answers are tried before giving up.
const BUDGET: usize = 20_000;

/// Whether some answers fulfil all `conditions`, break no constraint and are turned away nowhere; `None` if that was not found
/// out within reason.
pub fn realisable(program: &Program<'_>, conditions: &[&Test]) -> Option<bool> {
    let mut questions = Vec::new();
    conditions.iter().for_each(|test| test.questions(&mut questions));
    // A question is asked only under the answers to others.
    let mut next = 0;
    while let Some(&id) = questions.get(next) {
        if let Some(when) = &program.question(id).when {
            when.test.questions(&mut questions);
        }
        questions.sort_unstable();
        questions.dedup();
        next = questions.iter().position(|other| *other == id).unwrap_or(next) + 1;
        if questions.len() > 64 {
            return None;
        }
    }
    let never = program.constraints.iter().map(|(cond, _)| &cond.test);
    let never = never.chain(program.exits.iter().map(|(cond, _)| &cond.test));
    let mut search = Search { program, conditions, never: never.collect(), left: BUDGET, sampled: false };
    match search.answer(&questions, &Assignment::new(program.questions.len())) {
        true => Some(true),
        false if search.left == 0 || search.sampled => None,
        false => Some(false),
    }
}

struct Search<'p, 'w> {
    program: &'p Program<'w>,
    conditions: &'p [&'p Test],
    never: Vec<&'p Test>,
    left: usize,
    /// Whether some question has more answers than were tried.
    sampled: bool,
}

impl Search<'_, '_> {
    fn answer(&mut self, open: &[QuestionId], answers: &Assignment) -> bool {
        if self.left == 0 {
            return false;
        }
        self.left -= 1;
        let broken = self.conditions.iter().any(|test| test.eval(answers) == Some(false))
            || self.never.iter().any(|test| test.eval(answers) == Some(true));
        let Some((&first, rest)) = open.split_first() else {
            let met = self.conditions.iter().all(|test| test.eval(answers) == Some(true));
            return !broken && met && self.consistent(answers);
        };
        if broken {
            return false;
        }
        let asked = self.program.question(first).when.as_ref().map(|when| when.test.eval(answers));
        let candidates = match asked {
            Some(Some(false)) => vec![Value::NotAsked],
            Some(None) => {
                let mut values = self.candidates(first);
                values.push(Value::NotAsked);
                values
            }
            _ => self.candidates(first),
        };
        for value in candidates {
            let mut more = answers.clone();
            more.set(first, value);
            if self.answer(rest, &more) {
                return true;
            }
        }
        false
    }

    /// Whether every question answered is asked under the answers.
    fn consistent(&self, answers: &Assignment) -> bool {
        self.program.questions.iter().enumerate().all(|(index, question)| {
            let asked = question.when.as_ref().and_then(|when| when.test.eval(answers)) != Some(false);
            answers.get(index.into()).is_none_or(|value| (*value != Value::NotAsked) == asked)
        })
    }

    fn candidates(&mut self, id: QuestionId) -> Vec<Value> {
        match &self.program.question(id).domain {
            Domain::YesNo => vec![Value::Yes(true), Value::Yes(false)],
            Domain::Choice(options) => (0..options.len()).map(Value::Option).collect(),
            Domain::Choices(options) => {
                self.sampled |= options.len() > 1;
                let mut values = vec![Value::Options((0..options.len()).collect()), Value::Options(Vec::new())];
                values.extend((0..options.len()).map(|option| Value::Options(vec![option])));
                values
            }
            Domain::Number { min, max, decimals, .. } => {
                let step = Number::fraction(1, 10i64.pow((*decimals).min(9))).unwrap_or(Number::ONE);
                let mut numbers = vec![*min, *max];
                for test in self.conditions.iter().chain(&self.never) {
                    bounds(test, id, &mut numbers);
                }
                let around = |number: Number| [Some(number), number.checked_sub(step), number.checked_add(step)];
                let mut numbers: Vec<_> = numbers.into_iter().flat_map(around).flatten().collect();
                numbers.retain(|number| min <= number && number <= max);
                numbers.sort();
                numbers.dedup();
                numbers.into_iter().map(Value::Number).collect()
            }
            Domain::Date { min, max } => {
                self.sampled = true;
                let mut dates: Vec<_> = min.iter().chain(max).copied().collect();
                for test in self.conditions {
                    dates_in(test, id, &mut dates);
                }
                dates.into_iter().map(Value::Date).collect()
            }
        }
    }
}

fn bounds(test: &Test, id: QuestionId, found: &mut Vec<Number>) {
    match test {
        Test::All(parts) | Test::Any(parts) => parts.iter().for_each(|part| bounds(part, id, found)),
        Test::Not(part) => bounds(part, id, found),
        Test::Number(question, _, bound) if *question == id => found.push(*bound),
        _ => {}
    }
}

fn dates_in(test: &Test, id: QuestionId, found: &mut Vec<crate::source::Date>) {
    match test {
        Test::All(parts) | Test::Any(parts) => parts.iter().for_each(|part| dates_in(part, id, found)),
        Test::Not(part) => dates_in(part, id, found),
        Test::Date(question, _, bound) if *question == id => found.push(*bound),
        _ => {}
    }
}
