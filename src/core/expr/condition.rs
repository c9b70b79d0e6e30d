//! Conditions: when something applies, in terms of the questions.

mod export;
mod literal;
mod offset;
mod parse;
mod words;

use std::fmt;
use std::sync::Arc;

pub use offset::{Offset, OffsetUnit};
pub use parse::{Names, Parsed, parse};
pub use words::Quoted;

use super::number::Number;
use crate::source::{At, Date, Span};

/// A whole condition and where it stands.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Condition {
    /// What must hold.
    pub expr: Expr,
    /// The text, without spaces around it.
    pub span: Span,
}

/// What must hold. The parser builds `All` and `Any` with at least two parts and keeps the author's brackets.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Expr {
    /// 且: every part. Without parts: always true.
    All(Vec<Expr>),
    /// 或: at least one part. Without parts: never true.
    Any(Vec<Expr>),
    /// Negation: 非, 不属于, 不包含.
    Not(Box<Expr>),
    /// A question that is answered by yes.
    Is(At<Arc<str>>),
    /// A question's answer compared with a value.
    Compare {
        /// The question.
        question: At<Arc<str>>,
        /// How.
        op: Op,
        /// With what.
        value: At<Literal>,
    },
    /// 属于: the answer is one of these.
    OneOf {
        /// The question.
        question: At<Arc<str>>,
        /// At least one value.
        values: Vec<At<Literal>>,
    },
    /// 包含: this is among the answers of a multiple-choice question.
    Includes {
        /// The question.
        question: At<Arc<str>>,
        /// The choice.
        value: At<Literal>,
    },
}

/// How two values are compared.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, serde::Serialize, serde::Deserialize)]
pub enum Op {
    /// `=`
    #[serde(rename = "=")]
    Eq,
    /// `≠`
    #[serde(rename = "!=")]
    Ne,
    /// `<`
    #[serde(rename = "<")]
    Lt,
    /// `≤`
    #[serde(rename = "<=")]
    Le,
    /// `>`
    #[serde(rename = ">")]
    Gt,
    /// `≥`
    #[serde(rename = ">=")]
    Ge,
}

impl schemars::JsonSchema for Op {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "Op".into()
    }

    fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
        let signs = [Op::Eq, Op::Ne, Op::Lt, Op::Le, Op::Gt, Op::Ge].map(Op::ascii);
        schemars::json_schema!({ "type": "string", "enum": signs, "description": "比较：回答在左边" })
    }
}

impl Op {
    /// The canonical sign: `=`, `≠`, `<`, `≤`, `>`, `≥`.
    pub fn sign(self) -> &'static str {
        match self {
            Op::Eq => "=",
            Op::Ne => "≠",
            Op::Lt => "<",
            Op::Le => "≤",
            Op::Gt => ">",
            Op::Ge => "≥",
        }
    }

    /// The sign for programs: `=`, `!=`, `<`, `<=`, `>`, `>=`.
    pub fn ascii(self) -> &'static str {
        match self {
            Op::Eq => "=",
            Op::Ne => "!=",
            Op::Lt => "<",
            Op::Le => "<=",
            Op::Gt => ">",
            Op::Ge => ">=",
        }
    }

    /// The operator with its sides exchanged.
    pub fn flipped(self) -> Op {
        match self {
            Op::Eq => Op::Eq,
            Op::Ne => Op::Ne,
            Op::Lt => Op::Gt,
            Op::Le => Op::Ge,
            Op::Gt => Op::Lt,
            Op::Ge => Op::Le,
        }
    }
}

/// A value as written in a condition.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Literal {
    /// An option's name; 是 and 否 are words, too.
    Word(Arc<str>),
    /// A number, perhaps with its unit.
    Number {
        /// How much.
        number: Number,
        /// Of what, as written.
        unit: Option<Arc<str>>,
    },
    /// A day.
    Date(Date),
    /// A day counted from today; with what it comes to, once it is known which day today is.
    Today(Offset, Option<AsOf>),
}

/// What a day counted from today comes to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct AsOf {
    /// Today.
    pub today: Date,
    /// The day counted from it.
    pub date: Date,
}

impl Literal {
    fn settle(&mut self, today: Date) {
        if let Literal::Today(offset, as_of) = self {
            *as_of = offset.from(today).map(|date| AsOf { today, date });
        }
    }

    /// The day, if it is one and known.
    pub fn date(&self) -> Option<Date> {
        match self {
            Literal::Date(date) => Some(*date),
            Literal::Today(_, as_of) => as_of.map(|as_of| as_of.date),
            Literal::Word(_) | Literal::Number { .. } => None,
        }
    }
}

impl Condition {
    /// Every question mentioned, in the order of mention; a question mentioned twice comes twice.
    pub fn questions(&self) -> impl Iterator<Item = &At<Arc<str>>> {
        self.expr.questions()
    }
}

impl Expr {
    /// Shows `visit` this expression and all within it, outer before inner, in the order of the text.
    pub fn walk<'a>(&'a self, visit: &mut dyn FnMut(&'a Expr)) {
        visit(self);
        match self {
            Expr::All(parts) | Expr::Any(parts) => parts.iter().for_each(|part| part.walk(visit)),
            Expr::Not(inner) => inner.walk(visit),
            Expr::Is(_) | Expr::Compare { .. } | Expr::OneOf { .. } | Expr::Includes { .. } => {}
        }
    }

    /// The question that this expression itself asks; `None` for 且, 或, 非.
    pub fn question(&self) -> Option<&At<Arc<str>>> {
        match self {
            Expr::Is(question)
            | Expr::Compare { question, .. }
            | Expr::OneOf { question, .. }
            | Expr::Includes { question, .. } => Some(question),
            Expr::All(_) | Expr::Any(_) | Expr::Not(_) => None,
        }
    }

    /// The values that this expression itself compares with.
    pub fn values(&self) -> &[At<Literal>] {
        match self {
            Expr::Compare { value, .. } | Expr::Includes { value, .. } => std::slice::from_ref(value),
            Expr::OneOf { values, .. } => values,
            Expr::All(_) | Expr::Any(_) | Expr::Not(_) | Expr::Is(_) => &[],
        }
    }

    /// Says which day today is: days counted from it then know what they come to.
    pub fn settle(&mut self, today: Date) {
        match self {
            Expr::All(parts) | Expr::Any(parts) => parts.iter_mut().for_each(|part| part.settle(today)),
            Expr::Not(inner) => inner.settle(today),
            Expr::Compare { value, .. } | Expr::Includes { value, .. } => value.value.settle(today),
            Expr::OneOf { values, .. } => values.iter_mut().for_each(|value| value.value.settle(today)),
            Expr::Is(_) => {}
        }
    }

    /// Every question mentioned, in the order of mention; a question mentioned twice comes twice.
    pub fn questions(&self) -> impl Iterator<Item = &At<Arc<str>>> {
        let mut list = Vec::new();
        self.walk(&mut |expr| list.extend(expr.question()));
        list.into_iter()
    }

    /// From the first to the last name or value within; `None` if there is none.
    pub fn span(&self) -> Option<Span> {
        let mut whole: Option<Span> = None;
        self.walk(&mut |expr| {
            let leaves = expr.question().map(|question| question.span).into_iter();
            for span in leaves.chain(expr.values().iter().map(|value| value.span)) {
                whole = Some(match whole {
                    Some(whole) => Span { start: whole.start.min(span.start), ..whole.to(span) },
                    None => span,
                });
            }
        });
        whole
    }

    fn is_joined(&self) -> bool {
        matches!(self, Expr::All(_) | Expr::Any(_))
    }
}

/// The canonical text. Brackets stand around every 且 and 或 within another, and around everything but a bare question
/// after 非, so that nobody needs to know what binds tighter.
impl fmt::Display for Expr {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Expr::All(parts) => joined(f, parts, " 且 ", "恒真"),
            Expr::Any(parts) => joined(f, parts, " 或 ", "恒假"),
            Expr::Not(inner) => match &**inner {
                Expr::Is(question) => write!(f, "非 {}", words::Quoted::question(question)),
                Expr::OneOf { question, values } => one_of(f, question, "不属于", values),
                Expr::Includes { question, value } => {
                    write!(f, "{} 不包含 {}", words::Quoted::question(question), value.value)
                }
                inner => write!(f, "非 ({inner})"),
            },
            Expr::Is(question) => write!(f, "{}", words::Quoted::question(question)),
            Expr::Compare { question, op, value } => {
                write!(f, "{} {} {}", words::Quoted::question(question), op.sign(), value.value)
            }
            Expr::OneOf { question, values } => one_of(f, question, "属于", values),
            Expr::Includes { question, value } => {
                write!(f, "{} 包含 {}", words::Quoted::question(question), value.value)
            }
        }
    }
}

fn joined(f: &mut fmt::Formatter<'_>, parts: &[Expr], between: &str, none: &str) -> fmt::Result {
    if parts.is_empty() {
        return f.write_str(none);
    }
    for (index, part) in parts.iter().enumerate() {
        f.write_str(if index == 0 { "" } else { between })?;
        if part.is_joined() && parts.len() > 1 { write!(f, "({part})")? } else { write!(f, "{part}")? }
    }
    Ok(())
}

fn one_of(f: &mut fmt::Formatter<'_>, question: &str, verb: &str, values: &[At<Literal>]) -> fmt::Result {
    write!(f, "{} {verb} [", words::Quoted::question(question))?;
    for (index, value) in values.iter().enumerate() {
        write!(f, "{}{}", if index == 0 { "" } else { ", " }, value.value)?;
    }
    f.write_str("]")
}

impl fmt::Display for Condition {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(&self.expr, f)
    }
}

impl fmt::Display for Op {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.sign())
    }
}

/// As written in a condition; a word in quotes where it would be read as something else.
impl fmt::Display for Literal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Literal::Word(word) => write!(f, "{}", words::Quoted::value(word)),
            Literal::Number { number, unit: None } => write!(f, "{number}"),
            Literal::Number { number, unit: Some(unit) } => write!(f, "{number}{unit}"),
            Literal::Date(date) => write!(f, "{date}"),
            Literal::Today(offset, _) => write!(f, "{offset}"),
        }
    }
}
