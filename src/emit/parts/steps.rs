//! What the people at the counter do.

use crate::words::view::{View, duration};
use yijianshi_core::plan::{EdgeKind, Node, NodeKind};

/// What the people at the counter do, in order, and what belongs to it.
pub fn counter(view: View<'_>) -> Vec<(String, Vec<String>)> {
    let flow = &view.plan.flow;
    let own = |node: &&Node| node.lane == "window" && !matches!(node.kind, NodeKind::Parallel) && !node.kind.is_end();
    let mut list = Vec::new();
    for node in flow.nodes.iter().filter(own) {
        let mut how: Vec<String> = Vec::new();
        let what = match node.kind {
            kind if kind.is_decision() => {
                let no = flow.edges.iter().find(|edge| edge.from == node.id && edge.kind == EdgeKind::No);
                if let Some(to) = no.and_then(|edge| flow.node(&edge.to)) {
                    let details = match to.details.is_empty() {
                        true => String::new(),
                        false => format!("（{}）", to.details.join("；")),
                    };
                    how.push(format!("不是的，{}{details}", to.label));
                }
                match node.kind {
                    NodeKind::Completeness => "核对材料是否齐全、是否符合法定形式".to_owned(),
                    NodeKind::Admission => "核对是否属于受理范围、是否符合受理条件".to_owned(),
                    NodeKind::Verdict => "核对各事项是否都准予".to_owned(),
                    _ => node.label.clone(),
                }
            }
            _ => node.label.clone(),
        };
        how.extend(node.duration.map(|limit| format!("用时{}", duration(limit))));
        // Told with the decision that leads to it.
        if node.kind != NodeKind::Refusal {
            how.extend(node.details.iter().cloned());
            list.push((what, how));
        }
    }
    list
}
