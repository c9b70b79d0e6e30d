use std::sync::LazyLock;

use crate::code;
use crate::diagnostic::{Fix, Sink};
use crate::facts::Facts;
use crate::lint::text::{Words, find, place, place_or_text};
use crate::model::{Kind, Text, Thing};

code! {
    /// # 机构改革前的名称
    ///
    /// 食品药品监管局、工商局、国税局、地税局、公安消防，2018 年机构改革以后都不在了。群众照着旧名称找，找不到地方，打不通电话。
    ///
    /// 程序认得几个常见的旧名称，其他的写在机构目录的“曾用名”里。书名号里的法规名称、依据的原文和“公布”的内容不检查。
    ///
    /// ## 反例
    ///
    /// ```yaml
    /// 一件事: 例子
    /// 标识: example
    /// 受理条件: [已经工商部门登记]
    /// 联办事项:
    ///   登记: {名称: 例子登记, 单位: 市场监管部门}
    /// ```
    ///
    /// ## 正例
    ///
    /// ```yaml
    /// 一件事: 例子
    /// 标识: example
    /// 受理条件: [已经市场监管部门登记]
    /// 联办事项:
    ///   登记: {名称: 例子登记, 单位: 市场监管部门}
    /// ```
    ///
    /// ## 依据
    ///
    /// 2018 年国务院机构改革；审查规则 L13。
    pub static CODE = "former-institutions", Agencies, Warning, allowable;
}

/// Former names and present ones; longer names before those that they contain.
const FORMER: [(&str, &str); 16] = [
    ("食品药品监督管理局", "市场监管部门"),
    ("食品药品监督管理部门", "市场监管部门"),
    ("食品药品监管局", "市场监管部门"),
    ("食品药品监管部门", "市场监管部门"),
    ("食药监局", "市场监管部门"),
    ("工商行政管理局", "市场监管部门"),
    ("工商行政管理部门", "市场监管部门"),
    ("工商局", "市场监管部门"),
    ("工商部门", "市场监管部门"),
    ("国家税务局地方税务局", "税务部门"),
    ("地方税务局", "税务部门"),
    ("国税局", "税务部门"),
    ("地税局", "税务部门"),
    ("国税部门", "税务部门"),
    ("地税部门", "税务部门"),
    ("公安消防", "消防救援机构"),
];

static TABLE: LazyLock<Words> = LazyLock::new(|| Words::new(FORMER.iter().map(|(former, _)| *former)));

/// Reports the first former name in each text.
pub fn check(facts: &Facts<'_>, sink: &mut Sink) {
    let agencies = &facts.program.workspace.agencies;
    let mut words: Vec<(&str, &str, Option<&Text>)> = Vec::new();
    for agency in agencies {
        words.extend(agency.written.former.iter().map(|name| (&*name.value, &*agency.name.value, Some(name.text()))));
    }
    // The catalogue knows better than the table.
    words.sort_by_key(|(former, ..)| std::cmp::Reverse(former.len()));
    let declared = words.len();
    words.extend(FORMER.iter().map(|&(former, present)| (former, present, None)));
    // An agency that is referred to is looked up, which says the same.
    let looked_up = Kind::Ref(Thing::Agency);
    for wording in facts.texts().iter().filter(|wording| wording.is_own() && wording.kind != looked_up) {
        let text = wording.text;
        // The catalogue declares few names; the table's are looked for all at once.
        let looked_for = if TABLE.any(&text.value) { &words[..] } else { &words[..declared] };
        let found = looked_for.iter().find_map(|word| {
            let part = find(&text.value, word.0)?;
            // 人社局 within 区人社局 is no former name.
            let present = agencies
                .iter()
                .any(|agency| agency.name.value.contains(word.0) && text.value.contains(&*agency.name.value));
            (!present).then_some((word, part))
        });
        let Some((&(former, present, at), part)) = found else { continue };
        let exact = place(facts.sources, text, part.clone());
        let span = exact.unwrap_or_else(|| place_or_text(facts.sources, text, part));
        let mut diagnostic = CODE.at(span, format!("“{former}”是机构改革前的名称")).label(format!("现在是{present}"));
        if let Some(name) = at {
            diagnostic = diagnostic.related(name.span, "机构目录写明是曾用名");
        }
        if exact.is_some() {
            diagnostic = diagnostic.fix(Fix::replace(span, present, format!("改为“{present}”")).to_be_confirmed());
        }
        sink.push(diagnostic.help(format!("改用现在的名称“{present}”")));
    }
}
