use crate::code;
use crate::diagnostic::{Diagnostic, Sink};
use crate::expr::Duration;
use crate::facts::Facts;
use crate::reform::{Amount, CaseState, Claim, Measured};
use std::cmp::Ordering;

code! {
    /// # 公布的数字算不出来
    ///
    /// 公布的改革前、改革后数字，要能从事项和材料一件一件加出来。加不出来的数字没有人核得了：
    /// 群众问“减的是哪几份”，谁也答不上。
    ///
    /// 检查按每个典型情形和全口径（全部事项、全部有条件的材料都算）各算一遍，材料按件次和去重种类都比；
    /// 改革后的时限和跑动是承诺，与“承诺时限”“跑动”比。一个都对不上才报告。
    ///
    /// ## 反例
    ///
    /// ```yaml
    /// 一件事: 例子
    /// 标识: example
    /// 联办事项:
    ///   登记: {名称: 例子登记, 单位: 市场监管部门, 时限: 2工作日, 材料: [申请人照片, 健康证明]}
    ///   许可: {名称: 例子许可, 单位: 城管部门, 时限: 3工作日, 材料: [健康证明]}
    /// 公布:
    ///   改革前: {材料: 5, 时限: 5工作日}
    /// ```
    ///
    /// ## 正例
    ///
    /// ```yaml
    /// 一件事: 例子
    /// 标识: example
    /// 联办事项:
    ///   登记: {名称: 例子登记, 单位: 市场监管部门, 时限: 2工作日, 材料: [申请人照片, 健康证明]}
    ///   许可: {名称: 例子许可, 单位: 城管部门, 时限: 3工作日, 材料: [健康证明]}
    /// 公布:
    ///   改革前: {材料: 3, 时限: 5工作日}
    /// ```
    ///
    /// ## 依据
    ///
    /// 审查规则 R01、R02、D04：改革前合计等于各事项之和，改革后合计等于合并后的清单，每个数字都要能分解；各处写的承诺时限一致。
    pub static CODE = "unreconciled-figures", Figures, Error, allowable;
}

/// Compares each published figure with what the cases come to.
pub fn check(facts: &Facts<'_>, sink: &mut Sink) {
    for claim in facts.claims(false).chain(facts.claims(true)) {
        let promised = if claim.after { promise(facts, &claim) } else { None };
        match promised {
            Some(diagnostic) => sink.extend(diagnostic),
            None => sink.extend(compare(facts, &claim)),
        }
    }
}

/// A figure that is a promise and is promised elsewhere, too: `Some(None)` if both agree.
fn promise(facts: &Facts<'_>, claim: &Claim) -> Option<Option<Diagnostic>> {
    let bundle = &facts.program.bundle;
    let (other, span) = match claim.measured {
        Measured::Days => bundle.promise.map(|at| (Amount::Time(at.value), at.span)),
        Measured::Visits => bundle.visits.map(|at| (Amount::Count(at.value.0), at.span)),
        _ => None,
    }?;
    let same = match (claim.amount, other) {
        (Amount::Time(a), Amount::Time(b)) => {
            a.compare(b, &facts.program.workspace.settings.conversions).is_none_or(|order| order == Ordering::Equal)
        }
        (a, b) => a == b,
    };
    // One scenario may be promised less time than all.
    let own = claim.scenario.map(|scenario| &facts.named()[scenario]);
    if same || own.is_some_and(|state| reached(facts, claim, state)) {
        return Some(None);
    }
    let (what, key) = match claim.measured {
        Measured::Days => ("时限", "承诺时限"),
        _ => ("跑动", "跑动"),
    };
    let (claimed, promised) = (claim.amount.text(claim.measured), other.text(claim.measured));
    Some(Some(
        CODE.at(claim.span, format!("公布的改革后{what}是{claimed}，“{key}”写的是{promised}"))
            .label(format!("“{key}”是{promised}"))
            .related(span, format!("这里写的是{promised}"))
            .help("以办得到的为准，把两处改成一样"),
    ))
}

fn reached(facts: &Facts<'_>, claim: &Claim, state: &CaseState) -> bool {
    match claim.amount {
        Amount::Count(count) => state.after.visits.is_none_or(|visits| visits == count),
        Amount::Time(time) => {
            let length = state.after.days.and_then(|days| Duration::new(days, state.schedule.unit));
            let order = length.and_then(|length| length.compare(time, &facts.program.workspace.settings.conversions));
            order.is_none_or(|order| order != Ordering::Greater)
        }
    }
}

fn compare(facts: &Facts<'_>, claim: &Claim) -> Option<Diagnostic> {
    let program = facts.program;
    let cases: Vec<&CaseState> = match claim.scenario {
        Some(scenario) => vec![&facts.named()[scenario]],
        None => std::iter::once(facts.widest()).chain(facts.named()).collect(),
    };
    // Where one case is not known the figure may be its.
    if cases.iter().any(|state| claim.holds(program, state) != Some(false)) {
        return None;
    }
    let side = if claim.after { "改革后" } else { "改革前" };
    let what = claim.measured.label();
    let claimed = claim.amount.text(claim.measured);
    let computed = |state: &CaseState| claim.computed(state);
    let message = match claim.scenario {
        Some(scenario) => {
            let state = &facts.named()[scenario];
            format!("公布的{side}{what}是{claimed}，“{}”算出来是{}", state.case.name, computed(state)?)
        }
        None if facts.named().is_empty() => {
            format!("公布的{side}{what}是{claimed}，算出来是{}", computed(facts.widest())?)
        }
        None => format!("公布的{side}{what}是{claimed}，哪个情形都算不出这个数"),
    };
    let mut diagnostic = CODE.at(claim.span, message);
    if claim.scenario.is_none() && facts.named().is_empty() {
        diagnostic = diagnostic.label("算不出这个数");
    } else {
        diagnostic = diagnostic.label(format!("全口径是{}", computed(facts.widest())?));
    }
    for (scenario, state) in program.scenarios.iter().zip(facts.named()).take(8) {
        if let Some(computed) = computed(state) {
            diagnostic = diagnostic.related(scenario.name.span, format!("“{}”{side}{computed}", scenario.name.value));
        }
    }
    Some(diagnostic.help(help(facts, claim)))
}

fn help(facts: &Facts<'_>, claim: &Claim) -> String {
    let convention = match claim.measured {
        Measured::Steps => format!("（环节的口径是{}）", facts.program.workspace.settings.steps),
        Measured::Visits => format!("（跑动的口径是{}）", facts.program.workspace.settings.visits),
        _ => String::new(),
    };
    if claim.measured == Measured::Days {
        let limits = facts.program.items.iter().map(|item| item.written.statutory.map(|at| at.value));
        let conversions = &facts.program.workspace.settings.conversions;
        let sum = limits.into_iter().try_fold(Duration::IMMEDIATE, |sum, limit| sum.checked_add(limit?, conversions));
        if let (Some(sum), Amount::Time(claimed)) = (sum, claim.amount)
            && sum.compare(claimed, conversions) == Some(Ordering::Equal)
        {
            return format!("{claimed}是各事项法定时限的合计；改革前应当写今天实际的时限，不能拿法定时限来比");
        }
    }
    format!(
        "按事项逐件核对{convention}：公布的数字错了就改正，这里漏写或多写了就补上、删去；说的是另一种情形的，把它写进“典型情形”"
    )
}
