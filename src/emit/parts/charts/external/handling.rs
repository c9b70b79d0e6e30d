//! What the agencies do, item by item: which items follow one another and which are handled at the same time.

use yijianshi_core::expr::Duration;
use yijianshi_core::plan::{EdgeKind, Flow, Node, NodeKind, When};

/// An item in the flow.
#[derive(Debug)]
pub struct Handled<'a> {
    /// Its id.
    pub id: &'a str,
    /// How long it takes, if that is known.
    pub duration: Option<Duration>,
    /// When it applies.
    pub when: Option<&'a When>,
    /// Whether the applicant may leave it out.
    pub optional: bool,
    /// The items (places in the list) that must be done before it and that nothing in between already waits for.
    pub waits: Vec<usize>,
}

/// What is done jointly, and the items (places in the list) that take part.
#[derive(Debug)]
pub struct Together<'a> {
    /// The step.
    pub node: &'a Node,
    /// Who takes part.
    pub items: Vec<usize>,
}

/// The items of a flow, cut where all that comes before must be done before all that comes after.
#[derive(Debug)]
pub struct Handling<'a> {
    /// The items, each after those that it waits for.
    pub items: Vec<Handled<'a>>,
    /// The stretches: first item and the one after the last.
    pub stretches: Vec<(usize, usize)>,
    /// Joint steps.
    pub joint: Vec<Together<'a>>,
}

impl<'a> Handling<'a> {
    /// Of a flow.
    pub fn of(flow: &'a Flow) -> Handling<'a> {
        let handled = |node: &&Node| matches!(node.kind, NodeKind::Item | NodeKind::Joint);
        let place = |id: &str| flow.nodes.iter().position(|node| node.id == id);
        let mut out: Vec<Vec<usize>> = vec![Vec::new(); flow.nodes.len()];
        for edge in flow.edges.iter().filter(|edge| edge.kind != EdgeKind::Back) {
            if let (Some(from), Some(to)) = (place(&edge.from), place(&edge.to)) {
                out[from].push(to);
            }
        }
        // Steps by item, in the order of the flow.
        let mut steps: Vec<(&str, Vec<usize>)> = Vec::new();
        for (index, node) in flow.nodes.iter().enumerate().filter(|(_, node)| handled(node)) {
            for item in node.items() {
                match steps.iter_mut().find(|(id, _)| *id == item) {
                    Some((_, list)) => list.push(index),
                    None => steps.push((item, vec![index])),
                }
            }
        }
        let count = steps.len();
        let mut before = vec![vec![false; count]; count];
        for (at, (_, own)) in steps.iter().enumerate() {
            let reached = reach(&out, own[own.len() - 1]);
            for (other, (_, list)) in steps.iter().enumerate() {
                before[at][other] = at != other && reached[list[0]];
            }
        }
        let order = sorted(&before);
        let items = order.iter().map(|&at| {
            let (id, list) = &steps[at];
            let nodes = || list.iter().map(|&index| &flow.nodes[index]);
            let single = nodes().filter(|node| node.kind == NodeKind::Item);
            let whole =
                nodes().find(|node| node.whole_item).or_else(|| if list.len() == 1 { nodes().next() } else { None });
            let direct = |other: &usize| {
                before[*other][at] && !(0..count).any(|middle| before[*other][middle] && before[middle][at])
            };
            let mut waits: Vec<usize> =
                (0..count).filter(direct).filter_map(|other| order.iter().position(|own| *own == other)).collect();
            waits.sort_unstable();
            let first = single.clone().next().or_else(|| nodes().next()).unwrap_or(&flow.nodes[list[0]]);
            Handled {
                id,
                duration: whole.and_then(|node| node.duration),
                when: first.when.as_ref(),
                optional: first.parts.iter().any(|part| part.item == *id && part.optional),
                waits,
            }
        });
        let items: Vec<Handled<'a>> = items.collect();
        let joint = flow.nodes.iter().filter(|node| node.kind == NodeKind::Joint).map(|node| Together {
            node,
            items: (0..count).filter(|&at| node.items().any(|item| item == items[at].id)).collect(),
        });
        let joint = joint.collect();
        Handling { stretches: stretches(&before, &order), items, joint }
    }

    /// The joint steps of some items.
    pub fn joint_of(&self, (first, end): (usize, usize)) -> impl Iterator<Item = &Together<'a>> {
        self.joint.iter().filter(move |joint| joint.items.iter().any(|item| (first..end).contains(item)))
    }
}

fn reach(out: &[Vec<usize>], from: usize) -> Vec<bool> {
    let (mut seen, mut stack) = (vec![false; out.len()], out[from].clone());
    while let Some(at) = stack.pop() {
        if !std::mem::replace(&mut seen[at], true) {
            stack.extend(&out[at]);
        }
    }
    seen
}

/// Each after what is before it, otherwise as they were; those that wait for less first.
fn sorted(before: &[Vec<bool>]) -> Vec<usize> {
    let count = before.len();
    let mut order: Vec<usize> = (0..count).collect();
    let earlier: Vec<usize> = (0..count).map(|at| before.iter().filter(|row| row[at]).count()).collect();
    // What is before something is before all that this is before, so it has fewer before it.
    order.sort_by_key(|&at| (earlier[at], at));
    order
}

/// Where the list can be cut.
fn stretches(before: &[Vec<bool>], order: &[usize]) -> Vec<(usize, usize)> {
    let count = order.len();
    let mut stretches = Vec::new();
    let mut first = 0;
    for cut in 1..=count {
        // Transitive: enough to look from the stretch at hand.
        let apart =
            cut == count || order[first..cut].iter().all(|&early| order[cut..].iter().all(|&late| before[early][late]));
        if apart {
            stretches.push((first, cut));
            first = cut;
        }
    }
    stretches
}
