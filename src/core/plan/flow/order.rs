//! Orders of steps: topological, and without what follows from the rest.

use std::cmp::Reverse;
use std::collections::{BTreeSet, BinaryHeap};

use rustc_hash::FxHashSet;

/// The numbers of `before` so that each comes after those in its set, the smallest first where several may come. Of a circle one
/// number comes before what stands in its set.
pub(super) fn topological(before: &[BTreeSet<usize>]) -> Vec<usize> {
    let mut after: Vec<Vec<usize>> = vec![Vec::new(); before.len()];
    let mut waiting: Vec<usize> = before.iter().map(BTreeSet::len).collect();
    for (step, firsts) in before.iter().enumerate() {
        firsts.iter().for_each(|&first| after[first].push(step));
    }
    let mut ready: BinaryHeap<_> = (0..before.len()).filter(|&step| waiting[step] == 0).map(Reverse).collect();
    let mut order = Vec::with_capacity(before.len());
    let mut placed = vec![false; before.len()];
    while order.len() < before.len() {
        let step = ready.pop().map_or_else(|| on_circle(before, &placed), |Reverse(step)| step);
        if std::mem::replace(&mut placed[step], true) {
            continue;
        }
        order.push(step);
        for &next in &after[step] {
            waiting[next] -= 1;
            if waiting[next] == 0 {
                ready.push(Reverse(next));
            }
        }
    }
    order
}

/// A number on a circle among those not placed yet; there is one if each of them waits for another.
fn on_circle(before: &[BTreeSet<usize>], placed: &[bool]) -> usize {
    let mut at = placed.iter().position(|placed| !placed).unwrap_or(0);
    let mut seen = FxHashSet::default();
    while seen.insert(at) {
        at = before[at].iter().copied().find(|&first| !placed[first]).unwrap_or(at);
    }
    at
}

/// Leaves out what follows from the rest. Every number in a set is smaller than the set's own.
pub(super) fn reduce(before: &mut [BTreeSet<usize>]) {
    for step in 0..before.len() {
        let Some(&lowest) = before[step].first().filter(|_| before[step].len() > 1) else { continue };
        let mut reached: FxHashSet<usize> = FxHashSet::default();
        let mut stack: Vec<usize> = before[step].iter().copied().collect();
        while let Some(at) = stack.pop() {
            for &first in before[at].range(lowest..) {
                if reached.insert(first) {
                    stack.push(first);
                }
            }
        }
        before[step].retain(|first| !reached.contains(first));
    }
}

/// Whether `from` comes before `to` by way of any others.
pub(super) fn precedes(before: &[BTreeSet<usize>], from: usize, to: usize) -> bool {
    let mut seen: FxHashSet<usize> = FxHashSet::default();
    let mut stack = vec![to];
    while let Some(at) = stack.pop() {
        for &first in &before[at] {
            if first == from {
                return true;
            }
            if seen.insert(first) {
                stack.push(first);
            }
        }
    }
    false
}

#[cfg(test)]
mod tests {
    use super::{precedes, reduce, topological};
    use std::collections::BTreeSet;

    use proptest::prelude::*;

    fn sets(edges: &[(usize, usize)], steps: usize) -> Vec<BTreeSet<usize>> {
        let mut before = vec![BTreeSet::new(); steps];
        for &(from, to) in edges {
            before[to].insert(from);
        }
        before
    }

    proptest! {
        #[test]
        fn reducing_keeps_the_order_and_nothing_more(
            edges in prop::collection::vec((0..9usize, 0..9usize), 0..30),
        ) {
            let edges: Vec<_> = edges.into_iter().filter(|(from, to)| from < to).collect();
            let full = sets(&edges, 9);
            prop_assert_eq!(topological(&full).len(), 9);
            let mut less = full.clone();
            reduce(&mut less);
            for from in 0..9 {
                for to in 0..9 {
                    prop_assert_eq!(precedes(&full, from, to), precedes(&less, from, to));
                }
                for to in less[from].clone() {
                    // Without any one edge the order is another.
                    let mut fewer = less.clone();
                    fewer[from].remove(&to);
                    prop_assert!(!precedes(&fewer, to, from));
                }
            }
        }
    }

    #[test]
    fn circles_are_cut() {
        assert_eq!(topological(&sets(&[(0, 1), (1, 2), (2, 1), (2, 3)], 5)), [0, 4, 1, 2, 3]);
        assert_eq!(topological(&sets(&[(0, 0), (0, 1)], 2)), [0, 1]);
    }
}
