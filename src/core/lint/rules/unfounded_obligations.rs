use crate::code;
use crate::diagnostic::Sink;
use crate::facts::Facts;
use crate::model::{self, LegalBasis};

code! {
    /// # 写成必办，却没有依据
    ///
    /// “一件事”里办哪几项由申请人自己选，除非法律规定离不开。写“必办”就要写出是哪一部法、哪一条；
    /// 只写“是”，或者只写“可选: 否”，等于部门自己规定必须一起办，搭车办理。
    ///
    /// ## 反例
    ///
    /// ```yaml
    /// 一件事: 例子
    /// 标识: example
    /// 联办事项:
    ///   登记: {名称: 例子登记, 单位: 市场监管部门, 可选: 否}
    ///   备案: {名称: 例子备案, 单位: 公安部门}
    /// ```
    ///
    /// ## 正例
    ///
    /// ```yaml
    /// 一件事: 例子
    /// 标识: example
    /// 联办事项:
    ///   登记: {名称: 例子登记, 单位: 市场监管部门, 必办: {法规: 《中华人民共和国市场主体登记管理条例》, 条款: 第三条}}
    ///   备案: {名称: 例子备案, 单位: 公安部门}
    /// ```
    ///
    /// ## 依据
    ///
    /// 国办发〔2022〕32号：申请人可以根据需要选择办理其中的事项。
    pub static CODE = "unfounded-obligations", Items, Error, allowable;
}

/// What people write instead of a law.
const NO_LAWS: [&str; 8] = ["是", "否", "必办", "必须", "必须办", "要", "有", "无"];

/// Looks at each item.
pub fn check(facts: &Facts<'_>, sink: &mut Sink) {
    let help = || {
        let basis = format!("{{{}, {}}}", LegalBasis::law.with("《……》"), LegalBasis::article.with("第……条"));
        format!("写“{}”；没有依据的，删去，让申请人自己选", model::Item::mandatory.with(basis))
    };
    for id in facts.program.item_ids() {
        let item = facts.program.item(id);
        let name = &item.name.value;
        let mut said = false;
        for basis in item.written.mandatory.iter() {
            let Some(law) = &basis.law else { continue };
            if NO_LAWS.contains(&&*law.value) {
                said = true;
                let message = format!("“{name}”写成必办，“{}”却不是哪一部法律法规", law.value);
                sink.push(CODE.at(law.span, message).help(help()));
            }
        }
        let Some(optional) = &item.written.optional else { continue };
        let mandatory = item.written.mandatory.iter().next();
        match (optional.value.0, mandatory) {
            (false, None) if facts.trusts_item(id) => {
                let message = format!("“{name}”写成不能不办，却没有写依据");
                sink.push(CODE.at(optional.span, message).help(help()));
            }
            (true, Some(basis)) if !said => {
                let message = format!("“{name}”又写可选，又写必办");
                sink.push(CODE.at(optional.span, message).related(basis.span, "必办写在这里").help("两样只留一样"));
            }
            _ => {}
        }
    }
}
