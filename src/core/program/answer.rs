//! Reading an answer to a question, wherever it is given: in 典型情形 or on the command line.

use super::{Domain, Question, QuestionOption, Value};
use crate::expr::Number;
use crate::model::closest;
use crate::source::Date;

/// Why an answer cannot be taken.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum AnswerFault {
    /// The question has no such option.
    Option {
        /// Which of the texts.
        at: usize,
        /// What was written.
        word: String,
        /// The option that was probably meant.
        meant: Option<String>,
    },
    /// It is not an answer to this kind of question.
    Kind {
        /// Which of the texts.
        at: usize,
        /// What to answer instead.
        help: String,
    },
}

impl AnswerFault {
    /// In words, for where there is no place to point at.
    pub fn message(&self, question: &Question) -> String {
        let name = &question.name.value;
        match self {
            AnswerFault::Option { word, meant: Some(meant), .. } => {
                format!("“{name}”没有“{word}”这个选项，是不是“{meant}”？")
            }
            AnswerFault::Option { word, meant: None, .. } => {
                let options: Vec<_> = question.options().iter().map(|option| &*option.name.value).collect();
                format!("“{name}”没有“{word}”这个选项；可选的有：{}", options.join("、"))
            }
            AnswerFault::Kind { help, .. } => format!("对“{name}”不能这样回答：{help}"),
        }
    }
}

impl Question {
    /// The options to choose from; none if it is answered otherwise.
    pub fn options(&self) -> &[QuestionOption] {
        match &self.domain {
            Domain::Choice(options) | Domain::Choices(options) => options,
            Domain::YesNo | Domain::Number { .. } | Domain::Date { .. } => &[],
        }
    }

    /// What `texts` answer: one text, or the options chosen of a multiple-choice question (perhaps none).
    ///
    /// # Errors
    /// Everything that is wrong with them.
    pub fn read_answer(&self, texts: &[&str]) -> Result<Value, Vec<AnswerFault>> {
        if let Domain::Choices(_) = &self.domain {
            let found: Vec<_> = texts.iter().enumerate().map(|(at, text)| self.option(at, text)).collect();
            let mut chosen: Vec<usize> = found.iter().filter_map(|found| found.as_ref().ok().copied()).collect();
            let faults: Vec<_> = found.into_iter().filter_map(Result::err).collect();
            chosen.sort_unstable();
            chosen.dedup();
            return if faults.is_empty() { Ok(Value::Options(chosen)) } else { Err(faults) };
        }
        let wrong = |at: usize, help: String| Err(vec![AnswerFault::Kind { at, help }]);
        let text = match texts {
            [text] => *text,
            [] => return wrong(0, "没有写回答".to_owned()),
            _ => return wrong(1, "这个问题只能有一个回答".to_owned()),
        };
        match &self.domain {
            Domain::YesNo => match text {
                "是" => Ok(Value::Yes(true)),
                "否" => Ok(Value::Yes(false)),
                _ => wrong(0, "回答“是”或“否”".to_owned()),
            },
            Domain::Choice(_) | Domain::Choices(_) => {
                self.option(0, text).map(Value::Option).map_err(|fault| vec![fault])
            }
            Domain::Number { min, max, unit, decimals } => {
                let bare = text.strip_suffix(unit.as_deref().unwrap_or_default()).unwrap_or(text).trim_end();
                match Number::parse(bare) {
                    // Bounds the wrong way round were reported.
                    Ok(number) if min <= max && (number < *min || *max < number) => {
                        wrong(0, format!("回答要在 {min} 到 {max} 之间"))
                    }
                    Ok(number) if !on_grid(number, *decimals) => wrong(0, grid_words(*decimals)),
                    Ok(number) => Ok(Value::Number(number)),
                    Err(_) => wrong(0, "回答一个数，例如 40".to_owned()),
                }
            }
            Domain::Date { min, max } => match Date::parse(text) {
                Some(date)
                    if min.is_none_or(|min| max.is_none_or(|max| min <= max))
                        && (min.is_some_and(|min| date < min) || max.is_some_and(|max| max < date)) =>
                {
                    let from = min.map(|min| format!("不早于{min}"));
                    let to = max.map(|max| format!("不晚于{max}"));
                    let bounds: Vec<_> = from.into_iter().chain(to).collect();
                    wrong(0, format!("回答要{}", bounds.join("、")))
                }
                Some(date) => Ok(Value::Date(date)),
                None => wrong(0, "回答一个日期，例如 2026-01-31".to_owned()),
            },
        }
    }

    fn option(&self, at: usize, word: &str) -> Result<usize, AnswerFault> {
        let options = self.options();
        options.iter().position(|option| *option.name.value == *word).ok_or_else(|| AnswerFault::Option {
            at,
            word: word.to_owned(),
            meant: closest(word, options.iter().map(|option| &*option.name.value)).map(str::to_owned),
        })
    }

    /// An answer in words; the question's name is not repeated.
    pub fn answer_words(&self, value: &Value) -> String {
        let option = |index: &usize| self.options().get(*index).map_or("", |option| &option.name.value);
        match value {
            Value::Yes(true) => "是".to_owned(),
            Value::Yes(false) => "否".to_owned(),
            Value::Option(index) => option(index).to_owned(),
            Value::Options(list) if list.is_empty() => "都不选".to_owned(),
            Value::Options(list) => list.iter().map(option).collect::<Vec<_>>().join("、"),
            Value::Number(number) => match &self.domain {
                Domain::Number { unit: Some(unit), .. } => format!("{number}{unit}"),
                _ => number.to_string(),
            },
            Value::Date(date) => date.to_string(),
            Value::NotAsked => "不问".to_owned(),
        }
    }
}

/// The most decimals that can be asked for.
pub(super) const MOST_DECIMALS: u32 = 9;

/// Whether `number` has no more than these decimals.
pub(super) fn on_grid(number: Number, decimals: u32) -> bool {
    let scale = Number::fraction(10i64.pow(decimals.min(MOST_DECIMALS)), 1).unwrap_or(Number::ONE);
    number.checked_mul(scale).is_some_and(|scaled| scaled == scaled.floor())
}

/// Whether some number between the bounds, both included, has no more than these decimals.
pub(super) fn has_answer(min: Number, max: Number, decimals: u32) -> bool {
    let scale = Number::fraction(10i64.pow(decimals.min(MOST_DECIMALS)), 1).unwrap_or(Number::ONE);
    let (Some(min), Some(max)) = (min.checked_mul(scale), max.checked_mul(scale)) else { return true };
    min <= max.floor()
}

pub(super) fn grid_words(decimals: u32) -> String {
    match decimals {
        0 => "只能回答整数".to_owned(),
        _ => format!("最多{decimals}位小数"),
    }
}
