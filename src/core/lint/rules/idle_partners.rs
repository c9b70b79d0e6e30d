use crate::code;
use crate::diagnostic::Sink;
use crate::facts::Facts;
use crate::lint::participants;

code! {
    /// # 配合单位没有事做
    ///
    /// 列为配合单位，却不办任何一个事项，也不提供哪份材料的数据或证照，就成了“名义联办”：部门数好看，责任落空。
    ///
    /// ## 反例
    ///
    /// ```yaml
    /// 一件事: 例子
    /// 标识: example
    /// 牵头单位: 市场监管部门
    /// 配合单位: [城管部门, 消防救援机构]
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
    /// 配合单位: [城管部门, 消防救援机构]
    /// 联办事项:
    ///   登记: {名称: 例子登记, 单位: 市场监管部门}
    ///   占道: {名称: 例子占道审批, 单位: 城管部门}
    ///   消防: {名称: 例子消防检查, 单位: 消防救援机构}
    /// ```
    ///
    /// ## 依据
    ///
    /// 国办发〔2022〕32号：明确牵头单位和配合单位的联办机制；审查规则 G02：每个配合单位至少承担一个事项。
    pub static CODE = "idle-partners", Agencies, Warning, allowable;
}

/// Reports partners that have no part in the bundle.
pub fn check(facts: &Facts<'_>, sink: &mut Sink) {
    let program = facts.program;
    if program.partners.is_empty() {
        return;
    }
    let busy = participants::participants(facts);
    for partner in &program.partners {
        let lead = program.lead.as_ref().is_some_and(|lead| lead.value == partner.value);
        if lead || busy.contains(&partner.value) {
            continue;
        }
        let name = &program.workspace.agency_of(partner.value).name.value;
        let message = format!("{name}是配合单位，却没有承担任何事项");
        let help = "从“配合单位”里删去，或者写上它办的事项；和别的单位一起办的，写进那个事项的“共同实施”";
        sink.push(CODE.at(partner.span, message).help(help));
    }
}
