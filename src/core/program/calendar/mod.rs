//! The calendar: working days as announced by the State Council, and what the region arranges besides.
//!
//! The day of acceptance is not counted (《民法典》第二百零一条); working days leave out weekends and holidays and take in the
//! weekends that are worked (《行政许可法》第八十二条); a period of natural days that ends on a day off ends on the next working day
//! (《民法典》第二百零三条). A year that has not been announced is refused, never guessed.
//!
//! One entry a year with the notice's number. A rest of a day counts as a day (once, at the end of exact arithmetic); an application on a day
//! off is accepted on the next working day. The workspace's 日历 speaks for the very days it names, in any year; it does not make the rest of
//! an unannounced year known.

mod announced;

use std::collections::BTreeMap;

pub use announced::{ANNOUNCED, Announced, Holiday};

use crate::expr::{Conversions, Number, Unit};
use crate::source::Date;

/// Which days are worked.
#[derive(Debug, Clone, Default)]
pub struct Calendar {
    /// What the region arranges itself: whether the day is worked, and the occasion.
    own: BTreeMap<Date, (bool, Option<String>)>,
}

/// Why a date cannot be given.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CalendarFault {
    /// The year's days off have not been announced.
    Unannounced(u16),
    /// No equation leads from this unit to days.
    Inconvertible(Unit),
    /// Beyond what can be counted.
    TooFar,
}

impl CalendarFault {
    /// In words, with the remedy.
    pub fn message(self) -> String {
        match self {
            CalendarFault::Unannounced(year) => format!(
                "算不出日期：国务院办公厅还没有公布{year}年的放假安排（本程序收有{}至{}年），哪天上班不能猜",
                ANNOUNCED[0].year,
                ANNOUNCED[ANNOUNCED.len() - 1].year
            ),
            CalendarFault::Inconvertible(unit) => {
                format!("算不出日期：工作区清单的“换算”没有写1工作日合多少{unit}")
            }
            CalendarFault::TooFar => "算不出日期：时间太长".to_owned(),
        }
    }
}

impl Calendar {
    /// Notes that the region works on `day` or does not, whatever is announced.
    pub fn arrange(&mut self, day: Date, worked: bool, occasion: Option<String>) {
        self.own.insert(day, (worked, occasion));
    }

    /// What the region arranges itself, in order: the day, whether it is worked, the occasion.
    pub fn arranged(&self) -> impl Iterator<Item = (Date, bool, Option<&str>)> {
        self.own.iter().map(|(day, (worked, occasion))| (*day, *worked, occasion.as_deref()))
    }

    /// Whether `day` is worked. What the region arranges holds for that very day, also in a year that has not been announced.
    ///
    /// # Errors
    /// [`CalendarFault::Unannounced`].
    pub fn is_worked(&self, day: Date) -> Result<bool, CalendarFault> {
        if let Some((worked, _)) = self.own.get(&day) {
            return Ok(*worked);
        }
        let (year, month, date) = day.parts();
        let announced = ANNOUNCED.iter().find(|own| own.year == year).ok_or(CalendarFault::Unannounced(year))?;
        if announced.worked.contains(&(month, date)) {
            return Ok(true);
        }
        Ok(!day.is_weekend() && announced.holiday(month, date).is_none())
    }

    /// `day` itself if it is worked, else the next day that is.
    ///
    /// # Errors
    /// A year on the way has not been announced.
    pub fn worked_from(&self, day: Date) -> Result<Date, CalendarFault> {
        let mut day = day;
        while !self.is_worked(day)? {
            day = day.plus_days(1).ok_or(CalendarFault::TooFar)?;
        }
        Ok(day)
    }

    /// The last of `days` working days after `start`, which is not counted; of none the start itself.
    ///
    /// # Errors
    /// A year on the way has not been announced.
    pub fn after_working_days(&self, start: Date, days: u64) -> Result<Date, CalendarFault> {
        let mut day = start;
        for _ in 0..days {
            day = self.worked_from(day.plus_days(1).ok_or(CalendarFault::TooFar)?)?;
        }
        Ok(day)
    }

    /// The last day of a period of `length` from `start`, which is not counted. A rest of a day counts as a day. Hours and minutes
    /// count as the working days that the declared equations make of them.
    ///
    /// # Errors
    /// A year on the way has not been announced, or the unit does not lead to days.
    pub fn end(
        &self,
        start: Date,
        length: Number,
        unit: Unit,
        conversions: &Conversions,
    ) -> Result<Date, CalendarFault> {
        match unit {
            Unit::NaturalDay => {
                let days = i64::try_from(whole_days(length)?).map_err(|_| CalendarFault::TooFar)?;
                self.worked_from(start.plus_days(days).ok_or(CalendarFault::TooFar)?)
            }
            Unit::WorkingDay => self.after_working_days(start, whole_days(length)?),
            Unit::Hour | Unit::Minute => {
                let duration = crate::expr::Duration::new(length, unit).ok_or(CalendarFault::TooFar)?;
                let days = conversions.convert(duration, Unit::WorkingDay).ok_or(CalendarFault::Inconvertible(unit))?;
                self.after_working_days(start, whole_days(days)?)
            }
        }
    }

    /// The occasions of the days off after `start` up to and with `end`, in order, each once; weekends have none.
    pub fn occasions(&self, start: Date, end: Date) -> Vec<String> {
        let mut found: Vec<String> = Vec::new();
        let mut next = start.plus_days(1);
        while let Some(day) = next.filter(|day| *day <= end) {
            let (year, month, date) = day.parts();
            let name = match self.own.get(&day) {
                Some((worked, occasion)) => occasion.clone().filter(|_| !worked),
                None => ANNOUNCED
                    .iter()
                    .find(|own| own.year == year)
                    .and_then(|own| own.holiday(month, date))
                    .map(str::to_owned),
            };
            found.extend(name.filter(|name| found.last() != Some(name)));
            next = day.plus_days(1);
        }
        found
    }
}

impl Announced {
    /// The holiday that a day belongs to.
    pub fn holiday(&self, month: u8, day: u8) -> Option<&'static str> {
        let at = (month, day);
        self.holidays.iter().find(|own| own.first <= at && at <= own.last).map(|own| own.name)
    }
}

/// A rest of a day counts as a day.
fn whole_days(length: Number) -> Result<u64, CalendarFault> {
    let floor = length.floor();
    let whole = u64::try_from(floor.to_integer().ok_or(CalendarFault::TooFar)?).map_err(|_| CalendarFault::TooFar)?;
    Ok(if floor == length { whole } else { whole + 1 })
}
