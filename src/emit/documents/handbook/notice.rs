//! The notice that is handed to an applicant once: what to bring, what is still missing, by when, and whom to ask. A form to be
//! printed and filled in by hand.

use super::papers::{condition, due};
use crate::page::{Block, Cell, Column, Page, Row, Section, Table, Text};
use crate::parts::document;
use crate::words::view::{View, duration, material_name, shape};
use yijianshi_core::plan::QuestionKind;

/// By itself.
pub(super) fn page(view: View<'_>) -> Page {
    let sections = [
        Section::new("who", "申请情况", applicant(view)),
        Section::new("papers", "材料", papers(view)),
        Section::new("answer", "告知内容", answer(view)),
    ];
    Page {
        subtitle: Text::default(),
        // A form to be signed: nothing stands below the signatures.
        foot: Vec::new(),
        ..document::about(view, "一次告知单", sections)
    }
}

/// In the handbook, on a page of its own.
pub(super) fn blocks(view: View<'_>) -> Vec<Block> {
    let parts = [applicant(view), papers(view), answer(view)];
    [Block::PageBreak].into_iter().chain(parts.into_iter().flatten()).collect()
}

fn date(text: Text) -> Text {
    text.blank(3).then("年").blank(2).then("月").blank(2).then("日")
}

fn applicant(view: View<'_>) -> Vec<Block> {
    let items: Vec<Text> = view.plan.items.iter().map(|item| Text::of(format!("□ {}", item.name))).collect();
    let named = || Text::default().blank(10).then("，联系电话：").blank(8);
    let mut blocks = vec![Block::Facts(vec![
        (Text::of("编号"), date(Text::default().blank(10).then("，日期："))),
        (Text::of("申请人"), named()),
        (Text::of("代理人"), named()),
        (Text::of("申请事项"), Text::lines(items)),
    ])];
    if view.plan.questions.is_empty() {
        return blocks;
    }
    let rows = view.plan.questions.iter().map(|question| {
        let boxes = |options: &[&str]| -> Text {
            Text::of(options.iter().map(|option| format!("□ {option}")).collect::<Vec<_>>().join("\u{3000}"))
        };
        let answer = match &question.kind {
            QuestionKind::YesNo => boxes(&["是", "否"]),
            QuestionKind::Choice { .. } | QuestionKind::Choices { .. } => boxes(&question.kind.option_names()),
            QuestionKind::Number { unit, .. } => Text::default().blank(6).then(unit.as_deref().unwrap_or_default()),
            QuestionKind::Date { .. } => date(Text::default()),
        };
        Row::new(vec![Cell::head(Text::of(&question.ask)), Cell::new(answer)])
    });
    let columns = vec![Column::long("情形"), Column::long("申请人的回答")];
    blocks.push(Block::Table(Table::new("申请人的情形", columns, rows.collect()).headed()));
    blocks
}

fn papers(view: View<'_>) -> Vec<Block> {
    let due = due(view);
    let silent = &view.plan.widest.silent_items;
    let mut blocks = Vec::new();
    if !silent.is_empty() {
        blocks.push(Block::Alert(Text::of(format!("{}的材料没有列出，由窗口另行告知。", view.item_names(silent)))));
    }
    if due.is_empty() {
        return blocks;
    }
    let rows = due.into_iter().enumerate().map(|(index, material)| {
        Row::new(vec![
            Cell::of((index + 1).to_string()),
            Cell::of(material_name(material)),
            Cell::of(shape(material)),
            Cell::new(condition(material, "都要交")),
            Cell::of("□"),
            Cell::of("□"),
        ])
    });
    let columns = vec![
        Column::number("序号"),
        Column::long("材料"),
        Column::new("形式和份数"),
        Column::new("什么情形下交"),
        Column::short("已收"),
        Column::short("需补"),
    ];
    blocks.push(Block::Table(Table::new("材料", columns, rows.collect()).headed()));
    blocks
}

fn answer(view: View<'_>) -> Vec<Block> {
    let bundle = &view.plan.bundle;
    let promise = match bundle.promise {
        Some(limit) if limit.is_immediate() => "材料齐全的，当场办结。".to_owned(),
        Some(limit) => format!("材料齐全、符合法定形式的，自受理之日起{}内办结。", duration(limit)),
        None => "承诺时限没有写明。".to_owned(),
    };
    let list = |texts: &[String]| if texts.is_empty() { "没有写明".to_owned() } else { texts.join("；") };
    let mut enquiries = Text::of(list(&bundle.enquiries));
    if bundle.address.is_some() {
        enquiries = enquiries.then("；扫本单的二维码看办事指南");
    }
    vec![Block::Facts(vec![
        (Text::of("需要补正的内容"), Text::lines((0..4).map(|_| Text::default().blank(30)))),
        (Text::of("补正期限"), date(Text::default()).then("前补齐")),
        (Text::of("办理时限"), Text::of(promise)),
        (Text::of("咨询"), enquiries),
        (Text::of("监督投诉"), Text::of(list(&bundle.complaints))),
        (Text::of("签收（一式两份）"), Text::of("窗口人员：").blank(7).then("，申请人：").blank(7)),
    ])]
}
