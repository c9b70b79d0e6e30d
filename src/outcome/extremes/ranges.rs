//! The least and the greatest of every figure, with the scenario that attains it.

use rustc_hash::FxHashMap;

use super::best::shortest;
use super::network::Network;
use super::optimum::{Optimum, greatest};
use super::sums::{Sum, Sums};
use super::worst::{Choice, longest};
use super::{Figure, Outcome};
use crate::expr::Number;
use crate::outcome::timing::Timing;
use crate::program::Case;
use crate::scenario::{Full, Scenarios, Set, Var, Witness};

/// How much may be computed for one extreme.
const EFFORT: usize = 60_000;

/// The extremes of a figure on one side.
#[derive(Debug)]
pub struct Range {
    /// Which figure.
    pub figure: Figure,
    /// After the reform, or before.
    pub after: bool,
    /// The least and the greatest; `None` if the figure is not known in some scenario.
    pub ends: Option<[Extreme; 2]>,
}

/// An extreme.
#[derive(Debug)]
pub struct Extreme {
    /// The figure in a scenario that attains it.
    pub value: Number,
    /// What no scenario goes beyond. The same, unless the conditions are too entangled to find out exactly.
    pub bound: Number,
    /// Who attains it: answers that everybody gives who is meant. The others do not matter.
    pub witness: Witness,
    /// That scenario, among those attained.
    pub outcome: usize,
}

/// All ranges.
pub struct Ranges {
    /// By figure, before and after.
    pub ranges: Vec<Range>,
    /// The scenarios that attain them, each once.
    pub attained: Vec<Outcome>,
}

/// A sum without what is the same everywhere, in whole numbers.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
struct Parts(Vec<(i64, Set)>);

/// Where a sum is greatest or least: found, not exceeded, by whom.
#[derive(Debug, Clone)]
struct End {
    value: i64,
    bound: i64,
    values: Vec<u32>,
    witness: Witness,
}

struct Finder<'s, 'p, 'w> {
    scenarios: &'s mut Scenarios<'p, 'w>,
    timing: &'s Timing,
    /// Everybody who is served is in all of these.
    within: Vec<Set>,
    /// Figures are often the same sum.
    known: FxHashMap<(Parts, bool), End>,
    attained: Vec<Outcome>,
}

impl Ranges {
    /// Over everybody who is served, who takes every item that applies.
    pub fn new(
        scenarios: &mut Scenarios<'_, '_>,
        timing: &Timing,
        network: &Network,
        sums: &Sums,
    ) -> Result<Self, Full> {
        let mut within = Vec::new();
        let program = scenarios.program;
        for cond in program.constraints.iter().map(|(never, _)| never).chain(program.exits.iter().map(|(exit, _)| exit))
        {
            let never = scenarios.when(Some(cond))?;
            within.push(scenarios.diagram.not(never)?);
        }
        let mut finder = Finder { scenarios, timing, within, known: FxHashMap::default(), attained: Vec::new() };
        let mut ranges = Vec::new();
        for figure in Figure::ALL {
            for after in [false, true] {
                let ends = match (figure, after) {
                    (Figure::Days, true) => finder.days(network)?,
                    (Figure::Days, false) => finder.ends(&sums.serial)?,
                    (Figure::Materials, _) => finder.ends(&sums.materials[usize::from(after)])?,
                    (Figure::DistinctMaterials, false) => finder.ends(&sums.distinct)?,
                    (Figure::DistinctMaterials, true) => finder.ends(&sums.materials[1])?,
                    (Figure::Forms, _) => finder.ends(&sums.forms[usize::from(after)])?,
                    (Figure::Fields, _) => finder.ends(&sums.fields[usize::from(after)])?,
                    (Figure::Steps, _) => finder.ends(&sums.steps[usize::from(after)])?,
                    (Figure::Visits, _) => finder.ends(&sums.visits[usize::from(after)])?,
                };
                if let Some(ends) = &ends {
                    for end in ends {
                        let outcome = &finder.attained[end.outcome];
                        let figures = if after { &outcome.after } else { &outcome.before };
                        debug_assert_eq!(figure.of(figures), Some(end.value), "{figure:?} {after} {:?}", outcome.case);
                    }
                }
                ranges.push(Range { figure, after, ends });
            }
        }
        Ok(Ranges { ranges, attained: finder.attained })
    }
}

impl Finder<'_, '_, '_> {
    /// The critical path.
    fn days(&mut self, network: &Network) -> Result<Option<[Extreme; 2]>, Full> {
        if !network.unknown.is_empty() || !network.cyclic.is_empty() {
            return Ok(None);
        }
        let served = self.scenarios.served;
        let least = shortest(self.scenarios, network, served)?;
        let greatest = longest(self.scenarios, network, served, Choice::Everything)?;
        let (Some((least, where_least)), Some(greatest)) = (least, greatest) else { return Ok(None) };
        let mut ends = Vec::new();
        for (value, set) in [(least, where_least), (greatest.length, greatest.set)] {
            let Some(witness) = self.scenarios.witness(set, served)? else { return Ok(None) };
            let given = self.scenarios.given_by(&witness)?;
            let given = self.scenarios.diagram.and(given, set)?;
            let Some(values) = self.scenarios.values(given) else { return Ok(None) };
            let outcome = self.attained(&values);
            ends.push(Extreme { value, bound: value, witness, outcome });
        }
        Ok(ends.try_into().ok())
    }

    /// The extremes of a sum.
    fn ends(&mut self, sum: &Sum) -> Result<Option<[Extreme; 2]>, Full> {
        let served = self.scenarios.served;
        if self.scenarios.diagram.meet(sum.unknown, served)? {
            return Ok(None);
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
            let Some(end) = self.end(&parts, most)? else { return Ok(None) };
            let number = |value: i64| Number::fraction(value + sure, unit).ok_or(Full);
            let outcome = self.attained(&end.values);
            ends.push(Extreme { value: number(end.value)?, bound: number(end.bound)?, witness: end.witness, outcome });
        }
        Ok(ends.try_into().ok())
    }

    fn end(&mut self, parts: &Parts, most: bool) -> Result<Option<End>, Full> {
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
        let mut set = self.scenarios.served;
        for &(var, value) in &answers {
            let literal = self.scenarios.diagram.literal(var, |own| own == value)?;
            set = self.scenarios.diagram.and(set, literal)?;
        }
        let Some(mut values) = self.scenarios.values(set) else { return Ok(None) };
        let mut value = self.value(&sets, &values);
        debug_assert!(best.is_none_or(|best| best == value), "{best:?} {value}");
        let witness = if value == bound {
            let needed = self.needed(&sets, answers)?;
            self.scenarios.witness(needed, self.scenarios.served)?
        } else {
            value = self.climb(&sets, &mut values, value);
            let mut point = Set::ALL;
            for (var, &value) in values.iter().enumerate() {
                let literal = self.scenarios.diagram.literal(var, |own| own == value)?;
                point = self.scenarios.diagram.and(point, literal)?;
            }
            self.scenarios.witness(point, self.scenarios.served)?
        };
        let Some(witness) = witness else { return Ok(None) };
        let real = |value: i64| if most { value } else { total - value };
        let end = End { value: real(value), bound: real(bound), values, witness };
        self.known.insert((parts.clone(), most), end.clone());
        Ok(Some(end))
    }

    fn value(&self, sets: &[(i64, Set)], values: &[u32]) -> i64 {
        let inside = sets.iter().filter(|(_, set)| self.scenarios.diagram.contains(*set, values));
        inside.map(|(weight, _)| weight).sum()
    }

    /// Where those answers are given that are needed for every set to be decided.
    fn needed(&mut self, sets: &[(i64, Set)], mut answers: Vec<(Var, u32)>) -> Result<Set, Full> {
        let served = self.scenarios.served;
        let mut chosen = self.given(&answers)?;
        if sets.len() * answers.len() > 4_000 {
            return Ok(chosen);
        }
        // What was decided last depends on what was decided first.
        let mut index = 0;
        while index < answers.len() {
            let mut fewer = answers.clone();
            fewer.remove(index);
            let set = self.given(&fewer)?;
            let set = self.scenarios.diagram.and(set, served)?;
            let mut decided = true;
            for &(_, own) in sets {
                decided = self.scenarios.diagram.within(set, own)? || !self.scenarios.diagram.meet(set, own)?;
                if !decided {
                    break;
                }
            }
            if decided {
                (answers, chosen) = (fewer, set);
            } else {
                index += 1;
            }
        }
        Ok(chosen)
    }

    fn given(&mut self, answers: &[(Var, u32)]) -> Result<Set, Full> {
        let mut set = Set::ALL;
        for &(var, value) in answers {
            let literal = self.scenarios.diagram.literal(var, |own| own == value)?;
            set = self.scenarios.diagram.and(set, literal)?;
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
        if let Some(known) = self.attained.iter().position(|outcome| outcome.case.answers.as_ref() == Some(&answers)) {
            return known;
        }
        let case = Case::new(self.scenarios.program, "".into(), answers, &[]);
        self.attained.push(Outcome::with(self.scenarios.program, self.timing, case));
        self.attained.len() - 1
    }
}

fn gcd(a: i64, b: i64) -> i64 {
    if b == 0 { a } else { gcd(b, a % b) }
}
