//! Gaps and overlaps, an agent's papers, measures.

use crate::expr::Op;
use crate::model::StageKind;
use crate::program::{Domain, ItemId, MeasureKind, Program, QuestionId, Test, Treatment, Value};
use crate::scenario::{Ineffective, OverlapKind, Part, Proofs};

use super::oracle::{Where, World, any, both, either, parts, rows, without};
use crate::tests::answers;

fn items_on(program: &Program<'_>, question: QuestionId) -> Vec<ItemId> {
    let looks = |id: &ItemId| {
        let mut questions = Vec::new();
        program.item(*id).when.iter().for_each(|when| when.test.questions(&mut questions));
        questions.contains(&question)
    };
    program.item_ids().filter(looks).collect()
}

pub fn check_gaps(world: &World<'_, '_>, proofs: &Proofs) {
    let program = world.program;
    for index in 0..program.questions.len() {
        let id = QuestionId::from(index);
        let domain = &program.question(id).domain;
        let found = proofs.gaps.iter().find(|gap| gap.question == id);
        let items = items_on(program, id);
        let counts = matches!(domain, Domain::Choice(_) | Domain::Number { .. } | Domain::Date { .. });
        if !counts || items.is_empty() {
            assert!(found.is_none());
            continue;
        }
        let asked = both(&world.served, &world.asked(id));
        let some = items.iter().fold(vec![false; asked.len()], |some, item| either(&some, &world.item(*item)));
        let all = answers::to(domain);
        let given = |value: &Value| world.filter(|at| world.raw[at].get(id) == Some(value));
        let has: Vec<bool> = all.iter().map(|value| any(&both(&both(&given(value), &world.served), &some))).collect();
        let offered = has.contains(&true);
        for (place, value) in all.iter().enumerate() {
            let below = !matches!(domain, Domain::Choice(_)) && !has[..place].contains(&true);
            let none = matches!((domain, value), (Domain::Choice(options), Value::Option(option))
                if &*options[*option].name.value == "不需要");
            let expected = offered && any(&both(&given(value), &asked)) && !has[place] && !below && !none;
            let said = found.is_some_and(|gap| gap.answers.iter().any(|answer| answer.includes(value)));
            assert_eq!(said, expected, "{id:?} {value:?}");
        }
        if let Some(gap) = found {
            assert_eq!(gap.items, items);
            // What touches is one.
            let cells = gap.answers.len();
            let starts = all.iter().enumerate().filter(|(place, value)| {
                let of = |value: &Value| gap.answers.iter().position(|answer| answer.includes(value));
                of(value).is_some() && (*place == 0 || of(&all[place - 1]) != of(value))
            });
            assert_eq!(starts.count(), cells);
        }
    }
}

fn bounded(test: &Test, of: QuestionId, negated: bool) -> (bool, bool) {
    match test {
        Test::All(parts) | Test::Any(parts) => parts.iter().fold((false, false), |(upper, lower), part| {
            let (more_upper, more_lower) = bounded(part, of, negated);
            (upper || more_upper, lower || more_lower)
        }),
        Test::Not(part) => bounded(part, of, !negated),
        Test::Number(question, op, _) | Test::Date(question, op, _) if *question == of => match op {
            Op::Lt | Op::Le => (!negated, negated),
            Op::Gt | Op::Ge => (negated, !negated),
            Op::Eq | Op::Ne => (false, false),
        },
        _ => (false, false),
    }
}

pub fn check_overlaps(world: &World<'_, '_>, proofs: &Proofs) {
    let program = world.program;
    let results: Vec<(Part, ItemId, usize)> = program
        .item_ids()
        .flat_map(|id| (0..program.item(id).results.len()).map(move |index| (Part::Result(id, index), id, index)))
        .collect();
    for overlap in &proofs.overlaps {
        let set = both(&both(&world.part(overlap.first), &world.part(overlap.second)), &world.served);
        world.check_witness(&overlap.witness, &set, &world.served);
    }
    for (place, (part, id, index)) in results.iter().enumerate() {
        let this = &program.item(*id).results[*index];
        let together = results[..place].iter().any(|(other, item, result)| {
            let that = &program.item(*item).results[*result];
            item != id
                && (that.document, &that.holder) == (this.document, &this.holder)
                && any(&both(&both(&world.part(*part), &world.part(*other)), &world.served))
        });
        let mut found = proofs.overlaps.iter().filter(|found| found.kind == OverlapKind::SameResult);
        assert_eq!(found.any(|found| found.second == *part), together, "{part:?}");
    }
    for index in 0..program.questions.len() {
        let id = QuestionId::from(index);
        // Items with one condition count once.
        let mut sides: [Vec<(ItemId, Where)>; 2] = [Vec::new(), Vec::new()];
        for item in items_on(program, id) {
            let set = both(&world.item(item), &world.served);
            let (upper, lower) = bounded(&program.item(item).when.as_ref().unwrap().test, id, false);
            for (side, has) in sides.iter_mut().zip([upper, lower]) {
                if has && side.iter().all(|(_, other)| *other != set) {
                    side.push((item, set.clone()));
                }
            }
        }
        let answers = |set: &Where| {
            let of = answers::to(&program.question(id).domain).into_iter();
            of.filter(|value| (0..set.len()).any(|at| set[at] && world.raw[at].get(id) == Some(value)))
                .collect::<Vec<_>>()
        };
        let mut expected = Vec::new();
        for (low, a) in &sides[0] {
            for (high, b) in &sides[1] {
                let (for_low, for_high) = (answers(a), answers(b));
                let nested =
                    for_low.iter().all(|v| for_high.contains(v)) || for_high.iter().all(|v| for_low.contains(v));
                if low != high && any(&both(a, b)) && !nested {
                    expected.push((Part::Item(*low.min(high)), Part::Item(*low.max(high))));
                }
            }
        }
        let found = proofs.overlaps.iter().filter(|found| found.kind == OverlapKind::Bounds(id));
        let mut found: Vec<_> = found.map(|found| (found.first, found.second)).collect();
        expected.sort_unstable();
        expected.dedup();
        found.sort_unstable();
        assert_eq!(found, expected, "{id:?}");
    }
}

pub fn check_papers(world: &World<'_, '_>, proofs: &Proofs) {
    let program = world.program;
    let name = |part: &Part| {
        let row = part.row(program).unwrap();
        program.workspace.material(row.any_of[0]).name.value.clone()
    };
    let of = |paper: &str| -> Vec<Part> {
        let all = parts(program).into_iter().filter(|part| part.is_material());
        let agents =
            |part: &Part| paper == "授权委托书" || part.row(program).unwrap().holder.as_deref() == Some("代理人");
        all.filter(|part| &*name(part) == paper && agents(part)).collect()
    };
    for (this, that) in [("授权委托书", "居民身份证"), ("居民身份证", "授权委托书")] {
        let others = of(that);
        let given = others.iter().fold(vec![false; world.raw.len()], |given, part| either(&given, &world.part(*part)));
        let mut bad = vec![false; world.raw.len()];
        for part in of(this) {
            let item = part.item(program).unwrap();
            let free = part.when(program).is_none() && program.item(item).when.is_none();
            if !free || others.is_empty() {
                bad = either(&bad, &without(&both(&world.part(part), &world.served), &given));
            }
        }
        let found: Vec<_> = proofs.unpaired.iter().filter(|found| &*name(&found.row) == this).collect();
        assert_eq!(found.len(), usize::from(any(&bad)), "{this}");
        for found in found {
            world.check_witness(&found.witness, &bad, &world.served);
            assert!(any(&both(&bad, &world.part(found.row))));
        }
    }
}

pub fn check_measures(world: &World<'_, '_>, proofs: &Proofs) {
    let program = world.program;
    let inspection = |id: ItemId| {
        let stage = program.item(id).stages.iter().position(|stage| stage.kind == StageKind::Inspection)?;
        Some(Part::Stage(id, stage))
    };
    let dropped = |id: ItemId| {
        program.measures.iter().any(|measure| matches!(measure.kind, MeasureKind::DropStage { item, .. } if item == id))
    };
    for (index, measure) in program.measures.iter().enumerate() {
        let expected = match &measure.kind {
            MeasureKind::Material { items, document, holder, treatment } => {
                let exempts = matches!(treatment, Treatment::Exempt(_));
                let waits = |id: ItemId| {
                    (items.is_empty() || items.iter().any(|at| at.value == id))
                        && program.item(id).preconditions.iter().any(|before| {
                            program.item(before.item).results.iter().any(|result| {
                                let same = holder.is_none() || result.holder.is_none() || *holder == result.holder;
                                result.document == *document && same
                            })
                        })
                };
                let asks = |id: ItemId| {
                    (items.is_empty() || items.iter().any(|at| at.value == id))
                        && rows(program, id).iter().any(|part| {
                            let row = part.row(program).unwrap();
                            row.any_of.contains(document) && (holder.is_none() || *holder == row.holder)
                        })
                };
                !program.item_ids().any(|id| asks(id) || (exempts && waits(id)))
            }
            MeasureKind::JointStage { items, .. } => {
                let mut ids: Vec<ItemId> = items.iter().map(|at| at.value).collect();
                ids.sort_unstable();
                ids.dedup();
                let sets: Vec<Where> = ids
                    .iter()
                    .filter_map(|id| Some(both(&world.part(inspection(*id)?), &world.served)))
                    .filter(any)
                    .collect();
                let at_once = |at: usize| sets.iter().filter(|set| set[at]).count();
                sets.len() > 1 && (0..world.raw.len()).all(|at| at_once(at) < 2)
            }
            MeasureKind::CompressTime { item, stage: Some(_), .. } => dropped(*item),
            MeasureKind::LiftPrecondition { item, precondition, .. } => {
                !program.item(*item).preconditions.iter().any(|before| before.item == *precondition)
            }
            _ => false,
        };
        // Whatever it is about the workspace obtains anyway; to say how is no fault.
        let obtained = match &measure.kind {
            MeasureKind::Material { items, document, holder, treatment }
                if !matches!(treatment, Treatment::Exempt(_)) =>
            {
                let meant = |id: &ItemId| items.is_empty() || items.iter().any(|at| at.value == *id);
                let rows = program.item_ids().filter(meant).flat_map(|id| rows(program, id));
                let rows = rows.filter_map(|part| part.row(program));
                let mut rows = rows
                    .filter(|row| row.any_of.contains(document) && (holder.is_none() || *holder == row.holder))
                    .peekable();
                rows.peek().is_some()
                    && rows
                        .all(|row| row.any_of.iter().any(|document| program.workspace.capability(*document).is_some()))
            }
            _ => false,
        };
        let expected = expected || obtained;
        let found: Vec<_> = proofs.idle_measures.iter().filter(|idle| idle.measure == index).collect();
        assert!(found.len() == usize::from(expected), "{:?}", measure.kind);
        for idle in found {
            assert_eq!(idle.why == Ineffective::NeverTwo, matches!(measure.kind, MeasureKind::JointStage { .. }));
        }
    }
    // Inspections that no measure makes joint.
    let joint = |id: ItemId| {
        program.measures.iter().any(|measure| {
            matches!(&measure.kind, MeasureKind::JointStage { items, .. } if items.iter().any(|at| at.value == id))
        })
    };
    let with: Vec<ItemId> = program.item_ids().filter(|id| inspection(*id).is_some() && !dropped(*id)).collect();
    let first = with.iter().find(|id| !joint(**id));
    let others: Vec<ItemId> = first.map_or_else(Vec::new, |first| {
        let waits = |a: ItemId, b: ItemId| {
            program.preconditions.precedes(b, a) || program.item(a).preconditions.iter().any(|before| before.item == b)
        };
        let at_once = |other: &ItemId| {
            let sets = both(&world.part(inspection(*first).unwrap()), &world.part(inspection(*other).unwrap()));
            any(&both(&sets, &world.served))
        };
        let free = |other: &ItemId| other != first && !waits(*first, *other) && !waits(*other, *first);
        with.iter().copied().filter(free).filter(at_once).collect()
    });
    let found: Vec<ItemId> = proofs.separate.iter().flat_map(|found| found.others.iter().map(|(id, _)| *id)).collect();
    assert_eq!(found, others);
}
