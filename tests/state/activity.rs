//! Visits and steps: units that hand in, are visited, issue; the stages that are gone through.

use std::collections::BTreeSet;

use super::model::{By, Channel, Kind, Known, Missing, What, missing};
use super::order::joints;
use super::papers::{Cause, Entry, Owner, Thing, heir, owned};
use super::view::View;

/// 收件, 受理, 送达: one counter does them for all.
fn is_shared(kind: Kind) -> bool {
    matches!(kind, Kind::Receipt | Kind::Acceptance | Kind::Delivery)
}

/// Whether an item is done from application to collection without going there: its own channels say so.
fn is_online(view: &View, item: usize) -> bool {
    let channels = &view.bundle.items[item].channels;
    !channels.is_empty() && channels.iter().all(|channel| *channel == Channel::Online)
}

fn online_by(view: &View, item: usize) -> Option<usize> {
    view.measures().find_map(|(index, measure)| match &measure.what {
        What::Online { items } if items.is_empty() || items.contains(&item) => Some(index),
        _ => None,
    })
}

fn stage_gone(view: &View, item: usize, kind: Kind) -> Option<usize> {
    view.measures().find_map(|(index, measure)| match measure.what {
        What::DropStage { item: own, stage } if own == item && stage == kind => Some(index),
        _ => None,
    })
}

/// The stages that apply, each of its item; after: without those that go, joint ones once, and once what one counter does.
fn activities(view: &View, thing: impl Fn(Kind) -> Thing, wanted: impl Fn(usize, usize) -> bool) -> Vec<Entry> {
    let joints = joints(view);
    let mut done: BTreeSet<(Option<usize>, Kind)> = BTreeSet::new();
    let mut entries = Vec::new();
    for item in view.taken() {
        for (place, stage) in view.bundle.items[item].stages.iter().enumerate() {
            if !view.holds(&stage.when) || !wanted(item, place) {
                continue;
            }
            let mut entry = owned(view, thing(stage.kind), item);
            let joint = joints.iter().find(|joint| joint.kind == stage.kind && joint.members.contains(&item));
            match (view.gone(item), stage_gone(view, item, stage.kind), joint) {
                // Whoever takes over an item takes over no stage of it.
                (Some((measure, _)), ..) => entry.goes(Cause::ItemGone(measure)),
                (_, Some(measure), _) => entry.goes(Cause::StageGone(measure)),
                (.., Some(joint)) if !done.insert((Some(joint.measure), stage.kind)) => {
                    entry.goes(Cause::Joint(joint.measure));
                }
                _ if joint.is_none()
                    && is_shared(stage.kind)
                    && view.causes.one_submission
                    && !done.insert((None, stage.kind)) =>
                {
                    entry.goes(Cause::OneSubmission);
                }
                _ => {}
            }
            entries.push(entry);
        }
    }
    entries
}

/// The items or agencies, in the order written.
fn units(view: &View, by: By) -> Known<Vec<(Owner, Vec<usize>)>> {
    let mut units: Vec<(Owner, Vec<usize>)> = Vec::new();
    let mut lacks = BTreeSet::new();
    for item in view.taken() {
        let owner = match (by, view.bundle.items[item].agency) {
            (By::Agency, Some(agency)) => Owner::Agency(agency),
            (By::Agency, None) => {
                lacks.insert(Missing::Agency(item));
                continue;
            }
            _ => Owner::Item(item),
        };
        match units.iter_mut().find(|(known, _)| *known == owner) {
            Some((_, items)) => items.push(item),
            None => units.push((owner, vec![item])),
        }
    }
    if lacks.is_empty() { Ok(units) } else { Err(lacks) }
}

/// One entry a unit that has `thing` to do for one of its items; after the reform the application has it to do once.
fn by_unit(
    view: &View,
    by: By,
    thing: Thing,
    does: impl Fn(usize) -> bool,
    freed: impl Fn(usize) -> Option<Cause>,
) -> Known<Vec<Entry>> {
    let mut entries = Vec::new();
    for (owner, items) in units(view, by)? {
        let items: Vec<usize> = items.into_iter().filter(|item| does(*item)).collect();
        if items.is_empty() {
            continue;
        }
        let mut entry = Entry::new(thing, Some(owner));
        let causes: Vec<Option<Cause>> = items.iter().map(|&item| freed(item)).collect();
        match causes.iter().all(Option::is_some) {
            true => entry.goes(causes[0].expect("each has one")),
            false if view.causes.one_submission && entries.iter().any(|entry: &Entry| entry.after.is_some()) => {
                entry.goes(Cause::OneSubmission);
            }
            false => {}
        }
        entries.push(entry);
    }
    Ok(entries)
}

fn item_gone(view: &View, item: usize) -> Option<Cause> {
    view.gone(item).map(|(measure, _)| Cause::ItemGone(measure))
}

pub fn visits(view: &View, by: By) -> Known<Vec<Entry>> {
    let presence = |item: usize, place: usize| {
        let stage = &view.bundle.items[item].stages[place];
        stage.presence && !is_shared(stage.kind)
    };
    let mut entries = activities(view, Thing::Presence, presence);
    let hand_in = |item: usize| !is_online(view, item);
    entries.extend(by_unit(view, by, Thing::HandIn, hand_in, |item| {
        item_gone(view, item).or_else(|| online_by(view, item).map(Cause::Online))
    })?);
    let in_person = |channels: &Vec<Channel>| channels.iter().all(|channel| *channel == Channel::Window);
    if view.bundle.delivery.as_ref().is_some_and(in_person) {
        let paper = |item: usize| view.bundle.items[item].results.iter().any(|result| view.holds(&result.when));
        // What was merged into another is still issued, by that other.
        let gone = |item: usize| if heir(view, item).0.is_none() { item_gone(view, item) } else { None };
        entries.extend(by_unit(view, by, Thing::Collection, paper, gone)?);
    }
    written(view).map(|()| entries)
}

/// What is known of visits in any case: the stages at which the applicant has to be there.
pub fn least_visits(view: &View, before: bool) -> i64 {
    let entries = activities(view, Thing::Presence, |item, place| {
        let stage = &view.bundle.items[item].stages[place];
        stage.presence && !is_shared(stage.kind)
    });
    entries.iter().filter(|entry| if before { entry.before } else { entry.after }.is_some()).count() as i64
}

fn written(view: &View) -> Known<()> {
    let bundle = view.bundle;
    let any = !bundle.channels.is_empty()
        || bundle.visits.is_some()
        || bundle.items.iter().any(|item| !item.channels.is_empty() || item.visits.is_some());
    if any { Ok(()) } else { missing(Missing::Channels) }
}

pub fn steps(view: &View, by: By) -> Known<Vec<Entry>> {
    let entries = match by {
        By::Item | By::Agency => by_unit(view, by, Thing::Unit(by), |_| true, |item| item_gone(view, item))?,
        By::Activity => {
            let silent = |item: &usize| view.bundle.items[*item].stages.is_empty();
            let lacks: BTreeSet<_> = view.taken().into_iter().filter(silent).map(Missing::Stages).collect();
            if !lacks.is_empty() {
                return Err(lacks);
            }
            activities(view, Thing::Activity, |_, _| true)
        }
    };
    written(view).map(|()| entries)
}
