//! Where the parts of a bundle are there: in one case, or in all of them at once. What is written over [`Where`] is the same for
//! both, so that a case and what is proved of all cases cannot disagree.

use std::convert::Infallible;
use std::fmt::Debug;
use std::hash::Hash;

use super::{Case, Cond, ItemId, MeasureKind, Program};

/// Where something is so: a truth value for one case, a set for all of them. A part of an item is there at most where the item is.
pub trait Where {
    /// Where something is so.
    type In: Copy + Eq + Hash + Debug;
    /// It takes more than may be spent to tell.
    type Full;
    /// In no case.
    const NOWHERE: Self::In;
    /// In every case.
    const EVERYWHERE: Self::In;

    /// Where an item is taken.
    fn item(&self, item: ItemId) -> Self::In;
    /// Where a stage of an item is there, as things are run today.
    fn stage(&self, item: ItemId, stage: usize) -> Self::In;
    /// Where a form of an item is filled in.
    fn form(&self, item: ItemId, form: usize) -> Self::In;
    /// Where a field of a form is filled in.
    fn field(&self, item: ItemId, form: usize, field: usize) -> Self::In;
    /// Where a material row of an item is asked for.
    fn material(&self, item: ItemId, row: usize) -> Self::In;
    /// Where the row that a measure adds is asked for; nowhere for other measures.
    fn added(&self, measure: usize) -> Self::In;
    /// Where an item has a result.
    fn result(&self, item: ItemId, result: usize) -> Self::In;

    /// Where both are so.
    fn and(&mut self, a: Self::In, b: Self::In) -> Result<Self::In, Self::Full>;
    /// Where one of them is so.
    fn or(&mut self, a: Self::In, b: Self::In) -> Result<Self::In, Self::Full>;
    /// Where the first is so, but not the second.
    fn minus(&mut self, a: Self::In, b: Self::In) -> Result<Self::In, Self::Full>;

    /// Where one of several is so.
    fn any(&mut self, all: impl IntoIterator<Item = Self::In>) -> Result<Self::In, Self::Full> {
        all.into_iter().try_fold(Self::NOWHERE, |some, one| self.or(some, one))
    }
}

/// One case.
#[derive(Debug, Clone, Copy)]
pub struct InCase<'a> {
    program: &'a Program<'a>,
    case: &'a Case,
}

impl<'a> InCase<'a> {
    /// A case of a bundle.
    pub fn new(program: &'a Program<'a>, case: &'a Case) -> Self {
        InCase { program, case }
    }

    fn part(&self, item: ItemId, cond: Option<&Cond>) -> bool {
        self.case.takes(item) && self.case.applies(cond)
    }
}

impl Where for InCase<'_> {
    type In = bool;
    type Full = Infallible;
    const NOWHERE: bool = false;
    const EVERYWHERE: bool = true;

    fn item(&self, item: ItemId) -> bool {
        self.case.takes(item)
    }
    fn stage(&self, item: ItemId, stage: usize) -> bool {
        self.part(item, self.program.item(item).stages[stage].when.as_ref())
    }
    fn form(&self, item: ItemId, form: usize) -> bool {
        self.part(item, self.program.item(item).forms[form].when.as_ref())
    }
    fn field(&self, item: ItemId, form: usize, field: usize) -> bool {
        let own = self.program.item(item).forms[form].fields[field].when.as_ref();
        self.form(item, form) && self.case.applies(own)
    }
    fn material(&self, item: ItemId, row: usize) -> bool {
        self.part(item, self.program.item(item).materials[row].when.as_ref())
    }
    fn added(&self, measure: usize) -> bool {
        match &self.program.measures[measure].kind {
            MeasureKind::AddMaterial { item, row } => self.part(*item, row.when.as_ref()),
            _ => false,
        }
    }
    fn result(&self, item: ItemId, result: usize) -> bool {
        self.part(item, self.program.item(item).results[result].when.as_ref())
    }

    fn and(&mut self, a: bool, b: bool) -> Result<bool, Infallible> {
        Ok(a && b)
    }
    fn or(&mut self, a: bool, b: bool) -> Result<bool, Infallible> {
        Ok(a || b)
    }
    fn minus(&mut self, a: bool, b: bool) -> Result<bool, Infallible> {
        Ok(a && !b)
    }
}
