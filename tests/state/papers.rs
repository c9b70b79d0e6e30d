//! What becomes of every form, paper and field, each with the reason why it goes; figures are counts of these entries.

use std::collections::BTreeMap;

use super::model::{By, Kind, Known, List, Missing, Name, Paper, PaperMeasure, Row, Way, What};
use super::order::Order;
use super::view::View;

/// Whose a line of a ledger is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Owner {
    Item(usize),
    Agency(Name),
    /// The one application: rows of the bundle that are attributed to no item.
    Application,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Thing {
    Form(usize, usize),
    Paper(Paper, Option<Name>),
    Field(Name),
    HandIn,
    Presence(Kind),
    Collection,
    Unit(By),
    Activity(Kind),
}

/// Why something goes, comes or moves.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Cause {
    OneForm,
    /// 前序结果免交: the item that makes it.
    Produced(usize),
    /// 电子证照, 数据共享, 部门核验: by a measure, or by the capability alone.
    Exempt(Way, Option<usize>),
    Commitment(usize),
    Abolished(usize),
    SameDocument,
    /// 取消事项, 并入.
    ItemGone(usize),
    Added(usize),
    NoFill(usize),
    StageGone(usize),
    Joint(usize),
    Online(usize),
    OneSubmission,
}

/// Something that is counted: whose it is before and after, and why that differs.
#[derive(Debug, Clone)]
pub struct Entry {
    pub thing: Thing,
    pub before: Option<Owner>,
    pub after: Option<Owner>,
    pub cause: Option<Cause>,
    /// 容缺: still listed, marked.
    pub deferred: bool,
    /// Originals and copies, after everything that is merged into it.
    pub copies: Option<(i64, i64)>,
}

impl Entry {
    pub fn new(thing: Thing, owner: Option<Owner>) -> Entry {
        Entry { thing, before: owner, after: owner, cause: None, deferred: false, copies: None }
    }

    pub fn goes(&mut self, cause: Cause) {
        self.after = None;
        self.cause = Some(cause);
    }
}

/// To whom an item's things belong after the measures; the cause if that is somebody else or nobody.
pub fn heir(view: &View, item: usize) -> (Option<usize>, Option<Cause>) {
    match view.gone(item) {
        None => (Some(item), None),
        Some((measure, into)) => (into.and_then(|into| heir(view, into).0), Some(Cause::ItemGone(measure))),
    }
}

pub fn owned(view: &View, thing: Thing, item: usize) -> Entry {
    let (heir, cause) = heir(view, item);
    let mut entry = Entry::new(thing, Some(Owner::Item(item)));
    entry.after = heir.map(Owner::Item);
    entry.cause = cause;
    entry
}

/// The forms that apply; one application has one form: the first stays.
pub fn forms(view: &View) -> Vec<Entry> {
    let mut entries = Vec::new();
    for item in view.taken() {
        let list = &view.bundle.items[item].forms;
        let there = (0..list.len()).filter(|&form| view.holds(&list[form].when));
        entries.extend(there.map(|form| owned(view, Thing::Form(item, form), item)));
    }
    if view.causes.one_form {
        for entry in entries.iter_mut().filter(|entry| entry.after.is_some()).skip(1) {
            entry.goes(Cause::OneForm);
        }
    }
    entries
}

/// The fields that apply on the forms that apply; one form asks for each element once, unless it need not be filled in.
pub fn fields(view: &View) -> Vec<Entry> {
    let mut entries = Vec::new();
    for item in view.taken() {
        for form in view.bundle.items[item].forms.iter().filter(|form| view.holds(&form.when)) {
            for (name, _) in form.fields.iter().filter(|(_, when)| view.holds(when)) {
                let mut entry = owned(view, Thing::Field(name), item);
                let free = view.measures().find_map(|(index, measure)| match &measure.what {
                    What::NoFill { items, field } if field == name && (items.is_empty() || items.contains(&item)) => {
                        Some(index)
                    }
                    _ => None,
                });
                if let (Some(measure), true) = (free, entry.after.is_some()) {
                    entry.goes(Cause::NoFill(measure));
                }
                entries.push(entry);
            }
        }
    }
    if view.causes.one_form {
        once(&mut entries, Cause::OneForm);
    }
    entries
}

/// Among those that stay, the first of each stands for all.
fn once(entries: &mut [Entry], cause: Cause) {
    let mut first: BTreeMap<Thing, usize> = BTreeMap::new();
    for index in 0..entries.len() {
        if entries[index].after.is_none() {
            continue;
        }
        let thing = entries[index].thing;
        let Some(&standing) = first.get(&thing) else {
            first.insert(thing, index);
            continue;
        };
        entries[index].goes(cause);
        let (deferred, copies) = (entries[index].deferred, entries[index].copies);
        let standing = &mut entries[standing];
        standing.deferred &= deferred;
        // Originals and copies are wanted side by side; of each as many as the one who wants most.
        standing.copies = match (standing.copies, copies) {
            (Some((originals, copies)), Some(others)) => Some((originals.max(others.0), copies.max(others.1))),
            (one, other) => one.or(other),
        };
    }
}

/// A paper as the case knows it: the result of a group is that of the member that is taken.
fn paper(view: &View, paper: Paper) -> Paper {
    let Paper::ResultOf(group) = paper else { return paper };
    let taken = view.bundle.groups[group].members.iter().find(|item| view.case.taken[**item]);
    let results = taken.map(|&item| &view.bundle.items[item].results);
    let result = results.and_then(|list| list.iter().find(|result| view.holds(&result.when)));
    result.map_or(paper, |result| Paper::Document(result.document))
}

fn row(view: &View, row: &Row, owner: Option<usize>) -> Entry {
    let thing = Thing::Paper(paper(view, row.paper), row.holder);
    let mut entry = match owner {
        Some(item) => owned(view, thing, item),
        None => Entry { before: None, ..Entry::new(thing, Some(Owner::Application)) },
    };
    entry.copies = row.copies;
    entry
}

/// The rows that apply: those of each item, those that measures add to it, then those of the bundle's list.
pub fn rows(view: &View, order: &Order) -> Vec<Entry> {
    let mut entries = Vec::new();
    for item in view.taken() {
        let written = view.bundle.items[item].rows.iter();
        entries.extend(written.filter(|own| view.holds(&own.when)).map(|own| row(view, own, Some(item))));
        for (index, measure) in view.measures() {
            let What::AddRow { item: own, row: added } = &measure.what else { continue };
            if *own == item && view.holds(&added.when) {
                let entry = row(view, added, Some(item));
                if entry.after.is_some() {
                    entries.push(Entry { before: None, cause: Some(Cause::Added(index)), ..entry });
                }
            }
        }
        for listed in view.bundle.list.iter().flat_map(|(rows, _)| rows) {
            if listed.asked_by.contains(&item) && view.holds(&listed.row.when) {
                entries.push(row(view, &listed.row, Some(item)));
            }
        }
    }
    for listed in view.bundle.list.iter().flat_map(|(rows, _)| rows) {
        if listed.asked_by.is_empty() && view.holds(&listed.row.when) {
            entries.push(row(view, &listed.row, None));
        }
    }
    for entry in entries.iter_mut().filter(|entry| entry.after.is_some()) {
        if let Some(cause) = own_reason(view, order, entry) {
            entry.goes(cause);
        }
        entry.deferred = measure_on(view, entry, |measure| measure == PaperMeasure::Defer).is_some();
    }
    if view.causes.one_collection {
        once(&mut entries, Cause::SameDocument);
    }
    entries
}

/// The item that asks for a row as things are today, before anything is merged into something else.
fn asking(entry: &Entry) -> Option<usize> {
    match (entry.before, entry.after) {
        (Some(Owner::Item(item)), _) | (None, Some(Owner::Item(item))) => Some(item),
        _ => None,
    }
}

fn measure_on(view: &View, entry: &Entry, wanted: impl Fn(PaperMeasure) -> bool) -> Option<usize> {
    let Thing::Paper(Paper::Document(name), whose) = entry.thing else { return None };
    view.measures().find_map(|(index, measure)| match &measure.what {
        What::Paper { measure, items, document, holder } => {
            let meant = items.is_empty() || asking(entry).is_some_and(|item| items.contains(&item));
            let same = *document == name && (holder.is_none() || *holder == whose);
            (wanted(*measure) && meant && same).then_some(index)
        }
        _ => None,
    })
}

/// The results that an item issues after the measures, with those of what was merged into it.
pub fn issues(view: &View, item: usize) -> Vec<(Name, Option<Name>)> {
    let makers = view.taken().into_iter().filter(|&own| heir(view, own).0 == Some(item));
    let results = makers.flat_map(|own| &view.bundle.items[own].results);
    results.filter(|result| view.holds(&result.when)).map(|result| (result.document, result.holder)).collect()
}

fn own_reason(view: &View, order: &Order, entry: &Entry) -> Option<Cause> {
    let Thing::Paper(Paper::Document(document), holder) = entry.thing else { return None };
    let wanted = (document, holder);
    if let (true, Some(Owner::Item(item))) = (view.causes.results_passed_on, entry.after) {
        let moved = asking(entry) != Some(item);
        let maker = view.items().into_iter().find(|&maker| {
            // Who took over a row that asks for his own paper has nobody to ask.
            (order.waits_for_end(item, maker) || moved && maker == item) && issues(view, maker).contains(&wanted)
        });
        if let Some(maker) = maker {
            return Some(Cause::Produced(maker));
        }
    }
    for way in [Way::ELicence, Way::DataShare, Way::Verification] {
        if let Some(measure) = measure_on(view, entry, |measure| measure == PaperMeasure::Exempt(way)) {
            return Some(Cause::Exempt(way, Some(measure)));
        }
        if view.causes.capabilities && view.bundle.capabilities.contains(&(document, way)) {
            return Some(Cause::Exempt(way, None));
        }
    }
    if let Some(measure) = measure_on(view, entry, |measure| measure == PaperMeasure::Commitment) {
        return Some(Cause::Commitment(measure));
    }
    measure_on(view, entry, |measure| measure == PaperMeasure::Abolish).map(Cause::Abolished)
}

/// Whose materials are not known, before or after.
pub fn unlisted(view: &View, before: bool) -> Known<()> {
    let mut lacks = Vec::new();
    for item in if before { view.taken() } else { served(view) } {
        match view.bundle.items[item].list {
            // The list that is published for the bundle is that of the application.
            List::Unwritten if before || view.bundle.list.is_none() => lacks.push(Missing::Materials(item)),
            List::Rows { complete: false } => lacks.push(Missing::Materials(item)),
            _ => {}
        }
    }
    if let Some((rows, complete)) = &view.bundle.list {
        if !complete {
            lacks.push(Missing::BundleList);
        }
        if before && rows.iter().any(|own| own.asked_by.is_empty() && view.holds(&own.row.when)) {
            lacks.push(Missing::Attribution);
        }
    }
    if lacks.is_empty() { Ok(()) } else { Err(lacks.into_iter().collect()) }
}

/// The items whose things are still asked for: those that are there, and those merged into them.
fn served(view: &View) -> Vec<usize> {
    view.taken().into_iter().filter(|&item| heir(view, item).0.is_some()).collect()
}

/// Whose forms are not known; with their fields if these are asked about, too.
pub fn unlisted_forms(view: &View, before: bool, fields: bool) -> Known<()> {
    let mut lacks = Vec::new();
    for item in if before { view.taken() } else { served(view) } {
        let written = &view.bundle.items[item];
        let listed = matches!(written.list, List::Nothing | List::Rows { complete: true });
        if written.forms.is_empty() && !listed {
            lacks.push(Missing::Forms(item));
        }
        let blank = |form: &usize| written.forms[*form].fields.is_empty() && view.holds(&written.forms[*form].when);
        lacks.extend(
            (0..written.forms.len()).filter(|form| fields && blank(form)).map(|form| Missing::Fields(item, form)),
        );
    }
    if lacks.is_empty() { Ok(()) } else { Err(lacks.into_iter().collect()) }
}
