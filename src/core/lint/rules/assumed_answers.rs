use crate::code;
use crate::diagnostic::Sink;
use crate::facts::Facts;
use crate::lint::causes::condition_span;
use crate::lint::guarded_conditions::ask_first;
use crate::scenario::Part;

code! {
    /// # 没有问过，却当成回答了“否”
    ///
    /// 条件用到的问题，在有的情形下并不问。没有问，就没有回答；条件里的“非”“≠”“不属于”却照样成立，
    /// 等于替申请人作了回答：不办税的人没有被问过是不是用计算机记账，也要交手工账簿的说明。
    ///
    /// ## 反例
    ///
    /// ```yaml
    /// 一件事: 例子
    /// 标识: example
    /// 情形:
    ///   办税: {问: 是否办理涉税事项？}
    ///   电算化: {问: 是否使用计算机记账？, 当: 办税}
    /// 联办事项:
    ///   登记: {名称: 例子登记, 单位: 市场监管部门, 材料: [{材料: 承诺书, 当: 非 电算化}]}
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
    ///   电算化: {问: 是否使用计算机记账？, 当: 办税}
    /// 联办事项:
    ///   登记: {名称: 例子登记, 单位: 市场监管部门, 材料: [{材料: 承诺书, 当: 办税 且 非 电算化}]}
    ///   涉税: {名称: 例子涉税事项, 单位: 税务部门, 当: 办税}
    /// ```
    ///
    /// ## 依据
    ///
    /// 审查规则 S06：条件只能依据问过的情形。
    pub static CODE = "assumed-answers", Conditions, Error, allowable;
}

/// Reports each condition that holds only because a question is not asked.
pub fn check(facts: &Facts<'_>, sink: &mut Sink) {
    let program = facts.program;
    let Some(proofs) = facts.proofs() else { return };
    for unasked in proofs.unasked.iter().filter(|unasked| unasked.holds) {
        let question = program.question(unasked.question);
        let name = &question.name.value;
        let then = match unasked.part {
            Part::Question(_) => "照样要问",
            Part::Constraint(_) => "照样排除这样的回答",
            Part::Exit(_) => "照样把人请走",
            Part::Material(..) | Part::Added(_) => "照样要交",
            _ => "照样适用",
        };
        let message = format!("{}不问“{name}”，{}{then}", unasked.witness.clause(program), unasked.part.words(program));
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
