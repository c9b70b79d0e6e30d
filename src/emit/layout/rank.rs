//! Columns: everything stands right of what it waits for, or straight above or below it.

use std::cmp::Reverse;
use std::collections::BinaryHeap;

use rustc_hash::FxHashMap;

use super::graph::Kind;
use super::grid::Work;

/// A label wider than this is not set beside a vertical line.
const NARROW: i32 = 64;

/// What stands in one column of a lane.
#[derive(Debug, Clone, Copy, Default)]
struct Cell {
    nodes: u32,
    closed: bool,
}

/// Marks the links that lead back, gives every item its column, and labels cells of their own.
pub(super) fn columns(work: &mut Work<'_>) {
    mark_back(work);
    label_back(work);
    ranks(work);
    spread(work);
}

/// A link to an item that is still being looked through leads back.
fn mark_back(work: &mut Work<'_>) {
    let mut out: Vec<Vec<usize>> = vec![Vec::new(); work.items.len()];
    for (index, link) in work.links.iter().enumerate() {
        out[link.from].push(index);
    }
    let (mut seen, mut open) = (vec![false; work.items.len()], vec![false; work.items.len()]);
    for root in 0..work.items.len() {
        if seen[root] {
            continue;
        }
        (seen[root], open[root]) = (true, true);
        let mut stack = vec![(root, 0)];
        while let Some((item, next)) = stack.last_mut() {
            let Some(&link) = out[*item].get(*next) else {
                open[*item] = false;
                stack.pop();
                continue;
            };
            *next += 1;
            let to = work.links[link].to;
            if open[to] {
                work.links[link].back = true;
            } else if !seen[to] {
                (seen[to], open[to]) = (true, true);
                stack.push((to, 0));
            }
        }
    }
}

/// The label of a link that leads back stands right after its source.
fn label_back(work: &mut Work<'_>) {
    for index in 0..work.links.len() {
        if work.links[index].back
            && let Some(size) = work.links[index].label
        {
            let lane = work.items[work.links[index].from].lanes[0];
            work.cut(index, lane, size);
        }
    }
}

struct Ranks {
    column: Vec<usize>,
    cells: FxHashMap<(usize, usize), Cell>,
    /// Whether the upper, the lower side of an item is taken.
    taken: Vec<(bool, bool)>,
    /// Whether something across rows has a way out with a label: then all that follows it lines up behind the labels.
    labelled: Vec<bool>,
}

impl Ranks {
    fn cell(&self, column: usize, lane: usize) -> Cell {
        self.cells.get(&(column, lane)).copied().unwrap_or_default()
    }

    /// The first column from `least` on in which a single item may stand in `lane`.
    fn open(&mut self, least: usize, lane: usize) -> usize {
        let mut column = least;
        while self.cell(column, lane).closed {
            column += 1;
        }
        self.cells.entry((column, lane)).or_default().nodes += 1;
        column
    }
}

fn ranks(work: &mut Work<'_>) {
    let count = work.items.len();
    let (mut into, mut out) = (vec![Vec::new(); count], vec![Vec::new(); count]);
    let mut waits = vec![0usize; count];
    for (index, link) in work.links.iter().enumerate().filter(|(_, link)| !link.back) {
        into[link.to].push(index);
        out[link.from].push(index);
        waits[link.to] += 1;
    }
    let mut ready: BinaryHeap<Reverse<usize>> =
        waits.iter().enumerate().filter(|(_, waits)| **waits == 0).map(|(item, _)| Reverse(item)).collect();
    let mut labelled = vec![false; count];
    for link in work.links.iter().filter(|link| !link.back && link.label.is_some()) {
        labelled[link.from] |= work.items[link.from].spans();
    }
    let cells = FxHashMap::default();
    let mut ranks = Ranks { column: vec![0; count], cells, taken: vec![(false, false); count], labelled };
    while let Some(Reverse(item)) = ready.pop() {
        place(work, &mut ranks, item, &into[item], &out);
        for &link in &out[item] {
            // It is cut at its label only when its target is placed.
            let to = work.links[link].to;
            waits[to] -= 1;
            if waits[to] == 0 {
                ready.push(Reverse(to));
            }
        }
    }
    for (item, column) in work.items.iter_mut().zip(&ranks.column) {
        item.column = *column;
    }
}

fn place(work: &mut Work<'_>, ranks: &mut Ranks, item: usize, into: &[usize], out: &[Vec<usize>]) {
    if let [link] = *into
        && drops(work, ranks, link, out)
    {
        return;
    }
    let mut least = 0;
    for &link in into {
        let from = work.links[link].from;
        let mut after = ranks.column[from] + 1;
        after += usize::from(ranks.labelled[from] && work.links[link].label.is_none());
        if let Some(size) = work.links[link].label {
            let lane = label_lane(work, from, item);
            let label = work.cut(link, lane, size);
            let column = ranks.open(after, lane);
            ranks.column.push(column);
            ranks.taken.push((true, true));
            ranks.labelled.push(false);
            debug_assert_eq!(ranks.column.len(), label + 1);
            after = column + 1;
        }
        least = least.max(after);
    }
    let own = &work.items[item];
    ranks.column[item] = if own.kind == Kind::Bar {
        least
    } else if let [lane] = own.lanes[..] {
        ranks.open(least, lane)
    } else {
        let (first, last) = (own.lanes[0], own.lanes[own.lanes.len() - 1]);
        let mut column = least;
        while (first..=last).any(|lane| {
            let cell = ranks.cell(column, lane);
            cell.closed || cell.nodes > 0
        }) {
            column += 1;
        }
        for lane in first..=last {
            ranks.cells.insert((column, lane), Cell { nodes: 1, closed: true });
        }
        column
    };
}

/// A label stands in the lane that its line leads to.
fn label_lane(work: &Work<'_>, from: usize, to: usize) -> usize {
    let single = |item: usize| !work.items[item].spans();
    match (single(to), single(from)) {
        (true, _) | (false, false) => work.items[to].lanes[0],
        (false, true) => work.items[from].lanes[0],
    }
}

/// Puts the target of `link` straight above or below its source, if that works: it waits for nothing else and all is free
/// between. The first way out of a decision leads on, the others drop.
fn drops(work: &mut Work<'_>, ranks: &mut Ranks, link: usize, out: &[Vec<usize>]) -> bool {
    let (from, to, label) = (work.links[link].from, work.links[link].to, work.links[link].label);
    let (source, target) = (&work.items[from], &work.items[to]);
    if source.spans() || target.spans() || source.label || target.label {
        return false;
    }
    let (lane, own) = (source.lanes[0], target.lanes[0]);
    if label.is_some_and(|label| label.width > NARROW) {
        return false;
    }
    let decision = source.kind == Kind::Diamond && out[from].len() > 1;
    if decision && out[from][0] == link {
        return false;
    }
    if lane == own {
        return decision && drops_within(work, ranks, link);
    }
    let down = own > lane;
    let open =
        if down { source.open_below() && target.open_above() } else { source.open_above() && target.open_below() };
    let (above, below) = ranks.taken[from];
    if !open || (down && below) || (!down && above) {
        return false;
    }
    let column = ranks.column[from];
    let between = if down { lane + 1..own + 1 } else { own..lane };
    let free = |at: usize| {
        let cell = ranks.cell(column, at);
        cell.nodes == 0 && !cell.closed
    };
    if ranks.cell(column, lane).nodes != 1 || !between.clone().all(free) {
        return false;
    }
    for at in between {
        ranks.cells.insert((column, at), Cell { nodes: 0, closed: true });
    }
    ranks.cells.insert((column, lane), Cell { nodes: 1, closed: true });
    ranks.cells.insert((column, own), Cell { nodes: 1, closed: true });
    ranks.taken[from] = if down { (above, true) } else { (true, below) };
    ranks.taken[to] = if down { (true, false) } else { (false, true) };
    ranks.column[to] = column;
    work.links[link].drop = true;
    true
}

/// The same within a lane: on which side is only known when the rows are, so both are taken.
fn drops_within(work: &mut Work<'_>, ranks: &mut Ranks, link: usize) -> bool {
    let (from, to) = (work.links[link].from, work.links[link].to);
    let open = [from, to].iter().all(|&item| work.items[item].open_above() && work.items[item].open_below());
    let (column, lane) = (ranks.column[from], work.items[from].lanes[0]);
    let cell = ranks.cell(column, lane);
    if !open || ranks.taken[from] != (false, false) || cell.nodes != 1 {
        return false;
    }
    ranks.cells.insert((column, lane), Cell { nodes: 2, closed: true });
    (ranks.taken[from], ranks.taken[to]) = ((true, true), (true, true));
    ranks.column[to] = column;
    work.links[link].drop = true;
    true
}

/// Bars get columns of their own, before what else is of their rank.
fn spread(work: &mut Work<'_>) {
    let ranks = work.items.iter().map(|item| item.column + 1).max().unwrap_or(0);
    let mut bars = vec![0usize; ranks];
    let mut others = vec![false; ranks];
    for item in &work.items {
        match item.kind {
            Kind::Bar => bars[item.column] += 1,
            _ => others[item.column] = true,
        }
    }
    let mut first = vec![0usize; ranks + 1];
    for rank in 0..ranks {
        first[rank + 1] = first[rank] + bars[rank] + usize::from(others[rank]);
    }
    let mut placed = vec![0usize; ranks];
    for item in &mut work.items {
        let rank = item.column;
        item.column = if item.kind == Kind::Bar {
            placed[rank] += 1;
            first[rank] + placed[rank] - 1
        } else {
            first[rank] + bars[rank]
        };
    }
    work.columns = first[ranks];
}
