//! The one form, for programs (`一张表单.schema.json`, `一张表单.formily.json`) and for people (`一张表单.html`, `一张表单.docx`). All
//! say when a field belongs to it by the same conditions. `分发对照表` says who gets what of it.

mod page;
mod paper;
mod shares;

use crate::models::form::{formily, schema};
use crate::page::docx;
use crate::parts::code;
use crate::words::view::View;
use crate::write::{Files, Painter};
use yijianshi_core::plan::Plan;

/// Writes all of them.
pub fn emit(plan: &Plan, painter: Painter<'_>, files: &mut Files) {
    let view = View { plan };
    for (name, value) in
        [("一张表单.schema.json", schema::schema(view)), ("一张表单.formily.json", formily::schema(view))]
    {
        let mut bytes = serde_json::to_vec_pretty(&value).expect("a JSON value is JSON");
        bytes.push(b'\n');
        files.insert(name.to_owned(), bytes);
    }
    files.insert("一张表单.docx".to_owned(), docx(&paper::paper(view).with_code(code::of(plan)), painter));
    if let Some(page) = shares::document(view) {
        page.with_code(code::of(plan)).write("分发对照表", painter, files);
    }
    files.insert("一张表单.html".to_owned(), page::page(view));
}
