//! Where something is in a workbook, as formulas say it.

/// The rows of a column of a sheet.
#[derive(Debug, Clone, Copy)]
pub struct Area {
    /// The sheet.
    pub sheet: &'static str,
    /// The column, from 0.
    pub column: usize,
    /// The first row, from 0 below the headings.
    pub first: usize,
    /// How many rows.
    pub rows: usize,
}

impl Area {
    /// From another sheet: `'材料'!$C$2:$C$9`.
    pub fn abroad(self) -> String {
        let (letters, first, last) = self.corners();
        format!("'{}'!${letters}${first}:${letters}${last}", self.sheet)
    }

    /// On its own sheet: `C2:C9`.
    pub fn here(self) -> String {
        let (letters, first, last) = self.corners();
        format!("{letters}{first}:{letters}{last}")
    }

    /// An area without rows is the empty row below the headings.
    fn corners(self) -> (String, usize, usize) {
        (letters(self.column), self.first + 2, self.first + self.rows.max(1) + 1)
    }
}

/// A cell on the same sheet: `C2`. `row` counts from 0 below the headings.
pub fn at(column: usize, row: usize) -> String {
    format!("{}{}", letters(column), row + 2)
}

fn letters(column: usize) -> String {
    let mut left = column + 1;
    let mut letters = Vec::new();
    while left > 0 {
        let letter = u8::try_from((left - 1) % 26).unwrap_or_default();
        letters.push(char::from(b'A' + letter));
        left = (left - 1) / 26;
    }
    letters.iter().rev().collect()
}

#[cfg(test)]
mod tests {
    use super::{Area, at};

    #[test]
    fn columns_have_letters() {
        assert_eq!(at(0, 0), "A2");
        assert_eq!(at(25, 8), "Z10");
        assert_eq!(at(26, 0), "AA2");
        assert_eq!(at(701, 0), "ZZ2");
        assert_eq!(at(702, 0), "AAA2");
        assert_eq!(Area { sheet: "材料", column: 2, first: 0, rows: 8 }.abroad(), "'材料'!$C$2:$C$9");
        assert_eq!(Area { sheet: "材料", column: 2, first: 0, rows: 0 }.here(), "C2:C2");
    }
}
