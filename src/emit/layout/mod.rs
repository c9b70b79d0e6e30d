//! Where everything of a swimlane chart stands. From a plain graph (nodes with lane, size and kind; edges with labels) to boxes,
//! orthogonal paths and places for labels, in whole pixels. Time runs from left to right, lanes lie above one another. Knows
//! nothing of bundles, colours or formats; the same graph always gives the same picture.
//!
//! The stages are those of layered drawing: break cycles and give columns (`rank`), give rows within the lanes (`track`), choose
//! how each edge runs (`route`), turn columns, rows and slots into pixels (`place`). No box can meet another, and no edge a box
//! or a label, because each has cells, gutters and channels of its own; [`check`] looks at the result all the same.
//!
//! Our own, because no crate has bars and joint inspections that stand across lanes, arrival by the middle of a row, and labels with room of
//! their own. It serves swimlane chart and BPMN alike. A bar that would stand in the way of strangers is short and is reached by lines.

#[cfg(test)]
mod check;
mod graph;
mod grid;
mod lanes;
mod place;
mod rank;
mod route;
mod slots;
#[cfg(test)]
mod tests;
mod track;

pub use graph::{Edge, Graph, Kind, Layout, Node, Point, Rect, Size, Spacing};

/// Lays out a graph: tries several orders of the lanes and takes the one that looks best.
///
/// # Panics
///
/// If an edge or a node names what does not exist, or a node no lane.
pub fn layout(graph: &Graph) -> Layout {
    lanes::best(graph)
}
