//! `材料清单` in Word, as a page and as Markdown: every material with all that is known of it.

use crate::page::{self, Block, Cell, Column, Page, Row, Section, Table, Text};
use crate::parts::{code, document, figures, matrix};
use crate::words::view::{Measured, View, bases, when};
use crate::write::{Files, Painter};
use yijianshi_core::plan::{Material, Plan};

/// Writes it in all formats.
pub fn emit(plan: &Plan, painter: Painter<'_>, files: &mut Files) {
    let view = View { plan };
    let measured = [Measured::Materials, Measured::DistinctMaterials];
    let mut counts = vec![Block::Table(figures::table(view, &view.all(), &measured).headed())];
    counts.push(Block::List(figures::conventions(view).into_iter().take(2).collect()));
    let (due, exempt): (Vec<&Material>, Vec<&Material>) =
        plan.materials.iter().partition(|material| material.exemption.is_none());
    let mut missing = Vec::new();
    if !plan.widest.silent_items.is_empty() {
        let items = view.item_names(&plan.widest.silent_items);
        missing.push(Block::Alert(Text::of(format!("{items}还没有列出材料，下面的清单不完整。"))));
    }
    let list = |caption: &str, materials: &[&Material]| -> Vec<Block> {
        if materials.is_empty() { Vec::new() } else { vec![Block::Table(table(view, caption, materials))] }
    };
    missing.extend(list("要交的材料", &due));
    let all: Vec<&Material> = due.iter().chain(&exempt).copied().collect();
    let matrix = matrix::blocks(view, &all, true);
    let sections = [
        Section::new("counts", "有多少", counts),
        Section::new("due", "要交的材料", missing),
        Section::new("exempt", "不用交的材料", list("不用交的材料", &exempt)),
        Section::new("scenarios", "各典型情形要交的材料", matrix),
        Section::new("standards", "收件标准和审查要点", standards(view)),
    ];
    let page = Page { landscape: true, ..document::about(view, "材料清单", sections) };
    let page = page.with_code(code::of(view.plan));
    files.insert("材料清单.docx".to_owned(), page::docx(&page, painter));
    files.insert("材料清单.md".to_owned(), page::markdown(&page));
    files.insert("材料清单.html".to_owned(), page::html(&page));
}

fn table(view: View<'_>, caption: &str, materials: &[&Material]) -> Table {
    let text = |text: &Option<String>| Cell::of(text.as_deref().unwrap_or_default());
    let rows = materials.iter().enumerate().map(|(index, material)| {
        let others = material.labels.iter().filter(|label| **label != material.name);
        let mut condition = match &material.when {
            Some(condition) => when(Some(condition)),
            None => Text::of("都要"),
        };
        if let Some(deferral) = &material.deferral {
            condition = condition.line().tag("容缺").then(deferral);
        }
        let exemption = material
            .exemption
            .as_ref()
            .map_or_else(Text::default, |exemption| Text::of(&exemption.label).line().quiet(&exemption.reason));
        let name = Text::bold(&material.name);
        Row::new(vec![
            Cell::of((index + 1).to_string()),
            Cell::head(if material.added { name.tag("新增") } else { name }),
            text(&material.holder),
            Cell::of(material.form.map(|form| form.word()).unwrap_or_default()),
            Cell::of(material.copies.to_string()),
            Cell::of(material.origin.map(|origin| origin.word()).unwrap_or_default()),
            text(&material.issuer),
            Cell::new(condition),
            Cell::of(view.item_names(&material.items)),
            Cell::new(exemption),
            Cell::new(Text::lines(others.map(Text::of))),
            Cell::new(Text::lines(details(material))),
        ])
    });
    let columns = vec![
        Column::number("序号"),
        Column::new("材料"),
        Column::new("持有人"),
        Column::new("形式"),
        Column::number("份数"),
        Column::new("来源"),
        Column::new("出具单位"),
        Column::new("适用情形"),
        Column::new("用于事项"),
        Column::long("免交及理由"),
        Column::long("各部门叫法"),
        Column::long("其他要求"),
    ];
    Table::new(caption, columns, rows.collect()).without_empty_columns().headed()
}

fn details(material: &Material) -> Vec<Text> {
    let named = [
        ("出具时间", &material.validity),
        ("规格", &material.paper),
        ("签章", &material.seal),
        ("填报须知", &material.instructions),
        ("说明", &material.note),
    ];
    let mut lines: Vec<Text> = named
        .iter()
        .filter_map(|(name, value)| value.as_ref().map(|value| Text::of(format!("{name}：{value}"))))
        .collect();
    lines.extend(material.blank.as_ref().map(|at| Text::of("空白表：").address(at)));
    lines.extend(material.sample.as_ref().map(|at| Text::of("样表：").address(at)));
    if !material.basis.is_empty() {
        lines.push(Text::of("依据：").join(bases(&material.basis)));
    }
    lines
}

fn standards(view: View<'_>) -> Vec<Block> {
    let mut rows = Vec::new();
    for material in &view.plan.materials {
        if material.acceptance_criteria.is_empty() && material.checkpoints.is_empty() {
            continue;
        }
        let lines = |list: &[String]| Cell::new(Text::lines(list.iter().map(Text::of)));
        let holder = material.holder.as_ref().map(|holder| format!("（{holder}）")).unwrap_or_default();
        rows.push(Row::new(vec![
            Cell::head(Text::bold(format!("{}{holder}", material.name))),
            lines(&material.acceptance_criteria),
            lines(&material.checkpoints),
        ]));
    }
    if rows.is_empty() {
        return Vec::new();
    }
    let columns = vec![Column::new("材料"), Column::long("受理标准"), Column::long("审查要点")];
    vec![Block::Table(Table::new("收件标准和审查要点", columns, rows).without_empty_columns().headed())]
}
