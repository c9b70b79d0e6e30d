//! The counts before and after, as sums over [`Where`]: what counts how much, and where. Of one case they are numbers; over all
//! cases the extremes look for the least and the greatest of the same sums. What nobody declared is not known, never zero.

use std::hash::Hash;

use indexmap::IndexMap;

use super::figure::Figures;
use super::item::Timing;
use super::ledger::Asked;
use super::schedule::Schedule;
use crate::expr::Number;
use crate::model::{StageKind, StepConvention, VisitConvention};
use crate::program::{AgencyId, ElementId, Identity, ItemId, Program, Stage, Where};

/// A figure as a sum.
#[derive(Debug, Clone)]
pub struct Sum<I> {
    /// What counts, and where.
    pub parts: Vec<(Number, I)>,
    /// Where it is not known.
    pub unknown: I,
}

impl Sum<bool> {
    /// What it comes to in the case; `None` if that is not known.
    fn value(&self) -> Option<Number> {
        let counted = || self.parts.iter().filter(|(_, there)| *there).map(|(weight, _)| *weight);
        if self.unknown { None } else { Number::checked_sum(counted()) }
    }

    /// The same as a whole number.
    pub fn count(&self) -> Option<u32> {
        u32::try_from(self.value()?.as_fraction().0).ok()
    }
}

/// All figures but the critical path.
#[derive(Debug)]
pub struct Sums<I> {
    /// 件次, before and after.
    pub materials: [Sum<I>; 2],
    /// 去重种类, before; after it is what the rows are.
    pub distinct: Sum<I>,
    /// 串联合计.
    pub serial: Sum<I>,
    /// 表单, before and after.
    pub forms: [Sum<I>; 2],
    /// 填写项, before and after.
    pub fields: [Sum<I>; 2],
    /// 环节, before and after.
    pub steps: [Sum<I>; 2],
    /// 跑动, before and after.
    pub visits: [Sum<I>; 2],
    /// 部门.
    pub agencies: Sum<I>,
}

impl<I: Copy> Sums<I> {
    /// The figures of a bundle, of which these rows are asked for.
    pub fn new<W: Where<In = I>>(
        within: &mut W,
        program: &Program<'_>,
        timing: &Timing,
        rows: &[Asked<I>],
    ) -> Result<Self, W::Full> {
        let mut writer = Writer { program, timing, within };
        let silent = writer.items_where(|id| program.item(id).is_silent())?;
        let known = |parts| Sum { parts, unknown: silent };
        let forms = writer.every(|within, id| {
            (0..program.item(id).forms.len()).map(|form| within.form(id, form)).collect::<Vec<_>>()
        });
        let form = writer.within.any(forms.iter().map(|(_, there)| *there))?;
        let today = || rows.iter().filter(|row| !row.is_added());
        let mut before = forms.clone();
        before.extend(today().map(|row| (Number::ONE, row.there)));
        let mut distinct = forms.clone();
        distinct.extend(writer.groups(today().map(|row| (row.identity.clone(), row.there)))?);
        let mut after = vec![(Number::ONE, form)];
        after.extend(writer.papers(rows)?);
        Ok(Sums {
            materials: [known(before), known(after)],
            distinct: known(distinct),
            serial: writer.serial()?,
            forms: [known(forms), known(vec![(Number::ONE, form)])],
            fields: writer.fields()?,
            steps: [writer.steps_before()?, writer.steps_after()?],
            visits: [writer.visits_before()?, writer.visits_after()?],
            agencies: writer.by_agency()?,
        })
    }
}

impl Sums<bool> {
    /// The figures of a case, before and after.
    pub fn figures(&self, schedule: &Schedule) -> [Figures; 2] {
        let distinct = [&self.distinct, &self.materials[1]];
        [0, 1].map(|side| Figures {
            materials: self.materials[side].count(),
            distinct_materials: distinct[side].count(),
            days: [schedule.serial, schedule.length][side],
            forms: self.forms[side].count(),
            fields: self.fields[side].count(),
            steps: self.steps[side].count(),
            visits: self.visits[side].count(),
        })
    }
}

struct Writer<'s, 'p, 'w, W> {
    program: &'p Program<'w>,
    timing: &'s Timing,
    within: &'s mut W,
}

impl<W: Where> Writer<'_, '_, '_, W> {
    /// One for each part of every item that is there.
    fn every<P: IntoIterator<Item = W::In>>(&self, parts: impl Fn(&W, ItemId) -> P) -> Vec<(Number, W::In)> {
        let all = self.program.item_ids().flat_map(|id| parts(self.within, id));
        all.map(|there| (Number::ONE, there)).collect()
    }

    /// Where some item is taken that is like that.
    fn items_where(&mut self, like: impl Fn(ItemId) -> bool) -> Result<W::In, W::Full> {
        let items: Vec<W::In> = self.program.item_ids().filter(|id| like(*id)).map(|id| self.within.item(id)).collect();
        self.within.any(items)
    }

    /// One for each group, where some member of it is there.
    fn groups<K: Hash + Eq>(
        &mut self,
        members: impl Iterator<Item = (K, W::In)>,
    ) -> Result<Vec<(Number, W::In)>, W::Full> {
        let mut groups: IndexMap<K, Vec<W::In>> = IndexMap::new();
        members.for_each(|(key, there)| groups.entry(key).or_default().push(there));
        groups.into_values().map(|all| Ok((Number::ONE, self.within.any(all)?))).collect()
    }

    /// Documents that are handed in after the reform: one of each kind that some row still asks for.
    fn papers(&mut self, rows: &[Asked<W::In>]) -> Result<Vec<(Number, W::In)>, W::Full> {
        let mut stays: IndexMap<&Identity, W::In> = IndexMap::new();
        for asked in rows.iter().filter(|asked| asked.may_stay()) {
            let mut there = asked.there;
            for &(_, produced) in &asked.produced {
                there = self.within.minus(there, produced)?;
            }
            let known = stays.entry(&asked.identity).or_insert(W::NOWHERE);
            *known = self.within.or(*known, there)?;
        }
        let mut papers = Vec::new();
        for (identity, &there) in &stays {
            let mut there = there;
            // One of several documents is enough: who hands in one of them anyway need not hand in another.
            for &document in identity.any_of.iter().filter(|_| identity.any_of.len() > 1) {
                let alone = Identity { any_of: vec![document], holder: identity.holder.clone() };
                let alone = stays.get(&alone).copied().unwrap_or(W::NOWHERE);
                there = self.within.minus(there, alone)?;
            }
            papers.push((Number::ONE, there));
        }
        Ok(papers)
    }

    fn serial(&mut self) -> Result<Sum<W::In>, W::Full> {
        let timing = self.timing;
        let unknown = self.items_where(|id| timing.items[id.index()].today.known().is_none())?;
        let parts = self.program.item_ids().map(|id| (timing.items[id.index()].today.at_least(), self.within.item(id)));
        Ok(Sum { parts: parts.collect(), unknown })
    }

    /// Fields on all forms, and on the merged one; not known where a form does not list its fields.
    fn fields(&mut self) -> Result<[Sum<W::In>; 2], W::Full> {
        let mut all = Vec::new();
        let mut elements: Vec<(ElementId, W::In)> = Vec::new();
        let mut unlisted = Vec::new();
        for id in self.program.item_ids() {
            for (index, form) in self.program.item(id).forms.iter().enumerate() {
                if form.fields.is_empty() {
                    unlisted.push(self.within.form(id, index));
                }
                for (number, field) in form.fields.iter().enumerate() {
                    let there = self.within.field(id, index, number);
                    all.push((Number::ONE, there));
                    elements.push((field.element, there));
                }
            }
        }
        let unknown = self.within.any(unlisted)?;
        let merged = self.groups(elements.into_iter())?;
        Ok([Sum { parts: all, unknown }, Sum { parts: merged, unknown }])
    }

    fn by_agency(&mut self) -> Result<Sum<W::In>, W::Full> {
        let program = self.program;
        let unknown = self.items_where(|id| program.item(id).agency.is_none())?;
        let agency = |id: ItemId| Some((program.item(id).agency.as_ref()?.value, self.within.item(id)));
        let agencies: Vec<(AgencyId, W::In)> = program.item_ids().filter_map(agency).collect();
        Ok(Sum { parts: self.groups(agencies.into_iter())?, unknown })
    }

    fn without_stages(&mut self) -> Result<W::In, W::Full> {
        let program = self.program;
        self.items_where(|id| program.item(id).stages.is_empty())
    }

    fn steps_before(&mut self) -> Result<Sum<W::In>, W::Full> {
        let program = self.program;
        match program.workspace.settings.steps {
            StepConvention::ByItem => {
                Ok(Sum { parts: self.every(|within, id| [within.item(id)]), unknown: W::NOWHERE })
            }
            StepConvention::ByAgency => self.by_agency(),
            StepConvention::ByActivity => {
                let parts = self.every(|within, id| {
                    (0..program.item(id).stages.len()).map(|stage| within.stage(id, stage)).collect::<Vec<_>>()
                });
                Ok(Sum { parts, unknown: self.without_stages()? })
            }
        }
    }

    /// One counter does for all items and agencies. By activity: receipt, acceptance and delivery are done once for all, joint
    /// stages once for their items, the rest as before.
    fn steps_after(&mut self) -> Result<Sum<W::In>, W::Full> {
        if self.program.workspace.settings.steps != StepConvention::ByActivity {
            let any = self.items_where(|_| true)?;
            return Ok(Sum { parts: vec![(Number::ONE, any)], unknown: W::NOWHERE });
        }
        let mut shared: Vec<(StageKind, W::In)> = Vec::new();
        let mut parts = Vec::new();
        for id in self.program.item_ids() {
            for stage in self.stages_left(id) {
                match self.program.item(id).stages[stage].kind {
                    kind if is_shared(kind) => shared.push((kind, self.within.stage(id, stage))),
                    _ => parts.push((Number::ONE, self.first_of_joint(id, stage)?)),
                }
            }
        }
        parts.extend(self.groups(shared.into_iter())?);
        Ok(Sum { parts, unknown: self.without_stages()? })
    }

    fn stages_left(&self, id: ItemId) -> Vec<usize> {
        let stages = &self.timing.items[id.index()].stages;
        (0..stages.len()).filter(|&stage| !stages[stage].dropped).collect()
    }

    /// Where a stage is there and not done together with one of an item before, so that it was already counted there.
    fn first_of_joint(&mut self, id: ItemId, stage: usize) -> Result<W::In, W::Full> {
        let mut there = self.within.stage(id, stage);
        let Some(joint) = self.timing.joint_of(id, stage) else { return Ok(there) };
        for &(item, stage) in joint.members.iter().take_while(|(item, _)| *item != id) {
            let before = self.within.stage(item, stage);
            there = self.within.minus(there, before)?;
        }
        Ok(there)
    }

    fn visits_before(&mut self) -> Result<Sum<W::In>, W::Full> {
        let program = self.program;
        match program.workspace.settings.visits {
            VisitConvention::ByItem => {
                let visits = |id| program.item(id).written.visits.as_ref().map_or(1, |visits| visits.value.0);
                let parts = program.item_ids().map(|id| (Number::from(visits(id)), self.within.item(id)));
                Ok(Sum { parts: parts.collect(), unknown: W::NOWHERE })
            }
            VisitConvention::ByAgency => {
                let mut sum = self.by_agency()?;
                // Where somebody's agency is not known, each item counts.
                let unknown = std::mem::replace(&mut sum.unknown, W::NOWHERE);
                for (_, there) in &mut sum.parts {
                    *there = self.within.minus(*there, unknown)?;
                }
                for id in program.item_ids() {
                    let there = self.within.item(id);
                    sum.parts.push((Number::ONE, self.within.and(there, unknown)?));
                }
                Ok(sum)
            }
        }
    }

    /// One visit to hand in everything, unless all is done online; and one for each stage at which the applicant has to be there.
    fn visits_after(&mut self) -> Result<Sum<W::In>, W::Full> {
        let program = self.program;
        let hand_in = self.items_where(|id| !program.is_fully_online(id))?;
        let mut parts = vec![(Number::ONE, hand_in)];
        for id in program.item_ids() {
            for stage in self.stages_left(id) {
                if needs_presence(&program.item(id).stages[stage]) {
                    parts.push((Number::ONE, self.first_of_joint(id, stage)?));
                }
            }
        }
        Ok(Sum { parts, unknown: W::NOWHERE })
    }
}

/// Done once for all items by the one counter.
pub fn is_shared(kind: StageKind) -> bool {
    matches!(kind, StageKind::Receipt | StageKind::Acceptance | StageKind::Delivery)
}

/// Whether the applicant has to be there, other than to hand in or collect.
pub fn needs_presence(stage: &Stage) -> bool {
    stage.written.presence.as_ref().is_some_and(|yes| yes.value.0) && !is_shared(stage.kind)
}
