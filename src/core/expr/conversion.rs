//! Declared equations between units of time.

use super::ExprError;
use super::duration::{Duration, Unit};
use super::number::Number;

/// Equations such as `1工作日 = 8小时`, free of contradictions. That an hour has 60 minutes is known; nothing else is.
#[derive(Debug, Clone, Default)]
pub struct Conversions {
    declared: Vec<(Duration, Duration)>,
}

/// Why an equation was not taken.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ConversionError {
    /// What is wrong with its text.
    pub error: Box<ExprError>,
    /// The earlier equations it repeats or contradicts, counted from 0 among those taken; empty if only
    /// `1小时 = 60分钟` is involved or the text itself is faulty.
    pub others: Vec<usize>,
}

impl Conversions {
    /// No equations but the built-in one.
    pub fn new() -> Self {
        Conversions::default()
    }

    /// The equations taken so far, in order.
    pub fn declared(&self) -> &[(Duration, Duration)] {
        &self.declared
    }

    /// Takes an equation such as `7自然日 = 5工作日`. An equation that is unreadable, or says what is already known, or
    /// contradicts it, is refused and changes nothing.
    pub fn declare(&mut self, text: &str) -> Result<(), ConversionError> {
        let (left, right) =
            equation(text).map_err(|error| ConversionError { error: Box::new(error), others: Vec::new() })?;
        let whole = text.len() - text.trim_start().len()..text.trim_end().len();
        if left.unit() == right.unit() {
            let error = ExprError::new(whole, format!("等号两边都是{}，没有换算", left.unit()));
            return Err(ConversionError { error: Box::new(error), others: Vec::new() });
        }
        if let Some((known, others)) = self.path(left, right.unit()) {
            let reason = match &others[..] {
                [] => "1小时 = 60分钟 不用声明".to_owned(),
                others => {
                    let list = others.iter().map(|&index| {
                        let (left, right) = self.declared[index];
                        format!("{left} = {right}")
                    });
                    format!("前面已有 {}", list.collect::<Vec<_>>().join("、"))
                }
            };
            let unit = right.unit();
            let error = if known == Some(right.amount()) {
                ExprError::new(whole, format!("这个换算重复：{reason}")).help("删去这一条")
            } else {
                let known =
                    known.map(|known| format!("{left} = {known}{unit}")).filter(|known| !reason.contains(known));
                let known = known.map_or_else(String::new, |known| format!("，即 {known}"));
                ExprError::new(whole, format!("这个换算与已知的换算矛盾：{reason}{known}"))
                    .help("只留一条换算，或者把数改为一致")
            };
            return Err(ConversionError { error: Box::new(error), others });
        }
        self.declared.push((left, right));
        Ok(())
    }

    /// How many of `unit` last as long as `duration`; `None` if the equations do not relate the units, or the result does
    /// not fit. Zero is zero in every unit.
    pub fn convert(&self, duration: Duration, unit: Unit) -> Option<Number> {
        if duration.is_zero() {
            return Some(Number::ZERO);
        }
        self.path(duration, unit)?.0
    }

    /// The amount in `unit` (`None` inside if it does not fit) and the equations used.
    fn path(&self, duration: Duration, unit: Unit) -> Option<(Option<Number>, Vec<usize>)> {
        let sixty = Number::from(60);
        let mut edges = vec![(Unit::Hour, Number::ONE, Unit::Minute, sixty, None)];
        for (index, (left, right)) in self.declared.iter().enumerate() {
            edges.push((left.unit(), left.amount(), right.unit(), right.amount(), Some(index)));
        }
        let mut reached = vec![(duration.unit(), Some(duration.amount()), Vec::new())];
        let mut next = 0;
        while let Some((here, amount, used)) = reached.get(next).cloned() {
            if here == unit {
                return Some((amount, used));
            }
            for &(a, a_amount, b, b_amount, index) in &edges {
                for (from, from_amount, to, to_amount) in [(a, a_amount, b, b_amount), (b, b_amount, a, a_amount)] {
                    if from == here && reached.iter().all(|(unit, ..)| *unit != to) {
                        let rate = to_amount.checked_div(from_amount);
                        let there = amount.and_then(|amount| amount.checked_mul(rate?));
                        let used = used.iter().copied().chain(index).collect();
                        reached.push((to, there, used));
                    }
                }
            }
            next += 1;
        }
        None
    }
}

fn equation(text: &str) -> Result<(Duration, Duration), ExprError> {
    let help = "写成“1工作日 = 8小时”这样的等式";
    let Some(sign) = text.find(['=', '＝']) else {
        return Err(ExprError::new(0..text.len(), "换算里没有等号").help(help));
    };
    let after = sign + text[sign..].chars().next().map_or(1, char::len_utf8);
    if let Some(second) = text[after..].find(['=', '＝']) {
        let second = after + second;
        let end = second + text[second..].chars().next().map_or(1, char::len_utf8);
        return Err(ExprError::new(second..end, "一条换算里只能有一个等号").help(help));
    }
    let side = |offset: usize, text: &str| match Duration::parse(text) {
        Ok(duration) if duration.is_zero() => {
            let start = offset + text.len() - text.trim_start().len();
            Err(ExprError::new(start..start + text.trim().len(), "换算的两边不能是零").help(help))
        }
        Ok(duration) => Ok(duration),
        Err(error) => Err(error.error.shifted(offset)),
    };
    Ok((side(0, &text[..sign])?, side(after, &text[after..])?))
}
