//! What a bundle does not say: named in the documents for officials, so that a gap is filled and not taken for a rule.

use crate::page::{Block, Cell, Column, Row, Table, Text};
use crate::words::view::{View, material_name};
use yijianshi_core::plan::{Item, Material};

/// What is missing somewhere.
#[derive(Debug)]
pub struct Gap<'a> {
    /// Who would have to say it; nobody if the bundle names no lead agency.
    pub agency: Option<&'a str>,
    /// In what: the bundle, or an item.
    pub about: String,
    /// What, one entry a kind.
    pub lacks: Vec<String>,
}

/// Everything missing, the bundle's first.
pub fn all(view: View<'_>) -> Vec<Gap<'_>> {
    let lead = view.plan.bundle.lead.as_deref();
    let mut gaps = Vec::new();
    let own = of_bundle(view);
    if !own.is_empty() {
        gaps.push(Gap { agency: lead, about: "整件事".to_owned(), lacks: vec![own.join("、")] });
    }
    for item in &view.plan.items {
        let agency = item.agency.as_deref().or(lead);
        let own = of_item(view, item);
        let mut lacks: Vec<String> = if own.is_empty() { Vec::new() } else { vec![own.join("、")] };
        // Kinds that the same materials lack are said in one.
        let mut kinds: Vec<(Vec<String>, Vec<&str>)> = Vec::new();
        for (what, lacking) in of_materials(view, Some(item)) {
            let names: Vec<String> = lacking.into_iter().map(material_name).collect();
            match kinds.iter_mut().find(|(own, _)| *own == names) {
                Some((_, kinds)) => kinds.push(what),
                None => kinds.push((names, vec![what])),
            }
        }
        lacks.extend(kinds.iter().map(|(names, kinds)| format!("{}的{}", names.join("、"), kinds.join("、"))));
        if !lacks.is_empty() {
            gaps.push(Gap { agency, about: item.name.clone(), lacks });
        }
    }
    gaps
}

/// A section about them; empty if nothing is missing.
pub fn blocks(view: View<'_>) -> Vec<Block> {
    let gaps = all(view);
    if gaps.is_empty() {
        return Vec::new();
    }
    let rows = gaps.iter().enumerate().map(|(index, gap)| {
        Row::new(vec![
            Cell::of((index + 1).to_string()),
            Cell::of(&gap.about),
            Cell::of(gap.agency.unwrap_or("没有写明")),
            Cell::new(Text::lines(gap.lacks.iter().map(Text::of))),
        ])
    });
    let columns =
        vec![Column::number("序号"), Column::new("涉及"), Column::new("由谁补"), Column::long("没有写明的内容")];
    vec![
        Block::Para(Text::of("下列内容原文没有写明，补齐以前不得自行解释，遇到时先请示牵头单位。")),
        Block::Table(Table::new("尚未明确的内容", columns, rows.collect()).headed()),
    ]
}

/// What the bundle itself lacks.
pub fn of_bundle(view: View<'_>) -> Vec<&'static str> {
    let bundle = &view.plan.bundle;
    let items = &view.plan.items;
    let hours = !bundle.hours.is_empty() || bundle.places.iter().any(|place| place.hours.is_some());
    let told = !bundle.enquiries.is_empty()
        || items.iter().any(|item| !item.enquiries.is_empty())
        || view.plan.agencies.iter().any(|agency| agency.phone.is_some())
        || bundle.places.iter().any(|place| place.phone.is_some());
    let watched = !bundle.complaints.is_empty() || items.iter().any(|item| !item.complaints.is_empty());
    let remedies = !bundle.remedies.is_empty()
        || items.iter().any(|item| item.reconsideration.is_some() || item.litigation.is_some());
    let fees = !bundle.fees.is_empty() || items.iter().any(|item| !item.fees.is_empty());
    let eligible = !bundle.eligibility.is_empty() || items.iter().any(|item| !item.eligibility.is_empty());
    let said = [
        ("牵头单位", bundle.lead.is_some()),
        ("承诺时限", bundle.promise.is_some()),
        ("服务对象", !bundle.audience.is_empty()),
        ("设定依据", !bundle.basis.is_empty()),
        ("受理条件", eligible),
        ("是否收费", fees),
        ("办理形式", !bundle.channels.is_empty()),
        ("办理地点", !bundle.places.is_empty()),
        ("办理时间", hours),
        ("咨询方式", told),
        ("监督投诉方式", watched),
        ("救济渠道", remedies),
        ("结果送达方式", !bundle.delivery.is_empty()),
        ("部分事项不予许可时怎样处理", bundle.partial_failure.is_some() || items.len() < 2),
        ("责任人", bundle.responsible.is_some()),
        ("版本", bundle.version.is_some()),
        ("实施日期", bundle.effective_on.is_some()),
    ];
    said.into_iter().filter(|(_, said)| !said).map(|(name, _)| name).collect()
}

fn of_item(view: View<'_>, item: &Item) -> Vec<&'static str> {
    let said = [
        ("实施单位", item.agency.is_some()),
        ("时限", item.limit.is_some()),
        ("法定时限", item.statutory.is_some() || item.no_statutory),
        ("设定依据", !item.basis.is_empty()),
        ("环节", !item.stages.is_empty()),
        ("材料", !view.plan.widest.silent_items.contains(&item.id)),
        ("结果文书", !item.results.is_empty() || item.no_result),
    ];
    said.into_iter().filter(|(_, said)| !said).map(|(name, _)| name).collect()
}

/// What a material may lack, and whether it does.
type Lack = (&'static str, fn(&Material) -> bool);

/// What materials that have to be handed in lack; those of one item, if it is given.
pub fn of_materials<'a>(view: View<'a>, item: Option<&Item>) -> Vec<(&'static str, Vec<&'a Material>)> {
    let due = view.plan.materials.iter().filter(|material| material.exemption.is_none());
    let own = |material: &&Material| item.is_none_or(|item| material.items.contains(&item.id));
    let due: Vec<&Material> = due.filter(own).collect();
    let lacks: [Lack; 3] = [
        ("收件标准", |material| material.acceptance_criteria.is_empty()),
        ("审查要点", |material| material.checkpoints.is_empty()),
        ("原件或复印件", |material| material.form.is_none() && !material.is_form),
    ];
    lacks
        .into_iter()
        .map(|(what, lacks)| (what, due.iter().copied().filter(|material| lacks(material)).collect::<Vec<_>>()))
        .filter(|(_, lacking)| !lacking.is_empty())
        .collect()
}
