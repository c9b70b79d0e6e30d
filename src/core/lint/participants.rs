//! Which agencies take part in a bundle: they run items, or have another part in it.

use rustc_hash::FxHashSet;

use crate::facts::Facts;
use crate::model::MeasureKind;
use crate::program::{AgencyId, Workspace};

/// An agency and the bodies above it (上级), nearest first.
pub fn with_superiors(workspace: &Workspace, agency: AgencyId) -> Vec<AgencyId> {
    let mut line = vec![agency];
    while let Some(parent) = line.last().and_then(|&id| workspace.agency_of(id).written.parent.as_ref()) {
        match workspace.find_agency(&parent.value) {
            Some(parent) if !line.contains(&parent) => line.push(parent),
            _ => break,
        }
    }
    line
}

/// Every agency that has a part: it runs an item, leads a joint stage, or provides what the applicant need not hand in; and the
/// bodies above it.
pub fn participants(facts: &Facts<'_>) -> FxHashSet<AgencyId> {
    let program = facts.program;
    let workspace = program.workspace;
    let mut own: Vec<AgencyId> = Vec::new();
    for item in &program.items {
        own.extend(item.agency.map(|at| at.value));
        own.extend(item.written.joint_agencies.iter().filter_map(|name| workspace.find_agency(&name.value)));
    }
    for measure in &program.measures {
        if let MeasureKind::JointInspection(joint)
        | MeasureKind::JointAssessment(joint)
        | MeasureKind::JointFinalInspection(joint) = &measure.written.kind
        {
            own.extend(joint.lead.iter().filter_map(|name| workspace.find_agency(&name.value)));
        }
    }
    let documents: FxHashSet<_> = facts
        .widest()
        .ledger
        .entries
        .iter()
        .filter_map(|entry| entry.identity.as_ref())
        .flat_map(|id| &id.any_of)
        .collect();
    own.extend(documents.iter().filter_map(|id| workspace.material(**id).issuer).map(|at| at.value));
    for capability in workspace.capabilities.iter().filter(|capability| documents.contains(&capability.document)) {
        own.extend(capability.written.provider.iter().filter_map(|name| workspace.find_agency(&name.value)));
    }
    own.into_iter().flat_map(|agency| with_superiors(workspace, agency)).collect()
}
