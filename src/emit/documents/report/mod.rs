//! `改革成效.md` and `改革成效.html`: what the reform saves, line by line; `改革成效对比`: the same as governments publish it. A
//! figure that is not known is said to be so, with what is missing.

mod changes;
mod claims;
mod comparison;
mod ledger;
mod scenarios;
mod tables;

use crate::page::{self, Block, Cell, Column, Page, Row, Section, Table, Text};
use crate::parts::{document, figures, ranges, schedule};
use crate::words::view::{Measured, View, bases, place};
use crate::write::{Files, Painter};
use claims::claims;
use scenarios::per_scenario;
use yijianshi_core::plan::Plan;

/// Writes all.
pub fn emit(plan: &Plan, painter: Painter<'_>, files: &mut Files) {
    let view = View { plan };
    let page = page(view);
    files.insert("改革成效.md".to_owned(), page::markdown(&page));
    files.insert("改革成效.html".to_owned(), page::html(&page));
    comparison::emit(view, painter, files);
}

fn page(view: View<'_>) -> Page {
    let all = view.all();
    let sections = [
        Section::new("totals", "总体成效", totals(view)),
        Section::new("counting", "计数口径", vec![Block::List(figures::conventions(view))]),
        Section::new("limits", "审批时限变化", per_scenario(&all, |scenario| tables::limits(view, scenario))),
        Section::new("materials", "申报材料变化", per_scenario(&all, |scenario| tables::materials(view, scenario))),
        Section::new("ledger", "材料账", per_scenario(&all, |scenario| ledger::blocks(view, scenario))),
        Section::new("schedule", "时间安排", schedule::blocks(view, &all)),
        Section::new("claims", "公布数字核对", claims(view)),
        Section::new("measures", "改革举措", measures(view)),
        Section::new("allowed", "编制人说明保留的问题", allowed(view)),
    ];
    Page { figures: figures::cards(view), ..document::about(view, "改革成效", sections) }
}

fn totals(view: View<'_>) -> Vec<Block> {
    let mut blocks = scenarios::totals(view, &view.all(), &Measured::ALL);
    blocks.extend(ranges::table(view));
    blocks.extend(ranges::promise(view));
    blocks
}

fn measures(view: View<'_>) -> Vec<Block> {
    if view.plan.measures.is_empty() {
        return Vec::new();
    }
    let rows = view.plan.measures.iter().enumerate().map(|(index, measure)| {
        Row::new(vec![
            Cell::of((index + 1).to_string()),
            Cell::head(Text::bold(&measure.label)),
            Cell::of(&measure.text),
            Cell::of(measure.reason.as_deref().unwrap_or_default()),
            Cell::new(bases(&measure.basis)),
            Cell::of(place(&measure.source)),
        ])
    });
    let columns = vec![
        Column::number("序号"),
        Column::new("举措"),
        Column::long("内容"),
        Column::long("说明"),
        Column::new("依据"),
        Column::new("出处"),
    ];
    vec![Block::Table(Table::new("改革举措", columns, rows.collect()).without_empty_columns().headed())]
}

fn allowed(view: View<'_>) -> Vec<Block> {
    if view.plan.allowed.is_empty() {
        return Vec::new();
    }
    let rows = view.plan.allowed.iter().map(|finding| {
        Row::new(vec![
            Cell::head(Text::of(&finding.message)),
            Cell::of(&finding.reason),
            Cell::of(&finding.code),
            Cell::of(place(&finding.source)),
        ])
    });
    let columns = vec![Column::long("问题"), Column::long("保留的理由"), Column::new("规则"), Column::new("出处")];
    vec![Block::Table(Table::new("编制人说明保留的问题", columns, rows.collect()).headed())]
}
