//! How each edge runs, in terms of rows, columns, gutters and channels. What runs along a row reserves its cells, what runs up
//! or down a column its stretch of it; gutters (before each column) and channels (above each row) have room for all.

use rustc_hash::FxHashMap;

use super::graph::Kind;
use super::grid::Work;

/// Along what a part of an edge runs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Line {
    /// The middle of a row.
    Row(usize),
    /// The space above a row.
    Channel(usize),
    /// The space before a column.
    Gutter(usize),
    /// The middle of a column.
    Column(usize),
}

/// A side of an item.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Side {
    Left,
    Right,
    Top,
    Bottom,
}

/// How a link runs.
#[derive(Debug, Clone)]
pub(super) struct Path {
    /// Along these, turning from one to the next.
    pub lines: Vec<Line>,
    /// Where it leaves its source.
    pub from: Side,
    /// Where it enters its target.
    pub to: Side,
}

/// Which way the lines at a side lead.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Use {
    None,
    In,
    Out,
}

/// What is common to all that runs through a cell.
#[derive(Debug, Clone, Copy)]
struct Run {
    from: Option<usize>,
    to: Option<usize>,
}

struct Router<'w> {
    work: &'w Work<'w>,
    /// What stands in each (column, row).
    cells: FxHashMap<(usize, usize), usize>,
    /// By channel, the columns in which something stands across it, in order.
    blocked: Vec<Vec<usize>>,
    runs: FxHashMap<(usize, usize), Run>,
    /// Stretches of columns that are taken: first and last place, source, target.
    shafts: FxHashMap<usize, Vec<(usize, usize, usize, usize)>>,
    sides: Vec<[Use; 4]>,
    /// Whether something leads back from, to an item.
    returns: Vec<(bool, bool)>,
    rows: usize,
}

/// Every link's path.
pub(super) fn paths(work: &Work<'_>) -> Vec<Path> {
    let mut router = Router::new(work);
    let mut found: Vec<Option<Path>> = vec![None; work.links.len()];
    let span = |index: usize| {
        let link = &work.links[index];
        work.items[link.to].column.abs_diff(work.items[link.from].column)
    };
    let mut order: Vec<usize> = (0..work.links.len()).collect();
    order.sort_by_key(|&index| (work.links[index].back, !work.links[index].drop, span(index), index));
    // What can run straight comes first.
    for &index in &order {
        found[index] = router.straight(index);
    }
    for &index in &order {
        if found[index].is_none() {
            let path = if work.links[index].back { router.back(index) } else { router.forward(index) };
            found[index] = Some(path);
        }
    }
    found.into_iter().flatten().collect()
}

impl<'w> Router<'w> {
    fn new(work: &'w Work<'w>) -> Self {
        let mut cells = FxHashMap::default();
        for (index, item) in work.items.iter().enumerate() {
            for row in item.rows.0..=item.rows.1 {
                cells.insert((item.column, row), index);
            }
        }
        let mut blocked: Vec<Vec<usize>> = Vec::new();
        for item in &work.items {
            for channel in item.rows.0 + 1..=item.rows.1 {
                if blocked.len() <= channel {
                    blocked.resize_with(channel + 1, Vec::new);
                }
                blocked[channel].push(item.column);
            }
        }
        blocked.iter_mut().for_each(|columns| columns.sort_unstable());
        let mut returns = vec![(false, false); work.items.len()];
        for link in work.links.iter().filter(|link| link.back) {
            returns[link.from].0 = true;
            returns[link.to].1 = true;
        }
        Router {
            work,
            returns,
            cells,
            blocked,
            runs: FxHashMap::default(),
            shafts: FxHashMap::default(),
            sides: vec![[Use::None; 4]; work.items.len()],
            rows: work.lane_rows.last().map_or(0, |rows| rows.1),
        }
    }

    /// The rows in which a link leaves and arrives.
    fn ends(&self, index: usize) -> (usize, usize) {
        let link = &self.work.links[index];
        let (from, to) = (self.work.items[link.from].rows, self.work.items[link.to].rows);
        let (low, high) = (from.0.max(to.0), from.1.min(to.1));
        if low > high {
            return if from.1 < to.0 { (from.1, to.0) } else { (from.0, to.1) };
        }
        let (a, b) = (self.work.items[link.from].column, self.work.items[link.to].column);
        let row = (low..=high).take(64).find(|&row| a < b && self.clear(row, a + 1, b, link.from, link.to));
        let row = row.unwrap_or(low);
        (row, row)
    }

    /// Whether a line from `from` to `to` may run along `row` through the columns `first..end`.
    fn clear(&self, row: usize, first: usize, end: usize, from: usize, to: usize) -> bool {
        (first..end).all(|column| {
            !self.cells.contains_key(&(column, row))
                && self.runs.get(&(column, row)).is_none_or(|run| run.from == Some(from) || run.to == Some(to))
        })
    }

    fn run(&mut self, row: usize, first: usize, end: usize, from: usize, to: usize) {
        for column in first..end {
            let run = self.runs.entry((column, row)).or_insert(Run { from: Some(from), to: Some(to) });
            run.from = run.from.filter(|own| *own == from);
            run.to = run.to.filter(|own| *own == to);
        }
    }

    /// Whether a line may run along the middle of a column between two places (rows are odd, channels even), the first of which
    /// is an item's own.
    fn shaft_clear(&self, column: usize, own: usize, other: usize, from: usize, to: usize) -> bool {
        let (low, high) = (own.min(other), own.max(other));
        let rows = (low / 2..=high / 2).filter(|row| (low..=high).contains(&(2 * row + 1)) && 2 * row + 1 != own);
        rows.clone().all(|row| !self.cells.contains_key(&(column, row)))
            && self.shafts.get(&column).is_none_or(|taken| {
                taken
                    .iter()
                    .all(|&(first, last, source, target)| last < low || first > high || source == from || target == to)
            })
    }

    fn shaft(&mut self, column: usize, a: usize, b: usize, from: usize, to: usize) {
        self.shafts.entry(column).or_default().push((a.min(b), a.max(b), from, to));
    }

    /// Whether a line may run along a channel through the columns `first..end`.
    fn channel_clear(&self, channel: usize, first: usize, end: usize) -> bool {
        let Some(columns) = self.blocked.get(channel) else { return true };
        let next = columns.partition_point(|column| *column < first);
        columns.get(next).is_none_or(|column| *column >= end)
    }

    fn open(&self, item: usize, side: Side, way: Use) -> bool {
        let own = &self.work.items[item];
        let exists = match side {
            Side::Top => own.open_above(),
            Side::Bottom => own.open_below(),
            Side::Left | Side::Right => true,
        };
        let used = self.sides[item][side as usize];
        exists && (used == Use::None || used == way)
    }

    fn take(&mut self, index: usize, lines: Vec<Line>, from: Side, to: Side) -> Path {
        let link = &self.work.links[index];
        self.sides[link.from][from as usize] = Use::Out;
        self.sides[link.to][to as usize] = Use::In;
        Path { lines, from, to }
    }

    /// A path without a turn.
    fn straight(&mut self, index: usize) -> Option<Path> {
        let work = self.work;
        let link = &work.links[index];
        let (from, to) = (link.from, link.to);
        let (a, b) = (work.items[from].column, work.items[to].column);
        let (row, arrival) = self.ends(index);
        if link.drop {
            self.shaft(a, 2 * row + 1, 2 * arrival + 1, from, to);
            let down = arrival > row;
            let sides = if down { (Side::Bottom, Side::Top) } else { (Side::Top, Side::Bottom) };
            return Some(self.take(index, vec![Line::Column(a)], sides.0, sides.1));
        }
        if link.back || row != arrival || a >= b || !self.clear(row, a + 1, b, from, to) {
            return None;
        }
        self.run(row, a + 1, b, from, to);
        Some(self.take(index, vec![Line::Row(row)], Side::Right, Side::Left))
    }

    fn forward(&mut self, index: usize) -> Path {
        let work = self.work;
        let link = &work.links[index];
        let (from, to) = (link.from, link.to);
        let (a, b) = (work.items[from].column, work.items[to].column);
        let (row, arrival) = self.ends(index);
        let (top, bottom) = (Side::Top, Side::Bottom);
        let (own, other) = (2 * row + 1, 2 * arrival + 1);
        if row != arrival && b > a {
            let (out, into) = if arrival > row { (bottom, top) } else { (top, bottom) };
            // Out of a decision straight up or down, then on.
            if work.items[from].kind == Kind::Diamond
                && self.open(from, out, Use::Out)
                && self.shaft_clear(a, own, other, from, to)
                && self.clear(arrival, a, b, from, to)
            {
                self.shaft(a, own, other, from, to);
                self.run(arrival, a, b, from, to);
                return self.take(index, vec![Line::Column(a), Line::Row(arrival)], out, Side::Left);
            }
            // On, then straight up or down into where ways meet.
            if work.items[to].kind == Kind::Diamond
                && self.open(to, into, Use::In)
                && self.shaft_clear(b, other, own, from, to)
                && self.clear(row, a + 1, b + 1, from, to)
            {
                self.shaft(b, own, other, from, to);
                self.run(row, a + 1, b + 1, from, to);
                return self.take(index, vec![Line::Row(row), Line::Column(b)], Side::Right, into);
            }
            if self.clear(row, a + 1, b, from, to) {
                self.run(row, a + 1, b, from, to);
                let lines = vec![Line::Row(row), Line::Gutter(b), Line::Row(arrival)];
                return self.take(index, lines, Side::Right, Side::Left);
            }
            if self.clear(arrival, a + 1, b, from, to) {
                self.run(arrival, a + 1, b, from, to);
                let lines = vec![Line::Row(row), Line::Gutter(a + 1), Line::Row(arrival)];
                return self.take(index, lines, Side::Right, Side::Left);
            }
        }
        self.around(index, row, arrival)
    }

    /// Out to the right, along a channel, in from the left: there is always room.
    fn around(&mut self, index: usize, row: usize, arrival: usize) -> Path {
        let work = self.work;
        let link = &work.links[index];
        let (a, b) = (work.items[link.from].column, work.items[link.to].column);
        let channel = self.channel(row, arrival, (a + 1).min(b), (a + 1).max(b));
        let lines =
            vec![Line::Row(row), Line::Gutter(a + 1), Line::Channel(channel), Line::Gutter(b), Line::Row(arrival)];
        self.take(index, lines, Side::Right, Side::Left)
    }

    /// The channel between two rows nearest to the second, else the nearest outside that is clear. The outermost always are.
    fn channel(&self, row: usize, arrival: usize, first: usize, end: usize) -> usize {
        let (low, high) = (row.min(arrival) + usize::from(row != arrival), row.max(arrival));
        let near = if arrival > row { high } else { low };
        let inside = (low..=high).rev().filter(|channel| *channel != near);
        let outside =
            (1..=self.rows).flat_map(|far| [low.checked_sub(far), Some(high + far).filter(|at| *at <= self.rows)]);
        std::iter::once(near)
            .chain(inside)
            .chain(outside.flatten())
            .find(|&channel| self.channel_clear(channel, first, end))
            .unwrap_or(0)
    }

    fn back(&mut self, index: usize) -> Path {
        let work = self.work;
        let link = &work.links[index];
        let (from, to) = (link.from, link.to);
        let (a, b) = (work.items[from].column, work.items[to].column);
        let (row, arrival) = self.ends(index);
        if let Some(path) = self.back_left(index, row, arrival) {
            return path;
        }
        // Up (or down), along a channel, and down into the top.
        for channel in [row, row + 1] {
            let out = if channel == row { Side::Top } else { Side::Bottom };
            let into = if channel <= arrival { Side::Top } else { Side::Bottom };
            let (own, other, middle) = (2 * row + 1, 2 * arrival + 1, 2 * channel);
            if from != to
                && self.open(from, out, Use::Out)
                && self.shaft_clear(a, own, middle, from, to)
                && self.channel_clear(channel, b.min(a) + 1, a.max(b))
            {
                if a != b && self.open(to, into, Use::In) && self.shaft_clear(b, other, middle, from, to) {
                    self.shaft(a, own, middle, from, to);
                    self.shaft(b, other, middle, from, to);
                    let lines = vec![Line::Column(a), Line::Channel(channel), Line::Column(b)];
                    return self.take(index, lines, out, into);
                }
                if self.channel_clear(channel, b, a) {
                    self.shaft(a, own, middle, from, to);
                    let lines = vec![Line::Column(a), Line::Channel(channel), Line::Gutter(b), Line::Row(arrival)];
                    return self.take(index, lines, out, Side::Left);
                }
            }
        }
        self.around(index, row, arrival)
    }

    /// Back along its own row, where nothing else needs its left side.
    fn back_left(&mut self, index: usize, row: usize, arrival: usize) -> Option<Path> {
        let work = self.work;
        let link = &work.links[index];
        let (from, to) = (link.from, link.to);
        let (a, b) = (work.items[from].column, work.items[to].column);
        if b >= a || work.items[from].spans() || !self.open(from, Side::Left, Use::Out) || self.returns[from].1 {
            return None;
        }
        let right = !work.items[to].spans() && self.open(to, Side::Right, Use::In) && !self.returns[to].0;
        if right && row == arrival && self.clear(row, b + 1, a, from, to) {
            self.run(row, b + 1, a, from, to);
            return Some(self.take(index, vec![Line::Row(row)], Side::Left, Side::Right));
        }
        if row == arrival {
            return None;
        }
        let into = if row < arrival { Side::Top } else { Side::Bottom };
        let (own, other) = (2 * row + 1, 2 * arrival + 1);
        if self.open(to, into, Use::In) && self.shaft_clear(b, other, own, from, to) && self.clear(row, b, a, from, to)
        {
            self.shaft(b, own, other, from, to);
            self.run(row, b, a, from, to);
            return Some(self.take(index, vec![Line::Row(row), Line::Column(b)], Side::Left, into));
        }
        // Into the line that comes down (or up) to the target.
        let channel = if row < arrival { arrival } else { arrival + 1 };
        if self.open(to, into, Use::In)
            && self.shaft_clear(b, other, 2 * channel, from, to)
            && self.clear(row, b + 1, a, from, to)
        {
            self.shaft(b, other, 2 * channel, from, to);
            self.run(row, b + 1, a, from, to);
            let lines = vec![Line::Row(row), Line::Gutter(b + 1), Line::Channel(channel), Line::Column(b)];
            return Some(self.take(index, lines, Side::Left, into));
        }
        if right && self.clear(row, b + 1, a, from, to) {
            self.run(row, b + 1, a, from, to);
            let lines = vec![Line::Row(row), Line::Gutter(b + 1), Line::Row(arrival)];
            return Some(self.take(index, lines, Side::Left, Side::Right));
        }
        None
    }
}
