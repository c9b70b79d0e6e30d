//! In which order to ask: first what makes most other questions pointless, then small changes as long as they help.
//!
//! Single questions are moved within a bounded number of looks; at equal cost the author's order stands.

use num_bigint::BigUint;

use super::super::Scenarios;
use super::super::diagram::{Full, Var};
use super::asking::Asking;
use super::distinctions::{Distinctions, Supports, variables};
use super::weights::Weights;
use crate::program::QuestionId;

/// What improving an order may cost, in steps of the diagram. What is found until then is kept.
const STEPS: usize = 200_000;
/// How often something to be known is looked at in order to improve the order.
const LOOKS: usize = 20_000;

/// A good order of all questions: first those that cannot matter (they will never be asked), then the others, each after those that
/// decide whether it can be asked.
pub(super) fn order(
    scenarios: &mut Scenarios<'_, '_>,
    distinctions: &Distinctions,
    weights: &mut Weights,
) -> Result<Vec<QuestionId>, Full> {
    let relevance = Relevance::new(scenarios, distinctions)?;
    let first = relevance.order(scenarios, weights);
    let fixed = relevance.matters.iter().filter(|matters| !**matters).count();
    let kept = scenarios.diagram.lend(STEPS);
    let mut search = Search { scenarios, distinctions, weights, looks: LOOKS };
    let found = search.improve(first.clone(), fixed).map(|(order, cost)| search.as_written(order, cost, fixed));
    scenarios.diagram.give_back(kept);
    Ok(found.unwrap_or(first))
}

/// What knowing one question says about others.
struct Relevance {
    /// Whether a question can matter at all.
    matters: Vec<bool>,
    /// By question, by variable, by value: whether the question can still matter then.
    given: Vec<Vec<Vec<bool>>>,
}

impl Relevance {
    fn new(scenarios: &mut Scenarios<'_, '_>, distinctions: &Distinctions) -> Result<Self, Full> {
        let questions = scenarios.program.questions.len();
        let count = scenarios.diagram.variables();
        let none: Vec<Vec<bool>> = (0..count).map(|var| vec![false; scenarios.diagram.values(var) as usize]).collect();
        let mut found = Relevance { matters: vec![false; questions], given: vec![none; questions] };
        let mut supports = Supports::default();
        for &(on, off) in &distinctions.pairs {
            for index in 0..questions {
                let vars = variables(scenarios, &[index.into()]);
                let diagram = &mut scenarios.diagram;
                if !supports.depends(diagram, on, &vars) && !supports.depends(diagram, off, &vars) {
                    continue;
                }
                let (on, off) = (supports.forget(diagram, on, &vars)?, supports.forget(diagram, off, &vars)?);
                let moved = diagram.and(on, off)?;
                if !diagram.meet(moved, scenarios.possible)? {
                    continue;
                }
                found.matters[index] = true;
                let support: Vec<Var> = supports.of(diagram, moved).to_vec();
                for (var, given) in found.given[index].iter_mut().enumerate() {
                    if !support.contains(&var) {
                        given.fill(true);
                    } else if given.contains(&false) {
                        let alone = diagram.forget(moved, &|other| other != var)?;
                        for (value, given) in given.iter_mut().enumerate() {
                            *given |= !diagram.child(alone, var, value as u32).is_empty();
                        }
                    }
                }
            }
        }
        // A question that decides whether another can be asked may be needed for that alone.
        for question in scenarios.program.question_order().into_iter().rev() {
            if found.matters[question.index()] {
                for first in scenarios.program.question(question).depends_on() {
                    found.matters[first.index()] = true;
                }
            }
        }
        Ok(found)
    }

    /// How many questions it saves to know the answer to this one, in millionths.
    fn saves(&self, scenarios: &Scenarios<'_, '_>, weights: &Weights, question: QuestionId) -> u64 {
        let of_var = |var: &Var| -> u64 {
            let total: BigUint = weights.values[*var].iter().sum();
            let others = (0..self.given.len()).filter(|&other| other != question.index() && self.matters[other]);
            let saved = others.map(|other| {
                let pointless = self.given[other][*var].iter().zip(&weights.values[*var]);
                let part: BigUint = pointless.filter(|(given, _)| !**given).map(|(_, weight)| weight).sum();
                u64::try_from(part * 1_000_000u32 / &total).unwrap_or(0)
            });
            saved.sum()
        };
        scenarios.space.of(question).iter().map(of_var).max().unwrap_or(0)
    }

    fn order(&self, scenarios: &Scenarios<'_, '_>, weights: &Weights) -> Vec<QuestionId> {
        let program = scenarios.program;
        let mut open: Vec<(QuestionId, u64)> = program
            .question_order()
            .into_iter()
            .filter(|id| self.matters[id.index()])
            .map(|id| (id, self.saves(scenarios, weights, id)))
            .collect();
        let mut order: Vec<QuestionId> = program.question_order();
        order.retain(|id| !self.matters[id.index()]);
        while !open.is_empty() {
            let ready = |id: QuestionId| {
                program.question(id).depends_on().iter().all(|first| !open.iter().any(|(other, _)| other == first))
            };
            let mut best: Option<usize> = None;
            for (place, &(id, saves)) in open.iter().enumerate() {
                if ready(id) && best.is_none_or(|best| saves > open[best].1) {
                    best = Some(place);
                }
            }
            // Questions that wait for each other were reported.
            order.push(open.remove(best.unwrap_or(0)).0);
        }
        order
    }
}

struct Search<'a, 'p, 'w> {
    scenarios: &'a mut Scenarios<'p, 'w>,
    distinctions: &'a Distinctions,
    weights: &'a mut Weights,
    looks: usize,
}

impl Search<'_, '_, '_> {
    /// Moves single questions, except the first `fixed`, as long as that lowers the number asked; `None` if not even the first order
    /// could be weighed.
    fn improve(&mut self, first: Vec<QuestionId>, fixed: usize) -> Option<(Vec<QuestionId>, BigUint)> {
        let mut best = first;
        let mut least = self.cost(&best).ok()??;
        'again: loop {
            for from in fixed..best.len() {
                for to in fixed..best.len() {
                    if from == to {
                        continue;
                    }
                    let mut order = best.clone();
                    let moved = order.remove(from);
                    order.insert(to, moved);
                    if !self.is_askable(&order) {
                        continue;
                    }
                    match self.cost(&order) {
                        Ok(Some(cost)) if cost < least => {
                            (best, least) = (order, cost);
                            continue 'again;
                        }
                        Ok(Some(_)) => {}
                        Ok(None) | Err(Full) => return Some((best, least)),
                    }
                }
            }
            return Some((best, least));
        }
    }

    /// Neighbours as the author wrote them, where that does not cost more.
    fn as_written(&mut self, mut best: Vec<QuestionId>, least: BigUint, fixed: usize) -> Vec<QuestionId> {
        let mut place = fixed;
        while place + 1 < best.len() {
            if best[place] > best[place + 1] {
                let mut order = best.clone();
                order.swap(place, place + 1);
                if self.is_askable(&order) {
                    match self.cost(&order) {
                        Ok(Some(cost)) if cost <= least => {
                            best = order;
                            place = place.saturating_sub(1).max(fixed);
                            continue;
                        }
                        Ok(Some(_)) => {}
                        Ok(None) | Err(Full) => return best,
                    }
                }
            }
            place += 1;
        }
        best
    }

    /// How many questions are asked, times the weight of everybody; `None` once enough was tried.
    fn cost(&mut self, order: &[QuestionId]) -> Result<Option<BigUint>, Full> {
        let Some(left) = self.looks.checked_sub(self.distinctions.pairs.len() * order.len()) else { return Ok(None) };
        self.looks = left;
        let asking = Asking::new(self.scenarios, self.distinctions, order.to_vec())?;
        let mut total = BigUint::ZERO;
        for asked in asking.asked {
            let who = self.scenarios.diagram.and(asked, self.scenarios.possible)?;
            total += self.weights.weigh(&self.scenarios.diagram, who);
        }
        Ok(Some(total))
    }

    /// Whether each question stands after those that decide whether it can be asked.
    fn is_askable(&self, order: &[QuestionId]) -> bool {
        let program = self.scenarios.program;
        let place = |id: QuestionId| order.iter().position(|other| *other == id);
        order.iter().enumerate().all(|(own, &id)| {
            program.question(id).depends_on().into_iter().all(|first| place(first).is_none_or(|first| first < own))
        })
    }
}
