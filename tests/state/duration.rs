//! How long an item takes in a case, on both clocks, and of which stages it is made.

use super::model::{Kind, Known, Length, Missing, What, is_less, missing, plus, sum};
use super::view::View;

/// A stage that is there and counts for the time.
#[derive(Debug, Clone)]
pub struct TimedStage {
    pub kind: Kind,
    pub counted: Known<Length>,
    pub elapsed: Known<Length>,
}

#[derive(Debug, Clone)]
pub enum Shape {
    /// One stage after the other, each with its length.
    Stages(Vec<TimedStage>),
    /// One block: nobody knows when which stage is done, unless a measure shortened the item as a whole.
    Whole { shortened: bool },
}

#[derive(Debug, Clone)]
pub struct Duration {
    pub counted: Known<Length>,
    pub elapsed: Known<Length>,
    pub shape: Shape,
}

/// The stages of an item that are there: their condition holds and no measure drops them. With the place on the item's list.
pub fn stages(view: &View, item: usize) -> Vec<usize> {
    let dropped = |kind: Kind| {
        view.measures().any(
            |(_, measure)| matches!(measure.what, What::DropStage { item: own, stage } if own == item && stage == kind),
        )
    };
    let list = &view.bundle.items[item].stages;
    (0..list.len()).filter(|&place| view.holds(&list[place].when) && !dropped(list[place].kind)).collect()
}

/// The measure that commits the whole item, and the length that it gives.
fn commitment(view: &View, item: usize) -> Option<Option<Length>> {
    view.measures().find_map(|(_, measure)| match measure.what {
        What::CommitItem { item: own, to } if own == item => Some(to),
        _ => None,
    })
}

/// The stages that come after the decision because the applicant commits himself: on no clock.
pub fn moved(view: &View, item: usize) -> Vec<Kind> {
    let list = &view.bundle.items[item].stages;
    let there = stages(view, item);
    let Some(decision) = there.iter().position(|&place| list[place].kind == Kind::Decision) else { return Vec::new() };
    if commitment(view, item).is_none() {
        return Vec::new();
    }
    let later = [Kind::Inspection, Kind::Testing, Kind::Assessment];
    there[..decision].iter().map(|&place| list[place].kind).filter(|kind| later.contains(kind)).collect()
}

fn compression(view: &View, item: usize, stage: Option<Kind>) -> Option<Length> {
    view.measures().find_map(|(_, measure)| match measure.what {
        What::Compress { item: own, stage: what, to } if own == item && what == stage => Some(to),
        _ => None,
    })
}

/// min(own, 至), and whether that is really shorter. What is not known stays so: 至 is only its upper bound.
fn compressed(view: &View, own: Known<Length>, to: Option<Length>) -> Known<(Length, bool)> {
    let own = own?;
    let Some(to) = to.map(|to| view.bundle.read(to)) else { return Ok((own, false)) };
    match is_less(to, own) {
        Some(shorter) => Ok((if shorter { to } else { own }, shorter)),
        None => missing(Missing::Units),
    }
}

/// `filled`: lengths that joint work gives to stages that have none.
pub fn duration(view: &View, item: usize, filled: &[(Kind, Length)]) -> Duration {
    let written = &view.bundle.items[item];
    let moved = moved(view, item);
    let timed: Vec<TimedStage> = stages(view, item)
        .into_iter()
        .map(|place| &written.stages[place])
        .filter(|stage| !moved.contains(&stage.kind))
        .map(|stage| {
            let given = filled.iter().find(|(kind, _)| *kind == stage.kind).map(|(_, length)| *length);
            let own = stage.length.or(given).map(|length| view.bundle.read(length));
            let lack = if stage.uncounted { Missing::Uncounted(item) } else { Missing::Time(item) };
            let own = own.map_or_else(|| missing(lack), Ok);
            let length = compressed(view, own, compression(view, item, Some(stage.kind))).map(|(length, _)| length);
            let counted = if stage.uncounted { Ok(Length::ZERO) } else { length.clone() };
            TimedStage { kind: stage.kind, counted, elapsed: length }
        })
        .collect();
    let uncounted = |stage: &TimedStage| written.stages.iter().any(|own| own.kind == stage.kind && own.uncounted);
    let lasting = || sum(timed.iter().filter(|stage| uncounted(stage)).map(|stage| stage.elapsed.clone()));
    let counting: Vec<_> = timed.iter().filter(|stage| !uncounted(stage)).collect();
    // A sum needs something to sum: where no counted stage is there, the limit speaks, unless measures took them away.
    let taken_away =
        counting.is_empty() && written.stages.iter().any(|stage| !stage.uncounted && view.holds(&stage.when));
    let lacking = |stage: &&TimedStage| matches!(&stage.counted, Err(lacks) if lacks.contains(&Missing::Time(item)));
    let listed = !counting.is_empty() && !counting.iter().any(lacking);
    let fallen_away = written.stages.iter().any(|stage| !view.holds(&stage.when));
    let own = match written.limit {
        _ if listed => sum(counting.iter().map(|stage| stage.counted.clone())),
        Some(limit) if !fallen_away && !taken_away => Ok(view.bundle.read(limit)),
        _ => missing(Missing::Time(item)),
    };
    let committed = compressed(view, own.clone(), commitment(view, item).flatten());
    let shorter = |before: &Known<(Length, bool)>, to| {
        let next = compressed(view, before.clone().map(|(length, _)| length), to);
        next.map(|(length, really)| (length, really || matches!(before, Ok((_, true)))))
    };
    let after = shorter(&committed, compression(view, item, None));
    match (listed, after) {
        (true, Ok((counted, false))) => {
            let elapsed = sum(timed.iter().map(|stage| stage.elapsed.clone()));
            Duration { counted: Ok(counted), elapsed, shape: Shape::Stages(timed) }
        }
        (_, after) => {
            let shortened = matches!(after, Ok((_, true)));
            let counted = after.map(|(length, _)| length);
            let elapsed = plus(counted.clone(), lasting());
            Duration { counted, elapsed, shape: Shape::Whole { shortened } }
        }
    }
}
