//! The notice that is handed to an applicant once: what to bring, what is still missing, by when, and whom to ask. A form to be
//! printed and filled in by hand.

use super::super::doc::{Block, Cell, Column, Row, Table, Text};
use super::super::gaps::material_name;
use super::super::view::{View, duration};
use super::{due, shape};

pub(super) fn blocks(view: View<'_>) -> Vec<Block> {
    let bundle = &view.plan.bundle;
    let items: Vec<Text> = view.plan.items.iter().map(|item| Text::of(format!("□ {}", item.name))).collect();
    let mut blocks = vec![
        Block::PageBreak,
        Block::Facts(vec![
            (
                Text::of("编号"),
                Text::default()
                    .blank(10)
                    .then("\u{3000}日期\u{ff1a}")
                    .blank(3)
                    .then("年")
                    .blank(2)
                    .then("月")
                    .blank(2)
                    .then("日"),
            ),
            (Text::of("申请人"), Text::default().blank(10).then("\u{3000}联系电话\u{ff1a}").blank(8)),
            (Text::of("代理人"), Text::default().blank(10).then("\u{3000}联系电话\u{ff1a}").blank(8)),
            (Text::of("申请事项"), Text::lines(items)),
        ]),
    ];
    if !view.plan.questions.is_empty() {
        let rows = view.plan.questions.iter().map(|question| {
            let options = match &question.kind {
                crate::plan::QuestionKind::YesNo => "□ 是\u{3000}□ 否".to_owned(),
                crate::plan::QuestionKind::Choice { options } | crate::plan::QuestionKind::Choices { options } => {
                    options.iter().map(|option| format!("□ {option}")).collect::<Vec<_>>().join("\u{3000}")
                }
                _ => String::new(),
            };
            let answer = match &question.kind {
                crate::plan::QuestionKind::Number { unit, .. } => {
                    Text::default().blank(6).then(unit.as_deref().unwrap_or_default())
                }
                crate::plan::QuestionKind::Date { .. } => {
                    Text::default().blank(3).then("年").blank(2).then("月").blank(2).then("日")
                }
                _ => Text::of(options),
            };
            Row::new(vec![Cell::head(Text::of(&question.ask)), Cell::new(answer)])
        });
        let columns = vec![Column::long("情形"), Column::long("申请人的回答")];
        blocks.push(Block::Table(Table::new("申请人的情形", columns, rows.collect()).headed()));
    }
    let rows = due(view).into_iter().enumerate().map(|(index, material)| {
        let condition = match &material.when {
            Some(when) => Text::of(&when.words),
            None => Text::of("都要交"),
        };
        Row::new(vec![
            Cell::of((index + 1).to_string()),
            Cell::of(material_name(material)),
            Cell::new(shape(material)),
            Cell::new(condition),
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
    let promise = match bundle.promise {
        Some(limit) if limit.is_immediate() => "材料齐全的\u{ff0c}当场办结。".to_owned(),
        Some(limit) => format!("材料齐全、符合法定形式的\u{ff0c}自受理之日起{}内办结。", duration(limit)),
        None => "承诺时限没有写明。".to_owned(),
    };
    let list = |texts: &[String]| if texts.is_empty() { "没有写明".to_owned() } else { texts.join("\u{ff1b}") };
    let room = || Text::lines((0..4).map(|_| Text::default().blank(28)));
    blocks.push(Block::Facts(vec![
        (Text::of("需要补正的内容"), room()),
        (Text::of("补正期限"), Text::default().blank(3).then("年").blank(2).then("月").blank(2).then("日前补齐")),
        (Text::of("办理时限"), Text::of(promise)),
        (Text::of("咨询"), Text::of(list(&bundle.enquiries))),
        (Text::of("监督投诉"), Text::of(list(&bundle.complaints))),
        (Text::of("签收"), Text::of("窗口人员\u{ff1a}").blank(7).then("\u{3000}申请人\u{ff1a}").blank(7)),
    ]));
    blocks.push(Block::Note(Text::of("本单一式两份\u{ff0c}申请人和窗口各留一份。")));
    blocks
}
