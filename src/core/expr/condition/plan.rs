//! Conditions in the plan: for programs, with English keys and without positions.

use std::borrow::Cow;

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::ser::SerializeMap;
use serde::{Serialize, Serializer};

use super::{Condition, Expr, Literal, Offset, OffsetUnit, Op};
use crate::expr::number::Number;
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

impl JsonSchema for Condition {
    fn schema_name() -> Cow<'static, str> {
        "Condition".into()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        Expr::json_schema(generator)
    }
}

impl JsonSchema for Expr {
    fn schema_name() -> Cow<'static, str> {
        "Condition".into()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        let inner = generator.subschema_for::<Expr>();
        let value = generator.subschema_for::<Literal>();
        let object = |description: &str, properties: serde_json::Value| {
            let required: Vec<&String> = properties.as_object().map_or_else(Vec::new, |map| map.keys().collect());
            serde_json::json!({
                "type": "object",
                "description": description,
                "required": required,
                "properties": properties,
                "additionalProperties": false,
            })
        };
        let ops = [Op::Eq, Op::Ne, Op::Lt, Op::Le, Op::Gt, Op::Ge].map(Op::ascii);
        let question = serde_json::json!({ "type": "string", "description": "问题的名称" });
        let parts = serde_json::json!({ "type": "array", "items": inner });
        let values = serde_json::json!({ "type": "array", "items": value, "minItems": 1 });
        json_schema!({
            "description": "条件：何时适用",
            "oneOf": [
                object("且：各项都成立", serde_json::json!({ "all": parts })),
                object("或：至少一项成立", serde_json::json!({ "any": parts })),
                object("非：不成立", serde_json::json!({ "not": inner })),
                object("回答“是”的问题", serde_json::json!({ "is": question })),
                object("回答与一个值比较", serde_json::json!({
                    "question": question, "op": { "enum": ops }, "value": value,
                })),
                object("回答是所列值之一", serde_json::json!({
                    "question": question, "op": { "const": "in" }, "values": values,
                })),
                object("多选的回答里有这个值", serde_json::json!({
                    "question": question, "op": { "const": "includes" }, "value": value,
                })),
            ],
        })
    }
}

impl JsonSchema for Literal {
    fn schema_name() -> Cow<'static, str> {
        "Value".into()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        let number = generator.subschema_for::<Number>();
        let units = [OffsetUnit::Day, OffsetUnit::Month, OffsetUnit::Year].map(OffsetUnit::key);
        json_schema!({
            "description": "条件里的值",
            "oneOf": [
                { "type": "string", "description": "选项" },
                {
                    "type": "object",
                    "description": "数和单位",
                    "properties": { "number": number, "unit": { "type": "string", "description": "单位" } },
                    "required": ["number"],
                    "additionalProperties": false,
                },
                {
                    "type": "object",
                    "description": "日期",
                    "properties": { "date": { "type": "string", "format": "date" } },
                    "required": ["date"],
                    "additionalProperties": false,
                },
                {
                    "type": "object",
                    "description": "从今天算起的日期：按工作区清单的“今天”算出的一天，和算法",
                    "properties": {
                        "date": { "type": "string", "format": "date", "description": "算出的日期" },
                        "as_of": { "type": "string", "format": "date", "description": "按哪一天算" },
                        "from_today": {
                            "type": "object",
                            "description": "今天之后多久；之前的是负数",
                            "properties": {
                                "amount": { "type": "integer" },
                                "unit": { "enum": units },
                            },
                            "required": ["amount", "unit"],
                            "additionalProperties": false,
                        },
                    },
                    "required": ["date", "as_of", "from_today"],
                    "additionalProperties": false,
                },
            ],
        })
    }
}
