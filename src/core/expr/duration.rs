//! Lengths of time as officials write them.

mod parse;

use std::cmp::Ordering;
use std::fmt;

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::ser::SerializeStruct;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::conversion::Conversions;
use super::number::Number;

pub use parse::{DurationError, DurationFault};

/// What a duration counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Unit {
    /// 工作日.
    WorkingDay,
    /// 自然日.
    NaturalDay,
    /// 小时.
    Hour,
    /// 分钟.
    Minute,
}

impl Unit {
    /// All units, longest first.
    pub const ALL: [Unit; 4] = [Unit::WorkingDay, Unit::NaturalDay, Unit::Hour, Unit::Minute];

    /// The Chinese name.
    pub fn label(self) -> &'static str {
        match self {
            Unit::WorkingDay => "工作日",
            Unit::NaturalDay => "自然日",
            Unit::Hour => "小时",
            Unit::Minute => "分钟",
        }
    }

    /// The name for programs.
    pub fn key(self) -> &'static str {
        match self {
            Unit::WorkingDay => "working-day",
            Unit::NaturalDay => "natural-day",
            Unit::Hour => "hour",
            Unit::Minute => "minute",
        }
    }
}

impl fmt::Display for Unit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.label())
    }
}

impl Serialize for Unit {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.key())
    }
}

impl<'de> Deserialize<'de> for Unit {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let key = std::borrow::Cow::<'de, str>::deserialize(deserializer)?;
        let unit = Unit::ALL.into_iter().find(|unit| unit.key() == key);
        unit.ok_or_else(|| serde::de::Error::custom(format!("“{key}”不是时间单位")))
    }
}

/// An amount of one unit, never negative. `==` compares what was written (`60分钟` is not `1小时`); for lengths there is
/// [`Duration::compare`].
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct Duration {
    amount: Number,
    unit: Unit,
    immediate: bool,
}

/// What can be proved of two durations.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Provable {
    /// It holds, whatever the calendar.
    Yes,
    /// It does not hold, whatever the calendar.
    No,
    /// It depends on a conversion or a calendar that was not given.
    Unknown,
}

impl Duration {
    /// 即办: done at once; zero working days that print as 即办.
    pub const IMMEDIATE: Duration = Duration { amount: Number::ZERO, unit: Unit::WorkingDay, immediate: true };

    /// `amount` of `unit`; `None` if negative.
    pub fn new(amount: Number, unit: Unit) -> Option<Self> {
        (!amount.is_negative()).then_some(Duration { amount, unit, immediate: false })
    }

    /// How many.
    pub fn amount(self) -> Number {
        self.amount
    }

    /// Of what.
    pub fn unit(self) -> Unit {
        self.unit
    }

    /// Whether written as 即办.
    pub fn is_immediate(self) -> bool {
        self.immediate
    }

    /// Whether it takes no time at all.
    pub fn is_zero(self) -> bool {
        self.amount.is_zero()
    }

    /// Whether `self ≤ other` is certain. Exact within one unit and where `conversions` relate the units. Otherwise only
    /// this is used: `n` whole working days last at least `n` natural days (weekends and holidays only lengthen them).
    pub fn at_most(self, other: Duration, conversions: &Conversions) -> Provable {
        match self.compare(other, conversions) {
            Some(Ordering::Greater) => return Provable::No,
            Some(_) => return Provable::Yes,
            None => {}
        }
        match (self.unit, other.unit) {
            (Unit::NaturalDay, Unit::WorkingDay) if self.amount <= other.amount.floor() => Provable::Yes,
            (Unit::WorkingDay, Unit::NaturalDay) if self.amount.floor() > other.amount => Provable::No,
            _ => Provable::Unknown,
        }
    }

    /// Which is longer; `None` if the units differ and `conversions` do not relate them. Zero compares with everything.
    pub fn compare(self, other: Duration, conversions: &Conversions) -> Option<Ordering> {
        if self.is_zero() || other.is_zero() {
            return Some(self.amount.cmp(&other.amount));
        }
        Some(self.amount.cmp(&conversions.convert(other, self.unit)?))
    }

    /// The sum, in the unit of `self` (of `other` if `self` is 即办); `None` if the units are not related or it does not fit.
    pub fn checked_add(self, other: Duration, conversions: &Conversions) -> Option<Duration> {
        if self.immediate {
            return Some(other);
        }
        let amount = self.amount.checked_add(conversions.convert(other, self.unit)?)?;
        Some(Duration { amount, ..self })
    }
}

impl fmt::Display for Duration {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.immediate { f.write_str("即办") } else { write!(f, "{}{}", self.amount, self.unit) }
    }
}

impl fmt::Debug for Duration {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl Serialize for Duration {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut fields = serializer.serialize_struct("Duration", 3)?;
        fields.serialize_field("amount", &self.amount)?;
        fields.serialize_field("unit", &self.unit)?;
        fields.serialize_field("text", &self.to_string())?;
        fields.end()
    }
}

impl<'de> Deserialize<'de> for Duration {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        #[derive(Deserialize)]
        struct Fields {
            amount: Number,
            unit: Unit,
            text: String,
        }
        let Fields { amount, unit, text } = Fields::deserialize(deserializer)?;
        // 即办 and 0工作日 are the same length, but not the same words.
        [false, true]
            .map(|immediate| Duration { amount, unit, immediate })
            .into_iter()
            .find(|length| amount >= Number::ZERO && length.to_string() == text)
            .ok_or_else(|| serde::de::Error::custom(format!("“{text}”不是这个时间长度的写法")))
    }
}

impl JsonSchema for Duration {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "Duration".into()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        json_schema!({
            "type": "object",
            "description": "时间长度",
            "properties": {
                "amount": generator.subschema_for::<Number>(),
                "unit": {
                    "description": "单位：工作日、自然日、小时、分钟",
                    "enum": Unit::ALL.map(Unit::key),
                },
                "text": { "type": "string", "description": "规范写法，如 2.5工作日、即办" },
            },
            "required": ["amount", "unit", "text"],
            "additionalProperties": false,
        })
    }
}

impl JsonSchema for Unit {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "Unit".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({ "type": "string", "enum": Unit::ALL.map(Unit::key), "description": "时间单位" })
    }
}
