//! Reading durations: what is written, what was meant, and what to write instead.

use std::ops::Range;

use super::{Duration, Unit};
use crate::expr::conversion::Conversions;
use crate::expr::number::{Number, NumberFault, half_width};
use crate::expr::{ExprError, Replacement};

/// What kind of fault a duration has.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum DurationFault {
    /// Nothing is written.
    Empty,
    /// `8天`, `8日` or `8`: working or natural days?
    Ambiguous,
    /// 即时, 当场 or the like instead of 即办.
    NotImmediate,
    /// 左右, 尽快 and other words that promise nothing.
    Vague,
    /// Words that add nothing: `8工作日内`.
    Superfluous,
    /// `3-5工作日`.
    Interval,
    /// `1工作日4小时`.
    Compound,
    /// `五个工作日`.
    ChineseNumeral,
    /// Full-width digits.
    FullWidth,
    /// `0工作日` instead of 即办.
    Zero,
    /// Below zero.
    Negative,
    /// A unit without a number.
    MissingNumber,
    /// `2.5.1工作日`, `1/2工作日`.
    BadNumber,
    /// More digits than can be computed with.
    TooLarge,
    /// A unit other than the four.
    UnknownUnit,
    /// Something that is not a duration at all.
    NotADuration,
}

/// A faulty duration: what is wrong, and what it probably means.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DurationError {
    /// What kind of fault.
    pub fault: DurationFault,
    /// Where, and in words.
    pub error: Box<ExprError>,
    /// The value to go on with, where one can be guessed; a day without a kind is read as a working day.
    pub reading: Option<Duration>,
    /// What the author may have meant, canonical, each to replace the whole text. More than one: only the author knows.
    pub choices: Vec<Duration>,
}

impl DurationError {
    fn new(fault: DurationFault, range: Range<usize>, message: impl Into<String>) -> Self {
        DurationError { fault, error: Box::new(ExprError::new(range, message)), reading: None, choices: Vec::new() }
    }

    fn help(mut self, help: impl Into<String>) -> Self {
        self.error.help = Some(help.into());
        self
    }

    /// `reading` is certainly meant.
    fn means(mut self, reading: Duration) -> Self {
        (self.reading, self.choices) = (Some(reading), vec![reading]);
        self.with_fix(true)
    }

    /// `reading` is probably meant.
    fn may_mean(mut self, reading: Duration) -> Self {
        (self.reading, self.choices) = (Some(reading), vec![reading]);
        self.with_fix(false)
    }

    /// What the rest without the fault means is probably meant.
    fn may_mean_what(self, rest: Result<Duration, DurationError>, advice: &str, otherwise: &str) -> Self {
        let (reading, choices) = match rest {
            Ok(duration) => (Some(duration), vec![duration]),
            Err(inner) => (inner.reading, inner.choices),
        };
        let list: Vec<_> = choices.iter().map(|choice| format!("“{choice}”")).collect();
        let error = self.help(if list.is_empty() {
            otherwise.to_owned()
        } else {
            format!("{advice}，如{}", list.join("或"))
        });
        DurationError { reading, choices, ..error }.with_fix(false)
    }

    fn with_fix(mut self, safe: bool) -> Self {
        if let [choice] = self.choices[..] {
            let text = choice.to_string();
            // A fix has to mean what it is said to mean: a sum may have more digits than can be read.
            if Duration::parse(&text) != Ok(choice) {
                return self;
            }
            self.error.help.get_or_insert_with(|| format!("改为“{text}”"));
            self.error.fix = Some(Replacement { range: 0..0, text, safe });
        }
        self
    }
}

const IMMEDIATE: [&str; 13] = [
    "即时",
    "当场",
    "当场办",
    "当场办结",
    "当场办理",
    "立等可取",
    "即来即办",
    "即时办结",
    "即时办理",
    "即办件",
    "立即",
    "随到随办",
    "现场办结",
];

const VAGUE: [&str; 17] = [
    "左右",
    "大约",
    "约",
    "大概",
    "原则上",
    "一般",
    "尽快",
    "尽早",
    "及时",
    "适时",
    "按规定",
    "视情况",
    "视情",
    "前后",
    "若干",
    "上下",
    "近",
];

const UPPER_BOUND_BEFORE: [&str; 5] = ["不超过", "不多于", "最多", "最长", "至多"];
const UPPER_BOUND_AFTER: [&str; 6] = ["以内", "之内", "内完成", "内办结", "完成", "内"];

const UNITS: [(&str, Unit); 4] =
    [("工作日", Unit::WorkingDay), ("自然日", Unit::NaturalDay), ("小时", Unit::Hour), ("分钟", Unit::Minute)];

/// Other names of the units; each means exactly the one.
const OTHER_NAMES: [(&str, Unit); 14] = [
    ("工作天", Unit::WorkingDay),
    ("工日", Unit::WorkingDay),
    ("工作曰", Unit::WorkingDay),
    ("自然天", Unit::NaturalDay),
    ("自然曰", Unit::NaturalDay),
    ("日历日", Unit::NaturalDay),
    ("日历天", Unit::NaturalDay),
    ("钟头", Unit::Hour),
    ("小時", Unit::Hour),
    ("h", Unit::Hour),
    ("hour", Unit::Hour),
    ("分", Unit::Minute),
    ("min", Unit::Minute),
    ("分鐘", Unit::Minute),
];

/// Bytes; longer texts are no durations.
const LONGEST: usize = 120;

const HELP_FORM: &str = "写成“2.5工作日”“20自然日”“3小时”“10分钟”或“即办”";

impl Duration {
    /// Reads `2.5工作日`, `2.5个工作日`, `20 自然日`, `3小时`, `10分钟` or `即办`. Everything else is an error, which says what
    /// was probably meant.
    pub fn parse(text: &str) -> Result<Duration, DurationError> {
        let start = text.len() - text.trim_start().len();
        let body = start..text.trim_end().len().max(start);
        Text { text }.duration(body.clone()).map_err(|mut error| {
            // A fix always replaces the whole, so that it never depends on what else is wrong.
            if let Some(fix) = &mut error.error.fix {
                fix.range = body;
            }
            error
        })
    }
}

struct Text<'a> {
    text: &'a str,
}

/// A number as written.
struct Amount {
    value: Number,
    chinese: bool,
    full_width: bool,
}

impl Text<'_> {
    fn trim(&self, range: Range<usize>) -> Range<usize> {
        let part = &self.text[range.clone()];
        let start = range.start + (part.len() - part.trim_start().len());
        start..start + part.trim().len()
    }

    fn duration(&self, body: Range<usize>) -> Result<Duration, DurationError> {
        let part = &self.text[body.clone()];
        if part.is_empty() {
            return Err(DurationError::new(DurationFault::Empty, body, "没有写时间").help(HELP_FORM));
        }
        if part.len() > LONGEST {
            return Err(DurationError::new(DurationFault::NotADuration, body, "这不是时间").help(HELP_FORM));
        }
        if part == "即办" {
            return Ok(Duration::IMMEDIATE);
        }
        if IMMEDIATE.contains(&part) {
            let message = format!("“{part}”的规范写法是“即办”");
            return Err(DurationError::new(DurationFault::NotImmediate, body, message).means(Duration::IMMEDIATE));
        }
        if let Some((word, rest)) = self.affix(&body, &VAGUE, &VAGUE) {
            let message = format!("“{}”不是确定的时间", &self.text[word.clone()]);
            let error = DurationError::new(DurationFault::Vague, word, message);
            return Err(error.may_mean_what(self.duration(rest), "写确定的时间", HELP_FORM));
        }
        if let Some((word, rest)) = self.affix(&body, &UPPER_BOUND_BEFORE, &UPPER_BOUND_AFTER) {
            let message = format!("时限本来就是最长时间，不用写“{}”", &self.text[word.clone()]);
            let reading = self.duration(rest)?;
            return Err(DurationError::new(DurationFault::Superfluous, word, message).means(reading));
        }
        self.amount_and_unit(body)
    }

    /// One of `before` at the start or of `after` at the end, and what is left without it.
    fn affix(&self, body: &Range<usize>, before: &[&str], after: &[&str]) -> Option<(Range<usize>, Range<usize>)> {
        let part = &self.text[body.clone()];
        let at_end = after.iter().find(|word| part.ends_with(**word)).map(|word| {
            let cut = body.end - word.len();
            (cut..body.end, self.trim(body.start..cut))
        });
        at_end.or_else(|| {
            before.iter().find(|word| part.starts_with(**word)).map(|word| {
                let cut = body.start + word.len();
                (body.start..cut, self.trim(cut..body.end))
            })
        })
    }

    fn amount_and_unit(&self, body: Range<usize>) -> Result<Duration, DurationError> {
        let first = self.text[body.clone()].chars().next().unwrap_or(' ');
        let negative = matches!(half_width(first), '-' | '负').then(|| body.start..body.start + first.len_utf8());
        let start = negative.as_ref().map_or(body.start, |sign| sign.end);
        let (amount, number_range) = self.amount(self.trim(start..body.end), &body)?;
        let mut value = amount.value;
        let mut chinese = amount.chinese;

        let mut unit_range = self.trim(number_range.end..body.end);
        if let Some(error) = self.interval(&unit_range, &body) {
            return Err(error);
        }
        for half in ["个半", "半"] {
            if self.text[unit_range.clone()].starts_with(half) {
                unit_range = self.trim(unit_range.start + half.len()..unit_range.end);
                (value, chinese) = (value.checked_add(half_of_one()).unwrap_or(value), true);
                break;
            }
        }
        if let Some(rest) = self.text[unit_range.clone()].strip_prefix(['个', '個']) {
            unit_range = self.trim(unit_range.end - rest.len()..unit_range.end);
        }
        let written = &self.text[unit_range.clone()];
        if let Some(rest) = written.strip_suffix('半').filter(|rest| !rest.is_empty()) {
            unit_range = self.trim(unit_range.start..unit_range.start + rest.len());
            (value, chinese) = (value.checked_add(half_of_one()).unwrap_or(value), true);
        }
        let written = &self.text[unit_range.clone()];
        let unit = UNITS.iter().find(|(name, _)| *name == written).map(|(_, unit)| *unit);
        let of = |unit: Unit| match value.is_zero() {
            true => Duration::IMMEDIATE,
            false => Duration { amount: value, unit, immediate: false },
        };

        if let Some(sign) = negative {
            let error = DurationError::new(DurationFault::Negative, sign, "时间不能是负数");
            return Err(match unit {
                Some(unit) if !value.is_zero() => error.may_mean(of(unit)),
                _ => error.help(HELP_FORM),
            });
        }
        let days = ["", "天", "日"].contains(&written);
        if value.is_zero() && (days || unit.is_some()) {
            let error = DurationError::new(DurationFault::Zero, body, "时间为零时写“即办”");
            return Err(error.means(Duration::IMMEDIATE));
        }
        if days {
            return Err(self.ambiguous(of(Unit::WorkingDay), of(Unit::NaturalDay), unit_range, body));
        }
        let Some(unit) = unit else {
            return Err(self.wrong_unit(unit_range, of));
        };
        let number = || self.text[number_range.clone()].to_owned();
        if chinese {
            let error = DurationError::new(DurationFault::ChineseNumeral, number_range.clone(), "时间要用阿拉伯数字");
            return Err(error.means(of(unit)));
        }
        if amount.full_width {
            let message = format!("“{}”是全角数字", number());
            return Err(DurationError::new(DurationFault::FullWidth, number_range.clone(), message).means(of(unit)));
        }
        Ok(of(unit))
    }

    fn ambiguous(&self, work: Duration, natural: Duration, unit: Range<usize>, body: Range<usize>) -> DurationError {
        let written = &self.text[body.clone()];
        let message = if unit.is_empty() {
            format!("“{written}”没有写单位")
        } else {
            format!("“{written}”没有说明是工作日还是自然日")
        };
        let at = if unit.is_empty() { body } else { unit };
        let mut error =
            DurationError::new(DurationFault::Ambiguous, at, message).help(format!("写成“{work}”或“{natural}”"));
        (error.reading, error.choices) = (Some(work), vec![work, natural]);
        error
    }

    fn wrong_unit(&self, unit: Range<usize>, of: impl Fn(Unit) -> Duration) -> DurationError {
        let written = &self.text[unit.clone()];
        if let Some((_, meant)) = OTHER_NAMES.iter().find(|(name, _)| written.eq_ignore_ascii_case(name)) {
            let message = format!("“{written}”的规范写法是“{meant}”");
            return DurationError::new(DurationFault::UnknownUnit, unit, message).means(of(*meant));
        }
        if let Some((name, first)) = UNITS.iter().chain(&OTHER_NAMES).find(|(name, _)| written.starts_with(name))
            && written.contains(|c| half_width(c).is_ascii_digit() || chinese_digit(c).is_some())
        {
            let second = self.trim(unit.start + name.len()..unit.end);
            let error = DurationError::new(DurationFault::Compound, second.clone(), "一个时间只能用一个单位");
            let rest = self.duration(second).ok();
            return match rest.and_then(|rest| of(*first).checked_add(rest, &Conversions::new())) {
                Some(sum) if sum.amount().to_decimal().is_some() => error.means(sum),
                _ => error.help("合成一个单位，如“12小时”"),
            };
        }
        let error = |message: String| DurationError::new(DurationFault::UnknownUnit, unit.clone(), message);
        if ["周", "星期", "月", "年", "季度", "礼拜"].iter().any(|word| written.trim_start_matches('个') == *word)
        {
            return error(format!("不能用“{written}”作时间单位")).help("换成工作日或自然日，如“30自然日”");
        }
        let near = UNITS.iter().find(|(name, _)| strsim::levenshtein(name, written) == 1);
        let error = error(format!("没有“{written}”这个时间单位"));
        match near {
            Some((_, unit)) => error.may_mean(of(*unit)),
            None => error.help("单位是工作日、自然日、小时或分钟"),
        }
    }

    /// `-5工作日` after a number: the author wrote from … to.
    fn interval(&self, rest: &Range<usize>, body: &Range<usize>) -> Option<DurationError> {
        let part = &self.text[rest.clone()];
        let bare = part.trim_start_matches(['个', '工', '作', '自', '然', '日', '天', '小', '时', '分', '钟', ' ']);
        let sign = bare.chars().next().filter(|&c| "-~至到—–～".contains(half_width(c)))?;
        let from = rest.end - bare.len() + sign.len_utf8();
        let upper = bare[sign.len_utf8()..].trim_start_matches(['-', '—', ' ']);
        let number = upper.chars().next().filter(|&c| half_width(c).is_ascii_digit() || chinese_digit(c).is_some());
        number?;
        let upper = self.duration(self.trim(body.end - upper.len()..body.end));
        let error =
            DurationError::new(DurationFault::Interval, from - sign.len_utf8()..from, "时限要写一个数，不能写范围");
        Some(error.may_mean_what(upper, "写最长的时间", "写最长的时间"))
    }

    /// The number at the start of `rest`.
    fn amount(&self, rest: Range<usize>, body: &Range<usize>) -> Result<(Amount, Range<usize>), DurationError> {
        let part = &self.text[rest.clone()];
        let part_of_number = |c: char| matches!(half_width(c), '0'..='9' | '.' | ',' | '/' | '，' | '／' | '。');
        let digits = part.find(|c| !part_of_number(c)).unwrap_or(part.len());
        if digits > 0 {
            let range = rest.start..rest.start + digits;
            let written = &self.text[range.clone()];
            return match Number::parse(written) {
                Ok(value) => Ok((Amount { value, chinese: false, full_width: !written.is_ascii() }, range)),
                Err(error) if error.fault == NumberFault::TooLarge => {
                    Err(DurationError::new(DurationFault::TooLarge, range, format!("“{written}”位数太多")))
                }
                Err(_) => Err(DurationError::new(DurationFault::BadNumber, range, format!("“{written}”不是一个数"))
                    .help("写整数或小数，如 8、2.5")),
            };
        }
        let numeral = part.find(|c| chinese_digit(c).is_none()).unwrap_or(part.len());
        if numeral > 0 {
            let range = rest.start..rest.start + numeral;
            let written = &self.text[range.clone()];
            return match chinese_number(written) {
                Some(value) => Ok((Amount { value, chinese: true, full_width: false }, range)),
                None => Err(DurationError::new(DurationFault::BadNumber, range, format!("“{written}”不是一个数"))
                    .help("用阿拉伯数字写整数或小数，如 8、2.5")),
            };
        }
        let whole = &self.text[body.clone()];
        if UNITS.iter().chain(&OTHER_NAMES).any(|(name, _)| part == *name) || ["天", "日"].contains(&part) {
            let at = rest.start..rest.start;
            return Err(
                DurationError::new(DurationFault::MissingNumber, at, format!("“{part}”前面没有写数")).help(HELP_FORM)
            );
        }
        let message = format!("“{whole}”不是时间");
        Err(DurationError::new(DurationFault::NotADuration, body.clone(), message).help(HELP_FORM))
    }
}

fn half_of_one() -> Number {
    Number::fraction(1, 2).unwrap_or(Number::ZERO)
}

/// The value of a digit, 10, 100, or 0 for 半.
fn chinese_digit(c: char) -> Option<u32> {
    Some(match c {
        '零' | '〇' | '半' => 0,
        '一' => 1,
        '二' | '两' => 2,
        '三' => 3,
        '四' => 4,
        '五' => 5,
        '六' => 6,
        '七' => 7,
        '八' => 8,
        '九' => 9,
        '十' => 10,
        '百' => 100,
        _ => return None,
    })
}

/// Chinese numerals: 一 to 九百九十九, 零 and 半.
fn chinese_number(text: &str) -> Option<Number> {
    if text == "半" {
        return Number::fraction(1, 2);
    }
    if ["零", "〇"].contains(&text) {
        return Some(Number::ZERO);
    }
    // Digits must come as 百, 十, ones, each at most once; 零 only stands between.
    let (mut total, mut digit, mut below) = (0, None, 1000);
    let mut after_zero = false;
    for c in text.chars() {
        match (c, chinese_digit(c)?) {
            ('半', _) => return None,
            ('零' | '〇', _) => {
                if after_zero || digit.is_some() || total == 0 || below != 100 {
                    return None;
                }
                after_zero = true;
            }
            (_, scale @ (10 | 100)) => {
                let count = match digit.take() {
                    Some(count) => count,
                    None if scale == 10 && total == 0 => 1,
                    None => return None,
                };
                if scale >= below {
                    return None;
                }
                (total, below, after_zero) = (total + count * scale, scale, false);
            }
            (_, value) => {
                if digit.replace(value).is_some() {
                    return None;
                }
            }
        }
    }
    // 一百五 means 150: too easily misread.
    let loose = below == 100 && digit.is_some() && !after_zero;
    if loose || (after_zero && digit.is_none()) {
        return None;
    }
    let total = total + digit.unwrap_or(0);
    Some(Number::from(total))
}
