use rustc_hash::FxHashSet;

use crate::code;
use crate::diagnostic::Sink;
use crate::facts::Facts;
use crate::lint::participants;

code! {
    /// # 办事项的单位没有列进来
    ///
    /// 一个单位承担了事项，却既不是牵头单位，也不在配合单位里：任务分工没有它，责任也就没有着落。没有写“配合单位”的，不检查。
    ///
    /// ## 反例
    ///
    /// ```yaml
    /// 一件事: 例子
    /// 标识: example
    /// 牵头单位: 市场监管部门
    /// 配合单位: [城管部门]
    /// 联办事项:
    ///   登记: {名称: 例子登记, 单位: 市场监管部门}
    ///   占道: {名称: 例子占道审批, 单位: 城管部门}
    ///   涉税: {名称: 例子涉税事项, 单位: 税务部门}
    /// ```
    ///
    /// ## 正例
    ///
    /// ```yaml
    /// 一件事: 例子
    /// 标识: example
    /// 牵头单位: 市场监管部门
    /// 配合单位: [城管部门, 税务部门]
    /// 联办事项:
    ///   登记: {名称: 例子登记, 单位: 市场监管部门}
    ///   占道: {名称: 例子占道审批, 单位: 城管部门}
    ///   涉税: {名称: 例子涉税事项, 单位: 税务部门}
    /// ```
    ///
    /// ## 依据
    ///
    /// 国办发〔2022〕32号：明确牵头单位和配合单位的联办机制；审查规则 G02。
    pub static CODE = "unlisted-partners", Agencies, Warning, allowable;
}

/// Reports each such agency once, where it runs its first item.
pub fn check(facts: &Facts<'_>, sink: &mut Sink) {
    let program = facts.program;
    if program.partners.is_empty() {
        return;
    }
    let mut listed: FxHashSet<_> = program.partners.iter().chain(&program.lead).map(|at| at.value).collect();
    for item in &program.items {
        let Some(agency) = item.agency else { continue };
        let line = participants::with_superiors(program.workspace, agency.value);
        if line.iter().any(|id| listed.contains(id)) {
            continue;
        }
        listed.insert(agency.value);
        let name = &program.workspace.agency_of(agency.value).name.value;
        let message = format!("{name}承担“{}”，却没有列为牵头单位或配合单位", item.name.value);
        let mut diagnostic = CODE.at(agency.span, message).help(format!("在“配合单位”里加上{name}"));
        if let Some(list) = program.partners.first() {
            diagnostic = diagnostic.related(list.span, "配合单位写在这里");
        }
        sink.push(diagnostic);
    }
}
