//! The form for `@formily/json-schema` 2.3: `answers` and `fields` as in the JSON Schema, visible and required by the same
//! conditions. What is not shown has no value (`visible`, never `hidden`).
//!
//! The library evaluates every text of a schema that looks like `{{…}}`. `x-compile-omitted` turns that off for all that holds an
//! author's words; what remains are reactions and validators, which are the program's own.

use serde_json::{Map, Value, json};

use super::expression::{Expression, any, expression, quoted};
use super::patterns::pattern;
use super::schema::value;
use crate::words::form::prefill;
use crate::words::view::View;
use crate::write::text::display;
use yijianshi_core::expr::Number;
use yijianshi_core::model::ElementType;
use yijianshi_core::plan::{Condition, Field, FieldGroup, Question, QuestionKind, QuestionOption, Requirement, When};

/// What the answers are called in reactions and in validators.
const DEPENDENCIES: &str = "$deps";
const ANSWERS: &str = "answers";

/// The schema as the library takes it.
pub(crate) fn schema(view: View<'_>) -> Value {
    let plan = view.plan;
    let mut answers = Map::new();
    if !plan.questions.is_empty() {
        let questions = plan.questions.iter().enumerate();
        let nodes = questions.map(|(index, question)| (question.id.clone(), question_node(view, question, index)));
        answers.insert("group_0".to_owned(), card("您的情形", 0, nodes.collect()));
    }
    let mut groups = Map::new();
    for (index, group) in plan.form.groups.iter().enumerate() {
        groups.insert(format!("group_{}", index + 1), group_node(view, group, index));
    }
    let mut answers = json!({ "type": "object", "x-index": 0, "x-decorator": "FormItem", "properties": answers });
    let never = validators(view);
    if !never.is_empty() {
        answers["x-validator"] = Value::Array(never);
    }
    let layout = json!({
        "type": "void",
        "x-component": "FormLayout",
        "x-component-props": { "layout": "vertical" },
        "properties": {
            "answers": answers,
            "fields": { "type": "object", "x-index": 1, "properties": groups },
        },
    });
    let data = json!({
        "bundle": { "id": plan.bundle.id, "title": plan.bundle.title, "version": plan.bundle.version },
        "library": "@formily/json-schema@2.3",
        "schema": "一张表单.schema.json",
    });
    json!({
        "type": "object",
        "title": display(&plan.form.name),
        "x-data": data,
        "x-compile-omitted": ["title", "x-data"],
        "properties": { "layout": layout },
    })
}

fn card(title: &str, index: usize, nodes: Map<String, Value>) -> Value {
    json!({
        "type": "void",
        "title": display(title),
        "x-index": index,
        "x-component": "Card",
        "x-component-props": { "title": display(title) },
        "x-compile-omitted": ["title", "x-component-props"],
        "properties": nodes,
    })
}

fn group_node(view: View<'_>, group: &FieldGroup, index: usize) -> Value {
    let nodes = group.fields.iter().enumerate();
    let nodes = nodes.map(|(index, field)| (field.id.clone(), field_node(view, field, index)));
    let mut card = card(&group.name, index, nodes.collect());
    // A card is there as long as one of its fields is.
    let conditions: Option<Vec<&Condition>> =
        group.fields.iter().map(|field| field.when.as_ref().map(|when| &when.tree)).collect();
    if let Some(conditions) = conditions.filter(|conditions| !conditions.is_empty()) {
        let shown = any(view, &conditions, DEPENDENCIES);
        card["x-reactions"] = reactions(&[("visible", &shown)]);
    }
    card
}

fn question_node(view: View<'_>, question: &Question, index: usize) -> Value {
    let yes_no = json!([{ "label": "是", "value": true }, { "label": "否", "value": false }]);
    let mut node = match &question.kind {
        QuestionKind::YesNo => json!({ "type": "boolean", "x-component": "Radio.Group", "enum": yes_no }),
        QuestionKind::Choice { options } => choice(offered(options)),
        // None of them is an answer, too.
        QuestionKind::Choices { options } => {
            json!({ "type": "array", "x-component": "Checkbox.Group", "enum": offered(options), "default": [] })
        }
        QuestionKind::Number { min, max, decimals, .. } => numeric(Some(*min), Some(*max), Some(*decimals)),
        QuestionKind::Date { min, max } => {
            let mut node = json!({ "type": "string", "x-component": "DatePicker" });
            let bounds = [("minimum", min), ("maximum", max)];
            let bounds = bounds.into_iter().filter_map(|(which, day)| Some(day_bound(which, day.as_deref()?)));
            let validators: Vec<Value> = matching(ElementType::Date).into_iter().chain(bounds).collect();
            node["x-validator"] = Value::Array(validators);
            node
        }
    };
    let unit = match &question.kind {
        QuestionKind::Number { unit, .. } => unit.as_deref(),
        _ => None,
    };
    let required = !matches!(question.kind, QuestionKind::Choices { .. });
    if let Value::Object(map) = &mut node {
        map.insert("title".to_owned(), json!(display(&question.ask)));
        map.extend(question.help.as_ref().map(|help| ("description".to_owned(), json!(display(help)))));
        map.insert("x-index".to_owned(), json!(index));
        item(map, unit);
        if required {
            map.insert("required".to_owned(), json!(true));
        }
        let when = question.when.as_ref();
        map.insert("x-data".to_owned(), json!({ "question": question.name, "when": when.map(said) }));
        if let Some(when) = when {
            let shown = expression(view, &when.tree, DEPENDENCIES);
            map.insert("x-reactions".to_owned(), reactions(&[("visible", &shown)]));
        }
    }
    node
}

fn field_node(view: View<'_>, field: &Field, index: usize) -> Value {
    let mut validators = matching(field.kind);
    let mut node = match field.kind {
        ElementType::LongText => json!({ "type": "string", "x-component": "Input.TextArea" }),
        ElementType::Integer => numeric(field.min, field.max, Some(0)),
        ElementType::Decimal => numeric(field.min, field.max, None),
        ElementType::Date => json!({ "type": "string", "x-component": "DatePicker" }),
        ElementType::YesNo => {
            let options = json!([{ "label": "是", "value": true }, { "label": "否", "value": false }]);
            json!({ "type": "boolean", "x-component": "Radio.Group", "enum": options })
        }
        ElementType::Choice => choice(labelled(&field.options)),
        ElementType::Choices => {
            json!({ "type": "array", "x-component": "Checkbox.Group", "enum": labelled(&field.options) })
        }
        // An attachment is named: the file goes its own way.
        _ => json!({ "type": "string", "x-component": "Input" }),
    };
    if matches!(field.kind, ElementType::Text | ElementType::LongText | ElementType::Attachment) {
        validators.push(json!({ "pattern": r"\S", "message": "不能只填空格" }));
    }
    let mut help: Vec<String> = field.prefill.iter().map(prefill).collect();
    help.extend(field.help.iter().cloned());
    help.extend(pattern(field.kind).filter(|_| field.kind != ElementType::Date).map(|(_, words)| words.to_owned()));
    let unit = field.unit.as_deref().or((field.kind == ElementType::Money).then_some("元"));
    let shown = field.when.as_ref().map(|when| expression(view, &when.tree, DEPENDENCIES));
    let required = match &field.required {
        Requirement::When(when) => Some(expression(view, &when.tree, DEPENDENCIES)),
        Requirement::Always | Requirement::Never => None,
    };
    if let Value::Object(map) = &mut node {
        map.insert("title".to_owned(), json!(display(&field.label)));
        if !help.is_empty() {
            map.insert("description".to_owned(), json!(display(&help.join("；"))));
        }
        map.insert("x-index".to_owned(), json!(index));
        item(map, unit);
        if matches!(field.required, Requirement::Always) {
            map.insert("required".to_owned(), json!(true));
        }
        map.extend(field.max_length.map(|length| ("maxLength".to_owned(), json!(length))));
        if !validators.is_empty() {
            map.insert("x-validator".to_owned(), Value::Array(validators));
        }
        map.insert("x-data".to_owned(), data(field));
        let states = [("visible", shown.as_ref()), ("required", required.as_ref())];
        let states: Vec<_> = states.into_iter().filter_map(|(state, code)| Some((state, code?))).collect();
        if !states.is_empty() {
            map.insert("x-reactions".to_owned(), reactions(&states));
        }
    }
    node
}

/// What a portal wants to know beside what it shows.
fn data(field: &Field) -> Value {
    let mut data = json!({ "type": field.kind });
    if let Value::Object(map) = &mut data {
        map.extend(field.standard.as_ref().map(|standard| ("standard".to_owned(), json!(standard))));
        map.extend(field.prefill.as_ref().map(|prefill| ("prefill".to_owned(), json!(prefill))));
        map.extend(field.when.as_ref().map(|when| ("when".to_owned(), said(when))));
    }
    data
}

fn said(when: &When) -> Value {
    json!({ "text": when.text, "words": when.words })
}

/// In a form item, with its unit behind it; with nothing of an author's evaluated.
fn item(map: &mut Map<String, Value>, unit: Option<&str>) {
    map.insert("x-decorator".to_owned(), json!("FormItem"));
    if let Some(unit) = unit {
        map.insert("x-decorator-props".to_owned(), json!({ "addonAfter": display(unit) }));
    }
    map.insert("x-compile-omitted".to_owned(), json!(["title", "description", "enum", "x-decorator-props", "x-data"]));
}

fn choice(options: Vec<Value>) -> Value {
    let component = if options.len() <= 6 { "Radio.Group" } else { "Select" };
    json!({ "type": "string", "x-component": component, "enum": options })
}

/// The options of a question: answers are identifiers.
fn offered(options: &[QuestionOption]) -> Vec<Value> {
    options.iter().map(|option| json!({ "label": display(&option.name), "value": option.id })).collect()
}

/// The options of a field of a form: its values are what the agencies write.
fn labelled(options: &[String]) -> Vec<Value> {
    options.iter().map(|option| json!({ "label": display(option), "value": option })).collect()
}

fn numeric(min: Option<Number>, max: Option<Number>, decimals: Option<u32>) -> Value {
    let mut node = json!({ "type": "number", "x-component": "NumberPicker" });
    if let Value::Object(map) = &mut node {
        map.extend(decimals.map(|decimals| ("x-component-props".to_owned(), json!({ "precision": decimals }))));
        map.extend(min.map(|min| ("minimum".to_owned(), value(min))));
        map.extend(max.map(|max| ("maximum".to_owned(), value(max))));
    }
    node
}

/// What a kind of field has to look like.
fn matching(kind: ElementType) -> Vec<Value> {
    pattern(kind)
        .map(|(pattern, words)| json!({ "pattern": pattern, "message": format!("要填{words}") }))
        .into_iter()
        .collect()
}

/// A bound of a day: days are written so that their texts are in order.
fn day_bound(which: &str, day: &str) -> Value {
    let (sign, words) = if which == "minimum" { ("<", "早于") } else { (">", "晚于") };
    let message = quoted(&format!("不能{words}{day}"));
    json!({ "validator": format!("{{{{(value) => (value && value {sign} {} ? {message} : true)}}}}", quoted(day)) })
}

/// What holds the form back: answers that cannot be together, and those for which it is not meant.
fn validators(view: View<'_>) -> Vec<Value> {
    let plan = view.plan;
    let never = plan.constraints.iter().map(|when| (when, format!("不会同时出现：{}", when.words)));
    let exits = plan.exits.iter().map(|exit| (&exit.when, exit.advice.clone()));
    let validator = |(when, said): (&When, String)| {
        let Expression { code, .. } = expression(view, &when.tree, ANSWERS);
        // The library fills places like {{…}} in messages, too: a joiner between the braces leaves them as they are.
        let said = quoted(&display(&said).replace("{{", "{\u{2060}{"));
        json!({ "validator": format!("{{{{function (value) {{ var {ANSWERS} = value || {{}}; return {code} ? {said} : true; }}}}}}") })
    };
    never.chain(exits).map(validator).collect()
}

fn reactions(states: &[(&str, &Expression)]) -> Value {
    let mut dependencies = Map::new();
    let mut state = Map::new();
    for (name, expression) in states {
        for question in &expression.questions {
            dependencies.insert(question.clone(), json!(format!("answers.{question}")));
        }
        state.insert((*name).to_owned(), json!(format!("{{{{{}}}}}", expression.code)));
    }
    json!({ "dependencies": dependencies, "fulfill": { "state": state } })
}
