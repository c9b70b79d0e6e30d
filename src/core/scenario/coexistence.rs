//! What applies to everybody, and what never applies to the same applicant.

use rustc_hash::FxHashSet;

use super::Scenarios;
use super::diagram::Full;
use crate::program::ItemId;

/// What is so for everybody who is served and takes every item that applies.
#[derive(Debug)]
pub struct Coexistence {
    /// By item id: whether it applies to everybody.
    pub always: Vec<bool>,
    /// By item id, by stage: whether it is there wherever the item is.
    pub stages: Vec<Vec<bool>>,
    /// An item and what it waits for after the reform, where no applicant has both.
    pub apart: FxHashSet<(ItemId, ItemId)>,
}

impl Scenarios<'_, '_> {
    /// What goes together.
    ///
    /// # Errors
    /// [`Full`] if the budget is used up.
    pub fn coexistence(&mut self) -> Result<Coexistence, Full> {
        let program = self.program;
        let mut coexistence = Coexistence { always: Vec::new(), stages: Vec::new(), apart: FxHashSet::default() };
        for id in program.item_ids() {
            let own = self.applies.items[id.index()].clone();
            let served = self.diagram.and(self.served, own.item)?;
            coexistence.always.push(self.diagram.within(self.served, own.item)?);
            let stages = own.stages.iter().map(|&stage| self.diagram.within(served, stage));
            coexistence.stages.push(stages.collect::<Result<_, _>>()?);
            let mut full = None;
            program.preconditions.each_wait(id, |wait| {
                let other = self.applies.items[wait.first.index()].item;
                match self.diagram.meet(served, other) {
                    Ok(true) => true,
                    Ok(false) => {
                        coexistence.apart.insert((id, wait.first));
                        false
                    }
                    Err(Full) => {
                        full = Some(Full);
                        true
                    }
                }
            });
            if let Some(full) = full {
                return Err(full);
            }
        }
        Ok(coexistence)
    }
}
