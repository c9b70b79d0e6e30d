//! The pictures: external flowchart, internal swimlane chart, before and after. Drawn from the plan's flow and schedules, in SVG
//! that browsers, word processors and printers show alike.
//!
//! Fonts are named, and widths estimated so that no usual font sets wider. A text goes through one type that normalises, measures and breaks
//! it; line breaks come from a dynamic programme with a word list, never inside a word unless a line has no other place.

mod external;
mod gantt;
mod heading;
mod internal;
mod label;
mod notes;
pub(crate) mod palette;
mod piece;
mod questionnaire;
mod shapes;

use crate::page::Chart;
use crate::words::view::View;
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

/// The questionnaire; nothing if there is nothing to ask.
pub fn questionnaire(plan: &Plan) -> Option<Chart> {
    let whole = questionnaire::draw(View { plan })?;
    Some(Chart { name: "情形问卷", whole, sheets: Vec::new() })
}
