//! `一码.svg`: the QR code that leads to what is published about a bundle, for counters, posters and the documents themselves.

use crate::layout::Point;
use crate::parts::code;
use crate::write::qr::{Code, SIDE};
use crate::write::svg::{Anchor, Drawing, Font};
use crate::write::text::{display, wrap};
use crate::write::{Files, Painter};
use yijianshi_core::plan::Plan;

/// Writes it.
pub fn emit(plan: &Plan, _: Painter<'_>, files: &mut Files) {
    if let Some(code) = code::of(plan) {
        files.insert("一码.svg".to_owned(), labelled(&code).file());
    }
}

/// With its words below, to be put up by itself.
fn labelled(code: &Code) -> Drawing {
    let mut drawing = code.drawing.clone();
    let middle = drawing.size.width / 2;
    let (large, small) = (Font::new(160, 600, "#000000"), Font::new(120, 400, "#4A5763"));
    let units = |font: Font| usize::try_from(drawing.size.width * 10 / font.tenths).unwrap_or(10);
    let mut y = drawing.size.height - SIDE;
    for line in wrap(&display(&code.words), units(large)) {
        drawing.body.text(Point { x: middle, y }, Anchor::Middle, large, &line);
        y += 22;
    }
    // Addresses have no places to break them at: pieces of a length that fits even where every letter is wide.
    let letters: Vec<char> = code.address.chars().collect();
    for line in letters.chunks(units(small) * 3 / 2) {
        drawing.body.text(Point { x: middle, y }, Anchor::Middle, small, &line.iter().collect::<String>());
        y += 17;
    }
    drawing.size.height = y + SIDE;
    drawing
}
