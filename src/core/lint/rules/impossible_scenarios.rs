use crate::code;
use crate::diagnostic::Sink;
use crate::facts::Facts;
use crate::scenario::Standing;

code! {
    /// # 不会有的典型情形
    ///
    /// 典型情形是报告里的栏目，说的应当是真会来办的申请人。约束排除了的、不适用的（要到别处办的），算出来的份数和时限
    /// 不属于任何人，却会公布出去。
    ///
    /// ## 反例
    ///
    /// ```yaml
    /// 一件事: 例子
    /// 标识: example
    /// 情形:
    ///   面积: {问: 面积多少平方米？, 数值: {单位: 平方米, 最小: 1, 最大: 1000}}
    /// 不适用:
    ///   - {当: 面积 > 50, 建议: 请到市场监管部门办理食品经营许可。}
    /// 联办事项:
    ///   登记: {名称: 例子登记, 单位: 市场监管部门, 当: 面积 ≤ 50}
    /// 典型情形:
    ///   - {名称: 大店, 答案: {面积: 60}}
    /// ```
    ///
    /// ## 正例
    ///
    /// ```yaml
    /// 一件事: 例子
    /// 标识: example
    /// 情形:
    ///   面积: {问: 面积多少平方米？, 数值: {单位: 平方米, 最小: 1, 最大: 1000}}
    /// 不适用:
    ///   - {当: 面积 > 50, 建议: 请到市场监管部门办理食品经营许可。}
    /// 联办事项:
    ///   登记: {名称: 例子登记, 单位: 市场监管部门, 当: 面积 ≤ 50}
    /// 典型情形:
    ///   - {名称: 小店, 答案: {面积: 40}}
    /// ```
    pub static CODE = "impossible-scenarios", Conditions, Error, allowable;
}

/// Reports each named scenario of which nobody is served.
pub fn check(facts: &Facts<'_>, sink: &mut Sink) {
    let program = facts.program;
    let Some(proofs) = facts.proofs() else { return };
    for (index, standing) in proofs.standings.iter().enumerate().filter(|(index, _)| facts.trusts_scenario(*index)) {
        let scenario = &program.scenarios[index];
        let name = &scenario.name.value;
        let at = |message: String| CODE.at(scenario.name.span, message);
        sink.push(match standing {
            Standing::Served => continue,
            Standing::RuledOut(constraints) => {
                let mut diagnostic = at(format!("典型情形“{name}”不会有：约束说这些回答不会一起出现"));
                for &index in constraints {
                    let (never, reason) = &program.constraints[index];
                    let reason = reason.as_ref().map(|reason| format!("：{}", reason.value)).unwrap_or_default();
                    diagnostic = diagnostic.related(never.written.span, format!("约束{reason}"));
                }
                diagnostic.help("改正答案；真有这样的申请人，改正约束")
            }
            Standing::TurnedAway(exits) => {
                let mut diagnostic = at(format!("典型情形“{name}”不适用这件事，要到别处办"));
                for &index in exits {
                    let (when, advice) = &program.exits[index];
                    diagnostic = diagnostic.related(when.written.span, format!("不适用：{}", advice.value));
                }
                diagnostic.help("改正答案，或者删去这个典型情形")
            }
            Standing::Unasked(questions) => {
                let mut diagnostic = at(format!("典型情形“{name}”不会有：回答了不会问到的问题"));
                for &id in questions {
                    let question = program.question(id);
                    let when = question.when.as_ref().map_or(question.name.span, |when| when.written.span);
                    diagnostic = diagnostic.related(when, format!("什么时候问“{}”", question.name.value));
                }
                diagnostic.help("改正答案")
            }
        });
    }
}
