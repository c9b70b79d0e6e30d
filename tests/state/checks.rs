//! What is held against the state: promises and numbers over all cases, the state after measures, grounds, one measure a thing.

use std::collections::BTreeSet;

use super::activity;
use super::calendar;
use super::figures::{FIGURES, Figure, state};
use super::model::{
    Bundle, Kind, Known, Length, Missing, Name, Paper, PaperMeasure, Promise, Target, Unit, What, is_less,
};
use super::order::{Circular, Clock, Order};
use super::papers::{Cause, Owner, Thing};
use super::view::{Case, Causes, View, cases};

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Verdict {
    /// No promise for this case.
    Nothing,
    /// Two promises for one case.
    Overlap,
    Holds,
    /// With every chain that is too long, as the items in their order.
    Broken(Vec<Vec<usize>>),
    Open(BTreeSet<Missing>),
}

/// The promise that is made to a case.
fn promised(bundle: &Bundle, case: &Case) -> Result<Option<Length>, Verdict> {
    match &bundle.promise {
        Promise::None => Ok(None),
        Promise::Single(length) => Ok(Some(bundle.read(*length))),
        Promise::ByCase(list) => {
            let mut own = list.iter().filter(|(when, _)| when.holds(&case.answers));
            match (own.next(), own.next()) {
                (_, Some(_)) => Err(Verdict::Overlap),
                (first, None) => Ok(first.map(|(_, length)| bundle.read(*length))),
            }
        }
    }
}

/// Whether a chain is surely longer than the promise, taking what is not known for nothing.
fn exceeds(bundle: &Bundle, order: &Order, chain: &[usize], promise: Length) -> bool {
    let known = |unit: Unit| {
        let lengths = chain.iter().filter_map(|&task| order.length(task, Clock::Counted).ok());
        let own = lengths.filter(|length| length.unit == unit).map(|length| length.eighths).sum::<i64>();
        let extra = [bundle.acceptance, bundle.issue].into_iter().flatten().map(|length| bundle.read(length));
        own + extra.filter(|length| length.unit == unit).map(|length| length.eighths).sum::<i64>()
    };
    let least = |unit| Length::new(unit, known(unit));
    let same = if promise.eighths == 0 {
        [Unit::WorkingDay, Unit::NaturalDay, Unit::Hour].into_iter().any(|unit| known(unit) > 0)
    } else {
        is_less(promise, least(promise.unit)) == Some(true)
    };
    let working = (promise.eighths + 7) / 8;
    let refuted = |most: i64| known(Unit::NaturalDay) > 8 * most;
    same || promise.unit == Unit::WorkingDay && calendar::most_natural_days(working).is_some_and(refuted)
}

/// Whether a length of one unit is within a promise of another, on whatever day one starts.
fn fits_anyway(promise: Length, length: Length) -> bool {
    let whole = |length: Length| (length.eighths + 7) / 8;
    match (promise.unit, length.unit) {
        (Unit::NaturalDay, Unit::WorkingDay) => {
            calendar::most_natural_days(whole(length)).is_some_and(|most| 8 * most <= promise.eighths)
        }
        // So many working days take at least as many natural days.
        (Unit::WorkingDay, Unit::NaturalDay) => length.eighths <= promise.eighths / 8 * 8,
        _ => false,
    }
}

pub fn verdict(bundle: &Bundle, case: &Case) -> Result<Verdict, Circular> {
    let promise = match promised(bundle, case) {
        Ok(Some(promise)) => promise,
        Ok(None) => return Ok(Verdict::Nothing),
        Err(verdict) => return Ok(verdict),
    };
    let after = state(bundle, case, &Causes::all(bundle))?;
    let order = &after.order;
    let broken: Vec<Vec<usize>> =
        order.chains().into_iter().filter(|chain| exceeds(bundle, order, chain, promise)).collect();
    if !broken.is_empty() {
        let items = |chain: Vec<usize>| {
            let mut items: Vec<usize> = chain.into_iter().flat_map(|task| order.tasks[task].items.clone()).collect();
            items.dedup();
            items
        };
        let mut chains: Vec<Vec<usize>> = broken.into_iter().map(items).collect();
        chains.sort();
        chains.dedup();
        return Ok(Verdict::Broken(chains));
    }
    Ok(match after.counted {
        Ok(length) => match is_less(promise, length) {
            Some(false) => Verdict::Holds,
            Some(true) => Verdict::Broken(Vec::new()),
            None if fits_anyway(promise, length) => Verdict::Holds,
            None => Verdict::Open(BTreeSet::from([Missing::Units])),
        },
        // Unwritten order: at least the longest item, at most their sum.
        Err(lacks) if lacks == BTreeSet::from([Missing::Order]) => {
            let beside = Causes { side_by_side: false, ..Causes::all(bundle) };
            match state(bundle, case, &beside)?.counted.map(|sum| is_less(promise, sum)) {
                Ok(Some(false)) => Verdict::Holds,
                _ => Verdict::Open(lacks),
            }
        }
        Err(lacks) => Verdict::Open(lacks),
    })
}

/// What becomes of a number that somebody declared or published, over every case.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Answer {
    /// The first case that has it.
    Reproduced(usize),
    /// Least and greatest of all cases.
    NotAttainable(i64, i64),
    NotCheckable(BTreeSet<Missing>),
}

pub fn hold(bundle: &Bundle, figure: Figure, after: bool, number: i64) -> Result<Answer, Circular> {
    let mut values = Vec::new();
    let mut lacks = BTreeSet::new();
    let mut beyond = true;
    for (index, case) in cases(bundle).iter().enumerate() {
        let causes = Causes::all(bundle);
        let state = state(bundle, case, &causes)?;
        let count = &state.counts[&figure];
        match if after { &count.after } else { &count.before } {
            Ok(value) => values.push((index, *value)),
            Err(own) => lacks.extend(own),
        }
        let least = activity::least_visits(&View { bundle, case, causes: &causes }, !after);
        beyond &= matches!(figure, Figure::Visits(_)) && least > number;
    }
    if let Some((case, _)) = values.iter().find(|(_, value)| *value == number) {
        return Ok(Answer::Reproduced(*case));
    }
    let numbers = values.iter().map(|(_, value)| *value);
    match (numbers.clone().min(), numbers.max()) {
        (Some(least), Some(greatest)) if lacks.is_empty() => Ok(Answer::NotAttainable(least, greatest)),
        _ if beyond => Ok(Answer::NotAttainable(number + 1, i64::MAX)),
        _ => Ok(Answer::NotCheckable(lacks)),
    }
}

/// An error in the state after the measures.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fault {
    /// (who asks, who issues): he waited for it, waits no more, and is still asked for it.
    Recollected(usize, usize),
    /// (who asks, who is gone).
    ResultOfNobody(usize, usize),
}

pub fn faults(bundle: &Bundle, case: &Case) -> Result<Vec<Fault>, Circular> {
    let (none, all) = (Causes::none(bundle), Causes::all(bundle));
    let (before, after) = (state(bundle, case, &none)?, state(bundle, case, &all)?);
    let view = View { bundle, case, causes: &all };
    let mut faults = Vec::new();
    for entry in &after.counts[&Figure::Materials].entries {
        let (Thing::Paper(Paper::Document(document), holder), Some(Owner::Item(item))) = (entry.thing, entry.after)
        else {
            continue;
        };
        for maker in view.taken() {
            let issues = |result: &&super::model::CaseState| {
                result.document == document && result.holder == holder && view.holds(&result.when)
            };
            if maker == item || !bundle.items[maker].results.iter().any(|result| issues(&result)) {
                continue;
            }
            let dropped = matches!(view.gone(maker), Some((_, None)));
            let waited = before.order.waits_for_end(item, maker) && !after.order.waits_for_end(item, maker);
            if dropped {
                faults.push(Fault::ResultOfNobody(item, maker));
            } else if waited && view.is_there(maker) {
                faults.push(Fault::Recollected(item, maker));
            }
        }
    }
    Ok(faults)
}

/// The measures without ground by which some figure is lower in some case: every figure that is other without them is 拟.
pub fn unfounded(bundle: &Bundle) -> Result<BTreeSet<usize>, Circular> {
    let mut found = BTreeSet::new();
    for (index, measure) in bundle.measures.iter().enumerate() {
        if measure.grounded || is_backed(bundle, &measure.what) {
            continue;
        }
        for case in cases(bundle) {
            let causes = Causes::all(bundle);
            let mut without = causes.clone();
            without.measures[index] = false;
            let (with, without) = (state(bundle, &case, &causes)?, state(bundle, &case, &without)?);
            let fewer = |figure: &Figure| lower(&with.counts[figure].after, &without.counts[figure].after);
            let time = |one: &Known<Length>, other: &Known<Length>| match (one, other) {
                (Ok(one), Ok(other)) => is_less(*one, *other) == Some(true),
                _ => false,
            };
            if FIGURES.iter().any(fewer)
                || time(&with.counted, &without.counted)
                || time(&with.elapsed, &without.elapsed)
            {
                found.insert(index);
            }
        }
    }
    Ok(found)
}

fn lower(one: &Known<i64>, other: &Known<i64>) -> bool {
    matches!((one, other), (Ok(one), Ok(other)) if one < other)
}

fn is_backed(bundle: &Bundle, what: &What) -> bool {
    match what {
        What::Paper { measure: PaperMeasure::Exempt(way), document, .. } => {
            bundle.capabilities.contains(&(*document, *way))
        }
        _ => false,
    }
}

/// What a measure sets. A group and its members are one because a measure names members.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Set {
    Length(usize, Option<Kind>),
    Item(usize),
    Stage(usize, Kind),
    Fate(usize, Name, Option<Name>),
    Edge(usize, usize),
    Channel(usize),
    Field(usize, Name),
}

pub fn sets(bundle: &Bundle, what: &What) -> BTreeSet<Set> {
    let all = |items: &[usize]| if items.is_empty() { (0..bundle.items.len()).collect() } else { items.to_vec() };
    match what {
        What::Compress { item, stage, .. } => BTreeSet::from([Set::Length(*item, *stage)]),
        What::CommitItem { item, to: Some(_) } => BTreeSet::from([Set::Item(*item), Set::Length(*item, None)]),
        What::CommitItem { item, .. } => BTreeSet::from([Set::Item(*item)]),
        What::DropItem { item } | What::MergeItem { item, .. } => BTreeSet::from([Set::Item(*item)]),
        What::DropStage { item, stage } => BTreeSet::from([Set::Stage(*item, *stage)]),
        What::Joint { kind, items, .. } => items.iter().map(|item| Set::Stage(*item, *kind)).collect(),
        What::Lift { item, first, .. } => BTreeSet::from([Set::Edge(*item, *first)]),
        What::AddRow { .. } => BTreeSet::new(),
        What::Paper { items, document, holder, .. } => {
            // Whoever holds it: every holder that some row names.
            let rows =
                all(items).into_iter().flat_map(|item| bundle.items[item].rows.iter().map(move |row| (item, row)));
            let same = rows.filter(|(_, row)| row.paper == Paper::Document(document));
            let meant = same.filter(|(_, row)| holder.is_none() || row.holder == *holder);
            meant.map(|(item, row)| Set::Fate(item, document, row.holder)).collect()
        }
        What::Online { items } => all(items).into_iter().map(Set::Channel).collect(),
        What::NoFill { items, field } => all(items).into_iter().map(|item| Set::Field(item, field)).collect(),
    }
}

/// An item and its stages are one where lengths are set.
pub fn clash(one: &Set, other: &Set) -> bool {
    match (one, other) {
        (Set::Length(one, first), Set::Length(other, second)) => {
            one == other && (first == second || first.is_none() || second.is_none())
        }
        _ => one == other,
    }
}

/// Pairs of measures that set the same thing in this case.
pub fn conflicts(bundle: &Bundle, case: &Case) -> Vec<(usize, usize)> {
    let causes = Causes::all(bundle);
    let view = View { bundle, case, causes: &causes };
    let sets: Vec<_> = view.measures().map(|(index, measure)| (index, sets(bundle, &measure.what))).collect();
    let mut found = Vec::new();
    for (place, (one, first)) in sets.iter().enumerate() {
        for (other, second) in &sets[place + 1..] {
            if first.iter().any(|first| second.iter().any(|second| clash(first, second))) {
                found.push((*one, *other));
            }
        }
    }
    found
}

/// Items that wait for something which is not theirs to wait for: used to draw joint work only between items apart.
pub fn related(bundle: &Bundle, one: usize, other: usize) -> bool {
    fn above(bundle: &Bundle, item: usize, wanted: usize) -> bool {
        bundle.items[item].before.iter().any(|target| match target {
            Target::Item(first) | Target::Stage(first, _) => *first == wanted || above(bundle, *first, wanted),
            Target::Group(group) => {
                bundle.groups[*group].members.iter().any(|&member| member == wanted || above(bundle, member, wanted))
            }
        })
    }
    above(bundle, one, other) || above(bundle, other, one)
}

/// Whether a cause is a measure of the bundle, for the ledger's third column.
pub fn measure_of(cause: Cause) -> Option<usize> {
    match cause {
        Cause::Exempt(_, measure) => measure,
        Cause::Commitment(measure)
        | Cause::Abolished(measure)
        | Cause::ItemGone(measure)
        | Cause::Added(measure)
        | Cause::NoFill(measure)
        | Cause::StageGone(measure)
        | Cause::Joint(measure)
        | Cause::Online(measure) => Some(measure),
        Cause::OneForm | Cause::Produced(_) | Cause::SameDocument | Cause::OneSubmission => None,
    }
}
