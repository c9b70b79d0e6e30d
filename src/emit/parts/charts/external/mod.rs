//! 外部流程图: what the applicant does and what happens then, from top to bottom.

mod blocks;
mod element;
mod handling;

use super::heading::heading;
use super::label::Label;
use super::notes::Notes;
use super::palette::{ASIDE, BLUE, DEEP, EDGE, FRAME, GRID, INK, WHITE};
use super::shapes::{Symbol, legend};
use crate::layout::{Point, Rect, Size};
use crate::words::view::{Measured, View, duration};
use crate::write::svg::{Anchor, Drawing, Font, Paint, Stroke, Svg};
use element::{Element, MIDDLE, SIDE, STRIP, WIDTH};
use yijianshi_core::plan::{Phase, Plan};

/// How high a sheet of A4 is at this width.
const SHEET: i32 = 1180;
/// Up to this height the whole is set smaller to fit one sheet; the smallest type can still be read.
const SQUEEZED: i32 = 1480;
/// Between two elements.
const GAP: i32 = 22;

/// Where elements stand.
#[derive(Debug)]
struct Stack {
    tops: Vec<i32>,
    /// The stages and where they begin.
    bands: Vec<(Phase, i32)>,
    bottom: i32,
}

/// The chart, with everything measured.
#[derive(Debug)]
pub struct Chart<'a> {
    view: View<'a>,
    elements: Vec<Element>,
    notes: Notes,
}

impl<'a> Chart<'a> {
    /// Of the flow of a plan.
    pub fn of(view: View<'a>) -> Chart<'a> {
        let mut notes = Notes::default();
        let elements = blocks::elements(view, &mut notes);
        Chart { view, elements, notes }
    }

    /// The whole chart.
    pub fn whole(&self) -> Drawing {
        self.draw(0, self.elements.len(), (1, 1))
    }

    /// The chart on sheets of A4; nothing if the whole fits one.
    pub fn pages(&self) -> Vec<Drawing> {
        if self.whole().size.height <= SQUEEZED {
            return Vec::new();
        }
        let room = SHEET - 190;
        let mut starts = vec![0];
        for index in 1..self.elements.len() {
            let first = starts[starts.len() - 1];
            if self.stack(first, index + 1).bottom > room {
                starts.push(index);
            }
        }
        starts.push(self.elements.len());
        let count = starts.len() - 1;
        starts.windows(2).enumerate().map(|(page, pair)| self.draw(pair[0], pair[1], (page + 1, count))).collect()
    }

    /// The room above an element.
    fn gap(&self, index: usize) -> i32 {
        let element = &self.elements[index];
        let label = element.way.as_ref().map_or(0, |label| label.size().height);
        if element.close { 12 } else { GAP.max(label + 14) }
    }

    /// Where elements stand below one another, from 0 on.
    fn stack(&self, first: usize, end: usize) -> Stack {
        let mut stack = Stack { tops: Vec::new(), bands: Vec::new(), bottom: 0 };
        let (mut y, mut right) = (0, 0);
        for (index, element) in self.elements[first..end].iter().enumerate() {
            let gap = if index == 0 { 10 } else { self.gap(first + index) };
            let mut top = y + gap;
            // What stands at the right may reach down beside other elements, but not into another stage.
            if let Some((from, _)) = element.right {
                top = top.max(right + 12 - from);
            }
            if stack.bands.last().is_none_or(|(phase, _)| *phase != element.phase) {
                top = top.max(right + gap / 2);
                stack.bands.push((element.phase, top - gap / 2));
            }
            stack.tops.push(top);
            y = top + element.height;
            right = element.right.map_or(right, |(_, to)| top + to);
        }
        stack.bottom = y.max(right);
        stack
    }

    fn draw(&self, first: usize, end: usize, page: (usize, usize)) -> Drawing {
        let plan = self.view.plan;
        let number = if page.1 > 1 { format!("（{}/{}）", page.0, page.1) } else { String::new() };
        let title = format!("“{}”一件事 外部流程图{number}", plan.bundle.title);
        let mut svg = Svg::default();
        let room = WIDTH - 2 * SIDE;
        let facts = if page.0 == 1 { facts(self.view) } else { Vec::new() };
        let top = heading(&mut svg, Point { x: SIDE, y: 12 }, room, &title, &facts) + 10;
        // Within cards a bar says that they go on.
        let bar = |index: usize| if self.elements.get(index).is_some_and(|element| element.close) { 20 } else { 0 };
        let start = top + if first > 0 { 34 + bar(first) } else { 0 };
        let stack = self.stack(first, end);
        let tops: Vec<i32> = stack.tops.iter().map(|own| own + start).collect();
        let mut bands: Vec<(Phase, i32, i32)> = Vec::new();
        for &(phase, own) in &stack.bands {
            let from = if bands.is_empty() { top } else { own + start };
            if let Some((.., end)) = bands.last_mut() {
                *end = from;
            }
            bands.push((phase, from, from));
        }
        let mut y = stack.bottom + start;
        let more = end < self.elements.len();
        y += if more { 44 + bar(end) } else { 14 };
        if let Some((.., end)) = bands.last_mut() {
            *end = y;
        }
        for (index, band) in bands.iter().enumerate() {
            self.band(&mut svg, index, *band);
        }
        svg.rect(Rect { x: SIDE, y: top, width: room, height: y - top }, 0, Paint::outlined("none", FRAME, 12));
        self.ways(&mut svg, first, end, &tops, (top, y));
        for (element, top) in self.elements[first..end].iter().zip(&tops) {
            element.draw(&mut svg, *top);
        }
        let mut symbols: Vec<Symbol> = self.elements[first..end].iter().flat_map(Element::symbols).collect();
        if page.1 > 1 {
            symbols.push(Symbol::Connector);
        }
        symbols.sort_unstable();
        symbols.dedup();
        symbols.retain(|symbol| *symbol != Symbol::Documents || !symbols_has_document(&self.elements[first..end]));
        y += 8;
        y += legend(&mut svg, Point { x: SIDE, y }, room, &symbols);
        y += self.notes.draw(&mut svg, Point { x: SIDE, y: y + 2 }, room) + 12;
        Drawing {
            id: "external",
            title,
            description: description(plan),
            size: Size { width: WIDTH, height: y },
            body: svg,
        }
    }

    /// A stage: its ground, its number and its name.
    fn band(&self, svg: &mut Svg, index: usize, (phase, top, bottom): (Phase, i32, i32)) {
        let whole = Rect { x: SIDE, y: top, width: WIDTH - 2 * SIDE, height: bottom - top };
        let shaded = index.is_multiple_of(2);
        svg.rect(whole, 0, Paint::fill(if shaded { "#F6F9FC" } else { WHITE }));
        let strip = Rect { width: STRIP - SIDE, ..whole };
        svg.rect(strip, 0, Paint::fill(if shaded { "#E3ECF7" } else { "#EBF3FC" }));
        if index > 0 {
            let line = [Point { x: SIDE, y: top }, Point { x: WIDTH - SIDE, y: top }];
            svg.line(&line, Stroke::new(GRID, 10));
        }
        let middle = strip.centre();
        let mut phases: Vec<Phase> = self.elements.iter().map(|element| element.phase).collect();
        phases.dedup();
        let number = phases.iter().position(|own| *own == phase).map_or(0, |at| at + 1);
        svg.circle(Point { x: middle.x, y: middle.y - 16 }, 12, Paint::fill(BLUE));
        let disc = Label::line(&number.to_string(), Font::new(140, 600, WHITE));
        disc.draw(svg, middle.x, middle.y - 16, Anchor::Middle);
        let name = Label::line(phase.label(), Font::new(150, 700, DEEP));
        name.draw(svg, middle.x, middle.y + 12, Anchor::Middle);
    }

    /// The arrows from element to element, and where the flow goes on to another sheet.
    fn ways(&self, svg: &mut Svg, first: usize, end: usize, tops: &[i32], (top, bottom): (i32, i32)) {
        let stroke = Stroke::new(EDGE, 16);
        let arrow = |svg: &mut Svg, from: i32, to: i32| {
            svg.arrow(&[Point { x: MIDDLE, y: from }, Point { x: MIDDLE, y: to }], stroke);
        };
        let letter = |svg: &mut Svg, y: i32, index: usize| {
            let own = Rect { x: MIDDLE - 11, y: y - 11, width: 22, height: 22 };
            Symbol::Connector.draw(svg, own, ASIDE);
            let name = char::from(b'A' + (index % 26) as u8).to_string();
            Label::line(&name, Font::new(130, 600, INK)).draw(svg, MIDDLE, y, Anchor::Middle);
        };
        let page = |index: usize| self.elements[..index].iter().filter(|element| !element.close).count();
        if first > 0 {
            let mut to = tops[0] + self.elements[first].entry();
            if self.elements[first].close {
                to -= 18;
                element::bar(svg, to);
            }
            arrow(svg, top + 28, to);
            letter(svg, top + 18, page(first));
        }
        for index in first + 1..end {
            let element = &self.elements[index];
            if element.close {
                continue;
            }
            let (from, to) =
                (tops[index - 1 - first] + self.elements[index - 1].end(), tops[index - first] + element.entry());
            arrow(svg, from, to);
            if let Some(label) = &element.way {
                label.draw(svg, MIDDLE + 9, from + (to - from - 8) / 2, Anchor::Start);
            }
        }
        if end < self.elements.len() {
            let mut from = tops[end - 1 - first] + self.elements[end - 1].end();
            if self.elements[end].close {
                from += 12;
                element::bar(svg, from);
                from += 6;
            }
            svg.line(&[Point { x: MIDDLE, y: from }, Point { x: MIDDLE, y: bottom - 28 }], stroke);
            letter(svg, bottom - 18, page(end));
        }
    }
}

fn symbols_has_document(elements: &[Element]) -> bool {
    elements.iter().flat_map(Element::symbols).any(|symbol| symbol == Symbol::Document)
}

/// What applicants ask first.
fn facts(view: View<'_>) -> Vec<String> {
    let plan = view.plan;
    let mut facts = Vec::new();
    facts.extend(plan.bundle.promise.map(|promise| format!("承诺时限{}", duration(promise))));
    let scenarios = view.typical();
    let mut count = |measured: Measured, before: &str, after: &str| {
        let numbers: Option<Vec<_>> =
            scenarios.iter().map(|scenario| measured.of(&scenario.comparison.after)).collect();
        let Some(numbers) = numbers else { return };
        let (Some(least), Some(most)) = (numbers.iter().min(), numbers.iter().max()) else { return };
        let number = if least == most { least.to_string() } else { format!("{least}—{most}") };
        facts.push(format!("{before}{number}{after}"));
    };
    count(Measured::Visits, "跑动", "次");
    count(Measured::Forms, "申请表", "张");
    count(Measured::Materials, "材料", if scenarios.len() > 1 { "件（按情形）" } else { "件" });
    facts
}

fn description(plan: &Plan) -> String {
    let phases: Vec<&str> = Phase::ALL
        .into_iter()
        .filter(|phase| plan.flow.nodes.iter().any(|node| node.phase == *phase))
        .map(Phase::label)
        .collect();
    let items: Vec<&str> = plan.items.iter().map(|item| item.name.as_str()).collect();
    format!(
        "申请人看的流程图，自上而下{}步：{}。办理的事项：{}。各步的文字见办理流程。",
        phases.len(),
        phases.join("、"),
        items.join("、")
    )
}
