use indexmap::IndexMap;

use crate::code;
use crate::diagnostic::{Fix, Sink};
use crate::facts::Facts;
use crate::lint::text::{find, place_or_text};
use crate::model::{Kind, Text};

code! {
    /// # 个体工商户没有法定代表人
    ///
    /// 法定代表人是法人才有的。个体工商户只有经营者，清单上写“法定代表人身份证”，申请人不知道该交谁的；
    /// 同一个人的身份证用了两种叫法，也合并不到一起。服务对象只有个体工商户时才检查。
    ///
    /// ## 反例
    ///
    /// ```yaml
    /// 一件事: 例子
    /// 标识: example
    /// 服务对象: 个体工商户
    /// 联办事项:
    ///   登记: {名称: 例子登记, 单位: 市场监管部门, 材料: [{材料: 健康证明, 持有人: 法定代表人}]}
    /// ```
    ///
    /// ## 正例
    ///
    /// ```yaml
    /// 一件事: 例子
    /// 标识: example
    /// 服务对象: 个体工商户
    /// 联办事项:
    ///   登记: {名称: 例子登记, 单位: 市场监管部门, 材料: [{材料: 健康证明, 持有人: 经营者}]}
    /// ```
    ///
    /// ## 依据
    ///
    /// 审查规则 M21：个体工商户为经营者，企业为法定代表人，分支机构、合伙企业为负责人、执行事务合伙人。
    pub static CODE = "wrong-applicant-terms", Wording, Error, allowable;
}

const WRONG: &str = "法定代表人";
const RIGHT: &str = "经营者";

/// Reports each wording once.
pub fn check(facts: &Facts<'_>, sink: &mut Sink) {
    let audience = &facts.program.bundle.audience;
    let (Some(first), true) = (audience.first(), audience.iter().all(|text| &*text.value == "个体工商户")) else {
        return;
    };
    let mut wordings: IndexMap<(&str, Kind, &str), Vec<&Text>> = IndexMap::new();
    for wording in facts.texts().iter().filter(|wording| wording.is_own()) {
        let text = wording.text;
        // “法定代表人（经营者）” serves both.
        if find(&text.value, WRONG).is_some() && !text.value.contains(RIGHT) {
            wordings.entry((wording.key.key, wording.kind, &text.value)).or_default().push(text);
        }
    }
    for ((_, kind, _), texts) in wordings {
        let text = texts[0];
        let Some(part) = find(&text.value, WRONG) else { continue };
        let span = place_or_text(facts.sources, text, part);
        let mut diagnostic = CODE
            .at(span, format!("个体工商户没有{WRONG}，只有{RIGHT}"))
            .related(first.span, "服务对象是个体工商户")
            .help(format!("改为“{RIGHT}”"));
        for other in &texts[1..] {
            diagnostic = diagnostic.related(other.span, "这里也是");
        }
        if kind == Kind::Holder && &*text.value == WRONG {
            diagnostic = diagnostic.fix(Fix::replace(span, RIGHT, format!("改为“{RIGHT}”")).to_be_confirmed());
        }
        sink.push(diagnostic);
    }
}
