//! The scenarios in which it takes longest and shortest.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::expr::Number;
use crate::program::{Assignment, Case, ItemId, Program};
use crate::reform::{Extremes, Figure};

/// 用时最长或最短的情形。
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Extreme {
    /// 最长还是最短。
    pub kind: ExtremeKind,
    /// 哪些回答就会这样；空的就是都一样。
    pub who: String,
    /// 用时。
    pub length: Option<Number>,
    /// 所有时限是否都写明：有没写明的，最长的可能还要更长。
    pub known: bool,
}

/// 最长还是最短。
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum ExtremeKind {
    /// 最长：任何回答、任何取舍都不会更长。
    Worst,
    /// 最短：适用的都办，任何回答都不会更短。
    Best,
}

/// An extreme, with answers and items left out that attain it.
pub struct Attained {
    /// What is said about it.
    pub extreme: Extreme,
    /// Answers to everything.
    pub answers: Assignment,
    /// Items left out.
    pub without: Vec<ItemId>,
}

impl Attained {
    /// The scenario of this kind; `None` if nobody is served, or if some time is not known so that none is the shortest.
    pub fn new(program: &Program<'_>, extremes: &Extremes, kind: ExtremeKind) -> Option<Attained> {
        let of = |case: &Case| case.answers.clone();
        match kind {
            ExtremeKind::Worst => {
                let worst = extremes.worst.as_ref()?;
                let schedule = &worst.state.schedule;
                let chain = schedule.critical.last().map(|&last| schedule.tasks[last].finish);
                // Of times that nobody declared nothing can be said.
                if !worst.known && chain.is_none_or(Number::is_zero) {
                    return None;
                }
                let extreme = Extreme { kind, who: worst.witness.words(program), length: chain, known: worst.known };
                Some(Attained { extreme, answers: of(&worst.state.case)?, without: worst.without.clone() })
            }
            ExtremeKind::Best => {
                let [least, _] = extremes.range(Figure::Days, true)?.ends.as_ref()?;
                let who = least.witness.words(program);
                let extreme = Extreme { kind, who, length: Some(least.value), known: least.bound == least.value };
                let state = extremes.attained.get(least.state)?;
                Some(Attained { extreme, answers: of(&state.case)?, without: Vec::new() })
            }
        }
    }
}
