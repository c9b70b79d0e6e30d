use rustc_hash::FxHashSet;

use crate::code;
use crate::diagnostic::{Fix, Sink};
use crate::facts::Facts;
use crate::lint::edits;
use crate::model;
use crate::program::ItemId;
use crate::scenario::Hidden;

code! {
    /// # 漏写了前置
    ///
    /// 一个事项要的材料，正是同一件事里另一个事项办出来的结果，两者之间却没有“前置”。
    /// 结果是：流程图把它们画成同时办理，时限算短了，“前序结果免交”也不起作用，窗口还会照单向群众要。
    ///
    /// 两个事项不会在同一种情形下都办的，不报告。
    ///
    /// ## 反例
    ///
    /// ```yaml
    /// 一件事: 例子
    /// 标识: example
    /// 联办事项:
    ///   登记: {名称: 例子登记, 单位: 市场监管部门, 结果: 营业执照}
    ///   占道: {名称: 例子占道审批, 单位: 城管部门, 材料: [营业执照]}
    /// ```
    ///
    /// ## 正例
    ///
    /// ```yaml
    /// 一件事: 例子
    /// 标识: example
    /// 联办事项:
    ///   登记: {名称: 例子登记, 单位: 市场监管部门, 结果: 营业执照}
    ///   占道: {名称: 例子占道审批, 单位: 城管部门, 前置: [登记], 材料: [营业执照]}
    /// ```
    ///
    /// ## 依据
    ///
    /// 审查规则 F04：以前一事项的结果为材料的，应当写明前置。
    pub static CODE = "hidden-preconditions", Order, Error, allowable;
}

/// Reports the first such material for each pair of items.
pub fn check(facts: &Facts<'_>, sink: &mut Sink) {
    let mut said: FxHashSet<(ItemId, ItemId)> = FxHashSet::default();
    for hidden in facts.proofs().map_or(&[][..], |proofs| &proofs.order.hidden) {
        let Some(item) = hidden.row.item(facts.program) else { continue };
        // It may be the one whose name could not be read.
        if facts.trusts_item(item) && said.insert((item, hidden.producer)) {
            report(facts, item, hidden, sink);
        }
    }
}

fn report(facts: &Facts<'_>, id: ItemId, hidden: &Hidden, sink: &mut Sink) {
    let program = facts.program;
    let Some(row) = hidden.row.row(program) else { return };
    let producer = hidden.producer;
    let item = program.item(id);
    let first = &program.item(producer).name.value;
    let result = &program.item(producer).results[hidden.result];
    let clause = hidden.witness.clause(program);
    let message = format!("{clause}“{}”要交“{first}”办出来的“{}”，却没有写前置", item.name.value, row.label.value);
    let mut diagnostic = CODE.at(row.label.span, message).related(result.label.span, format!("“{first}”在这里办出来"));
    if program.preconditions.waits_for(producer, id) {
        let help =
            format!("“{first}”又要等“{}”，两者成了死结：改掉反过来的“前置”，或者不再收这份材料", item.name.value);
        sink.push(diagnostic.help(help));
        return;
    }
    if let Some(edit) = edits::add_precondition(facts.sources, &item.written, first) {
        let fix = Fix { title: format!("加上前置“{first}”"), edits: vec![edit], safe: false };
        diagnostic = diagnostic.fix(fix);
    }
    sink.push(diagnostic.help(format!("给“{}”写上“{}: [{first}]”", item.name.value, model::Item::preconditions.key)));
}
