//! What each step of the flow looks like: its symbol, its words, its size.

use crate::layout::Size;
use crate::parts::charts::label::Label;
use crate::parts::charts::notes::Notes;
use crate::parts::charts::palette::{ASIDE, DECISION, Role, TERMINAL, lane};
use crate::parts::charts::shapes::{PILL, Symbol, pill_size};
use crate::words::view::{View, duration};
use crate::write::svg::Font;
use crate::write::text::{display, width};
use yijianshi_core::plan::{Flow, Lane, Node, NodeKind};

/// A step as it is drawn.
#[derive(Debug)]
pub struct Look {
    /// Its symbol.
    pub symbol: Symbol,
    /// Its colours.
    pub role: Role,
    /// Its words.
    pub label: Label,
    /// How long it takes.
    pub badge: Option<Label>,
    /// Its size, at least.
    pub size: Size,
}

/// The symbol of a kind of step.
pub fn symbol(kind: NodeKind) -> Symbol {
    match kind {
        NodeKind::Start | NodeKind::End | NodeKind::Exit | NodeKind::Rejected | NodeKind::Refused => Symbol::Terminal,
        NodeKind::Questions => Symbol::Choice,
        NodeKind::Submission => Symbol::Document,
        NodeKind::Delivery => Symbol::Documents,
        NodeKind::Receipt | NodeKind::Supplement | NodeKind::Acceptance | NodeKind::Refusal | NodeKind::Issuing => {
            Symbol::Process
        }
        NodeKind::Item => Symbol::Approval,
        NodeKind::Joint => Symbol::Joint,
        NodeKind::Parallel => Symbol::Parallel,
        NodeKind::ExitCheck | NodeKind::Completeness | NodeKind::Admission | NodeKind::Verdict | NodeKind::Consent => {
            Symbol::Decision
        }
    }
}

/// A lane's colours: an agency has the same in all charts.
pub fn lane_role(view: View<'_>, own: &Lane) -> Role {
    lane(own.kind, view.plan.agencies.iter().position(|agency| agency.name == own.name).unwrap_or(0))
}

/// The colours of a step.
pub fn role(view: View<'_>, node: &Node) -> Role {
    match symbol(node.kind) {
        Symbol::Terminal if matches!(node.kind, NodeKind::Start | NodeKind::End) => TERMINAL,
        Symbol::Terminal => ASIDE,
        Symbol::Decision => DECISION,
        _ => view.plan.flow.lanes.iter().find(|own| own.id == node.lane).map_or(ASIDE, |own| lane_role(view, own)),
    }
}

/// How long a step takes, as its badge says.
pub fn badge(flow: &Flow, node: &Node) -> Option<Label> {
    if node.off_clock {
        return Some(Label::line("不计时", PILL));
    }
    let words = duration(node.duration?);
    // Of an item that has several steps it is the time of all.
    let mut items = node.items();
    let whole = node.whole_item
        && items.any(|item| flow.nodes.iter().any(|other| other.id != node.id && other.items().any(|own| own == item)));
    let words = if whole { format!("共{words}") } else { words };
    Some(Label::line(&words, PILL))
}

impl Look {
    /// A step in the swimlane chart.
    pub fn of(view: View<'_>, node: &Node, notes: &mut Notes) -> Look {
        let flow = &view.plan.flow;
        let (symbol, role) = (symbol(node.kind), role(view, node));
        let bold = Font::new(150, 600, role.text);
        let plain = Font::new(130, 400, role.text);
        let (name, part) = node.label.split_once('·').unwrap_or((&node.label, ""));
        let (least, most) = match symbol {
            Symbol::Decision => (room(name, 5, 9), room(name, 7, 11)),
            Symbol::Joint => (room(name, 5, 6), room(name, 6, 7)),
            _ => (room(name, 5, 12), room(name, 7, 13)),
        };
        let mut label = match node.kind {
            NodeKind::Start => Label::centred("开始", 6, bold),
            NodeKind::Parallel => Label::new(),
            NodeKind::Exit if width(&display(&node.label)) > 2100 => {
                Label::centred(&format!("不适用{}", notes.mark(&display(&node.label))), 7, bold)
            }
            _ => Label::snug(name, least, most, bold),
        };
        if !part.is_empty() {
            label = label.snug_and(part, least, most + 1, plain);
        }
        match node.kind {
            NodeKind::Questions => label = label.and(&format!("回答{}个问题", node.details.len()), 8, plain),
            NodeKind::Submission => {
                for detail in node.details.iter().take(1) {
                    label = label.snug_and(detail, room(detail, 6, 12), room(detail, 9, 14), plain);
                }
            }
            NodeKind::Joint => {
                for detail in &node.details {
                    label = label.snug_and(detail, 6, 9, plain);
                }
            }
            _ => {}
        }
        let badge = badge(flow, node);
        let mut size = symbol.around(label.size());
        if let Some(badge) = &badge {
            size.width = size.width.max(pill_size(badge).width + 30);
        }
        size.width += size.width % 2;
        Look { symbol, role, label, badge, size }
    }
}

/// How wide to set a name so that it takes at most four lines.
pub fn room(words: &str, least: usize, most: usize) -> usize {
    let needed = (width(&display(words)) + 399) / 400;
    usize::try_from(needed).unwrap_or(least).clamp(least, most)
}
