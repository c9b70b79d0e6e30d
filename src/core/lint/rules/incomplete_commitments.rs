use crate::code;
use crate::diagnostic::Sink;
use crate::facts::Facts;
use crate::lint::completeness::{demanded, level, missing};
use crate::model::{MaterialMeasure, MeasureKind};

code! {
    /// # 告知承诺没有说清楚
    ///
    /// 用承诺代替证明，要让人明白承诺什么、怎样核查、说了假话负什么责任、哪些人不能用。
    /// 缺了这些，承诺书没法签，事后也没法查。草案不检查，试行时是警告，发布时是错误。
    ///
    /// ## 反例
    ///
    /// ```yaml
    /// # 允许(missing-elements): 例子只说明告知承诺
    /// 一件事: 例子
    /// 标识: example
    /// 状态: 试行
    /// 联办事项:
    ///   # 允许(missing-elements): 例子只说明告知承诺
    ///   登记: {名称: 例子登记, 单位: 市场监管部门, 材料: [场所使用证明]}
    /// 改革举措:
    ///   - 告知承诺: {材料: 场所使用证明, 承诺书: 场所使用承诺书}
    /// ```
    ///
    /// ## 正例
    ///
    /// ```yaml
    /// 一件事: 例子
    /// 标识: example
    /// 状态: 草案
    /// 联办事项:
    ///   登记: {名称: 例子登记, 单位: 市场监管部门, 材料: [场所使用证明]}
    /// 改革举措:
    ///   - 告知承诺:
    ///       材料: 场所使用证明
    ///       承诺书: 场所使用承诺书
    ///       核查方式: 发证后三十日内上门核查
    ///       违诺责任: 撤销登记
    ///       不适用: [有失信记录尚未修复的申请人]
    /// ```
    ///
    /// ## 依据
    ///
    /// 国办发〔2020〕42号：告知承诺应当写明证明义务、证明内容、法律责任，有失信记录的在修复前不适用。
    pub static CODE = "incomplete-commitments", Measures, Error, allowable;
}

/// Reports commitments without their terms.
pub fn check(facts: &Facts<'_>, sink: &mut Sink) {
    let Some(level) = level(facts) else { return };
    for measure in &facts.program.measures {
        let MeasureKind::Commitment(written) = &measure.written.kind else { continue };
        let parts = missing(
            &[
                MaterialMeasure::commitment,
                MaterialMeasure::verification,
                MaterialMeasure::liability,
                MaterialMeasure::excluded,
            ]
            .map(|key| (key.key, written.wrote(key))),
        );
        let (false, false, Some(material)) = (parts.is_empty(), written.damaged, &written.material) else { continue };
        let message = format!("“{}”改为告知承诺，没有写{}", material.value, parts.join("、"));
        let diagnostic = CODE.at(measure.written.head, message).help(format!("在这条举措里补上{}", parts.join("、")));
        sink.push(demanded(facts, diagnostic, level));
    }
}
