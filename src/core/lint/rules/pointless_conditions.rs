use crate::code;
use crate::diagnostic::{Fix, Sink};
use crate::facts::Facts;
use crate::lint::causes::with_causes;
use crate::lint::edits;
use crate::scenario::Part;

code! {
    /// # 条件写了等于没写
    ///
    /// 写了“当”，可是不论怎样回答它都成立：条件自己永远成立，事项的条件已经包含了它，或者约束保证了它。
    /// 这样的条件让看的人以为还有别的情形，日后改了一处、漏了另一处，就会前后不一。
    ///
    /// “不适用”请走的人也算在内：`不适用` 写了“经营面积 > 50”，事项再写“当: 经营面积 ≤ 50”，不报告。
    ///
    /// ## 反例
    ///
    /// ```yaml
    /// 一件事: 例子
    /// 标识: example
    /// 情形:
    ///   办税: {问: 是否办理涉税事项？}
    /// 联办事项:
    ///   登记: {名称: 例子登记, 单位: 市场监管部门}
    ///   涉税: {名称: 例子涉税事项, 单位: 税务部门, 当: 办税, 材料: [{材料: 承诺书, 当: 办税}]}
    /// ```
    ///
    /// ## 正例
    ///
    /// ```yaml
    /// 一件事: 例子
    /// 标识: example
    /// 情形:
    ///   办税: {问: 是否办理涉税事项？}
    /// 联办事项:
    ///   登记: {名称: 例子登记, 单位: 市场监管部门}
    ///   涉税: {名称: 例子涉税事项, 单位: 税务部门, 当: 办税, 材料: [承诺书]}
    /// ```
    pub static CODE = "pointless-conditions", Conditions, Warning, allowable;
}

/// Reports each condition that always holds where it counts.
pub fn check(facts: &Facts<'_>, sink: &mut Sink) {
    let program = facts.program;
    let Some(proofs) = facts.proofs() else { return };
    for always in &proofs.reach.always {
        let Some(when) = always.part.when(program) else { continue };
        let constrained = always.because.iter().any(|part| matches!(part, Part::Constraint(_)));
        let why = match always.because.first() {
            None => "怎样回答都成立".to_owned(),
            _ if constrained => "约束保证了它成立".to_owned(),
            Some(owner) => format!("{}的条件已经包含了它", owner.words(program)),
        };
        let message = format!("{}的条件写了等于没写：{why}", always.part.words(program));
        let mut diagnostic = CODE.at(when.written.span, message);
        diagnostic = with_causes(program, diagnostic, &always.because, true);
        if let Some(edit) = edits::remove_condition(facts.sources, when.written.span) {
            diagnostic = diagnostic.fix(Fix { title: "删去“当”".to_owned(), edits: vec![edit], safe: false });
        }
        sink.push(diagnostic.help("删去这个“当”；本来另有所指的，改正条件"));
    }
}
