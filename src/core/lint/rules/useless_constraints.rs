use crate::code;
use crate::diagnostic::Sink;
use crate::facts::Facts;
use crate::lint::causes::condition_span;
use crate::scenario::Part;

code! {
    /// # 约束什么也没有排除
    ///
    /// 约束里的回答本来就不会一起出现（例如那个问题在这种情形下根本不问），或者别的约束已经排除了。
    /// 这样的约束不起作用：可能是多写的，也可能是条件写错了，该排除的没有排除。
    ///
    /// ## 反例
    ///
    /// ```yaml
    /// 一件事: 例子
    /// 标识: example
    /// 情形:
    ///   办税: {问: 是否办理涉税事项？}
    ///   专票: {问: 是否使用增值税专用发票？, 当: 办税}
    /// 约束:
    ///   - {不会出现: 非 办税 且 专票, 说明: 不办税的不用专票。}
    /// 联办事项:
    ///   涉税: {名称: 例子涉税事项, 单位: 税务部门, 当: 办税, 材料: [{材料: 承诺书, 当: 专票}]}
    /// ```
    ///
    /// ## 正例
    ///
    /// ```yaml
    /// 一件事: 例子
    /// 标识: example
    /// 情形:
    ///   办税: {问: 是否办理涉税事项？}
    ///   专票: {问: 是否使用增值税专用发票？, 当: 办税}
    /// 联办事项:
    ///   涉税: {名称: 例子涉税事项, 单位: 税务部门, 当: 办税, 材料: [{材料: 承诺书, 当: 专票}]}
    /// ```
    pub static CODE = "useless-constraints", Conditions, Warning, allowable;
}

/// Reports each such constraint.
pub fn check(facts: &Facts<'_>, sink: &mut Sink) {
    let program = facts.program;
    let Some(proofs) = facts.proofs() else { return };
    for idle in proofs.whole.idle.iter().filter(|idle| matches!(idle.part, Part::Constraint(_))) {
        let message = match idle.because[..] {
            [] => "这条约束什么也没有排除：这样的回答本来就不会一起出现",
            _ => "这条约束什么也没有排除：别的约束已经排除了",
        };
        let mut diagnostic = CODE.at(condition_span(program, idle.part), message);
        for &part in &idle.because {
            diagnostic = diagnostic.related(part.span(program), "已经由这条排除");
        }
        sink.push(diagnostic.help("删去这条约束；本来要排除别的，就改正条件"));
    }
}
