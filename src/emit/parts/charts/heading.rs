//! What stands at the top of a chart.

use super::label::Label;
use super::palette::{INK, QUIET};
use crate::layout::Point;
use crate::write::svg::{Anchor, Font, Svg};

/// Title and facts at the top of a chart, the upper left corner at `at`; where they end.
pub fn heading(svg: &mut Svg, at: Point, width: i32, title: &str, facts: &[String]) -> i32 {
    let font = Font::new(240, 700, INK);
    let units = (width * 10 / font.tenths).max(10) as usize;
    // A quotation mark at the beginning leaves a hole of half a character.
    let label = Label::note(title, units, font);
    let x = if title.starts_with('“') && label.count() == 1 { at.x - 8 } else { at.x };
    let height = label.size().height;
    label.draw(svg, x, at.y + height / 2, Anchor::Start);
    let mut y = at.y + height;
    if !facts.is_empty() {
        let font = Font::new(135, 400, QUIET);
        let units = (width * 10 / font.tenths).max(10) as usize;
        let label = Label::note(&facts.join("\u{3000}"), units, font);
        let height = label.size().height;
        label.draw(svg, at.x, y + height / 2 + 2, Anchor::Start);
        y += height + 2;
    }
    y
}
