use crate::code;
use crate::diagnostic::Sink;
use crate::facts::Facts;

code! {
    /// # 约束互相矛盾，谁也办不了
    ///
    /// “约束”写的是不会出现的回答。几条约束合在一起，把所有的回答都排除了，就等于说没有人会来办这件事：
    /// 多半是其中一条写反了。检查会指出互相矛盾的那几条，去掉其中任何一条，都还有人能办。
    ///
    /// ## 反例
    ///
    /// ```yaml
    /// 一件事: 例子
    /// 标识: example
    /// 情形:
    ///   设门店: {问: 是否有门店？}
    ///   网上经营: {问: 是否在网上经营？}
    /// 约束:
    ///   - {不会出现: 非 设门店, 说明: 没有门店的不在这里办。}
    ///   - {不会出现: 设门店 或 网上经营, 说明: 门店和网上经营至少有一样。}
    /// 联办事项:
    ///   登记: {名称: 例子登记, 单位: 市场监管部门}
    ///   许可: {名称: 例子许可, 单位: 市场监管部门, 当: 网上经营}
    /// ```
    ///
    /// ## 正例
    ///
    /// ```yaml
    /// 一件事: 例子
    /// 标识: example
    /// 情形:
    ///   设门店: {问: 是否有门店？}
    ///   网上经营: {问: 是否在网上经营？}
    /// 约束:
    ///   - {不会出现: 非 设门店 且 非 网上经营, 说明: 门店和网上经营至少有一样。}
    /// 联办事项:
    ///   登记: {名称: 例子登记, 单位: 市场监管部门}
    ///   许可: {名称: 例子许可, 单位: 市场监管部门, 当: 网上经营}
    /// ```
    ///
    /// ## 依据
    ///
    /// 审查规则 S02：每一种情形都要有出路。
    pub static CODE = "contradictory-constraints", Conditions, Error;
}

/// Reports the constraints that leave nothing.
pub fn check(facts: &Facts<'_>, sink: &mut Sink) {
    let Some(proofs) = facts.proofs() else { return };
    let [first, rest @ ..] = &proofs.whole.contradiction[..] else { return };
    let message = match rest {
        [] => "怎样回答都符合这条约束，等于说不会有人来办",
        _ => "这几条约束合在一起，排除了所有的回答，等于说不会有人来办",
    };
    let mut diagnostic = CODE.at(first.span(facts.program), message);
    for part in rest {
        diagnostic = diagnostic.related(part.span(facts.program), "剩下的回答，由这条排除");
    }
    sink.push(diagnostic.help("约束写的是不会出现的回答：看看哪一条写反了，或者写宽了"));
}
