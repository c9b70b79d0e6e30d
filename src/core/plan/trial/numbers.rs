//! How many scenarios there are.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::scenario::{Full, Scenarios};

/// 情形有多少；数可能很大，写成十进制的文字。
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Numbers {
    /// 一件事。
    pub bundle: String,
    /// 一件事的英文标识。
    pub id: String,
    /// 问题。
    pub questions: usize,
    /// 可能的回答有多少种：条件分不出来的数值、日期算一种，没有问到的不算。
    pub possible: String,
    /// 其中办得了的。
    pub served: String,
    /// 办得了的，连同可选事项办与不办。
    pub choices: String,
    /// 办得了的，适用的内容不同的有多少种。
    pub outcomes: String,
    /// 不适用的，去处不同的有多少种。
    pub exits: String,
}

impl Numbers {
    /// Counts the scenarios of a bundle.
    pub fn new(scenarios: &mut Scenarios<'_, '_>) -> Result<Self, Full> {
        let (possible, served) = (scenarios.possible, scenarios.served);
        let distinct = scenarios.count_distinct()?;
        Ok(Numbers {
            bundle: scenarios.program.title.to_string(),
            id: scenarios.program.id.to_string(),
            questions: scenarios.program.questions.len(),
            possible: scenarios.count_all(possible)?.to_string(),
            served: scenarios.count_all(served)?.to_string(),
            choices: scenarios.count_choices(served)?.to_string(),
            outcomes: distinct.served.to_string(),
            exits: distinct.turned_away.to_string(),
        })
    }
}
