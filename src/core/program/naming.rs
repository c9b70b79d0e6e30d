//! What a paper is, by its name: the document without form, count and holder; and whether it is an agent's.

use super::{MaterialId, Program, Row};
use crate::model::Str;

/// Words about the form of a paper, which belong under 形式.
const FORM_WORDS: [&str; 12] = [
    "原件及复印件",
    "原件和复印件",
    "原件与复印件",
    "原件或复印件",
    "正副本",
    "正、副本",
    "复印件",
    "扫描件",
    "影印件",
    "原件",
    "副本",
    "正本",
];

/// Counts written into names.
const COUNTS: [&str; 8] = ["一张", "一份", "两张", "二张", "两份", "各一份", "1张", "1份"];

/// Whose paper it is, where a name says so.
pub(crate) const HOLDERS: [&str; 22] = [
    "委托代理人",
    "法定代表人",
    "申请人",
    "经营者",
    "负责人",
    "代理人",
    "受托人",
    "委托人",
    "经办人",
    "监护人",
    "父母双方",
    "父亲",
    "母亲",
    "父母",
    "男方",
    "女方",
    "夫妻双方",
    "配偶",
    "子女",
    "新生儿",
    "户主",
    "股东",
];

/// Names that published guides use for one document.
pub(crate) const SYNONYMS: [&[&str]; 8] = [
    &["营业执照", "工商营业执照", "企业营业执照"],
    &["居民身份证", "身份证", "身份证明", "身份证件"],
    &["授权委托书", "委托书", "委托代理人证明"],
    &[
        "场所使用证明",
        "场所证明",
        "场所合法使用证明",
        "经营场所使用证明",
        "经营场所证明",
        "住所使用证明",
        "租房合同",
        "租赁合同",
        "房屋租赁合同",
    ],
    &["户口簿", "居民户口簿", "户口本"],
    &["结婚证", "中华人民共和国结婚证"],
    &["清税证明", "清税文书"],
    &["现状图", "实景图", "实景照片"],
];

/// A name without what does not belong to it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Bare {
    /// The document.
    pub name: String,
    /// Whose, if the name says so.
    pub holder: Option<&'static str>,
    /// What stood in brackets.
    pub aside: Option<String>,
}

/// Takes form, count, brackets, 《》 and holder off a name.
pub fn bare(name: &str) -> Bare {
    let mut rest: String = name.chars().filter(|c| !matches!(c, '《' | '》' | '“' | '”' | ' ' | '\u{3000}')).collect();
    let mut aside = None;
    if let Some(open) = rest.find(['(', '（']) {
        let close = rest[open..].find([')', '）']).map_or(rest.len(), |at| open + at);
        let inner = rest[open..close].trim_start_matches(['(', '（']).to_owned();
        let after = rest[close..].trim_start_matches([')', '）']).to_owned();
        rest.truncate(open);
        rest += &after;
        aside = Some(inner).filter(|inner| !FORM_WORDS.contains(&&**inner) && !COUNTS.contains(&&**inner));
    }
    while let Some(short) = FORM_WORDS.iter().chain(&COUNTS).find_map(|word| rest.strip_suffix(word)) {
        rest = short.trim_end_matches(['的', '、', '，']).to_owned();
    }
    let mut holder = None;
    for word in HOLDERS {
        // “委托代理人证明” is a document, not somebody's proof.
        let Some(short) = rest.strip_prefix(word).filter(|_| !is_synonym(&rest)) else { continue };
        let short = short.trim_start_matches('的');
        if short.chars().count() > 1 {
            (holder, rest) = (Some(word), short.to_owned());
            break;
        }
    }
    Bare { name: rest, holder, aside }
}

fn is_synonym(name: &str) -> bool {
    SYNONYMS.iter().any(|group| group.contains(&name))
}

/// What an agent has to show.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AgentPaper {
    /// The letter of authority.
    Letter,
    /// The agent's own identity card.
    Identity,
    /// Something else of the agent's.
    Other,
}

impl Program<'_> {
    /// What a material is to an agent, if it is asked of one.
    pub fn agent_paper(&self, row: &Row) -> Option<AgentPaper> {
        const LETTERS: [&str; 3] = ["授权委托书", "委托书", "委托代理人证明"];
        const AGENTS: [&str; 5] = ["代理人", "委托代理人", "受托人", "被委托人", "受委托人"];
        const IDENTITIES: [&str; 5] = ["居民身份证", "身份证", "身份证明", "身份证件", "有效身份证件"];
        let canonical = |id: &MaterialId| self.workspace.material(*id).name.value.clone();
        let names: Vec<Str> = row.any_of.iter().map(canonical).chain([row.label.value.clone()]).collect();
        let bares: Vec<Bare> = names.iter().map(|name| bare(name)).collect();
        if bares.iter().any(|bare| LETTERS.contains(&&*bare.name)) {
            return Some(AgentPaper::Letter);
        }
        let of_agent = row.holder.as_deref().is_some_and(|holder| AGENTS.contains(&holder))
            || bares.iter().any(|bare| bare.holder.is_some_and(|holder| AGENTS.contains(&holder)));
        match bares.iter().any(|bare| IDENTITIES.contains(&&*bare.name)) {
            _ if !of_agent => None,
            true => Some(AgentPaper::Identity),
            false => Some(AgentPaper::Other),
        }
    }
}
