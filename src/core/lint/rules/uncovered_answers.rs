use crate::code;
use crate::diagnostic::Sink;
use crate::facts::Facts;
use crate::lint::causes::condition_span;
use crate::model::Exit;
use crate::scenario::Part;

code! {
    /// # 有的回答没有出路
    ///
    /// 几个事项按一个问题的回答分着办（例如经营面积50平方米以下的办小餐饮许可），有的回答却一个事项也对不上：
    /// 经营面积60平方米的人照着指南走下来，少办了一样，或者白跑一趟，指南却没有告诉他该去哪里。
    ///
    /// 办不了的，在“不适用”里写明去处；能办的，补上对应的事项；真的什么也不用办的，写明理由允许。
    /// 是/否题不报告（“否”就是不需要）；选项是“不”“无”“没有”开头的也不报告；
    /// 达到一定数量才要办的（例如面积300平方米以上的要消防检查），达不到就不需要，也不报告。
    ///
    /// ## 反例
    ///
    /// ```yaml
    /// 一件事: 例子
    /// 标识: example
    /// 情形:
    ///   经营面积: {问: 经营面积多少平方米？, 数值: {单位: 平方米, 最小: 1, 最大: 500}}
    /// 联办事项:
    ///   登记: {名称: 例子登记, 单位: 市场监管部门}
    ///   许可: {名称: 例子许可, 单位: 市场监管部门, 当: 经营面积 ≤ 50}
    /// ```
    ///
    /// ## 正例
    ///
    /// ```yaml
    /// 一件事: 例子
    /// 标识: example
    /// 情形:
    ///   经营面积: {问: 经营面积多少平方米？, 数值: {单位: 平方米, 最小: 1, 最大: 500}}
    /// 不适用:
    ///   - {当: 经营面积 > 50, 建议: 请到市场监管部门窗口办理食品经营许可。}
    /// 联办事项:
    ///   登记: {名称: 例子登记, 单位: 市场监管部门}
    ///   许可: {名称: 例子许可, 单位: 市场监管部门, 当: 经营面积 ≤ 50}
    /// ```
    ///
    /// ## 依据
    ///
    /// 审查规则 S02：每一种回答都有结果，或者有明确的“不适用”。
    pub static CODE = "uncovered-answers", Conditions, Warning, allowable;
}

/// Reports each question with such answers.
pub fn check(facts: &Facts<'_>, sink: &mut Sink) {
    let program = facts.program;
    let Some(proofs) = facts.proofs() else { return };
    for gap in &proofs.gaps {
        let words: Vec<_> = gap.answers.iter().map(|answer| answer.words(program, gap.question)).collect();
        let words = words.join("，或者");
        let message = format!("{words}的，没有对应的事项，这样的申请人该去哪里？");
        let mut diagnostic = CODE.at(program.question(gap.question).name.span, message);
        for &id in gap.items.iter().take(3) {
            let note = format!("“{}”只在这时才办", program.item(id).name.value);
            diagnostic = diagnostic.related(condition_span(program, Part::Item(id)), note);
        }
        let several = gap.answers.len() > 1;
        let conditions = gap.answers.iter().map(|answer| match answer.condition(program, gap.question) {
            both if several && both.contains(" 且 ") => format!("({both})"),
            condition => condition,
        });
        let conditions: Vec<_> = conditions.collect();
        let example = format!("- {{{}, {}}}", Exit::when.with(conditions.join(" 或 ")), Exit::advice.with("……"));
        sink.push(diagnostic.help(format!("办不了的，在“不适用”里写明去处：“{example}”；能办的，补上对应的事项")));
    }
}
