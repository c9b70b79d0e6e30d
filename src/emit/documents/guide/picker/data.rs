//! What the picker knows: the plan's decision data with the texts that applicants read, as one JSON value. What there is nothing to
//! say about is left out.

use serde_json::{Map, Value, json};

use crate::words::view::{View, duration};
use crate::write::html::Url;
use crate::write::text::display;
use yijianshi_core::plan::{
    Basis, DecisionCalendar, DecisionItem, DecisionRow, Fee, Length, Question, QuestionKind, RowKind, RowRule, When,
};

pub(super) fn data(view: View<'_>) -> Value {
    let plan = view.plan;
    let decision = &plan.decision;
    let place = |id: &str| plan.questions.iter().position(|question| question.id == id).unwrap_or_default();
    let questions = plan.questions.iter().map(question);
    let variables = decision.variables.iter().map(|own| {
        let size = match &plan.questions[place(&own.question)].kind {
            QuestionKind::YesNo | QuestionKind::Choices { .. } => 2,
            QuestionKind::Choice { options } => options.len(),
            QuestionKind::Number { .. } | QuestionKind::Date { .. } => own.ranges.len(),
        };
        json!({
            "question": place(&own.question),
            "option": own.option,
            "size": size,
            "ranges": own.ranges.iter().map(|range| [&range.low, &range.high]).collect::<Vec<_>>(),
        })
    });
    let nodes = decision.nodes.iter().filter_map(|node| {
        let mut numbers = vec![node.variable?];
        numbers.extend(&node.children);
        Some(numbers)
    });
    let steps = decision.steps.iter().zip(&plan.questionnaire.steps);
    let steps =
        steps.map(|(own, step)| json!({"question": place(&own.question), "asked": own.asked, "always": step.always}));
    let exits = decision
        .exits
        .iter()
        .zip(&plan.exits)
        .map(|(when, exit)| json!({"when": when, "words": text(&exit.when.words), "advice": text(&exit.advice)}));
    let identities = decision.identities.iter().map(|own| {
        json!({"name": text(&own.name), "holder": opt(&own.holder), "issuer": opt(&own.issuer), "oneOf": own.one_of})
    });
    let bundle = &plan.bundle;
    let unit = unit_key(decision.unit);
    compact(json!({
        "about": about(view),
        "questions": questions.collect::<Vec<_>>(),
        "order": order(view),
        "variables": variables.collect::<Vec<_>>(),
        "nodes": nodes.collect::<Vec<_>>(),
        "asked": decision.asked,
        "possible": decision.possible,
        "served": decision.served,
        "steps": steps.collect::<Vec<_>>(),
        "exits": exits.collect::<Vec<_>>(),
        "identities": identities.collect::<Vec<_>>(),
        "items": decision.items.iter().map(|own| item(view, own)).collect::<Vec<_>>(),
        "unit": unit,
        "unitWords": {"working-day": "工作日", "natural-day": "自然日", "hour": "小时", "minute": "分钟"},
        "acceptance": decision.acceptance.map(length),
        "issuing": decision.issuing.map(length),
        "joints": decision.joints.iter().map(|joint| json!({
            "name": text(&joint.name),
            "limit": joint.limit.map(length),
            "members": joint.members.iter().map(|member| [member.item, member.stage]).collect::<Vec<_>>(),
        })).collect::<Vec<_>>(),
        "calendar": calendar(&decision.calendar),
        "stepsBy": decision.steps_by,
        "visitsBy": decision.visits_by,
        "promise": bundle.promise.map(|promise| json!({
            "amount": promise.amount(),
            "unit": unit_key(promise.unit()),
            "words": duration(promise),
        })),
    }))
}

/// What is the same for every applicant, for people.
fn about(view: View<'_>) -> Value {
    let plan = view.plan;
    let bundle = &plan.bundle;
    json!({
        "title": text(&bundle.title),
        "formName": text(&plan.form.name),
        "lead": opt(&bundle.lead),
        "region": plan.workspace.region.as_ref().map(|region| text(&region.name)),
        "draft": view.notice().map(|notice| notice.words()),
        "fewest": plan.questionnaire.fewest,
        "most": plan.questionnaire.most,
        "stepsRule": text(&plan.workspace.steps_convention.rule),
        "visitsRule": text(&plan.workspace.visits_convention.rule),
        "visitReason": opt(&bundle.visit_reason),
        "places": bundle.places.iter().map(|place| json!({
            "name": opt(&place.name),
            "address": text(&place.address),
            "counter": opt(&place.counter),
            "phone": opt(&place.phone),
            "hours": opt(&place.hours),
        })).collect::<Vec<_>>(),
        "hours": texts(&bundle.hours),
        "channels": texts(&bundle.channels),
        "online": bundle.online.as_deref().map(address),
        "enquiries": texts(&bundle.enquiries),
        "complaints": texts(&bundle.complaints),
        "delivery": texts(&bundle.delivery),
        "fees": bundle.fees.iter().map(fee).collect::<Vec<_>>(),
        "agencies": plan.agencies.iter().map(|agency| json!({
            "name": text(&agency.name),
            "address": opt(&agency.address),
            "phone": opt(&agency.phone),
        })).collect::<Vec<_>>(),
    })
}

/// The questions in an order in which each comes after those that decide whether it is asked.
fn order(view: View<'_>) -> Vec<usize> {
    let questions = &view.plan.questions;
    let mut open: Vec<usize> = (0..questions.len()).collect();
    let mut order: Vec<usize> = Vec::new();
    while let Some(place) = open.iter().position(|&index| {
        let mut waits = questions[index].when.iter().flat_map(|when| when.tree.questions());
        waits.all(|id| order.iter().any(|&known| questions[known].id == id))
    }) {
        order.push(open.remove(place));
    }
    order.extend(open);
    order
}

fn question(question: &Question) -> Value {
    let (kind, more) = match &question.kind {
        QuestionKind::YesNo => ("yes-no", Value::Null),
        QuestionKind::Choice { .. } => ("choice", Value::Null),
        QuestionKind::Choices { .. } => ("choices", Value::Null),
        QuestionKind::Number { min, max, unit, decimals } => {
            ("number", json!({"min": min, "max": max, "unit": opt(unit), "decimals": decimals}))
        }
        QuestionKind::Date { min, max } => ("date", json!({"min": min, "max": max})),
    };
    let options = question.kind.options().iter();
    json!({
        "id": question.id,
        "name": text(&question.name),
        "ask": text(&question.ask),
        "help": opt(&question.help),
        "basis": lines(&question.basis),
        "kind": kind,
        "options": options.map(|own| json!({"id": own.id, "text": text(&own.name)})).collect::<Vec<_>>(),
        "bounds": more,
    })
}

fn item(view: View<'_>, own: &DecisionItem) -> Value {
    let item = view.item(&own.item);
    let tone = item.and_then(|item| item.agency.as_deref()).map_or("", |agency| view.tone(agency).class());
    json!({
        "id": own.item,
        "name": item.map(|item| text(&item.name)),
        "official": item.map(|item| text(&item.official_name)),
        "agency": item.and_then(|item| opt(&item.agency)),
        "office": item.and_then(|item| opt(&item.office)),
        "tone": tone,
        "when": own.when,
        "why": item.and_then(|item| why(item.when.as_ref())),
        "mandatory": item.map(|item| lines(&item.mandatory)),
        "limit": item.and_then(|item| item.limit_after).map(duration),
        "silent": own.silent,
        "visits": own.visits,
        "online": own.online,
        "today": length(own.today),
        "whole": length(own.whole),
        "neverApart": own.never_apart,
        "stages": own.stages.iter().map(|stage| json!({
            "name": text(&stage.name),
            "when": stage.when,
            "dropped": stage.dropped,
            "kind": stage.kind,
            "shared": stage.shared,
            "presence": stage.presence,
            "off": stage.off_clock,
            "length": length(stage.length),
        })).collect::<Vec<_>>(),
        "waits": own.waits.iter().map(|wait| json!([wait.item, wait.stage])).collect::<Vec<_>>(),
        "circle": own.circle,
        "rows": own.rows.iter().map(row).collect::<Vec<_>>(),
        "results": item.map(|item| item.results.iter().zip(&own.results).map(|(result, when)| json!({
            "name": text(&result.name),
            "when": when,
            "validity": opt(&result.validity),
            "sample": result.sample.as_deref().map(address),
        })).collect::<Vec<_>>()),
        "fees": item.map(|item| item.fees.iter().map(fee).collect::<Vec<_>>()),
    })
}

fn row(row: &DecisionRow) -> Value {
    json!({
        "kind": match row.kind {
            RowKind::Form => "form",
            RowKind::Material => "material",
            RowKind::Added => "added",
        },
        "name": text(&row.name),
        "label": text(&row.label),
        "when": row.when,
        "why": why(row.why.as_ref()),
        "identity": row.identity,
        "rule": match &row.rule {
            RowRule::Stays => Value::Null,
            RowRule::Deferred { reason } => json!({"reason": text(reason)}),
            RowRule::Goes { mechanism, reason } => json!({"mechanism": mechanism, "reason": text(reason)}),
        },
        "producers": row.producers.iter().map(|producer| [producer.item, producer.when]).collect::<Vec<_>>(),
        "fields": row.fields.iter().map(|field| [field.element, field.when]).collect::<Vec<_>>(),
        "copies": row.copies,
        "form": row.form.map(|form| form.word()),
        "origin": row.origin.map(|origin| origin.word()),
        "issuer": opt(&row.issuer),
        "remarks": {
            "validity": opt(&row.validity),
            "paper": opt(&row.paper),
            "seal": opt(&row.seal),
            "instructions": opt(&row.instructions),
            "note": opt(&row.note),
        },
        "blank": row.blank.as_deref().map(address),
        "sample": row.sample.as_deref().map(address),
        "basis": lines(&row.basis),
    })
}

fn fee(fee: &Fee) -> Value {
    json!({
        "name": text(&fee.name),
        "rate": opt(&fee.rate),
        "payment": opt(&fee.payment),
        "relief": opt(&fee.relief),
    })
}

fn calendar(calendar: &DecisionCalendar) -> Value {
    let years = calendar.years.iter().map(|year| {
        let off = year.holidays.iter().map(|off| json!([off.name, off.first, off.last]));
        json!({"year": year.year, "notice": year.notice, "holidays": off.collect::<Vec<_>>(), "worked": year.worked})
    });
    let arranged =
        calendar.arranged.iter().map(|own| json!([own.date, own.worked, own.occasion.as_deref().map(display)]));
    json!({
        "years": years.collect::<Vec<_>>(),
        "arranged": arranged.collect::<Vec<_>>(),
        "perDay": {"hour": calendar.working_days.hour, "minute": calendar.working_days.minute},
    })
}

/// A number as text, or why there is none.
fn length(length: Length) -> Value {
    match length {
        Length::Known { amount } => json!(amount),
        Length::Undeclared => json!("undeclared"),
        Length::Inconvertible => json!("inconvertible"),
    }
}

fn unit_key(unit: yijianshi_core::expr::Unit) -> Value {
    json!(unit)
}

fn why(when: Option<&When>) -> Option<String> {
    when.map(|when| display(&when.words))
}

fn text(text: &str) -> String {
    display(text)
}

fn opt(text: &Option<String>) -> Option<String> {
    text.as_deref().map(display)
}

fn texts(list: &[String]) -> Vec<String> {
    list.iter().map(|text| display(text)).collect()
}

fn lines(list: &[Basis]) -> Vec<String> {
    list.iter().map(|basis| display(&basis.line())).collect()
}

/// A text, and an address if it is one that may be followed.
fn address(at: &str) -> Value {
    match Url::web(at) {
        Some(url) => json!({"text": at, "url": url.as_str()}),
        None => json!({"text": display(at)}),
    }
}

/// Without what says nothing: null, false, empty texts, lists and maps. Numbers stay.
fn compact(value: Value) -> Value {
    let says = |value: &Value| match value {
        Value::Null | Value::Bool(false) => false,
        Value::String(text) => !text.is_empty(),
        Value::Array(list) => !list.is_empty(),
        Value::Object(map) => !map.is_empty(),
        Value::Bool(true) | Value::Number(_) => true,
    };
    match value {
        Value::Array(list) => Value::Array(list.into_iter().map(compact).collect()),
        Value::Object(map) => {
            let kept = map.into_iter().map(|(key, value)| (key, compact(value))).filter(|(_, value)| says(value));
            Value::Object(kept.collect::<Map<_, _>>())
        }
        other => other,
    }
}
