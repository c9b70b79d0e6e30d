//! How much there is: scenarios, choices of items, and different combinations of what applies.

use indexmap::IndexMap;
use num_bigint::BigUint;
use rustc_hash::{FxBuildHasher, FxHashMap, FxHashSet};

use super::Scenarios;
use super::diagram::{Diagram, Full, Set, Var};

/// So many different states are kept at a time when combinations are counted, and so many are looked at altogether.
const STATES: usize = 3_000;
const LOOKS: usize = 200_000;
/// And so many steps of the diagram are spent on a number that is good to know.
const STEPS: usize = 500_000;

/// How many different combinations there are.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Distinct {
    /// Of what applies to those who are served.
    pub served: BigUint,
    /// Of the exits (不适用) that apply to the others.
    pub turned_away: BigUint,
}

/// How many scenarios there are. Numbers that take too long to find are `None`.
#[derive(Debug, Default)]
pub struct Sizes {
    /// Possible ones.
    pub possible: BigUint,
    /// Of those who are served.
    pub served: BigUint,
    /// The same, with each choice of the optional items that apply.
    pub choices: Option<BigUint>,
    /// Different combinations of what applies.
    pub distinct: Option<Distinct>,
}

impl Sizes {
    /// Of a bundle.
    pub fn new(scenarios: &mut Scenarios<'_, '_>) -> Result<Self, Full> {
        let (possible, served) = (scenarios.possible, scenarios.served);
        let mut sizes = Sizes {
            possible: scenarios.count_all(possible)?,
            served: scenarios.count_all(served)?,
            ..Sizes::default()
        };
        let kept = scenarios.diagram.lend(STEPS);
        sizes.choices = scenarios.count_choices(served).ok();
        scenarios.diagram.give_back(kept);
        let kept = scenarios.diagram.lend(STEPS);
        sizes.distinct = scenarios.count_distinct().ok();
        scenarios.diagram.give_back(kept);
        Ok(sizes)
    }
}

impl Scenarios<'_, '_> {
    /// How many scenarios a set has, together with each choice of the optional items that apply in it.
    pub fn count_choices(&mut self, set: Set) -> Result<BigUint, Full> {
        // By number of optional items: where so many apply.
        let mut by_number = vec![self.counted(set)?];
        for (index, item) in self.program.items.iter().enumerate() {
            if item.is_mandatory() {
                continue;
            }
            let applies = self.applies.items[index].item;
            let mut more = Set::NONE;
            for here in &mut by_number {
                let moved = self.diagram.and(*here, applies)?;
                let stays = self.diagram.minus(*here, applies)?;
                *here = self.diagram.or(stays, more)?;
                more = moved;
            }
            if !more.is_empty() {
                by_number.push(more);
            }
        }
        let ones = by_number.iter().enumerate().map(|(number, set)| count(&self.diagram, *set) << number);
        Ok(ones.sum())
    }

    /// How many different combinations of what applies there are.
    pub fn count_distinct(&mut self) -> Result<Distinct, Full> {
        let parts = self.applies.parts();
        let served = self.served;
        let outside = self.diagram.minus(self.possible, served)?;
        let exits = self.turned_away.clone();
        Ok(Distinct { served: self.image(parts, served)?, turned_away: self.image(exits, outside)? })
    }

    /// How many different combinations of memberships the scenarios of `within` have.
    fn image(&mut self, sets: Vec<Set>, within: Set) -> Result<BigUint, Full> {
        let mut seen = FxHashSet::default();
        let mut needed: Vec<(Vec<Var>, Set)> = Vec::new();
        for set in sets {
            let inside = self.diagram.and(set, within)?;
            if inside != within && !inside.is_empty() && seen.insert(inside) {
                needed.push((self.diagram.support(set), set));
            }
        }
        // Conditions on the same questions stand together, so that answers can soon be forgotten.
        needed.sort_by_cached_key(|(vars, set)| (vars.last().copied(), vars.first().copied(), *set));
        let mut last = vec![None; self.diagram.variables()];
        for (index, (vars, _)) in needed.iter().enumerate() {
            vars.iter().for_each(|&var| last[var] = Some(index));
        }
        // Combinations so far, by what is left of the scenarios that have them.
        let left = self.diagram.forget(within, &|var| last[var].is_none())?;
        let mut states: IndexMap<Set, BigUint, FxBuildHasher> = IndexMap::default();
        if !left.is_empty() {
            states.insert(left, BigUint::from(1u32));
        }
        let mut looked = 0;
        for (index, (_, set)) in needed.into_iter().enumerate() {
            let mut next: IndexMap<Set, BigUint, FxBuildHasher> = IndexMap::default();
            looked += states.len();
            if looked > LOOKS || states.len() > STATES {
                return Err(Full);
            }
            for (left, ways) in states {
                for part in [self.diagram.and(left, set)?, self.diagram.minus(left, set)?] {
                    let part = self.diagram.forget(part, &|var| last[var] == Some(index))?;
                    if !part.is_empty() {
                        *next.entry(part).or_default() += &ways;
                    }
                }
            }
            states = next;
        }
        Ok(states.into_values().sum())
    }

    /// Where a question is not asked only its first answer stands for all.
    pub(super) fn counted(&mut self, set: Set) -> Result<Set, Full> {
        let mut counted = set;
        for index in 0..self.asked.len() {
            for var in self.space.of(index.into()).to_vec() {
                let first = self.diagram.literal(var, |value| value == 0)?;
                let one = self.diagram.or(first, self.asked[index])?;
                counted = self.diagram.and(counted, one)?;
            }
        }
        Ok(counted)
    }

    /// How many scenarios a set has: answers to questions that are not asked do not count.
    pub fn count_all(&mut self, set: Set) -> Result<BigUint, Full> {
        let counted = self.counted(set)?;
        Ok(count(&self.diagram, counted))
    }
}

/// How many of all combinations of answers are in a set.
fn count(diagram: &Diagram, set: Set) -> BigUint {
    fn below(diagram: &Diagram, set: Set, from: Var, known: &mut FxHashMap<Set, BigUint>) -> BigUint {
        if set.is_empty() {
            return BigUint::ZERO;
        }
        let var = diagram.top(set);
        let found = match known.get(&set) {
            Some(found) => found.clone(),
            None if var == diagram.variables() => BigUint::from(1u32),
            None => {
                let values = 0..diagram.values(var);
                let sum = values.map(|value| below(diagram, diagram.child(set, var, value), var + 1, known)).sum();
                known.entry(set).or_insert(sum).clone()
            }
        };
        (from..var).fold(found, |all, var| all * diagram.values(var))
    }
    below(diagram, set, 0, &mut FxHashMap::default())
}
