//! How many natural days working days can take, looked up day by day in the announced years.

use std::collections::BTreeMap;
use std::sync::OnceLock;

const MONTHS: [i64; 12] = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

/// Days since Monday, 1 January 2024.
fn day(date: &str) -> i64 {
    let part = |from: usize, to: usize| date[from..to].parse::<i64>().expect("a date");
    let (year, month) = (part(0, 4), part(5, 7) as usize);
    let leap = i64::from(year == 2024);
    let earlier: i64 = MONTHS[..month - 1].iter().sum();
    let years = 365 * (year - 2024) + i64::from(year > 2024);
    years + earlier + leap * i64::from(month > 2) + part(8, 10) - 1
}

/// The working days of 2024 to 2026.
fn working_days() -> Vec<i64> {
    let announced = include_str!("../../src/core/tests/calendar/announced.csv").lines().skip(1).map(|line| {
        let cells: Vec<&str> = line.split(',').collect();
        (day(cells[0]), cells[2] == "1")
    });
    let announced: BTreeMap<i64, bool> = announced.collect();
    let off = |day: &i64| announced.get(day).copied().unwrap_or(day % 7 > 4);
    (0..day("2027-01-01")).filter(|day| !off(day)).collect()
}

/// The most natural days that so many working days take; nothing beyond the announced years.
pub fn most_natural_days(working: i64) -> Option<i64> {
    static DAYS: OnceLock<Vec<i64>> = OnceLock::new();
    let days = DAYS.get_or_init(working_days);
    let last = days.len().checked_sub(working as usize)?;
    (0..last).map(|first| days[first + working as usize] - days[first]).max()
}

#[test]
fn working_days_are_those_announced() {
    assert_eq!(working_days().len(), 251 + 248 + 248);
    assert_eq!(most_natural_days(0), Some(0));
    // From the last day before the longest holidays.
    assert_eq!(most_natural_days(1), Some(10));
    assert_eq!(most_natural_days(747), None);
}
