//! The parts of a bundle that may carry a condition, by name: what a fact is about.

use crate::program::{Cond, ItemId, MeasureKind, Program, QuestionId, Row};
use crate::scenario::{Scenarios, Set};
use crate::source::Span;

/// A part of a bundle that may carry a condition (当).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Part {
    /// A question.
    Question(QuestionId),
    /// A constraint (约束), by index.
    Constraint(usize),
    /// An exit (不适用), by index.
    Exit(usize),
    /// An item.
    Item(ItemId),
    /// A stage of an item.
    Stage(ItemId, usize),
    /// A form of an item.
    Form(ItemId, usize),
    /// A field of a form of an item.
    Field(ItemId, usize, usize),
    /// A material row of an item.
    Material(ItemId, usize),
    /// A result of an item.
    Result(ItemId, usize),
    /// The row that the measure with this index adds.
    Added(usize),
}

impl Part {
    /// Its condition, if it has one.
    pub fn when<'p>(self, program: &'p Program<'_>) -> Option<&'p Cond> {
        match self {
            Part::Question(id) => program.question(id).when.as_ref(),
            Part::Constraint(index) => Some(&program.constraints[index].0),
            Part::Exit(index) => Some(&program.exits[index].0),
            Part::Item(id) => program.item(id).when.as_ref(),
            Part::Stage(id, stage) => program.item(id).stages[stage].when.as_ref(),
            Part::Form(id, form) => program.item(id).forms[form].when.as_ref(),
            Part::Field(id, form, field) => program.item(id).forms[form].fields[field].when.as_ref(),
            Part::Material(..) | Part::Added(_) => self.row(program)?.when.as_ref(),
            Part::Result(id, result) => program.item(id).results[result].when.as_ref(),
        }
    }

    /// The material row, if it is one.
    pub fn row<'p>(self, program: &'p Program<'_>) -> Option<&'p Row> {
        match self {
            Part::Material(id, row) => Some(&program.item(id).materials[row]),
            Part::Added(measure) => match &program.measures[measure].kind {
                MeasureKind::AddMaterial { row, .. } => Some(row),
                _ => None,
            },
            _ => None,
        }
    }

    /// The item that it belongs to.
    pub fn item(self, program: &Program<'_>) -> Option<ItemId> {
        match self {
            Part::Question(_) | Part::Constraint(_) | Part::Exit(_) => None,
            Part::Item(id)
            | Part::Stage(id, _)
            | Part::Form(id, _)
            | Part::Field(id, ..)
            | Part::Material(id, _)
            | Part::Result(id, _) => Some(id),
            Part::Added(measure) => match &program.measures[measure].kind {
                MeasureKind::AddMaterial { item, .. } => Some(*item),
                _ => None,
            },
        }
    }

    /// What it is a part of: it applies at most where that does.
    pub fn owner(self, program: &Program<'_>) -> Option<Part> {
        match self {
            Part::Question(_) | Part::Constraint(_) | Part::Exit(_) | Part::Item(_) => None,
            Part::Field(id, form, _) => Some(Part::Form(id, form)),
            _ => self.item(program).map(Part::Item),
        }
    }

    /// Where its name is written; of constraints and exits, which have none, the condition.
    pub fn span(self, program: &Program<'_>) -> Span {
        match self {
            Part::Question(id) => program.question(id).name.span,
            Part::Constraint(index) => program.constraints[index].0.written.span,
            Part::Exit(index) => program.exits[index].0.written.span,
            Part::Item(id) => program.item(id).name.span,
            Part::Stage(id, stage) => {
                let written = &program.item(id).stages[stage].written;
                written.kind.map_or(written.head, |kind| kind.span)
            }
            Part::Form(id, form) => program.item(id).forms[form].name.span,
            Part::Field(id, form, field) => program.item(id).forms[form].fields[field].label.span,
            Part::Material(id, row) => program.item(id).materials[row].label.span,
            Part::Result(id, result) => program.item(id).results[result].label.span,
            Part::Added(measure) => {
                self.row(program).map_or(program.measures[measure].written.head, |row| row.label.span)
            }
        }
    }

    /// What people call it: “事项“登记””, “登记”的材料“营业执照”.
    pub fn words(self, program: &Program<'_>) -> String {
        let of = |id: ItemId, kind: &str, name: &str| format!("“{}”的{kind}“{name}”", program.item(id).name.value);
        match self {
            Part::Question(id) => format!("问题“{}”", program.question(id).name.value),
            Part::Constraint(_) => "这条约束".to_owned(),
            Part::Exit(_) => "这条“不适用”".to_owned(),
            Part::Item(id) => format!("事项“{}”", program.item(id).name.value),
            Part::Stage(id, stage) => of(id, "环节", &program.item(id).stages[stage].name),
            Part::Form(id, form) => of(id, "表单", &program.item(id).forms[form].name.value),
            Part::Field(id, form, field) => of(id, "字段", &program.item(id).forms[form].fields[field].label.value),
            Part::Material(id, row) => of(id, "材料", &program.item(id).materials[row].label.value),
            Part::Result(id, result) => of(id, "结果", &program.item(id).results[result].label.value),
            Part::Added(_) => match (self.item(program), self.row(program)) {
                (Some(id), Some(row)) => of(id, "新增材料", &row.label.value),
                _ => "新增材料".to_owned(),
            },
        }
    }

    /// Whether it is handed in.
    pub fn is_material(self) -> bool {
        matches!(self, Part::Material(..) | Part::Added(_))
    }
}

/// Every part with a condition of its own; what belongs to an item after the item, constraints and exits last.
pub(super) fn conditional(program: &Program<'_>) -> Vec<Part> {
    let mut parts: Vec<Part> = (0..program.questions.len()).map(|index| Part::Question(index.into())).collect();
    for id in program.item_ids() {
        parts.push(Part::Item(id));
        let item = program.item(id);
        parts.extend((0..item.stages.len()).map(|index| Part::Stage(id, index)));
        for (index, form) in item.forms.iter().enumerate() {
            parts.push(Part::Form(id, index));
            parts.extend((0..form.fields.len()).map(|field| Part::Field(id, index, field)));
        }
        parts.extend((0..item.materials.len()).map(|index| Part::Material(id, index)));
        parts.extend((0..item.results.len()).map(|index| Part::Result(id, index)));
    }
    parts.extend((0..program.measures.len()).map(Part::Added));
    parts.extend((0..program.constraints.len()).map(Part::Constraint));
    parts.extend((0..program.exits.len()).map(Part::Exit));
    parts.retain(|part| part.when(program).is_some());
    parts
}

/// The material rows of an item: its own, then those that measures add.
pub(super) fn rows(program: &Program<'_>, id: ItemId) -> impl Iterator<Item = Part> {
    let own = (0..program.item(id).materials.len()).map(move |row| Part::Material(id, row));
    let added = program.measures_of(id).filter_map(|(index, kind)| match kind {
        MeasureKind::AddMaterial { .. } => Some(Part::Added(index)),
        _ => None,
    });
    own.chain(added)
}

impl Scenarios<'_, '_> {
    /// Where a part applies, if the applicant takes every item that does: with its owner, whoever is served.
    pub(super) fn set_of(&self, part: Part) -> Set {
        let of = |id: ItemId| &self.applies.items[id.index()];
        match part {
            Part::Question(id) => self.asked[id.index()],
            Part::Constraint(_) => Set::ALL,
            Part::Exit(index) => self.turned_away[index],
            Part::Item(id) => of(id).item,
            Part::Stage(id, stage) => of(id).stages[stage],
            Part::Form(id, form) => of(id).forms[form],
            Part::Field(id, form, field) => of(id).fields[form][field],
            Part::Material(id, row) => of(id).materials[row],
            Part::Result(id, result) => of(id).results[result],
            Part::Added(measure) => self.applies.added[measure].unwrap_or(Set::NONE),
        }
    }

    /// Where what a part belongs to applies; everywhere if it belongs to nothing.
    pub(super) fn owner_set(&self, part: Part) -> Set {
        part.owner(self.program).map_or(Set::ALL, |owner| self.set_of(owner))
    }
}
