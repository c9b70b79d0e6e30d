//! How often the answers to a question are given (份额).

use super::codes::WRONG_SHARES;
use super::condition::{Resolver, undefined_option};
use super::{Assignment, Domain, Question, QuestionId, QuestionOption, Test, Value};
use crate::diagnostic::Sink;
use crate::expr::{self, Number};
use crate::model::{self, Entry, Share, Text};
use crate::source::{Date, Span};

/// How often the answers to a question are given. Only ratios count, except for multiple-choice questions.
#[derive(Debug, Clone, PartialEq, Default)]
pub enum Shares {
    /// Nobody said: all the same.
    #[default]
    Even,
    /// By option; 否 and 是 of a yes/no question. All are above zero.
    Options(Vec<Number>),
    /// By option of a multiple-choice question: how many of all choose it, above 0 and below 1.
    Chosen(Vec<Number>),
    /// Numbers and dates: each answer passes exactly one of the tests. All shares are above zero.
    Ranges(Vec<(Test, Number)>),
}

impl Shares {
    /// Of the question `id`. Faults go to `sink`; then nothing is known.
    pub(super) fn resolve(
        questions: &[Question],
        id: QuestionId,
        written: &model::Question,
        today: Option<Date>,
        damaged: bool,
        sink: &mut Sink,
    ) -> Shares {
        let question = &questions[id.index()];
        let entries = &written.shares.entries;
        // What could not be read was reported.
        if entries.is_empty() || entries.iter().any(|entry| entry.value.part.is_none()) {
            return Shares::Even;
        }
        let before = sink.as_slice().len();
        let place = written.shares.span.unwrap_or(question.name.span);
        let names = |options: &[QuestionOption]| options.iter().map(|option| option.name.clone()).collect::<Vec<_>>();
        let yes_no = [Text::new("否".into(), place), Text::new("是".into(), place)];
        let shares = match &question.domain {
            Domain::YesNo => options(question, &yes_no, entries, place, false, sink).map(Shares::Options),
            Domain::Choice(own) => options(question, &names(own), entries, place, false, sink).map(Shares::Options),
            Domain::Choices(own) => options(question, &names(own), entries, place, true, sink).map(Shares::Chosen),
            Domain::Number { .. } | Domain::Date { .. } => {
                ranges(&Resolver::new(questions, today, damaged), questions, id, entries, place, sink)
                    .map(Shares::Ranges)
            }
        };
        shares.filter(|_| sink.as_slice().len() == before).unwrap_or_default()
    }
}

/// A share as written: the number, and whether it is a percentage.
fn part(entry: &Entry<model::Ref<model::Choice>, Share>, sink: &mut Sink) -> Option<(Number, bool)> {
    let text = entry.value.part.as_ref()?;
    let (digits, percent) = match text.value.trim_end().strip_suffix(['%', '％']) {
        Some(digits) => (digits.trim_end(), true),
        None => (&*text.value, false),
    };
    let number = Number::parse(digits.trim()).ok().filter(|number| *number > Number::ZERO);
    if number.is_none() {
        sink.push(
            WRONG_SHARES
                .at(text.span, format!("“{}”不是份额", text.value))
                .help("写大于零的百分数（例如 80%）或者件数（例如 1200）；没有人这样回答的，去掉这个选项"),
        );
    }
    number.map(|number| (number, percent))
}

/// All shares; either all are percentages, which make up the whole (unless `each` is one of its own), or none is.
fn parts(
    entries: &[Entry<model::Ref<model::Choice>, Share>],
    place: Span,
    each: bool,
    sink: &mut Sink,
) -> Option<Vec<Number>> {
    let parts: Vec<Option<(Number, bool)>> = entries.iter().map(|entry| part(entry, sink)).collect();
    let parts: Vec<(Number, bool)> = parts.into_iter().collect::<Option<_>>()?;
    let percent = parts[0].1;
    if let Some(other) = parts.iter().position(|part| part.1 != percent) {
        sink.push(
            WRONG_SHARES.at(entries[other].name.span, "有的份额是百分数，有的是件数").help("都写百分数，或者都写件数"),
        );
        return None;
    }
    let hundred = Number::from(100);
    if each {
        if let Some(wrong) = parts.iter().position(|(number, percent)| !percent || *number >= hundred) {
            sink.push(
                WRONG_SHARES
                    .at(entries[wrong].name.span, "多选题的份额是选这一项的人占多少，要写小于100%的百分数")
                    .help("例如 30%；各项互不相干，加起来不必是100%"),
            );
            return None;
        }
        return parts.iter().map(|(number, _)| number.checked_div(hundred)).collect();
    }
    let sum = Number::checked_sum(parts.iter().map(|(number, _)| *number));
    if percent && sum != Some(hundred) {
        let sum = sum.map_or_else(|| "太大".to_owned(), |sum| format!("是{sum}%"));
        sink.push(
            WRONG_SHARES.at(place, format!("各份额加起来{sum}，不是100%")).help("改正百分数；只知道件数的，直接写件数"),
        );
        return None;
    }
    Some(parts.into_iter().map(|(number, _)| number).collect())
}

/// The shares of options, in the order of the options; each has to have one.
fn options(
    question: &Question,
    options: &[Text],
    entries: &[Entry<model::Ref<model::Choice>, Share>],
    place: Span,
    each: bool,
    sink: &mut Sink,
) -> Option<Vec<Number>> {
    let parts = parts(entries, place, each, sink);
    let mut found: Vec<Option<Number>> = vec![None; options.len()];
    let mut all = true;
    for (index, entry) in entries.iter().enumerate() {
        match options.iter().position(|option| option.value == entry.name.value) {
            Some(option) => found[option] = parts.as_ref().map(|parts| parts[index]),
            None => {
                all = false;
                sink.push(undefined_option(question, &entry.name.value, entry.name.span));
            }
        }
    }
    let named = |option: &&Text| !entries.iter().any(|entry| entry.name.value == option.value);
    let missing: Vec<&str> = options.iter().filter(named).map(|option| &*option.value).collect();
    if all && !missing.is_empty() {
        let names = missing.join("”“");
        sink.push(WRONG_SHARES.at(place, format!("没有写“{names}”的份额")).help("每一种回答都写上份额，或者都不写"));
    }
    found.into_iter().collect()
}

/// The shares of ranges: conditions on the question alone, one of which each answer fulfils.
fn ranges(
    resolver: &Resolver<'_>,
    questions: &[Question],
    id: QuestionId,
    entries: &[Entry<model::Ref<model::Choice>, Share>],
    place: Span,
    sink: &mut Sink,
) -> Option<Vec<(Test, Number)>> {
    let question = &questions[id.index()];
    let name = &question.name.value;
    let example = match question.domain {
        Domain::Number { .. } => format!("“{name} ≤ 50: 80%”和“{name} > 50: 20%”"),
        _ => format!("“{name} < 2026-01-01: 80%”和“{name} ≥ 2026-01-01: 20%”"),
    };
    let mut tests = Vec::new();
    for entry in entries {
        let at = entry.name.span;
        let known = |word: &str| questions.iter().any(|question| &*question.name.value == word);
        let parsed = expr::parse(&entry.name.value, |_| at, &known);
        let own =
            parsed.condition.filter(|cond| parsed.errors.is_empty() && cond.questions().all(|q| q.value == *name));
        match own {
            Some(cond) => tests.push(resolver.test(&cond.expr, sink)),
            None => sink.push(
                WRONG_SHARES
                    .at(at, format!("“{}”不是“{name}”的一种回答", entry.name.value))
                    .help(format!("写成只用这个问题的条件，例如{example}")),
            ),
        }
    }
    let parts = parts(entries, place, false, sink)?;
    if tests.len() < entries.len() || tests.contains(&Test::Unknown) {
        return None;
    }
    let mut given = vec![false; tests.len()];
    for answer in samples(&question.domain, &tests) {
        let mut answers = Assignment::new(questions.len());
        answers.set(id, answer.clone());
        let passed: Vec<usize> = (0..tests.len()).filter(|&test| tests[test].eval(&answers) == Some(true)).collect();
        let shown = match answer {
            Value::Number(number) => number.to_string(),
            Value::Date(date) => date.to_string(),
            _ => String::new(),
        };
        match passed[..] {
            [only] => given[only] = true,
            [] => {
                sink.push(
                    WRONG_SHARES
                        .at(place, format!("回答{shown}的没有份额"))
                        .help(format!("各份额合起来要包括所有的回答，例如{example}")),
                );
                return None;
            }
            [first, second, ..] => {
                sink.push(
                    WRONG_SHARES
                        .at(entries[second].name.span, format!("回答{shown}的算了两次"))
                        .related(entries[first].name.span, "这里已经算过")
                        .help("各份额不能重叠，改正其中一处的界限"),
                );
                return None;
            }
        }
    }
    if let Some(never) = given.iter().position(|given| !given) {
        sink.push(
            WRONG_SHARES
                .at(entries[never].name.span, format!("没有人能这样回答“{name}”"))
                .related(question.name.span, "问题写在这里")
                .help("删去这一份，或者改正界限"),
        );
        return None;
    }
    Some(tests.into_iter().zip(parts).collect())
}

/// Answers at and next to all that the tests compare with: nowhere else does their truth change.
fn samples(domain: &Domain, tests: &[Test]) -> Vec<Value> {
    fn bounds(test: &Test, numbers: &mut Vec<Number>, dates: &mut Vec<Date>) {
        match test {
            Test::All(parts) | Test::Any(parts) => parts.iter().for_each(|part| bounds(part, numbers, dates)),
            Test::Not(part) => bounds(part, numbers, dates),
            Test::Number(_, _, number) => numbers.push(*number),
            Test::Date(_, _, date) => dates.push(date.date),
            Test::Yes(_) | Test::OneOf(..) | Test::Includes(..) | Test::Unknown => {}
        }
    }
    let (mut numbers, mut dates) = (Vec::new(), Vec::new());
    tests.iter().for_each(|test| bounds(test, &mut numbers, &mut dates));
    match domain {
        Domain::Number { min, max, decimals, .. } => {
            let step = Number::fraction(1, 10i64.pow((*decimals).min(9))).unwrap_or(Number::ONE);
            let on_grid = |number: Number| number.checked_div(step)?.floor().checked_mul(step);
            let mut found: Vec<Number> = numbers
                .into_iter()
                .filter_map(on_grid)
                .flat_map(|number| [number.checked_sub(step), Some(number), number.checked_add(step)])
                .flatten()
                .chain([*min, *max])
                .filter(|number| (*min..=*max).contains(number))
                .collect();
            found.sort();
            found.dedup();
            found.into_iter().map(Value::Number).collect()
        }
        Domain::Date { min, max } => {
            let (min, max) = (min.unwrap_or(Date::FIRST), max.unwrap_or(Date::LAST));
            let mut found: Vec<Date> = dates
                .into_iter()
                .flat_map(|date| [date.plus_days(-1), Some(date), date.plus_days(1)])
                .flatten()
                .chain([min, max])
                .filter(|date| (min..=max).contains(date))
                .collect();
            found.sort();
            found.dedup();
            found.into_iter().map(Value::Date).collect()
        }
        Domain::YesNo | Domain::Choice(_) | Domain::Choices(_) => Vec::new(),
    }
}
