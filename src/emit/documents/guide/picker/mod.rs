//! The picker on top of the guide page: a few questions, then what this applicant has to do. What it needs is data in the page;
//! plain scripts beside this file evaluate it, so that it works without a network and gives what the compiler gives.

mod data;

use crate::page::{self, Lead, Page};
use crate::words::view::View;
use crate::write::html::{Html, Name, attr};
use crate::write::sha256::base64_digest;

/// The scripts, as one: each file speaks of one thing.
const SCRIPT: &str = concat!(
    "\"use strict\";\n(() => {\n",
    include_str!("number.js"),
    include_str!("diagram.js"),
    include_str!("verdict.js"),
    include_str!("ledger.js"),
    include_str!("schedule.js"),
    include_str!("counts.js"),
    include_str!("calendar.js"),
    include_str!("state.js"),
    include_str!("case.js"),
    include_str!("element.js"),
    include_str!("ask.js"),
    include_str!("result.js"),
    include_str!("notice.js"),
    include_str!("main.js"),
    "})();\n",
);
const STYLE: &str = include_str!("picker.css");

/// The guide as a page, with the picker.
pub(super) fn page(view: View<'_>, page: &Page) -> Vec<u8> {
    let lead = Lead {
        style: STYLE,
        policy: format!("; script-src 'sha256-{}'", base64_digest(SCRIPT.as_bytes())),
        before: &|html: &mut Html| {
            let attrs = [
                attr(Name::Id, "picker"),
                attr(Name::Class, "picker noscript"),
                attr(Name::AriaLabelledby, "h-picker"),
            ];
            html.el("section", &attrs, |html| {
                let heading = "看看我要办什么、交什么";
                html.leaf("h2", &[attr(Name::Id, "h-picker"), attr(Name::Tabindex, "-1")], heading);
                html.leaf("div", &[attr(Name::Id, "app")], "");
            });
            html.leaf("div", &[attr(Name::Id, "notice"), attr(Name::Class, "sheet"), attr(Name::Hidden, "")], "");
        },
        after: &|html: &mut Html| {
            html.data("data", &data::data(view));
            html.script(SCRIPT);
        },
    };
    page::html_with(page, Some(&lead))
}
