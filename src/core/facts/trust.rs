//! How far each fact can be relied upon: what could not be read or resolved, and what hangs on it.
//!
//! A finding that only follows from another one helps nobody. So every fault of the stages before is put where it stands (an item, the
//! measures, a named scenario, what was published, the rest) and to what it is about; a fact is trusted as far as everything it is made
//! of. What cannot be placed is taken to break everything.

use crate::diagnostic::{Code, Diagnostic, Level};
use crate::model::{self, BROKEN_CONDITIONS, BROKEN_DURATIONS, MISSING_KEYS};
use crate::program::codes::{
    self, CIRCULAR_QUESTIONS, INVALID_IDS, MISSING_IDS, NAMELESS_MATERIALS, UNDATED_CONDITIONS, UNDEFINED_AGENCIES,
    UNDEFINED_ELEMENTS, UNDEFINED_ITEMS, UNDEFINED_MATERIALS, UNDEFINED_OPTIONS, UNDEFINED_QUESTIONS, UNDEFINED_STAGES,
    WRONG_CONDITIONS, WRONG_SHARES,
};
use crate::program::{Cond, Item, ItemId, Part, Program, Test};
use crate::syntax;

/// How far a fact can be relied upon. There is none to be had where some part of it could not be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Trust {
    /// Everything it is made of was read; what is not there was not written.
    Read,
    /// And every name in it stands for something: figures can be compared with what is published.
    Resolved,
    /// And so does every condition of the bundle, so that what is said over all scenarios is about what was meant.
    Proved,
}

/// What facts are about. What is broken in one says nothing against the others.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Aspect {
    /// Who runs what.
    Agencies,
    /// When something is there.
    Conditions,
    /// Materials, forms, results.
    Papers,
    /// How long something takes.
    Time,
    /// What comes first, and what is done together.
    Order,
}

impl Aspect {
    /// All.
    pub const ALL: [Aspect; 5] = [Aspect::Agencies, Aspect::Conditions, Aspect::Papers, Aspect::Time, Aspect::Order];
}

/// Several aspects.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
struct Aspects(u8);

impl Aspects {
    const ALL: Aspects = Aspects(u8::MAX);

    fn of(list: &[Aspect]) -> Self {
        Aspects(list.iter().fold(0, |bits, &aspect| bits | 1 << aspect as u8))
    }

    fn add(&mut self, others: Aspects) {
        self.0 |= others.0;
    }

    fn meets(self, others: Aspects) -> bool {
        self.0 & others.0 != 0
    }
}

/// What a rule needs of the facts it reads.
#[derive(Debug, Clone, Copy)]
pub struct Needs {
    /// About what; nothing: about everything.
    pub aspects: &'static [Aspect],
    /// How much it has to rely upon it; `None`: what is there is enough.
    pub trust: Option<Trust>,
    /// Whether it speaks of the whole bundle: then it is silent unless all of it is trusted. Otherwise it asks for each thing.
    pub all: bool,
}

impl Needs {
    /// What is there is enough.
    pub const NOTHING: Needs = Needs { aspects: &[], trust: None, all: false };
}

/// What is broken in some place.
#[derive(Debug, Clone, Copy, Default)]
struct Faults {
    unread: Aspects,
    unresolved: Aspects,
}

impl Faults {
    fn trust(self, aspects: Aspects) -> Option<Trust> {
        match (self.unread.meets(aspects), self.unresolved.meets(aspects)) {
            (true, _) => None,
            (false, true) => Some(Trust::Read),
            (false, false) => Some(Trust::Resolved),
        }
    }

    fn and(mut self, other: Faults) -> Self {
        self.unread.add(other.unread);
        self.unresolved.add(other.unresolved);
        self
    }
}

/// What is broken in a bundle, by place.
#[derive(Debug)]
pub struct Broken {
    items: Vec<Faults>,
    scenarios: Vec<Faults>,
    published: Faults,
    rest: Faults,
}

impl Broken {
    /// From what was said while the bundle was read and resolved.
    pub fn of(program: &Program<'_>, said: &[Diagnostic]) -> Self {
        let mut broken = Broken {
            items: program.items.iter().map(silently_lost).collect(),
            scenarios: vec![Faults::default(); program.scenarios.len()],
            published: Faults::default(),
            rest: Faults::default(),
        };
        if program.damaged {
            // A whole item may have stood there.
            broken.rest.unread = Aspects::ALL;
        }
        if program.workspace.damaged {
            broken.rest.unresolved = Aspects::ALL;
        }
        let stages = [syntax::CODES, model::CODES, codes::CODES];
        let fault = |d: &&Diagnostic| d.level == Level::Error && stages.iter().any(|codes| codes.contains(&d.code));
        for diagnostic in said.iter().filter(fault) {
            let part = program.parts.iter().find(|(extent, _)| extent.covers(diagnostic.span)).map(|(_, part)| part);
            let faults = faults(diagnostic.code, part, program);
            let place = match part {
                Some(Part::Item(name)) => {
                    program.items.iter().position(|item| item.name.value == *name).map(|at| &mut broken.items[at])
                }
                Some(Part::Scenario(name)) => {
                    let at = program.scenarios.iter().position(|scenario| scenario.name.value == *name);
                    at.map(|at| &mut broken.scenarios[at])
                }
                Some(Part::Published) => Some(&mut broken.published),
                Some(Part::Measures) | None => Some(&mut broken.rest),
            };
            // An item that an extending bundle has removed breaks nothing.
            if let Some(place) = place {
                *place = place.and(faults);
            }
        }
        broken
    }

    /// How far an item can be relied upon.
    pub fn item(&self, item: ItemId, aspects: &[Aspect]) -> Option<Trust> {
        self.items[item.index()].trust(wanted(aspects))
    }

    /// How far the whole bundle can be relied upon; what was published and the named scenarios have only themselves to answer for.
    pub fn whole(&self, aspects: &[Aspect]) -> Option<Trust> {
        self.items.iter().fold(self.rest, |all, item| all.and(*item)).trust(wanted(aspects))
    }

    /// How far what was published can be relied upon.
    pub fn published(&self) -> Option<Trust> {
        self.published.trust(Aspects::ALL)
    }

    /// How far a figure of a case can be relied upon: a sum over the items that are there, and those that may be.
    pub fn figure(&self, scenario: Option<usize>, takes: impl Fn(ItemId) -> bool, aspects: &[Aspect]) -> Option<Trust> {
        let mut all = self.rest;
        all = scenario.map_or(all, |scenario| all.and(self.scenarios[scenario]));
        let conditions = Aspects::of(&[Aspect::Conditions]);
        for (index, faults) in self.items.iter().enumerate() {
            if takes(index.into()) || faults.trust(conditions) < Some(Trust::Resolved) {
                all = all.and(*faults);
            }
        }
        all.trust(wanted(&[aspects, &[Aspect::Conditions]].concat()))
    }
}

fn wanted(aspects: &[Aspect]) -> Aspects {
    if aspects.is_empty() { Aspects::ALL } else { Aspects::of(aspects) }
}

/// Names that were not resolved.
static UNRESOLVED: &[(&Code, Aspect)] = &[
    (&UNDEFINED_AGENCIES, Aspect::Agencies),
    (&UNDEFINED_MATERIALS, Aspect::Papers),
    (&UNDEFINED_ELEMENTS, Aspect::Papers),
    (&NAMELESS_MATERIALS, Aspect::Papers),
    (&UNDEFINED_ITEMS, Aspect::Order),
    (&UNDEFINED_STAGES, Aspect::Order),
    (&UNDEFINED_QUESTIONS, Aspect::Conditions),
    (&UNDEFINED_OPTIONS, Aspect::Conditions),
    (&UNDATED_CONDITIONS, Aspect::Conditions),
    (&WRONG_CONDITIONS, Aspect::Conditions),
];

/// What was not read, where it can only be about one thing.
static UNREAD: &[(&Code, Aspect)] = &[
    (&CIRCULAR_QUESTIONS, Aspect::Conditions),
    (&BROKEN_CONDITIONS, Aspect::Conditions),
    (&BROKEN_DURATIONS, Aspect::Time),
];

/// Faults that take nothing away from what is known.
static HARMLESS: &[&Code] = &[&WRONG_SHARES, &INVALID_IDS, &MISSING_IDS];

/// What a fault takes away from what can be known about the place where it stands.
fn faults(code: &'static Code, part: Option<&Part>, program: &Program<'_>) -> Faults {
    let find = |list: &[(&Code, Aspect)]| list.iter().find(|(own, _)| *own == code).map(|(_, aspect)| *aspect);
    let unread = |aspects: &[Aspect]| Faults { unread: Aspects::of(aspects), ..Faults::default() };
    if HARMLESS.contains(&code) {
        return Faults::default();
    }
    match part {
        // A measure that is left out may be about any of these.
        Some(Part::Measures) if *code != UNDEFINED_AGENCIES => {
            let about = Aspects::of(&[Aspect::Conditions, Aspect::Papers, Aspect::Time, Aspect::Order]);
            let unread = if find(UNRESOLVED).is_some() { Aspects::default() } else { about };
            return Faults { unread, unresolved: about };
        }
        // All that a scenario says decides who is in it.
        Some(Part::Scenario(_)) => return Faults { unread: Aspects::ALL, unresolved: Aspects::ALL },
        _ => {}
    }
    match (find(UNRESOLVED), find(UNREAD)) {
        (Some(aspect), _) => Faults { unresolved: Aspects::of(&[aspect]), ..Faults::default() },
        (_, Some(aspect)) => unread(&[aspect]),
        // Of what a bundle itself must say, only answers and their conditions decide about the rest.
        _ if part.is_none() && *code == MISSING_KEYS && !program.items.is_empty() => unread(&[Aspect::Conditions]),
        _ => Faults { unread: Aspects::ALL, unresolved: Aspects::ALL },
    }
}

/// What was left out of an item without a word, because what it names may stand in a part that could not be read.
fn silently_lost(item: &Item) -> Faults {
    let written = &item.written;
    let fields = item.forms.iter().map(|form| form.fields.len()).sum::<usize>()
        < written.forms.iter().map(|form| form.fields.len()).sum();
    let papers = item.materials.len() < written.materials.len()
        || item.results.len() < written.results.len()
        || item.forms.len() < written.forms.len()
        || fields;
    let stages = item.stages.iter().map(|stage| &stage.when);
    let forms = item.forms.iter();
    let conditions = [&item.when]
        .into_iter()
        .chain(stages)
        .chain(forms.clone().map(|form| &form.when))
        .chain(forms.flat_map(|form| form.fields.iter().map(|field| &field.when)))
        .chain(item.materials.iter().map(|row| &row.when))
        .chain(item.results.iter().map(|result| &result.when));
    let lost = [
        (Aspect::Agencies, item.agency.is_none() && written.agency.is_some()),
        (Aspect::Conditions, conditions.flatten().any(|cond: &Cond| has_unknown(&cond.test))),
        (Aspect::Papers, papers),
        (Aspect::Order, item.preconditions.len() < written.preconditions.len()),
    ];
    let lost: Vec<Aspect> = lost.into_iter().filter(|(_, lost)| *lost).map(|(aspect, _)| aspect).collect();
    let unread = if written.damaged { Aspects::ALL } else { Aspects::default() };
    Faults { unread, unresolved: Aspects::of(&lost) }
}

fn has_unknown(test: &Test) -> bool {
    match test {
        Test::All(parts) | Test::Any(parts) => parts.iter().any(has_unknown),
        Test::Not(part) => has_unknown(part),
        Test::Unknown => true,
        _ => false,
    }
}
