//! How often answers are given: as the author says (份额), or each answer that a condition tells apart as often as the others.

use num_bigint::BigUint;
use num_integer::Integer;
use num_rational::Ratio;
use rustc_hash::FxHashMap;

use super::super::diagram::{Diagram, Set, Var};
use super::super::{Answer, Scenarios, Space, Variable};
use crate::expr::Number;
use crate::program::{Assignment, Program, Shares, Test};

/// How often the values of each variable are given, as whole numbers.
#[derive(Debug)]
pub struct Weights {
    /// By variable, by value; none is zero.
    pub values: Vec<Vec<BigUint>>,
    totals: Vec<BigUint>,
    below: FxHashMap<Set, BigUint>,
}

/// An exact share or mean.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Chance(Ratio<BigUint>);

impl Weights {
    /// As the bundle says.
    pub fn new(scenarios: &Scenarios<'_, '_>) -> Self {
        let values: Vec<Vec<BigUint>> =
            scenarios.space.variables().iter().map(|variable| whole(&shares(scenarios.program, variable))).collect();
        let totals = values.iter().map(|values| values.iter().sum()).collect();
        Weights { values, totals, below: FxHashMap::default() }
    }

    /// How many of all are in a set.
    pub fn weigh(&mut self, diagram: &Diagram, set: Set) -> BigUint {
        self.from(diagram, set, 0)
    }

    fn from(&mut self, diagram: &Diagram, set: Set, from: Var) -> BigUint {
        if set.is_empty() {
            return BigUint::ZERO;
        }
        let var = diagram.top(set);
        let below = match self.below.get(&set) {
            Some(found) => found.clone(),
            None if var == diagram.variables() => BigUint::from(1u32),
            None => {
                let mut sum = BigUint::ZERO;
                for value in 0..diagram.values(var) {
                    let child = self.from(diagram, diagram.child(set, var, value), var + 1);
                    sum += child * &self.values[var][value as usize];
                }
                self.below.insert(set, sum.clone());
                sum
            }
        };
        self.totals[from..var].iter().fold(below, |all, total| all * total)
    }
}

/// How often the values of a variable are given.
fn shares(program: &Program<'_>, variable: &Variable) -> Vec<Ratio<BigUint>> {
    let one = Ratio::from_integer(BigUint::from(1u32));
    match (&program.question(variable.question).shares, &variable.values[0]) {
        (Shares::Options(shares), _) => shares.iter().map(big).collect(),
        (Shares::Chosen(shares), Answer::Chosen(option, _)) => {
            let share = big(&shares[*option]);
            vec![one - &share, share]
        }
        (Shares::Ranges(ranges), _) => of_ranges(program, variable, ranges),
        (Shares::Even | Shares::Chosen(_), _) => vec![one; variable.values.len()],
    }
}

/// A range's share is divided evenly among what conditions and the ranges together tell apart within it.
fn of_ranges(program: &Program<'_>, variable: &Variable, ranges: &[(Test, Number)]) -> Vec<Ratio<BigUint>> {
    let id = variable.question;
    let cells = Space::refined(program, id, ranges.iter().map(|(test, _)| test));
    let mut found = vec![Ratio::from_integer(BigUint::ZERO); variable.values.len()];
    for (test, share) in ranges {
        let mut answers = Assignment::new(program.questions.len());
        let mut own: Vec<usize> = Vec::new();
        for cell in &cells {
            answers.set(id, cell.example());
            if test.eval(&answers) == Some(true) {
                own.extend(variable.values.iter().position(|value| value.includes(&cell.example())));
            }
        }
        let each = big(share) / BigUint::from(own.len().max(1));
        own.into_iter().for_each(|value| found[value] += &each);
    }
    found
}

/// Not negative, as all shares.
fn big(number: &Number) -> Ratio<BigUint> {
    let (numerator, denominator) = number.as_fraction();
    Ratio::new(BigUint::from(numerator.unsigned_abs()), BigUint::from(denominator.unsigned_abs()))
}

/// The same ratios in whole numbers.
fn whole(shares: &[Ratio<BigUint>]) -> Vec<BigUint> {
    let all = shares.iter().fold(BigUint::from(1u32), |all, share| all.lcm(share.denom()));
    shares.iter().map(|share| share.numer() * (&all / share.denom())).collect()
}

impl Chance {
    /// `part / whole`. Nothing is none of nothing.
    pub(super) fn new(part: BigUint, whole: &BigUint) -> Chance {
        if *whole == BigUint::ZERO { Chance::default() } else { Chance(Ratio::new(part, whole.clone())) }
    }

    /// Numerator and denominator in lowest terms.
    pub fn as_fraction(&self) -> (&BigUint, &BigUint) {
        (self.0.numer(), self.0.denom())
    }

    /// Rounded to `places` decimals, halves up.
    pub fn to_fixed(&self, places: u32) -> String {
        let scaled = self.0.numer() * BigUint::from(10u32).pow(places) * 2u32 + self.0.denom();
        let rounded = (scaled / (self.0.denom() * 2u32)).to_string();
        let digits = format!("{rounded:0>width$}", width = places as usize + 1);
        let (whole, decimals) = digits.split_at(digits.len() - places as usize);
        if places == 0 { whole.to_owned() } else { format!("{whole}.{decimals}") }
    }
}

impl Default for Chance {
    fn default() -> Self {
        Chance(Ratio::new_raw(BigUint::ZERO, BigUint::from(1u32)))
    }
}
