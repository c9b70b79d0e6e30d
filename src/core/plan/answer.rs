//! Answers in groups: what a question offers, as far as conditions tell answers apart.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::expr::{Number, Op};
use crate::program::{Domain, Program, QuestionId, QuestionOption, Test};
use crate::scenario::{Answer, Cut, Literal, Questionnaire, Range, Variable};
use crate::source::Date;

/// 一组回答：条件分不开的回答算一组。
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct AnswerGroup {
    /// 给申请人看的说法，例如“不超过50平方米”。
    pub words: String,
    /// 供程序判断的内容。
    pub value: AnswerValue,
}

/// 一组回答的内容。
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(tag = "kind", rename_all = "kebab-case")]
pub enum AnswerValue {
    /// 哪一种回答都是。
    Any,
    /// 是或否。
    YesNo {
        /// 是不是“是”。
        yes: bool,
    },
    /// 单选：其中之一。
    Options {
        /// 选项（英文标识）。
        options: Vec<String>,
    },
    /// 多选：没有提到的选项选不选都行。
    Chosen {
        /// 选了的（英文标识）。
        includes: Vec<String>,
        /// 没有选的（英文标识）。
        excludes: Vec<String>,
    },
    /// 数值的范围。
    Number {
        /// 从这里起。
        min: Number,
        /// 是否含 min 本身。
        min_included: bool,
        /// 到这里止。
        max: Number,
        /// 是否含 max 本身。
        max_included: bool,
        /// 单位。
        unit: Option<String>,
    },
    /// 日期的范围。
    Date {
        /// 从这一天起；没有就是不限。
        min: Option<String>,
        /// 是否含 min 本身。
        min_included: bool,
        /// 到这一天止；没有就是不限。
        max: Option<String>,
        /// 是否含 max 本身。
        max_included: bool,
    },
}

impl AnswerGroup {
    /// All that a question offers; of a multiple-choice question each option.
    pub(super) fn all(program: &Program<'_>, found: &Questionnaire, question: QuestionId) -> Vec<AnswerGroup> {
        let of = |(var, variable): (usize, &Variable)| -> Vec<AnswerGroup> {
            let values: Vec<u32> = match variable.values[0] {
                Answer::Chosen(..) => vec![1],
                // 是 before 否, as people say it.
                Answer::Yes(_) => vec![1, 0],
                _ => (0..variable.values.len() as u32).collect(),
            };
            let literal = |value| vec![Literal { question, var, values: vec![value] }];
            values.into_iter().flat_map(|value| AnswerGroup::of(program, found, question, &literal(value))).collect()
        };
        let own = found.variables.iter().enumerate().filter(|(_, variable)| variable.question == question);
        let mut own: Vec<_> = own.collect();
        own.sort_by_key(|(_, variable)| match variable.values[0] {
            Answer::Chosen(option, _) => option,
            _ => 0,
        });
        own.into_iter().flat_map(of).collect()
    }

    /// Who answers so; ranges that do not touch are groups of their own.
    pub(super) fn of(
        program: &Program<'_>,
        found: &Questionnaire,
        question: QuestionId,
        literals: &[Literal],
    ) -> Vec<AnswerGroup> {
        let domain = &program.question(question).domain;
        let [first, ..] = literals else {
            return vec![AnswerGroup { words: "任一回答".to_owned(), value: AnswerValue::Any }];
        };
        let values = |literal: &Literal| -> Vec<Answer> {
            literal.values.iter().map(|&value| found.variables[literal.var].values[value as usize].clone()).collect()
        };
        match domain {
            Domain::YesNo => {
                let mut answers = values(first);
                answers.reverse();
                let group = |answer: Answer| {
                    let yes = answer == Answer::Yes(true);
                    let words = if yes { "是" } else { "否" };
                    AnswerGroup { words: words.to_owned(), value: AnswerValue::YesNo { yes } }
                };
                answers.into_iter().map(group).collect()
            }
            Domain::Choice(options) => {
                let chosen = values(first);
                let chosen = chosen.iter().filter_map(|answer| match answer {
                    Answer::Option(index) => Some(&options[*index]),
                    _ => None,
                });
                let words: Vec<&str> = chosen.clone().map(|option| &*option.name.value).collect();
                let options = chosen.map(|option| option.id.to_string()).collect();
                vec![AnswerGroup { words: words.join("或"), value: AnswerValue::Options { options } }]
            }
            Domain::Choices(options) => {
                let which = |wanted: bool| -> Vec<&QuestionOption> {
                    let answers = literals.iter().flat_map(values);
                    let chosen = answers.filter_map(|answer| match answer {
                        Answer::Chosen(index, chosen) => (chosen == wanted).then(|| &options[index]),
                        _ => None,
                    });
                    chosen.collect()
                };
                let say = |how: &str, list: &[&QuestionOption]| {
                    let names: Vec<&str> = list.iter().map(|option| &*option.name.value).collect();
                    (!names.is_empty()).then(|| format!("{how}{}", names.join("、")))
                };
                let ids = |list: &[&QuestionOption]| list.iter().map(|option| option.id.to_string()).collect();
                let (chosen, left) = (which(true), which(false));
                let words: Vec<String> = say("选了", &chosen).into_iter().chain(say("没有选", &left)).collect();
                let words = words.join("，");
                let (includes, excludes) = (ids(&chosen), ids(&left));
                vec![AnswerGroup { words, value: AnswerValue::Chosen { includes, excludes } }]
            }
            Domain::Number { unit, .. } => {
                let unit = unit.as_ref().map(ToString::to_string);
                let show = |number: Number| format!("{number}{}", unit.as_deref().unwrap_or_default());
                let group = |range: Range<Number>| AnswerGroup {
                    words: words(&range, &show, ["超过", "不少于", "不满", "不超过"]),
                    value: AnswerValue::Number {
                        min: range.above.map_or(range.low, |cut| cut.at),
                        min_included: range.above.is_none_or(|cut| !cut.after),
                        max: range.below.map_or(range.high, |cut| cut.at),
                        max_included: range.below.is_none_or(|cut| cut.after),
                        unit: unit.clone(),
                    },
                };
                joined(found, first, numbers).into_iter().map(group).collect()
            }
            Domain::Date { min, max } => {
                let group = |range: Range<Date>| AnswerGroup {
                    words: words(&range, &|date| date.to_string(), ["晚于", "不早于", "早于", "不晚于"]),
                    value: AnswerValue::Date {
                        min: range.above.map(|cut| cut.at).or(*min).map(|date| date.to_string()),
                        min_included: range.above.is_none_or(|cut| !cut.after),
                        max: range.below.map(|cut| cut.at).or(*max).map(|date| date.to_string()),
                        max_included: range.below.is_none_or(|cut| cut.after),
                    },
                };
                joined(found, first, dates).into_iter().map(group).collect()
            }
        }
    }
}

fn numbers(answer: &Answer) -> Option<Range<Number>> {
    if let Answer::Number(range) = answer { Some(range.clone()) } else { None }
}

fn dates(answer: &Answer) -> Option<Range<Date>> {
    if let Answer::Date(range) = answer { Some(range.clone()) } else { None }
}

/// The ranges of some values, those that touch as one.
fn joined<T: Copy>(found: &Questionnaire, literal: &Literal, range: fn(&Answer) -> Option<Range<T>>) -> Vec<Range<T>> {
    let mut joined: Vec<(u32, Range<T>)> = Vec::new();
    for &value in &literal.values {
        let Some(next) = range(&found.variables[literal.var].values[value as usize]) else { continue };
        match joined.last_mut() {
            Some((last, before)) if *last + 1 == value => {
                *last = value;
                before.high = next.high;
                before.below = next.below;
            }
            _ => joined.push((value, next)),
        }
    }
    joined.into_iter().map(|(_, range)| range).collect()
}

/// `how`: after, from, before, up to a threshold.
fn words<T: Copy + PartialEq>(range: &Range<T>, show: &dyn Fn(T) -> String, how: [&str; 4]) -> String {
    if range.low == range.high {
        return show(range.low);
    }
    let above = range.above.map(|cut| format!("{}{}", if cut.after { how[0] } else { how[1] }, show(cut.at)));
    let below = range.below.map(|cut| format!("{}{}", if cut.after { how[3] } else { how[2] }, show(cut.at)));
    match (above, below) {
        (None, None) => format!("{}到{}", show(range.low), show(range.high)),
        (above, below) => above.into_iter().chain(below).collect::<Vec<_>>().join("且"),
    }
}

/// Alternatives of answers as a condition; `None` if there is none. What all alternatives share is said once.
pub(super) fn any_of(program: &Program<'_>, found: &Questionnaire, cubes: &[Vec<Literal>]) -> Option<Test> {
    let (first, others) = cubes.split_first()?;
    let shared: Vec<&Literal> =
        first.iter().filter(|literal| others.iter().all(|cube| cube.contains(literal))).collect();
    let mut parts: Vec<Test> = shared.iter().map(|literal| condition(program, found, literal)).collect();
    let rest: Vec<Vec<Test>> = cubes
        .iter()
        .map(|cube| {
            let own = cube.iter().filter(|literal| !shared.contains(literal));
            own.map(|literal| condition(program, found, literal)).collect()
        })
        .collect();
    if !rest.iter().any(Vec::is_empty) {
        parts.push(one_of(rest.into_iter().map(all_of).collect(), Test::Any));
    }
    Some(all_of(parts))
}

fn all_of(parts: Vec<Test>) -> Test {
    // 且 within 且 needs no brackets.
    let flat = parts.into_iter().flat_map(|part| match part {
        Test::All(inner) => inner,
        part => vec![part],
    });
    one_of(flat.collect(), Test::All)
}

fn one_of(mut parts: Vec<Test>, join: fn(Vec<Test>) -> Test) -> Test {
    if parts.len() == 1 { parts.remove(0) } else { join(parts) }
}

/// What is said about one answer.
fn condition(program: &Program<'_>, found: &Questionnaire, literal: &Literal) -> Test {
    let question = literal.question;
    let negated = literal.values == [0];
    let is = |test: Test| if negated { Test::Not(Box::new(test)) } else { test };
    match &program.question(question).domain {
        Domain::YesNo => is(Test::Yes(question)),
        Domain::Choice(_) => Test::OneOf(question, literal.values.iter().map(|&value| value as usize).collect()),
        Domain::Choices(_) => {
            let option = match found.variables[literal.var].values[0] {
                Answer::Chosen(option, _) => option,
                _ => 0,
            };
            is(Test::Includes(question, option))
        }
        Domain::Number { .. } => {
            let test = |op: Op, number: Number| Test::Number(question, op, number);
            let ranges = joined(found, literal, numbers);
            one_of(ranges.iter().map(|range| between(range, &test)).collect(), Test::Any)
        }
        Domain::Date { .. } => {
            let test = |op: Op, date: Date| Test::Date(question, op, date.into());
            let ranges = joined(found, literal, dates);
            one_of(ranges.iter().map(|range| between(range, &test)).collect(), Test::Any)
        }
    }
}

fn between<T: Copy + PartialEq>(range: &Range<T>, test: &dyn Fn(Op, T) -> Test) -> Test {
    if range.low == range.high {
        return test(Op::Eq, range.low);
    }
    let above = |cut: Cut<T>| test(if cut.after { Op::Gt } else { Op::Ge }, cut.at);
    let below = |cut: Cut<T>| test(if cut.after { Op::Le } else { Op::Lt }, cut.at);
    let parts: Vec<Test> = range.above.map(above).into_iter().chain(range.below.map(below)).collect();
    if parts.is_empty() { test(Op::Ge, range.low) } else { all_of(parts) }
}
