//! What some answers come to, for people and programs: what applies, why, what is still open, and when it is done.

mod extreme;
mod numbers;
mod words;

pub use extreme::{Attained, Extreme, ExtremeKind};
pub use numbers::Numbers;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::condition::When;
use super::report::{self, Schedule};
use crate::expr::{Conversions, Number, Unit};
use crate::program::{Calendar, CalendarFault, Program};
use crate::reform::{self, CaseState, Figures, Mechanism};
use crate::scenario;
use crate::source::Date;
use words::Words;

/// 一组回答的结果；没有答全的，也说明已经能确定什么。
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[schemars(rename = "Trial")]
pub struct Trial {
    /// 一件事。
    pub bundle: String,
    /// 一件事的英文标识。
    pub id: String,
    /// 用时最长或最短的情形；问的是这个才有。
    pub extreme: Option<Extreme>,
    /// 这样回答的人办不办得了。
    pub standing: Standing,
    /// 为什么：不能这样回答的理由，或者不适用的建议。
    pub grounds: Vec<String>,
    /// 各个问题和回答。
    pub answers: Vec<Answer>,
    /// 申请人不办的事项。
    pub left_out: Vec<String>,
    /// 还要回答的问题。
    pub open: Vec<String>,
    /// 各条不适用的情形。
    pub exits: Vec<Exit>,
    /// 各个事项。
    pub items: Vec<Item>,
    /// 申请表上已经能确定要填的项数。
    pub fields: u32,
    /// 申请表上还不能确定要不要填的项数。
    pub open_fields: u32,
    /// 改革前的数字；还有没确定的，就没有。
    pub before: Option<Figures>,
    /// 改革后的数字。
    pub after: Option<Figures>,
    /// 时间安排。
    pub schedule: Option<Schedule>,
    /// 日期；给了申请日期才有。
    pub dates: Option<Dates>,
}

/// 这样回答的人办不办得了。
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Standing {
    /// 办得了。
    Served,
    /// 要看其余的回答：可能不适用。
    Open,
    /// 不适用，要到别处办。
    TurnedAway,
    /// 这些回答不会一起出现。
    RuledOut,
    /// 回答了不会问到的问题。
    Unasked,
}

/// 适用不适用。
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Verdict {
    /// 适用。
    Applies,
    /// 不适用。
    DoesNotApply,
    /// 还不确定。
    Open,
    /// 申请人不办。
    LeftOut,
}

/// 一个问题和它的回答。
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Answer {
    /// 问题。
    pub question: String,
    /// 怎么问。
    pub ask: String,
    /// 回答。
    pub answer: Option<String>,
    /// 回答了没有。
    pub state: AnswerState,
}

/// 一个问题回答了没有。
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum AnswerState {
    /// 已经回答。
    Given,
    /// 还要回答。
    Open,
    /// 没有回答，但已经不影响结果。
    Settled,
    /// 按别的回答不会问到。
    NotAsked,
}

/// 一条不适用的情形。
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Exit {
    /// 适用不适用：适用就是要到别处办。
    pub verdict: Verdict,
    /// 什么情形。
    pub why: Why,
    /// 建议。
    pub advice: String,
    /// 要看哪些问题的回答。
    pub open: Vec<String>,
}

/// 为什么：条件和其中各个问题的回答。
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Why {
    /// 条件。
    pub when: When,
    /// 条件里的问题和回答。
    pub values: Vec<AnswerValue>,
}

/// 条件里的一个问题和回答。
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct AnswerValue {
    /// 问题。
    pub question: String,
    /// 回答；没有就是还没回答，或者不会问到。
    pub answer: Option<String>,
}

/// 一个事项。
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Item {
    /// 事项在一件事里的名称。
    pub name: String,
    /// 事项的正式名称。
    pub official_name: String,
    /// 单位。
    pub agency: Option<String>,
    /// 适用不适用。
    pub verdict: Verdict,
    /// 为什么；总是适用的没有。
    pub why: Option<Why>,
    /// 要看哪些问题的回答。
    pub open: Vec<String>,
    /// 表单和材料；不办的事项没有。
    pub rows: Vec<Row>,
    /// 环节；不办的事项没有。
    pub stages: Vec<Part>,
    /// 结果；不办的事项没有。
    pub results: Vec<Part>,
}

/// 环节或结果。
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Part {
    /// 名称。
    pub name: String,
    /// 适用不适用。
    pub verdict: Verdict,
    /// 为什么；总是适用的没有。
    pub why: Option<Why>,
    /// 要看哪些问题的回答。
    pub open: Vec<String>,
}

/// 一张表或一份材料。
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Row {
    /// 名称。
    pub name: String,
    /// 是不是申请表。
    pub form: bool,
    /// 是不是改革后新增的。
    pub added: bool,
    /// 适用不适用。
    pub verdict: Verdict,
    /// 为什么；总是适用的没有。
    pub why: Option<Why>,
    /// 要看哪些问题的回答。
    pub open: Vec<String>,
    /// 改革后怎样；还有没确定的，就没有。
    pub fate: Option<RowFate>,
    /// 怎样去掉或缓交的。
    pub mechanism: Option<Mechanism>,
    /// 理由。
    pub reason: Option<String>,
}

/// 一张表或一份材料改革后怎样。
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum RowFate {
    /// 要交。
    HandedIn,
    /// 要交，可以后补。
    Deferred,
    /// 不用交。
    NotNeeded,
    /// 成为合并的申请表。
    MergedForm,
}

/// 从申请日期算起的日期；受理当日不计，零头按一天算。
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Dates {
    /// 申请。
    pub applied: String,
    /// 受理：申请那天放假的，顺延到下一个工作日。
    pub accepted: String,
    /// 各个任务办完，次序同“时间安排”。
    pub tasks: Vec<String>,
    /// 全部办完；有的时限没有写明，就没有。
    pub finished: Option<String>,
    /// 承诺办结。
    pub promised: Option<String>,
    /// 其间的节假日。
    pub holidays: Vec<String>,
}

impl Trial {
    /// What a trial came to; `applied`: the day of application, for dates.
    ///
    /// # Errors
    /// The dates lie in a year that has not been announced, or a unit of time does not lead to days.
    pub fn new(program: &Program<'_>, trial: &reform::Trial, applied: Option<Date>) -> Result<Trial, CalendarFault> {
        let words = Words { program, answers: &trial.answers };
        let ids: Vec<String> = program.items.iter().map(|item| item.id.to_string()).collect();
        let schedule = trial.state.as_ref().map(|state| report::schedule(program, state, &ids));
        let dates = match (applied, trial.verdicts.is_some()) {
            (Some(applied), true) => Some(Dates::new(program, trial.state.as_ref(), applied)?),
            _ => None,
        };
        let verdicts = trial.verdicts.as_ref();
        let (standing, grounds) = words.standing(&trial.standing, verdicts);
        let named = |verdict: &scenario::Verdict| {
            verdicts.map_or(0, |all| all.fields.iter().filter(|(_, own)| own == verdict).count() as u32)
        };
        let fields = named(&scenario::Verdict::Yes);
        let all_fields = verdicts.map_or(0, |all| all.fields.len() as u32);
        let open_fields = all_fields - fields - named(&scenario::Verdict::No);
        Ok(Trial {
            bundle: program.title.to_string(),
            id: program.id.to_string(),
            extreme: None,
            standing,
            grounds,
            answers: words.answers(verdicts),
            left_out: trial.without.iter().map(|id| program.item(*id).name.value.to_string()).collect(),
            open: verdicts.map(|all| words.questions(&all.open)).unwrap_or_default(),
            exits: verdicts.map(|all| words.exits(all)).unwrap_or_default(),
            items: verdicts
                .map(|all| program.item_ids().map(|id| words.item(id, all, trial.state.as_ref())).collect())
                .unwrap_or_default(),
            fields,
            open_fields,
            before: trial.state.as_ref().map(|state| state.before.clone()),
            after: trial.state.as_ref().map(|state| state.after.clone()),
            schedule,
            dates,
        })
    }
}

impl Verdict {
    fn of(verdict: &scenario::Verdict) -> Verdict {
        match verdict {
            scenario::Verdict::Yes => Verdict::Applies,
            scenario::Verdict::No => Verdict::DoesNotApply,
            scenario::Verdict::Open(_) => Verdict::Open,
        }
    }
}

impl Dates {
    fn new(program: &Program<'_>, state: Option<&CaseState>, applied: Date) -> Result<Dates, CalendarFault> {
        let settings = &program.workspace.settings;
        let (calendar, conversions): (&Calendar, &Conversions) = (&settings.calendar, &settings.conversions);
        let accepted = calendar.worked_from(applied)?;
        let end = |length: Number, unit: Unit| calendar.end(accepted, length, unit, conversions);
        let promised = program.bundle.promise.map(|promise| end(promise.value.amount(), promise.value.unit()));
        let promised = promised.transpose()?;
        let schedule = state.map(|state| &state.schedule).filter(|schedule| schedule.length.is_some());
        let mut tasks = Vec::new();
        for task in schedule.iter().flat_map(|schedule| schedule.tasks.iter().map(|task| (task, schedule.unit))) {
            tasks.push(end(task.0.finish, task.1)?.to_string());
        }
        let finished = match schedule.and_then(|schedule| Some((schedule.length?, schedule.unit))) {
            Some((length, unit)) => Some(end(length, unit)?),
            None => None,
        };
        let last = promised.into_iter().chain(finished).max();
        Ok(Dates {
            applied: applied.to_string(),
            accepted: accepted.to_string(),
            tasks,
            finished: finished.map(|date| date.to_string()),
            promised: promised.map(|date| date.to_string()),
            holidays: last.map(|last| calendar.occasions(accepted, last)).unwrap_or_default(),
        })
    }
}
