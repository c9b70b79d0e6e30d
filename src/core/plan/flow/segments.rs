//! Stages of an item → the steps that are shown. Stages that nothing sets apart make one step.

use rustc_hash::FxHashSet;

use crate::facts::Facts;
use crate::model::StageKind;
use crate::program::{ItemId, MeasureKind};

/// One step of an item.
#[derive(Debug, Default)]
pub(super) struct Segment {
    /// Its stages (indices); none if the item has not declared any.
    pub(super) stages: Vec<usize>,
    /// The joint measure in which it may be done together with other items.
    pub(super) joint: Option<usize>,
    /// There only to be done jointly: the item itself has not declared the stage.
    pub(super) borrowed: bool,
}

/// The steps of an item, in order; at least one.
#[derive(Debug)]
pub(super) struct Segments {
    pub(super) list: Vec<Segment>,
    /// Whether every step has a time of its own; if not, the item's time stands for all of them.
    pub(super) timed: bool,
}

/// Where somebody who waits for a stage has to wait.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Until {
    /// Nowhere: it is done by the counter before the items begin.
    Nothing,
    /// At what the item itself waits for: it begins with a stage that is no longer there.
    Through,
    /// At the end of this step.
    Step(usize),
}

/// The last stage up to this one that no measure does away with.
pub(super) fn last_left(facts: &Facts<'_>, item: ItemId, stage: usize) -> Option<usize> {
    let stages = &facts.timing().items[item.index()].stages;
    (0..=stage).rev().find(|&stage| !stages[stage].dropped)
}

impl Segments {
    /// The steps of `item`. `waited` holds the stages that other items wait for.
    pub(super) fn of(facts: &Facts<'_>, item: ItemId, waited: &FxHashSet<(ItemId, usize)>) -> Segments {
        let (program, timing) = (facts.program, facts.timing());
        let times = &timing.items[item.index()];
        let stages = &program.item(item).stages;
        let compressed = times.never_apart;
        let own = own_stages(facts, item);
        let off_clock = |stage: usize| times.stages[stage].off_clock;
        let limit = |stage: usize| times.stages[stage].limit.filter(|_| !compressed);
        let timed =
            !own.is_empty() && !compressed && own.iter().all(|&stage| limit(stage).is_some() || off_clock(stage));
        let mut list: Vec<Segment> = Vec::new();
        let mut open = false;
        for &stage in &own {
            let joint = timing.joint_of(item, stage).map(|joint| joint.measure);
            let alone = joint.is_some() || stages[stage].when.is_some() || limit(stage).is_some() || off_clock(stage);
            match list.last_mut().filter(|_| open && !alone) {
                Some(last) => last.stages.push(stage),
                None => list.push(Segment { stages: vec![stage], joint, borrowed: false }),
            }
            open = !alone && !waited.contains(&(item, stage));
        }
        if list.is_empty() {
            list.push(Segment::default());
        }
        if stages.is_empty() {
            // It takes part in what is done jointly, though it has not said which of its stages that is.
            list.extend(program.measures_of(item).filter_map(|(index, measure)| match measure {
                MeasureKind::JointStage { .. } if !timing.impossible_joints.contains(&index) => {
                    Some(Segment { stages: Vec::new(), joint: Some(index), borrowed: true })
                }
                _ => None,
            }));
        }
        Segments { list, timed }
    }

    /// Where to wait for a stage of the item.
    pub(super) fn wait(&self, facts: &Facts<'_>, item: ItemId, stage: usize) -> Until {
        let last = Until::Step(self.list.len() - 1);
        if facts.timing().items[item.index()].never_apart {
            return last;
        }
        let Some(stage) = last_left(facts, item, stage) else { return Until::Through };
        if let Some(step) = self.list.iter().position(|segment| segment.stages.contains(&stage)) {
            return Until::Step(step);
        }
        // What the counter does for all at the beginning is over.
        match facts.program.item(item).stages[stage].kind {
            StageKind::Receipt | StageKind::Acceptance => Until::Nothing,
            _ => last,
        }
    }
}

/// The stages that the item's agency does itself. Receipt and acceptance at the beginning and delivery at the end are done once
/// for all items by the counter, unless they take time of their own.
fn own_stages(facts: &Facts<'_>, item: ItemId) -> Vec<usize> {
    let stages = &facts.program.item(item).stages;
    let times = &facts.timing().items[item.index()].stages;
    let left: Vec<usize> = (0..stages.len()).filter(|&stage| !times[stage].dropped).collect();
    let unified = |stage: usize, kinds: &[StageKind]| {
        let takes_time = times[stage].limit.is_some_and(|limit| !limit.is_zero());
        kinds.contains(&stages[stage].kind) && stages[stage].when.is_none() && (!takes_time || times[stage].off_clock)
    };
    let begin = left.iter().take_while(|&&stage| unified(stage, &[StageKind::Receipt, StageKind::Acceptance])).count();
    let rest = &left[begin..];
    let end = rest.iter().rev().take_while(|&&stage| unified(stage, &[StageKind::Delivery])).count();
    rest[..rest.len() - end].to_vec()
}
