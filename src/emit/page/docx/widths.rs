//! How wide the columns of a table are, so that it is as low as can be. Exact arithmetic: the same table, the same widths.

use unicode_width::UnicodeWidthStr;

use crate::page::table::Table;
use crate::page::text::{Run, Text};

/// Half the width of a character in a table (10.5 points), in twips.
const HALF: u64 = 105;
/// What borders and margins take of a cell, in twips.
const MARGIN: u64 = 160;
/// Rows that are looked at.
const ROWS: usize = 300;

/// What a column needs, in half characters.
#[derive(Debug, Clone, Copy, Default)]
struct Need {
    /// The longest part that is not broken.
    least: u64,
    /// The longest line.
    longest: u64,
    /// Of all its texts together.
    sum: u64,
}

/// The widths in twips; they sum up to `total`.
pub(super) fn columns(table: &Table, total: u32) -> Vec<u32> {
    let needs = needs(table);
    if needs.is_empty() {
        return Vec::new();
    }
    let total = u64::from(total);
    let all = needs.len() as u64;
    let room = total.saturating_sub(all * MARGIN) / HALF;
    let fair = (room / all).max(2);
    let least: Vec<u64> = needs.iter().map(|need| need.least.min(fair.max(12))).collect();
    let longest: Vec<u64> = needs.iter().zip(&least).map(|(need, least)| need.longest.max(*least)).collect();
    let weights: Vec<u64> = needs.iter().map(|need| (need.sum * 100).isqrt().max(1)).collect();
    let halves = if least.iter().sum::<u64>() >= room {
        least
    } else if longest.iter().sum::<u64>() <= room {
        // All fits on one line; what is left goes to where texts are long.
        let left = room - longest.iter().sum::<u64>();
        let shares = split(left, &longest);
        longest.iter().zip(shares).map(|(own, more)| own + more).collect()
    } else {
        fill(room, &least, &longest, &weights)
    };
    let mut widths: Vec<u64> = halves.iter().map(|half| half * HALF + MARGIN).collect();
    let sum: u64 = widths.iter().sum();
    if sum > total {
        // More columns than fit: all the same.
        widths = split(total, &vec![1; needs.len()]);
    } else {
        let shares = split(total - sum, &widths);
        for (width, more) in widths.iter_mut().zip(shares) {
            *width += more;
        }
    }
    widths.into_iter().map(|width| u32::try_from(width).unwrap_or(u32::MAX)).collect()
}

/// How many lines a text takes in a cell of this width, in twips; rather too many than too few.
pub(super) fn lines(text: &Text, width: u32) -> u64 {
    let room = (u64::from(width).saturating_sub(MARGIN) / HALF).max(2);
    split_lines(text).iter().map(|line| (wide(line) + 1).div_ceil(room).max(1)).sum()
}

/// Widths by weight, none below what it needs at least or above what it can use.
fn fill(room: u64, least: &[u64], longest: &[u64], weights: &[u64]) -> Vec<u64> {
    let mut fixed: Vec<Option<u64>> = vec![None; least.len()];
    loop {
        let taken: u64 = fixed.iter().flatten().sum();
        let open: Vec<usize> = (0..least.len()).filter(|index| fixed[*index].is_none()).collect();
        let shares = split(room.saturating_sub(taken), &open.iter().map(|index| weights[*index]).collect::<Vec<_>>());
        let wants: Vec<(usize, u64)> = open.iter().copied().zip(shares).collect();
        // Those that lack most are settled first, then those that have too much.
        let below = wants.iter().filter(|(index, share)| *share < least[*index]);
        let above = wants.iter().filter(|(index, share)| *share > longest[*index]);
        let short: Vec<(usize, u64)> = below.map(|(index, _)| (*index, least[*index])).collect();
        let settled =
            if short.is_empty() { above.map(|(index, _)| (*index, longest[*index])).collect() } else { short };
        if settled.is_empty() {
            for (index, share) in wants {
                fixed[index] = Some(share);
            }
            return fixed.into_iter().map(Option::unwrap_or_default).collect();
        }
        for (index, width) in settled {
            fixed[index] = Some(width);
        }
    }
}

/// A number in parts by weight, without a rest.
fn split(number: u64, weights: &[u64]) -> Vec<u64> {
    let sum: u64 = weights.iter().sum();
    let (mut before, mut given) = (0, 0);
    weights
        .iter()
        .map(|weight| {
            before += weight;
            let until = (number * before).checked_div(sum).unwrap_or(0);
            let part = until - given;
            given = until;
            part
        })
        .collect()
}

fn needs(table: &Table) -> Vec<Need> {
    let mut needs: Vec<Need> = vec![Need::default(); table.columns.len()];
    for (need, column) in needs.iter_mut().zip(&table.columns) {
        let head = wide(&column.name.words());
        // A heading of four characters stays on one line, a longer one is broken in two.
        need.least = if head <= 8 { head } else { head.div_ceil(4) * 2 + 2 };
        need.longest = need.least;
        need.sum = head;
    }
    for (row, places) in table.rows.iter().zip(table.places()).take(ROWS) {
        for (column, cell) in places {
            let Some(need) = needs.get_mut(column).filter(|_| cell.columns == 1) else { continue };
            let class = table.columns[column].class;
            let (least, longest, sum) = measure(&cell.text);
            let whole = class == "n" || class == "s";
            // What names several rows is broken once or twice, not into single characters.
            let named = if cell.rows > 1 { longest.min(9) } else { 0 };
            need.least = need.least.max(if whole { longest.min(18) } else { least.min(18) }).max(named);
            need.longest = need.longest.max(longest);
            // A cell over several rows has room for several lines.
            need.sum += if row.total { longest } else { sum / cell.rows as u64 };
        }
    }
    needs
}

fn wide(text: &str) -> u64 {
    UnicodeWidthStr::width_cjk(text) as u64
}

/// As they are broken by the text itself.
fn split_lines(text: &Text) -> Vec<String> {
    let mut lines: Vec<String> = vec![String::new()];
    for run in text.runs() {
        match run {
            Run::Break => lines.push(String::new()),
            Run::Tag(words) | Run::Good(words) => {
                lines.last_mut().into_iter().for_each(|line| line.push_str(&format!("〔{words}〕")));
            }
            Run::Blank(width) => {
                lines.last_mut().into_iter().for_each(|line| line.extend(std::iter::repeat_n('\u{3000}', *width)));
            }
            Run::Plain(words) | Run::Strong(words) | Run::Quiet(words) | Run::Link(_, words) => {
                lines.last_mut().into_iter().for_each(|line| line.push_str(words));
            }
        }
    }
    lines
}

/// The longest word, the longest line, and all lines together.
fn measure(text: &Text) -> (u64, u64, u64) {
    let lines = split_lines(text);
    let words = lines.iter().flat_map(|line| line.split(|c: char| !c.is_ascii_graphic()));
    let least = words.map(wide).max().unwrap_or(0).max(4);
    let longest = lines.iter().map(|line| wide(line) + 1).max().unwrap_or(0);
    (least, longest, lines.iter().map(|line| wide(line)).sum())
}

#[cfg(test)]
mod tests {
    use super::{columns, split};
    use crate::page::{Cell, Column, Row, Table};

    #[test]
    fn parts_sum_up() {
        assert_eq!(split(10, &[1, 1, 1]), [3, 3, 4]);
        assert_eq!(split(7, &[0, 0]), [0, 0]);
    }

    #[test]
    fn columns_fill_the_page() {
        for count in [1, 2, 5, 12, 40] {
            let names: Vec<Column> = (0..count).map(|_| Column::new("名称")).collect();
            for text in ["", "甲", &"很长的一段话".repeat(30), &"W".repeat(200)] {
                let cells = (0..count).map(|index| Cell::of(if index % 2 == 0 { text } else { "1" })).collect();
                let widths = columns(
                    &Table::new("", names.iter().map(|_| Column::new("名称")).collect(), vec![Row::new(cells)]),
                    8845,
                );
                assert_eq!(widths.iter().sum::<u32>(), 8845, "{count} columns of {text}");
                assert!(widths.iter().all(|width| *width > 200), "{widths:?}");
            }
        }
    }
}
