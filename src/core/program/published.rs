//! What was published (公布), with its names resolved.

use super::codes::UNDEFINED_SCENARIOS;
use super::condition::Resolver;
use super::resolve::ItemNames;
use super::{ItemId, Scenario};
use crate::diagnostic::{Fix, Sink};
use crate::model::{self, Text, closest};

/// The names in the published figures and lists, resolved; index by index what stands in [`model::Published`].
#[derive(Debug, Default)]
pub struct Published {
    /// The named scenario that the figures before the reform speak of.
    pub before: Option<usize>,
    /// The named scenario that the figures after the reform speak of.
    pub after: Option<usize>,
    /// Which item each published item is.
    pub items: Vec<Option<ItemId>>,
    /// Which item each row of the comparison table is.
    pub comparison: Vec<Option<ItemId>>,
    /// The items that each published step names.
    pub steps: Vec<Vec<ItemId>>,
}

impl Published {
    /// Resolves what was published; unknown names are reported.
    pub(super) fn resolve(
        written: &model::Published,
        resolver: &Resolver<'_>,
        names: &ItemNames,
        scenarios: &[Scenario],
        sink: &mut Sink,
    ) -> Self {
        let mut scenario =
            |figures: &Option<model::Figures>| find(figures.as_ref()?.scenario.as_ref()?, scenarios, sink);
        let (before, after) = (scenario(&written.before), scenario(&written.after));
        scenario(&written.saved);
        let rows =
            written.comparison.iter().flat_map(|entry| entry.value.before.iter().chain(entry.value.after.iter()));
        for row in written.guide_list.iter().flat_map(|group| group.rows.iter()).chain(rows) {
            resolver.cond(&row.when, sink);
        }
        let items = written.items.iter().map(|item| names.find(item.item.as_ref()?, sink)).collect();
        let comparison = written.comparison.iter().map(|entry| names.find(&entry.name, sink)).collect();
        let steps = written.steps.iter();
        let steps = steps.map(|step| step.items.iter().filter_map(|name| names.find(name, sink)).collect()).collect();
        Published { before, after, items, comparison, steps }
    }
}

fn find(name: &Text, scenarios: &[Scenario], sink: &mut Sink) -> Option<usize> {
    let found = scenarios.iter().position(|scenario| scenario.name.value == name.value);
    if found.is_none() {
        let diagnostic = UNDEFINED_SCENARIOS.at(name.span, format!("“典型情形”里没有“{}”", name.value));
        sink.push(match closest(name, scenarios.iter().map(|scenario| &*scenario.name.value)) {
            Some(word) => diagnostic
                .label(format!("是不是“{word}”？"))
                .fix(Fix::replace(name.span, word, format!("改为“{word}”")).to_be_confirmed()),
            None => diagnostic.help("在“典型情形”里加上它，或者改用已有的名称"),
        });
    }
    found
}
