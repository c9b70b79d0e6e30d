//! What holds in every scenario, and where it does not: facts, each with a smallest example, as plain data.
//!
//! Who is meant by “applies”: somebody who is served and takes every item that applies. An item that is not mandatory (必办) may
//! be left out; what is proved about preconditions holds for whatever the applicant takes.
//!
//! One root cause is said once: nothing is blamed for a question never asked, an answer never given, an item that never applies. A
//! precondition that does not apply is no fault where another of the same item takes its place; where a duty begins with a threshold there
//! is no gap below it.

mod gaps;
mod measures;
mod order;
mod papers;
mod part;
mod reach;
mod unasked;
mod whole;

pub use gaps::{Gap, Overlap, OverlapKind};
pub use measures::{IdleMeasure, Ineffective, Separate};
pub use order::{Hidden, Lacking, Order, Reclaimed};
pub use papers::Unpaired;
pub use part::Part;
#[cfg(test)]
pub use reach::Fixed;
pub use reach::Reach;
pub use unasked::Unasked;
pub use whole::Whole;

use super::diagram::Full;
use super::{Scenarios, Standing};
use part::conditional;
use whole::Ground;

/// What was proved about a bundle over all its scenarios.
#[derive(Debug, Default)]
pub struct Proofs {
    /// Constraints and exits. If they leave nobody, nothing else is known.
    pub whole: Whole,
    /// What can never apply, and what always does.
    pub reach: Reach,
    /// Conditions that look at a question where it is not asked.
    pub unasked: Vec<Unasked>,
    /// Answers with which no item can apply.
    pub gaps: Vec<Gap>,
    /// Alternatives that apply together.
    pub overlaps: Vec<Overlap>,
    /// What comes first.
    pub order: Order,
    /// An agent's papers of which one is missing.
    pub unpaired: Vec<Unpaired>,
    /// Measures that change nothing.
    pub idle_measures: Vec<IdleMeasure>,
    /// Stages that could be joint.
    pub separate: Vec<Separate>,
    /// What becomes of those whom each named scenario (典型情形) speaks of.
    pub standings: Vec<Standing>,
}

impl Scenarios<'_, '_> {
    /// Proves what can be proved.
    pub fn prove(&mut self) -> Result<Proofs, Full> {
        let ground = Ground::new(self)?;
        let whole = self.prove_whole(&ground)?;
        if self.served.is_empty() {
            return Ok(Proofs { whole, ..Proofs::default() });
        }
        Ok(Proofs {
            whole,
            reach: self.prove_reach(&ground)?,
            unasked: self.prove_unasked()?,
            gaps: self.prove_gaps()?,
            overlaps: self.prove_overlaps()?,
            order: self.prove_order()?,
            unpaired: self.prove_papers()?,
            idle_measures: self.prove_measures()?,
            separate: self.prove_separate()?,
            standings: self
                .program
                .scenarios
                .iter()
                .map(|scenario| self.standing(&scenario.answers))
                .collect::<Result<_, _>>()?,
        })
    }
}
