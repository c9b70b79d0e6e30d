//! What one scenario comes to: every material row and what becomes of it, the schedule, the counts before and after.
//!
//! Rules and the plan read the same outcome, so that a finding and a report can never disagree. Before and after are always of
//! the same case.

mod claims;
mod counts;
mod extremes;
mod form;
mod ledger;
mod schedule;
mod trial;

pub use claims::{Amount, Claim, Measured, figure};
pub use counts::{Figures, count};
pub use extremes::Extremes;
pub use form::{MergedField, Occurrence, merge_fields};
pub use ledger::{Content, Entry, Fate, Ledger, Mechanism, Reason, Sums};
pub use schedule::{Core, Schedule, Task};
pub use trial::Trial;

use crate::program::{Case, ItemId, Program};

/// What one case comes to.
#[derive(Debug)]
pub struct Outcome {
    /// The case.
    pub case: Case,
    /// Material rows, before and after.
    pub ledger: Ledger,
    /// Time.
    pub schedule: Schedule,
    /// The counts as things are run today.
    pub before: Figures,
    /// The counts after the reform.
    pub after: Figures,
}

impl Outcome {
    /// Works out a case.
    pub fn new(program: &Program<'_>, case: Case) -> Self {
        let ledger = Ledger::new(program, &case);
        let schedule = Schedule::new(program, &case);
        let (before, after) = count(program, &case, &ledger, &schedule);
        Outcome { case, ledger, schedule, before, after }
    }

    /// The named scenarios, in the order written.
    pub fn named(program: &Program<'_>) -> Vec<Outcome> {
        let cases = program.scenarios.iter().map(|scenario| {
            let without: Vec<ItemId> = scenario.without.iter().map(|at| at.value).collect();
            Case::new(program, scenario.name.value.clone(), scenario.answers.clone(), &without)
        });
        cases.map(|case| Outcome::new(program, case)).collect()
    }

    /// Everything at once (全口径).
    pub fn widest(program: &Program<'_>) -> Outcome {
        Outcome::new(program, Case::widest(program))
    }
}
