//! The reform: what a case comes to before and after it — every material row and what becomes of it, the schedule, the counts.
//!
//! Rules and the plan read the same state, so that a finding and a report can never disagree. Before and after are always of
//! the same case.

mod claims;
mod counts;
mod extremes;
mod figure;
mod form;
mod item;
mod ledger;
mod schedule;
mod trial;

pub use claims::{Amount, Claim, Measured, figure};
pub use counts::{is_shared, needs_presence};
pub use extremes::{Bound, Extremes, PromiseVerdict};
pub use figure::{Figure, Figures, Saved, Savings};
pub use form::{MergedField, merge_fields};
pub use item::{ItemTiming, Joint, Length, StageTiming, Timing};
pub use ledger::{Content, Entry, Fate, Ledger, Mechanism, Reason, Sums, by_itself};
pub use schedule::{Core, Schedule, Task};
pub use trial::Trial;

use crate::program::{Case, InCase, ItemId, Program};

/// What one case comes to.
#[derive(Debug)]
pub struct CaseState {
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
    /// How many agencies it concerns; `None` if some item names none.
    pub agencies: Option<u32>,
}

impl CaseState {
    /// Works out a case by itself; [`CaseState::with`] is quicker for several.
    pub fn new(program: &Program<'_>, case: Case) -> Self {
        CaseState::with(program, &Timing::new(program), case)
    }

    /// Works out a case.
    pub fn with(program: &Program<'_>, timing: &Timing, case: Case) -> Self {
        let mut within = InCase::new(program, &case);
        let Ok(rows) = ledger::asked(&mut within, program);
        let Ok(sums) = counts::Sums::new(&mut within, program, timing, &rows);
        let ledger = Ledger::of(program, &case, &rows);
        let schedule = Schedule::new(program, timing, &case);
        let [before, after] = sums.figures(&schedule);
        debug_assert!(after.materials.is_none_or(|count| count == ledger.sums().after), "{case:?}");
        CaseState { case, ledger, schedule, before, after, agencies: sums.agencies.count() }
    }

    /// The named scenarios, in the order written.
    pub fn named(program: &Program<'_>, timing: &Timing) -> Vec<CaseState> {
        let cases = program.scenarios.iter().map(|scenario| {
            let without: Vec<ItemId> = scenario.without.iter().map(|at| at.value).collect();
            Case::new(program, scenario.name.value.clone(), scenario.answers.clone(), &without)
        });
        cases.map(|case| CaseState::with(program, timing, case)).collect()
    }

    /// Everything at once (全口径).
    pub fn widest(program: &Program<'_>) -> CaseState {
        CaseState::new(program, Case::widest(program))
    }
}
