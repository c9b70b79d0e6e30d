//! Where the layout lies in the drawing.

use crate::layout::{Point, Rect};

/// Left and right of the chart.
pub(super) const SIDE: i32 = 20;
/// The column with the names of the lanes.
pub(super) const NAMES: i32 = 112;

/// Where the layout's origin lies in the picture.
#[derive(Debug, Clone, Copy)]
pub(super) struct Origin {
    pub x: i32,
    pub y: i32,
}

impl Origin {
    pub fn of(self, point: Point) -> Point {
        Point { x: point.x + self.x, y: point.y + self.y }
    }

    pub fn rect(self, rect: Rect) -> Rect {
        Rect { x: rect.x + self.x, y: rect.y + self.y, ..rect }
    }
}
