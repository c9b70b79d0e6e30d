//! `分发对照表`: which agency's form takes which field of the one form, what it calls it there, and what the agency no longer has to
//! ask the applicant for.

use crate::page::{Block, Cell, Column, Page, Row, Section, Table, Text};
use crate::parts::document;
use crate::words::form as words;
use crate::words::view::View;
use yijianshi_core::plan::{Field, FormShare, FormShareField};

/// A field, and its number on the form.
struct Taken<'a> {
    number: usize,
    field: &'a Field,
    here: &'a FormShareField,
}

/// The document; nothing if no agency has a form.
pub(super) fn document(view: View<'_>) -> Option<Page> {
    let form = &view.plan.form;
    if form.shares.is_empty() {
        return None;
    }
    let sections = [
        Section::new("overview", "总表", overview(view)),
        Section::new("shares", "各表取哪些内容", form.shares.iter().flat_map(|share| one(view, share)).collect()),
        Section::new("spared", "各单位不必再向申请人要的", spared(view)),
        Section::new("open", "没有着落的", open(view)),
    ];
    Some(document::about(view, "分发对照表", sections))
}

fn overview(view: View<'_>) -> Vec<Block> {
    let form = &view.plan.form;
    let mut rows = Vec::new();
    for share in &form.shares {
        let taken = taken(view, share);
        let filled = taken.iter().filter(|taken| taken.field.prefill.is_some()).count();
        let others = taken.iter().filter(|taken| taken.field.prefill.is_none() && !elsewhere(share, taken).is_empty());
        let others = others.count();
        let count = |number: usize| if number == 0 { String::new() } else { number.to_string() };
        rows.push(Row::new(vec![
            Cell::of(share.agency.as_deref().unwrap_or("未写明")),
            Cell::of(view.item_name(&share.item)),
            Cell::of(&share.form),
            Cell::of(taken.len().to_string()),
            Cell::of(count(filled)),
            Cell::of(count(others)),
        ]));
    }
    let columns = vec![
        Column::new("单位"),
        Column::new("事项"),
        Column::new("单位的表"),
        Column::number("取几项"),
        Column::number("系统预填"),
        Column::number("与别的表只填一次"),
    ];
    let before: usize = form.shares.iter().map(|share| share.fields.len()).sum();
    let after = form.fields().count();
    vec![
        Block::Para(Text::of(format!(
            "申请人只填一张表：{}。填好以后，下列各表从中取用，名称按各表的叫法，不再向申请人要。原来{}张表共{before}项，合并后{after}项。",
            form.name,
            form.shares.len(),
        ))),
        Block::Table(Table::new("各表取用的总数", columns, rows).without_empty_columns()),
    ]
}

/// One agency's form.
fn one(view: View<'_>, share: &FormShare) -> Vec<Block> {
    let agency = share.agency.as_deref().unwrap_or("单位未写明");
    let mut blocks = vec![Block::Heading(Text::of(format!("{}（{agency}）", share.form)))];
    let item = view.item(&share.item);
    let mut facts = vec![(Text::of("事项"), Text::of(item.map_or("", |item| &item.official_name)))];
    if let Some(when) = item.and_then(|item| item.when.as_ref()) {
        facts.push((Text::of("什么情形下取"), Text::of(&when.words)));
    }
    blocks.push(Block::Facts(facts));
    let rows: Vec<Row> = taken(view, share)
        .into_iter()
        .map(|taken| {
            let from = match &taken.field.prefill {
                Some(prefill) => format!("系统预填：{}", words::source(prefill)),
                None => "申请人填写".to_owned(),
            };
            let when = taken.here.when.as_ref().map(|when| when.words.clone()).unwrap_or_default();
            Row::new(vec![
                Cell::of(taken.number.to_string()),
                Cell::head(Text::of(&taken.field.label)),
                Cell::of(&taken.here.label),
                Cell::of(if taken.here.required { "必填" } else { "选填" }),
                Cell::of(when),
                Cell::of(from),
            ])
        })
        .collect();
    if rows.is_empty() {
        blocks.push(Block::Alert(Text::of("没有列出字段，还不能从一张表单取用。")));
        return blocks;
    }
    let columns = vec![
        Column::number("表单序号"),
        Column::new("一张表单上的名称"),
        Column::new("这张表上的名称"),
        Column::short("必填"),
        Column::new("什么情形下才取"),
        Column::new("从哪里来"),
    ];
    let caption = format!("{}取用的内容", share.form);
    blocks.push(Block::Table(Table::new(caption, columns, rows).headed().without_empty_columns()));
    blocks
}

/// By agency: what the system has, and what another form asked for already.
fn spared(view: View<'_>) -> Vec<Block> {
    let form = &view.plan.form;
    let mut agencies: Vec<Option<&str>> = Vec::new();
    for share in &form.shares {
        if !agencies.contains(&share.agency.as_deref()) {
            agencies.push(share.agency.as_deref());
        }
    }
    let mut rows = Vec::new();
    for agency in agencies {
        let own = form.shares.iter().filter(|share| share.agency.as_deref() == agency);
        let (mut filled, mut once): (Vec<String>, Vec<String>) = (Vec::new(), Vec::new());
        for share in own {
            for taken in taken(view, share) {
                let label = &taken.field.label;
                let (list, words) = match &taken.field.prefill {
                    Some(prefill) => (&mut filled, format!("{label}（{}）", words::source(prefill))),
                    None => {
                        let others = elsewhere(share, &taken);
                        if others.is_empty() {
                            continue;
                        }
                        (&mut once, format!("{label}（{}也要）", others.join("、")))
                    }
                };
                if !list.contains(&words) {
                    list.push(words);
                }
            }
        }
        let lines = |list: Vec<String>| Text::lines(list.into_iter().map(Text::of));
        if !filled.is_empty() || !once.is_empty() {
            let agency = Cell::head(Text::of(agency.unwrap_or("未写明")));
            rows.push(Row::new(vec![agency, Cell::new(lines(filled)), Cell::new(lines(once))]));
        }
    }
    if rows.is_empty() {
        return vec![Block::Para(Text::of("没有。各表的内容都由申请人填写，也没有两张表要同样的内容。"))];
    }
    let columns =
        vec![Column::new("单位"), Column::new("系统预填，只请申请人核对"), Column::new("几张表都要，申请人只填一次")];
    vec![Block::Table(Table::new("各单位不必再向申请人要的", columns, rows).headed().without_empty_columns())]
}

/// What is asked for and nobody takes, and forms that take nothing.
fn open(view: View<'_>) -> Vec<Block> {
    let form = &view.plan.form;
    let mut lines = Vec::new();
    for field in form.fields() {
        let used = form.shares.iter().flat_map(|share| &share.fields).any(|share| share.field == field.id);
        if !used {
            lines.push(Text::of(format!("“{}”没有哪张表取用：没有用处的，从表单删去。", field.label)));
        }
    }
    for share in form.shares.iter().filter(|share| share.fields.is_empty()) {
        let agency = share.agency.as_deref().unwrap_or("单位未写明");
        lines.push(Text::of(format!(
            "{}（{agency}）没有列出字段：请{agency}把表拆成字段，写进“{}”的表单。",
            share.form,
            view.item_name(&share.item)
        )));
    }
    if lines.is_empty() {
        vec![Block::Para(Text::of("没有。表单上的每一项都有表取用，每张表都列出了字段。"))]
    } else {
        vec![Block::List(lines)]
    }
}

fn taken<'a>(view: View<'a>, share: &'a FormShare) -> Vec<Taken<'a>> {
    let asked = view.plan.questions.len();
    let find = |here: &'a FormShareField| {
        let (index, field) = view.plan.form.fields().enumerate().find(|(_, field)| field.id == here.field)?;
        // The questions are the first on the form.
        Some(Taken { number: asked + index + 1, field, here })
    };
    share.fields.iter().filter_map(find).collect()
}

/// Which other forms ask for the same.
fn elsewhere<'a>(share: &FormShare, taken: &Taken<'a>) -> Vec<&'a str> {
    let sources = taken.field.sources.iter();
    let mut others: Vec<&str> = Vec::new();
    for source in sources.filter(|source| source.item != share.item || source.form != share.form) {
        if !others.contains(&source.form.as_str()) {
            others.push(&source.form);
        }
    }
    others
}
