//! Days counted from today: `今天 + 30自然日`, `今天 - 18年`.

use std::fmt;

use super::words::{is_name_char, join_at_start, run_of};
use crate::expr::ExprError;
use crate::expr::number::half_width;
use crate::source::Date;

/// The word for today.
pub(super) const TODAY: &str = "今天";

/// More digits than this are a slip of the pen.
const MOST_DIGITS: usize = 5;

/// A day counted from today, backwards if negative.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Offset {
    amount: i32,
    unit: OffsetUnit,
}

/// What an offset counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum OffsetUnit {
    /// 自然日.
    Day,
    /// 个月: to the same day of that month, or its last day if it has no such day (《民法典》第二百零二条).
    Month,
    /// 年, likewise.
    Year,
}

impl schemars::JsonSchema for OffsetUnit {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "OffsetUnit".into()
    }

    fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
        let units = [OffsetUnit::Day, OffsetUnit::Month, OffsetUnit::Year].map(OffsetUnit::key);
        schemars::json_schema!({ "type": "string", "enum": units, "description": "日、月、年" })
    }
}

impl OffsetUnit {
    /// As written after the number.
    pub fn label(self) -> &'static str {
        match self {
            OffsetUnit::Day => "自然日",
            OffsetUnit::Month => "个月",
            OffsetUnit::Year => "年",
        }
    }

    /// The name for programs.
    pub fn key(self) -> &'static str {
        match self {
            OffsetUnit::Day => "day",
            OffsetUnit::Month => "month",
            OffsetUnit::Year => "year",
        }
    }
}

impl Offset {
    /// Today itself.
    pub const NONE: Offset = Offset { amount: 0, unit: OffsetUnit::Day };

    /// `amount` of `unit` after today, before it if negative.
    pub fn new(amount: i32, unit: OffsetUnit) -> Self {
        if amount == 0 { Offset::NONE } else { Offset { amount, unit } }
    }

    /// How many.
    pub fn amount(self) -> i32 {
        self.amount
    }

    /// Of what.
    pub fn unit(self) -> OffsetUnit {
        self.unit
    }

    /// The day; `None` beyond the dates that can be written.
    pub fn from(self, today: Date) -> Option<Date> {
        let amount = i64::from(self.amount);
        match self.unit {
            OffsetUnit::Day => today.plus_days(amount),
            OffsetUnit::Month => today.plus_months(amount),
            OffsetUnit::Year => today.plus_months(amount * 12),
        }
    }
}

/// As written in a condition.
impl fmt::Display for Offset {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(TODAY)?;
        let (amount, unit) = (self.amount.unsigned_abs(), self.unit.label());
        match self.amount {
            0 => Ok(()),
            1.. => write!(f, " + {amount}{unit}"),
            _ => write!(f, " - {amount}{unit}"),
        }
    }
}

/// What stands at the start of a text.
pub(super) struct Read {
    /// How many bytes it takes.
    pub(super) length: usize,
    /// What it means; also where it is faulty, if that is plain.
    pub(super) offset: Option<Offset>,
    /// What is wrong; ranges from the start of the text.
    pub(super) error: Option<ExprError>,
}

/// Reads a day counted from today at the start of `text`; `None` if none begins there.
pub(super) fn read(text: &str) -> Option<Read> {
    let after = text.strip_prefix(TODAY)?;
    let plain = Read { length: TODAY.len(), offset: Some(Offset::NONE), error: None };
    let ends = |text: &str| !text.starts_with(is_name_char) || join_at_start(run_of(text)).is_some();
    let sign = after.trim_start();
    let Some((negative, length, proper)) = sign_at(sign) else { return ends(after).then_some(plain) };
    let count = sign[length..].trim_start();
    let digits: String = count.chars().map(half_width).take_while(char::is_ascii_digit).collect();
    if digits.is_empty() {
        if sign.len() == after.len() {
            // A name that begins like this.
            return None;
        }
        let at = text.len() - sign.len();
        let written = &sign[..length];
        let error = ExprError::new(at..at + length, format!("“{written}”后面没有写多少天"));
        let error = error.help("写成“今天 + 30自然日”“今天 - 3个月”“今天 - 18年”");
        return Some(Read { length: at + length, offset: None, error: Some(error) });
    }
    let digits_length: usize = count.chars().take(digits.len()).map(char::len_utf8).sum();
    let unit_text = count[digits_length..].trim_start();
    let number_at = text.len() - count.len()..text.len() - count.len() + digits_length;
    let fail = |end: usize, range: std::ops::Range<usize>, message: String| {
        let error = ExprError::new(range, message).help("写成“今天 + 30自然日”“今天 - 3个月”“今天 - 18年”");
        Some(Read { length: end, offset: None, error: Some(error) })
    };
    let unit_at = text.len() - unit_text.len();
    let run = run_of(unit_text);
    let Some((word, unit)) = UNITS.into_iter().find(|(word, _)| run.starts_with(word) && ends(&run[word.len()..]))
    else {
        let end = if run.is_empty() { number_at.end } else { unit_at + run.len() };
        let message = match run {
            "" => format!("“{digits}”后面没有写单位"),
            run => format!("今天前后只能按自然日、月、年算，不能按“{run}”算"),
        };
        return fail(end, if run.is_empty() { number_at } else { unit_at..end }, message);
    };
    let end = unit_at + word.len();
    let Some(amount) = digits.parse::<i32>().ok().filter(|_| digits.len() <= MOST_DIGITS) else {
        return fail(end, number_at, format!("“{digits}”位数太多"));
    };
    let offset = Offset::new(if negative { -amount } else { amount }, unit);
    let error = match (unit.label() == word, proper) {
        (_, false) => {
            let error = ExprError::new(0..end, format!("条件里不用“{}”", &text[..end]));
            Some(error.help(format!("改为“{offset}”")).propose(0..end, offset.to_string()))
        }
        (false, true) => {
            let message = match unit {
                OffsetUnit::Day => format!("“{word}”没有说明是工作日还是自然日"),
                _ => format!("“{digits}{word}”要写成“{digits}{}”", unit.label()),
            };
            let error = ExprError::new(unit_at..end, message);
            Some(match unit {
                OffsetUnit::Day => error.help("今天前后按自然日算，写“自然日”").propose(unit_at..end, unit.label()),
                _ => error.help(format!("改为“{}”", unit.label())).fix(unit_at..end, unit.label()),
            })
        }
        (true, true) => None,
    };
    Some(Read { length: end, offset: Some(offset), error })
}

/// Longer words before the words they begin with.
const UNITS: [(&str, OffsetUnit); 6] = [
    ("自然日", OffsetUnit::Day),
    ("天", OffsetUnit::Day),
    ("日", OffsetUnit::Day),
    ("个月", OffsetUnit::Month),
    ("月", OffsetUnit::Month),
    ("年", OffsetUnit::Year),
];

/// A sign or word between today and the number: whether it goes back, how long it is, whether it is the proper one.
fn sign_at(text: &str) -> Option<(bool, usize, bool)> {
    let first = text.chars().next()?;
    match first {
        '+' | '＋' => return Some((false, first.len_utf8(), true)),
        '-' | '－' | '−' => return Some((true, first.len_utf8(), true)),
        _ => {}
    }
    let words = [("以前", true), ("之前", true), ("前", true), ("以后", false), ("之后", false), ("后", false)];
    let found = words.into_iter().find(|(word, _)| text.starts_with(word));
    found.map(|(word, negative)| (negative, word.len(), false))
}
