//! The precondition graph (前置): what has to come first.

use petgraph::algo::tarjan_scc;
use petgraph::graph::{DiGraph, NodeIndex};
use petgraph::visit::EdgeRef;
use rustc_hash::FxHashMap;

use super::{Item, ItemId, MaterialId};
use crate::source::Span;

/// The precondition graph of a bundle: an edge from what comes first to what waits for it.
#[derive(Debug, Default)]
pub struct Preconditions {
    graph: DiGraph<(), Edge>,
    order: Vec<ItemId>,
    rank: Vec<usize>,
    knots: Vec<Knot>,
    producers: FxHashMap<MaterialId, Vec<(ItemId, usize)>>,
}

/// What an edge says.
#[derive(Debug, Clone, Copy)]
struct Edge {
    span: Span,
    /// The stage after which the dependent may start; `None`: the whole item.
    stage: Option<usize>,
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
    pub fn new(items: &[Item]) -> Self {
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
        this
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

    /// What waits until all of an item is finished.
    pub fn followers(&self, item: ItemId) -> impl Iterator<Item = ItemId> + '_ {
        let whole = self.graph.edges(NodeIndex::new(item.index())).filter(|edge| edge.weight().stage.is_none());
        whole.map(|edge| edge.target().index().into())
    }

    /// Whether `first` is finished before `item` starts, over items for which `taken` holds; only preconditions on whole items
    /// carry that.
    pub fn precedes(&self, first: ItemId, item: ItemId, taken: &dyn Fn(ItemId) -> bool) -> bool {
        self.may_wait(item, first) && self.search(item, first, |edge| edge.stage.is_none(), taken, self.rank(first))
    }

    /// Whether `item` waits for `first`, or for one of its stages, by way of any items.
    pub fn waits_for(&self, item: ItemId, first: ItemId) -> bool {
        self.may_wait(item, first) && self.search(item, first, |_| true, &|_| true, self.rank(first))
    }

    /// Whether the order leaves it possible that `item` waits for `first`.
    fn may_wait(&self, item: ItemId, first: ItemId) -> bool {
        let (item, first) = (self.rank[item.index()], self.rank[first.index()]);
        first < item || first == usize::MAX
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

    fn search(
        &self,
        from: ItemId,
        to: ItemId,
        usable: impl Fn(&Edge) -> bool,
        taken: &dyn Fn(ItemId) -> bool,
        lowest: Option<usize>,
    ) -> bool {
        let mut seen = rustc_hash::FxHashSet::default();
        let mut stack = vec![from];
        while let Some(item) = stack.pop() {
            for edge in self.graph.edges_directed(NodeIndex::new(item.index()), petgraph::Direction::Incoming) {
                let before: ItemId = edge.source().index().into();
                if !usable(edge.weight()) || !taken(before) {
                    continue;
                }
                if before == to {
                    return true;
                }
                // What comes first in the order cannot wait for what comes later.
                let useful = lowest.is_none_or(|lowest| self.rank[before.index()] > lowest);
                if useful && seen.insert(before) {
                    stack.push(before);
                }
            }
        }
        false
    }
}
