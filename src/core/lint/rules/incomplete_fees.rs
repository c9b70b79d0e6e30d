use crate::code;
use crate::diagnostic::Sink;
use crate::facts::Facts;
use crate::lint::completeness::before_publication;
use crate::model::Fee;

code! {
    /// # 收费没有写全
    ///
    /// 写了收费标准，却没有写依据；或者写着“不收费”，又写了标准。收费没有依据，群众可以拒交，审计也要追问。
    ///
    /// ## 反例
    ///
    /// ```yaml
    /// 一件事: 例子
    /// 标识: example
    /// 联办事项:
    ///   登记: {名称: 例子登记, 单位: 市场监管部门, 收费: [{项目: 不收费, 标准: 每件20元}]}
    /// ```
    ///
    /// ## 正例
    ///
    /// ```yaml
    /// 一件事: 例子
    /// 标识: example
    /// 联办事项:
    ///   登记: {名称: 例子登记, 单位: 市场监管部门, 收费: 不收费}
    /// ```
    ///
    /// ## 依据
    ///
    /// 审查规则 C01：收费的写明项目、标准、依据，不收费的不得出现收费内容。
    pub static CODE = "incomplete-fees", Items, Error, allowable;
}

/// Looks at the fees of the whole and of each item.
pub fn check(facts: &Facts<'_>, sink: &mut Sink) {
    let program = facts.program;
    let fees = program.bundle.fees.iter().chain(program.items.iter().flat_map(|item| item.written.fees.iter()));
    for fee in fees.filter(|fee| !fee.damaged) {
        let (Some(name), Some(rate)) = (&fee.name, &fee.rate) else { continue };
        if is_free(&name.value) {
            if !is_free(&rate.value) && rate.value.chars().any(|c| ('1'..='9').contains(&c)) {
                sink.push(
                    CODE.at(rate.span, format!("写着“{name}”，又写了标准“{rate}”"))
                        .related(name.span, "这里写了不收费")
                        .help("不收费就删去标准；收费就写清项目、标准和依据"),
                );
            }
        } else if lacks_basis(fee) {
            let diagnostic = CODE
                .at(rate.span, format!("“{name}”写了标准“{rate}”，没有写收费依据"))
                .help("补上“依据”：价格或财政部门的文件名称和文号");
            sink.push(before_publication(facts, diagnostic));
        }
    }
}

fn is_free(text: &str) -> bool {
    ["不收费", "免费", "无", "不收取费用", "免收"].contains(&text)
}

fn lacks_basis(fee: &Fee) -> bool {
    fee.basis.is_empty() && fee.basis.span.is_none() && !is_free(fee.rate.as_ref().map_or("", |rate| &rate.value))
}
