//! What applies to everybody, and what never applies to the same applicant.

use rustc_hash::FxHashSet;

use super::Scenarios;
use super::diagram::Full;
use crate::program::ItemId;

/// What is so for everybody who is served and takes every item that applies.
#[derive(Debug)]
pub struct Company {
    /// By item id: whether it applies to everybody.
    pub always: Vec<bool>,
    /// By item id, by stage: whether it is there wherever the item is.
    pub stages: Vec<Vec<bool>>,
    /// An item and what it waits for, where no applicant has both.
    pub apart: FxHashSet<(ItemId, ItemId)>,
}

impl Scenarios<'_, '_> {
    /// What goes together.
    ///
    /// # Errors
    /// [`Full`] if the budget is used up.
    pub fn company(&mut self) -> Result<Company, Full> {
        let program = self.program;
        let mut company = Company { always: Vec::new(), stages: Vec::new(), apart: FxHashSet::default() };
        for id in program.item_ids() {
            let own = self.applies.items[id.index()].clone();
            let served = self.diagram.and(self.served, own.item)?;
            company.always.push(self.diagram.within(self.served, own.item)?);
            let stages = own.stages.iter().map(|&stage| self.diagram.within(served, stage));
            company.stages.push(stages.collect::<Result<_, _>>()?);
            for (first, ..) in program.preconditions.of(id) {
                let other = self.applies.items[first.index()].item;
                if !self.diagram.meet(served, other)? {
                    company.apart.insert((id, first));
                }
            }
        }
        Ok(company)
    }
}
