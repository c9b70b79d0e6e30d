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
pub enum Subject {
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

/// Several subjects.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
struct Subjects(u8);

impl Subjects {
    const ALL: Subjects = Subjects(u8::MAX);

    fn of(list: &[Subject]) -> Self {
        Subjects(list.iter().fold(0, |bits, &subject| bits | 1 << subject as u8))
    }

    fn add(&mut self, others: Subjects) {
        self.0 |= others.0;
    }

    fn meets(self, others: Subjects) -> bool {
        self.0 & others.0 != 0
    }
}

/// What a rule needs of the facts it reads.
#[derive(Debug, Clone, Copy)]
pub struct Needs {
    /// About what; nothing: about everything.
    pub subjects: &'static [Subject],
    /// How much it has to rely upon it; `None`: what is there is enough.
    pub trust: Option<Trust>,
    /// Whether it speaks of the whole bundle: then it is silent unless all of it is trusted. Otherwise it asks for each thing.
    pub all: bool,
}

impl Needs {
    /// What is there is enough.
    pub const NOTHING: Needs = Needs { subjects: &[], trust: None, all: false };
}

/// What is broken in some place.
#[derive(Debug, Clone, Copy, Default)]
struct Faults {
    unread: Subjects,
    unresolved: Subjects,
}

impl Faults {
    fn trust(self, subjects: Subjects) -> Option<Trust> {
        match (self.unread.meets(subjects), self.unresolved.meets(subjects)) {
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
            broken.rest.unread = Subjects::ALL;
        }
        if program.workspace.damaged {
            broken.rest.unresolved = Subjects::ALL;
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
    pub fn item(&self, item: ItemId, subjects: &[Subject]) -> Option<Trust> {
        self.items[item.index()].trust(wanted(subjects))
    }

    /// How far the whole bundle can be relied upon; what was published and the named scenarios have only themselves to answer for.
    pub fn whole(&self, subjects: &[Subject]) -> Option<Trust> {
        self.items.iter().fold(self.rest, |all, item| all.and(*item)).trust(wanted(subjects))
    }

    /// How far what was published can be relied upon.
    pub fn published(&self) -> Option<Trust> {
        self.published.trust(Subjects::ALL)
    }

    /// How far a figure of a case can be relied upon: a sum over the items that are there, and those that may be.
    pub fn figure(
        &self,
        scenario: Option<usize>,
        takes: impl Fn(ItemId) -> bool,
        subjects: &[Subject],
    ) -> Option<Trust> {
        let mut all = self.rest;
        all = scenario.map_or(all, |scenario| all.and(self.scenarios[scenario]));
        let conditions = Subjects::of(&[Subject::Conditions]);
        for (index, faults) in self.items.iter().enumerate() {
            if takes(index.into()) || faults.trust(conditions) < Some(Trust::Resolved) {
                all = all.and(*faults);
            }
        }
        all.trust(wanted(&[subjects, &[Subject::Conditions]].concat()))
    }
}

fn wanted(subjects: &[Subject]) -> Subjects {
    if subjects.is_empty() { Subjects::ALL } else { Subjects::of(subjects) }
}

/// Names that were not resolved.
static UNRESOLVED: &[(&Code, Subject)] = &[
    (&UNDEFINED_AGENCIES, Subject::Agencies),
    (&UNDEFINED_MATERIALS, Subject::Papers),
    (&UNDEFINED_ELEMENTS, Subject::Papers),
    (&NAMELESS_MATERIALS, Subject::Papers),
    (&UNDEFINED_ITEMS, Subject::Order),
    (&UNDEFINED_STAGES, Subject::Order),
    (&UNDEFINED_QUESTIONS, Subject::Conditions),
    (&UNDEFINED_OPTIONS, Subject::Conditions),
    (&UNDATED_CONDITIONS, Subject::Conditions),
    (&WRONG_CONDITIONS, Subject::Conditions),
];

/// What was not read, where it can only be about one thing.
static UNREAD: &[(&Code, Subject)] = &[
    (&CIRCULAR_QUESTIONS, Subject::Conditions),
    (&BROKEN_CONDITIONS, Subject::Conditions),
    (&BROKEN_DURATIONS, Subject::Time),
];

/// Faults that take nothing away from what is known.
static HARMLESS: &[&Code] = &[&WRONG_SHARES, &INVALID_IDS, &MISSING_IDS];

/// What a fault takes away from what can be known about the place where it stands.
fn faults(code: &'static Code, part: Option<&Part>, program: &Program<'_>) -> Faults {
    let find = |list: &[(&Code, Subject)]| list.iter().find(|(own, _)| *own == code).map(|(_, subject)| *subject);
    let unread = |subjects: &[Subject]| Faults { unread: Subjects::of(subjects), ..Faults::default() };
    if HARMLESS.contains(&code) {
        return Faults::default();
    }
    match part {
        // A measure that is left out may be about any of these.
        Some(Part::Measures) if *code != UNDEFINED_AGENCIES => {
            let about = Subjects::of(&[Subject::Conditions, Subject::Papers, Subject::Time, Subject::Order]);
            let unread = if find(UNRESOLVED).is_some() { Subjects::default() } else { about };
            return Faults { unread, unresolved: about };
        }
        // All that a scenario says decides who is in it.
        Some(Part::Scenario(_)) => return Faults { unread: Subjects::ALL, unresolved: Subjects::ALL },
        _ => {}
    }
    match (find(UNRESOLVED), find(UNREAD)) {
        (Some(subject), _) => Faults { unresolved: Subjects::of(&[subject]), ..Faults::default() },
        (_, Some(subject)) => unread(&[subject]),
        // Of what a bundle itself must say, only answers and their conditions decide about the rest.
        _ if part.is_none() && *code == MISSING_KEYS && !program.items.is_empty() => unread(&[Subject::Conditions]),
        _ => Faults { unread: Subjects::ALL, unresolved: Subjects::ALL },
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
        (Subject::Agencies, item.agency.is_none() && written.agency.is_some()),
        (Subject::Conditions, conditions.flatten().any(|cond: &Cond| has_unknown(&cond.test))),
        (Subject::Papers, papers),
        (Subject::Order, item.preconditions.len() < written.preconditions.len()),
    ];
    let lost: Vec<Subject> = lost.into_iter().filter(|(_, lost)| *lost).map(|(subject, _)| subject).collect();
    let unread = if written.damaged { Subjects::ALL } else { Subjects::default() };
    Faults { unread, unresolved: Subjects::of(&lost) }
}

fn has_unknown(test: &Test) -> bool {
    match test {
        Test::All(parts) | Test::Any(parts) => parts.iter().any(has_unknown),
        Test::Not(part) => has_unknown(part),
        Test::Unknown => true,
        _ => false,
    }
}
