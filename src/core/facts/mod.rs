//! What is known of a bundle, each fact decided once and when it is first asked for. Rules, the plan and the command read it here;
//! nobody else works a stage of the compiler.
//!
//! Everything over all scenarios lives in one decision diagram that grows while it is asked: it is borrowed here and nowhere else,
//! for as long as one fact takes.

pub mod lists;
pub mod naming;
mod texts;

pub use naming::Names;
pub use texts::Wording;

use std::cell::{OnceCell, RefCell, RefMut};

use crate::outcome::{self, Extremes, MergedField, Outcome, Timing, merge_fields};
use crate::program::{Assignment, Case, ItemId, Program};
use crate::scenario::{Budget, Coexistence, Full, Intractable, Proofs, Questionnaire, Scenarios};
use crate::source::Sources;

/// What is known of a bundle.
///
/// What is said over all scenarios is `None` if the conditions are too entangled for that: [`Facts::intractable`] says so.
#[derive(Debug)]
pub struct Facts<'a> {
    /// The bundle, resolved; its workspace with it.
    pub program: &'a Program<'a>,
    /// The documents of the workspace by what their names have in common.
    pub names: &'a Names,
    /// The texts that spans point into.
    pub sources: &'a Sources,
    /// Whether every condition, name and row was read, so that the proofs are about what was meant.
    pub sure: bool,
    /// Whether some name could not be resolved, so that rows or items may be missing from what was worked out: figures must
    /// not be complained about on top of that.
    pub unresolved: bool,
    /// Whether some part could not be read or resolved, which was reported: what seems to be missing may have stood there.
    pub partial: bool,
    /// Whether the ranges of all figures are wanted, not only the longest time.
    ranges: bool,
    timing: OnceCell<Timing>,
    widest: OnceCell<Outcome>,
    named: OnceCell<Vec<Outcome>>,
    fields: OnceCell<Vec<MergedField>>,
    texts: OnceCell<Vec<Wording<'a>>>,
    scenarios: OnceCell<Option<RefCell<Scenarios<'a, 'a>>>>,
    proofs: OnceCell<Option<Proofs>>,
    extremes: OnceCell<Option<Extremes>>,
    questionnaire: OnceCell<Option<Questionnaire>>,
    coexistence: OnceCell<Option<Coexistence>>,
}

impl<'a> Facts<'a> {
    /// About a bundle. `ranges`: those of all figures are wanted, not only the longest time.
    pub fn new(program: &'a Program<'a>, names: &'a Names, sources: &'a Sources, ranges: bool) -> Self {
        Facts {
            program,
            names,
            sources,
            sure: true,
            unresolved: false,
            partial: false,
            ranges,
            timing: OnceCell::new(),
            widest: OnceCell::new(),
            named: OnceCell::new(),
            fields: OnceCell::new(),
            texts: OnceCell::new(),
            scenarios: OnceCell::new(),
            proofs: OnceCell::new(),
            extremes: OnceCell::new(),
            questionnaire: OnceCell::new(),
            coexistence: OnceCell::new(),
        }
    }

    /// What is the same in every scenario about time.
    pub fn timing(&self) -> &Timing {
        self.timing.get_or_init(|| Timing::new(self.program))
    }

    /// Everything at once (全口径).
    pub fn widest(&self) -> &Outcome {
        self.widest.get_or_init(|| Outcome::with(self.program, self.timing(), Case::widest(self.program)))
    }

    /// The named scenarios (典型情形), in the order written.
    pub fn named(&self) -> &[Outcome] {
        self.named.get_or_init(|| Outcome::named(self.program, self.timing()))
    }

    /// The merged form.
    pub fn fields(&self) -> &[MergedField] {
        self.fields.get_or_init(|| merge_fields(self.program))
    }

    /// Every text of the bundle, in the order of the keys.
    pub fn texts(&self) -> &[Wording<'a>] {
        self.texts.get_or_init(|| texts::collect(self.program))
    }

    /// What was proved over all scenarios.
    pub fn proofs(&self) -> Option<&Proofs> {
        self.proofs.get_or_init(|| self.over_all(Scenarios::prove)).as_ref()
    }

    /// What was proved, for rules that say that something is not there, or cannot be: `None` also if some condition, name or row
    /// could not be read, because it may be that very thing.
    pub fn proved(&self) -> Option<&Proofs> {
        self.proofs().filter(|_| self.sure)
    }

    /// Time and counts over all scenarios.
    pub fn extremes(&self) -> Option<&Extremes> {
        let timing = self.timing();
        self.extremes.get_or_init(|| self.over_all(|all| Extremes::new(all, timing, self.ranges))).as_ref()
    }

    /// Which questions to ask in which order.
    pub fn questionnaire(&self) -> Option<&Questionnaire> {
        self.questionnaire.get_or_init(|| self.over_all(Questionnaire::new)).as_ref()
    }

    /// What is always there, and what never together.
    pub fn coexistence(&self) -> Option<&Coexistence> {
        self.coexistence.get_or_init(|| self.over_all(Scenarios::coexistence)).as_ref()
    }

    /// What some answers come to, though perhaps not all questions are answered.
    pub fn trial(&self, answers: Assignment, without: Vec<ItemId>) -> Option<outcome::Trial> {
        let timing = self.timing();
        self.over_all(|all| outcome::Trial::new(all, timing, answers, without))
    }

    /// Every scenario, as sets. Ask for nothing else while it is held.
    pub fn scenarios(&self) -> Option<RefMut<'_, Scenarios<'a, 'a>>> {
        let new = || Scenarios::new(self.program, Budget::default()).ok().map(RefCell::new);
        self.scenarios.get_or_init(new).as_ref().map(RefCell::borrow_mut)
    }

    /// What is the matter if something about all scenarios cannot be told.
    pub fn intractable(&self) -> Intractable {
        Intractable::of(self.program)
    }

    /// Works something out over all scenarios; `None` if that takes more than the budget.
    fn over_all<T>(&self, work: impl FnOnce(&mut Scenarios<'a, 'a>) -> Result<T, Full>) -> Option<T> {
        work(&mut *self.scenarios()?).ok()
    }
}
