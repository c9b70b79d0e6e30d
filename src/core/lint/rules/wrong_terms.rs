use std::sync::LazyLock;

use crate::code;
use crate::diagnostic::{Fix, Sink};
use crate::facts::Facts;
use crate::lint::text::{Words, is_quoted, occurrences, place, place_or_text};

code! {
    /// # 用词不规范
    ///
    /// 审批中到现场看，叫“勘验”。“勘察”是工程上的地质勘察，“踏勘”“勘查”也各有所指；混着用，
    /// 会以为是几件不同的事，联合勘验也安排不到一起。
    ///
    /// 说工程勘察、地质勘查本身的（例如“岩土工程勘察报告”）不管。
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
    ///     说明: [受理后三个工作日内预约现场勘察]
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
    ///     说明: [受理后三个工作日内预约现场勘验]
    /// ```
    ///
    /// ## 依据
    ///
    /// 审查规则 F07：现场核验统一用“勘验”。
    pub static CODE = "wrong-terms", Wording, Warning, allowable;
}

/// Words that mean 勘验 when said of a site, and what may stand before and after them where they mean something else.
const WORDS: &[&str] = &["勘察", "勘查", "踏勘"];
const BEFORE: &[&str] = &["工程", "地质", "岩土", "水文", "测绘", "矿产", "资源"];
const AFTER: &[&str] =
    &["报告", "设计", "单位", "资质", "文件", "成果", "企业", "合同", "测量", "院", "证", "许可", "、"];

static TABLE: LazyLock<Words> = LazyLock::new(|| Words::new(WORDS.iter().copied()));

/// Looks at prose and at the names of stages.
pub fn check(facts: &Facts<'_>, sink: &mut Sink) {
    let stages =
        facts.program.items.iter().flat_map(|item| &item.stages).filter_map(|stage| stage.written.name.as_deref());
    let prose =
        facts.texts().iter().filter(|wording| wording.kind.is_prose()).map(|wording| (wording.text, wording.published));
    for (text, published) in prose.chain(stages.map(|name| (name, false))) {
        if !TABLE.any(&text.value) {
            continue;
        }
        for word in WORDS {
            for range in occurrences(&text.value, word) {
                let (before, after) = (&text.value[..range.start], &text.value[range.end..]);
                let other = BEFORE.iter().any(|word| before.ends_with(word))
                    || AFTER.iter().any(|word| after.starts_with(word))
                    || is_quoted(&text.value, range.start);
                if other {
                    continue;
                }
                let mut diagnostic = CODE
                    .at(
                        place_or_text(facts.sources, text, range.clone()),
                        format!("现场核验写成了“{word}”，应当用“勘验”"),
                    )
                    .help("改为“勘验”；确实指工程勘察的，写明“工程勘察”");
                if let Some(exact) = place(facts.sources, text, range.clone()).filter(|_| !published) {
                    diagnostic = diagnostic.fix(Fix::replace(exact, "勘验", "改为“勘验”").to_be_confirmed());
                }
                sink.push(diagnostic);
            }
        }
    }
}
