//! A trial as text: columns aligned as a terminal shows them, two of which a Chinese character takes.

use std::fmt::Write;

use unicode_width::UnicodeWidthStr;

use crate::cli::terminal::Ui;
use yijianshi_core::message::wrap;
use yijianshi_core::plan::Figure;
use yijianshi_core::plan::Schedule;
use yijianshi_core::plan::trial::{
    AnswerState, Dates, Exit, ExtremeKind, Item, Numbers, Row, RowFate, Standing, Trial, Verdict, Why,
};

/// The whole page.
pub(super) fn page(trial: &Trial, ui: &Ui) -> String {
    let mut page = Page { ui, out: String::new() };
    page.head(trial);
    page.answers(trial);
    page.exits(trial);
    page.items(trial);
    page.rows(trial);
    page.figures(trial);
    if let Some(schedule) = &trial.schedule {
        page.schedule(schedule, trial.dates.as_ref());
    }
    if let Some(dates) = &trial.dates {
        page.dates(dates);
    }
    page.out
}

/// How many scenarios there are.
pub(super) fn numbers(numbers: &Numbers, ui: &Ui) -> String {
    let mut page = Page { ui, out: String::new() };
    let title = page.paint(BOLD, &numbers.bundle);
    let _ = writeln!(page.out, "{title}\n");
    let rows = [
        ("问题", numbers.questions.to_string(), "个"),
        ("可能的回答", numbers.possible.clone(), "种，条件分不出来的数值、日期算一种，不会问到的不算"),
        ("其中办得了的", numbers.served.clone(), "种"),
        ("连同事项的取舍", numbers.choices.clone(), "种"),
        ("办得了的结果", numbers.outcomes.clone(), "种，适用的事项、环节、材料、字段有一处不同就是一种"),
        ("不适用的去处", numbers.exits.clone(), "种"),
    ];
    page.table(&rows.map(|(name, count, unit)| ("", vec![name.to_owned(), count, unit.to_owned()])));
    page.out
}

struct Page<'a> {
    ui: &'a Ui,
    out: String,
}

const BOLD: &str = "1";
const GREEN: &str = "32";
const YELLOW: &str = "33";
const DIM: &str = "2";

impl Page<'_> {
    fn paint(&self, style: &str, text: &str) -> String {
        match self.ui.theme.colour && !style.is_empty() {
            true => format!("\x1b[{style}m{text}\x1b[0m"),
            false => text.to_owned(),
        }
    }

    fn heading(&mut self, text: &str) {
        let text = self.paint(BOLD, text);
        let _ = writeln!(self.out, "\n{text}");
    }

    fn paragraph(&mut self, text: &str) {
        for line in wrap(text, self.ui.width.saturating_sub(2)) {
            let _ = writeln!(self.out, "  {line}");
        }
    }

    /// Rows of cells; the first cell of a row is painted. The last column is wrapped under itself.
    fn table(&mut self, rows: &[(&str, Vec<String>)]) {
        let columns = rows.iter().map(|(_, cells)| cells.len()).max().unwrap_or(0);
        let width = |column: usize| {
            let cells = rows.iter().filter(|(_, cells)| column + 1 < cells.len() || column + 1 < columns);
            cells.filter_map(|(_, cells)| cells.get(column)).map(|cell| cell.width()).max().unwrap_or(0)
        };
        let widths: Vec<usize> = (0..columns.saturating_sub(1)).map(width).collect();
        let indent = 2 + widths.iter().map(|width| width + 2).sum::<usize>();
        for (style, cells) in rows {
            let mut line = String::from("  ");
            for (column, width) in widths.iter().enumerate() {
                let cell = cells.get(column).map_or("", String::as_str);
                let painted = if column == 0 { self.paint(style, cell) } else { cell.to_owned() };
                line += &painted;
                line += &" ".repeat(width.saturating_sub(cell.width()) + 2);
            }
            let last = cells.get(columns.saturating_sub(1)).map_or("", String::as_str);
            let room = self.ui.width.saturating_sub(indent).max(24);
            for (index, part) in wrap(last, room).iter().enumerate() {
                if index > 0 {
                    let _ = writeln!(self.out, "{}", line.trim_end());
                    line = " ".repeat(indent);
                }
                line += part;
            }
            let _ = writeln!(self.out, "{}", line.trim_end());
        }
    }

    fn head(&mut self, trial: &Trial) {
        let title = self.paint(BOLD, &trial.bundle);
        let _ = writeln!(self.out, "{title}");
        if let Some(extreme) = &trial.extreme {
            let unit = trial.schedule.as_ref().map_or("", |schedule| &schedule.unit_label);
            let length = extreme.length.map(|length| format!("{length}{unit}")).unwrap_or_default();
            let word = if extreme.kind == ExtremeKind::Best { "最短" } else { "最长" };
            let who = if extreme.who.is_empty() {
                "怎样回答都一样".to_owned()
            } else {
                format!("当{}时", extreme.who)
            };
            let (least, doubt) = match extreme.known {
                true => ("", ""),
                false => ("至少", "；有的时限没有写明，可能更长"),
            };
            self.paragraph(&format!("用时{word}：{least}{length}，{who}{doubt}"));
        }
        let said = match trial.standing {
            Standing::Served if trial.open.is_empty() => None,
            Standing::Served => Some(format!("还要回答：{}", trial.open.join("、"))),
            Standing::Open => Some(format!("可能不适用，还要回答：{}", trial.open.join("、"))),
            Standing::TurnedAway | Standing::RuledOut | Standing::Unasked => {
                Some(format!("不适用：{}", trial.grounds.join("")))
            }
        };
        if let Some(said) = said {
            self.paragraph(&said);
        }
        if !trial.left_out.is_empty() {
            self.paragraph(&format!("不办：{}", trial.left_out.join("、")));
        }
    }

    fn answers(&mut self, trial: &Trial) {
        if trial.answers.is_empty() {
            return;
        }
        self.heading("回答");
        let row = |answer: &yijianshi_core::plan::trial::Answer| {
            let (style, words) = match (&answer.answer, answer.state) {
                (Some(words), _) => ("", words.clone()),
                (None, AnswerState::Open) => (YELLOW, format!("还没有回答：{}", answer.ask)),
                (None, AnswerState::NotAsked) => (DIM, "不会问到".to_owned()),
                (None, _) => (DIM, "不用回答，不影响结果".to_owned()),
            };
            (style, vec![answer.question.clone(), words])
        };
        let turned_away = trial.standing == Standing::TurnedAway;
        let shown = trial.answers.iter().filter(|answer| !turned_away || answer.answer.is_some());
        self.table(&shown.map(row).collect::<Vec<_>>());
    }

    fn exits(&mut self, trial: &Trial) {
        let open: Vec<&Exit> = trial.exits.iter().filter(|exit| exit.verdict == Verdict::Open).collect();
        if open.is_empty() {
            return;
        }
        self.heading("可能不适用");
        for exit in open {
            self.paragraph(&format!("{}的：{}", exit.why.when.words, exit.advice));
        }
    }

    fn items(&mut self, trial: &Trial) {
        if trial.items.is_empty() {
            return;
        }
        self.heading("事项");
        let row = |item: &Item| {
            let (style, word) = verdict(item.verdict);
            let why = match item.verdict {
                Verdict::LeftOut => "申请人不办".to_owned(),
                _ => item.why.as_ref().map_or_else(|| "都要办".to_owned(), |own| why(own, item.verdict)),
            };
            (style, vec![word.to_owned(), item.name.clone(), why])
        };
        self.table(&trial.items.iter().map(row).collect::<Vec<_>>());
    }

    fn rows(&mut self, trial: &Trial) {
        let taken = trial.items.iter().filter(|item| !item.rows.is_empty());
        for item in taken {
            let later = if trial.after.is_none() { "（哪些免交，问题答全了才能确定）" } else { "" };
            self.heading(&format!("{}的材料{later}", item.name));
            self.table(&item.rows.iter().map(material).collect::<Vec<_>>());
        }
        for (title, parts) in [("环节", 0), ("结果", 1)] {
            let of = |item: &Item| if parts == 0 { item.stages.clone() } else { item.results.clone() };
            let conditional = trial.items.iter().flat_map(|item| {
                let own = of(item).into_iter().filter(|part| part.why.is_some());
                own.map(|part| {
                    let (style, word) = verdict(part.verdict);
                    let why = part.why.as_ref().map(|own| why(own, part.verdict)).unwrap_or_default();
                    (style, vec![word.to_owned(), format!("{}·{}", item.name, part.name), why])
                })
                .collect::<Vec<_>>()
            });
            let rows: Vec<_> = conditional.collect();
            if !rows.is_empty() {
                self.heading(&format!("有条件的{title}"));
                self.table(&rows);
            }
        }
    }

    fn figures(&mut self, trial: &Trial) {
        if trial.items.is_empty() {
            return;
        }
        self.heading("数字");
        let (Some(before), Some(after)) = (&trial.before, &trial.after) else {
            let open = match trial.open_fields {
                0 => String::new(),
                open => format!("，另有{open}项还不确定"),
            };
            self.paragraph(&format!("申请表已确定要填{}项{open}。", trial.fields));
            self.paragraph("材料份数、时限等问题答全了才能算。");
            return;
        };
        let unit = trial.schedule.as_ref().map_or("", |schedule| &schedule.unit_label);
        let of = |figure: Figure, figures| match figure.of(figures) {
            Some(number) => format!("{number}{}", if figure == Figure::Days { unit } else { figure.unit() }),
            None => "未知".to_owned(),
        };
        let mut rows = vec![(DIM, vec![String::new(), "改革前".to_owned(), "改革后".to_owned()])];
        let rows_of = |figure: Figure| ("", vec![figure.label().to_owned(), of(figure, before), of(figure, after)]);
        rows.extend(Figure::ALL.map(rows_of));
        self.table(&rows);
    }

    fn schedule(&mut self, schedule: &Schedule, dates: Option<&Dates>) {
        if schedule.tasks.is_empty() {
            return;
        }
        let unit = &schedule.unit_label;
        self.heading(&format!("时间安排（{unit}）"));
        let label = |id: &String| {
            let task = schedule.tasks.iter().find(|task| task.id == *id);
            task.map_or_else(String::new, |task| format!("{}{}", task.label, task.length))
        };
        if let Some(length) = schedule.critical_path {
            let chain: Vec<_> = schedule.chain.iter().map(label).collect();
            self.paragraph(&format!("最长的一条链：{} = {length}{unit}", chain.join(" → ")));
        }
        let untimed = schedule.untimed_items.len();
        if untimed > 0 {
            self.paragraph(&format!("有{untimed}个事项没有写时限，总共要多久不可知。"));
        }
        if let Some(promise) = &schedule.promise {
            let word = if promise.holds { "兑现得了" } else { "兑现不了" };
            self.paragraph(&format!("承诺{}{unit}，{word}。", promise.promise));
        }
        // Where a time is missing, what comes after it is not known either.
        if schedule.critical_path.is_none() {
            return;
        }
        let mut head: Vec<String> = ["", "用时", "开始", "结束", "机动"].map(str::to_owned).to_vec();
        let with_dates = dates.filter(|dates| dates.tasks.len() == schedule.tasks.len());
        head.extend(with_dates.map(|_| "办完".to_owned()));
        let mut rows = vec![(DIM, head)];
        for (index, task) in schedule.tasks.iter().enumerate() {
            let critical = schedule.chain.contains(&task.id);
            let length = if task.off_clock { "不计时".to_owned() } else { task.length.to_string() };
            let slack = if critical { "—".to_owned() } else { task.slack.to_string() };
            let mut cells = vec![task.label.clone(), length, task.start.to_string(), task.finish.to_string(), slack];
            cells.extend(with_dates.map(|dates| dates.tasks[index].clone()));
            rows.push((if critical { BOLD } else { "" }, cells));
        }
        self.table(&rows);
    }

    fn dates(&mut self, dates: &Dates) {
        self.heading("日期");
        let mut rows = vec![("", vec!["申请".to_owned(), dates.applied.clone()])];
        let accepted = match dates.accepted == dates.applied {
            true => dates.accepted.clone(),
            false => format!("{}（申请那天不上班，顺延到下一个工作日）", dates.accepted),
        };
        rows.push(("", vec!["受理".to_owned(), format!("{accepted}，第二天起算")]));
        if let Some(finished) = &dates.finished {
            rows.push(("", vec!["办完".to_owned(), finished.clone()]));
        }
        if let Some(promised) = &dates.promised {
            rows.push(("", vec!["承诺办结".to_owned(), promised.clone()]));
        }
        if !dates.holidays.is_empty() {
            rows.push((DIM, vec!["其间放假".to_owned(), dates.holidays.join("、")]));
        }
        self.table(&rows);
        self.paragraph("不满一天的按一天算。");
    }
}

fn verdict(verdict: Verdict) -> (&'static str, &'static str) {
    match verdict {
        Verdict::Applies => (GREEN, "适用"),
        Verdict::DoesNotApply => (DIM, "不适用"),
        Verdict::Open => (YELLOW, "还不确定"),
        Verdict::LeftOut => (DIM, "不办"),
    }
}

/// The condition, and in brackets what was answered.
fn why(why: &Why, verdict: Verdict) -> String {
    // One who is served may have no other answer left.
    let unanswered = match (verdict, &why.values[..]) {
        (Verdict::Applies, [_]) => "没有回答，办得了的都是",
        (Verdict::DoesNotApply, [_]) => "没有回答，办得了的都不是",
        _ => "没有回答",
    };
    let values = why.values.iter().map(|value| {
        let answer = value.answer.as_deref().unwrap_or(unanswered);
        match why.values.len() {
            1 => answer.to_owned(),
            _ => format!("{}：{answer}", value.question),
        }
    });
    format!("{}（{}）", why.when.text, values.collect::<Vec<_>>().join("，"))
}

fn material(row: &Row) -> (&'static str, Vec<String>) {
    let (style, word) = match (row.verdict, row.fate) {
        (Verdict::Applies, Some(RowFate::HandedIn)) => ("", "要交"),
        (Verdict::Applies, Some(RowFate::MergedForm)) => ("", "要填"),
        (Verdict::Applies, Some(RowFate::Deferred)) => ("", "可以后补"),
        (Verdict::Applies, Some(RowFate::NotNeeded)) => (GREEN, if row.form { "不用填" } else { "不用交" }),
        (Verdict::Applies, None) => ("", "适用"),
        (other, _) => verdict(other),
    };
    let added = row.added.then(|| "改革后新增".to_owned());
    let mechanism = row.mechanism.filter(|_| row.fate == Some(RowFate::NotNeeded));
    let reason = match (mechanism, &row.reason) {
        (Some(mechanism), Some(reason)) => Some(format!("{}：{reason}", mechanism.label())),
        (_, reason) => reason.clone(),
    };
    let merged = (row.fate == Some(RowFate::MergedForm)).then(|| "各部门的表合并成一张".to_owned());
    let condition = row.why.as_ref().map(|own| why(own, row.verdict));
    let notes: Vec<String> = condition.into_iter().chain(added).chain(reason).chain(merged).collect();
    (style, vec![word.to_owned(), row.name.clone(), notes.join("；")])
}
