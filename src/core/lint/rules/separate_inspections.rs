use crate::code;
use crate::diagnostic::Sink;
use crate::facts::Facts;
use crate::model::JointStage;
use crate::program::ItemId;

code! {
    /// # 几家分头上门
    ///
    /// 两个以上的事项都要勘验（评审、验收），又没有先后，却没有安排一起做：申请人要一次次关门等人，几家各查各的。
    ///
    /// ## 反例
    ///
    /// ```yaml
    /// 一件事: 例子
    /// 标识: example
    /// 联办事项:
    ///   许可: {名称: 例子许可, 单位: 市场监管部门, 环节: [审查, 勘验, 决定]}
    ///   占道: {名称: 例子占道许可, 单位: 城管部门, 环节: [审查, 勘验, 决定]}
    /// ```
    ///
    /// ## 正例
    ///
    /// ```yaml
    /// 一件事: 例子
    /// 标识: example
    /// 联办事项:
    ///   许可: {名称: 例子许可, 单位: 市场监管部门, 环节: [审查, 勘验, 决定]}
    ///   占道: {名称: 例子占道许可, 单位: 城管部门, 环节: [审查, 勘验, 决定]}
    /// 改革举措:
    ///   - 联合勘验: {事项: [许可, 占道]}
    /// ```
    ///
    /// ## 依据
    ///
    /// 审查规则 F06：受理的事项中有两个以上需要评审、勘验、验收的，推行联合评审、联合勘验、联合验收。
    pub static CODE = "separate-inspections", Measures, Warning, allowable;
}

/// Looks at each kind of stage that can be joint.
pub fn check(facts: &Facts<'_>, sink: &mut Sink) {
    let program = facts.program;
    for separate in facts.proofs().map_or(&[][..], |proofs| &proofs.separate) {
        let kind = separate.kind;
        let (first, at) = separate.first;
        let others = &separate.others;
        let span = |id: ItemId, at: usize| {
            let stage = &program.item(id).stages[at].written;
            stage.kind.map_or(stage.head, |kind| kind.span)
        };
        let names: Vec<_> =
            others.iter().map(|(id, _)| format!("“{}”", program.item(*id).name.value)).take(3).collect();
        let more = if others.len() > 3 { "等" } else { "" };
        let name = &program.item(first).name.value;
        let clause = separate.witness.clause(program);
        let message = format!("{clause}“{name}”和{}{more}都要{kind}，没有安排联合{kind}", names.join("、"));
        let mut diagnostic = CODE.at(span(first, at), message).label(format!("单独{kind}"));
        for &(id, at) in others.iter().take(8) {
            diagnostic = diagnostic.related(span(id, at), format!("“{}”也要{kind}", program.item(id).name.value));
        }
        sink.push(diagnostic.help(format!(
            "在“改革举措”里加“- 联合{kind}: {{{}}}”，约定同一天、一张单子做完",
            JointStage::items.with("[……]")
        )));
    }
}
