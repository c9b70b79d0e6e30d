//! What a layout promises, looked at without knowing how it was made.

use std::collections::BTreeMap;

use super::graph::{Graph, Kind, Layout, Point, Rect, Size};

/// Everything that is wrong with a layout, in words; nothing if it keeps its promises: boxes and labels do not overlap and lie in
/// their lanes and in the drawing, edges turn by right angles and touch no box but their own, no label, and no unrelated edge
/// along a line, and no point of a border is both entry and exit.
pub fn faults(graph: &Graph, layout: &Layout) -> Vec<String> {
    let mut faults = Vec::new();
    boxes(graph, layout, &mut faults);
    lines(graph, layout, &mut faults);
    together(graph, layout, &mut faults);
    ports(graph, layout, &mut faults);
    faults
}

fn overlap(a: &Rect, b: &Rect) -> bool {
    a.x < b.right() && b.x < a.right() && a.y < b.bottom() && b.y < a.bottom()
}

/// All that takes room, with what it is.
fn rooms(layout: &Layout) -> Vec<(String, Rect)> {
    let nodes = layout.nodes.iter().enumerate().map(|(index, own)| (format!("node {index}"), *own));
    let captions = layout.captions.iter().enumerate();
    let captions = captions.filter_map(|(index, own)| own.map(|own| (format!("caption {index}"), own)));
    let labels = layout.edges.iter().enumerate();
    let labels = labels.filter_map(|(index, edge)| edge.label.map(|own| (format!("label {index}"), own)));
    nodes.chain(captions).chain(labels).collect()
}

fn boxes(graph: &Graph, layout: &Layout, faults: &mut Vec<String>) {
    let mut rooms = rooms(layout);
    for (name, own) in &rooms {
        if own.x < 0 || own.y < 0 || own.right() > layout.size.width || own.bottom() > layout.size.height {
            faults.push(format!("{name} is outside: {own:?}"));
        }
    }
    for (index, (node, own)) in graph.nodes.iter().zip(&layout.nodes).enumerate() {
        let lanes = || node.lanes.iter().map(|&lane| layout.lanes[lane]);
        let (top, bottom) = (lanes().map(|lane| lane.y).min(), lanes().map(Rect::bottom).max());
        if node.kind != Kind::Bar
            && (top.is_some_and(|top| own.y < top) || bottom.is_some_and(|end| own.bottom() > end))
        {
            faults.push(format!("node {index} is not in its lane: {own:?}"));
        }
        if own.width < node.size.width || node.kind != Kind::Bar && own.height < node.size.height {
            faults.push(format!("node {index} is too small: {own:?}"));
        }
    }
    for (index, (edge, route)) in graph.edges.iter().zip(&layout.edges).enumerate() {
        if edge.label != route.label.map(|own| Size { width: own.width, height: own.height }) {
            faults.push(format!("label {index} has another size"));
        }
    }
    rooms.sort_by_key(|(_, own)| own.x);
    for (at, (name, own)) in rooms.iter().enumerate() {
        for (other, room) in rooms[at + 1..].iter().take_while(|(_, room)| room.x < own.right()) {
            if overlap(own, room) {
                faults.push(format!("{name} and {other} overlap: {own:?} {room:?}"));
            }
        }
    }
}

/// The point is on the border of a node.
fn on_border(kind: Kind, own: &Rect, point: Point) -> bool {
    let inside = (own.x..=own.right()).contains(&point.x) && (own.y..=own.bottom()).contains(&point.y);
    let edge = point.x == own.x || point.x == own.right() || point.y == own.y || point.y == own.bottom();
    // Slanted and round borders lie within the rectangle.
    inside && (edge || matches!(kind, Kind::Diamond | Kind::Circle))
}

fn lines(graph: &Graph, layout: &Layout, faults: &mut Vec<String>) {
    let rooms = rooms(layout);
    for (index, (edge, route)) in graph.edges.iter().zip(&layout.edges).enumerate() {
        let [first, .., last] = route.points[..] else {
            faults.push(format!("edge {index} has no line"));
            continue;
        };
        for (node, point) in [(edge.from, first), (edge.to, last)] {
            if !on_border(graph.nodes[node].kind, &layout.nodes[node], point) {
                faults.push(format!("edge {index} does not meet node {node} at {point:?}"));
            }
        }
        for pair in route.points.windows(2) {
            let (a, b) = (pair[0].min(pair[1]), pair[0].max(pair[1]));
            if (a.x != b.x) == (a.y != b.y) {
                faults.push(format!("edge {index} is slanted or stands still: {a:?} {b:?}"));
            }
            // Strictly inside: lines end on borders.
            let line = Rect { x: a.x, y: a.y, width: b.x - a.x, height: b.y - a.y };
            for (name, room) in &rooms {
                let own = [edge.from, edge.to].map(|node| format!("node {node}")).contains(name);
                let diamond = own
                    && [edge.from, edge.to].iter().any(|&node| {
                        layout.nodes[node] == *room && matches!(graph.nodes[node].kind, Kind::Diamond | Kind::Circle)
                    });
                let through =
                    line.x < room.right() && line.right() > room.x && line.y < room.bottom() && line.bottom() > room.y;
                let through = through
                    || line.width == 0
                        && room.x < line.x
                        && line.x < room.right()
                        && line.y < room.bottom()
                        && line.bottom() > room.y
                    || line.height == 0
                        && room.y < line.y
                        && line.y < room.bottom()
                        && line.x < room.right()
                        && line.right() > room.x;
                if through && !diamond {
                    faults.push(format!("edge {index} runs through {name}: {a:?} {b:?} {room:?}"));
                }
            }
        }
    }
}

/// From where to where a line runs, and whose it is.
type Stretch = (i32, i32, usize);

/// Edges that share neither source nor target never lie on one another.
fn together(graph: &Graph, layout: &Layout, faults: &mut Vec<String>) {
    // By the coordinate that a line keeps: from where to where, and whose.
    let mut kept: BTreeMap<(bool, i32), Vec<Stretch>> = BTreeMap::new();
    for (index, route) in layout.edges.iter().enumerate() {
        for pair in route.points.windows(2) {
            let (a, b) = (pair[0].min(pair[1]), pair[0].max(pair[1]));
            let (key, from, to) = if a.x == b.x { ((true, a.x), a.y, b.y) } else { ((false, a.y), a.x, b.x) };
            kept.entry(key).or_default().push((from, to, index));
        }
    }
    for (key, mut lines) in kept {
        lines.sort_unstable();
        for (at, &(_, end, one)) in lines.iter().enumerate() {
            for &(start, _, other) in lines[at + 1..].iter().take_while(|(start, ..)| *start <= end) {
                let (a, b) = (&graph.edges[one], &graph.edges[other]);
                if one != other && a.from != b.from && a.to != b.to {
                    faults.push(format!("edges {one} and {other} lie on one another at {key:?} {start}"));
                }
            }
        }
    }
}

fn ports(graph: &Graph, layout: &Layout, faults: &mut Vec<String>) {
    let mut used: BTreeMap<(usize, Point), bool> = BTreeMap::new();
    for (edge, route) in graph.edges.iter().zip(&layout.edges) {
        if let [first, .., last] = route.points[..] {
            for (node, point, out) in [(edge.from, first, true), (edge.to, last, false)] {
                if *used.entry((node, point)).or_insert(out) != out {
                    faults.push(format!("node {node} has entry and exit in one place: {point:?}"));
                }
            }
        }
    }
}
