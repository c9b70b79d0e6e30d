//! The merged form: the agencies' forms split into data elements and joined.

use indexmap::IndexMap;

use crate::model::Str;
use crate::program::{Cond, ElementId, ItemId, Program};
use crate::source::Span;

/// A field of the merged form.
#[derive(Debug)]
pub struct MergedField {
    /// The data element.
    pub element: ElementId,
    /// Where it comes from, in the order of the items.
    pub occurrences: Vec<Occurrence>,
    /// The tightest length, in characters, with where it is written.
    pub max_length: Option<(u32, Span)>,
    /// The options that all allow, in the catalogue's order; `None` where there are none to choose from.
    pub options: Option<Vec<Str>>,
    /// Where the options were last narrowed, and a place that leaves none of them.
    pub conflict: Option<(Span, Span)>,
    narrowed_at: Span,
}

/// A field on an agency's form.
#[derive(Debug)]
pub struct Occurrence {
    /// Whose form.
    pub item: ItemId,
    /// Which of its forms.
    pub form: usize,
    /// What that form calls it.
    pub label: Str,
    /// Whether that form demands it.
    pub required: bool,
    /// All of these must hold for it to be asked there; none: always.
    pub when: Vec<Cond>,
    /// Where it is written.
    pub span: Span,
}

impl MergedField {
    /// The conditions under which it is asked: for each form all that must hold; `None` if some form always asks.
    pub fn visible_when(&self) -> Option<Vec<&[Cond]>> {
        alternatives(self.occurrences.iter())
    }

    /// The conditions under which it must be filled in; `None` if some form always demands it.
    pub fn required_when(&self) -> Option<Vec<&[Cond]>> {
        alternatives(self.occurrences.iter().filter(|occurrence| occurrence.required))
    }
}

fn alternatives<'f>(occurrences: impl Iterator<Item = &'f Occurrence>) -> Option<Vec<&'f [Cond]>> {
    let list: Vec<&[Cond]> = occurrences.map(|occurrence| &*occurrence.when).collect();
    (!list.iter().any(|when| when.is_empty())).then_some(list)
}

/// Joins the fields of all forms: one field an element, in the order in which they first appear.
pub fn merge_fields(program: &Program<'_>) -> Vec<MergedField> {
    let mut fields: IndexMap<ElementId, MergedField> = IndexMap::new();
    for id in program.item_ids() {
        let item = program.item(id);
        for (index, form) in item.forms.iter().enumerate() {
            for field in &form.fields {
                let element = program.workspace.element(field.element);
                let merged = fields.entry(field.element).or_insert_with(|| MergedField {
                    element: field.element,
                    occurrences: Vec::new(),
                    max_length: element.written.max_length.as_ref().map(|at| (at.value.0, at.span)),
                    options: (!element.written.options.is_empty())
                        .then(|| element.written.options.iter().map(|option| option.value.clone()).collect()),
                    conflict: None,
                    narrowed_at: element.name.span,
                });
                let span = field.written.element.as_ref().map_or(field.label.span, |name| name.span);
                if let Some(limit) = &field.written.max_length
                    && merged.max_length.is_none_or(|(known, _)| limit.value.0 < known)
                {
                    merged.max_length = Some((limit.value.0, limit.span));
                }
                narrow(merged, field, span);
                let conditions = [&item.when, &form.when, &field.when];
                merged.occurrences.push(Occurrence {
                    item: id,
                    form: index,
                    label: field.label.value.clone(),
                    required: field.written.required.as_ref().is_none_or(|yes| yes.value.0),
                    when: conditions.into_iter().flatten().cloned().collect(),
                    span,
                });
            }
        }
    }
    fields.into_values().collect()
}

fn narrow(merged: &mut MergedField, field: &crate::program::FormField, span: Span) {
    let own = &field.written.options;
    if own.is_empty() {
        return;
    }
    let allowed = |option: &Str| own.iter().any(|own| own.value == *option);
    let common: Vec<Str> = match &merged.options {
        Some(options) => options.iter().filter(|option| allowed(option)).cloned().collect(),
        None => own.iter().map(|option| option.value.clone()).collect(),
    };
    if common.is_empty() {
        merged.conflict.get_or_insert((merged.narrowed_at, span));
    } else {
        merged.narrowed_at = span;
        merged.options = Some(common);
    }
}
