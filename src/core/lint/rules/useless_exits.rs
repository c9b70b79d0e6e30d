use crate::code;
use crate::diagnostic::Sink;
use crate::facts::Facts;
use crate::lint::causes::condition_span;
use crate::scenario::Part;

code! {
    /// # “不适用”的条件没有人符合
    ///
    /// “不适用”把办不了这件事的申请人请到别处去。它的条件没有人符合，或者符合的人已经由另一条“不适用”请走了，
    /// 写着的建议就永远没有人看到：多半是条件写错了，本该请走的人留了下来。
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
    ///   - {当: 经营面积 > 300, 建议: 请先到消防救援机构办理开业前消防安全检查。}
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
    ///   - {当: 经营面积 > 50 且 经营面积 ≤ 300, 建议: 请到市场监管部门办理食品经营许可。}
    ///   - {当: 经营面积 > 300, 建议: 请先到消防救援机构办理开业前消防安全检查。}
    /// 联办事项:
    ///   许可: {名称: 例子许可, 单位: 市场监管部门}
    /// ```
    pub static CODE = "useless-exits", Conditions, Warning, allowable;
}

/// Reports each such exit.
pub fn check(facts: &Facts<'_>, sink: &mut Sink) {
    let program = facts.program;
    let Some(proofs) = facts.proofs() else { return };
    for idle in proofs.whole.idle.iter().filter(|idle| matches!(idle.part, Part::Exit(_))) {
        let exits = idle.because.iter().any(|part| matches!(part, Part::Exit(_)));
        let message = match idle.because[..] {
            [] => "没有人会走这条“不适用”：这样的回答不会出现",
            _ if exits => "没有人会走这条“不适用”：符合的人已经由别的“不适用”请走了",
            _ => "没有人会走这条“不适用”：约束说这样的回答不会出现",
        };
        let mut diagnostic = CODE.at(condition_span(program, idle.part), message);
        for &part in &idle.because {
            let note = if matches!(part, Part::Exit(_)) {
                "已经由这条请走"
            } else {
                "这条约束排除了这样的回答"
            };
            diagnostic = diagnostic.related(part.span(program), note);
        }
        sink.push(diagnostic.help("改正条件，让它只包括该请走的人；确实多余的删去"));
    }
}
