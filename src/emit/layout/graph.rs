//! What is to be laid out, and what comes of it.

use std::ops::Range;

/// What is to be drawn.
#[derive(Debug, Clone, Default)]
pub struct Graph {
    /// Heights that the lanes must have at least; a node names its lane by its place in this list.
    pub lanes: Vec<i32>,
    /// So many of the lanes, from the first, stay where they are; the order of the others is chosen.
    pub fixed: usize,
    /// The nodes.
    pub nodes: Vec<Node>,
    /// The edges, those of a decision in the order of their importance.
    pub edges: Vec<Edge>,
    /// Distances.
    pub spacing: Spacing,
}

/// A node.
#[derive(Debug, Clone)]
pub struct Node {
    /// The lane in which it lies; several: it stands across them and all between.
    pub lanes: Vec<usize>,
    /// Its shape, as far as it matters to edges.
    pub kind: Kind,
    /// Width and height; of what stands across lanes, the least.
    pub size: Size,
    /// What is written below it.
    pub caption: Option<Size>,
    /// How far something of it stands out to the right and below; kept free of lines.
    pub overhang: Size,
}

/// The shape of a node, as far as it matters to edges.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// Rectangles and what looks like one.
    Box,
    /// A rhombus: edges meet its corners.
    Diamond,
    /// A circle.
    Circle,
    /// A bar as high as what it starts or joins.
    Bar,
}

/// An edge.
#[derive(Debug, Clone)]
pub struct Edge {
    /// From this node.
    pub from: usize,
    /// To this one.
    pub to: usize,
    /// How much room its label takes.
    pub label: Option<Size>,
}

/// Distances in pixels.
#[derive(Debug, Clone, Copy)]
pub struct Spacing {
    /// Least distance between two columns.
    pub gutter: i32,
    /// Between what is next to each other in a gutter or channel.
    pub slot: i32,
    /// Above and below the rows of a lane.
    pub lane: i32,
    /// Between two rows of a lane.
    pub row: i32,
    /// Before the first and after the last column.
    pub margin: i32,
}

/// Width and height.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Size {
    /// Width.
    pub width: i32,
    /// Height.
    pub height: i32,
}

/// A point; y grows downwards.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Point {
    /// From the left.
    pub x: i32,
    /// From the top.
    pub y: i32,
}

/// A rectangle.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Rect {
    /// Left edge.
    pub x: i32,
    /// Top edge.
    pub y: i32,
    /// Width.
    pub width: i32,
    /// Height.
    pub height: i32,
}

/// Where everything stands. The drawing begins at (0, 0).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Layout {
    /// How large it all is.
    pub size: Size,
    /// The lanes, in the order of the graph; each as wide as the drawing.
    pub lanes: Vec<Rect>,
    /// The lanes from top to bottom.
    pub order: Vec<usize>,
    /// The nodes.
    pub nodes: Vec<Rect>,
    /// The captions below nodes.
    pub captions: Vec<Option<Rect>>,
    /// The edges.
    pub edges: Vec<Route>,
    /// The columns of nodes: from where to where.
    pub columns: Vec<Range<i32>>,
    /// The column of each node.
    pub column: Vec<usize>,
    /// Where each gutter can be cut without cutting along a line or through a label; gutter `i` is before column `i`.
    pub cuts: Vec<i32>,
}

/// How an edge runs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Route {
    /// From the border of its source to the border of its target, turning by right angles.
    pub points: Vec<Point>,
    /// Where its label stands.
    pub label: Option<Rect>,
    /// Whether it leads back to something that was before.
    pub back: bool,
}

impl Default for Spacing {
    fn default() -> Self {
        Spacing { gutter: 26, slot: 10, lane: 13, row: 14, margin: 14 }
    }
}

impl Rect {
    /// Right edge.
    pub fn right(self) -> i32 {
        self.x + self.width
    }

    /// Bottom edge.
    pub fn bottom(self) -> i32 {
        self.y + self.height
    }

    /// Half-way.
    pub fn centre(self) -> Point {
        Point { x: self.x + self.width / 2, y: self.y + self.height / 2 }
    }
}
