//! `一张表单.schema.json` and `一张表单.html`: the one form, for programs and for people. Both say when a field belongs to
//! it by the same conditions.

mod page;
mod patterns;
mod schema;

use super::view::View;
use super::{Files, Painter};
use crate::plan::Plan;

/// Writes both.
pub fn emit(plan: &Plan, _: Painter<'_>, files: &mut Files) {
    let view = View { plan };
    let mut bytes = serde_json::to_vec_pretty(&schema::schema(view)).expect("a JSON value is JSON");
    bytes.push(b'\n');
    files.insert("一张表单.schema.json".to_owned(), bytes);
    files.insert("一张表单.html".to_owned(), page::page(view));
}
