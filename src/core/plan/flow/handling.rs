//! What the agencies do: the items' steps, what is done jointly, and what waits for what.

use std::collections::BTreeSet;

use rustc_hash::FxHashMap;

use super::order::{precedes, reduce, topological};
use super::segments::{Segment, Segments, Until, last_left};
use super::{Lane, Node, NodeKind, Part, Phase, Produced};
use crate::expr::Duration;
use crate::facts::Facts;
use crate::model::{self, StageKind};
use crate::plan::condition::When;
use crate::plan::header::Agency;
use crate::plan::ids;
use crate::plan::item::Item;
use crate::program::{Cond, ItemId, MeasureKind, Program, Wait};
use crate::scenario::Coexistence;

/// The steps of the items and what each waits for.
#[derive(Debug)]
pub(super) struct Handling {
    /// The steps.
    pub(super) nodes: Vec<Node>,
    /// For each step the steps before it.
    pub(super) before: Vec<BTreeSet<usize>>,
}

struct Builder<'a, 'p> {
    facts: &'a Facts<'p>,
    coexistence: &'a Coexistence,
    program: &'a Program<'a>,
    items: &'a [Item],
    agencies: &'a [Agency],
    lanes: &'a [Lane],
    segments: Vec<Segments>,
    /// For each step the item and which of its segments it is; several if it is done jointly.
    members: Vec<Vec<(ItemId, usize)>>,
    /// The joint measure that a step is done by.
    joint: Vec<Option<usize>>,
    before: Vec<BTreeSet<usize>>,
    /// The step of each segment of each item; none if it has gone.
    steps: Vec<Vec<Option<usize>>>,
}

impl Handling {
    /// The steps, each after what it waits for, and only the edges that do not follow from others.
    pub(super) fn of(
        facts: &Facts<'_>,
        coexistence: &Coexistence,
        items: &[Item],
        agencies: &[Agency],
        lanes: &[Lane],
    ) -> Handling {
        let program = facts.program;
        let waits = program.item_ids().flat_map(|id| program.preconditions.waits(id));
        let waited = waits.filter_map(|wait| Some((wait.first, last_left(facts, wait.first, wait.stage?)?))).collect();
        let segments: Vec<_> = program.item_ids().map(|id| Segments::of(facts, id, &waited)).collect();
        let mut builder = Builder {
            facts,
            coexistence,
            program,
            items,
            agencies,
            lanes,
            segments,
            members: Vec::new(),
            joint: Vec::new(),
            before: Vec::new(),
            steps: Vec::new(),
        };
        builder.add_chains();
        builder.add_waits();
        builder.join();
        builder.drop_borrowed();
        builder.finish()
    }
}

impl Builder<'_, '_> {
    fn add_chains(&mut self) {
        for id in self.program.item_ids() {
            let mut steps = Vec::new();
            for segment in 0..self.segments[id.index()].list.len() {
                let step = self.before.len();
                self.members.push(vec![(id, segment)]);
                self.joint.push(None);
                self.before.push(steps.last().copied().flatten().into_iter().collect());
                steps.push(Some(step));
            }
            self.steps.push(steps);
        }
    }

    fn add_waits(&mut self) {
        // Where no applicant has both, waiting passes on, so that circles that nobody meets fall apart.
        let mut waits: Vec<Vec<(Wait, Option<usize>)>> = Vec::new();
        for id in self.program.item_ids() {
            let mut own = Vec::new();
            self.program.preconditions.each_wait(id, |wait| {
                let segments = &self.segments[wait.first.index()];
                let until = match wait.stage {
                    _ if self.coexistence.apart.contains(&(id, wait.first)) => Until::Through,
                    Some(stage) => segments.wait(self.facts, wait.first, stage),
                    None => Until::Step(segments.list.len() - 1),
                };
                if let Until::Step(segment) = until {
                    own.push((*wait, self.steps[wait.first.index()][segment]));
                }
                until != Until::Through
            });
            waits.push(own);
        }
        let before: Vec<BTreeSet<usize>> =
            waits.iter().map(|waits| waits.iter().map(|(wait, _)| wait.first.index()).collect()).collect();
        let mut place = vec![0; before.len()];
        for (at, item) in topological(&before).into_iter().enumerate() {
            place[item] = at;
        }
        for id in self.program.item_ids() {
            for &(Wait { first, .. }, from) in &waits[id.index()] {
                let to = self.steps[id.index()][0];
                if let (Some(from), Some(to), true) = (from, to, place[first.index()] < place[id.index()]) {
                    self.before[to].insert(from);
                }
            }
        }
    }

    /// Joins steps that are done together, unless one of them would then wait for itself.
    fn join(&mut self) {
        for (measure, written) in self.program.measures.iter().enumerate() {
            if !matches!(written.kind, MeasureKind::JointStage { .. }) {
                continue;
            }
            let mut together: Vec<usize> = Vec::new();
            for id in self.program.item_ids() {
                let list = &self.segments[id.index()].list;
                let found = list.iter().position(|segment| segment.joint == Some(measure));
                together.extend(found.and_then(|segment| self.steps[id.index()][segment]));
            }
            let waits = together.iter().any(|&a| together.iter().any(|&b| a != b && precedes(&self.before, a, b)));
            let Some((&first, rest)) = together.split_first().filter(|(_, rest)| !rest.is_empty() && !waits) else {
                continue;
            };
            self.joint[first] = Some(measure);
            for &other in rest {
                let members = std::mem::take(&mut self.members[other]);
                self.members[first].extend(members);
                let before = std::mem::take(&mut self.before[other]);
                self.before[first].extend(before);
                self.replace(other, &BTreeSet::from([first]));
                self.steps.iter_mut().flatten().filter(|step| **step == Some(other)).for_each(|s| *s = Some(first));
            }
        }
    }

    /// A stage that an item would only have had jointly is not there if nobody joins it.
    fn drop_borrowed(&mut self) {
        for step in 0..self.before.len() {
            let [(id, segment)] = self.members[step][..] else { continue };
            if self.joint[step].is_none() && self.segments[id.index()].list[segment].borrowed {
                self.members[step].clear();
                let before = std::mem::take(&mut self.before[step]);
                self.replace(step, &before);
                self.steps[id.index()][segment] = None;
            }
        }
    }

    /// What waited for `step` waits for `others` instead.
    fn replace(&mut self, step: usize, others: &BTreeSet<usize>) {
        for before in &mut self.before {
            if before.remove(&step) {
                before.extend(others.iter().copied());
            }
        }
    }

    fn finish(self) -> Handling {
        let order: Vec<usize> =
            topological(&self.before).into_iter().filter(|&step| !self.members[step].is_empty()).collect();
        let place: FxHashMap<usize, usize> = order.iter().enumerate().map(|(index, &step)| (step, index)).collect();
        let mut before: Vec<BTreeSet<usize>> = order
            .iter()
            .map(|&step| self.before[step].iter().filter_map(|first| place.get(first).copied()).collect())
            .collect();
        reduce(&mut before);
        let nodes = order.iter().map(|&step| self.node(step)).collect();
        Handling { nodes, before }
    }

    fn node(&self, step: usize) -> Node {
        let members = &self.members[step];
        let (kind, id, label) = match self.joint[step] {
            Some(measure) => self.joint_names(measure),
            None => self.item_names(members[0]),
        };
        let mut lanes: Vec<&Lane> = members.iter().map(|&(id, _)| self.lane(id)).collect();
        if let Some(measure) = self.joint[step] {
            let lead = self.joint_lead(measure, &lanes);
            lanes.sort_by_key(|lane| {
                let place = self.lanes.iter().position(|other| other.id == lane.id);
                (Some(&lane.id) != lead.as_ref(), place)
            });
            lanes.dedup_by(|a, b| a.id == b.id);
        }
        let mut node = Node::new(&id, kind, Phase::Handling, lanes[0], label);
        node.lanes = lanes.iter().map(|lane| lane.id.clone()).collect();
        node.parts = members.iter().map(|&(id, segment)| self.part(step, id, segment)).collect();
        node.when = self.when(members);
        let deciding = members.iter().filter(|&&(id, segment)| self.deciding(id) == segment);
        node.decides = deciding.map(|&(id, _)| self.items[id.index()].id.clone()).collect();
        for &(id, segment) in members {
            if self.producing(id) == segment {
                let item = &self.items[id.index()];
                for result in &item.results {
                    let own = ids::result(&item.id, &result.id);
                    if !node.results.iter().any(|other| other.id == own) {
                        node.results.push(Produced {
                            id: own,
                            name: result.name.clone(),
                            item: item.id.clone(),
                            when: result.when.clone(),
                        });
                    }
                }
            }
        }
        self.times(&mut node, step);
        self.details(&mut node, step);
        node
    }

    fn item_names(&self, (id, segment): (ItemId, usize)) -> (NodeKind, String, String) {
        let item = &self.items[id.index()];
        let alone = self.steps[id.index()].iter().flatten().count() == 1;
        let list = &self.segments[id.index()].list;
        let own = list.iter().filter(|segment| !segment.borrowed).count() == 1;
        let stages = &self.program.item(id).stages;
        let names: Vec<&str> = list[segment].stages.iter().map(|&stage| &*stages[stage].name).collect();
        if alone || own || names.is_empty() {
            return (NodeKind::Item, ids::step(self.program, id, None), item.name.clone());
        }
        let step = ids::step(self.program, id, Some(list[segment].stages[0]));
        (NodeKind::Item, step, format!("{}·{}", item.name, names.join("、")))
    }

    fn joint_names(&self, measure: usize) -> (NodeKind, String, String) {
        let label = self.program.measures[measure].written.key().to_owned();
        (NodeKind::Joint, ids::joint(self.program, measure), label)
    }

    /// The lane of the agency that leads a joint step: as declared, else the bundle's lead, if they take part.
    fn joint_lead(&self, measure: usize, lanes: &[&Lane]) -> Option<String> {
        use model::MeasureKind as Written;
        let declared = match &self.program.measures[measure].written.kind {
            Written::JointInspection(joint)
            | Written::JointAssessment(joint)
            | Written::JointFinalInspection(joint) => joint.lead.as_ref(),
            _ => None,
        };
        let workspace = self.program.workspace;
        let declared = declared.and_then(|name| workspace.find_agency(&name.value));
        let lead = self.program.lead.map(|lead| lead.value);
        declared.into_iter().chain(lead).find_map(|agency| {
            let name = &*workspace.agency_of(agency).name.value;
            lanes.iter().find(|lane| lane.name == name).map(|lane| lane.id.clone())
        })
    }

    fn lane(&self, id: ItemId) -> &Lane {
        let agency = self.items[id.index()].agency.as_ref();
        let agency = agency.and_then(|name| self.agencies.iter().find(|agency| agency.name == *name));
        let id = agency.map(|agency| ids::lane(&agency.id));
        let found = id.and_then(|id| self.lanes.iter().find(|lane| lane.id == id));
        // The last lane is for what nobody is said to do.
        found.unwrap_or(&self.lanes[self.lanes.len() - 1])
    }

    fn part(&self, step: usize, id: ItemId, segment: usize) -> Part {
        let Segment { stages, borrowed, .. } = &self.segments[id.index()].list[segment];
        let of = &self.program.item(id).stages;
        let mut kinds: Vec<StageKind> = stages.iter().map(|&stage| of[stage].kind).collect();
        if let (true, Some(measure)) = (borrowed, self.joint[step])
            && let MeasureKind::JointStage { kind, .. } = &self.program.measures[measure].kind
        {
            kinds.push(*kind);
        }
        let when = self.stage_when(id, segment).map(|when| When::of(self.program, when));
        let optional = is_optional(self.program, id);
        let own = |&stage: &usize| self.coexistence.stages[id.index()][stage];
        let always = !optional && self.coexistence.always[id.index()] && stages.iter().all(own);
        Part { item: self.items[id.index()].id.clone(), stages: kinds, when, optional, always }
    }

    /// The condition of a segment beyond the item's; such a segment has one stage.
    fn stage_when(&self, id: ItemId, segment: usize) -> Option<&Cond> {
        match self.segments[id.index()].list[segment].stages[..] {
            [stage] if !self.coexistence.stages[id.index()][stage] => self.program.item(id).stages[stage].when.as_ref(),
            _ => None,
        }
    }

    /// The condition of an item; none if it applies to everybody who comes so far.
    fn item_when(&self, id: ItemId) -> Option<&Cond> {
        self.program.item(id).when.as_ref().filter(|_| !self.coexistence.always[id.index()])
    }

    fn when(&self, members: &[(ItemId, usize)]) -> Option<When> {
        let alternatives: Vec<Vec<&Cond>> = members
            .iter()
            .map(|&(id, segment)| self.item_when(id).into_iter().chain(self.stage_when(id, segment)).collect())
            .collect();
        When::any(self.program, &alternatives)
    }

    /// The last segment of an item that its agency does alone; the last of all if there is none.
    fn last_own(&self, id: ItemId) -> usize {
        let steps = &self.steps[id.index()];
        let alone = |step: &Option<usize>| step.is_some_and(|step| self.joint[step].is_none());
        steps.iter().rposition(alone).or_else(|| steps.iter().rposition(Option::is_some)).unwrap_or(0)
    }

    fn last_with(&self, id: ItemId, kind: StageKind) -> Option<usize> {
        let stages = &self.program.item(id).stages;
        let list = &self.segments[id.index()].list;
        list.iter().rposition(|segment| segment.stages.iter().any(|&stage| stages[stage].kind == kind))
    }

    fn deciding(&self, id: ItemId) -> usize {
        self.last_with(id, StageKind::Decision).unwrap_or_else(|| self.last_own(id))
    }

    fn producing(&self, id: ItemId) -> usize {
        self.last_with(id, StageKind::CertificateMaking).unwrap_or_else(|| self.deciding(id))
    }

    /// How long a stage takes after the reform, as it is written.
    fn stage_limit(&self, id: ItemId, stage: usize) -> Option<Duration> {
        Some(self.facts.timing().items[id.index()].stages[stage].limit?.value)
    }

    fn times(&self, node: &mut Node, step: usize) {
        if let Some(measure) = self.joint[step] {
            node.duration = self.joint_duration(measure, step);
            return;
        }
        let [(id, segment)] = self.members[step][..] else { return };
        let segments = &self.segments[id.index()];
        if let [stage] = segments.list[segment].stages[..] {
            node.off_clock = self.facts.timing().items[id.index()].stages[stage].off_clock;
            let own = segments.timed || node.off_clock;
            node.duration = self.stage_limit(id, stage).filter(|_| own);
        }
        if !segments.timed && segment == self.last_own(id) && !node.off_clock {
            node.duration = self.items[id.index()].limit_after;
            node.whole_item = node.duration.is_some();
        }
    }

    /// As declared; else the longest of what the items need for it, if all of them say so in one unit.
    fn joint_duration(&self, measure: usize, step: usize) -> Option<Duration> {
        if let MeasureKind::JointStage { limit: Some(limit), .. } = &self.program.measures[measure].kind {
            return Some(limit.value);
        }
        let conversions = &self.program.workspace.settings.conversions;
        let mut longest: Option<Duration> = None;
        for &(id, segment) in &self.members[step] {
            let segments = &self.segments[id.index()];
            let [stage] = segments.list[segment].stages[..] else { return None };
            let own = self.stage_limit(id, stage).filter(|_| segments.timed)?;
            longest = match longest {
                Some(longest) if longest.compare(own, conversions)?.is_ge() => Some(longest),
                _ => Some(own),
            };
        }
        longest
    }

    fn details(&self, node: &mut Node, step: usize) {
        let members = &self.members[step];
        let names: Vec<&str> = members.iter().map(|&(id, _)| self.items[id.index()].name.as_str()).collect();
        if self.joint[step].is_some() {
            node.details.push("一次上门、同步办理".to_owned());
            node.details.push(format!("涉及{}", names.join("、")));
        }
        for &(id, segment) in members {
            let item = &self.items[id.index()];
            let stages = &self.program.item(id).stages;
            let own = &self.segments[id.index()].list[segment].stages;
            if self.joint[step].is_none() {
                if node.label == item.name && own.len() > 1 {
                    let names: Vec<&str> = own.iter().map(|&stage| &*stages[stage].name).collect();
                    node.details.push(format!("环节：{}", names.join("、")));
                }
                if !item.joint_agencies.is_empty() {
                    node.details.push(format!("会同{}", item.joint_agencies.join("、")));
                }
            }
            let present = |&&stage: &&usize| stages[stage].written.presence.as_ref().is_some_and(|yes| yes.value.0);
            if own.iter().any(|stage| present(&stage)) {
                node.details.push("申请人到场".to_owned());
            }
        }
        node.details.dedup();
        if node.off_clock {
            node.details.push("依法不计时".to_owned());
        }
    }
}

/// Whether the author says that an applicant may leave the item out: 可选, or a scenario that does.
fn is_optional(program: &Program<'_>, id: ItemId) -> bool {
    let written = &program.item(id).written;
    written.optional.as_ref().is_some_and(|yes| yes.value.0)
        || program.scenarios.iter().any(|scenario| scenario.without.iter().any(|at| at.value == id))
}
