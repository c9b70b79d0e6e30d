//! The longest chain that exists in some scenario.
//!
//! Best-first over chains, each with the scenarios in which it exists, and with what the whole graph still allows as a bound
//! (P. E. Hart, N. J. Nilsson, B. Raphael, *A Formal Basis for the Heuristic Determination of Minimum Cost Paths*, 1968). A chain
//! need not be followed where another one that is no shorter led to the same place; so the scenarios, not the chains, are used up.

use std::cmp::Reverse;
use std::collections::BinaryHeap;

use petgraph::algo::tarjan_scc;
use petgraph::graph::DiGraph;
use rustc_hash::FxHashMap;

use super::network::{Company, FIRST, LAST, Network};
use crate::expr::Number;
use crate::program::ItemId;
use crate::scenario::{Full, Scenarios, Set};

/// Chains followed before giving up.
const CHAINS: usize = 500_000;

/// Chains followed to see where else the longest one exists.
const EQUALS: usize = 10_000;

/// Who chooses.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Choice {
    /// The applicant takes every item that applies.
    Everything,
    /// The applicant leaves out any items that are not mandatory.
    AnySubset,
}

/// A longest chain.
#[derive(Debug)]
pub struct Longest {
    /// How long.
    pub length: Number,
    /// Where it exists, or another one as long.
    pub set: Set,
    /// Items that must be left out for it to exist; each only where it takes part in a joint stage.
    pub without: Vec<(ItemId, Set)>,
}

/// What a chain has decided about items on whose company something depends.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash)]
struct Decided {
    /// Taken, ascending.
    taken: Vec<ItemId>,
    /// Kept out of joints (by index), ascending.
    out: Vec<(usize, ItemId)>,
}

struct Search<'s, 'p, 'w> {
    scenarios: &'s mut Scenarios<'p, 'w>,
    network: &'s Network,
    choice: Choice,
    /// Items on whose company something depends.
    sensitive: Vec<ItemId>,
    mandatory: Vec<bool>,
    bounds: Vec<Number>,
    heap: BinaryHeap<(Number, Number, Reverse<usize>, usize)>,
    /// Chains begun: where they are, where they exist, what they decided.
    chains: Vec<(usize, Set, Decided)>,
    /// Where chains went on from a node, and the shortest of them.
    covered: FxHashMap<(usize, Decided), (Number, Set)>,
}

/// A longest chain in `region`; `None` if nobody is there.
pub fn longest(
    scenarios: &mut Scenarios<'_, '_>,
    network: &Network,
    region: Set,
    choice: Choice,
) -> Result<Option<Longest>, Full> {
    let mut sensitive: Vec<ItemId> = Vec::new();
    let mandatory = scenarios.program.items.iter().map(|item| item.is_mandatory()).collect();
    for node in &network.nodes {
        if let (Company::Nobody(joint), Choice::AnySubset) = (node.company, choice) {
            sensitive.extend(network.joints[joint].iter().map(|(item, _)| *item));
        }
    }
    sensitive.sort_unstable();
    sensitive.dedup();
    let mut search = Search {
        scenarios,
        network,
        choice,
        sensitive,
        mandatory,
        bounds: bounds(network),
        heap: BinaryHeap::new(),
        chains: Vec::new(),
        covered: FxHashMap::default(),
    };
    search.begin(FIRST, Number::ZERO, region, Decided::default());
    search.run()
}

impl Search<'_, '_, '_> {
    fn run(mut self) -> Result<Option<Longest>, Full> {
        let mut found: Option<Longest> = None;
        let mut more = EQUALS;
        while let Some((bound, so_far, _, chain)) = self.heap.pop() {
            if let Some(longest) = &found {
                more -= 1;
                if bound < longest.length || more == 0 || !longest.without.is_empty() {
                    break;
                }
            }
            let (node, region, decided) = self.chains[chain].clone();
            let known = self.covered.get(&(node, decided.clone())).copied();
            let region = match known {
                Some((shortest, covered)) if so_far <= shortest => self.scenarios.diagram.minus(region, covered)?,
                _ => region,
            };
            if region.is_empty() {
                continue;
            }
            if node == LAST {
                let own = self.end(so_far, region, &decided);
                match &mut found {
                    None => found = Some(own),
                    Some(longest) if own.without.is_empty() => {
                        longest.set = self.scenarios.diagram.or(longest.set, own.set)?;
                    }
                    Some(_) => {}
                }
                continue;
            }
            let (shortest, covered) = known.unwrap_or((so_far, Set::NONE));
            let covered = self.scenarios.diagram.or(covered, region)?;
            self.covered.insert((node, decided.clone()), (shortest.min(so_far), covered));
            let network = self.network;
            for &(next, set) in &network.nodes[node].next {
                let region = self.scenarios.diagram.and(region, set)?;
                for (region, decided) in self.enter(next, region, &decided)? {
                    self.begin(next, so_far, region, decided);
                }
            }
            if self.chains.len() > CHAINS {
                return Err(Full);
            }
        }
        Ok(found)
    }

    fn begin(&mut self, node: usize, so_far: Number, region: Set, decided: Decided) {
        if region.is_empty() {
            return;
        }
        let so_far = add(so_far, self.network.nodes[node].length);
        let bound = add(so_far, self.bounds[node]);
        self.heap.push((bound, so_far, Reverse(self.chains.len()), self.chains.len()));
        self.chains.push((node, region, decided));
    }

    /// What is left of a region at a node; several possibilities where somebody's company is needed.
    fn enter(&mut self, index: usize, region: Set, decided: &Decided) -> Result<Vec<(Set, Decided)>, Full> {
        let node = &self.network.nodes[index];
        if self.choice == Choice::Everything {
            let set = self.network.all_taken(self.scenarios, index)?;
            return Ok(vec![(self.scenarios.diagram.and(region, set)?, decided.clone())]);
        }
        let mut decided = decided.clone();
        let mut region = self.scenarios.diagram.and(region, node.set)?;
        let Some(own) = node.item else { return Ok(vec![(region, decided)]) };
        region = self.take(own, region, &mut decided)?;
        match node.company {
            Company::Any => Ok(vec![(region, decided)]),
            Company::Nobody(joint) => {
                for &(other, set) in self.network.joints[joint].iter().filter(|(other, _)| *other != own) {
                    if self.mandatory[other.index()] || decided.taken.contains(&other) {
                        region = self.scenarios.diagram.minus(region, set)?;
                    } else if let Err(place) = decided.out.binary_search(&(joint, other)) {
                        decided.out.insert(place, (joint, other));
                    }
                }
                Ok(vec![(region, decided)])
            }
            Company::Somebody(joint) => {
                let mut ways = Vec::new();
                let mut any = Set::NONE;
                for &(other, set) in self.network.joints[joint].iter().filter(|(other, _)| *other != own) {
                    if self.sensitive.binary_search(&other).is_err() {
                        any = self.scenarios.diagram.or(any, set)?;
                        continue;
                    }
                    let mut decided = decided.clone();
                    let region = self.scenarios.diagram.and(region, set)?;
                    ways.push((self.take(other, region, &mut decided)?, decided));
                }
                ways.push((self.scenarios.diagram.and(region, any)?, decided));
                Ok(ways)
            }
        }
    }

    /// The item is taken: if it had to be kept out of a joint, then it must have no part in that.
    fn take(&mut self, item: ItemId, mut region: Set, decided: &mut Decided) -> Result<Set, Full> {
        if self.sensitive.binary_search(&item).is_err() {
            return Ok(region);
        }
        if let Err(place) = decided.taken.binary_search(&item) {
            decided.taken.insert(place, item);
            for &(joint, _) in decided.out.iter().filter(|(_, other)| *other == item) {
                for &(_, set) in self.network.joints[joint].iter().filter(|(other, _)| *other == item) {
                    region = self.scenarios.diagram.minus(region, set)?;
                }
            }
        }
        Ok(region)
    }

    fn end(&self, length: Number, set: Set, decided: &Decided) -> Longest {
        let mut without: Vec<(ItemId, Set)> = Vec::new();
        for &(joint, item) in decided.out.iter().filter(|(_, item)| !decided.taken.contains(item)) {
            let there = self.network.joints[joint].iter().filter(|(other, _)| *other == item);
            without.extend(there.copied());
        }
        Longest { length, set, without }
    }
}

/// Overflow of days would take centuries: such input was refused when it was read.
pub fn add(a: Number, b: Number) -> Number {
    a.checked_add(b).unwrap_or(a)
}

/// What can still come after each node at most, if everything were there at once. Where nodes wait for each other, each counts once.
fn bounds(network: &Network) -> Vec<Number> {
    let mut graph: DiGraph<(), ()> = DiGraph::new();
    let places: Vec<_> = network.nodes.iter().map(|_| graph.add_node(())).collect();
    for (from, node) in network.nodes.iter().enumerate() {
        for &(to, _) in &node.next {
            graph.add_edge(places[from], places[to], ());
        }
    }
    let knots = tarjan_scc(&graph);
    let mut knot_of = vec![0; network.nodes.len()];
    for (knot, members) in knots.iter().enumerate() {
        members.iter().for_each(|place| knot_of[place.index()] = knot);
    }
    let mut bounds = vec![Number::ZERO; network.nodes.len()];
    // What comes last is given first.
    for (knot, members) in knots.iter().enumerate() {
        let next = members.iter().flat_map(|node| &network.nodes[node.index()].next).map(|(to, _)| *to);
        let beyond = next.filter(|&to| knot_of[to] != knot).map(|to| add(network.nodes[to].length, bounds[to]));
        let mut bound = beyond.max().unwrap_or(Number::ZERO);
        if members.len() > 1 {
            bound = members.iter().fold(bound, |sum, node| add(sum, network.nodes[node.index()].length));
        }
        members.iter().for_each(|node| bounds[node.index()] = bound);
    }
    bounds
}
