//! What a questionnaire has to find out.

use rustc_hash::{FxHashMap, FxHashSet};

use super::super::Scenarios;
use super::super::diagram::{Diagram, Full, Set, Var};
use crate::program::QuestionId;

/// What has to be known: for each thing that may apply, where it does and where it does not.
#[derive(Debug)]
pub struct Facts {
    /// Disjoint pairs; together they are everybody who is possible.
    pub pairs: Vec<(Set, Set)>,
}

impl Facts {
    /// Of a bundle: each part for whom it applies, and each exit for whom it is.
    pub fn new(scenarios: &mut Scenarios<'_, '_>) -> Result<Self, Full> {
        let applies = &scenarios.applies;
        let mut parts: Vec<Set> = Vec::new();
        for item in &applies.items {
            parts.push(item.item);
            for list in [&item.stages, &item.forms, &item.materials, &item.results] {
                parts.extend(list);
            }
            parts.extend(item.fields.iter().flatten());
        }
        parts.extend(applies.added.iter().flatten());
        let exits = scenarios.turned_away.clone();
        let mut seen = FxHashSet::default();
        let mut pairs = Vec::new();
        let diagram = &mut scenarios.diagram;
        for (set, within) in
            parts.into_iter().map(|part| (part, scenarios.served)).chain(exits.into_iter().map(|exit| (exit, Set::ALL)))
        {
            let on = diagram.and(set, within)?;
            let off = diagram.minus(scenarios.possible, on)?;
            if !on.is_empty() && !off.is_empty() && seen.insert(on) {
                pairs.push((on, off));
            }
        }
        Ok(Facts { pairs })
    }
}

/// The variables that sets depend on, remembered.
#[derive(Debug, Default)]
pub(super) struct Supports {
    known: FxHashMap<Set, Box<[Var]>>,
}

impl Supports {
    /// Whether a set depends on one of these variables.
    pub(super) fn depends(&mut self, diagram: &Diagram, set: Set, vars: &[Var]) -> bool {
        let support = self.of(diagram, set);
        vars.iter().any(|var| support.binary_search(var).is_ok())
    }

    /// The variables that a set depends on, ascending.
    pub(super) fn of(&mut self, diagram: &Diagram, set: Set) -> &[Var] {
        self.known.entry(set).or_insert_with(|| diagram.support(set).into())
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
