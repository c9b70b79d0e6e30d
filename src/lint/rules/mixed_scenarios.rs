use crate::code;
use crate::diagnostic::Sink;
use crate::lint::Cx;
use crate::outcome::{Amount, Claim, Outcome};

code! {
    /// # 改革前后比的不是同一种情形
    ///
    /// 改革前数的是委托办理，改革后数的是本人办理，两个数相减，把代理人的材料也算成了“减少”。
    /// 改革成效只能在同一种情形里比。
    ///
    /// ## 反例
    ///
    /// ```yaml
    /// 一件事: 例子
    /// 标识: example
    /// 情形:
    ///   场所: {问: 经营场所是自有还是租用？, 选项: [自有, 租用]}
    /// 联办事项:
    ///   登记:
    ///     名称: 例子登记
    ///     单位: 市场监管部门
    ///     材料:
    ///       - 申请人照片
    ///       - 健康证明
    ///       - {材料: 效果图, 当: 场所 = 租用}
    ///       - {材料: 承诺书, 当: 场所 = 租用}
    ///   许可:
    ///     名称: 例子许可
    ///     单位: 城管部门
    ///     材料: [健康证明]
    /// 典型情形:
    ///   - {名称: 自有场所, 答案: {场所: 自有}}
    ///   - {名称: 租用场所, 答案: {场所: 租用}}
    /// 公布:
    ///   改革前: {材料: 5}
    ///   改革后: {材料: 2}
    /// ```
    ///
    /// ## 正例
    ///
    /// ```yaml
    /// 一件事: 例子
    /// 标识: example
    /// 情形:
    ///   场所: {问: 经营场所是自有还是租用？, 选项: [自有, 租用]}
    /// 联办事项:
    ///   登记:
    ///     名称: 例子登记
    ///     单位: 市场监管部门
    ///     材料:
    ///       - 申请人照片
    ///       - 健康证明
    ///       - {材料: 效果图, 当: 场所 = 租用}
    ///       - {材料: 承诺书, 当: 场所 = 租用}
    ///   许可:
    ///     名称: 例子许可
    ///     单位: 城管部门
    ///     材料: [健康证明]
    /// 典型情形:
    ///   - {名称: 自有场所, 答案: {场所: 自有}}
    ///   - {名称: 租用场所, 答案: {场所: 租用}}
    /// 公布:
    ///   改革前: {情形: 自有场所, 材料: 3}
    ///   改革后: {情形: 自有场所, 材料: 2}
    /// ```
    ///
    /// ## 依据
    ///
    /// 审查规则 S09：改革前后在同一情形内比较。某市公布“我要开小餐馆”材料由26份减到14份，
    /// 26份是委托办理的，14份是本人办理的，同一情形比只减8份或者10份。
    pub static CODE = "mixed-scenarios", Error, allowable;
}

/// Looks at each figure that is published for both sides.
pub fn check(cx: &Cx<'_>, sink: &mut Sink) {
    let program = cx.program;
    if program.damaged || cx.unresolved {
        return;
    }
    let (before, after) = (Claim::all(program, false), Claim::all(program, true));
    let pairs = before.iter().filter_map(|b| Some((b, after.iter().find(|a| a.measured == b.measured)?)));
    for (before, after) in pairs {
        let (Some(from), Some(to)) = (matching(cx, before), matching(cx, after)) else { continue };
        let ([first, ..], [second, ..]) = (&from[..], &to[..]) else { continue };
        if from.iter().any(|outcome| to.iter().any(|other| std::ptr::eq(*outcome, *other))) {
            continue;
        }
        let what = before.measured.label();
        let (b, a) = (before.amount.text(before.measured), after.amount.text(after.measured));
        // The named scenario says more than 全口径.
        let (first, second) = (from.last().unwrap_or(first), to.last().unwrap_or(second));
        let mut diagnostic = CODE
            .at(
                after.span,
                format!(
                    "公布的{what}由{b}减到{a}\u{ff0c}改革前是“{}”的数\u{ff0c}改革后是“{}”的数\u{ff0c}不能相减",
                    first.case.name, second.case.name
                ),
            )
            .label(format!("“{}”的数", second.case.name))
            .related(before.span, format!("“{}”的数", first.case.name));
        for (scenario, outcome) in program.scenarios.iter().zip(cx.named).take(8) {
            if let Some(line) = like_for_like(before, outcome) {
                diagnostic = diagnostic.related(scenario.name.span, format!("“{}”{line}", scenario.name.value));
            }
        }
        sink.push(diagnostic.help("在“改革前”“改革后”里写明同一个“情形”\u{ff0c}按它的数字公布"));
    }
}

/// The cases that a figure fits; `None` if one of them is not known.
fn matching<'a>(cx: &Cx<'a>, claim: &Claim) -> Option<Vec<&'a Outcome>> {
    let all: Vec<&Outcome> = match claim.scenario {
        Some(scenario) => vec![&cx.named[scenario]],
        None => std::iter::once(cx.widest).chain(cx.named).collect(),
    };
    let mut fits = Vec::new();
    for outcome in all {
        if claim.holds(cx.program, outcome)? {
            fits.push(outcome);
        }
    }
    Some(fits)
}

fn like_for_like(claim: &Claim, outcome: &Outcome) -> Option<String> {
    let count = |figures: &crate::outcome::Figures| match (claim.measured, claim.amount) {
        (crate::outcome::Measured::Materials, Amount::Count(_)) => figures.materials,
        (crate::outcome::Measured::Forms, _) => figures.forms,
        (crate::outcome::Measured::Steps, _) => figures.steps,
        (crate::outcome::Measured::Visits, _) => figures.visits,
        _ => None,
    };
    let (before, after) = (count(&outcome.before)?, count(&outcome.after)?);
    let change = i64::from(after) - i64::from(before);
    let sign = if change > 0 { "+" } else { "−" };
    Some(format!("由{before}到{after}\u{ff0c}{sign}{}", change.abs()))
}
