//! What can never apply, and what always does although it has a condition.

use super::whole::Ground;
use super::{Part, conditional};
use crate::program::{QuestionId, Test};
use crate::scenario::{Answer, Full, Scenarios, Set};

/// A part whose condition decides nothing.
#[derive(Debug)]
pub struct Fixed {
    /// Which.
    pub part: Part,
    /// What makes it so: what it belongs to, constraints, exits. Empty if the condition alone does.
    pub because: Vec<Part>,
}

/// An answer that can never be given.
#[derive(Debug)]
pub struct DeadAnswer {
    /// The question, which can be asked.
    pub question: QuestionId,
    /// The answer.
    pub answer: Answer,
    /// The constraints that rule it out.
    pub because: Vec<Part>,
}

/// What can never apply, and what always does.
#[derive(Debug, Default)]
pub struct Reach {
    /// Questions that are never asked, and parts that never apply to anybody who is served although what they belong to does.
    pub never: Vec<Fixed>,
    /// Conditional parts that apply wherever what they belong to does, before exits are taken out.
    pub always: Vec<Fixed>,
    /// Answers that can never be given.
    pub dead: Vec<DeadAnswer>,
}

impl Scenarios<'_, '_> {
    pub(super) fn prove_reach(&mut self, ground: &Ground) -> Result<Reach, Full> {
        let program = self.program;
        let mut reach = Reach::default();
        // Questions that are never asked or have dead answers: what uses them is not blamed, too.
        let mut tainted = vec![false; program.questions.len()];
        for question in program.question_order() {
            if self.diagram.meet(self.asked[question.index()], self.possible)? {
                tainted[question.index()] = self.find_dead(question, ground, &mut reach)?;
                continue;
            }
            tainted[question.index()] = true;
            let when = program.question(question).when.as_ref();
            if !when.is_some_and(|when| mentions(&when.test, &tainted)) {
                let because = self.because(Part::Question(question), ground)?;
                reach.never.push(Fixed { part: Part::Question(question), because });
            }
        }
        for part in conditional(program) {
            if matches!(part, Part::Constraint(_) | Part::Exit(_)) {
                continue;
            }
            let Some(when) = part.when(program) else { continue };
            if mentions(&when.test, &tainted) {
                continue;
            }
            let (own, owner) = (self.set_of(part), self.owner_set(part));
            let is_question = matches!(part, Part::Question(_));
            let context = if is_question { self.possible } else { self.served };
            if !self.diagram.meet(own, context)? {
                if !is_question && self.diagram.meet(owner, context)? {
                    let because = self.because(part, ground)?;
                    reach.never.push(Fixed { part, because });
                }
                continue;
            }
            let around = self.diagram.and(owner, self.possible)?;
            if self.diagram.within(around, own)? {
                let holds = self.holds(&when.test)?;
                let because = if holds == Set::ALL {
                    Vec::new()
                } else if self.diagram.within(owner, holds)? {
                    owners(program, part)
                } else {
                    let missing = self.diagram.minus(owner, holds)?;
                    self.cover(missing, &ground.constraints)?.unwrap_or_default()
                };
                reach.always.push(Fixed { part, because });
            }
        }
        Ok(reach)
    }

    /// What keeps a part from ever applying.
    fn because(&mut self, part: Part, ground: &Ground) -> Result<Vec<Part>, Full> {
        let holds = self.when(part.when(self.program))?;
        if holds.is_empty() {
            return Ok(Vec::new());
        }
        let owner = self.owner_set(part);
        let base = self.diagram.and(holds, owner)?;
        if base.is_empty() {
            return Ok(owners(self.program, part));
        }
        Ok(ground.ruling_out(self, base)?.unwrap_or_default())
    }

    /// Whether some answer to a question that is asked can never be given; only constraints can do that.
    fn find_dead(&mut self, question: QuestionId, ground: &Ground, reach: &mut Reach) -> Result<bool, Full> {
        if ground.constraints.is_empty() {
            return Ok(false);
        }
        let before = reach.dead.len();
        let asked = self.asked[question.index()];
        let could = self.diagram.and(asked, self.possible)?;
        for var in self.space.of(question).to_vec() {
            for value in 0..self.diagram.values(var) {
                let answer = self.space.variables()[var].values[value as usize].clone();
                let counts = matches!(answer, Answer::Yes(_) | Answer::Option(_) | Answer::Chosen(_, true));
                let given = self.diagram.literal(var, |other| other == value)?;
                if !counts || self.diagram.meet(given, could)? {
                    continue;
                }
                let base = self.diagram.and(given, asked)?;
                let because = self.cover(base, &ground.constraints)?.unwrap_or_default();
                reach.dead.push(DeadAnswer { question, answer, because });
            }
        }
        Ok(reach.dead.len() > before)
    }
}

/// Whether a test looks at a question for which `marked` holds.
fn mentions(test: &Test, marked: &[bool]) -> bool {
    let mut questions = Vec::new();
    test.questions(&mut questions);
    questions.into_iter().any(|question| marked[question.index()])
}

/// What a part belongs to, as far as it has a condition.
fn owners(program: &crate::program::Program<'_>, part: Part) -> Vec<Part> {
    let owners = std::iter::successors(part.owner(program), |owner| owner.owner(program));
    owners.filter(|owner| owner.when(program).is_some()).collect()
}
