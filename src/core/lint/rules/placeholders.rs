use crate::code;
use crate::diagnostic::Sink;
use crate::facts::Facts;
use crate::lint::completeness::before_publication;
use crate::model::{Kind, Thing};

code! {
    /// # 占位的内容
    ///
    /// “暂无”“待定”“同上”“/”“XXX”，是给自己留的记号，不是给群众看的内容。印出去，群众读到的就是“结果送达：暂无”。
    ///
    /// 草案和试行时提醒，发布时必须改好。没有想好的栏目先不写。
    ///
    /// ## 反例
    ///
    /// ```yaml
    /// 一件事: 例子
    /// 标识: example
    /// 结果送达: 暂无。
    /// 联办事项:
    ///   登记: {名称: 例子登记, 单位: 市场监管部门}
    /// ```
    ///
    /// ## 正例
    ///
    /// ```yaml
    /// 一件事: 例子
    /// 标识: example
    /// 结果送达: 窗口领取
    /// 联办事项:
    ///   登记: {名称: 例子登记, 单位: 市场监管部门}
    /// ```
    ///
    /// ## 依据
    ///
    /// 审查规则 G13：不得以占位内容代替要素。公开的指南里有：办理地点“1/2”，依据“暂无”，结果送达“暂无。”。
    pub static CODE = "placeholders", Wording, Error, allowable;
}

/// Whole texts that say nothing.
const WHOLE: &[&str] = &[
    "暂无",
    "待定",
    "待补充",
    "待完善",
    "待明确",
    "同上",
    "如上",
    "见上",
    "/",
    "\\",
    "-",
    "—",
    "——",
    "1/2",
    "x",
    "xx",
    "xxx",
    "tbd",
    "todo",
    "n/a",
    "na",
    "null",
    "none",
    "？",
    "?",
    "……",
    "...",
    "略",
];

/// Whether 无 says nothing there, either.
fn is_needed(kind: Kind) -> bool {
    matches!(kind, Kind::Title | Kind::Name(_) | Kind::Contact | Kind::Person | Kind::Instruction | Kind::Law)
}

/// Whether a placeholder is a text like any other there: names that are looked up, answers to choose from, ids.
fn is_free(kind: Kind) -> bool {
    matches!(kind, Kind::Ref(_) | Kind::Mention(_) | Kind::Name(Thing::Choice) | Kind::Id)
}

/// Looks at all texts that are no references.
pub fn check(facts: &Facts<'_>, sink: &mut Sink) {
    for wording in facts.texts().iter().filter(|wording| !is_free(wording.kind)) {
        let text = wording.text;
        let bare = text.value.trim_end_matches(['。', '.', '；', ';', ' ']).to_lowercase();
        let bare = if bare.is_empty() { &*text.value } else { &*bare };
        let marked = text.value.contains("XXX") || text.value.contains("×××") || text.value.contains("xxxx");
        let nothing = is_needed(wording.kind) && ["无", "没有"].contains(&bare);
        if WHOLE.contains(&bare) || marked || nothing {
            let message = format!("“{}”写的是“{text}”，只是占位，没有内容", wording.key.key);
            let diagnostic = CODE.at(text.span, message).help("写上真实的内容；还没有定的，先把这一项删去");
            sink.push(before_publication(facts, diagnostic));
        }
    }
}
