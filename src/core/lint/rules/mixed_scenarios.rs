use crate::code;
use crate::diagnostic::Sink;
use crate::facts::Facts;
use crate::facts::lists::{self, Paper};
use crate::program::Identity;
use crate::reform::{Amount, CaseState, Claim, Measured};

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
    pub static CODE = "mixed-scenarios", Figures, Error, allowable;
}

/// Looks at each figure that is published for both sides.
pub fn check(facts: &Facts<'_>, sink: &mut Sink) {
    let program = facts.program;
    let before: Vec<Claim> = facts.claims(false).collect();
    let after: Vec<Claim> = facts.claims(true).collect();
    let pairs = before.iter().filter_map(|b| Some((b, after.iter().find(|a| a.measured == b.measured)?)));
    for (before, after) in pairs {
        let fits = matching(facts, before).zip(matching(facts, after));
        let by_number = fits.and_then(|(from, to)| {
            let both = from.iter().any(|state| to.iter().any(|other| std::ptr::eq(*state, *other)));
            // The named scenario says more than 全口径.
            from.last().zip(to.last()).filter(|_| !both).map(|(from, to)| (*from, *to, None))
        });
        let open = before.scenario.is_none() && after.scenario.is_none() && before.measured == Measured::Materials;
        let Some((first, second, row)) = by_number.or_else(|| if open { by_table(facts) } else { None }) else {
            continue;
        };
        let what = before.measured.label();
        let (b, a) = (before.amount.text(before.measured), after.amount.text(after.measured));
        let by = if row.is_some() { "按公布的对比表，" } else { "" };
        let mut diagnostic = CODE
            .at(
                after.span,
                format!(
                    "公布的{what}由{b}减到{a}，{by}改革前是“{}”的数，改革后是“{}”的数，不能相减",
                    first.case.name, second.case.name
                ),
            )
            .label(format!("“{}”的数", second.case.name))
            .related(before.span, format!("“{}”的数", first.case.name));
        if let Some(paper) = row {
            let note = format!("“{}”才交{}，改革后一栏没有", first.case.name, lists::name(facts.program, &paper));
            diagnostic = diagnostic.related(paper.span, note);
        }
        for (scenario, state) in program.scenarios.iter().zip(facts.named()).take(8) {
            if let Some(line) = like_for_like(before, state) {
                diagnostic = diagnostic.related(scenario.name.span, format!("“{}”{line}", scenario.name.value));
            }
        }
        sink.push(diagnostic.help("在“改革前”“改革后”里写明同一个“情形”，按它的数字公布"));
    }
}

/// The named scenarios whose papers the two columns of the published comparison table have, where those are not the same; with a row
/// that shows it.
fn by_table<'a>(facts: &'a Facts<'_>) -> Option<(&'a CaseState, &'a CaseState, Option<Paper>)> {
    let table = &facts.program.bundle.published.as_ref()?.comparison;
    let before = lists::published(facts.program, table.iter().flat_map(|entry| entry.value.before.iter()));
    let after = lists::published(facts.program, table.iter().flat_map(|entry| entry.value.after.iter()));
    let asked = |state: &CaseState, identity: &Identity, after: bool| {
        let entries = state.ledger.entries.iter().filter(|entry| entry.identity.as_ref() == Some(identity));
        entries.into_iter().any(|entry| if after { entry.is_after() } else { !entry.is_added() })
    };
    let mut telling: Vec<&Identity> =
        facts.named().iter().flat_map(|own| &own.ledger.entries).filter_map(|entry| entry.identity.as_ref()).collect();
    telling.sort_unstable();
    telling.dedup();
    telling.retain(|identity| {
        let asks = |state| (asked(state, identity, false), asked(state, identity, true));
        facts.named().iter().any(|own| asks(own) != asks(&facts.named()[0]))
    });
    let fitting = |column: &[Paper], after: bool| -> Vec<&'a CaseState> {
        let fits = |state: &&CaseState| {
            telling
                .iter()
                .all(|identity| column.iter().any(|paper| paper.is(identity)) == asked(state, identity, after))
        };
        facts.named().iter().filter(fits).collect()
    };
    let (from, to) = (fitting(&before, false), fitting(&after, true));
    if from.iter().any(|state| to.iter().any(|other| std::ptr::eq(*state, *other))) {
        return None;
    }
    let (first, second) = (*from.first()?, *to.first()?);
    let dropped = telling.iter().find(|id| asked(first, id, true) && !asked(second, id, false))?;
    let row = before.iter().find(|paper| paper.is(dropped))?;
    Some((first, second, Some(row.clone())))
}

/// The cases that a figure fits; `None` if one of them is not known.
fn matching<'a>(facts: &'a Facts<'_>, claim: &Claim) -> Option<Vec<&'a CaseState>> {
    let all: Vec<&CaseState> = match claim.scenario {
        Some(scenario) => vec![&facts.named()[scenario]],
        None => std::iter::once(facts.widest()).chain(facts.named()).collect(),
    };
    let mut fits = Vec::new();
    for state in all {
        if claim.holds(facts.program, state)? {
            fits.push(state);
        }
    }
    Some(fits)
}

fn like_for_like(claim: &Claim, state: &CaseState) -> Option<String> {
    let count = |figures: &crate::reform::Figures| match (claim.measured, claim.amount) {
        (Measured::Materials, Amount::Count(_)) => figures.materials,
        (Measured::Forms, _) => figures.forms,
        (Measured::Steps, _) => figures.steps,
        (Measured::Visits, _) => figures.visits,
        _ => None,
    };
    let (before, after) = (count(&state.before)?, count(&state.after)?);
    let change = i64::from(after) - i64::from(before);
    let sign = if change > 0 { "+" } else { "−" };
    Some(format!("由{before}到{after}，{sign}{}", change.abs()))
}
