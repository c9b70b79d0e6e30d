//! The guide's steps, from the flow.

use crate::models::flow;
use crate::page::{Block, Card, Step, Text};
use crate::parts::charts;
use crate::words::view::{View, duration};
use yijianshi_core::plan::{EdgeKind, Node, NodeKind};

pub(super) fn blocks(view: View<'_>) -> Vec<Block> {
    vec![
        Block::Steps(steps(view)),
        Block::Mermaid(flow::mermaid(view.plan)),
        Block::Chart(Box::new(charts::external(view.plan))),
        Block::Chart(Box::new(charts::internal(view.plan))),
    ]
}

fn steps(view: View<'_>) -> Vec<Step> {
    let flow = &view.plan.flow;
    let mut steps: Vec<Step> = Vec::new();
    let mut handled = false;
    for node in &flow.nodes {
        let lines: Vec<Text> = match node.kind {
            // Told with the step that leads to them.
            NodeKind::Start | NodeKind::Supplement | NodeKind::Refusal | NodeKind::Parallel => continue,
            kind if kind.is_end() => continue,
            kind if kind.is_decision() => asides(view, node),
            NodeKind::Questions => {
                vec![Text::of(format!("回答{}个问题，确定要办的事项和要交的材料。", node.details.len()))]
            }
            NodeKind::Item | NodeKind::Joint => {
                if !handled {
                    steps.push(handling(view));
                    handled = true;
                }
                continue;
            }
            _ => node.duration.map(|limit| format!("用时{}", duration(limit))).iter().map(Text::of).collect(),
        };
        let details = node.details.iter().filter(|_| node.kind != NodeKind::Questions);
        steps.push(Step {
            title: Text::of(&node.label),
            tone: view.tone(&node.actor),
            actor: Text::of(&node.actor),
            lines: lines.into_iter().chain(details.map(Text::of)).collect(),
            cards: Vec::new(),
        });
    }
    steps
}

/// Where a decision leads, apart from the next step.
fn asides(view: View<'_>, node: &Node) -> Vec<Text> {
    let flow = &view.plan.flow;
    let ways = flow.edges.iter().filter(|edge| edge.from == node.id);
    ways.filter_map(|edge| {
        let mut target = flow.node(&edge.to).filter(|target| is_told(target))?;
        let mut text = format!("{}：", edge.label.as_deref().unwrap_or_default());
        loop {
            text += &target.label;
            if !target.details.is_empty() {
                text += &format!("（{}）", target.details.join("；"));
            }
            let Some(next) = flow.edges.iter().find(|edge| edge.from == target.id) else { break };
            text += &format!("，{}", next.label.as_deref().unwrap_or_default());
            match flow.node(&next.to).filter(|_| next.kind != EdgeKind::Back) {
                Some(further) if is_told(further) => target = further,
                Some(further) => {
                    text += &further.label;
                    break;
                }
                None => break,
            }
        }
        Some(Text::of(text))
    })
    .collect()
}

/// What is told with the decision that leads to it.
fn is_told(node: &Node) -> bool {
    node.kind.is_aside() && !node.kind.is_decision()
}

fn handling(view: View<'_>) -> Step {
    let flow = &view.plan.flow;
    let nodes: Vec<&Node> =
        flow.nodes.iter().filter(|node| matches!(node.kind, NodeKind::Item | NodeKind::Joint)).collect();
    let joint = nodes.iter().any(|node| node.kind == NodeKind::Joint);
    let waiting =
        nodes.iter().any(|node| flow.steps_before(&node.id).any(|first| nodes.iter().any(|n| n.id == first.id)));
    let line = match waiting {
        true => "没有先后的同时办；要等前一步的，前一步办完就接着办，不用您再申请。",
        false => "各部门同时办理。",
    };
    Step {
        title: Text::of(if joint { "分别审批、联合办理" } else { "分别审批" }),
        tone: view.tone(view.plan.bundle.lead.as_deref().unwrap_or_default()),
        actor: Text::of("各联办单位"),
        lines: if nodes.len() > 1 { vec![Text::of(line)] } else { Vec::new() },
        cards: nodes.into_iter().map(|node| card(view, node)).collect(),
    }
}

fn card(view: View<'_>, node: &Node) -> Card {
    let flow = &view.plan.flow;
    let mut lines = vec![Text::of(view.actors(node))];
    lines.extend(node.details.iter().map(Text::of));
    lines.extend(node.when.as_ref().map(|when| Text::of(format!("{}的才办", when.words))));
    if node.is_optional() {
        lines.push(Text::of("申请人可以不办"));
    }
    let before = flow.steps_before(&node.id).filter(|first| matches!(first.kind, NodeKind::Item | NodeKind::Joint));
    let before: Vec<&str> = before.map(|first| first.label.as_str()).collect();
    if !before.is_empty() {
        lines.push(Text::of(format!("{}办完后开始", before.join("、"))));
    }
    let results: Vec<&str> = node.results.iter().map(|result| result.name.as_str()).collect();
    if !results.is_empty() {
        lines.push(Text::of(format!("结果：{}", results.join("、"))));
    }
    Card {
        tone: view.tone(&node.actor),
        title: Text::of(&node.label),
        badge: node.duration.map(|limit| Text::of(duration(limit))),
        lines,
    }
}
