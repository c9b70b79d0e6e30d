//! Rows: what follows one another in a lane stands on one line, also across a joint inspection.

use std::cmp::Reverse;
use std::collections::BinaryHeap;

use super::graph::Kind;
use super::grid::Work;

/// So many times as much as an edge draws what is done jointly.
const JOINT: i64 = 5;

/// What stands on one line of a lane.
#[derive(Debug, Default)]
struct Chain {
    items: Vec<usize>,
    /// The columns that it keeps free, first and last.
    columns: (usize, usize),
    /// How many more of its links lead to lanes below than above, of how many.
    pull: (i64, i64),
    /// Its row within the lane.
    track: usize,
}

/// Gives every item its rows.
pub(super) fn rows(work: &mut Work<'_>) {
    let mut lanes = chains(work);
    let mut busy: Vec<Vec<(usize, usize)>> = Vec::new();
    let mut first = 0;
    for chains in &mut lanes {
        let tracks = colour(chains).max(1);
        let order = settle(chains, tracks);
        work.lane_rows.push((first, first + tracks));
        busy.resize(first + tracks, Vec::new());
        for chain in chains.iter() {
            let row = first + order[chain.track];
            busy[row].push(chain.columns);
            for &item in &chain.items {
                let item = &mut work.items[item];
                let fresh = item.rows == (usize::MAX, 0);
                item.rows = if fresh { (row, row) } else { (item.rows.0.min(row), item.rows.1.max(row)) };
            }
        }
        first += tracks;
    }
    busy.iter_mut().for_each(|row| row.sort_unstable());
    bars(work, &busy);
}

/// The chains of each lane, from the left.
fn chains(work: &mut Work<'_>) -> Vec<Vec<Chain>> {
    let count = work.items.len();
    let (mut into, mut out) = (vec![Vec::new(); count], vec![Vec::new(); count]);
    for link in work.links.iter().filter(|link| !link.back) {
        into[link.to].push((link.from, link.drop));
        out[link.from].push((link.to, link.drop));
    }
    let mut order: Vec<usize> = (0..count).filter(|&item| work.items[item].kind != Kind::Bar).collect();
    order.sort_by_key(|&item| (work.items[item].column, item));
    for &item in &order {
        work.items[item].rows = (usize::MAX, 0);
    }
    // By item: the chains that it is in, by lane.
    let mut own: Vec<Vec<(usize, usize)>> = vec![Vec::new(); count];
    let mut lanes: Vec<Vec<Chain>> = Vec::new();
    lanes.resize_with(work.order.len(), Vec::new);
    for &item in &order {
        for lane in work.items[item].lanes.clone() {
            // The chain of the first predecessor in this lane that nothing follows yet.
            let before = into[item].iter().filter(|(_, drop)| !drop).find_map(|&(from, _)| {
                let &(_, chain) = own[from].iter().find(|(at, _)| *at == lane)?;
                let last = *lanes[lane][chain].items.last()?;
                (last == from).then_some(chain)
            });
            let chain = before.unwrap_or_else(|| {
                lanes[lane].push(Chain::default());
                lanes[lane].len() - 1
            });
            lanes[lane][chain].items.push(item);
            own[item].push((lane, chain));
        }
    }
    for (lane, chains) in lanes.iter_mut().enumerate() {
        for chain in chains {
            let (first, last) = (chain.items[0], chain.items[chain.items.len() - 1]);
            chain.columns = (reach_back(work, first, &into[first]), reach_on(work, last, &out[last]));
            for &item in &chain.items {
                // What is done jointly draws most: its lines lie next to one another. Bars reach everywhere.
                let joint = work.items[item].lanes.iter().filter(|at| **at != lane);
                for &at in joint {
                    chain.pull.0 += JOINT * (at as i64 - lane as i64).signum();
                    chain.pull.1 += JOINT;
                }
                let bar = |other: usize| work.items[other].kind == Kind::Bar;
                for &(other, _) in into[item].iter().chain(&out[item]).filter(|(other, _)| !bar(*other)) {
                    for &at in &work.items[other].lanes {
                        chain.pull.0 += (at as i64 - lane as i64).signum();
                        chain.pull.1 += 1;
                    }
                }
            }
        }
    }
    lanes
}

/// A line from a bar is kept free.
fn reach_back(work: &Work<'_>, item: usize, into: &[(usize, bool)]) -> usize {
    let bars = into.iter().filter(|(from, _)| work.items[*from].kind == Kind::Bar);
    bars.map(|(from, _)| work.items[*from].column + 1).chain([work.items[item].column]).min().unwrap_or(0)
}

/// So is the line to what stands across rows, or to the next item.
fn reach_on(work: &Work<'_>, item: usize, out: &[(usize, bool)]) -> usize {
    let own = work.items[item].column;
    let straight = || out.iter().filter(|(_, drop)| !drop).map(|(to, _)| *to);
    let across = straight().filter(|&to| work.items[to].spans()).map(|to| work.items[to].column - 1).max();
    let next = || straight().map(|to| work.items[to].column - 1).min();
    across.or_else(next).unwrap_or(own).max(own)
}

/// Gives each chain the first track that is free all along; how many there are.
fn colour(chains: &mut [Chain]) -> usize {
    let mut order: Vec<usize> = (0..chains.len()).collect();
    order.sort_by_key(|&chain| (chains[chain].columns.0, chains[chain].items[0]));
    let mut tracks = 0;
    let mut free: BinaryHeap<Reverse<usize>> = BinaryHeap::new();
    let mut busy: BinaryHeap<Reverse<(usize, usize)>> = BinaryHeap::new();
    for chain in order {
        let (first, last) = chains[chain].columns;
        while let Some(&Reverse((until, track))) = busy.peek()
            && until < first
        {
            busy.pop();
            free.push(Reverse(track));
        }
        let track = free.pop().map_or(tracks, |Reverse(track)| track);
        tracks = tracks.max(track + 1);
        busy.push(Reverse((last, track)));
        chains[chain].track = track;
    }
    tracks
}

/// The order of the tracks: those drawn upwards on top.
fn settle(chains: &[Chain], tracks: usize) -> Vec<usize> {
    let mut pull = vec![(0i64, 0i64); tracks];
    for chain in chains {
        pull[chain.track].0 += chain.pull.0;
        pull[chain.track].1 += chain.pull.1;
    }
    let mut order: Vec<usize> = (0..tracks).collect();
    order.sort_by_key(|&track| (pull[track].0 * 1000 / pull[track].1.max(1), track));
    let mut place = vec![0; tracks];
    for (at, track) in order.into_iter().enumerate() {
        place[track] = at;
    }
    place
}

/// A bar is as high as what it starts or joins.
fn bars(work: &mut Work<'_>, busy: &[Vec<(usize, usize)>]) {
    let mut order: Vec<usize> = (0..work.items.len()).filter(|&item| work.items[item].kind == Kind::Bar).collect();
    order.sort_by_key(|&item| work.items[item].column);
    let mut rows: Vec<Option<(usize, usize)>> = vec![None; work.items.len()];
    let widen = |rows: &mut Option<(usize, usize)>, (first, last): (usize, usize)| {
        *rows = Some(rows.map_or((first, last), |(a, b)| (a.min(first), b.max(last))));
    };
    for link in work.links.iter().filter(|link| !link.back) {
        let (from, to) = (&work.items[link.from], &work.items[link.to]);
        match (from.kind == Kind::Bar, to.kind == Kind::Bar) {
            (true, false) => widen(&mut rows[link.from], to.rows),
            (false, true) => widen(&mut rows[link.to], from.rows),
            _ => {}
        }
    }
    for &bar in &order {
        let home = work.lane_rows[work.items[bar].lanes[0]].0;
        let own = rows[bar].unwrap_or((home, home));
        work.items[bar].rows = short(work, busy, bar, own).map_or(own, |row| (row, row));
    }
    // Bars that follow one another meet in a row.
    let bar = |item: usize| work.items[item].kind == Kind::Bar;
    let mut pairs: Vec<(usize, usize, usize)> = work
        .links
        .iter()
        .filter(|link| !link.back && bar(link.from) && bar(link.to))
        .map(|link| (work.items[link.to].column, link.from, link.to))
        .collect();
    pairs.sort_unstable();
    for (_, from, to) in pairs {
        let (first, last) = work.items[from].rows;
        let own = &mut work.items[to].rows;
        *own = (own.0.min(last), own.1.max(first));
    }
}

/// The row of its own for a bar that would stand in the way of lines that have nothing to do with it; none if it stands in
/// nobody's way.
fn short(work: &Work<'_>, busy: &[Vec<(usize, usize)>], bar: usize, (first, last): (usize, usize)) -> Option<usize> {
    let column = work.items[bar].column;
    let taken = |row: usize| {
        let chains = &busy[row];
        let at = chains.partition_point(|(start, _)| *start <= column);
        chains[..at].iter().any(|(_, end)| *end >= column)
    };
    if !(first..=last).any(taken) {
        return None;
    }
    let mut rows: Vec<usize> = work
        .links
        .iter()
        .filter(|link| !link.back && (link.from == bar || link.to == bar))
        .map(|link| work.items[if link.from == bar { link.to } else { link.from }].rows.0)
        .filter(|row| !taken(*row))
        .collect();
    rows.sort_unstable();
    rows.get(rows.len() / 2).copied()
}
