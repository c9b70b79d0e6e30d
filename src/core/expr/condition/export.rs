//! Conditions as they were written, for programs: names, English keys, no positions.

use serde::ser::SerializeMap;
use serde::{Serialize, Serializer};

use super::{Condition, Expr, Literal, Offset};
use crate::source::At;

struct Values<'a>(&'a [At<Literal>]);

impl Serialize for Values<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(self.0.iter().map(|value| &value.value))
    }
}

struct FromToday(Offset);

impl Serialize for FromToday {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(2))?;
        map.serialize_entry("amount", &self.0.amount())?;
        map.serialize_entry("unit", self.0.unit().key())?;
        map.end()
    }
}

impl Serialize for Condition {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.expr.serialize(serializer)
    }
}

impl Serialize for Expr {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        match self {
            Expr::All(parts) => map.serialize_entry("all", parts)?,
            Expr::Any(parts) => map.serialize_entry("any", parts)?,
            Expr::Not(inner) => map.serialize_entry("not", inner)?,
            Expr::Is(question) => map.serialize_entry("is", &*question.value)?,
            Expr::Compare { question, op, value } => {
                map.serialize_entry("question", &*question.value)?;
                map.serialize_entry("op", op.ascii())?;
                map.serialize_entry("value", &value.value)?;
            }
            Expr::OneOf { question, values } => {
                map.serialize_entry("question", &*question.value)?;
                map.serialize_entry("op", "in")?;
                map.serialize_entry("values", &Values(values))?;
            }
            Expr::Includes { question, value } => {
                map.serialize_entry("question", &*question.value)?;
                map.serialize_entry("op", "includes")?;
                map.serialize_entry("value", &value.value)?;
            }
        }
        map.end()
    }
}

impl Serialize for Literal {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Literal::Word(word) => serializer.serialize_str(word),
            Literal::Number { number, unit } => {
                let mut map = serializer.serialize_map(None)?;
                map.serialize_entry("number", number)?;
                if let Some(unit) = unit {
                    map.serialize_entry("unit", &**unit)?;
                }
                map.end()
            }
            Literal::Date(date) => {
                let mut map = serializer.serialize_map(Some(1))?;
                map.serialize_entry("date", &date.to_string())?;
                map.end()
            }
            Literal::Today(offset, as_of) => {
                let mut map = serializer.serialize_map(None)?;
                if let Some(as_of) = as_of {
                    map.serialize_entry("date", &as_of.date.to_string())?;
                    map.serialize_entry("as_of", &as_of.today.to_string())?;
                }
                map.serialize_entry("from_today", &FromToday(*offset))?;
                map.end()
            }
        }
    }
}
