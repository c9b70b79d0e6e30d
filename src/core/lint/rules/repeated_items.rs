use rustc_hash::FxHashMap;

use crate::code;
use crate::diagnostic::Sink;
use crate::facts::Facts;
use crate::program::{AgencyId, Item};

code! {
    /// # 同一个事项列了两次
    ///
    /// 名称相同、实施单位也相同，就是同一个事项。列两次，改革前的材料、时限、跑动都会多算一份。
    /// 同一事项的不同办理项（新办、变更），用“业务办理项编码”或不同的“当”区分开，就不会报告。
    ///
    /// ## 反例
    ///
    /// ```yaml
    /// 一件事: 例子
    /// 标识: example
    /// 联办事项:
    ///   登记: {名称: 例子登记, 单位: 市场监管部门}
    ///   备案: {名称: 例子登记, 单位: 市监局}
    /// ```
    ///
    /// ## 正例
    ///
    /// ```yaml
    /// 一件事: 例子
    /// 标识: example
    /// 联办事项:
    ///   登记: {名称: 例子登记, 单位: 市场监管部门}
    ///   备案: {名称: 例子备案, 单位: 市监局}
    /// ```
    ///
    /// ## 依据
    ///
    /// 审查规则 G05、K04：一个事项一个名称、一个编码。
    pub static CODE = "repeated-items", Items, Error, allowable;
}

/// Reports the second and further ones.
pub fn check(facts: &Facts<'_>, sink: &mut Sink) {
    let mut known: FxHashMap<(AgencyId, &str), &Item> = FxHashMap::default();
    for item in &facts.program.items {
        let Some(agency) = item.agency else { continue };
        let Some(first) = known.insert((agency.value, &*item.official_name), item) else { continue };
        if told_apart(first, item) {
            continue;
        }
        let span = item.written.name.as_ref().map_or(item.name.span, |name| name.span);
        let other = first.written.name.as_ref().map_or(first.name.span, |name| name.span);
        let message = format!("“{}”和“{}”是同一个事项：名称、单位都相同", item.name.value, first.name.value);
        let help = "删去其中一个；是同一事项的不同办理项，写上“业务办理项编码”或不同的“当”";
        sink.push(CODE.at(span, message).related(other, "先列在这里").help(help));
    }
}

fn told_apart(a: &Item, b: &Item) -> bool {
    let code = |item: &Item| item.written.variant_code.as_ref().map(|code| code.value.clone());
    let when = |item: &Item| item.when.as_ref().map(|cond| cond.test.clone());
    code(a) != code(b) || when(a) != when(b)
}
