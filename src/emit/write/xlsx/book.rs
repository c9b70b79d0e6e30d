//! Sheets of rows under one heading each.

use super::address::Area;
use super::cell::Cell;

/// A workbook.
#[derive(Debug)]
pub struct Book {
    /// What it is about; stands at the head of every printed page.
    pub title: String,
    /// Its sheets.
    pub sheets: Vec<Sheet>,
}

/// A sheet: a row of headings, then rows, then rows that sum up.
#[derive(Debug)]
pub struct Sheet {
    /// Its name: short, without the characters that Excel does not allow.
    pub name: &'static str,
    /// How many columns name a row: they stay in sight, and stand on every printed page.
    pub keys: u16,
    /// Its columns.
    pub columns: Vec<Column>,
    /// Its rows.
    pub rows: Vec<Vec<Cell>>,
    /// What sums them up.
    pub totals: Vec<Vec<Cell>>,
}

/// A column.
#[derive(Debug)]
pub struct Column {
    /// Its heading.
    pub name: String,
    /// What stands in it.
    pub kind: Kind,
}

/// What stands in a column.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// Words.
    Words,
    /// Long texts.
    Long,
    /// Texts to which most of the page belongs.
    Wide,
    /// Numbers, or words as short.
    Short,
}

impl Column {
    /// Of words.
    pub fn words(name: impl Into<String>) -> Column {
        Column { name: name.into(), kind: Kind::Words }
    }

    /// Of long texts.
    pub fn long(name: impl Into<String>) -> Column {
        Column { name: name.into(), kind: Kind::Long }
    }

    /// Of texts to which most of the page belongs.
    pub fn wide(name: impl Into<String>) -> Column {
        Column { name: name.into(), kind: Kind::Wide }
    }

    /// Of numbers, or of words as short.
    pub fn short(name: impl Into<String>) -> Column {
        Column { name: name.into(), kind: Kind::Short }
    }
}

impl Sheet {
    /// Without rows.
    pub fn new(name: &'static str, columns: Vec<Column>) -> Sheet {
        Sheet { name, keys: 0, columns, rows: Vec::new(), totals: Vec::new() }
    }

    /// With columns at the left that name a row.
    pub fn keyed(self, keys: u16) -> Sheet {
        Sheet { keys, ..self }
    }

    /// Takes away the columns behind the first `kept` in which nothing stands; before anything names a place there.
    pub fn drop_empty_columns(&mut self, kept: usize) {
        let full = |index: usize| {
            index < kept || self.rows.is_empty() || self.rows.iter().any(|row| row.get(index) != Some(&Cell::Empty))
        };
        let keep: Vec<bool> = (0..self.columns.len()).map(full).collect();
        let mut column = keep.iter();
        self.columns.retain(|_| *column.next().unwrap_or(&true));
        for row in &mut self.rows {
            let mut column = keep.iter();
            row.retain(|_| *column.next().unwrap_or(&true));
        }
    }

    /// Where a column's rows are.
    pub fn area(&self, column: usize) -> Area {
        Area { sheet: self.name, column, first: 0, rows: self.rows.len() }
    }

    /// The place of the column with this heading.
    pub fn column(&self, name: &str) -> usize {
        self.columns.iter().position(|column| column.name == name).expect("columns are named by this program")
    }

    /// Adds a row that sums up: `head` in the first column, cells in those named.
    pub fn total(&mut self, head: &str, cells: impl IntoIterator<Item = (usize, Cell)>) {
        let mut row: Vec<Cell> = self.columns.iter().map(|_| Cell::Empty).collect();
        row[0] = Cell::text(head);
        for (column, cell) in cells {
            // Without rows a formula would sum up itself.
            row[column] = if self.rows.is_empty() { cell.settled() } else { cell };
        }
        self.totals.push(row);
    }
}
