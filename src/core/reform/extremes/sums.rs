//! Every figure as a sum over sets: what counts how much in which scenarios, if the applicant takes every item that applies.
//!
//! The definitions are those of the ledger and the counts of a single case.

use indexmap::IndexMap;
use rustc_hash::FxHashMap;

use super::super::counts::{is_shared, needs_presence};
use super::super::ledger::{Fate, treated};
use super::super::timing::Timing;
use crate::expr::Number;
use crate::model::{StageKind, StepConvention, VisitConvention};
use crate::program::{AgencyId, ElementId, Identity, ItemId, MeasureKind, Program, Row};
use crate::scenario::{Full, Scenarios, Set};

/// A figure as a sum.
#[derive(Debug, Clone)]
pub struct Sum {
    /// What counts, and where.
    pub parts: Vec<(Number, Set)>,
    /// Where it is not known.
    pub unknown: Set,
}

/// All figures but the critical path.
#[derive(Debug)]
pub struct Sums {
    /// 件次, before and after.
    pub materials: [Sum; 2],
    /// 去重种类, before; after it is what the rows are.
    pub distinct: Sum,
    /// 串联合计.
    pub serial: Sum,
    /// 表单, before and after.
    pub forms: [Sum; 2],
    /// 填写项, before and after.
    pub fields: [Sum; 2],
    /// 环节, before and after.
    pub steps: [Sum; 2],
    /// 跑动, before and after.
    pub visits: [Sum; 2],
}

impl Sums {
    /// The figures of a bundle.
    pub fn new(scenarios: &mut Scenarios<'_, '_>, timing: &Timing) -> Result<Self, Full> {
        let mut writer = Writer { program: scenarios.program, scenarios, timing };
        let rows = writer.rows()?;
        let silent = writer.items_where(|program, id| {
            let item = program.item(id);
            let says_none = item.written.no_materials.as_ref().is_some_and(|yes| yes.value.0);
            item.forms.is_empty() && item.materials.is_empty() && !says_none
        })?;
        let known = |parts| Sum { parts, unknown: silent };
        let forms = writer.every(|item| item.forms.clone());
        let form = writer.scenarios.diagram.any(forms.iter().map(|(_, set)| *set))?;
        let mut before = forms.clone();
        before.extend(rows.iter().filter(|row| !row.added).map(|row| (Number::ONE, row.set)));
        let mut distinct = forms.clone();
        distinct.extend(writer.kinds(&rows)?);
        let mut after = vec![(Number::ONE, form)];
        after.extend(writer.papers(&rows)?);
        Ok(Sums {
            materials: [known(before), known(after)],
            distinct: known(distinct),
            serial: writer.serial()?,
            forms: [known(forms), known(vec![(Number::ONE, form)])],
            fields: writer.fields()?,
            steps: [writer.steps_before()?, writer.steps_after()?],
            visits: [writer.visits_before()?, writer.visits_after()?],
        })
    }
}

/// A material row.
struct Asked<'p> {
    item: ItemId,
    row: &'p Row,
    identity: Identity,
    set: Set,
    added: bool,
}

struct Writer<'s, 'p, 'w> {
    program: &'p Program<'w>,
    scenarios: &'s mut Scenarios<'p, 'w>,
    timing: &'s Timing,
}

impl<'p> Writer<'_, 'p, '_> {
    fn item(&self, id: ItemId) -> Set {
        self.scenarios.applies.items[id.index()].item
    }

    /// One for each of some sets of every item.
    fn every(&self, sets: impl Fn(&crate::scenario::ItemApplies) -> Vec<Set>) -> Vec<(Number, Set)> {
        self.scenarios.applies.items.iter().flat_map(sets).map(|set| (Number::ONE, set)).collect()
    }

    /// Where some item applies that is like that.
    fn items_where(&mut self, like: impl Fn(&Program<'_>, ItemId) -> bool) -> Result<Set, Full> {
        let items = self.program.item_ids().filter(|id| like(self.program, *id));
        let sets: Vec<Set> = items.map(|id| self.item(id)).collect();
        self.scenarios.diagram.any(sets)
    }

    /// One for each group, where some member of it is there.
    fn groups<K: std::hash::Hash + Eq>(&mut self, members: Vec<(K, Set)>) -> Result<Vec<(Number, Set)>, Full> {
        let mut groups: IndexMap<K, Vec<Set>> = IndexMap::new();
        members.into_iter().for_each(|(key, set)| groups.entry(key).or_default().push(set));
        groups.into_values().map(|sets| Ok((Number::ONE, self.scenarios.diagram.any(sets)?))).collect()
    }

    fn rows(&mut self) -> Result<Vec<Asked<'p>>, Full> {
        let mut rows = Vec::new();
        let program = self.program;
        for id in program.item_ids() {
            let own = &self.scenarios.applies.items[id.index()].materials;
            let materials = program.item(id).materials.iter().zip(own);
            rows.extend(materials.map(|(row, &set)| (id, row, set, false)));
            for (index, measure) in program.measures_of(id) {
                if let (MeasureKind::AddMaterial { row, .. }, Some(set)) =
                    (measure, self.scenarios.applies.added[index])
                {
                    rows.push((id, &**row, set, true));
                }
            }
        }
        let rows = rows.into_iter();
        Ok(rows.map(|(item, row, set, added)| Asked { item, row, identity: row.identity(), set, added }).collect())
    }

    /// Different documents, as things are run today.
    fn kinds(&mut self, rows: &[Asked<'_>]) -> Result<Vec<(Number, Set)>, Full> {
        let today = rows.iter().filter(|row| !row.added);
        self.groups(today.map(|row| (row.identity.clone(), row.set)).collect())
    }

    /// Documents that are handed in after the reform: one of each kind that some row still asks for.
    fn papers(&mut self, rows: &[Asked<'_>]) -> Result<Vec<(Number, Set)>, Full> {
        let mut stays: IndexMap<Identity, Set> = IndexMap::new();
        let mut ahead: FxHashMap<ItemId, FxHashMap<ItemId, Set>> = FxHashMap::default();
        for asked in rows {
            let Asked { item, row, identity, .. } = asked;
            let mut set = asked.set;
            if matches!(treated(self.program, *item, identity, &Fate::Stays), Fate::Goes(..)) {
                continue;
            }
            let producers = row.any_of.iter().flat_map(|&document| self.program.preconditions.producers_of(document));
            for &(producer, result) in producers.filter(|(producer, _)| producer != item) {
                if self.program.item(producer).results[result].holder != identity.holder {
                    continue;
                }
                if let std::collections::hash_map::Entry::Vacant(entry) = ahead.entry(producer) {
                    entry.insert(comes_after(self.scenarios, producer)?);
                }
                let Some(&before) = ahead[&producer].get(item) else { continue };
                let issued = self.scenarios.applies.items[producer.index()].results[result];
                let produced = self.scenarios.diagram.and(issued, before)?;
                set = self.scenarios.diagram.minus(set, produced)?;
            }
            let known = stays.entry(identity.clone()).or_insert(Set::NONE);
            *known = self.scenarios.diagram.or(*known, set)?;
        }
        let mut papers = Vec::new();
        for (identity, &set) in &stays {
            let mut set = set;
            // One of several documents is enough: who hands in one of them anyway need not hand in another.
            for &document in identity.any_of.iter().filter(|_| identity.any_of.len() > 1) {
                let alone = Identity { any_of: vec![document], holder: identity.holder.clone() };
                let alone = stays.get(&alone).copied().unwrap_or(Set::NONE);
                set = self.scenarios.diagram.minus(set, alone)?;
            }
            papers.push((Number::ONE, set));
        }
        Ok(papers)
    }

    fn serial(&mut self) -> Result<Sum, Full> {
        let timing = self.timing;
        let unknown = self.items_where(|_, id| timing.items[id.index()].today.known().is_none())?;
        let parts = self.program.item_ids().map(|id| (timing.items[id.index()].today.at_least(), self.item(id)));
        Ok(Sum { parts: parts.collect(), unknown })
    }

    fn fields(&mut self) -> Result<[Sum; 2], Full> {
        let mut all = Vec::new();
        let mut elements: Vec<(ElementId, Set)> = Vec::new();
        let mut unlisted = Vec::new();
        for (item, applies) in self.program.items.iter().zip(&self.scenarios.applies.items) {
            for (index, form) in item.forms.iter().enumerate() {
                if form.fields.is_empty() {
                    unlisted.push(applies.forms[index]);
                }
                for (field, &set) in form.fields.iter().zip(&applies.fields[index]) {
                    all.push((Number::ONE, set));
                    elements.push((field.element, set));
                }
            }
        }
        let unknown = self.scenarios.diagram.any(unlisted)?;
        let merged = self.groups(elements)?;
        Ok([Sum { parts: all, unknown }, Sum { parts: merged, unknown }])
    }

    fn by_agency(&mut self) -> Result<Sum, Full> {
        let unknown = self.items_where(|program, id| program.item(id).agency.is_none())?;
        let agency = |id: ItemId| Some((self.program.item(id).agency.as_ref()?.value, self.item(id)));
        let agencies: Vec<(AgencyId, Set)> = self.program.item_ids().filter_map(agency).collect();
        Ok(Sum { parts: self.groups(agencies)?, unknown })
    }

    fn without_stages(&mut self) -> Result<Set, Full> {
        self.items_where(|program, id| program.item(id).stages.is_empty())
    }

    fn steps_before(&mut self) -> Result<Sum, Full> {
        match self.program.workspace.settings.steps {
            StepConvention::ByItem => Ok(Sum { parts: self.every(|item| vec![item.item]), unknown: Set::NONE }),
            StepConvention::ByAgency => self.by_agency(),
            StepConvention::ByActivity => {
                Ok(Sum { parts: self.every(|item| item.stages.clone()), unknown: self.without_stages()? })
            }
        }
    }

    fn steps_after(&mut self) -> Result<Sum, Full> {
        if self.program.workspace.settings.steps != StepConvention::ByActivity {
            let any = self.items_where(|_, _| true)?;
            return Ok(Sum { parts: vec![(Number::ONE, any)], unknown: Set::NONE });
        }
        let mut shared: Vec<(StageKind, Set)> = Vec::new();
        let mut parts = Vec::new();
        for id in self.program.item_ids() {
            for (stage, set) in self.stages(id) {
                match self.program.item(id).stages[stage].kind {
                    kind if is_shared(kind) => shared.push((kind, set)),
                    _ => parts.push((Number::ONE, self.first_of_joint(id, stage, set)?)),
                }
            }
        }
        parts.extend(self.groups(shared)?);
        Ok(Sum { parts, unknown: self.without_stages()? })
    }

    /// The stages that are left, and where they are there.
    fn stages(&self, id: ItemId) -> Vec<(usize, Set)> {
        let stages = self.scenarios.applies.items[id.index()].stages.iter().copied().enumerate();
        stages.filter(|(stage, _)| !self.timing.items[id.index()].stages[*stage].dropped).collect()
    }

    /// Where a stage is not done together with one of an item before.
    fn first_of_joint(&mut self, id: ItemId, stage: usize, mut set: Set) -> Result<Set, Full> {
        let Some(joint) = self.timing.joint_of(id, stage) else { return Ok(set) };
        for &(item, stage) in joint.members.iter().take_while(|(item, _)| *item != id) {
            let before = self.scenarios.applies.items[item.index()].stages[stage];
            set = self.scenarios.diagram.minus(set, before)?;
        }
        Ok(set)
    }

    fn visits_before(&mut self) -> Result<Sum, Full> {
        let items = self.program.item_ids();
        match self.program.workspace.settings.visits {
            VisitConvention::ByItem => {
                let visits = |id| self.program.item(id).written.visits.as_ref().map_or(1, |visits| visits.value.0);
                let parts = items.map(|id| (Number::from(visits(id)), self.item(id)));
                Ok(Sum { parts: parts.collect(), unknown: Set::NONE })
            }
            VisitConvention::ByAgency => {
                let mut sum = self.by_agency()?;
                // Where somebody's agency is not known, each item counts.
                let unknown = std::mem::replace(&mut sum.unknown, Set::NONE);
                for (_, set) in &mut sum.parts {
                    *set = self.scenarios.diagram.minus(*set, unknown)?;
                }
                for id in items {
                    let set = self.scenarios.diagram.and(self.item(id), unknown)?;
                    sum.parts.push((Number::ONE, set));
                }
                Ok(sum)
            }
        }
    }

    fn visits_after(&mut self) -> Result<Sum, Full> {
        let hand_in = self.items_where(|program, id| !program.is_fully_online(id))?;
        let mut parts = vec![(Number::ONE, hand_in)];
        for id in self.program.item_ids() {
            for (stage, set) in self.stages(id) {
                if needs_presence(&self.program.item(id).stages[stage]) {
                    parts.push((Number::ONE, self.first_of_joint(id, stage, set)?));
                }
            }
        }
        Ok(Sum { parts, unknown: Set::NONE })
    }
}

/// Where an item is finished before others start: what waits for it, directly or by way of others that apply.
fn comes_after(scenarios: &mut Scenarios<'_, '_>, first: ItemId) -> Result<FxHashMap<ItemId, Set>, Full> {
    let mut found: FxHashMap<ItemId, Set> = FxHashMap::default();
    let mut changed = vec![first];
    while let Some(item) = changed.pop() {
        let here = scenarios.applies.items[item.index()].item;
        let before = if item == first { Set::ALL } else { found[&item] };
        let before = scenarios.diagram.and(here, before)?;
        for later in scenarios.program.preconditions.followers(item) {
            let known = found.get(&later).copied().unwrap_or(Set::NONE);
            let more = scenarios.diagram.or(known, before)?;
            if more != known {
                found.insert(later, more);
                // What comes back to the first item says nothing new.
                if later != first {
                    changed.push(later);
                }
            }
        }
    }
    Ok(found)
}
