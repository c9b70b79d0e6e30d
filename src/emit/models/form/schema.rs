//! The form as JSON Schema 2020-12: `answers` to the questions and `fields` of the form. A field that does not belong to the
//! form under the answers given must be absent.

use serde_json::{Map, Value, json};

use super::patterns::{days, pattern};
use crate::words::view::View;
use crate::write::text::display;
use yijianshi_core::expr::{Number, Op};
use yijianshi_core::model::ElementType;
use yijianshi_core::plan::{Condition, Field, Question, QuestionKind, QuestionOption, Requirement};

pub(crate) fn schema(view: View<'_>) -> Value {
    let plan = view.plan;
    let mut rules: Vec<Value> = Vec::new();
    let mut answers = Map::new();
    let mut asked: Vec<&str> = Vec::new();
    for question in &plan.questions {
        answers.insert(question.id.clone(), question_schema(question));
        match &question.when {
            None => asked.push(&question.id),
            Some(when) => rules.push(json!({
                "if": condition(&when.tree),
                "then": { "properties": { "answers": { "required": [question.id] } } },
                "else": { "properties": { "answers": { "properties": { &question.id: false } } } },
            })),
        }
    }
    let mut fields = Map::new();
    let mut required: Vec<&str> = Vec::new();
    for field in plan.form.fields() {
        fields.insert(field.id.clone(), field_schema(view, field));
        field_rules(field, &mut required, &mut rules);
    }
    for never in &plan.constraints {
        rules.push(
            json!({ "not": condition(&never.tree), "description": format!("不会同时出现：{}", display(&never.words)) }),
        );
    }
    for exit in &plan.exits {
        rules.push(json!({ "not": condition(&exit.when.tree), "description": display(&exit.advice) }));
    }
    let shares: Vec<Value> = plan
        .form
        .shares
        .iter()
        .map(|share| {
            let fields: Vec<Value> =
                share.fields.iter().map(|field| json!({ "field": field.field, "label": field.label })).collect();
            json!({ "item": share.item, "agency": share.agency, "form": share.form, "fields": fields })
        })
        .collect();
    let mut schema = json!({
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": format!("urn:yijianshi:{}:{}:form", plan.workspace.id, plan.bundle.id),
        "title": display(&plan.form.name),
        "description": "answers：情形问题的回答；fields：表单上的字段。在所答情形下用不着的，不出现。",
        "type": "object",
        "required": ["answers", "fields"],
        "additionalProperties": false,
        "properties": {
            "answers": { "title": "情形", "type": "object", "required": asked, "additionalProperties": false, "properties": answers },
            "fields": { "title": "表单", "type": "object", "required": required, "additionalProperties": false, "properties": fields },
        },
    });
    if let Value::Object(top) = &mut schema {
        if !rules.is_empty() {
            top.insert("allOf".to_owned(), Value::Array(rules));
        }
        top.insert(
            "x-bundle".to_owned(),
            json!({ "id": plan.bundle.id, "title": plan.bundle.title, "version": plan.bundle.version }),
        );
        top.insert("x-shares".to_owned(), Value::Array(shares));
    }
    schema
}

fn field_rules<'a>(field: &'a Field, always: &mut Vec<&'a str>, rules: &mut Vec<Value>) {
    let demanded = json!({ "properties": { "fields": { "required": [field.id] } } });
    let absent = json!({ "properties": { "fields": { "properties": { &field.id: false } } } });
    match (&field.when, &field.required) {
        (None, Requirement::Always) => always.push(&field.id),
        (None, Requirement::Never) => {}
        (Some(when), Requirement::Always) => {
            rules.push(json!({ "if": condition(&when.tree), "then": demanded, "else": absent }));
        }
        (visible, required) => {
            if let Some(when) = visible {
                rules.push(json!({ "if": condition(&when.tree), "else": absent }));
            }
            if let Requirement::When(when) = required {
                rules.push(json!({ "if": condition(&when.tree), "then": demanded }));
            }
        }
    }
}

/// When a condition holds of a document. A question that is not asked fulfils nothing.
fn condition(tree: &Condition) -> Value {
    json!({ "properties": { "answers": over_answers(tree) } })
}

fn over_answers(tree: &Condition) -> Value {
    let all = |parts: &[Condition]| parts.iter().map(over_answers).collect::<Vec<_>>();
    let leaf = |question: &str, test: Value| json!({ "required": [question], "properties": { question: test } });
    match tree {
        Condition::All(parts) if parts.is_empty() => Value::Bool(true),
        Condition::Any(parts) if parts.is_empty() => Value::Bool(false),
        Condition::All(parts) => json!({ "allOf": all(parts) }),
        Condition::Any(parts) => json!({ "anyOf": all(parts) }),
        Condition::Not(part) => json!({ "not": over_answers(part) }),
        Condition::Yes(question) => leaf(question, json!({ "const": true })),
        Condition::OneOf { question, options } => match &options[..] {
            [only] => leaf(question, json!({ "const": only })),
            _ => leaf(question, json!({ "enum": options })),
        },
        Condition::Includes { question, option } => {
            leaf(question, json!({ "type": "array", "contains": { "const": option } }))
        }
        Condition::Number { question, op, number } => leaf(question, bound(*op, *number)),
        // A day counted from today is that of the plan: a schema knows no other.
        Condition::Date { question, op, date, .. } => {
            leaf(question, json!({ "type": "string", "pattern": days(*op, *date) }))
        }
    }
}

fn bound(op: Op, number: Number) -> Value {
    let number = value(number);
    match op {
        Op::Eq => json!({ "const": number }),
        Op::Ne => json!({ "not": { "const": number } }),
        Op::Lt => json!({ "type": "number", "exclusiveMaximum": number }),
        Op::Le => json!({ "type": "number", "maximum": number }),
        Op::Gt => json!({ "type": "number", "exclusiveMinimum": number }),
        Op::Ge => json!({ "type": "number", "minimum": number }),
    }
}

/// As a JSON number.
pub(crate) fn value(number: Number) -> Value {
    let text = number.to_decimal().unwrap_or_else(|| number.to_fixed(9));
    serde_json::from_str(&text).unwrap_or(Value::Null)
}

fn question_schema(question: &Question) -> Value {
    let mut schema = match &question.kind {
        QuestionKind::YesNo => json!({ "type": "boolean" }),
        QuestionKind::Choice { options } => json!({ "oneOf": offered(options) }),
        QuestionKind::Choices { options } => {
            json!({ "type": "array", "uniqueItems": true, "items": { "oneOf": offered(options) } })
        }
        QuestionKind::Number { min, max, unit, decimals } => {
            let kind = if *decimals == 0 { "integer" } else { "number" };
            json!({ "type": kind, "minimum": value(*min), "maximum": value(*max), "x-unit": unit, "x-decimals": decimals })
        }
        QuestionKind::Date { .. } => date_schema(),
    };
    if let Value::Object(map) = &mut schema {
        map.insert("title".to_owned(), Value::String(display(&question.name)));
        let help = question.help.as_ref().map(|help| format!("\u{3000}{help}")).unwrap_or_default();
        map.insert("description".to_owned(), Value::String(display(&format!("{}{help}", question.ask))));
        map.insert("x-question".to_owned(), Value::String(question.name.clone()));
        if let QuestionKind::Date { min, max } = &question.kind {
            let from =
                min.as_ref().and_then(|day| yijianshi_core::source::Date::parse(day)).map(|day| days(Op::Ge, day));
            let to = max.as_ref().and_then(|day| yijianshi_core::source::Date::parse(day)).map(|day| days(Op::Le, day));
            let bounds: Vec<Value> = from.into_iter().chain(to).map(|pattern| json!({ "pattern": pattern })).collect();
            if !bounds.is_empty() {
                map.insert("allOf".to_owned(), Value::Array(bounds));
            }
        }
        if let Some(when) = &question.when {
            map.insert("x-when".to_owned(), json!(when));
        }
    }
    schema
}

fn offered(options: &[QuestionOption]) -> Vec<Value> {
    options.iter().map(|option| json!({ "const": option.id, "title": display(&option.name) })).collect()
}

fn date_schema() -> Value {
    let (pattern, _) = pattern(ElementType::Date).unwrap_or_default();
    json!({ "type": "string", "format": "date", "pattern": pattern })
}

fn field_schema(view: View<'_>, field: &Field) -> Value {
    let mut map = Map::new();
    map.insert("title".to_owned(), Value::String(display(&field.label)));
    let mut help: Vec<String> = field.help.iter().map(|help| display(help)).collect();
    let kind = match field.kind {
        ElementType::Text | ElementType::LongText | ElementType::Attachment => {
            json!({ "type": "string", "pattern": r"\S" })
        }
        ElementType::Integer => json!({ "type": "integer" }),
        ElementType::Decimal => json!({ "type": "number" }),
        ElementType::Date => date_schema(),
        ElementType::YesNo => json!({ "type": "boolean" }),
        ElementType::Choice => json!({ "enum": field.options }),
        ElementType::Choices => {
            json!({ "type": "array", "minItems": 1, "uniqueItems": true, "items": { "enum": field.options } })
        }
        kind => {
            let (pattern, words) = pattern(kind).unwrap_or_default();
            help.push(words.to_owned());
            json!({ "type": "string", "pattern": pattern })
        }
    };
    if let Value::Object(kind) = kind {
        map.extend(kind);
    }
    let (least, greatest) = match field.kind {
        ElementType::Integer | ElementType::Decimal => ("minimum", "maximum"),
        _ => ("x-minimum", "x-maximum"),
    };
    map.extend(field.min.map(|min| (least.to_owned(), value(min))));
    map.extend(field.max.map(|max| (greatest.to_owned(), value(max))));
    map.extend(field.max_length.map(|length| ("maxLength".to_owned(), json!(length))));
    if !help.is_empty() {
        map.insert("description".to_owned(), Value::String(help.join("；")));
    }
    map.insert("x-type".to_owned(), json!(field.kind));
    map.extend(field.unit.as_ref().map(|unit| ("x-unit".to_owned(), json!(unit))));
    map.extend(field.standard.as_ref().map(|standard| ("x-standard".to_owned(), json!(standard))));
    map.extend(field.when.as_ref().map(|when| ("x-when".to_owned(), json!(when))));
    map.extend(field.prefill.as_ref().map(|prefill| ("x-prefill".to_owned(), json!(prefill))));
    let sources: Vec<Value> = field
        .sources
        .iter()
        .map(|source| {
            let agency = view.item(&source.item).and_then(|item| item.agency.as_ref());
            json!({ "item": source.item, "agency": agency, "form": source.form, "label": source.label, "required": source.required })
        })
        .collect();
    map.insert("x-sources".to_owned(), Value::Array(sources));
    Value::Object(map)
}
