//! Papers that government bodies issue and that still have to be handed in after the reform.

use rustc_hash::FxHashSet;

use crate::facts::Facts;
use crate::model::{Origin, Str};
use crate::program::{AgencyId, Identity, Row};
use crate::reform::Entry;
use crate::source::Span;

/// A row that asks for what a government body issues.
pub struct GovernmentPaper<'a> {
    /// The entry in the widest ledger.
    pub entry: &'a Entry,
    /// The row.
    pub row: &'a Row,
    /// Document and holder.
    pub identity: &'a Identity,
    /// Who issues it, as people call it.
    pub issuer: Str,
    /// Whether the agency that asks for it issues it.
    pub own: bool,
}

/// All such rows, in order. Left out: an item's own result (handed back when it is renewed or changed), and what an item of the
/// bundle produces without coming first, which is said elsewhere.
pub fn still_asked_for<'a>(facts: &'a Facts<'_>) -> Vec<GovernmentPaper<'a>> {
    let program = facts.program;
    let ledger = &facts.widest().ledger;
    let hidden = facts.proofs().map_or(&[][..], |proofs| &proofs.order.hidden);
    let hidden: FxHashSet<Span> = hidden.iter().map(|hidden| hidden.row.span(program)).collect();
    let mut found = Vec::new();
    for (index, entry) in ledger.entries.iter().enumerate() {
        let (Some(row), Some(identity)) = (entry.row(program), &entry.identity) else { continue };
        if !ledger.entries[ledger.standing(index)].is_after() {
            continue;
        }
        let mut producers = identity.any_of.iter().flat_map(|&document| program.producers(document));
        let own = producers.any(|(producer, _)| producer == entry.item);
        if own || hidden.contains(&entry.span) {
            continue;
        }
        let issuers: Option<Vec<AgencyId>> = match row.written.issuer.as_ref() {
            Some(name) => program.workspace.find_agency(&name.value).map(|id| vec![id]),
            None => {
                let all = identity.any_of.iter().map(|&id| program.workspace.material(id).issuer.map(|at| at.value));
                all.collect()
            }
        };
        let origin = row.written.origin.as_ref().map(|at| at.value);
        let issuer = match &issuers {
            // The author says that it is not: the contradiction, if it is one, is another matter.
            _ if matches!(origin, Some(Origin::Applicant | Origin::Other)) => continue,
            // A bank or a court is no government body.
            Some(ids) if ids.iter().all(|&id| program.workspace.agency_of(id).is_outside()) => continue,
            Some(ids) => {
                let mut names: Vec<&str> = ids.iter().map(|&id| &*program.workspace.agency_of(id).name.value).collect();
                names.dedup();
                names.join("、").into()
            }
            None if origin == Some(Origin::Government) => "政府部门".into(),
            None => continue,
        };
        let asks = program.item(entry.item).agency.map(|at| at.value);
        let own = issuers.is_some_and(|ids| ids.iter().all(|&id| Some(id) == asks));
        found.push(GovernmentPaper { entry, row, identity, issuer, own });
    }
    found
}

/// The papers that some agency asks for although it issues them itself.
pub fn self_issued<'a>(rows: &[GovernmentPaper<'a>]) -> FxHashSet<&'a Identity> {
    rows.iter().filter(|row| row.own).map(|row| row.identity).collect()
}
