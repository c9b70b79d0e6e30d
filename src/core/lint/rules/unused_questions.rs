use rustc_hash::FxHashSet;

use crate::code;
use crate::diagnostic::Sink;
use crate::facts::Facts;

code! {
    /// # 问了却没有用
    ///
    /// “情形”里的每个问题都要申请人回答。没有任何“当”用到它，答什么都一样，就不该问。
    /// 也可能是条件漏写了：本该只在某种情形下才要的材料，现在人人都要交。
    ///
    /// ## 反例
    ///
    /// ```yaml
    /// 一件事: 例子
    /// 标识: example
    /// 情形:
    ///   门头装修: {问: 是否装修门头、占用城市道路？}
    /// 联办事项:
    ///   占道: {名称: 例子占道审批, 单位: 城管部门, 材料: [效果图]}
    /// ```
    ///
    /// ## 正例
    ///
    /// ```yaml
    /// 一件事: 例子
    /// 标识: example
    /// 情形:
    ///   门头装修: {问: 是否装修门头、占用城市道路？}
    /// 联办事项:
    ///   占道: {名称: 例子占道审批, 单位: 城管部门, 当: 门头装修, 材料: [效果图]}
    /// ```
    ///
    /// ## 依据
    ///
    /// 审查规则 S04：每个问题都要用到。
    pub static CODE = "unused-questions", Conditions, Warning, allowable;
}

/// Reports questions that no condition uses.
pub fn check(facts: &Facts<'_>, sink: &mut Sink) {
    let program = facts.program;
    if program.questions.is_empty() {
        return;
    }
    let mut used = Vec::new();
    for (_, cond) in program.conditions() {
        cond.test.questions(&mut used);
    }
    let mut used: FxHashSet<&str> = used.into_iter().map(|id| &*program.question(id).name.value).collect();
    // The published list has conditions, too; it is compared with the rest, so a question may be asked for its sake.
    let groups = program.bundle.published.iter().flat_map(|published| published.guide_list.iter());
    let rows = groups.flat_map(|group| group.rows.iter()).filter_map(|row| row.when.as_ref());
    used.extend(rows.flat_map(|when| when.questions()).map(|name| &*name.value));
    for question in program.questions.iter().filter(|question| !used.contains(&*question.name.value)) {
        let message = format!("没有哪个“当”用到“{}”，问了也没有用", question.name.value);
        sink.push(CODE.at(question.name.span, message).help("删去这个问题；是条件漏写了，就补上“当”"));
    }
}
