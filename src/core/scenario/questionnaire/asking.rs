//! Where each question is asked, for a given order.
//!
//! What is not known yet is held as pairs of disjoint sets: where something applies and where it does not. A question matters where,
//! with all other answers fixed, its answer alone moves somebody from one set of a pair into the other; whatever the later answers
//! are, it is asked where it may matter for some of them. Elsewhere it is projected out of all pairs, which leaves them disjoint, so
//! that nothing later depends on it. Constraints make some answers impossible; those who would give them are in neither set.

use rustc_hash::FxHashSet;

use super::super::Scenarios;
use super::super::diagram::{Diagram, Full, Set};
use super::distinctions::{Distinctions, Supports, variables};
use crate::program::QuestionId;

/// After so many rounds, whether a question is asked has to be known before it, whether or not it matters.
const ROUNDS: usize = 8;

/// Where the questions are asked.
#[derive(Debug)]
pub struct Asking {
    /// The order.
    pub order: Vec<QuestionId>,
    /// Where each is asked, in this order. Only possible scenarios count.
    pub asked: Vec<Set>,
}

/// Something to be known before the question at a place, by those who are possible.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
struct Pair {
    on: Set,
    off: Set,
    before: usize,
}

impl Asking {
    /// For this order, in which a question stands after those that decide whether it can be asked.
    pub fn new(
        scenarios: &mut Scenarios<'_, '_>,
        distinctions: &Distinctions,
        order: Vec<QuestionId>,
    ) -> Result<Self, Full> {
        // Whether a question can be asked at all has to be known before it, where it matters. Mostly it is; where a constraint lets a
        // deciding question be skipped, that one has to be asked all the same.
        let mut guarded = vec![Set::NONE; order.len()];
        let mut supports = Supports::default();
        for round in 0..=ROUNDS + 1 {
            let mut attempt = Attempt::new(scenarios, distinctions, &order, &guarded)?;
            for place in 0..order.len() {
                attempt.step(scenarios, place, &mut supports)?;
            }
            let Attempt { asked, missing, .. } = attempt;
            if missing.iter().all(|set| set.is_empty()) {
                return Ok(Asking { order, asked });
            }
            for (guarded, missing) in guarded.iter_mut().zip(&missing) {
                *guarded = if round < ROUNDS { scenarios.diagram.or(*guarded, *missing)? } else { Set::ALL };
            }
        }
        // With every question guarded nothing is missing, unless questions wait for each other, which was reported.
        Err(Full)
    }
}

/// One way through the questions.
struct Attempt<'o> {
    order: &'o [QuestionId],
    /// Who is possible, as far as it can be known: skipped questions are projected out.
    possible: Set,
    /// What is to be known.
    open: Vec<Pair>,
    /// Whether the question at a place can be asked, as far as the answers before it tell.
    can: Vec<Pair>,
    /// Where each question is asked.
    asked: Vec<Set>,
    /// Where each would be asked, though it is not known whether it can be.
    missing: Vec<Set>,
}

impl<'o> Attempt<'o> {
    fn new(
        scenarios: &mut Scenarios<'_, '_>,
        distinctions: &Distinctions,
        order: &'o [QuestionId],
        guarded: &[Set],
    ) -> Result<Self, Full> {
        let mut open: Vec<Pair> =
            distinctions.pairs.iter().map(|&(on, off)| Pair { on, off, before: order.len() }).collect();
        let mut can = Vec::new();
        for (place, &question) in order.iter().enumerate() {
            let asked = scenarios.asked[question.index()];
            if asked == Set::ALL {
                continue;
            }
            let later = variables(scenarios, &order[place..]);
            let diagram = &mut scenarios.diagram;
            let on = diagram.and(scenarios.possible, asked)?;
            let off = diagram.minus(scenarios.possible, asked)?;
            let on = diagram.forget(on, &|var| later[var])?;
            let off = diagram.forget(off, &|var| later[var])?;
            if !guarded[place].is_empty() {
                let (on, off) = (diagram.and(on, guarded[place])?, diagram.and(off, guarded[place])?);
                open.push(Pair { on, off, before: place });
            }
            can.push(Pair { on, off, before: place });
        }
        Ok(Attempt { order, possible: scenarios.possible, open, can, asked: Vec::new(), missing: Vec::new() })
    }

    /// Goes past the question at a place.
    fn step(&mut self, scenarios: &mut Scenarios<'_, '_>, place: usize, supports: &mut Supports) -> Result<(), Full> {
        let here = variables(scenarios, &self.order[place..=place]);
        let later = variables(scenarios, &self.order[place + 1..]);
        let now = variables(scenarios, &self.order[place..]);
        let diagram = &mut scenarios.diagram;
        // What does not depend on answers to come is known.
        let mut seen = FxHashSet::default();
        self.open.retain(|pair| {
            pair.before > place
                && supports.depends(diagram, pair.on, &now)
                && supports.depends(diagram, pair.off, &now)
                && seen.insert(*pair)
        });
        let constrained = supports.depends(diagram, self.possible, &here);
        let mut matters = Set::NONE;
        for pair in &mut self.open {
            let concerned = supports.depends(diagram, pair.on, &here) || supports.depends(diagram, pair.off, &here);
            if !concerned {
                continue;
            }
            // What has to be known before a question must not be left to constraints with later answers.
            let at_the_end = pair.before == self.order.len();
            if constrained && at_the_end {
                pair.on = diagram.and(pair.on, self.possible)?;
                pair.off = diagram.and(pair.off, self.possible)?;
            }
            let on = supports.forget(diagram, pair.on, &here)?;
            let off = supports.forget(diagram, pair.off, &here)?;
            let mut moved = diagram.and(on, off)?;
            if !constrained && at_the_end {
                moved = diagram.and(moved, self.possible)?;
            }
            let moved = supports.forget(diagram, moved, &later)?;
            matters = diagram.or(matters, moved)?;
        }
        let mut missing = Set::NONE;
        if let Some(index) = self.can.iter().position(|pair| pair.before == place) {
            let pair = self.can.swap_remove(index);
            missing = diagram.all([pair.on, pair.off, matters])?;
        }
        for pair in self.open.iter_mut().chain(&mut self.can) {
            pair.on = skip(diagram, supports, pair.on, matters, &here)?;
            pair.off = skip(diagram, supports, pair.off, matters, &here)?;
        }
        self.possible = skip(diagram, supports, self.possible, matters, &here)?;
        self.asked.push(matters);
        self.missing.push(missing);
        Ok(())
    }
}

/// A set, as far as it can be known if the variables `here` are asked about only where they matter.
fn skip(diagram: &mut Diagram, supports: &mut Supports, set: Set, matters: Set, here: &[bool]) -> Result<Set, Full> {
    if !supports.depends(diagram, set, here) {
        return Ok(set);
    }
    let without = diagram.forget(set, &|var| here[var])?;
    let skipped = diagram.minus(without, matters)?;
    let known = diagram.and(set, matters)?;
    diagram.or(known, skipped)
}
