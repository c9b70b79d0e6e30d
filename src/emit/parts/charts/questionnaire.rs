//! 情形问卷: what is asked after which answer, from top to bottom.

use super::heading::heading;
use super::label::Label;
use super::notes::Notes;
use super::palette::{APPLICANT, ASIDE, DECISION, EDGE, INK, Role, TERMINAL};
use super::shapes::{Symbol, legend};
use crate::layout::{self, Edge, Graph, Kind, Layout, Point, Rect, Size, Spacing};
use crate::parts::asking::{Step, StepKind, Steps};
use crate::words::view::View;
use crate::write::svg::{Anchor, Drawing, Font, Stroke, Svg};
use crate::write::text::{display, width};

/// Left and right of the chart.
const SIDE: i32 = 20;
/// The least width, so that title and legend have room.
const LEAST: i32 = 560;

/// A step as it is drawn.
struct Look {
    symbol: Symbol,
    role: Role,
    label: Label,
    size: Size,
}

impl Look {
    fn of(step: &Step, notes: &mut Notes) -> Look {
        let (symbol, role) = match step.kind {
            StepKind::Question => (Symbol::Choice, APPLICANT),
            StepKind::Check => (Symbol::Decision, DECISION),
            StepKind::Done => (Symbol::Terminal, TERMINAL),
            StepKind::Exit => (Symbol::Terminal, ASIDE),
        };
        let (bold, plain) = (Font::new(150, 600, role.text), Font::new(130, 400, role.text));
        let label = match step.kind {
            StepKind::Check => Label::snug(&notes.edge(&step.name, None), 6, 12, bold),
            StepKind::Exit => {
                let words = display(&step.words);
                let short = if width(&words) > 2000 { format!("见注{}", notes.mark(&words)) } else { words };
                Label::snug(&step.name, 4, 12, bold).snug_and(&short, 6, 12, plain)
            }
            StepKind::Question | StepKind::Done => {
                Label::snug(&step.name, 6, 13, bold).snug_and(&step.words, 8, 16, plain)
            }
        };
        let mut size = symbol.around(label.size());
        // Half of it is a whole number of pixels.
        size.width += size.width % 2;
        size.height += size.height % 2;
        Look { symbol, role, label, size }
    }
}

/// The chart; nothing if there is nothing to ask.
pub fn draw(view: View<'_>) -> Option<Drawing> {
    let steps = Steps::of(view)?;
    let mut notes = Notes::default();
    let looks: Vec<Look> = steps.steps.iter().map(|step| Look::of(step, &mut notes)).collect();
    let font = Font::new(125, 600, INK);
    let labels: Vec<Option<Label>> = steps
        .ways
        .iter()
        .map(|way| (!way.words.is_empty()).then(|| Label::centred(&notes.edge(&way.words, None), 10, font)))
        .collect();
    let layout = stand(&steps, &looks, &labels);
    let mut svg = Svg::default();
    let title = format!("“{}”一件事 情形问卷", view.plan.bundle.title);
    let room = layout.size.width.max(LEAST);
    let width = room + 2 * SIDE;
    let facts = ["每个问题只在还要紧的时候问，答完就知道要办哪些事项、交哪些材料".to_owned()];
    let top = heading(&mut svg, Point { x: SIDE, y: 16 }, room, &title, &facts) + 10;
    let at = Point { x: SIDE + (room - layout.size.width) / 2, y: top };
    let moved = |point: &Point| Point { x: point.x + at.x, y: point.y + at.y };
    for (route, label) in layout.edges.iter().zip(&labels) {
        let points: Vec<Point> = route.points.iter().map(moved).collect();
        svg.arrow(&points, Stroke::new(EDGE, 16));
        if let (Some(label), Some(room)) = (label, route.label) {
            let middle = moved(&room.centre());
            label.draw(&mut svg, middle.x, middle.y, Anchor::Middle);
        }
    }
    for (look, own) in looks.iter().zip(&layout.nodes) {
        let own = Rect { x: own.x + at.x, y: own.y + at.y, ..*own };
        look.symbol.draw(&mut svg, own, look.role);
        look.label.draw(&mut svg, own.centre().x, own.centre().y, Anchor::Middle);
    }
    let mut y = top + layout.size.height + 10;
    let mut symbols: Vec<Symbol> = looks.iter().map(|look| look.symbol).collect();
    symbols.sort_unstable();
    symbols.dedup();
    y += legend(&mut svg, Point { x: SIDE, y }, room, &symbols) + 4;
    y += notes.draw(&mut svg, Point { x: SIDE, y }, room) + 12;
    let names: Vec<&str> =
        steps.steps.iter().filter(|step| step.kind == StepKind::Question).map(|step| step.name.as_str()).collect();
    Some(Drawing {
        id: "questionnaire",
        title,
        description: format!("依次问：{}。各种回答通向哪里，文字见情形问题表。", names.join("、")),
        size: Size { width, height: y },
        body: svg,
    })
}

/// Where everything stands. The layout runs from left to right, so it is given everything lying on its side.
fn stand(steps: &Steps, looks: &[Look], labels: &[Option<Label>]) -> Layout {
    let turned = |size: Size| Size { width: size.height, height: size.width };
    let nodes = looks.iter().map(|look| layout::Node {
        lanes: vec![0],
        kind: if look.symbol == Symbol::Decision { Kind::Diamond } else { Kind::Box },
        size: turned(look.size),
        caption: None,
        overhang: Size::default(),
    });
    // The way on comes before the ways out.
    let mut order: Vec<usize> = (0..steps.ways.len()).collect();
    order.sort_by_key(|&way| (steps.ways[way].from, steps.steps[steps.ways[way].to].kind == StepKind::Exit, way));
    let edges = order.iter().map(|&way| Edge {
        from: steps.ways[way].from,
        to: steps.ways[way].to,
        label: labels[way].as_ref().map(|label| turned(label.size())),
    });
    let graph =
        Graph { lanes: vec![0], fixed: 1, nodes: nodes.collect(), edges: edges.collect(), spacing: Spacing::default() };
    let mut layout = layout::layout(&graph);
    let mut routes: Vec<_> = order.into_iter().zip(std::mem::take(&mut layout.edges)).collect();
    routes.sort_by_key(|(way, _)| *way);
    let rect = |own: Rect| Rect { x: own.y, y: own.x, width: own.height, height: own.width };
    layout.size = turned(layout.size);
    layout.nodes = layout.nodes.into_iter().map(rect).collect();
    layout.edges = routes.into_iter().map(|(_, route)| route).collect();
    for route in &mut layout.edges {
        route.label = route.label.map(rect);
        for point in &mut route.points {
            *point = Point { x: point.y, y: point.x };
        }
    }
    layout
}
