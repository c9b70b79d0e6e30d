//! Texts for people.

use crate::model::{Text, Value};
use crate::program::Program;

/// Keys whose texts are prose, written for applicants and officials; names, references and quotations are not.
const PROSE: &[&str] = &[
    "受理条件",
    "受理标准",
    "填报须知",
    "备注",
    "审查要点",
    "建议",
    "救济渠道",
    "文字",
    "有效期",
    "权利义务",
    "标准",
    "核查方式",
    "减免",
    "数量限制",
    "签章",
    "答",
    "结果送达",
    "补交方式",
    "行使内容",
    "规格",
    "说明",
    "违诺责任",
    "逾期处理",
    "问",
    "出具时间要求",
    "到场原因",
    "办理时间",
    "时间",
    "缴费方式",
];

/// A text of a bundle.
#[derive(Debug, Clone, Copy)]
pub struct Wording<'a> {
    /// The key under which it is written.
    pub key: &'static str,
    /// The text.
    pub text: &'a Text,
    /// Whether it repeats what was published (公布): such text is mended at its source, not here.
    pub published: bool,
}

impl Wording<'_> {
    /// Whether it is prose, not a name, a reference or a quotation.
    pub fn is_prose(&self) -> bool {
        PROSE.contains(&self.key)
    }
}

/// All texts of a bundle, in the order of the keys.
pub(super) fn collect<'a>(program: &'a Program<'_>) -> Vec<Wording<'a>> {
    let mut published = Vec::new();
    if let Some(list) = &program.bundle.published {
        list.texts("", &mut |_, text| published.push(text.span));
        published.sort_unstable();
    }
    let mut texts = Vec::new();
    program.bundle.texts("", &mut |key, text| {
        texts.push(Wording { key, text, published: published.binary_search(&text.span).is_ok() });
    });
    texts
}
