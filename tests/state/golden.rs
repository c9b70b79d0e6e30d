//! Bundles worked through by hand.

use super::build::*;
use super::checks::{Answer, Fault, Verdict, conflicts, faults, hold, unfounded as groundless, verdict};
use super::figures::{Figure, State, state};
use super::ledger::{TimeLine, lines, time};
use super::model::*;
use super::papers::{Cause, Owner, Thing};
use super::view::{Case, Causes, cases};

fn before(bundle: &Bundle, case: &Case) -> State {
    state(bundle, case, &Causes::none(bundle)).unwrap()
}

fn after(bundle: &Bundle, case: &Case) -> State {
    state(bundle, case, &Causes::all(bundle)).unwrap()
}

fn case(bundle: &Bundle, answers: &[i64]) -> Case {
    let whole = |case: &&Case| case.answers == answers;
    let all = cases(bundle);
    let taken = |case: &&Case| case.taken.iter().filter(|taken| **taken).count();
    all.iter().filter(whole).max_by_key(taken).expect("somebody answers so").clone()
}

/// (before, after) of a figure.
fn figure(bundle: &Bundle, case: &Case, figure: Figure) -> (Known<i64>, Known<i64>) {
    let state = after(bundle, case);
    let count = &state.counts[&figure];
    // Both sides are one function: the side before is that of the state without causes, too.
    assert_eq!(before(bundle, case).counts[&figure].after, count.before);
    (count.before.clone(), count.after.clone())
}

fn steps(bundle: &Bundle, case: &Case) -> Vec<(u8, Known<Length>)> {
    let none = |line: &TimeLine| !matches!(&line.delta, Ok(length) if length.eighths == 0);
    time(bundle, case).unwrap().lines.into_iter().filter(none).map(|line| (line.step, line.delta)).collect()
}

const BY_AGENT: Cond = Cond::Is(0, 1);

/// Questions: who, area, shop front, tax, computer, invoices, first time.
fn small_restaurant() -> Bundle {
    let asked = |question: Question| Question { when: Cond::Yes(3), ..question };
    let taxed = |cond: Cond| Cond::Yes(3).and(cond);
    let agent = || only(BY_AGENT, of("居民身份证", "代理人"));
    let licence = Item {
        limit: Some(Length::halves(5)),
        forms: vec![form("个体工商户开业登记申请书", &["经营者姓名", "公民身份号码", "联系电话"])],
        list: List::Rows { complete: true },
        rows: vec![
            Row { copies: Some((0, 1)), ..of("居民身份证", "经营者") },
            row("申请人照片"),
            row("场所使用证明"),
            only(BY_AGENT, row("授权委托书")),
            agent(),
        ],
        results: result("营业执照"),
        ..item("营业执照", None)
    };
    let stages = || vec![stage(Kind::Review, None), stage(Kind::Inspection, None), stage(Kind::Decision, None)];
    let food = Item {
        when: Cond::AtMost(1, 50),
        before: vec![Target::Item(0)],
        stages: stages(),
        list: List::Rows { complete: true },
        rows: vec![
            row("营业执照"),
            of("居民身份证", "经营者"),
            only(BY_AGENT, row("授权委托书")),
            agent(),
            row("布局流程文件"),
            row("健康证明"),
            row("场所使用证明"),
        ],
        results: result("小餐饮经营许可证"),
        ..item("小餐饮许可", Some(Length::days(6)))
    };
    let street = Item {
        agency: Some("城管部门"),
        when: Cond::Yes(2),
        before: vec![Target::Item(0)],
        stages: stages(),
        forms: vec![form("临时占用街道审批表", &["经营者姓名", "联系电话", "占用地点"])],
        list: List::Rows { complete: true },
        rows: vec![row("营业执照"), row("现状图"), row("效果图"), row("施工图")],
        results: result("临时占用许可证"),
        ..item("占道许可", Some(Length::days(6)))
    };
    let tax = Item {
        agency: Some("税务部门"),
        when: Cond::Yes(3),
        before: vec![Target::Item(0)],
        forms: vec![
            form("账户账号报告表", &["纳税人名称"]),
            form("备案报告书", &["纳税人名称"]),
            form("票种核定表", &["联系电话"]),
        ],
        list: List::Rows { complete: true },
        rows: vec![
            of("居民身份证", "经营者"),
            row("账户开立证明"),
            row("财务会计制度"),
            only(taxed(Cond::Yes(4)), row("核算软件及说明书")),
            only(taxed(Cond::Yes(6)), row("发票专用章印模")),
        ],
        ..item("涉税", Some(Length::ZERO))
    };
    let special = taxed(Cond::Is(5, 1));
    Bundle {
        questions: vec![
            Question { answers: Answers::Options(vec!["本人办理", "委托办理"]), ..yes_no("办理方式") },
            Question { answers: Answers::Number(1, 10000), ..yes_no("经营面积") },
            yes_no("门头装修"),
            yes_no("办税"),
            asked(yes_no("电算化")),
            asked(Question {
                answers: Answers::Options(vec!["普通发票", "增值税专用发票"]), ..yes_no("开票")
            }),
            asked(yes_no("首次核定")),
        ],
        excluded: vec![Cond::AtMost(1, 50).not()],
        measures: vec![
            measure(What::Compress { item: 0, stage: None, to: Length::days(2) }),
            measure(What::Joint { kind: Kind::Inspection, items: vec![1, 2], limit: None }),
            measure(What::AddRow { item: 3, row: only(special, row("准予税务行政许可决定书")) }),
        ],
        promise: Promise::Single(Length::days(8)),
        channels: vec![Channel::Window, Channel::Post],
        visits: Some(1),
        delivery: Some(vec![Channel::Window, Channel::Post]),
        ..bundle(vec![licence, food, street, tax])
    }
}

#[test]
fn a_small_restaurant_has_its_golden_figures() {
    let bundle = small_restaurant();
    let (by_self, by_agent) = (case(&bundle, &[0, 50, 1, 1, 1, 1, 1]), case(&bundle, &[1, 50, 1, 1, 1, 1, 1]));
    assert_eq!(figure(&bundle, &by_self, Figure::Materials), (Ok(22), Ok(14)));
    assert_eq!(figure(&bundle, &by_agent, Figure::Materials), (Ok(26), Ok(16)));
    assert_eq!(figure(&bundle, &by_agent, Figure::Kinds), (Ok(20), Ok(16)));
    assert_eq!(figure(&bundle, &by_agent, Figure::Forms), (Ok(5), Ok(1)));
    assert_eq!(figure(&bundle, &by_agent, Figure::Fields), (Ok(9), Ok(5)));
    assert_eq!(figure(&bundle, &by_agent, Figure::Visits(By::Item)), (Ok(4), Ok(1)));
    assert_eq!(figure(&bundle, &by_agent, Figure::Visits(By::Agency)), (Ok(3), Ok(1)));
    assert_eq!(figure(&bundle, &by_agent, Figure::Steps(By::Item)), (Ok(4), Ok(1)));
    // 6 + 7 + 5 + 8.
    let count = &after(&bundle, &by_agent).counts[&Figure::Materials];
    let of = |item| count.entries.iter().filter(|entry| entry.before == Some(Owner::Item(item))).count();
    assert_eq!([of(0), of(1), of(2), of(3)], [6, 7, 5, 8]);
    // 营业执照 passed on twice, four forms, 身份证 twice, 租房合同 once; one that is new.
    let count = &after(&bundle, &by_self).counts[&Figure::Materials];
    let lines = lines(count);
    let of = |cause: Cause| lines.iter().filter(|line| line.cause == cause).map(|line| line.delta).sum::<i64>();
    assert_eq!(
        [of(Cause::Produced(0)), of(Cause::OneForm), of(Cause::SameDocument), of(Cause::Added(2))],
        [-2, -4, -3, 1]
    );
}

#[test]
fn a_small_restaurant_has_its_golden_times() {
    let mut bundle = small_restaurant();
    let whole = case(&bundle, &[1, 50, 1, 1, 1, 1, 1]);
    let ledger = time(&bundle, &whole).unwrap();
    assert_eq!((ledger.before, ledger.serial), (Ok(Length::halves(29)), Ok(Length::days(14))));
    assert_eq!(ledger.after, Ok(Length::days(8)));
    assert_eq!(steps(&bundle, &whole), [(4, Ok(Length::halves(-1))), (5, Ok(Length::days(-6)))]);
    assert_eq!(verdict(&bundle, &whole).unwrap(), Verdict::Holds);
    // Without the compression 8.5, and both chains break the promise.
    bundle.measures.remove(0);
    assert_eq!(after(&bundle, &whole).counted, Ok(Length::halves(17)));
    assert_eq!(verdict(&bundle, &whole).unwrap(), Verdict::Broken(vec![vec![0, 1], vec![0, 2]]));
}

#[test]
fn a_saving_has_a_cause() {
    let mut licence = item("许可", Some(Length::days(15)));
    licence.stages = vec![
        Stage { when: Cond::Yes(0), ..stage(Kind::Review, Some(Length::days(10))) },
        stage(Kind::Decision, Some(Length::days(5))),
    ];
    let bundle = Bundle { questions: vec![yes_no("复杂")], ..bundle(vec![licence]) };
    for (answer, days) in [(0, 5), (1, 15)] {
        let case = case(&bundle, &[answer]);
        assert_eq!(before(&bundle, &case).counted, Ok(Length::days(days)));
        assert_eq!(after(&bundle, &case).counted, Ok(Length::days(days)));
        assert_eq!(steps(&bundle, &case), []);
    }
}

/// 投资类别: 0 government, 1 private.
#[test]
fn who_has_the_result_in_hand_is_asked_for_it() {
    let approval = Item {
        when: Cond::Is(0, 0),
        list: List::Rows { complete: true },
        rows: vec![row("建议书")],
        results: result("可研批复"),
        ..item("立项", Some(Length::days(10)))
    };
    let planning = Item {
        before: vec![Target::Item(0)],
        list: List::Rows { complete: true },
        rows: vec![only(Cond::Is(0, 0), row("可研批复")), row("设计方案")],
        ..item("规划", Some(Length::days(5)))
    };
    let kinds = Question { answers: Answers::Options(vec!["政府投资", "社会投资"]), ..yes_no("投资类别") };
    let bundle = Bundle { questions: vec![kinds], ..bundle(vec![approval, planning]) };
    let government = case(&bundle, &[0]);
    assert_eq!(figure(&bundle, &government, Figure::Materials), (Ok(3), Ok(2)));
    assert_eq!(after(&bundle, &government).counted, Ok(Length::days(15)));
    let private = case(&bundle, &[1]);
    assert_eq!(figure(&bundle, &private, Figure::Materials), (Ok(1), Ok(1)));
    assert_eq!(after(&bundle, &private).counted, Ok(Length::days(5)));
    // He left 立项 out, because the approval is there already.
    let in_hand = Case { answers: vec![0], taken: vec![false, true] };
    assert!(cases(&bundle).contains(&in_hand));
    assert_eq!(figure(&bundle, &in_hand, Figure::Materials), (Ok(2), Ok(2)));
    assert_eq!(faults(&bundle, &in_hand).unwrap(), []);
}

#[test]
fn a_lifted_precondition_leaves_the_result_to_be_asked_for() {
    let licence = Item { results: result("营业执照"), ..item("执照", Some(Length::days(5))) };
    let permit = Item {
        before: vec![Target::Item(0)],
        list: List::Rows { complete: true },
        rows: vec![row("营业执照"), row("布局图")],
        ..item("许可", Some(Length::days(6)))
    };
    let mut bundle = bundle(vec![licence, permit]);
    let all = case(&bundle, &[]);
    assert_eq!(figure(&bundle, &all, Figure::Materials), (Ok(2), Ok(1)));
    bundle.measures = vec![measure(What::Lift { item: 1, first: 0, instead: None })];
    assert_eq!(figure(&bundle, &all, Figure::Materials), (Ok(2), Ok(2)));
    assert_eq!(steps(&bundle, &all), [(7, Ok(Length::days(-5)))]);
    assert_eq!(after(&bundle, &all).counted, Ok(Length::days(6)));
    assert_eq!(faults(&bundle, &all).unwrap(), [Fault::Recollected(1, 0)]);
    // Something else exempts the row.
    bundle.capabilities = vec![("营业执照", Way::ELicence)];
    assert_eq!(faults(&bundle, &all).unwrap(), []);
}

#[test]
fn two_measures_for_one_length_clash() {
    let mut bundle = bundle(vec![item("招牌", Some(Length::days(10)))]);
    let to = |days| measure(What::Compress { item: 0, stage: None, to: Length::days(days) });
    bundle.measures = vec![to(3), to(4)];
    assert_eq!(conflicts(&bundle, &case(&bundle, &[])), [(0, 1)]);
    bundle.questions = vec![yes_no("复杂")];
    bundle.measures[0].when = Cond::Yes(0);
    bundle.measures[1].when = Cond::Yes(0).not();
    for (answer, days) in [(0, 4), (1, 3)] {
        let case = case(&bundle, &[answer]);
        assert_eq!(conflicts(&bundle, &case), []);
        assert_eq!(after(&bundle, &case).counted, Ok(Length::days(days)));
    }
}

#[test]
fn a_public_notice_is_not_nothing() {
    let notice = item("公示", Some(Length::natural(20)));
    let registration = Item { before: vec![Target::Item(0)], ..item("登记", Some(Length::days(3))) };
    let promise = Promise::Single(Length::days(3));
    let items = Bundle { promise: promise.clone(), ..bundle(vec![notice, registration.clone()]) };
    let all = case(&items, &[]);
    assert_eq!(after(&items, &all).counted, missing(Missing::Units));
    assert_eq!(verdict(&items, &all).unwrap(), Verdict::Broken(vec![vec![0, 1]]));
    let public = Stage { uncounted: true, ..stage(Kind::Notice, Some(Length::natural(20))) };
    let stages = vec![public, stage(Kind::Decision, Some(Length::days(3)))];
    let one = Item { before: Vec::new(), stages, ..registration };
    let stages = Bundle { promise, ..bundle(vec![one]) };
    let all = case(&stages, &[]);
    assert_eq!(after(&stages, &all).counted, Ok(Length::days(3)));
    assert_eq!(after(&stages, &all).elapsed, missing(Missing::Units));
    assert_eq!(verdict(&stages, &all).unwrap(), Verdict::Holds);
}

#[test]
fn visits_are_counted_alike_on_both_sides() {
    let inspection = Stage { presence: true, ..stage(Kind::Inspection, None) };
    let stages = vec![stage(Kind::Receipt, None), inspection, stage(Kind::Decision, None)];
    let renewal = Item { stages, results: result("新证"), ..item("换证", None) };
    let mut bundle = Bundle { visits: Some(0), ..bundle(vec![renewal]) };
    let all = case(&bundle, &[]);
    assert_eq!(figure(&bundle, &all, Figure::Visits(By::Item)), (Ok(2), Ok(2)));
    assert_eq!(hold(&bundle, Figure::Visits(By::Item), true, 0).unwrap(), Answer::NotAttainable(2, 2));
    // Nothing is posted: the certificate is collected.
    bundle.delivery = Some(vec![Channel::Window]);
    assert_eq!(figure(&bundle, &all, Figure::Visits(By::Item)), (Ok(3), Ok(3)));
    // Nobody says how it is handed in; the inspection is known all the same.
    bundle.visits = None;
    assert_eq!(
        figure(&bundle, &all, Figure::Visits(By::Item)),
        (missing(Missing::Channels), missing(Missing::Channels))
    );
    assert_eq!(hold(&bundle, Figure::Visits(By::Item), true, 0).unwrap(), Answer::NotAttainable(1, i64::MAX));
    assert!(matches!(hold(&bundle, Figure::Visits(By::Item), true, 1).unwrap(), Answer::NotCheckable(_)));
}

#[test]
fn measures_without_ground_are_seen() {
    let papers = ["布局图", "效果图", "健康证明", "场所证明"].map(row).to_vec();
    let licence = Item { list: List::Rows { complete: true }, rows: papers, ..item("执照", None) };
    let paper = |measure, document| unfounded(What::Paper { measure, items: Vec::new(), document, holder: None });
    let measures = vec![
        paper(PaperMeasure::Exempt(Way::ELicence), "效果图"),
        paper(PaperMeasure::Exempt(Way::DataShare), "健康证明"),
        paper(PaperMeasure::Abolish, "布局图"),
        paper(PaperMeasure::Abolish, "场所证明"),
        unfounded(What::Online { items: vec![0] }),
    ];
    let mut bundle = Bundle { measures, channels: vec![Channel::Window], visits: Some(1), ..bundle(vec![licence]) };
    let all = case(&bundle, &[]);
    assert_eq!(figure(&bundle, &all, Figure::Materials), (Ok(4), Ok(0)));
    assert_eq!(groundless(&bundle).unwrap().into_iter().collect::<Vec<_>>(), [0, 1, 2, 3, 4]);
    bundle.capabilities = vec![("效果图", Way::ELicence)];
    bundle.measures[1].grounded = true;
    assert_eq!(groundless(&bundle).unwrap().into_iter().collect::<Vec<_>>(), [2, 3, 4]);
}

#[test]
fn originals_and_copies_survive_a_merge() {
    let copies = |copies| Row { copies, ..row("布局图") };
    let one = |name, own| Item { list: List::Rows { complete: true }, rows: vec![copies(own)], ..item(name, None) };
    let bundle = bundle(vec![one("执照", Some((0, 1))), one("许可", Some((3, 0))), one("备案", None)]);
    let all = case(&bundle, &[]);
    assert_eq!(figure(&bundle, &all, Figure::Materials), (Ok(3), Ok(1)));
    let state = after(&bundle, &all);
    let left: Vec<_> = state.counts[&Figure::Materials].entries.iter().filter(|entry| entry.after.is_some()).collect();
    assert_eq!((left[0].thing, left[0].copies), (Thing::Paper(Paper::Document("布局图"), None), Some((3, 1))));
}

#[test]
fn one_of_fifteen_is_one() {
    const KINDS: [Name; 15] = [
        "公司",
        "分公司",
        "合伙企业",
        "个人独资企业",
        "个体工商户",
        "农民专业合作社",
        "非公司企业法人",
        "外资企业",
        "外资合伙企业",
        "外国企业常驻代表机构",
        "企业集团",
        "营业单位",
        "合伙企业分支机构",
        "个人独资企业分支机构",
        "合作社分支机构",
    ];
    let member = |place: usize| {
        let papers = if place == 4 { vec![row("申请书")] } else { vec![row("申请书"), row("清算报告")] };
        Item {
            when: Cond::Is(0, place as i64),
            before: vec![Target::Item(15)],
            list: List::Rows { complete: true },
            rows: [papers, vec![row("清税证明")]].concat(),
            results: result("登记通知书"),
            ..item(KINDS[place], Some(Length::days(3)))
        }
    };
    let mut items: Vec<Item> = (0..15).map(member).collect();
    items.push(Item { results: result("清税证明"), ..item("税务注销", Some(Length::days(5))) });
    items.push(Item {
        before: vec![Target::Group(0)],
        list: List::Rows { complete: true },
        rows: vec![Row { paper: Paper::ResultOf(0), ..row("") }],
        ..item("社保注销", Some(Length::ZERO))
    });
    let bundle = Bundle {
        questions: vec![Question { answers: Answers::Options(KINDS.to_vec()), ..yes_no("哪一种") }],
        groups: vec![Group { name: "注销登记", question: 0, members: (0..15).collect() }],
        channels: vec![Channel::Window],
        ..bundle(items)
    };
    for kind in 0..15 {
        let case = case(&bundle, &[kind]);
        let papers = if kind == 4 { (Ok(3), Ok(1)) } else { (Ok(4), Ok(2)) };
        assert_eq!(figure(&bundle, &case, Figure::Materials), papers);
        assert_eq!(figure(&bundle, &case, Figure::Visits(By::Item)), (Ok(3), Ok(1)));
        assert_eq!(after(&bundle, &case).counted, Ok(Length::days(8)));
        assert_eq!(steps(&bundle, &case), []);
    }
}

#[test]
fn waiting_passes_through_what_is_not_there() {
    let approval = item("立项", Some(Length::days(4)));
    let assessment =
        Item { when: Cond::Yes(0), before: vec![Target::Item(0)], ..item("评审", Some(Length::days(3))) };
    let permit = Item { before: vec![Target::Item(1)], ..item("许可", Some(Length::days(5))) };
    let mut bundle = Bundle {
        questions: vec![yes_no("复杂")],
        promise: Promise::Single(Length::days(12)),
        ..bundle(vec![approval, assessment, permit])
    };
    for (answer, days) in [(0, 9), (1, 12)] {
        let case = case(&bundle, &[answer]);
        assert_eq!(after(&bundle, &case).counted, Ok(Length::days(days)));
        assert_eq!(verdict(&bundle, &case).unwrap(), Verdict::Holds);
    }
    // Dropped or merged: its time goes, the order of the others stays.
    let complex = case(&bundle, &[1]);
    for what in [What::DropItem { item: 1 }, What::MergeItem { item: 1, into: 2 }, What::MergeItem { item: 1, into: 0 }]
    {
        bundle.measures = vec![measure(what)];
        assert_eq!(steps(&bundle, &complex), [(1, Ok(Length::days(-3)))]);
        assert_eq!(after(&bundle, &complex).counted, Ok(Length::days(9)));
    }
}

#[test]
fn joint_work_may_cost_time() {
    let stages =
        |list: &[(Kind, i64)]| list.iter().map(|&(kind, days)| stage(kind, Some(Length::days(days)))).collect();
    let one = Item { stages: stages(&[(Kind::Inspection, 1), (Kind::Decision, 5)]), ..item("甲证", None) };
    let other = Item {
        stages: stages(&[(Kind::Review, 4), (Kind::Inspection, 1), (Kind::Decision, 1)]),
        ..item("乙证", None)
    };
    let mut bundle = bundle(vec![one, other]);
    bundle.measures = vec![measure(What::Joint { kind: Kind::Inspection, items: vec![0, 1], limit: None })];
    let all = case(&bundle, &[]);
    assert_eq!(steps(&bundle, &all), [(5, Ok(Length::days(-6))), (6, Ok(Length::days(4)))]);
    assert_eq!(after(&bundle, &all).counted, Ok(Length::days(10)));
    // A member without lengths: no time changes.
    bundle.items[1].stages[1].length = None;
    bundle.items[1].limit = Some(Length::days(6));
    assert_eq!(steps(&bundle, &all), [(5, Ok(Length::days(-6)))]);
    // Unless the work itself has a length.
    bundle.measures[0].what = What::Joint { kind: Kind::Inspection, items: vec![0, 1], limit: Some(Length::days(2)) };
    assert_eq!(steps(&bundle, &all), [(5, Ok(Length::days(-6))), (6, Ok(Length::days(5)))]);
}

#[test]
fn a_compression_never_lengthens() {
    let stages = vec![
        Stage { when: Cond::Yes(0), ..stage(Kind::Review, Some(Length::days(10))) },
        stage(Kind::Decision, Some(Length::days(5))),
    ];
    let sign = Item { stages, ..item("招牌", Some(Length::days(15))) };
    let mut bundle = Bundle { questions: vec![yes_no("复杂")], ..bundle(vec![sign]) };
    bundle.measures = vec![measure(What::Compress { item: 0, stage: None, to: Length::days(8) })];
    assert_eq!(after(&bundle, &case(&bundle, &[0])).counted, Ok(Length::days(5)));
    assert_eq!(after(&bundle, &case(&bundle, &[1])).counted, Ok(Length::days(8)));
}
