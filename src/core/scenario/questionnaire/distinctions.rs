//! What a questionnaire has to find out.

use rustc_hash::{FxHashMap, FxHashSet};

use super::super::Scenarios;
use super::super::diagram::{Diagram, Full, Set, Var};
use crate::program::QuestionId;

/// What has to be known: for each thing that may apply, where it does and where it does not.
#[derive(Debug)]
pub struct Distinctions {
    /// Disjoint pairs. Everybody who is possible is in one of the two; who is not possible does not count.
    pub pairs: Vec<(Set, Set)>,
}

impl Distinctions {
    /// Of a bundle: each part for whom it applies, and each exit for whom it is.
    pub fn new(scenarios: &mut Scenarios<'_, '_>) -> Result<Self, Full> {
        let mut exits = Vec::new();
        for (exit, _) in &scenarios.program.exits {
            exits.push(scenarios.holds(&exit.test)?);
        }
        let parts = scenarios.applies.parts();
        let diagram = &mut scenarios.diagram;
        let turned_away = diagram.any(exits.iter().copied())?;
        let stays = diagram.not(turned_away)?;
        let mut seen = FxHashSet::default();
        let mut pairs = Vec::new();
        let sets = parts.into_iter().map(|part| (part, stays)).chain(exits.into_iter().map(|exit| (exit, Set::ALL)));
        for (set, within) in sets {
            let on = diagram.and(set, within)?;
            let off = diagram.not(on)?;
            let differs = diagram.meet(on, scenarios.possible)? && diagram.meet(off, scenarios.possible)?;
            if differs && seen.insert(on) {
                pairs.push((on, off));
            }
        }
        Ok(Distinctions { pairs })
    }
}

/// The variables that sets depend on, remembered.
#[derive(Debug, Default)]
pub(super) struct Supports {
    known: FxHashMap<Set, Box<[Var]>>,
}

impl Supports {
    /// Whether a set depends on one of these variables.
    pub(super) fn depends(&mut self, diagram: &Diagram, set: Set, vars: &[bool]) -> bool {
        self.of(diagram, set).iter().any(|&var| vars[var])
    }

    /// The variables that a set depends on, ascending.
    pub(super) fn of(&mut self, diagram: &Diagram, set: Set) -> &[Var] {
        self.known.entry(set).or_insert_with(|| diagram.support(set).into())
    }

    /// Without what only these variables tell.
    pub(super) fn forget(&mut self, diagram: &mut Diagram, set: Set, vars: &[bool]) -> Result<Set, Full> {
        if self.depends(diagram, set, vars) { diagram.forget(set, &|var| vars[var]) } else { Ok(set) }
    }
}

/// Which variables belong to some questions.
pub(super) fn variables(scenarios: &Scenarios<'_, '_>, questions: &[QuestionId]) -> Vec<bool> {
    let mut found = vec![false; scenarios.diagram.variables()];
    for &question in questions {
        for &var in scenarios.space.of(question) {
            found[var] = true;
        }
    }
    found
}
