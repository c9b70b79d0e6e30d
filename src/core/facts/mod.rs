//! What is known of a bundle, each fact decided once and when it is first asked for. Rules, the plan and the command read it here;
//! nobody else works a stage of the compiler.
//!
//! Everything over all scenarios lives in one decision diagram that grows while it is asked: it is borrowed here and nowhere else,
//! for as long as one fact takes.

mod asked;
mod dump;
pub mod lists;
pub mod naming;
mod trust;

pub use crate::scenario::Intractable;
pub use asked::Asked;
pub use naming::Names;
pub use trust::{Aspect, Needs, Trust};

use std::cell::{OnceCell, RefCell, RefMut};
use std::rc::Rc;

use self::trust::Broken;
use crate::diagnostic::Diagnostic;
use crate::model::{self, Wording};
use crate::program::{Case, Item, ItemId, Program, Scenario};
use crate::reform::{self, CaseState, Claim, Extremes, Measured, MergedField, Timing, merge_fields};
use crate::scenario::{Budget, Coexistence, Full, Proofs, Questionnaire, Scenarios};
use crate::source::Sources;

/// What is known of a bundle, as far as whoever reads it wants to rely upon it.
///
/// What is said over all scenarios is `None` if the conditions are too entangled for that: [`Facts::intractable`] says so.
#[derive(Debug, Clone)]
pub struct Facts<'a> {
    /// The bundle, resolved; its workspace with it.
    pub program: &'a Program<'a>,
    /// The documents of the workspace by what their names have in common.
    pub names: &'a Names,
    /// The texts that spans point into.
    pub sources: &'a Sources,
    known: Rc<Known<'a>>,
    needs: Needs,
}

/// What has been worked out so far.
#[derive(Debug)]
struct Known<'a> {
    broken: Broken,
    timing: OnceCell<Timing>,
    widest: OnceCell<CaseState>,
    named: OnceCell<Vec<CaseState>>,
    fields: OnceCell<Vec<MergedField>>,
    texts: OnceCell<Vec<Wording<'a>>>,
    scenarios: OnceCell<Option<RefCell<Scenarios<'a, 'a>>>>,
    proofs: OnceCell<Option<Proofs>>,
    longest: OnceCell<Option<Extremes>>,
    extremes: OnceCell<Option<Extremes>>,
    questionnaire: OnceCell<Option<Questionnaire>>,
    coexistence: OnceCell<Option<Coexistence>>,
}

impl<'a> Facts<'a> {
    /// About a bundle. `said`: what was said while it was read and resolved.
    pub fn new(program: &'a Program<'a>, names: &'a Names, sources: &'a Sources, said: &[Diagnostic]) -> Self {
        let known = Known {
            broken: Broken::of(program, said),
            timing: OnceCell::new(),
            widest: OnceCell::new(),
            named: OnceCell::new(),
            fields: OnceCell::new(),
            texts: OnceCell::new(),
            scenarios: OnceCell::new(),
            proofs: OnceCell::new(),
            longest: OnceCell::new(),
            extremes: OnceCell::new(),
            questionnaire: OnceCell::new(),
            coexistence: OnceCell::new(),
        };
        Facts { program, names, sources, known: Rc::new(known), needs: Needs::NOTHING }
    }

    /// The same facts for somebody who has to rely upon them; `None` if he speaks of the whole bundle and not all of it is trusted.
    pub fn trusted(&self, needs: Needs) -> Option<Facts<'a>> {
        let facts = Facts { needs, ..self.clone() };
        (!needs.all || facts.trusts_all()).then_some(facts)
    }

    /// How far the whole bundle can be relied upon; no aspects: in everything.
    pub fn trust(&self, aspects: &[Aspect]) -> Option<Trust> {
        self.provable(self.known.broken.whole(aspects))
    }

    /// Whether the whole bundle can be relied upon.
    pub fn trusts_all(&self) -> bool {
        self.suffices(self.trust(self.needs.aspects))
    }

    /// Whether an item can be relied upon.
    pub fn trusts_item(&self, item: ItemId) -> bool {
        self.suffices(self.provable(self.known.broken.item(item, self.needs.aspects)))
    }

    /// The items that can be relied upon.
    pub fn items(&self) -> impl Iterator<Item = &'a Item> {
        self.program.item_ids().filter(|id| self.trusts_item(*id)).map(|id| self.program.item(id))
    }

    /// Whether what a named scenario says, and who it is about, can be relied upon.
    pub fn trusts_scenario(&self, scenario: usize) -> bool {
        self.trusts(Some(scenario), &[Aspect::Conditions])
    }

    /// The named scenarios that can be relied upon.
    pub fn trusted_scenarios(&self) -> impl Iterator<Item = &'a Scenario> {
        let scenarios = self.program.scenarios.iter().enumerate();
        scenarios.filter(|(index, _)| self.trusts_scenario(*index)).map(|(_, scenario)| scenario)
    }

    /// What was published, if that can be relied upon.
    pub fn published(&self) -> Option<&'a model::Published> {
        let trusted = self.suffices(self.known.broken.published());
        self.program.bundle.published.as_ref().filter(|_| trusted)
    }

    /// The published figures that are about cases whose figures can be relied upon.
    pub fn claims(&self, after: bool) -> impl Iterator<Item = Claim> {
        let trusted = |claim: &Claim| {
            let aspect = aspect(claim.measured);
            match claim.scenario {
                Some(scenario) => self.trusts(Some(scenario), aspect),
                // It may be any one's.
                None => std::iter::once(None)
                    .chain((0..self.program.scenarios.len()).map(Some))
                    .all(|case| self.trusts(case, aspect)),
            }
        };
        Claim::all(self.program, after).into_iter().filter(trusted)
    }

    /// Whether a figure about some aspect can be relied upon in a named scenario, or in the widest case.
    pub fn trusts(&self, scenario: Option<usize>, aspects: &[Aspect]) -> bool {
        let state = scenario.map_or_else(|| self.widest(), |scenario| &self.named()[scenario]);
        self.suffices(self.provable(self.known.broken.figure(scenario, |id| state.case.takes(id), aspects)))
    }

    fn suffices(&self, trust: Option<Trust>) -> bool {
        trust >= self.needs.trust
    }

    fn provable(&self, trust: Option<Trust>) -> Option<Trust> {
        let conditions = || self.known.broken.whole(&[Aspect::Conditions]) == Some(Trust::Resolved);
        match trust {
            Some(Trust::Resolved) if conditions() && self.proofs().is_some() => Some(Trust::Proved),
            trust => trust,
        }
    }

    /// What is the same in every scenario about time.
    pub fn timing(&self) -> &Timing {
        self.known.timing.get_or_init(|| Timing::new(self.program))
    }

    /// Everything at once (全口径).
    pub fn widest(&self) -> &CaseState {
        self.known.widest.get_or_init(|| CaseState::with(self.program, self.timing(), Case::widest(self.program)))
    }

    /// The named scenarios (典型情形), in the order written.
    pub fn named(&self) -> &[CaseState] {
        self.known.named.get_or_init(|| CaseState::named(self.program, self.timing()))
    }

    /// The merged form.
    pub fn fields(&self) -> &[MergedField] {
        self.known.fields.get_or_init(|| merge_fields(self.program))
    }

    /// Every text of the bundle, in the order of the keys.
    pub fn texts(&self) -> &[Wording<'a>] {
        self.known.texts.get_or_init(|| model::texts(&self.program.bundle))
    }

    /// What was proved over all scenarios.
    pub fn proofs(&self) -> Option<&Proofs> {
        self.known.proofs.get_or_init(|| self.over_all(Scenarios::prove)).as_ref()
    }

    /// The longest time over all scenarios, and whether the promise is kept.
    pub fn longest(&self) -> Option<&Extremes> {
        // Who has asked for more knows this, too.
        match self.known.extremes.get() {
            Some(extremes) => extremes.as_ref(),
            None => self.known.longest.get_or_init(|| self.extremes_with(false)).as_ref(),
        }
    }

    /// Time and counts over all scenarios.
    pub fn extremes(&self) -> Option<&Extremes> {
        self.known.extremes.get_or_init(|| self.extremes_with(true)).as_ref()
    }

    fn extremes_with(&self, ranges: bool) -> Option<Extremes> {
        let timing = self.timing();
        self.over_all(|all| Extremes::new(all, timing, ranges))
    }

    /// Which questions to ask in which order.
    pub fn questionnaire(&self) -> Option<&Questionnaire> {
        self.known.questionnaire.get_or_init(|| self.over_all(Questionnaire::new)).as_ref()
    }

    /// What is always there, and what never together.
    pub fn coexistence(&self) -> Option<&Coexistence> {
        self.known.coexistence.get_or_init(|| self.over_all(Scenarios::coexistence)).as_ref()
    }

    /// What some answers come to, though perhaps not all questions are answered.
    pub fn trial(&self, Asked { answers, without }: Asked) -> Option<reform::Trial> {
        let timing = self.timing();
        self.over_all(|all| reform::Trial::new(all, timing, answers, without))
    }

    /// Every scenario, as sets. Ask for nothing else while it is held.
    pub fn scenarios(&self) -> Option<RefMut<'_, Scenarios<'a, 'a>>> {
        let new = || Scenarios::new(self.program, Budget::default()).ok().map(RefCell::new);
        self.known.scenarios.get_or_init(new).as_ref().map(RefCell::borrow_mut)
    }

    /// Proves what rules ask for (and, for a plan, `all` that it needs), so that it is said once if that cannot be done.
    pub fn prove(&self, all: bool) -> Option<Diagnostic> {
        let extremes = if all { self.extremes() } else { self.longest() };
        (self.proofs().is_none() || extremes.is_none()).then(|| self.intractable().diagnostic())
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

/// What a figure is about.
fn aspect(measured: Measured) -> &'static [Aspect] {
    match measured {
        Measured::Materials | Measured::Forms => &[Aspect::Papers],
        Measured::Days => &[Aspect::Time, Aspect::Order],
        Measured::Steps => &[Aspect::Time, Aspect::Agencies],
        Measured::Visits => &[],
        Measured::Agencies => &[Aspect::Agencies],
    }
}
