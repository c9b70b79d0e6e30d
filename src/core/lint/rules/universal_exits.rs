use crate::code;
use crate::diagnostic::Sink;
use crate::facts::Facts;

code! {
    /// # 所有人都不适用
    ///
    /// 几条“不适用”合在一起，把能来的申请人都请走了，这件事没有一个人办得成。多半是其中一条的条件写反了。
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
    ///   - {当: 经营面积 ≤ 50, 建议: 请办理小餐饮经营许可。}
    /// 联办事项:
    ///   许可: {名称: 例子许可, 单位: 市场监管部门}
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
    ///   许可: {名称: 例子许可, 单位: 市场监管部门}
    /// ```
    ///
    /// ## 依据
    ///
    /// 审查规则 S02：每一种情形都要有出路。
    pub static CODE = "universal-exits", Conditions, Error;
}

/// Reports the exits that leave nobody.
pub fn check(facts: &Facts<'_>, sink: &mut Sink) {
    let Some(proofs) = facts.proofs() else { return };
    let [first, rest @ ..] = &proofs.whole.nobody_served[..] else { return };
    let message = match rest {
        [] => "所有的申请人都符合这条“不适用”，这件事没有人能办",
        _ => "这几条“不适用”合在一起，请走了所有的申请人，这件事没有人能办",
    };
    let mut diagnostic = CODE.at(first.span(facts.program), message);
    for part in rest {
        diagnostic = diagnostic.related(part.span(facts.program), "剩下的人，由这条请走");
    }
    sink.push(diagnostic.help("看看哪一条的条件写反了，或者写宽了"));
}
