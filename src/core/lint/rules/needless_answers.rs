use crate::code;
use crate::diagnostic::Sink;
use crate::facts::Facts;

code! {
    /// # 典型情形回答了不会问到的问题
    ///
    /// 按别的回答，这个问题不会问到，写了也不起作用。多半是别的答案写错了：想说的是另一种申请人，算的却是这一种。
    ///
    /// ## 反例
    ///
    /// ```yaml
    /// 一件事: 例子
    /// 标识: example
    /// 情形:
    ///   办税: {问: 是否需要办理涉税事项？}
    ///   开票: {问: 开具哪种发票？, 选项: [普通发票, 专用发票], 当: 办税}
    /// 联办事项:
    ///   涉税: {名称: 例子涉税事项, 单位: 税务部门, 当: 办税, 材料: [{材料: 承诺书, 当: 开票 = 专用发票}]}
    /// 典型情形:
    ///   - {名称: 要专用发票, 答案: {办税: 否, 开票: 专用发票}}
    /// ```
    ///
    /// ## 正例
    ///
    /// ```yaml
    /// 一件事: 例子
    /// 标识: example
    /// 情形:
    ///   办税: {问: 是否需要办理涉税事项？}
    ///   开票: {问: 开具哪种发票？, 选项: [普通发票, 专用发票], 当: 办税}
    /// 联办事项:
    ///   涉税: {名称: 例子涉税事项, 单位: 税务部门, 当: 办税, 材料: [{材料: 承诺书, 当: 开票 = 专用发票}]}
    /// 典型情形:
    ///   - {名称: 要专用发票, 答案: {办税: 是, 开票: 专用发票}}
    /// ```
    pub static CODE = "needless-answers", Conditions, Warning, allowable;
}

/// Reports each answer that does not count.
pub fn check(facts: &Facts<'_>, sink: &mut Sink) {
    let program = facts.program;
    for scenario in facts.trusted_scenarios() {
        for at in &scenario.needless {
            let question = program.question(at.value);
            let name = &question.name.value;
            let message = format!("典型情形“{}”回答了“{name}”，按别的回答却不会问到", scenario.name.value);
            let when = question.when.as_ref().map_or(question.name.span, |when| when.written.span);
            sink.push(CODE.at(at.span, message).related(when, "只在这时才问").help("改正别的答案，或者删去这一个"));
        }
    }
}
