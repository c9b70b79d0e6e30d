//! 改革前后对比: what is saved, and the times before and after on one axis.

mod cards;
mod panel;

use super::heading::heading;
use super::label::Label;
use super::palette::QUIET;
use crate::layout::{Point, Size};
use crate::words::view::{Measured, View, Worded, amount};
use crate::write::svg::{Anchor, Drawing, Font, Svg};
use panel::{Panel, Part, SIDE, WIDTH};
use yijianshi_core::expr::Number;
use yijianshi_core::plan::Scenario;

/// How high a sheet of A4 is at this width.
const SHEET: i32 = 1380;

/// The chart of one scenario.
#[derive(Debug)]
pub struct Comparison<'a> {
    view: View<'a>,
    scenario: &'a Scenario,
    before: Option<Panel>,
    after: Option<Panel>,
}

impl<'a> Comparison<'a> {
    /// Of the first typical scenario; of all items where there is none.
    pub fn of(view: View<'a>) -> Comparison<'a> {
        let scenario = view.typical().first().copied().unwrap_or(&view.plan.widest);
        let schedule = &scenario.schedule;
        let longest = schedule.serial.max(schedule.critical_path).filter(|longest| !longest.is_zero());
        let axis = longest.and_then(panel::Axis::to);
        let before = axis.filter(|_| schedule.serial.is_some()).map(|axis| Panel::before(view, scenario, axis));
        let after = axis.filter(|_| schedule.critical_path.is_some()).map(|axis| Panel::after(view, scenario, axis));
        Comparison { view, scenario, before, after }
    }

    /// Whether both sides can be shown.
    pub fn has_times(&self) -> bool {
        self.before.is_some() && self.after.is_some()
    }

    /// The whole chart.
    pub fn whole(&self) -> Drawing {
        let parts = self.panels().map(|panel| panel.all()).collect::<Vec<_>>();
        self.draw(&parts, true, true, (1, 1))
    }

    /// The chart on sheets of A4; nothing if the whole fits one.
    pub fn pages(&self) -> Vec<Drawing> {
        if self.whole().size.height <= SHEET {
            return Vec::new();
        }
        // Rows go on the next sheet when one is full; the cards take some of the first.
        let mut sheets: Vec<Vec<Part<'_>>> = vec![Vec::new()];
        let mut room = SHEET - 330;
        for panel in self.panels() {
            let mut first = 0;
            while first < panel.rows() {
                let count = panel.fitting(first, room - Panel::HEAD);
                if count == 0 {
                    sheets.push(Vec::new());
                    room = SHEET - 200;
                    continue;
                }
                let part = panel.part(first..first + count);
                room -= part.height() + 22;
                first += count;
                if let Some(sheet) = sheets.last_mut() {
                    sheet.push(part);
                }
            }
        }
        let count = sheets.len();
        let draw = |(index, parts): (usize, &Vec<Part<'_>>)| {
            self.draw(parts, index == 0, index + 1 == count, (index + 1, count))
        };
        sheets.iter().enumerate().map(draw).collect()
    }

    fn panels(&self) -> impl Iterator<Item = &Panel> {
        self.before.iter().chain(&self.after)
    }

    fn draw(&self, parts: &[Part<'_>], first: bool, last: bool, page: (usize, usize)) -> Drawing {
        let mut svg = Svg::default();
        let plan = self.view.plan;
        let number = if page.1 > 1 { format!("（{}/{}）", page.0, page.1) } else { String::new() };
        let title = format!("“{}”改革前后对比{number}", plan.bundle.title);
        let unit = &self.scenario.schedule.unit_label;
        let facts = [format!("单位：{unit}（自受理之日起）"), format!("情形：{}", self.scenario.name)];
        let room = WIDTH - 2 * SIDE;
        let mut y = heading(&mut svg, Point { x: SIDE, y: 14 }, room, &title, &facts) + 12;
        if first {
            y += cards::draw(&mut svg, Point { x: SIDE, y }, room, self.view, self.scenario) + 22;
        }
        for part in parts {
            y += part.draw(&mut svg, y) + 22;
        }
        if last {
            let words = self.note();
            let font = Font::new(130, 400, QUIET);
            let label = Label::note(&words, (room * 10 / font.tenths) as usize, font);
            let size = label.size();
            label.draw(&mut svg, SIDE, y + size.height / 2 - 6, Anchor::Start);
            y += size.height;
        }
        Drawing {
            id: "gantt",
            title,
            description: self.description(),
            size: Size { width: WIDTH, height: y + 10 },
            body: svg,
        }
    }

    /// How the figures were counted, and what is missing.
    fn note(&self) -> String {
        let workspace = &self.view.plan.workspace;
        let mut note = "注：".to_owned();
        let schedule = &self.scenario.schedule;
        match (schedule.serial, schedule.critical_path) {
            (Some(_), Some(_)) => {
                note.push_str("改革前各事项依次办理，时限相加；改革后为最长的一条先后链；即办的不计时限。")
            }
            _ => {
                let missing = Measured::Days.unknown(self.view, self.scenario);
                note.push_str(&format!("办理时限{missing}，画不出时间的对比。"));
            }
        }
        note.push_str(&format!(
            "材料为件次。跑动{}：{}。",
            workspace.visits_convention.label, workspace.visits_convention.rule
        ));
        if self.scenario.name == self.view.plan.widest.name {
            note.push_str("全口径：所有事项、所有有条件的内容都计入。");
        }
        note
    }

    fn description(&self) -> String {
        let schedule = &self.scenario.schedule;
        let time = |number: Option<Number>| match number {
            Some(number) => amount(number, &schedule.unit_label),
            None => Measured::Days.unknown(self.view, self.scenario),
        };
        let counts = [(Measured::Materials, "申报材料"), (Measured::Forms, "申请表"), (Measured::Visits, "跑动次数")];
        let counts = counts.map(|(measured, name)| {
            let before = measured.text(self.view, self.scenario, &self.scenario.comparison.before);
            let after = measured.text(self.view, self.scenario, &self.scenario.comparison.after);
            format!("{name}由{before}变为{after}")
        });
        format!(
            "情形{}：办理时限由{}变为{}；{}。",
            self.scenario.name,
            time(schedule.serial),
            time(schedule.critical_path),
            counts.join("；")
        )
    }
}
