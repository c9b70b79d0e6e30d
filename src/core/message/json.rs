//! For programs: one JSON value.

use serde::Serialize;

use super::{Message, Theme};
use crate::diagnostic::{Diagnostic, Edit, Fix, Level, Related};
use crate::source::{Sources, Span};

pub(super) const ABOUT: &str = "给程序读";

pub(super) fn new(_: Theme, _: usize) -> Box<dyn Message> {
    Box::new(Json)
}

/// The version of the format: it grows when a reader of an older one would misunderstand.
const VERSION: u32 = 1;

struct Json;

impl Message for Json {
    fn open(&self) -> String {
        format!("{{\"version\":{VERSION},\"diagnostics\":[")
    }

    fn finding(&self, sources: &Sources, diagnostic: &Diagnostic) -> String {
        format!("\n{}", json(&Finding::new(sources, diagnostic)))
    }

    fn between(&self) -> &'static str {
        ","
    }

    fn close(&self, summary: super::Summary, failure: Option<&str>) -> String {
        let super::Summary { errors, warnings, files, fixable } = summary;
        let summary = json(&Summary { errors, warnings, files, fixable });
        let failure = failure.map(|why| format!("\"failure\":{},", json(&why))).unwrap_or_default();
        format!("\n],{failure}\"summary\":{summary}}}\n")
    }
}

fn json(value: &impl Serialize) -> String {
    serde_json::to_string(value).expect("nothing that JSON cannot say")
}

#[derive(Debug, Serialize)]
struct Finding<'a> {
    code: &'a str,
    /// Where the code is explained.
    page: String,
    level: &'a str,
    message: &'a str,
    label: Option<&'a str>,
    #[serde(flatten)]
    at: Location<'a>,
    related: Vec<Other<'a>>,
    help: Option<&'a str>,
    fix: Option<Change<'a>>,
}

#[derive(Debug, Serialize)]
struct Location<'a> {
    file: &'a str,
    start: Point,
    end: Point,
}

/// Line and column from 1, columns in characters; offset from 0, in bytes.
#[derive(Debug, Serialize)]
struct Point {
    line: usize,
    column: usize,
    offset: usize,
}

#[derive(Debug, Serialize)]
struct Other<'a> {
    #[serde(flatten)]
    at: Location<'a>,
    note: &'a str,
}

#[derive(Debug, Serialize)]
struct Change<'a> {
    title: &'a str,
    safe: bool,
    edits: Vec<Replacement<'a>>,
}

#[derive(Debug, Serialize)]
struct Replacement<'a> {
    #[serde(flatten)]
    at: Location<'a>,
    text: &'a str,
}

#[derive(Debug, Serialize)]
struct Summary {
    errors: usize,
    warnings: usize,
    files: usize,
    fixable: usize,
}

impl<'a> Finding<'a> {
    fn new(sources: &'a Sources, diagnostic: &'a Diagnostic) -> Self {
        let other = |it: &'a Related| Other { at: Location::new(sources, it.span), note: &it.note };
        Finding {
            code: diagnostic.code.name,
            page: diagnostic.code.file(),
            level: match diagnostic.level {
                Level::Error => "error",
                Level::Warning => "warning",
            },
            message: &diagnostic.message,
            label: diagnostic.label.as_deref(),
            at: Location::new(sources, diagnostic.span),
            related: diagnostic.related.iter().map(other).collect(),
            help: diagnostic.help.as_deref(),
            fix: diagnostic.fix.as_ref().map(|fix| Change::new(sources, fix)),
        }
    }
}

impl<'a> Change<'a> {
    fn new(sources: &'a Sources, fix: &'a Fix) -> Self {
        let edit = |edit: &'a Edit| Replacement { at: Location::new(sources, edit.span), text: &edit.text };
        Change { title: &fix.title, safe: fix.safe, edits: fix.edits.iter().map(edit).collect() }
    }
}

impl<'a> Location<'a> {
    fn new(sources: &'a Sources, span: Span) -> Self {
        let source = sources.get(span.source);
        let point = |offset: usize| {
            let place = source.place(offset);
            Point { line: place.line, column: place.column, offset }
        };
        Location { file: source.name(), start: point(span.start as usize), end: point(span.end as usize) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::{Source, SourceId};

    crate::code! {
        /// # 措辞含糊
        static VAGUE = "vague-wording", Wording, Warning, allowable;
    }

    #[test]
    fn columns_are_characters_and_offsets_bytes() {
        let sources = Sources::from_texts([Source::new("a.yaml", "一件事: 等材料\r\n")]);
        let span = Span::new(SourceId(0), 11..14);
        let finding = VAGUE.at(span, "“等”说不清").label("这里").related(span.at_end(), "之后").fix(Fix::replace(
            span,
            "",
            "删去“等”",
        ));
        let summary = super::super::Summary { files: 1, warnings: 2, fixable: 1, errors: 0 };
        let list = [Json.finding(&sources, &finding), Json.finding(&sources, &VAGUE.at(span, "又一处"))];
        let text = [Json.open(), list.join(Json.between()), Json.close(summary, None)].concat();
        let value: serde_json::Value = serde_json::from_str(&text).unwrap();
        assert_eq!(value["version"], 1);
        let first = &value["diagnostics"][0];
        assert_eq!(first["start"], serde_json::json!({"line": 1, "column": 6, "offset": 11}));
        assert_eq!(first["end"], serde_json::json!({"line": 1, "column": 7, "offset": 14}));
        assert_eq!((&first["level"], &first["related"][0]["note"]), (&"warning".into(), &"之后".into()));
        assert_eq!(first["page"], "RULES/vague-wording.md");
        assert_eq!(first["fix"]["edits"][0]["file"], "a.yaml");
        assert!(value["diagnostics"][1]["help"].is_null() && value["diagnostics"][1]["fix"].is_null());
        assert_eq!(value["summary"], serde_json::json!({"errors": 0, "warnings": 2, "files": 1, "fixable": 1}));
    }

    #[test]
    fn nothing_found_is_a_report_too_and_so_is_a_failure() {
        let summary = super::super::Summary { files: 3, ..Default::default() };
        for failure in [None, Some("读不了 “a.yaml”")] {
            let text = Json.open() + &Json.close(summary, failure);
            let value: serde_json::Value = serde_json::from_str(&text).unwrap();
            assert_eq!((&value["diagnostics"], &value["summary"]["files"]), (&serde_json::json!([]), &3.into()));
            assert_eq!(value.get("failure").and_then(|why| why.as_str()), failure);
        }
    }
}
