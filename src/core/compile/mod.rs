//! The pipeline: from texts to diagnostics and a plan. Pure: it reads no disk, prints nothing and asks no clock.
//!
//! A workspace is compiled bundle by bundle, so that memory does not grow with their number: [`open`] reads what they share,
//! [`Opened::bundle`] compiles one, [`Opened::close`] says what can only be known at the end. [`compile`] does all of it.

mod alone;
mod settle;

pub use crate::allow::Allowed;
pub use crate::program::Workspace;
pub use alone::{Stage, alone};

use self::settle::{check_levels, settle};
use crate::allow::{self, Allows};
use crate::diagnostic::{Code, Diagnostic, Level, Sink, place_text};
use crate::facts::{Aspect, Facts, Names, Trust};
use crate::lint::{self, BundleId, Uses, WorkspaceFacts};
pub use crate::model::MANIFEST_NAME;
use crate::model::{self, File};
use crate::plan::{self, Plan};
use crate::program;
use crate::scenario;
use crate::source::{SourceId, Sources};
use crate::syntax;

/// Every code that can be said, by name.
pub fn codes() -> Vec<&'static Code> {
    let stages = [syntax::CODES, model::CODES, program::CODES, scenario::CODES, allow::CODES];
    let mut codes: Vec<_> = stages.into_iter().flatten().copied().collect();
    codes.extend(lint::RULES.iter().map(|rule| rule.code));
    codes.sort_by_key(|code| code.name);
    codes
}

/// Manifest and catalogues of a workspace, read.
#[derive(Debug)]
pub struct Opened {
    /// What the bundles share.
    pub workspace: Workspace,
    /// Bundles among the texts given.
    pub bundles: Vec<SourceId>,
    names: Names,
    codes: Vec<&'static Code>,
    allows: Allows,
    sink: Sink,
    uses: Uses,
    ids: Vec<BundleId>,
}

/// What compiling a bundle gave.
#[derive(Debug, Default)]
pub struct Compiled {
    /// What was noticed, in report order, without what the author allows.
    pub diagnostics: Vec<Diagnostic>,
    /// What the author allows, with reasons.
    pub allowed: Vec<Allowed>,
    /// What the workspace needs to know about it at the end.
    pub summary: Summary,
    /// The plan, if it was asked for and nothing is wrong with the bundle.
    pub plan: Option<Box<Plan>>,
}

impl Compiled {
    /// Whether there is no error in it.
    pub fn is_faultless(&self) -> bool {
        !self.diagnostics.iter().any(|diagnostic| diagnostic.level == Level::Error)
    }
}

/// What can be said once all bundles of a workspace have been seen.
#[derive(Debug)]
pub struct Closed {
    /// What the bundles shared.
    pub workspace: Workspace,
    /// What was noticed about manifest and catalogues, in report order.
    pub diagnostics: Vec<Diagnostic>,
    /// What their authors allow, with reasons.
    pub allowed: Vec<Allowed>,
}

/// What a bundle is compiled for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Goal {
    /// To know what is wrong with it.
    Check,
    /// To emit it.
    Plan,
}

/// What the workspace needs to know about a bundle once all have been seen.
#[derive(Debug, Default)]
pub struct Summary {
    uses: Uses,
    id: Option<BundleId>,
}

impl Summary {
    fn of(facts: &Facts<'_>) -> Self {
        let id = facts.program.bundle.id.as_ref();
        let id = id.map(|id| BundleId { id: id.value.clone(), place: place_text(facts.sources, id.span) });
        let sure = |aspect: &Aspect| facts.trust(&[*aspect]) >= Some(Trust::Resolved);
        let unsure = Aspect::ALL.iter().filter(|aspect| !sure(aspect)).copied().collect();
        Summary { uses: Uses { unsure, ..Uses::of(facts.program) }, id }
    }

    /// Of a bundle of which nothing is known.
    fn unread() -> Self {
        Summary { uses: Uses { unsure: Aspect::ALL.to_vec(), ..Uses::default() }, id: None }
    }
}

/// Reads manifest and catalogues. `sources` holds them and every text that is not surely a bundle.
pub fn open(sources: Sources) -> Opened {
    let mut sink = Sink::new();
    let codes = codes();
    let mut allows = Allows::default();
    let mut shared = Vec::new();
    let mut bundles = Vec::new();
    let mut damaged = false;
    for (id, source) in sources.iter() {
        // A bundle is read, and what is wrong with it is said, when it is compiled.
        if model::is_surely_bundle(source.text()) {
            bundles.push(id);
            continue;
        }
        let mut own = Sink::new();
        let document = syntax::parse(id, source, &mut own);
        let file = model::read(&document, source, &mut own);
        match file {
            Some(File::Bundle(_)) => {
                bundles.push(id);
                continue;
            }
            Some(file) => shared.push((id, file)),
            None => damaged = true,
        }
        damaged |= document.damaged;
        allows.merge(Allows::collect(&document, source, &codes, &mut own));
        sink.extend(own.finish());
    }
    let workspace = Workspace::open(sources, shared, damaged, &mut sink);
    check_levels(&workspace, &codes, &mut sink);
    let names = Names::of(&workspace);
    Opened { names, workspace, bundles, codes, allows, sink, uses: Uses::default(), ids: Vec::new() }
}

impl Opened {
    /// Compiles one bundle. `sources` are the workspace's, extended by the bundle and what it extends.
    pub fn bundle(&self, sources: &Sources, source: SourceId, goal: Goal) -> Compiled {
        let build = |facts: &Facts<'_>, checked: &Compiled| match goal {
            Goal::Plan if checked.is_faultless() => Some(plan::build(facts, &checked.allowed)),
            Goal::Plan | Goal::Check => None,
        };
        let (mut compiled, plan) = self.examine(sources, source, goal, build);
        match plan.flatten() {
            Some(Ok(plan)) => compiled.plan = Some(Box::new(plan)),
            Some(Err(intractable)) => compiled.diagnostics.push(intractable.diagnostic()),
            None => {}
        }
        compiled
    }

    /// Checks one bundle; `read` gets what is known of it, and what was noticed. `None` if the text is no bundle.
    pub fn examine<T>(
        &self,
        sources: &Sources,
        source: SourceId,
        goal: Goal,
        read: impl FnOnce(&Facts<'_>, &Compiled) -> T,
    ) -> (Compiled, Option<T>) {
        let mut sink = Sink::new();
        let Some(mut loaded) = program::load(&self.workspace, sources, source, &mut sink) else {
            let diagnostics = settle(&self.workspace, sink, &mut Allows::default(), false);
            return (Compiled { diagnostics, summary: Summary::unread(), ..Compiled::default() }, None);
        };
        let mut allows = Allows::default();
        for document in &loaded.documents {
            allows.merge(Allows::collect(document, sources.get(document.source), &self.codes, &mut sink));
        }
        // The trees have been read: of a large bundle they are as large as what comes next.
        drop(std::mem::take(&mut loaded.documents));
        let program = program::resolve(&self.workspace, loaded, &mut sink);
        let facts = Facts::new(&program, &self.names, sources, sink.as_slice());
        sink.extend(facts.prove(goal == Goal::Plan));
        lint::check_bundle(&facts, &mut sink);
        let whole = facts.trust(&[]) >= Some(Trust::Resolved);
        let compiled = Compiled {
            diagnostics: settle(&self.workspace, sink, &mut allows, whole),
            allowed: allows.allowed().to_vec(),
            summary: Summary::of(&facts),
            plan: None,
        };
        let read = read(&facts, &compiled);
        (compiled, Some(read))
    }

    /// Notes a bundle for [`Opened::close`].
    pub fn seen(&mut self, summary: Summary) {
        self.uses.add(&summary.uses);
        self.ids.extend(summary.id);
    }

    /// What can be said about manifest and catalogues. `complete`: every bundle of the workspace was [`seen`](Opened::seen).
    pub fn close(mut self, complete: bool) -> Closed {
        let mut sink = std::mem::take(&mut self.sink);
        let facts =
            WorkspaceFacts { workspace: &self.workspace, uses: complete.then_some(&self.uses), bundles: &self.ids };
        lint::check_workspace(&facts, &mut sink);
        let mut allows = std::mem::take(&mut self.allows);
        let diagnostics = settle(&self.workspace, sink, &mut allows, true);
        Closed { allowed: allows.allowed().to_vec(), workspace: self.workspace, diagnostics }
    }
}

/// What compiling a whole workspace gave.
#[derive(Debug)]
pub struct Compilation {
    /// The texts that spans point into.
    pub sources: Sources,
    /// Everything noticed, in report order.
    pub diagnostics: Vec<Diagnostic>,
    /// What the authors allow, with reasons.
    pub allowed: Vec<Allowed>,
    /// The plans, in the order of the files; none if there is an error anywhere.
    pub plans: Vec<Plan>,
}

/// Compiles all texts of one workspace. Never fails, reads, prints or asks the clock.
pub fn compile(sources: Sources) -> Compilation {
    let mut opened = open(sources.clone());
    let mut all = Sink::new();
    let mut allowed = Vec::new();
    let mut plans = Vec::new();
    for id in opened.bundles.clone() {
        let compiled = opened.bundle(&sources, id, Goal::Plan);
        all.extend(compiled.diagnostics);
        allowed.extend(compiled.allowed);
        plans.extend(compiled.plan.map(|plan| *plan));
        opened.seen(compiled.summary);
    }
    let closed = opened.close(true);
    all.extend(closed.diagnostics);
    allowed.extend(closed.allowed);
    let diagnostics = all.finish();
    if diagnostics.iter().any(|diagnostic| diagnostic.level == Level::Error) {
        plans.clear();
    }
    Compilation { sources, diagnostics, allowed, plans }
}
