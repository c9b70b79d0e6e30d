//! The days below the lanes.

use super::origin::{NAMES, Origin, SIDE};
use super::pages::Window;
use super::time;
use crate::layout::{Layout, Point, Rect};
use crate::parts::charts::label::Label;
use crate::parts::charts::palette::{BLUE, DEEP, FRAME, INK, QUIET, TINT, WHITE};
use crate::words::view::amount;
use crate::write::svg::{Anchor, Font, Paint, Stroke, Svg};
use yijianshi_core::expr::Number;
use yijianshi_core::plan::{NodeKind, Phase, Plan};

/// How high the band is.
const BAND: i32 = 58;

/// The days below the lanes; how high the band is.
pub(super) fn draw(plan: &Plan, layout: &Layout, svg: &mut Svg, y: i32, room: i32, window: &Window, at: Origin) -> i32 {
    let Some(moments) = time::moments(plan) else { return 0 };
    let own = Rect { x: SIDE, y, width: room, height: BAND };
    svg.rect(own, 0, Paint::outlined(TINT, FRAME, 10));
    let head = Label::line("时限", Font::new(150, 700, DEEP));
    head.draw(svg, SIDE + NAMES / 2, y + BAND / 2, Anchor::Middle);
    let unit = &plan.widest.schedule.unit_label;
    let flow = &plan.flow;
    let node = |index: usize| layout.nodes[index];
    let first = flow.nodes.iter().position(|node| node.phase == Phase::Handling);
    let after = flow.nodes.iter().position(|node| node.phase == Phase::Issuing);
    let (Some(first), Some(longest)) = (first, plan.widest.schedule.critical_path) else { return BAND };
    // Places along the band: where counting begins, where lines meet, where it ends.
    let start = flow.nodes.iter().position(|node| node.kind == NodeKind::Acceptance);
    let start = start.map_or(node(first).x, |index| node(index).x);
    let mut stops: Vec<(i32, Number)> = vec![(start, Number::ZERO)];
    for moment in &moments {
        stops.push((node(moment.node).centre().x, moment.at));
    }
    if stops.last().is_none_or(|(_, at)| *at < longest) {
        stops.push((after.map_or(layout.size.width - 20, |index| node(index).x), longest));
    }
    stops.dedup_by_key(|(x, _)| *x);
    let line = y + 32;
    let (low, high) = (window.x.start + 8, window.x.end.min(layout.size.width) - 8);
    let quiet = Stroke::dashed("#8A96A3", 20);
    let ends = (stops[0].0, stops[stops.len() - 1].0);
    for (from, to) in [(low, ends.0), (ends.1, high)] {
        if from < to.min(high) {
            let points = [Point { x: from.max(low), y: line }, Point { x: to.min(high), y: line }];
            svg.line(&points.map(|point| Point { x: point.x + at.x, ..point }), quiet);
        }
    }
    let small = Font::new(125, 400, QUIET);
    let strong = Font::new(130, 600, INK);
    let middle = |from: i32, to: i32| at.x + from + (to - from) / 2;
    if low < ends.0 {
        let words = Label::line("申请、收件、补正不计入时限", small);
        if words.size().width + 20 < ends.0.min(high) - low {
            words.draw(svg, middle(low, ends.0.min(high)), line - 15, Anchor::Middle);
        }
    }
    for (index, pair) in stops.windows(2).enumerate() {
        let ((a, from), (b, to)) = (pair[0], pair[1]);
        let (left, right) = (a.max(window.x.start), b.min(window.x.end));
        if left >= right {
            continue;
        }
        let colour = if index % 2 == 0 { BLUE } else { "#2F80D0" };
        svg.line(&[Point { x: at.x + left, y: line }, Point { x: at.x + right, y: line }], Stroke::new(colour, 50));
        let length = to.checked_sub(from).unwrap_or(to);
        let words = Label::line(&amount(length, unit), strong);
        if words.size().width + 8 < right - left {
            words.draw(svg, middle(left, right), line - 15, Anchor::Middle);
        }
    }
    for (index, (x, at_time)) in
        stops.iter().enumerate().filter(|(_, (x, _))| (window.x.start..=window.x.end).contains(x))
    {
        svg.circle(Point { x: at.x + x, y: line }, 5, Paint::outlined(WHITE, BLUE, 25));
        let words = match index {
            0 => "受理".to_owned(),
            _ if unit.ends_with('日') => format!("第{at_time}日"),
            _ => format!("满{at_time}{unit}"),
        };
        Label::line(&words, Font::new(125, 600, INK)).draw(svg, at.x + x, line + 16, Anchor::Middle);
    }
    BAND
}
