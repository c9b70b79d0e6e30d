//! From the flow to the pieces of the stack.

use super::element::{BESIDE, Branch, Card, Element, Kind, NOTE, NOTE_UNITS, STEP};
use super::handling::{Handled, Handling};
use crate::parts::charts::label::Label;
use crate::parts::charts::notes::{Notes, mark};
use crate::parts::charts::palette::{DEEP, INK, QUIET, tone};
use crate::parts::charts::piece::{Piece, role, symbol};
use crate::parts::charts::shapes::{PILL, Symbol};
use crate::words::view::{View, amount, duration};
use crate::write::svg::Font;
use yijianshi_core::expr::{Duration, Number};
use yijianshi_core::plan::{Edge, EdgeKind, Flow, Node, NodeKind, Phase};

/// More than so many items are shown as cards.
const BRANCHES: usize = 4;

/// The pieces, from the first to the last.
pub fn elements(view: View<'_>, notes: &mut Notes) -> Vec<Element> {
    let flow = &view.plan.flow;
    let mut elements = Vec::new();
    let opening = flow.nodes.iter().find(|node| node.kind == NodeKind::Start);
    walk(view, opening, &mut elements, |node| node.phase < Phase::Handling);
    items(view, notes, &mut elements);
    // Where nothing is asked the flow begins with handing in.
    let asked = |node: &Node| node.phase == Phase::Questions && node.kind != NodeKind::Start;
    if !flow.nodes.iter().any(asked)
        && let Some(first) = elements.first_mut()
    {
        first.phase = Phase::Submission;
    }
    let closing = flow.nodes.iter().find(|node| node.phase == Phase::Issuing);
    walk(view, closing, &mut elements, |node| node.phase == Phase::Issuing);
    elements
}

/// What leaves a step, the ways back apart.
fn out<'a>(flow: &'a Flow, node: &'a Node) -> impl Iterator<Item = (&'a Edge, &'a Node)> {
    let edges = flow.edges.iter().filter(|edge| edge.from == node.id && edge.kind != EdgeKind::Back);
    edges.filter_map(|edge| Some((edge, flow.node(&edge.to)?)))
}

/// The steps from `at` on, as far as they are `within`.
fn walk<'a>(view: View<'a>, mut at: Option<&'a Node>, elements: &mut Vec<Element>, within: impl Fn(&Node) -> bool) {
    let flow = &view.plan.flow;
    let mut way: Option<Label> = None;
    let mut steps = 0;
    while let Some(node) = at.filter(|node| within(node) && steps <= flow.nodes.len()) {
        steps += 1;
        let next = out(flow, node).find(|(_, next)| !next.kind.is_aside());
        let looped = next.and_then(|(_, check)| supplement(flow, node, check).map(|back| (check, back)));
        let mut element = match looped {
            Some((check, back)) => ring(view, node, check, back),
            None => step(view, node),
        };
        element.way = way.take();
        elements.push(element);
        let last = looped.map_or(node, |(check, _)| check);
        let next = out(flow, last).find(|(_, next)| !next.kind.is_aside());
        way = next.and_then(|(edge, _)| edge.label.as_ref()).map(|words| Label::line(words, Font::new(135, 600, INK)));
        at = next.map(|(_, node)| node);
    }
}

/// What leads back from a decision to the step before it.
fn supplement<'a>(flow: &'a Flow, first: &Node, check: &'a Node) -> Option<&'a Node> {
    let back = out(flow, check).map(|(_, node)| node).find(|node| node.kind == NodeKind::Supplement)?;
    flow.edges.iter().any(|edge| edge.from == back.id && edge.to == first.id).then_some(back)
}

fn ring(view: View<'_>, first: &Node, check: &Node, back: &Node) -> Element {
    let flow = &view.plan.flow;
    let edge = |from: &Node, to: &Node| flow.edges.iter().find(|edge| edge.from == from.id && edge.to == to.id);
    let words = |from: &Node, to: &Node| edge(from, to).and_then(|edge| edge.label.clone());
    let again = words(back, first).map(|words| Label::centred(&words, 6, Font::new(125, 400, QUIET)));
    let aside = Piece::new(Symbol::Process, role(view, back), name(view, back, 7), 120);
    let pieces = Box::new([piece(view, first, STEP), piece(view, check, 0), aside]);
    let kind = Kind::Loop(pieces, words(check, back).unwrap_or_default(), again);
    Element::new(first.phase, kind)
}

fn step(view: View<'_>, node: &Node) -> Element {
    let flow = &view.plan.flow;
    if node.kind.is_decision() {
        let first = out(flow, node).find(|(_, next)| next.kind.is_aside());
        let mut aside: Vec<(Option<String>, Piece)> = Vec::new();
        let mut on = None;
        let mut at = first;
        while let Some((edge, other)) = at.filter(|_| aside.len() < 6) {
            aside.push((edge.label.clone(), beside(view, other)));
            on = on.or_else(|| {
                let leads_on = |(_, next): &(&Edge, &Node)| {
                    !next.kind.is_aside() && next.phase == node.phase && !next.kind.is_decision()
                };
                out(flow, other)
                    .filter(|_| other.kind.is_decision())
                    .find(leads_on)
                    .and_then(|(edge, _)| edge.label.clone())
            });
            at = out(flow, other).find(|(_, next)| next.kind.is_aside());
        }
        return Element::new(node.phase, Kind::Check(piece(view, node, 0), aside, on));
    }
    Element::new(node.phase, Kind::Step(piece(view, node, STEP), note(view, node)))
}

/// The words in a symbol.
fn name(view: View<'_>, node: &Node, units: usize) -> Label {
    let colour = role(view, node).text;
    let bold = Font::new(155, 600, colour);
    let label = Label::snug(&node.label, units.min(5), units, bold);
    match node.kind {
        NodeKind::Questions => label.and(&format!("回答{}个问题", node.details.len()), 12, Font::new(130, 400, colour)),
        _ => label,
    }
}

fn piece(view: View<'_>, node: &Node, least: i32) -> Piece {
    let symbol = symbol(node.kind);
    let units = if symbol == Symbol::Decision { 9 } else { 13 };
    Piece::new(symbol, role(view, node), name(view, node, units), least)
}

/// A step that stands aside, with its details.
fn beside(view: View<'_>, node: &Node) -> Piece {
    let colour = role(view, node).text;
    let long = node.label.chars().count() > 26;
    let font = if long { Font::new(130, 400, colour) } else { Font::new(145, 600, colour) };
    let mut label = Label::snug(&node.label, 8, if long { 13 } else { 12 }, font);
    if !node.kind.is_decision() {
        for detail in &node.details {
            label = label.snug_and(detail, 10, 14, Font::new(120, 400, colour));
        }
    }
    let least = if node.kind.is_decision() { 0 } else { BESIDE };
    Piece::new(symbol(node.kind), role(view, node), label, least)
}

/// What is to be known about a step.
fn note(view: View<'_>, node: &Node) -> Option<Label> {
    let mut lines: Vec<String> = Vec::new();
    match node.kind {
        NodeKind::Questions => {
            let list = node.details.iter().enumerate();
            let label = list.fold(Label::note("", NOTE_UNITS, NOTE), |label, (at, ask)| {
                label.item(&mark(at), ask, NOTE_UNITS, NOTE)
            });
            return Some(label);
        }
        NodeKind::Acceptance => {
            lines.extend(node.details.iter().cloned());
            let promise = view.plan.bundle.promise;
            let promise = promise.filter(|promise| !promise.is_immediate());
            lines.extend(promise.map(|promise| format!("自受理之日起{}内办结", duration(promise))));
        }
        NodeKind::Start | NodeKind::End => {}
        _ => {
            lines.extend(node.details.iter().cloned());
            let time = node.duration.filter(|duration| !duration.is_immediate());
            lines.extend(time.map(|time| format!("{}内", duration(time))));
        }
    }
    let mut label: Option<Label> = None;
    for line in lines {
        label = Some(match label {
            None => Label::note(&line, NOTE_UNITS, NOTE),
            Some(label) => label.note_and(&line, NOTE_UNITS, NOTE),
        });
    }
    label
}

fn items(view: View<'_>, notes: &mut Notes, elements: &mut Vec<Element>) {
    let handling = Handling::of(&view.plan.flow);
    let mut numbers = 0;
    for &(first, end) in &handling.stretches {
        let items = &handling.items[first..end];
        if let [item] = items {
            // What follows is said once.
            let said = first > 0 || end == handling.items.len();
            elements.push(single(view, notes, item, said));
            continue;
        }
        let plain = items.iter().all(|item| item.waits.iter().all(|wait| *wait < first));
        let fan = if plain && items.len() <= BRANCHES { fan(view, notes, &handling, (first, end)) } else { None };
        match fan {
            Some(element) => elements.push(element),
            None => {
                cards(view, &handling, (first, end), numbers, elements);
                numbers += end - first;
            }
        }
    }
}

fn badge(item: &Handled<'_>) -> Option<Label> {
    item.duration.map(|time| Label::line(&duration(time), PILL))
}

/// An item that everything else comes before or after.
fn single(view: View<'_>, notes: &mut Notes, item: &Handled<'_>, said: bool) -> Element {
    let (symbol, colours) = (Symbol::Approval, tone(view.item_tone(item.id)));
    let mut piece = Piece::new(symbol, colours, title(view, item, 12), STEP);
    piece.badge = badge(item);
    let note = (!said).then(|| Label::note("办结后，后面的事项马上开始，不用再申请", NOTE_UNITS, NOTE));
    let mut element = Element::new(Phase::Handling, Kind::Step(piece, note));
    element.way = way(notes, item, 14);
    element
}

/// Name and agency.
fn title(view: View<'_>, item: &Handled<'_>, units: usize) -> Label {
    let colour = tone(view.item_tone(item.id)).text;
    let label = Label::snug(view.item_name(item.id), units.min(6), units, Font::new(155, 600, colour));
    let agency = view.item(item.id).and_then(|item| item.agency.clone()).unwrap_or_default();
    label.snug_and(&agency, units.min(7), units + 1, Font::new(130, 400, colour))
}

/// When an item is taken.
fn way(notes: &mut Notes, item: &Handled<'_>, units: usize) -> Option<Label> {
    let font = Font::new(125, 600, "#5C3E00");
    match item.when {
        Some(when) => {
            let words = notes.short(&when.words, Some(when), 2 * units as i32 - 1);
            Some(Label::centred(&words, units, font))
        }
        None if item.optional => Some(Label::centred("可以选办", units, font)),
        None => None,
    }
}

fn fan(view: View<'_>, notes: &mut Notes, handling: &Handling<'_>, (first, end): (usize, usize)) -> Option<Element> {
    let items = &handling.items[first..end];
    let mut joint = Vec::new();
    let order = contiguous(handling, (first, end))?;
    let place = |item: usize| order.iter().position(|own| *own == item);
    for together in handling.joint_of((first, end)) {
        let places: Vec<usize> = together.items.iter().filter_map(|&item| place(item)).collect();
        let (Some(&low), Some(&high)) = (places.iter().min(), places.iter().max()) else { continue };
        let colours = role(view, together.node);
        let units = 9 * (high - low + 1);
        let mut label = Label::centred(&together.node.label, units, Font::new(150, 600, colours.text));
        if let Some(detail) = together.node.details.first() {
            label = label.and(detail, units, Font::new(130, 400, colours.text));
        }
        let mut piece = Piece::new(Symbol::Joint, colours, label, 0);
        piece.size.height -= 8;
        joint.push((low, high, piece));
    }
    let units = if items.len() > 3 { 6 } else { 8 };
    let branches: Vec<Branch> = order
        .iter()
        .map(|&at| {
            let item = &handling.items[at];
            let mut piece = Piece::new(Symbol::Approval, tone(view.item_tone(item.id)), title(view, item, units), 0);
            piece.badge = badge(item);
            Branch { way: way(notes, item, if items.len() > 3 { 4 } else { 6 }), piece }
        })
        .collect();
    let longest = longest(items);
    let font = Font::new(125, 600, DEEP);
    let mut words = Label::centred("同时办理", 4, font);
    if let Some(time) = longest {
        words = words.and("最长", 4, Font::new(125, 400, DEEP)).and(&time, 6, font);
    }
    Some(Element::new(Phase::Handling, Kind::Fan(branches, joint, Some(words))))
}

/// An order in which all that is done jointly stands side by side, if there is one near the given one.
fn contiguous(handling: &Handling<'_>, (first, end): (usize, usize)) -> Option<Vec<usize>> {
    let mut order: Vec<usize> = (first..end).collect();
    for joint in handling.joint_of((first, end)) {
        if joint.items.iter().any(|item| !(first..end).contains(item)) {
            return None;
        }
        let at = order.iter().position(|item| joint.items.contains(item))?;
        let (inside, outside): (Vec<usize>, Vec<usize>) = order.iter().partition(|item| joint.items.contains(item));
        order = outside;
        let at = at.min(order.len());
        order.splice(at..at, inside);
    }
    let together = |joint: &[usize]| {
        let places = || joint.iter().filter_map(|item| order.iter().position(|own| own == item));
        places().max().zip(places().min()).is_some_and(|(high, low)| high - low + 1 == joint.len())
    };
    handling.joint_of((first, end)).all(|joint| together(&joint.items)).then_some(order)
}

/// The longest of the times, if all are known and in one unit.
fn longest(items: &[Handled<'_>]) -> Option<String> {
    let times: Vec<Duration> = items.iter().map(|item| item.duration).collect::<Option<_>>()?;
    let mut counted = times.iter().filter(|time| !time.is_immediate());
    let unit = counted.next()?.unit();
    let same = times.iter().all(|time| time.is_immediate() || time.unit() == unit);
    let longest =
        times.iter().filter(|time| !time.is_immediate()).map(|time| time.amount()).max().unwrap_or(Number::ZERO);
    same.then(|| amount(longest, unit.label()))
}

/// Cards between two bars.
fn cards(
    view: View<'_>,
    handling: &Handling<'_>,
    (first, end): (usize, usize),
    numbers: usize,
    elements: &mut Vec<Element>,
) {
    let number = |item: usize| (numbers + item - first + 1).to_string();
    let mut push = |kind: Kind, close: bool| {
        let mut element = Element::new(Phase::Handling, kind);
        element.close = close;
        elements.push(element);
    };
    push(Kind::Bar, false);
    let items: Vec<usize> = (first..end).collect();
    for row in items.chunks(3) {
        let cards = row.iter().map(|&at| {
            let item = &handling.items[at];
            let colours = tone(view.item_tone(item.id));
            let plain = Font::new(120, 400, colours.text);
            let agency = view.item(item.id).and_then(|item| item.agency.clone()).unwrap_or_default();
            let mut label = Label::note(view.item_name(item.id), 11, Font::new(145, 600, colours.text))
                .note_and(&agency, 13, plain);
            match item.when {
                Some(when) => label = label.note_and(&format!("{}的才办", when.words), 13, plain),
                None if item.optional => label = label.note_and("可以选办", 13, plain),
                None => {}
            }
            let waits: Vec<String> =
                item.waits.iter().filter(|wait| **wait >= first).map(|wait| number(*wait)).collect();
            if !waits.is_empty() {
                label =
                    label.note_and(&format!("{}办结后开始", waits.join("、")), 13, Font::new(120, 600, colours.text));
            }
            Card { number: number(at), label, badge: badge(item), role: colours }
        });
        push(Kind::Cards(cards.collect()), true);
    }
    for joint in handling.joint_of((first, end)) {
        let colours = role(view, joint.node);
        let own: Vec<String> = joint.items.iter().filter(|item| **item >= first).map(|item| number(*item)).collect();
        let label = Label::centred(&joint.node.label, 40, Font::new(150, 600, colours.text)).and(
            &format!("第{}项一起办，{}", own.join("、"), joint.node.details.first().cloned().unwrap_or_default()),
            44,
            Font::new(130, 400, colours.text),
        );
        let mut piece = Piece::new(Symbol::Joint, colours, label, 0);
        piece.size.height -= 8;
        push(Kind::Wide(piece), true);
    }
    push(Kind::Bar, true);
}
