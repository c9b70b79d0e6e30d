//! Cells. Texts from a bundle enter through [`Cell::text`] and stay texts.

use crate::write::text::display;
use yijianshi_core::expr::Number;

/// So many UTF-16 units fit into a cell.
const MOST: usize = 32_767;
const CUT: &str = "……（下略，全文见 plan.json）";

/// A cell.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Cell {
    /// Nothing.
    Empty,
    /// A text; never a formula, whatever it begins with.
    Text(String),
    /// A number.
    Number(Number, Format),
    /// A formula (without `=`), and what it comes to.
    Formula(String, Result, Format),
}

/// What a formula comes to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Result {
    /// A number.
    Number(Number),
    /// A text.
    Text(String),
}

/// How a number is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// As it is.
    Plain,
    /// As a percentage with two decimals.
    Percent,
}

impl Cell {
    /// A text, with the punctuation of print; lines stay lines.
    pub fn text(text: impl AsRef<str>) -> Cell {
        let lines: Vec<String> = text.as_ref().lines().map(|line| display(line.trim())).collect();
        let text = fit(lines.join("\n"));
        if text.trim().is_empty() { Cell::Empty } else { Cell::Text(text) }
    }

    /// A text that may be missing.
    pub fn maybe<T: AsRef<str>>(text: Option<T>) -> Cell {
        text.map_or(Cell::Empty, Cell::text)
    }

    /// Several texts, each on a line.
    pub fn lines<T: AsRef<str>>(texts: impl IntoIterator<Item = T>) -> Cell {
        let texts: Vec<String> = texts.into_iter().map(|text| text.as_ref().to_owned()).collect();
        Cell::text(texts.join("\n"))
    }

    /// Names in a row.
    pub fn list<T: AsRef<str>>(texts: impl IntoIterator<Item = T>) -> Cell {
        let texts: Vec<String> = texts.into_iter().map(|text| text.as_ref().to_owned()).collect();
        Cell::text(texts.join("、"))
    }

    /// A number.
    pub fn number(number: impl Into<Number>) -> Cell {
        Cell::Number(number.into(), Format::Plain)
    }

    /// How many.
    pub fn count(count: usize) -> Cell {
        Cell::number(whole(count))
    }

    /// A formula (without `=`), and the number that it comes to.
    pub fn formula(formula: impl Into<String>, result: Number) -> Cell {
        Cell::Formula(formula.into(), Result::Number(result), Format::Plain)
    }

    /// What it comes to, without the formula.
    pub(super) fn settled(self) -> Cell {
        match self {
            Cell::Formula(_, Result::Number(number), format) => Cell::Number(number, format),
            Cell::Formula(_, Result::Text(text), _) => Cell::Text(text),
            other => other,
        }
    }

    /// The lines to be shown, for the width of the column.
    pub(super) fn shown(&self) -> String {
        match self {
            Cell::Empty => String::new(),
            Cell::Text(text) | Cell::Formula(_, Result::Text(text), _) => text.clone(),
            Cell::Number(number, format) | Cell::Formula(_, Result::Number(number), format) => match format {
                Format::Plain => number.to_string(),
                Format::Percent => "00.00%".to_owned(),
            },
        }
    }
}

/// A count as a number.
pub fn whole(count: usize) -> Number {
    u32::try_from(count).map_or(Number::ZERO, Number::from)
}

/// What fits into a cell; what was cut off is said.
fn fit(text: String) -> String {
    if text.encode_utf16().count() <= MOST {
        return text;
    }
    let room = MOST - CUT.encode_utf16().count();
    let mut used = 0;
    let mut cut: String = text
        .chars()
        .take_while(|c| {
            used += c.len_utf16();
            used <= room
        })
        .collect();
    cut.push_str(CUT);
    cut
}

#[cfg(test)]
mod tests {
    use super::{Cell, MOST};

    #[test]
    fn texts_fit() {
        let Cell::Text(text) = Cell::text("😀".repeat(20_000)) else { panic!("a text") };
        assert!(text.encode_utf16().count() <= MOST);
        assert!(text.contains("下略"));
        assert_eq!(Cell::text("甲\u{0}乙\u{ffff}\n=1+1"), Cell::Text("甲乙\n=1+1".to_owned()));
        assert_eq!(Cell::text(" \t "), Cell::Empty);
    }
}
