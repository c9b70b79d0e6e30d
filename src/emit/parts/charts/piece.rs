//! A step of the flow as every chart draws it: its symbol, its colours, its words.

use super::label::Label;
use super::palette::{ASIDE, DECISION, Role, TERMINAL, lane};
use super::shapes::{Symbol, pill};
use crate::layout::{Point, Rect, Size};
use crate::words::view::View;
use crate::write::svg::{Anchor, Svg};
use yijianshi_core::plan::{Lane, Node, NodeKind};

/// A symbol with its words, measured.
#[derive(Debug, Clone)]
pub struct Piece {
    /// Its symbol.
    pub symbol: Symbol,
    /// Its colours.
    pub role: Role,
    /// Its words.
    pub label: Label,
    /// How long it takes.
    pub badge: Option<Label>,
    /// Its size.
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

impl Piece {
    /// A piece at least as wide as this.
    pub fn new(symbol: Symbol, role: Role, label: Label, least: i32) -> Piece {
        let mut size = symbol.around(label.size());
        size.width = size.width.max(least);
        size.width += size.width % 2;
        size.height += size.height % 2;
        Piece { symbol, role, label, badge: None, size }
    }

    /// Its place: this middle, this top.
    pub fn room(&self, middle: i32, top: i32) -> Rect {
        Rect { x: middle - self.size.width / 2, y: top, width: self.size.width, height: self.size.height }
    }

    /// Draws it, its badge beside it at this height.
    pub fn draw(&self, svg: &mut Svg, own: Rect, badge: i32) {
        let middle = own.centre();
        self.symbol.draw(svg, own, self.role);
        self.label.draw(svg, middle.x, middle.y - self.symbol.lift(), Anchor::Middle);
        if let Some(words) = &self.badge {
            pill(svg, Point { x: own.right() + 8, y: badge }, words, self.role.stroke);
        }
    }
}
