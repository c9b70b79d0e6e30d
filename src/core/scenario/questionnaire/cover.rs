//! A set of scenarios in few words: alternatives, each of which is a list of answers.

use super::super::diagram::{Full, Set};
use super::super::{Answer, Scenarios};
use super::asking::Asking;
use super::distinctions::variables;
use crate::program::QuestionId;

/// What can be said about the answer to a question. It says nothing of those who were not asked, except that a question answered
/// by 否, or an option not chosen, may also not have been asked.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Literal {
    /// Which question.
    pub question: QuestionId,
    /// Which of its variables.
    pub var: usize,
    /// Values of that variable, ascending.
    pub values: Vec<u32>,
}

/// So many answers at most are put into words.
const ANSWERS: usize = 10;

/// Alternatives of answers.
type Words = Option<Vec<Vec<Literal>>>;

/// Who is asked the question at a place, and who is not; the shorter of both first is for the reader to choose.
pub(super) fn words(scenarios: &mut Scenarios<'_, '_>, asking: &Asking, place: usize) -> Result<(Words, Words), Full> {
    let asked = asking.asked[place];
    let later = variables(scenarios, &asking.order[place..]);
    let diagram = &mut scenarios.diagram;
    // Who is surely turned away has read so already.
    let reached = diagram.forget(scenarios.served, &|var| later[var])?;
    let possible = diagram.forget(scenarios.possible, &|var| later[var])?;
    let asked = diagram.and(asked, possible)?;
    let reached = if diagram.within(asked, reached)? { reached } else { possible };
    let inside = diagram.and(asked, reached)?;
    let outside = diagram.minus(reached, asked)?;
    let mut cover = Cover { scenarios, asking, place };
    let when = cover.of(inside, outside)?;
    let unless = cover.of(outside, inside)?;
    Ok((when, unless))
}

struct Cover<'a, 'p, 'w> {
    scenarios: &'a mut Scenarios<'p, 'w>,
    asking: &'a Asking,
    place: usize,
}

impl Cover<'_, '_, '_> {
    /// Alternatives that together hold everybody of `inside` and nobody of `outside`.
    fn of(&mut self, inside: Set, outside: Set) -> Result<Words, Full> {
        let mut left = inside;
        let mut cubes: Vec<(Vec<Literal>, Set)> = Vec::new();
        let mut said = 0;
        while !left.is_empty() {
            let cube = self.cube(left, outside)?;
            said += cube.0.len();
            if said > ANSWERS {
                return Ok(None);
            }
            left = self.scenarios.diagram.minus(left, cube.1)?;
            cubes.push(cube);
        }
        // What later alternatives say together need not be said before.
        let mut index = 0;
        while index < cubes.len() {
            let others = cubes.iter().enumerate().filter(|(other, _)| *other != index).map(|(_, cube)| cube.1);
            let others = self.scenarios.diagram.any(others.collect::<Vec<_>>())?;
            if self.scenarios.diagram.within(inside, others)? {
                cubes.remove(index);
            } else {
                index += 1;
            }
        }
        Ok(Some(cubes.into_iter().map(|(literals, _)| literals).collect()))
    }

    /// As few answers as possible that some of `inside` give and nobody of `outside`.
    fn cube(&mut self, inside: Set, outside: Set) -> Result<(Vec<Literal>, Set), Full> {
        let mut scenario = vec![0; self.scenarios.diagram.variables()];
        for (var, value) in self.scenarios.diagram.shortest(inside).unwrap_or_default() {
            scenario[var] = value;
        }
        // All answers given so far: they tell whether the question is asked.
        let mut literals: Vec<Literal> = Vec::new();
        for (place, &question) in self.asking.order[..self.place].iter().enumerate() {
            if self.scenarios.diagram.contains(self.asking.asked[place], &scenario) {
                let vars = self.scenarios.space.of(question).iter();
                literals.extend(vars.map(|&var| Literal { question, var, values: vec![scenario[var]] }));
            }
        }
        // Later questions often depend on earlier ones: what they say is left out first.
        for index in (0..literals.len()).rev() {
            let mut fewer = literals.clone();
            fewer.remove(index);
            if self.is_apart(&fewer, outside)? {
                literals = fewer;
            }
        }
        for index in 0..literals.len() {
            let var = literals[index].var;
            // Whatever is answered to a yes/no question: that it was asked cannot be said in a condition.
            if self.is_yes_no(var) {
                continue;
            }
            let own = literals[index].values[0];
            // Ranges grow at their ends; options one by one.
            let is_range =
                matches!(self.scenarios.space.variables()[var].values[0], Answer::Number(_) | Answer::Date(_));
            for values in [(0..own).rev().collect::<Vec<_>>(), (own + 1..self.scenarios.diagram.values(var)).collect()]
            {
                for value in values {
                    let mut wider = literals.clone();
                    wider[index].values.push(value);
                    wider[index].values.sort_unstable();
                    if self.is_apart(&wider, outside)? {
                        literals = wider;
                    } else if is_range {
                        break;
                    }
                }
            }
        }
        let set = self.all(&literals)?;
        Ok((literals, set))
    }

    fn is_apart(&mut self, literals: &[Literal], outside: Set) -> Result<bool, Full> {
        let all = self.all(literals)?;
        Ok(!self.scenarios.diagram.meet(all, outside)?)
    }

    fn all(&mut self, literals: &[Literal]) -> Result<Set, Full> {
        let mut all = Set::ALL;
        for literal in literals {
            let set = self.literal(literal)?;
            all = self.scenarios.diagram.and(all, set)?;
        }
        Ok(all)
    }

    fn is_yes_no(&self, var: usize) -> bool {
        matches!(self.scenarios.space.variables()[var].values[0], Answer::Yes(_) | Answer::Chosen(..))
    }

    /// Who gives one of these answers. A yes/no question or an option that is not asked about is not answered by yes.
    fn literal(&mut self, literal: &Literal) -> Result<Set, Full> {
        let place = self.asking.order.iter().position(|id| *id == literal.question);
        let asked = place.map_or(Set::NONE, |place| self.asking.asked[place]);
        let negative = literal.values == [0] && self.is_yes_no(literal.var);
        let diagram = &mut self.scenarios.diagram;
        let given = diagram.literal(literal.var, |value| literal.values.contains(&value))?;
        if negative {
            let not_asked = diagram.not(asked)?;
            diagram.or(given, not_asked)
        } else {
            diagram.and(given, asked)
        }
    }
}
