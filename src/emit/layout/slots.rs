//! Room for lines that run side by side: in each gutter and channel every line gets a slot in which it meets no other.

use std::cmp::Reverse;
use std::collections::BinaryHeap;

use rustc_hash::{FxHashMap, FxHashSet};

use super::grid::Work;
use super::route::{Line, Path, Side};

/// Where the lines of gutters and channels run.
#[derive(Debug, Default)]
pub(super) struct Slots {
    /// Of each (link, part of its path) in a gutter or channel.
    pub of: FxHashMap<(usize, usize), usize>,
    /// How many slots each gutter has.
    pub gutters: Vec<usize>,
    /// How many slots each channel has.
    pub channels: Vec<usize>,
    /// The (link, part) along a row that run a little lower, so that they do not lie on the line of another.
    pub lower: FxHashSet<(usize, usize)>,
}

/// Lines that share a slot because they come from or lead to the same place.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
enum Name {
    /// From this item, leaving in this row.
    From(usize, usize),
    /// To this item, arriving in this row.
    To(usize, usize),
    /// This part of this link.
    Own(usize, usize),
}

/// A line, or several that share a slot.
#[derive(Debug)]
struct Trunk {
    parts: Vec<(usize, usize)>,
    /// First and last place across.
    extent: (usize, usize),
    /// Whether it leads on to higher places, and where it begins.
    start: (bool, usize),
    /// The places at which it meets a line from the left, and one from the right, with the part of the link that is that line.
    left: Vec<(usize, usize, usize)>,
    right: Vec<(usize, usize, usize)>,
    slot: usize,
}

/// Gives every line in a gutter or channel its slot.
pub(super) fn assign(work: &Work<'_>, paths: &[Path]) -> Slots {
    let rows = work.lane_rows.last().map_or(0, |rows| rows.1);
    let mut slots = Slots { gutters: vec![0; work.columns + 1], channels: vec![0; rows + 1], ..Slots::default() };
    let mut gutters: Vec<Vec<(usize, usize)>> = vec![Vec::new(); work.columns + 1];
    let mut channels: Vec<Vec<(usize, usize)>> = vec![Vec::new(); rows + 1];
    for (link, path) in paths.iter().enumerate() {
        for (part, line) in path.lines.iter().enumerate() {
            match *line {
                Line::Gutter(gutter) => gutters[gutter].push((link, part)),
                Line::Channel(channel) => channels[channel].push((link, part)),
                Line::Row(_) | Line::Column(_) => {}
            }
        }
    }
    for (gutter, parts) in gutters.iter().enumerate().filter(|(_, parts)| !parts.is_empty()) {
        let mut trunks = trunks(work, paths, gutter, parts);
        let order = order(&mut trunks, &mut slots.lower);
        slots.gutters[gutter] = fill(&mut trunks, &order);
        for trunk in &trunks {
            slots.of.extend(trunk.parts.iter().map(|&part| (part, trunk.slot)));
        }
    }
    for (channel, parts) in channels.iter().enumerate().filter(|(_, parts)| !parts.is_empty()) {
        let mut trunks: Vec<Trunk> = parts.iter().map(|&part| along(work, paths, part)).collect();
        let mut order: Vec<usize> = (0..trunks.len()).collect();
        order.sort_by_key(|&trunk| (trunks[trunk].extent, trunk));
        slots.channels[channel] = fill(&mut trunks, &order);
        for trunk in &trunks {
            slots.of.extend(trunk.parts.iter().map(|&part| (part, trunk.slot)));
        }
    }
    slots
}

/// A place among columns (odd) and gutters (even), or among rows (odd) and channels (even).
fn place(line: Line) -> usize {
    match line {
        Line::Row(at) | Line::Column(at) => 2 * at + 1,
        Line::Channel(at) | Line::Gutter(at) => 2 * at,
    }
}

/// A line along a channel.
fn along(work: &Work<'_>, paths: &[Path], (link, part): (usize, usize)) -> Trunk {
    let lines = &paths[link].lines;
    // Channels always lie between two other lines.
    let (a, b) = (place(lines[part - 1]), place(lines[part + 1]));
    debug_assert!(a.max(b) <= 2 * work.columns + 1);
    Trunk {
        parts: vec![(link, part)],
        extent: (a.min(b), a.max(b)),
        start: (b >= a, a),
        left: Vec::new(),
        right: Vec::new(),
        slot: 0,
    }
}

/// The lines of a gutter, those that belong together as one.
fn trunks(work: &Work<'_>, paths: &[Path], gutter: usize, parts: &[(usize, usize)]) -> Vec<Trunk> {
    // What leaves one item in one row, arrives at one.
    let ends = |&(link, part): &(usize, usize)| {
        let lines = &paths[link].lines;
        let from = match lines[part - 1] {
            Line::Row(row) if part == 1 => Some(Name::From(work.links[link].from, row)),
            _ => None,
        };
        let to = match lines[part + 1] {
            Line::Row(row) if part + 2 == lines.len() => Some(Name::To(work.links[link].to, row)),
            _ => None,
        };
        (from, to)
    };
    let mut count: FxHashMap<Name, usize> = FxHashMap::default();
    for part in parts {
        let (from, to) = ends(part);
        for name in from.into_iter().chain(to) {
            *count.entry(name).or_default() += 1;
        }
    }
    let mut index: FxHashMap<Name, usize> = FxHashMap::default();
    let mut trunks: Vec<Trunk> = Vec::new();
    for &(link, part) in parts {
        let (from, to) = ends(&(link, part));
        let shared = |name: &Name| count[name] > 1;
        let name = from.filter(shared).or(to.filter(shared)).unwrap_or(Name::Own(link, part));
        let lines = &paths[link].lines;
        let (a, b) = (place(lines[part - 1]), place(lines[part + 1]));
        let at = *index.entry(name).or_insert_with(|| {
            trunks.push(Trunk {
                parts: Vec::new(),
                extent: (a.min(b), a.max(b)),
                start: (b > a, a),
                left: Vec::new(),
                right: Vec::new(),
                slot: 0,
            });
            trunks.len() - 1
        });
        let trunk = &mut trunks[at];
        trunk.parts.push((link, part));
        trunk.extent = (trunk.extent.0.min(a.min(b)), trunk.extent.1.max(a.max(b)));
        for (row, other) in [(a, part - 1), (b, part + 1)] {
            if let Line::Row(_) = lines[other] {
                // The row's line leads to the item at its end.
                let item = if other == 0 { work.links[link].from } else { work.links[link].to };
                let side = if other == 0 { paths[link].from } else { paths[link].to };
                let from_left = work.items[item].column < gutter;
                debug_assert!(matches!(side, Side::Left | Side::Right));
                let meets = if from_left { &mut trunk.left } else { &mut trunk.right };
                meets.push((row, link, other));
            }
        }
    }
    trunks
}

/// An order from the left in which no line that comes from the left of a row lies on one that leads to its right. Where there is
/// none, one of them is set lower.
fn order(trunks: &mut [Trunk], lower: &mut FxHashSet<(usize, usize)>) -> Vec<usize> {
    let mut from_left: FxHashMap<usize, Vec<usize>> = FxHashMap::default();
    for (index, trunk) in trunks.iter().enumerate() {
        for &(row, ..) in &trunk.left {
            let list = from_left.entry(row).or_default();
            if list.last() != Some(&index) {
                list.push(index);
            }
        }
    }
    let mut after: Vec<Vec<usize>> = vec![Vec::new(); trunks.len()];
    let mut waits = vec![0usize; trunks.len()];
    for (index, trunk) in trunks.iter().enumerate() {
        let mut rows: Vec<usize> = trunk.right.iter().map(|(row, ..)| *row).collect();
        rows.sort_unstable();
        rows.dedup();
        for row in rows {
            for &first in from_left.get(&row).into_iter().flatten().filter(|first| **first != index) {
                after[first].push(index);
                waits[index] += 1;
            }
        }
    }
    // Of those that lead down the lowest stands leftmost, of those that lead up the highest: then they cross least.
    let key = |trunk: &Trunk| match trunk.start {
        (true, row) => (0, usize::MAX - row, trunk.parts[0]),
        (false, row) => (1, row, trunk.parts[0]),
    };
    let mut ready: BinaryHeap<Reverse<(_, usize)>> = BinaryHeap::new();
    let mut done = vec![false; trunks.len()];
    for (index, trunk) in trunks.iter().enumerate() {
        if waits[index] == 0 {
            ready.push(Reverse((key(trunk), index)));
        }
    }
    let mut order = Vec::with_capacity(trunks.len());
    let mut next = 0;
    while order.len() < trunks.len() {
        let index = match ready.pop() {
            Some(Reverse((_, index))) => index,
            None => {
                // A ring: the next one that still waits goes lower where it would lie on another.
                while done[next] {
                    next += 1;
                }
                for &(_, link, part) in &trunks[next].right {
                    lower.insert((link, part));
                }
                next
            }
        };
        if std::mem::replace(&mut done[index], true) {
            continue;
        }
        order.push(index);
        for &other in &after[index] {
            waits[other] = waits[other].saturating_sub(1);
            if waits[other] == 0 && !done[other] {
                ready.push(Reverse((key(&trunks[other]), other)));
            }
        }
    }
    order
}

/// Gives each trunk, in order, the first slot right of all that it would meet. How many slots there are.
fn fill(trunks: &mut [Trunk], order: &[usize]) -> usize {
    let mut slots = 0;
    let mut placed: Vec<usize> = Vec::with_capacity(order.len());
    for &index in order {
        let (first, last) = trunks[index].extent;
        let meets = |other: &&usize| trunks[**other].extent.0 <= last && trunks[**other].extent.1 >= first;
        let slot = placed.iter().filter(meets).map(|&other| trunks[other].slot + 1).max().unwrap_or(0);
        trunks[index].slot = slot;
        slots = slots.max(slot + 1);
        placed.push(index);
    }
    slots
}
