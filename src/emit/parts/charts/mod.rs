//! The pictures: external flowchart, internal swimlane chart, before and after. Drawn from the plan's flow and schedules, in SVG
//! that browsers, word processors and printers show alike.

mod external;
mod gantt;
mod internal;
mod label;
mod notes;
pub(crate) mod palette;
mod questionnaire;
mod shapes;

use crate::layout::Point;
use crate::page::Chart;
use crate::words::view::View;
use crate::write::svg::{Anchor, Font, Svg};
use label::Label;
use palette::{INK, QUIET};
use yijianshi_core::plan::Plan;

/// The external flowchart.
pub fn external(plan: &Plan) -> Chart {
    let chart = external::Chart::of(View { plan });
    Chart { name: "外部流程图", whole: chart.whole(), sheets: chart.pages() }
}

/// The internal flowchart.
pub fn internal(plan: &Plan) -> Chart {
    let chart = internal::Swimlanes::of(View { plan });
    Chart { name: "内部流程图", whole: chart.whole(), sheets: chart.pages() }
}

/// Before and after; nothing if the times are not known, so that there is nothing to compare.
pub fn gantt(plan: &Plan) -> Option<Chart> {
    let chart = gantt::Comparison::of(View { plan });
    chart.has_times().then(|| Chart { name: "改革前后对比", whole: chart.whole(), sheets: chart.pages() })
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

/// The questionnaire; nothing if there is nothing to ask.
pub fn questionnaire(plan: &Plan) -> Option<Chart> {
    let whole = questionnaire::draw(View { plan })?;
    Some(Chart { name: "情形问卷", whole, sheets: Vec::new() })
}
