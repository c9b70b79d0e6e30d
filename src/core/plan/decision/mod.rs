//! What any answers and any choice of items come to, as data: whoever evaluates it gets what the compiler gets. The guide page does.
//!
//! Where something applies is a node of one decision diagram; the rest is what the ledger, the schedule and the counts need to
//! know of each part, with what does not depend on answers already worked out.

mod calendar;
mod diagram;
mod row;
mod time;

pub use calendar::{AnnouncedYear, ArrangedDay, DaysOff, DecisionCalendar, WorkingDays};
pub use diagram::{DecisionNode, ValueRange, Variable};
pub use row::{DecisionRow, Identity, Producer, RowField, RowKind, RowRule};
pub use time::{DecisionStage, DecisionWait, JointMember, JointStage, Length};

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::facts::Facts;
use crate::model::{StepConvention, VisitConvention};
use crate::program::{ItemId, Program};
use crate::scenario::Questionnaire;
use diagram::Nodes;

/// 判断数据：对任何一组回答、任何取舍，按它算出的事项、材料、时间、跑动，和编译器算的一样。
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Decision {
    /// 判断图的变量：一个问题一个，多选题每个选项一个。
    pub variables: Vec<Variable>,
    /// 判断图的节点；第0个是“从不”，第1个是“总是”。
    pub nodes: Vec<DecisionNode>,
    /// 各个问题（按“情形问题”的次序）什么时候会被问到：判断图的节点。
    pub asked: Vec<usize>,
    /// 可能的回答。
    pub possible: usize,
    /// 办得了的回答。
    pub served: usize,
    /// 各条不适用的情形。
    pub exits: Vec<usize>,
    /// 问卷：按先后，什么时候还要问。
    pub steps: Vec<DecisionStep>,
    /// 材料的身份：文件和持有人。
    pub identities: Vec<Identity>,
    /// 各个事项。
    pub items: Vec<DecisionItem>,
    /// 时间安排的单位。
    pub unit: crate::expr::Unit,
    /// 受理的用时；没有就是不另外算。
    pub acceptance: Option<Length>,
    /// 统一出件的用时；没有就是不另外算。
    pub issuing: Option<Length>,
    /// 联合办理的环节。
    pub joints: Vec<JointStage>,
    /// 日历。
    pub calendar: DecisionCalendar,
    /// 环节的计数口径。
    pub steps_by: StepConvention,
    /// 跑动的计数口径。
    pub visits_by: VisitConvention,
}

/// 问卷里的一步。
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct DecisionStep {
    /// 问题（英文标识）。
    pub question: String,
    /// 什么时候问：判断图的节点；没有问过的问题，走哪一条边都一样。
    pub asked: usize,
}

/// 一个事项。
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct DecisionItem {
    /// 事项（英文标识）。
    pub item: String,
    /// 什么时候适用：判断图的节点。
    pub when: usize,
    /// 没有写材料：合计因此不知道。
    pub silent: bool,
    /// 今天单独办要跑几次。
    pub visits: u32,
    /// 全程网办。
    pub online: bool,
    /// 今天的用时。
    pub today: Length,
    /// 改革后不拆成环节时的用时。
    pub whole: Length,
    /// 从不拆成环节：整体压缩了时限。
    pub never_apart: bool,
    /// 环节。
    pub stages: Vec<DecisionStage>,
    /// 要等谁。
    pub waits: Vec<DecisionWait>,
    /// 在哪个互相等待的圈上；同一圈上的，只等在场的。
    pub circle: Option<usize>,
    /// 表单、材料和新增的材料，按次序。
    pub rows: Vec<DecisionRow>,
    /// 各个结果什么时候有：判断图的节点。
    pub results: Vec<usize>,
}

impl Decision {
    /// `ids`: of the items.
    pub(super) fn of(facts: &Facts<'_>, questionnaire: &Questionnaire, ids: &[String]) -> Option<Decision> {
        let (program, timing) = (facts.program, facts.timing());
        let scenarios = &*facts.scenarios()?;
        let mut nodes = Nodes::new(scenarios);
        let asked = scenarios.asked.iter().map(|set| nodes.root(*set)).collect();
        let (possible, served) = (nodes.root(scenarios.possible), nodes.root(scenarios.served));
        let exits = scenarios.turned_away.iter().map(|set| nodes.root(*set)).collect();
        let step = |nodes: &mut Nodes<'_, '_, '_>, step: &crate::scenario::Step| DecisionStep {
            question: program.question(step.question).id.to_string(),
            asked: nodes.root(step.asked),
        };
        let steps = questionnaire.steps.iter().map(|own| step(&mut nodes, own)).collect();
        let mut identities = row::Identities::new(program);
        let items: Vec<DecisionItem> =
            program.item_ids().map(|id| item(facts, &mut nodes, &mut identities, id, ids)).collect();
        // Which rows there are is known by now, and so is who can take whose place.
        row::alternatives(&mut identities);
        Some(Decision {
            variables: diagram::variables(scenarios),
            asked,
            possible,
            served,
            exits,
            steps,
            identities: identities.finish(),
            items,
            unit: timing.unit,
            acceptance: timing.acceptance.map(Length::of),
            issuing: timing.issuing.map(Length::of),
            joints: timing.joints.iter().map(JointStage::of).collect(),
            calendar: DecisionCalendar::of(program),
            steps_by: program.workspace.settings.steps,
            visits_by: program.workspace.settings.visits,
            nodes: nodes.finish(),
        })
    }
}

fn item(
    facts: &Facts<'_>,
    nodes: &mut Nodes<'_, '_, '_>,
    identities: &mut row::Identities<'_, '_>,
    id: ItemId,
    ids: &[String],
) -> DecisionItem {
    let program: &Program<'_> = facts.program;
    let own = program.item(id);
    let timing = &facts.timing().items[id.index()];
    let applies = nodes.applies(id);
    DecisionItem {
        item: ids[id.index()].clone(),
        when: nodes.root(applies.item),
        silent: own.is_silent(),
        visits: own.written.visits.as_ref().map_or(1, |visits| visits.value.0),
        online: program.is_fully_online(id),
        today: Length::of(timing.today),
        whole: Length::of(timing.whole),
        never_apart: timing.never_apart,
        stages: own
            .stages
            .iter()
            .zip(&timing.stages)
            .zip(&applies.stages)
            .map(|((stage, timing), when)| DecisionStage::of(stage, timing, nodes.root(*when)))
            .collect(),
        waits: program.preconditions.waits(id).iter().map(DecisionWait::of).collect(),
        circle: program.preconditions.circle(id),
        rows: row::rows(facts, nodes, identities, id),
        results: applies.results.iter().map(|when| nodes.root(*when)).collect(),
    }
}
