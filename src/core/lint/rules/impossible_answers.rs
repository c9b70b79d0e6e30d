use crate::code;
use crate::diagnostic::Sink;
use crate::facts::Facts;
use crate::program::Domain;
use crate::scenario::Answer;

code! {
    /// # 列出来却不能选的回答
    ///
    /// 问题列着这个选项，约束却说它在任何情形下都不会出现。申请人选了它，就走不下去。
    /// 不是约束写宽了，就是这个选项该删掉。
    ///
    /// ## 反例
    ///
    /// ```yaml
    /// 一件事: 例子
    /// 标识: example
    /// 情形:
    ///   组织形式: {问: 办成哪一种？, 选项: [个体工商户, 企业, 农民专业合作社]}
    /// 约束:
    ///   - {不会出现: 组织形式 = 农民专业合作社, 说明: 合作社另有一件事。}
    /// 联办事项:
    ///   登记: {名称: 例子登记, 单位: 市场监管部门, 材料: [{材料: 场所使用证明, 当: 组织形式 = 企业}]}
    /// ```
    ///
    /// ## 正例
    ///
    /// ```yaml
    /// 一件事: 例子
    /// 标识: example
    /// 情形:
    ///   组织形式: {问: 办成哪一种？, 选项: [个体工商户, 企业, 农民专业合作社]}
    /// 不适用:
    ///   - {当: 组织形式 = 农民专业合作社, 建议: 合作社请办理“农民专业合作社开办一件事”。}
    /// 联办事项:
    ///   登记: {名称: 例子登记, 单位: 市场监管部门, 材料: [{材料: 场所使用证明, 当: 组织形式 = 企业}]}
    /// ```
    pub static CODE = "impossible-answers", Conditions, Warning, allowable;
}

/// Reports each answer that constraints always rule out.
pub fn check(facts: &Facts<'_>, sink: &mut Sink) {
    let program = facts.program;
    let Some(proofs) = facts.proofs() else { return };
    for dead in &proofs.reach.dead {
        let question = program.question(dead.question);
        let name = &question.name.value;
        let (span, message) = match (&dead.answer, &question.domain) {
            (Answer::Option(index) | Answer::Chosen(index, _), Domain::Choice(options) | Domain::Choices(options)) => {
                (options[*index].name.span, format!("“{name}”列着“{}”，却怎么也不能选", options[*index].name.value))
            }
            (Answer::Yes(yes), _) => {
                let answer = if *yes { "是" } else { "否" };
                (question.name.span, format!("“{name}”怎么也不能回答“{answer}”，不必问"))
            }
            _ => continue,
        };
        let mut diagnostic = CODE.at(span, message);
        for part in &dead.because {
            diagnostic = diagnostic.related(part.span(program), "这条约束排除了它");
        }
        sink.push(diagnostic.help("改正约束；确实不会有的删去；有人会这样回答、只是办不了的，写成“不适用”并给出建议"));
    }
}
