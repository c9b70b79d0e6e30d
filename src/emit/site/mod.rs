//! `index.html`: all bundles of a workspace, and the page over several workspaces.

use std::collections::BTreeMap;

use super::Files;
use super::catalogue::{Brief, Catalogue};
use super::doc::{self, Block, Cell, Column, Page, Row, Section, Table, Text};
use super::html::Url;

/// The page's file.
pub(super) const INDEX: &str = "index.html";

/// Writes the page of a workspace.
pub fn emit(catalogue: &Catalogue, files: &mut Files) {
    let rows = catalogue.entries.iter().map(|entry| {
        let guide = Url::below(&format!("{}/办事指南.html", entry.id)).filter(|_| entry.has("办事指南.html"));
        Row::new(vec![
            Cell::head(match guide {
                Some(url) => Text::default().link(url, &entry.title),
                None => Text::of(&entry.title),
            }),
            Cell::of(entry.status.word()),
            Cell::of(entry.lead.as_deref().unwrap_or("没有写明")),
        ])
    });
    let columns = vec![Column::new("一件事"), Column::new("状态"), Column::new("牵头单位")];
    let table = Table::new("全部一件事", columns, rows.collect()).headed();
    let page = page("目录", &catalogue.workspace.title, table);
    files.insert(INDEX.to_owned(), doc::html(&page));
}

/// The page over several workspaces, by the folders beside it.
pub fn portal(workspaces: &BTreeMap<String, Brief>) -> Vec<u8> {
    let rows = workspaces.iter().map(|(id, brief)| {
        Row::new(vec![
            Cell::head(match Url::below(&format!("{id}/{INDEX}")) {
                Some(url) => Text::default().link(url, &brief.title),
                None => Text::of(&brief.title),
            }),
            Cell::of(brief.region.as_deref().unwrap_or("没有写明")),
            Cell::of(format!("{}件", brief.bundles)),
        ])
    });
    let columns = vec![Column::new("工作区"), Column::new("地区"), Column::number("一件事")];
    let table = Table::new("全部工作区", columns, rows.collect()).headed();
    doc::html(&page("目录", "全部工作区", table))
}

fn page(kind: &'static str, title: &str, table: Table) -> Page {
    Page {
        kind,
        title: Text::of(title),
        sections: Section::new("all", "全部", vec![Block::Table(table)]).into_iter().collect(),
        ..Page::default()
    }
}
