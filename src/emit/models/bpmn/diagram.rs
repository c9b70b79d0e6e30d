//! The diagram: where every element, flow and label stands.

use super::process::{Element, Kind, Process, SequenceFlow};
use crate::layout::{self, Graph, Layout, Point, Rect, Size, Spacing, layout};
use crate::parts::charts::palette::{self, DECISION, Role};
use crate::words::view::View;
use crate::write::text::{display, width};
use crate::write::xml::Xml;
use yijianshi_core::plan::LaneKind;

/// Where the pool begins.
const ORIGIN: Point = Point { x: 160, y: 80 };
/// The width of the strips with the names of pool and lanes.
const STRIP: i32 = 30;
/// How wide a label below an element is set, in pixels.
const LABEL: i32 = 90;
/// The height of a line of a label.
const LINE: i32 = 14;
/// A document: its size, and how far below its task it stands.
const DOCUMENT: Size = Size { width: 36, height: 50 };
const BELOW: i32 = 20;

/// The sizes that modelers give elements.
fn size(kind: Kind) -> Size {
    let (width, height) = match kind {
        Kind::Start | Kind::End | Kind::Failure => (36, 36),
        Kind::Task | Kind::Computation => (100, 80),
        Kind::Exclusive | Kind::Parallel => (50, 50),
    };
    Size { width, height }
}

/// How much room a name takes that is written below its element.
fn label(name: &str) -> Size {
    // Names are set in 11 pixels and broken anywhere.
    let line = (LABEL - 7) * 100;
    let lines = ((width(name) * 11 + line - 1) / line).max(1);
    Size { width: LABEL, height: lines * LINE }
}

/// The name of a document, and how much room document and name take.
fn document(name: &str) -> Size {
    let name = label(name);
    Size { width: name.width + 10, height: BELOW + DOCUMENT.height + 4 + name.height }
}

fn graph(process: &Process<'_>) -> Graph {
    let names = process.lanes.iter().map(|lane| width(&display(&lane.name)) * 12 / 100 + 24);
    let nodes = process.elements.iter().map(|element| layout::Node {
        lanes: vec![element.lane],
        kind: match element.kind {
            Kind::Start | Kind::End | Kind::Failure => layout::Kind::Circle,
            Kind::Task | Kind::Computation => layout::Kind::Box,
            Kind::Exclusive | Kind::Parallel => layout::Kind::Diamond,
        },
        size: size(element.kind),
        caption: caption(element),
        overhang: Size::default(),
    });
    let edges = process.flows.iter().map(|flow| layout::Edge {
        from: flow.from,
        to: flow.to,
        label: flow.answer.map(|_| Size { width: LINE, height: LINE }),
    });
    Graph {
        lanes: names.collect(),
        // Applicant, counter and lead agency stay where they are.
        fixed: process.lanes.iter().take_while(|lane| lane.kind <= LaneKind::Lead).count(),
        nodes: nodes.collect(),
        edges: edges.collect(),
        spacing: Spacing { gutter: 30, ..Spacing::default() },
    }
}

/// What is written or drawn below an element.
fn caption(element: &Element<'_>) -> Option<Size> {
    match element.kind {
        Kind::Task => {
            let results = &element.node?.results;
            let sizes: Vec<Size> = results.iter().map(|result| document(&display(&result.name))).collect();
            let height = sizes.iter().map(|size| size.height).max()?;
            Some(Size { width: sizes.iter().map(|size| size.width).sum(), height })
        }
        Kind::Computation => None,
        _ if element.name.is_empty() => None,
        _ => Some(label(&element.name)),
    }
}

/// Where everything stands.
pub(super) fn lay(process: &Process<'_>) -> Layout {
    layout(&graph(process))
}

/// Writes the diagram.
pub(super) fn write(xml: &mut Xml, view: View<'_>, process: &Process<'_>, layout: &Layout) {
    xml.el("bpmndi:BPMNDiagram", &[("id", "diagram")], |xml| {
        xml.el("bpmndi:BPMNPlane", &[("id", "plane"), ("bpmnElement", "collaboration")], |xml| {
            let pool = Rect { x: -2 * STRIP, y: 0, width: layout.size.width + 2 * STRIP, height: layout.size.height };
            shape(xml, "participant", Look::Pool, pool, None);
            for &lane in &layout.order {
                let own = layout.lanes[lane];
                let room = Rect { x: own.x - STRIP, width: own.width + STRIP, ..own };
                shape(xml, &format!("lane_{}", process.lanes[lane].id), Look::Pool, room, None);
            }
            for (index, element) in process.elements.iter().enumerate() {
                element_shape(xml, view, process, element, layout, index);
            }
            for (index, flow) in process.flows.iter().enumerate() {
                edge(xml, process, flow, layout, index);
            }
        });
    });
}

/// How a shape is drawn.
enum Look {
    /// A pool or lane.
    Pool,
    /// As modelers draw it by themselves.
    Plain,
    /// In colours, fill and border; with the mark of an exclusive gateway.
    Coloured(Role, bool),
}

fn shape(xml: &mut Xml, id: &str, look: Look, own: Rect, label: Option<Rect>) {
    let di = format!("{id}_di");
    let mut attributes = vec![("id", di.as_str()), ("bpmnElement", id)];
    match look {
        Look::Pool => attributes.push(("isHorizontal", "true")),
        Look::Plain => {}
        Look::Coloured(Role { fill, stroke, .. }, marked) => {
            attributes.extend(marked.then_some(("isMarkerVisible", "true")));
            attributes.extend([("bioc:stroke", stroke), ("bioc:fill", fill)]);
            attributes.extend([("color:background-color", fill), ("color:border-color", stroke)]);
        }
    }
    xml.el("bpmndi:BPMNShape", &attributes, |xml| {
        bounds(xml, own);
        write_label(xml, label);
    });
}

fn write_label(xml: &mut Xml, label: Option<Rect>) {
    if let Some(label) = label {
        xml.el("bpmndi:BPMNLabel", &[], |xml| bounds(xml, label));
    }
}

fn bounds(xml: &mut Xml, own: Rect) {
    let x = ORIGIN.x + 2 * STRIP + own.x;
    let texts = [x, ORIGIN.y + own.y, own.width, own.height].map(|number| number.to_string());
    let [x, y, width, height] = [0, 1, 2, 3].map(|index| texts[index].as_str());
    xml.void("dc:Bounds", &[("x", x), ("y", y), ("width", width), ("height", height)]);
}

fn waypoint(xml: &mut Xml, point: Point) {
    let (x, y) = ((ORIGIN.x + 2 * STRIP + point.x).to_string(), (ORIGIN.y + point.y).to_string());
    xml.void("di:waypoint", &[("x", &x), ("y", &y)]);
}

fn element_shape(
    xml: &mut Xml,
    view: View<'_>,
    process: &Process<'_>,
    element: &Element<'_>,
    layout: &Layout,
    index: usize,
) {
    let own = layout.nodes[index];
    let look = match element.kind {
        Kind::Start | Kind::End | Kind::Failure | Kind::Parallel => Look::Plain,
        Kind::Exclusive => Look::Coloured(DECISION, true),
        Kind::Task | Kind::Computation => {
            Look::Coloured(palette::tone(view.tone(&process.lanes[element.lane].name)), false)
        }
    };
    let below = layout.captions[index];
    let label = below.filter(|_| element.kind != Kind::Task);
    shape(xml, &element.id, look, own, label);
    let (Kind::Task, Some(node), Some(room)) = (element.kind, element.node, below) else { return };
    let mut left = room.x;
    for result in &node.results {
        let name = display(&result.name);
        let (place, id) = (document(&name), &result.id);
        let centre = left + place.width / 2;
        let top = own.bottom() + BELOW;
        let icon = Rect { x: centre - DOCUMENT.width / 2, y: top, width: DOCUMENT.width, height: DOCUMENT.height };
        let size = self::label(&name);
        let text = Rect { x: centre - LABEL / 2, y: icon.bottom() + 4, width: size.width, height: size.height };
        shape(xml, &format!("ref_{id}"), Look::Plain, icon, Some(text));
        let output = format!("output_{id}");
        let di = format!("{output}_di");
        // From the task's lower edge, as far as it reaches, straight down.
        let start = centre.clamp(own.x + 10, own.right() - 10);
        xml.el("bpmndi:BPMNEdge", &[("id", &di), ("bpmnElement", &output)], |xml| {
            waypoint(xml, Point { x: start, y: own.bottom() });
            waypoint(xml, Point { x: centre, y: top });
        });
        left += place.width;
    }
}

fn edge(xml: &mut Xml, process: &Process<'_>, flow: &SequenceFlow, layout: &Layout, index: usize) {
    let id = flow.id(&process.elements);
    let di = format!("{id}_di");
    let route = &layout.edges[index];
    xml.el("bpmndi:BPMNEdge", &[("id", &di), ("bpmnElement", &id)], |xml| {
        route.points.iter().for_each(|&point| waypoint(xml, point));
        write_label(xml, route.label);
    });
}
