//! Who works when: bars, a table, and the longest chain in words.

use rustc_hash::FxHashSet;

use super::figures::time;
use crate::page::{Bar, Bars, Block, Cell, Column, Row, Table, Text};
use crate::words::view::{View, amount};
use yijianshi_core::expr::Number;
use yijianshi_core::plan::{PromiseVerdict, Scenario, Schedule, Task};

/// The schedules of the scenarios; those that are the same are shown once.
pub fn blocks(view: View<'_>, scenarios: &[&Scenario]) -> Vec<Block> {
    let mut groups: Vec<(Vec<&str>, &Scenario)> = Vec::new();
    for scenario in scenarios {
        match groups.iter_mut().find(|(_, other)| same(&other.schedule, &scenario.schedule)) {
            Some((names, _)) => names.push(&scenario.name),
            None => groups.push((vec![&scenario.name], scenario)),
        }
    }
    let mut blocks = Vec::new();
    let several = groups.len() > 1;
    for (names, scenario) in groups {
        if scenario.schedule.tasks.is_empty() {
            continue;
        }
        if several {
            blocks.push(Block::Heading(Text::of(names.join("、"))));
        }
        blocks.extend(one(view, scenario));
    }
    blocks
}

fn same(a: &Schedule, b: &Schedule) -> bool {
    let key = |schedule: &Schedule| {
        let tasks = schedule.tasks.iter().map(|task| (task.id.clone(), task.start, task.finish, task.slack));
        (schedule.serial, schedule.critical_path, tasks.collect::<Vec<_>>())
    };
    key(a) == key(b)
}

fn one(view: View<'_>, scenario: &Scenario) -> Vec<Block> {
    let schedule = &scenario.schedule;
    let mut blocks = vec![Block::Para(chain(view, scenario))];
    blocks.extend(promise(view, schedule));
    blocks.extend(bars(view, schedule).map(Block::Bars));
    let unit = &schedule.unit_label;
    let columns = vec![
        Column::new("办理内容"),
        Column::new("单位"),
        Column::number("用时"),
        Column::number("开始"),
        Column::number("完成"),
        Column::new("先要办完"),
        Column::new("能晚多久"),
    ];
    let label = |id: &String| schedule.tasks.iter().find(|task| task.id == *id).map_or("", |task| &task.label);
    let unsure = Unsure::of(schedule);
    let rows = schedule.tasks.iter().map(|task| {
        let mut agencies: Vec<&str> = task.items.iter().filter_map(|id| view.item(id)?.agency.as_deref()).collect();
        agencies.dedup();
        Row::new(vec![
            Cell::head(Text::of(&task.label)),
            Cell::of(agencies.join("、")),
            Cell::of(length(schedule, task)),
            Cell::of(if unsure.begins(task) { UNKNOWN.to_owned() } else { start(task.start, unit) }),
            Cell::of(if unsure.ends(task) { UNKNOWN.to_owned() } else { finish(task, unit) }),
            Cell::of(task.after.iter().map(label).collect::<Vec<_>>().join("、")),
            Cell::of(if !unsure.any() { slack(task, unit) } else { UNKNOWN.to_owned() }),
        ])
    });
    let caption = format!("各项什么时候办（从受理起算，单位：{unit}）");
    blocks.push(Block::Table(Table::new(caption, columns, rows.collect()).without_empty_columns()));
    blocks
}

fn chain(view: View<'_>, scenario: &Scenario) -> Text {
    let schedule = &scenario.schedule;
    let parts: Vec<String> = schedule
        .chain
        .iter()
        .filter_map(|id| schedule.tasks.iter().find(|task| task.id == *id))
        .map(|task| format!("{}（{}）", task.label, length(schedule, task)))
        .collect();
    let longest = time(schedule.critical_path, scenario, view);
    if schedule.critical_path.is_none() {
        return Text::of("一起办最长要多久：").strong(longest).then("。");
    }
    let serial = time(schedule.serial, scenario, view);
    let mut text = Text::of("一起办最长要").strong(&longest);
    if !parts.is_empty() {
        text = text.then(format!("，由这一条先后链决定：{}", parts.join(" → ")));
    }
    text.then(format!("。改革前一项接一项地办，合计{serial}。"))
}

/// Whether the promise is kept in this scenario. Where it is kept in all, that is said once for all.
fn promise(view: View<'_>, schedule: &Schedule) -> Option<Block> {
    let check = schedule.promise.as_ref()?;
    let promise = amount(check.promise, &schedule.unit_label);
    if check.holds {
        if view.plan.summary.promise.as_ref().is_some_and(|proof| proof.verdict == PromiseVerdict::Proved) {
            return None;
        }
        return Some(Block::Para(
            Text::of(format!("承诺{promise}，")).good("兑现得了").then("：最长的一条链不超过承诺。"),
        ));
    }
    let label = |id: &String| schedule.tasks.iter().find(|task| task.id == *id).map_or("", |task| &task.label);
    let core: Vec<&str> = check.core.iter().map(label).collect();
    let excess = check.excess.map(|excess| amount(excess, &schedule.unit_label)).unwrap_or_default();
    let sum = check.core_sum.map(|sum| amount(sum, &schedule.unit_label)).unwrap_or_default();
    Some(Block::Alert(Text::of(format!("承诺{promise}兑现不了：只{}这几项就要{sum}，超出{excess}。", core.join("、")))))
}

const UNKNOWN: &str = "未知";

/// The tasks of which nobody knows when they begin or end: one without a time ends nobody knows when, and those that wait for it
/// begin nobody knows when.
#[derive(Debug, Default)]
pub(crate) struct Unsure<'a> {
    waits: FxHashSet<&'a str>,
    ends: FxHashSet<&'a str>,
}

impl<'a> Unsure<'a> {
    pub(crate) fn of(schedule: &'a Schedule) -> Unsure<'a> {
        let mut unsure = Unsure::default();
        for task in &schedule.tasks {
            let waiting = task.after.iter().any(|first| unsure.ends.contains(first.as_str()));
            if waiting {
                unsure.waits.insert(&task.id);
            }
            if waiting || is_untimed(schedule, task) {
                unsure.ends.insert(&task.id);
            }
        }
        unsure
    }

    /// Whether it is not known when a task begins.
    pub(crate) fn begins(&self, task: &Task) -> bool {
        self.waits.contains(task.id.as_str())
    }

    /// Whether it is not known when a task ends.
    pub(crate) fn ends(&self, task: &Task) -> bool {
        self.ends.contains(task.id.as_str())
    }

    /// Whether there is any such task.
    pub(crate) fn any(&self) -> bool {
        !self.ends.is_empty()
    }
}

/// Whether nobody said how long a task takes.
pub(crate) fn is_untimed(schedule: &Schedule, task: &Task) -> bool {
    task.length.is_zero() && task.items.iter().any(|id| schedule.untimed_items.contains(id))
}

fn length(schedule: &Schedule, task: &Task) -> String {
    let text = match task.length.is_zero() {
        true if is_untimed(schedule, task) => "未写明".to_owned(),
        true => "即办".to_owned(),
        false => amount(task.length, &schedule.unit_label),
    };
    if task.off_clock { format!("{text}，不计时") } else { text }
}

fn start(at: Number, unit: &str) -> String {
    if at.is_zero() { "受理即开始".to_owned() } else { format!("满{}", amount(at, unit)) }
}

fn finish(task: &Task, unit: &str) -> String {
    if task.finish.is_zero() { "当场".to_owned() } else { format!("满{}", amount(task.finish, unit)) }
}

fn slack(task: &Task, unit: &str) -> String {
    match task.slack.is_zero() {
        true => "不能晚，晚了整体就晚".to_owned(),
        false => format!("晚{}不影响整体", amount(task.slack, unit)),
    }
}

fn bars(view: View<'_>, schedule: &Schedule) -> Option<Bars> {
    if !schedule.untimed_items.is_empty() {
        return None;
    }
    let last = schedule.tasks.iter().map(|task| task.finish).max()?;
    let end = ceiling(last)?;
    if end < 1 {
        return None;
    }
    let step = [1, 2, 5, 10, 20, 50, 100, 200, 500, 1000].into_iter().find(|step| end / step <= 10)?;
    let mut ticks: Vec<(Number, Text)> = Vec::new();
    for at in (0..=end).filter(|at| at % step == 0) {
        let words = if at == 0 { "受理".to_owned() } else { at.to_string() };
        ticks.push((Number::fraction(at, 1)?, Text::of(words)));
    }
    let unit = &schedule.unit_label;
    let bars = schedule.tasks.iter().map(|task| Bar {
        label: Text::of(&task.label),
        tone: task.items.first().map_or(crate::page::Tone::Plain, |id| view.item_tone(id)),
        start: task.start,
        finish: task.finish,
        text: Text::of(length(schedule, task)),
    });
    let label = format!("各项从受理起的办理时间，单位：{unit}；文字见下表");
    Some(Bars { label: Text::of(label), end: Number::fraction(end, 1)?, ticks, bars: bars.collect() })
}

fn ceiling(number: Number) -> Option<i64> {
    let floor = number.floor();
    let whole = floor.to_integer()?;
    Some(if floor == number { whole } else { whole + 1 })
}
