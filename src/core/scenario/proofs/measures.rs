//! Reform measures that take effect in no scenario, and inspections that could be joint.

use rustc_hash::{FxHashMap, FxHashSet};

use super::Part;
use super::part::rows;
use crate::model::StageKind;
use crate::program::{ItemId, MaterialId, MeasureKind, Produced, Row, Treatment};
use crate::scenario::{Full, Scenarios, Set, Witness};

/// A measure that changes nothing for anybody.
#[derive(Debug)]
pub struct IdleMeasure {
    /// Which, by index.
    pub measure: usize,
    /// Why.
    pub why: Ineffective,
}

/// Why a measure changes nothing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Ineffective {
    /// No item that it is about asks for the document, of that holder.
    NobodyAsks,
    /// Whatever it is about is obtained by the workspace's capability with this index, for one.
    Capability(usize),
    /// Never two of its items are under way with such a stage.
    NeverTwo,
    /// The stage is dropped by the measure with this index.
    Dropped(usize),
    /// The item does not wait for the other.
    NoPrecondition,
}

/// Stages of one kind, of items that somebody needs together and that do not wait for each other, which no measure makes joint.
#[derive(Debug)]
pub struct Separate {
    /// Which kind.
    pub kind: StageKind,
    /// An item that takes part in no joint stage of this kind, and its stage.
    pub first: (ItemId, usize),
    /// The others.
    pub others: Vec<(ItemId, usize)>,
    /// Who needs the first two.
    pub witness: Witness,
}

/// How many other items one item is compared with.
const COMPARED: usize = 64;

impl Scenarios<'_, '_> {
    pub(super) fn prove_measures(&mut self) -> Result<Vec<IdleMeasure>, Full> {
        let program = self.program;
        let mut idle = Vec::new();
        let mut asking: FxHashMap<MaterialId, Vec<Part>> = FxHashMap::default();
        if program.measures.iter().any(|measure| matches!(measure.kind, MeasureKind::Material { .. })) {
            for part in program.item_ids().flat_map(|id| rows(program, id)) {
                let documents = part.row(program).map_or(&[][..], |row| &row.any_of);
                documents.iter().for_each(|&document| asking.entry(document).or_default().push(part));
            }
        }
        for (index, measure) in program.measures.iter().enumerate() {
            let why = match &measure.kind {
                MeasureKind::Material { document, .. } => {
                    let asking = asking.get(document).map_or(&[][..], Vec::as_slice);
                    self.idle_treatment(index, asking)
                }
                MeasureKind::JointStage { items, kind, .. } => {
                    let mut ids: Vec<ItemId> = items.iter().map(|at| at.value).collect();
                    ids.sort_unstable();
                    ids.dedup();
                    self.never_two(&ids, *kind)?.then_some(Ineffective::NeverTwo)
                }
                MeasureKind::CompressTime { item, stage: Some(stage), .. } => {
                    let dropped = program.measures_of(*item).find(
                        |(_, kind)| matches!(kind, MeasureKind::DropStage { stage: dropped, .. } if dropped == stage),
                    );
                    dropped.map(|(other, _)| Ineffective::Dropped(other))
                }
                MeasureKind::LiftPrecondition { item, precondition, .. } => {
                    let waits = program.item(*item).preconditions.iter().any(|before| before.item == *precondition);
                    (!waits).then_some(Ineffective::NoPrecondition)
                }
                MeasureKind::CompressTime { .. }
                | MeasureKind::AddMaterial { .. }
                | MeasureKind::DropStage { .. }
                | MeasureKind::FullyOnline { .. } => None,
            };
            idle.extend(why.map(|why| IdleMeasure { measure: index, why }));
        }
        Ok(idle)
    }

    /// Why a treatment of a document changes nothing; `asking`: the rows that ask for the document.
    fn idle_treatment(&self, measure: usize, asking: &[Part]) -> Option<Ineffective> {
        let program = self.program;
        let MeasureKind::Material { items, document, holder, treatment } = &program.measures[measure].kind else {
            return None;
        };
        let for_item = |id: ItemId| items.is_empty() || items.iter().any(|at| at.value == id);
        // A row that never applies is a fault of its own.
        let rows: Vec<(ItemId, &Row)> = asking
            .iter()
            .filter_map(|part| Some((part.item(program)?, part.row(program)?)))
            .filter(|(id, row)| for_item(*id) && (holder.is_none() || *holder == row.holder))
            .collect();
        if rows.is_empty() {
            // An item may need what comes first without asking the applicant for it.
            let made = |result: &Produced| {
                result.document == *document
                    && (holder.is_none() || result.holder.is_none() || *holder == result.holder)
            };
            let waits = |id: &ItemId| {
                let before = program.item(*id).preconditions.iter();
                before.flat_map(|before| &program.item(before.item).results).any(made)
            };
            let obtained = matches!(treatment, Treatment::Exempt(_))
                && program.item_ids().filter(|id| for_item(*id)).any(|id| waits(&id));
            return (!obtained).then_some(Ineffective::NobodyAsks);
        }
        // What the workspace obtains anyway need not be treated otherwise; how it is obtained a measure may say.
        let mut first = None;
        for (_, row) in rows.into_iter().filter(|_| !matches!(treatment, Treatment::Exempt(_))) {
            let (index, _) = row.any_of.iter().find_map(|&document| program.workspace.capability(document))?;
            first = first.or(Some(Ineffective::Capability(index)));
        }
        first
    }

    /// Whether at least two of the items have such a stage for somebody, but no two for the same.
    fn never_two(&mut self, ids: &[ItemId], kind: StageKind) -> Result<bool, Full> {
        let (mut one, mut two, mut ever) = (Set::NONE, Set::NONE, 0);
        for &id in ids {
            let stages = &self.program.item(id).stages;
            let Some(stage) = stages.iter().position(|stage| stage.kind == kind) else { continue };
            let set = self.diagram.and(self.set_of(Part::Stage(id, stage)), self.served)?;
            ever += usize::from(!set.is_empty());
            let both = self.diagram.and(one, set)?;
            two = self.diagram.or(two, both)?;
            one = self.diagram.or(one, set)?;
        }
        Ok(ever > 1 && two.is_empty())
    }

    pub(super) fn prove_separate(&mut self) -> Result<Vec<Separate>, Full> {
        let program = self.program;
        let mut found = Vec::new();
        let dropped: FxHashSet<(ItemId, usize)> = program
            .measures
            .iter()
            .filter_map(|measure| match &measure.kind {
                MeasureKind::DropStage { item, stage } => Some((*item, *stage)),
                _ => None,
            })
            .collect();
        for kind in [StageKind::Inspection, StageKind::Assessment, StageKind::FinalInspection] {
            let mut joint: FxHashMap<ItemId, ()> = FxHashMap::default();
            for measure in &program.measures {
                match &measure.kind {
                    MeasureKind::JointStage { items, kind: other, .. } if *other == kind => {
                        joint.extend(items.iter().map(|at| (at.value, ())));
                    }
                    _ => {}
                }
            }
            let with: Vec<(ItemId, usize)> = program
                .item_ids()
                .filter_map(|id| Some((id, program.item(id).stages.iter().position(|stage| stage.kind == kind)?)))
                .filter(|stage| !dropped.contains(stage))
                .collect();
            let Some(&first) = with.iter().find(|(id, _)| !joint.contains_key(id)) else { continue };
            let mut others = Vec::new();
            let mut witness = None;
            for &other in with.iter().filter(|(id, _)| *id != first.0).take(COMPARED) {
                if self.waits(first.0, other.0) || self.waits(other.0, first.0) {
                    continue;
                }
                let both = self
                    .diagram
                    .and(self.set_of(Part::Stage(first.0, first.1)), self.set_of(Part::Stage(other.0, other.1)))?;
                if let Some(found) = self.witness(both, self.served)? {
                    witness = witness.or(Some(found));
                    others.push(other);
                }
            }
            found.extend(witness.map(|witness| Separate { kind, first, others, witness }));
        }
        Ok(found)
    }

    /// Whether one item waits for another to be finished, or directly for one of its stages.
    fn waits(&self, item: ItemId, first: ItemId) -> bool {
        let preconditions = &self.program.preconditions;
        preconditions.precedes(first, item) || preconditions.of(item).any(|(other, ..)| other == first)
    }
}
