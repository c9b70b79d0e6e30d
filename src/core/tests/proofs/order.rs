//! What comes first: preconditions, cycles, results asked for again.

use crate::program::{ItemId, MeasureKind, Program, Treatment};
use crate::reform::{Content, Fate, Ledger, Mechanism};
use crate::scenario::{Part, Proofs};

use super::oracle::{Where, World, any, both, either, rows, within, without};

pub fn check(world: &World<'_, '_>, proofs: &Proofs) {
    check_lacking(world, proofs);
    check_cycles(world, proofs);
    check_asked(world, proofs);
}

/// The items that `id` still waits for after the reform, each with the place of its precondition.
fn waits(program: &Program<'_>, id: ItemId) -> Vec<ItemId> {
    let lifted = |first: ItemId| {
        program.measures.iter().any(|measure| {
            matches!(&measure.kind, MeasureKind::LiftPrecondition { item, precondition, stage: None }
                if *item == id && *precondition == first)
        })
    };
    program.item(id).preconditions.iter().map(|before| before.item).filter(|first| !lifted(*first)).collect()
}

fn asks(program: &Program<'_>, row: Part, first: ItemId) -> bool {
    let row = row.row(program).unwrap();
    program.item(first).results.iter().any(|result| {
        let same = row.holder == result.holder || row.holder.is_none() || result.holder.is_none();
        same && row.any_of == [result.document]
    })
}

fn obtained(program: &Program<'_>, id: ItemId, first: ItemId) -> bool {
    let capable = |document| program.workspace.capabilities.iter().any(|capability| capability.document == document);
    if program.item(first).results.iter().any(|result| capable(result.document)) {
        return true;
    }
    program.measures.iter().any(|measure| match &measure.kind {
        MeasureKind::Material { items, document, holder, treatment: Treatment::Exempt(_) } => {
            let results = &program.item(first).results;
            (items.is_empty() || items.iter().any(|at| at.value == id))
                && results.iter().any(|result| {
                    result.document == *document
                        && (holder.is_none() || result.holder.is_none() || *holder == result.holder)
                })
        }
        _ => false,
    })
}

/// For everybody who is served and every choice of items: whoever takes an item without what it waits for is asked for its result.
fn check_lacking(world: &World<'_, '_>, proofs: &Proofs) {
    let program = world.program;
    for id in program.item_ids() {
        let here = both(&world.item(id), &world.served);
        for first in waits(program, id) {
            let asked = rows(program, id)
                .into_iter()
                .filter(|row| asks(program, *row, first))
                .fold(vec![false; here.len()], |asked, row| either(&asked, &world.part(row)));
            let declared = !program.item(first).results.is_empty();
            let mut inapplicable = without(&without(&here, &asked), &world.item(first));
            for other in waits(program, id).into_iter().filter(|other| *other != first) {
                let always = within(&here, &world.item(other));
                if !(declared && always) {
                    inapplicable = without(&inapplicable, &world.item(other));
                }
            }
            // Some choice of items has the one without the other.
            let may_be_left_out = program.item(first).written.mandatory.is_empty();
            let left_out = without(&both(&here, &world.item(first)), &asked);
            let expected = if obtained(program, id, first) || first == id {
                None
            } else if any(&inapplicable) {
                Some(true)
            } else if declared && may_be_left_out && any(&left_out) {
                Some(false)
            } else {
                None
            };
            let found: Vec<_> =
                proofs.order.lacking.iter().filter(|found| found.item == id && found.first == first).collect();
            assert_eq!(found.first().map(|found| found.inapplicable), expected, "{id:?} {first:?}");
            for found in found {
                let (set, context) =
                    if found.inapplicable { (&inapplicable, &world.served) } else { (&left_out, &here) };
                world.check_witness(&found.witness, set, context);
            }
        }
    }
}

/// The length of the shortest cycle through `start` over items that apply, if there is one.
fn shortest(program: &Program<'_>, start: ItemId, applies: &dyn Fn(ItemId) -> bool) -> Option<usize> {
    let mut reached = vec![start];
    let mut seen: Vec<ItemId> = Vec::new();
    for length in 1..=program.items.len() {
        let mut next = Vec::new();
        for id in &reached {
            for before in &program.item(*id).preconditions {
                if before.item == start {
                    return Some(length);
                }
                if applies(before.item) && !seen.contains(&before.item) {
                    seen.push(before.item);
                    next.push(before.item);
                }
            }
        }
        reached = next;
    }
    None
}

fn check_cycles(world: &World<'_, '_>, proofs: &Proofs) {
    let program = world.program;
    for knot in program.preconditions.knots() {
        let mut best: Option<usize> = None;
        for at in (0..world.raw.len()).filter(|at| world.served[*at]) {
            let case = world.case(at);
            for start in knot.items.iter().filter(|id| case.takes(**id)) {
                let found = shortest(program, *start, &|id| case.takes(id));
                best = best.into_iter().chain(found).min();
            }
        }
        let found: Vec<_> =
            proofs.order.cycles.iter().filter(|cycle| knot.items.contains(&cycle.links[0].item)).collect();
        assert_eq!(found.first().map(|cycle| cycle.links.len()), best, "{:?}", knot.items);
        for cycle in found {
            let links = &cycle.links;
            for (index, link) in links.iter().enumerate() {
                assert_eq!(link.first, links[(index + 1) % links.len()].item);
                assert!(program.item(link.item).preconditions.iter().any(|before| before.span == link.span));
            }
            let all = links.iter().fold(world.served.clone(), |all, link| both(&all, &world.item(link.item)));
            world.check_witness(&cycle.witness, &all, &world.served);
        }
    }
}

/// What the ledger makes of each row in every scenario, if all items that apply are taken.
fn check_asked(world: &World<'_, '_>, proofs: &Proofs) {
    let program = world.program;
    let ledgers: Vec<Option<Ledger>> =
        (0..world.raw.len()).map(|at| world.served[at].then(|| Ledger::new(program, &world.case(at)))).collect();
    for id in program.item_ids() {
        for row in rows(program, id) {
            let written = row.row(program).unwrap();
            let asked = both(&world.part(row), &world.served);
            let mut producers: Vec<(ItemId, Where)> = Vec::new();
            for producer in program.item_ids() {
                for (index, result) in program.item(producer).results.iter().enumerate() {
                    if written.any_of == [result.document] && written.holder == result.holder {
                        producers.push((producer, both(&asked, &world.part(Part::Result(producer, index)))));
                    }
                }
            }
            producers.retain(|(_, set)| any(set));
            let waited = producers.iter().any(|(other, _)| *other == id || program.preconditions.waits_for(id, *other));
            let hidden: Vec<_> = proofs.order.hidden.iter().filter(|hidden| hidden.row == row).collect();
            assert_eq!(!hidden.is_empty(), !producers.is_empty() && !waited, "{row:?}");
            for hidden in hidden {
                let set = both(&asked, &world.part(Part::Result(hidden.producer, hidden.result)));
                world.check_witness(&hidden.witness, &set, &world.served);
            }
            // Never really asked for: in the ledger of each scenario it goes because it was produced.
            let made = world.filter(|at| {
                let Some(ledger) = &ledgers[at] else { return false };
                let content = match row {
                    Part::Material(_, index) => Content::Material(index),
                    Part::Added(measure) => Content::Added(measure),
                    _ => unreachable!("no row"),
                };
                let mut entries = ledger.entries.iter().enumerate();
                let found = entries.find(|(_, entry)| entry.item == id && entry.content == content);
                found.is_some_and(|(index, _)| {
                    let standing = &ledger.entries[ledger.standing(index)];
                    matches!(standing.fate, Fate::Goes(Mechanism::ProducedInBundle, _))
                })
            });
            let lacking = proofs.order.lacking.iter().any(|found| {
                let reclaimed = proofs.order.reclaimed.iter().find(|other| other.row == row);
                found.item == id && reclaimed.is_some_and(|other| other.producer == found.first)
            });
            assert!(!lacking);
            let found = proofs.order.reclaimed.iter().any(|found| found.row == row);
            let told = proofs.order.lacking.iter().any(|found| found.item == id);
            let expected = any(&asked) && within(&asked, &made);
            assert!(found == expected || (expected && told), "{row:?} {found} {expected}");
        }
    }
}
