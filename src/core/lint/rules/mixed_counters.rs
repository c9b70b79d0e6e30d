use crate::code;
use crate::diagnostic::Sink;
use crate::facts::Facts;
use crate::model::Text;

code! {
    /// # 量词不统一
    ///
    /// 同一张清单里，有的写“4份”，有的写“2个”。“2个”是两种材料还是一种材料两份，申请人要猜。
    ///
    /// ## 反例
    ///
    /// ```yaml
    /// 一件事: 例子
    /// 标识: example
    /// 联办事项:
    ///   登记: {名称: 例子登记, 单位: 市场监管部门, 材料: [申请人照片, 健康证明, 效果图]}
    /// 公布:
    ///   指南清单:
    ///     - {名称: 基本材料, 份数: 1, 量词: 份, 材料: [申请人照片]}
    ///     - {名称: 登记材料, 份数: 2, 量词: 个, 材料: [健康证明, 效果图]}
    /// ```
    ///
    /// ## 正例
    ///
    /// ```yaml
    /// 一件事: 例子
    /// 标识: example
    /// 联办事项:
    ///   登记: {名称: 例子登记, 单位: 市场监管部门, 材料: [申请人照片, 健康证明, 效果图]}
    /// 公布:
    ///   指南清单:
    ///     - {名称: 基本材料, 份数: 1, 量词: 份, 材料: [申请人照片]}
    ///     - {名称: 登记材料, 份数: 2, 量词: 份, 材料: [健康证明, 效果图]}
    /// ```
    ///
    /// ## 依据
    ///
    /// 审查规则 L12：同类数量的单位写法一致。
    pub static CODE = "mixed-counters", Wording, Warning, allowable;
}

/// Reports the groups whose counter is not the usual one of the list.
pub fn check(facts: &Facts<'_>, sink: &mut Sink) {
    let Some(published) = &facts.program.bundle.published else { return };
    let units: Vec<&Text> = published.guide_list.iter().filter_map(|group| group.unit.as_deref()).collect();
    // Names of counters are few.
    let mut counts: Vec<(&Text, usize)> = Vec::new();
    for &unit in &units {
        match counts.iter_mut().find(|(known, _)| known.value == unit.value) {
            Some((_, count)) => *count += 1,
            None => counts.push((unit, 1)),
        }
    }
    let Some(&(usual, _)) = counts.iter().rev().max_by_key(|(_, count)| *count) else { return };
    for &(unit, _) in counts.iter().filter(|(unit, _)| unit.value != usual.value) {
        sink.push(
            CODE.at(unit.span, format!("同一张清单里，这里用“{unit}”，别处用“{usual}”"))
                .related(usual.span, format!("这里用“{usual}”"))
                .help(format!("统一用“{usual}”")),
        );
    }
}
