//! What the documentation of a task says.

use super::formula::{LEFT_OUT, optional};
use crate::words::view::{View, duration};
use crate::write::text::display;
use yijianshi_core::plan::{Node, NodeKind, Plan, QuestionKind};

/// The documentation of a step, a line each.
pub(super) fn documentation(view: View<'_>, node: &Node) -> String {
    let plan = view.plan;
    let mut lines: Vec<String> = Vec::new();
    match node.kind {
        NodeKind::Start if !plan.flow.nodes.iter().any(|node| node.kind == NodeKind::Questions) => {
            lines.push(node.label.clone());
            lines.extend(answers(plan));
        }
        NodeKind::Start | NodeKind::Exit => lines.push(node.label.clone()),
        NodeKind::Questions => lines.extend(answers(plan)),
        NodeKind::Receipt => lines.push(
            "办完时写明 materials_complete（材料齐全、符合法定形式）和 admissible（予以受理）：true 或 false。"
                .to_owned(),
        ),
        _ => {}
    }
    if node.kind != NodeKind::Questions {
        lines.extend(node.details.iter().cloned());
    }
    if matches!(node.kind, NodeKind::Item | NodeKind::Joint) {
        lines.push(format!("由{}办理", view.actors(node)));
    }
    if let Some(limit) = node.duration {
        let whole = if node.whole_item { "（整个事项）" } else { "" };
        lines.push(format!("用时：{}{whole}", duration(limit)));
    }
    if let Some(when) = &node.when {
        lines.push(format!("条件：{}", when.words));
    }
    if plan.flow.edges.iter().any(|edge| edge.from == node.id && edge.to == "consent") {
        lines.push("办完时写明 consented（申请人同意其余的照发）：true 或 false。".to_owned());
    }
    for item in &node.decides {
        let name = view.item_name(item);
        lines.push(format!("办完时写明 granted_{item}（准予{name}）：true 或 false。"));
    }
    for result in &node.results {
        lines.push(format!("结果：{}（data_{}）", result.name, result.id));
    }
    lines.iter().map(|line| display(line)).collect::<Vec<_>>().join("\n")
}

/// What the answers are called, and what they can be.
fn answers(plan: &Plan) -> Vec<String> {
    let mut lines = Vec::new();
    if !plan.questions.is_empty() {
        lines.push("办完时写明 answers，就是表单里的回答；问到的都要有，没有问到的不能有。各项是：".to_owned());
    }
    for question in &plan.questions {
        let options = || {
            let options = question.kind.options().iter().map(|option| format!("{}（{}）", option.id, option.name));
            options.collect::<Vec<_>>().join("、")
        };
        let kind = match &question.kind {
            QuestionKind::YesNo => "true 或 false".to_owned(),
            QuestionKind::Choice { .. } => options(),
            QuestionKind::Choices { .. } => format!("列表：{}", options()),
            QuestionKind::Number { unit, .. } => format!("数{}", unit.as_deref().unwrap_or_default()),
            QuestionKind::Date { .. } => "日期，例如 2026-01-31".to_owned(),
        };
        lines.push(format!("{}：{}（{kind}）", question.id, question.ask));
    }
    let optional = optional(plan);
    if !optional.is_empty() {
        lines.push(format!("{LEFT_OUT}：不办的事项，列表；都办的可以不写。可以是：{}", optional.join("、")));
    }
    lines
}
