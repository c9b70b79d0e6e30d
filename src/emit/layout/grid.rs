//! What the stages of the layout hand on to one another: items in columns and rows, links between them.

use super::graph::{Edge, Graph, Kind, Size};

/// A node, or the label of an edge, which takes a cell like a node.
#[derive(Debug, Clone)]
pub(super) struct Item {
    /// The lanes that it takes part in, as places from the top; in ascending order.
    pub lanes: Vec<usize>,
    /// Its shape.
    pub kind: Kind,
    /// How wide, and how high below and above the line of its row.
    pub size: Size,
    /// What is written below.
    pub caption: Option<Size>,
    /// What stands out to the right and below.
    pub overhang: Size,
    /// Whether it is a label: the line runs through it, and the text stands above.
    pub label: bool,
    /// Its column.
    pub column: usize,
    /// Its rows, first and last.
    pub rows: (usize, usize),
}

/// An edge, or the half of one before or after its label.
#[derive(Debug, Clone)]
pub(super) struct Link {
    /// From this item.
    pub from: usize,
    /// To this one.
    pub to: usize,
    /// The edge that it belongs to.
    pub edge: usize,
    /// A label beside it (only where it drops).
    pub label: Option<Size>,
    /// Whether it leads back.
    pub back: bool,
    /// Whether it goes straight up or down within its column.
    pub drop: bool,
}

/// The graph while it is laid out.
#[derive(Debug)]
pub(super) struct Work<'g> {
    /// What was asked for.
    pub graph: &'g Graph,
    /// The lanes from top to bottom.
    pub order: &'g [usize],
    /// The nodes, then the labels.
    pub items: Vec<Item>,
    /// The links.
    pub links: Vec<Link>,
    /// Number of columns.
    pub columns: usize,
    /// The rows of each lane by its place from the top: first, and the one after the last.
    pub lane_rows: Vec<(usize, usize)>,
}

impl Item {
    /// Whether it stands across several rows.
    pub fn spans(&self) -> bool {
        self.lanes.len() > 1 || self.kind == Kind::Bar
    }

    /// Whether a line may leave or enter it from below.
    pub fn open_below(&self) -> bool {
        self.caption.is_none() && self.overhang.height == 0 && !self.spans()
    }

    /// Whether a line may leave or enter it from above.
    pub fn open_above(&self) -> bool {
        !self.label && !self.spans()
    }
}

impl<'g> Work<'g> {
    /// The graph with the lanes in this order.
    pub fn new(graph: &'g Graph, order: &'g [usize]) -> Self {
        let mut place = vec![0; graph.lanes.len()];
        for (at, &lane) in order.iter().enumerate() {
            place[lane] = at;
        }
        let items = graph.nodes.iter().map(|node| {
            let mut lanes: Vec<usize> = node.lanes.iter().map(|&lane| place[lane]).collect();
            lanes.sort_unstable();
            lanes.dedup();
            assert!(!lanes.is_empty(), "a node needs a lane");
            Item {
                lanes,
                kind: node.kind,
                size: node.size,
                caption: node.caption,
                overhang: node.overhang,
                label: false,
                column: 0,
                rows: (0, 0),
            }
        });
        let link = |(index, edge): (usize, &Edge)| Link {
            from: edge.from,
            to: edge.to,
            edge: index,
            label: edge.label,
            back: false,
            drop: false,
        };
        Work {
            graph,
            order,
            items: items.collect(),
            links: graph.edges.iter().enumerate().map(link).collect(),
            columns: 0,
            lane_rows: Vec::new(),
        }
    }

    /// Adds a label in `lane`, right after `link`'s source; `link` then ends at it and a new link goes on from it.
    pub fn cut(&mut self, link: usize, lane: usize, size: Size) -> usize {
        let item = self.items.len();
        self.items.push(Item {
            lanes: vec![lane],
            kind: Kind::Box,
            size,
            caption: None,
            overhang: Size::default(),
            label: true,
            column: 0,
            rows: (0, 0),
        });
        let Link { to, edge, back, .. } = self.links[link];
        self.links[link].to = item;
        self.links[link].label = None;
        self.links[link].back = false;
        self.links.push(Link { from: item, to, edge, label: None, back, drop: false });
        item
    }
}
