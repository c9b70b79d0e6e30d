//! The ledgers: for each figure the lines between before and after, each with its cause.

use std::collections::BTreeMap;

use super::figures::{Count, counted, of_item};
use super::model::{Bundle, Known, Length, What, minus};
use super::order::{Circular, Clock};
use super::papers::{Cause, Owner, Thing};
use super::view::{Case, Causes, View};

/// What a cause changes for an item, an agency or the application.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Line {
    pub thing: Thing,
    pub owner: Owner,
    pub delta: i64,
    pub cause: Cause,
}

/// What goes is taken from whose it was, what comes is added to whose it becomes, what moves is both.
pub fn lines(count: &Count) -> Vec<Line> {
    let mut lines = Vec::new();
    for entry in count.entries.iter().filter(|entry| entry.before != entry.after) {
        let thing = entry.thing;
        // What the bundle's list attributes to nobody is asked for today, too, only nobody knows by whom.
        if (entry.before, entry.after, entry.cause) == (None, Some(Owner::Application), None) {
            continue;
        }
        let cause = entry.cause.expect("a difference has a cause");
        lines.extend(entry.before.map(|owner| Line { thing, owner, delta: -1, cause }));
        lines.extend(entry.after.map(|owner| Line { thing, owner, delta: 1, cause }));
    }
    lines
}

/// How much of a figure is whose: (before, after).
pub fn shares(count: &Count) -> BTreeMap<Owner, (i64, i64)> {
    let mut shares: BTreeMap<Owner, (i64, i64)> = BTreeMap::new();
    for entry in &count.entries {
        if let Some(owner) = entry.before {
            shares.entry(owner).or_default().0 += 1;
        }
        if let Some(owner) = entry.after {
            shares.entry(owner).or_default().1 += 1;
        }
    }
    shares
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TimeLine {
    /// 1 items go, 2 stages go, 3 commitment, 4 compression, 5 side by side, 6 joint work, 7 lifted preconditions, 8 the
    /// application's own times.
    pub step: u8,
    pub item: Option<usize>,
    pub measure: Option<usize>,
    pub delta: Known<Length>,
}

/// The counted time of one case from Σ t to the longest path.
#[derive(Debug)]
pub struct TimeLedger {
    /// Σ t.
    pub before: Known<Length>,
    pub lines: Vec<TimeLine>,
    /// Σ t′, what the lines up to step 4 come to.
    pub serial: Known<Length>,
    pub after: Known<Length>,
}

/// The step in which a measure changes the time, and the item whose length it changes if it is one's own.
fn step(what: &What) -> Option<(u8, Option<usize>)> {
    match *what {
        What::DropItem { item } | What::MergeItem { item, .. } => Some((1, Some(item))),
        What::DropStage { item, .. } => Some((2, Some(item))),
        What::CommitItem { item, .. } => Some((3, Some(item))),
        What::Compress { item, stage: Some(_), .. } => Some((4, Some(item))),
        What::Compress { item, stage: None, .. } => Some((5, Some(item))),
        What::Joint { .. } => Some((7, None)),
        What::Lift { .. } => Some((8, None)),
        _ => None,
    }
}

pub fn time(bundle: &Bundle, case: &Case) -> Result<TimeLedger, Circular> {
    let mut causes = Causes::none(bundle);
    let counted = |causes: &Causes| counted(bundle, case, causes);
    let before = counted(&causes)?;
    let mut lines = Vec::new();
    let at_work: Vec<usize> =
        View { bundle, case, causes: &Causes::all(bundle) }.measures().map(|(index, _)| index).collect();
    let in_step = |wanted: u8| {
        let step = |index: usize| step(&bundle.measures[index].what).filter(|(step, _)| *step == wanted);
        at_work.iter().filter_map(move |&index| step(index).map(|(_, item)| (index, item))).collect::<Vec<_>>()
    };
    for (own, printed) in [(1, 1), (2, 2), (3, 3), (4, 4), (5, 4)] {
        for (measure, item) in in_step(own) {
            let item = item.expect("it changes the length of an item");
            if !case.taken[item] {
                continue;
            }
            let long = |causes: &Causes| of_item(&View { bundle, case, causes }, item, Clock::Counted);
            let longer = long(&causes);
            causes.measures[measure] = true;
            let delta = minus(long(&causes), longer);
            lines.push(TimeLine { step: printed, item: Some(item), measure: Some(measure), delta });
        }
    }
    let serial = counted(&causes)?;
    let mut now = serial.clone();
    let mut next = |causes: &Causes, step, measure| {
        let then = counted(causes)?;
        lines.push(TimeLine { step, item: None, measure, delta: minus(then.clone(), now.clone()) });
        now = then;
        Ok::<_, Circular>(())
    };
    causes.side_by_side = true;
    next(&causes, 5, None)?;
    for (own, printed) in [(7, 6), (8, 7)] {
        for (measure, _) in in_step(own) {
            causes.measures[measure] = true;
            next(&causes, printed, Some(measure))?;
        }
    }
    causes.acceptance = true;
    next(&causes, 8, None)?;
    causes.issue = true;
    next(&causes, 8, None)?;
    // Once a line cannot be worked out, those after it cannot either.
    let mut lacks = None;
    for line in &mut lines {
        if let Some(lacks) = &lacks {
            line.delta = Err(Clone::clone(lacks));
        } else if let Err(own) = &line.delta {
            lacks = Some(own.clone());
        }
    }
    Ok(TimeLedger { before, lines, serial, after: now })
}
