//! Time: the serial sum of today, the critical path after the reform, slack, and the chain that breaks a promise.

use petgraph::algo::toposort;
use petgraph::stable_graph::{NodeIndex, StableDiGraph};
use rustc_hash::FxHashMap;

use crate::expr::{Duration, Number, Unit};
use crate::model::Str;
use crate::program::{Case, ItemId, MeasureKind, Program};

/// Something that takes time: an item, one of its stages, a stage done jointly, or what frames the whole.
#[derive(Debug, Clone)]
pub struct Task {
    /// What it is called.
    pub label: Str,
    /// The items that it belongs to; none for 受理 and 出件 of the whole.
    pub items: Vec<ItemId>,
    /// Which stage of its item, if the item is taken apart.
    pub stage: Option<usize>,
    /// The measure that joins it, if it is done jointly.
    pub joint: Option<usize>,
    /// How long, in the schedule's unit.
    pub length: Number,
    /// Whether the law stops the clock meanwhile; it then counts nothing.
    pub off_clock: bool,
    /// When it starts, counted from acceptance.
    pub start: Number,
    /// When it ends.
    pub finish: Number,
    /// By how much it may be late without delaying the whole.
    pub slack: Number,
    /// The tasks that it waits for.
    pub after: Vec<usize>,
}

/// The time of a case.
#[derive(Debug)]
pub struct Schedule {
    /// What takes time, in an order in which each comes after what it waits for.
    pub tasks: Vec<Task>,
    /// The unit of all figures here.
    pub unit: Unit,
    /// 串联合计: what the items take today one after the other; `None` if that is not known for all.
    pub serial: Option<Number>,
    /// 关键路径: what the whole takes; `None` if that is not known for all.
    pub length: Option<Number>,
    /// A longest chain, in order.
    pub critical: Vec<usize>,
    /// Items taken whose time is not declared.
    pub untimed: Vec<ItemId>,
    /// Items taken whose unit cannot be converted into the common one.
    pub inconvertible: Vec<ItemId>,
    /// Joint stages that cannot be joint because one of the items waits for another of them.
    pub impossible_joints: Vec<usize>,
}

/// Why a promise cannot be kept: a fewest set of tasks, one after the other, that take longer than promised.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Core {
    /// The tasks, in order.
    pub tasks: Vec<usize>,
    /// Their sum.
    pub sum: Number,
    /// By how much the critical path exceeds the promise.
    pub excess: Number,
}

/// A draft of the task graph.
struct Draft<'p, 'w> {
    program: &'p Program<'w>,
    case: &'p Case,
    unit: Unit,
    graph: StableDiGraph<Task, ()>,
    /// First and last task of each item taken.
    ends: FxHashMap<ItemId, (NodeIndex, NodeIndex)>,
    /// The task of each stage of the items taken apart.
    stages: FxHashMap<(ItemId, usize), NodeIndex>,
    untimed: Vec<ItemId>,
    inconvertible: Vec<ItemId>,
}

impl Schedule {
    /// The schedule of a case.
    pub fn new(program: &Program<'_>, case: &Case) -> Self {
        let unit = common_unit(program, case);
        let mut draft = Draft {
            program,
            case,
            unit,
            graph: StableDiGraph::new(),
            ends: FxHashMap::default(),
            stages: FxHashMap::default(),
            untimed: Vec::new(),
            inconvertible: Vec::new(),
        };
        let frame = draft.add_tasks();
        let joints = draft.add_joints();
        draft.add_edges(frame);
        let impossible_joints = draft.join(joints);
        draft.finish(impossible_joints)
    }

    /// Why the promise cannot be kept; `None` if it can, or if the critical path is not known.
    pub fn core(&self, promise: Number) -> Option<Core> {
        let excess = self.length.filter(|length| *length > promise)?.checked_sub(promise)?;
        // The fewest: the longest tasks of the chain until they exceed the promise.
        let mut by_length = self.critical.clone();
        by_length.sort_by(|a, b| self.tasks[*b].length.cmp(&self.tasks[*a].length).then(a.cmp(b)));
        let mut tasks = Vec::new();
        let mut sum = Number::ZERO;
        for index in by_length {
            tasks.push(index);
            sum = sum.checked_add(self.tasks[index].length)?;
            if sum > promise {
                break;
            }
        }
        tasks.sort_unstable();
        Some(Core { tasks, sum, excess })
    }
}

/// The unit of the schedule: that of the durations if they agree, working days otherwise.
fn common_unit(program: &Program<'_>, case: &Case) -> Unit {
    let mut units =
        case.items().filter_map(|id| program.item(id).written.limit.as_ref()).filter(|limit| !limit.is_zero());
    let first = units.next().map(|limit| limit.unit());
    match first {
        Some(unit) if units.all(|limit| limit.unit() == unit) => unit,
        _ => Unit::WorkingDay,
    }
}

impl Draft<'_, '_> {
    /// In the schedule's unit; what cannot be converted is noted and counts nothing.
    fn length(&mut self, duration: Duration, item: Option<ItemId>) -> Number {
        let converted = convert(self.program, duration, self.unit);
        if converted.is_none() {
            self.inconvertible.extend(item);
        }
        converted.unwrap_or(Number::ZERO)
    }

    fn task(&mut self, label: Str, items: Vec<ItemId>, length: Number) -> NodeIndex {
        self.graph.add_node(Task {
            label,
            items,
            stage: None,
            joint: None,
            length,
            off_clock: false,
            start: Number::ZERO,
            finish: Number::ZERO,
            slack: Number::ZERO,
            after: Vec::new(),
        })
    }

    fn add_tasks(&mut self) -> (Option<NodeIndex>, Option<NodeIndex>) {
        let bundle = &self.program.bundle;
        let (acceptance, issuing) = (bundle.acceptance, bundle.issuing);
        let first = acceptance.map(|limit| {
            let length = self.length(limit.value, None);
            self.task("受理".into(), Vec::new(), length)
        });
        for id in self.case.items() {
            self.add_item(id);
        }
        let last = issuing.map(|limit| {
            let length = self.length(limit.value, None);
            self.task("统一出件".into(), Vec::new(), length)
        });
        (first, last)
    }

    fn add_item(&mut self, id: ItemId) {
        let (program, case) = (self.program, self.case);
        let item = program.item(id);
        let mut whole = item.written.limit.as_ref().map(|limit| limit.value);
        let mut compressed = None;
        let mut stage_limits: Vec<_> =
            item.stages.iter().map(|stage| stage.written.limit.as_ref().map(|at| at.value)).collect();
        let mut dropped = vec![false; item.stages.len()];
        for (_, measure) in program.measures_of(id) {
            match measure {
                MeasureKind::CompressTime { stage: None, to, .. } => compressed = Some(to.value),
                MeasureKind::CompressTime { stage: Some(stage), to, .. } => stage_limits[*stage] = Some(to.value),
                MeasureKind::DropStage { stage, .. } => dropped[*stage] = true,
                _ => {}
            }
        }
        let stages: Vec<usize> = (0..item.stages.len())
            .filter(|&stage| !dropped[stage] && case.applies(item.stages[stage].when.as_ref()))
            .collect();
        let off_clock = |stage: usize| item.stages[stage].written.off_clock.as_ref().is_some_and(|yes| yes.value.0);
        let timed = !stages.is_empty() && stages.iter().all(|&stage| stage_limits[stage].is_some() || off_clock(stage));
        if timed && compressed.is_none() {
            let mut ends: Option<(NodeIndex, NodeIndex)> = None;
            for &stage in &stages {
                let off_clock = off_clock(stage);
                let length = match (off_clock, stage_limits[stage]) {
                    (false, Some(limit)) => self.length(limit, Some(id)),
                    _ => Number::ZERO,
                };
                let label = format!("{}\u{b7}{}", item.name.value, item.stages[stage].name);
                let node = self.task(label.into(), vec![id], length);
                self.graph[node].stage = Some(stage);
                self.graph[node].off_clock = off_clock;
                self.stages.insert((id, stage), node);
                if let Some((_, last)) = ends {
                    self.graph.add_edge(last, node, ());
                }
                ends = Some((ends.map_or(node, |(first, _)| first), node));
            }
            self.ends.extend(ends.map(|ends| (id, ends)));
            return;
        }
        whole = compressed.or(whole);
        if whole.is_none() {
            self.untimed.push(id);
        }
        let length = whole.map_or(Number::ZERO, |limit| self.length(limit, Some(id)));
        let node = self.task(item.name.value.clone(), vec![id], length);
        self.ends.insert(id, (node, node));
    }

    /// For each joint measure the tasks that it joins; at least two.
    fn add_joints(&mut self) -> Vec<(usize, Vec<NodeIndex>)> {
        let mut joints = Vec::new();
        for (index, measure) in self.program.measures.iter().enumerate() {
            let MeasureKind::JointStage { items, kind, .. } = &measure.kind else { continue };
            let nodes: Vec<_> = items
                .iter()
                .filter_map(|at| {
                    let stages = &self.program.item(at.value).stages;
                    let stage = stages.iter().position(|stage| stage.kind == *kind)?;
                    self.stages.get(&(at.value, stage)).copied()
                })
                .collect();
            if nodes.len() > 1 {
                joints.push((index, nodes));
            }
        }
        joints
    }

    fn add_edges(&mut self, (first, last): (Option<NodeIndex>, Option<NodeIndex>)) {
        for id in self.case.items() {
            let Some(&(start, end)) = self.ends.get(&id) else { continue };
            for (before, stage, _) in self.program.preconditions.of(id) {
                let lifted = self.program.measures_of(id).find_map(|(_, measure)| match measure {
                    MeasureKind::LiftPrecondition { precondition, stage, .. } if *precondition == before => {
                        Some(*stage)
                    }
                    _ => None,
                });
                let wait = match lifted {
                    Some(None) => continue,
                    Some(stage) => stage,
                    None => stage,
                };
                let Some(&(_, whole)) = self.ends.get(&before) else { continue };
                let node = wait.map_or(whole, |stage| self.stages.get(&(before, stage)).copied().unwrap_or(whole));
                self.graph.update_edge(node, start, ());
            }
            if let Some(first) = first {
                self.graph.update_edge(first, start, ());
            }
            if let Some(last) = last {
                self.graph.update_edge(end, last, ());
            }
        }
    }

    /// Joins tasks that are done together, unless one of them would then wait for itself.
    fn join(&mut self, joints: Vec<(usize, Vec<NodeIndex>)>) -> Vec<usize> {
        let mut impossible = Vec::new();
        for (measure, nodes) in joints {
            let MeasureKind::JointStage { limit, kind, .. } = &self.program.measures[measure].kind else { continue };
            let waits = nodes.iter().any(|&a| {
                nodes.iter().any(|&b| a != b && petgraph::algo::has_path_connecting(&self.graph, a, b, None))
            });
            if waits {
                impossible.push(measure);
                continue;
            }
            let longest = nodes.iter().map(|&node| self.graph[node].length).max().unwrap_or(Number::ZERO);
            let length = match limit {
                Some(limit) => convert(self.program, limit.value, self.unit).unwrap_or(longest),
                None => longest,
            };
            let items = nodes.iter().flat_map(|&node| self.graph[node].items.clone()).collect();
            let label = format!("联合{}", kind.word());
            let joint = self.task(label.into(), items, length);
            self.graph[joint].joint = Some(measure);
            for &node in &nodes {
                let before: Vec<_> = self.graph.neighbors_directed(node, petgraph::Direction::Incoming).collect();
                let after: Vec<_> = self.graph.neighbors(node).collect();
                for other in before {
                    self.graph.update_edge(other, joint, ());
                }
                for other in after {
                    self.graph.update_edge(joint, other, ());
                }
                for ends in self.ends.values_mut() {
                    ends.0 = if ends.0 == node { joint } else { ends.0 };
                    ends.1 = if ends.1 == node { joint } else { ends.1 };
                }
                self.stages.values_mut().filter(|stage| **stage == node).for_each(|stage| *stage = joint);
            }
            for &node in &nodes {
                self.graph.remove_node(node);
            }
        }
        impossible
    }

    fn finish(self, impossible_joints: Vec<usize>) -> Schedule {
        let Draft { program, case, unit, graph, untimed, inconvertible, .. } = self;
        let sorted = toposort(&graph, None);
        let cyclic = sorted.is_err();
        let order: Vec<NodeIndex> = sorted.unwrap_or_default();
        let position: FxHashMap<NodeIndex, usize> =
            order.iter().enumerate().map(|(index, &node)| (node, index)).collect();
        let mut tasks: Vec<Task> = Vec::with_capacity(order.len());
        for &node in &order {
            let mut task = graph[node].clone();
            task.after = graph
                .neighbors_directed(node, petgraph::Direction::Incoming)
                .filter_map(|before| position.get(&before).copied())
                .collect();
            task.after.sort_unstable();
            task.start = task.after.iter().map(|&before| tasks[before].finish).max().unwrap_or(Number::ZERO);
            task.finish = add(task.start, task.length);
            tasks.push(task);
        }
        let length = tasks.iter().map(|task| task.finish).max().unwrap_or(Number::ZERO);
        let critical = slack_and_chain(&mut tasks, length);
        let known = untimed.is_empty() && inconvertible.is_empty() && !cyclic;
        let mut serial = Some(Number::ZERO);
        for id in case.items() {
            let limit = program.item(id).written.limit.as_ref();
            let limit = limit.and_then(|limit| convert(program, limit.value, unit));
            serial = serial.and_then(|sum| sum.checked_add(limit?));
        }
        Schedule {
            tasks,
            unit,
            serial,
            length: known.then_some(length),
            critical,
            untimed,
            inconvertible,
            impossible_joints,
        }
    }
}

/// Overflow of days would take centuries: such input was refused when it was read.
fn add(a: Number, b: Number) -> Number {
    a.checked_add(b).unwrap_or(a)
}

fn convert(program: &Program<'_>, duration: Duration, unit: Unit) -> Option<Number> {
    if duration.is_zero() {
        return Some(Number::ZERO);
    }
    program.workspace.settings.conversions.convert(duration, unit)
}

/// Latest ends backwards; then a longest chain forwards, the earliest task where several are equal.
fn slack_and_chain(tasks: &mut [Task], length: Number) -> Vec<usize> {
    let mut latest = vec![length; tasks.len()];
    for index in (0..tasks.len()).rev() {
        let start = latest[index].checked_sub(tasks[index].length).unwrap_or(Number::ZERO);
        for &before in &tasks[index].after {
            latest[before] = latest[before].min(start);
        }
        tasks[index].slack = latest[index].checked_sub(tasks[index].finish).unwrap_or(Number::ZERO);
    }
    let mut chain = Vec::new();
    let mut next = (0..tasks.len()).find(|&index| tasks[index].finish == length);
    while let Some(index) = next {
        chain.push(index);
        let start = tasks[index].start;
        next = tasks[index]
            .after
            .iter()
            .copied()
            .find(|&before| tasks[before].finish == start && tasks[before].slack.is_zero());
    }
    chain.reverse();
    chain
}
