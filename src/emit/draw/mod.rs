//! The pictures: external flowchart, internal swimlane chart, before and after. Drawn from the plan's flow and schedules, in SVG
//! that browsers, word processors and printers show alike.

mod external;
mod gantt;
mod internal;
mod label;
mod notes;
pub(super) mod palette;
mod shapes;
mod svg;

pub use svg::{Drawing, FONTS};

use super::layout::Point;
use super::view::View;
use crate::plan::Plan;
use label::Label;
use palette::{INK, QUIET};
use svg::{Anchor, Font, Svg};

/// The internal flowchart.
pub fn internal(plan: &Plan) -> Drawing {
    internal::Swimlanes::of(View { plan }).whole()
}

/// The internal flowchart in sheets; none if the whole fits one.
pub fn internal_pages(plan: &Plan) -> Vec<Drawing> {
    internal::Swimlanes::of(View { plan }).pages()
}

/// Title and facts at the top of a chart, the upper left corner at `at`; where they end.
fn heading(svg: &mut Svg, at: Point, width: i32, title: &str, facts: &[String]) -> i32 {
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

/// The external flowchart.
pub fn external(plan: &Plan) -> Drawing {
    external::Chart::of(View { plan }).whole()
}

/// The external flowchart in sheets; none if the whole fits one.
pub fn external_pages(plan: &Plan) -> Vec<Drawing> {
    external::Chart::of(View { plan }).pages()
}
/// Before and after.
pub fn gantt(plan: &Plan) -> Drawing {
    gantt::Comparison::of(View { plan }).whole()
}

/// Before and after, in sheets; none if the whole fits one.
pub fn gantt_pages(plan: &Plan) -> Vec<Drawing> {
    gantt::Comparison::of(View { plan }).pages()
}

/// Whether times before and after are known, so that they can be compared.
pub fn has_times(plan: &Plan) -> bool {
    gantt::Comparison::of(View { plan }).has_times()
}
