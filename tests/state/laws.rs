//! The laws, on random bundles; and every figure worked out a second time in another way.

use std::collections::{BTreeMap, BTreeSet};

use super::checks::{Verdict, conflicts, measure_of, unfounded, verdict};
use super::duration::stages;
use super::figures::{FIGURES, Figure, State, lacks, state};
use super::generate::{self, Dice};
use super::ledger::{Line, TimeLedger, lines, shares, time};
use super::model::*;
use super::order::{Clock, joints};
use super::papers::{Cause, Entry, Owner, Thing, issues};
use super::view::{Case, Causes, View, cases};

const BUNDLES: u64 = 2000;

/// A random case with everything that the laws speak of.
struct Worked<'b> {
    seed: u64,
    bundle: &'b Bundle,
    case: &'b Case,
    before: State,
    after: State,
    ledger: TimeLedger,
}

impl Worked<'_> {
    fn view<'v>(&'v self, causes: &'v Causes) -> View<'v> {
        View { bundle: self.bundle, case: self.case, causes }
    }
}

/// A few cases of each of so many bundles.
fn each(bundles: u64, mut check: impl FnMut(&Worked)) {
    for seed in 0..bundles {
        let bundle = generate::bundle(seed);
        let all = cases(&bundle);
        let mut dice = Dice::new(!seed);
        for _ in 0..all.len().min(3) {
            let case = &all[dice.below(all.len())];
            let before = state(&bundle, case, &Causes::none(&bundle)).unwrap();
            let after = state(&bundle, case, &Causes::all(&bundle)).unwrap();
            let ledger = time(&bundle, case).unwrap();
            check(&Worked { seed, bundle: &bundle, case, before, after, ledger });
        }
    }
}

#[test]
fn the_laws_hold() {
    let mut seen = Seen::default();
    each(BUNDLES, |worked| {
        without_causes_nothing_differs(worked);
        every_difference_of_a_count_is_booked(worked);
        every_difference_of_time_is_booked(worked);
        figures_are_those_of_the_definition(worked);
        the_longest_chain_is_the_last_to_finish(worked);
        verdicts_agree_with_the_time(worked);
        seen.note(worked);
    });
    seen.everything_often();
}

/// L1, by construction: without causes nothing differs, whatever the bundle.
fn without_causes_nothing_differs(worked: &Worked) {
    let Worked { seed, before, ledger, .. } = worked;
    for (figure, count) in &before.counts {
        let same = |entry: &Entry| entry.before == entry.after && entry.cause.is_none();
        let listed = |entry: &Entry| entry.before.is_none() && entry.after == Some(Owner::Application);
        assert!(count.entries.iter().all(|entry| same(entry) || listed(entry)), "{seed} {figure:?}");
    }
    assert_eq!(ledger.before, before.counted, "{seed}");
}

/// L2 for what is counted: per owner and in total; each line has a cause that is at work in the case.
fn every_difference_of_a_count_is_booked(worked: &Worked) {
    let Worked { seed, bundle, after, .. } = worked;
    let causes = Causes::all(bundle);
    let view = worked.view(&causes);
    for (figure, count) in &after.counts {
        let lines = lines(count);
        let mut sums: BTreeMap<Owner, i64> = BTreeMap::new();
        for Line { thing, owner, delta, cause } in &lines {
            *sums.entry(*owner).or_default() += delta;
            let at_work = |measure| view.measures().any(|(index, _)| index == measure);
            assert!(measure_of(*cause).is_none_or(at_work), "{seed} {figure:?} {thing:?} {cause:?}");
        }
        for (owner, (before, after)) in shares(count) {
            // What nobody attributes to an item is no difference: before it is not known.
            if owner != Owner::Application {
                assert_eq!(before + sums.get(&owner).unwrap_or(&0), after, "{seed} {figure:?} {owner:?}");
            }
        }
        if let (Ok(before), Ok(after)) = (&count.before, &count.after) {
            assert_eq!(before + sums.values().sum::<i64>(), *after, "{seed} {figure:?}");
        }
    }
}

/// L2 for time: Σ t and the lines come to Σ t′ and to what is after; which steps can only shorten, which only lengthen.
fn every_difference_of_time_is_booked(worked: &Worked) {
    let Worked { seed, after, ledger, .. } = worked;
    assert_eq!(ledger.after, after.counted, "{seed}");
    let up_to = |step: u8| {
        let own = ledger.lines.iter().filter(|line| line.step <= step).map(|line| line.delta.clone());
        plus(ledger.before.clone(), sum(own))
    };
    let close = |lines: Known<Length>, figure: &Known<Length>| {
        if let Ok(length) = lines {
            assert_eq!(Ok(length), *figure, "{seed}");
        }
    };
    close(up_to(4), &ledger.serial);
    close(up_to(8), &ledger.after);
    let mut steps: Vec<u8> = ledger.lines.iter().map(|line| line.step).collect();
    assert!(steps.is_sorted(), "{seed}");
    steps.dedup();
    assert!(steps.ends_with(&[8]) && steps.contains(&5));
    let first = ledger.lines.iter().position(|line| line.delta.is_err()).unwrap_or(ledger.lines.len());
    assert!(ledger.lines[first..].iter().all(|line| line.delta.is_err()), "{seed}");
    for line in &ledger.lines[..first] {
        let delta = line.delta.clone().unwrap().eighths;
        match line.step {
            6 => {}
            8 => assert!(delta >= 0, "{seed} {line:?}"),
            _ => assert!(delta <= 0, "{seed} {line:?}"),
        }
    }
}

/// One of each paper of each holder that somebody still asks for, one form, each element once.
fn figures_are_those_of_the_definition(worked: &Worked) {
    let Worked { seed, bundle, case, after, .. } = worked;
    let papers = &after.counts[&Figure::Materials];
    let merely_merged = |entry: &&Entry| matches!(entry.cause, Some(Cause::SameDocument | Cause::OneForm));
    let asked = papers.entries.iter().filter(|entry| entry.after.is_some() || merely_merged(entry));
    let asked: BTreeSet<_> =
        asked.map(|entry| if let Thing::Form(..) = entry.thing { None } else { Some(entry.thing) }).collect();
    let left = papers.entries.iter().filter(|entry| entry.after.is_some()).count();
    assert_eq!(asked.len(), left, "{seed}");
    let kinds = &after.counts[&Figure::Kinds];
    assert_eq!(kinds.after, papers.after, "{seed}");
    assert!(kinds.before.is_err() || kinds.before <= papers.before, "{seed}");
    // The same papers before, each row of each item that is taken.
    let rows: usize = (0..bundle.items.len())
        .filter(|&item| case.taken[item])
        .map(|item| {
            let own = &bundle.items[item];
            let forms = own.forms.iter().filter(|form| form.when.holds(&case.answers)).count();
            let listed = bundle.list.iter().flat_map(|(rows, _)| rows).filter(|row| row.asked_by.contains(&item));
            let rows = own.rows.iter().chain(listed.map(|row| &row.row));
            forms + rows.filter(|row| row.when.holds(&case.answers)).count()
        })
        .sum();
    if let Ok(before) = papers.before {
        assert_eq!(before, rows as i64, "{seed}");
    }
    let causes = Causes::all(bundle);
    let view = worked.view(&causes);
    for by in [By::Item, By::Agency] {
        if let Ok(visits) = after.counts[&Figure::Visits(by)].after {
            assert_eq!(visits, visits_of_one_application(&view), "{seed}");
        }
        if let Ok(steps) = after.counts[&Figure::Steps(by)].after {
            assert_eq!(steps, view.items().len().min(1) as i64, "{seed}");
        }
    }
}

/// One hand-in unless every item is done online, each place where one has to be, one collection.
fn visits_of_one_application(view: &View) -> i64 {
    let bundle = view.bundle;
    let online = |item: usize| {
        let covers = |what: &What| matches!(what, What::Online { items } if items.is_empty() || items.contains(&item));
        bundle.items[item].channels == [Channel::Online] || view.measures().any(|(_, measure)| covers(&measure.what))
    };
    let hand_in = view.items().into_iter().any(|item| !online(item));
    let mut places: BTreeSet<(Kind, Result<usize, usize>)> = BTreeSet::new();
    for item in view.items() {
        for place in stages(view, item) {
            let stage = &bundle.items[item].stages[place];
            let joint = joints(view).into_iter().find(|own| own.kind == stage.kind && own.members.contains(&item));
            if stage.presence {
                places.insert((stage.kind, joint.map_or(Err(item), |joint| Ok(joint.measure))));
            }
        }
    }
    let to_be_fetched = bundle.delivery.as_ref().is_some_and(|ways| *ways == [Channel::Window]);
    let papers = view.items().into_iter().any(|item| !issues(view, item).is_empty());
    i64::from(hand_in) + places.len() as i64 + i64::from(to_be_fetched && papers)
}

/// Going through all chains and finishing one task after the other come to the same.
fn the_longest_chain_is_the_last_to_finish(worked: &Worked) {
    let Worked { seed, after, .. } = worked;
    let order = &after.order;
    let mut finish: BTreeMap<usize, Known<Length>> = BTreeMap::new();
    while finish.len() < order.tasks.len() {
        for (task, own) in order.tasks.iter().enumerate() {
            if own.waits.iter().all(|before| finish.contains_key(before)) {
                let start = longest(own.waits.iter().map(|before| finish[before].clone()));
                finish.insert(task, plus(start, own.counted.clone()));
            }
        }
    }
    let (last, path) = (longest(finish.into_values()), order.path(Clock::Counted));
    assert!(last == path || last.is_err() && path.is_err(), "{seed} {last:?} {path:?}");
}

/// L8 is the generator's to keep; a promise that holds or breaks does so by what is known of the time.
fn verdicts_agree_with_the_time(worked: &Worked) {
    let Worked { seed, bundle, case, after, .. } = worked;
    assert_eq!(conflicts(bundle, case), [], "{seed}");
    let counted = &after.counted;
    let promise = match &bundle.promise {
        Promise::Single(length) => bundle.read(*length),
        _ => return,
    };
    let verdict = verdict(bundle, case).unwrap();
    if let (Ok(length), true) = (counted, counted.as_ref().is_ok_and(|own| is_less(promise, *own).is_some())) {
        let broken = is_less(promise, *length) == Some(true);
        assert_eq!(matches!(verdict, Verdict::Broken(_)), broken, "{seed} {verdict:?}");
        assert_eq!(verdict == Verdict::Holds, !broken, "{seed} {verdict:?}");
    }
}

/// L1: where no measure is written and one application has nothing to merge, after is before.
#[test]
fn where_nothing_is_merged_nothing_is_saved() {
    let mut seen = 0;
    each(BUNDLES / 4, |worked| {
        let Worked { seed, bundle, case, .. } = *worked;
        let mut bundle = bundle.clone();
        (bundle.measures, bundle.capabilities, bundle.list) = (Vec::new(), Vec::new(), None);
        (bundle.acceptance, bundle.issue) = (None, None);
        let [item] = View { bundle: &bundle, case, causes: &Causes::none(&bundle) }.taken()[..] else { return };
        bundle.items[item].forms.truncate(1);
        let after = state(&bundle, case, &Causes::all(&bundle)).unwrap();
        for (figure, count) in &after.counts {
            assert_eq!(count.before, count.after, "{seed} {figure:?}");
        }
        let before = state(&bundle, case, &Causes::none(&bundle)).unwrap();
        assert_eq!((before.counted, before.elapsed), (after.counted, after.elapsed), "{seed}");
        seen += 1;
    });
    assert!(seen > BUNDLES / 16, "{seen}");
}

/// L3: what is known does not depend on what is not: whatever is filled in, the figure stays.
#[test]
fn a_known_figure_rests_on_nothing_unknown() {
    each(BUNDLES / 4, |worked| {
        let Worked { seed, bundle, case, .. } = *worked;
        let causes = [Causes::none(bundle), Causes::all(bundle)];
        for days in [0, 50] {
            let mut filled = bundle.clone();
            for (place, item) in filled.items.iter_mut().enumerate() {
                item.limit = item.limit.or(Some(Length::days(days)));
                item.agency = item.agency.or(Some("丁局"));
                let last = Length::days(days + place as i64);
                for stage in item.stages.iter_mut().filter(|stage| stage.uncounted) {
                    stage.length = stage.length.or(Some(last));
                }
                if bundle.list.is_none() && item.list != List::Nothing && item.list != (List::Rows { complete: true }) {
                    item.list = List::Rows { complete: true };
                    item.rows.extend(["新图", "新表"].map(super::build::row).into_iter().take(days as usize));
                    if item.forms.is_empty() && days > 0 {
                        item.forms.push(super::build::form("新表", &["新项"]));
                    }
                }
                for form in item.forms.iter_mut().filter(|form| form.fields.is_empty()) {
                    form.fields = vec![("新项", Cond::Always)];
                }
            }
            for causes in &causes {
                let (written, filled) = (state(bundle, case, causes).unwrap(), state(&filled, case, causes).unwrap());
                let stays = |written: &Known<i64>, filled: &Known<i64>, figure: Figure| {
                    assert!(written.is_err() || written == filled, "{seed} {figure:?} {written:?} {filled:?}");
                };
                for figure in FIGURES {
                    let (written, filled) = (&written.counts[&figure], &filled.counts[&figure]);
                    stays(&written.before, &filled.before, figure);
                    stays(&written.after, &filled.after, figure);
                }
                for (written, filled) in [(&written.counted, &filled.counted), (&written.elapsed, &filled.elapsed)] {
                    assert!(written.is_err() || written == filled, "{seed} {written:?} {filled:?}");
                }
            }
        }
    });
}

/// L3: nobody's list, nobody's figure.
#[test]
fn what_nobody_wrote_is_missed() {
    each(BUNDLES / 8, |worked| {
        let Worked { seed, bundle, case, .. } = *worked;
        let mut blank = bundle.clone();
        let causes = Causes::all(bundle);
        let items = View { bundle, case, causes: &causes }.items();
        let Some(&item) = items.last() else { return };
        blank.items[item].list = List::Rows { complete: false };
        (blank.items[item].limit, blank.items[item].stages) = (None, Vec::new());
        for target in blank.items.iter_mut().flat_map(|item| &mut item.before) {
            if let Target::Stage(first, _) = *target {
                *target = Target::Item(first);
            }
        }
        blank.measures.iter_mut().for_each(|measure| {
            if let What::Lift { instead, .. } = &mut measure.what {
                *instead = None;
            }
        });
        let Ok(after) = state(&blank, case, &causes) else { return };
        let missed = |known: Option<&BTreeSet<Missing>>, what| known.is_some_and(|lacks| lacks.contains(&what));
        let count = &after.counts[&Figure::Materials];
        assert!(missed(count.before.as_ref().err(), Missing::Materials(item)), "{seed}");
        assert!(missed(count.after.as_ref().err(), Missing::Materials(item)), "{seed}");
        assert!(missed(after.counted.as_ref().err(), Missing::Time(item)), "{seed}");
        assert!(
            missed(after.counts[&Figure::Steps(By::Activity)].after.as_ref().err(), Missing::Stages(item)),
            "{seed}"
        );
    });
}

/// L7: without the measures that rest on nothing, no figure is lower.
#[test]
fn measures_without_ground_are_those_that_reduce() {
    let mut seen = 0;
    for seed in 0..BUNDLES / 12 {
        let bundle = generate::bundle(seed);
        if cases(&bundle).len() > 60 {
            continue;
        }
        let groundless = unfounded(&bundle).unwrap();
        assert!(groundless.iter().all(|&measure| !bundle.measures[measure].grounded), "{seed}");
        seen += groundless.len();
        let kept = bundle.measures.iter().filter(|measure| measure.grounded).cloned().collect();
        assert_eq!(unfounded(&Bundle { measures: kept, ..bundle }).unwrap(), BTreeSet::new(), "{seed}");
    }
    assert!(seen > 15, "{seen}");
}

/// A generator that never draws a thing tests nothing of it.
#[derive(Default)]
struct Seen(BTreeMap<String, u32>);

impl Seen {
    fn one(&mut self, what: &str) {
        let word = what.split('(').next().expect("there is a first");
        *self.0.entry(word.to_owned()).or_default() += 1;
    }

    fn note(&mut self, worked: &Worked) {
        let Worked { bundle, case, after, ledger, .. } = worked;
        for (figure, count) in &after.counts {
            for line in lines(count) {
                self.one(&format!("{:?}", line.cause));
            }
            let known = if count.after.is_ok() { "known" } else { "unknown" };
            *self.0.entry(format!("{figure:?} {known}")).or_default() += 1;
        }
        for lack in lacks(after) {
            self.one(&format!("{lack:?}"));
        }
        for line in &ledger.lines {
            let delta = line.delta.as_ref().map_or(0, |delta| delta.eighths);
            if delta != 0 {
                self.one(&format!("step {} {}", line.step, if delta > 0 { "longer" } else { "shorter" }));
            }
        }
        self.one(&format!("{:?}", verdict(bundle, case).unwrap()));
        let deferred = after.counts[&Figure::Materials].entries.iter().any(|entry| entry.deferred);
        self.one(&format!("deferred {deferred}"));
        self.one(&format!("grouped {}", !bundle.groups.is_empty()));
    }

    fn everything_often(&self) {
        let wanted = "OneForm Produced Exempt Commitment Abolished SameDocument ItemGone Added NoFill StageGone Joint Online OneSubmission \
         Materials BundleList Attribution Forms Fields Time Uncounted Inside Units Order Agency Stages Channels \
         Nothing Holds Broken Open";
        let steps = ["step 1 shorter", "step 2 shorter", "step 3 shorter", "step 4 shorter", "step 5 shorter"];
        let more =
            ["step 6 shorter", "step 6 longer", "step 7 shorter", "step 8 longer", "deferred true", "grouped true"];
        for what in wanted.split_whitespace().chain(steps).chain(more) {
            assert!(self.0.get(what).is_some_and(|times| *times >= 10), "{what}: {:#?}", self.0);
        }
        for figure in FIGURES {
            for known in ["known", "unknown"] {
                let what = format!("{figure:?} {known}");
                assert!(self.0.get(&what).is_some_and(|times| *times > BUNDLES as u32 / 8), "{what}: {:#?}", self.0);
            }
        }
    }
}
