//! The guide's steps, from the flow.

use super::super::chart;
use super::super::doc::{Block, Card, Step, Text};
use super::super::view::{View, duration};
use crate::plan::{Node, NodeKind};

pub(super) fn blocks(view: View<'_>) -> Vec<Block> {
    vec![Block::Steps(steps(view)), Block::Mermaid(chart::mermaid(view))]
}

fn steps(view: View<'_>) -> Vec<Step> {
    let flow = &view.plan.flow;
    let mut steps: Vec<Step> = Vec::new();
    let mut handled = false;
    for node in &flow.nodes {
        let lines: Vec<Text> = match node.kind {
            // Told with the step that leads to them.
            NodeKind::Start | NodeKind::Exit | NodeKind::Supplement | NodeKind::End => continue,
            NodeKind::ExitCheck | NodeKind::Completeness => ways(view, node),
            NodeKind::Questions => {
                vec![Text::of(format!("回答{}个问题\u{ff0c}确定要办的事项和要交的材料。", node.details.len()))]
            }
            NodeKind::Item | NodeKind::Joint => {
                if !handled {
                    steps.push(handling(view));
                    handled = true;
                }
                continue;
            }
            _ => node.details.iter().map(Text::of).collect(),
        };
        steps.push(Step {
            title: Text::of(&node.label),
            tone: view.tone(&node.actor),
            actor: Text::of(&node.actor),
            lines,
            cards: Vec::new(),
        });
    }
    steps
}

/// Where a decision leads, apart from the next step.
fn ways(view: View<'_>, node: &Node) -> Vec<Text> {
    let flow = &view.plan.flow;
    let target = |id: &str| flow.nodes.iter().find(|node| node.id == id);
    let aside = |kind: NodeKind| matches!(kind, NodeKind::Exit | NodeKind::Supplement);
    flow.edges
        .iter()
        .filter(|edge| edge.from == node.id)
        .filter_map(|edge| Some((edge, target(&edge.to).filter(|target| aside(target.kind))?)))
        .map(|(edge, target)| {
            let back = flow.edges.iter().find(|back| back.from == target.id).and_then(|back| back.label.as_ref());
            let back = back.map(|back| format!("\u{ff0c}{back}")).unwrap_or_default();
            Text::of(format!("{}\u{ff1a}{}{back}", edge.label.as_deref().unwrap_or_default(), target.label))
        })
        .collect()
}

fn handling(view: View<'_>) -> Step {
    let flow = &view.plan.flow;
    let nodes: Vec<&Node> =
        flow.nodes.iter().filter(|node| matches!(node.kind, NodeKind::Item | NodeKind::Joint)).collect();
    let joint = nodes.iter().any(|node| node.kind == NodeKind::Joint);
    let waiting = view.plan.items.iter().any(|item| !item.preconditions.is_empty());
    let line = match waiting {
        true => "没有先后的同时办\u{ff1b}要等前一项的\u{ff0c}前一项办结就接着办\u{ff0c}不用您再申请。",
        false => "各部门同时办理。",
    };
    let cards = nodes.iter().map(|node| match node.kind {
        NodeKind::Joint => Card {
            tone: view.tone(&node.actor),
            title: Text::of(&node.label),
            badge: None,
            lines: vec![Text::of(format!("涉及{}", view.item_names(&node.items))), Text::of(node.details.join("、"))],
        },
        _ => item(view, node),
    });
    Step {
        title: Text::of(if joint { "分别审批、联合办理" } else { "分别审批" }),
        tone: view.tone(view.plan.bundle.lead.as_deref().unwrap_or_default()),
        actor: Text::of("各联办单位"),
        lines: if view.plan.items.len() > 1 { vec![Text::of(line)] } else { Vec::new() },
        cards: cards.collect(),
    }
}

fn item(view: View<'_>, node: &Node) -> Card {
    let item = node.items.first().and_then(|id| view.item(id));
    let mut lines = vec![Text::of(&node.actor)];
    if let Some(item) = item {
        lines.extend(item.when.as_ref().map(|when| Text::of(format!("{}的才办", when.words))));
        if !item.preconditions.is_empty() {
            lines.push(Text::of(format!("{}办结后开始", view.item_names(&item.preconditions))));
        }
        let results: Vec<&str> = item.results.iter().map(|result| result.name.as_str()).collect();
        if !results.is_empty() {
            lines.push(Text::of(format!("结果\u{ff1a}{}", results.join("、"))));
        }
    }
    Card {
        tone: view.tone(&node.actor),
        title: Text::of(&node.label),
        badge: item.and_then(|item| item.limit_after).map(|limit| Text::of(duration(limit))),
        lines,
    }
}
