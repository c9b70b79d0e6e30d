//! A case, the causes that are at work, and what that makes of items and measures.

use super::model::{Answers, Bundle, Cond, Measure, What};

/// The answers, and which of the items that apply the applicant takes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Case {
    pub answers: Vec<i64>,
    pub taken: Vec<bool>,
}

/// Every answer that a condition can tell apart from the others.
fn answers(bundle: &Bundle, question: usize) -> Vec<i64> {
    match &bundle.questions[question].answers {
        Answers::YesNo => vec![0, 1],
        Answers::Options(options) => (0..options.len() as i64).collect(),
        Answers::Number(least, most) => {
            let mut list = vec![*least, *most];
            let mut look = |cond: &Cond| thresholds(cond, question, &mut list);
            bundle.excluded.iter().for_each(&mut look);
            for item in &bundle.items {
                look(&item.when);
                item.stages.iter().for_each(|stage| look(&stage.when));
                item.rows.iter().for_each(|row| look(&row.when));
                item.results.iter().for_each(|result| look(&result.when));
                for form in &item.forms {
                    look(&form.when);
                    form.fields.iter().for_each(|(_, when)| look(when));
                }
            }
            for measure in &bundle.measures {
                look(&measure.when);
                if let What::AddRow { row, .. } = &measure.what {
                    look(&row.when);
                }
            }
            if let Some((rows, _)) = &bundle.list {
                rows.iter().for_each(|row| look(&row.row.when));
            }
            if let super::model::Promise::ByCase(list) = &bundle.promise {
                list.iter().for_each(|(when, _)| look(when));
            }
            list.retain(|answer| (*least..=*most).contains(answer));
            list.sort_unstable();
            list.dedup();
            list
        }
    }
}

fn thresholds(cond: &Cond, question: usize, list: &mut Vec<i64>) {
    match cond {
        Cond::AtMost(own, bound) if *own == question => list.extend([*bound, bound + 1]),
        Cond::All(parts) | Cond::Any(parts) => parts.iter().for_each(|part| thresholds(part, question, list)),
        Cond::Not(part) => thresholds(part, question, list),
        _ => {}
    }
}

/// Every case that somebody can have. A question that is not asked has its first answer, so that it makes no difference.
pub fn cases(bundle: &Bundle) -> Vec<Case> {
    let mut lists: Vec<Vec<i64>> = vec![Vec::new()];
    for question in 0..bundle.questions.len() {
        let possible = answers(bundle, question);
        lists = lists
            .into_iter()
            .flat_map(|given| {
                // It is asked according to what was answered before it.
                let asked = bundle.questions[question].when.holds(&given);
                let taken = if asked { possible.clone() } else { possible[..1].to_vec() };
                taken.into_iter().map(move |answer| [given.clone(), vec![answer]].concat())
            })
            .collect();
    }
    lists.retain(|given| !bundle.excluded.iter().any(|cond| cond.holds(given)));
    let mut cases = Vec::new();
    for answers in lists {
        let applies: Vec<usize> =
            (0..bundle.items.len()).filter(|&item| bundle.items[item].when.holds(&answers)).collect();
        for chosen in 1..1u32 << applies.len() {
            let mut taken = vec![false; bundle.items.len()];
            for (place, item) in applies.iter().enumerate() {
                taken[*item] = chosen >> place & 1 == 1;
            }
            if applies.iter().all(|&item| taken[item] || !bundle.items[item].mandatory) {
                cases.push(Case { answers: answers.clone(), taken });
            }
        }
    }
    cases
}

/// What is at work: each thing that one application does by itself, and each measure of the bundle.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Causes {
    pub one_form: bool,
    pub one_collection: bool,
    pub results_passed_on: bool,
    pub one_submission: bool,
    pub side_by_side: bool,
    pub acceptance: bool,
    pub issue: bool,
    /// Declared capabilities.
    pub capabilities: bool,
    pub measures: Vec<bool>,
}

impl Causes {
    pub fn none(bundle: &Bundle) -> Causes {
        Causes {
            one_form: false,
            one_collection: false,
            results_passed_on: false,
            one_submission: false,
            side_by_side: false,
            acceptance: false,
            issue: false,
            capabilities: false,
            measures: vec![false; bundle.measures.len()],
        }
    }

    pub fn all(bundle: &Bundle) -> Causes {
        Causes {
            one_form: true,
            one_collection: true,
            results_passed_on: true,
            one_submission: true,
            side_by_side: true,
            acceptance: true,
            issue: true,
            capabilities: true,
            measures: vec![true; bundle.measures.len()],
        }
    }
}

/// One case under some causes.
#[derive(Debug, Clone, Copy)]
pub struct View<'b> {
    pub bundle: &'b Bundle,
    pub case: &'b Case,
    pub causes: &'b Causes,
}

impl<'b> View<'b> {
    pub fn holds(&self, cond: &Cond) -> bool {
        cond.holds(&self.case.answers)
    }

    /// The measures at work in this case.
    pub fn measures(&self) -> impl Iterator<Item = (usize, &'b Measure)> {
        let list = self.bundle.measures.iter().enumerate();
        list.filter(move |(index, measure)| self.causes.measures[*index] && self.holds(&measure.when))
    }

    pub fn taken(&self) -> Vec<usize> {
        (0..self.bundle.items.len()).filter(|item| self.case.taken[*item]).collect()
    }

    /// The measure by which a taken item goes, and the item into which it goes. Where that is not there, nothing goes into it.
    pub fn gone(&self, item: usize) -> Option<(usize, Option<usize>)> {
        self.measures().find_map(|(index, measure)| match measure.what {
            What::DropItem { item: own } if own == item => Some((index, None)),
            What::MergeItem { item: own, into } if own == item && self.is_there(into) => Some((index, Some(into))),
            _ => None,
        })
    }

    pub fn is_there(&self, item: usize) -> bool {
        self.case.taken[item] && self.gone(item).is_none()
    }

    pub fn items(&self) -> Vec<usize> {
        (0..self.bundle.items.len()).filter(|item| self.is_there(*item)).collect()
    }
}
