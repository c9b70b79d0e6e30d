use crate::code;
use crate::diagnostic::Sink;
use crate::facts::Facts;
use crate::lint::completeness::{demanded, level, missing};
use crate::model::{MaterialMeasure, Measure, MeasureKind};
use crate::reform::Fate;

code! {
    /// # 容缺没有说清楚
    ///
    /// 只写“可以容缺”，申请人不知道哪天以前补、怎么补、不补会怎样，窗口也不敢收。
    /// 容缺要写全三样：补交时限、补交方式、逾期处理。草案不检查，试行时是警告，发布时是错误。
    ///
    /// ## 反例
    ///
    /// ```yaml
    /// # 允许(missing-elements): 例子只说明容缺
    /// 一件事: 例子
    /// 标识: example
    /// 状态: 试行
    /// 联办事项:
    ///   # 允许(missing-elements): 例子只说明容缺
    ///   登记: {名称: 例子登记, 单位: 市场监管部门, 材料: [场所使用证明]}
    /// 改革举措:
    ///   - 容缺: {材料: 场所使用证明, 补交时限: 5工作日}
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
    ///   - 容缺: {材料: 场所使用证明, 补交时限: 5工作日, 补交方式: 网上上传或邮寄, 逾期处理: 逾期不补的不予许可}
    /// ```
    ///
    /// ## 依据
    ///
    /// 国发〔2024〕3号：容缺事项承诺办；化府办〔2025〕22号等地方规定：容缺应当明确补交期限、方式和逾期处理。
    pub static CODE = "incomplete-deferrals", Measures, Error, allowable;
}

/// Reports deferrals without their terms, declared by a measure or only by the row.
pub fn check(facts: &Facts<'_>, sink: &mut Sink) {
    let Some(level) = level(facts) else { return };
    for measure in &facts.program.measures {
        let MeasureKind::Defer(written) = &measure.written.kind else { continue };
        let parts = missing(
            &[MaterialMeasure::supply_within, MaterialMeasure::supply_by, MaterialMeasure::overdue]
                .map(|key| (key.key, written.wrote(key))),
        );
        let (false, false, Some(material)) = (parts.is_empty(), written.damaged, &written.material) else { continue };
        let message = format!("“{}”容缺，没有写{}", material.value, parts.join("、"));
        let diagnostic = CODE.at(measure.written.head, message).help(format!("在这条举措里补上{}", parts.join("、")));
        sink.push(demanded(facts, diagnostic, level));
    }
    for entry in facts.widest().ledger.entries.iter().filter(|entry| entry.fate == Fate::Deferred(None)) {
        let Some(row) = entry.row(facts.program) else { continue };
        let Some(at) = &row.written.necessity else { continue };
        let message = format!("“{}”容缺后补，没有写补交时限、补交方式和逾期处理", row.label.value);
        let parts = [MaterialMeasure::supply_within, MaterialMeasure::supply_by, MaterialMeasure::overdue];
        let parts = parts.map(|key| key.with("……"));
        let help = format!(
            "在“改革举措”里写“{}: {{{}, {}}}”",
            Measure::Defer.key,
            MaterialMeasure::material.with(&row.label.value),
            parts.join(", ")
        );
        sink.push(demanded(facts, CODE.at(at.span, message).help(help), level));
    }
}
