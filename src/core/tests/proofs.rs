//! What is proved over all scenarios, against trying every answer: random small bundles, facts of every kind.

mod generate;
mod oracle;
mod order;
mod rest;

use std::cell::RefCell;
use std::collections::BTreeMap;

use crate::compile;
use crate::diagnostic::Sink;
use crate::program::{self, Cond, Program, QuestionId, Value};
use crate::scenario::{Answer, Budget, Ineffective, Overlap, OverlapKind, Part, Proofs, Scenarios};
use crate::source::{Source, Sources};
use oracle::{Where, World, any, both, parts, within, without};
use proptest::test_runner::{Config as ProptestConfig, TestRunner};

const SHARED: [(&str, &str); 5] = [
    ("yijianshi.yaml", "工作区: 例子\n标识: w\n计数口径: {环节: 按事项, 跑动: 按事项}\n"),
    ("机构.yaml", "机构目录:\n  城管部门: {}\n"),
    ("材料.yaml", "材料目录:\n  营业执照: {}\n  许可证: {}\n  健康证明: {}\n  授权委托书: {}\n  居民身份证: {}\n"),
    ("共享能力.yaml", "共享能力:\n  - {材料: 健康证明, 方式: 数据共享, 系统: 例子系统}\n"),
    ("数据项.yaml", "数据项目录:\n  联系电话: {类型: 手机号}\n"),
];

fn with_program(text: &str, test: impl FnOnce(&Program<'_>)) {
    let files = SHARED.iter().copied().chain([("例子.yaml", text)]);
    let sources = Sources::from_texts(files.map(|(name, text)| Source::new(name, text)));
    let opened = compile::open(sources.clone());
    let mut sink = Sink::new();
    let loaded = program::load(&opened.workspace, &sources, opened.bundles[0], &mut sink).unwrap();
    let program = program::resolve(&opened.workspace, loaded, &mut sink);
    assert_eq!(sink.as_slice().len(), 0, "{text}\n{:?}", sink.as_slice());
    test(&program);
    // Every rule has its say on what was proved.
    compile::compile(sources);
}

fn check(program: &Program<'_>) -> Proofs {
    let world = World::new(program);
    let mut scenarios = Scenarios::new(program, Budget::default()).unwrap();
    let proofs = scenarios.prove().unwrap();
    check_whole(&world, &proofs);
    if any(&world.served) {
        check_reach(&world, &proofs);
        check_unasked(&world, &proofs);
        rest::check_gaps(&world, &proofs);
        rest::check_overlaps(&world, &proofs);
        rest::check_papers(&world, &proofs);
        rest::check_measures(&world, &proofs);
        order::check(&world, &proofs);
    }
    proofs
}

/// Where a constraint or an exit speaks of somebody.
fn speaks(world: &World<'_, '_>, part: Part) -> Where {
    world.when(part.when(world.program))
}

/// Whether the parts together speak of all of them, and none can be left out.
fn covers(world: &World<'_, '_>, parts: &[Part], base: &Where) -> bool {
    let rest = |left_out: Option<usize>| {
        let kept = parts.iter().enumerate().filter(|(index, _)| Some(*index) != left_out);
        kept.fold(base.clone(), |rest, (_, part)| without(&rest, &speaks(world, *part)))
    };
    !any(&rest(None)) && (0..parts.len()).all(|index| any(&rest(Some(index))))
}

fn check_whole(world: &World<'_, '_>, proofs: &Proofs) {
    let program = world.program;
    let all = vec![true; world.raw.len()];
    let whole = &proofs.whole;
    assert_eq!(whole.contradiction.is_empty(), any(&world.possible));
    if !any(&world.possible) {
        assert!(covers(world, &whole.contradiction, &all));
        return;
    }
    assert_eq!(whole.nobody_served.is_empty(), any(&world.served));
    if !any(&world.served) {
        assert!(covers(world, &whole.nobody_served, &world.possible));
        return;
    }
    // Without the idle ones everything is as before; without any other it is not.
    let idle = |part: Part| whole.idle.iter().any(|idle| idle.part == part);
    for idle in &whole.idle {
        assert!(covers(world, &idle.because, &speaks(world, idle.part)), "{idle:?}");
    }
    let constraints: Vec<Part> = (0..program.constraints.len()).map(Part::Constraint).filter(|p| !idle(*p)).collect();
    let exits: Vec<Part> = (0..program.exits.len()).map(Part::Exit).filter(|p| !idle(*p)).collect();
    let left = |parts: &[Part], without_: Option<Part>, of: &Where| {
        let kept = parts.iter().filter(|part| Some(**part) != without_);
        kept.fold(of.clone(), |rest, part| without(&rest, &speaks(world, *part)))
    };
    assert_eq!(left(&constraints, None, &all), world.possible);
    assert_eq!(left(&exits, None, &world.possible), world.served);
    for part in &constraints {
        assert_ne!(left(&constraints, Some(*part), &all), world.possible, "{part:?}");
    }
    for part in &exits {
        assert_ne!(left(&exits, Some(*part), &world.possible), world.served, "{part:?}");
    }
}

fn looks_at(cond: &Cond, marked: &[QuestionId]) -> bool {
    let mut questions = Vec::new();
    cond.test.questions(&mut questions);
    questions.iter().any(|question| marked.contains(question))
}

fn check_reach(world: &World<'_, '_>, proofs: &Proofs) {
    let program = world.program;
    // Questions that are never asked, and answers that are never given, are blamed once.
    let mut tainted: Vec<QuestionId> = Vec::new();
    let mut dead = 0;
    for index in 0..program.questions.len() {
        let id = QuestionId::from(index);
        let asked = both(&world.asked(id), &world.possible);
        if !any(&asked) {
            tainted.push(id);
            let when = program.question(id).when.as_ref().unwrap();
            let blamed = looks_at(when, &tainted);
            let said = proofs.reach.never.iter().any(|never| never.part == Part::Question(id));
            assert_eq!(said, !blamed, "{id:?}");
            continue;
        }
        let given = |fits: &dyn Fn(&Value) -> bool| {
            any(&both(&asked, &world.filter(|at| fits(world.raw[at].get(id).unwrap()))))
        };
        let mut lacking = 0;
        match &program.question(id).domain {
            program::Domain::YesNo => {
                lacking += [true, false].iter().filter(|yes| !given(&|value| *value == Value::Yes(**yes))).count()
            }
            program::Domain::Choice(options) => {
                lacking +=
                    (0..options.len()).filter(|option| !given(&|value| *value == Value::Option(*option))).count();
            }
            program::Domain::Choices(options) => {
                let includes =
                    |option: usize| given(&|value| matches!(value, Value::Options(list) if list.contains(&option)));
                lacking += (0..options.len()).filter(|option| !includes(*option)).count();
            }
            _ => {}
        }
        if lacking > 0 {
            tainted.push(id);
        }
        dead += lacking;
    }
    assert_eq!(proofs.reach.dead.len(), dead);
    for found in &proofs.reach.dead {
        let answers = world.filter(|at| found.answer.includes(world.raw[at].get(found.question).unwrap()));
        assert!(matches!(found.answer, Answer::Yes(_) | Answer::Option(_) | Answer::Chosen(_, true)));
        assert!(covers(world, &found.because, &both(&answers, &world.asked(found.question))));
    }
    for part in parts(program) {
        let Some(when) = part.when(program) else { continue };
        let is_question = matches!(part, Part::Question(_));
        let (own, owner) = (world.part(part), world.owner(part));
        let context = if is_question { &world.possible } else { &world.served };
        let blamed = looks_at(when, &tainted);
        let never = !blamed && !any(&both(&own, context)) && any(&both(&owner, context));
        let always = !blamed && any(&both(&own, context)) && within(&both(&owner, &world.possible), &own);
        let found = |list: &[crate::scenario::Fixed]| list.iter().filter(|fixed| fixed.part == part).count();
        if !is_question {
            assert_eq!(found(&proofs.reach.never), usize::from(never), "{part:?}");
        }
        assert_eq!(found(&proofs.reach.always), usize::from(always), "{part:?}");
        for fixed in proofs.reach.never.iter().filter(|fixed| fixed.part == part) {
            let own = world.when(Some(when));
            match fixed.because.first() {
                None => assert!(!any(&own)),
                Some(Part::Constraint(_) | Part::Exit(_)) => {
                    assert!(covers(world, &fixed.because, &both(&own, &owner)), "{fixed:?}");
                }
                Some(_) => assert!(!any(&both(&own, &owner))),
            }
        }
        for fixed in proofs.reach.always.iter().filter(|fixed| fixed.part == part) {
            let own = world.when(Some(when));
            match fixed.because.first() {
                None => assert!(!own.contains(&false)),
                Some(Part::Constraint(_)) => assert!(covers(world, &fixed.because, &without(&owner, &own))),
                Some(_) => assert!(within(&owner, &own)),
            }
        }
    }
}

fn check_unasked(world: &World<'_, '_>, proofs: &Proofs) {
    let program = world.program;
    // What is not known is left out of the answers: evaluation then says “not known”.
    let open: Vec<_> = world
        .answers
        .iter()
        .map(|answers| {
            let mut open = program::Assignment::new(program.questions.len());
            for index in 0..program.questions.len() {
                let id = QuestionId::from(index);
                if let Some(value) = answers.get(id).filter(|value| **value != Value::NotAsked) {
                    open.set(id, value.clone());
                }
            }
            open
        })
        .collect();
    let never: Vec<QuestionId> = (0..program.questions.len())
        .map(QuestionId::from)
        .filter(|id| !any(&both(&world.asked(*id), &world.possible)))
        .collect();
    let mut all = parts(program);
    all.extend((0..program.constraints.len()).map(Part::Constraint));
    all.extend((0..program.exits.len()).map(Part::Exit));
    for part in all {
        let Some(when) = part.when(program) else { continue };
        let chain = matches!(part, Part::Question(_) | Part::Constraint(_) | Part::Exit(_));
        let context = match part {
            Part::Constraint(_) => vec![true; world.raw.len()],
            Part::Question(_) | Part::Exit(_) => world.possible.clone(),
            _ => both(&world.owner(part), &world.served),
        };
        let unknown = world.filter(|at| context[at] && when.test.eval(&open[at]).is_none());
        let holds = world.when(Some(when));
        let (held, failed) = (both(&unknown, &holds), without(&unknown, &holds));
        let blamed = looks_at(when, &never);
        let expected = match (any(&held), any(&failed)) {
            _ if blamed => None,
            (true, _) => Some(true),
            (false, true) if !chain => Some(false),
            _ => None,
        };
        let found: Vec<_> = proofs.unasked.iter().filter(|unasked| unasked.part == part).collect();
        assert_eq!(found.first().map(|unasked| unasked.holds), expected, "{part:?}");
        assert!(found.len() <= 1);
        for unasked in found {
            let bad = if unasked.holds { &held } else { &failed };
            let set = without(bad, &world.asked(unasked.question));
            world.check_witness(&unasked.witness, &set, if chain { &context } else { &world.served });
        }
    }
}

/// How many facts of each kind there were.
fn kinds(proofs: &Proofs) -> Vec<(&'static str, usize)> {
    let (whole, reach, order) = (&proofs.whole, &proofs.reach, &proofs.order);
    let unasked = |holds: bool| proofs.unasked.iter().filter(|unasked| unasked.holds == holds).count();
    let lacking = |inapplicable: bool| order.lacking.iter().filter(|found| found.inapplicable == inapplicable).count();
    let same = |found: &&Overlap| found.kind == OverlapKind::SameResult;
    let idle = |why: fn(&Ineffective) -> bool| proofs.idle_measures.iter().filter(|idle| why(&idle.why)).count();
    vec![
        ("contradiction", usize::from(!whole.contradiction.is_empty())),
        ("nobody served", usize::from(!whole.nobody_served.is_empty())),
        ("idle constraint", whole.idle.iter().filter(|idle| matches!(idle.part, Part::Constraint(_))).count()),
        ("idle exit", whole.idle.iter().filter(|idle| matches!(idle.part, Part::Exit(_))).count()),
        ("never", reach.never.len()),
        ("never asked", reach.never.iter().filter(|never| matches!(never.part, Part::Question(_))).count()),
        ("always", reach.always.len()),
        ("dead answer", reach.dead.len()),
        ("assumed", unasked(true)),
        ("unasked", unasked(false)),
        ("gap", proofs.gaps.len()),
        ("same result", proofs.overlaps.iter().filter(same).count()),
        ("bounds", proofs.overlaps.iter().filter(|found| !same(found)).count()),
        ("not applying", lacking(true)),
        ("left out", lacking(false)),
        ("cycle", order.cycles.len()),
        ("reclaimed", order.reclaimed.len()),
        ("hidden", order.hidden.len()),
        ("unpaired", proofs.unpaired.len()),
        ("nobody asks", idle(|why| *why == Ineffective::NobodyAsks)),
        ("capability", idle(|why| matches!(why, Ineffective::Capability(_)))),
        ("never two", idle(|why| *why == Ineffective::NeverTwo)),
        ("dropped", idle(|why| matches!(why, Ineffective::Dropped(_)))),
        ("no precondition", idle(|why| *why == Ineffective::NoPrecondition)),
        ("separate", proofs.separate.len()),
    ]
}

#[test]
fn facts_are_those_of_trying_every_answer() {
    let config = ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(2000) };
    let mut runner = TestRunner::new(config);
    let seen: RefCell<BTreeMap<&str, usize>> = RefCell::default();
    let run = |text: String| {
        with_program(&text, |program| {
            for (kind, count) in kinds(&check(program)) {
                *seen.borrow_mut().entry(kind).or_default() += count;
            }
        });
        Ok(())
    };
    runner.run(&generate::bundle(), run).unwrap();
    // What never came up was not compared.
    let seen = seen.into_inner();
    assert!(seen.values().all(|count| *count >= 5), "{seen:#?}");
}
