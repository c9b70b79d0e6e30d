//! What frames the items: from the first question to acceptance, and from the decisions to the end.

use super::{COUNTER, Edge, EdgeKind, Lane, LaneKind, Node, NodeKind, Phase};
use crate::model::PartialFailure;
use crate::plan::condition::When;
use crate::plan::header::texts;
use crate::plan::item::Item;
use crate::program::Program;

/// Steps in order, and what leads from one to another.
#[derive(Debug)]
pub(super) struct Frame {
    pub(super) nodes: Vec<Node>,
    pub(super) edges: Vec<Edge>,
    lanes: [Lane; 2],
}

/// Who does a step of the frame.
#[derive(Debug, Clone, Copy)]
enum By {
    Applicant,
    Window,
}

/// An edge that is still to be drawn: from which step, and in answer to what.
#[derive(Debug)]
struct Open {
    from: String,
    kind: EdgeKind,
}

impl Frame {
    fn new(lanes: &[Lane]) -> Frame {
        let lane = |kind: LaneKind, id: &str, name: &str| {
            let found = lanes.iter().find(|lane| lane.kind == kind).cloned();
            found.unwrap_or(Lane { id: id.to_owned(), kind, name: name.to_owned() })
        };
        let lanes = [lane(LaneKind::Applicant, "applicant", "申请人"), lane(LaneKind::Window, "window", COUNTER)];
        Frame { nodes: Vec::new(), edges: Vec::new(), lanes }
    }

    /// The step by which the frame is entered.
    pub(super) fn first(&self) -> &Node {
        &self.nodes[0]
    }

    /// The step by which it is left.
    pub(super) fn last(&self) -> &Node {
        &self.nodes[self.nodes.len() - 1]
    }

    fn make(&self, id: &str, kind: NodeKind, phase: Phase, by: By, label: &str) -> Node {
        let lane = match by {
            By::Applicant => &self.lanes[0],
            By::Window => &self.lanes[1],
        };
        Node::new(id, kind, phase, lane, label)
    }

    /// Adds a step and what leads to it.
    fn add(&mut self, node: Node, from: Vec<Open>) -> Open {
        for open in from {
            self.edge(&open.from, &node.id, open.kind);
        }
        let open = next(&node.id);
        self.nodes.push(node);
        open
    }

    fn edge(&mut self, from: &str, to: &str, kind: EdgeKind) {
        let label = match kind {
            EdgeKind::Yes => Some("是"),
            EdgeKind::No => Some("否"),
            EdgeKind::Back => Some("补正后重新提交"),
            EdgeKind::Next => None,
        };
        self.edges.push(Edge::new(from, to, kind, label));
    }
}

fn next(id: &str) -> Open {
    Open { from: id.to_owned(), kind: EdgeKind::Next }
}

fn answer(id: &str, yes: bool) -> Open {
    Open { from: id.to_owned(), kind: if yes { EdgeKind::Yes } else { EdgeKind::No } }
}

/// From the start to acceptance. The questions come before the check that the bundle is for the applicant: it uses the answers.
pub(super) fn opening(program: &Program<'_>, form_name: &str, lanes: &[Lane]) -> Frame {
    let mut f = Frame::new(lanes);
    let start = format!("开始：{}", program.title);
    let mut open = f.add(f.make("start", NodeKind::Start, Phase::Questions, By::Applicant, &start), Vec::new());
    if !program.questions.is_empty() {
        let mut node = f.make("questions", NodeKind::Questions, Phase::Questions, By::Applicant, "选择情形");
        node.details = program.questions.iter().map(|question| question.ask.to_string()).collect();
        open = f.add(node, vec![open]);
    }
    for (index, (when, advice)) in program.exits.iter().enumerate() {
        let (check, exit) = (format!("exit_check_{}", index + 1), format!("exit_{}", index + 1));
        let when = When::of(program, when);
        let ask = format!("{}？", when.words);
        f.add(f.make(&check, NodeKind::ExitCheck, Phase::Questions, By::Applicant, &ask), vec![open]);
        f.add(
            f.make(&exit, NodeKind::Exit, Phase::Questions, By::Applicant, &advice.value),
            vec![answer(&check, true)],
        );
        if let Some(edge) = f.edges.last_mut() {
            edge.when = Some(when);
        }
        open = answer(&check, false);
    }
    let mut submission = f.make("submission", NodeKind::Submission, Phase::Submission, By::Applicant, "一次提交");
    submission.details.push(format!("{form_name}和一套材料"));
    let channels = texts(&program.bundle.channels);
    if !channels.is_empty() {
        submission.details.push(format!("办理形式：{}", channels.join("、")));
    }
    let open = f.add(submission, vec![open]);
    let receipt = f.make("receipt", NodeKind::Receipt, Phase::Acceptance, By::Window, "统一收件");
    let open = f.add(receipt, vec![open]);
    let ask = "材料齐全、符合法定形式？";
    let complete = f.make("completeness", NodeKind::Completeness, Phase::Acceptance, By::Window, ask);
    f.add(complete, vec![open]);
    let supplement = f
        .make("supplement", NodeKind::Supplement, Phase::Acceptance, By::Applicant, "补正材料")
        .detail("综合窗口一次告知需要补正的全部内容");
    f.add(supplement, vec![answer("completeness", false)]);
    f.edge("supplement", "receipt", EdgeKind::Back);
    let ask = "属于受理范围、符合受理条件？";
    let admission = f.make("admission", NodeKind::Admission, Phase::Acceptance, By::Window, ask);
    f.add(admission, vec![answer("completeness", true)]);
    let rejected = f
        .make("rejected", NodeKind::Rejected, Phase::Acceptance, By::Window, "不予受理")
        .detail("出具不予受理凭证，说明理由");
    f.add(rejected, vec![answer("admission", false)]);
    let mut acceptance = f.make("acceptance", NodeKind::Acceptance, Phase::Acceptance, By::Window, "统一受理、分派");
    acceptance.duration = program.bundle.acceptance.map(|limit| limit.value);
    f.add(acceptance, vec![answer("admission", true)]);
    f
}

/// From the decisions to the end.
pub(super) fn closing(program: &Program<'_>, items: &[Item], lanes: &[Lane]) -> Frame {
    let mut f = Frame::new(lanes);
    let mut issue = Vec::new();
    if !items.is_empty() {
        let several = items.len() > 1;
        let ask = if several { "各事项都准予？" } else { "准予？" };
        f.add(f.make("verdict", NodeKind::Verdict, Phase::Issuing, By::Window, ask), Vec::new());
        issue.push(answer("verdict", true));
        let mut refusal = f
            .make("refusal", NodeKind::Refusal, Phase::Issuing, By::Window, "送达不予许可决定书")
            .detail("说明理由，告知行政复议、行政诉讼的权利");
        if items.iter().any(|item| !item.preconditions.is_empty()) {
            refusal.details.push("后面要等它办结的事项不再办理".to_owned());
        }
        let policy = program.bundle.partial_failure.map(|policy| policy.value).filter(|_| several);
        refusal.details.extend(match policy {
            Some(PartialFailure::IssueOthers) => Some("其余事项的结果照发".to_owned()),
            Some(PartialFailure::WithholdAll) => Some("其余事项的结果也不发".to_owned()),
            Some(PartialFailure::AskApplicant) => Some("征求申请人对其余事项的意见".to_owned()),
            None if several => Some("其余事项怎么办：没有写明".to_owned()),
            None => None,
        });
        let open = f.add(refusal, vec![answer("verdict", false)]);
        let refused =
            |f: &Frame, label: &str| f.make("refused", NodeKind::Refused, Phase::Issuing, By::Applicant, label);
        match policy {
            Some(PartialFailure::IssueOthers) => issue.push(open),
            Some(PartialFailure::WithholdAll) => {
                f.add(refused(&f, "办结：全部不发"), vec![open]);
            }
            Some(PartialFailure::AskApplicant) => {
                let ask = "申请人同意其余的照发？";
                f.add(f.make("consent", NodeKind::Consent, Phase::Issuing, By::Applicant, ask), vec![open]);
                issue.push(answer("consent", true));
                f.add(refused(&f, "办结：不再出件"), vec![answer("consent", false)]);
            }
            None => {
                f.add(refused(&f, "办结：不予许可"), vec![open]);
            }
        }
    }
    let mut issuing = f.make("issuing", NodeKind::Issuing, Phase::Issuing, By::Window, "统一出件");
    issuing.duration = program.bundle.issuing.map(|limit| limit.value);
    let open = f.add(issuing, issue);
    let mut delivery = f.make("delivery", NodeKind::Delivery, Phase::Issuing, By::Applicant, "领取结果");
    let mut results: Vec<&str> = Vec::new();
    for result in items.iter().flat_map(|item| &item.results) {
        if !results.contains(&&*result.name) {
            results.push(&result.name);
        }
    }
    delivery.details.extend((!results.is_empty()).then(|| results.join("、")));
    let ways = texts(&program.bundle.delivery);
    delivery.details.extend((!ways.is_empty()).then(|| format!("送达方式：{}", ways.join("、"))));
    let open = f.add(delivery, vec![open]);
    f.add(f.make("end", NodeKind::End, Phase::Issuing, By::Applicant, "办结"), vec![open]);
    f
}
