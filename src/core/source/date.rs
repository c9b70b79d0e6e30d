//! Calendar dates.

use std::fmt;

/// A day of the Gregorian calendar, from 0001-01-01 to 9999-12-31; always a real one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Date(time::Date);

impl serde::Serialize for Date {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> serde::Deserialize<'de> for Date {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = std::borrow::Cow::<'de, str>::deserialize(deserializer)?;
        Date::parse(&text).ok_or_else(|| serde::de::Error::custom(format!("“{text}”不是日期")))
    }
}

impl schemars::JsonSchema for Date {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "Date".into()
    }

    fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
        schemars::json_schema!({ "type": "string", "format": "date", "description": "日期" })
    }
}

impl Date {
    /// The first day that can be written.
    pub const FIRST: Date = Date(time::macros::date!(0001 - 01 - 01));
    /// The last day that can be written.
    pub const LAST: Date = Date(time::macros::date!(9999 - 12 - 31));

    /// The day, or `None` if there is no such day (2025-02-29).
    pub fn new(year: u16, month: u8, day: u8) -> Option<Self> {
        let month = time::Month::try_from(month).ok()?;
        let date = Date(time::Date::from_calendar_date(year.into(), month, day).ok()?);
        (Date::FIRST..=Date::LAST).contains(&date).then_some(date)
    }

    /// Reads `2026-01-31`, exactly in this form.
    pub fn parse(text: &str) -> Option<Self> {
        let mut parts = text.split('-');
        let (year, month, day) = (parts.next()?, parts.next()?, parts.next()?);
        let shape = year.len() == 4 && month.len() == 2 && day.len() == 2 && parts.next().is_none();
        let digits = text.bytes().all(|byte| byte == b'-' || byte.is_ascii_digit());
        (shape && digits).then(|| Date::new(year.parse().ok()?, month.parse().ok()?, day.parse().ok()?))?
    }

    /// Year, month, day.
    pub fn parts(self) -> (u16, u8, u8) {
        let (year, month, day) = self.0.to_calendar_date();
        (year as u16, month.into(), day)
    }

    /// The day so many days later (earlier, if negative); `None` beyond the dates that can be written.
    pub fn plus_days(self, days: i64) -> Option<Self> {
        let day = i32::try_from(i64::from(self.0.to_julian_day()).checked_add(days)?).ok()?;
        let date = Date(time::Date::from_julian_day(day).ok()?);
        (Date::FIRST..=Date::LAST).contains(&date).then_some(date)
    }

    /// The same day so many months later (earlier, if negative), the last of the month if it has no such day; `None` beyond the
    /// dates that can be written.
    pub fn plus_months(self, months: i64) -> Option<Self> {
        let (year, month, day) = self.parts();
        let index = (i64::from(year) * 12 + i64::from(month) - 1).checked_add(months)?;
        let year = u16::try_from(index.div_euclid(12)).ok()?;
        let month = u8::try_from(index.rem_euclid(12) + 1).ok()?;
        (0..4).find_map(|less| Date::new(year, month, day.checked_sub(less)?))
    }

    /// Whether it is a Saturday or a Sunday.
    pub fn is_weekend(self) -> bool {
        matches!(self.0.weekday(), time::Weekday::Saturday | time::Weekday::Sunday)
    }
}

impl fmt::Display for Date {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (year, month, day) = self.parts();
        write!(f, "{year:04}-{month:02}-{day:02}")
    }
}

#[cfg(test)]
mod tests {
    use super::Date;

    #[test]
    fn only_real_days() {
        assert!(Date::parse("2024-02-29").is_some());
        for bad in ["2025-02-29", "2025-13-01", "2025-1-01", "2025-01-01-", "+025-01-01", "0000-01-01", "二〇二五"]
        {
            assert_eq!(Date::parse(bad), None, "{bad}");
        }
    }

    #[test]
    fn days_follow_one_another() {
        let day = |text| Date::parse(text).expect("a day");
        assert_eq!(day("2024-02-28").plus_days(2), Some(day("2024-03-01")));
        assert_eq!(day("2024-03-01").plus_days(-2), Some(day("2024-02-28")));
        assert_eq!(Date::LAST.plus_days(1), None);
        assert_eq!(day("2024-02-29").plus_months(-12), Some(day("2023-02-28")));
        assert_eq!(day("2026-01-31").plus_months(1), Some(day("2026-02-28")));
        assert_eq!(day("2026-01-31").plus_months(-2), Some(day("2025-11-30")));
        assert_eq!(Date::FIRST.plus_months(-1), None);
        assert_eq!(Date::LAST.plus_months(1), None);
        assert!(day("2026-11-22").is_weekend());
        assert!(!day("2026-11-23").is_weekend());
    }
}
