//! How an applicant finds the own scenario: the questions as a table and as a chart.

use crate::models::questionnaire;
use crate::page::{Block, Text};
use crate::parts::{charts, questions};
use crate::words::view::View;

/// A chart that is higher, in pixels, could not be read on a sheet of A4.
const HIGHEST: i32 = 2200;

pub(super) fn blocks(view: View<'_>) -> Vec<Block> {
    let mut blocks = Vec::new();
    for exit in &view.plan.exits {
        blocks.push(Block::Alert(Text::bold(format!("{}的，不适用本指南。", exit.when.words)).then(&exit.advice)));
    }
    let questionnaire = &view.plan.questionnaire;
    if questionnaire.steps.is_empty() {
        return blocks;
    }
    blocks.push(Block::Para(introduction(view)));
    blocks.push(questions::table(view));
    blocks.extend(questionnaire::mermaid(view.plan).map(Block::Mermaid));
    // What would be too small on paper is left to its own file.
    let chart = charts::questionnaire(view.plan).filter(|chart| chart.whole.size.height <= HIGHEST);
    blocks.extend(chart.map(|chart| Block::Chart(Box::new(chart))));
    let never: Vec<Text> = view.plan.constraints.iter().map(|never| Text::of(&never.words)).collect();
    if !never.is_empty() {
        blocks.push(Block::Para(Text::of("不会同时出现的回答：")));
        blocks.push(Block::List(never));
    }
    blocks
}

fn introduction(view: View<'_>) -> Text {
    let questionnaire = &view.plan.questionnaire;
    let mut text = Text::of(
        "按顺序回答下面的问题，就知道要办哪些事项、交哪些材料。材料和事项后面写着“什么情形下”的，指的就是这里的回答。",
    );
    let mean = questionnaire.expected.rounded.trim_end_matches('0').trim_end_matches('.');
    match (questionnaire.fewest, questionnaire.most) {
        (Some(fewest), Some(most)) if fewest < most => {
            text = text.then(format!(
                "前面的回答已经定下来的，后面不用再答：最少答{fewest}个，最多答{most}个，平均答{mean}个。"
            ));
        }
        (None, None) => {
            text = text.then(format!("前面的回答已经定下来的，后面不用再答：平均答{mean}个。"));
        }
        _ => {}
    }
    text
}
