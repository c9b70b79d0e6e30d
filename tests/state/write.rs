//! A bundle as its author would write it: the files of a workspace.

use std::collections::BTreeSet;
use std::fmt::Write;

use super::generate::{AGENCIES, DOCUMENTS, FIELDS};
use super::model::*;

/// Keys that the language is to have and does not have yet, each in one place.
pub mod spelling {
    pub const DROP_ITEM: &str = "取消事项";
    pub const MERGE_ITEM: &str = "并入";
    pub const INTO: &str = "并到";
    pub const NO_FILL: &str = "数据免填写";
    pub const NO_ORDER: &str = "先后: 没有";
    pub const INCOMPLETE: &str = "清单不全: 是";
    pub const ASKED_BY: &str = "用于";
    pub const ORIGINALS: &str = "原件";
    pub const COPIES: &str = "复印件";
    pub const GROUPS: &str = "几选一";
    pub const RESULT_OF: &str = "组的结果";
}

/// In which language: what it has today, or all of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Language {
    Today,
    Target,
}

fn amount(eighths: i64) -> String {
    let places = ["", ".125", ".25", ".375", ".5", ".625", ".75", ".875"];
    format!("{}{}", eighths / 8, places[(eighths % 8) as usize])
}

pub fn length(length: Length) -> String {
    let unit = match length.unit {
        _ if length.eighths == 0 => return "即办".to_owned(),
        Unit::WorkingDay => "工作日",
        Unit::NaturalDay => "自然日",
        Unit::Hour => "小时",
    };
    amount(length.eighths) + unit
}

pub fn kind(kind: Kind) -> &'static str {
    match kind {
        Kind::Receipt => "收件",
        Kind::Acceptance => "受理",
        Kind::Review => "审查",
        Kind::Inspection => "勘验",
        Kind::Assessment => "评审",
        Kind::FinalInspection => "验收",
        Kind::Testing => "检测",
        Kind::Notice => "公示",
        Kind::Decision => "决定",
        Kind::Making => "制证",
        Kind::Delivery => "送达",
    }
}

fn way(way: Way) -> &'static str {
    match way {
        Way::ELicence => "电子证照",
        Way::DataShare => "数据共享",
        Way::Verification => "核验",
    }
}

fn channels(channels: &[Channel]) -> String {
    let word = |channel: &Channel| match channel {
        Channel::Window => "窗口",
        Channel::Online => "网上",
        Channel::Post => "邮寄",
    };
    format!("[{}]", channels.iter().map(word).collect::<Vec<_>>().join(", "))
}

struct Writer<'b> {
    bundle: &'b Bundle,
    language: Language,
}

impl Writer<'_> {
    fn cond(&self, cond: &Cond) -> String {
        let name = |question: &usize| self.bundle.questions[*question].name;
        let join = |parts: &[Cond], word: &str| {
            let parts: Vec<String> = parts.iter().map(|part| format!("({})", self.cond(part))).collect();
            parts.join(word)
        };
        match cond {
            Cond::Always => unreachable!("nothing is written"),
            Cond::Yes(question) => name(question).to_owned(),
            Cond::Is(question, option) => match &self.bundle.questions[*question].answers {
                Answers::Options(options) => format!("{} = {}", name(question), options[*option as usize]),
                _ => unreachable!("only options are chosen"),
            },
            Cond::AtMost(question, bound) => format!("{} ≤ {bound}", name(question)),
            Cond::All(parts) => join(parts, " 且 "),
            Cond::Any(parts) => join(parts, " 或 "),
            Cond::Not(part) => format!("非 ({})", self.cond(part)),
        }
    }

    /// `, 当: …`, if there is a condition.
    fn when(&self, cond: &Cond) -> String {
        if *cond == Cond::Always { String::new() } else { format!(", 当: \"{}\"", self.cond(cond)) }
    }

    fn item(&self, item: usize) -> Name {
        self.bundle.items[item].name
    }

    fn items(&self, items: &[usize]) -> String {
        format!("[{}]", items.iter().map(|item| self.item(*item)).collect::<Vec<_>>().join(", "))
    }

    fn row(&self, row: &Row, also: &str) -> String {
        let mut text = match row.paper {
            Paper::Document(document) => format!("材料: {document}"),
            Paper::ResultOf(group) => format!("{}: {}", spelling::RESULT_OF, self.bundle.groups[group].name),
        };
        if let Some(holder) = row.holder {
            write!(text, ", 持有人: {holder}").unwrap();
        }
        match (self.language, row.copies) {
            (_, None) => {}
            (Language::Target, Some((originals, copies))) => {
                for (key, count) in [(spelling::ORIGINALS, originals), (spelling::COPIES, copies)] {
                    if count > 0 {
                        write!(text, ", {key}: {count}").unwrap();
                    }
                }
            }
            (Language::Today, Some((0, copies))) => write!(text, ", 形式: 复印件, 份数: {copies}").unwrap(),
            (Language::Today, Some((originals, 0))) => write!(text, ", 形式: 原件, 份数: {originals}").unwrap(),
            (Language::Today, Some(_)) => text += ", 形式: 原件和复印件",
        }
        if !row.necessary {
            text += ", 必要性: 非必要";
        }
        text + &self.when(&row.when) + also
    }

    fn questions(&self, text: &mut String) {
        if !self.bundle.questions.is_empty() {
            *text += "情形:\n";
        }
        for question in &self.bundle.questions {
            let answers = match &question.answers {
                Answers::YesNo => String::new(),
                Answers::Options(options) => format!(", 选项: [{}]", options.join(", ")),
                Answers::Number(least, most) => format!(", 数值: {{最小: {least}, 最大: {most}}}"),
            };
            let (name, when) = (question.name, self.when(&question.when));
            writeln!(text, "  {name}: {{问: {name}怎样？{answers}{when}}}").unwrap();
        }
        if !self.bundle.excluded.is_empty() {
            *text += "约束:\n";
        }
        for cond in &self.bundle.excluded {
            writeln!(text, "  - {{不会出现: \"{}\"}}", self.cond(cond)).unwrap();
        }
    }

    fn one_item(&self, item: &Item, text: &mut String) {
        let mut line = |text_of: String| writeln!(text, "    {text_of}").unwrap();
        line(format!("名称: {}核发", item.name));
        if let Some(agency) = item.agency {
            line(format!("单位: {agency}"));
        }
        if item.when != Cond::Always {
            line(format!("当: \"{}\"", self.cond(&item.when)));
        }
        if item.mandatory {
            line("必办: 《某办法》".to_owned());
        }
        if let Some(limit) = item.limit {
            line(format!("时限: {}", length(limit)));
        }
        if !item.before.is_empty() {
            let target = |target: &Target| match *target {
                Target::Item(first) => self.item(first).to_owned(),
                Target::Stage(first, stage) => format!("{{事项: {}, 环节: {}}}", self.item(first), kind(stage)),
                Target::Group(group) => self.bundle.groups[group].name.to_owned(),
            };
            line(format!("前置: [{}]", item.before.iter().map(target).collect::<Vec<_>>().join(", ")));
        }
        if !item.stages.is_empty() {
            line("环节:".to_owned());
        }
        for stage in &item.stages {
            let long = stage.length.map(|own| format!(", 时限: {}", length(own))).unwrap_or_default();
            let uncounted = if stage.uncounted { ", 不计时: 是" } else { "" };
            let presence = if stage.presence { ", 到场: 是" } else { "" };
            let when = self.when(&stage.when);
            line(format!("  - {{环节: {}{long}{uncounted}{presence}{when}}}", kind(stage.kind)));
        }
        if !item.forms.is_empty() {
            line("表单:".to_owned());
        }
        for form in &item.forms {
            let field = |(field, when): &(Name, Cond)| format!("{{字段: {field}{}}}", self.when(when));
            let fields: Vec<String> = form.fields.iter().map(field).collect();
            let fields = if fields.is_empty() { String::new() } else { format!(", 字段: [{}]", fields.join(", ")) };
            line(format!("  - {{名称: {}{}{}{fields}}}", item.name, form.name, self.when(&form.when)));
        }
        match item.list {
            List::Unwritten => {}
            List::Nothing => line("无需材料: 是".to_owned()),
            List::Rows { complete } => {
                line("材料:".to_owned());
                item.rows.iter().for_each(|row| line(format!("  - {{{}}}", self.row(row, ""))));
                if !complete {
                    line(spelling::INCOMPLETE.to_owned());
                }
            }
        }
        match item.results.is_empty() {
            true => line("无结果文书: 是".to_owned()),
            false => line("结果:".to_owned()),
        }
        for result in &item.results {
            let holder = result.holder.map(|holder| format!(", 持有人: {holder}")).unwrap_or_default();
            line(format!("  - {{结果: {}{holder}{}}}", result.document, self.when(&result.when)));
        }
        if !item.channels.is_empty() {
            line(format!("办理形式: {}", channels(&item.channels)));
        }
        if let Some(visits) = item.visits {
            line(format!("跑动: {visits}"));
        }
    }

    fn measure(&self, measure: &Measure) -> String {
        let long =
            |key: &str, own: Option<Length>| own.map(|own| format!(", {key}: {}", length(own))).unwrap_or_default();
        let basis = if measure.grounded { ", 依据: 《某办法》" } else { "" };
        let when = match &measure.what {
            What::AddRow { row, .. } => self.when(&measure.when.clone().and(row.when.clone())),
            _ => self.when(&measure.when),
        };
        let whose = |items: &[usize]| {
            if items.is_empty() { String::new() } else { format!("事项: {}", self.items(items)) }
        };
        let (key, body) = match &measure.what {
            What::Compress { item, stage, to } => {
                let stage = stage.map(|stage| format!(", 环节: {}", kind(stage))).unwrap_or_default();
                ("压缩时限", format!("事项: {}{stage}{}", self.item(*item), long("至", Some(*to))))
            }
            What::Joint { kind, items, limit } => {
                let key = match kind {
                    Kind::Inspection => "联合勘验",
                    Kind::Assessment => "联合评审",
                    _ => "联合验收",
                };
                (key, format!("事项: {}{}", self.items(items), long("时限", *limit)))
            }
            What::DropStage { item, stage } => {
                ("取消环节", format!("事项: {}, 环节: {}", self.item(*item), kind(*stage)))
            }
            What::Lift { item, first, instead } => {
                let instead = instead.map(|stage| format!(", 改为环节: {}", kind(stage))).unwrap_or_default();
                ("解除前置", format!("事项: {}, 前置: {}{instead}", self.item(*item), self.item(*first)))
            }
            What::AddRow { item, row } => {
                let row = Row { when: Cond::Always, copies: None, necessary: true, ..row.clone() };
                ("新增材料", format!("事项: {}, {}", self.item(*item), self.row(&row, "")))
            }
            What::Paper { measure, items, document, holder } => {
                let key = match measure {
                    PaperMeasure::Exempt(_) => "免提交",
                    PaperMeasure::Commitment => "告知承诺",
                    PaperMeasure::Abolish => "取消材料",
                    PaperMeasure::Defer => "容缺",
                };
                let by = if let PaperMeasure::Exempt(own) = measure {
                    format!(", 方式: {}", way(*own))
                } else {
                    String::new()
                };
                let holder = holder.map(|holder| format!(", 持有人: {holder}")).unwrap_or_default();
                let whose = if items.is_empty() { String::new() } else { format!(", 事项: {}", self.items(items)) };
                (key, format!("材料: {document}{holder}{whose}{by}"))
            }
            What::CommitItem { item, to } => ("告知承诺", format!("事项: {}{}", self.item(*item), long("至", *to))),
            What::DropItem { item } => (spelling::DROP_ITEM, format!("事项: {}", self.item(*item))),
            What::MergeItem { item, into } => {
                (spelling::MERGE_ITEM, format!("事项: {}, {}: {}", self.item(*item), spelling::INTO, self.item(*into)))
            }
            What::Online { items } => ("全程网办", whose(items)),
            What::NoFill { items, field } => (
                spelling::NO_FILL,
                format!("字段: [{field}]{}", {
                    let whose = whose(items);
                    if whose.is_empty() { whose } else { format!(", {whose}") }
                }),
            ),
        };
        let body = format!("{body}{when}{basis}");
        match body.trim_start_matches(", ") {
            "" => format!("  - {key}\n"),
            body => format!("  - {key}: {{{body}}}\n"),
        }
    }

    fn text(&self) -> String {
        let bundle = self.bundle;
        let mut text = String::from("一件事: 例子\n标识: example\n牵头单位: 甲局\n");
        match &bundle.promise {
            Promise::None => {}
            Promise::Single(own) => writeln!(text, "承诺时限: {}", length(*own)).unwrap(),
            Promise::ByCase(list) => {
                text += "承诺时限:\n";
                for (when, own) in list {
                    writeln!(text, "  - {{时限: {}{}}}", length(*own), self.when(when)).unwrap();
                }
            }
        }
        for (key, own) in [("受理时限", bundle.acceptance), ("出件时限", bundle.issue)] {
            if let Some(own) = own {
                writeln!(text, "{key}: {}", length(own)).unwrap();
            }
        }
        if !bundle.channels.is_empty() {
            writeln!(text, "办理形式: {}", channels(&bundle.channels)).unwrap();
        }
        if let Some(visits) = bundle.visits {
            writeln!(text, "跑动: {visits}").unwrap();
        }
        if let Some(delivery) = &bundle.delivery {
            writeln!(text, "结果送达: {}", channels(delivery)).unwrap();
        }
        if bundle.no_order && self.language == Language::Target {
            writeln!(text, "{}", spelling::NO_ORDER).unwrap();
        }
        self.questions(&mut text);
        for group in &bundle.groups {
            let (name, question) = (group.name, bundle.questions[group.question].name);
            let members = self.items(&group.members);
            writeln!(text, "{}:\n  {name}: {{情形: {question}, 事项: {members}}}", spelling::GROUPS).unwrap();
        }
        if let Some((rows, complete)) = &bundle.list {
            text += "材料:\n";
            for row in rows {
                let asked_by = if row.asked_by.is_empty() {
                    String::new()
                } else {
                    format!(", {}: {}", spelling::ASKED_BY, self.items(&row.asked_by))
                };
                writeln!(text, "  - {{{}}}", self.row(&row.row, &asked_by)).unwrap();
            }
            if !complete {
                writeln!(text, "{}", spelling::INCOMPLETE).unwrap();
            }
        }
        text += "联办事项:\n";
        for item in &bundle.items {
            writeln!(text, "  {}:", item.name).unwrap();
            self.one_item(item, &mut text);
        }
        if !bundle.measures.is_empty() {
            text += "改革举措:\n";
        }
        bundle.measures.iter().for_each(|measure| text += &self.measure(measure));
        text
    }
}

/// The files of a workspace that holds this bundle: (path, text).
pub fn files(bundle: &Bundle, language: Language) -> Vec<(&'static str, String)> {
    let mut manifest = String::from("工作区: 例子\n标识: example\n计数口径: {环节: 按事项, 跑动: 按事项}\n");
    if bundle.hours_convert {
        manifest += "换算: [1工作日 = 8小时]\n";
    }
    let table =
        |key: &str, names: &[Name]| names.iter().fold(format!("{key}:\n"), |text, name| text + "  " + name + ": {}\n");
    let mut files = vec![
        ("yijianshi.yaml", manifest),
        ("目录/材料.yaml", table("材料目录", &DOCUMENTS)),
        ("目录/机构.yaml", table("机构目录", &AGENCIES)),
        ("目录/数据项.yaml", table("数据项目录", &FIELDS)),
        ("例子.yaml", Writer { bundle, language }.text()),
    ];
    let known: BTreeSet<_> = bundle.capabilities.iter().collect();
    if !known.is_empty() {
        let row = |(document, own): &&(Name, Way)| format!("  - {{材料: {document}, 方式: {}}}\n", way(*own));
        files.push(("共享能力.yaml", "共享能力:\n".to_owned() + &known.iter().map(row).collect::<String>()));
    }
    files
}

/// What is left of a bundle in the language of today.
pub fn today(bundle: &Bundle) -> Bundle {
    let mut bundle = bundle.clone();
    (bundle.list, bundle.no_order) = (None, false);
    bundle.groups.clear();
    for item in &mut bundle.items {
        item.agency = item.agency.or(Some("甲局"));
        item.before.retain(|target| !matches!(target, Target::Group(_)));
        item.rows.retain(|row| matches!(row.paper, Paper::Document(_)));
        item.list = match item.list {
            List::Rows { .. } if item.rows.is_empty() => List::Nothing,
            List::Rows { .. } => List::Rows { complete: true },
            ref own => own.clone(),
        };
    }
    if let Promise::ByCase(list) = &bundle.promise {
        bundle.promise = Promise::Single(list[0].1);
    }
    bundle.measures.retain(|measure| match &measure.what {
        What::CommitItem { .. } | What::DropItem { .. } | What::MergeItem { .. } | What::NoFill { .. } => false,
        What::AddRow { .. } => true,
        What::Online { .. } | What::Paper { .. } => measure.when == Cond::Always && measure.grounded,
        _ => measure.when == Cond::Always,
    });
    bundle
}
