//! The least and the greatest of every figure, with the scenario that attains it.

use std::collections::BTreeMap;
use std::rc::Rc;

use rustc_hash::FxHashMap;

use super::super::counts::{Sum, Sums};
use super::best::shortest;
use super::network::Network;
use super::optimum::{Optimum, greatest};
use super::worst::{Choice, longest};
use super::{CaseState, Figure};
use crate::expr::Number;
use crate::program::Case;
use crate::reform::item::Timing;
use crate::scenario::{Full, Scenarios, Set, Var, Witness};

/// How much may be computed for one extreme.
const EFFORT: usize = 10_000;
/// Where more would have to be looked at, answers are not made fewer.
const CHECKS: usize = 4_000;

/// The extremes of a figure on one side.
#[derive(Debug)]
pub struct Range {
    /// Which figure.
    pub figure: Figure,
    /// After the reform, or before.
    pub after: bool,
    /// The least and the greatest; `None` if the figure is not known in some scenario.
    pub ends: Option<[Bound; 2]>,
}

/// An end of a range.
#[derive(Debug)]
pub struct Bound {
    /// The figure in a scenario that attains it.
    pub value: Number,
    /// What no scenario goes beyond. The same, unless the conditions are too entangled to find out exactly.
    pub bound: Number,
    /// Who attains it, and has the same figure on the other side: everybody who is served and gives these answers.
    pub witness: Witness,
    /// Such a scenario, among those attained.
    pub state: usize,
}

/// All ranges.
pub struct Ranges {
    /// By figure, before and after.
    pub ranges: Vec<Range>,
    /// The scenarios that attain them, each once.
    pub attained: Vec<CaseState>,
}

/// A sum without what is the same everywhere, in whole numbers.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
struct Parts(Vec<(i64, Set)>);

/// Where a sum is greatest or least: found, not exceeded, for example by whom.
#[derive(Debug, Clone)]
struct End<N> {
    value: N,
    bound: N,
    values: Vec<u32>,
}

struct Finder<'s, 'p, 'w> {
    scenarios: &'s mut Scenarios<'p, 'w>,
    timing: &'s Timing,
    /// Everybody who is served is in all of these.
    within: Vec<Set>,
    /// Figures are often the same sum.
    known: FxHashMap<(Parts, bool), End<i64>>,
    supports: FxHashMap<Set, Rc<[Var]>>,
    attained: Vec<CaseState>,
}

impl Ranges {
    /// Over everybody who is served, who takes every item that applies.
    pub fn new(
        scenarios: &mut Scenarios<'_, '_>,
        timing: &Timing,
        network: &Network,
        sums: &Sums<Set>,
    ) -> Result<Self, Full> {
        let mut within = Vec::new();
        let program = scenarios.program;
        for cond in program.constraints.iter().map(|(never, _)| never).chain(program.exits.iter().map(|(exit, _)| exit))
        {
            let never = scenarios.when(Some(cond))?;
            within.push(scenarios.diagram.not(never)?);
        }
        let mut finder = Finder {
            scenarios,
            timing,
            within,
            known: FxHashMap::default(),
            supports: FxHashMap::default(),
            attained: Vec::new(),
        };
        let mut ranges = Vec::new();
        for figure in Figure::ALL {
            let sides = match figure {
                Figure::Materials => [&sums.materials[0], &sums.materials[1]],
                Figure::DistinctMaterials => [&sums.distinct, &sums.materials[1]],
                Figure::Days => [&sums.serial, &sums.serial],
                Figure::Forms => [&sums.forms[0], &sums.forms[1]],
                Figure::Fields => [&sums.fields[0], &sums.fields[1]],
                Figure::Steps => [&sums.steps[0], &sums.steps[1]],
                Figure::Visits => [&sums.visits[0], &sums.visits[1]],
            };
            let mut decides: Vec<Set> = sides.iter().flat_map(|sum| &sum.parts).map(|(_, set)| *set).collect();
            decides.sort_unstable();
            decides.dedup();
            for after in [false, true] {
                let mut found = Vec::new();
                match (figure, after) {
                    (Figure::Days, true) => {
                        for (end, set) in finder.paths(network)? {
                            let serial = finder.decided(&decides, &end.values)?;
                            found.push((end, finder.scenarios.diagram.and(set, serial)?));
                        }
                    }
                    _ => {
                        for end in finder.ends(sides[usize::from(after)])? {
                            let mut set = finder.decided(&decides, &end.values)?;
                            if figure == Figure::Days {
                                let tasks = finder.decided(&network.sets(), &end.values)?;
                                set = finder.scenarios.diagram.and(set, tasks)?;
                            }
                            found.push((end, set));
                        }
                    }
                }
                let mut ends = Vec::new();
                for (end, set) in found {
                    let Some(witness) = finder.scenarios.witness(set, finder.scenarios.served)? else { continue };
                    let state = finder.attained(&end.values);
                    let side = &finder.attained[state];
                    let own = figure.of(if after { &side.after } else { &side.before });
                    debug_assert_eq!(own, Some(end.value), "{figure:?} {after} {:?}", side.case);
                    ends.push(Bound { value: end.value, bound: end.bound, witness, state });
                }
                ranges.push(Range { figure, after, ends: ends.try_into().ok() });
            }
        }
        Ok(Ranges { ranges, attained: finder.attained })
    }
}

impl Finder<'_, '_, '_> {
    /// The least and the greatest critical path, and where they are attained; nothing if it is not known everywhere.
    fn paths(&mut self, network: &Network) -> Result<Vec<(End<Number>, Set)>, Full> {
        if !network.unknown.is_empty() || !network.cyclic.is_empty() {
            return Ok(Vec::new());
        }
        let served = self.scenarios.served;
        let least = shortest(self.scenarios, network, served)?;
        let greatest = longest(self.scenarios, network, served, Choice::Everything)?;
        let both = least.into_iter().chain(greatest.map(|longest| (longest.length, longest.set)));
        let end = |(value, set)| Some((End { value, bound: value, values: self.scenarios.values(set)? }, set));
        Ok(both.filter_map(end).collect())
    }

    /// The least and the greatest of a sum; nothing if it is not known everywhere.
    fn ends(&mut self, sum: &Sum<Set>) -> Result<Vec<End<Number>>, Full> {
        let served = self.scenarios.served;
        if self.scenarios.diagram.meet(sum.unknown, served)? {
            return Ok(Vec::new());
        }
        // Weights as whole numbers.
        let mut unit = 1i64;
        for (weight, _) in &sum.parts {
            let (_, denominator) = weight.as_fraction();
            unit = unit.checked_mul(denominator / gcd(unit, denominator)).ok_or(Full)?;
        }
        let mut sure = 0i64;
        let mut parts: Vec<(i64, Set)> = Vec::new();
        for (weight, set) in &sum.parts {
            let (numerator, denominator) = weight.as_fraction();
            let weight = numerator.checked_mul(unit / denominator).filter(|weight| *weight < 1 << 40).ok_or(Full)?;
            if self.scenarios.diagram.within(served, *set)? {
                sure += weight;
            } else if weight != 0 && self.scenarios.diagram.meet(served, *set)? {
                parts.push((weight, *set));
            }
        }
        parts.sort_unstable_by_key(|(_, set)| *set);
        parts.dedup_by(|next, kept| {
            let same = next.1 == kept.1;
            kept.0 += if same { next.0 } else { 0 };
            same
        });
        let parts = Parts(parts);
        let mut ends = Vec::new();
        for most in [false, true] {
            let Some(End { value, bound, values }) = self.end(&parts, most)? else { return Ok(Vec::new()) };
            let number = |value: i64| Number::fraction(value + sure, unit).ok_or(Full);
            ends.push(End { value: number(value)?, bound: number(bound)?, values });
        }
        Ok(ends)
    }

    fn end(&mut self, parts: &Parts, most: bool) -> Result<Option<End<i64>>, Full> {
        if let Some(known) = self.known.get(&(parts.clone(), most)) {
            return Ok(Some(known.clone()));
        }
        let total: i64 = parts.0.iter().map(|(weight, _)| weight).sum();
        let mut sets = parts.0.clone();
        if !most {
            for (_, set) in &mut sets {
                *set = self.scenarios.diagram.not(*set)?;
            }
        }
        let Optimum { best, bound, answers } = greatest(&mut self.scenarios.diagram, &sets, &self.within, EFFORT)?;
        let given = self.given(&answers)?;
        let given = self.scenarios.diagram.and(given, self.scenarios.served)?;
        let Some(mut values) = self.scenarios.values(given) else { return Ok(None) };
        let mut value = self.value(&sets, &values);
        debug_assert!(best.is_none_or(|best| best == value), "{best:?} {value}");
        if value != bound {
            value = self.climb(&sets, &mut values, value);
        }
        let real = |value: i64| if most { value } else { total - value };
        let end = End { value: real(value), bound: real(bound), values };
        self.known.insert((parts.clone(), most), end.clone());
        Ok(Some(end))
    }

    fn value(&self, sets: &[(i64, Set)], values: &[u32]) -> i64 {
        let inside = sets.iter().filter(|(_, set)| self.scenarios.diagram.contains(*set, values));
        inside.map(|(weight, _)| weight).sum()
    }

    /// Where the answers are given, of these, that decide for each set whether one is in it.
    fn decided(&mut self, sets: &[Set], values: &[u32]) -> Result<Set, Full> {
        let served = self.scenarios.served;
        let mut about: BTreeMap<Var, Vec<Set>> = BTreeMap::new();
        for &set in sets {
            for &var in self.support(set).iter() {
                about.entry(var).or_default().push(set);
            }
        }
        // What is served may join answers that no set joins.
        for &var in self.support(served).iter() {
            if let Some(own) = about.get_mut(&var) {
                *own = sets.to_vec();
            }
        }
        let mut answers: Vec<(Var, u32)> = about.keys().map(|&var| (var, values[var])).collect();
        if about.values().map(Vec::len).sum::<usize>() > CHECKS {
            return self.given(&answers);
        }
        let mut index = answers.len();
        while index > 0 {
            index -= 1;
            let (var, _) = answers[index];
            let mut fewer = answers.clone();
            fewer.remove(index);
            let given = self.given(&fewer)?;
            let given = self.scenarios.diagram.and(given, served)?;
            let mut decided = true;
            for &own in &about[&var] {
                decided = self.scenarios.diagram.within(given, own)? || !self.scenarios.diagram.meet(given, own)?;
                if !decided {
                    break;
                }
            }
            if decided {
                answers = fewer;
            }
        }
        self.given(&answers)
    }

    fn support(&mut self, set: Set) -> Rc<[Var]> {
        let diagram = &self.scenarios.diagram;
        self.supports.entry(set).or_insert_with(|| diagram.support(set).into()).clone()
    }

    fn given(&mut self, answers: &[(Var, u32)]) -> Result<Set, Full> {
        let mut answers = answers.to_vec();
        // From the last variable to the first each step is a small one.
        answers.sort_unstable_by_key(|(var, _)| std::cmp::Reverse(*var));
        let mut set = Set::ALL;
        for (var, value) in answers {
            let literal = self.scenarios.diagram.literal(var, |own| own == value)?;
            set = self.scenarios.diagram.and(literal, set)?;
        }
        Ok(set)
    }

    /// Better answers one by one, as long as there are any.
    fn climb(&self, sets: &[(i64, Set)], values: &mut [u32], mut value: i64) -> i64 {
        let diagram = &self.scenarios.diagram;
        for _ in 0..8 {
            let before = value;
            for var in 0..values.len() {
                let mut best = values[var];
                for own in 0..diagram.values(var) {
                    values[var] = own;
                    if diagram.contains(self.scenarios.served, values) {
                        let found = self.value(sets, values);
                        if found > value {
                            (value, best) = (found, own);
                        }
                    }
                }
                values[var] = best;
            }
            if value == before {
                break;
            }
        }
        value
    }

    /// The scenario with these values, worked out once.
    fn attained(&mut self, values: &[u32]) -> usize {
        let answers = self.scenarios.scenario_of(values);
        if let Some(known) = self.attained.iter().position(|state| state.case.answers.as_ref() == Some(&answers)) {
            return known;
        }
        let case = Case::new(self.scenarios.program, "".into(), answers, &[]);
        self.attained.push(CaseState::with(self.scenarios.program, self.timing, case));
        self.attained.len() - 1
    }
}

fn gcd(a: i64, b: i64) -> i64 {
    if b == 0 { a } else { gcd(b, a % b) }
}
