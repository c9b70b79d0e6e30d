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
use crate::write::xlsx::Book;
use crate::write::{Files, Painter};
use yijianshi_core::plan::Plan;

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
