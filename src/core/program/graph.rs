//! The precondition graph (前置): what has to come first, as written and as far as no measure lifts it (解除前置).
//!
//! Waiting passes through what is not there: with 立项 → 评审 → 许可 and no 评审, 许可 waits for 立项. So that an item is finished
//! before another one starts does not depend on those between them. Only around a circle nothing passes: of items that wait for each
//! other on paper, those that are there wait for each other directly, or not at all.

use petgraph::algo::tarjan_scc;
use petgraph::graph::{DiGraph, NodeIndex};
use petgraph::visit::EdgeRef;
use rustc_hash::{FxHashMap, FxHashSet};

use super::{Item, ItemId, MaterialId, Measure, MeasureKind, Where};
use crate::source::Span;

/// The precondition graph of a bundle: an edge from what comes first to what waits for it.
#[derive(Debug, Default)]
pub struct Preconditions {
    graph: DiGraph<(), Edge>,
    order: Vec<ItemId>,
    rank: Vec<usize>,
    knots: Vec<Knot>,
    waits: Vec<Vec<Wait>>,
    circle: Vec<Option<usize>>,
    producers: FxHashMap<MaterialId, Vec<(ItemId, usize)>>,
}

/// What an edge says.
#[derive(Debug, Clone, Copy)]
struct Edge {
    span: Span,
    /// The stage after which the dependent may start; `None`: the whole item.
    stage: Option<usize>,
}

/// What an item waits for after the reform.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Wait {
    /// Which item.
    pub first: ItemId,
    /// Up to which of its stages; `None`: until it is finished.
    pub stage: Option<usize>,
    /// Where that is written.
    pub span: Span,
}

/// A precondition as an edge: `item` waits for `first`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Link {
    /// What waits.
    pub item: ItemId,
    /// What comes first.
    pub first: ItemId,
    /// Where that is written.
    pub span: Span,
}

/// Items that wait for each other.
#[derive(Debug)]
pub struct Knot {
    /// The items, in the order written.
    pub items: Vec<ItemId>,
    /// The preconditions among them.
    pub links: Vec<Link>,
}

impl Preconditions {
    /// The graph of these items.
    pub fn new(items: &[Item], measures: &[Measure]) -> Self {
        let mut graph = DiGraph::with_capacity(items.len(), items.len());
        for _ in items {
            graph.add_node(());
        }
        let mut producers: FxHashMap<MaterialId, Vec<(ItemId, usize)>> = FxHashMap::default();
        for (index, item) in items.iter().enumerate() {
            for before in &item.preconditions {
                let edge = Edge { span: before.span, stage: before.stage };
                graph.add_edge(NodeIndex::new(before.item.index()), NodeIndex::new(index), edge);
            }
            for (result, produced) in item.results.iter().enumerate() {
                producers.entry(produced.document).or_default().push((index.into(), result));
            }
        }
        let mut this = Preconditions { graph, producers, ..Preconditions::default() };
        this.sort();
        this.lift(measures);
        this
    }

    /// What is waited for after these measures. Of several that lift one precondition the first counts.
    fn lift(&mut self, measures: &[Measure]) {
        let mut lifted: FxHashMap<(ItemId, ItemId), Option<usize>> = FxHashMap::default();
        for measure in measures {
            if let MeasureKind::LiftPrecondition { item, precondition, stage } = measure.kind {
                lifted.entry((item, precondition)).or_insert(stage);
            }
        }
        let count = self.graph.node_count();
        for item in (0..count).map(ItemId::from) {
            let waits = self.of(item).filter_map(|(first, stage, span)| match lifted.get(&(item, first)) {
                Some(&still) => still.map(|stage| Wait { first, stage: Some(stage), span }),
                None => Some(Wait { first, stage, span }),
            });
            let waits = waits.collect();
            self.waits.push(waits);
        }
        self.circle = vec![None; count];
        if self.knots.is_empty() {
            return;
        }
        let edges = self.waits.iter().enumerate();
        let edges = edges.flat_map(|(item, waits)| waits.iter().map(move |wait| (wait.first.0, item as u32)));
        let left: DiGraph<(), ()> = DiGraph::from_edges(edges);
        for (number, component) in tarjan_scc(&left).into_iter().enumerate().filter(|(_, own)| own.len() > 1) {
            component.into_iter().for_each(|node| self.circle[node.index()] = Some(number));
        }
    }

    /// What an item waits for after the reform.
    pub fn waits(&self, item: ItemId) -> &[Wait] {
        &self.waits[item.index()]
    }

    /// The number of the circle on which an item stands after the reform, if it does.
    pub fn circle(&self, item: ItemId) -> Option<usize> {
        self.circle[item.index()]
    }

    /// Whether both stand on one circle.
    pub fn on_one_circle(&self, one: ItemId, other: ItemId) -> bool {
        self.circle(one).is_some() && self.circle(one) == self.circle(other)
    }

    /// Goes through what an item waits for. `met`: whether what is waited for is there; where it is not, waiting passes on to what
    /// that item waits for.
    pub fn each_wait(&self, item: ItemId, mut met: impl FnMut(&Wait) -> bool) {
        let mut passed: FxHashSet<ItemId> = FxHashSet::default();
        let mut open: Vec<&Wait> = Vec::new();
        for wait in self.waits(item) {
            if !met(wait) && passed.insert(wait.first) {
                open.extend(self.waits(wait.first));
            }
            while let Some(wait) = open.pop() {
                if (self.on_one_circle(item, wait.first) || !met(wait)) && passed.insert(wait.first) {
                    open.extend(self.waits(wait.first));
                }
            }
        }
    }

    /// Where each item is finished before `item` starts, if both are there. `wanted`: those that are asked about.
    ///
    /// # Errors
    /// If that takes more than may be spent.
    pub fn finished_before<W: Where>(
        &self,
        within: &mut W,
        item: ItemId,
        wanted: &[ItemId],
    ) -> Result<FxHashMap<ItemId, W::In>, W::Full> {
        // What comes before all of them in the order does not wait for any.
        let ranks: Option<Vec<usize>> = wanted.iter().map(|item| self.rank(*item)).collect();
        let lowest = ranks.and_then(|ranks| ranks.into_iter().min());
        let mut finished: FxHashMap<ItemId, W::In> = FxHashMap::default();
        let mut begun: FxHashSet<ItemId> = FxHashSet::default();
        let mut open = vec![item];
        while let Some(at) = open.pop() {
            for &Wait { first, stage, .. } in self.waits(at) {
                if lowest.is_some_and(|lowest| self.rank[first.index()] < lowest) {
                    continue;
                }
                if stage.is_none() && !self.on_one_circle(item, first) {
                    finished.insert(first, W::EVERYWHERE);
                }
                if begun.insert(first) {
                    open.push(first);
                }
            }
        }
        // Around a circle only those that are there wait.
        let mut begun: FxHashMap<ItemId, W::In> = FxHashMap::default();
        let mut open = vec![(item, W::EVERYWHERE)];
        while let Some((at, here)) = open.pop() {
            for &Wait { first, stage, .. } in self.waits(at).iter().filter(|wait| self.on_one_circle(item, wait.first))
            {
                if stage.is_none() {
                    let known = finished.get(&first).copied().unwrap_or(W::NOWHERE);
                    let more = within.or(known, here)?;
                    finished.insert(first, more);
                }
                let reached = within.item(first);
                let reached = within.and(here, reached)?;
                let known = begun.get(&first).copied().unwrap_or(W::NOWHERE);
                let more = within.or(known, reached)?;
                if more != known {
                    begun.insert(first, more);
                    open.push((first, reached));
                }
            }
        }
        Ok(finished)
    }

    /// Orders the items so that what comes first stands first, equal ones as written; finds the knots.
    fn sort(&mut self) {
        for component in tarjan_scc(&self.graph) {
            let looped = component.len() == 1 && self.graph.contains_edge(component[0], component[0]);
            if component.len() > 1 || looped {
                let mut items: Vec<ItemId> = component.iter().map(|node| node.index().into()).collect();
                items.sort_unstable();
                let links =
                    items.iter().flat_map(|&item| self.of(item).map(move |(first, _, span)| (item, first, span)));
                let mut links: Vec<Link> = links
                    .filter(|(_, first, _)| items.binary_search(first).is_ok())
                    .map(|(item, first, span)| Link { item, first, span })
                    .collect();
                links.sort_by_key(|link| (link.item, link.span));
                self.knots.push(Knot { items, links });
            }
        }
        self.knots.sort_by_key(|knot| knot.items[0]);
        let count = self.graph.node_count();
        let mut waiting: Vec<usize> = vec![0; count];
        for edge in self.graph.edge_references() {
            waiting[edge.target().index()] += 1;
        }
        let mut ready: std::collections::BinaryHeap<_> =
            (0..count).filter(|&item| waiting[item] == 0).map(std::cmp::Reverse).collect();
        self.rank = vec![usize::MAX; count];
        while let Some(std::cmp::Reverse(item)) = ready.pop() {
            self.rank[item] = self.order.len();
            self.order.push(item.into());
            for edge in self.graph.edges(NodeIndex::new(item)) {
                let target = edge.target().index();
                waiting[target] -= 1;
                if waiting[target] == 0 {
                    ready.push(std::cmp::Reverse(target));
                }
            }
        }
    }

    /// Items that wait for each other, directly or by way of others: every cycle runs within one knot.
    pub fn knots(&self) -> &[Knot] {
        &self.knots
    }

    /// The place of an item in [`Preconditions::order`]; `None` if it is left out there.
    pub fn rank(&self, item: ItemId) -> Option<usize> {
        Some(self.rank[item.index()]).filter(|&rank| rank != usize::MAX)
    }

    /// The items in an order in which each comes after what it waits for. Items on a cycle, and what waits for them, are left out.
    pub fn order(&self) -> &[ItemId] {
        &self.order
    }

    /// Which items produce a document, each with the index of the result.
    pub fn producers_of(&self, document: MaterialId) -> &[(ItemId, usize)] {
        self.producers.get(&document).map_or(&[], Vec::as_slice)
    }

    /// What an item waits for: item, stage (`None`: all of it), where that is written.
    pub fn of(&self, item: ItemId) -> impl Iterator<Item = (ItemId, Option<usize>, Span)> + '_ {
        let node = NodeIndex::new(item.index());
        self.graph
            .edges_directed(node, petgraph::Direction::Incoming)
            .map(|edge| (edge.source().index().into(), edge.weight().stage, edge.weight().span))
    }

    /// Whether `item` waits for `first`, or for one of its stages, as written, by way of any items.
    pub fn waits_for(&self, item: ItemId, first: ItemId) -> bool {
        self.leads(item, first, |at| self.of(at).map(|(before, ..)| (before, true)))
    }

    /// Whether `first` is finished before `item` starts, if every item is taken.
    pub fn precedes(&self, first: ItemId, item: ItemId) -> bool {
        self.leads(item, first, |at| self.waits(at).iter().map(|wait| (wait.first, wait.stage.is_none())))
    }

    /// Whether a way leads from `item` to `first` by these links, the last of them a full one.
    fn leads<I: Iterator<Item = (ItemId, bool)>>(
        &self,
        item: ItemId,
        first: ItemId,
        links: impl Fn(ItemId) -> I,
    ) -> bool {
        let lowest = self.rank(first);
        let mut seen = FxHashSet::default();
        let mut open = vec![item];
        while let Some(at) = open.pop() {
            for (before, full) in links(at) {
                if before == first && full {
                    return true;
                }
                // What comes first in the order cannot wait for what comes later.
                let useful = lowest.is_none_or(|lowest| self.rank[before.index()] > lowest);
                if useful && seen.insert(before) {
                    open.push(before);
                }
            }
        }
        false
    }

    /// A precondition that says nothing new: the item waits for `first` anyway, by way of another precondition and items for
    /// which `between` (of the item and one between) holds. Returned with the precondition that makes it redundant.
    pub fn redundant(&self, between: &dyn Fn(ItemId, ItemId) -> bool) -> Vec<(Link, Link)> {
        let mut found = Vec::new();
        for &item in &self.order {
            let mut edges: Vec<_> = self.of(item).filter(|(_, stage, _)| stage.is_none()).collect();
            if edges.len() < 2 {
                continue;
            }
            // Latest first: what one of them waits for comes before it in the order.
            edges.sort_by_key(|(first, _, span)| (std::cmp::Reverse(self.rank[first.index()]), *span));
            let lowest = edges.last().map_or(0, |(first, ..)| self.rank[first.index()]);
            let mut reached: FxHashMap<ItemId, (ItemId, Span)> = FxHashMap::default();
            for &(first, _, span) in &edges {
                match reached.get(&first) {
                    Some(&(other, other_span)) if other != first => {
                        found.push((Link { item, first, span }, Link { item, first: other, span: other_span }));
                    }
                    _ => {}
                }
                if between(item, first) {
                    self.reach(item, (first, span), lowest, between, &mut reached);
                }
            }
        }
        found
    }

    /// Notes what `by` waits for as reached by way of it, down to the rank `lowest`.
    fn reach(
        &self,
        item: ItemId,
        by: (ItemId, Span),
        lowest: usize,
        between: &dyn Fn(ItemId, ItemId) -> bool,
        reached: &mut FxHashMap<ItemId, (ItemId, Span)>,
    ) {
        let mut stack = vec![by.0];
        while let Some(at) = stack.pop() {
            for (before, stage, _) in self.of(at) {
                if stage.is_some() || self.rank[before.index()] < lowest || reached.contains_key(&before) {
                    continue;
                }
                reached.insert(before, by);
                if between(item, before) {
                    stack.push(before);
                }
            }
        }
    }
}
