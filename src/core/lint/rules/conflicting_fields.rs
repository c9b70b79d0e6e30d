use crate::code;
use crate::diagnostic::Sink;
use crate::facts::Facts;
use crate::reform::MergedField;
use crate::source::Span;

code! {
    /// # 合到一张表上就没法填
    ///
    /// 几张申请表上的同一项内容，各自规定了能选什么，却没有一个选项是大家都认的。合成一张表以后，申请人怎么选都有部门不收。
    ///
    /// ## 反例
    ///
    /// ```yaml
    /// # 文件: 例子.yaml
    /// 一件事: 例子
    /// 标识: example
    /// 联办事项:
    ///   登记:
    ///     名称: 例子登记
    ///     单位: 市场监管部门
    ///     表单: [{名称: 登记表, 字段: [{字段: 领证方式, 选项: [窗口领取]}]}]
    ///   占道:
    ///     名称: 例子占道审批
    ///     单位: 城管部门
    ///     表单: [{名称: 审批表, 字段: [{字段: 领证方式, 选项: [邮寄]}]}]
    /// # 文件: 目录/数据项.yaml
    /// 数据项目录:
    ///   领证方式: {类型: 单选, 选项: [窗口领取, 邮寄]}
    /// ```
    ///
    /// ## 正例
    ///
    /// ```yaml
    /// # 文件: 例子.yaml
    /// 一件事: 例子
    /// 标识: example
    /// 联办事项:
    ///   登记:
    ///     名称: 例子登记
    ///     单位: 市场监管部门
    ///     表单: [{名称: 登记表, 字段: [{字段: 领证方式, 选项: [窗口领取, 邮寄]}]}]
    ///   占道:
    ///     名称: 例子占道审批
    ///     单位: 城管部门
    ///     表单: [{名称: 审批表, 字段: [{字段: 领证方式, 选项: [邮寄]}]}]
    /// # 文件: 目录/数据项.yaml
    /// 数据项目录:
    ///   领证方式: {类型: 单选, 选项: [窗口领取, 邮寄]}
    /// ```
    ///
    /// ## 依据
    ///
    /// 审查规则 B06：同一字段在各事项中的格式、长度、选项不得冲突。
    pub static CODE = "conflicting-fields", Form, Error, allowable;
}

/// Reports fields of the merged form that leave nothing to choose from.
pub fn check(facts: &Facts<'_>, sink: &mut Sink) {
    for field in facts.fields() {
        let Some((narrowed, at)) = field.conflict else { continue };
        let element = facts.program.workspace.element(field.element);
        let message = format!("“{}”合到一张表上以后，没有一个选项各表都认", element.name.value);
        sink.push(
            CODE.at(at, message)
                .label(form_of(facts, field, at))
                .related(narrowed, form_of(facts, field, narrowed))
                .help("统一各表的选项；确实是两项不同的内容，用两个数据项"),
        );
    }
}

/// Whose form says so.
fn form_of(facts: &Facts<'_>, field: &MergedField, at: Span) -> String {
    match field.occurrences.iter().find(|occurrence| occurrence.span == at) {
        Some(occurrence) => {
            let item = facts.program.item(occurrence.item);
            let form = &item.forms[occurrence.form];
            let here = form.fields.iter().find(|entry| entry.written.element.as_ref().is_some_and(|n| n.span == at));
            let options =
                here.map(|entry| entry.written.options.iter().map(|option| &*option.value).collect::<Vec<_>>());
            format!("“{}”上只能选：{}", form.name.value, options.unwrap_or_default().join("、"))
        }
        None => "数据项目录规定的选项".to_owned(),
    }
}
