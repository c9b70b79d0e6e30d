use crate::code;
use crate::diagnostic::{Diagnostic, Level, Sink};
use crate::expr::check_credit_code;
use crate::facts::Facts;
use crate::model::{ItemType, Text, Tier};
use crate::program::Item;

code! {
    /// # 事项编码写错了
    ///
    /// 工作区清单写了“编码规则: 国家平台”时，按国家平台的办法检查：基本编码12位；
    /// 实施编码31位 = 实施单位的统一社会信用代码18位 + 行使层级1位 + 基本编码12位；业务办理项编码再加2位。
    /// 编码对不上，数据汇聚时就会退回，或者挂到别的单位、别的事项名下。
    ///
    /// 其他编码规则各地不同，不检查。
    ///
    /// ## 反例
    ///
    /// ```yaml
    /// # 文件: yijianshi.yaml
    /// 工作区: 例子
    /// 标识: example
    /// 计数口径: {环节: 按事项, 跑动: 按事项}
    /// 编码规则: 国家平台
    /// # 文件: 例子.yaml
    /// 一件事: 例子
    /// 标识: example
    /// 联办事项:
    ///   登记:
    ///     名称: 例子登记
    ///     单位: 市场监管部门
    ///     行使层级: 县级
    ///     实施编码: 12441500196720244T3442199806003
    /// ```
    ///
    /// ## 正例
    ///
    /// ```yaml
    /// # 文件: yijianshi.yaml
    /// 工作区: 例子
    /// 标识: example
    /// 计数口径: {环节: 按事项, 跑动: 按事项}
    /// 编码规则: 国家平台
    /// # 文件: 例子.yaml
    /// 一件事: 例子
    /// 标识: example
    /// 联办事项:
    ///   登记:
    ///     名称: 例子登记
    ///     单位: 市场监管部门
    ///     行使层级: 市级
    ///     实施编码: 12441500196720244T3442199806003
    /// ```
    ///
    /// ## 依据
    ///
    /// 审查规则 K02、K03：实施编码与实施单位、行使层级、基本编码一致；编码按工作区写明的规则检查，不一刀切。
    pub static CODE = "wrong-item-codes", Items, Error, allowable;
}

/// The profile under which codes are checked.
const PROFILE: &str = "国家平台";

/// Looks at the codes of each item.
pub fn check(facts: &Facts<'_>, sink: &mut Sink) {
    let manifest = &facts.program.workspace.manifest;
    if manifest.code_profile.as_ref().is_none_or(|profile| &*profile.value != PROFILE) {
        return;
    }
    for item in &facts.program.items {
        let written = &item.written;
        if let Some(code) = &written.base_code {
            sink.extend(length(code, "基本编码", 12).or_else(|| item_type(item, code)));
        }
        if let Some(code) = &written.implementation_code {
            sink.extend(length(code, "实施编码", 31).or_else(|| implementation(facts, item, code)));
        }
        if let Some(code) = &written.variant_code {
            sink.extend(length(code, "业务办理项编码", 33).or_else(|| variant(item, code)));
        }
    }
}

fn length(code: &Text, what: &str, right: usize) -> Option<Diagnostic> {
    let written = code.value.chars().count();
    let odd = code.value.chars().find(|c| !c.is_ascii_digit() && !c.is_ascii_uppercase());
    let message = match odd {
        Some(c) => format!("{what}只能用半角数字和大写字母，写了“{c}”"),
        None if written != right => format!("{what}应当是{right}位，写了{written}位"),
        None => return None,
    };
    Some(CODE.at(code.span, message).help("对照事项管理系统改正"))
}

/// 31 ASCII characters: credit code, tier, base code.
fn implementation(facts: &Facts<'_>, item: &Item, code: &Text) -> Option<Diagnostic> {
    let (credit, rest) = code.value.split_at(18);
    let (tier, base) = rest.split_at(1);
    if let Err(fault) = check_credit_code(credit) {
        return Some(
            CODE.at(code.span, format!("实施编码前18位的统一社会信用代码{fault}"))
                .help("对照实施单位的统一社会信用代码改正"),
        );
    }
    let agency = item.agency.as_ref().map(|at| facts.program.workspace.agency_of(at.value));
    if let Some((agency, own)) = agency.and_then(|agency| Some((agency, agency.written.credit_code.as_ref()?)))
        && check_credit_code(&own.value).is_ok()
        && &*own.value != credit
    {
        return Some(
            CODE.at(code.span, format!("实施编码前18位不是“{}”的统一社会信用代码", agency.name.value))
                .related(own.span, "它的代码写在这里")
                .help("核对实施单位，改正其中一处"),
        );
    }
    if let Some(at) = item.written.tier
        && digit(at.value) != tier
    {
        return Some(
            CODE.at(code.span, format!("实施编码第19位是{tier}，行使层级是{}，应当是{}", at.value, digit(at.value)))
                .related(at.span, "行使层级写在这里")
                .help("核对行使层级，改正其中一处"),
        );
    }
    let own = item.written.base_code.as_ref().filter(|own| own.value.len() == 12 && &*own.value != base)?;
    Some(
        CODE.at(code.span, format!("实施编码后12位是{base}，与基本编码{own}不同"))
            .related(own.span, "基本编码写在这里")
            .help("核对基本编码，改正其中一处"),
    )
}

fn variant(item: &Item, code: &Text) -> Option<Diagnostic> {
    let own = item.written.implementation_code.as_ref().filter(|own| own.value.len() == 31)?;
    (!code.value.starts_with(&*own.value)).then(|| {
        CODE.at(code.span, "业务办理项编码的前31位与实施编码不同")
            .related(own.span, "实施编码写在这里")
            .help("业务办理项编码 = 实施编码 + 2位，改正其中一处")
    })
}

/// The type digits of a base code; an open list, so only a contradiction between two known types is reported.
fn item_type(item: &Item, code: &Text) -> Option<Diagnostic> {
    let declared = item.written.item_type?;
    let digits = &code.value[2..4];
    let meant = ItemType::ALL.iter().find(|known| type_digits(**known) == digits)?;
    if *meant == declared.value {
        return None;
    }
    let message = format!("基本编码第3、4位{digits}是{meant}，事项类型写的是{}", declared.value);
    let diagnostic = CODE.at(code.span, message).related(declared.span, "事项类型写在这里");
    Some(Diagnostic { level: Level::Warning, ..diagnostic.help("核对事项类型，改正其中一处") })
}

fn digit(tier: Tier) -> &'static str {
    match tier {
        Tier::Nation => "1",
        Tier::Province => "2",
        Tier::City => "3",
        Tier::County => "4",
        Tier::Town => "5",
        Tier::Village => "6",
        Tier::Several => "7",
    }
}

fn type_digits(item_type: ItemType) -> &'static str {
    match item_type {
        ItemType::Licence => "01",
        ItemType::Penalty => "02",
        ItemType::Compulsion => "03",
        ItemType::Levy => "04",
        ItemType::Payment => "05",
        ItemType::Check => "06",
        ItemType::Confirmation => "07",
        ItemType::Reward => "08",
        ItemType::Ruling => "09",
        ItemType::OtherPower => "10",
        ItemType::PublicService => "20",
    }
}
