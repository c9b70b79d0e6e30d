use crate::code;
use crate::diagnostic::{Fix, Sink};
use crate::facts::Facts;

code! {
    /// # 写的份数与列出的不一样多
    ///
    /// 清单的小标题写着“4份”，下面列的却不是四份，申请人不知道是多写了一份还是漏了一份。
    ///
    /// ## 反例
    ///
    /// ```yaml
    /// 一件事: 例子
    /// 标识: example
    /// 联办事项:
    ///   登记: {名称: 例子登记, 单位: 市场监管部门, 材料: [申请人照片, 健康证明]}
    /// 公布:
    ///   指南清单:
    ///     - {名称: 基本材料, 份数: 3, 材料: [申请人照片, 健康证明]}
    /// ```
    ///
    /// ## 正例
    ///
    /// ```yaml
    /// 一件事: 例子
    /// 标识: example
    /// 联办事项:
    ///   登记: {名称: 例子登记, 单位: 市场监管部门, 材料: [申请人照片, 健康证明]}
    /// 公布:
    ///   指南清单:
    ///     - {名称: 基本材料, 份数: 2, 材料: [申请人照片, 健康证明]}
    /// ```
    ///
    /// ## 依据
    ///
    /// 审查规则 G03：写明的数目等于列出的数目。
    pub static CODE = "miscounted-groups", Materials, Error, allowable;
}

/// Counts the rows of each published group.
pub fn check(facts: &Facts<'_>, sink: &mut Sink) {
    let Some(published) = &facts.program.bundle.published else { return };
    for group in published.guide_list.iter().filter(|group| !group.damaged && group.rows.span.is_some()) {
        let (Some(count), Some(name)) = (group.count, &group.name) else { continue };
        let rows = group.rows.len();
        let unit = group.unit.as_ref().map_or("份", |unit| &unit.value);
        if count.value.0 as usize != rows {
            sink.push(
                CODE.at(count.span, format!("“{name}”写的是{}{unit}，列出了{rows}{unit}", count.value.0))
                    .label(format!("列出了{rows}{unit}"))
                    .help("数一数列出的材料，改正数目或者补上漏列的")
                    .fix(Fix::replace(count.span, rows.to_string(), format!("改为{rows}")).to_be_confirmed()),
            );
        }
    }
}
