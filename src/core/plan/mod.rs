//! The plan: what is needed to emit, and nothing else. Plain data without spans or faults, serialisable with English keys
//! (`plan.json`). Every figure carries the lines of the source that it comes from.

mod answer;
mod build;
mod condition;
mod decision;
mod exemption;
mod extremes;
mod flow;
mod form;
mod header;
mod ids;
mod item;
mod material;
mod presence;
mod questionnaire;
mod reconcile;
mod report;
pub mod trial;

pub use crate::reform::{Figure, Figures, Mechanism, PromiseVerdict, Saved, Savings};
pub use answer::{AnswerGroup, AnswerValue};
pub use build::{AllowedFinding, build};
pub use condition::{Condition, FromToday, When};
pub use decision::{
    AnnouncedYear, ArrangedDay, DaysOff, Decision, DecisionCalendar, DecisionItem, DecisionNode, DecisionRow,
    DecisionStage, DecisionStep, DecisionWait, Identity, JointMember, JointStage, Length, Producer, RowField, RowKind,
    RowRule, ValueRange, Variable, WorkingDays,
};
pub use exemption::{Commitment, Exemption};
pub use extremes::{ChainTask, Extreme, FigureRange, PromiseProof, Range};
pub use flow::{COUNTER, Edge, EdgeKind, Flow, Lane, LaneKind, Node, NodeKind, Part, Phase, Produced};
pub use form::{Field, FieldGroup, FieldSource, Form, FormShare, FormShareField, Prefill, Requirement};
pub use header::{
    Agency, Basis, Bundle, Convention, Exit, Faq, Fee, Place, Question, QuestionKind, QuestionOption, Region, Role,
    Workspace,
};
pub use item::{Item, Measure, Outcome, Stage};
pub use material::Material;
pub use presence::{Presence, PresenceStatus};
pub use questionnaire::{
    Exact, QuestionEdge, QuestionEnd, QuestionGraph, QuestionNode, QuestionStep, Questionnaire, ScenarioCounts,
};
pub use reconcile::{Claim, Computed, ListComparison, ListRow, Reconciliation};
pub use report::{
    Comparison, ItemReport, LedgerLine, LineKind, PromiseCheck, ReportRow, Scenario, Schedule, SerialPart, Summary,
    SummaryRow, Sums, Task,
};

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// The version of the plan's form; it grows when a key changes its meaning or goes.
pub const VERSION: u32 = 2;

/// 编译成果：一件事编译之后的全部内容，供生成各种文件和其他程序使用。
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[schemars(rename = "Plan")]
pub struct Plan {
    /// 格式版本。
    pub version: u32,
    /// 工作区。
    pub workspace: Workspace,
    /// 一件事的基本情况。
    pub bundle: Bundle,
    /// 主要数字：各典型情形和全口径的改革前后。
    pub summary: Summary,
    /// 涉及的单位，牵头单位在前。
    pub agencies: Vec<Agency>,
    /// 情形问题。
    pub questions: Vec<Question>,
    /// 情形问卷：按先后提问，不影响结果的不问。
    pub questionnaire: Questionnaire,
    /// 不会一起出现的回答。
    pub constraints: Vec<When>,
    /// 不适用的情形和建议。
    pub exits: Vec<Exit>,
    /// 联办事项。
    pub items: Vec<Item>,
    /// 材料清单：合并之后的每一份材料，免交的也在内。
    pub materials: Vec<Material>,
    /// 一张申请表。
    pub form: Form,
    /// 改革举措。
    pub measures: Vec<Measure>,
    /// 办理流程。
    pub flow: Flow,
    /// 判断数据：对任何回答和取舍，算出结果。
    pub decision: Decision,
    /// 各典型情形的账目。
    pub scenarios: Vec<Scenario>,
    /// 全口径的账目：所有事项、所有有条件的内容都计入。
    pub widest: Scenario,
    /// 公布数字的核对。
    pub reconciliation: Reconciliation,
    /// 编制人说明理由后保留的问题。
    pub allowed: Vec<AllowedFinding>,
    /// 原文：写在文件里的全部内容，键名改为英文。
    pub written: serde_json::Value,
}

/// 出处：文件和行号。
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
pub struct SourceRef {
    /// 文件，从工作区文件夹算起。
    pub file: String,
    /// 行号，从1开始。
    pub line: usize,
}
