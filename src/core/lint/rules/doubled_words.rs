use crate::code;
use crate::diagnostic::{Fix, Sink};
use crate::facts::Facts;
use crate::lint::text::{is_han, place, place_or_text};
use crate::model::Kind;

code! {
    /// # 字词或标点写重了
    ///
    /// “打破打破”“，，”是改稿时留下的痕迹，印出去不严肃。
    ///
    /// 标点重复可以自动删去；词语重复要人看一眼，有的是故意重复。
    ///
    /// ## 反例
    ///
    /// ```yaml
    /// 一件事: 例子
    /// 标识: example
    /// 说明:
    ///   - 材料不齐的，，一次告知。。
    /// 联办事项:
    ///   登记: {名称: 例子登记, 单位: 市场监管部门}
    /// ```
    ///
    /// ## 正例
    ///
    /// ```yaml
    /// 一件事: 例子
    /// 标识: example
    /// 说明:
    ///   - 材料不齐的，一次告知。
    /// 联办事项:
    ///   登记: {名称: 例子登记, 单位: 市场监管部门}
    /// ```
    ///
    /// ## 依据
    ///
    /// 审查规则 L09：标点、词语不重复。有的方案里写着“打破打破”。
    pub static CODE = "doubled-words", Wording, Warning, allowable;
}

fn is_name(kind: Kind) -> bool {
    matches!(kind, Kind::Title | Kind::Name(_))
}

/// Looks for doubled marks and doubled words of two characters.
pub fn check(facts: &Facts<'_>, sink: &mut Sink) {
    for wording in facts.texts().iter().filter(|wording| wording.kind.is_prose() || is_name(wording.kind)) {
        let text = wording.text;
        for (range, keep) in doubled(&text.value) {
            let doubled_text = &text.value[range.clone()];
            let mark = !is_han(keep.chars().next().unwrap_or('，'));
            let what = if mark { "标点" } else { "词语" };
            let diagnostic = CODE
                .at(place_or_text(facts.sources, text, range.clone()), format!("“{doubled_text}”：{what}重复了"))
                .help("删去多余的");
            let exact = place(facts.sources, text, range.clone()).filter(|_| !wording.published);
            sink.push(match exact {
                Some(exact) => {
                    let fix = Fix::replace(exact, keep, format!("改为“{keep}”"));
                    diagnostic.fix(if mark { fix } else { fix.to_be_confirmed() })
                }
                None => diagnostic,
            });
        }
    }
}

/// What is doubled, and what should be left of it.
fn doubled(text: &str) -> Vec<(std::ops::Range<usize>, &str)> {
    const MARKS: [char; 10] = ['，', '。', '；', '：', '、', ',', ';', ':', '！', '？'];
    /// Words made of these are often said twice on purpose.
    const REPEATED: &str = "一二三四五六七八九十个次逐步项件家户年月日天研究讨论商量";
    let chars: Vec<(usize, char)> = text.char_indices().collect();
    let end = |index: usize| chars.get(index).map_or(text.len(), |(at, _)| *at);
    let mut found = Vec::new();
    let mut index = 0;
    while index < chars.len() {
        let c = chars[index].1;
        let run = chars[index..].iter().take_while(|(_, other)| *other == c).count();
        if run > 1 && MARKS.contains(&c) {
            // Three and more stops are an ellipsis of a kind.
            if run == 2 {
                found.push((end(index)..end(index + 2), &text[end(index)..end(index + 1)]));
            }
            index += run;
            continue;
        }
        let word = chars.get(index..index + 4).is_some_and(|four| {
            four[0].1 == four[2].1
                && four[1].1 == four[3].1
                && four[0].1 != four[1].1
                && four.iter().all(|(_, c)| is_han(*c) && !REPEATED.contains(*c))
        });
        if word {
            found.push((end(index)..end(index + 4), &text[end(index)..end(index + 2)]));
            index += 4;
            continue;
        }
        index += 1;
    }
    found
}

#[cfg(test)]
mod tests {
    use super::doubled;

    #[test]
    fn what_is_doubled() {
        let left = |text: &'static str| {
            doubled(text).into_iter().map(|(range, keep)| (&text[range], keep)).collect::<Vec<_>>()
        };
        assert_eq!(left("打破打破壁垒，，再说"), [("打破打破", "打破"), ("，，", "，")]);
        assert_eq!(left("一个一个办……等等。。。"), [("", ""); 0]);
        assert_eq!(left("研究研究"), [("", ""); 0]);
    }
}
