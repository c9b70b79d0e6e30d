//! `改革成效对比`: the comparison in the form in which governments publish it: 流程、环节、时限、材料, before and after, with the
//! account of every paper that goes or comes.

use super::super::doc::{Block, Page, Section, Text};
use super::super::view::{Measured, View};
use super::super::{Files, Painter, draw, figures};
use super::{changes, claims, ledger, tables};
use crate::plan::Scenario;

pub(super) fn emit(view: View<'_>, painter: Painter<'_>, files: &mut Files) {
    let typical = view.typical();
    let per_scenario = |make: &dyn Fn(&Scenario) -> Vec<Block>| -> Vec<Block> {
        let mut blocks = Vec::new();
        for scenario in &typical {
            let content = make(scenario);
            if !content.is_empty() {
                blocks.push(Block::Heading(Text::of(&scenario.name)));
                blocks.extend(content);
            }
        }
        blocks
    };
    let sections = [
        Section::new("totals", "总体对比", totals(view, &typical)),
        Section::new("process", "改革前后流程变化", per_scenario(&|scenario| changes::process(view, scenario))),
        Section::new("stages", "改革前后环节变化", per_scenario(&|scenario| changes::stages(view, scenario))),
        Section::new("limits", "改革前后审批时限变化", per_scenario(&|scenario| tables::limits(view, scenario))),
        Section::new("materials", "改革前后申报材料变化", per_scenario(&|scenario| tables::materials(view, scenario))),
        Section::new("ledger", "材料逐笔账", per_scenario(&|scenario| ledger::blocks(view, scenario)))
            .map(Section::landscape),
        Section::new("counting", "计数口径", vec![Block::Numbered(figures::conventions(view))]),
        Section::new("claims", "公布数字核对", claims(view)).map(Section::landscape),
    ];
    let page = Page {
        kind: "改革成效对比",
        title: view.title(),
        subtitle: view.subtitle(),
        notice: view.notice(),
        figures: figures::cards(view),
        sections: sections.into_iter().flatten().collect(),
        foot: view.foot(),
        landscape: false,
    };
    page.with_code(view.plan).write("改革成效对比", painter, files);
}

fn totals(view: View<'_>, typical: &[&Scenario]) -> Vec<Block> {
    let mut blocks = vec![Block::Note(figures::cards_note(view))];
    for scenario in &view.plan.scenarios {
        let answers = view.answers(scenario);
        if !answers.is_empty() {
            blocks.push(Block::Para(Text::bold(format!("{}\u{ff1a}", scenario.name)).join(answers)));
        }
    }
    let measured = [
        Measured::Steps,
        Measured::Days,
        Measured::Materials,
        Measured::Distinct,
        Measured::Forms,
        Measured::Fields,
        Measured::Visits,
    ];
    blocks.push(Block::Table(figures::table(view, typical, &measured).headed()));
    blocks.extend(draw::gantt(view.plan).map(|chart| Block::Chart(Box::new(chart))));
    blocks
}
