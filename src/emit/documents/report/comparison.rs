//! `改革成效对比`: the comparison in the form in which governments publish it: 流程、环节、时限、材料, before and after, with the
//! account of every paper that goes or comes.

use super::claims::claims;
use super::scenarios::{self, per_scenario};
use super::{changes, ledger, tables};
use crate::page::{Block, Page, Section};
use crate::parts::{code, document, figures};
use crate::words::view::{Measured, View};
use crate::write::{Files, Painter};

/// In the order in which they are published.
const MEASURED: [Measured; 7] = [
    Measured::Steps,
    Measured::Days,
    Measured::Materials,
    Measured::DistinctMaterials,
    Measured::Forms,
    Measured::Fields,
    Measured::Visits,
];

pub(super) fn emit(view: View<'_>, painter: Painter<'_>, files: &mut Files) {
    let typical = view.typical();
    let sections = [
        Section::new("totals", "总体对比", scenarios::totals(view, &typical, &MEASURED)),
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
    let page = Page { figures: figures::cards(view), ..document::about(view, "改革成效对比", sections) };
    page.with_code(code::of(view.plan)).write("改革成效对比", painter, files);
}
