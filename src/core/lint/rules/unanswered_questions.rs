use rustc_hash::FxHashSet;

use crate::code;
use crate::diagnostic::Sink;
use crate::facts::Facts;
use crate::program::{ItemId, Program, QuestionId, Scenario};

code! {
    /// # 典型情形漏答了问题
    ///
    /// 典型情形要像一个真实的申请人那样，把会问到的问题都答上。漏答一个，凡是跟它有关的材料和事项都会当作不适用，
    /// 算出来的份数、时限就偏少，还看不出来。按已有的回答不会问到的、只跟“不办”的事项有关的，不必答。
    ///
    /// ## 反例
    ///
    /// ```yaml
    /// 一件事: 例子
    /// 标识: example
    /// 情形:
    ///   办税: {问: 是否需要办理涉税事项？}
    ///   开票: {问: 开具哪种发票？, 选项: [普通发票, 专用发票], 当: 办税}
    /// 联办事项:
    ///   涉税: {名称: 例子涉税事项, 单位: 税务部门, 当: 办税, 材料: [{材料: 承诺书, 当: 开票 = 专用发票}]}
    /// 典型情形:
    ///   - {名称: 要办税, 答案: {办税: 是}}
    /// ```
    ///
    /// ## 正例
    ///
    /// ```yaml
    /// 一件事: 例子
    /// 标识: example
    /// 情形:
    ///   办税: {问: 是否需要办理涉税事项？}
    ///   开票: {问: 开具哪种发票？, 选项: [普通发票, 专用发票], 当: 办税}
    /// 联办事项:
    ///   涉税: {名称: 例子涉税事项, 单位: 税务部门, 当: 办税, 材料: [{材料: 承诺书, 当: 开票 = 专用发票}]}
    /// 典型情形:
    ///   - {名称: 要办税, 答案: {办税: 是, 开票: 普通发票}}
    ///   - {名称: 不办税, 答案: {办税: 否}}
    /// ```
    ///
    /// ## 依据
    ///
    /// 审查规则 S09：改革前后按同一情形比较。
    pub static CODE = "unanswered-questions", Conditions, Error, allowable;
}

/// One finding for each scenario that leaves something open.
pub fn check(facts: &Facts<'_>, sink: &mut Sink) {
    let program = facts.program;
    if program.scenarios.is_empty() {
        return;
    }
    let all = needed(program, &FxHashSet::default());
    for scenario in facts.trusted_scenarios() {
        let without: FxHashSet<ItemId> = scenario.without.iter().map(|at| at.value).collect();
        let own = (!without.is_empty()).then(|| needed(program, &without));
        let open: Vec<_> = own.as_ref().unwrap_or(&all).iter().filter(|&&id| is_open(program, scenario, id)).collect();
        let (Some(&&first), Some(name)) = (open.first(), &scenario.written.name) else { continue };
        let names: Vec<_> = open.iter().map(|&&id| format!("“{}”", program.question(id).name.value)).collect();
        let message = format!("典型情形“{}”没有回答{}", name.value, names.join(""));
        sink.push(
            CODE.at(name.span, message)
                .related(program.question(first).name.span, "按已有的回答会问到")
                .help(format!("在“答案”里写上{}", names.join(""))),
        );
    }
}

/// The questions that decide something when these items are not taken, in the order written.
fn needed(program: &Program<'_>, without: &FxHashSet<ItemId>) -> Vec<QuestionId> {
    let mut used = Vec::new();
    for (item, cond) in program.conditions() {
        if item.is_none_or(|item| !without.contains(&item)) {
            cond.test.questions(&mut used);
        }
    }
    used.sort_unstable();
    used.dedup();
    used
}

fn is_open(program: &Program<'_>, scenario: &Scenario, id: QuestionId) -> bool {
    let when = program.question(id).when.as_ref();
    let asked = when.is_none_or(|when| when.test.eval(&scenario.answers) == Some(true));
    asked && scenario.answers.get(id).is_none()
}
