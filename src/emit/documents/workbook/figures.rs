//! 概要 and 改革前后: what the bundle is, and its figures before and after in every typical scenario.

use super::account::Account;
use super::time::Time;
use crate::parts::cells::savings;
use crate::parts::figures::conventions;
use crate::words::view::{Measured, View, Worded, duration};
use crate::write::xlsx::{Cell, Column, Sheet, at};
use yijianshi_core::plan::PromiseVerdict;

/// 概要.
pub(super) fn about(view: View<'_>) -> Sheet {
    let bundle = &view.plan.bundle;
    let workspace = &view.plan.workspace;
    let list = |list: &[String]| list.join("\n");
    let text = |text: &Option<String>| text.clone().unwrap_or_default();
    let lead = bundle.lead.as_deref();
    let partners = view.plan.agencies.iter().map(|agency| agency.name.as_str()).filter(|name| Some(*name) != lead);
    let verdict = view.plan.summary.promise.as_ref().map(|proof| match proof.verdict {
        PromiseVerdict::Proved => "所有情形都办得到",
        PromiseVerdict::Refuted => "有的情形办不到",
        PromiseVerdict::Unknown => "有的时限没有写明，不能断定",
    });
    let places = bundle.places.iter().map(|place| {
        let parts = [place.name.as_ref(), Some(&place.address), place.counter.as_ref(), place.phone.as_ref()];
        parts.into_iter().flatten().cloned().collect::<Vec<_>>().join(" ")
    });
    let rows: Vec<(&str, String)> = vec![
        ("名称", bundle.title.clone()),
        ("规范名称", text(&bundle.official_name)),
        ("主题编码", text(&bundle.code)),
        ("工作区", workspace.title.clone()),
        ("地区", workspace.region.as_ref().map(|region| region.name.clone()).unwrap_or_default()),
        ("状态", bundle.status.word().to_owned()),
        ("版本", text(&bundle.version)),
        ("发布日期", text(&bundle.issued_on)),
        ("实施日期", text(&bundle.effective_on)),
        ("责任人", text(&bundle.responsible)),
        ("服务对象", list(&bundle.audience)),
        ("主题", text(&bundle.theme)),
        ("生命周期阶段", text(&bundle.life_stage)),
        ("牵头单位", text(&bundle.lead)),
        ("配合单位", partners.collect::<Vec<_>>().join("、")),
        ("承诺时限", bundle.promise.map(duration).unwrap_or_default()),
        ("承诺能否兑现", verdict.unwrap_or_default().to_owned()),
        ("法定时限", bundle.statutory.map(duration).unwrap_or_default()),
        ("承诺跑动次数", bundle.visits.map(|visits| visits.to_string()).unwrap_or_default()),
        ("设定依据", bundle.basis.iter().map(|basis| basis.line()).collect::<Vec<_>>().join("\n")),
        ("受理条件", list(&bundle.eligibility)),
        ("办理形式", list(&bundle.channels)),
        ("通办范围", text(&bundle.coverage)),
        ("办理地点", places.collect::<Vec<_>>().join("\n")),
        ("办理时间", list(&bundle.hours)),
        ("网上办理入口", text(&bundle.online)),
        ("咨询方式", list(&bundle.enquiries)),
        ("监督投诉方式", list(&bundle.complaints)),
        ("结果送达", list(&bundle.delivery)),
    ];
    let mut sheet = Sheet::new("概要", vec![Column::words("内容"), Column::wide("说明")]);
    for (name, value) in rows {
        let value = if value.trim().is_empty() { "没有写明".to_owned() } else { value };
        sheet.rows.push(vec![Cell::text(name), Cell::text(value)]);
    }
    for scenario in &view.plan.scenarios {
        let answers = view.answers(scenario).words();
        sheet.rows.push(vec![
            Cell::text(format!("情形：{}", scenario.name)),
            Cell::text(if answers.is_empty() { "没有问题要回答" } else { &answers }),
        ]);
    }
    for (index, convention) in conventions(view).iter().enumerate() {
        sheet.rows.push(vec![Cell::text(format!("口径{}", index + 1)), Cell::text(convention.words())]);
    }
    sheet
}

/// 改革前后.
pub(super) fn sheet(view: View<'_>, account: &Account, time: &Time) -> Sheet {
    let columns = vec![
        Column::words("情形"),
        Column::words("数字"),
        Column::short("单位"),
        Column::short("改革前"),
        Column::short("改革后"),
        Column::short("减少"),
        Column::short("减幅"),
    ];
    let mut sheet = Sheet::new("改革前后", columns).keyed(2);
    for (index, scenario) in view.all().into_iter().enumerate() {
        for measured in Measured::ALL {
            let row = sheet.rows.len();
            let side = |after: bool| {
                let counts = if after { &scenario.comparison.after } else { &scenario.comparison.before };
                let known = measured.of(counts);
                let cell = match (known, measured) {
                    (None, _) => Cell::text(measured.unknown(view, scenario)),
                    (Some(known), Measured::Materials) => Cell::formula(account.total(index, after), known),
                    (Some(known), Measured::Days) if after => time.chain(index, known),
                    (Some(known), Measured::Days) => time.sum(index, known),
                    (Some(known), _) => Cell::number(known),
                };
                (known, cell)
            };
            let ((before, first), (after, then)) = (side(false), side(true));
            let unit = measured.unit_in(scenario);
            let [saved, share] = savings(before, after, (&at(3, row), &at(4, row)));
            sheet.rows.push(vec![
                Cell::text(&scenario.name),
                Cell::text(measured.label()),
                Cell::text(unit.strip_prefix('个').filter(|unit| !unit.is_empty()).unwrap_or(&unit)),
                first,
                then,
                saved,
                share,
            ]);
        }
    }
    sheet
}
