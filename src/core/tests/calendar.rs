//! The calendar against a list of the announced days, one line a day, and a reckoning day by day.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::sync::OnceLock;

use crate::expr::{Conversions, Number, Unit};
use crate::program::{ANNOUNCED, Calendar, CalendarFault};
use crate::source::Date;
use proptest::prelude::*;

fn day(text: &str) -> Date {
    Date::parse(text).unwrap()
}

/// The days that were announced: whether each is off. Transcribed day by day from the notices named in `announced.rs`.
fn announced() -> BTreeMap<Date, bool> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/calendar/announced.csv");
    let text = fs::read_to_string(path).unwrap();
    let lines = text.lines().skip(1).map(|line| line.split(',').collect::<Vec<_>>());
    lines.map(|parts| (day(parts[0]), parts[2] == "1")).collect()
}

/// Every day of the announced years and whether it is worked. The first is a Monday.
fn worked() -> &'static [(Date, bool)] {
    static DAYS: OnceLock<Vec<(Date, bool)>> = OnceLock::new();
    DAYS.get_or_init(|| {
        let announced = announced();
        let days = (0i64..).map(|index| (index % 7 >= 5, day("2024-01-01").plus_days(index).unwrap()));
        let days = days.take_while(|(_, date)| date.parts().0 < 2027);
        days.map(|(weekend, date)| (date, announced.get(&date).map_or(!weekend, |off| !off))).collect()
    })
}

#[test]
fn every_announced_day_is_as_announced() {
    let calendar = Calendar::default();
    for &(date, worked) in worked() {
        assert_eq!(calendar.is_worked(date), Ok(worked), "{date}");
    }
    let count = |year: u16| worked().iter().filter(|(date, worked)| date.parts().0 == year && *worked).count();
    assert_eq!((count(2024), count(2025), count(2026)), (251, 248, 248));
    assert!(ANNOUNCED.iter().all(|year| year.notice.starts_with("国办发明电")));
}

#[test]
fn deadlines() {
    let calendar = Calendar::default();
    let known = [
        ("2026-09-30", 8, "2026-10-16"),
        ("2026-02-13", 5, "2026-02-27"),
        ("2026-02-13", 20, "2026-03-19"),
        ("2025-09-30", 10, "2025-10-21"),
        ("2025-01-27", 5, "2025-02-10"),
        ("2026-04-30", 1, "2026-05-06"),
        ("2024-02-09", 3, "2024-02-20"),
        ("2025-04-25", 2, "2025-04-28"),
        ("2026-09-24", 4, "2026-10-08"),
        ("2026-03-02", 45, "2026-05-08"),
    ];
    for (start, days, end) in known {
        assert_eq!(calendar.after_working_days(day(start), days), Ok(day(end)), "{start} + {days}");
    }
    let refused = calendar.after_working_days(day("2026-12-31"), 1);
    assert_eq!(refused, Err(CalendarFault::Unannounced(2027)));
    assert!(refused.unwrap_err().message().contains("2027年"));
    assert_eq!(calendar.after_working_days(day("2023-12-29"), 1), Err(CalendarFault::Unannounced(2023)));
}

#[test]
fn units() {
    let calendar = Calendar::default();
    let mut conversions = Conversions::new();
    let end = |start: &str, length: &str, unit: Unit, conversions: &Conversions| {
        calendar.end(day(start), Number::parse(length).unwrap(), unit, conversions).map(|date| date.to_string())
    };
    // A rest of a day counts as a day.
    assert_eq!(end("2026-09-28", "2.5", Unit::WorkingDay, &conversions).unwrap(), "2026-10-08");
    assert_eq!(end("2026-09-28", "0", Unit::WorkingDay, &conversions).unwrap(), "2026-09-28");
    // Ends on a holiday: the next working day.
    assert_eq!(end("2026-09-28", "5", Unit::NaturalDay, &conversions).unwrap(), "2026-10-08");
    assert_eq!(end("2026-03-02", "7", Unit::NaturalDay, &conversions).unwrap(), "2026-03-09");
    assert_eq!(end("2026-03-02", "9", Unit::Hour, &conversions), Err(CalendarFault::Inconvertible(Unit::Hour)));
    conversions.declare("1工作日 = 8小时").unwrap();
    assert_eq!(end("2026-03-02", "8", Unit::Hour, &conversions).unwrap(), "2026-03-03");
    assert_eq!(end("2026-03-02", "9", Unit::Hour, &conversions).unwrap(), "2026-03-04");
    assert_eq!(end("2026-03-02", "481", Unit::Minute, &conversions).unwrap(), "2026-03-04");
    let long = Number::from(4_000_000_000u32);
    assert_eq!(calendar.end(day("2026-03-02"), long, Unit::NaturalDay, &conversions), Err(CalendarFault::TooFar));
}

#[test]
fn the_region_arranges_days_of_its_own() {
    let mut calendar = Calendar::default();
    calendar.arrange(day("2026-04-20"), false, Some("三月三".to_owned()));
    calendar.arrange(day("2026-04-25"), true, None);
    assert_eq!(calendar.after_working_days(day("2026-04-17"), 1), Ok(day("2026-04-21")));
    assert_eq!(calendar.after_working_days(day("2026-04-24"), 1), Ok(day("2026-04-25")));
    assert_eq!(calendar.occasions(day("2026-04-01"), day("2026-05-06")), ["清明节", "三月三", "劳动节"]);
    // A day arranged in a year that is not announced is known; its neighbours are not.
    calendar.arrange(day("2027-01-04"), true, None);
    assert_eq!(calendar.is_worked(day("2027-01-04")), Ok(true));
    assert_eq!(calendar.is_worked(day("2027-01-05")), Err(CalendarFault::Unannounced(2027)));
    assert_eq!(calendar.after_working_days(day("2026-12-31"), 1), Err(CalendarFault::Unannounced(2027)));
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, ..ProptestConfig::default() })]

    #[test]
    fn counting_day_by_day(start in 0usize..1000, days in 0u64..80) {
        let worked = worked();
        let calendar = Calendar::default();
        let start_day = worked[start].0;
        let mut after = worked[start + 1..].iter().filter(|(_, worked)| *worked).map(|(date, _)| *date);
        let expected = match days {
            0 => Some(start_day),
            days => after.nth(days as usize - 1),
        };
        let found = calendar.after_working_days(start_day, days);
        prop_assert_eq!(found.ok(), expected);
    }
}
