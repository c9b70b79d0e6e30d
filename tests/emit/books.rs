//! Excel files, read back with a reader that is not the writer's.

use std::collections::BTreeMap;
use std::io::{Cursor, Read as _};
use std::sync::LazyLock;

use calamine::{Data, Reader as _, Xlsx};
use proptest::prelude::*;
use yijianshi_core::plan::Plan;
use yijianshi_emit::catalogue::{Entry, Findings};
use yijianshi_emit::{EMITTERS, Files};

use super::{build, plans, workspace_files};

type Book = Xlsx<Cursor<Vec<u8>>>;

fn open(bytes: &[u8]) -> Book {
    Xlsx::new(Cursor::new(bytes.to_vec())).unwrap()
}

fn written(plan: &Plan) -> Vec<u8> {
    let mut files = Files::new();
    let emitter = EMITTERS.iter().find(|emitter| emitter.name == "workbook").unwrap();
    (emitter.emit)(plan, &|_| None, &mut files);
    files.remove("一件事.xlsx").unwrap()
}

fn workbook(plan: &Plan) -> Book {
    open(&written(plan))
}

/// The rows of a sheet by their headings, the first of several with one name.
fn rows(book: &mut Book, sheet: &str) -> Vec<BTreeMap<String, Data>> {
    let range = book.worksheet_range(sheet).unwrap();
    let heads: Vec<String> = range.rows().next().unwrap().iter().map(ToString::to_string).collect();
    let row = |row: &[Data]| heads.iter().cloned().zip(row.iter().cloned()).rev().collect();
    range.rows().skip(1).map(row).collect()
}

fn number(row: &BTreeMap<String, Data>, name: &str) -> String {
    match &row[name] {
        Data::Float(number) => number.to_string(),
        Data::Int(number) => number.to_string(),
        other => other.to_string(),
    }
}

#[test]
fn figures_are_the_plans() {
    let plan = plans("bundles/岳阳").remove(0);
    let mut book = workbook(&plan);
    let found = rows(&mut book, "改革前后");
    let line = |scenario: &str, figure: &str| {
        let is =
            |row: &&BTreeMap<String, Data>| row["情形"] == *scenario && row["数字"].to_string().starts_with(figure);
        let row = found.iter().find(is).unwrap();
        ["改革前", "改革后", "减少"].map(|name| number(row, name))
    };
    assert_eq!(line("本人办理", "材料（件次"), ["22", "14", "8"]);
    assert_eq!(line("委托办理", "材料（件次"), ["26", "16", "10"]);
    assert_eq!(line("全口径", "办理时限"), ["14.5", "8", "6.5"]);
    let formulas = book.worksheet_formula("改革前后").unwrap();
    assert!(formulas.used_cells().any(|(.., formula)| formula == "'平账'!C6"), "sums are looked up, not typed");
}

#[test]
fn the_account_closes_row_by_row() {
    for folder in ["bundles/岳阳", "examples/入门"] {
        for plan in plans(folder) {
            let mut book = workbook(&plan);
            let lines = rows(&mut book, "材料逐笔账");
            let mut sums: BTreeMap<String, [i64; 4]> = BTreeMap::new();
            for row in &lines {
                let own = sums.entry(row["情形"].to_string()).or_default();
                for (sum, name) in own.iter_mut().zip(["改革前", "去掉", "增加", "改革后"]) {
                    *sum += number(row, name).parse::<i64>().unwrap();
                }
            }
            for scenario in plan.scenarios.iter().chain([&plan.widest]) {
                let own = sums.get(&scenario.name).copied().unwrap_or_default();
                let plans = [scenario.sums.before, scenario.sums.removed, scenario.sums.added, scenario.sums.after];
                assert_eq!(own, plans.map(i64::from), "{} {}", plan.bundle.title, scenario.name);
            }
        }
    }
}

#[test]
fn the_base_list_has_every_bundle_in_order() {
    let plans = plans("bundles/新建区");
    let (_, files) = build(&plans, &Findings::default());
    let mut book = open(&files["基础清单.xlsx"]);
    let found = rows(&mut book, "基础清单");
    let ids: Vec<String> = found.iter().take(plans.len()).map(|row| row["标识"].to_string()).collect();
    assert_eq!(ids, plans.iter().map(|plan| plan.bundle.id.clone()).collect::<Vec<_>>());
    let sum = &found[plans.len()];
    assert_eq!(sum["序号"].to_string(), "合计");
    let items: usize = plans.iter().map(|plan| plan.items.len()).sum();
    assert_eq!(number(sum, "事项数"), items.to_string());
    // Nobody said what papers are asked for: that is not zero.
    assert_eq!(sum["材料改革前"].to_string(), "未知");
    assert_eq!(number(&found[plans.len() + 1], "材料改革前"), "0");
}

/// Every formula of a file, and every text.
fn content(bytes: &[u8]) -> (Vec<String>, Vec<String>) {
    let mut book = open(bytes);
    let (mut formulas, mut texts) = (Vec::new(), Vec::new());
    for name in book.sheet_names() {
        assert!(name.encode_utf16().count() <= 31 && !name.contains(['[', ']', ':', '*', '?', '/', '\\']), "{name}");
        formulas.extend(book.worksheet_formula(&name).unwrap().used_cells().map(|(.., formula)| formula.clone()));
        let range = book.worksheet_range(&name).unwrap();
        texts.extend(range.used_cells().filter_map(|(.., cell)| match cell {
            Data::String(text) => Some(text.clone()),
            _ => None,
        }));
    }
    (formulas, texts)
}

/// Names of all kinds.
fn named(mut plan: Plan, name: &str) -> Plan {
    let name = || name.to_owned();
    plan.bundle.title = name();
    plan.bundle.lead = Some(name());
    plan.bundle.notes = vec![name()];
    for agency in &mut plan.agencies {
        agency.name = name();
    }
    for item in &mut plan.items {
        (item.name, item.official_name, item.agency) = (name(), name(), Some(name()));
        item.base_code = Some(name());
    }
    for material in &mut plan.materials {
        (material.name, material.holder) = (name(), Some(name()));
        material.labels.push(name());
        material.checkpoints.push(name());
    }
    for scenario in plan.scenarios.iter_mut().chain([&mut plan.widest]) {
        scenario.name = name();
        for row in scenario.item_reports.iter_mut().flat_map(|report| report.before.iter_mut()) {
            (row.label, row.name) = (name(), name());
        }
        for task in &mut scenario.schedule.tasks {
            task.label = name();
        }
    }
    for group in &mut plan.form.groups {
        group.name = name();
        for field in &mut group.fields {
            field.label = name();
            field.options = vec![name()];
        }
    }
    plan
}

/// A formula without the letters of columns: empty ones are left out, so others move.
fn shape(formula: &str) -> String {
    let mut shape = String::new();
    for c in formula.chars() {
        if c.is_ascii_digit() {
            let end = shape.trim_end_matches(|c: char| c.is_ascii_uppercase()).len();
            shape.truncate(end);
        }
        shape.push(c);
    }
    shape
}

/// The formulas of a plan's workbooks do not depend on names.
struct Harmless {
    plan: Plan,
    /// The formulas of each workbook as the names are.
    formulas: [Vec<String>; 2],
}

impl Harmless {
    fn new(plan: Plan) -> Harmless {
        let formulas = Harmless::books(&plan).map(|book| Harmless::shapes(&content(&book).0));
        Harmless { plan, formulas }
    }

    fn books(plan: &Plan) -> [Vec<u8>; 2] {
        let entry = Entry::of(plan, "一件事.yaml", Findings::default(), Vec::new());
        [written(plan), workspace_files(&plan.workspace, vec![entry], "base-list")["基础清单.xlsx"].clone()]
    }

    fn shapes(formulas: &[String]) -> Vec<String> {
        formulas.iter().map(|formula| shape(formula)).collect()
    }

    fn with(&self, hostile: &str) {
        for (before, book) in self.formulas.iter().zip(Harmless::books(&named(self.plan.clone(), hostile))) {
            let (after, texts) = content(&book);
            assert_eq!(before, &Harmless::shapes(&after));
            for text in texts {
                assert!(text.encode_utf16().count() <= 32_767);
            }
            // XML that every reader takes.
            let mut package = zip::ZipArchive::new(Cursor::new(book)).unwrap();
            for index in 0..package.len() {
                let mut xml = String::new();
                package.by_index(index).unwrap().read_to_string(&mut xml).unwrap();
                let mut reader = quick_xml::Reader::from_str(&xml);
                while reader.read_event().unwrap() != quick_xml::events::Event::Eof {}
                assert!(!xml.contains(['\u{0}', '\u{b}', '\u{ffff}']));
            }
        }
    }
}

#[test]
fn no_name_becomes_a_formula() {
    let harmless = Harmless::new(plans("bundles/岳阳").remove(0));
    for hostile in
        ["=1+1", "@SUM(A1)", "+cmd|' /C calc'!A0", "-2+3", "\t=1+1", "=\u{0}\u{b}1\u{ffff}", "'=1", "&C&\"x\""]
    {
        harmless.with(hostile);
    }
    // Longer than a cell.
    harmless.with(&"=长".repeat(16_400));
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 12, ..ProptestConfig::default() })]
    #[test]
    fn any_name_is_a_text(name in "[=+@\\-\t]?\\PC{1,40}") {
        static BOOKS: LazyLock<Harmless> = LazyLock::new(|| Harmless::new(plans("examples/入门").remove(6)));
        BOOKS.with(&name);
    }
}

#[test]
fn hostile_names_come_through_the_compiler_too() {
    let plans = plans("tests/hostile");
    let (bundles, workspace) = build(&plans, &Findings::default());
    let mut seen = 0;
    for bytes in [&bundles[0]["一件事.xlsx"], &workspace["基础清单.xlsx"]] {
        let (formulas, texts) = content(bytes);
        assert!(!formulas.iter().any(|formula| formula.contains("cmd") || formula.contains("HYPERLINK")));
        seen += texts.iter().filter(|text| text.starts_with(['=', '+', '-', '@'])).count();
        let mut package = zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
        let mut styles = String::new();
        package.by_name("xl/styles.xml").unwrap().read_to_string(&mut styles).unwrap();
        assert!(styles.contains("quotePrefix=\"1\""));
    }
    assert!(seen > 20);
    for (name, bytes) in bundles[0].iter().chain(&workspace).filter(|(name, _)| name.ends_with(".html")) {
        let page = String::from_utf8(bytes.clone()).unwrap();
        assert!(!page.contains("<script>alert"), "{name}");
    }
}
