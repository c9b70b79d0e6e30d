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
mod timing;
mod trial;

pub use claims::{Amount, Claim, Measured, figure};
pub use counts::{Figures, count, is_shared, needs_presence};
pub use extremes::{Extreme, Extremes, Figure, Promise, Range, Verdict, Worst};
pub use form::{MergedField, Occurrence, merge_fields};
pub use ledger::{Content, Entry, Fate, Ledger, Mechanism, Reason, Sums, by_itself};
pub use schedule::{Core, Schedule, Task};
pub use timing::{Contested, ItemTiming, Joint, Length, Odd, StageTiming, Timing, Wait};
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
    /// Works out a case by itself; [`Outcome::with`] is quicker for several.
    pub fn new(program: &Program<'_>, case: Case) -> Self {
        Outcome::with(program, &Timing::new(program), case)
    }

    /// Works out a case.
    pub fn with(program: &Program<'_>, timing: &Timing, case: Case) -> Self {
        let ledger = Ledger::new(program, &case);
        let schedule = Schedule::new(program, timing, &case);
        let (before, after) = count(program, timing, &case, &ledger, &schedule);
        Outcome { case, ledger, schedule, before, after }
    }

    /// The named scenarios, in the order written.
    pub fn named(program: &Program<'_>, timing: &Timing) -> Vec<Outcome> {
        let cases = program.scenarios.iter().map(|scenario| {
            let without: Vec<ItemId> = scenario.without.iter().map(|at| at.value).collect();
            Case::new(program, scenario.name.value.clone(), scenario.answers.clone(), &without)
        });
        cases.map(|case| Outcome::with(program, timing, case)).collect()
    }

    /// Everything at once (全口径).
    pub fn widest(program: &Program<'_>) -> Outcome {
        Outcome::new(program, Case::widest(program))
    }
}
