//! How documents and people are named: what belongs to a name and what was only added to it.

use crate::model::{Str, sound};
use crate::program::{MaterialId, Program, Row, Workspace};

/// Words about the form of a paper, which belong under 形式.
pub const FORM_WORDS: [&str; 12] = [
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

/// Words that make a name longer and say nothing: 中华人民共和国结婚证 is 结婚证.
const PADDING: [&str; 9] = ["中华人民共和国", "居民", "工商", "企业", "本人", "有效的", "有效", "合法有效的", "近期"];

/// Whose paper it is, where a name says so.
const HOLDERS: [&str; 22] = [
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
const SYNONYMS: [&[&str]; 8] = [
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

/// Characters that are taken for each other when typed or scanned.
const SHAPES: [&str; 14] = [
    "己已巳",
    "未末",
    "设没",
    "备各",
    "请清",
    "薄簿",
    "戊戌戍",
    "拆折",
    "人入",
    "土士",
    "日曰",
    "兔免",
    "名各",
    "征证",
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

/// The documents of a workspace by what their names have in common: worked out once for all its bundles.
#[derive(Debug, Default)]
pub struct Names {
    documents: Vec<(Bare, Vec<String>)>,
}

impl Names {
    /// The names of the catalogue.
    pub fn of(workspace: &Workspace) -> Self {
        let documents = workspace.materials.iter().map(|material| {
            let bare = bare(&material.name.value);
            let keys = keys(&bare);
            (bare, keys)
        });
        Names { documents: documents.collect() }
    }

    /// The bare name of a document.
    pub fn bare(&self, document: MaterialId) -> &Bare {
        &self.documents[document.index()].0
    }

    /// What the name of a document has in common with others.
    pub fn keys(&self, document: MaterialId) -> &[String] {
        &self.documents[document.index()].1
    }
}

/// Takes form, count, brackets, 《》 and holder off a name.
pub fn bare(name: &str) -> Bare {
    let mut rest: String = name.chars().filter(|c| !matches!(c, '《' | '》' | '“' | '”' | ' ' | '\u{3000}')).collect();
    let mut aside = None;
    if let Some(open) = rest.find(['(', '\u{ff08}']) {
        let close = rest[open..].find([')', '\u{ff09}']).map_or(rest.len(), |at| open + at);
        let inner = rest[open..close].trim_start_matches(['(', '\u{ff08}']).to_owned();
        let after = rest[close..].trim_start_matches([')', '\u{ff09}']).to_owned();
        rest.truncate(open);
        rest += &after;
        aside = Some(inner).filter(|inner| !FORM_WORDS.contains(&&**inner) && !COUNTS.contains(&&**inner));
    }
    while let Some(short) = FORM_WORDS.iter().chain(&COUNTS).find_map(|word| rest.strip_suffix(word)) {
        rest = short.trim_end_matches(['的', '、', '\u{ff0c}']).to_owned();
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

/// What two names of one document have in common: they share at least one of these.
pub fn keys(bare: &Bare) -> Vec<String> {
    let name = &bare.name;
    let mut keys = vec![format!("= {name}")];
    for padding in PADDING {
        if let Some(short) = name.strip_prefix(padding).filter(|short| short.chars().count() > 1) {
            keys.push(format!("= {short}"));
        }
    }
    if let Some(group) = SYNONYMS.iter().position(|group| group.contains(&&**name)) {
        keys.push(format!("~ {group}"));
    }
    if name.chars().count() >= 4 {
        keys.push(format!("♪ {}", sound(name)));
        let shape = |c: char| SHAPES.iter().find(|shape| shape.contains(c)).and_then(|s| s.chars().next()).unwrap_or(c);
        keys.push(format!("◇ {}", name.chars().map(shape).collect::<String>()));
    }
    keys
}

/// Whether what stands in brackets tells two papers apart: 变更 and 注销, 男方 and 女方.
pub fn told_apart(a: &Bare, b: &Bare) -> bool {
    match (&a.aside, &b.aside) {
        (Some(a), Some(b)) => a.chars().zip(b.chars()).take_while(|(a, b)| a == b).count() < 2,
        (Some(aside), None) | (None, Some(aside)) => HOLDERS.contains(&&**aside),
        (None, None) => false,
    }
}

/// Those who apply in their own name.
const OWN: [&str; 5] = ["申请人", "本人", "经营者", "法定代表人", "负责人"];

/// Whether two holders may be one person: the same, or the applicant where nothing is said.
pub fn same_person(a: Option<&str>, b: Option<&str>) -> bool {
    match (a, b) {
        (Some(holder), None) | (None, Some(holder)) => OWN.contains(&holder),
        _ => a == b,
    }
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

/// What a material is to an agent, if it is asked of one.
pub fn agent_paper(program: &Program<'_>, row: &Row) -> Option<AgentPaper> {
    const LETTERS: [&str; 3] = ["授权委托书", "委托书", "委托代理人证明"];
    const AGENTS: [&str; 5] = ["代理人", "委托代理人", "受托人", "被委托人", "受委托人"];
    const IDENTITIES: [&str; 5] = ["居民身份证", "身份证", "身份证明", "身份证件", "有效身份证件"];
    let canonical = |id: &MaterialId| program.workspace.material(*id).name.value.clone();
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

#[cfg(test)]
mod tests {
    use super::{bare, keys, told_apart};

    fn alike(a: &str, b: &str) -> bool {
        let (a, b) = (bare(a), bare(b));
        !told_apart(&a, &b) && keys(&a).iter().any(|key| keys(&b).contains(key))
    }

    #[test]
    fn one_document_under_two_names() {
        for (a, b) in [
            ("营业执照", "工商营业执照副本"),
            ("居民身份证", "身份证复印件"),
            ("居民身份证", "经营者身份证"),
            ("现状图(实景图)", "现状图\u{ff08}实景照片\u{ff09}"),
            ("授权委托书", "委托代理人证明"),
            ("住所使用证明", "租房合同"),
            ("帐户开立证明", "账户开立证明"),
            ("申请人照片一张", "申请人照片"),
            ("设备布局图", "没备布局图"),
            ("中华人民共和国结婚证", "结婚证"),
            ("《食品经营许可申请书》", "食品经营许可申请书原件"),
        ] {
            assert!(alike(a, b), "{a} {b}");
        }
    }

    #[test]
    fn two_documents() {
        for (a, b) in [
            ("许可证", "占道许可证"),
            ("现状图", "效果图"),
            ("结婚证明", "离婚证明"),
            ("个人征信报告", "企业征信报告"),
            ("开工报告", "竣工报告"),
            ("申请表(变更)", "申请表(注销)"),
            ("食品经营许可证", "小食品经营许可证"),
            ("户口簿(男方)", "户口簿"),
        ] {
            assert!(!alike(a, b), "{a} {b}");
        }
        assert_ne!(bare("男方户口簿").holder, bare("女方户口簿").holder);
    }
}
