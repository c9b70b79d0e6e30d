//! `一张表单.schema.json`, `一张表单.formily.json` and `一张表单.html`: the one form, for programs and for people. All say when a
//! field belongs to it by the same conditions.

mod expression;
mod formily;
mod page;
mod patterns;
mod schema;
mod words;

use super::view::View;
use super::{Files, Painter};
use crate::plan::Plan;

/// Writes all of them.
pub fn emit(plan: &Plan, _: Painter<'_>, files: &mut Files) {
    let view = View { plan };
    for (name, value) in
        [("一张表单.schema.json", schema::schema(view)), ("一张表单.formily.json", formily::schema(view))]
    {
        let mut bytes = serde_json::to_vec_pretty(&value).expect("a JSON value is JSON");
        bytes.push(b'\n');
        files.insert(name.to_owned(), bytes);
    }
    files.insert("一张表单.html".to_owned(), page::page(view));
}
