use crate::code;
use crate::diagnostic::{Edit, Fix, Sink};
use crate::facts::Facts;
use crate::lint::text::{in_flow, is_han, place};
use crate::model::Status;

code! {
    /// # 中文里用了半角标点
    ///
    /// 中文的逗号、分号、冒号、问号用全角。网上转来的文字常变成半角，草案和试行时不提醒，发布前要改过来。
    ///
    /// ## 例子
    ///
    /// ```yaml
    /// 状态: 发布
    /// 说明:
    ///   - 材料不齐的,一次告知
    /// ```
    ///
    /// 上面是发布的文件里的一段；改过来是：
    ///
    /// ```yaml
    /// 状态: 发布
    /// 说明:
    ///   - 材料不齐的，一次告知
    /// ```
    ///
    /// ## 依据
    ///
    /// GB/T 15834《标点符号用法》。
    pub static CODE = "half-width-punctuation", Wording, Warning, allowable;
}

/// Looks at prose of published bundles.
pub fn check(facts: &Facts<'_>, sink: &mut Sink) {
    if facts.program.status != Status::Published {
        return;
    }
    for wording in facts.texts().iter().filter(|wording| wording.kind.is_prose() && !wording.published) {
        let text = wording.text;
        let chars: Vec<(usize, char)> = text.value.char_indices().collect();
        let mut edits = Vec::new();
        for three in chars.windows(3) {
            let [(_, before), (at, c), (_, after)] = three else { continue };
            let Some(wide) = full_width(*c).filter(|_| is_han(*before) && is_han(*after)) else { continue };
            if let Some(span) = place(facts.sources, text, *at..*at + 1) {
                edits.push(Edit { span, text: wide.to_owned() });
            }
        }
        let Some(first) = edits.first() else { continue };
        let mark = facts.sources.slice(first.span).to_owned();
        let diagnostic = CODE.at(first.span, format!("中文里用了半角标点“{mark}”")).help("改为全角标点");
        // In {} and [] a full-width comma would read like one that was meant to separate.
        let safe = !in_flow(facts.sources, text);
        sink.push(diagnostic.fix(Fix { title: "改为全角标点".to_owned(), edits, safe }));
    }
}

fn full_width(mark: char) -> Option<&'static str> {
    match mark {
        ',' => Some("，"),
        ';' => Some("；"),
        ':' => Some("："),
        '?' => Some("？"),
        '!' => Some("！"),
        _ => None,
    }
}
