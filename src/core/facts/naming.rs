//! How documents and people are named: what belongs to a name and what was only added to it.

use crate::model::sound;
use crate::program::{Bare, HOLDERS, MaterialId, SYNONYMS, Workspace, bare};

/// Words that make a name longer and say nothing: 中华人民共和国结婚证 is 结婚证.
const PADDING: [&str; 9] = ["中华人民共和国", "居民", "工商", "企业", "本人", "有效的", "有效", "合法有效的", "近期"];

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
            ("现状图(实景图)", "现状图（实景照片）"),
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
