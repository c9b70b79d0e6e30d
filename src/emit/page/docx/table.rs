//! Tables: fixed widths, headings repeated on every page, cells that reach over others.

use super::body::Body;
use super::text::Para;
use super::widths;
use crate::page::table::{Cell, Column, Row, Table};
use crate::page::text::Text;
use crate::page::tree::Card;
use crate::write::xml::Xml;

const SHADE: &str = "EDF2F8";
/// Rows that one cell names stay on one page up to this many, on portrait and on landscape paper.
const TOGETHER: [usize; 2] = [6, 4];
/// A row of more lines than this may be broken between pages, on portrait and on landscape paper: a page has about 37 and 25.
const WHOLE: [u64; 2] = [10, 8];
/// A column whose texts are no longer than this many half characters is centred.
const SHORT: usize = 12;

/// What is done at the same time within a step.
pub(super) fn of_cards(cards: &[Card]) -> Table {
    let rows = cards.iter().map(|card| {
        let badge = card.badge.clone().unwrap_or_default();
        Row::new(vec![
            Cell::head(card.title.clone()),
            Cell::new(badge),
            Cell::new(Text::lines(card.lines.iter().cloned())),
        ])
    });
    let columns = vec![Column::new("办理内容"), Column::short("时限"), Column::long("说明")];
    Table::new("", columns, rows.collect()).headed().without_empty_columns()
}

/// Where a cell stands in a column that it shares.
enum Part<'t> {
    Whole(&'t Cell),
    First(&'t Cell),
    /// The cell above reaches over this place.
    Below(usize),
}

/// How a row is treated at the end of a page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    /// It is repeated on every page.
    Head,
    /// It stays on one page.
    Whole,
    /// It is long and may go on on the next page.
    Broken,
}

impl Body<'_> {
    /// A table.
    pub fn table(&mut self, table: &Table) {
        if !table.caption.is_empty() && !table.headed {
            self.para(Para::of("Caption"), &table.caption);
        }
        let widths = widths::columns(table, self.width());
        if widths.is_empty() {
            return;
        }
        let centred: Vec<bool> = (0..widths.len()).map(|column| is_short(table, column)).collect();
        self.begin(&widths, &table.caption);
        self.row(Kind::Head, |body| {
            for (column, width) in table.columns.iter().zip(&widths) {
                body.cell(*width, 1, None, true, |body| body.para(Para::of("TableHead"), &column.name));
            }
        });
        let grid = grid(table);
        for (index, (row, parts)) in table.rows.iter().zip(&grid).enumerate() {
            let next_sums = table.rows.get(index + 1).is_some_and(|row| row.total);
            let most = TOGETHER[usize::from(self.landscape)];
            let together = next_sums || is_together(&grid, index, most);
            let heights = parts.iter().filter_map(|(column, columns, part)| match part {
                Part::Whole(cell) => Some(widths::lines(&cell.text, widths.iter().skip(*column).take(*columns).sum())),
                // They have room in several rows.
                Part::First(_) | Part::Below(_) => None,
            });
            let kind = self.kind(heights);
            self.row(kind, |body| {
                for (column, columns, part) in parts {
                    let width = widths.iter().skip(*column).take(*columns).sum();
                    let (cell, merge) = match part {
                        Part::Whole(cell) => (Some(*cell), None),
                        Part::First(cell) => (Some(*cell), Some("restart")),
                        Part::Below(_) => (None, Some("continue")),
                    };
                    let middle = centred.get(*column).copied().unwrap_or_default() || *columns > 1;
                    let style = if row.total {
                        "TableHead"
                    } else if middle || merge.is_some() && cell.is_some_and(|cell| cell.head) {
                        "TableCentre"
                    } else {
                        "TableText"
                    };
                    let para = Para { keep: together, last: row.total && !together, ..Para::of(style) };
                    let nothing = Text::default();
                    let text = cell.map_or(&nothing, |cell| &cell.text);
                    body.cell(width, *columns, merge, row.total, |body| body.para(para, text));
                }
            });
        }
        self.end();
    }

    /// Names and what they stand for.
    pub fn facts(&mut self, facts: &[(Text, Text)]) {
        let total = self.width();
        let longest = facts.iter().map(|(name, _)| name.words().chars().count()).max().unwrap_or(0);
        let first = u32::try_from(longest.clamp(4, 10)).unwrap_or(10) * 210 + 200;
        let widths = [first, total.saturating_sub(first)];
        self.begin(&widths, &Text::default());
        // A short one stays on one page.
        let lines = facts.iter().map(|(_, value)| widths::lines(value, widths[1]));
        let short = lines.sum::<u64>() <= WHOLE[usize::from(self.landscape)];
        for (index, (name, value)) in facts.iter().enumerate() {
            let kind = self.kind([widths::lines(value, widths[1])]);
            let keep = short && index + 1 < facts.len();
            self.row(kind, |body| {
                body.cell(widths[0], 1, None, true, |body| {
                    body.para(Para { keep, last: !keep, ..Para::of("TableHead") }, name);
                });
                body.cell(widths[1], 1, None, false, |body| body.para(Para { keep, ..Para::of("TableText") }, value));
            });
        }
        self.end();
    }

    /// Labels in equal columns, and below each of them what belongs to it, line by line with a style of its own.
    pub fn cards(&mut self, labels: &[Text], lines: &[(&'static str, Vec<Text>)]) {
        let count = u32::try_from(labels.len()).unwrap_or(1).max(1);
        let mut widths = vec![self.width() / count; labels.len()];
        if let Some(last) = widths.last_mut() {
            *last += self.width() % count;
        }
        self.begin(&widths, &Text::default());
        self.row(Kind::Head, |body| {
            for (label, width) in labels.iter().zip(&widths) {
                body.cell(*width, 1, None, true, |body| body.para(Para::of("TableHead"), label));
            }
        });
        for (style, texts) in lines {
            if texts.iter().all(Text::is_empty) {
                continue;
            }
            self.row(Kind::Whole, |body| {
                for (text, width) in texts.iter().zip(&widths) {
                    body.cell(*width, 1, None, false, |body| body.para(Para::of(style), text));
                }
            });
        }
        self.end();
    }

    pub fn begin(&mut self, widths: &[u32], caption: &Text) {
        let total = widths.iter().sum::<u32>().to_string();
        self.leave_table();
        self.xml.open("w:tbl", &[]);
        self.xml.el("w:tblPr", &[], |xml| {
            xml.void("w:tblStyle", &[("w:val", "OfficialTable")]);
            xml.void("w:tblW", &[("w:w", &total), ("w:type", "dxa")]);
            xml.void("w:jc", &[("w:val", "center")]);
            xml.void("w:tblLayout", &[("w:type", "fixed")]);
            xml.void("w:tblLook", &[("w:val", "0020"), ("w:firstRow", "1"), ("w:noHBand", "1"), ("w:noVBand", "1")]);
            if !caption.is_empty() {
                xml.void("w:tblCaption", &[("w:val", &caption.words())]);
            }
        });
        self.xml.el("w:tblGrid", &[], |xml| {
            for width in widths {
                xml.void("w:gridCol", &[("w:w", &width.to_string())]);
            }
        });
    }

    pub fn end(&mut self) {
        self.xml.close("w:tbl");
        self.after_table = true;
    }

    /// A row whose cells take so many lines.
    fn kind(&self, lines: impl IntoIterator<Item = u64>) -> Kind {
        let most = lines.into_iter().max().unwrap_or(0);
        if most > WHOLE[usize::from(self.landscape)] { Kind::Broken } else { Kind::Whole }
    }

    fn row(&mut self, kind: Kind, cells: impl FnOnce(&mut Self)) {
        self.xml.open("w:tr", &[]);
        if kind != Kind::Broken {
            self.xml.el("w:trPr", &[], |xml| {
                xml.void("w:cantSplit", &[]);
                if kind == Kind::Head {
                    xml.void("w:tblHeader", &[]);
                }
            });
        }
        cells(self);
        self.xml.close("w:tr");
    }

    pub fn cell(
        &mut self,
        width: u32,
        columns: usize,
        merge: Option<&'static str>,
        shaded: bool,
        content: impl FnOnce(&mut Self),
    ) {
        self.xml.open("w:tc", &[]);
        self.xml.el("w:tcPr", &[], |xml: &mut Xml| {
            xml.void("w:tcW", &[("w:w", &width.to_string()), ("w:type", "dxa")]);
            if columns > 1 {
                xml.void("w:gridSpan", &[("w:val", &columns.to_string())]);
            }
            if let Some(merge) = merge {
                xml.void("w:vMerge", &[("w:val", merge)]);
            }
            if shaded {
                xml.void("w:shd", &[("w:val", "clear"), ("w:color", "auto"), ("w:fill", SHADE)]);
            }
            xml.void("w:vAlign", &[("w:val", "center")]);
        });
        content(self);
        self.xml.close("w:tc");
    }
}

/// Every place of every row: where it begins, over how many columns it reaches, and what stands in it. Rows are filled up to
/// the last column, because Word does not open a table with holes.
fn grid(table: &Table) -> Vec<Vec<(usize, usize, Part<'_>)>> {
    let count = table.columns.len();
    // For each column: how many rows a cell from above still reaches down, and its width if it begins here.
    let mut above: Vec<(usize, usize)> = vec![(0, 1); count];
    let mut rows = Vec::new();
    for (index, places) in table.places().into_iter().enumerate() {
        let left = table.rows.len() - index;
        let mut parts: Vec<(usize, usize, Part<'_>)> = Vec::new();
        let mut own = places.into_iter().peekable();
        let mut column = 0;
        while column < count {
            let (down, wide) = above[column];
            if down > 0 {
                parts.push((column, wide, Part::Below(down)));
                above[column].0 -= 1;
                column += wide.max(1);
                continue;
            }
            match own.next_if(|(at, _)| *at == column) {
                Some((_, cell)) => {
                    let free = (column..count).take_while(|at| above[*at].0 == 0).count();
                    let (wide, down) = (cell.columns.clamp(1, free), cell.rows.min(left));
                    if down > 1 {
                        above[column] = (down - 1, wide);
                        parts.push((column, wide, Part::First(cell)));
                    } else {
                        parts.push((column, wide, Part::Whole(cell)));
                    }
                    column += wide;
                }
                None => {
                    parts.push((column, 1, Part::Whole(&EMPTY)));
                    column += 1;
                }
            }
        }
        rows.push(parts);
    }
    rows
}

static EMPTY: Cell = Cell { text: Text::EMPTY, rows: 1, columns: 1, head: false };

/// Whether a row stays on the page of the next, because a cell in the first column names both.
fn is_together(grid: &[Vec<(usize, usize, Part<'_>)>], index: usize, most: usize) -> bool {
    let first = |index: usize| grid.get(index).and_then(|parts| parts.first()).map(|(_, _, part)| part);
    match (first(index), first(index + 1)) {
        (Some(Part::First(cell)), Some(Part::Below(_))) => cell.rows <= most,
        (Some(Part::Below(down)), Some(Part::Below(_))) => {
            let start = (0..index).rev().find_map(|at| match first(at) {
                Some(Part::First(cell)) => Some(cell.rows),
                _ => None,
            });
            *down > 1 && start.is_some_and(|rows| rows <= most)
        }
        _ => false,
    }
}

/// Whether nothing long stands in a column.
fn is_short(table: &Table, column: usize) -> bool {
    let class = table.columns.get(column).map_or("", |column| column.class);
    let longest = || {
        let cells = table.places().into_iter().flatten().filter(|(at, cell)| *at == column && cell.columns == 1);
        cells.map(|(_, cell)| unicode_width::UnicodeWidthStr::width_cjk(cell.text.words().as_str())).max()
    };
    class == "n" || class == "s" || longest().is_none_or(|longest| longest <= SHORT)
}
