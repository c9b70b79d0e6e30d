//! What is the same in every case about time: the unit, how long each item and stage takes today and after the measures, what is
//! done jointly.
//!
//! Units mix only through declared equations. An item whose stages all carry times becomes a chain of stages; joint stages fuse when at least
//! two of their items have the stage; otherwise the item is one block. All this is decided once a bundle, so that scenarios compare.

use petgraph::graph::{DiGraph, NodeIndex};
use rustc_hash::{FxHashMap, FxHashSet};

use crate::expr::{Duration, Number, Unit};
use crate::model::{StageKind, Str};
use crate::program::{Case, ItemId, MeasureKind, Program};
use crate::source::At;

/// How long something takes, in the unit of the bundle's schedules.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Length {
    /// This long.
    Known(Number),
    /// Nobody says.
    Undeclared,
    /// It is written in a unit that cannot be converted.
    Inconvertible,
}

impl Length {
    /// If it is known.
    pub fn known(self) -> Option<Number> {
        match self {
            Length::Known(number) => Some(number),
            Length::Undeclared | Length::Inconvertible => None,
        }
    }

    /// It takes no less.
    pub fn at_least(self) -> Number {
        self.known().unwrap_or(Number::ZERO)
    }
}

/// The times of an item.
#[derive(Debug)]
pub struct ItemTiming {
    /// Its own time limit: what it takes today.
    pub today: Length,
    /// What it takes after the measures if it is not taken apart.
    pub whole: Length,
    /// The same as it is written, by the item or by the measure that shortens it.
    pub limit: Option<At<Duration>>,
    /// Its time after the measures, as people are told: of the whole, or of all its stages where measures changed them.
    pub after: Option<Duration>,
    /// It is never taken apart: a measure shortens it as a whole.
    pub never_apart: bool,
    /// Its stages.
    pub stages: Vec<StageTiming>,
}

/// The time of a stage.
#[derive(Debug)]
pub struct StageTiming {
    /// A measure does away with it.
    pub dropped: bool,
    /// The law stops the clock meanwhile; it then counts nothing.
    pub off_clock: bool,
    /// Its time limit after the measures, as written, by the stage or by the measure that shortens it.
    pub limit: Option<At<Duration>>,
    /// How long it counts.
    pub length: Length,
}

/// Stages that are done together.
#[derive(Debug)]
pub struct Joint {
    /// The measure that says so.
    pub measure: usize,
    /// Their kind.
    pub kind: StageKind,
    /// How long it takes together; `None`: as long as the longest.
    pub limit: Option<Length>,
    /// Which stages; at least two, of different items, in the order of the items.
    pub members: Vec<(ItemId, usize)>,
}

/// A stage that two measures want to do jointly: it goes with the first.
#[derive(Debug)]
pub struct Contested {
    /// The measure that comes too late.
    pub measure: usize,
    /// The one before it.
    pub first: usize,
    /// Whose stage.
    pub item: ItemId,
}

/// A time written in a unit that cannot be converted into that of the schedules.
#[derive(Debug)]
pub struct Odd {
    /// Of what.
    pub label: Str,
    /// The time.
    pub limit: At<Duration>,
}

/// What is the same in every scenario about time.
#[derive(Debug)]
pub struct Timing {
    /// The unit of all schedules.
    pub unit: Unit,
    /// 受理 of the whole, if it takes time.
    pub acceptance: Option<Length>,
    /// 统一出件, if it takes time.
    pub issuing: Option<Length>,
    /// By item id.
    pub items: Vec<ItemTiming>,
    /// What is done jointly where at least two of the stages are there.
    pub joints: Vec<Joint>,
    /// Measures that cannot be carried out: one of their items waits for another of them.
    pub impossible_joints: Vec<usize>,
    /// Stages that two measures want.
    pub contested: Vec<Contested>,
    /// Times that make figures unknown because of their unit.
    pub odd: Vec<Odd>,
    joint_of: FxHashMap<(ItemId, usize), usize>,
}

impl Timing {
    /// Of a bundle.
    pub fn new(program: &Program<'_>) -> Self {
        let mut timing = Timing {
            unit: common_unit(program),
            acceptance: None,
            issuing: None,
            items: Vec::with_capacity(program.items.len()),
            joints: Vec::new(),
            impossible_joints: Vec::new(),
            contested: Vec::new(),
            odd: Vec::new(),
            joint_of: FxHashMap::default(),
        };
        let bundle = &program.bundle;
        timing.acceptance = bundle.acceptance.map(|limit| timing.length(program, "受理时限".into(), limit));
        timing.issuing = bundle.issuing.map(|limit| timing.length(program, "出件时限".into(), limit));
        for id in program.item_ids() {
            let item = timing.item(program, id);
            timing.items.push(item);
        }
        timing.join(program);
        timing
    }

    /// The joint to which a stage belongs.
    pub fn joint_of(&self, item: ItemId, stage: usize) -> Option<&Joint> {
        self.joint_index(item, stage).map(|index| &self.joints[index])
    }

    pub(super) fn joint_index(&self, item: ItemId, stage: usize) -> Option<usize> {
        self.joint_of.get(&(item, stage)).copied()
    }

    /// The stages of an item that a case has.
    pub(super) fn stages<'t>(
        &'t self,
        program: &'t Program<'_>,
        case: &'t Case,
        id: ItemId,
    ) -> impl Iterator<Item = usize> + 't {
        let stages = &program.item(id).stages;
        let timing = &self.items[id.index()].stages;
        (0..stages.len()).filter(|&stage| !timing[stage].dropped && case.applies(stages[stage].when.as_ref()))
    }

    fn length(&mut self, program: &Program<'_>, label: Str, limit: At<Duration>) -> Length {
        match program.workspace.settings.conversions.convert(limit.value, self.unit) {
            Some(number) => Length::Known(number),
            None => {
                self.odd.push(Odd { label, limit });
                Length::Inconvertible
            }
        }
    }

    /// The one place where measures set how long an item and its stages take. Of two that set the same the first counts; the
    /// other is an error (`repeated-measures`).
    fn item(&mut self, program: &Program<'_>, id: ItemId) -> ItemTiming {
        let item = program.item(id);
        let name = &item.name.value;
        let mut compressed = None;
        let mut shorter: Vec<Option<At<Duration>>> = vec![None; item.stages.len()];
        let mut dropped = vec![false; item.stages.len()];
        for (_, measure) in program.measures_of(id) {
            match measure {
                MeasureKind::CompressTime { stage: None, to, .. } => compressed = compressed.or(Some(*to)),
                MeasureKind::CompressTime { stage: Some(stage), to, .. } => {
                    shorter[*stage] = shorter[*stage].or(Some(*to));
                }
                MeasureKind::DropStage { stage, .. } => dropped[*stage] = true,
                _ => {}
            }
        }
        let mut length = |limit: Option<At<Duration>>| {
            limit.map_or(Length::Undeclared, |limit| self.length(program, name.clone(), limit))
        };
        let today = length(item.written.limit);
        let stages = item.stages.iter().zip(&shorter).zip(&dropped).map(|((stage, shorter), &dropped)| {
            let off_clock = stage.written.off_clock.as_ref().is_some_and(|yes| yes.value.0);
            let limit = shorter.or(stage.written.limit);
            let length = if off_clock || dropped { Length::Known(Number::ZERO) } else { length(limit) };
            StageTiming { dropped, off_clock, limit, length }
        });
        let stages: Vec<StageTiming> = stages.collect();
        let whole = compressed.map_or(today, |to| length(Some(to)));
        let changed = dropped.contains(&true) || shorter.iter().any(Option::is_some);
        let by_stages = || if changed { sum(program, &stages) } else { None };
        let limit = compressed.or(item.written.limit);
        let after = compressed.map(|to| to.value).or_else(by_stages).or(limit.map(|limit| limit.value));
        ItemTiming { today, whole, limit, after, never_apart: compressed.is_some(), stages }
    }

    fn join(&mut self, program: &Program<'_>) {
        let mut graph: Option<Reach> = None;
        for (measure, written) in program.measures.iter().enumerate() {
            let MeasureKind::JointStage { items, kind, limit } = &written.kind else { continue };
            let mut members: Vec<(ItemId, usize)> = Vec::new();
            for at in items {
                let item = at.value;
                let stage = program.item(item).stages.iter().position(|stage| stage.kind == *kind);
                let Some(stage) = stage.filter(|&stage| !self.items[item.index()].stages[stage].dropped) else {
                    continue;
                };
                match self.joint_of(item, stage) {
                    Some(first) => self.contested.push(Contested { measure, first: first.measure, item }),
                    None => members.push((item, stage)),
                }
            }
            members.sort_unstable();
            members.dedup();
            if members.len() < 2 {
                continue;
            }
            let graph = graph.get_or_insert_with(|| Reach::new(program, &self.items));
            if !graph.join(&members) {
                self.impossible_joints.push(measure);
                continue;
            }
            let limit = limit.map(|limit| self.length(program, written.written.key().into(), limit));
            self.joint_of.extend(members.iter().map(|&member| (member, self.joints.len())));
            self.joints.push(Joint { measure, kind: *kind, limit, members });
        }
    }
}

/// The unit of the items' times if they agree, working days otherwise.
fn common_unit(program: &Program<'_>) -> Unit {
    let agreed = |limits: &mut dyn Iterator<Item = At<Duration>>| {
        let mut units = limits.filter(|limit| !limit.is_zero()).map(|limit| limit.unit());
        units.next().map(|first| if units.all(|unit| unit == first) { first } else { Unit::WorkingDay })
    };
    let items = program.items.iter();
    agreed(&mut items.clone().filter_map(|item| item.written.limit))
        .or_else(|| agreed(&mut items.flat_map(|item| &item.stages).filter_map(|stage| stage.written.limit)))
        .unwrap_or(Unit::WorkingDay)
}

/// What the stages that are left take together, if each of them has a time.
fn sum(program: &Program<'_>, stages: &[StageTiming]) -> Option<Duration> {
    let mut counted = stages.iter().filter(|stage| !stage.dropped && !stage.off_clock);
    let first = counted.next()?.limit?.value;
    let conversions = &program.workspace.settings.conversions;
    counted.try_fold(first, |sum, stage| sum.checked_add(stage.limit?.value, conversions))
}

/// What may have to wait for what in some scenario: start, stages and end of every item.
struct Reach {
    cyclic: bool,
    graph: DiGraph<(), ()>,
    stages: FxHashMap<(ItemId, usize), NodeIndex>,
}

impl Reach {
    fn new(program: &Program<'_>, items: &[ItemTiming]) -> Self {
        let mut graph = DiGraph::new();
        let mut stages = FxHashMap::default();
        // Of each item where it begins, how far it is after each stage (with or without it), where it ends.
        let mut places: Vec<(NodeIndex, Vec<NodeIndex>, NodeIndex)> = Vec::with_capacity(items.len());
        for (index, item) in items.iter().enumerate() {
            let start = graph.add_node(());
            let mut last = start;
            let mut after = Vec::with_capacity(item.stages.len());
            for (number, stage) in item.stages.iter().enumerate() {
                if !stage.dropped {
                    let node = graph.add_node(());
                    stages.insert((index.into(), number), node);
                    graph.add_edge(last, node, ());
                    last = node;
                }
                after.push(last);
            }
            let end = graph.add_node(());
            graph.add_edge(last, end, ());
            places.push((start, after, end));
        }
        for id in program.item_ids() {
            for wait in program.preconditions.waits(id) {
                let (_, after, end) = &places[wait.first.index()];
                graph.add_edge(wait.stage.map_or(*end, |stage| after[stage]), places[id.index()].0, ());
            }
        }
        Reach { cyclic: !program.preconditions.knots().is_empty(), graph, stages }
    }

    /// Whether something like that comes after one of these.
    fn reaches(&self, from: &[NodeIndex], found: impl Fn(NodeIndex) -> bool) -> bool {
        let mut seen: FxHashSet<NodeIndex> = FxHashSet::default();
        let mut stack: Vec<NodeIndex> = from.iter().flat_map(|&node| self.graph.neighbors(node)).collect();
        while let Some(node) = stack.pop() {
            if found(node) {
                return true;
            }
            if seen.insert(node) {
                stack.extend(self.graph.neighbors(node));
            }
        }
        false
    }

    /// Makes these stages one, unless one of them has to wait for another.
    fn join(&mut self, members: &[(ItemId, usize)]) -> bool {
        let nodes: Vec<NodeIndex> = members.iter().filter_map(|member| self.stages.get(member).copied()).collect();
        // What waits for itself is another matter, so where that may be each is looked at by itself.
        let waits = match self.cyclic {
            false => self.reaches(&nodes, |node| nodes.contains(&node)),
            true => nodes.iter().any(|&one| self.reaches(&[one], |node| node != one && nodes.contains(&node))),
        };
        if waits {
            return false;
        }
        // A node in each direction makes them one without moving their edges: what waits for one of them waits for all.
        let (into, out) = (self.graph.add_node(()), self.graph.add_node(()));
        for &node in &nodes {
            let before: Vec<_> = self.graph.neighbors_directed(node, petgraph::Direction::Incoming).collect();
            let after: Vec<_> = self.graph.neighbors(node).collect();
            for other in before {
                self.graph.update_edge(other, into, ());
            }
            for other in after {
                self.graph.update_edge(out, other, ());
            }
        }
        for &node in &nodes {
            self.graph.update_edge(into, node, ());
            self.graph.update_edge(node, out, ());
        }
        true
    }
}
