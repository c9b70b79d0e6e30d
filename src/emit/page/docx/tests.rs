#[path = "../../../../tests/emit/docx.rs"]
mod docx;

use super::render;
use crate::layout::Size;
use crate::page::{Block, Cell, Chart, Column, Page, Row, Section, Table, Text};
use crate::write::svg::Drawing;
use docx::{checked, parts};

/// A drawing of this size in which nothing is drawn.
fn drawing(width: i32, height: i32) -> Drawing {
    let title = format!("{width}×{height}");
    Drawing {
        id: "x",
        title,
        description: "看不见的人读这里".into(),
        size: Size { width, height },
        body: Default::default(),
    }
}

#[test]
fn charts_are_embedded_and_fit_the_page() {
    let chart = |name, whole, sheets| Block::Chart(Box::new(Chart { name, whole, sheets }));
    let blocks = || {
        vec![
            Block::Table(Table::new("表", vec![Column::new("甲")], vec![Row::new(vec![Cell::of("x")])])),
            chart("宽", drawing(2000, 100), vec![]),
            chart("高", drawing(100, 2000), vec![]),
            chart("分", drawing(5000, 5000), vec![drawing(900, 1200), drawing(900, 700)]),
            chart("坏", drawing(1, 1), vec![]),
            chart("矮", drawing(900, 500), vec![]),
        ]
    };
    let page = Page {
        kind: "图",
        sections: vec![
            Section::new("a", "竖的", blocks()).unwrap(),
            Section::new("b", "横的", blocks()).unwrap().landscape(),
        ],
        foot: vec![Text::of("页脚")],
        ..Page::default()
    };
    let bytes = render(&page, &|drawing| (drawing.size.width > 1).then(|| drawing.title.clone().into_bytes()));
    let document = checked("图", &bytes);
    let mut sizes = Vec::new();
    document.all("wp:extent", &mut sizes);
    let sizes: Vec<(u64, u64)> = sizes
        .iter()
        .map(|own| (own.get("cx").unwrap().parse().unwrap(), own.get("cy").unwrap().parse().unwrap()))
        .collect();
    assert_eq!(sizes.len(), 10);
    let upright = |(width, height): (u64, u64)| width <= 8845 * 635 && height <= 11_000 * 635;
    let turned = |(width, height): (u64, u64)| width <= 12_756 * 635 && height <= 7_200 * 635;
    // The low ones where they are spoken of, then at the end each of the others; the wide ones on turned paper.
    for (place, size) in sizes.iter().enumerate() {
        let fits = if matches!(place, 1 | 2 | 6) { turned(*size) } else { upright(*size) };
        assert!(fits, "{place}: {size:?}");
    }
    let mut papers = Vec::new();
    document.all("w:pgSz", &mut papers);
    let papers: Vec<bool> = papers.iter().map(|own| own.get("w:orient").is_some()).collect();
    assert_eq!(papers, [false, true, false, true, false]);
    assert_eq!(parts("图", &bytes).keys().filter(|path| path.starts_with("word/media/")).count(), 10);

    let words = document.words();
    assert_eq!(words.matches("见“坏.svg”文件").count(), 2);
    let said = [
        "宽见文后附图1。",
        "高见文后附图2。",
        "分见文后附图3、附图4。",
        "宽见文后附图5。",
        "高见文后附图6。",
        "分见文后附图7、附图8。",
        "页脚",
        "附图1\u{3000}宽",
        "附图4\u{3000}分",
        "附图8\u{3000}分",
    ];
    let places: Vec<usize> = said.iter().map(|part| words.find(part).unwrap_or_else(|| panic!("{part}"))).collect();
    assert!(places.is_sorted(), "{places:?}");
}

#[test]
fn cells_that_reach_too_far_are_cut() {
    let columns = || ["甲", "乙", "丙"].map(Column::new).into();
    let cell = |rows, columns| Cell::of("x").over(rows).across(columns);
    let shapes = [
        vec![vec![cell(9, 1), cell(1, 1), cell(1, 1)], vec![cell(1, 1), cell(1, 1)]],
        vec![vec![cell(1, 9)], vec![cell(2, 2), cell(1, 1)], vec![]],
        vec![vec![], vec![cell(1, 1), cell(3, 1)], vec![cell(1, 2), cell(1, 1), cell(1, 1)]],
    ];
    for shape in shapes {
        let table = Table::new("表", columns(), shape.into_iter().map(Row::new).collect());
        let section = Section::new("a", "表", vec![Block::Table(table)]).unwrap();
        let page = Page { kind: "表", sections: vec![section], ..Page::default() };
        checked("表", &render(&page, &|_| None));
    }
}

#[test]
fn only_short_rows_are_kept_on_one_page() {
    let row = |text: &str| Row::new(vec![Cell::of("x"), Cell::of(text)]);
    let table = Table::new("表", ["甲", "乙"].map(Column::new).into(), vec![row("短"), row(&"很长".repeat(2000))]);
    let section = Section::new("a", "表", vec![Block::Table(table)]).unwrap();
    let page = Page { kind: "表", sections: vec![section], ..Page::default() };
    let document = checked("表", &render(&page, &|_| None));
    let mut rows = Vec::new();
    document.all("w:tr", &mut rows);
    let kept: Vec<bool> =
        rows.iter().map(|row| row.child("w:trPr").is_some_and(|own| own.child("w:cantSplit").is_some())).collect();
    // What does not fit on a page would be cut off there.
    assert_eq!(kept, [true, true, false]);
}
