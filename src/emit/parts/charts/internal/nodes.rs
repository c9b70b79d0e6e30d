//! Each step of the flow in the swimlane chart: its words, its size.

use crate::parts::charts::label::Label;
use crate::parts::charts::notes::Notes;
use crate::parts::charts::piece::{Piece, role, symbol};
use crate::parts::charts::shapes::{PILL, Symbol, pill_size};
use crate::words::view::{View, duration};
use crate::write::svg::Font;
use crate::write::text::{display, width};
use yijianshi_core::plan::{Flow, Node, NodeKind};

/// How long a step takes, as its badge says.
fn badge(flow: &Flow, node: &Node) -> Option<Label> {
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

/// A step in the swimlane chart.
pub fn step(view: View<'_>, node: &Node, notes: &mut Notes) -> Piece {
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
    Piece { symbol, role, label, badge, size }
}

/// How wide to set a name so that it takes at most four lines.
pub fn room(words: &str, least: usize, most: usize) -> usize {
    let needed = (width(&display(words)) + 399) / 400;
    usize::try_from(needed).unwrap_or(least).clamp(least, most)
}
