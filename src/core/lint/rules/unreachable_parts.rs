use crate::code;
use crate::diagnostic::Sink;
use crate::facts::Facts;
use crate::lint::causes::{condition_span, with_causes};
use crate::scenario::Part;

code! {
    /// # 写了却永远用不上
    ///
    /// 事项、环节、表单、字段、材料、结果写了“当”，可是哪一种回答都不会让它成立；或者一个问题永远轮不到问。
    /// 写的人以为有这一项，申请人却谁也碰不到：不是条件写错了，就是这一项该删掉。
    ///
    /// 检查对所有的回答都算过，会指出是哪一处让它落了空：条件自己前后矛盾，事项的条件已经排除了它，或者约束、“不适用”排除了它。
    ///
    /// ## 反例
    ///
    /// ```yaml
    /// 一件事: 例子
    /// 标识: example
    /// 情形:
    ///   经营面积: {问: 经营面积多少平方米？, 数值: {单位: 平方米, 最小: 1, 最大: 500}}
    /// 不适用:
    ///   - {当: 经营面积 > 50, 建议: 请到市场监管部门办理食品经营许可。}
    /// 联办事项:
    ///   许可:
    ///     名称: 例子许可
    ///     单位: 市场监管部门
    ///     材料: [健康证明, {材料: 效果图, 当: 经营面积 > 200}]
    /// ```
    ///
    /// ## 正例
    ///
    /// ```yaml
    /// 一件事: 例子
    /// 标识: example
    /// 情形:
    ///   经营面积: {问: 经营面积多少平方米？, 数值: {单位: 平方米, 最小: 1, 最大: 500}}
    /// 不适用:
    ///   - {当: 经营面积 > 50, 建议: 请到市场监管部门办理食品经营许可。}
    /// 联办事项:
    ///   许可:
    ///     名称: 例子许可
    ///     单位: 市场监管部门
    ///     材料: [健康证明, {材料: 效果图, 当: 经营面积 > 20}]
    /// ```
    ///
    /// ## 依据
    ///
    /// 审查规则 S07：每一种情形都要对应得上事项和材料。
    pub static CODE = "unreachable-parts", Conditions, Error, allowable;
}

/// Reports each part that never applies although what it belongs to does.
pub fn check(facts: &Facts<'_>, sink: &mut Sink) {
    let program = facts.program;
    let Some(proofs) = facts.proofs() else { return };
    for never in &proofs.reach.never {
        let has = |kind: fn(&Part) -> bool| never.because.iter().any(kind);
        let why = if never.because.is_empty() {
            "条件自己前后矛盾，或者超出了能回答的范围".to_owned()
        } else if has(|part| matches!(part, Part::Exit(_))) {
            "这样的申请人都不适用".to_owned()
        } else if has(|part| matches!(part, Part::Constraint(_))) {
            "约束排除了这样的回答".to_owned()
        } else {
            format!("和{}的条件合不到一起", never.because[0].words(program))
        };
        let what = if matches!(never.part, Part::Question(_)) { "永远不会问" } else { "永远用不上" };
        let message = format!("{}{what}：{why}", never.part.words(program));
        let diagnostic = CODE.at(condition_span(program, never.part), message);
        let diagnostic = match never.part.is_material() {
            true => diagnostic.related(never.part.span(program), "材料写在这里"),
            false => diagnostic,
        };
        sink.push(
            with_causes(program, diagnostic, &never.because, false).help("改正条件；确实没有这种情形的，删去这一项"),
        );
    }
}
