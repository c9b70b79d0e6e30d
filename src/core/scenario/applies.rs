//! Where each part of a bundle applies, if the applicant takes every item that does.

use super::Scenarios;
use super::diagram::{Full, Set};
use crate::program::{ItemId, MeasureKind, Where};

/// Where each part of a bundle applies: a set for each, in the order of the program. A part of an item applies at most where the
/// item does. Who is served and what is possible is not taken into account; meet it with [`Scenarios::served`].
#[derive(Debug, Default, Clone)]
pub struct Applies {
    /// By item id.
    pub items: Vec<ItemApplies>,
    /// By measure, where the row that a measure adds (新增材料) is asked for; `None` for other measures.
    pub added: Vec<Option<Set>>,
}

/// Where an item and its parts apply.
#[derive(Debug, Clone)]
pub struct ItemApplies {
    /// The item itself.
    pub item: Set,
    /// By stage.
    pub stages: Vec<Set>,
    /// By form.
    pub forms: Vec<Set>,
    /// By form, by field.
    pub fields: Vec<Vec<Set>>,
    /// By material row.
    pub materials: Vec<Set>,
    /// By result.
    pub results: Vec<Set>,
}

impl Applies {
    /// All sets, of items and of their parts.
    pub fn parts(&self) -> Vec<Set> {
        let mut parts: Vec<Set> = Vec::new();
        for item in &self.items {
            parts.push(item.item);
            for list in [&item.stages, &item.forms, &item.materials, &item.results] {
                parts.extend(list);
            }
            parts.extend(item.fields.iter().flatten());
        }
        parts.extend(self.added.iter().flatten());
        parts
    }

    pub(super) fn new(scenarios: &mut Scenarios<'_, '_>) -> Result<Self, Full> {
        let program = scenarios.program;
        let mut applies = Applies::default();
        for item in &program.items {
            let mut found = ItemApplies {
                item: scenarios.when(item.when.as_ref())?,
                stages: Vec::new(),
                forms: Vec::new(),
                fields: Vec::new(),
                materials: Vec::new(),
                results: Vec::new(),
            };
            let within = |scenarios: &mut Scenarios<'_, '_>, outer: Set, cond| {
                let own = scenarios.when(cond)?;
                scenarios.diagram.and(outer, own)
            };
            for stage in &item.stages {
                found.stages.push(within(scenarios, found.item, stage.when.as_ref())?);
            }
            for form in &item.forms {
                let set = within(scenarios, found.item, form.when.as_ref())?;
                let fields = form.fields.iter().map(|field| within(scenarios, set, field.when.as_ref()));
                let fields = fields.collect::<Result<_, _>>()?;
                found.forms.push(set);
                found.fields.push(fields);
            }
            for row in &item.materials {
                found.materials.push(within(scenarios, found.item, row.when.as_ref())?);
            }
            for result in &item.results {
                found.results.push(within(scenarios, found.item, result.when.as_ref())?);
            }
            applies.items.push(found);
        }
        for measure in &program.measures {
            applies.added.push(match &measure.kind {
                MeasureKind::AddMaterial { item, row } => {
                    let own = scenarios.when(row.when.as_ref())?;
                    Some(scenarios.diagram.and(applies.items[item.index()].item, own)?)
                }
                _ => None,
            });
        }
        Ok(applies)
    }
}

/// All cases in which the applicant takes every item that applies.
impl Where for Scenarios<'_, '_> {
    type In = Set;
    type Full = Full;
    const NOWHERE: Set = Set::NONE;
    const EVERYWHERE: Set = Set::ALL;

    fn item(&self, item: ItemId) -> Set {
        self.applies.items[item.index()].item
    }
    fn stage(&self, item: ItemId, stage: usize) -> Set {
        self.applies.items[item.index()].stages[stage]
    }
    fn form(&self, item: ItemId, form: usize) -> Set {
        self.applies.items[item.index()].forms[form]
    }
    fn field(&self, item: ItemId, form: usize, field: usize) -> Set {
        self.applies.items[item.index()].fields[form][field]
    }
    fn material(&self, item: ItemId, row: usize) -> Set {
        self.applies.items[item.index()].materials[row]
    }
    fn added(&self, measure: usize) -> Set {
        self.applies.added[measure].unwrap_or(Set::NONE)
    }
    fn result(&self, item: ItemId, result: usize) -> Set {
        self.applies.items[item.index()].results[result]
    }

    fn and(&mut self, a: Set, b: Set) -> Result<Set, Full> {
        self.diagram.and(a, b)
    }
    fn or(&mut self, a: Set, b: Set) -> Result<Set, Full> {
        self.diagram.or(a, b)
    }
    fn minus(&mut self, a: Set, b: Set) -> Result<Set, Full> {
        self.diagram.minus(a, b)
    }
    fn any(&mut self, all: impl IntoIterator<Item = Set>) -> Result<Set, Full> {
        self.diagram.any(all)
    }
}
