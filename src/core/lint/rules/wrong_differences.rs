use crate::code;
use crate::diagnostic::Sink;
use crate::expr::{Number, percent_saved};
use crate::facts::Facts;
use crate::model::{Figures, Published};
use crate::reform::{Amount, Measured, figure};

code! {
    /// # 减少的数字算错了
    ///
    /// 改革前减改革后，不等于公布的“减少”；或者改革后反而更多；或者百分比没有按四舍五入算对。
    /// 这些数字一眼就能复核，错了最伤公信力。
    ///
    /// ## 反例
    ///
    /// ```yaml
    /// 一件事: 例子
    /// 标识: example
    /// 承诺时限: 3工作日
    /// 联办事项:
    ///   登记: {名称: 例子登记, 单位: 市场监管部门, 时限: 2工作日}
    ///   许可: {名称: 例子许可, 单位: 城管部门, 时限: 3工作日}
    /// 公布:
    ///   改革前: {时限: 5工作日}
    ///   改革后: {时限: 3工作日}
    ///   减少: {时限: 3工作日}
    /// ```
    ///
    /// ## 正例
    ///
    /// ```yaml
    /// 一件事: 例子
    /// 标识: example
    /// 承诺时限: 3工作日
    /// 联办事项:
    ///   登记: {名称: 例子登记, 单位: 市场监管部门, 时限: 2工作日}
    ///   许可: {名称: 例子许可, 单位: 城管部门, 时限: 3工作日}
    /// 公布:
    ///   改革前: {时限: 5工作日}
    ///   改革后: {时限: 3工作日}
    ///   减少: {时限: 2工作日, 百分比: 40%}
    /// ```
    ///
    /// ## 依据
    ///
    /// 审查规则 R03、R06、D20：减少数等于改革前减改革后，不减的不得算作减少，百分比写明基数、四舍五入。
    pub static CODE = "wrong-differences", Figures, Error, allowable;
}

/// Adds up what was published, whatever the cases come to.
pub fn check(facts: &Facts<'_>, sink: &mut Sink) {
    let Some(published) = &facts.program.bundle.published else { return };
    for measured in Measured::ALL {
        total(facts, published, measured, sink);
    }
    for entry in &published.comparison.entries {
        let row = &entry.value;
        let Some(saved) = row.saved.filter(|_| !row.damaged && row.before.span.is_some() && row.after.span.is_some())
        else {
            continue;
        };
        let (before, after) = (row.before.len() as i64, row.after.len() as i64);
        if before - after != i64::from(saved.value.0) {
            let message = format!(
                "“{}”改革前{before}件、改革后{after}件，{}，公布的减少是{}件",
                entry.name.value,
                change(before - after),
                saved.value.0
            );
            sink.push(CODE.at(saved.span, message).label(change(before - after)).help("核对两边的清单，改正件数"));
        }
    }
    percent(facts, published, sink);
}

fn change(saved: i64) -> String {
    match saved {
        0 => "没有减少".to_owned(),
        more if more < 0 => format!("多了{}件", -more),
        saved => format!("应当减少{saved}件"),
    }
}

fn side(figures: &Option<Figures>, measured: Measured) -> Option<crate::source::At<Amount>> {
    figure(figures.as_ref()?, measured)
}

fn total(facts: &Facts<'_>, published: &Published, measured: Measured, sink: &mut Sink) {
    let (Some(before), Some(after)) = (side(&published.before, measured), side(&published.after, measured)) else {
        return;
    };
    let Some(saved) = difference(facts, before.value, after.value) else { return };
    let what = measured.label();
    let (from, to) = (before.text(measured), after.text(measured));
    let claimed = side(&published.saved, measured);
    if saved.is_negative() {
        sink.push(
            CODE.at(after.span, format!("改革后的{what}（{to}）比改革前（{from}）还多"))
                .label("没有减少")
                .related(before.span, format!("改革前{from}"))
                .help("核对两个数字；确实增加的，说明理由，不要写成减少"),
        );
        return;
    }
    let Some(claimed) = claimed else { return };
    if difference(facts, before.value, claimed.value).is_some_and(|rest| rest != after.number_in(facts, before.value)) {
        let right = match before.value {
            Amount::Count(_) => format!("{saved}{}", measured.counter()),
            Amount::Time(time) => format!("{saved}{}", time.unit()),
        };
        let message = format!("{what}由{from}到{to}，减少{right}，公布的减少是{}", claimed.text(measured));
        sink.push(
            CODE.at(claimed.span, message)
                .label(format!("应当是{right}"))
                .related(before.span, format!("改革前{from}"))
                .related(after.span, format!("改革后{to}"))
                .help(format!("改为{right}")),
        );
    }
}

impl Amount {
    /// The number in the unit of `other`; its own where the units are not related.
    fn number_in(self, facts: &Facts<'_>, other: Amount) -> Number {
        match (self, other) {
            (Amount::Time(own), Amount::Time(other)) => {
                facts.program.workspace.settings.conversions.convert(own, other.unit()).unwrap_or(own.amount())
            }
            _ => self.number(),
        }
    }
}

/// In the unit of the first; `None` if the units are not related.
fn difference(facts: &Facts<'_>, from: Amount, to: Amount) -> Option<Number> {
    let subtract = match (from, to) {
        (Amount::Time(from), Amount::Time(to)) => {
            facts.program.workspace.settings.conversions.convert(to, from.unit())?
        }
        _ => to.number(),
    };
    from.number().checked_sub(subtract)
}

fn percent(facts: &Facts<'_>, published: &Published, sink: &mut Sink) {
    for figures in [&published.saved, &published.after, &published.before].into_iter().flatten() {
        let Some(claimed) = figures.percent else { continue };
        // The figures of the same group are meant; all that were published where it has no other.
        let own: Vec<_> = Measured::ALL.into_iter().filter(|measured| figure(figures, *measured).is_some()).collect();
        let meant = if own.is_empty() { Measured::ALL.to_vec() } else { own };
        let rates: Vec<_> = meant
            .iter()
            .filter_map(|measured| {
                let (before, after) = (side(&published.before, *measured)?, side(&published.after, *measured)?);
                let rate = percent_saved(before.number(), after.number_in(facts, before.value))?;
                Some((*measured, rate))
            })
            .collect();
        let fits = |exact: Number| {
            exact == claimed.value
                || (0..=2)
                    .any(|places| Number::parse(&exact.to_fixed(places)).is_ok_and(|rounded| rounded == claimed.value))
        };
        if rates.is_empty() || rates.len() < meant.len().min(1) || rates.iter().any(|(_, rate)| fits(rate.exact())) {
            continue;
        }
        let list: Vec<_> =
            rates.iter().map(|(measured, rate)| format!("{}{}%", measured.label(), rate.two_places())).collect();
        let message = format!("公布的减幅是{}%，按公布的数字算是{}", claimed.value, list.join("、"));
        sink.push(
            CODE.at(claimed.span, message)
                .label("百分比不对")
                .help("减幅 =（改革前 − 改革后）÷ 改革前，四舍五入，并写明说的是哪一项"),
        );
    }
}
