use crate::code;
use crate::diagnostic::Sink;
use crate::facts::Facts;
use crate::lint::causes::condition_span;
use crate::lint::guarded_conditions::ask_first;

code! {
    /// # 条件用到了没有问的问题
    ///
    /// 条件用到的问题，在有的情形下并不问，条件在那里就无从判断，只能当作不成立。
    /// 是不是本来就该这样，看的人没法知道：要写明，就把问它的前提也写进条件；该问的，就让它也问。
    ///
    /// 事项自己的条件已经保证会问的，不报告；问题的“当”、约束、“不适用”里一个问题接着一个问题，也不报告。
    ///
    /// ## 反例
    ///
    /// ```yaml
    /// 一件事: 例子
    /// 标识: example
    /// 情形:
    ///   办税: {问: 是否办理涉税事项？}
    ///   开票: {问: 使用哪种发票？, 选项: [普通发票, 增值税专用发票], 当: 办税}
    /// 联办事项:
    ///   登记: {名称: 例子登记, 单位: 市场监管部门, 材料: [{材料: 承诺书, 当: 开票 = 增值税专用发票}]}
    ///   涉税: {名称: 例子涉税事项, 单位: 税务部门, 当: 办税}
    /// ```
    ///
    /// ## 正例
    ///
    /// ```yaml
    /// 一件事: 例子
    /// 标识: example
    /// 情形:
    ///   办税: {问: 是否办理涉税事项？}
    ///   开票: {问: 使用哪种发票？, 选项: [普通发票, 增值税专用发票], 当: 办税}
    /// 联办事项:
    ///   登记: {名称: 例子登记, 单位: 市场监管部门, 材料: [{材料: 承诺书, 当: 办税 且 开票 = 增值税专用发票}]}
    ///   涉税: {名称: 例子涉税事项, 单位: 税务部门, 当: 办税}
    /// ```
    ///
    /// ## 依据
    ///
    /// 审查规则 S06：条件只能依据问过的情形。
    pub static CODE = "unasked-questions", Conditions, Warning, allowable;
}

/// Reports each condition that fails only because a question is not asked.
pub fn check(facts: &Facts<'_>, sink: &mut Sink) {
    let program = facts.program;
    let Some(proofs) = facts.proofs() else { return };
    for unasked in proofs.unasked.iter().filter(|unasked| !unasked.holds) {
        let question = program.question(unasked.question);
        let name = &question.name.value;
        let message =
            format!("{}不问“{name}”，{}的条件无从判断", unasked.witness.clause(program), unasked.part.words(program));
        let mut diagnostic = CODE.at(condition_span(program, unasked.part), message);
        if let Some(when) = &question.when {
            diagnostic = diagnostic.related(when.written.span, format!("“{name}”只在这时才问"));
        }
        let (help, fix) = ask_first(facts.sources, program, unasked.part, unasked.question);
        if let Some(fix) = fix {
            diagnostic = diagnostic.fix(fix);
        }
        sink.push(diagnostic.help(format!("{help}；这时也该问的，放宽“{name}”的“当”")));
    }
}
