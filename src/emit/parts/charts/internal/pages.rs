//! A chart that is too large for a sheet, in pieces: cut between columns and between rows, lines that go on carry the same letter
//! on both sheets. A sheet on which nothing would stand but lines is left out.
//!
//! A chart is cut where its smallest type could not be read on A4; outer lanes in which nothing stands are left out.

use std::collections::BTreeMap;
use std::ops::Range;

use crate::layout::{Layout, Point, Rect};
use crate::parts::charts::label::Label;
use crate::parts::charts::palette::{ASIDE, EDGE, INK};
use crate::parts::charts::shapes::Symbol;
use crate::write::svg::{Anchor, Font, Stroke, Svg};

/// The widest picture in which the smallest type can still be read on a landscape sheet of A4, for pictures not higher than
/// [`HIGH`]; higher ones go on portrait sheets.
const WIDE: i32 = 1720;
const HIGH: i32 = 1000;
/// The same for portrait sheets, and the most of the lanes that can be on one.
const NARROW: i32 = 1200;
const TALL: i32 = 1400;
/// Room for the marks of lines that go on, and for a second row of them where lines lie close together.
const MARK: i32 = 30;
const SECOND: i32 = 22;

/// The part of the chart that is on a page.
#[derive(Debug, Clone)]
pub struct Window {
    /// From where to where, across.
    pub x: Range<i32>,
    /// And down.
    pub y: Range<i32>,
    /// The room for marks to the left, above, to the right, below.
    marks: [i32; 4],
    /// Which page of how many.
    page: (usize, usize),
}

/// Where lines go on: all these places carry the same letter.
#[derive(Debug, Clone)]
pub struct Cut {
    places: Vec<Point>,
    letter: String,
}

/// A side of a page at which a line goes on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Side {
    Left,
    Top,
    Right,
    Bottom,
}

/// Cuts a layout into pages, `around` being what the page needs beside it; `across` says which nodes may be cut, since they stand
/// across lanes.
pub fn split(layout: &Layout, around: i32, across: &[bool]) -> (Vec<Window>, Vec<Cut>) {
    let size = layout.size;
    let wide = if size.height > HIGH { NARROW } else { WIDE } - around - 2 * MARK + 20;
    let columns = bounds(size.width, wide, &layout.cuts, &[]);
    let rows = bounds(size.height, TALL, &clear(layout, across), &borders(layout));
    let mut windows: Vec<Window> = Vec::new();
    for x in columns.windows(2) {
        for y in rows.windows(2) {
            let whole = y[0] == 0 && y[1] == size.height;
            let marks = [x[0] > 0, y[0] > 0, x[1] < size.width, y[1] < size.height].map(|on| if on { MARK } else { 0 });
            let mut window = Window { x: x[0]..x[1], y: y[0]..y[1], marks, page: (1, 1) };
            if !whole {
                window.trim(layout, across);
            }
            if layout.nodes.iter().zip(across).any(|(node, across)| window.shown(*node, *across).is_some()) {
                windows.push(window);
            }
        }
    }
    let count = windows.len();
    windows.iter_mut().enumerate().for_each(|(index, window)| window.page = (index + 1, count));
    let cuts = cuts(layout, &windows);
    for window in &mut windows {
        for (_, side, second) in window.places(&cuts) {
            if second {
                window.marks[side as usize] = MARK + SECOND;
            }
        }
    }
    (windows, cuts)
}

/// Where to cut so that no piece is longer than `limit`, if that can be: as far as fits, but not so far that the last is nearly empty;
/// at one of the better places, if one is near.
fn bounds(end: i32, limit: i32, places: &[i32], better: &[i32]) -> Vec<i32> {
    let mut bounds = vec![0];
    let mut from = 0;
    while end - from > limit {
        let left = (end - from + limit - 1) / limit;
        let wanted = (from + (end - from) / left + limit / 6).min(from + limit);
        let last = |list: &[i32], least: i32| list.iter().copied().filter(|cut| *cut > least && *cut <= wanted).max();
        let near = last(better, from + (wanted - from) / 2).or_else(|| last(places, from + 80));
        let Some(cut) = near.or_else(|| places.iter().copied().find(|cut| *cut > from + 80)) else { break };
        if cut >= end - 40 {
            break;
        }
        bounds.push(cut);
        from = cut;
    }
    bounds.push(end);
    bounds
}

/// Heights at which the chart can be cut without cutting along a line or through a node or a label, from top to bottom.
fn clear(layout: &Layout, across: &[bool]) -> Vec<i32> {
    let mut taken: Vec<(i32, i32)> = Vec::new();
    // Badges stand out below.
    let nodes = layout.nodes.iter().zip(across).filter(|(_, across)| !**across);
    taken.extend(nodes.map(|(node, _)| (node.y - 8, node.bottom() + 14)));
    taken.extend(layout.captions.iter().flatten().map(|room| (room.y - 4, room.bottom() + 4)));
    for edge in &layout.edges {
        taken.extend(edge.label.map(|room| (room.y - 4, room.bottom() + 4)));
        let level = edge.points.windows(2).filter(|pair| pair[0].y == pair[1].y);
        taken.extend(level.map(|pair| (pair[0].y - 4, pair[0].y + 4)));
    }
    taken.sort_unstable();
    let (mut clear, mut end) = (Vec::new(), 0);
    for (from, to) in taken {
        if from > end {
            clear.push(end + (from - end) / 2);
        }
        end = end.max(to);
    }
    clear
}

/// Where one lane ends and the next begins.
fn borders(layout: &Layout) -> Vec<i32> {
    layout.order.iter().skip(1).map(|&lane| layout.lanes[lane].y).collect()
}

/// The places at which lines leave a page and come to another.
fn cuts(layout: &Layout, windows: &[Window]) -> Vec<Cut> {
    // Places that belong together, since a line goes on from one to the other.
    let mut group: BTreeMap<Point, usize> = BTreeMap::new();
    let mut groups: Vec<Vec<Point>> = Vec::new();
    let mut joined = |a: Point, b: Point| {
        let (one, other) = (group.get(&a).copied(), group.get(&b).copied());
        let place = one.or(other).unwrap_or_else(|| {
            groups.push(Vec::new());
            groups.len() - 1
        });
        let mut members = vec![a, b];
        if let Some(other) = other.filter(|other| *other != place) {
            members.append(&mut groups[other]);
        }
        for point in members {
            if group.insert(point, place) != Some(place) || !groups[place].contains(&point) {
                groups[place].push(point);
            }
        }
    };
    for edge in &layout.edges {
        // The pieces of the line in the order in which it runs, whatever the page.
        let mut pieces: Vec<(usize, Vec<Point>)> = Vec::new();
        for window in windows {
            for (piece, _) in window.pieces(&edge.points) {
                pieces.push((along(&edge.points, piece[0]), piece));
            }
        }
        pieces.sort();
        for pair in pieces.windows(2) {
            if let (Some(from), Some(to)) = (pair[0].1.last(), pair[1].1.first()) {
                joined(*from, *to);
            }
        }
    }
    let mut groups: Vec<Vec<Point>> = groups.into_iter().filter(|places| !places.is_empty()).collect();
    groups.iter_mut().for_each(|places| places.sort_unstable());
    groups.sort();
    let cut = |(index, places)| Cut { places, letter: letter(index) };
    groups.into_iter().enumerate().map(cut).collect()
}

/// How far along a line a point of it lies.
fn along(points: &[Point], place: Point) -> usize {
    let mut far = 0;
    for pair in points.windows(2) {
        let (a, b) = (pair[0], pair[1]);
        let within = |low: i32, at: i32, high: i32| (low.min(high)..=low.max(high)).contains(&at);
        if within(a.x, place.x, b.x) && within(a.y, place.y, b.y) {
            return far + (a.x.abs_diff(place.x) + a.y.abs_diff(place.y)) as usize;
        }
        far += (a.x.abs_diff(b.x) + a.y.abs_diff(b.y)) as usize;
    }
    far
}

/// A, B, …, Z, AA, AB, …
fn letter(index: usize) -> String {
    let last = char::from(b'A' + (index % 26) as u8);
    if index < 26 { last.to_string() } else { format!("{}{last}", letter(index / 26 - 1)) }
}

impl Window {
    /// Everything.
    pub fn all(layout: &Layout) -> Window {
        Window { x: 0..layout.size.width, y: 0..layout.size.height, marks: [0; 4], page: (1, 1) }
    }

    /// How wide it is, with the marks at its sides.
    pub fn width(&self) -> i32 {
        self.x.end - self.x.start + self.marks[Side::Left as usize] + self.marks[Side::Right as usize]
    }

    /// How high it is, with the marks above and below.
    pub fn height(&self) -> i32 {
        self.y.end - self.y.start + self.marks[Side::Top as usize] + self.marks[Side::Bottom as usize]
    }

    /// The room before it and above it for the marks of lines that come from other pages.
    pub fn lead(&self) -> Point {
        Point { x: self.marks[Side::Left as usize], y: self.marks[Side::Top as usize] }
    }

    /// Which page it is.
    pub fn name(&self) -> String {
        match self.page {
            (1, 1) => String::new(),
            (page, count) => format!("（{page}/{count}）"),
        }
    }

    /// Whether the middle of something is on the page.
    pub fn holds(&self, room: Rect) -> bool {
        let middle = room.centre();
        self.x.contains(&middle.x) && self.y.contains(&middle.y)
    }

    /// What is on the page of a node: all of it or nothing, but of one that stands across lanes a part.
    pub fn shown(&self, room: Rect, across: bool) -> Option<Rect> {
        if !across {
            return Some(room).filter(|_| self.holds(room));
        }
        let (top, bottom) = (room.y.max(self.y.start), room.bottom().min(self.y.end));
        (self.x.contains(&room.centre().x) && top < bottom).then(|| Rect { y: top, height: bottom - top, ..room })
    }

    /// The pieces of a line that are on the page, and whether each leads to the end.
    pub fn pieces(&self, points: &[Point]) -> Vec<(Vec<Point>, bool)> {
        let inside = |point: Point| {
            (self.x.start..=self.x.end).contains(&point.x) && (self.y.start..=self.y.end).contains(&point.y)
        };
        let clamp = |point: Point| Point {
            x: point.x.clamp(self.x.start, self.x.end),
            y: point.y.clamp(self.y.start, self.y.end),
        };
        let mut pieces: Vec<(Vec<Point>, bool)> = Vec::new();
        let mut open: Vec<Point> = Vec::new();
        for (index, pair) in points.windows(2).enumerate() {
            let (a, b) = (clamp(pair[0]), clamp(pair[1]));
            // A line beside the page is on it nowhere.
            let beside = if pair[0].y == pair[1].y { a.y != pair[0].y } else { a.x != pair[0].x };
            if beside || a == b && !inside(pair[0]) {
                continue;
            }
            if open.is_empty() {
                open.push(a);
            }
            open.push(b);
            let last = index + 2 == points.len();
            if last || !inside(pair[1]) {
                pieces.push((std::mem::take(&mut open), last && inside(pair[1])));
            }
        }
        pieces.retain(|(piece, _)| piece.first() != piece.last());
        pieces
    }
}

impl Window {
    /// Leaves out the lanes above and below in which nothing stands on this page.
    fn trim(&mut self, layout: &Layout, across: &[bool]) {
        let mut rooms: Vec<(i32, i32)> = Vec::new();
        for (node, across) in layout.nodes.iter().zip(across) {
            rooms.extend(self.shown(*node, *across).map(|part| (part.y, part.bottom())));
        }
        for edge in &layout.edges {
            for (piece, _) in self.pieces(&edge.points) {
                rooms.extend(piece.iter().map(|point| (point.y, point.y)));
            }
        }
        let top = rooms.iter().map(|(top, _)| *top).min().unwrap_or(self.y.start);
        let bottom = rooms.iter().map(|(_, bottom)| *bottom).max().unwrap_or(self.y.end);
        let lanes = layout.lanes.iter().filter(|lane| lane.bottom() > top && lane.y < bottom);
        let (from, to) = lanes.fold((bottom, top), |(from, to), lane| (from.min(lane.y), to.max(lane.bottom())));
        if from > self.y.start {
            (self.y.start, self.marks[Side::Top as usize]) = (from, 0);
        }
        if to < self.y.end {
            (self.y.end, self.marks[Side::Bottom as usize]) = (to, 0);
        }
    }

    /// Where lines go on at the edges of the page, with the letter; and whether the mark stands in the second row, since the one before
    /// is too near.
    fn places<'c>(&self, cuts: &'c [Cut]) -> Vec<((Point, &'c str), Side, bool)> {
        let mut places: Vec<((Point, &str), Side, bool)> = Vec::new();
        let (x, y) = (self.x.start..=self.x.end, self.y.start..=self.y.end);
        for cut in cuts {
            for place in cut.places.iter().filter(|place| x.contains(&place.x) && y.contains(&place.y)) {
                let sides = [
                    (Side::Left, place.x == self.x.start),
                    (Side::Right, place.x == self.x.end),
                    (Side::Top, place.y == self.y.start),
                    (Side::Bottom, place.y == self.y.end),
                ];
                let side = sides.into_iter().find(|(side, on)| *on && self.marks[*side as usize] > 0);
                places.extend(side.map(|(side, _)| ((*place, cut.letter.as_str()), side, false)));
            }
        }
        places.sort_unstable_by_key(|((place, _), ..)| *place);
        for index in 1..places.len() {
            let ((place, _), side, _) = places[index];
            let before = places[..index].iter().rev().find(|(_, own, _)| *own == side);
            places[index].2 = before.is_some_and(|((before, _), _, second)| {
                !second && (place.x - before.x).abs().max((place.y - before.y).abs()) < SECOND
            });
        }
        places
    }

    /// Draws the marks of lines that go on; `origin` is where the chart's own lies.
    pub fn draw_marks(&self, svg: &mut Svg, cuts: &[Cut], origin: Point) {
        for ((place, letter), side, second) in self.places(cuts) {
            let far = 12 + if second { SECOND } else { 0 };
            let (x, y) = match side {
                Side::Left => (-far, 0),
                Side::Right => (far, 0),
                Side::Top => (0, -far),
                Side::Bottom => (0, far),
            };
            let edge = Point { x: origin.x + place.x, y: origin.y + place.y };
            let middle = Point { x: edge.x + x, y: edge.y + y };
            if second {
                svg.line(&[edge, middle], Stroke::new(EDGE, 16));
            }
            let room = Rect { x: middle.x - 10, y: middle.y - 10, width: 20, height: 20 };
            Symbol::Connector.draw(svg, room, ASIDE);
            let tenths = if letter.len() > 1 { 95 } else { 120 };
            Label::line(letter, Font::new(tenths, 600, INK)).draw(svg, middle.x, middle.y, Anchor::Middle);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::layout::{Edge, Graph, Kind, Node, Size, Spacing, layout};

    /// Everything that starts in the first lane, is done in the others, `each` in a lane, and ends in the first.
    fn fan(lanes: usize, each: usize) -> (Layout, Vec<bool>) {
        let node = |lane, kind, width| Node {
            lanes: vec![lane],
            kind,
            size: Size { width, height: 50 },
            caption: None,
            overhang: Size::default(),
        };
        let mut nodes =
            vec![node(0, Kind::Box, 120), node(0, Kind::Bar, 12), node(0, Kind::Bar, 12), node(0, Kind::Box, 120)];
        let mut edges = vec![(0, 1), (2, 3)];
        for place in 0..(lanes - 1) * each {
            let first = nodes.len();
            nodes.push(node(1 + place % (lanes - 1), Kind::Box, 130));
            nodes.push(node(1 + (place + 1) % (lanes - 1), Kind::Box, 130));
            edges.extend([(1, first), (first, first + 1), (first + 1, 2)]);
        }
        let across = nodes.iter().map(|node| node.kind == Kind::Bar).collect();
        let edges = edges.into_iter().map(|(from, to)| Edge { from, to, label: None }).collect();
        (layout(&Graph { lanes: vec![84; lanes], fixed: 1, nodes, edges, spacing: Spacing::default() }), across)
    }

    #[test]
    fn pages_show_everything_once_and_lines_go_on_where_they_left() {
        let mut cut = 0;
        for (lanes, each) in [(3, 1), (8, 2), (15, 1), (15, 3), (6, 8), (2, 20)] {
            let (layout, across) = fan(lanes, each);
            let (windows, cuts) = split(&layout, 150, &across);
            for (node, _) in layout.nodes.iter().zip(&across).filter(|(_, across)| !**across) {
                let on: Vec<&Window> = windows.iter().filter(|window| window.holds(*node)).collect();
                assert_eq!(on.len(), 1, "{lanes} {each}");
                // It is not cut, either.
                assert!(on[0].y.start <= node.y && node.bottom() <= on[0].y.end, "{lanes} {each}");
            }
            for window in &windows {
                assert!(window.y.end - window.y.start <= TALL, "{lanes} {each}: {window:?}");
            }
            // Every place of a letter is at the edge of a page, and the letter stands in one more place at least.
            let drawn: Vec<(Point, &str)> = windows.iter().flat_map(|own| own.places(&cuts)).map(|own| own.0).collect();
            for own in &cuts {
                assert!(
                    drawn.iter().filter(|(_, letter)| *letter == own.letter).count() >= 2,
                    "{lanes} {each} {own:?}"
                );
                assert!(
                    own.places.iter().all(|place| drawn.iter().any(|(at, _)| at == place)),
                    "{lanes} {each} {own:?}"
                );
            }
            // A line on a page begins where it begins, or at a letter; and so it ends.
            for edge in &layout.edges {
                let ends = [edge.points.first(), edge.points.last()];
                for (piece, _) in windows.iter().flat_map(|window| window.pieces(&edge.points)) {
                    for (end, own) in [piece.first(), piece.last()].into_iter().zip(ends) {
                        let marked = drawn.iter().any(|(at, _)| Some(at) == end);
                        assert!(end == own || marked, "{lanes} {each}: {piece:?}");
                    }
                }
            }
            // Marks do not lie on one another.
            for window in &windows {
                let at = |(own, side, second): &((Point, &str), Side, bool)| (own.0, *side as usize, *second);
                let marks: Vec<_> = window.places(&cuts).iter().map(at).collect();
                for (index, (a, side, second)) in marks.iter().enumerate() {
                    for (b, other, far) in &marks[..index] {
                        let apart = (a.x - b.x).abs().max((a.y - b.y).abs());
                        assert!(side != other || second != far || apart >= 20, "{lanes} {each}: {a:?} {b:?}");
                    }
                }
            }
            cut += cuts.len();
        }
        assert!(cut > 20);
    }
}
