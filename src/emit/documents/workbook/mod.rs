//! `一件事.xlsx`: everything that can be counted, in sheets to be filtered and sorted, with sums that a reader can check.
//!
//! Formulas name ranges of rows, never names from a bundle: nothing an author writes is part of a formula.

mod account;
mod figures;
mod form;
mod items;
mod materials;
mod matrix;
mod needs;
mod time;

use crate::words::view::View;
use crate::write::xlsx::{Book, Cell, Format, Result};
use crate::write::{Files, Painter};
use yijianshi_core::expr::Number;
use yijianshi_core::plan::{Plan, SourceRef};

/// The file.
const NAME: &str = "一件事.xlsx";

/// Writes it.
pub fn emit(plan: &Plan, _: Painter<'_>, files: &mut Files) {
    let view = View { plan };
    let mut account = account::Account::new(view);
    let mut time = time::Time::new(view);
    let mut sheets = vec![
        figures::about(view),
        figures::sheet(view, &account, &time),
        items::sheet(view, &account),
        materials::sheet(view),
    ];
    sheets.extend(matrix::sheet(view, &account));
    // Formulas name the columns at the left only.
    account.lines.drop_empty_columns(account::KEPT);
    time.tasks.drop_empty_columns(time::KEPT);
    sheets.extend([form::fields(view), form::shares(view)]);
    sheets.extend([time.tasks, time.serial, account.lines, account.sums]);
    sheets.extend([needs::sheet(view), needs::gaps(view)]);
    let book = Book { title: view.title().words(), sheets };
    files.insert(NAME.to_owned(), book.write());
}

/// Where something is written.
fn place(source: &SourceRef) -> Cell {
    Cell::text(format!("{}:{}", source.file, source.line))
}

/// How many rows of a column say `word`; `word` is this program's.
fn count_of(area: &str, word: &'static str, result: usize) -> Cell {
    Cell::formula(format!("COUNTIF({area},\"{word}\")"), crate::write::xlsx::whole(result))
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
