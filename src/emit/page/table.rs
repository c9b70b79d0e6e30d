//! Tables, some cells of which reach over several rows or columns.

use super::text::Text;

/// A table.
#[derive(Debug)]
pub struct Table {
    /// What it shows.
    pub caption: Text,
    /// Whether that is said above it already.
    pub headed: bool,
    /// Whether its columns are to be compared: on narrow screens they stay beside each other.
    pub compared: bool,
    /// Its columns.
    pub columns: Vec<Column>,
    /// Its rows; a place that a cell from above or from the left reaches over has none of its own.
    pub rows: Vec<Row>,
}

/// A column.
#[derive(Debug)]
pub struct Column {
    /// Its heading.
    pub name: Text,
    /// How it is set.
    pub class: &'static str,
}

/// A row.
#[derive(Debug)]
pub struct Row {
    /// Its cells.
    pub cells: Vec<Cell>,
    /// Whether it sums up the others.
    pub total: bool,
}

/// A cell.
#[derive(Debug)]
pub struct Cell {
    /// What it says.
    pub text: Text,
    /// Over how many rows.
    pub rows: usize,
    /// Over how many columns.
    pub columns: usize,
    /// Whether it names its row.
    pub head: bool,
}

impl Column {
    /// Of words.
    pub fn new(name: &str) -> Column {
        Column { name: Text::of(name), class: "" }
    }

    /// Of numbers.
    pub fn number(name: &str) -> Column {
        Column { name: Text::of(name), class: "n" }
    }

    /// Of short words that are not broken.
    pub fn short(name: &str) -> Column {
        Column { name: Text::of(name), class: "s" }
    }

    /// Of long texts.
    pub fn long(name: &str) -> Column {
        Column { name: Text::of(name), class: "l" }
    }
}

impl Cell {
    /// A cell.
    pub fn new(text: Text) -> Cell {
        Cell { text, rows: 1, columns: 1, head: false }
    }

    /// A cell with plain words.
    pub fn of(text: impl AsRef<str>) -> Cell {
        Cell::new(Text::of(text))
    }

    /// The cell that names its row.
    pub fn head(text: Text) -> Cell {
        Cell { head: true, ..Cell::new(text) }
    }

    /// Reaching over rows.
    pub fn over(self, rows: usize) -> Cell {
        Cell { rows: rows.max(1), ..self }
    }

    /// Reaching over columns.
    pub fn across(self, columns: usize) -> Cell {
        Cell { columns: columns.max(1), ..self }
    }
}

impl Row {
    /// A row.
    pub fn new(cells: Vec<Cell>) -> Row {
        Row { cells, total: false }
    }

    /// A row that sums up.
    pub fn total(cells: Vec<Cell>) -> Row {
        Row { cells, total: true }
    }
}

impl Table {
    /// A table.
    pub fn new(caption: impl AsRef<str>, columns: Vec<Column>, rows: Vec<Row>) -> Table {
        Table { caption: Text::of(caption), headed: false, compared: false, columns, rows }
    }

    /// Right below a heading that says the same as its caption.
    pub fn headed(self) -> Table {
        Table { headed: true, ..self }
    }

    /// With columns that are to be compared.
    pub fn compared(self) -> Table {
        Table { compared: true, ..self }
    }

    /// Without the columns in which nothing stands. Only for tables in which no cell reaches over others.
    pub fn without_empty_columns(mut self) -> Table {
        let full =
            |index: usize| self.rows.iter().any(|row| row.cells.get(index).is_some_and(|cell| !cell.text.is_empty()));
        let keep: Vec<bool> = (0..self.columns.len()).map(full).collect();
        let mut column = keep.iter();
        self.columns.retain(|_| *column.next().unwrap_or(&true));
        for row in &mut self.rows {
            let mut column = keep.iter();
            row.cells.retain(|_| *column.next().unwrap_or(&true));
        }
        self
    }

    /// Whether some cell reaches over others.
    pub fn is_merged(&self) -> bool {
        self.rows.iter().flat_map(|row| &row.cells).any(|cell| cell.rows > 1 || cell.columns > 1)
    }

    /// The cells with the columns in which they begin, row by row.
    pub fn places(&self) -> Vec<Vec<(usize, &Cell)>> {
        let mut taken: Vec<usize> = vec![0; self.columns.len()];
        let mut rows = Vec::new();
        for row in &self.rows {
            let mut places = Vec::new();
            let mut column = 0;
            for cell in &row.cells {
                while taken.get(column).is_some_and(|left| *left > 0) {
                    column += 1;
                }
                places.push((column, cell));
                for over in column..column + cell.columns {
                    if let Some(left) = taken.get_mut(over) {
                        *left = cell.rows;
                    }
                }
                column += cell.columns;
            }
            for left in &mut taken {
                *left = left.saturating_sub(1);
            }
            rows.push(places);
        }
        rows
    }
}
