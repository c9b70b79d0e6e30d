use crate::code;
use crate::diagnostic::Sink;
use crate::facts::Facts;
use crate::lint::causes::condition_span;
use crate::scenario::{OverlapKind, Part};

code! {
    /// # 二选一的事项撞到了一起
    ///
    /// 两个事项看起来只该办一个，有的申请人却两个都要办：一个写“50平方米以下”，一个写“50平方米以上”，
    /// “以下”“以上”都包括50，正好50平方米的办了两遍；或者两个事项办出来的是同一份证照。
    ///
    /// 一个事项的范围包括了另一个的，不算二选一。
    ///
    /// ## 反例
    ///
    /// ```yaml
    /// 一件事: 例子
    /// 标识: example
    /// 情形:
    ///   经营面积: {问: 经营面积多少平方米？, 数值: {单位: 平方米, 最小: 1, 最大: 500}}
    /// 联办事项:
    ///   小型: {名称: 小型例子许可, 单位: 市场监管部门, 当: 经营面积 ≤ 50}
    ///   大型: {名称: 大型例子许可, 单位: 市场监管部门, 当: 经营面积 ≥ 50}
    /// ```
    ///
    /// ## 正例
    ///
    /// ```yaml
    /// 一件事: 例子
    /// 标识: example
    /// 情形:
    ///   经营面积: {问: 经营面积多少平方米？, 数值: {单位: 平方米, 最小: 1, 最大: 500}}
    /// 联办事项:
    ///   小型: {名称: 小型例子许可, 单位: 市场监管部门, 当: 经营面积 ≤ 50}
    ///   大型: {名称: 大型例子许可, 单位: 市场监管部门, 当: 经营面积 > 50}
    /// ```
    ///
    /// ## 依据
    ///
    /// 审查规则 S01、S03：互斥的情形不得同时成立；“以下”“以上”包括本数（《中华人民共和国民法典》第一千二百五十九条）。
    pub static CODE = "overlapping-items", Items, Warning, allowable;
}

/// Reports each pair.
pub fn check(facts: &Facts<'_>, sink: &mut Sink) {
    let program = facts.program;
    let Some(proofs) = facts.proofs() else { return };
    for overlap in &proofs.overlaps {
        let (first, second) = (overlap.first, overlap.second);
        let name = |part: Part| part.item(program).map_or("", |id| &*program.item(id).name.value);
        let clause = overlap.witness.clause(program);
        let both = format!("{clause}“{}”和“{}”都要办", name(first), name(second));
        let diagnostic = match overlap.kind {
            OverlapKind::SameResult => {
                let Part::Result(id, result) = second else { continue };
                let document = &program.item(id).results[result].label.value;
                CODE.at(second.span(program), format!("{both}，办出来的却是同一份“{document}”"))
                    .related(first.span(program), format!("“{}”也办出这一份", name(first)))
                    .help("只该办一个的，用“当”分开；是两份文书的，写成两个名称，或者写明“持有人”")
            }
            OverlapKind::Bounds(question) => {
                let question = &program.question(question).name.value;
                let message = format!("{both}：按“{question}”分的两头撞到了一起");
                CODE.at(condition_span(program, second), message)
                    .related(condition_span(program, first), format!("“{}”的条件也包括这样的回答", name(first)))
                    .help("“≤”“≥”都包括本数：只留一边，另一边写“<”或者“>”；确实都要办的，写明理由允许")
            }
        };
        sink.push(diagnostic);
    }
}
