//! Where each question is asked, for a given order.
//!
//! What is not known yet is held as pairs of disjoint sets: where something applies and where it does not. A question matters where,
//! with all other answers fixed, its answer alone moves somebody from one set of a pair into the other; whatever the later answers
//! are, it is asked where it may matter for some of them. Elsewhere it is projected out of all pairs, which leaves them disjoint, so
//! that nothing later depends on it. A constraint makes some answers impossible; they are in neither set.

use super::super::Scenarios;
use super::super::diagram::{Full, Set};
use super::facts::{Facts, Supports, variables};
use crate::program::QuestionId;

/// After so many rounds, whether a question is asked has to be known before it, whether or not it matters.
const ROUNDS: usize = 8;

/// Where the questions are asked.
#[derive(Debug)]
pub struct Asking {
    /// The order.
    pub order: Vec<QuestionId>,
    /// Where each is asked, in this order.
    pub asked: Vec<Set>,
}

/// Something to be known before the question at a place.
#[derive(Clone, Copy)]
struct Pair {
    on: Set,
    off: Set,
    before: usize,
}

impl Asking {
    /// For this order, in which a question stands after those that decide whether it can be asked.
    pub fn new(scenarios: &mut Scenarios<'_, '_>, facts: &Facts, order: Vec<QuestionId>) -> Result<Self, Full> {
        // Whether a question can be asked at all has to be known before it, where it matters. Mostly it is; where a constraint lets a
        // deciding question be skipped, it has to be asked for that.
        let mut guarded = vec![Set::NONE; order.len()];
        let mut supports = Supports::default();
        for round in 0.. {
            let (asked, missing) = attempt(scenarios, facts, &order, &guarded, &mut supports)?;
            if missing.iter().all(|set| set.is_empty()) {
                return Ok(Asking { order, asked });
            }
            for (guarded, missing) in guarded.iter_mut().zip(missing) {
                *guarded = if round < ROUNDS { scenarios.diagram.or(*guarded, missing)? } else { Set::ALL };
            }
        }
        unreachable!("with every question guarded nothing is missing")
    }
}

/// Where each question is asked, and where one would be asked of which it is not known whether it can be.
fn attempt(
    scenarios: &mut Scenarios<'_, '_>,
    facts: &Facts,
    order: &[QuestionId],
    guarded: &[Set],
    supports: &mut Supports,
) -> Result<(Vec<Set>, Vec<Set>), Full> {
    let mut open: Vec<Pair> = facts.pairs.iter().map(|&(on, off)| Pair { on, off, before: order.len() }).collect();
    // Whether the question at a place can be asked, as far as the answers before it tell.
    let mut can: Vec<Pair> = Vec::new();
    for (place, &question) in order.iter().enumerate() {
        let asked = scenarios.asked[question.index()];
        if asked == Set::ALL {
            continue;
        }
        let later = variables(scenarios, &order[place..]);
        let diagram = &mut scenarios.diagram;
        let on = diagram.and(scenarios.possible, asked)?;
        let off = diagram.minus(scenarios.possible, asked)?;
        let pair = Pair {
            on: diagram.forget(on, &|var| later[var])?,
            off: diagram.forget(off, &|var| later[var])?,
            before: place,
        };
        if !guarded[place].is_empty() {
            let (on, off) = (diagram.and(pair.on, guarded[place])?, diagram.and(pair.off, guarded[place])?);
            open.push(Pair { on, off, before: place });
        }
        can.push(pair);
    }
    let mut asked = Vec::with_capacity(order.len());
    let mut missing = vec![Set::NONE; order.len()];
    for (place, &question) in order.iter().enumerate() {
        open.retain(|pair| pair.before > place);
        let here = variables(scenarios, &[question]);
        let later = variables(scenarios, &order[place + 1..]);
        let vars = scenarios.space.of(question);
        let diagram = &mut scenarios.diagram;
        let mut matters = Set::NONE;
        for pair in &open {
            if !supports.depends(diagram, pair.on, vars) || !supports.depends(diagram, pair.off, vars) {
                continue;
            }
            let on = diagram.forget(pair.on, &|var| here[var])?;
            let off = diagram.forget(pair.off, &|var| here[var])?;
            let moved = diagram.and(on, off)?;
            let moved = diagram.forget(moved, &|var| later[var])?;
            matters = diagram.or(matters, moved)?;
        }
        if let Some(index) = can.iter().position(|pair| pair.before == place) {
            let pair = can.swap_remove(index);
            let unknown = diagram.all([pair.on, pair.off, matters])?;
            missing[place] = unknown;
        }
        for pair in open.iter_mut().chain(&mut can) {
            for set in [&mut pair.on, &mut pair.off] {
                if supports.depends(diagram, *set, vars) {
                    let without = diagram.forget(*set, &|var| here[var])?;
                    let skipped = diagram.minus(without, matters)?;
                    let known = diagram.and(*set, matters)?;
                    *set = diagram.or(known, skipped)?;
                }
            }
        }
        asked.push(matters);
    }
    Ok((asked, missing))
}
