use std::sync::LazyLock;

use crate::code;
use crate::diagnostic::Sink;
use crate::facts::Facts;
use crate::lint::text::{Words, find, place_or_text};
use crate::model::Text;

code! {
    /// # 兜底条款
    ///
    /// “法律法规规定的其他材料”“相关证明材料”等于没有说：群众不知道要带什么，窗口却随时可以再要一份。
    /// 材料、表单和受理条件都要写到可以照着准备的程度；只有个别情形才要的，单列一行，写明“当”什么情形。
    ///
    /// ## 反例
    ///
    /// ```yaml
    /// 一件事: 例子
    /// 标识: example
    /// 受理条件: [年满十八周岁, 法律法规规定的其他条件]
    /// 联办事项:
    ///   登记: {名称: 例子登记, 单位: 市场监管部门}
    /// ```
    ///
    /// ## 正例
    ///
    /// ```yaml
    /// 一件事: 例子
    /// 标识: example
    /// 受理条件: [年满十八周岁, 有固定的经营场所]
    /// 联办事项:
    ///   登记: {名称: 例子登记, 单位: 市场监管部门}
    /// ```
    ///
    /// ## 依据
    ///
    /// 江苏省“不见面审批”办事指南编写规范：不得出现兜底条款；国办函〔2017〕115号通报：抽查的事项中 13% 的材料有此类含糊表述。
    pub static CODE = "catch-all-materials", Materials, Error, allowable;
}

const VAGUE_PAPERS: [&str; 19] = [
    "其他材料",
    "其它材料",
    "其他相关材料",
    "其他有关材料",
    "其他证明材料",
    "其他文件",
    "相关材料",
    "有关材料",
    "相关证明",
    "有关证明",
    "相关资料",
    "有关资料",
    "相关文件",
    "等材料",
    "规定的其他",
    "规定应提交的材料",
    "规定应当提交的材料",
    "要求的其他",
    "需要的其他",
];

const VAGUE_TERMS: [&str; 6] = ["规定的其他", "规定的其它", "要求的其他", "其他条件", "其它条件", "其他要求"];

static TABLE: LazyLock<Words> = LazyLock::new(|| Words::new(VAGUE_PAPERS.into_iter().chain(VAGUE_TERMS)));

/// Reports materials, forms and conditions of acceptance that leave the list open.
pub fn check(facts: &Facts<'_>, sink: &mut Sink) {
    let program = facts.program;
    let help = "逐项写出要交的材料；只有个别情形才要的，单列一行，写明“当”什么情形";
    for entry in &facts.widest().ledger.entries {
        let label = match (entry.row(program), entry.content) {
            (Some(row), _) => &row.label,
            (None, crate::reform::Content::Form(index)) => &program.item(entry.item).forms[index].name,
            _ => continue,
        };
        report(facts, label, &VAGUE_PAPERS, "没有说清楚要交什么", help, sink);
    }
    let items = program.items.iter().flat_map(|item| item.written.eligibility.iter());
    for text in program.bundle.eligibility.iter().chain(items) {
        let help = "逐条写出可以对照判断的条件，没有其他条件就删去";
        report(facts, text, &VAGUE_TERMS, "没有说清楚条件是什么", help, sink);
    }
}

fn report(facts: &Facts<'_>, text: &Text, words: &[&str], what: &str, help: &str, sink: &mut Sink) {
    if !TABLE.any(&text.value) {
        return;
    }
    let Some(part) = words.iter().find_map(|word| find(&text.value, word)) else { return };
    let message = format!("“{}”是兜底条款，{what}", text.value);
    sink.push(CODE.at(place_or_text(facts.sources, text, part), message).help(help));
}
