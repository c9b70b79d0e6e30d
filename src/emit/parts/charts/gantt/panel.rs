//! Bars over one axis: what is done one after the other today, and what is done side by side after the reform.

use std::ops::Range;

/// How wide the chart is.
pub(super) const WIDTH: i32 = 1000;
/// Left and right of it.
pub(super) const SIDE: i32 = 20;
use crate::layout::{Point, Rect};
use crate::parts::charts::label::Label;
use crate::parts::charts::palette::{
    BEFORE, BEFORE_HEAD, BLUE, EDGE, FRAME, GRID, INK, QUIET, Role, SAVED, WHITE, tone,
};
use crate::words::view::{View, amount};
use crate::write::svg::{Anchor, Font, Paint, Stroke, Svg};
use yijianshi_core::expr::{Number, percent_saved};
use yijianshi_core::plan::Scenario;

/// Where the axis begins and ends.
const LEFT: i32 = 214;
const RIGHT: i32 = 976;
/// A bar's height, and a row's least.
const BAR: i32 = 26;
const ROW: i32 = 42;

/// From zero to a whole number.
#[derive(Debug, Clone, Copy)]
pub struct Axis {
    end: i64,
}

/// A panel with its rows.
#[derive(Debug)]
pub struct Panel {
    axis: Axis,
    name: &'static str,
    way: &'static str,
    total: String,
    colour: &'static str,
    rows: Vec<Row>,
    /// Joint work: from when to when, over which rows, what it is called.
    joint: Vec<(Number, Number, Vec<usize>, String)>,
    /// What is saved: from when to when, and the words for it.
    saved: Option<(Number, Number, String, Option<String>)>,
}

#[derive(Debug)]
struct Row {
    label: Label,
    height: i32,
    bars: Vec<Bar>,
    /// When its first bar begins, and the rows that it then waits for.
    after: Vec<(usize, Number)>,
    role: Role,
}

#[derive(Debug)]
struct Bar {
    from: Number,
    to: Number,
    words: String,
}

/// Some rows of a panel.
#[derive(Debug)]
pub struct Part<'a> {
    panel: &'a Panel,
    rows: Range<usize>,
}

impl Axis {
    /// An axis that reaches `longest`; none if that is beyond counting.
    pub fn to(longest: Number) -> Option<Axis> {
        let floor = longest.floor();
        let whole = floor.to_integer()?;
        Some(Axis { end: if floor == longest { whole } else { whole + 1 }.max(1) })
    }

    fn x(self, at: Number) -> i32 {
        let width = Number::from(RIGHT - LEFT);
        let share = Number::fraction(self.end, 1).and_then(|end| at.checked_mul(width)?.checked_div(end));
        let whole = share.and_then(|share| share.floor().to_integer()).and_then(|x| i32::try_from(x).ok());
        LEFT + whole.unwrap_or(0)
    }

    /// Ticks at every so many; at most twenty.
    fn step(self) -> i64 {
        let mut step = 1;
        for factor in [2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000, 10_000] {
            if self.end / step > 20 {
                step = factor;
            }
        }
        step.max(self.end / 20)
    }
}

fn label(view: View<'_>, id: &str) -> Label {
    let Some(item) = view.item(id) else { return Label::new() };
    let mut words: Vec<String> = item.agency.iter().cloned().collect();
    if let Some(when) = &item.when {
        let short = crate::write::text::width(&when.words) <= 800;
        words.push(if short { when.words.clone() } else { "有条件的".to_owned() });
    }
    Label::centred(&item.name, 12, Font::new(150, 600, INK)).and(&words.join(" · "), 14, Font::new(125, 400, QUIET))
}

fn row(view: View<'_>, id: &str, bars: Vec<Bar>) -> Row {
    let label = label(view, id);
    let height = (label.size().height + 6).max(ROW);
    Row { label, height, bars, after: Vec::new(), role: tone(view.item_tone(id)) }
}

fn words(length: Number, unit: &str) -> String {
    if length.is_zero() { "即办".to_owned() } else { amount(length, unit) }
}

impl Panel {
    /// The heading and the axis.
    pub const HEAD: i32 = 54;

    /// How it is today.
    pub fn before(view: View<'_>, scenario: &Scenario, axis: Axis) -> Panel {
        let schedule = &scenario.schedule;
        let mut rows = Vec::new();
        let mut at = Number::ZERO;
        for (index, part) in schedule.serial_parts.iter().enumerate() {
            let length = part.length.unwrap_or(Number::ZERO);
            let end = at.checked_add(length).unwrap_or(at);
            let mut row =
                row(view, &part.item, vec![Bar { from: at, to: end, words: words(length, &schedule.unit_label) }]);
            if index > 0 {
                row.after.push((index - 1, at));
            }
            row.role = Role { fill: WHITE, stroke: BEFORE, text: INK };
            rows.push(row);
            at = end;
        }
        Panel {
            axis,
            name: "改革前",
            way: "逐个部门、依次办理（串联）",
            total: format!("共{}", words(schedule.serial.unwrap_or(at), &schedule.unit_label)),
            colour: BEFORE_HEAD,
            rows,
            joint: Vec::new(),
            saved: None,
        }
    }

    /// How it is after the reform.
    pub fn after(view: View<'_>, scenario: &Scenario, axis: Axis) -> Panel {
        let schedule = &scenario.schedule;
        let unit = &schedule.unit_label;
        let mut rows: Vec<Row> = Vec::new();
        let mut joint = Vec::new();
        // Rows in the order in which work on them begins.
        let own = |id: &str| {
            schedule.tasks.iter().filter(|task| task.items.iter().any(|item| item == id)).collect::<Vec<_>>()
        };
        let mut order: Vec<&String> = scenario.items.iter().collect();
        order.sort_by_key(|id| own(id).iter().map(|task| task.start).min());
        let place = |id: &String| order.iter().position(|own| *own == id);
        for id in &order {
            let tasks = own(id);
            let bars = tasks.iter().filter(|task| !task.joint).map(|task| Bar {
                from: task.start,
                to: task.finish,
                words: if task.off_clock { "不计时".to_owned() } else { words(task.length, unit) },
            });
            let mut row = row(view, id, bars.collect());
            if let Some(first) = tasks.iter().min_by_key(|task| task.start) {
                for before in &first.after {
                    let Some(task) = schedule.tasks.iter().find(|task| task.id == *before) else { continue };
                    row.after.extend(task.items.iter().filter_map(place).map(|other| (other, task.finish)));
                }
            }
            rows.push(row);
        }
        for task in schedule.tasks.iter().filter(|task| task.joint) {
            let name = task.label.split('（').next().unwrap_or(&task.label);
            joint.push((task.start, task.finish, task.items.iter().filter_map(place).collect(), name.to_owned()));
        }
        let saved = schedule.serial.zip(schedule.critical_path).filter(|(before, after)| after < before);
        let saved = saved.map(|(before, after)| {
            let less = before.checked_sub(after).unwrap_or(before);
            let percent = percent_saved(before, after).map(|percent| format!("压减{}%", percent.whole()));
            (after, before, format!("节省{}", amount(less, unit)), percent)
        });
        Panel {
            axis,
            name: "改革后",
            way: "一次提交、同步办理（并联）",
            total: format!("共{}", words(schedule.critical_path.unwrap_or(Number::ZERO), unit)),
            colour: BLUE,
            rows,
            joint,
            saved,
        }
    }

    /// How many rows there are.
    pub fn rows(&self) -> usize {
        self.rows.len()
    }

    /// How many rows from `first` on fit into a height.
    pub fn fitting(&self, first: usize, height: i32) -> usize {
        let mut used = 0;
        self.rows[first..]
            .iter()
            .take_while(|row| {
                used += row.height;
                used <= height
            })
            .count()
    }

    /// All rows.
    pub fn all(&self) -> Part<'_> {
        self.part(0..self.rows.len())
    }

    /// Some of them.
    pub fn part(&self, rows: Range<usize>) -> Part<'_> {
        Part { panel: self, rows }
    }
}

impl Part<'_> {
    /// How high it is.
    pub fn height(&self) -> i32 {
        Panel::HEAD + self.panel.rows[self.rows.clone()].iter().map(|row| row.height).sum::<i32>()
    }

    /// Draws it; how high it is.
    pub fn draw(&self, svg: &mut Svg, top: i32) -> i32 {
        let panel = self.panel;
        let axis = panel.axis;
        let right = WIDTH - SIDE;
        svg.rect(Rect { x: SIDE, y: top, width: right - SIDE, height: 30 }, 0, Paint::fill(panel.colour));
        let name = Label::line(panel.name, Font::new(155, 700, WHITE));
        name.draw(svg, SIDE + 14, top + 15, Anchor::Start);
        let way = if self.rows.start > 0 { "（续）" } else { panel.way };
        Label::line(way, Font::new(135, 400, WHITE)).draw(svg, SIDE + 30 + name.size().width, top + 15, Anchor::Start);
        Label::line(&panel.total, Font::new(155, 700, WHITE)).draw(svg, right - 14, top + 15, Anchor::End);
        let first = top + Panel::HEAD;
        let bottom = top + self.height();
        let step = axis.step();
        for at in (0..=axis.end).step_by(usize::try_from(step).unwrap_or(1)) {
            let Some(number) = Number::fraction(at, 1) else { continue };
            let x = axis.x(number);
            let bold = at % (5 * step) == 0;
            let line = Stroke::new(if bold { "#C3CAD6" } else { "#E4E9EF" }, 10);
            svg.line(&[Point { x, y: first }, Point { x, y: bottom }], line);
            let font = Font::new(125, if bold { 600 } else { 400 }, if bold { INK } else { QUIET });
            Label::line(&at.to_string(), font).draw(svg, x, top + 42, Anchor::Middle);
        }
        let mut tops = Vec::new();
        let mut y = first;
        for row in &panel.rows[self.rows.clone()] {
            tops.push(y);
            y += row.height;
            let line = [Point { x: SIDE, y }, Point { x: right, y }];
            svg.line(&line, Stroke::new(if y == bottom { FRAME } else { GRID }, 10));
        }
        self.zone(svg, first, bottom);
        self.waits(svg, &tops);
        for (at, row) in panel.rows[self.rows.clone()].iter().enumerate() {
            let middle = tops[at] + row.height / 2;
            row.label.draw(svg, LEFT - 14, middle, Anchor::End);
            for bar in &row.bars {
                self.bar(svg, bar, row, middle);
            }
        }
        self.joint(svg, &tops);
        self.height()
    }

    /// What is saved.
    fn zone(&self, svg: &mut Svg, top: i32, bottom: i32) {
        let Some((from, to, words, percent)) = &self.panel.saved else { return };
        let (left, right) = (self.panel.axis.x(*from), self.panel.axis.x(*to));
        let own = Rect { x: left, y: top, width: right - left, height: bottom - top };
        let mut paint = Paint::fill(SAVED.fill);
        paint.stroke = Some(Stroke::dashed(SAVED.stroke, 14));
        svg.rect(own, 0, paint);
        if self.rows.start > 0 {
            return;
        }
        let mut label = Label::line(words, Font::new(190, 700, SAVED.text));
        if label.size().width + 16 > own.width {
            label = Label::centred(words, 5, Font::new(140, 600, SAVED.text));
        }
        if let Some(percent) = percent {
            label = label.and(percent, 8, Font::new(150, 600, SAVED.text));
        }
        let size = label.size();
        if size.width + 8 <= own.width && size.height + 8 <= own.height {
            label.draw(svg, own.centre().x, own.centre().y, Anchor::Middle);
        }
    }

    /// What waits for what: down (or up) from the end of one to the beginning of the other.
    fn waits(&self, svg: &mut Svg, tops: &[i32]) {
        let colour = if self.panel.colour == BLUE { EDGE } else { BEFORE };
        for (at, row) in self.panel.rows[self.rows.clone()].iter().enumerate() {
            for (other, time) in &row.after {
                if !self.rows.contains(other) || row.bars.iter().all(|bar| bar.from != *time) {
                    continue;
                }
                let before = other - self.rows.start;
                let x = self.panel.axis.x(*time);
                let half = |at: usize| tops[at] + self.panel.rows[self.rows.start + at].height / 2;
                let (from, to) = if before < at {
                    (half(before) + BAR / 2, half(at) - BAR / 2)
                } else {
                    (half(before) - BAR / 2, half(at) + BAR / 2)
                };
                svg.arrow(&[Point { x, y: from }, Point { x, y: to }], Stroke::new(colour, 15));
            }
        }
    }

    fn bar(&self, svg: &mut Svg, bar: &Bar, row: &Row, middle: i32) {
        let axis = self.panel.axis;
        let (left, right) = (axis.x(bar.from), axis.x(bar.to));
        let dark = Font::new(135, 600, INK);
        if bar.from == bar.to {
            let points = [(0, -9), (9, 0), (0, 9), (-9, 0)].map(|(x, y)| Point { x: left + x, y: middle + y });
            svg.polygon(&points, Paint::fill(row.role.stroke));
            beside(svg, &bar.words, left - 14, left + 16, middle, dark);
            return;
        }
        let own = Rect { x: left, y: middle - BAR / 2, width: (right - left).max(3), height: BAR };
        svg.rect(own, 3, Paint::outlined(row.role.stroke, WHITE, 10));
        let inside = Label::line(&bar.words, Font::new(135, 600, WHITE));
        if inside.size().width + 8 <= own.width {
            inside.draw(svg, own.centre().x, middle, Anchor::Middle);
        } else if row.bars.len() == 1 {
            // Not across the edge of what is saved.
            let zone = self.panel.saved.as_ref().map(|(from, ..)| axis.x(*from));
            let width = Label::line(&bar.words, dark).size().width;
            let crosses = zone.filter(|zone| right + 2 < *zone && right + 10 + width > *zone);
            beside(svg, &bar.words, left - 6, crosses.map_or(right + 8, |zone| zone + 8), middle, dark);
        }
    }

    /// Joint work stands across its rows.
    fn joint(&self, svg: &mut Svg, tops: &[i32]) {
        for (from, to, rows, name) in &self.panel.joint {
            let shown: Vec<usize> =
                rows.iter().filter(|row| self.rows.contains(row)).map(|row| row - self.rows.start).collect();
            let (Some(first), Some(last)) = (shown.iter().min(), shown.iter().max()) else { continue };
            let half = |at: usize| tops[at] + self.panel.rows[self.rows.start + at].height / 2;
            let (left, right) = (self.panel.axis.x(*from), self.panel.axis.x(*to));
            let wide = (right - left).max(34);
            let own = Rect {
                x: left + (right - left - wide) / 2,
                y: half(*first) - BAR / 2 - 5,
                width: wide,
                height: half(*last) - half(*first) + BAR + 10,
            };
            svg.rect(own, 4, Paint::outlined(WHITE, "#0C3C75", 20));
            let label = Label::centred(name, (wide * 10 / 150).max(2) as usize, Font::new(130, 600, "#0C3C75"));
            label.draw(svg, own.centre().x, own.centre().y, Anchor::Middle);
        }
    }
}

/// Words right of a bar, or left of it where the chart ends.
fn beside(svg: &mut Svg, words: &str, left: i32, right: i32, middle: i32, font: Font) {
    let label = Label::line(words, font);
    if right + label.size().width <= WIDTH - SIDE {
        label.draw(svg, right, middle, Anchor::Start);
    } else {
        label.draw(svg, left, middle, Anchor::End);
    }
}
