//! The flow: from the applicant's first question to the last certificate. Every chart and every step text is made from it.

use schemars::JsonSchema;
use serde::Serialize;

use super::condition::When;
use super::item::Item;
use crate::model::StageKind;
use crate::program::{MeasureKind, Program};

/// 办理流程。
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct Flow {
    /// 步骤。
    pub nodes: Vec<Node>,
    /// 先后。
    pub edges: Vec<Edge>,
}

/// 一步。
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct Node {
    /// 英文标识。
    pub id: String,
    /// 种类。
    pub kind: NodeKind,
    /// 名称。
    pub label: String,
    /// 补充说明，例如单位、时限。
    pub details: Vec<String>,
    /// 由谁做。
    pub actor: String,
    /// 涉及的事项（英文标识）。
    pub items: Vec<String>,
}

/// 步骤的种类。
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum NodeKind {
    /// 开始。
    Start,
    /// 不适用的判断。
    ExitCheck,
    /// 转办。
    Exit,
    /// 情形选择。
    Questions,
    /// 一次提交。
    Submission,
    /// 收件。
    Receipt,
    /// 材料是否齐全。
    Completeness,
    /// 一次告知补正。
    Supplement,
    /// 受理、分派。
    Acceptance,
    /// 办理一个事项。
    Item,
    /// 联合办理。
    Joint,
    /// 统一出件。
    Issuing,
    /// 结束。
    End,
}

/// 先后。
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Edge {
    /// 从哪一步。
    pub from: String,
    /// 到哪一步。
    pub to: String,
    /// 什么情况下走这里。
    pub label: Option<String>,
}

/// The counter at which everything is handed in and given out.
pub const COUNTER: &str = "综合窗口";
const APPLICANT: &str = "申请人";

struct Builder {
    flow: Flow,
}

impl Builder {
    fn node(
        &mut self,
        id: &str,
        kind: NodeKind,
        label: impl Into<String>,
        actor: &str,
        details: Vec<String>,
        items: Vec<String>,
    ) {
        self.flow.nodes.push(Node {
            id: id.to_owned(),
            kind,
            label: label.into(),
            details,
            actor: actor.to_owned(),
            items,
        });
    }

    fn edge(&mut self, from: &str, to: &str, label: Option<String>) {
        let edge = Edge { from: from.to_owned(), to: to.to_owned(), label };
        if !self.flow.edges.contains(&edge) {
            self.flow.edges.push(edge);
        }
    }
}

impl Flow {
    pub(super) fn of(program: &Program<'_>, items: &[Item], form_name: &str) -> Flow {
        let mut b = Builder { flow: Flow { nodes: Vec::new(), edges: Vec::new() } };
        let actor = APPLICANT;
        b.node("start", NodeKind::Start, format!("开始\u{ff1a}{}", program.title), actor, Vec::new(), Vec::new());
        let mut last = "start".to_owned();
        let mut way: Option<String> = None;
        for (index, (when, advice)) in program.exits.iter().enumerate() {
            let (check, exit) = (format!("exit-check-{}", index + 1), format!("exit-{}", index + 1));
            b.node(
                &check,
                NodeKind::ExitCheck,
                format!("{}\u{ff1f}", When::of(program, when).words),
                actor,
                Vec::new(),
                Vec::new(),
            );
            b.node(&exit, NodeKind::Exit, advice.value.to_string(), actor, Vec::new(), Vec::new());
            b.edge(&last, &check, way.take());
            b.edge(&check, &exit, Some("是".to_owned()));
            last = check;
            way = Some("否".to_owned());
        }
        if !program.questions.is_empty() {
            let asks = program.questions.iter().map(|question| question.ask.to_string()).collect();
            b.node("questions", NodeKind::Questions, "选择情形", actor, asks, Vec::new());
            b.edge(&last, "questions", way.take());
            last = "questions".to_owned();
        }
        b.node(
            "submission",
            NodeKind::Submission,
            "一次提交",
            actor,
            vec![format!("{form_name}和一套材料")],
            Vec::new(),
        );
        b.edge(&last, "submission", way.take());
        b.node("receipt", NodeKind::Receipt, "统一收件", COUNTER, Vec::new(), Vec::new());
        b.node(
            "completeness",
            NodeKind::Completeness,
            "材料齐全、符合法定形式\u{ff1f}",
            COUNTER,
            Vec::new(),
            Vec::new(),
        );
        b.node("supplement", NodeKind::Supplement, "一次告知补正", COUNTER, Vec::new(), Vec::new());
        let acceptance = program.bundle.acceptance.map(|limit| limit.value.to_string()).into_iter().collect();
        b.node("acceptance", NodeKind::Acceptance, "统一受理、分派", COUNTER, acceptance, Vec::new());
        b.edge("submission", "receipt", None);
        b.edge("receipt", "completeness", None);
        b.edge("completeness", "supplement", Some("否".to_owned()));
        b.edge("supplement", "submission", Some("补正后重新提交".to_owned()));
        b.edge("completeness", "acceptance", Some("是".to_owned()));
        b.items(program, items);
        let issuing = program.bundle.issuing.map(|limit| limit.value.to_string());
        let results: Vec<String> =
            items.iter().flat_map(|item| item.results.iter().map(|result| result.name.clone())).collect();
        b.node(
            "issuing",
            NodeKind::Issuing,
            "统一出件",
            COUNTER,
            issuing.into_iter().chain(results).collect(),
            Vec::new(),
        );
        b.node("end", NodeKind::End, "办结", APPLICANT, Vec::new(), Vec::new());
        b.edge("issuing", "end", None);
        b.flow
    }
}

impl Builder {
    fn items(&mut self, program: &Program<'_>, items: &[Item]) {
        let node = |item: &Item| format!("item-{}", item.id);
        // After an item comes the joint stage that it takes part in.
        let mut out: Vec<String> = items.iter().map(node).collect();
        for item in items {
            let mut details: Vec<String> = item.agency.iter().cloned().collect();
            details.extend(item.limit_after.map(|limit| limit.to_string()));
            self.node(
                &node(item),
                NodeKind::Item,
                &item.name,
                item.agency.as_deref().unwrap_or(COUNTER),
                details,
                vec![item.id.clone()],
            );
        }
        for (index, measure) in program.measures.iter().enumerate() {
            let MeasureKind::JointStage { items: joined, kind, .. } = &measure.kind else { continue };
            if joined.len() < 2 {
                continue;
            }
            let id = format!("joint-{}", index + 1);
            let label = match kind {
                StageKind::Inspection => "联合勘验\u{ff1a}一次上门、同步核查".to_owned(),
                other => format!("联合{other}\u{ff1a}一次完成"),
            };
            let ids = joined.iter().map(|at| items[at.value.index()].id.clone()).collect();
            let agencies = joined.iter().filter_map(|at| items[at.value.index()].agency.clone());
            let mut details: Vec<String> = agencies.collect();
            details.dedup();
            self.node(&id, NodeKind::Joint, label, COUNTER, details, ids);
            for at in joined {
                let from = std::mem::replace(&mut out[at.value.index()], id.clone());
                self.edge(&from, &id, None);
            }
        }
        let by_id = |id: &str| items.iter().position(|item| item.id == id);
        let mut waited = vec![false; items.len()];
        for item in items {
            let label = item.when.as_ref().map(|when| when.words.clone());
            if item.preconditions.is_empty() {
                self.edge("acceptance", &node(item), label.clone());
            }
            for first in item.preconditions.iter().filter_map(|id| by_id(id)) {
                waited[first] = true;
                self.edge(&node(&items[first]), &node(item), label.clone());
            }
        }
        for (index, item) in items.iter().enumerate() {
            if !waited[index] || out[index] != node(item) {
                let from = out[index].clone();
                self.edge(&from, "issuing", None);
            }
        }
        if items.is_empty() {
            self.edge("acceptance", "issuing", None);
        }
    }
}
