//! Conditions that look at a question where it is not asked.
//!
//! There its answer is not known. A condition that holds all the same does so only because nobody answered; one that fails only
//! because of that says nothing of what it means.

use super::{Part, conditional};
use crate::program::{QuestionId, Test};
use crate::scenario::{Full, Scenarios, Set, Witness};

/// A condition that is decided by a question that is not asked.
#[derive(Debug)]
pub struct Unasked {
    /// Whose condition.
    pub part: Part,
    /// The question.
    pub question: QuestionId,
    /// Whether the condition then holds, or fails.
    pub holds: bool,
    /// Who is not asked.
    pub witness: Witness,
}

impl Scenarios<'_, '_> {
    pub(super) fn prove_unasked(&mut self) -> Result<Vec<Unasked>, Full> {
        let program = self.program;
        let mut found = Vec::new();
        for part in conditional(program) {
            let Some(when) = part.when(program) else { continue };
            let (context, chain) = match part {
                Part::Constraint(_) => (Set::ALL, true),
                Part::Question(_) | Part::Exit(_) => (self.possible, true),
                _ => (self.diagram.and(self.owner_set(part), self.served)?, false),
            };
            let mut questions = Vec::new();
            when.test.questions(&mut questions);
            // A question that is never asked is a fault of its own.
            let mut silent = Vec::new();
            let mut never = false;
            for question in questions {
                let asked = self.asked[question.index()];
                never |= !self.diagram.meet(asked, self.possible)?;
                if !self.diagram.within(context, asked)? && !silent.contains(&question) {
                    silent.push(question);
                }
            }
            if silent.is_empty() || never {
                continue;
            }
            let holds = self.holds(&when.test)?;
            let (known, refuted) = self.known(&when.test)?;
            let held = self.diagram.minus(holds, known)?;
            let held = self.diagram.and(held, context)?;
            let outside = self.diagram.minus(context, holds)?;
            let failed = self.diagram.minus(outside, refuted)?;
            let (bad, holds) = if held.is_empty() { (failed, false) } else { (held, true) };
            if bad.is_empty() || (chain && !holds) {
                continue;
            }
            for question in silent {
                let unasked = self.diagram.minus(bad, self.asked[question.index()])?;
                let around = if chain { context } else { self.served };
                if let Some(witness) = self.witness(unasked, around)? {
                    found.push(Unasked { part, question, holds, witness });
                    break;
                }
            }
        }
        Ok(found)
    }

    /// Where a test is known to hold, and where it is known to fail, if the answer to a question that is not asked is not known
    /// (S. C. Kleene's strong three values).
    fn known(&mut self, test: &Test) -> Result<(Set, Set), Full> {
        Ok(match test {
            Test::All(parts) => {
                let (mut all, mut some) = (Set::ALL, Set::NONE);
                for part in parts {
                    let (holds, fails) = self.known(part)?;
                    all = self.diagram.and(all, holds)?;
                    some = self.diagram.or(some, fails)?;
                }
                (all, some)
            }
            Test::Any(parts) => {
                let (mut some, mut all) = (Set::NONE, Set::ALL);
                for part in parts {
                    let (holds, fails) = self.known(part)?;
                    some = self.diagram.or(some, holds)?;
                    all = self.diagram.and(all, fails)?;
                }
                (some, all)
            }
            Test::Not(part) => {
                let (holds, fails) = self.known(part)?;
                (fails, holds)
            }
            Test::Unknown => (Set::NONE, Set::NONE),
            Test::Yes(question)
            | Test::OneOf(question, _)
            | Test::Includes(question, _)
            | Test::Number(question, ..)
            | Test::Date(question, ..) => {
                let asked = self.asked[question.index()];
                let answered = self.answered(test, *question)?;
                let holds = self.diagram.and(answered, asked)?;
                (holds, self.diagram.minus(asked, answered)?)
            }
        })
    }
}
