use crate::code;
use crate::diagnostic::Sink;
use crate::facts::Facts;
use crate::lint::completeness::before_publication;

code! {
    /// # 公布的栏目只有标题没有内容
    ///
    /// 指南里写了“改革前流程”的标题，下面却是空的（往往是图片丢了），群众看了等于没看。发布前必须补齐或者删去标题。
    ///
    /// ## 反例
    ///
    /// ```yaml
    /// 一件事: 例子
    /// 标识: example
    /// 联办事项:
    ///   登记: {名称: 例子登记, 单位: 市场监管部门}
    /// 公布:
    ///   空白栏目: [改革前流程]
    /// ```
    ///
    /// ## 正例
    ///
    /// ```yaml
    /// 一件事: 例子
    /// 标识: example
    /// 联办事项:
    ///   登记: {名称: 例子登记, 单位: 市场监管部门}
    /// 公布:
    ///   办理流程:
    ///     - 申请人在窗口申请登记
    /// ```
    ///
    /// ## 依据
    ///
    /// 审查规则 G04：有标题的栏目要有内容。
    pub static CODE = "empty-sections", Figures, Error, allowable;
}

/// Reports what the author noted as empty.
pub fn check(facts: &Facts<'_>, sink: &mut Sink) {
    let Some(published) = &facts.program.bundle.published else { return };
    for section in published.empty_sections.iter() {
        let diagnostic = CODE
            .at(section.span, format!("公布的“{}”只有标题，没有内容", section.value))
            .help("在公布的地方补上内容；不需要的栏目，把标题也删去");
        sink.push(before_publication(facts, diagnostic));
    }
}
