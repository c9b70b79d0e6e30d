//! Short ways to write a bundle by hand.

use super::model::*;

pub fn bundle(items: Vec<Item>) -> Bundle {
    Bundle {
        questions: Vec::new(),
        excluded: Vec::new(),
        items,
        groups: Vec::new(),
        list: None,
        measures: Vec::new(),
        capabilities: Vec::new(),
        acceptance: None,
        issue: None,
        promise: Promise::None,
        channels: Vec::new(),
        visits: None,
        delivery: None,
        no_order: false,
        hours_convert: false,
    }
}

/// An item that always applies, asks for nothing and issues nothing.
pub fn item(name: Name, limit: Option<Length>) -> Item {
    Item {
        name,
        agency: Some("甲局"),
        when: Cond::Always,
        mandatory: false,
        limit,
        stages: Vec::new(),
        before: Vec::new(),
        forms: Vec::new(),
        list: List::Nothing,
        rows: Vec::new(),
        results: Vec::new(),
        channels: Vec::new(),
        visits: None,
    }
}

pub fn row(document: Name) -> Row {
    Row { paper: Paper::Document(document), holder: None, copies: None, when: Cond::Always, necessary: true }
}

pub fn of(document: Name, holder: Name) -> Row {
    Row { holder: Some(holder), ..row(document) }
}

pub fn only(when: Cond, row: Row) -> Row {
    Row { when, ..row }
}

pub fn stage(kind: Kind, length: Option<Length>) -> Stage {
    Stage { kind, length, when: Cond::Always, uncounted: false, presence: false }
}

pub fn form(name: Name, fields: &[Name]) -> Form {
    Form { name, when: Cond::Always, fields: fields.iter().map(|field| (*field, Cond::Always)).collect() }
}

pub fn result(document: Name) -> Vec<CaseState> {
    vec![CaseState { document, holder: None, when: Cond::Always }]
}

pub fn measure(what: What) -> Measure {
    Measure { what, when: Cond::Always, grounded: true }
}

pub fn unfounded(what: What) -> Measure {
    Measure { grounded: false, ..measure(what) }
}

pub fn yes_no(name: Name) -> Question {
    Question { name, answers: Answers::YesNo, when: Cond::Always }
}
