use crate::code;
use crate::diagnostic::{Level, Sink};
use crate::expr::{Duration, Number, Provable, Unit};
use crate::facts::Facts;
use crate::model::{ItemType, StageKind};
use crate::source::At;

code! {
    /// # 受理拖得太久
    ///
    /// 收到行政许可的申请，当场或者五日内就要说清楚收不收、缺什么；过了五日不说，从收到材料那天起就算受理了。
    /// 受理时限写得更长，既拖了申请人，也没有法律效力。
    ///
    /// 写明是行政许可的按错误报告，没有写“事项类型”的按警告报告，其他类型的事项不适用这一条。
    ///
    /// ## 反例
    ///
    /// ```yaml
    /// 一件事: 例子
    /// 标识: example
    /// 联办事项:
    ///   许可: {名称: 例子许可, 单位: 城管部门, 事项类型: 行政许可, 受理时限: 10工作日}
    /// ```
    ///
    /// ## 正例
    ///
    /// ```yaml
    /// 一件事: 例子
    /// 标识: example
    /// 联办事项:
    ///   许可: {名称: 例子许可, 单位: 城管部门, 事项类型: 行政许可, 受理时限: 5工作日}
    /// ```
    ///
    /// ## 依据
    ///
    /// 《中华人民共和国行政许可法》第三十二条：申请材料不齐全或者不符合法定形式的，应当当场或者在五日内一次告知；
    /// 第八十二条：期限以工作日计算。
    pub static CODE = "slow-acceptance", Time, Error, allowable;
}

/// Looks at the acceptance of the whole, of each item, and at stages of acceptance.
pub fn check(facts: &Facts<'_>, sink: &mut Sink) {
    let items = &facts.program.items;
    let types: Vec<_> = items.iter().map(|item| item.written.item_type.map(|at| at.value)).collect();
    if let Some(level) = level(&types) {
        report(facts, "一件事", facts.program.bundle.acceptance, level, sink);
    }
    for (item, item_type) in items.iter().zip(types) {
        let Some(level) = level(&[item_type]) else { continue };
        let what = format!("“{}”", item.name.value);
        report(facts, &what, item.written.acceptance_limit, level, sink);
        for stage in item.stages.iter().filter(|stage| stage.kind == StageKind::Acceptance) {
            report(facts, &what, stage.written.limit, level, sink);
        }
    }
}

/// An error if one is a licence, a warning if one may be.
fn level(types: &[Option<ItemType>]) -> Option<Level> {
    let licence = types.contains(&Some(ItemType::Licence)).then_some(Level::Error);
    licence.or(types.contains(&None).then_some(Level::Warning))
}

fn report(facts: &Facts<'_>, what: &str, limit: Option<At<Duration>>, level: Level, sink: &mut Sink) {
    let Some(limit) = limit else { return };
    let five = Duration::new(Number::from(5), Unit::WorkingDay);
    let conversions = &facts.program.workspace.settings.conversions;
    if five.is_some_and(|five| limit.at_most(five, conversions) == Provable::No) {
        let mut diagnostic = CODE
            .at(limit.span, format!("{what}的受理用时{}，行政许可最迟5工作日内要告知是否受理", limit.value))
            .label("超过5工作日")
            .help("改为5工作日以内；不是行政许可的，写明“事项类型”");
        diagnostic.level = level;
        sink.push(diagnostic);
    }
}
