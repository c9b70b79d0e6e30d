//! What was published (公布), with its names resolved.

use super::condition::Resolver;
use super::resolve::{ItemNames, found};
use super::{ItemId, Scenario};
use crate::diagnostic::Sink;
use crate::model;

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
    /// Resolves what was published.
    pub(super) fn resolve(
        written: &model::Published,
        resolver: &Resolver<'_>,
        names: &ItemNames,
        scenarios: &[Scenario],
        sink: &mut Sink,
    ) -> Self {
        let scenario = |figures: &Option<model::Figures>| {
            let name = figures.as_ref()?.scenario.as_ref()?;
            scenarios.iter().position(|scenario| scenario.name.value == name.value)
        };
        let (before, after) = (scenario(&written.before), scenario(&written.after));
        let rows =
            written.comparison.iter().flat_map(|entry| entry.value.before.iter().chain(entry.value.after.iter()));
        for row in written.guide_list.iter().flat_map(|group| group.rows.iter()).chain(rows) {
            resolver.cond(&row.when, sink);
        }
        let items = written.items.iter().map(|item| names.get(&item.item.as_ref()?.value).copied()).collect();
        let comparison = written.comparison.iter().map(|entry| names.get(&entry.name.value).copied()).collect();
        let steps = written.steps.iter();
        let steps =
            steps.map(|step| found(names, step.items.iter()).into_iter().map(|at| at.value).collect()).collect();
        Published { before, after, items, comparison, steps }
    }
}
