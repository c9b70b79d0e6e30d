//! The questions: what to answer, in which order, and what need not be answered.

use crate::page::{Block, Cell, Column, Row, Table, Text};
use crate::words::view::View;
use yijianshi_core::plan::{Question, QuestionKind, QuestionStep};

/// The questions in the order in which they are asked.
pub fn table(view: View<'_>) -> Block {
    let rows = view.plan.questionnaire.steps.iter().enumerate().filter_map(|(index, step)| {
        let question = view.plan.questions.iter().find(|question| question.id == step.question)?;
        Some(Row::new(vec![
            Cell::of((index + 1).to_string()),
            Cell::head(Text::of(&question.name)),
            Cell::new(asked(question)),
            Cell::new(answers(question, step)),
            Cell::new(condition(step)),
        ]))
    });
    let columns = vec![
        Column::number("顺序"),
        Column::short("情形"),
        Column::long("问题"),
        Column::new("回答"),
        Column::new("什么时候答"),
    ];
    Block::Table(Table::new("情形问题", columns, rows.collect()).without_empty_columns().headed())
}

fn asked(question: &Question) -> Text {
    let mut text = Text::of(&question.ask);
    if let Some(help) = &question.help {
        text = text.line().quiet(help);
    }
    for law in &question.basis {
        text = text.line().quiet(format!("依据：{}", law.line()));
    }
    text
}

fn answers(question: &Question, step: &QuestionStep) -> Text {
    let is_end = |words: &str| step.ends.iter().any(|end| end.answer.words == words);
    let line = |words: &str| match is_end(words) {
        true => Text::of(words).tag("不适用，到此为止"),
        false => Text::of(words),
    };
    let groups = || Text::lines(step.answers.iter().map(|group| line(&group.words)));
    let options = || Text::lines(question.kind.option_names().into_iter().map(line));
    let mut text = match &question.kind {
        QuestionKind::YesNo if step.ends.is_empty() => Text::of("是 / 否"),
        QuestionKind::YesNo => groups(),
        QuestionKind::Choice { .. } => options(),
        QuestionKind::Choices { .. } => options().line().quiet("可以选几项"),
        QuestionKind::Number { min, max, unit, .. } => {
            let range = format!("填一个数（{min}—{max}{}）", unit.as_deref().unwrap_or_default());
            if step.answers.len() > 1 { groups().line().quiet(range) } else { Text::of(range) }
        }
        QuestionKind::Date { min, max } => {
            let range = match (min, max) {
                (Some(min), Some(max)) => format!("填一个日期（{min}至{max}）"),
                (Some(min), None) => format!("填一个日期（{min}或以后）"),
                (None, Some(max)) => format!("填一个日期（{max}或以前）"),
                (None, None) => "填一个日期".to_owned(),
            };
            if step.answers.len() > 1 { groups().line().quiet(range) } else { Text::of(range) }
        }
    };
    let said = |words: &str| match &question.kind {
        QuestionKind::Choice { options } => options.iter().any(|option| option.name == words),
        QuestionKind::Choices { .. } => false,
        _ => step.answers.len() > 1 && step.answers.iter().any(|group| group.words == words),
    };
    for end in step.ends.iter().filter(|end| !said(&end.answer.words)) {
        text = text.line().then(&end.answer.words).tag("不适用，到此为止");
    }
    text
}

fn condition(step: &QuestionStep) -> Text {
    match (&step.when, &step.unless) {
        _ if step.always => Text::of("都要答"),
        (Some(when), Some(unless)) if unless.text.chars().count() < when.text.chars().count() / 2 => {
            Text::of(format!("{}的不用答", unless.words))
        }
        (Some(when), _) => Text::of(format!("{}的才答", when.words)),
        (None, Some(unless)) => Text::of(format!("{}的不用答", unless.words)),
        (None, None) => Text::of("前面的回答还定不下来时才答"),
    }
}
