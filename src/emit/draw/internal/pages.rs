//! A chart that is too long for a sheet, in pieces: cut between columns, lines that go on carry the same letter on both sheets.

use super::super::super::layout::{Layout, Point, Rect};
use super::super::label::Label;
use super::super::palette::{ASIDE, INK};
use super::super::shapes::Symbol;
use super::super::svg::{Anchor, Font, Svg};

/// The widest picture in which the smallest type can still be read on a landscape sheet of A4, for pictures not higher than
/// [`HIGH`]; higher ones go on portrait sheets.
const WIDE: i32 = 1720;
const HIGH: i32 = 1000;
/// The same for portrait sheets.
const NARROW: i32 = 1200;

/// The part of the chart that is on a page.
#[derive(Debug, Clone)]
pub struct Window {
    /// From here.
    pub from: i32,
    /// To here.
    pub to: i32,
    /// Which page of how many.
    page: (usize, usize),
}

/// Where a line goes on.
#[derive(Debug, Clone)]
pub struct Cut {
    at: Point,
    letter: String,
}

/// Cuts a layout into pages, `around` being what the page needs beside it.
pub fn split(layout: &Layout, around: i32) -> (Vec<Window>, Vec<Cut>) {
    let limit = if layout.size.height > HIGH { NARROW } else { WIDE } - around - 40;
    let end = layout.size.width;
    let mut bounds = vec![0];
    while end - bounds[bounds.len() - 1] > limit {
        let from = bounds[bounds.len() - 1];
        // As far as fits, but not so far that the last page is nearly empty.
        let left = (end - from + limit - 1) / limit;
        let wanted = (from + (end - from) / left + limit / 6).min(from + limit);
        let near = layout.cuts.iter().copied().filter(|cut| *cut > from + 80 && *cut <= wanted).max();
        let Some(cut) = near.or_else(|| layout.cuts.iter().copied().find(|cut| *cut > from + 80)) else { break };
        if cut >= end - 40 {
            break;
        }
        bounds.push(cut);
    }
    bounds.push(end);
    let count = bounds.len() - 1;
    let windows: Vec<Window> = bounds
        .windows(2)
        .enumerate()
        .map(|(index, pair)| Window { from: pair[0], to: pair[1], page: (index + 1, count) })
        .collect();
    let mut places: Vec<Point> = Vec::new();
    for &bound in &bounds[1..count] {
        for edge in &layout.edges {
            for pair in edge.points.windows(2).filter(|pair| pair[0].y == pair[1].y) {
                let (low, high) = (pair[0].x.min(pair[1].x), pair[0].x.max(pair[1].x));
                let place = Point { x: bound, y: pair[0].y };
                if low < bound && bound < high && !places.contains(&place) {
                    places.push(place);
                }
            }
        }
    }
    places.sort_unstable();
    let cuts = places.into_iter().enumerate().map(|(index, at)| Cut { at, letter: letter(index) });
    (windows, cuts.collect())
}

/// A, B, …, Z, AA, AB, …
fn letter(index: usize) -> String {
    let last = char::from(b'A' + (index % 26) as u8);
    if index < 26 { last.to_string() } else { format!("{}{last}", letter(index / 26 - 1)) }
}

impl Window {
    /// Everything.
    pub fn all(layout: &Layout) -> Window {
        Window { from: 0, to: layout.size.width, page: (1, 1) }
    }

    /// How wide it is, with the marks at its ends.
    pub fn width(&self) -> i32 {
        self.lead() + self.to - self.from + if self.page.0 < self.page.1 { 30 } else { 0 }
    }

    /// The room before it for the marks of lines that come from the page before.
    pub fn lead(&self) -> i32 {
        if self.page.0 > 1 { 30 } else { 0 }
    }

    /// Which page it is.
    pub fn name(&self) -> String {
        match self.page {
            (1, 1) => String::new(),
            (page, count) => format!("\u{ff08}{page}/{count}\u{ff09}"),
        }
    }

    /// Whether something is on the page.
    pub fn holds(&self, room: Rect) -> bool {
        (self.from..self.to).contains(&room.centre().x)
    }

    /// The pieces of a line that are on the page, and whether each leads to the end.
    pub fn pieces(&self, points: &[Point]) -> Vec<(Vec<Point>, bool)> {
        let inside = |x: i32| (self.from..=self.to).contains(&x);
        let mut pieces: Vec<(Vec<Point>, bool)> = Vec::new();
        let mut open: Vec<Point> = Vec::new();
        for (index, pair) in points.windows(2).enumerate() {
            let (a, b) = (pair[0], pair[1]);
            let (low, high) = (a.x.min(b.x), a.x.max(b.x));
            if high < self.from || low > self.to {
                continue;
            }
            let clamp = |point: Point| Point { x: point.x.clamp(self.from, self.to), ..point };
            if open.is_empty() {
                open.push(clamp(a));
            }
            open.push(clamp(b));
            let last = index + 2 == points.len();
            if last || !inside(b.x) {
                pieces.push((std::mem::take(&mut open), last && inside(b.x)));
            }
        }
        pieces.retain(|(piece, _)| piece.first() != piece.last());
        pieces
    }
}

impl Cut {
    /// Draws its mark at the edge of a page that it is on.
    pub fn draw(&self, svg: &mut Svg, window: &Window, x: i32, y: i32) {
        let at = Point { x: self.at.x + x, y: self.at.y + y };
        let right = self.at.x == window.to;
        if !right && self.at.x != window.from {
            return;
        }
        let middle = Point { x: if right { at.x + 12 } else { at.x - 12 }, y: at.y };
        let room = Rect { x: middle.x - 10, y: middle.y - 10, width: 20, height: 20 };
        Symbol::Connector.draw(svg, room, ASIDE);
        let tenths = if self.letter.len() > 1 { 95 } else { 120 };
        Label::line(&self.letter, Font::new(tenths, 600, INK)).draw(svg, middle.x, middle.y, Anchor::Middle);
    }
}
