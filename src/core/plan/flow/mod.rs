//! The flow: from the applicant's first question to the last certificate. Every chart, the step text and the process model
//! for engines are made from it, so they cannot disagree.
//!
//! How to read it: a step is done when every step before it is done. A step with a condition (`when`) that is not fulfilled is
//! skipped, and what comes after it goes on as if it had been done. A [`NodeKind::Parallel`] bar is where lines part, meet, or
//! both. Of the exits of a decision exactly one is taken. The only way back is an [`EdgeKind::Back`] edge. Edges that follow
//! from others are left out.
//!
//! A step may so wait for more than its own preconditions, when one between them does not apply. Edges between items that no applicant has
//! together are left out, too; what applies to everybody has no condition. Stages that nothing sets apart (a time, a condition, a joint
//! stage, somebody who waits for them) make one step; untimed 收件, 受理, 送达 are the counter's. The questions come before the check that
//! the bundle is for the applicant: it uses the answers. What 部分不予许可 does not say is written as not said.

mod bars;
mod frame;
mod handling;
mod order;
mod segments;

use rustc_hash::FxHashMap;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::condition::When;
use super::header::{Agency, Role};
use super::item::Item;
use crate::expr::Duration;
use crate::facts::Facts;
use crate::model::StageKind;
use crate::scenario::Coexistence;

/// 办理流程。一步在它前面的各步都完成后开始；条件不成立的一步跳过，后面的照常进行。
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Flow {
    /// 泳道：由谁办理。申请人、综合窗口、牵头单位在前，没有步骤的不列。
    pub lanes: Vec<Lane>,
    /// 步骤，先做的在前。
    pub nodes: Vec<Node>,
    /// 先后，按起点的次序；同一起点的，继续办下去的在前。
    pub edges: Vec<Edge>,
}

/// 泳道。
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Lane {
    /// 英文标识。
    pub id: String,
    /// 种类。
    pub kind: LaneKind,
    /// 名称。
    pub name: String,
}

/// 泳道的种类。
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum LaneKind {
    /// 申请人。
    Applicant,
    /// 综合窗口。
    Window,
    /// 牵头单位。
    Lead,
    /// 联办单位。
    Agency,
    /// 没有写明由谁办理。
    Unassigned,
}

/// 一步。
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Node {
    /// 英文标识。
    pub id: String,
    /// 种类。
    pub kind: NodeKind,
    /// 阶段。
    pub phase: Phase,
    /// 名称。
    pub label: String,
    /// 补充说明，每条一行。
    pub details: Vec<String>,
    /// 由谁做：泳道的名称。
    pub actor: String,
    /// 泳道（英文标识）。
    pub lane: String,
    /// 参加的全部泳道（英文标识），主办的在前；联合办理的不止一条。
    pub lanes: Vec<String>,
    /// 用时，从这一步开始算起；不知道的为空。
    pub duration: Option<Duration>,
    /// 用时是否整个事项的：从这个事项的第一步算起，到这一步办完。
    pub whole_item: bool,
    /// 是否依法不计时。
    pub off_clock: bool,
    /// 什么情形下才有这一步；不写就是总有。
    pub when: Option<When>,
    /// 为哪些事项做什么。
    pub parts: Vec<Part>,
    /// 在这一步作出准予或者不予许可决定的事项（英文标识）。
    pub decides: Vec<String>,
    /// 在这一步办出的结果。
    pub results: Vec<Produced>,
}

impl Node {
    /// The items that the step belongs to (ids).
    pub fn items(&self) -> impl Iterator<Item = &str> {
        self.parts.iter().map(|part| part.item.as_str())
    }

    /// Whether the step is only for items that the applicant may leave out.
    pub fn is_optional(&self) -> bool {
        !self.parts.is_empty() && self.parts.iter().all(|part| part.optional)
    }

    /// Whether the step may be skipped: it is done only under some answers, or if the applicant wants it.
    pub fn may_be_skipped(&self) -> bool {
        !self.parts.is_empty() && !self.parts.iter().any(|part| part.always)
    }
}

/// 一步里为一个事项做的。
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Part {
    /// 事项（英文标识）。
    pub item: String,
    /// 环节的种类；事项没有写环节的为空。
    pub stages: Vec<StageKind>,
    /// 除事项本身的条件以外，什么情形下才做；不写就是办这个事项就做。
    pub when: Option<When>,
    /// 申请人可以不办这个事项。
    pub optional: bool,
    /// 走到这里就一定要做：没有条件，也不能不办。
    pub always: bool,
}

/// 办出的结果。
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Produced {
    /// 英文标识。
    pub id: String,
    /// 文书名称。
    pub name: String,
    /// 由哪个事项办出（英文标识）。
    pub item: String,
    /// 除事项本身的条件以外，什么情形下才有。
    pub when: Option<When>,
}

/// 步骤的种类。
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum NodeKind {
    /// 开始。
    Start,
    /// 情形选择。
    Questions,
    /// 判断：是不是不适用。
    ExitCheck,
    /// 到此为止：转办。
    Exit,
    /// 一次提交。
    Submission,
    /// 收件。
    Receipt,
    /// 判断：材料是否齐全。
    Completeness,
    /// 一次告知补正。
    Supplement,
    /// 判断：是否受理。
    Admission,
    /// 到此为止：不予受理。
    Rejected,
    /// 受理、分派。
    Acceptance,
    /// 并行：几条线从这里同时开始，或者在这里会齐，或者两者都是。
    Parallel,
    /// 办理一个事项，或者它的一部分。
    Item,
    /// 几个事项联合办理。
    Joint,
    /// 判断：是否准予。
    Verdict,
    /// 送达不予许可决定。
    Refusal,
    /// 判断：申请人是否同意其余的照发。
    Consent,
    /// 到此为止：不予许可，不再出件。
    Refused,
    /// 统一出件。
    Issuing,
    /// 送达或领取结果。
    Delivery,
    /// 办结。
    End,
}

impl NodeKind {
    /// Whether it is a question with labelled exits.
    pub fn is_decision(self) -> bool {
        matches!(
            self,
            NodeKind::ExitCheck | NodeKind::Completeness | NodeKind::Admission | NodeKind::Verdict | NodeKind::Consent
        )
    }

    /// Whether the flow ends here.
    pub fn is_end(self) -> bool {
        matches!(self, NodeKind::Exit | NodeKind::Rejected | NodeKind::Refused | NodeKind::End)
    }

    /// Whether it lies beside the way from the start to the end of an application that goes well.
    pub fn is_aside(self) -> bool {
        matches!(self, NodeKind::Supplement | NodeKind::Refusal | NodeKind::Consent)
            || self.is_end() && self != NodeKind::End
    }

    /// Whether somebody has to do something.
    pub fn is_task(self) -> bool {
        !self.is_decision() && !self.is_end() && !matches!(self, NodeKind::Start | NodeKind::Parallel)
    }
}

/// 阶段。
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Phase {
    /// 情形选择。
    Questions,
    /// 一次提交。
    Submission,
    /// 统一受理。
    Acceptance,
    /// 联审联办。
    Handling,
    /// 统一出件。
    Issuing,
}

impl Phase {
    /// All, in order.
    pub const ALL: [Phase; 5] =
        [Phase::Questions, Phase::Submission, Phase::Acceptance, Phase::Handling, Phase::Issuing];

    /// Its name.
    pub fn label(self) -> &'static str {
        match self {
            Phase::Questions => "情形选择",
            Phase::Submission => "一次提交",
            Phase::Acceptance => "统一受理",
            Phase::Handling => "联审联办",
            Phase::Issuing => "统一出件",
        }
    }
}

/// 先后。
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Edge {
    /// 从哪一步。
    pub from: String,
    /// 到哪一步。
    pub to: String,
    /// 种类。
    pub kind: EdgeKind,
    /// 图上写的字。
    pub label: Option<String>,
    /// 什么情形下走这里；由人判断的和总走的为空。
    pub when: Option<When>,
}

/// 先后的种类。
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum EdgeKind {
    /// 接着做。
    Next,
    /// 判断为是。
    Yes,
    /// 判断为否。
    No,
    /// 回到前面重做。
    Back,
}

/// The counter at which everything is handed in and given out.
pub const COUNTER: &str = "综合窗口";
/// Who applies.
const APPLICANT: &str = "申请人";
/// The lane of steps of which nobody said who does them.
const UNASSIGNED: &str = "承办单位未写明";

impl Flow {
    pub(super) fn of(
        facts: &Facts<'_>,
        coexistence: &Coexistence,
        items: &[Item],
        agencies: &[Agency],
        form_name: &str,
    ) -> Flow {
        let program = facts.program;
        let mut lanes = Lane::all(agencies);
        let opening = frame::opening(program, form_name, &lanes);
        let closing = frame::closing(program, items, &lanes);
        let handling = handling::Handling::of(facts, coexistence, items, agencies, &lanes);
        let (middle, links) = bars::with_bars(handling, opening.last(), closing.first(), &lanes);
        let nodes: Vec<Node> = opening.nodes.into_iter().chain(middle).chain(closing.nodes).collect();
        let mut edges: Vec<Edge> = opening.edges.into_iter().chain(links).chain(closing.edges).collect();
        let place: FxHashMap<&str, usize> =
            nodes.iter().enumerate().map(|(index, node)| (node.id.as_str(), index)).collect();
        // The way that goes on stands before the one that leads aside.
        edges.sort_by_key(|edge| (place[&*edge.from], nodes[place[&*edge.to]].kind.is_aside(), place[&*edge.to]));
        for edge in &mut edges {
            edge.set_condition(&nodes[place[&*edge.from]], &nodes[place[&*edge.to]]);
        }
        lanes.retain(|lane| nodes.iter().any(|node| node.lanes.contains(&lane.id)));
        Flow { lanes, nodes, edges }
    }

    /// The step with this id.
    pub fn node(&self, id: &str) -> Option<&Node> {
        self.nodes.iter().find(|node| node.id == id)
    }

    /// The steps that have to be done before this one can begin, bars looked through; ways back do not count.
    pub fn steps_before(&self, id: &str) -> impl Iterator<Item = &Node> {
        let mut found: Vec<&str> = Vec::new();
        let mut stack = vec![id];
        while let Some(at) = stack.pop() {
            let into = self.edges.iter().filter(|edge| edge.to == at && edge.kind != EdgeKind::Back);
            for node in into.filter_map(|edge| self.node(&edge.from)) {
                if node.kind == NodeKind::Parallel {
                    stack.push(&node.id);
                } else {
                    found.push(&node.id);
                }
            }
        }
        self.nodes.iter().filter(move |node| found.contains(&node.id.as_str()))
    }
}

impl Edge {
    fn new(from: &str, to: &str, kind: EdgeKind, label: Option<&str>) -> Edge {
        Edge { from: from.to_owned(), to: to.to_owned(), kind, label: label.map(str::to_owned), when: None }
    }

    /// The condition of a step is written on what leads to it, unless the step before has the same; not on what leads from an
    /// item to what it does jointly.
    fn set_condition(&mut self, from: &Node, to: &Node) {
        let inner = to.kind == NodeKind::Joint && from.items().any(|item| to.items().any(|other| other == item));
        if let Some(when) = &to.when
            && self.label.is_none()
            && !inner
            && from.when.as_ref().is_none_or(|other| other.text != when.text)
        {
            self.label = Some(when.words.clone());
            self.when = Some(when.clone());
        }
    }
}

impl Node {
    fn new(id: &str, kind: NodeKind, phase: Phase, lane: &Lane, label: impl Into<String>) -> Node {
        Node {
            id: id.to_owned(),
            kind,
            phase,
            label: label.into(),
            details: Vec::new(),
            actor: lane.name.clone(),
            lane: lane.id.clone(),
            lanes: vec![lane.id.clone()],
            duration: None,
            whole_item: false,
            off_clock: false,
            when: None,
            parts: Vec::new(),
            decides: Vec::new(),
            results: Vec::new(),
        }
    }

    fn detail(mut self, detail: impl Into<String>) -> Node {
        self.details.push(detail.into());
        self
    }
}

impl Lane {
    /// Every lane that there could be.
    fn all(agencies: &[Agency]) -> Vec<Lane> {
        let lane = |id: &str, kind, name: &str| Lane { id: id.to_owned(), kind, name: name.to_owned() };
        let mut lanes =
            vec![lane("applicant", LaneKind::Applicant, APPLICANT), lane("window", LaneKind::Window, COUNTER)];
        lanes.extend(agencies.iter().map(|agency| {
            let kind = if agency.role == Role::Lead { LaneKind::Lead } else { LaneKind::Agency };
            lane(&super::ids::lane(&agency.id), kind, &agency.name)
        }));
        lanes.push(lane("unassigned", LaneKind::Unassigned, UNASSIGNED));
        lanes
    }
}
