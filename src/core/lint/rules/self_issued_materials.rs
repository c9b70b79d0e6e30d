use crate::code;
use crate::diagnostic::Sink;
use crate::facts::Facts;
use crate::lint::government_papers::still_asked_for;

code! {
    /// # 部门索要自己核发的材料
    ///
    /// 一个部门要申请人交的，正是它自己发出去的文件。它的档案里就有，让群众再交一遍毫无道理。
    /// 岳阳“我要开小餐馆”改革后的清单里，税务部门要的《准予税务行政许可决定书》就是税务部门自己核发的。
    ///
    /// 换发、延续时交回本事项发出的旧证，不在此列。
    ///
    /// ## 反例
    ///
    /// ```yaml
    /// 一件事: 例子
    /// 标识: example
    /// 联办事项:
    ///   涉税: {名称: 例子涉税事项, 单位: 税务部门, 材料: [清税证明]}
    /// ```
    ///
    /// ## 正例
    ///
    /// ```yaml
    /// 一件事: 例子
    /// 标识: example
    /// 联办事项:
    ///   涉税: {名称: 例子涉税事项, 单位: 税务部门, 材料: [清税证明]}
    /// 改革举措:
    ///   - 取消材料: {事项: [涉税], 材料: 清税证明, 说明: 税务部门内部可以查到}
    /// ```
    ///
    /// ## 依据
    ///
    /// 审查规则 M26：不得要求申请人提供本部门核发的材料；济源市实施方案（2023年）：政府部门核发的材料一律免于提交。
    pub static CODE = "self-issued-materials", Materials, Error, allowable;
}

/// Reports each row.
pub fn check(facts: &Facts<'_>, sink: &mut Sink) {
    for row in still_asked_for(facts).iter().filter(|row| row.own) {
        let item = facts.program.item(row.entry.item);
        let name = facts.program.row_name(row.identity);
        let mut diagnostic = CODE
            .at(row.row.label.span, format!("“{name}”就是{}核发的，却要申请人再交给它", row.issuer))
            .label(format!("“{}”收这份材料", item.name.value))
            .help(format!("在“改革举措”里写“取消材料”或“免提交”，由{}自己调取；是新增的材料，删去这一条", row.issuer));
        if let Some(agency) = &item.agency {
            diagnostic = diagnostic.related(agency.span, "实施单位写在这里");
        }
        sink.push(diagnostic);
    }
}
