//! What is said scenario by scenario.

use crate::page::{Block, Text};
use crate::parts::{charts, figures};
use crate::words::view::{Measured, View};
use yijianshi_core::plan::Scenario;

/// What is made of each scenario, below its name; nothing of those of which nothing is made.
pub(super) fn per_scenario(scenarios: &[&Scenario], make: impl Fn(&Scenario) -> Vec<Block>) -> Vec<Block> {
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

/// The figures of these scenarios, with what each of them is, as a table and as a chart.
pub(super) fn totals(view: View<'_>, scenarios: &[&Scenario], measured: &[Measured]) -> Vec<Block> {
    let mut blocks = vec![Block::Note(figures::cards_note(view))];
    for scenario in &view.plan.scenarios {
        let answers = view.answers(scenario);
        if !answers.is_empty() {
            blocks.push(Block::Para(Text::bold(format!("{}：", scenario.name)).join(answers)));
        }
    }
    blocks.push(Block::Table(figures::table(view, scenarios, measured).headed()));
    blocks.extend(charts::gantt(view.plan).map(|chart| Block::Chart(Box::new(chart))));
    blocks
}
