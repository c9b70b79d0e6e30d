//! Every scenario at once: the space of answers as symbolic sets, and what applies where.
//!
//! A set holds *raw* answers, as if every question were asked. Whether a question is asked is a set of its own
//! ([`Scenarios::asked`]), and an answer counts only where its question is asked; so a question that does not matter in some
//! scenario does not stand in the way of its other answers. Constraints are in [`Scenarios::possible`], exits (不适用) are taken out
//! in [`Scenarios::served`].
//!
//! So witnesses stay small, and a questionnaire can ask what changes when one answer changes. “Never applies” is judged over served, “always
//! holds though conditional” over possible: a condition and the exit beside it agree.

mod applies;
mod codes;
mod coexistence;
mod counts;
mod diagram;
mod order;
mod proofs;
mod questionnaire;
mod space;
mod verdict;
mod witness;

pub use applies::{Applies, ItemApplies};
pub use codes::CODES;
pub use coexistence::Coexistence;
pub use counts::Sizes;
pub use diagram::{Budget, Diagram, Full, Set, Var};
#[cfg(test)]
pub use proofs::{Fixed, Overlap};
pub use proofs::{Hidden, IdleMeasure, Ineffective, Lacking, OverlapKind, Part, Proofs, Reclaimed};
pub use questionnaire::{Chance, End, Graph, Literal, Node, Questionnaire, Step};
pub use space::{Answer, Cut, Range, Space, Variable};
pub use verdict::{ItemVerdicts, Standing, Verdict, Verdicts};
pub use witness::Witness;

use crate::program::{Assignment, Cond, Program, QuestionId, Test, Value};
use crate::source::Span;

/// The scenarios of a bundle, as sets.
#[derive(Debug)]
pub struct Scenarios<'p, 'w> {
    /// The bundle.
    pub program: &'p Program<'w>,
    /// Where the sets live.
    pub diagram: Diagram,
    /// Questions as variables.
    pub space: Space,
    /// Where each question is asked, by question id.
    pub asked: Vec<Set>,
    /// What no constraint (约束) rules out.
    pub possible: Set,
    /// Who is turned elsewhere, by exit (不适用); only what is possible.
    pub turned_away: Vec<Set>,
    /// Who is served: possible and not turned away.
    pub served: Set,
    /// Where each part of the bundle applies; see there for who is counted.
    pub applies: Applies,
}

/// The conditions are too entangled to be proved within the budget.
#[derive(Debug, Clone)]
pub struct Intractable {
    /// The conditions that join most questions, largest first: where they stand, and how many questions they join.
    pub conditions: Vec<(Span, usize)>,
}

impl Intractable {
    /// What is the matter with `program`.
    pub fn of(program: &Program<'_>) -> Self {
        let mut conditions: Vec<(Span, usize)> = Vec::new();
        for (_, cond) in program.conditions() {
            let mut questions = Vec::new();
            cond.test.questions(&mut questions);
            questions.sort_unstable();
            questions.dedup();
            conditions.push((cond.written.span, questions.len()));
        }
        conditions.sort_by_key(|(span, questions)| (std::cmp::Reverse(*questions), *span));
        conditions.dedup();
        conditions.truncate(5);
        Intractable { conditions }
    }
}

impl<'p, 'w> Scenarios<'p, 'w> {
    /// The scenarios of a bundle.
    ///
    /// # Errors
    /// [`Intractable`] if that takes more than `budget`.
    pub fn new(program: &'p Program<'w>, budget: Budget) -> Result<Self, Intractable> {
        let space = Space::new(program);
        let domains = space.variables().iter().map(|variable| variable.values.len() as u32).collect();
        let mut scenarios = Scenarios {
            program,
            diagram: Diagram::new(domains, budget),
            space,
            asked: vec![Set::ALL; program.questions.len()],
            possible: Set::ALL,
            turned_away: Vec::new(),
            served: Set::ALL,
            applies: Applies::default(),
        };
        match scenarios.build() {
            Ok(()) => Ok(scenarios),
            Err(Full) => Err(Intractable::of(program)),
        }
    }

    fn build(&mut self) -> Result<(), Full> {
        for question in self.program.question_order() {
            if let Some(when) = &self.program.question(question).when {
                self.asked[question.index()] = self.holds(&when.test)?;
            }
        }
        for (never, _) in &self.program.constraints {
            let never = self.holds(&never.test)?;
            self.possible = self.diagram.minus(self.possible, never)?;
        }
        self.served = self.possible;
        for (exit, _) in &self.program.exits {
            let exit = self.holds(&exit.test)?;
            self.turned_away.push(self.diagram.and(self.possible, exit)?);
            self.served = self.diagram.minus(self.served, exit)?;
        }
        self.applies = Applies::new(self)?;
        Ok(())
    }

    /// Where a test holds. A question that is not asked holds none of its tests, as in [`Test::eval`].
    pub fn holds(&mut self, test: &Test) -> Result<Set, Full> {
        match test {
            Test::All(parts) => {
                let mut all = Set::ALL;
                for part in parts {
                    let part = self.holds(part)?;
                    all = self.diagram.and(all, part)?;
                }
                Ok(all)
            }
            Test::Any(parts) => {
                let mut any = Set::NONE;
                for part in parts {
                    let part = self.holds(part)?;
                    any = self.diagram.or(any, part)?;
                }
                Ok(any)
            }
            Test::Not(part) => {
                let part = self.holds(part)?;
                self.diagram.not(part)
            }
            Test::Unknown => Ok(Set::NONE),
            Test::Yes(question)
            | Test::OneOf(question, _)
            | Test::Includes(question, _)
            | Test::Number(question, ..)
            | Test::Date(question, ..) => {
                let answered = self.answered(test, *question)?;
                self.diagram.and(answered, self.asked[question.index()])
            }
        }
    }

    /// Where a condition holds; everywhere if there is none.
    pub fn when(&mut self, cond: Option<&Cond>) -> Result<Set, Full> {
        cond.map_or(Ok(Set::ALL), |cond| self.holds(&cond.test))
    }

    /// Where the answer to a question passes a test on it, asked or not.
    pub(crate) fn answered(&mut self, test: &Test, question: QuestionId) -> Result<Set, Full> {
        let mut answers = Assignment::new(self.program.questions.len());
        let var = match test {
            Test::Includes(_, option) => self.space.of(question)[*option],
            _ => self.space.of(question)[0],
        };
        let passes: Vec<bool> = self.space.variables()[var]
            .values
            .iter()
            .map(|answer| {
                answers.set(question, answer.example());
                test.eval(&answers) == Some(true)
            })
            .collect();
        self.diagram.literal(var, |value| passes[value as usize])
    }

    /// Where these answers are given; `None` where nothing is said of a question. An answer that the question does not have
    /// makes it empty.
    pub fn given(&mut self, answers: &Assignment) -> Result<Set, Full> {
        let mut set = Set::ALL;
        for index in 0..self.program.questions.len() {
            let question = QuestionId::from(index);
            let Some(value) = answers.get(question) else { continue };
            let asked = self.asked[index];
            if *value == Value::NotAsked {
                set = self.diagram.minus(set, asked)?;
                continue;
            }
            set = self.diagram.and(set, asked)?;
            for var in self.space.of(question).to_vec() {
                let includes: Vec<bool> =
                    self.space.variables()[var].values.iter().map(|answer| answer.includes(value)).collect();
                let literal = self.diagram.literal(var, |value| includes[value as usize])?;
                set = self.diagram.and(set, literal)?;
            }
        }
        Ok(set)
    }

    /// One scenario of a set, with every answer; `None` if the set is empty. Questions not asked there are marked so.
    pub fn scenario(&self, set: Set) -> Option<Assignment> {
        self.values(set).map(|values| self.scenario_of(&values))
    }

    /// One scenario of a set, as values by variable; `None` if the set is empty.
    pub fn values(&self, set: Set) -> Option<Vec<u32>> {
        let mut values = vec![0; self.diagram.variables()];
        for (var, value) in self.diagram.shortest(set)? {
            values[var] = value;
        }
        Some(values)
    }

    /// The scenario with these values, by variable.
    pub fn scenario_of(&self, values: &[u32]) -> Assignment {
        let mut answers = self.space.answers(values);
        for (index, &asked) in self.asked.iter().enumerate() {
            if !self.diagram.contains(asked, values) {
                answers.set(index.into(), Value::NotAsked);
            }
        }
        answers
    }

    /// How many scenarios a set has: answers to questions that are not asked do not count. `None` if too many to say.
    pub fn count(&mut self, set: Set) -> Result<Option<u128>, Full> {
        let counted = self.counted(set)?;
        Ok(self.diagram.count(counted))
    }
}
