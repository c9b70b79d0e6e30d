//! `基础清单.xlsx`: all bundles of a workspace with lead, co-agencies and the four reductions, summed by formulas; and what they
//! are made of, want and lack.

use super::catalogue::{CaseFigures, Catalogue, Entry, FOUR, Finding, totals};
use super::look::BASE_LIST;
use crate::parts::cells::savings;
use crate::words::view::{Measured, duration};
use crate::write::Files;
use crate::write::xlsx::{Book, Cell, Column, Format, Result, Sheet, at, whole};
use yijianshi_core::expr::Number;
use yijianshi_core::plan::PromiseVerdict;

/// Writes it.
pub fn emit(catalogue: &Catalogue, files: &mut Files) {
    let sheets = vec![
        list(catalogue),
        scenarios(catalogue),
        items(catalogue),
        needs(catalogue),
        gaps(catalogue),
        findings(catalogue),
    ];
    let book = Book { title: catalogue.workspace.title.clone(), sheets };
    files.insert(BASE_LIST.to_owned(), book.write());
}

/// The columns of a figure: unit, before, after, saved, share.
fn figure_columns(measured: Measured) -> Vec<Column> {
    let name = match measured {
        Measured::Materials => "材料",
        Measured::Days => "时限",
        Measured::Steps => "环节",
        _ => "跑动",
    };
    let mut columns = Vec::new();
    if measured == Measured::Days {
        columns.push(Column::short("时限单位"));
    }
    columns.extend(["改革前", "改革后", "减少", "减幅"].map(|part| Column::short(format!("{name}{part}"))));
    columns
}

fn figure_cells(figures: &CaseFigures, row: usize, first: usize) -> Vec<Cell> {
    let mut cells = Vec::new();
    for measured in FOUR {
        if measured == Measured::Days {
            cells.push(Cell::text(figures.unit));
        }
        let (before, after) = (measured.of(&figures.before), measured.of(&figures.after));
        let column = first + cells.len();
        let known = |number: Option<Number>| number.map_or_else(|| Cell::text("未知"), Cell::number);
        cells.extend([known(before), known(after)]);
        cells.extend(savings(before, after, (&at(column, row), &at(column + 1, row))));
    }
    cells
}

/// 基础清单.
fn list(catalogue: &Catalogue) -> Sheet {
    let mut columns = vec![
        Column::short("序号"),
        Column::words("一件事"),
        Column::words("标识"),
        Column::short("状态"),
        Column::words("主题编码"),
        Column::words("主题"),
        Column::words("生命周期阶段"),
        Column::words("服务对象"),
        Column::words("牵头单位"),
        Column::words("配合单位"),
        Column::long("联办事项"),
        Column::short("事项数"),
    ];
    let first = columns.len();
    columns.extend(FOUR.into_iter().flat_map(figure_columns));
    let last = columns.len();
    columns.extend([
        Column::short("承诺时限"),
        Column::words("承诺能否兑现"),
        Column::short("警告"),
        Column::short("保留的问题"),
        Column::short("要补齐的地方"),
        Column::short("证照和数据需求"),
        Column::short("其中已接通"),
        Column::words("版本"),
        Column::words("实施日期"),
        Column::words("原文"),
    ]);
    let mut sheet = Sheet::new("基础清单", columns).keyed(2);
    for (index, entry) in catalogue.entries.iter().enumerate() {
        let mut cells = head(entry, index);
        cells.extend(figure_cells(&entry.widest, index, first));
        cells.extend(tail(entry));
        sheet.rows.push(cells);
    }
    sums(&mut sheet, catalogue, first, last);
    sheet
}

fn head(entry: &Entry, index: usize) -> Vec<Cell> {
    vec![
        Cell::count(index + 1),
        Cell::text(&entry.title),
        Cell::text(&entry.id),
        Cell::text(entry.status.word()),
        Cell::maybe(entry.code.as_ref()),
        Cell::maybe(entry.theme.as_ref()),
        Cell::maybe(entry.life_stage.as_ref()),
        Cell::list(&entry.audience),
        Cell::text(entry.lead.as_deref().unwrap_or("没有写明")),
        Cell::list(&entry.partners),
        Cell::list(entry.items.iter().map(|item| &item.name)),
        Cell::count(entry.items.len()),
    ]
}

fn tail(entry: &Entry) -> Vec<Cell> {
    let verdict = match (entry.promise, entry.verdict) {
        (None, _) => "没有承诺",
        (Some(_), Some(PromiseVerdict::Proved)) => "所有情形都办得到",
        (Some(_), Some(PromiseVerdict::Refuted)) => "有的情形办不到",
        (Some(_), _) => "有的时限没有写明，不能断定",
    };
    vec![
        Cell::text(entry.promise.map_or_else(|| "没有写明".to_owned(), duration)),
        Cell::text(verdict),
        Cell::count(entry.findings.warnings.len()),
        Cell::count(entry.findings.allowed.len()),
        Cell::count(entry.gaps.len()),
        Cell::count(entry.needs.len()),
        Cell::count(entry.needs.iter().filter(|need| need.connected).count()),
        Cell::maybe(entry.version.as_ref()),
        Cell::maybe(entry.effective_on.as_ref()),
        Cell::text(&entry.file),
    ]
}

/// The rows below: how many, and the sums of what is known before and after, for each unit of time.
fn sums(sheet: &mut Sheet, catalogue: &Catalogue, first: usize, last: usize) {
    let rows = sheet.rows.len();
    let area = |column: usize| sheet.area(column).here();
    let sum = |column: usize, list: &dyn Fn(&Entry) -> usize| {
        let total = catalogue.entries.iter().map(list).sum();
        (column, Cell::formula(format!("SUM({})", area(column)), whole(total)))
    };
    let mut cells: Vec<(usize, Cell)> = vec![
        (1, Cell::formula(format!("COUNTA({})", area(1)), whole(rows))),
        sum(first - 1, &|entry| entry.items.len()),
        sum(last + 2, &|entry| entry.findings.warnings.len()),
        sum(last + 3, &|entry| entry.findings.allowed.len()),
        sum(last + 4, &|entry| entry.gaps.len()),
        sum(last + 5, &|entry| entry.needs.len()),
        sum(last + 6, &|entry| entry.needs.iter().filter(|need| need.connected).count()),
    ];
    let mut counted = Vec::new();
    let mut by_unit: Vec<Vec<(usize, Cell)>> = Vec::new();
    let mut column = first;
    for measured in FOUR {
        let (totals, _) = totals(catalogue, measured);
        let unit_column = column;
        column += usize::from(measured == Measured::Days);
        let (before, after) = (area(column), area(column + 1));
        let both = format!("ISNUMBER({before})*ISNUMBER({after})");
        let all = totals.iter().map(|total| total.counted.len()).sum();
        let count = format!("SUMPRODUCT({both})");
        counted.push((column, Cell::formula(count.clone(), whole(all))));
        if measured != Measured::Days {
            let row = rows;
            let known = totals.first().map(|total| (total.before, total.after));
            cells.extend(summed(column, row, &count, &both, (&before, &after), known));
        }
        for (index, total) in totals.iter().enumerate().filter(|_| measured == Measured::Days) {
            let unit = total.unit.trim_start_matches('个').to_owned();
            // Units are this program's words.
            let both = format!("({}=\"{unit}\")*{both}", area(unit_column));
            let count = format!("SUMPRODUCT({both})");
            let known = Some((total.before, total.after));
            let mut own = vec![(unit_column, Cell::text(&unit))];
            own.extend(summed(column, rows + 2 + index, &count, &both, (&before, &after), known));
            by_unit.push(own);
        }
        column += 4;
    }
    sheet.total("合计", cells);
    sheet.total("计入的件数", counted);
    for own in by_unit {
        sheet.total("时限合计", own);
    }
}

/// The sums before and after of the rows for which `both` holds, and what was saved.
fn summed(
    column: usize,
    row: usize,
    count: &str,
    both: &str,
    areas: (&str, &str),
    known: Option<(Number, Number)>,
) -> Vec<(usize, Cell)> {
    let cell = |area: &str, known: Option<Number>| {
        let formula = format!("IF({count}=0,\"未知\",SUMPRODUCT({both},{area}))");
        match known {
            Some(known) => Cell::formula(formula, known),
            None => Cell::Formula(formula, Result::Text("未知".to_owned()), Format::Plain),
        }
    };
    let (before, after) = (known.map(|known| known.0), known.map(|known| known.1));
    let mut cells = vec![(column, cell(areas.0, before)), (column + 1, cell(areas.1, after))];
    let [saved, share] = savings(before, after, (&at(column, row), &at(column + 1, row)));
    cells.extend([(column + 2, saved), (column + 3, share)]);
    cells
}

/// 典型情形.
fn scenarios(catalogue: &Catalogue) -> Sheet {
    let mut columns = vec![Column::words("一件事"), Column::words("情形")];
    let first = columns.len();
    columns.extend(FOUR.into_iter().flat_map(figure_columns));
    let mut sheet = Sheet::new("典型情形", columns).keyed(2);
    for entry in &catalogue.entries {
        for figures in entry.scenarios.iter().chain([&entry.widest]) {
            let mut cells = vec![Cell::text(&entry.title), Cell::text(&figures.name)];
            cells.extend(figure_cells(figures, sheet.rows.len(), first));
            sheet.rows.push(cells);
        }
    }
    sheet
}

/// 事项.
fn items(catalogue: &Catalogue) -> Sheet {
    let columns = vec![
        Column::words("一件事"),
        Column::short("序号"),
        Column::words("事项"),
        Column::long("事项名称"),
        Column::words("实施单位"),
    ];
    let mut sheet = Sheet::new("事项", columns).keyed(1);
    for entry in &catalogue.entries {
        for (index, item) in entry.items.iter().enumerate() {
            sheet.rows.push(vec![
                Cell::text(&entry.title),
                Cell::count(index + 1),
                Cell::text(&item.name),
                Cell::text(&item.official_name),
                Cell::text(item.agency.as_deref().unwrap_or("没有写明")),
            ]);
        }
    }
    let all = Cell::formula(format!("COUNTA({})", sheet.area(2).here()), whole(sheet.rows.len()));
    sheet.total("合计", [(2, all)]);
    sheet
}

/// 数据共享需求.
fn needs(catalogue: &Catalogue) -> Sheet {
    const FREE: &str = "免于提交";
    const ASKED: &str = "仍由申请人提交";
    let columns = vec![
        Column::words("一件事"),
        Column::words("材料"),
        Column::words("种类"),
        Column::words("提供单位"),
        Column::words("取自"),
        Column::words("使用单位"),
        Column::words("现状"),
    ];
    let mut sheet = Sheet::new("数据共享需求", columns).keyed(2);
    for entry in &catalogue.entries {
        for need in &entry.needs {
            sheet.rows.push(vec![
                Cell::text(&entry.title),
                Cell::text(&need.material),
                Cell::text(need.way.label()),
                Cell::text(need.provider.as_deref().unwrap_or("没有写明")),
                Cell::text(need.system.as_deref().unwrap_or("没有写明")),
                Cell::list(&need.users),
                Cell::text(if need.connected { FREE } else { ASKED }),
            ]);
        }
    }
    let area = sheet.area(6).here();
    let needs = || catalogue.entries.iter().flat_map(|entry| &entry.needs);
    for (word, connected) in [(FREE, true), (ASKED, false)] {
        let count = needs().filter(|need| need.connected == connected).count();
        sheet.total(word, [(6, Cell::formula(format!("COUNTIF({area},\"{word}\")"), whole(count)))]);
    }
    sheet
}

/// 尚未明确.
fn gaps(catalogue: &Catalogue) -> Sheet {
    let columns =
        vec![Column::words("由谁补"), Column::words("一件事"), Column::words("涉及"), Column::wide("没有写明的内容")];
    let mut sheet = Sheet::new("尚未明确", columns).keyed(2);
    for entry in &catalogue.entries {
        for gap in &entry.gaps {
            sheet.rows.push(vec![
                Cell::text(gap.agency.as_deref().unwrap_or("没有确定单位")),
                Cell::text(&entry.title),
                Cell::text(&gap.about),
                Cell::lines(&gap.lacks),
            ]);
        }
    }
    sheet
}

/// 问题.
fn findings(catalogue: &Catalogue) -> Sheet {
    let columns = vec![
        Column::short("级别"),
        Column::words("出处"),
        Column::long("问题"),
        Column::long("怎样改或保留的理由"),
        Column::words("规则"),
    ];
    let mut sheet = Sheet::new("问题", columns);
    let row = |level: &str, finding: &Finding, more: &Option<String>| {
        vec![
            Cell::text(level),
            Cell::text(format!("{}:{}", finding.source.file, finding.source.line)),
            Cell::text(&finding.message),
            Cell::maybe(more.as_ref()),
            Cell::text(finding.code),
        ]
    };
    for finding in catalogue.warnings() {
        sheet.rows.push(row("警告", finding, &finding.help));
    }
    for finding in catalogue.allowed() {
        sheet.rows.push(row("保留", finding, &finding.reason));
    }
    sheet
}
