//! The form as a page: to be filled in, or printed and filled in by hand. Without its script everything is shown, each
//! conditional field with its condition in words.

use crate::models::form::patterns::pattern;
use crate::page::{Head, Text, frame, write_text};
use crate::words::form as words;
use crate::words::view::View;
use crate::write::html::{Attr, Html, Name, attr};
use crate::write::sha256::base64_digest;
use crate::write::text::display;
use yijianshi_core::model::ElementType;
use yijianshi_core::plan::{Field, Prefill, Question, QuestionKind, QuestionOption, Requirement, When};

const SCRIPT: &str = include_str!("form.js");

pub(super) fn page(view: View<'_>) -> Vec<u8> {
    let plan = view.plan;
    let title = Text::of(&plan.form.name);
    let subtitle = Text::of(format!("{} · ", view.title().words())).join(view.subtitle());
    let notice = view.notice();
    let head = Head {
        kind: "一张表单",
        title: &title,
        subtitle: &subtitle,
        notice: notice.as_ref(),
        figures: &[],
        contents: Vec::new(),
        foot: &view.foot(),
        landscape: false,
        lead: None,
        policy: format!("; script-src 'sha256-{}'", base64_digest(SCRIPT.as_bytes())),
    };
    frame(&head, |html| {
        for exit in &plan.exits {
            let when = data(&exit.when);
            html.el(
                "p",
                &[attr(Name::Class, "alert"), attr(Name::DataKind, "exit"), attr(Name::DataWhen, when)],
                |html| {
                    html.leaf("strong", &[], &display(&format!("{}的，不适用这张表。", exit.when.words)));
                    html.text(&display(&exit.advice));
                },
            );
        }
        let attrs = [
            attr(Name::Id, "form"),
            attr(Name::Novalidate, ""),
            attr(Name::Autocomplete, "off"),
            attr(Name::DataDocument, file_name(&plan.form.name)),
        ];
        html.el("form", &attrs, |html| {
            html.el("p", &[attr(Name::Class, "note")], |html| {
                html.leaf("span", &[attr(Name::Class, "must")], "*");
                html.text(" 为必填。填写的内容只留在您的电脑上，下载前不会发送到任何地方。");
            });
            if !plan.questions.is_empty() {
                group(html, "您的情形", |html| {
                    for (index, question) in plan.questions.iter().enumerate() {
                        write_question(html, question, index + 1);
                    }
                });
            }
            // Numbered as on paper.
            let mut number = plan.questions.len();
            for own in &plan.form.groups {
                group(html, &own.name, |html| {
                    for field in &own.fields {
                        number += 1;
                        write_field(html, field, number);
                    }
                });
            }
            html.el("fieldset", &[attr(Name::Class, "panel")], |html| {
                html.el("legend", &[], |html| html.leaf("h2", &[], "承诺和签字"));
                html.el("ol", &[], |html| {
                    for line in words::promise(plan) {
                        html.leaf("li", &[], &display(&line));
                    }
                });
                for who in words::SIGNING {
                    let line = Text::of(format!("{who}：")).blank(9).then("\u{3000}日期：").blank(4).then("年");
                    let line = line.blank(2).then("月").blank(2).then("日");
                    html.el("p", &[attr(Name::Class, "sign")], |html| write_text(html, &line));
                }
            });
            html.el("div", &[attr(Name::Class, "panel actions noscript")], |html| {
                html.leaf("button", &[attr(Name::Type, "submit")], "下载填写结果");
                html.leaf(
                    "button",
                    &[attr(Name::Type, "button"), attr(Name::Id, "print"), attr(Name::Class, "second")],
                    "打印",
                );
                html.leaf("button", &[attr(Name::Type, "reset"), attr(Name::Class, "second")], "清空");
                html.leaf("p", &[attr(Name::Id, "status"), attr(Name::Role, "status")], "");
            });
        });
        html.script(SCRIPT);
    })
}

/// What may be the name of a file.
fn file_name(name: &str) -> String {
    display(name).chars().map(|c| if c.is_control() || "/\\:*?\"<>|".contains(c) { '_' } else { c }).take(80).collect()
}

fn data(when: &When) -> String {
    serde_json::to_string(&when.tree).unwrap_or_default()
}

fn group(html: &mut Html, name: &str, inner: impl FnOnce(&mut Html)) {
    html.el("fieldset", &[attr(Name::Class, "panel")], |html| {
        html.el("legend", &[], |html| html.leaf("h2", &[], &display(name)));
        html.el("div", &[attr(Name::Class, "fields")], inner);
    });
}

/// What a field's parts have in common.
struct Place<'a> {
    id: String,
    label: String,
    name: Option<&'a str>,
    required: bool,
    described: Vec<&'static str>,
    kind: &'static str,
    unit: Option<&'a str>,
}

impl Place<'_> {
    fn control(&self) -> Vec<Attr> {
        let mut attrs =
            vec![attr(Name::Id, self.id.as_str()), attr(Name::Called, self.id.as_str()), attr(Name::Class, "box")];
        if !self.described.is_empty() {
            let ids: Vec<String> = self.described.iter().map(|part| format!("{}-{part}", self.id)).collect();
            attrs.push(attr(Name::AriaDescribedby, ids.join(" ")));
        }
        attrs
    }
}

fn write_question(html: &mut Html, question: &Question, number: usize) {
    let kind = match &question.kind {
        QuestionKind::YesNo => "yes-no",
        QuestionKind::Choice { .. } => "choice",
        QuestionKind::Choices { .. } => "choices",
        QuestionKind::Number { .. } => "number",
        QuestionKind::Date { .. } => "date",
    };
    let place = Place {
        id: format!("q-{}", question.id),
        label: format!("{number}. {}", question.ask),
        name: Some(&question.name),
        required: true,
        described: described(question.help.is_some(), question.when.is_some()),
        kind,
        unit: match &question.kind {
            QuestionKind::Number { unit, .. } => unit.as_deref(),
            _ => None,
        },
    };
    let mut attrs = vec![
        attr(Name::Class, "field"),
        attr(Name::DataField, question.id.as_str()),
        attr(Name::DataQuestion, question.id.as_str()),
        attr(Name::DataKind, kind),
        attr(Name::DataRequired, "always"),
    ];
    attrs.extend(question.when.as_ref().map(|when| attr(Name::DataWhen, data(when))));
    let hints = |html: &mut Html| hints(html, &place, question.help.as_deref(), question.when.as_ref(), None);
    match &question.kind {
        QuestionKind::YesNo => options(html, attrs, &place, &[("true", "是"), ("false", "否")], false, hints),
        QuestionKind::Choice { options: list } => options(html, attrs, &place, &choices(list), false, hints),
        QuestionKind::Choices { options: list } => options(html, attrs, &place, &choices(list), true, hints),
        QuestionKind::Number { min, max, decimals, .. } => single(html, attrs, &place, hints, |html| {
            let mut attrs = place.control();
            let step =
                if *decimals == 0 { "1".to_owned() } else { format!("0.{}1", "0".repeat(*decimals as usize - 1)) };
            attrs.extend([attr(Name::Type, "number"), attr(Name::Inputmode, "decimal"), attr(Name::Step, step)]);
            attrs.extend([attr(Name::Min, min.to_string()), attr(Name::Max, max.to_string())]);
            html.void("input", &attrs);
        }),
        QuestionKind::Date { min, max } => single(html, attrs, &place, hints, |html| {
            let mut attrs = place.control();
            attrs.push(attr(Name::Type, "date"));
            attrs.extend(min.as_ref().map(|min| attr(Name::Min, min.as_str())));
            attrs.extend(max.as_ref().map(|max| attr(Name::Max, max.as_str())));
            html.void("input", &attrs);
        }),
    }
}

fn pairs(list: &[String]) -> Vec<(&str, &str)> {
    list.iter().map(|option| (option.as_str(), option.as_str())).collect()
}

fn described(help: bool, when: bool) -> Vec<&'static str> {
    let parts = [(help, "help"), (when, "when")];
    parts.into_iter().filter(|(there, _)| *there).map(|(_, part)| part).collect()
}

fn write_field(html: &mut Html, field: &Field, number: usize) {
    let mut help: Vec<&str> = field.help.iter().map(String::as_str).collect();
    help.extend(pattern(field.kind).filter(|_| field.kind != ElementType::Date).map(|(_, words)| words));
    let help = help.join("；");
    let place = Place {
        id: format!("f-{}", field.id),
        label: format!("{number}. {}", field.label),
        name: None,
        required: !matches!(field.required, Requirement::Never),
        described: described(!help.is_empty(), field.when.is_some()),
        kind: key(field.kind),
        unit: field.unit.as_deref().or(if field.kind == ElementType::Money { Some("元") } else { None }),
    };
    let class = match field.kind {
        ElementType::LongText | ElementType::Choices => "field wide",
        _ => "field",
    };
    let required = match &field.required {
        Requirement::Always => "always".to_owned(),
        Requirement::Never => "never".to_owned(),
        Requirement::When(when) => data(when),
    };
    let mut attrs = vec![
        attr(Name::Class, class),
        attr(Name::DataField, field.id.as_str()),
        attr(Name::DataKind, place.kind),
        attr(Name::DataRequired, required),
    ];
    attrs.extend(field.when.as_ref().map(|when| attr(Name::DataWhen, data(when))));
    let words = (!help.is_empty()).then_some(help.as_str());
    let hints = |html: &mut Html| {
        hints(html, &place, words, field.when.as_ref(), field.prefill.as_ref());
        if let Requirement::When(when) = &field.required {
            html.leaf("p", &[attr(Name::Class, "hint cond")], &display(&words::only(&when.words, "必填")));
        }
    };
    match field.kind {
        ElementType::YesNo => options(html, attrs, &place, &[("true", "是"), ("false", "否")], false, hints),
        ElementType::Choice if field.options.len() <= 6 => {
            options(html, attrs, &place, &pairs(&field.options), false, hints)
        }
        ElementType::Choices => options(html, attrs, &place, &pairs(&field.options), true, hints),
        ElementType::Choice => single(html, attrs, &place, hints, |html| {
            html.el("select", &place.control(), |html| {
                html.leaf("option", &[attr(Name::Value, "")], "请选择");
                for option in &field.options {
                    html.leaf("option", &[attr(Name::Value, option.as_str())], &display(option));
                }
            });
        }),
        ElementType::LongText => single(html, attrs, &place, hints, |html| {
            let mut attrs = place.control();
            attrs.push(attr(Name::Rows, "2"));
            attrs.extend(field.max_length.map(|length| attr(Name::Maxlength, length.to_string())));
            html.leaf("textarea", &attrs, "");
        }),
        kind => single(html, attrs, &place, hints, |html| {
            let mut attrs = place.control();
            attrs.extend(input(kind, field));
            html.void("input", &attrs);
        }),
    }
}

fn input(kind: ElementType, field: &Field) -> Vec<Attr> {
    let mut attrs = Vec::new();
    let text =
        |mode: &str| vec![attr(Name::Type, "text"), attr(Name::Inputmode, mode), attr(Name::Spellcheck, "false")];
    match kind {
        ElementType::Integer | ElementType::Decimal => {
            let step = if kind == ElementType::Integer { "1" } else { "any" };
            attrs.extend([attr(Name::Type, "number"), attr(Name::Step, step)]);
            attrs.extend(field.min.map(|min| attr(Name::Min, min.to_string())));
            attrs.extend(field.max.map(|max| attr(Name::Max, max.to_string())));
        }
        ElementType::Date => attrs.push(attr(Name::Type, "date")),
        ElementType::Attachment => attrs.push(attr(Name::Type, "file")),
        ElementType::Money => attrs.extend(text("decimal")),
        ElementType::CitizenId | ElementType::CreditCode => {
            attrs.extend(text("text"));
            attrs.push(attr(Name::Maxlength, "18"));
        }
        ElementType::Mobile => {
            attrs.extend([attr(Name::Type, "tel"), attr(Name::Maxlength, "11")]);
        }
        ElementType::Division => attrs.extend(text("numeric")),
        _ => {
            attrs.push(attr(Name::Type, "text"));
            attrs.extend(field.max_length.map(|length| attr(Name::Maxlength, length.to_string())));
        }
    }
    if kind != ElementType::Date
        && let Some((pattern, _)) = pattern(kind)
    {
        attrs.push(attr(Name::Pattern, pattern.trim_start_matches('^').trim_end_matches('$')));
    }
    attrs
}

fn label(html: &mut Html, place: &Place<'_>) {
    html.text(&display(&place.label));
    if let Some(name) = place.name {
        html.leaf("span", &[attr(Name::Class, "quiet called")], &display(&format!("（{name}）")));
    }
    if place.required {
        html.leaf("span", &[attr(Name::Class, "must")], "*");
    }
}

fn hints(html: &mut Html, place: &Place<'_>, help: Option<&str>, when: Option<&When>, prefill: Option<&Prefill>) {
    if let Some(prefill) = prefill {
        html.leaf("p", &[attr(Name::Class, "pre")], &display(&words::prefill(prefill)));
    }
    if let Some(help) = help {
        html.leaf("p", &[attr(Name::Class, "hint"), attr(Name::Id, format!("{}-help", place.id))], &display(help));
    }
    if let Some(when) = when {
        let words = words::only(&when.words, "填写");
        html.leaf(
            "p",
            &[attr(Name::Class, "hint cond"), attr(Name::Id, format!("{}-when", place.id))],
            &display(&words),
        );
    }
}

/// A field with one control.
fn single(
    html: &mut Html,
    attrs: Vec<Attr>,
    place: &Place<'_>,
    hints: impl FnOnce(&mut Html),
    control: impl FnOnce(&mut Html),
) {
    html.el("div", &attrs, |html| {
        html.el("label", &[attr(Name::Class, "label"), attr(Name::For, place.id.as_str())], |html| label(html, place));
        hints(html);
        match place.unit {
            Some(unit) => html.el("div", &[attr(Name::Class, "with-unit")], |html| {
                control(html);
                html.leaf("span", &[attr(Name::Class, "s")], &display(unit));
            }),
            None => control(html),
        }
        html.leaf("p", &[attr(Name::Class, "error"), attr(Name::AriaLive, "polite")], "");
    });
}

fn choices(options: &[QuestionOption]) -> Vec<(&str, &str)> {
    options.iter().map(|option| (option.id.as_str(), option.name.as_str())).collect()
}

/// A field with a control for each option.
fn options(
    html: &mut Html,
    attrs: Vec<Attr>,
    place: &Place<'_>,
    list: &[(&str, &str)],
    several: bool,
    hints: impl FnOnce(&mut Html),
) {
    html.el("fieldset", &attrs, |html| {
        html.el("legend", &[attr(Name::Class, "label")], |html| label(html, place));
        hints(html);
        html.el("div", &[attr(Name::Class, "opts")], |html| {
            for (value, words) in list {
                html.el("label", &[], |html| {
                    let kind = if several { "checkbox" } else { "radio" };
                    html.void(
                        "input",
                        &[attr(Name::Type, kind), attr(Name::Called, place.id.as_str()), attr(Name::Value, *value)],
                    );
                    html.leaf("span", &[], &display(words));
                });
            }
        });
        html.leaf("p", &[attr(Name::Class, "error"), attr(Name::AriaLive, "polite")], "");
    });
}

fn key(kind: ElementType) -> &'static str {
    match kind {
        ElementType::Text => "text",
        ElementType::LongText => "long-text",
        ElementType::Integer => "integer",
        ElementType::Decimal => "decimal",
        ElementType::Money => "money",
        ElementType::Date => "date",
        ElementType::YesNo => "yes-no",
        ElementType::Choice => "choice",
        ElementType::Choices => "choices",
        ElementType::CitizenId => "citizen-id",
        ElementType::CreditCode => "credit-code",
        ElementType::Mobile => "mobile",
        ElementType::Division => "division",
        ElementType::Attachment => "attachment",
    }
}
