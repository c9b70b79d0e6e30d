//! Calendar dates.

use std::fmt;

/// A day of the Gregorian calendar; always a real one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Date {
    year: u16,
    month: u8,
    day: u8,
}

impl Date {
    /// The day, or `None` if there is no such day (2025-02-29).
    pub fn new(year: u16, month: u8, day: u8) -> Option<Self> {
        let leap = year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400));
        let days = match month {
            1 | 3 | 5 | 7 | 8 | 10 | 12 => 31,
            4 | 6 | 9 | 11 => 30,
            2 => 28 + u8::from(leap),
            _ => return None,
        };
        ((1..=9999).contains(&year) && (1..=days).contains(&day)).then_some(Date { year, month, day })
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
        (self.year, self.month, self.day)
    }
}

impl fmt::Display for Date {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}-{:02}-{:02}", self.year, self.month, self.day)
    }
}

#[cfg(test)]
mod tests {
    use super::Date;

    #[test]
    fn only_real_days() {
        assert!(Date::parse("2024-02-29").is_some());
        for bad in ["2025-02-29", "2025-13-01", "2025-1-01", "2025-01-01-", "+025-01-01", "二〇二五"] {
            assert_eq!(Date::parse(bad), None, "{bad}");
        }
    }
}
