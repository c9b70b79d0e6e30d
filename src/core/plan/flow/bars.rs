//! Bars: where lines part and meet. Steps that wait for the same ones share a bar.

use std::collections::{BTreeMap, BTreeSet};

use super::handling::Handling;
use super::{Edge, EdgeKind, Lane, Node, NodeKind, Phase};

/// What leads somewhere: a step (of the items, or of the frame before and after them) or a bar.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Place {
    Step(usize),
    Meeting(usize),
    Parting(usize),
}

/// The items' steps with bars between them, and the edges from `first` (the frame's step before them) to `last` (the one after).
/// A joint step is a bar of its own: it is drawn across its lanes.
pub(super) fn with_bars(handling: Handling, first: &Node, last: &Node, lanes: &[Lane]) -> (Vec<Node>, Vec<Edge>) {
    // Step 0 is `first`, the last one is `last`.
    let count = handling.nodes.len() + 2;
    let mut before: Vec<BTreeSet<usize>> = vec![BTreeSet::new(); count];
    let mut ends = vec![true; count];
    for (index, firsts) in handling.before.iter().enumerate() {
        before[index + 1] = firsts.iter().map(|first| first + 1).collect();
        firsts.iter().for_each(|&first| ends[first + 1] = false);
        if firsts.is_empty() {
            before[index + 1].insert(0);
        }
    }
    before[count - 1] = (1..count - 1).filter(|&step| ends[step]).collect();
    if handling.nodes.is_empty() {
        before[count - 1].insert(0);
    }
    let steps: Vec<&Node> = std::iter::once(first).chain(&handling.nodes).chain([last]).collect();
    let is_bar = |step: usize| steps[step].kind == NodeKind::Joint;

    // Where lines meet: by the set of steps that meet.
    let mut meetings: BTreeMap<Vec<usize>, usize> = BTreeMap::new();
    let mut links: Vec<(Place, Place)> = Vec::new();
    for (step, firsts) in before.iter().enumerate().skip(1) {
        let firsts: Vec<usize> = firsts.iter().copied().collect();
        if firsts.len() < 2 || is_bar(step) {
            links.extend(firsts.iter().map(|&first| (Place::Step(first), Place::Step(step))));
            continue;
        }
        let fresh = !meetings.contains_key(&firsts);
        let bar = *meetings.entry(firsts.clone()).or_insert(step);
        if fresh {
            links.extend(firsts.iter().map(|&first| (Place::Step(first), Place::Meeting(bar))));
        }
        links.push((Place::Meeting(bar), Place::Step(step)));
    }
    // Where lines part: after a step that leads to several.
    let mut targets: BTreeMap<Place, Vec<Place>> = BTreeMap::new();
    for (from, to) in links {
        targets.entry(from).or_default().push(to);
    }
    let mut edges: Vec<(Place, Place)> = Vec::new();
    for (from, to) in targets {
        match from {
            Place::Step(step) if to.len() > 1 && !is_bar(step) => {
                edges.push((from, Place::Parting(step)));
                edges.extend(to.into_iter().map(|to| (Place::Parting(step), to)));
            }
            _ => edges.extend(to.into_iter().map(|to| (from, to))),
        }
    }
    let id = |place: Place| match place {
        Place::Step(step) => steps[step].id.clone(),
        Place::Meeting(step) => format!("parallel_before_{}", steps[step].id),
        Place::Parting(step) => format!("parallel_after_{}", steps[step].id),
    };
    let mut bars: BTreeMap<Place, Bar> = BTreeMap::new();
    for &(from, to) in &edges {
        for (place, other, ends) in [(from, to, [1, 0]), (to, from, [0, 1])] {
            if let Place::Meeting(_) | Place::Parting(_) = place {
                let bar = bars.entry(place).or_default();
                (bar.ends[0], bar.ends[1]) = (bar.ends[0] + ends[0], bar.ends[1] + ends[1]);
                if let Place::Step(step) = other {
                    bar.lanes.extend(steps[step].lanes.iter().map(String::as_str));
                }
            }
        }
    }
    let mut nodes = Vec::new();
    let push_bar = |place: Place, nodes: &mut Vec<Node>| {
        nodes.extend(bars.get(&place).map(|bar| bar.node(&id(place), lanes)));
    };
    for (step, node) in steps.iter().enumerate() {
        push_bar(Place::Meeting(step), &mut nodes);
        if step > 0 && step < count - 1 {
            nodes.push((*node).clone());
        }
        push_bar(Place::Parting(step), &mut nodes);
    }
    let edges = edges.iter().map(|&(from, to)| Edge::new(&id(from), &id(to), EdgeKind::Next, None)).collect();
    (nodes, edges)
}

/// What a bar joins.
#[derive(Debug, Default)]
struct Bar<'a> {
    /// How many lines leave it, how many enter it.
    ends: [usize; 2],
    /// The lanes of the steps at its lines.
    lanes: BTreeSet<&'a str>,
}

impl Bar<'_> {
    fn node(&self, id: &str, lanes: &[Lane]) -> Node {
        let mut spanned = lanes.iter().filter(|lane| self.lanes.contains(&*lane.id));
        let home = spanned.next().unwrap_or(&lanes[0]);
        let label = match self.ends {
            [0 | 1, _] => "会齐",
            [_, 0 | 1] => "同时开始",
            _ => "会齐后同时开始",
        };
        let mut node = Node::new(id, NodeKind::Parallel, Phase::Handling, home, label);
        node.lanes.extend(spanned.map(|lane| lane.id.clone()));
        node
    }
}
