//! `改革成效对比`: the comparison in the form in which governments publish it: 流程、环节、时限、材料, before and after, with the
//! account of every paper that goes or comes.

use super::{changes, claims, ledger, per_scenario, tables};
use crate::page::{Block, Page, Section, Text};
use crate::parts::{charts, code, figures};
use crate::words::view::{Measured, View};
use crate::write::{Files, Painter};
use yijianshi_core::plan::Scenario;

pub(super) fn emit(view: View<'_>, painter: Painter<'_>, files: &mut Files) {
    let typical = view.typical();
    let sections = [
        Section::new("totals", "总体对比", totals(view, &typical)),
        Section::new(
            "process",
            "改革前后流程变化",
            per_scenario(&typical, |scenario| changes::process(view, scenario)),
        ),
        Section::new("stages", "改革前后环节变化", per_scenario(&typical, |scenario| changes::stages(view, scenario))),
        Section::new(
            "limits",
            "改革前后审批时限变化",
            per_scenario(&typical, |scenario| tables::limits(view, scenario)),
        ),
        Section::new(
            "materials",
            "改革前后申报材料变化",
            per_scenario(&typical, |scenario| tables::materials(view, scenario)),
        ),
        Section::new("ledger", "材料逐笔账", per_scenario(&typical, |scenario| ledger::blocks(view, scenario)))
            .map(Section::landscape),
        Section::new("counting", "计数口径", vec![Block::Numbered(figures::conventions(view))]),
        Section::new("claims", "公布数字核对", claims(view)).map(Section::landscape),
    ];
    let page = Page { figures: figures::cards(view), ..view.page("改革成效对比", sections) };
    page.with_code(code::of(view.plan)).write("改革成效对比", painter, files);
}

fn totals(view: View<'_>, typical: &[&Scenario]) -> Vec<Block> {
    let mut blocks = vec![Block::Note(figures::cards_note(view))];
    for scenario in &view.plan.scenarios {
        let answers = view.answers(scenario);
        if !answers.is_empty() {
            blocks.push(Block::Para(Text::bold(format!("{}：", scenario.name)).join(answers)));
        }
    }
    let measured = [
        Measured::Steps,
        Measured::Days,
        Measured::Materials,
        Measured::DistinctMaterials,
        Measured::Forms,
        Measured::Fields,
        Measured::Visits,
    ];
    blocks.push(Block::Table(figures::table(view, typical, &measured).headed()));
    blocks.extend(charts::gantt(view.plan).map(|chart| Block::Chart(Box::new(chart))));
    blocks
}
