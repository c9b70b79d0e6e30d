use crate::code;
use crate::diagnostic::Sink;
use crate::expr::Duration;
use crate::facts::Facts;
use crate::model::Stage;
use crate::program::Item;

code! {
    /// # 各环节的时限加起来不等于事项的时限
    ///
    /// 事项写了一个时限，环节又各写了时限，两本账对不上：窗口按哪一个催办、系统按哪一个亮灯，谁也说不清。
    ///
    /// 依法不计时的环节（写了“不计时: 是”）不加；有条件的环节可有可无，只在怎样都对不上时才报告。
    ///
    /// ## 反例
    ///
    /// ```yaml
    /// 一件事: 例子
    /// 标识: example
    /// 联办事项:
    ///   登记:
    ///     名称: 例子登记
    ///     单位: 市场监管部门
    ///     时限: 15工作日
    ///     环节:
    ///       - {环节: 受理, 时限: 2工作日}
    ///       - {环节: 审查, 时限: 6工作日}
    ///       - {环节: 决定, 时限: 2工作日}
    /// ```
    ///
    /// ## 正例
    ///
    /// ```yaml
    /// 一件事: 例子
    /// 标识: example
    /// 联办事项:
    ///   登记:
    ///     名称: 例子登记
    ///     单位: 市场监管部门
    ///     时限: 10工作日
    ///     环节:
    ///       - {环节: 受理, 时限: 2工作日}
    ///       - {环节: 审查, 时限: 6工作日}
    ///       - {环节: 决定, 时限: 2工作日}
    /// ```
    ///
    /// ## 依据
    ///
    /// 审查规则 D13：各环节时限之和等于承诺办结时限。
    pub static CODE = "unbalanced-stages", Time, Error, allowable;
}

/// The least and the most that the stages of an item can take; the most is `None` if some of them do not say how long.
fn sums(facts: &Facts<'_>, item: &Item) -> Option<(Duration, Option<Duration>)> {
    let conversions = &facts.program.workspace.settings.conversions;
    let (mut least, mut most) = (Duration::IMMEDIATE, Some(Duration::IMMEDIATE));
    for stage in &item.stages {
        if stage.written.off_clock.is_some_and(|yes| yes.value.0) {
            continue;
        }
        let Some(limit) = stage.written.limit else {
            most = None;
            continue;
        };
        if stage.when.is_none() {
            least = least.checked_add(limit.value, conversions)?;
        }
        if let Some(sum) = most {
            most = Some(sum.checked_add(limit.value, conversions)?);
        }
    }
    Some((least, most))
}

/// Compares the sum of the stages with the time of their item.
pub fn check(facts: &Facts<'_>, sink: &mut Sink) {
    let conversions = &facts.program.workspace.settings.conversions;
    for item in facts.items() {
        let Some(limit) = item.written.limit else { continue };
        if item.stages.iter().all(|stage| stage.written.limit.is_none()) {
            continue;
        }
        let Some((least, most)) = sums(facts, item) else { continue };
        let above = least.compare(limit.value, conversions) == Some(std::cmp::Ordering::Greater);
        let below = most.filter(|most| most.compare(limit.value, conversions) == Some(std::cmp::Ordering::Less));
        let (sum, words) = match (above, below) {
            (true, _) if most == Some(least) => (least, "合计"),
            (true, _) => (least, "至少合计"),
            (false, Some(most)) if most == least => (most, "合计"),
            (false, Some(most)) => (most, "至多合计"),
            (false, None) => continue,
        };
        let message = format!("“{}”的时限是{}，各环节{words}{sum}，对不上", item.name.value, limit.value);
        let mut diagnostic = CODE.at(limit.span, message).label(format!("环节{words}{sum}"));
        for stage in &item.stages {
            if let Some(own) = stage.written.limit {
                let off = stage.written.off_clock.is_some_and(|yes| yes.value.0);
                let note = if off { "（不计时）" } else { "" };
                diagnostic = diagnostic.related(own.span, format!("{}{}{note}", stage.name, own.value));
            }
        }
        sink.push(diagnostic.help(format!("核对各环节的时限；依法不计入的环节写“{}”", Stage::off_clock.with("是"))));
    }
}
