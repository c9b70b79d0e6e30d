//! `改革成效.md` and `改革成效.html`: what the reform saves, line by line; `改革成效对比`: the same as governments publish it. A
//! figure that is not known is said to be so, with what is missing.

mod changes;
mod comparison;
mod ledger;
mod tables;

use crate::page::{self, Block, Cell, Column, Page, Row, Section, Table, Text};
use crate::parts::{charts, figures, ranges, schedule};
use crate::words::view::{Measured, View, bases};
use crate::write::{Files, Painter};
use yijianshi_core::plan::{Plan, Scenario, SourceRef};

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
    Page { figures: figures::cards(view), ..view.page("改革成效", sections) }
}

/// What is made of each scenario, below its name; nothing of those of which nothing is made.
fn per_scenario(scenarios: &[&Scenario], make: impl Fn(&Scenario) -> Vec<Block>) -> Vec<Block> {
    let mut blocks = Vec::new();
    for scenario in scenarios {
        let content = make(scenario);
        if !content.is_empty() {
            blocks.push(Block::Heading(Text::of(&scenario.name)));
            blocks.extend(content);
        }
    }
    blocks
}

/// File and line.
fn place(source: &SourceRef) -> String {
    format!("{}:{}", source.file, source.line)
}

fn totals(view: View<'_>) -> Vec<Block> {
    let mut blocks = vec![Block::Note(figures::cards_note(view))];
    for scenario in &view.plan.scenarios {
        let answers = view.answers(scenario);
        if !answers.is_empty() {
            blocks.push(Block::Para(Text::bold(format!("{}：", scenario.name)).join(answers)));
        }
    }
    blocks.push(Block::Table(figures::table(view, &view.all(), &Measured::ALL).headed()));
    blocks.extend(charts::gantt(view.plan).map(|chart| Block::Chart(Box::new(chart))));
    blocks.extend(ranges::table(view));
    blocks.extend(ranges::promise(view));
    blocks
}

fn claims(view: View<'_>) -> Vec<Block> {
    let reconciliation = &view.plan.reconciliation;
    if reconciliation.claims.is_empty() {
        return Vec::new();
    }
    let mut blocks = Vec::new();
    if let Some(source) = &reconciliation.source {
        blocks.push(Block::Para(Text::of("公布的出处：").address(source)));
    }
    let rows = reconciliation.claims.iter().map(|claim| {
        let computed = claim.computed.iter().map(|own| {
            let value = own.value.as_deref().unwrap_or("未知");
            let text = Text::of(format!("{}：{value}", own.scenario));
            if own.matches == Some(true) { text.good("一致") } else { text }
        });
        Row::new(vec![
            Cell::of(&claim.side),
            Cell::of(&claim.figure),
            Cell::of(claim.scenario.as_deref().unwrap_or("没有说明")),
            Cell::of(&claim.published),
            Cell::new(Text::lines(computed)),
            Cell::new(match claim.reconciled {
                Some(true) => Text::default().good("对得上"),
                Some(false) => Text::default().tag("对不上"),
                None => Text::of("是承诺，不比较"),
            }),
            Cell::of(place(&claim.place)),
        ])
    });
    let columns = vec![
        Column::new("哪一边"),
        Column::new("数字"),
        Column::new("公布时说明的情形"),
        Column::number("公布"),
        Column::long("各情形算出来的"),
        Column::new("结论"),
        Column::new("出处"),
    ];
    blocks.push(Block::Table(Table::new("公布数字核对", columns, rows.collect()).headed()));
    blocks.extend(lists(view));
    blocks
}

/// The published lists against one another and against the compiled one, with the rows that only one of them has.
fn lists(view: View<'_>) -> Option<Block> {
    let lists = &view.plan.reconciliation.lists;
    let rows = lists.iter().map(|own| {
        let only = |rows: &[yijianshi_core::plan::ListRow]| {
            let lines = rows.iter().map(|row| Text::of(format!("{}（{}）", row.name, place(&row.place))));
            if rows.is_empty() { Text::of("无") } else { Text::lines(lines) }
        };
        Row::new(vec![
            Cell::of(format!("{}与{}", own.first, own.second)),
            Cell::new(only(&own.only_first)),
            Cell::new(only(&own.only_second)),
        ])
    });
    let columns = vec![Column::new("比较的清单"), Column::long("只在前一份里的"), Column::long("只在后一份里的")];
    (!lists.is_empty()).then(|| Block::Table(Table::new("公布清单核对", columns, rows.collect()).headed()))
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
