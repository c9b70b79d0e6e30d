//! What waits for what after the measures, as a graph of tasks; its longest chain by going through all of them.

use std::collections::{BTreeMap, BTreeSet};

use super::duration::{Shape, duration, moved, stages};
use super::model::{Kind, Known, Length, Missing, Target, What, longest, missing, sum};
use super::view::View;

#[derive(Debug, Clone)]
pub struct Task {
    /// The items whose task it is: several if it is joint work.
    pub items: Vec<usize>,
    pub counted: Known<Length>,
    pub elapsed: Known<Length>,
    pub waits: BTreeSet<usize>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Clock {
    Counted,
    Elapsed,
}

/// A cycle in some case: two orders for one thing.
#[derive(Debug, PartialEq, Eq)]
pub struct Circular;

#[derive(Debug, Default)]
pub struct Order {
    pub tasks: Vec<Task>,
    /// For what an item waits before it starts.
    starts: BTreeMap<usize, BTreeSet<usize>>,
    ends: BTreeMap<usize, usize>,
    nodes: BTreeMap<(usize, Option<Kind>), usize>,
}

/// A joint measure in a case: the stages that are there and done together.
#[derive(Debug)]
pub struct Joint {
    pub measure: usize,
    pub kind: Kind,
    pub members: Vec<usize>,
    pub limit: Option<Length>,
}

/// Where at least two items have the stage. One that comes after the decision, on a commitment, is not done with the others.
pub fn joints(view: &View) -> Vec<Joint> {
    let has = |item: usize, kind: Kind| {
        let list = &view.bundle.items[item].stages;
        stages(view, item).iter().any(|&place| list[place].kind == kind) && !moved(view, item).contains(&kind)
    };
    let joint = |(measure, what): (usize, &What)| {
        let What::Joint { kind, items, limit } = what else { return None };
        let members: Vec<_> = items.iter().copied().filter(|&item| view.is_there(item) && has(item, *kind)).collect();
        let limit = limit.map(|limit| view.bundle.read(limit));
        (members.len() > 1).then_some(Joint { measure, kind: *kind, members, limit })
    };
    view.measures().map(|(index, measure)| (index, &measure.what)).filter_map(joint).collect()
}

/// The joint works that change the time: every member is a row of stages with lengths, those included that the work itself gives.
fn timed(view: &View, joints: Vec<Joint>) -> Vec<Joint> {
    let staged = |item: &usize| matches!(duration(view, *item, &filled(&joints, *item)).shape, Shape::Stages(_));
    let works: Vec<bool> = joints.iter().map(|joint| joint.members.iter().all(staged)).collect();
    if works.iter().all(|works| *works) {
        return joints;
    }
    let left = joints.into_iter().zip(works).filter_map(|(joint, works)| works.then_some(joint));
    timed(view, left.collect())
}

/// The lengths that joint work gives to stages of this item.
fn filled(joints: &[Joint], item: usize) -> Vec<(Kind, Length)> {
    let own = joints.iter().filter(|joint| joint.members.contains(&item));
    own.filter_map(|joint| joint.limit.map(|limit| (joint.kind, limit))).collect()
}

impl Order {
    pub fn new(view: &View) -> Result<Order, Circular> {
        let mut order = Order::default();
        let joints = timed(view, joints(view));
        let joint_of =
            |item: usize, kind| joints.iter().position(|own| own.kind == kind && own.members.contains(&item));
        let mut shared: BTreeMap<usize, usize> = BTreeMap::new();
        for item in view.items() {
            let length = duration(view, item, &filled(&joints, item));
            let mut previous = None;
            match length.shape {
                Shape::Whole { .. } => {
                    let id = order.add(Task {
                        items: vec![item],
                        counted: length.counted,
                        elapsed: length.elapsed,
                        waits: BTreeSet::new(),
                    });
                    order.nodes.insert((item, None), id);
                    previous = Some(id);
                }
                Shape::Stages(list) => {
                    for stage in list {
                        let joint = joint_of(item, stage.kind);
                        let id = match joint.and_then(|joint| shared.get(&joint).copied()) {
                            Some(id) => {
                                let task = &mut order.tasks[id];
                                task.items.push(item);
                                task.counted = longest([task.counted.clone(), stage.counted]);
                                task.elapsed = longest([task.elapsed.clone(), stage.elapsed]);
                                id
                            }
                            None => order.add(Task {
                                items: vec![item],
                                counted: stage.counted,
                                elapsed: stage.elapsed,
                                waits: BTreeSet::new(),
                            }),
                        };
                        if let Some(joint) = joint {
                            shared.insert(joint, id);
                        }
                        order.nodes.insert((item, Some(stage.kind)), id);
                        order.tasks[id].waits.extend(previous);
                        previous = Some(id);
                    }
                }
            }
            order.ends.insert(item, previous.expect("an item has a task"));
        }
        for (joint, id) in &shared {
            if let Some(limit) = joints[*joint].limit {
                let counts = joints[*joint].members.iter().any(|&item| {
                    view.bundle.items[item]
                        .stages
                        .iter()
                        .any(|stage| stage.kind == joints[*joint].kind && !stage.uncounted)
                });
                order.tasks[*id].counted = Ok(if counts { limit } else { Length::ZERO });
                order.tasks[*id].elapsed = Ok(limit);
            }
        }
        for item in view.items() {
            let waits = order.waits(view, item, item, 0)?;
            let first = order.first(view, item);
            order.tasks[first].waits.extend(&waits);
            order.starts.insert(item, waits);
        }
        match (0..order.tasks.len()).any(|task| order.before(task).contains(&task)) {
            true => Err(Circular),
            false => Ok(order),
        }
    }

    fn add(&mut self, task: Task) -> usize {
        self.tasks.push(task);
        self.tasks.len() - 1
    }

    fn first(&self, view: &View, item: usize) -> usize {
        let list = &view.bundle.items[item].stages;
        let stages = stages(view, item).into_iter().map(|place| (item, Some(list[place].kind)));
        let mut all = std::iter::once((item, None)).chain(stages);
        all.find_map(|node| self.nodes.get(&node).copied()).expect("an item has a task")
    }

    /// For what `item` waits, on behalf of `asking`, which may stand further down.
    fn waits(&mut self, view: &View, item: usize, asking: usize, depth: usize) -> Result<BTreeSet<usize>, Circular> {
        let mut all = BTreeSet::new();
        for &target in &view.bundle.items[item].before {
            let lifted = match target {
                Target::Item(first) | Target::Stage(first, _) => {
                    view.measures().find_map(|(_, measure)| match measure.what {
                        What::Lift { item: own, first: what, instead } if own == item && what == first => {
                            Some(instead.map(|kind| Target::Stage(first, kind)))
                        }
                        _ => None,
                    })
                }
                Target::Group(_) => None,
            };
            if let Some(target) = lifted.unwrap_or(Some(target)) {
                all.extend(self.resolve(view, target, asking, depth + 1)?);
            }
        }
        Ok(all)
    }

    fn resolve(
        &mut self,
        view: &View,
        target: Target,
        asking: usize,
        depth: usize,
    ) -> Result<BTreeSet<usize>, Circular> {
        if depth > 100 {
            return Err(Circular);
        }
        match target {
            Target::Item(item) if view.is_there(item) => Ok(BTreeSet::from([self.ends[&item]])),
            Target::Item(item) | Target::Stage(item, _) if !view.is_there(item) => {
                // Merged: who waited for it waits for the other, but nobody waits for himself.
                let into = if view.case.taken[item] { view.gone(item).and_then(|(_, into)| into) } else { None };
                match into.filter(|into| *into != asking) {
                    Some(into) => self.resolve(view, Target::Item(into), asking, depth + 1),
                    None => self.waits(view, item, asking, depth + 1),
                }
            }
            Target::Item(_) => unreachable!("either there or not"),
            Target::Stage(item, kind) => self.stage(view, item, kind, asking, depth),
            Target::Group(group) => {
                let members = &view.bundle.groups[group].members;
                let chosen: Vec<_> = members.iter().copied().filter(|&item| view.case.taken[item]).collect();
                let mut all = BTreeSet::new();
                for item in if chosen.is_empty() { members.clone() } else { chosen } {
                    all.extend(self.resolve(view, Target::Item(item), asking, depth + 1)?);
                }
                Ok(all)
            }
        }
    }

    /// Who waits for a stage of an item that is there.
    fn stage(
        &mut self,
        view: &View,
        item: usize,
        kind: Kind,
        asking: usize,
        depth: usize,
    ) -> Result<BTreeSet<usize>, Circular> {
        if let Some(&id) = self.nodes.get(&(item, Some(kind))) {
            return Ok(BTreeSet::from([id]));
        }
        let end = self.ends[&item];
        let list = &view.bundle.items[item].stages;
        let there: Vec<Kind> = stages(view, item).into_iter().map(|place| list[place].kind).collect();
        let moved = moved(view, item);
        if moved.contains(&kind) {
            return Ok(BTreeSet::from([end]));
        }
        let place = list.iter().position(|stage| stage.kind == kind).expect("a stage of the item");
        if !there.contains(&kind) {
            // The one before it, or whatever the item itself waits for.
            let earlier = list[..place].iter().rev().map(|stage| stage.kind);
            return match earlier.into_iter().find(|kind| there.contains(kind) && !moved.contains(kind)) {
                Some(kind) => self.stage(view, item, kind, asking, depth + 1),
                None => self.waits(view, item, asking, depth + 1),
            };
        }
        let shortened = matches!(duration(view, item, &[]).shape, Shape::Whole { shortened: true });
        let last = there.iter().rfind(|kind| !moved.contains(kind)) == Some(&kind);
        if shortened || last {
            return Ok(BTreeSet::from([end]));
        }
        // Somewhere inside the block.
        let waits = self.waits(view, item, asking, depth + 1)?;
        Ok(BTreeSet::from([self.add(Task {
            items: vec![item],
            counted: missing(Missing::Inside(item)),
            elapsed: missing(Missing::Inside(item)),
            waits,
        })]))
    }

    /// All that is done before a task starts.
    fn before(&self, task: usize) -> BTreeSet<usize> {
        let mut found = BTreeSet::new();
        let mut open: Vec<usize> = self.tasks[task].waits.iter().copied().collect();
        while let Some(next) = open.pop() {
            if found.insert(next) {
                open.extend(&self.tasks[next].waits);
            }
        }
        found
    }

    /// Whether `item` waits for the end of `first`, directly or through others.
    pub fn waits_for_end(&self, item: usize, first: usize) -> bool {
        let (Some(starts), Some(end)) = (self.starts.get(&item), self.ends.get(&first)) else { return false };
        item != first && starts.iter().any(|start| start == end || self.before(*start).contains(end))
    }

    /// Every chain from a task that waits for nothing to one for which nobody waits.
    pub fn chains(&self) -> Vec<Vec<usize>> {
        fn up_to(order: &Order, task: usize) -> Vec<Vec<usize>> {
            let waits = &order.tasks[task].waits;
            if waits.is_empty() {
                return vec![vec![task]];
            }
            let all = waits.iter().flat_map(|&before| up_to(order, before));
            all.map(|chain| [chain, vec![task]].concat()).collect()
        }
        let awaited: BTreeSet<usize> = self.tasks.iter().flat_map(|task| task.waits.iter().copied()).collect();
        let last = (0..self.tasks.len()).filter(|task| !awaited.contains(task));
        last.flat_map(|task| up_to(self, task)).collect()
    }

    pub fn length_of(&self, chain: &[usize], clock: Clock) -> Known<Length> {
        sum(chain.iter().map(|&task| self.length(task, clock)))
    }

    pub fn length(&self, task: usize, clock: Clock) -> Known<Length> {
        match clock {
            Clock::Counted => self.tasks[task].counted.clone(),
            Clock::Elapsed => self.tasks[task].elapsed.clone(),
        }
    }

    pub fn path(&self, clock: Clock) -> Known<Length> {
        longest(self.chains().iter().map(|chain| self.length_of(chain, clock)))
    }
}
