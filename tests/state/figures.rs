//! The state of a case under some causes. Before is the state without any, after the state with all of them.

use std::collections::{BTreeMap, BTreeSet};

use super::activity;
use super::duration::duration;
use super::model::{Bundle, By, Known, Length, Missing, both, missing, plus, sum};
use super::order::{Circular, Clock, Order};
use super::papers::{self, Cause, Entry, Owner, Thing};
use super::view::{Case, Causes, View};

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Figure {
    /// 件次.
    Materials,
    /// 去重种类.
    Kinds,
    Forms,
    Fields,
    Steps(By),
    Visits(By),
}

pub const FIGURES: [Figure; 9] = [
    Figure::Materials,
    Figure::Kinds,
    Figure::Forms,
    Figure::Fields,
    Figure::Steps(By::Item),
    Figure::Steps(By::Agency),
    Figure::Steps(By::Activity),
    Figure::Visits(By::Item),
    Figure::Visits(By::Agency),
];

/// A figure on both sides, and everything that was counted for it.
#[derive(Debug, Clone)]
pub struct Count {
    pub before: Known<i64>,
    pub after: Known<i64>,
    pub entries: Vec<Entry>,
}

#[derive(Debug)]
pub struct State {
    pub counts: BTreeMap<Figure, Count>,
    pub counted: Known<Length>,
    pub elapsed: Known<Length>,
    pub order: Order,
}

pub fn state(bundle: &Bundle, case: &Case, causes: &Causes) -> Result<State, Circular> {
    let view = View { bundle, case, causes };
    let order = Order::new(&view)?;
    let rows = papers::rows(&view, &order);
    let forms = papers::forms(&view);
    let fields = papers::fields(&view);
    let papers: Vec<Entry> = forms.iter().chain(&rows).cloned().collect();
    let mut counts = BTreeMap::new();
    let listed = (papers::unlisted(&view, true), papers::unlisted(&view, false));
    counts.insert(Figure::Kinds, count(kinds(&papers), listed.clone()));
    counts.insert(Figure::Materials, count(papers, listed));
    let known = |fields| (papers::unlisted_forms(&view, true, fields), papers::unlisted_forms(&view, false, fields));
    counts.insert(Figure::Forms, count(forms, known(false)));
    counts.insert(Figure::Fields, count(fields, known(true)));
    for by in [By::Item, By::Agency, By::Activity] {
        counts.insert(Figure::Steps(by), of(activity::steps(&view, by)));
        if by != By::Activity {
            counts.insert(Figure::Visits(by), of(activity::visits(&view, by)));
        }
    }
    let time = |clock| time(&view, &order, clock);
    Ok(State { counts, counted: time(Clock::Counted), elapsed: time(Clock::Elapsed), order })
}

/// The counted time alone.
pub fn counted(bundle: &Bundle, case: &Case, causes: &Causes) -> Result<Known<Length>, Circular> {
    let view = View { bundle, case, causes };
    Ok(time(&view, &Order::new(&view)?, Clock::Counted))
}

fn count(entries: Vec<Entry>, known: (Known<()>, Known<()>)) -> Count {
    let number =
        |side: fn(&Entry) -> Option<Owner>| entries.iter().filter(|entry| side(entry).is_some()).count() as i64;
    let (before, after) = (number(|entry| entry.before), number(|entry| entry.after));
    Count { before: known.0.map(|()| before), after: known.1.map(|()| after), entries }
}

fn of(entries: Known<Vec<Entry>>) -> Count {
    match entries {
        Ok(entries) => count(entries, (Ok(()), Ok(()))),
        Err(lacks) => Count { before: Err(lacks.clone()), after: Err(lacks), entries: Vec::new() },
    }
}

/// Each different paper once: before, if anybody asks for it; after, if it stays anywhere. They are nobody's own; the cause is
/// that of the last that goes or comes.
fn kinds(papers: &[Entry]) -> Vec<Entry> {
    let mut kinds: BTreeMap<Thing, Entry> = BTreeMap::new();
    for paper in papers {
        let kind = kinds.entry(paper.thing).or_insert_with(|| Entry::new(paper.thing, None));
        let all = |_| Owner::Application;
        kind.before = kind.before.or(paper.before.map(all));
        kind.after = kind.after.or(paper.after.map(all));
        if !matches!(paper.cause, None | Some(Cause::SameDocument)) {
            kind.cause = paper.cause;
        }
    }
    kinds.into_values().filter(|kind| kind.before.is_some() || kind.after.is_some()).collect()
}

/// How long an item that is there takes.
pub fn of_item(view: &View, item: usize, clock: Clock) -> Known<Length> {
    if !view.is_there(item) {
        return Ok(Length::ZERO);
    }
    let duration = duration(view, item, &[]);
    match clock {
        Clock::Counted => duration.counted,
        Clock::Elapsed => duration.elapsed,
    }
}

fn time(view: &View, order: &Order, clock: Clock) -> Known<Length> {
    let serial = sum(view.items().into_iter().map(|item| of_item(view, item, clock)));
    let own = if view.causes.side_by_side {
        let path = order.path(clock);
        match view.bundle.order_is_unwritten() {
            // Somewhere between the longest item and the sum.
            true => both(path, serial).and_then(
                |(path, serial)| {
                    if path == serial { Ok(path) } else { missing(Missing::Order) }
                },
            ),
            false => path,
        }
    } else {
        serial
    };
    let extra = |on: bool, written: Option<Length>| {
        let applies = on && !view.items().is_empty();
        Ok(written.filter(|_| applies).map_or(Length::ZERO, |length| view.bundle.read(length)))
    };
    let own = plus(extra(view.causes.acceptance, view.bundle.acceptance), own);
    plus(own, extra(view.causes.issue, view.bundle.issue))
}

/// Everything that is missing anywhere in a state.
pub fn lacks(state: &State) -> BTreeSet<Missing> {
    let counts = state.counts.values().flat_map(|count| [&count.before, &count.after]);
    let mut all: BTreeSet<Missing> = counts.filter_map(|known| known.as_ref().err()).flatten().copied().collect();
    all.extend(state.counted.as_ref().err().into_iter().flatten());
    all.extend(state.elapsed.as_ref().err().into_iter().flatten());
    all
}
