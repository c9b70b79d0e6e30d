use std::sync::LazyLock;

use crate::code;
use crate::diagnostic::{Diagnostic, Level, Sink};
use crate::facts::Facts;
use crate::lint::text::{Words, is_quoted, occurrences, place_or_text};
use crate::model::Kind;

code! {
    /// # 用词含糊
    ///
    /// “尽快”是几天，“相关材料”是哪几份，“必要时”是什么时候？写的人心里有数，看的人只能再跑一趟来问；
    /// 窗口怎么解释都行，也就成了裁量。
    ///
    /// 写在受理条件里的是错误，写在其他说明里的是警告。书名号里的名称、引用的法规原文不管。
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
    ///     受理条件: [符合有关要求]
    /// ```
    ///
    /// ## 正例
    ///
    /// ```yaml
    /// 一件事: 例子
    /// 标识: example
    /// 联办事项:
    ///   登记:
    ///     名称: 例子登记
    ///     单位: 市场监管部门
    ///     受理条件: [经营者年满十八周岁]
    /// ```
    ///
    /// ## 依据
    ///
    /// 审查规则 D19、L11：时限、条件、材料不使用模糊表述。国务院办公厅2017年检查201个平台，13%的事项材料表述含糊
    /// （国办函〔2017〕115号）。
    pub static CODE = "vague-words", Wording, Error, allowable;
}

/// Words that leave open what is meant, and what to write instead.
const WORDS: &[(&str, &str)] = &[
    ("尽快", "写明几个工作日"),
    ("及时", "写明几个工作日"),
    ("按规定", "写明是哪份文件的哪一条"),
    ("按相关规定", "写明是哪份文件的哪一条"),
    ("按有关规定", "写明是哪份文件的哪一条"),
    ("左右", "写明最多多少"),
    ("原则上", "写明哪些情形例外"),
    ("相关", "写明是哪些"),
    ("有关", "写明是哪些"),
    ("必要时", "写明什么情形下"),
    ("视情况", "写明什么情形下"),
    ("视情形", "写明什么情形下"),
    ("视情", "写明什么情形下"),
    ("适当", "写明多少"),
    ("具有相应的", "写明要达到什么标准"),
];

static TABLE: LazyLock<Words> = LazyLock::new(|| Words::new(WORDS.iter().map(|(word, _)| *word)));

/// Looks at prose; the first word of each text is said.
pub fn check(facts: &Facts<'_>, sink: &mut Sink) {
    for wording in facts.texts().iter().filter(|wording| wording.kind.is_prose()) {
        let text = &*wording.text.value;
        if !TABLE.any(text) {
            continue;
        }
        let found = WORDS.iter().flat_map(|(word, instead)| {
            occurrences(text, word)
                .filter(|range| is_vague(text, range, word))
                .map(move |range| (range, *word, *instead))
        });
        // The longest of those that begin first.
        let Some((range, word, instead)) = found.min_by_key(|(range, word, _)| (range.start, usize::MAX - word.len()))
        else {
            continue;
        };
        let level = if wording.kind == Kind::Eligibility { Level::Error } else { Level::Warning };
        let diagnostic = CODE
            .at(place_or_text(facts.sources, wording.text, range), format!("“{word}”说得含糊，各人理解不同"))
            .help(format!("{instead}；说不清的，就不要写"));
        sink.push(Diagnostic { level, ..diagnostic });
    }
}

/// Whether 与…… stands before in the same clause: then it is said to what something relates.
fn relates(before: &str) -> bool {
    let clause = before.rsplit(['，', ',', '。', '；', ';', '、']).next().unwrap_or(before);
    clause.contains('与')
}

fn is_vague(text: &str, range: &std::ops::Range<usize>, word: &str) -> bool {
    let (before, after) = (&text[..range.start], &text[range.end..]);
    let fits = match word {
        // 道路左右, but 8天左右.
        "左右" => before.ends_with(|c: char| c.is_ascii_digit() || "日天时月年元米岁人份次分钟周个".contains(c)),
        // 与……有关, 无关紧要.
        "有关" | "相关" => {
            let said = ['性', '。', '；', '，', ',', '？', '?'];
            !before.ends_with('无') && !relates(before) && !after.starts_with(said) && !after.is_empty()
        }
        "适当" => !before.ends_with('不') && !after.starts_with('性'),
        "及时" => !before.ends_with('不'),
        _ => true,
    };
    fits && !is_quoted(text, range.start)
}

#[cfg(test)]
mod tests {
    use super::is_vague;

    #[test]
    fn words_that_only_look_vague() {
        let vague = |text: &str, word: &str| {
            let at = text.find(word).unwrap();
            is_vague(text, &(at..at + word.len()), word)
        };
        assert!(vague("8个工作日左右办结", "左右"));
        assert!(!vague("门头左右两侧", "左右"));
        assert!(!vague("与经营场所有关。", "有关"));
        assert!(!vague("与食品经营相关的设备", "相关"));
        assert!(vague("其他有关材料", "有关"));
        assert!(!vague("《关于有关问题的通知》", "有关"));
    }
}
