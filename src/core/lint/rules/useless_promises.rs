use crate::code;
use crate::diagnostic::Sink;
use crate::facts::Facts;

code! {
    /// # 承诺的时限比一个一个办还长
    ///
    /// 联办的承诺时限，比各事项今天的时限一个接一个加起来还长：申请人自己一家一家去办反而更快，这样的“一件事”没有用处。
    ///
    /// ## 反例
    ///
    /// ```yaml
    /// 一件事: 例子
    /// 标识: example
    /// 承诺时限: 60工作日
    /// 联办事项:
    ///   登记: {名称: 例子登记, 单位: 市场监管部门, 时限: 24工作日}
    ///   许可: {名称: 例子许可, 单位: 城管部门, 时限: 20工作日}
    /// ```
    ///
    /// ## 正例
    ///
    /// ```yaml
    /// 一件事: 例子
    /// 标识: example
    /// 承诺时限: 24工作日
    /// 联办事项:
    ///   登记: {名称: 例子登记, 单位: 市场监管部门, 时限: 24工作日}
    ///   许可: {名称: 例子许可, 单位: 城管部门, 时限: 20工作日}
    /// ```
    ///
    /// ## 依据
    ///
    /// 审查规则 D03：一件事的承诺时限不得长于各事项时限的串联合计。
    pub static CODE = "useless-promises", Time, Error, allowable;
}

/// Compares the promise with the serial sum of the widest case.
pub fn check(facts: &Facts<'_>, sink: &mut Sink) {
    let program = facts.program;
    let schedule = &facts.widest().schedule;
    let (Some(promise), Some(serial)) = (program.bundle.promise, schedule.serial) else { return };
    let promised = program.workspace.settings.conversions.convert(promise.value, schedule.unit);
    if program.items.is_empty()
        || promised.is_none_or(|promised| promised <= serial.max(schedule.length.unwrap_or(serial)))
    {
        return;
    }
    let unit = schedule.unit;
    let mut diagnostic = CODE
        .at(promise.span, format!("承诺{}，各事项一个接一个办也只要{serial}{unit}：承诺比不联办还长", promise.value))
        .label(format!("串联合计才{serial}{unit}"));
    for item in program.items.iter().take(8) {
        if let Some(limit) = item.written.limit {
            diagnostic = diagnostic.related(limit.span, format!("{}{}", item.name.value, limit.value));
        }
    }
    let help = match schedule.length {
        Some(length) => format!("承诺最短可以写{length}{unit}（关键路径），不要超过{serial}{unit}"),
        None => format!("承诺不要超过{serial}{unit}"),
    };
    sink.push(diagnostic.help(help));
}
