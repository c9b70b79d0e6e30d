//! What the pages of a workspace share: their files' names, their look, the figures at their top.

use crate::page::{Figure, Lead, Text};
use crate::write::html::Html;
use crate::write::sha256::base64_digest;

/// The page of all bundles.
pub const INDEX: &str = "index.html";
/// The page for those who run the reform.
pub const DASHBOARD: &str = "工作台.html";
/// The same in Markdown.
pub const DASHBOARD_MARKDOWN: &str = "工作台.md";
/// The workbook over all bundles.
pub const BASE_LIST: &str = "基础清单.xlsx";

const STYLE: &str = include_str!("site.css");
const SCRIPT: &str = include_str!("site.js");

/// What pages of a workspace may load: their own script.
pub fn policy() -> String {
    format!("; script-src 'sha256-{}'", base64_digest(SCRIPT.as_bytes()))
}

/// Style and script, with what `before` writes before the sections.
pub fn lead(before: &dyn Fn(&mut Html)) -> Lead<'_> {
    Lead { style: STYLE, policy: policy(), before, after: &|html: &mut Html| html.script(SCRIPT) }
}

/// A figure at the top.
pub fn figure(label: &str, value: usize, unit: &str, more: Option<String>) -> Figure {
    Figure {
        label: Text::of(label),
        value: Text::of(value.to_string()),
        unit: Text::of(unit),
        before: more.map(Text::of),
        saved: None,
    }
}
