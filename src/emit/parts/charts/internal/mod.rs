//! 内部流程图: who does what when, a lane for everybody who takes part.

mod band;
mod nodes;
mod origin;
mod pages;
mod time;

use std::collections::BTreeMap;

use super::heading::heading;
use super::label::Label;
use super::notes::{Notes, remark};
use super::palette::{BLUE, DEEP, EDGE, FRAME, GRID, HEAD, INK, LIGHT_BLUE, WHITE};
use super::piece::{Piece, lane_role};
use super::shapes::{Symbol, legend, pill};
use crate::layout::{self, Edge, Graph, Kind, Layout, Point, Rect, Size, Spacing};
use crate::words::view::{View, duration};
use crate::write::svg::{Anchor, Drawing, Font, Paint, Stroke, Svg};
use yijianshi_core::plan::{EdgeKind, LaneKind, NodeKind, Phase};

use nodes::{room, step};
use origin::{NAMES, Origin, SIDE};
use pages::{Cut, Window};

/// The heading with the phases.
const PHASES: i32 = 34;

/// The chart, laid out.
#[derive(Debug)]
pub struct Swimlanes<'a> {
    view: View<'a>,
    looks: Vec<Piece>,
    labels: Vec<Option<Label>>,
    layout: Layout,
    notes: Notes,
    /// Which edges only run into another that leads to the same place.
    joins: Vec<bool>,
    /// Where each phase begins.
    phases: Vec<(String, i32)>,
}

impl<'a> Swimlanes<'a> {
    /// Lays out the flow of a plan.
    pub fn of(view: View<'a>) -> Swimlanes<'a> {
        let flow = &view.plan.flow;
        let mut notes = Notes::default();
        let looks: Vec<Piece> = flow.nodes.iter().map(|node| step(view, node, &mut notes)).collect();
        let place = |id: &str| flow.nodes.iter().position(|node| node.id == id).unwrap_or(0);
        let labels: Vec<Option<Label>> = flow
            .edges
            .iter()
            .map(|edge| {
                // Where it leads back to says enough.
                let words = edge.label.as_ref().filter(|_| edge.kind != EdgeKind::Back)?;
                let font = Font::new(125, 600, if edge.when.is_some() { "#5C3E00" } else { INK });
                Some(Label::centred(&notes.edge(words, edge.when.as_ref()), 8, font))
            })
            .collect();
        let lane = |id: &String| flow.lanes.iter().position(|lane| lane.id == *id).unwrap_or(0);
        let node = |(node, look): (&yijianshi_core::plan::Node, &Piece)| layout::Node {
            lanes: if look.symbol == Symbol::Joint {
                node.lanes.iter().map(lane).collect()
            } else {
                vec![lane(&node.lane)]
            },
            kind: match look.symbol {
                Symbol::Decision => Kind::Diamond,
                Symbol::Parallel => Kind::Bar,
                _ => Kind::Box,
            },
            size: look.size,
            caption: None,
            overhang: if look.badge.is_some() { Size { width: 8, height: 10 } } else { Size::default() },
        };
        // The way on comes before the ways out.
        let aside = |edge: &yijianshi_core::plan::Edge| {
            flow.node(&edge.to)
                .is_some_and(|node| node.kind.is_end() || matches!(node.kind, NodeKind::Supplement | NodeKind::Refusal))
        };
        let mut order: Vec<usize> = (0..flow.edges.len()).collect();
        order.sort_by_key(|&edge| (place(&flow.edges[edge].from), aside(&flow.edges[edge]), edge));
        let graph = Graph {
            lanes: flow.lanes.iter().map(|lane| lane_height(&lane.name)).collect(),
            fixed: flow.lanes.iter().take_while(|lane| lane.kind != LaneKind::Agency).count(),
            nodes: flow.nodes.iter().zip(&looks).map(node).collect(),
            edges: order
                .iter()
                .map(|&index| Edge {
                    from: place(&flow.edges[index].from),
                    to: place(&flow.edges[index].to),
                    label: labels[index].as_ref().map(Label::size),
                })
                .collect(),
            spacing: Spacing::default(),
        };
        let mut layout = layout::layout(&graph);
        let mut routes: Vec<_> = order.into_iter().zip(std::mem::take(&mut layout.edges)).collect();
        routes.sort_by_key(|(index, _)| *index);
        layout.edges = routes.into_iter().map(|(_, route)| route).collect();
        let phases = phases(view, &layout);
        let joins = joins(&layout);
        Swimlanes { view, looks, labels, layout, notes, joins, phases }
    }

    /// The whole chart in one picture.
    pub fn whole(&self) -> Drawing {
        self.draw(&Window::all(&self.layout), &[])
    }

    /// The chart in pictures that can be read on a sheet of A4 each; nothing if the whole can.
    pub fn pages(&self) -> Vec<Drawing> {
        let across: Vec<bool> = (0..self.looks.len()).map(|index| self.stands_across(index)).collect();
        let (windows, cuts) = pages::split(&self.layout, NAMES + 2 * SIDE, &across);
        if windows.len() < 2 { Vec::new() } else { windows.iter().map(|window| self.draw(window, &cuts)).collect() }
    }

    /// Whether a step stands across lanes, so that a page may show a part of it.
    fn stands_across(&self, index: usize) -> bool {
        match self.looks[index].symbol {
            Symbol::Parallel => true,
            Symbol::Joint => self.view.plan.flow.nodes[index].lanes.len() > 1,
            _ => false,
        }
    }

    fn draw(&self, window: &Window, cuts: &[Cut]) -> Drawing {
        let plan = self.view.plan;
        let mut svg = Svg::default();
        let title = format!("“{}”一件事 内部流程图{}", plan.bundle.title, window.name());
        let room = window.width().max(560) + NAMES;
        let width = room + 2 * SIDE;
        let mut y = heading(&mut svg, Point { x: SIDE, y: 16 }, room, &title, &self.facts()) + 8;
        let top = y + PHASES;
        let lead = window.lead();
        let at = Origin { x: SIDE + NAMES + lead.x - window.x.start, y: top + lead.y - window.y.start };
        self.lanes(&mut svg, room, window, at);
        self.heads(&mut svg, y, room, window, at);
        for (index, route) in self.layout.edges.iter().enumerate() {
            self.edge(&mut svg, &route.points, index, window, at);
        }
        for index in 0..self.looks.len() {
            let part = window.shown(self.layout.nodes[index], self.stands_across(index));
            if let Some(part) = part {
                self.node(&mut svg, index, part, at);
            }
        }
        window.draw_marks(&mut svg, cuts, Point { x: at.x, y: at.y });
        let bottom = top + window.height();
        let frame = Rect { x: SIDE, y, width: room, height: bottom - y };
        svg.rect(frame, 0, Paint::outlined("none", FRAME, 12));
        y = bottom + 10;
        y += band::draw(self.view.plan, &self.layout, &mut svg, y, room, window, at) + 12;
        y += legend(&mut svg, Point { x: SIDE, y }, room, &self.symbols(cuts)) + 4;
        if plan.flow.nodes.iter().any(|node| node.when.is_some()) {
            y += remark(
                &mut svg,
                Point { x: SIDE, y },
                room,
                "线上写着情形的，属于这种情形才办；不属于的跳过，接着往下走。",
            );
        }
        y += self.notes.draw(&mut svg, Point { x: SIDE, y }, room) + 12;
        let names: Vec<&str> = plan.flow.lanes.iter().map(|lane| lane.name.as_str()).collect();
        Drawing {
            id: "internal",
            title,
            description: format!(
                "跨部门泳道图，泳道依次为{}；{}。各步的文字见办理流程。",
                names.join("、"),
                self.facts().join("；")
            ),
            size: Size { width, height: y },
            body: svg,
        }
    }

    /// Who leads, who takes part, by when.
    fn facts(&self) -> Vec<String> {
        let plan = self.view.plan;
        let mut facts = Vec::new();
        facts.extend(plan.bundle.lead.as_ref().map(|lead| format!("牵头单位：{lead}")));
        let lanes = plan.flow.lanes.iter().filter(|lane| lane.kind == LaneKind::Agency);
        let partners: Vec<&str> = lanes.map(|lane| lane.name.as_str()).collect();
        if !partners.is_empty() {
            facts.push(format!("联办单位：{}", partners.join("、")));
        }
        facts.extend(plan.bundle.promise.map(|promise| format!("承诺时限：{}（自受理之日起）", duration(promise))));
        facts
    }

    fn lanes(&self, svg: &mut Svg, room: i32, window: &Window, at: Origin) {
        let lanes = &self.view.plan.flow.lanes;
        let top = at.y + window.y.start;
        for (place, &index) in self.layout.order.iter().enumerate() {
            let (lane, own) = (&lanes[index], self.layout.lanes[index]);
            let (from, to) = (own.y.max(window.y.start), own.bottom().min(window.y.end));
            if from >= to {
                continue;
            }
            let role = lane_role(self.view, lane);
            let row = Rect { x: SIDE, y: at.y + from, width: room, height: to - from };
            svg.rect(row, 0, Paint::fill(if place % 2 == 0 { WHITE } else { "#FAFBFC" }));
            svg.rect(Rect { width: NAMES, ..row }, 0, Paint::fill(role.fill));
            svg.rect(Rect { width: 5, ..row }, 0, Paint::fill(role.stroke));
            name(&lane.name, lane.kind, role.text).draw(
                svg,
                SIDE + NAMES / 2 + 2,
                row.y + row.height / 2,
                Anchor::Middle,
            );
            let line = [Point { x: SIDE, y: row.y }, Point { x: SIDE + room, y: row.y }];
            svg.line(&line, Stroke::new(FRAME, 10));
        }
        let bottom = at.y + window.y.end;
        svg.line(&[Point { x: SIDE + NAMES, y: top }, Point { x: SIDE + NAMES, y: bottom }], Stroke::new(FRAME, 10));
        if window.height() > bottom - top {
            svg.line(&[Point { x: SIDE, y: bottom }, Point { x: SIDE + room, y: bottom }], Stroke::new(FRAME, 10));
        }
    }

    /// The phases above the lanes.
    fn heads(&self, svg: &mut Svg, y: i32, room: i32, window: &Window, at: Origin) {
        let corner = Rect { x: SIDE, y, width: NAMES, height: PHASES };
        svg.rect(corner, 0, Paint::fill(HEAD));
        let words = Label::line("部门 / 阶段", Font::new(135, 600, DEEP));
        words.draw(svg, SIDE + NAMES / 2, y + PHASES / 2, Anchor::Middle);
        let end = SIDE + room;
        for (index, (phase, start)) in self.phases.iter().enumerate() {
            let next = self.phases.get(index + 1).map(|(_, x)| *x);
            if next.is_some_and(|next| next <= window.x.start) || *start >= window.x.end {
                continue;
            }
            let first = *start <= window.x.start;
            let last = next.is_none_or(|next| next >= window.x.end);
            let left = if first { SIDE + NAMES } else { at.x + start };
            let right = if last { end } else { at.x + next.unwrap_or(0) };
            let (tip, notch) = (if last { 0 } else { 9 }, if first { 0 } else { 9 });
            let middle = y + PHASES / 2;
            let colour = if index % 2 == 0 { BLUE } else { LIGHT_BLUE };
            let left_edge = if first { left } else { left - 5 };
            svg.polygon(
                &[
                    Point { x: left_edge, y },
                    Point { x: right - 9 + if last { 9 } else { 0 }, y },
                    Point { x: right + tip - 9 + if last { 9 } else { 0 }, y: middle },
                    Point { x: right - 9 + if last { 9 } else { 0 }, y: y + PHASES },
                    Point { x: left_edge, y: y + PHASES },
                    Point { x: left_edge + notch, y: middle },
                ],
                Paint::fill(colour),
            );
            let label = Label::line(phase, Font::new(150, 600, WHITE));
            let narrow = label.size().width + 16 > right - left;
            let label = if narrow { Label::centred(phase, 4, Font::new(115, 600, WHITE)) } else { label };
            label.draw(svg, left + (right - left) / 2, middle, Anchor::Middle);
            if !first {
                let line = [window.y.start, window.y.end].map(|end| Point { x: left, y: at.y + end });
                svg.line(&line, Stroke::dashed(GRID, 12));
            }
        }
    }

    fn edge(&self, svg: &mut Svg, points: &[Point], index: usize, window: &Window, at: Origin) {
        // Where another edge already leads to the same place, this one only runs into it.
        let joins = self.joins[index];
        let mut points = points[..points.len() - usize::from(joins)].to_vec();
        self.meet_waves(index, &mut points, joins);
        for (piece, whole) in window.pieces(&points) {
            let piece: Vec<Point> = piece.iter().map(|point| at.of(*point)).collect();
            match whole && !joins {
                true => svg.arrow(&piece, Stroke::new(EDGE, 16)),
                false => svg.line(&piece, Stroke::new(EDGE, 16)),
            }
        }
        if let (Some(label), Some(room)) = (&self.labels[index], self.layout.edges[index].label)
            && window.holds(room)
        {
            let middle = at.of(room.centre());
            label.draw(svg, middle.x, middle.y, Anchor::Middle);
        }
    }

    /// The lower border of a document is a wave: lines meet it where it is.
    fn meet_waves(&self, index: usize, points: &mut [Point], joins: bool) {
        let flow = &self.view.plan.flow;
        let edge = &flow.edges[index];
        let look = |id: &str| {
            flow.nodes.iter().position(|node| node.id == id).map(|at| (&self.looks[at], self.layout.nodes[at]))
        };
        if let (Some((look, own)), Some(first)) = (look(&edge.from), points.first_mut())
            && first.y == own.bottom()
        {
            first.y -= look.symbol.sink();
        }
        if let (Some((look, own)), Some(last)) = (look(&edge.to), points.last_mut())
            && last.y == own.bottom()
            && !joins
        {
            last.y -= look.symbol.sink();
        }
    }

    /// A step, or the part of it that is on the page.
    fn node(&self, svg: &mut Svg, index: usize, part: Rect, at: Origin) {
        let look = &self.looks[index];
        let own = at.rect(part);
        let node = &self.view.plan.flow.nodes[index];
        if look.symbol == Symbol::Joint && node.lanes.len() > 1 {
            self.joint(svg, index, own, at);
            return;
        }
        look.draw(svg, own, own.bottom());
    }

    /// A joint step stands in the lanes of those who take part; lanes between are bridged.
    fn joint(&self, svg: &mut Svg, index: usize, own: Rect, at: Origin) {
        let look = &self.looks[index];
        let node = &self.view.plan.flow.nodes[index];
        let lanes = &self.view.plan.flow.lanes;
        let takes_part = |lane: &usize| node.lanes.contains(&lanes[*lane].id);
        // Stretches of lanes that take part.
        let mut stretches: Vec<(i32, i32)> = Vec::new();
        let mut joined = false;
        for lane in &self.layout.order {
            let room = at.rect(self.layout.lanes[*lane]);
            let part = takes_part(lane) && room.y < own.bottom() && room.bottom() > own.y;
            if part {
                let (top, bottom) = (own.y.max(room.y + 9), own.bottom().min(room.bottom() - 9));
                match stretches.last_mut() {
                    Some(last) if joined => last.1 = bottom,
                    _ => stretches.push((top, bottom)),
                }
            }
            joined = part;
        }
        for pair in stretches.windows(2) {
            for x in [own.centre().x - 4, own.centre().x + 4] {
                let line = [Point { x, y: pair[0].1 }, Point { x, y: pair[1].0 }];
                svg.line(&line, Stroke::new(look.role.stroke, 16));
            }
        }
        // The words stand in the highest stretch; the others say only that it goes on.
        let main = stretches.iter().enumerate().max_by_key(|(at, (top, bottom))| (bottom - top, -(*at as i32)));
        let main = main.map_or(0, |(at, _)| at);
        for (place, &(top, bottom)) in stretches.iter().enumerate() {
            let part = Rect { y: top, height: bottom - top, ..own };
            Symbol::Joint.draw(svg, part, look.role);
            let label = match place == main {
                true => look.label.clone(),
                false => Label::centred(&node.label, 5, Font::new(140, 600, look.role.text)),
            };
            label.draw(svg, part.centre().x, part.centre().y, Anchor::Middle);
        }
        if let Some(badge) = &look.badge {
            pill(svg, Point { x: own.right() + 8, y: own.bottom() }, badge, look.role.stroke);
        }
    }

    fn symbols(&self, cuts: &[Cut]) -> Vec<Symbol> {
        let mut symbols: Vec<Symbol> = self.looks.iter().map(|look| look.symbol).collect();
        symbols.retain(|symbol| *symbol != Symbol::Documents);
        if !cuts.is_empty() {
            symbols.push(Symbol::Connector);
        }
        symbols.sort_unstable();
        symbols.dedup();
        symbols
    }
}

fn name(words: &str, kind: LaneKind, colour: crate::write::svg::Colour) -> Label {
    let label = Label::centred(
        words,
        room(words, 5, 6),
        Font::new(if words.chars().count() > 20 { 140 } else { 160 }, 700, colour),
    );
    match kind {
        LaneKind::Lead => label.and("（牵头）", 6, Font::new(130, 400, colour)),
        _ => label,
    }
}

fn lane_height(words: &str) -> i32 {
    (name(words, LaneKind::Lead, INK).size().height + 20).max(84)
}

/// Which edges end on the last part of another edge.
fn joins(layout: &Layout) -> Vec<bool> {
    let mut ends: BTreeMap<Point, Vec<(usize, Point)>> = BTreeMap::new();
    for (index, route) in layout.edges.iter().enumerate() {
        if let [.., before, last] = route.points[..] {
            ends.entry(last).or_default().push((index, before));
        }
    }
    let mut joins = vec![false; layout.edges.len()];
    for (end, own) in ends {
        // Of those that come from one side the longest is drawn to the end.
        for &(index, before) in &own {
            joins[index] = own.iter().any(|&(other, start)| {
                let side = |point: Point| ((point.x - end.x).signum(), (point.y - end.y).signum());
                let far = |point: Point| (point.x - end.x).abs() + (point.y - end.y).abs();
                side(start) == side(before) && (far(start), other) > (far(before), index)
            });
        }
    }
    joins
}

/// Where each phase begins: before the first column with a step of it.
fn phases(view: View<'_>, layout: &Layout) -> Vec<(String, i32)> {
    let flow = &view.plan.flow;
    let mut starts: Vec<(String, usize)> = Vec::new();
    // Where nothing is asked the flow begins with handing in.
    let asked = flow.nodes.iter().any(|node| node.phase == Phase::Questions && node.kind != NodeKind::Start);
    for phase in Phase::ALL {
        if phase == Phase::Questions && !asked {
            continue;
        }
        let columns = flow.nodes.iter().zip(&layout.column).filter(|(node, _)| node.phase == phase);
        let Some(column) = columns.map(|(_, column)| *column).min() else { continue };
        match starts.last_mut() {
            // Two that begin in one column are one.
            Some(last) if last.1 >= column => last.0 = format!("{}、{}", last.0, phase.label()),
            _ => starts.push((phase.label().to_owned(), column)),
        }
    }
    let place = |(at, (name, column)): (usize, (String, usize))| (name, if at == 0 { 0 } else { layout.cuts[column] });
    starts.into_iter().enumerate().map(place).collect()
}
