//! A smallest example of a set: the fewest answers that already put an applicant into it.

use super::Scenarios;
use super::diagram::{Full, Set, Var};
use super::space::{Answer, Cut, Range};
use crate::expr::{Expr, Literal, Op};
use crate::program::{Domain, Program, QuestionId};
use crate::source::At;

/// Some answers, by variable, in the order of the questions. Every applicant of the context who gives them is in the set.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Witness {
    /// Question and answer.
    pub answers: Vec<(QuestionId, Answer)>,
}

impl Scenarios<'_, '_> {
    /// The fewest answers with which everybody of `context` is in `set`; `None` if nobody is. No answer can be left out, and with
    /// up to two no smaller choice exists; among equals the first in the order of the questions.
    pub fn witness(&mut self, set: Set, context: Set) -> Result<Option<Witness>, Full> {
        let inside = self.diagram.and(set, context)?;
        if inside.is_empty() {
            return Ok(None);
        }
        let outside = self.diagram.minus(context, set)?;
        let mut fixed = vec![None; self.diagram.variables()];
        let Some(without) = self.diagram.occurring(outside, &fixed) else {
            return Ok(Some(Witness { answers: Vec::new() }));
        };
        let Some(with) = self.diagram.occurring(inside, &fixed) else { return Ok(None) };
        // An answer about which those outside do not differ keeps none of them out.
        let mut vars = self.diagram.support(outside);
        vars.sort_by_key(|&var| (self.space.variables()[var].question, var));
        let literals = vars.iter().flat_map(|&var| (0..self.diagram.values(var)).map(move |value| (var, value)));
        let literals: Vec<(Var, u32)> = literals.filter(|&(var, value)| with[var][value as usize]).collect();
        if let Some(&one) = literals.iter().find(|&&(var, value)| !without[var][value as usize]) {
            return Ok(Some(self.witness_of(&[one])));
        }
        for (index, &first) in literals.iter().enumerate() {
            fixed[first.0] = Some(first.1);
            let (with, without) = (self.diagram.occurring(inside, &fixed), self.diagram.occurring(outside, &fixed));
            fixed[first.0] = None;
            let (Some(with), Some(without)) = (with, without) else { continue };
            let enough = |&&(var, value): &&(Var, u32)| {
                var != first.0 && with[var][value as usize] && !without[var][value as usize]
            };
            if let Some(&second) = literals[index + 1..].iter().find(enough) {
                return Ok(Some(self.witness_of(&[first, second])));
            }
        }
        let Some(mut path) = self.diagram.shortest(inside) else { return Ok(None) };
        path.iter().for_each(|&(var, value)| fixed[var] = Some(value));
        // What is left out leaves more inside, so that only those outside have to be looked at.
        path.retain(|&(var, value)| {
            fixed[var] = None;
            let needed = self.diagram.occurring(outside, &fixed).is_some();
            if needed {
                fixed[var] = Some(value);
            }
            needed
        });
        Ok(Some(self.witness_of(&path)))
    }

    /// Where these answers are given, as if every question were asked.
    pub fn given_by(&mut self, witness: &Witness) -> Result<Set, Full> {
        let mut set = Set::ALL;
        for (question, answer) in &witness.answers {
            for var in self.space.of(*question).to_vec() {
                let values = &self.space.variables()[var].values;
                if let Some(value) = values.iter().position(|own| own == answer) {
                    let literal = self.diagram.literal(var, |own| own as usize == value)?;
                    set = self.diagram.and(set, literal)?;
                }
            }
        }
        Ok(set)
    }

    fn witness_of(&self, path: &[(Var, u32)]) -> Witness {
        let answers = path.iter().map(|&(var, value)| {
            let variable = &self.space.variables()[var];
            (variable.question, variable.values[value as usize].clone())
        });
        let mut answers: Vec<_> = answers.collect();
        answers.sort_by_key(|(question, _)| *question);
        Witness { answers }
    }
}

impl Witness {
    /// In the applicant's words: “办理方式为委托办理、经营面积超过50平方米”; empty if it says nothing.
    pub fn words(&self, program: &Program<'_>) -> String {
        let words: Vec<_> = self.answers.iter().map(|(question, answer)| answer.words(program, *question)).collect();
        words.join("、")
    }

    /// As a condition in front of a sentence: “当……时，”; empty if it says nothing.
    pub fn clause(&self, program: &Program<'_>) -> String {
        if self.answers.is_empty() { String::new() } else { format!("当{}时，", self.words(program)) }
    }
}

impl Answer {
    /// The answer to `question`, in words.
    pub fn words(&self, program: &Program<'_>, question: QuestionId) -> String {
        let question = program.question(question);
        let name = &question.name.value;
        let option = |index: usize| match &question.domain {
            Domain::Choice(options) | Domain::Choices(options) => options[index].name.value.clone(),
            _ => "".into(),
        };
        match self {
            Answer::Yes(true) => format!("{name}为“是”"),
            Answer::Yes(false) => format!("{name}为“否”"),
            Answer::Option(index) => format!("{name}为{}", option(*index)),
            Answer::Chosen(index, true) => format!("{name}包括{}", option(*index)),
            Answer::Chosen(index, false) => format!("{name}不包括{}", option(*index)),
            Answer::Number(range) => {
                let unit = match &question.domain {
                    Domain::Number { unit: Some(unit), .. } => &**unit,
                    _ => "",
                };
                range.words(name, &|number| format!("{number}{unit}"), ["超过", "不少于", "不满", "不超过"])
            }
            Answer::Date(range) => range.words(name, &|date| date.to_string(), ["晚于", "不早于", "早于", "不晚于"]),
        }
    }
}

impl Answer {
    /// The answer to `question`, as a condition to be written: “经营面积 > 50”. Empty where there is no such condition.
    pub fn condition(&self, program: &Program<'_>, question: QuestionId) -> String {
        let question = program.question(question);
        let name = At::new(question.name.value.clone(), question.name.span);
        let compare = |op: Op, value: Literal| Expr::Compare {
            question: name.clone(),
            op,
            value: At::new(value, question.name.span),
        };
        let option = |index: usize| match &question.domain {
            Domain::Choice(options) | Domain::Choices(options) => {
                Some(Literal::Word(options[index].name.value.clone()))
            }
            _ => None,
        };
        let expr = match self {
            Answer::Yes(yes) => {
                let is = Expr::Is(name.clone());
                if *yes { Some(is) } else { Some(Expr::Not(Box::new(is))) }
            }
            Answer::Option(index) => option(*index).map(|value| compare(Op::Eq, value)),
            Answer::Chosen(index, chosen) => option(*index).map(|value| {
                let includes = Expr::Includes { question: name.clone(), value: At::new(value, question.name.span) };
                if *chosen { includes } else { Expr::Not(Box::new(includes)) }
            }),
            Answer::Number(range) => range.condition(&|op, number| compare(op, Literal::Number { number, unit: None })),
            Answer::Date(range) => range.condition(&|op, date| compare(op, Literal::Date(date))),
        };
        expr.map_or_else(String::new, |expr| expr.to_string())
    }
}

impl<T: Copy + PartialEq> Range<T> {
    /// `None` if it is every answer.
    fn condition(&self, compare: &dyn Fn(Op, T) -> Expr) -> Option<Expr> {
        if self.low == self.high {
            return Some(compare(Op::Eq, self.low));
        }
        let above = self.above.map(|Cut { at, after }| compare(if after { Op::Gt } else { Op::Ge }, at));
        let below = self.below.map(|Cut { at, after }| compare(if after { Op::Le } else { Op::Lt }, at));
        match (above, below) {
            (Some(above), Some(below)) => Some(Expr::All(vec![above, below])),
            (above, below) => above.or(below),
        }
    }

    /// `how`: after, from, before, up to a threshold.
    fn words(&self, name: &str, show: &dyn Fn(T) -> String, how: [&str; 4]) -> String {
        if self.low == self.high {
            return format!("{name}为{}", show(self.low));
        }
        let above = self.above.map(|Cut { at, after }| format!("{}{}", if after { how[0] } else { how[1] }, show(at)));
        let below = self.below.map(|Cut { at, after }| format!("{}{}", if after { how[3] } else { how[2] }, show(at)));
        match (above, below) {
            (None, None) => format!("{name}为{}到{}", show(self.low), show(self.high)),
            (above, below) => {
                let parts: Vec<_> = above.into_iter().chain(below).collect();
                format!("{name}{}", parts.join("且"))
            }
        }
    }
}
