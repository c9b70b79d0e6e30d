use crate::code;
use crate::diagnostic::{Diagnostic, Sink};
use crate::expr::{Duration, Number, Provable, Unit};
use crate::facts::Facts;
use crate::model::{CaseType, StageKind};

code! {
    /// # 即办件当场办不完
    ///
    /// 即办件是当场就能办结的。写了好几天的时限，或者还要上门勘验、专家评审、公示，就不是即办件：
    /// 申请人会在窗口白等。
    ///
    /// ## 反例
    ///
    /// ```yaml
    /// 一件事: 例子
    /// 标识: example
    /// 联办事项:
    ///   登记: {名称: 例子登记, 单位: 市场监管部门, 办件类型: 即办件, 时限: 5工作日}
    /// ```
    ///
    /// ## 正例
    ///
    /// ```yaml
    /// 一件事: 例子
    /// 标识: example
    /// 联办事项:
    ///   登记: {名称: 例子登记, 单位: 市场监管部门, 办件类型: 承诺件, 时限: 5工作日}
    /// ```
    ///
    /// ## 依据
    ///
    /// 审查规则 D06：即办件的时限为零至1工作日，不含勘验、评审、公示环节。
    pub static CODE = "slow-immediate-items", Time, Error, allowable;
}

fn is_slow(facts: &Facts<'_>, limit: Duration) -> bool {
    let day = Duration::new(Number::ONE, Unit::WorkingDay);
    day.is_some_and(|day| limit.at_most(day, &facts.program.workspace.settings.conversions) == Provable::No)
}

/// Looks at the bundle and at each item.
pub fn check(facts: &Facts<'_>, sink: &mut Sink) {
    let bundle = &facts.program.bundle;
    if let (Some(case_type), Some(promise)) = (bundle.case_type, bundle.promise)
        && case_type.value == CaseType::Immediate
        && is_slow(facts, promise.value)
    {
        let message = format!("一件事写的是即办件，承诺时限却是{}", promise.value);
        sink.push(help(CODE.at(promise.span, message).related(case_type.span, "这里写了即办件")));
    }
    for item in &facts.program.items {
        let Some(case_type) = item.written.case_type.filter(|at| at.value == CaseType::Immediate) else { continue };
        let name = &item.name.value;
        if let Some(limit) = item.written.limit.filter(|limit| is_slow(facts, limit.value)) {
            let message = format!("“{name}”是即办件，时限却是{}", limit.value);
            sink.push(help(CODE.at(limit.span, message).related(case_type.span, "这里写了即办件")));
            continue;
        }
        let long = [StageKind::Inspection, StageKind::Assessment, StageKind::PublicNotice];
        let stage = item.stages.iter().find(|stage| long.contains(&stage.kind));
        if let Some((stage, kind)) = stage.and_then(|stage| Some((stage, stage.written.kind?))) {
            let message = format!("“{name}”是即办件，却有“{}”环节", stage.name);
            sink.push(help(CODE.at(kind.span, message).related(case_type.span, "这里写了即办件")));
        }
    }
}

fn help(diagnostic: Diagnostic) -> Diagnostic {
    diagnostic.help("当场办不完的写成承诺件；确实当场办结的，时限写“即办”，去掉这样的环节")
}
