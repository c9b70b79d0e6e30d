//! The pipeline: from texts to diagnostics and a plan. Pure: it reads no disk, prints nothing and asks no clock.
//!
//! A workspace is compiled bundle by bundle, so that memory does not grow with their number: [`open`] reads what they share,
//! [`Opened::bundle`] compiles one, [`Opened::close`] says what can only be known at the end. [`compile`] does all of it.

use rustc_hash::FxHashMap;

use crate::allow::{self, Allowed, Allows};
use crate::diagnostic::{Code, Diagnostic, Level, Sink, place_text};
use crate::facts::{Facts, Names, Trust};
use crate::lint::{self, BundleId, Uses, WorkspaceFacts};
use crate::model::{self, File, RuleLevel, closest};
use crate::plan::{self, Plan};
use crate::program::{self, UNKNOWN_SETTINGS, Workspace};
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
#[derive(Debug)]
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

/// The manifest may re-level rules, and switch them off with a reason; nothing else.
fn check_levels(workspace: &Workspace, codes: &[&'static Code], sink: &mut Sink) {
    for entry in workspace.manifest.rules.iter() {
        let name = &entry.name;
        let Some(code) = codes.iter().find(|code| code.name == &*name.value) else {
            let diagnostic = UNKNOWN_SETTINGS.at(name.span, format!("没有叫作“{}”的规则", name.value));
            sink.push(match closest(&name.value, codes.iter().map(|code| code.name)) {
                Some(word) => diagnostic.label(format!("是不是“{word}”？")),
                None => diagnostic.help("用“yijianshi rules”查看全部规则"),
            });
            continue;
        };
        if !code.allowable {
            let message = format!("“{}”不能调整：它说的是读不懂或对不上的内容", name.value);
            sink.push(UNKNOWN_SETTINGS.at(name.span, message).help("删去这一行，改正文件"));
        }
        let off = entry.value.level.as_ref().is_some_and(|level| level.value == RuleLevel::Off);
        if off && entry.value.reason.is_none() {
            sink.push(
                UNKNOWN_SETTINGS
                    .at(name.span, format!("关闭“{}”没有写理由", name.value))
                    .help(format!("写成“{}: {{级别: 关闭, 理由: ……}}”", name.value)),
            );
        }
    }
}

impl Opened {
    /// Compiles one bundle. `sources` are the workspace's, extended by the bundle and what it extends.
    pub fn bundle(&self, sources: &Sources, source: SourceId, goal: Goal) -> Compiled {
        let mut sink = Sink::new();
        let Some(mut loaded) = program::load(&self.workspace, sources, source, &mut sink) else {
            let diagnostics = self.settle(sink, &mut Allows::default(), false);
            return Compiled { diagnostics, allowed: Vec::new(), summary: Summary::default(), plan: None };
        };
        let mut allows = Allows::default();
        for document in &loaded.documents {
            allows.merge(Allows::collect(document, sources.get(document.source), &self.codes, &mut sink));
        }
        // The trees have been read: of a large bundle they are as large as what comes next.
        drop(std::mem::take(&mut loaded.documents));
        let program = program::resolve(&self.workspace, loaded, &mut sink);
        let facts = Facts::new(&program, &self.names, sources, sink.as_slice());
        let extremes = match goal {
            Goal::Check => facts.longest(),
            Goal::Plan => facts.extremes(),
        };
        if facts.proofs().is_none() || extremes.is_none() {
            sink.push(facts.intractable().diagnostic());
        }
        let whole = facts.trust(&[]) >= Some(Trust::Resolved);
        lint::check_bundle(&facts, &mut sink);
        let id = program.bundle.id.as_ref();
        let id = id.map(|id| BundleId { id: id.value.clone(), place: place_text(sources, id.span) });
        let summary = Summary { uses: Uses { partial: !whole, ..Uses::of(&program) }, id };
        let mut diagnostics = self.settle(sink, &mut allows, whole);
        let allowed = allows.allowed().to_vec();
        let faultless = !diagnostics.iter().any(|diagnostic| diagnostic.level == Level::Error);
        let mut plan = None;
        if goal == Goal::Plan && faultless {
            plan = plan::build(&facts, &allowed).map(Box::new);
            if plan.is_none() {
                diagnostics.push(facts.intractable().diagnostic());
            }
        }
        Compiled { diagnostics, allowed, summary, plan }
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
        let diagnostics = self.settle(sink, &mut allows, true);
        Closed { allowed: allows.allowed().to_vec(), workspace: self.workspace, diagnostics }
    }

    /// Applies the manifest's levels and the author's allows; what is left is reported. `sure`: everything was read and resolved,
    /// so that an allow without a finding is one too many.
    fn settle(&self, sink: Sink, allows: &mut Allows, sure: bool) -> Vec<Diagnostic> {
        let levels: FxHashMap<&str, RuleLevel> = self
            .workspace
            .manifest
            .rules
            .iter()
            .filter_map(|entry| Some((&*entry.name.value, entry.value.level.as_ref()?.value)))
            .collect();
        let adjusted = sink.finish().into_iter().filter_map(|mut diagnostic| {
            if diagnostic.code.allowable {
                match levels.get(diagnostic.code.name) {
                    Some(RuleLevel::Off) => return None,
                    Some(RuleLevel::Error) => diagnostic.level = Level::Error,
                    Some(RuleLevel::Warning) => diagnostic.level = Level::Warning,
                    None => {}
                }
            }
            Some(diagnostic)
        });
        let mut kept = Sink::new();
        kept.extend(allows.apply(adjusted.collect()));
        if sure {
            allows.unused(&mut kept);
        }
        kept.finish()
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
