//! A form to be filled in: names of what is asked for, and room to write.

use super::text::Text;

/// A part of a form, with lines around everything.
#[derive(Debug)]
pub struct Grid {
    /// What stands above it, again on every page.
    pub title: Text,
    /// Its rows: one wide entry or one or two narrow ones.
    pub rows: Vec<Vec<Entry>>,
}

/// Something to be filled in.
#[derive(Debug)]
pub struct Entry {
    /// What it is called; nothing if what is filled in says it itself.
    pub label: Text,
    /// What is asked, if its name does not say it.
    pub asks: Text,
    /// How it is filled in.
    pub fill: Fill,
    /// What stands below it in small type.
    pub notes: Vec<Text>,
    /// What programs call it; at most 64 ASCII characters.
    pub tag: String,
    /// Whether it takes a whole row.
    pub wide: bool,
}

/// How something is filled in.
#[derive(Debug)]
pub enum Fill {
    /// Written, on so many lines, with the unit behind it.
    Write {
        /// How many lines there are to write on.
        lines: usize,
        /// Of what.
        unit: Text,
    },
    /// Boxes to be ticked.
    Tick(Vec<Text>),
    /// One of many, by its words.
    Pick(Vec<Text>),
    /// A day.
    Day,
    /// Signed by hand, with so many lines of room.
    Sign(usize),
    /// Nothing: words to be read.
    Read(Vec<Text>),
}

impl Grid {
    /// Entries in their order; two narrow ones stand side by side.
    pub fn new(title: Text, entries: Vec<Entry>) -> Grid {
        let mut rows: Vec<Vec<Entry>> = Vec::new();
        for entry in entries {
            match rows.last_mut() {
                Some(row) if !entry.wide && row.len() == 1 && row.iter().all(|first| !first.wide) => row.push(entry),
                _ => rows.push(vec![entry]),
            }
        }
        Grid { title, rows }
    }

    /// The same as names and what they stand for, where there is no form to be filled in.
    pub fn facts(&self) -> Vec<(Text, Text)> {
        self.rows.iter().flatten().map(|entry| (entry.label.clone(), entry.words())).collect()
    }
}

impl Entry {
    fn words(&self) -> Text {
        let boxes = |list: &[Text]| {
            let boxes = list.iter().map(|option| Text::of("□").join(option.clone()));
            boxes.fold(Text::default(), |all, one| if all.is_empty() { one } else { all.then("\u{3000}").join(one) })
        };
        let fill = match &self.fill {
            Fill::Write { unit, .. } => Text::default().blank(10).join(unit.clone()),
            Fill::Tick(list) | Fill::Pick(list) => boxes(list),
            Fill::Day => Text::default().blank(3).then("年").blank(2).then("月").blank(2).then("日"),
            Fill::Sign(_) => Text::default().blank(10),
            Fill::Read(lines) => Text::lines(lines.iter().cloned()),
        };
        Text::lines([self.asks.clone(), fill].into_iter().chain(self.notes.iter().cloned()))
    }
}

#[cfg(test)]
mod tests {
    use super::{Entry, Fill, Grid};
    use crate::page::Text;

    #[test]
    fn narrow_entries_stand_in_pairs() {
        let entry = |wide| Entry {
            label: Text::of("甲"),
            asks: Text::default(),
            fill: Fill::Day,
            notes: Vec::new(),
            tag: String::new(),
            wide,
        };
        let lengths = |wides: &[bool]| -> Vec<usize> {
            let grid = Grid::new(Text::default(), wides.iter().map(|wide| entry(*wide)).collect());
            grid.rows.iter().map(Vec::len).collect()
        };
        assert_eq!(lengths(&[]), [0; 0]);
        assert_eq!(lengths(&[false, false, false]), [2, 1]);
        assert_eq!(lengths(&[false, true, false, false]), [1, 1, 2]);
    }
}
