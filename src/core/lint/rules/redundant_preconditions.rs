use crate::code;
use crate::diagnostic::{Fix, Sink};
use crate::facts::Facts;
use crate::lint::edits;

code! {
    /// # 前置写重复了
    ///
    /// 甲要等乙，乙要等丙，甲自然也排在丙的后面，不必再写一遍。多写的前置让流程图多出一条线，日后改了一处、漏了另一处，就会前后矛盾。
    ///
    /// 中间的事项只在某些情形下才办的，不算重复。
    ///
    /// ## 反例
    ///
    /// ```yaml
    /// 一件事: 例子
    /// 标识: example
    /// 联办事项:
    ///   登记: {名称: 例子登记, 单位: 市场监管部门}
    ///   许可: {名称: 例子许可, 单位: 市场监管部门, 前置: [登记]}
    ///   占道: {名称: 例子占道审批, 单位: 城管部门, 前置: [登记, 许可]}
    /// ```
    ///
    /// ## 正例
    ///
    /// ```yaml
    /// 一件事: 例子
    /// 标识: example
    /// 联办事项:
    ///   登记: {名称: 例子登记, 单位: 市场监管部门}
    ///   许可: {名称: 例子许可, 单位: 市场监管部门, 前置: [登记]}
    ///   占道: {名称: 例子占道审批, 单位: 城管部门, 前置: [许可]}
    /// ```
    pub static CODE = "redundant-preconditions", Order, Warning, allowable;
}

/// Reports each precondition that another one implies.
pub fn check(facts: &Facts<'_>, sink: &mut Sink) {
    let program = facts.program;
    for (link, by) in program.redundant_preconditions() {
        let [item, first, other] = [link.item, link.first, by.first].map(|id| &program.item(id).name.value);
        let message = format!("“{item}”等“{other}”就已经排在“{first}”后面，这一处前置是多余的");
        let mut diagnostic =
            CODE.at(link.span, message).related(by.span, format!("“{other}”自己要等“{first}”")).help("删去这一处前置");
        let list = program.item(link.item).written.preconditions.span;
        if let Some(edit) = list.and_then(|list| edits::remove_from_list(facts.sources, list, link.span)) {
            diagnostic = diagnostic.fix(Fix { title: format!("删去“{first}”"), edits: vec![edit], safe: false });
        }
        sink.push(diagnostic);
    }
}
