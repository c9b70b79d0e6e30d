use crate::code;
use crate::diagnostic::Sink;
use crate::facts::Facts;
use crate::lint::completeness::before_publication;
use crate::lint::laws::{is_law, is_vague};
use crate::model::{LegalBasis, Status, records};

code! {
    /// # 依据没有写到条款
    ///
    /// 写“依据《食品安全法》全文”“按相关规定”，等于没有写依据：申请人问凭什么要这份材料，窗口翻遍全文也指不出是哪一条。
    ///
    /// “全文”“相关规定”一律报告。法律、条例、规定、办法没有写条款的，草案不提醒，试行时提醒，发布时必须补齐；
    /// 意见、方案、通知不用写条款。
    ///
    /// ## 反例
    ///
    /// ```yaml
    /// 一件事: 例子
    /// 标识: example
    /// 联办事项:
    ///   许可:
    ///     名称: 例子许可
    ///     单位: 市场监管部门
    ///     设定依据: [{法规: 《中华人民共和国食品安全法》, 条款: 全文}]
    /// ```
    ///
    /// ## 正例
    ///
    /// ```yaml
    /// 一件事: 例子
    /// 标识: example
    /// 联办事项:
    ///   许可:
    ///     名称: 例子许可
    ///     单位: 市场监管部门
    ///     设定依据: [{法规: 《中华人民共和国食品安全法》, 条款: 第三十五条第一款}]
    /// ```
    ///
    /// ## 依据
    ///
    /// 审查规则 L04、M13：依据写法规全称和条、款、项，不写“全文”“相关规定”。
    pub static CODE = "missing-articles", Laws, Error, allowable;
}

/// Articles that name none.
const NO_ARTICLES: &[&str] =
    &["全文", "全部", "全部条款", "相关规定", "有关规定", "相关条款", "有关条款", "整部", "详见原文"];

/// Looks at each legal basis.
pub fn check(facts: &Facts<'_>, sink: &mut Sink) {
    for basis in records::<LegalBasis>(&facts.program.bundle) {
        let Some(law) = &basis.law else { continue };
        if is_vague(&law.value) {
            sink.push(
                CODE.at(law.span, format!("“{law}”没有说是哪一部法规的哪一条"))
                    .label("不是法规名称")
                    .help("写法规全称和条款；确实没有依据的，不应当要求"),
            );
            continue;
        }
        match &basis.article {
            Some(article) if NO_ARTICLES.contains(&&*article.value) => sink.push(
                CODE.at(article.span, format!("依据{law}只写了“{article}”，没有指明条款"))
                    .help("写到条、款、项，例如“第三十五条第一款”"),
            ),
            None if is_law(&law.value) && !basis.damaged && facts.program.status != Status::Draft => {
                let diagnostic = CODE.at(law.span, format!("依据{law}没有写条款"));
                sink.push(before_publication(facts, diagnostic.help("加上“条款”，例如“第三十五条第一款”")));
            }
            _ => {}
        }
    }
}
