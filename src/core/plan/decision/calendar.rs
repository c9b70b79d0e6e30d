//! The calendar: which days are worked.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::expr::{Duration, Number, Unit};
use crate::program::{ANNOUNCED, Program};
use crate::source::Date;

/// 日历：受理当日不计，零头按一天算，自然日期满遇放假顺延；没有公布的年份不算。
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct DecisionCalendar {
    /// 国务院办公厅已经公布的年份。
    pub years: Vec<AnnouncedYear>,
    /// 本地区自己安排的日子，以它为准。
    pub arranged: Vec<ArrangedDay>,
    /// 小时、分钟合多少工作日；没有写换算的没有。
    pub working_days: WorkingDays,
}

/// 一年的放假安排。
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct AnnouncedYear {
    /// 年份。
    pub year: u16,
    /// 通知的文号。
    pub notice: String,
    /// 放假。
    pub holidays: Vec<DaysOff>,
    /// 上班的周末。
    pub worked: Vec<String>,
}

/// 连着放的假，两端都含。
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct DaysOff {
    /// 名称。
    pub name: String,
    /// 第一天。
    pub first: String,
    /// 最后一天。
    pub last: String,
}

/// 本地区自己安排的一天。
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct ArrangedDay {
    /// 日期。
    pub date: String,
    /// 上不上班。
    pub worked: bool,
    /// 事由。
    pub occasion: Option<String>,
}

/// 一个单位合多少工作日。
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct WorkingDays {
    /// 一小时。
    pub hour: Option<Number>,
    /// 一分钟。
    pub minute: Option<Number>,
}

impl DecisionCalendar {
    pub(super) fn of(program: &Program<'_>) -> DecisionCalendar {
        let settings = &program.workspace.settings;
        let per = |unit| settings.conversions.convert(Duration::new(Number::ONE, unit)?, Unit::WorkingDay);
        let years = ANNOUNCED.iter().map(|own| {
            let day = |(month, day): (u8, u8)| Date::new(own.year, month, day).map(|date| date.to_string());
            let off = |holiday: &crate::program::Holiday| {
                Some(DaysOff { name: holiday.name.to_owned(), first: day(holiday.first)?, last: day(holiday.last)? })
            };
            AnnouncedYear {
                year: own.year,
                notice: own.notice.to_owned(),
                holidays: own.holidays.iter().filter_map(off).collect(),
                worked: own.worked.iter().filter_map(|&at| day(at)).collect(),
            }
        });
        let arranged = settings.calendar.arranged().map(|(date, worked, occasion)| ArrangedDay {
            date: date.to_string(),
            worked,
            occasion: occasion.map(str::to_owned),
        });
        DecisionCalendar {
            years: years.collect(),
            arranged: arranged.collect(),
            working_days: WorkingDays { hour: per(Unit::Hour), minute: per(Unit::Minute) },
        }
    }
}
