use indexmap::IndexMap;

use crate::code;
use crate::diagnostic::Sink;
use crate::facts::Facts;
use crate::model::Text;
use crate::program::{MaterialId, bare};
use crate::source::{Date, Span};

code! {
    /// # 已经废止的文件
    ///
    /// 有些证件早就不发了，清单里还在要：新办的人根本拿不出来，只能来回问。
    /// 程序认得几种常见的（组织机构代码证、税务登记证、开户许可证、企业名称预先核准通知书），其他的在材料目录里写“废止”。
    ///
    /// ## 反例
    ///
    /// ```yaml
    /// # 文件: 例子.yaml
    /// 一件事: 例子
    /// 标识: example
    /// 联办事项:
    ///   登记: {名称: 例子登记, 单位: 市场监管部门, 材料: [税务登记证]}
    /// # 文件: 目录/材料.yaml
    /// 材料目录:
    ///   居民身份证: {核发: 公安部门}
    ///   税务登记证: {}
    /// ```
    ///
    /// ## 正例
    ///
    /// ```yaml
    /// 一件事: 例子
    /// 标识: example
    /// 联办事项:
    ///   登记: {名称: 例子登记, 单位: 市场监管部门, 材料: [效果图]}
    /// ```
    ///
    /// ## 依据
    ///
    /// 审查规则 M18：不得要求提供已经废止的文件。
    pub static CODE = "abolished-documents", Laws, Error, allowable;
}

const ABOLISHED: [&str; 6] =
    ["企业名称预先核准通知书", "名称预先核准通知书", "组织机构代码证", "税务登记证", "开户许可证", "银行开户许可证"];

/// Reports each such document once, where it is first asked for or issued.
pub fn check(facts: &Facts<'_>, sink: &mut Sink) {
    let program = facts.program;
    let mut places: IndexMap<MaterialId, Vec<(Span, &Text, &str)>> = IndexMap::new();
    for (index, entry) in facts.widest().ledger.entries.iter().enumerate() {
        let Some(row) = entry.row(program) else { continue };
        // One that the reform no longer asks for is what it should be.
        if !facts.widest().ledger.entries[facts.widest().ledger.standing(index)].is_after() {
            continue;
        }
        // Where there is a choice, nobody is asked for it.
        if let [document] = row.any_of[..] {
            places.entry(document).or_default().push((row.label.span, &row.label, "还要申请人提交"));
        }
    }
    for result in program.items.iter().flat_map(|item| &item.results) {
        places.entry(result.document).or_default().push((result.label.span, &result.label, "还列为办理结果"));
    }
    for (document, list) in places {
        let material = program.workspace.material(document);
        let declared = material.written.abolished.as_ref();
        let (span, label, what) = list[0];
        let known = [&label.value, &material.name.value].iter().any(|name| ABOLISHED.contains(&&*bare(name).name));
        if !known && !declared.is_some_and(|text| in_force(facts, text)) {
            continue;
        }
        let mut diagnostic = CODE.at(span, format!("“{}”已经废止，{what}", label.value));
        if let Some(text) = declared {
            diagnostic = diagnostic.related(text.span, "材料目录写明已经废止");
        }
        for (span, _, what) in list.iter().skip(1) {
            diagnostic = diagnostic.related(*span, format!("这里也{what}"));
        }
        sink.push(diagnostic.help("删去；今天确实还在收的，在“改革举措”里写“取消材料”"));
    }
}

/// Whether the abolition is not one to come.
fn in_force(facts: &Facts<'_>, text: &Text) -> bool {
    let today = facts.program.workspace.settings.today;
    match (Date::parse(&text.value), today) {
        (Some(date), Some(today)) => date <= today,
        _ => true,
    }
}
