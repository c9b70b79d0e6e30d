use crate::code;
use crate::diagnostic::Sink;
use crate::expr::Unit;
use crate::facts::Facts;
use crate::source::At;

code! {
    /// # 时限的单位合不到一起
    ///
    /// 有的事项按工作日写，有的按自然日或小时写，又没有说怎样换算，总时限就算不出来，承诺能不能办到也无从核对。
    /// 1天是8小时还是24小时，程序不猜。
    ///
    /// ## 反例
    ///
    /// ```yaml
    /// 一件事: 例子
    /// 标识: example
    /// 联办事项:
    ///   登记: {名称: 例子登记, 单位: 市场监管部门, 时限: 3小时}
    ///   许可: {名称: 例子许可, 单位: 城管部门, 时限: 6工作日}
    /// ```
    ///
    /// ## 正例
    ///
    /// ```yaml
    /// 一件事: 例子
    /// 标识: example
    /// 联办事项:
    ///   登记: {名称: 例子登记, 单位: 市场监管部门, 时限: 0.5工作日}
    ///   许可: {名称: 例子许可, 单位: 城管部门, 时限: 6工作日}
    /// ```
    ///
    /// ## 依据
    ///
    /// 审查规则 D18：时限单位混用时要声明换算；《中华人民共和国行政许可法》第八十二条：行政许可的期限以工作日计算。
    pub static CODE = "inconvertible-units", Time, Warning, allowable;
}

/// Reports all times that cannot be converted, once.
pub fn check(facts: &Facts<'_>, sink: &mut Sink) {
    let program = facts.program;
    let unit = facts.timing().unit;
    let mut odd: Vec<(&str, At<_>)> = facts.timing().odd.iter().map(|odd| (&*odd.label, odd.limit)).collect();
    odd.dedup_by_key(|(_, limit)| limit.span);
    let conversions = &program.workspace.settings.conversions;
    let promise = program.bundle.promise.filter(|promise| conversions.convert(promise.value, unit).is_none());
    if facts.widest().schedule.length.is_some_and(|length| !length.is_zero()) {
        odd.extend(promise.map(|promise| ("承诺时限", promise)));
    }
    let Some(((name, first), rest)) = odd.split_first() else { return };
    let mut diagnostic = CODE
        .at(first.span, format!("“{name}”写的是{}，其余按{unit}算，没有写明怎样换算，总时限算不出来", first.value))
        .label(format!("换算不成{unit}"));
    for (name, limit) in rest.iter().take(8) {
        diagnostic = diagnostic.related(limit.span, format!("{name}{}", limit.value));
    }
    let days = [unit, first.unit()].iter().all(|unit| matches!(unit, Unit::WorkingDay | Unit::NaturalDay));
    sink.push(diagnostic.help(match days {
        true => format!("统一写成{unit}"),
        false => format!("统一写成{unit}；或者在工作区清单里写“换算”，例如“1工作日 = 8小时”（以本地规定为准）"),
    }));
}
