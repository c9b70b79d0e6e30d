//! The four reductions: time, materials, forms, visits.

use crate::layout::{Point, Rect};
use crate::parts::charts::label::Label;
use crate::parts::charts::palette::{BLUE, DEEP, EDGE, INK, QUIET, SAVED, TINT};
use crate::parts::charts::shapes::{PILL, pill};
use crate::words::view::{Measured, View, Worded};
use crate::write::svg::{Anchor, Font, Paint, Stroke, Svg};
use yijianshi_core::expr::percent_saved;
use yijianshi_core::plan::Scenario;

const HEIGHT: i32 = 78;
const GAP: i32 = 16;

const CARDS: [(Measured, &str, &str); 4] = [
    (Measured::Days, "办理时限", ""),
    (Measured::Materials, "申报材料", "件"),
    (Measured::Forms, "申请表", "张"),
    (Measured::Visits, "跑动次数", "次"),
];

/// Draws the cards; how high they are.
pub fn draw(svg: &mut Svg, at: Point, width: i32, view: View<'_>, scenario: &Scenario) -> i32 {
    let wide = (width - 3 * GAP) / 4;
    for (index, (measured, name, unit)) in CARDS.into_iter().enumerate() {
        let x = at.x + index as i32 * (wide + GAP);
        let own = Rect { x, y: at.y, width: wide, height: HEIGHT };
        svg.rect(own, 6, Paint::outlined(TINT, "#C3D3EA", 10));
        svg.rect(Rect { width: 5, ..own }, 2, Paint::fill(BLUE));
        Label::line(name, Font::new(140, 400, QUIET)).draw(svg, x + 18, at.y + 19, Anchor::Start);
        let (before, after) = (measured.of(&scenario.comparison.before), measured.of(&scenario.comparison.after));
        let middle = at.y + 53;
        let (Some(before), Some(after)) = (before, after) else {
            let unknown = measured.unknown(view, scenario);
            let (value, why) = unknown.split_once('（').unwrap_or((&unknown, ""));
            Label::line(value, Font::new(200, 600, QUIET)).draw(svg, x + 18, middle - 6, Anchor::Start);
            let why = Label::note(why.trim_end_matches('）'), 16, Font::new(115, 400, QUIET));
            if why.count() == 1 {
                why.draw(svg, x + 18, middle + 14, Anchor::Start);
            }
            continue;
        };
        let mut x = x + 18;
        let old = Label::line(&before.to_string(), Font::new(220, 600, "#5A6773"));
        old.draw(svg, x, middle, Anchor::Start);
        x += old.size().width + 4;
        svg.arrow(&[Point { x, y: middle }, Point { x: x + 26, y: middle }], Stroke::new("#5A6773", 18));
        x += 34;
        let new = Label::line(&after.to_string(), Font::new(300, 700, DEEP));
        new.draw(svg, x, middle - 1, Anchor::Start);
        x += new.size().width + 4;
        let unit = if unit.is_empty() { measured.unit_in(scenario) } else { unit.to_owned() };
        let room = own.right() - 6 - x;
        let label = Label::line(&unit, Font::new(135, 400, INK));
        if label.size().width <= room {
            label.draw(svg, x, middle + 5, Anchor::Start);
        }
        let (words, colour) = if after < before {
            let percent = percent_saved(before, after).map(|percent| percent.whole());
            (percent.map(|percent| format!("减{percent}%")), SAVED.stroke)
        } else if after > before {
            (Some("增加".to_owned()), "#9A3412")
        } else {
            (Some("不变".to_owned()), EDGE)
        };
        if let Some(words) = words {
            let right = Point { x: own.right() - 12, y: at.y + 19 };
            pill(svg, right, &Label::line(&words, PILL), colour);
        }
    }
    HEIGHT
}
