//! Time and counts over all scenarios: the worst, the best, and who attains them.
//!
//! The promise is judged over everybody who is served and every choice of items that the law leaves; the figures over everybody who
//! is served and takes every item that applies, before and after always of one scenario.

mod best;
mod network;
mod optimum;
mod ranges;
mod worst;

pub use ranges::{Bound, Range};

use schemars::JsonSchema;
use serde::Serialize;

use self::network::Network;
use self::ranges::Ranges;
use self::worst::{Choice, longest};
use super::counts::Sums;
use super::item::Timing;
use super::ledger::asked;
use super::schedule::Core;
use super::{CaseState, Figure};
use crate::expr::Number;
use crate::program::{Case, ItemId, Program};
use crate::scenario::{Full, Scenarios, Set, Witness};

/// The extremes of a bundle.
#[derive(Debug, Default)]
pub struct Extremes {
    /// Where it takes longest; `None` if nobody is served.
    pub worst: Option<Worst>,
    /// Whether the promise is kept; `None` if there is none, or it cannot be compared, or nobody is served.
    pub promise: Option<PromiseProof>,
    /// The figures, in the order of [`Figure::ALL`], before and after; empty unless they were asked for.
    pub ranges: Vec<Range>,
    /// The scenarios that attain them.
    pub attained: Vec<CaseState>,
}

/// A longest critical path, over every scenario and every choice of items.
#[derive(Debug)]
pub struct Worst {
    /// Who attains it: everybody who is served and gives these answers.
    pub witness: Witness,
    /// Items that have to be left out for that; mostly none.
    pub without: Vec<ItemId>,
    /// Such a scenario. Its schedule has the chain.
    pub state: CaseState,
    /// Whether every time is known, everywhere: otherwise it may take longer.
    pub known: bool,
    /// Items without a declared time, in the scenarios of those who are served.
    pub untimed: Vec<ItemId>,
    /// Whether in some scenario items wait for each other; those scenarios are left out.
    pub cyclic: bool,
}

/// 结论。
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, serde::Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum PromiseVerdict {
    /// 所有情形都办得到，已经证明。
    Proved,
    /// 有的情形办不到。
    Refuted,
    /// 有的时限不可知，不能断定。
    Unknown,
}

/// Whether the promise is kept in every scenario.
#[derive(Debug)]
pub struct PromiseProof {
    /// What is promised, in the unit of the schedules.
    pub promised: Number,
    /// Whether it is kept.
    pub verdict: PromiseVerdict,
    /// If not: the fewest tasks of the longest chain that break it.
    pub core: Option<Core>,
}

impl Worst {
    /// Who attains it, as a condition in front of a sentence: “当……、不办……时，”; empty if it is everybody.
    pub fn clause(&self, program: &Program<'_>) -> String {
        let words = self.words(program);
        if words.is_empty() { words } else { format!("当{words}时，") }
    }

    /// Who attains it, in words: the answers, then what is left out; empty if it is everybody.
    pub fn words(&self, program: &Program<'_>) -> String {
        let left: Vec<_> = self.without.iter().map(|id| format!("“{}”", program.item(*id).name.value)).collect();
        let left = if left.is_empty() { String::new() } else { format!("不办{}", left.join("、")) };
        let parts = [self.witness.words(program), left];
        parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join("、")
    }
}

impl Extremes {
    /// Over everybody who is served; with `ranges` also those of the figures.
    pub fn new(scenarios: &mut Scenarios<'_, '_>, timing: &Timing, ranges: bool) -> Result<Self, Full> {
        let mut extremes = Extremes::default();
        if scenarios.served.is_empty() {
            return Ok(extremes);
        }
        let network = Network::new(scenarios, timing)?;
        let region = scenarios.diagram.minus(scenarios.served, network.cyclic)?;
        extremes.worst = worst(scenarios, timing, &network, region)?;
        extremes.promise = extremes.worst.as_ref().and_then(|worst| promise(scenarios, timing, worst));
        if ranges {
            let program = scenarios.program;
            let rows = asked(scenarios, program)?;
            let sums = Sums::new(scenarios, program, timing, &rows)?;
            let Ranges { ranges, attained } = Ranges::new(scenarios, timing, &network, &sums)?;
            (extremes.ranges, extremes.attained) = (ranges, attained);
        }
        Ok(extremes)
    }

    /// The range of a figure.
    pub fn range(&self, figure: Figure, after: bool) -> Option<&Range> {
        self.ranges.iter().find(|range| range.figure == figure && range.after == after)
    }
}

fn worst(
    scenarios: &mut Scenarios<'_, '_>,
    timing: &Timing,
    network: &Network,
    region: Set,
) -> Result<Option<Worst>, Full> {
    let Some(longest) = longest(scenarios, network, region, Choice::AnySubset)? else { return Ok(None) };
    // Who is meant leaves out the same items: where others would have to be left out as well, somebody else is meant.
    let Some(values) = scenarios.values(longest.set) else { return Ok(None) };
    let (mut set, mut without) = (longest.set, Vec::new());
    for &(item, there) in &longest.without {
        if scenarios.diagram.contains(there, &values) {
            without.push(item);
        } else {
            set = scenarios.diagram.minus(set, there)?;
        }
    }
    let Some(witness) = scenarios.witness(set, scenarios.served)? else { return Ok(None) };
    let given = scenarios.given_by(&witness)?;
    let given = scenarios.diagram.and(given, set)?;
    let Some(values) = scenarios.values(given) else { return Ok(None) };
    without.sort_unstable();
    without.dedup();
    let case = Case::new(scenarios.program, "最长的情形".into(), scenarios.scenario_of(&values), &without);
    let state = CaseState::with(scenarios.program, timing, case);
    debug_assert_eq!(state.schedule.at_least, longest.length, "{:?}", state.case);
    let cyclic = !network.cyclic.is_empty();
    let known = network.unknown.is_empty() && !cyclic;
    Ok(Some(Worst { witness, without, state, known, untimed: network.untimed.clone(), cyclic }))
}

fn promise(scenarios: &Scenarios<'_, '_>, timing: &Timing, worst: &Worst) -> Option<PromiseProof> {
    let program = scenarios.program;
    let published = program.bundle.published.as_ref().and_then(|published| published.after.as_ref()?.days);
    let promise = program.bundle.promise.or(published)?;
    let promised = program.workspace.settings.conversions.convert(promise.value, timing.unit)?;
    let core = worst.state.schedule.core(promised);
    let verdict = match (&core, worst.known) {
        (Some(_), _) => PromiseVerdict::Refuted,
        (None, true) => PromiseVerdict::Proved,
        (None, false) => PromiseVerdict::Unknown,
    };
    Some(PromiseProof { promised, verdict, core })
}
