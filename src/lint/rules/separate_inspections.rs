use crate::code;
use crate::diagnostic::Sink;
use crate::lint::Cx;
use crate::model::StageKind;
use crate::program::{ItemId, MeasureKind, Program, Test, realisable};
use rustc_hash::{FxHashMap, FxHashSet};

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
    pub static CODE = "separate-inspections", Warning, allowable;
}

/// How many other items one item is compared with.
const COMPARED: usize = 64;

/// Looks at each kind of stage that can be joint.
pub fn check(cx: &Cx<'_>, sink: &mut Sink) {
    let program = cx.program;
    let dropped: FxHashSet<(ItemId, usize)> = program
        .measures
        .iter()
        .filter_map(|measure| match &measure.kind {
            MeasureKind::DropStage { item, stage } => Some((*item, *stage)),
            _ => None,
        })
        .collect();
    for kind in [StageKind::Inspection, StageKind::Assessment, StageKind::FinalInspection] {
        // One visit a joint measure, one a remaining item.
        let mut visit: FxHashMap<ItemId, usize> = FxHashMap::default();
        for (index, measure) in program.measures.iter().enumerate() {
            match &measure.kind {
                MeasureKind::JointStage { items, kind: joint, .. } if *joint == kind => {
                    visit.extend(items.iter().map(|at| (at.value, index)));
                }
                _ => {}
            }
        }
        let with: Vec<(ItemId, usize)> = program
            .item_ids()
            .filter_map(|id| Some((id, program.item(id).stages.iter().position(|stage| stage.kind == kind)?)))
            .filter(|stage| !dropped.contains(stage))
            .collect();
        let Some(&(first, at)) = with.iter().find(|(id, _)| !visit.contains_key(id)) else { continue };
        let others: Vec<_> = with
            .iter()
            .filter(|(id, _)| *id != first)
            .take(COMPARED)
            .filter(|(id, _)| joinable(program, first, *id))
            .collect();
        if others.is_empty() {
            continue;
        }
        let span = |id: ItemId, at: usize| {
            let stage = &program.item(id).stages[at].written;
            stage.kind.map_or(stage.head, |kind| kind.span)
        };
        let names: Vec<_> =
            others.iter().map(|(id, _)| format!("“{}”", program.item(*id).name.value)).take(3).collect();
        let more = if others.len() > 3 { "等" } else { "" };
        let name = &program.item(first).name.value;
        let message = format!("“{name}”和{}{more}都要{kind}\u{ff0c}没有安排联合{kind}", names.join("、"));
        let mut diagnostic = CODE.at(span(first, at), message).label(format!("单独{kind}"));
        for &&(id, at) in others.iter().take(8) {
            diagnostic = diagnostic.related(span(id, at), format!("“{}”也要{kind}", program.item(id).name.value));
        }
        sink.push(
            diagnostic.help(format!("在“改革举措”里加“- 联合{kind}: {{事项: [……]}}”\u{ff0c}约定同一天、一张单子做完")),
        );
    }
}

/// Whether two items can be under way at the same time: neither waits for the other, and some applicant needs both.
fn joinable(program: &Program<'_>, a: ItemId, b: ItemId) -> bool {
    let waits = |a, b| {
        program.preconditions.precedes(a, b, &|_| true) || program.preconditions.of(b).any(|(first, ..)| first == a)
    };
    let tests: Vec<&Test> =
        [a, b].iter().filter_map(|id| program.item(*id).when.as_ref()).map(|cond| &cond.test).collect();
    !waits(a, b) && !waits(b, a) && realisable(program, &tests) == Some(true)
}
