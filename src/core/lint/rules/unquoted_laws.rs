use std::sync::LazyLock;

use crate::code;
use crate::diagnostic::{Fix, Sink};
use crate::facts::Facts;
use crate::lint::laws::{LAW_ENDINGS, is_law};
use crate::lint::text::{Words, is_quoted, place, place_or_text};
use crate::model::Kind;

code! {
    /// # 法规名称没有加书名号
    ///
    /// 法律、法规、规章的名称要用书名号括起来，读的人才知道名称到哪里为止；文件里引用的，发布成指南时照原样印出。
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
    ///     设定依据: [{法规: 中华人民共和国食品安全法, 条款: 第三十五条第一款}]
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
    /// 审查规则 L03：法律法规名称使用书名号。
    pub static CODE = "unquoted-laws", Laws, Warning, allowable;
}

/// How descriptions begin that are no names of laws.
const DESCRIBED: &[&str] = &[
    "按", "依", "根据", "本", "该", "其", "上级", "上述", "国家", "省", "市", "县", "区", "各", "现行", "法律", "地方",
    "行业",
];

/// Looks at each legal basis, and at articles cited in prose.
pub fn check(facts: &Facts<'_>, sink: &mut Sink) {
    for law in facts.texts().iter().filter(|wording| wording.kind == Kind::Law).map(|wording| wording.text) {
        let name = &*law.value;
        let described = DESCRIBED.iter().any(|start| name.starts_with(start)) || name.chars().count() < 3;
        if described || name.contains(['《', '〔', '（', '(', '、', '，', ' ']) || !is_law(name) {
            continue;
        }
        let right = format!("《{name}》");
        let diagnostic = CODE
            .at(place_or_text(facts.sources, law, 0..name.len()), format!("“{name}”没有加书名号"))
            .help(format!("写成{right}"));
        sink.push(match place(facts.sources, law, 0..name.len()) {
            Some(exact) => diagnostic.fix(Fix::replace(exact, right.clone(), format!("改为{right}"))),
            None => diagnostic,
        });
    }
    for wording in facts.texts().iter().filter(|wording| wording.kind.is_prose()) {
        let text = wording.text;
        for range in cited(&text.value) {
            let name = &text.value[range.clone()];
            let right = format!("《{name}》");
            let diagnostic = CODE
                .at(place_or_text(facts.sources, text, range.clone()), format!("“{name}”没有加书名号"))
                .help(format!("写成{right}"));
            sink.push(match place(facts.sources, text, range).filter(|_| !wording.published) {
                Some(exact) => {
                    diagnostic.fix(Fix::replace(exact, right.clone(), format!("改为{right}")).to_be_confirmed())
                }
                None => diagnostic,
            });
        }
    }
}

const STARTERS: [&str; 5] = ["依据", "根据", "按照", "依照", "违反"];

static TABLE: LazyLock<Words> = LazyLock::new(|| Words::new(STARTERS));

/// Names of laws between 依据 and 第……条 without 《》.
fn cited(text: &str) -> Vec<std::ops::Range<usize>> {
    let mut found: Vec<std::ops::Range<usize>> = Vec::new();
    if !TABLE.any(text) {
        return found;
    }
    for starter in STARTERS {
        for (at, _) in text.match_indices(starter) {
            let start = at + starter.len();
            let rest = &text[start..];
            let Some(end) = rest.find(['第', '，', ',', '。', '；', ';', '《', '、', ' ', '（', '(']) else {
                continue;
            };
            let (name, after) = rest.split_at(end);
            let numbered = after.strip_prefix('第').is_some_and(|after| {
                let number =
                    after.trim_start_matches(|c: char| c.is_ascii_digit() || "零一二三四五六七八九十百".contains(c));
                number.len() < after.len() && number.starts_with('条')
            });
            let long = name.chars().count() >= 3;
            if numbered && long && LAW_ENDINGS.iter().any(|ending| name.ends_with(ending)) && !is_quoted(text, start) {
                found.push(start..start + end);
            }
        }
    }
    found.sort_by_key(|range| range.start);
    found.dedup_by_key(|range| range.end);
    found
}

#[cfg(test)]
mod tests {
    use super::cited;

    #[test]
    fn laws_in_prose() {
        let names = |text: &'static str| cited(text).into_iter().map(|range| &text[range]).collect::<Vec<_>>();
        assert_eq!(names("依据食品安全法第35条,须提交"), ["食品安全法"]);
        assert_eq!(names("依据《食品安全法》第三十五条"), [""; 0]);
        assert_eq!(names("根据本法第三条"), [""; 0]);
        assert_eq!(names("按照规定办理，见第三条"), [""; 0]);
    }
}
