use crate::code;
use crate::diagnostic::Sink;
use crate::facts::Facts;
use crate::lint::text::clauses;
use crate::model::Necessity;
use crate::program::{Item, Program, Row};

code! {
    /// # 条件藏在文字里
    ///
    /// “委托办理的提供”“需要办税的提交”这样的条件写在名称或须知里，程序看不懂，只能当作人人都要交：
    /// 群众的清单多出用不着的材料，份数也算多了。把条件写成“当”，清单就会按每个人的情形自动增减。
    /// 写了“非必要”却没有说什么情形下才要，也是一样。
    ///
    /// ## 反例
    ///
    /// ```yaml
    /// 一件事: 例子
    /// 标识: example
    /// 联办事项:
    ///   登记:
    ///     名称: 例子登记
    ///     单位: 市场监管部门
    ///     材料: [{材料: 健康证明, 填报须知: 从事直接入口食品工作的提供}]
    /// ```
    ///
    /// ## 正例
    ///
    /// ```yaml
    /// 一件事: 例子
    /// 标识: example
    /// 情形: {直接入口食品: {问: 是否从事直接入口食品工作？}}
    /// 联办事项:
    ///   登记:
    ///     名称: 例子登记
    ///     单位: 市场监管部门
    ///     材料: [{材料: 健康证明, 当: 直接入口食品}]
    /// ```
    ///
    /// ## 依据
    ///
    /// 审查规则 M07：材料的条件应当写明并可以判断。
    pub static CODE = "hidden-conditions", Conditions, Warning, allowable;
}

/// Reports rows without 当 that carry a condition in words, or are not always needed.
pub fn check(facts: &Facts<'_>, sink: &mut Sink) {
    for item in &facts.program.items {
        for row in item.materials.iter().filter(|row| row.when.is_none()) {
            // An agent's papers have a rule of their own.
            if facts.program.agent_paper(row).is_none() {
                check_row(facts.program, item, row, sink);
            }
        }
    }
}

fn check_row(program: &Program<'_>, item: &Item, row: &Row, sink: &mut Sink) {
    let name = &row.label.value;
    let help = "在“情形”里问清楚，再给这份材料写上“当”";
    let texts = [Some(&row.label), row.written.instructions.as_deref(), row.written.note.as_deref()];
    for text in texts.into_iter().flatten() {
        let Some(clause) = condition_in(&text.value) else { continue };
        if known_from_item(program, item, &text.value) {
            continue;
        }
        let message = format!("“{name}”的条件写在文字里，程序只能当作人人都要交");
        let diagnostic = CODE.at(text.span, message).label(format!("“{clause}”是条件"));
        sink.push(diagnostic.help(help));
        return;
    }
    let optional = row.written.necessity.as_ref().filter(|at| at.value == Necessity::Optional);
    if let Some(at) = optional.filter(|_| item.when.is_none()) {
        let message = format!("“{name}”写成非必要，没有写什么情形下才要");
        sink.push(CODE.at(at.span, message).related(row.label.span, "材料写在这里").help(help));
    }
}

/// A part of a text that says when something is handed in.
fn condition_in(text: &str) -> Option<&str> {
    const HAND_IN: [&str; 4] = ["提供", "提交", "出具", "报送"];
    const WHEN: [&str; 6] = ["时", "时需", "时须", "时应", "时应当", "时还应"];
    // What is handed in, not who hands it in.
    const PAPERS: [&str; 5] = ["件", "材料", "文件", "资料", "证明"];
    clauses(text).find(|clause| {
        let verb = HAND_IN.iter().find_map(|verb| clause.strip_suffix(verb));
        let Some(before) = verb else { return clause.starts_with("需要") && clause.ends_with('的') };
        let adverb = ["及时", "按时", "随时", "届时"].iter().any(|word| clause.contains(word));
        if (!adverb && WHEN.iter().any(|when| before.ends_with(when))) || before.starts_with('仅') {
            return true;
        }
        let subject = before.trim_end_matches(['需', '须', '应', '当', '还', '请']);
        let Some(at) = subject.rfind('的') else { return false };
        let who = &subject[at + '的'.len_utf8()..];
        at > 0 && who.chars().count() <= 6 && !PAPERS.iter().any(|paper| who.ends_with(paper))
    })
}

/// Whether the words only repeat the condition of the item.
fn known_from_item(program: &Program<'_>, item: &Item, text: &str) -> bool {
    let Some(when) = &item.when else { return false };
    let mut questions = Vec::new();
    when.test.questions(&mut questions);
    questions.into_iter().map(|id| program.question(id)).any(|question| {
        let options = question.options().iter().map(|option| &option.name);
        std::iter::once(&question.name).chain(options).any(|name| text.contains(&*name.value))
    })
}

#[cfg(test)]
mod tests {
    use super::condition_in;

    #[test]
    fn conditions_in_words() {
        for text in [
            "委托办理的提供",
            "委托代理人证明(委托办理的提供)",
            "需要办税的",
            "仅使用增值税专用发票的纳税人提交",
            "使用计算机记账的纳税人提供",
            "首次核定时提供",
            "变更法定代表人时，还应提交；父母民族不同时须提供",
        ] {
            assert!(condition_in(text).is_some(), "{text}");
        }
        for text in [
            "由申请人提供",
            "加盖公章的复印件提交",
            "如填写有误，请重新填写",
            "一个月内的",
            "在窗口提交",
            "由医疗机构出具",
            "需要原件",
            "及时提交",
            "申请人签字的书面材料提交",
        ] {
            assert!(condition_in(text).is_none(), "{text}");
        }
    }
}
