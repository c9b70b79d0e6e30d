use crate::code;
use crate::diagnostic::Sink;
use crate::facts::Facts;

code! {
    /// # 同一事项的单位不一致
    ///
    /// 公布的清单里一个事项由甲单位办，表格里又写成乙单位。申请人会跑错门，追责也找不到人。
    ///
    /// 单位按机构目录认：全称、别名都算同一个；写的是曾用名的，由另一条规则提醒改用现名。
    ///
    /// ## 反例
    ///
    /// ```yaml
    /// 一件事: 例子
    /// 标识: example
    /// 联办事项:
    ///   占道: {名称: 例子占道许可, 单位: 城管部门}
    /// 公布:
    ///   联办事项:
    ///     - {名称: 例子占道许可, 单位: 公安部门, 事项: 占道}
    /// ```
    ///
    /// ## 正例
    ///
    /// ```yaml
    /// 一件事: 例子
    /// 标识: example
    /// 联办事项:
    ///   占道: {名称: 例子占道许可, 单位: 城管部门}
    /// 公布:
    ///   联办事项:
    ///     - {名称: 例子占道许可, 单位: 城管部门, 事项: 占道}
    /// ```
    ///
    /// ## 依据
    ///
    /// 审查规则 G06：同一事项在各处的单位一致。
    pub static CODE = "inconsistent-agencies", Agencies, Error, allowable;
}

/// Compares the agencies in the published list and in the comparison table with that of the item.
pub fn check(facts: &Facts<'_>, sink: &mut Sink) {
    let program = facts.program;
    let workspace = program.workspace;
    let (Some(written), Some(resolved)) = (&program.bundle.published, &program.published) else { return };
    let list = written.items.iter().map(|item| item.agency.as_ref()).zip(&resolved.items);
    let table = written.comparison.iter().map(|entry| entry.value.agency.as_ref()).zip(&resolved.comparison);
    for (name, id) in list.chain(table) {
        let (Some(name), Some(id)) = (name, *id) else { continue };
        let item = program.item(id);
        let Some(own) = &item.agency else { continue };
        let agency = workspace.agency_of(own.value);
        let found = workspace.find_agency(name);
        let former = agency.written.former.iter().any(|former| former.value == name.value);
        // A name that is in no catalogue is undefined, which is said.
        let known = found.is_some() || workspace.renamed_agency(name).is_some();
        if found == Some(own.value) || former || !known {
            continue;
        }
        sink.push(
            CODE.at(name.span, format!("公布的“{}”由{name}办，事项里写的是{}", item.name.value, agency.name.value))
                .label("单位不一致")
                .related(own.span, format!("这里是{}", agency.name.value))
                .help("核对由谁办，两处改成一样"),
        );
    }
}
