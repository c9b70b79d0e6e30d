//! What several documents say of the service itself: where it is, who is served, whom to ask.

use crate::page::{Block, Cell, Column, Row, Table, Text};
use crate::words::view::View;
use yijianshi_core::plan::Item;

/// Where and when to come.
pub fn places(view: View<'_>) -> Vec<Block> {
    let bundle = &view.plan.bundle;
    let mut blocks = Vec::new();
    if !bundle.places.is_empty() {
        let text = |text: &Option<String>| Cell::of(text.as_deref().unwrap_or_default());
        let rows = bundle.places.iter().map(|place| {
            Row::new(vec![
                text(&place.name),
                Cell::of(&place.address),
                text(&place.counter),
                text(&place.phone),
                text(&place.hours),
            ])
        });
        let columns = vec![
            Column::new("名称"),
            Column::long("地址"),
            Column::new("窗口"),
            Column::short("电话"),
            Column::new("时间"),
        ];
        blocks.push(Block::Table(Table::new("办理地点", columns, rows.collect()).without_empty_columns()));
    }
    if !bundle.hours.is_empty() {
        blocks.push(Block::Para(Text::of("办理时间：").then(bundle.hours.join("；"))));
    }
    blocks
}

/// Who and what is accepted.
pub fn eligibility(view: View<'_>) -> Vec<Block> {
    let mut list: Vec<Text> = view.plan.bundle.eligibility.iter().map(Text::of).collect();
    for item in &view.plan.items {
        list.extend(item.eligibility.iter().map(|rule| Text::of(format!("{}：{rule}", item.name))));
    }
    if list.is_empty() { Vec::new() } else { vec![Block::Numbered(list)] }
}

/// Whom to ask, where to complain, what to do against a decision.
pub fn remedies(view: View<'_>) -> Vec<Block> {
    let bundle = &view.plan.bundle;
    let mut facts: Vec<(Text, Text)> = Vec::new();
    let mut fact = |name: &str, values: Vec<Text>| {
        if !values.is_empty() {
            facts.push((Text::of(name), Text::lines(values)));
        }
    };
    let items = &view.plan.items;
    let gather = |own: &[String], of: &dyn Fn(&Item) -> Vec<String>| -> Vec<Text> {
        let of_items = items
            .iter()
            .flat_map(|item| of(item).into_iter().map(|text| format!("{}：{text}", item.name)).collect::<Vec<_>>());
        own.iter().cloned().chain(of_items).map(Text::of).collect()
    };
    fact("咨询", gather(&bundle.enquiries, &|item| item.enquiries.clone()));
    let phones = view.plan.agencies.iter().filter_map(|agency| {
        let phone = agency.phone.as_ref()?;
        let address = agency.address.as_ref().map(|at| format!("，{at}")).unwrap_or_default();
        Some(Text::of(format!("{}：{phone}{address}", agency.full_name.as_deref().unwrap_or(&agency.name))))
    });
    fact("联系单位", phones.collect());
    fact("监督投诉", gather(&bundle.complaints, &|item| item.complaints.clone()));
    fact("救济渠道", bundle.remedies.iter().map(Text::of).collect());
    fact("行政复议", gather(&[], &|item| item.reconsideration.iter().cloned().collect()));
    fact("行政诉讼", gather(&[], &|item| item.litigation.iter().cloned().collect()));
    if facts.is_empty() { Vec::new() } else { vec![Block::Facts(facts)] }
}

/// Questions that are often asked.
pub fn faq(view: View<'_>) -> Vec<Block> {
    let mut blocks = Vec::new();
    for entry in &view.plan.bundle.faq {
        blocks.push(Block::Heading(Text::of(&entry.question)));
        blocks.push(Block::Para(Text::of(&entry.answer)));
    }
    blocks
}
