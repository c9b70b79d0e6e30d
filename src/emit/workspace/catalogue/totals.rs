//! Sums over the bundles of a workspace. A bundle counts where its figures before and after are both known; the others are named.
//! Times of different units are never added.

use super::{Catalogue, Entry};
use crate::words::view::{Measured, Worded};
use yijianshi_core::expr::Number;

/// The four that reforms are measured by: papers, time, steps, visits.
pub const FOUR: [Measured; 4] = [Measured::Materials, Measured::Days, Measured::Steps, Measured::Visits];

/// A figure, summed over everything that bundles count (全口径).
#[derive(Debug)]
pub struct Total<'c> {
    /// Which.
    pub measured: Measured,
    /// Its unit.
    pub unit: String,
    /// Before.
    pub before: Number,
    /// After.
    pub after: Number,
    /// Who is counted.
    pub counted: Vec<&'c Entry>,
}

/// The sums of a figure, one a unit, and the bundles that cannot be counted.
pub fn totals(catalogue: &Catalogue, measured: Measured) -> (Vec<Total<'_>>, Vec<&Entry>) {
    let mut totals: Vec<Total<'_>> = Vec::new();
    let mut unknown = Vec::new();
    for entry in &catalogue.entries {
        let widest = &entry.widest;
        let known = measured.of(&widest.before).zip(measured.of(&widest.after));
        let unit = measured.unit_of(widest.unit);
        let place = totals.iter().position(|total| total.unit == unit);
        let total = match place {
            Some(place) => &mut totals[place],
            None => {
                totals.push(Total { measured, unit, before: Number::ZERO, after: Number::ZERO, counted: Vec::new() });
                totals.last_mut().expect("it was just added")
            }
        };
        let sums = known
            .and_then(|(before, after)| Some((total.before.checked_add(before)?, total.after.checked_add(after)?)));
        match sums {
            Some((before, after)) => {
                (total.before, total.after) = (before, after);
                total.counted.push(entry);
            }
            None => unknown.push(entry),
        }
    }
    totals.retain(|total| !total.counted.is_empty());
    (totals, unknown)
}
