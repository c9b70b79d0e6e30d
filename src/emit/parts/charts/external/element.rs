//! The pieces that the chart is stacked from.

use crate::layout::{Point, Rect};
use crate::parts::charts::label::Label;
use crate::parts::charts::palette::{BLUE, EDGE, INK, QUIET, Role, WHITE};
use crate::parts::charts::piece::Piece;
use crate::parts::charts::shapes::{Symbol, pill};
use crate::write::svg::{Anchor, Font, Paint, Stroke, Svg};
use yijianshi_core::plan::Phase;

/// How wide the chart is.
pub(super) const WIDTH: i32 = 820;
/// Left and right of it.
pub(super) const SIDE: i32 = 20;
/// The strip with the stages ends here.
pub(super) const STRIP: i32 = 106;
/// The middle of the flow.
pub(super) const MIDDLE: i32 = 400;
/// Where notes begin.
const NOTES: i32 = 556;
/// The middle of what stands aside.
const ASIDE: i32 = 680;
/// The middle of what leads back.
const BACK: i32 = 190;
/// Bars and cards reach from here to there.
const LEFT: i32 = STRIP + 12;
const RIGHT: i32 = WIDTH - SIDE - 10;

/// One branch of a fan.
#[derive(Debug)]
pub struct Branch {
    /// When it is taken.
    pub way: Option<Label>,
    /// What is done.
    pub piece: Piece,
}

/// A card in a grid.
#[derive(Debug)]
pub struct Card {
    /// Its number.
    pub number: String,
    /// What it says.
    pub label: Label,
    /// How long it takes.
    pub badge: Option<Label>,
    /// Whose it is.
    pub role: Role,
}

/// What an element shows.
#[derive(Debug)]
pub enum Kind {
    /// One step, with a note.
    Step(Piece, Option<Label>),
    /// A decision, with what stands aside: each with the words on the way to it.
    Check(Piece, Vec<(Option<String>, Piece)>, Option<String>),
    /// A step, a decision, and what is done on the way back to the step; the words on the way out and on the way back.
    Loop(Box<[Piece; 3]>, String, Option<Label>),
    /// Up to four branches between two bars, with what is done jointly (first and last branch), and the words at the right.
    Fan(Vec<Branch>, Vec<(usize, usize, Piece)>, Option<Label>),
    /// A bar.
    Bar,
    /// A row of cards.
    Cards(Vec<Card>),
    /// What is done jointly, across the chart.
    Wide(Piece),
}

/// A piece of the stack.
#[derive(Debug)]
pub struct Element {
    /// Its stage.
    pub phase: Phase,
    /// What it shows.
    pub kind: Kind,
    /// How high it is, without what stands at its right.
    pub height: i32,
    /// From where to where, from its top, it needs the space at the right.
    pub right: Option<(i32, i32)>,
    /// How far below its top the flow enters it.
    pub inset: i32,
    /// What is written on the way to it.
    pub way: Option<Label>,
    /// Whether it stands close to the one before it, without an arrow.
    pub close: bool,
}

/// Between what stands aside.
const BELOW: i32 = 24;
/// Above the branches of a fan, for their labels.
const BRANCH: i32 = 46;

impl Element {
    /// An element, measured.
    pub fn new(phase: Phase, kind: Kind) -> Element {
        let mut right = None;
        let (height, inset) = match &kind {
            Kind::Step(piece, note) => {
                if let Some(note) = note {
                    right = Some(beside(piece, note));
                }
                let inset = if piece.symbol == Symbol::Documents { 5 } else { 0 };
                (piece.size.height + inset, inset)
            }
            Kind::Check(piece, aside, _) => {
                let lead = aside.first().map_or(0, |(_, first)| (first.size.height - piece.size.height) / 2);
                let all: i32 =
                    aside.iter().map(|(_, own)| own.size.height).sum::<i32>() + BELOW * (aside.len() as i32 - 1).max(0);
                let inset = lead.max(0);
                if !aside.is_empty() {
                    right = Some((inset - lead, inset - lead + all));
                }
                // What leads back into the line from aside needs the line that long.
                let back = aside.iter().any(|(_, own)| own.symbol == Symbol::Decision);
                (if back { inset - lead + all } else { inset + piece.size.height }, inset)
            }
            Kind::Loop(pieces, ..) => (pieces[0].size.height + 34 + pieces[1].size.height, 0),
            Kind::Fan(branches, joint, _) => {
                let box_height = branches.iter().map(|branch| branch.piece.size.height).max().unwrap_or(0);
                let joint: i32 = joint_rows(joint).iter().map(|row| row.1 + 26).sum();
                (6 + BRANCH + box_height + joint + 30 + 6, 0)
            }
            Kind::Bar => (6, 0),
            Kind::Cards(cards) => (cards.iter().map(|card| card.label.size().height + 26).max().unwrap_or(0), 0),
            Kind::Wide(piece) => (piece.size.height, 0),
        };
        if let Kind::Fan(..) | Kind::Bar | Kind::Cards(_) | Kind::Wide(_) = &kind {
            right = Some((0, height));
        }
        Element { phase, kind, height, right, inset, way: None, close: false }
    }

    /// Where the flow enters it, from its top.
    pub fn entry(&self) -> i32 {
        match &self.kind {
            Kind::Step(piece, _) if piece.symbol == Symbol::Documents => 0,
            _ => self.inset,
        }
    }

    /// Where the flow leaves it, from its top.
    pub fn end(&self) -> i32 {
        match &self.kind {
            Kind::Step(piece, _) => self.inset + piece.size.height - piece.symbol.sink(),
            Kind::Check(piece, ..) => self.inset + piece.size.height,
            _ => self.height,
        }
    }

    /// The symbols in it.
    pub fn symbols(&self) -> Vec<Symbol> {
        match &self.kind {
            Kind::Step(piece, note) => {
                let mut symbols = vec![piece.symbol];
                symbols.extend(note.as_ref().map(|_| Symbol::Note));
                symbols
            }
            Kind::Check(piece, aside, _) => aside.iter().map(|(_, own)| own.symbol).chain([piece.symbol]).collect(),
            Kind::Loop(pieces, ..) => pieces.iter().map(|piece| piece.symbol).collect(),
            Kind::Fan(branches, joint, _) => {
                let boxes = branches.iter().map(|branch| branch.piece.symbol);
                boxes.chain(joint.iter().map(|own| own.2.symbol)).chain([Symbol::Parallel]).collect()
            }
            Kind::Bar => vec![Symbol::Parallel],
            Kind::Cards(_) => Vec::new(),
            Kind::Wide(piece) => vec![piece.symbol],
        }
    }

    /// Draws it.
    pub fn draw(&self, svg: &mut Svg, top: i32) {
        match &self.kind {
            Kind::Step(piece, note) => {
                let own = piece.room(MIDDLE, top + self.inset);
                piece.draw(svg, own, own.y);
                if let Some(note) = note {
                    let from = own.right() + if piece.symbol == Symbol::Documents { 6 } else { 0 };
                    let (start, end) = beside(piece, note);
                    bracket(svg, from, own.centre().y, (top + start, top + end));
                    note.draw(svg, NOTES + 20, top + (start + end) / 2, Anchor::Start);
                }
            }
            Kind::Check(piece, aside, on) => self.check(svg, top, piece, aside, on.as_deref()),
            Kind::Loop(pieces, out, again) => turn(svg, top, pieces, out, again.as_ref()),
            Kind::Fan(branches, joint, words) => self.fan(svg, top, branches, joint, words.as_ref()),
            Kind::Bar => bar(svg, top),
            Kind::Cards(cards) => self.cards(svg, top, cards),
            Kind::Wide(piece) => {
                let own = Rect { x: LEFT, y: top, width: RIGHT - LEFT, height: piece.size.height };
                piece.draw(svg, own, own.y);
            }
        }
    }

    fn check(&self, svg: &mut Svg, top: i32, piece: &Piece, aside: &[(Option<String>, Piece)], on: Option<&str>) {
        let own = piece.room(MIDDLE, top + self.inset);
        piece.draw(svg, own, own.y);
        let stroke = Stroke::new(EDGE, 16);
        let font = Font::new(135, 600, INK);
        let mut before: Option<Rect> = None;
        for (words, other) in aside {
            let room = match before {
                None => other.room(ASIDE, own.centre().y - other.size.height / 2),
                Some(before) => other.room(ASIDE, before.bottom() + BELOW),
            };
            let (from, to) = match before {
                None => (Point { x: own.right(), y: own.centre().y }, Point { x: room.x, y: own.centre().y }),
                Some(before) => (Point { x: ASIDE, y: before.bottom() }, Point { x: ASIDE, y: room.y }),
            };
            svg.arrow(&[from, to], stroke);
            if let Some(words) = words {
                let label = Label::line(words, font);
                match before {
                    None => label.draw(svg, from.x + (to.x - from.x) / 2 - 3, from.y - 11, Anchor::Middle),
                    Some(_) => label.draw(svg, from.x + 8, from.y + (to.y - from.y) / 2 - 3, Anchor::Start),
                }
            }
            other.draw(svg, room, room.y);
            if let (Symbol::Decision, Some(words)) = (other.symbol, on) {
                // The other way out leads on: back into the line in the middle.
                let (from, to) = (Point { x: room.x, y: room.centre().y }, Point { x: MIDDLE, y: room.centre().y });
                svg.arrow(&[from, to], stroke);
                Label::line(words, font).draw(svg, from.x - 12, from.y - 11, Anchor::Middle);
                let line = [Point { x: MIDDLE, y: own.bottom() }, Point { x: MIDDLE, y: to.y + 4 }];
                svg.line(&line, stroke);
            }
            before = Some(room);
        }
    }

    fn fan(
        &self,
        svg: &mut Svg,
        top: i32,
        branches: &[Branch],
        joint: &[(usize, usize, Piece)],
        words: Option<&Label>,
    ) {
        let count = branches.len() as i32;
        let end = if words.is_some() { RIGHT - 92 } else { RIGHT };
        let pitch = ((end - LEFT) / count).min(195);
        let middle = if count > 3 { LEFT + (end - LEFT) / 2 } else { MIDDLE };
        let x = |at: usize| middle - pitch * (count - 1) / 2 + at as i32 * pitch;
        let wide = pitch - 17;
        let (left, right) = (x(0) - pitch / 2 + 6, x(branches.len() - 1) + pitch / 2 - 6);
        let (left, right) = (left.min(MIDDLE - 20), right.max(MIDDLE + 20));
        let stroke = Stroke::new(EDGE, 16);
        double(svg, left, right, top);
        let boxes = top + 6 + BRANCH;
        let height = branches.iter().map(|branch| branch.piece.size.height).max().unwrap_or(0);
        let bottom = top + self.height - 6;
        for (at, branch) in branches.iter().enumerate() {
            let x = x(at);
            svg.arrow(&[Point { x, y: top + 6 }, Point { x, y: boxes }], stroke);
            if let Some(way) = &branch.way {
                way.draw(svg, x + 8, top + 6 + BRANCH / 2 - 5, Anchor::Start);
            }
            let own = Rect { x: x - wide / 2, y: boxes, width: wide, height };
            branch.piece.draw(svg, own, own.y);
            // Down through what it takes part in, to the bar.
            let mut from = boxes + height;
            let mut y = from;
            for (row, tall) in joint_rows(joint) {
                let (start, end) = (y + 26, y + 26 + tall);
                if row.iter().any(|&own| (joint[own].0..=joint[own].1).contains(&at)) {
                    svg.arrow(&[Point { x, y: from }, Point { x, y: start }], stroke);
                    from = end;
                }
                y = end;
            }
            svg.arrow(&[Point { x, y: from }, Point { x, y: bottom }], stroke);
        }
        let mut y = boxes + height;
        for (row, tall) in joint_rows(joint) {
            for own in row {
                let (first, last, piece) = &joint[own];
                let room =
                    Rect { x: x(*first) - wide / 2, y: y + 26, width: x(*last) - x(*first) + wide, height: tall };
                piece.draw(svg, room, room.y);
            }
            y += 26 + tall;
        }
        double(svg, left, right, bottom);
        if let Some(words) = words {
            let (x, blue) = (right + 22, Stroke::new(BLUE, 15));
            for y in [top, bottom + 6] {
                svg.line(&[Point { x: x - 8, y }, Point { x: x + 8, y }], blue);
            }
            svg.line(&[Point { x, y: top }, Point { x, y: bottom + 6 }], blue);
            words.draw(svg, x + 12, (top + bottom) / 2 + 3, Anchor::Start);
        }
    }

    fn cards(&self, svg: &mut Svg, top: i32, cards: &[Card]) {
        const GAP: i32 = 14;
        let wide = (RIGHT - LEFT - 2 * GAP) / 3;
        // A row that is not full stands in the middle.
        let shift = (3 - cards.len() as i32) * (wide + GAP) / 2;
        for (at, card) in cards.iter().enumerate() {
            let x = LEFT + shift + at as i32 * (wide + GAP);
            let own = Rect { x, y: top, width: wide, height: self.height };
            svg.rect(own, 4, Paint::outlined(card.role.fill, card.role.stroke, 14));
            svg.rect(Rect { width: 20, ..own }, 4, Paint::fill(card.role.stroke));
            svg.rect(Rect { x: x + 8, width: 22, ..own }, 0, Paint::fill(card.role.stroke));
            let number = Label::line(&card.number, Font::new(150, 700, WHITE));
            number.draw(svg, x + 15, own.centre().y, Anchor::Middle);
            card.label.draw(svg, x + 40, own.centre().y + if card.badge.is_some() { 3 } else { 0 }, Anchor::Start);
            if let Some(badge) = &card.badge {
                pill(svg, Point { x: own.right() - 8, y: own.y }, badge, card.role.stroke);
            }
        }
    }
}

/// Joint boxes in rows: those that share no branch stand side by side; with the height of each row.
fn joint_rows(joint: &[(usize, usize, Piece)]) -> Vec<(Vec<usize>, i32)> {
    let mut rows: Vec<(Vec<usize>, i32)> = Vec::new();
    for (index, (first, last, piece)) in joint.iter().enumerate() {
        let free =
            |row: &&mut (Vec<usize>, i32)| row.0.iter().all(|&other| joint[other].1 < *first || joint[other].0 > *last);
        match rows.last_mut().filter(|row| free(row)) {
            Some(row) => {
                row.0.push(index);
                row.1 = row.1.max(piece.size.height);
            }
            None => rows.push((vec![index], piece.size.height)),
        }
    }
    rows
}

/// A bar across the chart.
pub fn bar(svg: &mut Svg, top: i32) {
    double(svg, LEFT, RIGHT, top);
}

fn double(svg: &mut Svg, left: i32, right: i32, top: i32) {
    for y in [top, top + 6] {
        svg.line(&[Point { x: left, y }, Point { x: right, y }], Stroke::new(INK, 22));
    }
}

/// Where a note stands beside a step, from its top: level with it if it is short, else downwards.
fn beside(piece: &Piece, note: &Label) -> (i32, i32) {
    let height = note.size().height + 8;
    let start = ((piece.size.height - height) / 2).max(0);
    (start, start + height)
}

/// The bracket of a note, from the step to the note.
fn bracket(svg: &mut Svg, from: i32, middle: i32, (top, bottom): (i32, i32)) {
    let (x, stroke) = (NOTES + 7, Stroke::new(QUIET, 14));
    for y in [top, bottom] {
        svg.line(&[Point { x: x + 7, y }, Point { x, y }], stroke);
    }
    svg.line(&[Point { x, y: top }, Point { x, y: bottom }], stroke);
    svg.line(&[Point { x: from, y: middle }, Point { x, y: middle }], Stroke::dashed(QUIET, 14));
}

/// A step that is done again as long as the decision says no.
fn turn(svg: &mut Svg, top: i32, [first, check, back]: &[Piece; 3], out: &str, again: Option<&Label>) {
    let stroke = Stroke::new(EDGE, 16);
    let start = first.room(MIDDLE, top);
    let decision = check.room(MIDDLE, start.bottom() + 34);
    let aside = back.room(BACK, decision.centre().y - back.size.height / 2);
    svg.arrow(&[Point { x: MIDDLE, y: start.bottom() }, Point { x: MIDDLE, y: decision.y }], stroke);
    let y = decision.centre().y;
    svg.arrow(&[Point { x: decision.x, y }, Point { x: aside.right(), y }], stroke);
    let label = Label::line(out, Font::new(135, 600, INK));
    label.draw(svg, aside.right() + (decision.x - aside.right()) / 2 + 3, y - 11, Anchor::Middle);
    let y = start.centre().y;
    svg.arrow(&[Point { x: BACK, y: aside.y }, Point { x: BACK, y }, Point { x: start.x, y }], stroke);
    if let Some(again) = again {
        again.draw(svg, BACK + 8, (aside.y + y) / 2 + 4, Anchor::Start);
    }
    for (piece, room) in [(first, start), (check, decision), (back, aside)] {
        piece.draw(svg, room, room.y);
    }
}

/// What notes are written in.
pub const NOTE: Font = Font::new(130, 400, QUIET);
/// How many characters fit a line of a note.
pub const NOTE_UNITS: usize = 16;
/// How wide the steps in the middle are.
pub const STEP: i32 = 232;
/// How wide what stands aside is.
pub const BESIDE: i32 = 216;
