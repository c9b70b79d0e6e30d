//! Columns, rows and slots in pixels.

use std::ops::Range;

use super::graph::{Kind, Layout, Point, Rect, Route, Size};
use super::grid::{Item, Work};
use super::route::{Line, Path, Side};
use super::slots::Slots;

/// How far a line is set lower so that it does not lie on another.
const LOWER: i32 = 10;
/// From the last turn to the border that the arrow points at.
const ARROW: i32 = 18;
/// From a border to the first turn.
const LEAVE: i32 = 13;
/// Least distance of a label from what is next to it.
const BESIDE: i32 = 6;
/// How far a bar reaches above and below the middle of its outermost rows.
const BAR: i32 = 30;

/// Where columns, rows and the spaces between them lie.
#[derive(Debug)]
struct Frame {
    columns: Vec<Range<i32>>,
    /// The first slot of each gutter.
    gutters: Vec<i32>,
    cuts: Vec<i32>,
    /// The middle of each row, and how far it reaches up and down.
    rows: Vec<(i32, i32, i32)>,
    /// The first slot of each channel.
    channels: Vec<i32>,
    lanes: Vec<Rect>,
    size: Size,
}

/// The picture.
pub(super) fn layout(work: &Work<'_>, paths: &[Path], slots: &Slots) -> Layout {
    let frame = Frame::of(work, slots);
    let boxes: Vec<Rect> = work.items.iter().map(|item| frame.item(item)).collect();
    let nodes = &boxes[..work.graph.nodes.len()];
    let captions = work.items.iter().zip(nodes).map(|(item, own)| {
        item.caption.map(|size| Rect {
            x: own.centre().x - size.width / 2,
            y: own.bottom() + BESIDE - 2,
            width: size.width,
            height: size.height,
        })
    });
    let mut edges: Vec<Route> =
        work.graph.edges.iter().map(|_| Route { points: Vec::new(), label: None, back: false }).collect();
    // The halves of an edge stand in order: the one to its label before the one from it.
    for (index, (link, path)) in work.links.iter().zip(paths).enumerate() {
        let mut points = frame.points(work, &boxes, slots, index, path);
        let edge = &mut edges[link.edge];
        edge.back |= link.back;
        if let Some(size) = link.label {
            edge.label = Some(frame.beside(&boxes[link.from], size, points[points.len() - 1].y > points[0].y));
        }
        if work.items[link.to].label {
            let own = &work.items[link.to];
            let middle = frame.rows[own.rows.0].0;
            let room = boxes[link.to];
            edge.label = Some(Rect {
                x: room.x + 2,
                y: middle - 4 - own.size.height,
                width: own.size.width,
                height: own.size.height,
            });
        }
        if let Some(last) = edge.points.last().copied() {
            // Through the label, with a step if the line arrived a little lower.
            let first = points[0];
            if last.y != first.y {
                let x = first.x.min(last.x) + (first.x - last.x).abs() / 2;
                edge.points.extend([Point { x, y: last.y }, Point { x, y: first.y }]);
            }
        }
        edge.points.append(&mut points);
    }
    for edge in &mut edges {
        straighten(&mut edge.points);
    }
    let mut lanes = vec![Rect { x: 0, y: 0, width: 0, height: 0 }; work.order.len()];
    for (at, &lane) in work.order.iter().enumerate() {
        lanes[lane] = frame.lanes[at];
    }
    Layout {
        size: frame.size,
        lanes,
        order: work.order.to_vec(),
        nodes: nodes.to_vec(),
        captions: captions.collect(),
        edges,
        columns: frame.columns,
        column: work.items[..work.graph.nodes.len()].iter().map(|item| item.column).collect(),
        cuts: frame.cuts,
    }
}

/// Takes out what does not turn.
fn straighten(points: &mut Vec<Point>) {
    points.dedup();
    let mut kept: Vec<Point> = Vec::with_capacity(points.len());
    for &point in points.iter() {
        if let [.., a, b] = kept[..]
            && ((a.x == b.x && b.x == point.x) || (a.y == b.y && b.y == point.y))
        {
            kept.pop();
        }
        kept.push(point);
    }
    *points = kept;
}

/// How far an item reaches up and down from the middle of its row.
fn reach(item: &Item) -> (i32, i32) {
    if item.label {
        return (item.size.height + BESIDE, 2);
    }
    if item.kind == Kind::Bar {
        return (BAR, BAR);
    }
    if item.spans() {
        return (BAR, BAR + below(item));
    }
    let half = (item.size.height + 1) / 2;
    (half, half + below(item))
}

/// How much room an item takes below its border.
fn below(item: &Item) -> i32 {
    item.caption.map_or(0, |size| size.height + BESIDE).max(item.overhang.height)
}

impl Frame {
    fn of(work: &Work<'_>, slots: &Slots) -> Frame {
        let (columns, gutters, cuts, width) = across(work, slots);
        let (rows, channels, lanes, height) = down(work, slots, width);
        Frame { columns, gutters, cuts, rows, channels, lanes, size: Size { width, height } }
    }

    fn item(&self, item: &Item) -> Rect {
        let column = &self.columns[item.column];
        let middle = column.start + (column.end - column.start) / 2;
        let (first, up, _) = self.rows[item.rows.0];
        let (last, _, down) = self.rows[item.rows.1];
        let width = if item.label { item.size.width + 4 } else { item.size.width };
        let (top, bottom) = if !item.spans() {
            let top = first - item.size.height / 2;
            (top, top + item.size.height)
        } else if item.kind == Kind::Bar {
            (first - up.min(BAR), last + down.min(BAR))
        } else {
            // As high as its rows, but no higher than it must be in one.
            let (half, room) = (item.size.height / 2, last - first);
            let more = (half - room / 2).max(BAR);
            (first - more.min(up), last + more.min(down - below(item)))
        };
        Rect { x: middle - width / 2, y: top, width, height: bottom - top }
    }

    /// A label beside a line that leaves `own` upwards or downwards.
    fn beside(&self, own: &Rect, size: Size, down: bool) -> Rect {
        let y = if down { own.bottom() + 2 } else { own.y - 2 - size.height };
        Rect { x: own.centre().x + BESIDE, y, width: size.width, height: size.height }
    }

    fn points(&self, work: &Work<'_>, boxes: &[Rect], slots: &Slots, link: usize, path: &Path) -> Vec<Point> {
        // Each line has one coordinate of its own.
        let at = |part: usize| -> i32 {
            let slot = || slots.of[&(link, part)] as i32 * work.graph.spacing.slot;
            match path.lines[part] {
                Line::Row(row) => self.rows[row].0 + if slots.lower.contains(&(link, part)) { LOWER } else { 0 },
                Line::Channel(channel) => self.channels[channel] + slot(),
                Line::Gutter(gutter) => self.gutters[gutter] + slot(),
                Line::Column(column) => {
                    let column = &self.columns[column];
                    column.start + (column.end - column.start) / 2
                }
            }
        };
        let upright = |part: usize| matches!(path.lines[part], Line::Gutter(_) | Line::Column(_));
        let last = path.lines.len() - 1;
        let (from, to) = (work.links[link].from, work.links[link].to);
        let mut points = vec![port(&work.items[from], &boxes[from], path.from, at(0))];
        for part in 0..last {
            let (here, next) = (at(part), at(part + 1));
            points.push(if upright(part) { Point { x: here, y: next } } else { Point { x: next, y: here } });
        }
        points.push(port(&work.items[to], &boxes[to], path.to, at(last)));
        points
    }
}

/// Where a line at `at` meets the border on a side.
fn port(item: &Item, own: &Rect, side: Side, at: i32) -> Point {
    let off = match side {
        Side::Left | Side::Right => (at - own.centre().y).abs(),
        Side::Top | Side::Bottom => (at - own.centre().x).abs(),
    };
    let (half, other) = match side {
        Side::Left | Side::Right => (own.width / 2, own.height / 2),
        Side::Top | Side::Bottom => (own.height / 2, own.width / 2),
    };
    // Away from the corner or the middle the border lies further in.
    let inset = match item.kind {
        Kind::Diamond if off > 0 && other > 0 => half * off / other,
        Kind::Circle if off > 0 => half - (half * half - off * off).max(0).isqrt(),
        _ => 0,
    };
    match side {
        Side::Left => Point { x: own.x + inset, y: at },
        Side::Right => Point { x: own.right() - inset, y: at },
        Side::Top => Point { x: at, y: own.y + inset },
        Side::Bottom => Point { x: at, y: own.bottom() - inset },
    }
}

type Across = (Vec<Range<i32>>, Vec<i32>, Vec<i32>, i32);

/// Columns and gutters.
fn across(work: &Work<'_>, slots: &Slots) -> Across {
    let spacing = work.graph.spacing;
    let mut width = vec![0; work.columns];
    let mut over = vec![0; work.columns];
    let mut only_labels = vec![true; work.columns];
    for item in &work.items {
        let own = item.caption.map_or(0, |size| size.width).max(item.size.width + if item.label { 4 } else { 0 });
        width[item.column] = own.max(width[item.column]);
        only_labels[item.column] &= item.label;
    }
    for link in work.links.iter().filter(|link| link.drop) {
        if let Some(size) = link.label {
            let column = work.items[link.from].column;
            width[column] = width[column].max(2 * (size.width + BESIDE + 4));
        }
    }
    for item in &work.items {
        let free = (width[item.column] - item.size.width) / 2;
        over[item.column] = over[item.column].max(item.overhang.width - free);
    }
    let (mut columns, mut gutters, mut cuts) = (Vec::new(), Vec::new(), Vec::new());
    let mut x = spacing.margin;
    for gutter in 0..=work.columns {
        let count = slots.gutters[gutter] as i32;
        let before = gutter.checked_sub(1);
        let over = before.map_or(0, |column| over[column].max(0));
        let beside_label = before.is_some_and(|column| only_labels[column]);
        let outer = gutter == 0 || gutter == work.columns;
        if count > 0 {
            let first = x + over + LEAVE;
            let end = first + (count - 1) * spacing.slot;
            gutters.push(first);
            cuts.push(end + 5);
            x = end + ARROW;
        } else {
            gutters.push(x);
            let plain = if outer {
                over
            } else if gutter < work.columns && only_labels[gutter] {
                8
            } else if beside_label {
                ARROW
            } else {
                spacing.gutter
            };
            let room = plain.max(over + if outer { 0 } else { 6 });
            cuts.push(x + over + (room - over) / 2);
            x += room;
        }
        if gutter < work.columns {
            columns.push(x..x + width[gutter]);
            x += width[gutter];
        }
    }
    (columns, gutters, cuts, x + spacing.margin)
}

type Down = (Vec<(i32, i32, i32)>, Vec<i32>, Vec<Rect>, i32);

/// Rows, channels and lanes.
fn down(work: &Work<'_>, slots: &Slots, width: i32) -> Down {
    let spacing = work.graph.spacing;
    let count = work.lane_rows.last().map_or(0, |rows| rows.1);
    let mut reaches = vec![(0, 0); count];
    for item in work.items.iter() {
        let (up, down) = reach(item);
        let (first, last) = item.rows;
        reaches[first].0 = up.max(reaches[first].0);
        reaches[last].1 = down.max(reaches[last].1);
    }
    for reach in &mut reaches {
        // Room for a line that is set lower.
        reach.1 = reach.1.max(LOWER + 4);
    }
    let mut bands = vec![(0, 0); count];
    for link in work.links.iter().filter(|link| link.drop) {
        if let Some(size) = link.label {
            let (row, other) = (work.items[link.from].rows.0, work.items[link.to].rows.0);
            let band = if other > row { &mut bands[row].1 } else { &mut bands[row].0 };
            *band = size.height.max(*band);
        }
    }
    let lay = |reaches: &[(i32, i32)]| {
        let (mut rows, mut channels, mut lanes) = (Vec::new(), Vec::new(), Vec::new());
        let mut y = 0;
        for (at, &(first, end)) in work.lane_rows.iter().enumerate() {
            let top = y;
            for row in first..end {
                let lines = (slots.channels[row] as i32).min(1) * 6 + slots.channels[row] as i32 * spacing.slot;
                let pad = if row == first { spacing.lane } else { spacing.row };
                channels.push(y + 8);
                y += pad.max(if lines > 0 { lines + 6 } else { 0 }) + bands[row].0;
                let (up, down) = reaches[row];
                rows.push((y + up, up, down));
                y += up + down + bands[row].1;
            }
            y += spacing.lane;
            if at + 1 == work.lane_rows.len() {
                channels.push(y - spacing.lane + 8);
                y += slots.channels[end] as i32 * spacing.slot;
            }
            let least = work.graph.lanes[work.order[at]];
            let more = (least - (y - top)).max(0);
            for (middle, ..) in &mut rows[first..end] {
                *middle += more / 2;
            }
            // The channel above the first row stays at the edge of its lane.
            for channel in &mut channels[first + 1..] {
                *channel += more / 2;
            }
            y += more;
            lanes.push(Rect { x: 0, y: top, width, height: y - top });
        }
        (rows, channels, lanes, y)
    };
    let (rows, ..) = lay(&reaches);
    // What stands across rows may need more than they have.
    for item in work.items.iter().filter(|item| item.spans() && item.kind != Kind::Bar) {
        let (first, last) = item.rows;
        let lack = (item.size.height - (rows[last].0 - rows[first].0) + 1) / 2;
        reaches[first].0 = reaches[first].0.max(lack);
        reaches[last].1 = reaches[last].1.max(lack + below(item));
    }
    lay(&reaches)
}
