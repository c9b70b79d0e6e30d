//! What was meant: names resolved to ids, inheritance applied, the precondition graph.
//!
//! Nothing after this stage compares names: an id is always valid. A name that could not be resolved was reported and is left out.

mod address;
mod answer;
mod calendar;
mod case;
pub mod codes;
mod condition;
mod graph;
mod identifier;
mod inherit;
mod naming;
mod presence;
mod published;
mod question;
mod references;
mod resolve;
mod shares;
mod workspace;

pub use answer::AnswerFault;
pub use calendar::{ANNOUNCED, Calendar, CalendarFault, Holiday};
pub use case::{Assignment, Case, Value};
pub use codes::{CODES, UNKNOWN_SETTINGS};
pub use condition::{Cond, Day, Test};
pub use graph::{Link, Preconditions, Wait};
pub use inherit::{Loaded, Parents, Part, load};
pub use naming::{AgentPaper, Bare, bare};
pub(crate) use naming::{HOLDERS, SYNONYMS};
pub use presence::{InCase, Where};
pub use published::Published;
pub use question::{Domain, Question, QuestionOption};
pub use references::{Occurrence, Target};
pub use resolve::resolve;
pub use shares::Shares;
pub use workspace::Workspace;

use std::sync::Arc;

use rustc_hash::FxHashMap;

use crate::model::{self, Str, Text, Written};
use crate::source::{At, Span};

macro_rules! ids {
    ($( $(#[doc = $doc:expr])* $Id:ident; )*) => { $(
        $(#[doc = $doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $Id(pub u32);

        impl $Id {
            /// As an index.
            pub fn index(self) -> usize {
                self.0 as usize
            }
        }

        impl From<usize> for $Id {
            fn from(index: usize) -> Self {
                $Id(index as u32)
            }
        }
    )* };
}

ids! {
    /// An agency of the workspace.
    AgencyId;
    /// A document (材料) of the workspace's catalogue.
    MaterialId;
    /// A data element of the workspace's catalogue.
    ElementId;
    /// A question of the bundle.
    QuestionId;
    /// An item of the bundle.
    ItemId;
}

/// A bundle, resolved.
#[derive(Debug)]
pub struct Program<'w> {
    /// What it shares with others.
    pub workspace: &'w Workspace,
    /// As written, with inheritance applied.
    pub bundle: model::Bundle,
    /// Its name; empty if none was written.
    pub title: Str,
    /// Its ASCII id; empty if none was written.
    pub id: Str,
    /// How complete it has to be.
    pub status: model::Status,
    /// Lead agency.
    pub lead: Option<At<AgencyId>>,
    /// Co-agencies.
    pub partners: Vec<At<AgencyId>>,
    /// Questions, in the order written.
    pub questions: Vec<Question>,
    /// Answers that cannot go together, and why.
    pub constraints: Vec<(Cond, Option<Text>)>,
    /// Who is turned elsewhere, and where to.
    pub exits: Vec<(Cond, Text)>,
    /// Items, in the order written.
    pub items: Vec<Item>,
    /// Reform measures, in the order written.
    pub measures: Vec<Measure>,
    /// Which measures are about which items and documents.
    pub measure_index: MeasureIndex,
    /// Named scenarios.
    pub scenarios: Vec<Scenario>,
    /// The names in what was published; `None` if nothing was.
    pub published: Option<Published>,
    /// The precondition graph.
    pub preconditions: Preconditions,
    /// Where its parts are written, in this file and in those that it extends.
    pub parts: Vec<(Span, Part)>,
    /// Every name in it, in the order of the keys.
    pub references: Vec<Occurrence>,
    item_names: FxHashMap<Str, ItemId>,
    question_names: FxHashMap<Str, QuestionId>,
    /// Whether some part could not be read: what seems to be missing may have stood there.
    pub damaged: bool,
}

/// An item (事项).
#[derive(Debug, Clone)]
pub struct Item {
    /// Its name in the bundle (the key).
    pub name: Text,
    /// Its identifier.
    pub id: Str,
    /// Its official name.
    pub official_name: Str,
    /// Who runs it.
    pub agency: Option<At<AgencyId>>,
    /// When it applies.
    pub when: Option<Cond>,
    /// What has to come first.
    pub preconditions: Vec<Precondition>,
    /// Stages, in order.
    pub stages: Vec<Stage>,
    /// Forms to fill in.
    pub forms: Vec<Form>,
    /// Materials to hand in.
    pub materials: Vec<Row>,
    /// What it produces.
    pub results: Vec<Produced>,
    /// As written.
    pub written: Arc<model::Item>,
}

impl Item {
    /// Whether the applicant may not leave it out: only if that has a legal basis (必办).
    pub fn is_mandatory(&self) -> bool {
        !self.written.mandatory.is_empty()
    }

    /// The stage of this name or kind.
    pub fn find_stage(&self, name: &str) -> Option<usize> {
        self.stages.iter().position(|stage| &*stage.name == name || stage.kind.word() == name)
    }

    /// Whether it says nothing of materials, so that nobody knows what it asks for.
    pub fn is_silent(&self) -> bool {
        let says_none = self.written.no_materials.as_ref().is_some_and(|yes| yes.value.0);
        self.forms.is_empty() && self.materials.is_empty() && !says_none
    }
}

/// A precondition: an item, or one of its stages, that comes first.
#[derive(Debug, Clone)]
pub struct Precondition {
    /// Which item.
    pub item: ItemId,
    /// Up to which of its stages; `None`: until it is finished.
    pub stage: Option<usize>,
    /// Where it is written.
    pub span: Span,
}

/// A stage (环节) of an item.
#[derive(Debug, Clone)]
pub struct Stage {
    /// What kind.
    pub kind: model::StageKind,
    /// Its name.
    pub name: Str,
    /// Its identifier.
    pub id: Str,
    /// When it happens.
    pub when: Option<Cond>,
    /// As written.
    pub written: Written<model::Stage>,
}

/// A form of an item.
#[derive(Debug, Clone)]
pub struct Form {
    /// Its name.
    pub name: Text,
    /// When it has to be filled in.
    pub when: Option<Cond>,
    /// What is filled in.
    pub fields: Vec<FormField>,
}

/// A field of an agency's form.
#[derive(Debug, Clone)]
pub struct FormField {
    /// The data element.
    pub element: ElementId,
    /// What the form calls it.
    pub label: Text,
    /// When it has to be filled in.
    pub when: Option<Cond>,
    /// As written.
    pub written: Written<model::FormField>,
}

/// A material that an item asks for.
#[derive(Debug, Clone)]
pub struct Row {
    /// The documents, one of which is asked for; usually one.
    pub any_of: Vec<MaterialId>,
    /// Whose; the applicant's own if nothing is said.
    pub holder: Option<Str>,
    /// When it is asked for.
    pub when: Option<Cond>,
    /// As the item calls it.
    pub label: Text,
    /// As written.
    pub written: Written<model::MaterialUse>,
}

/// What identifies a material: document (or the documents of which one is asked for) and holder.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Identity {
    /// Document, or documents of which one is enough; sorted.
    pub any_of: Vec<MaterialId>,
    /// Whose.
    pub holder: Option<Str>,
}

impl Row {
    /// Document and holder.
    pub fn identity(&self) -> Identity {
        let mut any_of = self.any_of.clone();
        any_of.sort_unstable();
        any_of.dedup();
        Identity { any_of, holder: self.holder.clone() }
    }
}

/// A document that an item produces.
#[derive(Debug, Clone)]
pub struct Produced {
    /// Its identifier.
    pub id: Str,
    /// Which.
    pub document: MaterialId,
    /// In whose name.
    pub holder: Option<Str>,
    /// When.
    pub when: Option<Cond>,
    /// As written.
    pub label: Text,
}

/// A reform measure.
#[derive(Debug, Clone)]
pub struct Measure {
    /// What is done to what.
    pub kind: MeasureKind,
    /// As written.
    pub written: Written<model::Measure>,
}

/// What a measure does, resolved.
#[derive(Debug, Clone)]
pub enum MeasureKind {
    /// An item, or one of its stages, takes this long instead.
    CompressTime {
        /// Which item.
        item: ItemId,
        /// Which stage; `None`: the whole.
        stage: Option<usize>,
        /// How long.
        to: At<model::Duration>,
    },
    /// Stages of one kind are done together.
    JointStage {
        /// Of which items.
        items: Vec<At<ItemId>>,
        /// Which kind of stage.
        kind: model::StageKind,
        /// How long, if declared.
        limit: Option<At<model::Duration>>,
    },
    /// An item asks for one more material.
    AddMaterial {
        /// Which item.
        item: ItemId,
        /// What.
        row: Box<Row>,
    },
    /// A material is treated in this way.
    Material {
        /// In which items; empty: in all.
        items: Vec<At<ItemId>>,
        /// Which document.
        document: MaterialId,
        /// Whose; `None`: anybody's.
        holder: Option<Str>,
        /// How.
        treatment: Treatment,
    },
    /// A stage is no longer there.
    DropStage {
        /// Of which item.
        item: ItemId,
        /// Which.
        stage: usize,
    },
    /// An item no longer waits for another, or only for a stage of it.
    LiftPrecondition {
        /// The item that waited.
        item: ItemId,
        /// The item that it waited for.
        precondition: ItemId,
        /// The stage that it still waits for.
        stage: Option<usize>,
    },
    /// Nobody has to come.
    FullyOnline {
        /// For which items; empty: for all.
        items: Vec<At<ItemId>>,
    },
}

/// Measures by what they are about, so that looking them up does not grow with their number.
#[derive(Debug, Default)]
pub struct MeasureIndex {
    by_item: FxHashMap<ItemId, Vec<usize>>,
    by_document: FxHashMap<MaterialId, Vec<usize>>,
    fully_online: bool,
}

impl MeasureIndex {
    /// Indexes measures.
    pub fn new(measures: &[Measure]) -> Self {
        let mut index = MeasureIndex::default();
        for (number, measure) in measures.iter().enumerate() {
            let mut about = |item: ItemId| index.by_item.entry(item).or_default().push(number);
            match &measure.kind {
                MeasureKind::CompressTime { item, .. }
                | MeasureKind::AddMaterial { item, .. }
                | MeasureKind::DropStage { item, .. }
                | MeasureKind::LiftPrecondition { item, .. } => about(*item),
                MeasureKind::JointStage { items, .. } => items.iter().for_each(|at| about(at.value)),
                MeasureKind::FullyOnline { items } if items.is_empty() => index.fully_online = true,
                MeasureKind::FullyOnline { items } => items.iter().for_each(|at| about(at.value)),
                MeasureKind::Material { document, .. } => index.by_document.entry(*document).or_default().push(number),
            }
        }
        index
    }
}

/// What is done with a material.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Treatment {
    /// No longer asked for.
    Abolished,
    /// A written commitment takes its place.
    Commitment,
    /// May follow later.
    Deferred,
    /// Obtained by the agencies themselves.
    Exempt(model::ExemptionWay),
}

/// A named scenario.
#[derive(Debug, Clone)]
pub struct Scenario {
    /// Its name.
    pub name: Text,
    /// The answers, by question.
    pub answers: Assignment,
    /// Answers to questions that are not asked under the others; they do not count.
    pub needless: Vec<At<QuestionId>>,
    /// Items that the applicant does not take.
    pub without: Vec<At<ItemId>>,
    /// The items that the author expects to apply.
    pub expected_items: Vec<At<ItemId>>,
    /// As written.
    pub written: Written<model::Scenario>,
}

impl Program<'_> {
    /// The item with this id.
    pub fn item(&self, id: ItemId) -> &Item {
        &self.items[id.index()]
    }

    /// The question with this id.
    pub fn question(&self, id: QuestionId) -> &Question {
        &self.questions[id.index()]
    }

    /// The item called `name`.
    pub fn find_item(&self, name: &str) -> Option<ItemId> {
        self.item_names.get(name).copied()
    }

    /// The question called `name`.
    pub fn find_question(&self, name: &str) -> Option<QuestionId> {
        self.question_names.get(name).copied()
    }

    /// The named scenario called `name`, by index.
    pub fn find_scenario(&self, name: &str) -> Option<usize> {
        self.scenarios.iter().position(|scenario| &*scenario.name.value == name)
    }

    /// All item ids, in the order written.
    pub fn item_ids(&self) -> impl ExactSizeIterator<Item = ItemId> + use<> {
        (0..self.items.len()).map(ItemId::from)
    }

    /// The measures about an item as such (not those about a document that it asks for), with their indices.
    pub fn measures_of(&self, item: ItemId) -> impl Iterator<Item = (usize, &MeasureKind)> {
        let list = self.measure_index.by_item.get(&item).map_or(&[][..], Vec::as_slice);
        list.iter().map(|&index| (index, &self.measures[index].kind))
    }

    /// The measures about a document, with their indices.
    pub fn measures_on(&self, document: MaterialId) -> impl Iterator<Item = (usize, &MeasureKind)> {
        let list = self.measure_index.by_document.get(&document).map_or(&[][..], Vec::as_slice);
        list.iter().map(|&index| (index, &self.measures[index].kind))
    }

    /// The item to which a measure adds a material, if it does.
    pub fn added_to(&self, measure: usize) -> Option<ItemId> {
        match &self.measures[measure].kind {
            MeasureKind::AddMaterial { item, .. } => Some(*item),
            _ => None,
        }
    }

    /// Whether an item is done without coming anywhere.
    pub fn is_fully_online(&self, item: ItemId) -> bool {
        self.measure_index.fully_online
            || self.measures_of(item).any(|(_, measure)| matches!(measure, MeasureKind::FullyOnline { .. }))
    }

    /// Preconditions that say nothing new, each with the one that makes it redundant: the item waits for the same one by way of
    /// another that applies whenever the item itself does.
    pub fn redundant_preconditions(&self) -> Vec<(Link, Link)> {
        let applies_with = |item, between| match (&self.item(between).when, &self.item(item).when) {
            (None, _) => true,
            (Some(between), Some(item)) => between.test == item.test,
            (Some(_), None) => false,
        };
        self.preconditions.redundant(&applies_with)
    }

    /// Which items produce this document, and what they call it.
    pub fn producers(&self, document: MaterialId) -> impl Iterator<Item = (ItemId, &Produced)> {
        self.preconditions.producers_of(document).iter().map(move |&(item, result)| {
            let item_id: ItemId = item;
            (item_id, &self.item(item_id).results[result])
        })
    }

    /// Every condition in use, with the item that it belongs to; answers are only asked because of these.
    pub fn conditions(&self) -> Vec<(Option<ItemId>, &Cond)> {
        let mut found: Vec<(Option<ItemId>, &Cond)> = Vec::new();
        for id in self.item_ids() {
            let item = self.item(id);
            let forms = item.forms.iter();
            let fields = forms.clone().flat_map(|form| form.fields.iter().map(|field| &field.when));
            let own = std::iter::once(&item.when)
                .chain(item.stages.iter().map(|stage| &stage.when))
                .chain(forms.map(|form| &form.when))
                .chain(fields)
                .chain(item.materials.iter().map(|row| &row.when))
                .chain(item.results.iter().map(|result| &result.when));
            found.extend(own.flatten().map(|cond| (Some(id), cond)));
        }
        for measure in &self.measures {
            if let MeasureKind::AddMaterial { item, row } = &measure.kind {
                found.extend(row.when.iter().map(|cond| (Some(*item), cond)));
            }
        }
        found.extend(self.questions.iter().filter_map(|question| Some((None, question.when.as_ref()?))));
        found.extend(self.constraints.iter().map(|(cond, _)| (None, cond)));
        found.extend(self.exits.iter().map(|(cond, _)| (None, cond)));
        found
    }

    /// What a material row is called in outputs: the document's canonical name (or the alternatives), with its holder.
    pub fn row_name(&self, identity: &Identity) -> String {
        let names: Vec<_> = identity.any_of.iter().map(|id| &*self.workspace.material(*id).name.value).collect();
        let names = names.join("或");
        match &identity.holder {
            Some(holder) => format!("{names}（{holder}）"),
            None => names,
        }
    }
}
