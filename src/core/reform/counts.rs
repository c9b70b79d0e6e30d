//! The counts before and after: materials, kinds, days, forms, fields, steps, visits.

use super::figure::Figures;
use super::ledger::{Content, Fate, Ledger};
use super::schedule::Schedule;
use super::timing::Timing;
use crate::model::{StageKind, StepConvention, VisitConvention};
use crate::program::{AgencyId, Case, ElementId, Program, Stage};

/// Counts a case.
pub fn count(
    program: &Program<'_>,
    timing: &Timing,
    case: &Case,
    ledger: &Ledger,
    schedule: &Schedule,
) -> (Figures, Figures) {
    let known = ledger.silent.is_empty();
    let sums = ledger.sums();
    let is_form = |content: &Content| matches!(content, Content::Form(_));
    let forms_before = ledger.entries.iter().filter(|entry| is_form(&entry.content)).count() as u32;
    let forms_after = ledger.entries.iter().filter(|entry| entry.fate == Fate::BecomesTheForm).count() as u32;
    let (fields_before, fields_after) = fields(program, case, ledger);
    let before = Figures {
        materials: known.then_some(sums.before),
        distinct_materials: known.then(|| ledger.distinct(false)),
        days: schedule.serial,
        forms: known.then_some(forms_before),
        fields: fields_before,
        steps: steps_before(program, case),
        visits: Some(visits_before(program, case)),
    };
    let after = Figures {
        materials: known.then_some(sums.after),
        distinct_materials: known.then(|| ledger.distinct(true)),
        days: schedule.length,
        forms: known.then_some(forms_after),
        fields: fields_after,
        steps: steps_after(program, timing, case),
        visits: Some(visits_after(program, timing, case)),
    };
    (before, after)
}

/// Fields on all forms, and on the merged one; not known if a form does not list its fields.
fn fields(program: &Program<'_>, case: &Case, ledger: &Ledger) -> (Option<u32>, Option<u32>) {
    let mut total = 0;
    let mut elements: Vec<ElementId> = Vec::new();
    for entry in &ledger.entries {
        let Content::Form(index) = entry.content else { continue };
        let form = &program.item(entry.item).forms[index];
        if form.fields.is_empty() {
            return (None, None);
        }
        for field in form.fields.iter().filter(|field| case.applies(field.when.as_ref())) {
            total += 1;
            elements.push(field.element);
        }
    }
    elements.sort_unstable();
    elements.dedup();
    (Some(total), Some(elements.len() as u32))
}

/// How many agencies a case concerns.
pub(super) fn agencies(program: &Program<'_>, case: &Case) -> Option<u32> {
    let mut list: Vec<AgencyId> = Vec::new();
    for id in case.items() {
        list.push(program.item(id).agency.as_ref()?.value);
    }
    list.sort_unstable();
    list.dedup();
    Some(list.len() as u32)
}

fn steps_before(program: &Program<'_>, case: &Case) -> Option<u32> {
    match program.workspace.settings.steps {
        StepConvention::ByItem => Some(case.items().count() as u32),
        StepConvention::ByAgency => agencies(program, case),
        StepConvention::ByActivity => {
            let mut total = 0;
            for id in case.items() {
                let stages = &program.item(id).stages;
                if stages.is_empty() {
                    return None;
                }
                total += stages.iter().filter(|stage| case.applies(stage.when.as_ref())).count() as u32;
            }
            Some(total)
        }
    }
}

/// One counter does for all items and agencies. By activity: receipt, acceptance and delivery are done once for all, joint
/// stages once for their items, the rest as before.
fn steps_after(program: &Program<'_>, timing: &Timing, case: &Case) -> Option<u32> {
    let any = u32::from(case.items().next().is_some());
    if program.workspace.settings.steps != StepConvention::ByActivity {
        return Some(any);
    }
    let mut shared: Vec<StageKind> = Vec::new();
    let mut total = 0;
    for id in case.items() {
        let stages = &program.item(id).stages;
        if stages.is_empty() {
            return None;
        }
        for index in timing.stages(program, case, id) {
            match stages[index].kind {
                kind if is_shared(kind) => shared.push(kind),
                _ => total += u32::from(!timing.counted_before(program, case, id, index)),
            }
        }
    }
    shared.sort_unstable();
    shared.dedup();
    Some(total + shared.len() as u32)
}

/// Done once for all items by the one counter.
pub fn is_shared(kind: StageKind) -> bool {
    matches!(kind, StageKind::Receipt | StageKind::Acceptance | StageKind::Delivery)
}

fn visits_before(program: &Program<'_>, case: &Case) -> u32 {
    match program.workspace.settings.visits {
        VisitConvention::ByItem => {
            case.items().map(|id| program.item(id).written.visits.as_ref().map_or(1, |visits| visits.value.0)).sum()
        }
        VisitConvention::ByAgency => agencies(program, case).unwrap_or_else(|| case.items().count() as u32),
    }
}

/// One visit to hand in everything, unless all is done online; and one for each stage at which the applicant has to be there.
fn visits_after(program: &Program<'_>, timing: &Timing, case: &Case) -> u32 {
    let hand_in = u32::from(case.items().any(|id| !program.is_fully_online(id)));
    let mut present = 0;
    for id in case.items() {
        let stages = &program.item(id).stages;
        present += timing
            .stages(program, case, id)
            .filter(|&stage| needs_presence(&stages[stage]) && !timing.counted_before(program, case, id, stage))
            .count() as u32;
    }
    hand_in + present
}

/// Whether the applicant has to be there, other than to hand in or collect.
pub fn needs_presence(stage: &Stage) -> bool {
    stage.written.presence.as_ref().is_some_and(|yes| yes.value.0) && !is_shared(stage.kind)
}
