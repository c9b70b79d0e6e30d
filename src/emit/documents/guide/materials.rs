//! The guide's materials: what to hand in, and what not.

use crate::page::{Block, Cell, Column, Row, Table, Text};
use crate::parts::{matrix, ranges};
use crate::words::view::{Measured, View, shape, when};
use yijianshi_core::plan::{Material, PresenceStatus};

pub(super) fn blocks(view: View<'_>) -> Vec<Block> {
    let (due, exempt): (Vec<&Material>, Vec<&Material>) =
        view.plan.materials.iter().partition(|material| material.exemption.is_none());
    let mut blocks = Vec::new();
    if !due.is_empty() {
        blocks.push(Block::Heading(Text::of(format!("要交的材料（共{}种，按情形准备）", due.len()))));
        if let Some(spread) = ranges::spread(view, Measured::DistinctMaterials) {
            blocks.push(Block::Para(Text::of("您要交其中的").strong(spread).then("，看您对前面问题的回答。")));
        }
        blocks.push(Block::Table(due_table(view, &due)));
    }
    let in_scenarios = matrix::blocks(view, &in_some(view), false);
    if !in_scenarios.is_empty() {
        blocks.push(Block::Heading(Text::of("各典型情形交哪些")));
        blocks.extend(in_scenarios);
    }
    let silent = &view.plan.widest.silent_items;
    if !silent.is_empty() {
        blocks.push(Block::Alert(Text::of(format!("{}还没有列出材料，以窗口告知为准。", view.item_names(silent)))));
    }
    if !exempt.is_empty() {
        blocks.push(Block::Heading(Text::of(format!("不用交的材料（{}种）", exempt.len()))));
        let rows = exempt.iter().map(|material| {
            let exemption = material.exemption.as_ref();
            Row::new(vec![
                Cell::head(name(material)),
                Cell::of(view.item_names(&material.items)),
                Cell::new(when(material.when.as_ref())),
                Cell::of(exemption.map_or("", |exemption| &exemption.label)),
                Cell::of(exemption.map_or("", |exemption| &exemption.reason)),
            ])
        });
        let columns = vec![
            Column::long("材料"),
            Column::new("原来哪些事项要"),
            Column::new("原来什么情形下要"),
            Column::new("怎样免交"),
            Column::new("为什么"),
        ];
        blocks.push(Block::Table(Table::new("不用交的材料", columns, rows.collect()).without_empty_columns().headed()));
    }
    blocks
}

/// What has to be handed in in some typical scenario, or otherwise may have to be.
fn in_some(view: View<'_>) -> Vec<&Material> {
    let due = |material: &&Material| {
        let mut statuses = material.scenarios.iter().map(|presence| presence.status);
        material.exemption.is_none()
            || statuses.any(|status| matches!(status, PresenceStatus::Due | PresenceStatus::Deferred))
    };
    view.plan.materials.iter().filter(due).collect()
}

fn due_table(view: View<'_>, due: &[&Material]) -> Table {
    let rows = due.iter().enumerate().map(|(index, material)| {
        Row::new(vec![
            Cell::of((index + 1).to_string()),
            Cell::head(Text::lines([name(material), remarks(material)])),
            Cell::of(shape(material)),
            Cell::new(condition(material)),
            Cell::of(view.item_names(&material.items)),
        ])
    });
    let columns = vec![
        Column::number("序号"),
        Column::long("材料"),
        Column::new("形式和份数"),
        Column::new("什么情形下交"),
        Column::new("用于哪些事项"),
    ];
    Table::new("要交的材料", columns, rows.collect()).without_empty_columns().headed()
}

fn name(material: &Material) -> Text {
    let text = Text::bold(&material.name);
    match &material.holder {
        Some(holder) if !material.name.contains(holder.as_str()) => text.then(format!("（{holder}）")),
        _ => text,
    }
}

fn condition(material: &Material) -> Text {
    let text = match &material.when {
        Some(when) => Text::of(&when.words),
        None => Text::of("都要交"),
    };
    if let Some(deferral) = &material.deferral { text.line().tag("容缺").then(deferral) } else { text }
}

fn origin(material: &Material) -> Option<String> {
    match (&material.issuer, material.origin) {
        (Some(issuer), _) => Some(format!("由{issuer}出具")),
        (None, origin) => origin.map(|origin| origin.word().to_owned()),
    }
}

fn quiet(words: &str) -> Text {
    Text::default().quiet(words)
}

fn remarks(material: &Material) -> Text {
    let mut parts: Vec<Text> = Vec::new();
    parts.extend(origin(material).map(|origin| quiet(&origin)));
    parts.extend(material.instructions.as_deref().map(quiet));
    parts.extend(material.validity.as_ref().map(|validity| quiet(&format!("出具时间：{validity}"))));
    parts.extend(material.paper.as_ref().map(|paper| quiet(&format!("规格：{paper}"))));
    parts.extend(material.seal.as_ref().map(|seal| quiet(&format!("签章：{seal}"))));
    if material.is_form && material.labels.len() > 1 {
        parts.push(quiet(&format!("代替原来的{}张表：{}", material.labels.len(), material.labels.join("、"))));
    }
    parts.extend(material.blank.as_ref().map(|at| Text::of("空白表：").address(at)));
    parts.extend(material.sample.as_ref().map(|at| Text::of("样表：").address(at)));
    parts.extend(material.note.as_ref().map(|note| quiet(note)));
    Text::lines(parts)
}
