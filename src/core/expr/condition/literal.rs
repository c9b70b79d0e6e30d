//! Reading the values in conditions.

use std::ops::Range;
use std::sync::Arc;

use super::Literal;
use super::words::starts_as_number;
use crate::expr::ExprError;
use crate::expr::number::{Number, NumberFault, half_width};
use crate::source::Date;

/// What a run of characters at the place of a value means, and what is wrong with it; `None` if it means nothing.
pub(super) fn literal(run: &str, range: Range<usize>) -> (Option<Literal>, Option<ExprError>) {
    if !starts_as_number(run) {
        return (Some(Literal::Word(Arc::from(run))), None);
    }
    if let Some((date, canonical)) = date(run) {
        let Some(date) = date else {
            let error = ExprError::new(range, format!("没有“{run}”这一天")).help("写成“2020-01-31”这样的日期");
            return (None, Some(error));
        };
        let error = (!canonical).then(|| {
            ExprError::new(range.clone(), format!("“{run}”不是规范的日期"))
                .help(format!("改为“{date}”"))
                .fix(range, date.to_string())
        });
        return (Some(Literal::Date(date)), error);
    }
    let part =
        |(index, c): (usize, char)| matches!(half_width(c), '0'..='9' | '.') || (index == 0 && half_width(c) == '-');
    let end = run.char_indices().find(|&at| !part(at)).map_or(run.len(), |(offset, _)| offset);
    let unit = &run[end..];
    let number_range = range.start..range.start + end;
    match Number::parse(&run[..end]) {
        Ok(number) if unit.is_empty() => (Some(Literal::Number { number, unit: None }), None),
        Ok(number) if starts_as_unit(unit) => (Some(Literal::Number { number, unit: Some(Arc::from(unit)) }), None),
        Err(error) if error.fault == NumberFault::TooLarge => {
            (None, Some(ExprError::new(number_range, format!("“{}”位数太多", &run[..end]))))
        }
        _ => {
            let error = ExprError::new(range, format!("“{run}”不是数也不是日期"))
                .help("数写成 8 或 2.5，日期写成 2020-01-31；如果是选项的名称，给它加引号");
            (None, Some(error))
        }
    }
}

/// Whether a run can be a number's unit.
pub(super) fn starts_as_unit(run: &str) -> bool {
    run.chars()
        .next()
        .is_some_and(|c| c.is_alphabetic() || "%％‰℃°".contains(c) || ('\u{3380}'..='\u{33df}').contains(&c))
}

/// A day, if `run` has the shape of one: `None` inside if there is no such day; whether it is written as it should be.
fn date(run: &str) -> Option<(Option<Date>, bool)> {
    let text: String = run.chars().map(half_width).collect();
    let body = text.strip_suffix('日').unwrap_or(&text);
    let parts: Vec<&str> = body.split(['-', '/', '.', '年', '月']).collect();
    let digits =
        |part: &str, most: usize| (1..=most).contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_digit());
    let [year, month, day] = parts[..] else { return None };
    if year.len() != 4 || !digits(year, 4) || !digits(month, 2) || !digits(day, 2) {
        return None;
    }
    let date = Date::new(year.parse().ok()?, month.parse().ok()?, day.parse().ok()?);
    // Full-width digits are as good as others.
    Some((date, date.is_some_and(|date| date.to_string() == text)))
}
