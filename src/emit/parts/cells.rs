//! Cells that several sheets of workbooks show.

use crate::words;
use crate::write::xlsx::{Cell, Format, Result, whole};
use yijianshi_core::expr::Number;
use yijianshi_core::plan::SourceRef;

/// Where something is written.
pub fn place(source: &SourceRef) -> Cell {
    Cell::text(words::view::place(source))
}

/// How many rows of a column say `word`; `word` is this program's.
pub fn count_of(area: &str, word: &'static str, result: usize) -> Cell {
    Cell::formula(format!("COUNTIF({area},\"{word}\")"), whole(result))
}

/// What was saved, from the cells before and after, and its share.
pub fn savings(before: Option<Number>, after: Option<Number>, places: (&str, &str)) -> [Cell; 2] {
    let unknown = || Cell::text("未知");
    let saved = before.zip(after).and_then(|(before, after)| Some((before, before.checked_sub(after)?)));
    let Some((before, saved)) = saved else { return [unknown(), unknown()] };
    let (first, then) = places;
    let share = match saved.checked_div(before) {
        Some(share) => Result::Number(share),
        None => Result::Text("—".to_owned()),
    };
    [
        Cell::formula(format!("{first}-{then}"), saved),
        Cell::Formula(format!("IF({first}=0,\"—\",({first}-{then})/{first})"), share, Format::Percent),
    ]
}
