use crate::code;
use crate::diagnostic::{Edit, Fix, Sink};
use crate::facts::Facts;
use crate::lint::text::{is_han, place};
use crate::model::{Kind, Thing};

code! {
    /// # 汉字中间有空格
    ///
    /// “化 验费”这样的空格多半是排版时留下的：搜“化验费”搜不到，材料名称也对不上。
    ///
    /// 地点、窗口、时间里常用空格隔开，不管。
    ///
    /// ## 反例
    ///
    /// ```yaml
    /// 一件事: 例子
    /// 标识: example
    /// 联办事项:
    ///   登记: {名称: 例子 登记, 单位: 市场监管部门}
    /// ```
    ///
    /// ## 正例
    ///
    /// ```yaml
    /// 一件事: 例子
    /// 标识: example
    /// 联办事项:
    ///   登记: {名称: 例子登记, 单位: 市场监管部门}
    /// ```
    ///
    /// ## 依据
    ///
    /// 审查规则 L09：汉字之间不留空格。公开的指南里有：化 验费、申 请表。
    pub static CODE = "stray-spaces", Wording, Warning, allowable;
}

/// Whether blanks may stand between Chinese characters there: 窗口 一楼, 张三 李四; names that are looked up are just as declared.
fn may_be_spaced(kind: Kind) -> bool {
    let table =
        matches!(kind, Kind::Ref(_) | Kind::Mention(_) | Kind::Name(Thing::Item | Thing::Question | Thing::Choice));
    let parts = matches!(kind, Kind::Address | Kind::Hours | Kind::Contact | Kind::Phone | Kind::Person | Kind::Holder);
    table || parts || kind == Kind::Quote
}

/// Looks for blanks between two Chinese characters.
pub fn check(facts: &Facts<'_>, sink: &mut Sink) {
    for wording in facts.texts().iter().filter(|wording| !may_be_spaced(wording.kind)) {
        let text = wording.text;
        let spans: Vec<_> =
            gaps(&text.value).into_iter().filter_map(|range| place(facts.sources, text, range)).collect();
        // Where a text runs over several lines its line breaks read as blanks.
        let spans: Vec<_> =
            spans.into_iter().filter(|span| !facts.sources.slice(*span).contains(['\n', '\r'])).collect();
        let Some(first) = spans.first() else { continue };
        let mut diagnostic = CODE.at(*first, format!("“{text}”的汉字中间有空格")).label("空格").help("删去空格");
        if !wording.published {
            let edits = spans.iter().map(|span| Edit { span: *span, text: String::new() }).collect();
            // A name may be repeated elsewhere, just as it is.
            let safe = wording.kind.is_prose();
            diagnostic = diagnostic.fix(Fix { title: "删去空格".to_owned(), edits, safe });
        }
        sink.push(diagnostic);
    }
}

/// The blanks between two Chinese characters, each with nothing around it.
fn gaps(text: &str) -> Vec<std::ops::Range<usize>> {
    let mut found = Vec::new();
    let mut last: Option<(usize, char)> = None;
    for (at, c) in text.char_indices().filter(|(_, c)| !matches!(c, ' ' | '\u{3000}' | '\t' | '\u{a0}')) {
        if let Some((end, before)) = last
            && end < at
            && is_han(before)
            && is_han(c)
        {
            found.push(end..at);
        }
        last = Some((at + c.len_utf8(), c));
    }
    found
}
