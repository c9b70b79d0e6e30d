//! The material ledger: what each item asks for, and what becomes of each row after the reform.
//!
//! The order of the mechanisms is that of the language: 申请表合并, 同一材料只收一次, 前序结果免交, 电子证照, 数据共享,
//! 告知承诺, 容缺, 取消. Rows are merged only with rows of the same fate: a row that stays is never merged into one that goes.
//!
//! Merging a row that stays into one that goes would lose a demand. The first form row becomes the merged form; the others go. Sums close per
//! item and in total: before − removed + added = after.

use rustc_hash::FxHashMap;
use serde::{Deserialize, Serialize};

use crate::model::ExemptionWay;
use crate::program::{Case, Identity, InCase, ItemId, MeasureKind, Program, Row, Treatment, Where};
use crate::source::Span;

/// 一行材料凭什么不用再交。
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Mechanism {
    /// 申请表合并。
    OneForm,
    /// 同一材料只收一次。
    SameDocument,
    /// 前序结果免交。
    ProducedInBundle,
    /// 电子证照。
    ELicence,
    /// 数据共享或核验。
    DataShare,
    /// 告知承诺。
    Commitment,
    /// 容缺：仍在清单上，可以后补。
    Deferred,
    /// 取消。
    Abolished,
}

impl Mechanism {
    /// All, in the order in which they work.
    pub const ALL: [Mechanism; 8] = [
        Mechanism::OneForm,
        Mechanism::SameDocument,
        Mechanism::ProducedInBundle,
        Mechanism::ELicence,
        Mechanism::DataShare,
        Mechanism::Commitment,
        Mechanism::Deferred,
        Mechanism::Abolished,
    ];

    /// The official term.
    pub fn label(self) -> &'static str {
        match self {
            Mechanism::OneForm => "申请表合并",
            Mechanism::SameDocument => "同一材料只收一次",
            Mechanism::ProducedInBundle => "前序结果免交",
            Mechanism::ELicence => "电子证照",
            Mechanism::DataShare => "数据共享",
            Mechanism::Commitment => "告知承诺",
            Mechanism::Deferred => "容缺",
            Mechanism::Abolished => "取消",
        }
    }
}

/// What a row is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Content {
    /// The item's form with this index.
    Form(usize),
    /// The item's material with this index.
    Material(usize),
    /// The material that the measure with this index adds.
    Added(usize),
}

/// What becomes of a row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Fate {
    /// It stays.
    Stays,
    /// It becomes the one merged form.
    BecomesTheForm,
    /// It stays but may follow later, by the measure with this index (or because the item says so: `None`).
    Deferred(Option<usize>),
    /// It goes.
    Goes(Mechanism, Reason),
}

/// Why a row goes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Reason {
    /// This entry stands for it.
    Entry(usize),
    /// This item produces it.
    Item(ItemId),
    /// The workspace's capability with this index.
    Capability(usize),
    /// The measure with this index.
    Measure(usize),
}

/// A row: something that an item asks for, or will ask for.
#[derive(Debug, Clone)]
pub struct Entry {
    /// Which item.
    pub item: ItemId,
    /// What.
    pub content: Content,
    /// What it is the same as; forms have none.
    pub identity: Option<Identity>,
    /// What becomes of it.
    pub fate: Fate,
    /// Where it is written.
    pub span: Span,
}

impl Entry {
    /// Whether a measure adds it.
    pub fn is_added(&self) -> bool {
        matches!(self.content, Content::Added(_))
    }

    /// Whether it is there afterwards.
    pub fn is_after(&self) -> bool {
        !matches!(self.fate, Fate::Goes(..))
    }

    /// The material row, if it is one.
    pub fn row<'p>(&self, program: &'p Program<'_>) -> Option<&'p Row> {
        match self.content {
            Content::Form(_) => None,
            Content::Material(index) => Some(&program.item(self.item).materials[index]),
            Content::Added(measure) => match &program.measures[measure].kind {
                MeasureKind::AddMaterial { row, .. } => Some(row),
                _ => None,
            },
        }
    }
}

/// before − removed + added = after.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Sums {
    /// Rows as things are run today.
    pub before: u32,
    /// Rows that go.
    pub removed: u32,
    /// Rows that measures add.
    pub added: u32,
    /// Rows afterwards.
    pub after: u32,
}

/// All rows of a case.
#[derive(Debug)]
pub struct Ledger {
    /// The rows, by item in the order written; an item's forms, its materials, then what measures add to it.
    pub entries: Vec<Entry>,
    /// Items taken that say nothing of materials: nobody knows what they ask for, so totals are not known either.
    pub silent: Vec<ItemId>,
}

impl Ledger {
    /// The ledger of a case.
    pub fn new(program: &Program<'_>, case: &Case) -> Self {
        let Ok(rows) = asked(&mut InCase::new(program, case), program);
        Ledger::of(program, case, &rows)
    }

    /// The same, with the rows of the case.
    pub(super) fn of(program: &Program<'_>, case: &Case, rows: &[Asked<bool>]) -> Self {
        let mut entries = Vec::new();
        let mut rows = rows.iter().filter(|row| row.there).peekable();
        for id in case.items() {
            for (index, form) in program.item(id).forms.iter().enumerate() {
                if case.applies(form.when.as_ref()) {
                    let (content, span) = (Content::Form(index), form.name.span);
                    entries.push(Entry { item: id, content, identity: None, fate: Fate::Stays, span });
                }
            }
            while let Some(row) = rows.next_if(|row| row.item == id) {
                let produced = row.produced.iter().find(|(_, produced)| *produced);
                let by =
                    |(producer, _): &(ItemId, bool)| Fate::Goes(Mechanism::ProducedInBundle, Reason::Item(*producer));
                entries.push(Entry {
                    item: id,
                    content: row.content,
                    identity: Some(row.identity.clone()),
                    fate: produced.map_or_else(|| row.by_itself.clone(), by),
                    span: row.span,
                });
            }
        }
        let silent = case.items().filter(|id| program.item(*id).is_silent()).collect();
        let mut ledger = Ledger { entries, silent };
        ledger.merge_forms();
        ledger.merge_documents();
        ledger
    }

    fn merge_forms(&mut self) {
        let mut first = None;
        for index in 0..self.entries.len() {
            if !matches!(self.entries[index].content, Content::Form(_)) {
                continue;
            }
            self.entries[index].fate = match first {
                None => {
                    first = Some(index);
                    Fate::BecomesTheForm
                }
                Some(first) => Fate::Goes(Mechanism::OneForm, Reason::Entry(first)),
            };
        }
    }

    /// The same document of the same holder is asked for once: among rows of the same fate the first one stands for all.
    fn merge_documents(&mut self) {
        let mut first: FxHashMap<(Identity, Option<Mechanism>), usize> = FxHashMap::default();
        for index in 0..self.entries.len() {
            let entry = &self.entries[index];
            let Some(identity) = entry.identity.clone() else { continue };
            let mechanism = match &entry.fate {
                Fate::Goes(mechanism, _) => Some(*mechanism),
                _ => None,
            };
            match first.get(&(identity.clone(), mechanism)) {
                Some(&standing) => {
                    self.entries[index].fate = Fate::Goes(Mechanism::SameDocument, Reason::Entry(standing));
                }
                None => {
                    first.insert((identity, mechanism), index);
                }
            }
        }
        // One of several documents is enough: who hands in one of them anyway need not hand in another.
        let single: FxHashMap<Identity, usize> = first
            .into_iter()
            .filter(|((id, fate), _)| fate.is_none() && id.any_of.len() == 1)
            .map(|((id, _), i)| (id, i))
            .collect();
        for index in 0..self.entries.len() {
            let entry = &self.entries[index];
            let Some(identity) = entry.identity.as_ref().filter(|id| id.any_of.len() > 1 && entry.is_after()) else {
                continue;
            };
            let standing = identity
                .any_of
                .iter()
                .filter_map(|&document| {
                    single.get(&Identity { any_of: vec![document], holder: identity.holder.clone() })
                })
                .min();
            if let Some(&standing) = standing {
                self.entries[index].fate = Fate::Goes(Mechanism::SameDocument, Reason::Entry(standing));
            }
        }
    }

    /// The sums of one item.
    pub fn sums_of(&self, item: ItemId) -> Sums {
        // The entries stand in the order of the items.
        let first = self.entries.partition_point(|entry| entry.item < item);
        let end = self.entries.partition_point(|entry| entry.item <= item);
        sums(&self.entries[first..end])
    }

    /// The sums of all items.
    pub fn sums(&self) -> Sums {
        sums(&self.entries)
    }

    /// How many different papers: forms, and materials by document and holder.
    pub fn distinct(&self, after: bool) -> u32 {
        let chosen = self.entries.iter().filter(|entry| if after { entry.is_after() } else { !entry.is_added() });
        let mut identities: Vec<_> = chosen.clone().filter_map(|entry| entry.identity.as_ref()).collect();
        identities.sort_unstable();
        identities.dedup();
        (chosen.filter(|entry| entry.identity.is_none()).count() + identities.len()) as u32
    }

    /// The entry that stands for `index` after merging: itself, or what it was merged into.
    pub fn standing(&self, index: usize) -> usize {
        match &self.entries[index].fate {
            Fate::Goes(Mechanism::SameDocument | Mechanism::OneForm, Reason::Entry(standing)) => *standing,
            _ => index,
        }
    }
}

fn sums(entries: &[Entry]) -> Sums {
    let mut sums = Sums::default();
    for entry in entries {
        match entry.is_added() {
            true => sums.added += 1,
            false => sums.before += 1,
        }
        match entry.is_after() {
            true => sums.after += 1,
            false => sums.removed += 1,
        }
    }
    sums
}

/// A material row, where it is asked for, and what becomes of it before rows of one document are merged.
#[derive(Debug)]
pub struct Asked<I> {
    /// Which item asks.
    pub item: ItemId,
    /// Which row: one of its own, or one that a measure adds.
    pub content: Content,
    /// What it is the same as.
    pub identity: Identity,
    /// Where it is written.
    pub span: Span,
    /// Where it is asked for, today or because a measure adds it.
    pub there: I,
    /// Which items produce what is asked for, and where they have done so before this item starts.
    pub produced: Vec<(ItemId, I)>,
    /// What becomes of it where none does.
    pub by_itself: Fate,
}

impl<I> Asked<I> {
    /// Whether a measure adds it.
    pub fn is_added(&self) -> bool {
        matches!(self.content, Content::Added(_))
    }

    /// Whether it stays where nobody produces it.
    pub fn may_stay(&self) -> bool {
        !matches!(self.by_itself, Fate::Goes(..))
    }
}

/// All rows, by item in the order written: an item's own, then what measures add to it.
pub(super) fn asked<W: Where>(within: &mut W, program: &Program<'_>) -> Result<Vec<Asked<W::In>>, W::Full> {
    let mut rows = Vec::new();
    for item in program.item_ids() {
        let own = program.item(item).materials.iter().enumerate();
        let own = own.map(|(index, row)| (Content::Material(index), row, within.material(item, index)));
        let added = program.measures_of(item).filter_map(|(index, measure)| match measure {
            MeasureKind::AddMaterial { row, .. } => Some((Content::Added(index), &**row, within.added(index))),
            _ => None,
        });
        for (content, row, there) in own.chain(added).collect::<Vec<_>>() {
            let identity = row.identity();
            let produced = produced(within, program, item, &identity)?;
            let by_itself = by_itself(program, item, row);
            rows.push(Asked { item, content, identity, span: row.label.span, there, produced, by_itself });
        }
    }
    Ok(rows)
}

/// Which items produce what an item asks for, and where they have done so before it starts.
fn produced<W: Where>(
    within: &mut W,
    program: &Program<'_>,
    item: ItemId,
    identity: &Identity,
) -> Result<Vec<(ItemId, W::In)>, W::Full> {
    let graph = &program.preconditions;
    let producers = identity.any_of.iter().flat_map(|&document| graph.producers_of(document));
    let others = |&(producer, result): &(ItemId, usize)| {
        producer != item && program.item(producer).results[result].holder == identity.holder
    };
    let producers: Vec<(ItemId, usize)> = producers.copied().filter(others).collect();
    if producers.is_empty() {
        return Ok(Vec::new());
    }
    let wanted: Vec<ItemId> = producers.iter().map(|(producer, _)| *producer).collect();
    let finished = graph.finished_before(within, item, &wanted)?;
    let mut found = Vec::new();
    for (producer, result) in producers {
        if let Some(&first) = finished.get(&producer) {
            let issued = within.result(producer, result);
            found.push((producer, within.and(issued, first)?));
        }
    }
    Ok(found)
}

/// What becomes of a material of an item whatever other items are taken: whether it is produced or asked for there is another matter.
pub fn by_itself(program: &Program<'_>, item: ItemId, row: &Row) -> Fate {
    let says_deferrable =
        matches!(row.written.necessity.as_ref().map(|at| at.value), Some(crate::model::Necessity::Deferrable));
    match treated(program, item, &row.identity(), &Fate::Stays) {
        Fate::Stays if says_deferrable => Fate::Deferred(None),
        fate => fate,
    }
}

/// The first of 电子证照, 数据共享, 告知承诺, 容缺, 取消 that applies to a material of an item.
pub(super) fn treated(program: &Program<'_>, item: ItemId, identity: &Identity, stays: &Fate) -> Fate {
    let mut best: Option<(Mechanism, Reason)> = None;
    let mut offer = |mechanism: Mechanism, reason: Reason| {
        if best.as_ref().is_none_or(|(known, _)| mechanism < *known) {
            best = Some((mechanism, reason));
        }
    };
    for &asked in &identity.any_of {
        if let Some((index, capability)) = program.workspace.capability(asked) {
            offer(of_way(capability.way), Reason::Capability(index));
        }
        for (index, measure) in program.measures_on(asked) {
            let MeasureKind::Material { items, holder, treatment, .. } = measure else { continue };
            let meant = (holder.is_none() || *holder == identity.holder)
                && (items.is_empty() || items.iter().any(|at| at.value == item));
            if meant {
                let mechanism = match treatment {
                    Treatment::Abolished => Mechanism::Abolished,
                    Treatment::Commitment => Mechanism::Commitment,
                    Treatment::Deferred => Mechanism::Deferred,
                    Treatment::Exempt(way) => of_way(*way),
                };
                offer(mechanism, Reason::Measure(index));
            }
        }
    }
    match best {
        Some((Mechanism::Deferred, Reason::Measure(index))) => Fate::Deferred(Some(index)),
        Some((mechanism, reason)) => Fate::Goes(mechanism, reason),
        None => stays.clone(),
    }
}

fn of_way(way: ExemptionWay) -> Mechanism {
    match way {
        ExemptionWay::ELicence => Mechanism::ELicence,
        ExemptionWay::DataShare | ExemptionWay::Verification => Mechanism::DataShare,
    }
}
