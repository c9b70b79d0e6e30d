//! Values that are one text: words, numbers, dates, durations, conditions.

use std::fmt;

use schemars::{Schema, SchemaGenerator, json_schema};
use serde_json::{Value as Json, json};

use super::codes::{AMBIGUOUS_DAYS, BROKEN_CONDITIONS, BROKEN_DURATIONS, WRONG_VALUES};
use super::decode::{Decoder, Str, Text};
use super::record::{Value, scalar};
use crate::diagnostic::{Code, Diagnostic, Edit, Fix};
use crate::expr::{self, DurationFault, ExprError};
use crate::source::{At, Date, Span};
use crate::syntax::Node;

pub use crate::expr::{Condition, Duration, Number};

impl Value for Text {
    fn shape() -> String {
        "文字".to_owned()
    }
    fn schema(_: &mut SchemaGenerator) -> Schema {
        scalar()
    }
    fn export(&self) -> Json {
        Json::from(&*self.value)
    }
    fn decode(node: &Node, cx: &mut Decoder<'_>) -> Option<Self> {
        cx.scalar(node, "文字").map(|text| At::new(Str::from(text.trim()), node.span))
    }
    fn identity(&self) -> Option<String> {
        Some(self.value.to_string())
    }
    fn place(&self) -> Option<Span> {
        Some(self.span)
    }
    fn texts<'t>(&'t self, key: &'static str, visit: &mut dyn FnMut(&'static str, &'t Text)) {
        visit(key, self);
    }
}

impl fmt::Display for Text {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.value)
    }
}

/// 是 or 否.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct YesNo(pub bool);

impl Value for At<YesNo> {
    fn shape() -> String {
        "是或否".to_owned()
    }
    fn schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({ "enum": ["是", "否"] })
    }
    fn export(&self) -> Json {
        Json::from(self.value.0)
    }
    fn decode(node: &Node, cx: &mut Decoder<'_>) -> Option<Self> {
        let index = cx.choice(node, "是或否", &["是", "否"])?;
        Some(At::new(YesNo(index == 0), node.span))
    }
}

/// A whole number, not negative.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, serde::Serialize, schemars::JsonSchema)]
pub struct Count(pub u32);

impl fmt::Display for Count {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl Value for At<Count> {
    fn shape() -> String {
        "整数".to_owned()
    }
    fn schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({ "type": ["integer", "string"], "minimum": 0, "pattern": "^\\d+$" })
    }
    fn export(&self) -> Json {
        Json::from(self.value.0)
    }
    fn decode(node: &Node, cx: &mut Decoder<'_>) -> Option<Self> {
        let text = cx.scalar(node, "整数")?;
        if let Ok(number) = text.parse() {
            return Some(At::new(Count(number), node.span));
        }
        let digits: String = text.chars().take_while(char::is_ascii_digit).collect();
        let mut diagnostic = WRONG_VALUES.at(node.span, format!("“{text}”不是整数")).help("只写阿拉伯数字，例如 14");
        if let Ok(number) = digits.parse::<u32>() {
            diagnostic = diagnostic.fix(Fix::replace(node.span, digits, format!("改为 {number}")).to_be_confirmed());
        }
        cx.sink.push(diagnostic);
        None
    }
}

impl Value for At<Number> {
    fn shape() -> String {
        "数".to_owned()
    }
    fn schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({ "type": ["number", "string"] })
    }
    fn export(&self) -> Json {
        Json::from(self.value.to_string())
    }
    fn decode(node: &Node, cx: &mut Decoder<'_>) -> Option<Self> {
        let text = cx.scalar(node, "数")?;
        match Number::parse(text.trim_end_matches('%')) {
            Ok(number) => Some(At::new(number, node.span)),
            Err(_) => {
                cx.sink.push(WRONG_VALUES.at(node.span, format!("“{text}”不是数")).help("只写阿拉伯数字，例如 2.5"));
                None
            }
        }
    }
}

/// A date as written: `2026-01-31`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct DateText(pub Date);

impl Value for At<DateText> {
    fn shape() -> String {
        "日期".to_owned()
    }
    fn schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({ "type": "string", "pattern": "^\\d{4}-\\d{2}-\\d{2}$" })
    }
    fn export(&self) -> Json {
        Json::from(self.value.0.to_string())
    }
    fn decode(node: &Node, cx: &mut Decoder<'_>) -> Option<Self> {
        let text = cx.scalar(node, "日期")?;
        let date = Date::parse(text);
        if date.is_none() {
            let diagnostic = WRONG_VALUES.at(node.span, format!("“{text}”不是日期，或者没有这一天"));
            cx.sink.push(diagnostic.help("写成“年-月-日”，月、日各两位，例如 2026-01-31"));
        }
        date.map(|date| At::new(DateText(date), node.span))
    }
}

/// Says what is wrong with a small text at the exact characters.
fn report(code: &'static Code, error: &ExprError, node: &Node, cx: &Decoder<'_>) -> Diagnostic {
    let place = |range: &std::ops::Range<usize>| node.inner_span(cx.text, range.clone());
    let mut diagnostic = code.at(place(&error.range), error.message.clone());
    if let Some(help) = &error.help {
        diagnostic = diagnostic.help(help.clone());
    }
    if let Some(change) = &error.fix {
        let span = place(&change.range);
        // Where the text is written with escapes its characters have no places of their own: no fix then.
        if (span.end - span.start) as usize == change.range.len() {
            let title = match change.text.is_empty() {
                true => "删去".to_owned(),
                false => format!("改为“{}”", change.text.trim()),
            };
            diagnostic =
                diagnostic.fix(Fix { title, edits: vec![Edit { span, text: change.text.clone() }], safe: change.safe });
        }
    }
    diagnostic
}

impl Value for At<Duration> {
    fn shape() -> String {
        "时限".to_owned()
    }
    fn schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({ "type": ["string", "number"] })
    }
    fn export(&self) -> Json {
        json!(self.value)
    }
    fn decode(node: &Node, cx: &mut Decoder<'_>) -> Option<Self> {
        let text = cx.scalar(node, "时限")?;
        match Duration::parse(text) {
            Ok(duration) => Some(At::new(duration, node.span)),
            Err(error) => {
                let code = match error.fault {
                    DurationFault::Ambiguous => &AMBIGUOUS_DAYS,
                    _ => &BROKEN_DURATIONS,
                };
                let diagnostic = report(code, &error.error, node, cx);
                cx.sink.push(diagnostic);
                error.reading.map(|duration| At::new(duration, node.span))
            }
        }
    }
}

impl Value for Condition {
    fn shape() -> String {
        "条件".to_owned()
    }
    fn schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({ "type": "string" })
    }
    fn export(&self) -> Json {
        json!({ "text": self.to_string(), "tree": self })
    }
    fn decode(node: &Node, cx: &mut Decoder<'_>) -> Option<Self> {
        let text = cx.scalar(node, "条件")?;
        let questions = cx.questions;
        let known = |name: &str| questions.contains(&name);
        let parsed = expr::parse(text, |range| node.inner_span(cx.text, range), &known);
        let faults: Vec<_> = parsed.errors.iter().map(|error| report(&BROKEN_CONDITIONS, error, node, cx)).collect();
        cx.sink.extend(faults);
        parsed.condition
    }
    fn place(&self) -> Option<Span> {
        Some(self.span)
    }
}

macro_rules! located {
    ($($Name:ty),*) => { $(
        impl Value for At<$Name> {
            fn shape() -> String {
                <$Name as Value>::shape()
            }
            fn schema(generator: &mut SchemaGenerator) -> Schema {
                <$Name as Value>::schema(generator)
            }
            fn export(&self) -> Json {
                <$Name as Value>::export(&self.value)
            }
            fn decode(node: &Node, cx: &mut Decoder<'_>) -> Option<Self> {
                <$Name as Value>::decode(node, cx).map(|value| At::new(value, node.span))
            }
            fn identity(&self) -> Option<String> {
                <$Name as Value>::identity(&self.value)
            }
            fn place(&self) -> Option<Span> {
                Some(self.span)
            }
        }

        impl fmt::Display for At<$Name> {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.value.fmt(f)
            }
        }
    )* };
}

located!(
    super::bundle::Status,
    super::bundle::CaseType,
    super::bundle::PartialFailure,
    super::item::StageKind,
    super::item::MaterialForm,
    super::item::Necessity,
    super::item::Origin,
    super::item::ResultKind,
    super::item::ItemType,
    super::item::Tier,
    super::measure::ExemptionWay,
    super::catalogue::MaterialKind,
    super::catalogue::ElementType,
    super::manifest::StepConvention,
    super::manifest::VisitConvention,
    super::manifest::RuleLevel
);
