//! The order of the lanes: what has to do with one another lies close together.

use super::graph::{Graph, Layout, Point};
use super::{grid, place, rank, route, slots, track};

/// A joint inspection torn apart by a lane weighs so many lanes of an edge.
const TORN: i64 = 100;
/// A lane of an edge weighs so many pairs of lanes that are not in the order written.
const WRITTEN: i64 = 1000;
/// Up to so many nodes the layouts themselves are compared.
const COMPARED: usize = 64;

/// The layout with the best order found.
pub(super) fn best(graph: &Graph) -> Layout {
    let mut order = close(graph);
    let mut layout = lay(graph, &order);
    if graph.nodes.len() > COMPARED {
        return layout;
    }
    let mut cost = faults(&layout);
    let fixed = graph.fixed.min(order.len());
    // Lanes are moved while that helps; each round is one look at all neighbours.
    for _ in 0..4 {
        let mut better = false;
        for at in fixed..order.len().saturating_sub(1) {
            order.swap(at, at + 1);
            let other = lay(graph, &order);
            let new = faults(&other);
            if new < cost {
                (layout, cost, better) = (other, new, true);
            } else {
                order.swap(at, at + 1);
            }
        }
        if !better {
            break;
        }
    }
    layout
}

fn lay(graph: &Graph, order: &[usize]) -> Layout {
    let mut work = grid::Work::new(graph, order);
    rank::columns(&mut work);
    track::rows(&mut work);
    let paths = route::paths(&work);
    let slots = slots::assign(&work, &paths);
    place::layout(&work, &paths, &slots)
}

/// An order in which neighbours lie close: each lane is put where it costs least, again and again while that helps.
fn close(graph: &Graph) -> Vec<usize> {
    let count = graph.lanes.len();
    let mut weight = vec![vec![0i64; count]; count];
    for edge in &graph.edges {
        let (from, to) = (graph.nodes[edge.from].lanes[0], graph.nodes[edge.to].lanes[0]);
        weight[from][to] += 1;
        weight[to][from] += 1;
    }
    let joint: Vec<&[usize]> = graph.nodes.iter().map(|node| &node.lanes[..]).filter(|lanes| lanes.len() > 1).collect();
    let cost = |order: &[usize]| {
        let mut place = vec![0i64; count];
        for (at, &lane) in order.iter().enumerate() {
            place[lane] = at as i64;
        }
        let torn: i64 = joint
            .iter()
            .map(|lanes| {
                let places = || lanes.iter().map(|&lane| place[lane]);
                let across = places().max().unwrap_or(0) - places().min().unwrap_or(0) + 1;
                across - lanes.len() as i64
            })
            .sum();
        let mut far = 0;
        for a in 0..count {
            for b in a + 1..count {
                far += weight[a][b] * (place[a] - place[b]).abs();
            }
        }
        // What is equally good stays as it was written.
        let turned: i64 = (0..count).map(|a| (a + 1..count).filter(|&b| place[a] > place[b]).count() as i64).sum();
        WRITTEN * (TORN * torn + far) + turned
    };
    let mut order: Vec<usize> = (0..count).collect();
    let mut least = cost(&order);
    let fixed = graph.fixed.min(count);
    for _ in 0..8 {
        let mut better = false;
        for from in fixed..count {
            for to in fixed..count {
                let mut other = order.clone();
                let lane = other.remove(from);
                other.insert(to, lane);
                let new = cost(&other);
                if new < least {
                    (order, least, better) = (other, new, true);
                }
            }
        }
        if !better {
            break;
        }
    }
    order
}

/// How good a layout looks, worst first: crossings, turns, length of what runs up and down.
fn faults(layout: &Layout) -> (usize, usize, i64) {
    let mut across: Vec<(Point, Point, usize)> = Vec::new();
    let mut upright: Vec<(Point, Point, usize)> = Vec::new();
    let (mut turns, mut length) = (0, 0);
    for (index, edge) in layout.edges.iter().enumerate() {
        turns += edge.points.len() - 2;
        for pair in edge.points.windows(2) {
            let (a, b) = (pair[0].min(pair[1]), pair[0].max(pair[1]));
            if a.x == b.x {
                upright.push((a, b, index));
                length += i64::from(b.y - a.y);
            } else {
                across.push((a, b, index));
            }
        }
    }
    let crossings = across.iter().map(|(a, b, edge)| {
        upright.iter().filter(|(c, d, other)| edge != other && a.x < c.x && c.x < b.x && c.y < a.y && a.y < d.y).count()
    });
    (crossings.sum(), turns, length)
}
