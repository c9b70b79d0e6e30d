use crate::code;
use crate::diagnostic::Sink;
use crate::facts::Facts;
use crate::model::Text;
use crate::program::Item;

code! {
    /// # 同一事项叫法不一
    ///
    /// 清单里叫“临时占用城市道路审批”，表里叫“临时占用街道两侧和公共场地许可证”，流程里又是另一个名字，
    /// 申请人会以为是三件事，查也查不到。
    ///
    /// 公布的叫法与事项的名称、别称或者联办事项下的简称一字不差，才算一致。
    ///
    /// ## 反例
    ///
    /// ```yaml
    /// 一件事: 例子
    /// 标识: example
    /// 联办事项:
    ///   占道: {名称: 临时占用城市道路审批, 单位: 城管部门}
    /// 公布:
    ///   联办事项:
    ///     - {名称: 临时占用街道两侧许可, 单位: 城管部门, 事项: 占道}
    /// ```
    ///
    /// ## 正例
    ///
    /// ```yaml
    /// 一件事: 例子
    /// 标识: example
    /// 联办事项:
    ///   占道: {名称: 临时占用城市道路审批, 单位: 城管部门}
    /// 公布:
    ///   联办事项:
    ///     - {名称: 临时占用城市道路审批, 单位: 城管部门, 事项: 占道}
    /// ```
    ///
    /// ## 依据
    ///
    /// 审查规则 G05：事项名称在清单、表格、流程、结果中一致。
    pub static CODE = "inconsistent-item-names", Names, Error, allowable;
}

/// Compares the names in the published list and in the comparison table with those of the item.
pub fn check(facts: &Facts<'_>, sink: &mut Sink) {
    let program = facts.program;
    let (Some(written), Some(resolved)) = (&program.bundle.published, &program.published) else { return };
    let list = written.items.iter().map(|item| item.name.as_ref()).zip(&resolved.items);
    let table = written.comparison.iter().map(|entry| entry.value.name.as_ref()).zip(&resolved.comparison);
    for (name, id) in list.chain(table) {
        let (Some(name), Some(id)) = (name, *id) else { continue };
        let item = program.item(id);
        if is_called(item, name) {
            continue;
        }
        let official = &item.official_name;
        let place = item.written.name.as_ref().map_or(item.name.span, |name| name.span);
        sink.push(
            CODE.at(name.span, format!("公布的“{name}”，事项名称是“{official}”，叫法不一致"))
                .label("叫法不一致")
                .related(place, "事项名称写在这里")
                .help("公布的地方改用事项名称；两个叫法都要保留的，写进事项的“别称”"),
        );
    }
}

fn is_called(item: &Item, name: &Text) -> bool {
    *item.official_name == *name.value
        || item.name.value == name.value
        || item.written.aliases.iter().any(|alias| alias.value == name.value)
}
