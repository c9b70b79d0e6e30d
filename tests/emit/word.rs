//! Word files: what a reader needs in order to open them without a word of complaint.

use std::collections::{BTreeMap, BTreeSet};
use std::io::{Cursor, Read};

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};
use yijianshi_emit::Files;
use yijianshi_emit::layout::Size;
use yijianshi_emit::page::{Block, Cell, Chart, Column, Page, Row, Section, Table, Text, docx};
use yijianshi_emit::write::svg::Drawing;

use super::{compile_with, emit, nasty, small};

/// An element with what stands in it.
#[derive(Debug, Default)]
struct Element {
    name: String,
    attrs: BTreeMap<String, String>,
    inner: Vec<Element>,
    text: String,
}

impl Element {
    fn of(start: &BytesStart<'_>) -> Element {
        let attrs = start.attributes().map(|attr| {
            let attr = attr.unwrap();
            (attr.key.as_ref().to_owned(), quick_xml::escape::unescape(&attr.value).unwrap().into_owned())
        });
        Element { name: start.name().as_ref().to_owned(), attrs: attrs.collect(), ..Element::default() }
    }

    fn get(&self, name: &str) -> Option<&str> {
        self.attrs.get(name).map(String::as_str)
    }

    fn child(&self, name: &str) -> Option<&Element> {
        self.inner.iter().find(|own| own.name == name)
    }

    fn all<'e>(&'e self, name: &str, found: &mut Vec<&'e Element>) {
        for own in &self.inner {
            if own.name == name {
                found.push(own);
            }
            own.all(name, found);
        }
    }

    fn words(&self) -> String {
        let mut texts = Vec::new();
        self.all("w:t", &mut texts);
        texts.into_iter().map(|own| own.text.as_str()).collect()
    }
}

fn parse(name: &str, bytes: &[u8]) -> Element {
    let text = std::str::from_utf8(bytes).unwrap();
    let mut reader = Reader::from_str(text);
    let mut open = vec![Element::default()];
    loop {
        let event = reader.read_event().unwrap_or_else(|error| panic!("{name}: {error}"));
        match event {
            Event::Start(start) => open.push(Element::of(&start)),
            Event::Empty(start) => open.last_mut().unwrap().inner.push(Element::of(&start)),
            Event::End(_) => {
                let last = open.pop().unwrap();
                open.last_mut().unwrap().inner.push(last);
            }
            Event::Text(words) => open.last_mut().unwrap().text += &words,
            Event::GeneralRef(reference) => {
                let words = quick_xml::escape::unescape(&format!("&{};", &*reference)).unwrap().into_owned();
                open.last_mut().unwrap().text += &words;
            }
            Event::Eof => break,
            _ => {}
        }
    }
    assert_eq!(open.len(), 1, "{name}");
    open.remove(0).inner.remove(0)
}

pub fn parts(name: &str, bytes: &[u8]) -> BTreeMap<String, Vec<u8>> {
    let mut zip = zip::ZipArchive::new(Cursor::new(bytes)).unwrap_or_else(|error| panic!("{name}: {error}"));
    let mut parts = BTreeMap::new();
    for index in 0..zip.len() {
        let mut file = zip.by_index(index).unwrap();
        assert!(file.last_modified().is_none_or(|time| time.year() == 1980), "{name} tells the time");
        let path = file.name().unwrap().into_owned();
        let mut bytes = Vec::new();
        file.read_to_end(&mut bytes).unwrap();
        assert!(parts.insert(path, bytes).is_none(), "{name} has a part twice");
    }
    parts
}

/// Everything is checked that a reader relies on.
pub fn sound(name: &str, bytes: &[u8]) {
    read(name, bytes);
}

/// The main part of a document on our paper, after everything has been checked that a reader relies on.
fn checked(name: &str, bytes: &[u8]) -> Element {
    let document = read(name, bytes);
    let body = document.child("w:body").unwrap();
    let last = &body.inner[body.inner.len() - 2..];
    assert_eq!((last[0].name.as_str(), last[1].name.as_str()), ("w:p", "w:sectPr"), "{name}");
    document
}

fn read(name: &str, bytes: &[u8]) -> Element {
    let parts = parts(name, bytes);
    let xml: BTreeMap<&str, Element> = parts
        .iter()
        .filter(|(path, _)| path.ends_with(".xml") || path.ends_with(".rels"))
        .map(|(path, bytes)| (path.as_str(), parse(path, bytes)))
        .collect();
    // Every part has a type, and what is named is there.
    let types = &xml["[Content_Types].xml"];
    for path in parts.keys().filter(|path| *path != "[Content_Types].xml") {
        let ending = path.rsplit('.').next().unwrap();
        let own = format!("/{path}");
        let known = types.inner.iter().any(|entry| match entry.name.as_str() {
            "Override" => entry.get("PartName") == Some(&own),
            _ => entry.get("Extension") == Some(ending) && ending != "xml",
        });
        assert!(known, "{name}: {path} has no type");
    }
    let relations = &xml["word/_rels/document.xml.rels"];
    let mut ids = BTreeSet::new();
    for relation in &relations.inner {
        assert!(ids.insert(relation.get("Id").unwrap()), "{name}: an id twice");
        let target = relation.get("Target").unwrap();
        match relation.get("TargetMode") {
            Some("External") => assert!(target.starts_with("http") && target.is_ascii(), "{name}: {target}"),
            _ => assert!(parts.contains_key(&format!("word/{target}")), "{name}: {target}"),
        }
    }
    let document = &xml["word/document.xml"];
    let mut named = Vec::new();
    for (element, key) in
        [("w:hyperlink", "r:id"), ("w:footerReference", "r:id"), ("w:headerReference", "r:id"), ("a:blip", "r:embed")]
    {
        let mut found = Vec::new();
        document.all(element, &mut found);
        // Links within the document have a bookmark instead.
        found.retain(|own| own.get("w:anchor").is_none());
        named.extend(found.into_iter().map(|own| own.get(key).unwrap().to_owned()));
    }
    for id in &named {
        assert!(ids.contains(id.as_str()), "{name}: {id} is not there");
    }
    let values = |part: &str, element: &str, key: &str| -> BTreeSet<String> {
        let mut found = Vec::new();
        xml[part].all(element, &mut found);
        found.into_iter().map(|own| own.get(key).unwrap().to_owned()).collect()
    };
    let styles = values("word/styles.xml", "w:style", "w:styleId");
    for element in ["w:pStyle", "w:rStyle", "w:tblStyle"] {
        for part in ["word/document.xml", "word/footer1.xml", "word/footer2.xml", "word/numbering.xml"] {
            if !xml.contains_key(part) {
                continue;
            }
            let used = values(part, element, "w:val");
            assert!(used.is_subset(&styles), "{name}: {used:?}");
        }
    }
    let numbers = values("word/numbering.xml", "w:num", "w:numId");
    assert!(values("word/document.xml", "w:numId", "w:val").is_subset(&numbers), "{name}");
    assert!(values("word/styles.xml", "w:numId", "w:val").is_subset(&numbers), "{name}");
    let mut pictures = Vec::new();
    document.all("wp:docPr", &mut pictures);
    let own: BTreeSet<_> = pictures.iter().map(|own| own.get("id").unwrap()).collect();
    assert_eq!(own.len(), pictures.len(), "{name}: pictures share an id");
    assert!(pictures.iter().all(|own| own.get("descr").is_some_and(|words| !words.is_empty())), "{name}");
    tables(name, document);
    order(name, document);
    xml.into_iter().find(|(path, _)| *path == "word/document.xml").unwrap().1
}

/// Rows fill their tables; what goes on below begins above; every cell has a paragraph.
fn tables(name: &str, document: &Element) {
    let mut tables = Vec::new();
    document.all("w:tbl", &mut tables);
    for table in tables {
        let widths: Vec<u32> = table
            .child("w:tblGrid")
            .unwrap()
            .inner
            .iter()
            .map(|column| column.get("w:w").unwrap().parse().unwrap())
            .collect();
        let mut open: BTreeMap<usize, usize> = BTreeMap::new();
        for row in table.inner.iter().filter(|own| own.name == "w:tr") {
            let mut column = 0;
            let mut next = BTreeMap::new();
            for cell in row.inner.iter().filter(|own| own.name == "w:tc") {
                let properties = cell.child("w:tcPr").unwrap();
                let span = properties.child("w:gridSpan").map_or(1, |own| own.get("w:val").unwrap().parse().unwrap());
                let width: u32 = widths[column..column + span].iter().sum();
                let own = properties.child("w:tcW").unwrap().get("w:w").unwrap();
                assert_eq!(own, width.to_string(), "{name}");
                if let Some(merge) = properties.child("w:vMerge") {
                    if merge.get("w:val") == Some("continue") {
                        assert_eq!(open.get(&column), Some(&span), "{name}: a cell goes on that did not begin");
                    }
                    next.insert(column, span);
                }
                assert_eq!(cell.inner.last().unwrap().name, "w:p", "{name}: a cell without a paragraph");
                column += span;
            }
            assert_eq!(column, widths.len(), "{name}: a row has a hole");
            open = next;
        }
        let rows: Vec<_> = table.inner.iter().filter(|own| own.name == "w:tr").collect();
        assert!(!rows.is_empty(), "{name}: a table without rows");
    }
}

/// Properties stand in the order of the schema.
fn order(name: &str, element: &Element) {
    const ORDERS: [(&str, &[&str]); 6] = [
        (
            "w:pPr",
            &["w:pStyle", "w:keepNext", "w:pageBreakBefore", "w:numPr", "w:spacing", "w:ind", "w:jc", "w:sectPr"],
        ),
        ("w:rPr", &["w:rStyle", "w:rFonts", "w:b", "w:u"]),
        ("w:tblPr", &["w:tblStyle", "w:tblW", "w:jc", "w:tblLayout", "w:tblLook", "w:tblCaption"]),
        ("w:tcPr", &["w:tcW", "w:gridSpan", "w:vMerge", "w:shd", "w:vAlign"]),
        ("w:trPr", &["w:cantSplit", "w:trHeight", "w:tblHeader"]),
        (
            "w:sectPr",
            &["w:headerReference", "w:footerReference", "w:pgSz", "w:pgMar", "w:cols", "w:titlePg", "w:docGrid"],
        ),
    ];
    if let Some((_, order)) = ORDERS.iter().find(|(own, _)| *own == element.name) {
        let places: Vec<_> = element.inner.iter().map(|own| order.iter().position(|name| *name == own.name)).collect();
        assert!(places.iter().all(Option::is_some), "{name}: {element:?}");
        assert!(places.is_sorted(), "{name}: {element:?}");
    }
    for inner in &element.inner {
        order(name, inner);
    }
}

fn words(files: &Files) -> BTreeMap<&str, Element> {
    let word = files.iter().filter(|(name, _)| name.ends_with(".docx"));
    word.map(|(name, bytes)| (name.as_str(), checked(name, bytes))).collect()
}

#[test]
fn word_files_are_sound() {
    let full = compile_with(include_str!("齐全.yaml"));
    for plan in [small(), full, nasty()] {
        let files = emit(&plan);
        let words = words(&files);
        assert_eq!(words.len(), 10, "{:?}", words.keys());
    }
}

#[test]
fn the_form_has_a_control_for_every_field() {
    for plan in [small(), nasty()] {
        let files = emit(&plan);
        let words = words(&files);
        let mut controls = Vec::new();
        words["一张表单.docx"].all("w:sdt", &mut controls);
        let says = |control: &Element, name: &str| {
            control.child("w:sdtPr").unwrap().child(name).unwrap().get("w:val").unwrap().to_owned()
        };
        let ids: BTreeSet<String> = controls.iter().map(|control| says(control, "w:id")).collect();
        assert_eq!(ids.len(), controls.len());
        let tags: BTreeSet<String> = controls.iter().map(|control| says(control, "w:tag")).collect();
        assert!(tags.iter().all(|tag| tag.len() <= 64), "{tags:?}");
        for field in plan.form.fields() {
            let (whole, option) = (format!("f-{}", field.id), format!("f-{}-1", field.id));
            assert!(tags.contains(&whole) || tags.contains(&option), "{tags:?}");
        }
    }
}

#[test]
fn names_stay_text_in_word() {
    let files = emit(&nasty());
    for (name, document) in words(&files) {
        let text = document.words();
        assert!(text.contains("<script>alert(1)</script>|]]>`rm`**_x_"), "{name}: {text}");
        assert!(text.contains('😀') && !text.contains('\u{202e}'), "{name}");
    }
}

#[test]
fn a_bundle_that_says_nothing_is_written_all_the_same() {
    let plan = compile_with("一件事: 空\n标识: empty\n联办事项:\n  甲: {名称: 甲, 单位: 城管部门}\n");
    let files = emit(&plan);
    for (name, document) in words(&files) {
        assert!(document.words().contains('空'), "{name}");
    }
    let text = String::from_utf8(files["工作规程.md"].clone()).unwrap();
    assert!(text.contains("牵头单位、承诺时限"), "{text}");
}

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
    let bytes = docx(&page, &|drawing| (drawing.size.width > 1).then(|| drawing.title.clone().into_bytes()));
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
        checked("表", &docx(&page, &|_| None));
    }
}

#[test]
fn only_short_rows_are_kept_on_one_page() {
    let row = |text: &str| Row::new(vec![Cell::of("x"), Cell::of(text)]);
    let table = Table::new("表", ["甲", "乙"].map(Column::new).into(), vec![row("短"), row(&"很长".repeat(2000))]);
    let section = Section::new("a", "表", vec![Block::Table(table)]).unwrap();
    let page = Page { kind: "表", sections: vec![section], ..Page::default() };
    let document = checked("表", &docx(&page, &|_| None));
    let mut rows = Vec::new();
    document.all("w:tr", &mut rows);
    let kept: Vec<bool> =
        rows.iter().map(|row| row.child("w:trPr").is_some_and(|own| own.child("w:cantSplit").is_some())).collect();
    // What does not fit on a page would be cut off there.
    assert_eq!(kept, [true, true, false]);
}

#[test]
fn headings_are_numbered_everywhere() {
    let files = emit(&small());
    let text = String::from_utf8(files["工作规程.md"].clone()).unwrap();
    assert!(text.contains("\n## 一、适用范围和依据\n"), "{text}");
    assert!(text.contains("\n### （二）事项办理标准\n"), "{text}");
    let page = String::from_utf8(files["工作规程.html"].clone()).unwrap();
    assert!(page.contains(">二、职责分工</h2>"), "{page}");
    // Word counts by itself.
    let document = checked("工作规程", &files["工作规程.docx"]);
    let mut paragraphs = Vec::new();
    document.all("w:p", &mut paragraphs);
    let of = |style: &str| -> Vec<String> {
        let is = |own: &&&Element| {
            own.child("w:pPr").and_then(|own| own.child("w:pStyle")).and_then(|own| own.get("w:val")) == Some(style)
        };
        paragraphs.iter().filter(is).map(|own| own.words()).collect()
    };
    let headings = of("Heading1");
    assert_eq!(headings[0], "适用范围和依据");
    // The contents are there before anybody brings them up to date.
    let contents: Vec<String> = of("TOC1");
    assert_eq!(contents.len(), headings.len());
    assert_eq!(contents[0], "一、适用范围和依据");
    assert!(contents.iter().zip(&headings).all(|(entry, heading)| entry.ends_with(heading.as_str())));
}
