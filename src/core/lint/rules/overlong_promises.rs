use crate::code;
use crate::diagnostic::{Level, Sink};
use crate::expr::{Duration, Provable, Unit};
use crate::facts::Facts;
use crate::source::At;

code! {
    /// # 承诺的时限超过法定时限
    ///
    /// 法律规定的期限是底线，对外承诺只能更短。单位不同时要特别小心：20工作日总比20自然日长，
    /// 法定期限按自然日算、承诺按工作日写，往往就超了。
    ///
    /// 两个单位比不出来时（例如小时和工作日），检查会提醒写出换算，或者改用同一个单位。
    ///
    /// ## 反例
    ///
    /// ```yaml
    /// 一件事: 例子
    /// 标识: example
    /// 联办事项:
    ///   登记: {名称: 例子登记, 单位: 市场监管部门, 时限: 30工作日, 法定时限: 20工作日}
    /// ```
    ///
    /// ## 正例
    ///
    /// ```yaml
    /// 一件事: 例子
    /// 标识: example
    /// 联办事项:
    ///   登记: {名称: 例子登记, 单位: 市场监管部门, 时限: 15工作日, 法定时限: 20工作日}
    /// ```
    ///
    /// ## 依据
    ///
    /// 审查规则 D01：承诺办结时限不得超过法定办结时限；D15：工作日与自然日要换算清楚再比较。
    pub static CODE = "overlong-promises", Time, Error, allowable;
}

/// Compares promised with statutory times, of the whole and of each item.
pub fn check(facts: &Facts<'_>, sink: &mut Sink) {
    let bundle = &facts.program.bundle;
    compare(facts, "一件事的承诺时限", bundle.promise, bundle.statutory, sink);
    for item in &facts.program.items {
        let what = format!("“{}”的时限", item.name.value);
        compare(facts, &what, item.written.limit, item.written.statutory, sink);
    }
}

fn compare(
    facts: &Facts<'_>,
    what: &str,
    promise: Option<At<Duration>>,
    statutory: Option<At<Duration>>,
    sink: &mut Sink,
) {
    let (Some(promise), Some(statutory)) = (promise, statutory) else { return };
    let conversions = &facts.program.workspace.settings.conversions;
    match promise.at_most(statutory.value, conversions) {
        Provable::Yes => {}
        Provable::No => sink.push(
            CODE.at(promise.span, format!("{what}{}，超过了法定时限{}", promise.value, statutory.value))
                .label("超过法定时限")
                .related(statutory.span, format!("法定{}", statutory.value))
                .help(format!("改为{}以内；法定时限写错了就改正法定时限", statutory.value)),
        ),
        Provable::Unknown => {
            let (own, other) = (promise.unit(), statutory.unit());
            let days = [own, other].contains(&Unit::WorkingDay) && [own, other].contains(&Unit::NaturalDay);
            let help = match days {
                true => format!("改用同一个单位写：时限和法定时限都写成{other}"),
                false => {
                    format!("改用同一个单位写，或者在工作区清单的“换算”里写明，例如“1{other} = 8{own}”")
                }
            };
            let mut diagnostic = CODE
                .at(
                    promise.span,
                    format!("{what}{}，法定时限{}：单位不同，比不出是否超期", promise.value, statutory.value),
                )
                .label("与法定时限单位不同")
                .related(statutory.span, format!("法定{}", statutory.value))
                .help(help);
            diagnostic.level = Level::Warning;
            sink.push(diagnostic);
        }
    }
}
