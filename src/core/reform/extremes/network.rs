//! The task graphs of all scenarios in one: every task with the set of scenarios in which it is there.
//!
//! A way from the first node to the last stands for a chain of tasks, one after the other; it exists in the scenarios in which
//! every node and edge on it is there. A chain may leave tasks out: it then takes no longer than one that does not. So the longest
//! chain that exists in a scenario is as long as its critical path, and nothing need be said about what is *not* there, but for a
//! joint stage that is quicker than the stage by itself. Waiting passes through what is not there: a way leads past every item and
//! every stage.
//!
//! A chain of known times that breaks a promise refutes it; a proof needs every time.

use super::super::item::{Joint, Length, Timing};
use crate::expr::Number;
use crate::program::{ItemId, Wait};
use crate::scenario::{Full, Scenarios, Set};

/// A task, or a place where ways meet.
#[derive(Debug)]
pub struct Node {
    /// How long it takes.
    pub length: Number,
    /// Where it is there, if its item is taken.
    pub set: Set,
    /// Whose it is.
    pub item: Option<ItemId>,
    /// What else must be so.
    pub company: Company,
    /// What may come next, and where.
    pub next: Vec<(usize, Set)>,
}

/// Who else takes part in a joint stage.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Company {
    /// That does not matter.
    Any,
    /// None of the other members of this joint is there.
    Nobody(usize),
    /// At least one of them is.
    Somebody(usize),
}

/// All tasks.
#[derive(Debug)]
pub struct Network {
    /// The first is where every chain begins, the second where it ends.
    pub nodes: Vec<Node>,
    /// For each joint its members, and where each is there.
    pub joints: Vec<Vec<(ItemId, Set)>>,
    /// Where some items wait for each other, if all that apply are taken.
    pub cyclic: Set,
    /// Where some time is not known; it counts as nothing.
    pub unknown: Set,
    /// Items without a declared time, among those who are served.
    pub untimed: Vec<ItemId>,
}

/// Where chains begin.
pub const FIRST: usize = 0;
/// Where they end.
pub const LAST: usize = 1;

/// What an item is in the network.
#[derive(Debug, Clone)]
struct Place {
    start: usize,
    end: usize,
    /// Where it is not taken apart, so that who waits for a stage waits for its end.
    whole: Set,
    /// By stage: how far it is after it, with or without it; nothing if it is never taken apart.
    after: Vec<usize>,
    /// Past an item on a circle; others are passed by their start and end.
    past: Option<usize>,
}

struct Builder<'s, 'p, 'w> {
    scenarios: &'s mut Scenarios<'p, 'w>,
    timing: &'s Timing,
    network: Network,
    /// Whether somebody waits for an item, by item id.
    followed: Vec<bool>,
}

impl Network {
    /// The tasks of a bundle.
    pub fn new(scenarios: &mut Scenarios<'_, '_>, timing: &Timing) -> Result<Self, Full> {
        let network = Network {
            nodes: Vec::new(),
            joints: Vec::new(),
            cyclic: Set::NONE,
            unknown: Set::NONE,
            untimed: Vec::new(),
        };
        let mut followed = vec![false; timing.items.len()];
        for id in scenarios.program.item_ids() {
            scenarios.program.preconditions.waits(id).iter().for_each(|wait| followed[wait.first.index()] = true);
        }
        let mut builder = Builder { scenarios, timing, network, followed };
        builder.build()?;
        Ok(builder.network)
    }

    /// Everything that decides which chains there are.
    pub fn sets(&self) -> Vec<Set> {
        let edges = self.nodes.iter().flat_map(|node| &node.next).map(|(_, set)| *set);
        let mut sets: Vec<Set> = self.nodes.iter().map(|node| node.set).chain(edges).collect();
        sets.sort_unstable();
        sets.dedup();
        sets
    }

    /// Where a node is there if every item that applies is taken.
    pub fn all_taken(&self, scenarios: &mut Scenarios<'_, '_>, node: usize) -> Result<Set, Full> {
        let Node { set, item, company, .. } = self.nodes[node];
        let others = |joint: usize| {
            let members = self.joints[joint].iter().filter(|(other, _)| Some(*other) != item);
            members.map(|(_, set)| *set).collect::<Vec<_>>()
        };
        match company {
            Company::Any => Ok(set),
            Company::Nobody(joint) => {
                let others = scenarios.diagram.any(others(joint))?;
                scenarios.diagram.minus(set, others)
            }
            Company::Somebody(joint) => {
                let others = scenarios.diagram.any(others(joint))?;
                scenarios.diagram.and(set, others)
            }
        }
    }
}

impl Builder<'_, '_, '_> {
    fn build(&mut self) -> Result<(), Full> {
        let frame = |length: Option<Length>| length.unwrap_or(Length::Known(Number::ZERO));
        let (first, last) = (frame(self.timing.acceptance), frame(self.timing.issuing));
        self.node(first, Set::ALL, None)?;
        self.node(last, Set::ALL, None)?;
        self.edge(FIRST, LAST, Set::ALL);
        let mut stages = Vec::new();
        for index in 0..self.timing.items.len() {
            stages.push(self.apart(index.into())?);
        }
        let mut gates: Vec<Vec<Option<(usize, usize)>>> = stages.iter().map(|own| vec![None; own.len()]).collect();
        for joint in 0..self.timing.joints.len() {
            self.joint(joint, &stages, &mut gates)?;
        }
        let mut places = Vec::new();
        for (index, (stages, gates)) in stages.into_iter().zip(gates).enumerate() {
            places.push(self.item(index.into(), &stages, &gates)?);
        }
        let program = self.scenarios.program;
        for (index, place) in places.iter().enumerate() {
            let id = ItemId::from(index);
            self.edge(FIRST, place.start, Set::ALL);
            self.edge(place.end, LAST, Set::ALL);
            for wait in program.preconditions.waits(id) {
                self.wait(&places, wait, id, place.start);
                if let Some(past) = place.past {
                    self.wait(&places, wait, id, past);
                }
                // Around a circle nothing passes; but whoever stands on it waits for what any of them waits for.
                if program.preconditions.circle(id).is_some() && !program.preconditions.on_one_circle(wait.first, id) {
                    let others = program.item_ids().filter(|other| *other != id);
                    for other in others.filter(|other| program.preconditions.on_one_circle(*other, id)) {
                        self.wait(&places, wait, other, places[other.index()].start);
                    }
                }
            }
        }
        self.network.cyclic = self.cyclic()?;
        Ok(())
    }

    /// What `item` waits for comes before `to`.
    fn wait(&mut self, places: &[Place], wait: &Wait, item: ItemId, to: usize) {
        let before = &places[wait.first.index()];
        match wait.stage.and_then(|stage| before.after.get(stage)) {
            Some(&after) => {
                self.edge(after, to, Set::ALL);
                self.edge(before.end, to, before.whole);
            }
            None => self.edge(before.end, to, Set::ALL),
        }
        let start = places[item.index()].start;
        let passes = to != start || !self.scenarios.program.preconditions.on_one_circle(item, wait.first);
        if let Some(past) = before.past.filter(|_| passes) {
            self.edge(past, to, Set::ALL);
        }
    }

    fn node(&mut self, length: Length, set: Set, item: Option<ItemId>) -> Result<usize, Full> {
        if length.known().is_none() {
            self.lacking(set)?;
        }
        Ok(self.place(length.at_least(), set, item))
    }

    fn place(&mut self, length: Number, set: Set, item: Option<ItemId>) -> usize {
        self.network.nodes.push(Node { length, set, item, company: Company::Any, next: Vec::new() });
        self.network.nodes.len() - 1
    }

    fn edge(&mut self, from: usize, to: usize, set: Set) {
        if !set.is_empty() {
            self.network.nodes[from].next.push((to, set));
        }
    }

    /// Some time is not known here.
    fn lacking(&mut self, set: Set) -> Result<(), Full> {
        let served = self.scenarios.diagram.and(set, self.scenarios.served)?;
        self.network.unknown = self.scenarios.diagram.or(self.network.unknown, served)?;
        Ok(())
    }

    /// Where each stage of an item is a task of its own; nothing for an item that is never taken apart.
    fn apart(&mut self, id: ItemId) -> Result<Vec<Set>, Full> {
        let timing = &self.timing.items[id.index()];
        if timing.never_apart {
            return Ok(Vec::new());
        }
        let here = self.scenarios.applies.items[id.index()].stages.clone();
        let diagram = &mut self.scenarios.diagram;
        let (mut some, mut untimed) = (Set::NONE, Set::NONE);
        for (stage, &set) in timing.stages.iter().zip(&here).filter(|(stage, _)| !stage.dropped) {
            some = diagram.or(some, set)?;
            if stage.length == Length::Undeclared {
                untimed = diagram.or(untimed, set)?;
            }
        }
        let apart = diagram.minus(some, untimed)?;
        let own = timing.stages.iter().zip(&here);
        own.map(|(stage, &set)| if stage.dropped { Ok(Set::NONE) } else { diagram.and(apart, set) }).collect()
    }

    fn item(&mut self, id: ItemId, stages: &[Set], gates: &[Option<(usize, usize)>]) -> Result<Place, Full> {
        let timing = &self.timing.items[id.index()];
        let here = self.scenarios.applies.items[id.index()].item;
        let apart = self.scenarios.diagram.any(stages.iter().copied())?;
        let whole = self.scenarios.diagram.minus(here, apart)?;
        if timing.whole == Length::Undeclared && self.scenarios.diagram.meet(whole, self.scenarios.served)? {
            self.network.untimed.push(id);
        }
        // A way past it is needed only where somebody waits for it and it for somebody, and it may be left out.
        let graph = &self.scenarios.program.preconditions;
        let circle = graph.circle(id).is_some();
        let passed = self.followed[id.index()] && !graph.waits(id).is_empty();
        let passed = passed && (here != Set::ALL || !apart.is_empty());
        let past = (passed && circle).then(|| self.place(Number::ZERO, Set::ALL, None));
        if apart.is_empty() && (!passed || circle) {
            let node = self.node(timing.whole, here, Some(id))?;
            return Ok(Place { start: node, end: node, whole, after: Vec::new(), past });
        }
        let (everywhere, owner) = if circle { (here, Some(id)) } else { (Set::ALL, None) };
        let start = self.place(Number::ZERO, everywhere, owner);
        let end = self.place(Number::ZERO, everywhere, owner);
        if !whole.is_empty() {
            let node = self.node(timing.whole, whole, Some(id))?;
            self.edge(start, node, Set::ALL);
            self.edge(node, end, Set::ALL);
        }
        let mut after = Vec::with_capacity(timing.stages.len());
        let mut last = start;
        if stages.is_empty() {
            self.edge(start, end, Set::ALL);
            return Ok(Place { start, end, whole, after, past });
        }
        for (index, &set) in stages.iter().enumerate() {
            if !set.is_empty() {
                let (from, to) = match gates[index] {
                    Some(gates) => gates,
                    None => {
                        let node = self.node(timing.stages[index].length, set, Some(id))?;
                        (node, node)
                    }
                };
                let next = self.place(Number::ZERO, everywhere, owner);
                self.edge(last, from, Set::ALL);
                self.edge(to, next, Set::ALL);
                self.edge(last, next, Set::ALL);
                last = next;
            }
            after.push(last);
        }
        self.edge(last, end, Set::ALL);
        Ok(Place { start, end, whole, after, past })
    }

    /// A joint stage: for each member a node to come in and one to go out, and between them what it takes alone and together.
    fn joint(
        &mut self,
        index: usize,
        stages: &[Vec<Set>],
        gates: &mut [Vec<Option<(usize, usize)>>],
    ) -> Result<(), Full> {
        let Joint { limit, members, .. } = &self.timing.joints[index];
        let set = |&(item, stage): &(ItemId, usize)| stages[item.index()].get(stage).copied().unwrap_or(Set::NONE);
        let here: Vec<((ItemId, usize), Set)> =
            members.iter().map(|member| (*member, set(member))).filter(|(_, set)| !set.is_empty()).collect();
        self.network.joints.push(here.iter().map(|((item, _), set)| (*item, *set)).collect());
        let mut doors = Vec::new();
        for &((item, stage), set) in &here {
            let door = (self.place(Number::ZERO, set, Some(item)), self.place(Number::ZERO, set, Some(item)));
            gates[item.index()][stage] = Some(door);
            doors.push((door, item, set, self.timing.items[item.index()].stages[stage].length));
        }
        match limit {
            None => self.longest(&doors),
            Some(limit) => self.agreed(index, *limit, &doors),
        }
    }

    /// Together it takes as long as the longest of those who are there.
    fn longest(&mut self, doors: &[((usize, usize), ItemId, Set, Length)]) -> Result<(), Full> {
        let into = self.place(Number::ZERO, Set::ALL, None);
        let out = self.place(Number::ZERO, Set::ALL, None);
        for &((door, exit), item, set, length) in doors {
            let node = self.node(length, set, Some(item))?;
            self.edge(door, into, Set::ALL);
            self.edge(into, node, Set::ALL);
            self.edge(node, out, Set::ALL);
            self.edge(out, exit, Set::ALL);
        }
        Ok(())
    }

    /// Together it takes as long as was agreed; who is alone takes what the stage takes.
    fn agreed(
        &mut self,
        joint: usize,
        limit: Length,
        doors: &[((usize, usize), ItemId, Set, Length)],
    ) -> Result<(), Full> {
        if limit.known().is_none() {
            let mut some = Set::NONE;
            for &(_, _, set, _) in doors {
                let both = self.scenarios.diagram.and(some, set)?;
                self.lacking(both)?;
                some = self.scenarios.diagram.or(some, set)?;
            }
        }
        let (mut up, mut down) = (None, None);
        let mut through = Vec::new();
        for &((door, exit), item, set, length) in doors {
            let alone = self.node(length, set, Some(item))?;
            self.edge(door, alone, Set::ALL);
            self.edge(alone, exit, Set::ALL);
            let together = self.place(limit.at_least(), set, Some(item));
            self.edge(door, together, Set::ALL);
            if length.at_least() > limit.at_least() {
                // Alone it takes longer, so as a chain this is right in any company.
                self.network.nodes[alone].company = Company::Nobody(joint);
                self.edge(together, exit, Set::ALL);
            } else {
                let back = self.place(Number::ZERO, set, Some(item));
                self.network.nodes[back].company = Company::Somebody(joint);
                self.edge(together, back, Set::ALL);
                self.edge(back, exit, Set::ALL);
            }
            through.push((together, exit));
        }
        // In with one member, out with another: towards those after it, and towards those before it.
        for (towards, list) in
            [(&mut up, through.iter().collect::<Vec<_>>()), (&mut down, through.iter().rev().collect())]
        {
            for &(together, exit) in list {
                if let Some(on) = *towards {
                    self.edge(on, exit, Set::ALL);
                }
                let next = self.place(Number::ZERO, Set::ALL, None);
                if let Some(on) = *towards {
                    self.edge(on, next, Set::ALL);
                }
                self.edge(together, next, Set::ALL);
                *towards = Some(next);
            }
        }
        Ok(())
    }

    /// Where items wait for each other: what waits for something that waits without end.
    fn cyclic(&mut self) -> Result<Set, Full> {
        let graph = &self.scenarios.program.preconditions;
        let waits = |index: usize| graph.waits(index.into()).iter().map(|wait| wait.first.index());
        let items = self.timing.items.len();
        let mut waiting: Vec<Set> = self.scenarios.applies.items.iter().map(|item| item.item).collect();
        // Only what is on a circle of the whole graph, or behind one, can wait without end.
        let mut left: Vec<usize> = (0..items).map(|index| waits(index).count()).collect();
        let mut after: Vec<Vec<usize>> = vec![Vec::new(); items];
        for index in 0..items {
            waits(index).for_each(|first| after[first].push(index));
        }
        let mut free: Vec<usize> = (0..items).filter(|&index| left[index] == 0).collect();
        while let Some(index) = free.pop() {
            waiting[index] = Set::NONE;
            for &other in &after[index] {
                left[other] -= 1;
                if left[other] == 0 {
                    free.push(other);
                }
            }
        }
        let knot: Vec<usize> = (0..items).filter(|&index| !waiting[index].is_empty()).collect();
        loop {
            let mut changed = false;
            for &index in &knot {
                let before = self.scenarios.diagram.any(waits(index).map(|first| waiting[first]))?;
                let still = self.scenarios.diagram.and(waiting[index], before)?;
                changed |= still != waiting[index];
                waiting[index] = still;
            }
            if !changed {
                break;
            }
        }
        let waiting = self.scenarios.diagram.any(knot.into_iter().map(|index| waiting[index]))?;
        self.scenarios.diagram.and(waiting, self.scenarios.served)
    }
}
