//! Exact numbers.

use std::cmp::Ordering;
use std::fmt;
use std::ops::Range;

use num_rational::Ratio;
use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// An exact fraction of two 64-bit integers, in lowest terms. Arithmetic never rounds and never wraps: a result that does
/// not fit is `None`.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct Number(Ratio<i64>);

/// Why a text is not a [`Number`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NumberFault {
    /// Not of the form `2.5`.
    Malformed,
    /// More digits than can be computed with exactly.
    TooLarge,
}

/// What is wrong with the text of a number, and at which bytes of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NumberError {
    /// Why.
    pub fault: NumberFault,
    /// The offending bytes.
    pub range: Range<usize>,
}

impl Number {
    /// 0.
    pub const ZERO: Number = Number(Ratio::new_raw(0, 1));
    /// 1.
    pub const ONE: Number = Number(Ratio::new_raw(1, 1));

    /// `numerator / denominator`; `None` if the denominator is 0 or the reduced fraction does not fit.
    pub fn fraction(numerator: i64, denominator: i64) -> Option<Self> {
        Number::reduced(i128::from(numerator), i128::from(denominator))
    }

    /// Both parts below 2^127 in magnitude.
    fn reduced(numerator: i128, denominator: i128) -> Option<Self> {
        if denominator == 0 {
            return None;
        }
        let (mut a, mut b) = (numerator.unsigned_abs(), denominator.unsigned_abs());
        while b != 0 {
            (a, b) = (b, a % b);
        }
        let divisor = i128::try_from(a).ok()? * denominator.signum();
        let numerator = i64::try_from(numerator / divisor).ok().filter(|&n| n != i64::MIN)?;
        Some(Number(Ratio::new_raw(numerator, i64::try_from(denominator / divisor).ok()?)))
    }

    fn parts(self) -> (i128, i128) {
        (i128::from(*self.0.numer()), i128::from(*self.0.denom()))
    }

    /// Reads decimal text: `8`, `2.5`, `-1`, also in full-width digits. No spaces, no exponent, no digit grouping.
    pub fn parse(text: &str) -> Result<Self, NumberError> {
        let fail = |fault, range| Err(NumberError { fault, range });
        let (mut value, mut scale) = (0i128, 1i128);
        let (mut negative, mut digits, mut fraction_digits, mut point) = (false, 0, 0, false);
        for (offset, c) in text.char_indices() {
            let here = offset..offset + c.len_utf8();
            match half_width(c) {
                '-' if offset == 0 => negative = true,
                '.' if digits > 0 && !point => point = true,
                c @ '0'..='9' => {
                    let digit = i128::from(u32::from(c) - u32::from('0'));
                    match value.checked_mul(10).and_then(|value| value.checked_add(digit)) {
                        Some(next) => value = next,
                        None => return fail(NumberFault::TooLarge, 0..text.len()),
                    }
                    digits += 1;
                    if point {
                        fraction_digits += 1;
                        match scale.checked_mul(10) {
                            Some(next) => scale = next,
                            None => return fail(NumberFault::TooLarge, 0..text.len()),
                        }
                    }
                }
                _ => return fail(NumberFault::Malformed, here),
            }
        }
        if digits == 0 || (point && fraction_digits == 0) {
            return fail(NumberFault::Malformed, 0..text.len());
        }
        let value = if negative { -value } else { value };
        Number::reduced(value, scale).ok_or(NumberError { fault: NumberFault::TooLarge, range: 0..text.len() })
    }

    /// Sum, if it fits.
    pub fn checked_add(self, other: Number) -> Option<Number> {
        let ((a, b), (c, d)) = (self.parts(), other.parts());
        Number::reduced(a * d + c * b, b * d)
    }

    /// Difference, if it fits.
    pub fn checked_sub(self, other: Number) -> Option<Number> {
        let ((a, b), (c, d)) = (self.parts(), other.parts());
        Number::reduced(a * d - c * b, b * d)
    }

    /// Product, if it fits.
    pub fn checked_mul(self, other: Number) -> Option<Number> {
        let ((a, b), (c, d)) = (self.parts(), other.parts());
        Number::reduced(a * c, b * d)
    }

    /// Quotient, if it fits; `None` for a zero divisor.
    pub fn checked_div(self, other: Number) -> Option<Number> {
        let ((a, b), (c, d)) = (self.parts(), other.parts());
        Number::reduced(a * d, b * c)
    }

    /// Sum of all, if it and every partial sum fit.
    pub fn checked_sum(numbers: impl IntoIterator<Item = Number>) -> Option<Number> {
        numbers.into_iter().try_fold(Number::ZERO, Number::checked_add)
    }

    /// Whether below 0.
    pub fn is_negative(self) -> bool {
        *self.0.numer() < 0
    }

    /// Whether 0.
    pub fn is_zero(self) -> bool {
        *self.0.numer() == 0
    }

    /// The greatest integer that is not greater.
    pub fn floor(self) -> Number {
        Number(Ratio::new_raw(self.0.numer().div_euclid(*self.0.denom()), 1))
    }

    /// The integer, if it is one.
    pub fn to_integer(self) -> Option<i64> {
        (*self.0.denom() == 1).then_some(*self.0.numer())
    }

    /// Numerator and (positive) denominator in lowest terms.
    pub fn as_fraction(self) -> (i64, i64) {
        (*self.0.numer(), *self.0.denom())
    }

    /// Rounded to `places` decimals, halves away from zero (四舍五入); exactly this many decimals are written.
    pub fn to_fixed(self, places: u8) -> String {
        let places = usize::from(places.min(18));
        let (numerator, denominator) = self.parts();
        let scaled = numerator.abs() * 10i128.pow(places as u32);
        let rounded = (scaled * 2 + denominator) / (denominator * 2);
        let sign = if numerator < 0 && rounded > 0 { "-" } else { "" };
        let digits = format!("{rounded:0width$}", width = places + 1);
        let (whole, decimals) = digits.split_at(digits.len() - places);
        if places == 0 { format!("{sign}{whole}") } else { format!("{sign}{whole}.{decimals}") }
    }

    /// The exact decimal, if there is a finite one.
    pub fn to_decimal(self) -> Option<String> {
        let (numerator, denominator) = self.parts();
        let mut rest = denominator;
        for prime in [2, 5] {
            while rest % prime == 0 {
                rest /= prime;
            }
        }
        if rest != 1 {
            return None;
        }
        let sign = if numerator < 0 { "-" } else { "" };
        let mut text = format!("{sign}{}", numerator.abs() / denominator);
        let mut remainder = numerator.abs() % denominator;
        if remainder != 0 {
            text.push('.');
        }
        while remainder != 0 {
            remainder *= 10;
            text.push_str(&(remainder / denominator).to_string());
            remainder %= denominator;
        }
        Some(text)
    }
}

/// ASCII for a full-width digit, point or minus; other characters as they are.
pub(crate) fn half_width(c: char) -> char {
    match c {
        '０'..='９' => char::from(b'0' + (u32::from(c) - 0xff10) as u8),
        '．' => '.',
        '－' | '−' => '-',
        _ => c,
    }
}

impl From<u32> for Number {
    fn from(value: u32) -> Self {
        Number(Ratio::new_raw(i64::from(value), 1))
    }
}

impl From<i32> for Number {
    fn from(value: i32) -> Self {
        Number(Ratio::new_raw(i64::from(value), 1))
    }
}

impl Default for Number {
    fn default() -> Self {
        Number::ZERO
    }
}

impl PartialOrd for Number {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Number {
    fn cmp(&self, other: &Self) -> Ordering {
        let ((a, b), (c, d)) = (self.parts(), other.parts());
        (a * d).cmp(&(c * b))
    }
}

/// For people: `14.5`, `8`, `1又1/48`, `1/48`.
impl fmt::Display for Number {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(decimal) = self.to_decimal() {
            return f.write_str(&decimal);
        }
        let (numerator, denominator) = self.parts();
        let (whole, rest) = (numerator.abs() / denominator, numerator.abs() % denominator);
        f.write_str(if numerator < 0 { "-" } else { "" })?;
        if whole > 0 { write!(f, "{whole}又{rest}/{denominator}") } else { write!(f, "{rest}/{denominator}") }
    }
}

impl fmt::Debug for Number {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

/// For programs: `"14.5"`, or `"49/48"` where no decimal is exact.
impl Serialize for Number {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self.to_decimal() {
            Some(decimal) => serializer.serialize_str(&decimal),
            None => serializer.collect_str(&format_args!("{}/{}", self.0.numer(), self.0.denom())),
        }
    }
}

impl<'de> Deserialize<'de> for Number {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = std::borrow::Cow::<'de, str>::deserialize(deserializer)?;
        let read = |text: &str| Number::parse(text).ok();
        let number = match text.split_once('/') {
            Some((above, below)) => read(above).zip(read(below)).and_then(|(above, below)| above.checked_div(below)),
            None => read(&text),
        };
        number.ok_or_else(|| serde::de::Error::custom(format!("“{text}”不是数")))
    }
}

impl JsonSchema for Number {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "Number".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({
            "type": "string",
            "description": "精确的数：十进制写法；除不尽时写成分数，如 49/48",
            "pattern": r"^-?(0|[1-9][0-9]*)(\.[0-9]+|/[1-9][0-9]*)?$",
        })
    }
}

/// How much was saved, in percent of what was there before; negative if there is more now.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Percent(Number);

/// `(before - after) / before`; `None` unless `before` is above 0.
pub fn percent_saved(before: Number, after: Number) -> Option<Percent> {
    if before <= Number::ZERO {
        return None;
    }
    before.checked_sub(after)?.checked_div(before)?.checked_mul(Number::from(100)).map(Percent)
}

impl Percent {
    /// The exact percentage.
    pub fn exact(self) -> Number {
        self.0
    }

    /// Rounded to an integer, halves away from zero, without the percent sign: `45`.
    pub fn whole(self) -> String {
        self.0.to_fixed(0)
    }

    /// Rounded to two decimals, halves away from zero, without the percent sign: `44.83`.
    pub fn two_places(self) -> String {
        self.0.to_fixed(2)
    }
}
