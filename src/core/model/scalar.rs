//! Values that are one text: words, numbers, dates, durations, conditions.

use std::fmt;

use super::codes::{AMBIGUOUS_DAYS, BROKEN_CONDITIONS, BROKEN_DURATIONS, WRONG_VALUES};
use super::decode::{Decoder, Inheritance};
use super::record::Value;
use super::shape::{Leaf, Shape, Visitor};
use crate::diagnostic::{Code, Diagnostic, Edit, Fix};
use crate::expr::{self, DurationFault, ExprError};
use crate::source::{At, Date, Span};
use crate::syntax::Node;

pub use crate::expr::{Condition, Duration, Number};

/// 是 or 否.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct YesNo(pub bool);

impl Value for At<YesNo> {
    const SHAPE: Shape = Shape::YesNo;
    fn visit<'t>(&'t self, visitor: &mut dyn Visitor<'t>) {
        visitor.leaf(Leaf::YesNo(self));
    }
    fn decode(node: &Node, cx: &mut Decoder<'_>) -> Option<Self> {
        let index = cx.choice(node, "是或否", &["是", "否"])?;
        Some(At::new(YesNo(index == 0), node.span))
    }
}

/// A whole number, not negative.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, serde::Serialize, serde::Deserialize, schemars::JsonSchema,
)]
pub struct Count(pub u32);

impl fmt::Display for Count {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl Value for At<Count> {
    const SHAPE: Shape = Shape::Count;
    fn visit<'t>(&'t self, visitor: &mut dyn Visitor<'t>) {
        visitor.leaf(Leaf::Count(self));
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
    const SHAPE: Shape = Shape::Number;
    fn visit<'t>(&'t self, visitor: &mut dyn Visitor<'t>) {
        visitor.leaf(Leaf::Number(self));
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
    const SHAPE: Shape = Shape::Date;
    fn visit<'t>(&'t self, visitor: &mut dyn Visitor<'t>) {
        visitor.leaf(Leaf::Date(self));
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
    const SHAPE: Shape = Shape::Duration;
    fn visit<'t>(&'t self, visitor: &mut dyn Visitor<'t>) {
        visitor.leaf(Leaf::Duration(self));
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
    const SHAPE: Shape = Shape::Condition;
    fn visit<'t>(&'t self, visitor: &mut dyn Visitor<'t>) {
        visitor.leaf(Leaf::Condition(self));
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

/// A closed set of words.
pub trait Choices: Copy + 'static {
    /// What they are about.
    const WHAT: &'static str;
    /// As written, in the order of their declaration.
    const WORDS: &'static [&'static str];
    /// What they stand for.
    const ALL: &'static [Self];
    /// The word as written, and its English name.
    fn names(self) -> (&'static str, &'static str);
}

impl<C: Choices> Value for At<C> {
    const SHAPE: Shape = Shape::Word(C::WHAT, C::WORDS);
    fn decode(node: &Node, cx: &mut Decoder<'_>) -> Option<Self> {
        let index = cx.choice(node, C::WHAT, C::WORDS)?;
        Some(At::new(C::ALL[index], node.span))
    }
    fn identity(&self, _: &Inheritance<'_>) -> Option<String> {
        Some(self.value.names().0.to_owned())
    }
    fn place(&self) -> Option<Span> {
        Some(self.span)
    }
    fn visit<'t>(&'t self, visitor: &mut dyn Visitor<'t>) {
        let (word, name) = self.value.names();
        visitor.leaf(Leaf::Word(word, name, self.span));
    }
}
