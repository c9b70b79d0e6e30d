use crate::code;
use crate::diagnostic::{Diagnostic, Fix, Sink};
use crate::facts::Facts;
use crate::lint::causes::condition_span;
use crate::lint::edits;
use crate::scenario::Lacking;

code! {
    /// # 前置事项没有办，也没有要它的结果
    ///
    /// 一个事项写了前置，可是有的申请人不办那个前置：那种情形下它不适用，或者申请人早就办过了，这回不选它
    /// （除了写明“必办”的，申请人可以只办其中几项）。这时就要请他交来前置办出来的证照；不收，部门就没有凭据往下办。
    ///
    /// 把前置的结果写进材料就行：一起办的，自动“前序结果免交”；没有一起办的，才要交。
    /// 部门自己查得到的（“免提交”“共享能力”）、前置已经解除的，不报告；几个前置按情形二选一的，有一个办就行，也不报告。
    ///
    /// ## 反例
    ///
    /// ```yaml
    /// 一件事: 例子
    /// 标识: example
    /// 联办事项:
    ///   登记: {名称: 例子登记, 单位: 市场监管部门, 结果: 营业执照}
    ///   占道: {名称: 例子占道审批, 单位: 城管部门, 前置: [登记], 材料: [效果图]}
    /// ```
    ///
    /// ## 正例
    ///
    /// ```yaml
    /// 一件事: 例子
    /// 标识: example
    /// 联办事项:
    ///   登记: {名称: 例子登记, 单位: 市场监管部门, 结果: 营业执照}
    ///   占道: {名称: 例子占道审批, 单位: 城管部门, 前置: [登记], 材料: [效果图, 营业执照]}
    /// ```
    ///
    /// ## 依据
    ///
    /// 国办发〔2022〕32号：申请人可以根据需要选择办理其中的事项；审查规则 F04、S02。
    pub static CODE = "unmet-preconditions", Order, Error, allowable;
}

/// Reports each precondition that is not met in some scenario.
pub fn check(facts: &Facts<'_>, sink: &mut Sink) {
    let Some(proofs) = facts.proofs() else { return };
    for lacking in &proofs.order.lacking {
        sink.push(report(facts, lacking));
    }
}

fn report(facts: &Facts<'_>, lacking: &Lacking) -> Diagnostic {
    let program = facts.program;
    let (item, first) = (program.item(lacking.item), program.item(lacking.first));
    let (name, before) = (&item.name.value, &first.name.value);
    let clause = lacking.witness.clause(program);
    let result = first.results.first().map(|result| &result.label);
    let papers = result.map_or("它的结果".to_owned(), |label| format!("“{}”", label.value));
    let message = match (lacking.inapplicable, result) {
        (true, _) => format!("{clause}要办“{name}”，不办它的前置“{before}”，也没有收{papers}"),
        (false, Some(_)) => {
            format!("{clause}只办“{name}”、不办“{before}”的，没有收{papers}，前置落了空")
        }
        (false, None) => {
            format!("{clause}只办“{name}”、不办“{before}”的，没有文书证明“{before}”已经办过")
        }
    };
    let mut diagnostic = CODE.at(lacking.span, message);
    if let (true, Some(when)) = (lacking.inapplicable, &first.when) {
        diagnostic = diagnostic.related(when.written.span, format!("“{before}”只在这时才办"));
    } else if let Some(label) = result {
        diagnostic = diagnostic.related(label.span, format!("“{before}”在这里办出来"));
    }
    for &row in &lacking.rows {
        diagnostic = diagnostic.related(condition_span(program, row), "只在这时才收");
    }
    if let (Some(label), true) = (result, lacking.rows.is_empty())
        && let Some(edit) = edits::add_material(facts.sources, &item.written, &label.value)
    {
        let title = format!("给“{name}”加上材料“{}”", label.value);
        diagnostic = diagnostic.fix(Fix { title, edits: vec![edit], safe: false });
    }
    let ask = match (result, lacking.rows.is_empty()) {
        (Some(label), true) => format!("给“{name}”加上材料“{}”：一起办的自动免交", label.value),
        (Some(label), false) => format!("放宽材料“{}”的“当”：一起办的自动免交", label.value),
        (None, _) => format!("给“{before}”补上结果，再收进“{name}”的材料"),
    };
    let must = if lacking.inapplicable {
        "这时不必等的，写明理由允许".to_owned()
    } else {
        format!("法律规定离不开的，给“{before}”写“必办”和依据")
    };
    diagnostic.help(format!("{ask}；部门自己查得到的，写“免提交”或“共享能力”；{must}"))
}
