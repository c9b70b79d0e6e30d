use rustc_hash::FxHashSet;

use crate::code;
use crate::diagnostic::{Fix, Sink};
use crate::facts::Facts;
use crate::lint::edits;

code! {
    /// # 牵头单位又列为配合单位
    ///
    /// 一件事由谁牵头、由谁配合，要分得清楚：出了问题找牵头单位，部门数也不重复计算。牵头单位办自己的事项是分内的，不必再列进“配合单位”。
    ///
    /// 同一个单位（包括用别名）在配合单位里列了两次，也在这里报告。
    ///
    /// ## 反例
    ///
    /// ```yaml
    /// 一件事: 例子
    /// 标识: example
    /// 牵头单位: 市场监管部门
    /// 配合单位: [城管部门, 市监局]
    /// 联办事项:
    ///   登记: {名称: 例子登记, 单位: 市场监管部门}
    ///   占道: {名称: 例子占道审批, 单位: 城管部门}
    /// ```
    ///
    /// ## 正例
    ///
    /// ```yaml
    /// 一件事: 例子
    /// 标识: example
    /// 牵头单位: 市场监管部门
    /// 配合单位: [城管部门]
    /// 联办事项:
    ///   登记: {名称: 例子登记, 单位: 市场监管部门}
    ///   占道: {名称: 例子占道审批, 单位: 城管部门}
    /// ```
    ///
    /// ## 依据
    ///
    /// 国办发〔2022〕32号：明确牵头单位和配合单位的联办机制；审查规则 G02。
    pub static CODE = "repeated-partners", Agencies, Error, allowable;
}

/// Reports partners that are there already.
pub fn check(facts: &Facts<'_>, sink: &mut Sink) {
    let program = facts.program;
    let mut seen = FxHashSet::default();
    for partner in &program.partners {
        let name = &program.workspace.agency_of(partner.value).name.value;
        let lead = program.lead.as_ref().filter(|lead| lead.value == partner.value);
        let mut diagnostic = match (lead, seen.insert(partner.value)) {
            (Some(lead), _) => CODE
                .at(partner.span, format!("{name}是牵头单位，又列进了配合单位"))
                .related(lead.span, "在这里写为牵头单位"),
            (None, false) => CODE.at(partner.span, format!("{name}在配合单位里列了两次")),
            (None, true) => continue,
        };
        let list = program.bundle.partners.span;
        if let Some(edit) = list.and_then(|list| edits::remove_from_list(facts.sources, list, partner.span)) {
            diagnostic =
                diagnostic.fix(Fix { title: "从配合单位里删去".to_owned(), edits: vec![edit], safe: true });
        }
        sink.push(diagnostic.help("从“配合单位”里删去"));
    }
}
