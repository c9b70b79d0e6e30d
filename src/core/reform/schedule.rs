//! Time: the serial sum of today, the critical path after the reform, slack, and the chain that breaks a promise.

use petgraph::algo::toposort;
use petgraph::graph::{DiGraph, NodeIndex};
use rustc_hash::FxHashMap;

use super::item::{Length, Timing};
use crate::expr::{Number, Unit};
use crate::model::Str;
use crate::program::{Case, ItemId, Program, Wait};

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
    /// What takes time, in an order in which each comes after what it waits for; nothing if some items wait for each other.
    pub tasks: Vec<Task>,
    /// The unit of all figures here.
    pub unit: Unit,
    /// 串联合计: what the items take today one after the other; `None` if that is not known for all.
    pub serial: Option<Number>,
    /// What each item taken takes today, if that is known.
    pub today: Vec<(ItemId, Option<Number>)>,
    /// 关键路径: what the whole takes; `None` if that is not known for all.
    pub length: Option<Number>,
    /// What the whole takes at least: what is not known counts nothing.
    pub at_least: Number,
    /// A longest chain, in order.
    pub critical: Vec<usize>,
    /// Items taken whose time is not declared.
    pub untimed: Vec<ItemId>,
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
    timing: &'p Timing,
    case: &'p Case,
    graph: DiGraph<Task, ()>,
    /// The items taken; those that are taken apart with the stages that they have.
    taken: Vec<(ItemId, Option<Vec<usize>>)>,
    /// How many stages of each joint are there.
    together: Vec<usize>,
    /// First and last task of each item taken.
    ends: FxHashMap<ItemId, (NodeIndex, NodeIndex)>,
    /// The task of each stage of the items taken apart.
    stages: FxHashMap<(ItemId, usize), NodeIndex>,
    untimed: Vec<ItemId>,
    known: bool,
}

impl Schedule {
    /// The schedule of a case.
    pub fn new(program: &Program<'_>, timing: &Timing, case: &Case) -> Self {
        let mut draft = Draft {
            program,
            timing,
            case,
            graph: DiGraph::new(),
            taken: Vec::new(),
            together: vec![0; timing.joints.len()],
            ends: FxHashMap::default(),
            stages: FxHashMap::default(),
            untimed: Vec::new(),
            known: true,
        };
        draft.take_apart();
        let first = timing.acceptance.map(|length| draft.task("受理".into(), Vec::new(), length));
        draft.add_items();
        let last = timing.issuing.map(|length| draft.task("统一出件".into(), Vec::new(), length));
        draft.add_joints();
        draft.add_chains();
        draft.add_edges(first, last);
        draft.finish()
    }

    /// Why the promise cannot be kept; `None` if what is known does not speak against it.
    pub fn core(&self, promise: Number) -> Option<Core> {
        let excess = Some(self.at_least).filter(|length| *length > promise)?.checked_sub(promise)?;
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

impl Draft<'_, '_> {
    /// What is not known counts nothing, and makes the whole unknown.
    fn task(&mut self, label: Str, items: Vec<ItemId>, length: Length) -> NodeIndex {
        self.known &= length.known().is_some();
        self.graph.add_node(Task {
            label,
            items,
            stage: None,
            joint: None,
            length: length.at_least(),
            off_clock: false,
            start: Number::ZERO,
            finish: Number::ZERO,
            slack: Number::ZERO,
            after: Vec::new(),
        })
    }

    /// Finds which items consist of stages.
    fn take_apart(&mut self) {
        for id in self.case.items() {
            let timing = &self.timing.items[id.index()];
            let stages: Vec<usize> = self.timing.stages(self.program, self.case, id).collect();
            let timed = stages.iter().all(|&stage| timing.stages[stage].length != Length::Undeclared);
            let apart = timed && !stages.is_empty() && !timing.never_apart;
            for joint in stages.iter().filter_map(|&stage| self.timing.joint_index(id, stage)).filter(|_| apart) {
                self.together[joint] += 1;
            }
            self.taken.push((id, apart.then_some(stages)));
        }
    }

    fn is_joint(&self, id: ItemId, stage: usize) -> bool {
        self.timing.joint_index(id, stage).is_some_and(|joint| self.together[joint] > 1)
    }

    /// A task for each item and each stage that is not done jointly.
    fn add_items(&mut self) {
        for (id, stages) in std::mem::take(&mut self.taken) {
            let item = self.program.item(id);
            let timing = &self.timing.items[id.index()];
            match &stages {
                None => {
                    if timing.whole == Length::Undeclared {
                        self.untimed.push(id);
                    }
                    let node = self.task(item.name.value.clone(), vec![id], timing.whole);
                    self.ends.insert(id, (node, node));
                }
                Some(stages) => {
                    for &stage in stages {
                        if self.is_joint(id, stage) {
                            continue;
                        }
                        let label = format!("{}·{}", item.name.value, item.stages[stage].name);
                        let node = self.task(label.into(), vec![id], timing.stages[stage].length);
                        self.graph[node].stage = Some(stage);
                        self.graph[node].off_clock = timing.stages[stage].off_clock;
                        self.stages.insert((id, stage), node);
                    }
                }
            }
            self.taken.push((id, stages));
        }
    }

    /// A task for the stages that are done jointly.
    fn add_joints(&mut self) {
        let timing = self.timing;
        for (index, joint) in timing.joints.iter().enumerate() {
            if self.together[index] < 2 {
                continue;
            }
            let here = |(item, stage): &(ItemId, usize)| {
                let taken = self.taken.binary_search_by_key(item, |(id, _)| *id).ok()?;
                self.taken[taken].1.as_ref().filter(|stages| stages.contains(stage)).map(|_| (*item, *stage))
            };
            let here: Vec<(ItemId, usize)> = joint.members.iter().filter_map(here).collect();
            let lengths = here.iter().map(|&(item, stage)| timing.items[item.index()].stages[stage].length);
            self.known &= lengths.clone().all(|length| length.known().is_some());
            let longest = lengths.map(Length::at_least).max().unwrap_or(Number::ZERO);
            let length = joint.limit.unwrap_or(Length::Known(longest));
            let items = here.iter().map(|(item, _)| *item).collect();
            let node = self.task(format!("联合{}", joint.kind.word()).into(), items, length);
            self.graph[node].joint = Some(joint.measure);
            self.stages.extend(here.into_iter().map(|member| (member, node)));
        }
    }

    /// The stages of an item come one after the other.
    fn add_chains(&mut self) {
        for (id, stages) in &self.taken {
            let Some(stages) = stages else { continue };
            let nodes: Vec<NodeIndex> = stages.iter().map(|&stage| self.stages[&(*id, stage)]).collect();
            for pair in nodes.windows(2) {
                self.graph.update_edge(pair[0], pair[1], ());
            }
            self.ends.extend(nodes.first().zip(nodes.last()).map(|(&first, &last)| (*id, (first, last))));
        }
    }

    fn add_edges(&mut self, first: Option<NodeIndex>, last: Option<NodeIndex>) {
        if let (Some(first), Some(last), true) = (first, last, self.taken.is_empty()) {
            self.graph.update_edge(first, last, ());
        }
        for id in self.case.items() {
            let (start, end) = self.ends[&id];
            let mut met = Vec::new();
            self.program.preconditions.each_wait(id, |wait| {
                let node = self.end_of(wait);
                met.extend(node);
                node.is_some()
            });
            for node in met {
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

    /// The task at whose end a wait is over; `None` if nothing is there to wait for. Of an item that is not taken apart the end of
    /// the whole is waited for.
    fn end_of(&self, wait: &Wait) -> Option<NodeIndex> {
        let taken = self.taken.binary_search_by_key(&wait.first, |(id, _)| *id).ok()?;
        match (&self.taken[taken].1, wait.stage) {
            (Some(stages), Some(until)) => {
                let stage = stages.iter().rev().find(|stage| **stage <= until)?;
                self.stages.get(&(wait.first, *stage)).copied()
            }
            _ => self.ends.get(&wait.first).map(|(_, end)| *end),
        }
    }

    fn finish(self) -> Schedule {
        let Draft { timing, case, graph, untimed, known, .. } = self;
        let sorted = toposort(&graph, None);
        let known = known && sorted.is_ok();
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
        let at_least = tasks.iter().map(|task| task.finish).max().unwrap_or(Number::ZERO);
        let critical = slack_and_chain(&mut tasks, at_least);
        let today: Vec<_> = case.items().map(|id| (id, timing.items[id.index()].today.known())).collect();
        let serial = today.iter().try_fold(Number::ZERO, |sum, (_, length)| sum.checked_add((*length)?));
        let length = known.then_some(at_least);
        Schedule { tasks, unit: timing.unit, serial, today, length, at_least, critical, untimed }
    }
}

/// Overflow of days would take centuries: such input was refused when it was read.
fn add(a: Number, b: Number) -> Number {
    a.checked_add(b).unwrap_or(a)
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
