//! Time: how long each thing takes and what it waits for.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::expr::Number;
use crate::model::StageKind;
use crate::program::{Stage, Wait};
use crate::reform;

/// 用时，按时间安排的单位。
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(tag = "kind", rename_all = "kebab-case")]
pub enum Length {
    /// 这么久。
    Known {
        /// 多少。
        amount: Number,
    },
    /// 没有写明。
    Undeclared,
    /// 写的单位换算不了。
    Inconvertible,
}

/// 环节。
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct DecisionStage {
    /// 名称。
    pub name: String,
    /// 什么时候有：判断图的节点。
    pub when: usize,
    /// 改革后取消。
    pub dropped: bool,
    /// 种类。
    pub kind: StageKind,
    /// 由综合窗口统一做：收件、受理、送达。
    pub shared: bool,
    /// 申请人要到场（窗口统一做的不算）。
    pub presence: bool,
    /// 不计时。
    pub off_clock: bool,
    /// 改革后的用时。
    pub length: Length,
}

/// 要等的事项。
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct DecisionWait {
    /// 第几个事项（从零开始）。
    pub item: usize,
    /// 等到它的第几个环节（从零开始）；没有，以及它不拆成环节时，等它办完。没有那个环节时，等到它前面的环节；没有那个事项，或者前面没有环节时，等它所等的。
    pub stage: Option<usize>,
}

/// 联合办理的环节：至少有两个在场才合为一次。
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct JointStage {
    /// 名称，例如“联合勘验”。
    pub name: String,
    /// 合在一起用时多少；没有就按最长的。
    pub limit: Option<Length>,
    /// 哪些环节，按事项的次序。
    pub members: Vec<JointMember>,
}

/// 参加联合办理的环节。
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct JointMember {
    /// 第几个事项（从零开始）。
    pub item: usize,
    /// 第几个环节（从零开始）。
    pub stage: usize,
}

impl Length {
    pub(super) fn of(length: reform::Length) -> Length {
        match length {
            reform::Length::Known(amount) => Length::Known { amount },
            reform::Length::Undeclared => Length::Undeclared,
            reform::Length::Inconvertible => Length::Inconvertible,
        }
    }
}

impl DecisionStage {
    pub(super) fn of(stage: &Stage, timing: &reform::StageTiming, when: usize) -> DecisionStage {
        DecisionStage {
            name: stage.name.to_string(),
            when,
            dropped: timing.dropped,
            kind: stage.kind,
            shared: reform::is_shared(stage.kind),
            presence: reform::needs_presence(stage),
            off_clock: timing.off_clock,
            length: Length::of(timing.length),
        }
    }
}

impl DecisionWait {
    pub(super) fn of(wait: &Wait) -> DecisionWait {
        DecisionWait { item: wait.first.index(), stage: wait.stage }
    }
}

impl JointStage {
    pub(super) fn of(joint: &reform::Joint) -> JointStage {
        let member = |&(item, stage): &(crate::program::ItemId, usize)| JointMember { item: item.index(), stage };
        JointStage {
            name: format!("联合{}", joint.kind.word()),
            limit: joint.limit.map(Length::of),
            members: joint.members.iter().map(member).collect(),
        }
    }
}
