//! What comes first: preconditions that are not there, cycles that somebody meets, results that are asked for again.

use std::collections::BTreeMap;

use super::Part;
use super::part::rows;
use crate::model::Str;
use crate::program::{ItemId, Link, MaterialId, MeasureKind, Treatment, Wait};
use crate::scenario::{Full, Scenarios, Set, Witness};
use crate::source::Span;

/// An item that is done without what it waits for, and without asking for its result.
#[derive(Debug)]
pub struct Lacking {
    /// The item that waits.
    pub item: ItemId,
    /// What it waits for.
    pub first: ItemId,
    /// Where that is written.
    pub span: Span,
    /// Whether `first` does not apply there, or applies and may be left out by the applicant.
    pub inapplicable: bool,
    /// Rows of the item that do ask for a result of `first`, but not there.
    pub rows: Vec<Part>,
    /// Who is not asked.
    pub witness: Witness,
}

/// Items that wait for each other, and an applicant who needs all of them.
#[derive(Debug)]
pub struct Cycle {
    /// In the order in which they wait.
    pub links: Vec<Link>,
    /// Who needs them all.
    pub witness: Witness,
}

/// A row that asks for what another item of the bundle produces.
#[derive(Debug)]
pub struct Reclaimed {
    /// The row.
    pub row: Part,
    /// Who produces it.
    pub producer: ItemId,
    /// Which of its results.
    pub result: usize,
    /// Whether it is produced first, if all items that apply are taken, wherever the item that asks for it applies (and not only
    /// wherever the row does).
    pub throughout: bool,
}

/// A row that asks for what an item produces for which it does not wait.
#[derive(Debug)]
pub struct Hidden {
    /// The row.
    pub row: Part,
    /// Who produces it.
    pub producer: ItemId,
    /// Which of its results.
    pub result: usize,
    /// Who needs both.
    pub witness: Witness,
}

/// What is known of the order.
#[derive(Debug, Default)]
pub struct Order {
    /// Preconditions that are not met in some scenario.
    pub lacking: Vec<Lacking>,
    /// Cycles that some scenario realises.
    pub cycles: Vec<Cycle>,
    /// Rows that are never really asked for, because what they ask for is then produced first.
    pub reclaimed: Vec<Reclaimed>,
    /// Preconditions that are not written.
    pub hidden: Vec<Hidden>,
}

/// How many items of a knot are tried as the start of a cycle.
const STARTS: usize = 64;

impl Scenarios<'_, '_> {
    pub(super) fn prove_order(&mut self) -> Result<Order, Full> {
        let mut order = Order::default();
        for id in self.program.item_ids() {
            self.find_lacking(id, &mut order.lacking)?;
            self.find_asked(id, &mut order)?;
        }
        // A row that is asked for at the wrong time is said with the precondition that is then not met.
        let Order { lacking, reclaimed, .. } = &mut order;
        let program = self.program;
        reclaimed.retain(|found| {
            let item = found.row.item(program);
            !lacking.iter().any(|other| Some(other.item) == item && other.first == found.producer)
        });
        self.find_cycles(&mut order.cycles)?;
        Ok(order)
    }

    fn find_lacking(&mut self, id: ItemId, lacking: &mut Vec<Lacking>) -> Result<(), Full> {
        let program = self.program;
        let here = self.diagram.and(self.applies.items[id.index()].item, self.served)?;
        if here.is_empty() {
            return Ok(());
        }
        // In the order written.
        let mut waits = program.preconditions.waits(id).to_vec();
        waits.sort_unstable_by_key(|wait| wait.span);
        for &Wait { first, span, .. } in &waits {
            let producer = program.item(first);
            let mut results = producer.results.iter();
            if first == id || results.any(|result| self.is_obtained(id, result.document, result.holder.as_ref())) {
                continue;
            }
            let (asking, asked) = self.asks_for_results(id, first)?;
            let open = self.diagram.minus(here, asked)?;
            let mut without = self.diagram.minus(open, self.applies.items[first.index()].item)?;
            // What nobody said it results in cannot be asked for: that is missing, and said elsewhere.
            let says =
                !producer.results.is_empty() || producer.written.no_result.as_ref().is_some_and(|yes| yes.value.0);
            for other in waits.iter().filter(|other| other.first != first) {
                // Another one may take its place where it does not apply: one that is there for everybody does not.
                let set = self.applies.items[other.first.index()].item;
                if !says || !self.diagram.within(here, set)? {
                    without = self.diagram.minus(without, set)?;
                }
            }
            let inapplicable = !without.is_empty();
            let (bad, context) = if inapplicable {
                (without, self.served)
            } else if says && !producer.is_mandatory() {
                // Who leaves out the one needs the other: that need not be said.
                (self.diagram.and(open, self.applies.items[first.index()].item)?, here)
            } else {
                continue;
            };
            if let Some(witness) = self.witness(bad, context)? {
                lacking.push(Lacking { item: id, first, span, inapplicable, rows: asking, witness });
            }
        }
        Ok(())
    }

    /// The rows of an item that ask for a result of `first`, and where.
    fn asks_for_results(&mut self, id: ItemId, first: ItemId) -> Result<(Vec<Part>, Set), Full> {
        let program = self.program;
        let (mut asking, mut asked) = (Vec::new(), Set::NONE);
        for part in rows(program, id) {
            let Some(row) = part.row(program) else { continue };
            let asks = program.item(first).results.iter().any(|result| {
                // Who holds it is often left out where it is the applicant.
                let same = result.holder.is_none() || row.holder.is_none() || result.holder == row.holder;
                same && row.any_of.contains(&result.document)
            });
            if asks {
                asking.push(part);
                asked = self.diagram.or(asked, self.set_of(part))?;
            }
        }
        Ok((asking, asked))
    }

    /// Whether the agencies themselves obtain a document that an item needs.
    fn is_obtained(&self, id: ItemId, document: MaterialId, holder: Option<&Str>) -> bool {
        self.program.workspace.capability(document).is_some()
            || self.program.measures_on(document).any(|(_, kind)| match kind {
                MeasureKind::Material { items, holder: whose, treatment: Treatment::Exempt(_), .. } => {
                    (items.is_empty() || items.iter().any(|at| at.value == id))
                        && (whose.is_none() || holder.is_none() || whose.as_ref() == holder)
                }
                _ => false,
            })
    }

    /// Looks at each row that asks for what an item of the bundle produces.
    fn find_asked(&mut self, id: ItemId, order: &mut Order) -> Result<(), Full> {
        let program = self.program;
        for part in rows(program, id) {
            // Of several documents another one may be at hand.
            let Some(row) = part.row(program) else { continue };
            let [document] = row.any_of[..] else { continue };
            let producers: Vec<(ItemId, usize)> = program
                .preconditions
                .producers_of(document)
                .iter()
                .copied()
                .filter(|&(producer, result)| program.item(producer).results[result].holder == row.holder)
                .collect();
            let asked = self.diagram.and(self.set_of(part), self.served)?;
            if producers.is_empty() || asked.is_empty() {
                continue;
            }
            if let Some(hidden) = self.find_hidden(id, part, asked, &producers)? {
                order.hidden.push(hidden);
                continue;
            }
            let wanted: Vec<ItemId> = producers.iter().map(|(producer, _)| *producer).collect();
            let before = program.preconditions.finished_before(self, id, &wanted)?;
            let mut made = Set::NONE;
            let mut first = None;
            for (producer, result) in producers {
                let Some(&finished) = before.get(&producer).filter(|_| producer != id) else { continue };
                let set = self.diagram.and(finished, self.applies.items[producer.index()].results[result])?;
                made = self.diagram.or(made, set)?;
                first = first.or((!set.is_empty()).then_some((producer, result)));
            }
            let Some((producer, result)) = first else { continue };
            if self.diagram.within(asked, made)? {
                let here = self.diagram.and(self.applies.items[id.index()].item, self.served)?;
                let throughout = self.diagram.within(here, made)?;
                order.reclaimed.push(Reclaimed { row: part, producer, result, throughout });
            }
        }
        Ok(())
    }

    /// The first item that produces what a row asks for in some scenario, if the item that asks waits for none that does.
    fn find_hidden(
        &mut self,
        id: ItemId,
        row: Part,
        asked: Set,
        producers: &[(ItemId, usize)],
    ) -> Result<Option<Hidden>, Full> {
        let mut hidden = None;
        for &(producer, result) in producers {
            let both = self.diagram.and(asked, self.applies.items[producer.index()].results[result])?;
            if both.is_empty() {
                continue;
            }
            if producer == id || self.program.preconditions.waits_for(id, producer) {
                return Ok(None);
            }
            hidden = hidden.or(Some((producer, result, both)));
        }
        let Some((producer, result, both)) = hidden else { return Ok(None) };
        let witness = self.witness(both, self.served)?;
        Ok(witness.map(|witness| Hidden { row, producer, result, witness }))
    }

    /// In each knot of items the shortest cycle that somebody meets.
    fn find_cycles(&mut self, cycles: &mut Vec<Cycle>) -> Result<(), Full> {
        let program = self.program;
        for knot in program.preconditions.knots() {
            let mut best: Option<(Vec<Link>, Set)> = None;
            for &start in knot.items.iter().take(STARTS) {
                let longest = best.as_ref().map_or(knot.items.len(), |(links, _)| links.len() - 1);
                if let Some(found) = self.cycle_through(start, &knot.links, longest)? {
                    best = Some(found);
                }
            }
            let Some((links, set)) = best else { continue };
            if let Some(witness) = self.witness(set, self.served)? {
                cycles.push(Cycle { links, witness });
            }
        }
        cycles.sort_by_key(|cycle| cycle.links.iter().map(|link| link.item).min());
        Ok(())
    }

    /// The shortest cycle through `start`, of at most `longest` links, that some scenario realises, and where it does.
    fn cycle_through(
        &mut self,
        start: ItemId,
        links: &[Link],
        longest: usize,
    ) -> Result<Option<(Vec<Link>, Set)>, Full> {
        // Where each item is reached from the start, newly with each link more.
        let here = self.diagram.and(self.applies.items[start.index()].item, self.served)?;
        let mut reached: Vec<BTreeMap<ItemId, Set>> = vec![BTreeMap::from_iter([(start, here)])];
        let mut known: BTreeMap<ItemId, Set> = BTreeMap::new();
        for length in 1..=longest {
            let mut next: BTreeMap<ItemId, Set> = BTreeMap::new();
            for link in links {
                let Some(&set) = reached[length - 1].get(&link.item) else { continue };
                let set = self.diagram.and(set, self.applies.items[link.first.index()].item)?;
                let old = known.get(&link.first).copied().unwrap_or(Set::NONE);
                let new = self.diagram.minus(set, old)?;
                if !new.is_empty() {
                    let all = self.diagram.or(next.get(&link.first).copied().unwrap_or(Set::NONE), new)?;
                    next.insert(link.first, all);
                }
            }
            if next.is_empty() {
                return Ok(None);
            }
            for (&item, &set) in &next {
                let all = self.diagram.or(known.get(&item).copied().unwrap_or(Set::NONE), set)?;
                known.insert(item, all);
            }
            let closed = next.get(&start).copied();
            reached.push(next);
            let Some(mut set) = closed else { continue };
            // Back along the links, keeping the scenarios in which all of them are there.
            let mut path = Vec::new();
            let mut at = start;
            for before in (0..length).rev() {
                for link in links.iter().filter(|link| link.first == at) {
                    let Some(&earlier) = reached[before].get(&link.item) else { continue };
                    let both = self.diagram.and(set, earlier)?;
                    if !both.is_empty() {
                        path.push(*link);
                        (at, set) = (link.item, both);
                        break;
                    }
                }
            }
            path.reverse();
            return Ok(Some((path, set)));
        }
        Ok(None)
    }
}
