//! Each reading of the language by a small bundle of its own.

use super::build::*;
use super::checks::{Answer, Fault, Verdict, faults, hold, verdict};
use super::figures::Figure;
use super::golden::{after, before, case, figure, steps};
use super::ledger::{lines, shares};
use super::model::*;
use super::papers::{Cause, Owner};

fn listed(rows: Vec<Row>, item: Item) -> Item {
    Item { list: List::Rows { complete: true }, rows, ..item }
}

fn staged(name: Name, stages: &[(Kind, i64)]) -> Item {
    let stages = stages.iter().map(|&(kind, days)| stage(kind, Some(Length::days(days)))).collect();
    Item { stages, ..item(name, None) }
}

fn days(days: i64) -> Known<Length> {
    Ok(Length::days(days))
}

#[test]
fn who_commits_himself_is_inspected_after_the_decision() {
    let mut own = staged("许可", &[(Kind::Review, 2), (Kind::Inspection, 3), (Kind::Testing, 5), (Kind::Decision, 1)]);
    own.stages[2].uncounted = true;
    let mut bundle = bundle(vec![own]);
    let all = case(&bundle, &[]);
    assert_eq!((after(&bundle, &all).counted, after(&bundle, &all).elapsed), (days(6), days(11)));
    bundle.measures = vec![measure(What::CommitItem { item: 0, to: None })];
    assert_eq!(steps(&bundle, &all), [(3, days(-3))]);
    assert_eq!((after(&bundle, &all).counted, after(&bundle, &all).elapsed), (days(3), days(3)));
    // Without lengths of stages it keeps its own, unless the measure has one.
    bundle.items[0].stages.iter_mut().for_each(|stage| stage.length = None);
    bundle.items[0].limit = Some(Length::days(9));
    assert_eq!(after(&bundle, &all).counted, days(9));
    bundle.measures = vec![measure(What::CommitItem { item: 0, to: Some(Length::days(4)) })];
    assert_eq!(steps(&bundle, &all), [(3, days(-5))]);
}

#[test]
fn what_is_merged_takes_its_papers_along() {
    let licence = listed(vec![row("章程")], Item { results: result("执照"), ..item("登记", Some(Length::days(3))) });
    let seal =
        Item { before: vec![Target::Item(0)], results: result("备案"), ..item("刻章", Some(Length::days(1))) };
    let seal = listed(vec![row("执照"), row("印模")], seal);
    let bank = Item { before: vec![Target::Item(1)], ..item("开户", Some(Length::days(2))) };
    let mut bundle = bundle(vec![licence, seal, listed(vec![row("备案")], bank)]);
    bundle.measures = vec![measure(What::MergeItem { item: 1, into: 0 })];
    let all = case(&bundle, &[]);
    assert_eq!(figure(&bundle, &all, Figure::Materials), (Ok(4), Ok(2)));
    let state = after(&bundle, &all);
    let shares = shares(&state.counts[&Figure::Materials]);
    assert_eq!([shares[&Owner::Item(0)], shares[&Owner::Item(1)], shares[&Owner::Item(2)]], [(1, 2), (2, 0), (1, 0)]);
    // 备案 comes from 登记 now, for which 开户 waits; nobody asks 登记 for its own 执照.
    let causes: Vec<Cause> = lines(&state.counts[&Figure::Materials]).iter().map(|line| line.cause).collect();
    assert_eq!(causes, [Cause::Produced(0), Cause::ItemGone(0), Cause::ItemGone(0), Cause::Produced(0)]);
    assert_eq!((state.counted, steps(&bundle, &all)), (days(5), vec![(1, days(-1))]));
    // Where the other is not taken there is nothing to merge into.
    let alone = super::view::Case { taken: vec![false, true, true], ..all };
    assert_eq!(figure(&bundle, &alone, Figure::Materials), (Ok(3), Ok(2)));
}

#[test]
fn nobody_issues_what_a_dropped_item_issued() {
    let proof = Item { results: result("证明"), ..item("证明", Some(Length::days(2))) };
    let grant = Item { before: vec![Target::Item(0)], ..item("补贴", Some(Length::days(5))) };
    let mut bundle = bundle(vec![proof, listed(vec![row("证明")], grant)]);
    bundle.measures = vec![measure(What::DropItem { item: 0 })];
    let all = case(&bundle, &[]);
    assert_eq!(figure(&bundle, &all, Figure::Materials), (Ok(1), Ok(1)));
    assert_eq!(faults(&bundle, &all).unwrap(), [Fault::ResultOfNobody(1, 0)]);
}

#[test]
fn a_list_of_the_bundle_says_what_is_after() {
    let silent = |name| Item { list: List::Unwritten, ..item(name, Some(Length::days(1))) };
    let of = |row, asked_by: &[usize]| BundleRow { row, asked_by: asked_by.to_vec() };
    let rows = vec![of(row("身份证"), &[0, 1]), of(row("照片"), &[])];
    let mut bundle = Bundle { list: Some((rows, true)), ..bundle(vec![silent("甲"), silent("乙")]) };
    let all = case(&bundle, &[]);
    let lacks = [Missing::Materials(0), Missing::Materials(1), Missing::Attribution];
    assert_eq!(figure(&bundle, &all, Figure::Materials), (Err(lacks.into()), Ok(2)));
    bundle.items.iter_mut().for_each(|item| item.list = List::Nothing);
    assert_eq!(figure(&bundle, &all, Figure::Materials), (missing(Missing::Attribution), Ok(2)));
    bundle.list.as_mut().unwrap().0.pop();
    assert_eq!(figure(&bundle, &all, Figure::Materials), (Ok(2), Ok(1)));
    bundle.list.as_mut().unwrap().1 = false;
    assert_eq!(figure(&bundle, &all, Figure::Materials), (missing(Missing::BundleList), missing(Missing::BundleList)));
}

#[test]
fn an_order_that_nobody_wrote_leaves_the_time_open() {
    let mut bundle = bundle(vec![item("甲", Some(Length::days(3))), item("乙", Some(Length::days(5)))]);
    let all = case(&bundle, &[]);
    assert_eq!(after(&bundle, &all).counted, missing(Missing::Order));
    for (promise, holds) in [(4, Some(false)), (6, None), (8, Some(true))] {
        bundle.promise = Promise::Single(Length::days(promise));
        let verdict = verdict(&bundle, &all).unwrap();
        assert_eq!(verdict == Verdict::Holds, holds == Some(true));
        assert_eq!(matches!(verdict, Verdict::Broken(_)), holds == Some(false));
    }
    // Who takes one item has no order to ask about.
    let one = super::view::Case { taken: vec![true, false], ..all.clone() };
    assert_eq!(after(&bundle, &one).counted, days(3));
    bundle.no_order = true;
    assert_eq!(steps(&bundle, &all), [(5, days(-3))]);
}

#[test]
fn a_paper_that_may_follow_stays_and_is_needed_where_another_needs_it() {
    let one = |name| listed(vec![row("体检表")], item(name, None));
    let mut bundle = bundle(vec![one("甲"), one("乙")]);
    let all = case(&bundle, &[]);
    let later = |items| What::Paper { measure: PaperMeasure::Defer, items, document: "体检表", holder: None };
    for (items, deferred) in [(vec![], true), (vec![1], false)] {
        bundle.measures = vec![measure(later(items))];
        assert_eq!(figure(&bundle, &all, Figure::Materials), (Ok(2), Ok(1)));
        let state = after(&bundle, &all);
        let entries = &state.counts[&Figure::Materials].entries;
        assert_eq!(entries.iter().find(|entry| entry.after.is_some()).unwrap().deferred, deferred);
    }
}

#[test]
fn fields_are_filled_in_once_or_not_at_all() {
    let one = |name, fields: &[Name]| Item { forms: vec![form("表", fields)], ..item(name, None) };
    let mut bundle = bundle(vec![one("甲", &["姓名", "电话"]), one("乙", &["姓名", "地址"])]);
    let all = case(&bundle, &[]);
    assert_eq!(figure(&bundle, &all, Figure::Fields), (Ok(4), Ok(3)));
    let free = |items, field| measure(What::NoFill { items, field });
    bundle.measures = vec![free(vec![], "姓名"), free(vec![0], "电话")];
    assert_eq!(figure(&bundle, &all, Figure::Fields), (Ok(4), Ok(1)));
    // Free for one of two, it is filled in all the same.
    bundle.measures = vec![free(vec![0], "姓名")];
    assert_eq!(figure(&bundle, &all, Figure::Fields), (Ok(4), Ok(3)));
}

#[test]
fn a_promise_is_made_to_each_case() {
    let sign = Item { when: Cond::Yes(0), ..item("招牌", Some(Length::days(4))) };
    let licence = item("执照", Some(Length::days(3)));
    let mut bundle = Bundle { questions: vec![yes_no("门头")], no_order: true, ..bundle(vec![licence, sign]) };
    (bundle.acceptance, bundle.issue) = (Some(Length::days(1)), Some(Length::days(1)));
    let (plain, with_sign) = (case(&bundle, &[0]), case(&bundle, &[1]));
    assert_eq!(steps(&bundle, &plain), [(8, days(1)), (8, days(1))]);
    let to = |cond, length| (cond, Length::days(length));
    bundle.promise = Promise::ByCase(vec![to(Cond::Yes(0), 5), to(Cond::Yes(0).not(), 5)]);
    assert_eq!(verdict(&bundle, &plain).unwrap(), Verdict::Holds);
    assert_eq!(verdict(&bundle, &with_sign).unwrap(), Verdict::Broken(vec![vec![1]]));
    bundle.promise = Promise::ByCase(vec![to(Cond::Yes(0), 6)]);
    assert_eq!(verdict(&bundle, &plain).unwrap(), Verdict::Nothing);
    bundle.promise = Promise::ByCase(vec![to(Cond::Yes(0), 6), to(Cond::Always, 5)]);
    assert_eq!(verdict(&bundle, &with_sign).unwrap(), Verdict::Overlap);
    assert_eq!(verdict(&bundle, &plain).unwrap(), Verdict::Holds);
}

#[test]
fn who_waits_for_a_stage_waits_no_longer() {
    let first = staged("甲", &[(Kind::Acceptance, 1), (Kind::Assessment, 2), (Kind::Decision, 4)]);
    let then = Item { before: vec![Target::Stage(0, Kind::Assessment)], ..item("乙", Some(Length::days(6))) };
    let mut bundle = Bundle { questions: vec![yes_no("复杂")], ..bundle(vec![first, then]) };
    let all = case(&bundle, &[1]);
    assert_eq!(after(&bundle, &all).counted, days(9));
    // The stage is not there: the one before it.
    bundle.items[0].stages[1].when = Cond::Yes(0);
    assert_eq!(after(&bundle, &case(&bundle, &[0])).counted, days(7));
    bundle.measures = vec![measure(What::DropStage { item: 0, stage: Kind::Assessment })];
    assert_eq!(steps(&bundle, &all), [(2, days(-2)), (5, days(-4))]);
    // The item is shortened as a whole: its end.
    bundle.measures = vec![measure(What::Compress { item: 0, stage: None, to: Length::days(5) })];
    assert_eq!(after(&bundle, &all).counted, days(11));
    // Nobody knows when the stage is done.
    bundle.measures.clear();
    bundle.items[0].stages[2].length = None;
    bundle.items[0].limit = Some(Length::days(8));
    assert_eq!(before(&bundle, &all).counted, days(14));
    assert_eq!(after(&bundle, &all).counted, missing(Missing::Inside(0)));
}

#[test]
fn a_special_stage_alone_is_not_the_whole_item() {
    let notice = Stage { uncounted: true, ..stage(Kind::Notice, Some(Length::days(7))) };
    let bundle = bundle(vec![Item { stages: vec![notice], ..item("登记", Some(Length::days(3))) }]);
    let all = case(&bundle, &[]);
    assert_eq!((after(&bundle, &all).counted, after(&bundle, &all).elapsed), (days(3), days(10)));
}

#[test]
fn activities_of_one_counter_and_of_joint_work_are_one() {
    let kinds = [Kind::Receipt, Kind::Inspection, Kind::Decision];
    let one = |name| {
        let stages = kinds.map(|kind| Stage { presence: kind == Kind::Inspection, ..stage(kind, None) });
        Item { stages: stages.to_vec(), channels: vec![Channel::Window], ..item(name, None) }
    };
    let mut bundle = bundle(vec![one("甲"), one("乙")]);
    let all = case(&bundle, &[]);
    assert_eq!(figure(&bundle, &all, Figure::Steps(By::Activity)), (Ok(6), Ok(5)));
    assert_eq!(figure(&bundle, &all, Figure::Visits(By::Item)), (Ok(4), Ok(3)));
    bundle.measures = vec![measure(What::Joint { kind: Kind::Inspection, items: vec![0, 1], limit: None })];
    assert_eq!(figure(&bundle, &all, Figure::Steps(By::Activity)), (Ok(6), Ok(4)));
    assert_eq!(figure(&bundle, &all, Figure::Visits(By::Item)), (Ok(4), Ok(2)));
    bundle.measures.push(measure(What::Online { items: Vec::new() }));
    assert_eq!(figure(&bundle, &all, Figure::Visits(By::Item)), (Ok(4), Ok(1)));
    assert_eq!(hold(&bundle, Figure::Visits(By::Item), true, 0).unwrap(), Answer::NotAttainable(1, 1));
    assert_eq!(hold(&bundle, Figure::Visits(By::Agency), false, 3).unwrap(), Answer::Reproduced(2));
}
