//! Constraints and exits: whether anybody is left, and which of them say nothing.

use super::Part;
use crate::scenario::{Full, Scenarios, Set};

/// What constraints and exits come to.
#[derive(Debug, Default)]
pub struct Whole {
    /// Constraints that together rule out every answer; none of them can be left out. Empty if something is possible.
    pub contradiction: Vec<Part>,
    /// Exits that together turn everybody away; none of them can be left out. Empty if somebody is served.
    pub nobody_served: Vec<Part>,
    /// Constraints and exits that rule out nobody.
    pub idle: Vec<Idle>,
}

/// A constraint or an exit that changes nothing.
#[derive(Debug)]
pub struct Idle {
    /// Which.
    pub part: Part,
    /// Those that rule the same out already; none if its condition never holds by itself.
    pub because: Vec<Part>,
}

/// Constraints and exits as sets.
#[derive(Debug)]
pub(super) struct Ground {
    /// What each constraint rules out.
    pub constraints: Vec<(Part, Set)>,
    /// Whom each exit turns away, possible or not.
    pub exits: Vec<(Part, Set)>,
}

impl Ground {
    pub(super) fn new(scenarios: &mut Scenarios<'_, '_>) -> Result<Self, Full> {
        let program = scenarios.program;
        let mut ground = Ground { constraints: Vec::new(), exits: Vec::new() };
        for (index, (never, _)) in program.constraints.iter().enumerate() {
            ground.constraints.push((Part::Constraint(index), scenarios.holds(&never.test)?));
        }
        for (index, (exit, _)) in program.exits.iter().enumerate() {
            ground.exits.push((Part::Exit(index), scenarios.holds(&exit.test)?));
        }
        Ok(ground)
    }

    /// Constraints and, if they do not suffice, exits that together rule out `base`; none of them can be left out. `None` if they
    /// leave something of it.
    pub(super) fn ruling_out(&self, scenarios: &mut Scenarios<'_, '_>, base: Set) -> Result<Option<Vec<Part>>, Full> {
        if let Some(found) = scenarios.cover(base, &self.constraints)? {
            return Ok(Some(found));
        }
        let all: Vec<_> = self.constraints.iter().chain(&self.exits).copied().collect();
        scenarios.cover(base, &all)
    }
}

impl Scenarios<'_, '_> {
    /// Candidates that together hold all of `base`, none of which can be left out; `None` if all of them do not.
    pub(super) fn cover(&mut self, base: Set, candidates: &[(Part, Set)]) -> Result<Option<Vec<Part>>, Full> {
        let mut chosen: Vec<(Part, Set)> = Vec::new();
        let mut rest = base;
        for &(part, set) in candidates {
            if rest.is_empty() {
                break;
            }
            let less = self.diagram.minus(rest, set)?;
            if less != rest {
                chosen.push((part, set));
                rest = less;
            }
        }
        if !rest.is_empty() {
            return Ok(None);
        }
        let mut index = 0;
        while index < chosen.len() {
            let others = chosen.iter().enumerate().filter(|(other, _)| *other != index).map(|(_, (_, set))| *set);
            let others = self.diagram.any(others)?;
            if self.diagram.within(base, others)? {
                chosen.remove(index);
            } else {
                index += 1;
            }
        }
        Ok(Some(chosen.into_iter().map(|(part, _)| part).collect()))
    }

    pub(super) fn prove_whole(&mut self, ground: &Ground) -> Result<Whole, Full> {
        let mut whole = Whole::default();
        if self.possible.is_empty() {
            whole.contradiction = self.cover(Set::ALL, &ground.constraints)?.unwrap_or_default();
            return Ok(whole);
        }
        if self.served.is_empty() {
            whole.nobody_served = self.cover(self.possible, &ground.exits)?.unwrap_or_default();
            return Ok(whole);
        }
        // From the last to the first: of two that say the same the later one is too many. A constraint is not judged by exits.
        let mut kept = ground.constraints.clone();
        self.find_idle(&mut kept, &ground.constraints, &mut whole.idle)?;
        kept.extend(&ground.exits);
        self.find_idle(&mut kept, &ground.exits, &mut whole.idle)?;
        whole.idle.sort_by_key(|idle| idle.part);
        Ok(whole)
    }

    /// Takes those of `judged` out of `kept` that the rest makes idle.
    fn find_idle(
        &mut self,
        kept: &mut Vec<(Part, Set)>,
        judged: &[(Part, Set)],
        idle: &mut Vec<Idle>,
    ) -> Result<(), Full> {
        for &(part, set) in judged.iter().rev() {
            let others: Vec<_> = kept.iter().filter(|(other, _)| *other != part).copied().collect();
            if let Some(because) = self.cover(set, &others)? {
                idle.push(Idle { part, because });
                *kept = others;
            }
        }
        Ok(())
    }
}
