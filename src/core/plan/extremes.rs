//! What holds over all scenarios: the range of every figure with who attains it, and whether the promise is kept.

use indexmap::IndexMap;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::report::answers;
use crate::expr::{Number, Unit};
use crate::facts::Facts;
use crate::program::Program;
use crate::reform::{self, CaseState, Extremes, Figure, PromiseVerdict};

/// 一个数字在所有情形下的范围（申请人办理所有适用的事项）。
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct FigureRange {
    /// 哪个数字。
    pub figure: Figure,
    /// 改革前的范围；有的情形不可知则为空。
    pub before: Option<Range>,
    /// 改革后的范围；有的情形不可知则为空。
    pub after: Option<Range>,
}

/// 最少和最多。
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Range {
    /// 最少。
    pub least: Extreme,
    /// 最多。
    pub greatest: Extreme,
}

/// 最少或最多的一端，以及达到它的情形。
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Extreme {
    /// 这一情形的数字。
    pub value: Number,
    /// 任何情形都不会超出的数字。与上一项相同；条件牵连太多、没有算到底时才不同。
    pub bound: Number,
    /// 什么情形，用文字说；空的就是所有情形。
    pub words: String,
    /// 这样一个情形的全部回答。
    pub answers: IndexMap<String, String>,
    /// 同一情形改革前的数字。
    pub before: Option<Number>,
    /// 同一情形改革后的数字。
    pub after: Option<Number>,
}

/// 承诺时限是不是所有情形、任意选办都办得到。
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct PromiseProof {
    /// 承诺的时限。
    pub promise: Number,
    /// 结论。
    pub verdict: PromiseVerdict,
    /// 时间单位。
    pub unit: Unit,
    /// 单位的中文名。
    pub unit_label: String,
    /// 最长的关键路径；有的时限不可知时，是已知部分的最长。
    pub longest: Number,
    /// 什么情形最长，用文字说；空的就是所有情形。
    pub words: String,
    /// 这样一个情形的全部回答。
    pub answers: IndexMap<String, String>,
    /// 这个情形里不办的事项（英文标识）。
    pub without: Vec<String>,
    /// 最长的一条链，前面的先做。
    pub chain: Vec<ChainTask>,
    /// 超出承诺多少。
    pub excess: Option<Number>,
    /// 最少哪几个任务相加就超出了承诺（名称）。
    pub core: Vec<String>,
    /// 这几个任务之和。
    pub core_sum: Option<Number>,
    /// 没有写明时限的事项（英文标识）。
    pub untimed_items: Vec<String>,
    /// 有的情形里事项互相等待。
    pub circular: bool,
}

/// 链上的一个任务。
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct ChainTask {
    /// 名称。
    pub label: String,
    /// 用时。
    pub length: Number,
}

/// The ranges of all figures; nothing if nobody is served.
pub(super) fn ranges(program: &Program<'_>, extremes: &Extremes) -> Vec<FigureRange> {
    let side = |figure, after| {
        let range = extremes.range(figure, after)?;
        let [least, greatest] = range.ends.as_ref()?;
        let end = |end: &reform::Bound| {
            let attained = &extremes.attained[end.state];
            Extreme {
                value: end.value,
                bound: end.bound,
                words: end.witness.words(program),
                answers: answers(program, attained),
                before: figure.of(&attained.before),
                after: figure.of(&attained.after),
            }
        };
        Some(Range { least: end(least), greatest: end(greatest) })
    };
    let ranges = Figure::ALL.into_iter().filter(|_| !extremes.ranges.is_empty());
    ranges.map(|figure| FigureRange { figure, before: side(figure, false), after: side(figure, true) }).collect()
}

impl PromiseProof {
    pub(super) fn of(facts: &Facts<'_>, ids: &[String]) -> Option<PromiseProof> {
        let (worst, promise) = facts.extremes().and_then(|own| own.worst.as_ref().zip(own.promise.as_ref()))?;
        let CaseState { case, schedule, .. } = &worst.state;
        let names = |list: &[crate::program::ItemId]| list.iter().map(|id| ids[id.index()].clone()).collect();
        let task = |index: &usize| &schedule.tasks[*index];
        let core = promise.core.as_ref();
        Some(PromiseProof {
            promise: promise.promised,
            verdict: promise.verdict,
            unit: schedule.unit,
            unit_label: schedule.unit.label().to_owned(),
            longest: schedule.at_least,
            words: worst.words(facts.program),
            answers: answers(facts.program, &worst.state),
            without: names(&worst.without.iter().copied().filter(|id| !case.takes(*id)).collect::<Vec<_>>()),
            chain: schedule
                .critical
                .iter()
                .map(|index| ChainTask { label: task(index).label.to_string(), length: task(index).length })
                .collect(),
            excess: core.map(|core| core.excess),
            core: core.map_or_else(Vec::new, |core| core.tasks.iter().map(|t| task(t).label.to_string()).collect()),
            core_sum: core.map(|core| core.sum),
            untimed_items: names(&worst.untimed),
            circular: worst.cyclic,
        })
    }
}
