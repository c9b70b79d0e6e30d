//! Sets of scenarios as multi-valued decision diagrams: one child per answer, equal nodes shared, so that a set has one
//! representation and equality is the equality of two numbers (R. E. Bryant, *Graph-Based Algorithms for Boolean Function
//! Manipulation*, 1986; A. Srinivasan et al., *Algorithms for Discrete Function Manipulation*, 1990).
//!
//! The work is bounded: an operation that would exceed the budget gives [`Full`], never a wrong set.
//!
//! Our own, because one child per answer lets conditions be read straight back in the author's words. Variables are ordered by FORCE, so that
//! questions that are joined stand together. The budget counts nodes and steps; [`Full`] travels up and becomes `intractable-conditions`.

use std::hash::BuildHasher;

use hashbrown::HashTable;
use rustc_hash::{FxBuildHasher, FxHashMap, FxHashSet};

/// A set of scenarios. Only meaningful for the diagram that made it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Set(u32);

impl Set {
    /// No scenario.
    pub const NONE: Set = Set(0);
    /// Every scenario.
    pub const ALL: Set = Set(1);

    /// Whether no scenario is in it.
    pub fn is_empty(self) -> bool {
        self == Set::NONE
    }

    fn index(self) -> usize {
        self.0 as usize
    }
}

/// A variable: its place in the order of the diagram.
pub type Var = usize;

/// The budget is used up.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Full;

/// How much may be built and computed.
#[derive(Debug, Clone, Copy)]
pub struct Budget {
    /// Children of all nodes together; one takes about 12 bytes.
    pub children: usize,
    /// Pairs of nodes combined.
    pub steps: usize,
}

impl Default for Budget {
    fn default() -> Self {
        Budget { children: 6_000_000, steps: 12_000_000 }
    }
}

/// What combines two sets.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
enum Op {
    And,
    Or,
    Minus,
}

impl Op {
    /// The result where it is known without looking further.
    fn known(self, a: Set, b: Set) -> Option<Set> {
        match self {
            Op::And => match (a, b) {
                (Set::NONE, _) | (_, Set::NONE) => Some(Set::NONE),
                (Set::ALL, other) | (other, Set::ALL) => Some(other),
                _ => (a == b).then_some(a),
            },
            Op::Or => match (a, b) {
                (Set::ALL, _) | (_, Set::ALL) => Some(Set::ALL),
                (Set::NONE, other) | (other, Set::NONE) => Some(other),
                _ => (a == b).then_some(a),
            },
            Op::Minus => match (a, b) {
                (Set::NONE, _) | (_, Set::ALL) => Some(Set::NONE),
                (_, Set::NONE) => Some(a),
                _ => (a == b).then_some(Set::NONE),
            },
        }
    }
}

/// All sets over some variables.
#[derive(Debug)]
pub struct Diagram {
    /// How many values each variable has, in the order of the variables.
    domains: Vec<u32>,
    /// Each node: its variable, and where its children begin. The first two stand for [`Set::NONE`] and [`Set::ALL`].
    nodes: Vec<(u32, u32)>,
    /// One child a value, node after node.
    children: Vec<Set>,
    /// Nodes by what they are.
    known: HashTable<Set>,
    cache: Cache,
    left: Budget,
}

/// What was combined lately. A result that was overwritten is computed again.
#[derive(Debug)]
struct Cache {
    slots: Vec<Option<(Op, Set, Set, Set)>>,
}

impl Cache {
    const SMALLEST: usize = 1 << 8;
    const LARGEST: usize = 1 << 20;

    fn slot(&self, op: Op, a: Set, b: Set) -> usize {
        // The upper bits of the hash are the good ones.
        (FxBuildHasher.hash_one((op, a, b)) >> 32) as usize & (self.slots.len() - 1)
    }

    fn get(&self, op: Op, a: Set, b: Set) -> Option<Set> {
        self.slots[self.slot(op, a, b)].and_then(|(o, x, y, found)| ((o, x, y) == (op, a, b)).then_some(found))
    }

    fn put(&mut self, op: Op, a: Set, b: Set, found: Set) {
        let slot = self.slot(op, a, b);
        self.slots[slot] = Some((op, a, b, found));
    }

    /// Keeps pace with the number of nodes.
    fn grow(&mut self, nodes: usize) {
        if nodes > self.slots.len() && self.slots.len() < Cache::LARGEST {
            let old = std::mem::take(&mut self.slots);
            self.slots = vec![None; old.len() * 4];
            old.into_iter().flatten().for_each(|(op, a, b, found)| self.put(op, a, b, found));
        }
    }
}

impl Diagram {
    /// Sets over variables with these numbers of values (at least one each).
    pub fn new(domains: Vec<u32>, budget: Budget) -> Self {
        let last = domains.len() as u32;
        Diagram {
            domains,
            nodes: vec![(last, 0), (last, 0)],
            children: Vec::new(),
            known: HashTable::new(),
            cache: Cache { slots: vec![None; Cache::SMALLEST] },
            left: budget,
        }
    }

    /// Leaves at most so many steps for what comes next. What is taken away is handed back with [`Diagram::give_back`].
    pub fn lend(&mut self, steps: usize) -> usize {
        let kept = self.left.steps.saturating_sub(steps);
        self.left.steps -= kept;
        kept
    }

    /// Hands back what [`Diagram::lend`] took away.
    pub fn give_back(&mut self, kept: usize) {
        self.left.steps += kept;
    }

    /// How many variables there are.
    pub fn variables(&self) -> usize {
        self.domains.len()
    }

    /// How many values a variable has.
    pub fn values(&self, var: Var) -> u32 {
        self.domains[var]
    }

    /// The variable that a set asks about first; the number of variables for [`Set::NONE`] and [`Set::ALL`].
    pub fn top(&self, set: Set) -> Var {
        self.nodes[set.index()].0 as Var
    }

    /// What is left of a set if `var`, its first variable or one before that, has this value.
    pub fn child(&self, set: Set, var: Var, value: u32) -> Set {
        let (own, first) = self.nodes[set.index()];
        if own as Var == var { self.children[(first + value) as usize] } else { set }
    }

    /// The scenarios in which the value of `var` is one for which `holds`.
    pub fn literal(&mut self, var: Var, holds: impl Fn(u32) -> bool) -> Result<Set, Full> {
        let children = (0..self.domains[var]).map(|value| if holds(value) { Set::ALL } else { Set::NONE }).collect();
        self.node(var, children)
    }

    /// Those in both.
    pub fn and(&mut self, a: Set, b: Set) -> Result<Set, Full> {
        self.combine(Op::And, a.min(b), a.max(b))
    }

    /// Those in one or both.
    pub fn or(&mut self, a: Set, b: Set) -> Result<Set, Full> {
        self.combine(Op::Or, a.min(b), a.max(b))
    }

    /// Those in `a` and not in `b`.
    pub fn minus(&mut self, a: Set, b: Set) -> Result<Set, Full> {
        self.combine(Op::Minus, a, b)
    }

    /// Those not in it.
    pub fn not(&mut self, set: Set) -> Result<Set, Full> {
        self.minus(Set::ALL, set)
    }

    /// Those in all.
    pub fn all(&mut self, sets: impl IntoIterator<Item = Set>) -> Result<Set, Full> {
        sets.into_iter().try_fold(Set::ALL, |found, set| self.and(found, set))
    }

    /// Those in some.
    pub fn any(&mut self, sets: impl IntoIterator<Item = Set>) -> Result<Set, Full> {
        sets.into_iter().try_fold(Set::NONE, |found, set| self.or(found, set))
    }

    /// Whether some scenario is in both.
    pub fn meet(&mut self, a: Set, b: Set) -> Result<bool, Full> {
        Ok(!self.and(a, b)?.is_empty())
    }

    /// Whether every scenario of `a` is in `b`.
    pub fn within(&mut self, a: Set, b: Set) -> Result<bool, Full> {
        Ok(self.minus(a, b)?.is_empty())
    }

    /// The scenarios that are in `set` if the values of the variables for which `forgets` may be changed at will (projection).
    pub fn forget(&mut self, set: Set, forgets: &dyn Fn(Var) -> bool) -> Result<Set, Full> {
        self.project(set, forgets, &mut FxHashMap::default())
    }

    fn project(
        &mut self,
        set: Set,
        forgets: &dyn Fn(Var) -> bool,
        known: &mut FxHashMap<Set, Set>,
    ) -> Result<Set, Full> {
        let var = self.top(set);
        if var == self.variables() {
            return Ok(set);
        }
        if let Some(&found) = known.get(&set) {
            return Ok(found);
        }
        let mut children = Vec::with_capacity(self.domains[var] as usize);
        for value in 0..self.domains[var] {
            children.push(self.project(self.child(set, var, value), forgets, known)?);
        }
        let found = if forgets(var) { self.any(children)? } else { self.node(var, children)? };
        known.insert(set, found);
        Ok(found)
    }

    /// The scenarios that would be in `set` if `var` had this value.
    pub fn given(&mut self, set: Set, var: Var, value: u32) -> Result<Set, Full> {
        self.substitute(set, var, value, &mut FxHashMap::default())
    }

    fn substitute(&mut self, set: Set, var: Var, value: u32, known: &mut FxHashMap<Set, Set>) -> Result<Set, Full> {
        let top = self.top(set);
        if top >= var {
            return Ok(self.child(set, var, value));
        }
        if let Some(&found) = known.get(&set) {
            return Ok(found);
        }
        self.left.steps = self.left.steps.checked_sub(1).ok_or(Full)?;
        let mut children = Vec::with_capacity(self.domains[top] as usize);
        for own in 0..self.domains[top] {
            children.push(self.substitute(self.child(set, top, own), var, value, known)?);
        }
        let found = self.node(top, children)?;
        known.insert(set, found);
        Ok(found)
    }

    /// The variables on which membership depends, ascending.
    pub fn support(&self, set: Set) -> Vec<Var> {
        let mut found = vec![false; self.variables()];
        let mut seen = FxHashSet::default();
        let mut stack = vec![set];
        while let Some(set) = stack.pop() {
            let var = self.top(set);
            if var < self.variables() && seen.insert(set) {
                found[var] = true;
                stack.extend((0..self.domains[var]).map(|value| self.child(set, var, value)));
            }
        }
        (0..found.len()).filter(|&var| found[var]).collect()
    }

    /// How many scenarios are in it; `None` if that number is too large to say.
    pub fn count(&self, set: Set) -> Option<u128> {
        let mut known = FxHashMap::default();
        self.count_from(set, 0, &mut known)
    }

    fn count_from(&self, set: Set, from: Var, known: &mut FxHashMap<Set, Option<u128>>) -> Option<u128> {
        if set.is_empty() {
            return Some(0);
        }
        let var = self.top(set);
        let skipped = self.domains[from..var].iter().try_fold(1u128, |all, &n| all.checked_mul(u128::from(n)))?;
        let below = match known.get(&set) {
            Some(&found) => found,
            None if var == self.variables() => Some(1),
            None => {
                let values = 0..self.domains[var];
                let found = values
                    .map(|value| self.count_from(self.child(set, var, value), var + 1, known))
                    .try_fold(0u128, |sum, count| sum.checked_add(count?));
                known.insert(set, found);
                found
            }
        };
        below?.checked_mul(skipped)
    }

    /// Values for the fewest variables that put every completion of them in `set`, by variable; the first in order where several
    /// need as few. `None` if the set is empty.
    pub fn shortest(&self, set: Set) -> Option<Vec<(Var, u32)>> {
        let mut lengths = FxHashMap::default();
        self.length(set, &mut lengths)?;
        let mut path = Vec::new();
        let mut at = set;
        while self.top(at) < self.variables() {
            let var = self.top(at);
            let nearest = (0..self.domains[var])
                .filter_map(|value| Some((self.length(self.child(at, var, value), &mut lengths)?, value)))
                .min()?;
            path.push((var, nearest.1));
            at = self.child(at, var, nearest.1);
        }
        Some(path)
    }

    fn length(&self, set: Set, known: &mut FxHashMap<Set, Option<usize>>) -> Option<usize> {
        match set {
            Set::NONE => return None,
            Set::ALL => return Some(0),
            _ => {}
        }
        if let Some(&found) = known.get(&set) {
            return found;
        }
        let var = self.top(set);
        let below = (0..self.domains[var]).filter_map(|value| self.length(self.child(set, var, value), known)).min();
        let found = below.map(|below| below + 1);
        known.insert(set, found);
        found
    }

    /// Which values of each variable occur in the scenarios of a set that have the `fixed` values (`None`: any), by variable. `None`
    /// if there are no such scenarios. Builds nothing.
    pub fn occurring(&self, set: Set, fixed: &[Option<u32>]) -> Option<Vec<Vec<bool>>> {
        let mut alive = FxHashMap::default();
        if !self.is_alive(set, fixed, &mut alive) {
            return None;
        }
        let mut found: Vec<Vec<bool>> = self.domains.iter().map(|&values| vec![false; values as usize]).collect();
        let mut free = |from: Var, to: Var| found[from..to].iter_mut().for_each(|values| values.fill(true));
        free(0, self.top(set));
        let mut given = Vec::new();
        let mut seen = FxHashSet::default();
        let mut stack = vec![set];
        while let Some(at) = stack.pop() {
            let var = self.top(at);
            if var == self.variables() || !seen.insert(at) {
                continue;
            }
            for value in (0..self.domains[var]).filter(|value| fixed[var].is_none_or(|only| only == *value)) {
                let child = self.child(at, var, value);
                if self.is_alive(child, fixed, &mut alive) {
                    given.push((var, value));
                    free(var + 1, self.top(child));
                    stack.push(child);
                }
            }
        }
        given.into_iter().for_each(|(var, value)| found[var][value as usize] = true);
        for (values, fixed) in found.iter_mut().zip(fixed) {
            if let Some(only) = fixed {
                values.iter_mut().enumerate().for_each(|(value, occurs)| *occurs &= value == *only as usize);
            }
        }
        Some(found)
    }

    fn is_alive(&self, set: Set, fixed: &[Option<u32>], known: &mut FxHashMap<Set, bool>) -> bool {
        let var = self.top(set);
        if var == self.variables() {
            return !set.is_empty();
        }
        if let Some(&found) = known.get(&set) {
            return found;
        }
        let found = match fixed[var] {
            Some(value) => self.is_alive(self.child(set, var, value), fixed, known),
            None => (0..self.domains[var]).any(|value| self.is_alive(self.child(set, var, value), fixed, known)),
        };
        known.insert(set, found);
        found
    }

    /// Whether the scenario with these values, by variable, is in it.
    pub fn contains(&self, set: Set, values: &[u32]) -> bool {
        let mut at = set;
        while self.top(at) < self.variables() {
            let var = self.top(at);
            at = self.child(at, var, values[var]);
        }
        at == Set::ALL
    }

    /// How many nodes it takes to write the set down.
    pub fn size(&self, set: Set) -> usize {
        let mut seen = FxHashSet::default();
        let mut stack = vec![set];
        while let Some(set) = stack.pop() {
            let var = self.top(set);
            if var < self.variables() && seen.insert(set) {
                stack.extend((0..self.domains[var]).map(|value| self.child(set, var, value)));
            }
        }
        seen.len()
    }

    fn combine(&mut self, op: Op, a: Set, b: Set) -> Result<Set, Full> {
        if let Some(known) = op.known(a, b) {
            return Ok(known);
        }
        if let Some(known) = self.cache.get(op, a, b) {
            return Ok(known);
        }
        self.left.steps = self.left.steps.checked_sub(1).ok_or(Full)?;
        let var = self.top(a).min(self.top(b));
        let mut children = Vec::with_capacity(self.domains[var] as usize);
        for value in 0..self.domains[var] {
            let (mut a, mut b) = (self.child(a, var, value), self.child(b, var, value));
            if op != Op::Minus && b < a {
                (a, b) = (b, a);
            }
            children.push(self.combine(op, a, b)?);
        }
        let found = self.node(var, children)?;
        self.cache.put(op, a, b, found);
        Ok(found)
    }

    /// The set that asks about `var` and goes on with these.
    fn node(&mut self, var: Var, children: Vec<Set>) -> Result<Set, Full> {
        if children.iter().all(|child| *child == children[0]) {
            return Ok(children[0]);
        }
        let hash = FxBuildHasher.hash_one((var, &children));
        let Diagram { nodes, children: all, known, domains, .. } = self;
        let content = |set: &Set| {
            let (own, first) = nodes[set.index()];
            (own as Var, &all[first as usize..(first + domains[own as usize]) as usize])
        };
        if let Some(&known) = known.find(hash, |set| content(set) == (var, &children[..])) {
            return Ok(known);
        }
        self.left.children = self.left.children.checked_sub(children.len()).ok_or(Full)?;
        let set = Set(nodes.len() as u32);
        known.insert_unique(hash, set, |set| {
            let (var, children) = content(set);
            FxBuildHasher.hash_one((var, children))
        });
        nodes.push((var as u32, all.len() as u32));
        all.extend(children);
        let count = nodes.len();
        self.cache.grow(count);
        Ok(set)
    }
}
