//! Random bundles: every kind of feature often, two measures for one thing never in one case, no cycles.

use super::checks::{Set, clash, related, sets};
use super::model::*;
use super::order::Order;
use super::view::{Causes, View, cases};

pub const ITEMS: [Name; 6] = ["甲证", "乙证", "丙证", "丁证", "戊证", "己证"];
pub const DOCUMENTS: [Name; 8] = ["身份证", "执照", "图纸", "合同", "证明", "照片", "许可证", "批文"];
pub const HOLDERS: [Name; 2] = ["经营者", "代理人"];
pub const AGENCIES: [Name; 3] = ["甲局", "乙局", "丙局"];
pub const FIELDS: [Name; 6] = ["姓名", "电话", "地址", "面积", "用途", "账号"];
const FORMS: [Name; 6] = ["甲表", "乙表", "丙表", "丁表", "戊表", "己表"];
const KINDS: [Kind; 11] = [
    Kind::Receipt,
    Kind::Acceptance,
    Kind::Review,
    Kind::Inspection,
    Kind::Assessment,
    Kind::FinalInspection,
    Kind::Testing,
    Kind::Notice,
    Kind::Decision,
    Kind::Making,
    Kind::Delivery,
];
const JOINT: [Kind; 3] = [Kind::Inspection, Kind::Assessment, Kind::FinalInspection];

/// The same throws for the same seed.
pub struct Dice(u64);

impl Dice {
    pub fn new(seed: u64) -> Dice {
        Dice(seed.wrapping_mul(0x9e37_79b9_7f4a_7c15))
    }

    pub fn below(&mut self, bound: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        ((mixed ^ (mixed >> 31)) % bound as u64) as usize
    }

    pub fn percent(&mut self, chance: usize) -> bool {
        self.below(100) < chance
    }

    pub fn pick<T: Copy>(&mut self, all: &[T]) -> T {
        all[self.below(all.len())]
    }

    /// Some of them, in their order.
    fn some<T: Copy>(&mut self, all: &[T], chance: usize) -> Vec<T> {
        all.iter().copied().filter(|_| self.percent(chance)).collect()
    }
}

struct Draw {
    dice: Dice,
    questions: Vec<Question>,
    mixed: bool,
    unit: Unit,
    /// Stages everywhere, each with its length, and few that wait for others: there joint work matters.
    joint: bool,
    /// Stages everywhere.
    staged: bool,
    /// No item says how it is applied for.
    silent: bool,
}

impl Draw {
    fn leaf(&mut self) -> Cond {
        let question = self.dice.below(self.questions.len());
        let own = self.questions[question].clone();
        let test = match own.answers {
            Answers::YesNo => Cond::Yes(question),
            Answers::Options(options) => Cond::Is(question, self.dice.below(options.len()) as i64),
            Answers::Number(least, most) => {
                Cond::AtMost(question, least + self.dice.below((most - least) as usize) as i64)
            }
        };
        // What is not asked has no answer; so the condition says when it is asked.
        own.when.and(if self.dice.percent(25) { test.not() } else { test })
    }

    fn cond(&mut self) -> Cond {
        if self.questions.is_empty() {
            return Cond::Always;
        }
        let parts = |draw: &mut Draw| vec![draw.leaf(), draw.leaf()];
        match self.dice.below(6) {
            0 => Cond::All(parts(self)),
            1 => Cond::Any(parts(self)),
            _ => self.leaf(),
        }
    }

    fn when(&mut self, chance: usize) -> Cond {
        if self.dice.percent(chance) { self.cond() } else { Cond::Always }
    }

    fn unit(&mut self) -> Unit {
        let units = [Unit::WorkingDay, Unit::NaturalDay, Unit::Hour];
        if self.mixed { self.dice.pick(&units) } else { self.unit }
    }

    fn length(&mut self, unit: Unit) -> Length {
        match unit {
            Unit::Hour => Length::new(unit, 8 * self.dice.below(20) as i64),
            _ => Length::new(unit, 4 * self.dice.below(21) as i64),
        }
    }

    fn stages(&mut self, unit: Unit) -> Vec<Stage> {
        // Lengths for all, for none, or for some.
        let chance = if self.joint && self.dice.percent(85) { 100 } else { self.dice.pick(&[100, 100, 0, 60]) };
        let mut kinds = self.dice.some(&KINDS, 35);
        if self.joint {
            kinds.extend(JOINT.iter().filter(|_| self.dice.percent(60)));
            kinds.sort_unstable();
            kinds.dedup();
        }
        // Not always in the order that reason wants.
        if kinds.len() > 1 && self.dice.percent(20) {
            let place = self.dice.below(kinds.len() - 1);
            kinds.swap(place, place + 1);
        }
        let stage = |kind: Kind| {
            let later = matches!(kind, Kind::Notice | Kind::Testing | Kind::Assessment);
            let uncounted = later && self.dice.percent(50);
            let unit = if uncounted && self.dice.percent(50) { Unit::NaturalDay } else { unit };
            let seen = matches!(kind, Kind::Inspection | Kind::Assessment | Kind::Testing | Kind::Decision);
            Stage {
                kind,
                length: self.dice.percent(chance).then(|| self.length(unit)),
                when: self.when(20),
                uncounted,
                presence: seen && self.dice.percent(40),
            }
        };
        kinds.into_iter().map(stage).collect()
    }

    fn row(&mut self) -> Row {
        let copies = [(1, 0), (0, 1), (3, 0), (1, 1), (2, 1)];
        Row {
            paper: Paper::Document(self.dice.pick(&DOCUMENTS)),
            holder: self.dice.percent(40).then(|| self.dice.pick(&HOLDERS)),
            copies: self.dice.percent(60).then(|| self.dice.pick(&copies)),
            when: self.when(30),
            necessary: self.dice.percent(85),
        }
    }

    fn item(&mut self, place: usize, before: &[Item]) -> Item {
        let unit = self.unit();
        let stages = if self.staged || self.joint || self.dice.percent(50) { self.stages(unit) } else { Vec::new() };
        // What the stages come to is no more than the item takes.
        let known = stages.iter().filter(|stage| !stage.uncounted).filter_map(|stage| stage.length);
        let known: i64 = known.map(|length| length.eighths).sum();
        let extra = 8 * self.dice.below(6) as i64;
        let limit = self.dice.percent(92).then(|| Length::new(unit, known + extra));
        let mut list = Vec::new();
        for (first, item) in before.iter().enumerate() {
            if !self.dice.percent(if self.joint { 12 } else { 40 }) {
                continue;
            }
            let stage = (!item.stages.is_empty() && self.dice.percent(30)).then(|| self.dice.below(item.stages.len()));
            list.push(stage.map_or(Target::Item(first), |stage| Target::Stage(first, item.stages[stage].kind)));
        }
        let forms: Vec<Form> = (0..self.dice.pick(&[0, 0, 1, 1, 2]))
            .map(|own| {
                let fields = if self.dice.percent(85) { self.dice.some(&FIELDS, 40) } else { Vec::new() };
                let fields = fields.into_iter().map(|field| (field, self.when(20))).collect();
                Form { name: FORMS[(place + 3 * own) % 6], when: self.when(15), fields }
            })
            .collect();
        let written = self.dice.below(100);
        let (list_of_rows, rows) = match written {
            0..8 => (List::Unwritten, Vec::new()),
            8..16 => (List::Nothing, Vec::new()),
            _ => {
                let mut rows: Vec<Row> = Vec::new();
                for _ in 0..1 + self.dice.below(4) {
                    let row = self.row();
                    if rows.iter().all(|own| (own.paper, own.holder) != (row.paper, row.holder)) {
                        rows.push(row);
                    }
                }
                // Now and then what an earlier item issues.
                let results = before.iter().flat_map(|item| &item.results);
                for result in results.cloned().collect::<Vec<_>>() {
                    let paper = Paper::Document(result.document);
                    let known = rows.iter().any(|own| (own.paper, own.holder) == (paper, result.holder));
                    if !known && self.dice.percent(50) {
                        rows.push(Row { paper, holder: result.holder, ..self.row() });
                    }
                }
                (List::Rows { complete: written >= 21 }, rows)
            }
        };
        let results = (0..self.dice.below(2)).map(|_| CaseState {
            document: self.dice.pick(&DOCUMENTS),
            holder: self.dice.percent(25).then(|| self.dice.pick(&HOLDERS)),
            when: self.when(20),
        });
        let results = results.collect();
        let channels =
            [vec![], vec![], vec![Channel::Window], vec![Channel::Window, Channel::Online], vec![Channel::Online]];
        Item {
            name: ITEMS[place],
            agency: self.dice.percent(92).then(|| self.dice.pick(&AGENCIES)),
            when: self.when(30),
            mandatory: self.dice.percent(40),
            limit,
            stages,
            before: list,
            forms,
            list: list_of_rows,
            rows,
            results,
            channels: channels[if self.silent { 0 } else { self.dice.below(channels.len()) }].clone(),
            visits: (!self.silent && self.dice.percent(20)).then(|| self.dice.below(3) as i64),
        }
    }

    fn what(&mut self, bundle: &Bundle) -> Option<What> {
        let count = bundle.items.len();
        let item = self.dice.below(count);
        let own = &bundle.items[item];
        let stage = (!own.stages.is_empty()).then(|| own.stages[self.dice.below(own.stages.len())].kind);
        let asked: Vec<&Row> = bundle.items.iter().flat_map(|item| &item.rows).collect();
        let kind = if self.joint && self.dice.percent(35) { 2 } else { self.dice.below(14) };
        Some(match kind {
            0 | 1 => {
                let lengths = [own.limit].into_iter().chain(own.stages.iter().map(|stage| stage.length)).flatten();
                let unit = lengths.map(|length| length.unit).next().unwrap_or(self.unit);
                let unit = if self.dice.percent(5) { Unit::NaturalDay } else { unit };
                let stage = stage.filter(|_| self.dice.percent(40));
                What::Compress { item, stage, to: self.length(unit) }
            }
            2 | 3 => {
                let kind = self.dice.pick(&JOINT);
                let has = |item: &usize| bundle.items[*item].stages.iter().any(|stage| stage.kind == kind);
                let mut items: Vec<usize> = (0..count).filter(has).collect();
                items.truncate(3);
                let pairs = items.iter().flat_map(|one| items.iter().map(move |other| (*one, *other)));
                if items.len() < 2 || pairs.into_iter().any(|(one, other)| related(bundle, one, other)) {
                    return None;
                }
                let unit = bundle.items[items[0]].limit.map_or(self.unit, |limit| limit.unit);
                let limit = Length::new(unit, 8 * self.dice.below(5) as i64);
                let limit = self.dice.percent(50).then_some(limit);
                What::Joint { kind, items, limit }
            }
            4 => What::DropStage { item, stage: stage? },
            5 => {
                let firsts = own.before.iter().filter_map(|target| match target {
                    Target::Item(first) | Target::Stage(first, _) => Some(*first),
                    Target::Group(_) => None,
                });
                let firsts: Vec<usize> = firsts.collect();
                let first = *firsts.get(self.dice.below(firsts.len().max(1)))?;
                let stages = &bundle.items[first].stages;
                let instead = (!stages.is_empty() && self.dice.percent(40)).then(|| self.dice.below(stages.len()));
                What::Lift { item, first, instead: instead.map(|stage| stages[stage].kind) }
            }
            6 => {
                let row = Row { copies: None, necessary: true, ..self.row() };
                let same = |own: &Row| (own.paper, own.holder) == (row.paper, row.holder);
                if own.rows.iter().any(same) {
                    return None;
                }
                What::AddRow { item, row }
            }
            7..=9 => {
                let row = *asked.get(self.dice.below(asked.len().max(1)))?;
                let Paper::Document(document) = row.paper else { return None };
                let measure = match self.dice.below(4) {
                    0 => PaperMeasure::Abolish,
                    1 => PaperMeasure::Commitment,
                    2 => PaperMeasure::Defer,
                    _ => PaperMeasure::Exempt(self.dice.pick(&[Way::ELicence, Way::DataShare, Way::Verification])),
                };
                let asking =
                    (0..count).filter(|&item| bundle.items[item].rows.iter().any(|own| own.paper == row.paper));
                let items = if self.dice.percent(50) { Vec::new() } else { asking.collect() };
                What::Paper { measure, items, document, holder: row.holder.filter(|_| self.dice.percent(50)) }
            }
            10 => What::CommitItem { item, to: self.dice.percent(40).then(|| self.length(self.unit)) },
            11 => match self.dice.below(3) {
                0 => What::DropItem { item },
                _ => {
                    let into = self.dice.below(count);
                    let awaited = bundle.items.iter().any(|own| {
                        own.before.iter().any(|target| match *target {
                            Target::Item(first) | Target::Stage(first, _) => first == item,
                            Target::Group(group) => bundle.groups[group].members.contains(&item),
                        })
                    });
                    let grouped = bundle.group_of(item).or(bundle.group_of(into)).is_some();
                    if into == item || into > item && awaited || grouped {
                        return None;
                    }
                    What::MergeItem { item, into }
                }
            },
            12 => What::Online { items: if self.dice.percent(40) { Vec::new() } else { vec![item] } },
            _ => What::NoFill {
                items: if self.dice.percent(50) { Vec::new() } else { vec![item] },
                field: self.dice.pick(&FIELDS),
            },
        })
    }

    fn measures(&mut self, bundle: &mut Bundle) {
        for _ in 0..self.dice.below(8) {
            let Some(what) = self.what(bundle) else { continue };
            if !fits(bundle, &what) {
                continue;
            }
            let when = self.when(25);
            let first = bundle.measures.len();
            bundle.measures.push(Measure { what: what.clone(), when: when.clone(), grounded: self.dice.percent(75) });
            // Another length for everybody else is no second measure for the same thing.
            if let (What::Compress { item, stage, to }, true) = (what, when != Cond::Always) {
                let to = self.length(to.unit);
                let what = What::Compress { item, stage, to };
                bundle.measures.push(Measure { what, when: when.not(), grounded: true });
            }
            if goes_round(bundle) {
                bundle.measures.truncate(first);
            }
        }
    }
}

/// Whether a measure sets nothing that another sets, whatever the case.
fn fits(bundle: &Bundle, what: &What) -> bool {
    let own = sets(bundle, what);
    let merged = |what: &What| match what {
        What::MergeItem { item, into } => vec![*item, *into],
        What::DropItem { item } | What::CommitItem { item, .. } => vec![*item],
        _ => Vec::new(),
    };
    // A joint work that has a length sets that of its stages.
    let lengths = |what: &What| match what {
        What::Joint { items, limit: Some(_), .. } => items.iter().map(|item| Set::Length(*item, None)).collect(),
        _ => Vec::new(),
    };
    bundle.measures.iter().all(|measure| {
        let theirs = sets(bundle, &measure.what);
        let one = own.iter().copied().chain(lengths(what)).collect::<Vec<_>>();
        let other = theirs.iter().copied().chain(lengths(&measure.what)).collect::<Vec<_>>();
        !one.iter().any(|one| other.iter().any(|other| clash(one, other)))
            && !merged(what).iter().any(|item| merged(&measure.what).contains(item))
    })
}

/// Whether some case goes round in a circle, after all measures or between them.
fn goes_round(bundle: &Bundle) -> bool {
    if !bundle.measures.iter().any(|measure| matches!(measure.what, What::Joint { .. } | What::MergeItem { .. })) {
        return false;
    }
    let unlifted = |causes: &mut Causes| {
        for (index, measure) in bundle.measures.iter().enumerate() {
            causes.measures[index] = !matches!(measure.what, What::Lift { .. });
        }
    };
    cases(bundle).iter().any(|case| {
        let mut causes = Causes::all(bundle);
        let round = Order::new(&View { bundle, case, causes: &causes }).is_err();
        unlifted(&mut causes);
        round || Order::new(&View { bundle, case, causes: &causes }).is_err()
    })
}

fn questions(dice: &mut Dice) -> Vec<Question> {
    let colours = Answers::Options(vec!["红", "黄", "蓝"]);
    let pool = [("子", Answers::YesNo), ("丑", colours), ("寅", Answers::Number(1, 9)), ("卯", Answers::YesNo)];
    let mut list: Vec<Question> = Vec::new();
    for (name, answers) in pool {
        if list.len() < 3 && dice.percent(50) {
            let first = list.iter().position(|own| matches!(own.answers, Answers::YesNo) && own.when == Cond::Always);
            let when = first.filter(|_| dice.percent(30)).map_or(Cond::Always, Cond::Yes);
            list.push(Question { name, answers, when });
        }
    }
    list
}

pub fn bundle(seed: u64) -> Bundle {
    let mut dice = Dice::new(seed);
    let mut questions = questions(&mut dice);
    let count = 1 + dice.below(5);
    let group = (count > 2 && dice.percent(25)).then(|| {
        let first = dice.below(count - 1);
        let members: Vec<usize> = (first..(first + 2 + dice.below(2)).min(count)).collect();
        // One answer more than members: who needs none of them.
        let options = ["一", "二", "三", "四"][..members.len() + dice.below(2)].to_vec();
        questions.push(Question { name: "哪种", answers: Answers::Options(options), when: Cond::Always });
        Group { name: "某证", question: questions.len() - 1, members }
    });
    let mixed = dice.percent(15);
    let unit = if dice.percent(12) { Unit::NaturalDay } else { Unit::WorkingDay };
    let (joint, staged, silent) = (dice.percent(25), dice.percent(30), dice.percent(20));
    let mut draw = Draw { dice, questions: questions.clone(), mixed, unit, joint, staged, silent };
    let mut items: Vec<Item> = Vec::new();
    for place in 0..count {
        let mut item = draw.item(place, &items);
        let Some(group) = &group else {
            items.push(item);
            continue;
        };
        let in_group = |target: &Target| matches!(target, Target::Item(first) | Target::Stage(first, _) if group.members.contains(first));
        if let Some(option) = group.members.iter().position(|member| *member == place) {
            item.when = Cond::Is(group.question, option as i64);
            item.before.retain(|target| !in_group(target));
        } else if item.before.iter().any(in_group) {
            item.before.retain(|target| !in_group(target));
            item.before.push(Target::Group(0));
            if matches!(item.list, List::Rows { .. }) {
                item.rows.push(Row { paper: Paper::ResultOf(0), holder: None, ..draw.row() });
            }
        }
        items.push(item);
    }
    let excluded = if draw.dice.percent(15) { vec![draw.cond()] } else { Vec::new() };
    let excluded = excluded.into_iter().filter(|cond| *cond != Cond::Always).collect();
    let list = draw.dice.percent(25).then(|| {
        let rows = (0..1 + draw.dice.below(3)).map(|_| {
            let all: Vec<usize> = (0..count).collect();
            BundleRow {
                row: draw.row(),
                asked_by: if draw.dice.percent(50) { draw.dice.some(&all, 50) } else { Vec::new() },
            }
        });
        (rows.collect(), draw.dice.percent(80))
    });
    let capabilities = draw.dice.some(&DOCUMENTS, 15).into_iter();
    let capabilities =
        capabilities.map(|own| (own, draw.dice.pick(&[Way::ELicence, Way::DataShare, Way::Verification]))).collect();
    let promise = match draw.dice.below(4) {
        0 => Promise::None,
        1 if !draw.questions.is_empty() => {
            let when = draw.leaf();
            let mut list = vec![(when.clone(), draw.length(unit))];
            if draw.dice.percent(70) {
                list.push((when.not(), draw.length(unit)));
            }
            Promise::ByCase(list)
        }
        _ => Promise::Single(Length::new(unit, 8 * (1 + draw.dice.below(30) as i64))),
    };
    let channels = [vec![], vec![Channel::Window], vec![Channel::Window, Channel::Online], vec![Channel::Online]];
    let delivery =
        [None, Some(vec![Channel::Window]), Some(vec![Channel::Window, Channel::Post]), Some(vec![Channel::Online])];
    let mut bundle = Bundle {
        questions,
        excluded,
        items,
        groups: group.into_iter().collect(),
        list,
        measures: Vec::new(),
        capabilities,
        acceptance: draw.dice.percent(20).then(|| draw.length(unit)),
        issue: draw.dice.percent(20).then(|| draw.length(unit)),
        promise,
        channels: channels[if silent { 0 } else { draw.dice.below(channels.len()) }].clone(),
        visits: draw.dice.percent(if silent { 10 } else { 30 }).then(|| draw.dice.below(4) as i64),
        delivery: delivery[draw.dice.below(delivery.len())].clone(),
        no_order: draw.dice.percent(40),
        hours_convert: draw.dice.percent(40),
    };
    if cases(&bundle).is_empty() {
        bundle.excluded.clear();
    }
    draw.measures(&mut bundle);
    bundle
}
