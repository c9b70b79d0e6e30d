use crate::code;
use crate::diagnostic::Sink;
use crate::facts::Aspect;
use crate::lint::WorkspaceFacts;
use crate::model::Text;

code! {
    /// # 目录里有没用到的条目
    ///
    /// 目录里登记了，却没有哪一件事用到。多半是事项改了名、材料取消了，目录忘了删；也可能是同一种材料登记了两个条目。
    /// 目录越干净，选错的机会越少。检查整个工作区时才报告。
    ///
    /// ## 反例
    ///
    /// ```yaml
    /// # 文件: 例子.yaml
    /// 一件事: 例子
    /// 标识: example
    /// 联办事项:
    ///   登记: {名称: 例子登记, 单位: 市场监管部门, 材料: [效果图]}
    /// # 文件: 目录/材料.yaml
    /// 材料目录:
    ///   居民身份证: {核发: 公安部门}
    ///   效果图: {}
    ///   施工图: {}
    /// ```
    ///
    /// ## 正例
    ///
    /// ```yaml
    /// # 文件: 例子.yaml
    /// 一件事: 例子
    /// 标识: example
    /// 联办事项:
    ///   登记: {名称: 例子登记, 单位: 市场监管部门, 材料: [效果图], 表单: [{名称: 登记表, 字段: [申请人姓名]}]}
    /// # 文件: 目录/材料.yaml
    /// 材料目录:
    ///   居民身份证: {核发: 公安部门}
    ///   效果图: {}
    /// # 文件: 目录/数据项.yaml
    /// 数据项目录:
    ///   申请人姓名: {类型: 文本, 来源材料: 居民身份证}
    /// # 文件: 目录/机构.yaml
    /// 机构目录:
    ///   市场监管部门: {}
    ///   公安部门: {}
    /// ```
    pub static CODE = "unused-entries", Workspace, Warning, allowable;
}

/// Reports entries that neither a bundle nor another entry uses.
pub fn check(facts: &WorkspaceFacts<'_>, sink: &mut Sink) {
    let workspace = facts.workspace;
    let Some(uses) = facts.uses.filter(|_| !workspace.damaged && !facts.bundles.is_empty()) else {
        return;
    };
    let mut uses = uses.clone();
    uses.note(&workspace.references);
    let used = |list: &[bool], id: usize| list.get(id).copied().unwrap_or(false);
    let mut report = |catalogue: &str, name: &Text| {
        let message = format!("没有哪一件事用到{catalogue}里的“{}”", name.value);
        sink.push(CODE.at(name.span, message).help("不再使用的删去；留着备用的，写明“允许”和理由"));
    };
    // What seems unused may be what a name that was not resolved means.
    let (agencies_known, papers_known) = (uses.knows(Aspect::Agencies), uses.knows(Aspect::Papers));
    for (id, agency) in workspace.agencies.iter().enumerate().filter(|_| agencies_known) {
        if !used(&uses.agencies, id) {
            report("机构目录", &agency.name);
        }
    }
    for (id, material) in workspace.materials.iter().enumerate().filter(|_| papers_known) {
        if !used(&uses.materials, id) {
            report("材料目录", &material.name);
        }
    }
    for (id, element) in workspace.elements.iter().enumerate().filter(|_| papers_known) {
        if !used(&uses.elements, id) {
            report("数据项目录", &element.name);
        }
    }
}
