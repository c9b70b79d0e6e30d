use crate::code;
use crate::diagnostic::{Level, Sink};
use crate::facts::Facts;
use crate::lint::completeness::{demanded, level, missing};
use crate::model::{Bundle, Item, ItemType, Key, Status, YesNo};
use crate::program;
use crate::source::At;

code! {
    /// # 办事指南的要素不全
    ///
    /// 群众看指南，要知道凭什么办、谁能办、交什么、多久办好、收不收钱、去哪里、问谁、不满意找谁。少一样，就得打电话或者白跑。
    ///
    /// 草案不检查；试行时是警告，发布时是错误。确实没有的也要明说：不收费写“收费: 不收费”，没有法定时限写“无法定时限: 是”，
    /// 没有证照或批文写“无结果文书: 是”，不要材料写“无需材料: 是”。受理条件、收费、咨询、监督已经逐个事项写明的，总的可以不写。
    ///
    /// ## 反例
    ///
    /// ```yaml
    /// 一件事: 例子
    /// 标识: example
    /// 状态: 试行
    /// 服务对象: 自然人
    /// 牵头单位: 市场监管部门
    /// 联办事项:
    ///   登记:
    ///     名称: 例子登记
    ///     单位: 市场监管部门
    ///     时限: 2工作日
    ///     无法定时限: 是
    ///     无需材料: 是
    ///     无结果文书: 是
    ///     设定依据: [{法规: 《例子登记管理办法》, 条款: 第三条}]
    /// ```
    ///
    /// ## 正例
    ///
    /// ```yaml
    /// 一件事: 例子
    /// 标识: example
    /// 状态: 草案
    /// 服务对象: 自然人
    /// 牵头单位: 市场监管部门
    /// 联办事项:
    ///   登记: {名称: 例子登记, 单位: 市场监管部门}
    /// ```
    ///
    /// ## 依据
    ///
    /// 济源市实施方案（2023年）：办事指南整合设定依据、受理条件、申报材料、办理流程、收费依据及标准、办结时限、办理结果；
    /// 国办函〔2017〕115号通报：抽查的事项中三分之一缺少时限、收费或联系方式。
    pub static CODE = "missing-elements", Items, Error, allowable;
}

/// What the results of an item are called in a guide.
const RESULTS: &str = "办理结果";

/// One finding for the bundle and one for each item, listing what is missing.
pub fn check(facts: &Facts<'_>, sink: &mut Sink) {
    let Some(level) = level(facts) else { return };
    let program = facts.program;
    if program.bundle.damaged {
        return;
    }
    let parts = missing(&of_bundle(facts));
    if let (false, Some(title)) = (parts.is_empty(), &program.bundle.title) {
        let message = format!("这件事还缺 {} 项要素：{}", parts.len(), parts.join("、"));
        let help = match parts.contains(&Bundle::fees.key) {
            true => format!("补上这些键；不收费的写“{}: 不收费”", Bundle::fees.key),
            false => "补上这些键".to_owned(),
        };
        sink.push(demanded(facts, CODE.at(title.span, message).help(help), level));
    }
    for item in program.items.iter().filter(|item| !item.written.damaged) {
        check_item(facts, item, level, sink);
    }
}

fn check_item(facts: &Facts<'_>, item: &program::Item, level: Level, sink: &mut Sink) {
    let parts = missing(&of_item(&item.written, facts.program.status));
    if parts.is_empty() {
        return;
    }
    let message = format!("“{}”还缺 {} 项要素：{}", item.name.value, parts.len(), parts.join("、"));
    let absent = [
        (Item::statutory.key, Item::no_statutory),
        (RESULTS, Item::no_result),
        (Item::materials.key, Item::no_materials),
    ];
    let absent = absent.into_iter().filter(|(part, _)| parts.contains(part));
    let absent: Vec<_> = absent.map(|(_, key)| format!("“{}: 是”", key.key)).collect();
    let help = match absent.is_empty() {
        true => "补上这些键".to_owned(),
        false => format!("补上这些键；确实没有的写{}", absent.join("")),
    };
    sink.push(demanded(facts, CODE.at(item.name.span, message).help(help), level));
}

fn of_bundle(facts: &Facts<'_>) -> Vec<(&'static str, bool)> {
    let bundle = &facts.program.bundle;
    let items = &facts.program.items;
    let has = |key: &'static Key| (key.key, bundle.wrote(key));
    // What every item says for itself need not be said for all.
    let said =
        |key: &'static Key, own: &Key| (key.key, bundle.wrote(key) || items.iter().all(|item| item.written.wrote(own)));
    let timed_places = !bundle.places.is_empty() && bundle.places.iter().all(|place| place.hours.is_some());
    let licence =
        |item: &&program::Item| item.written.item_type.as_ref().is_some_and(|at| at.value == ItemType::Licence);
    let remedy = |item: &program::Item| item.written.reconsideration.is_some() && item.written.litigation.is_some();
    vec![
        has(Bundle::audience),
        has(Bundle::lead),
        has(Bundle::basis),
        said(Bundle::eligibility, Item::eligibility),
        has(Bundle::promise),
        said(Bundle::fees, Item::fees),
        has(Bundle::places),
        (Bundle::hours.key, bundle.wrote(Bundle::hours) || timed_places),
        said(Bundle::enquiries, Item::enquiries),
        said(Bundle::complaints, Item::complaints),
        has(Bundle::delivery),
        (Bundle::remedies.key, bundle.wrote(Bundle::remedies) || items.iter().filter(licence).all(remedy)),
    ]
}

fn of_item(written: &Item, status: Status) -> Vec<(&'static str, bool)> {
    let has = |key: &Key| written.wrote(key);
    let yes = |flag: &Option<At<YesNo>>| flag.as_ref().is_some_and(|at| at.value.0);
    vec![
        (Item::limit.key, has(Item::limit)),
        (Item::statutory.key, has(Item::statutory) || yes(&written.no_statutory)),
        (Item::materials.key, has(Item::materials) || has(Item::forms) || yes(&written.no_materials)),
        (RESULTS, has(Item::results) || yes(&written.no_result)),
        (Item::basis.key, has(Item::basis)),
        (Item::implementation_code.key, has(Item::implementation_code) || status != Status::Published),
    ]
}
