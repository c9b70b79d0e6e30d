//! When what is done, as the flow says: the days at which all lines have come to the same place.

use yijianshi_core::expr::Number;
use yijianshi_core::plan::{EdgeKind, Flow, Node, NodeKind, Plan};

/// A moment that every line of the flow passes.
#[derive(Debug)]
pub struct Moment {
    /// The step (its place in the flow) before which it is.
    pub node: usize,
    /// How long after acceptance.
    pub at: Number,
}

/// The moments, in order: when handling begins, each time all lines meet, and when it ends. Nothing if a time is not known.
pub fn moments(plan: &Plan) -> Option<Vec<Moment>> {
    let flow = &plan.flow;
    let place = |id: &str| flow.nodes.iter().position(|node| node.id == id);
    let handled = |node: &Node| matches!(node.kind, NodeKind::Item | NodeKind::Joint);
    let mut into: Vec<Vec<usize>> = vec![Vec::new(); flow.nodes.len()];
    let mut out: Vec<Vec<usize>> = vec![Vec::new(); flow.nodes.len()];
    for edge in flow.edges.iter().filter(|edge| edge.kind != EdgeKind::Back) {
        let (from, to) = (place(&edge.from)?, place(&edge.to)?);
        into[to].push(from);
        out[from].push(to);
    }
    // When each step begins and ends; a step that has no time of its own is counted with its item.
    let mut finish: Vec<Number> = vec![Number::ZERO; flow.nodes.len()];
    let mut begun: Vec<(&str, Number)> = Vec::new();
    for (index, node) in flow.nodes.iter().enumerate() {
        let start = into[index].iter().map(|&before| finish[before]).max().unwrap_or(Number::ZERO);
        finish[index] = start;
        if !handled(node) || node.off_clock {
            continue;
        }
        for item in node.items() {
            if !begun.iter().any(|(own, _)| *own == item) {
                begun.push((item, start));
            }
        }
        if let Some(duration) = node.duration {
            let length = in_unit(plan, duration)?;
            let own = node.items().filter_map(|item| begun.iter().find(|(own, _)| *own == item));
            let from = if node.whole_item { own.map(|(_, at)| *at).max().unwrap_or(start) } else { start };
            finish[index] = from.checked_add(length)?.max(start);
        }
    }
    // The path that counts must be the schedule's; otherwise the chart would tell another story.
    let longest = finish.iter().max().copied()?;
    if plan.widest.schedule.critical_path != Some(longest) || longest.is_zero() {
        return None;
    }
    let first = flow.nodes.iter().position(handled)?;
    let last = flow.nodes.iter().rposition(handled)?;
    let mut moments = Vec::new();
    for (index, node) in flow.nodes.iter().enumerate() {
        let bar = node.kind == NodeKind::Parallel && index > first;
        let after = into[index].iter().any(|&before| handled(&flow.nodes[before]));
        if bar && after && everything_passes(flow, &out, index, first, last) {
            let at = into[index].iter().map(|&before| finish[before]).max()?;
            moments.push(Moment { node: index, at });
        }
    }
    Some(moments)
}

/// Whether no line gets from before a step to after it without passing it.
fn everything_passes(flow: &Flow, out: &[Vec<usize>], bar: usize, first: usize, last: usize) -> bool {
    let entry = (0..first).rev().find(|&at| flow.nodes[at].kind == NodeKind::Acceptance).unwrap_or(first);
    let (mut seen, mut stack) = (vec![false; out.len()], vec![entry]);
    while let Some(at) = stack.pop() {
        if at == bar || std::mem::replace(&mut seen[at], true) {
            continue;
        }
        stack.extend(&out[at]);
    }
    // What comes after the bar must not have been reached.
    let mut behind = vec![false; out.len()];
    let mut stack = out[bar].clone();
    while let Some(at) = stack.pop() {
        if !std::mem::replace(&mut behind[at], true) {
            stack.extend(&out[at]);
        }
    }
    (0..out.len()).all(|at| !(seen[at] && behind[at])) && last > first
}

fn in_unit(plan: &Plan, duration: yijianshi_core::expr::Duration) -> Option<Number> {
    if duration.is_immediate() {
        return Some(Number::ZERO);
    }
    (duration.unit() == plan.widest.schedule.unit).then(|| duration.amount())
}
