use crate::code;
use crate::diagnostic::Sink;
use crate::facts::Facts;
use crate::model::{Precondition, StageKind};

code! {
    /// # 前置绕成了一圈
    ///
    /// 甲要等乙办完，乙又要等甲办完，谁也没法先办。圈子再大也一样：顺着“前置”走，不能回到起点。
    /// 检查会指出最短的那一圈，圈上每一处“前置”都标出来。
    ///
    /// 有“当”的，只在圈上的事项真有人要一起办时才报告，并说出是什么样的申请人；不会碰到一起的，各办各的，不算一圈。
    ///
    /// ## 反例
    ///
    /// ```yaml
    /// 一件事: 例子
    /// 标识: example
    /// 联办事项:
    ///   登记: {名称: 例子登记, 单位: 市场监管部门, 前置: [许可]}
    ///   许可: {名称: 例子许可, 单位: 城管部门, 前置: [登记]}
    /// ```
    ///
    /// ## 正例
    ///
    /// ```yaml
    /// 一件事: 例子
    /// 标识: example
    /// 联办事项:
    ///   登记: {名称: 例子登记, 单位: 市场监管部门}
    ///   许可: {名称: 例子许可, 单位: 城管部门, 前置: [登记]}
    /// ```
    ///
    /// ## 依据
    ///
    /// 审查规则 F01：前置关系不得循环。
    pub static CODE = "circular-preconditions", Order, Error;
}

/// Reports the shortest cycle of each knot of items that somebody meets.
pub fn check(facts: &Facts<'_>, sink: &mut Sink) {
    let program = facts.program;
    let cycles = facts.proofs().map_or(&[][..], |proofs| &proofs.order.cycles);
    for cycle in cycles {
        let clause = cycle.witness.clause(program);
        let [first, rest @ ..] = &cycle.links[..] else { continue };
        let name = |id| &program.item(id).name.value;
        let message = match rest {
            [] => format!("{clause}“{}”以自己为前置，没法开始办", name(first.item)),
            [_] => format!("{clause}“{}”和“{}”互为前置，谁也没法先办", name(first.item), name(first.first)),
            _ => {
                let names: Vec<_> = cycle.links.iter().map(|link| format!("“{}”", name(link.item))).collect();
                format!("{clause}前置绕成了一圈，谁也没法先办：{}又要等{}", names.join("等"), names[0])
            }
        };
        let mut diagnostic = CODE.at(first.span, message);
        diagnostic = diagnostic.label(format!("{}要等{}", name(first.item), name(first.first)));
        for link in rest {
            diagnostic = diagnostic.related(link.span, format!("{}又要等{}", name(link.item), name(link.first)));
        }
        sink.push(diagnostic.help(format!(
            "去掉其中一处“前置”；如果只需等到对方受理，写“{{{}, {}}}”",
            Precondition::item.with("……"),
            Precondition::stage.with(StageKind::Acceptance)
        )));
    }
}
