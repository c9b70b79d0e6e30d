use crate::code;
use crate::diagnostic::Sink;
use crate::facts::Facts;
use crate::model::{Precondition, StageKind};
use crate::program::MeasureKind;

code! {
    /// # 联合办理的环节合不到一起
    ///
    /// 联合勘验、联合评审、联合验收，是几个事项的人同一天一起去、一次做完。
    /// 只写了一个事项、参加的事项没有这个环节，或者一个事项要等另一个办完才开始，都没法一起做。
    ///
    /// ## 反例
    ///
    /// ```yaml
    /// 一件事: 例子
    /// 标识: example
    /// 联办事项:
    ///   许可:
    ///     名称: 例子许可
    ///     单位: 市场监管部门
    ///     环节: [{环节: 审查, 时限: 2工作日}, {环节: 勘验, 时限: 3工作日}]
    ///   占道:
    ///     名称: 例子占道许可
    ///     单位: 城管部门
    ///     环节: [{环节: 审查, 时限: 2工作日}]
    /// 改革举措:
    ///   - 联合勘验: {事项: [许可, 占道]}
    /// ```
    ///
    /// ## 正例
    ///
    /// ```yaml
    /// 一件事: 例子
    /// 标识: example
    /// 联办事项:
    ///   许可:
    ///     名称: 例子许可
    ///     单位: 市场监管部门
    ///     环节: [{环节: 审查, 时限: 2工作日}, {环节: 勘验, 时限: 3工作日}]
    ///   占道:
    ///     名称: 例子占道许可
    ///     单位: 城管部门
    ///     环节: [{环节: 勘验, 时限: 2工作日}]
    /// 改革举措:
    ///   - 联合勘验: {事项: [许可, 占道]}
    /// ```
    ///
    /// ## 依据
    ///
    /// 审查规则 F06：几个事项都有勘验、评审或者验收的，联合进行，一次完成。
    pub static CODE = "impossible-joint-stages", Measures, Error, allowable;
}

/// Looks at each joint measure.
pub fn check(facts: &Facts<'_>, sink: &mut Sink) {
    let program = facts.program;
    for (index, measure) in program.measures.iter().enumerate() {
        let MeasureKind::JointStage { items, kind, .. } = &measure.kind else { continue };
        let (head, key) = (measure.written.head, measure.written.key());
        let mut distinct: Vec<_> = items.iter().map(|at| at.value).collect();
        distinct.sort_unstable();
        distinct.dedup();
        if distinct.len() < 2 {
            // A name that could not be resolved was reported.
            if facts.trusts_all() && written_items(&measure.written.kind) == items.len() {
                let message = format!("“{key}”至少要有两个事项参加");
                sink.push(CODE.at(head, message).help("在“事项”里写上一起做的另一个事项，或者删去这条举措"));
            }
            continue;
        }
        for lost in facts.timing().contested.iter().filter(|lost| lost.measure == index) {
            let Some(at) = items.iter().find(|at| at.value == lost.item) else { continue };
            let name = &program.item(lost.item).name.value;
            let first = &program.measures[lost.first].written;
            sink.push(
                CODE.at(at.span, format!("“{name}”的{kind}已经参加了另一次{key}，不能再参加这一次"))
                    .label("不能参加两次")
                    .related(first.head, "已经写在这里")
                    .help("把一起做的事项写进同一条举措"),
            );
        }
        let without = items.iter().filter(|at| {
            let stages = &program.item(at.value).stages;
            !stages.is_empty() && stages.iter().all(|stage| stage.kind != *kind)
        });
        let mut lacking = false;
        for at in without {
            lacking = true;
            let item = program.item(at.value);
            sink.push(
                CODE.at(at.span, format!("“{}”没有“{kind}”环节，没法参加{key}", item.name.value))
                    .label(format!("没有“{kind}”环节"))
                    .related(item.name.span, "它的环节写在这里")
                    .help(format!("在它的“环节”里补上“{kind}”；确实没有的，从这条举措里去掉")),
            );
        }
        // What waits in a circle is said to do so; without the circle it may well be done jointly.
        let mut circular = program.preconditions.knots().iter().flat_map(|knot| &knot.items);
        if lacking
            || !facts.timing().impossible_joints.contains(&index)
            || circular.any(|item| distinct.binary_search(item).is_ok())
        {
            continue;
        }
        let message = format!("{key}的事项里，一个要等另一个办完才开始，没法一起做");
        let mut diagnostic = CODE.at(head, message).label("没法同时进行");
        for &id in &distinct {
            for (before, _, span) in program.preconditions.of(id) {
                if distinct.binary_search(&before).is_ok() {
                    let (name, first) = (&program.item(id).name.value, &program.item(before).name.value);
                    diagnostic = diagnostic.related(span, format!("“{name}”要等“{first}”"));
                }
            }
        }
        sink.push(diagnostic.help(format!(
            "让前置只等到对方受理（“{{{}, {}}}”），或者不再联合",
            Precondition::item.with("……"),
            Precondition::stage.with(StageKind::Acceptance)
        )));
    }
}

fn written_items(kind: &crate::model::MeasureKind) -> usize {
    use crate::model::MeasureKind::{JointAssessment, JointFinalInspection, JointInspection};
    match kind {
        JointInspection(joint) | JointAssessment(joint) | JointFinalInspection(joint) => joint.items.len(),
        _ => 0,
    }
}
