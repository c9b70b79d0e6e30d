//! What some answers, perhaps not all, decide: each part applies, does not, or that is open until more is answered.
//!
//! Judged on sets: applies (⊆), does not (disjoint), or open, with an irredundant list of questions that decide it (projection: dropping any
//! one leaves both sides mixed). Figures and fates are given only when everything is decided; then one completion stands for all.

use super::diagram::{Full, Set};
use super::{ItemApplies, Scenarios};
use crate::program::{Assignment, ElementId, ItemId, QuestionId, Value};

/// Whether something holds for everybody who answers so.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Verdict {
    /// For all of them.
    Yes,
    /// For none of them.
    No,
    /// For some; the answers to these questions decide it, and none of them can be left out.
    Open(Vec<QuestionId>),
}

impl Verdict {
    /// Whether it is decided.
    pub fn is_open(&self) -> bool {
        matches!(self, Verdict::Open(_))
    }
}

/// What becomes of the people who answer so.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Standing {
    /// Some of them are served.
    Served,
    /// Nobody answers so: these questions are not asked under the other answers.
    Unasked(Vec<QuestionId>),
    /// Nobody answers so: these constraints rule it out, and none of them can be left out.
    RuledOut(Vec<usize>),
    /// All of them are turned away, by these exits.
    TurnedAway(Vec<usize>),
}

/// What answers decide about an item and its parts. A part that belongs to an item not taken does not apply.
#[derive(Debug)]
pub struct ItemVerdicts {
    /// The item itself, as far as the answers go.
    pub item: Verdict,
    /// Whether the applicant leaves it out.
    pub left_out: bool,
    /// By stage.
    pub stages: Vec<Verdict>,
    /// By form.
    pub forms: Vec<Verdict>,
    /// By form, by field.
    pub fields: Vec<Vec<Verdict>>,
    /// By material row.
    pub materials: Vec<Verdict>,
    /// By result.
    pub results: Vec<Verdict>,
}

/// What answers decide about a bundle.
#[derive(Debug)]
pub struct Verdicts {
    /// Who answers so and is served.
    pub served: Set,
    /// By exit, whether it turns away those who answer so.
    pub exits: Vec<Verdict>,
    /// By question, whether it is asked of those served.
    pub asked: Vec<Verdict>,
    /// By item.
    pub items: Vec<ItemVerdicts>,
    /// By measure: the row that it adds.
    pub added: Vec<Option<Verdict>>,
    /// The fields of the merged form, by data element.
    pub fields: Vec<(ElementId, Verdict)>,
    /// The questions that something is still open for, in the order in which they are asked.
    pub open: Vec<QuestionId>,
    /// Whether all that applies to those served is decided.
    pub decided: bool,
}

impl Scenarios<'_, '_> {
    /// Whether everybody of `context` is in `set`, or nobody, or what decides it. Nothing is in an empty context.
    pub fn verdict(&mut self, set: Set, context: Set) -> Result<Verdict, Full> {
        let inside = self.diagram.and(set, context)?;
        if inside.is_empty() {
            return Ok(Verdict::No);
        }
        let outside = self.diagram.minus(context, set)?;
        if outside.is_empty() {
            return Ok(Verdict::Yes);
        }
        Ok(Verdict::Open(self.deciders(set, inside, outside)?))
    }

    /// Fewest questions (none can be left out) whose answers tell the two sets apart; questions that `set` itself depends on come
    /// before those that are only tied to them by constraints, earlier ones before later ones.
    fn deciders(&mut self, set: Set, inside: Set, outside: Set) -> Result<Vec<QuestionId>, Full> {
        let own = self.questions_of(set);
        let mut candidates = self.questions_of(inside);
        candidates.extend(self.questions_of(outside));
        candidates.sort_unstable();
        candidates.dedup();
        let (mut droppable, mut rest): (Vec<_>, Vec<_>) =
            candidates.iter().partition(|question| !own.contains(question));
        droppable.reverse();
        rest.reverse();
        droppable.append(&mut rest);
        let (mut inside, mut outside) = (inside, outside);
        let mut kept = Vec::new();
        for question in droppable {
            let vars = self.space.of(question).to_vec();
            let fewer = self.diagram.forget(inside, &|var| vars.contains(&var))?;
            let others = self.diagram.forget(outside, &|var| vars.contains(&var))?;
            if self.diagram.meet(fewer, others)? {
                kept.push(question);
            } else {
                (inside, outside) = (fewer, others);
            }
        }
        kept.sort_unstable();
        Ok(kept)
    }

    fn questions_of(&self, set: Set) -> Vec<QuestionId> {
        let support = self.diagram.support(set);
        let mut questions: Vec<_> = support.into_iter().map(|var| self.space.variables()[var].question).collect();
        questions.sort_unstable();
        questions.dedup();
        questions
    }

    /// What becomes of those who answer so.
    pub fn standing(&mut self, answers: &Assignment) -> Result<Standing, Full> {
        let unasked = self.unasked(answers)?;
        if !unasked.is_empty() {
            return Ok(Standing::Unasked(unasked));
        }
        let given = self.given(answers)?;
        let possible = self.diagram.and(given, self.possible)?;
        if possible.is_empty() {
            let tests: Vec<_> = self.program.constraints.iter().map(|(never, _)| &never.test).collect();
            let nevers = tests.into_iter().map(|test| self.holds(test)).collect::<Result<Vec<_>, _>>()?;
            return Ok(Standing::RuledOut(self.fewest_covering(given, &nevers)?));
        }
        if !self.diagram.meet(possible, self.served)? {
            let exits = self.turned_away.clone();
            return Ok(Standing::TurnedAway(self.fewest_covering(possible, &exits)?));
        }
        Ok(Standing::Served)
    }

    /// Questions that are answered though nobody who gives the other answers is asked them.
    fn unasked(&mut self, answers: &Assignment) -> Result<Vec<QuestionId>, Full> {
        let mut found = Vec::new();
        let mut others = answers.clone();
        for question in self.program.question_order() {
            let Some(value) = answers.get(question).filter(|value| **value != Value::NotAsked) else { continue };
            others.clear(question);
            let given = self.given(&others)?;
            match self.diagram.meet(given, self.asked[question.index()])? {
                true => others.set(question, value.clone()),
                false => found.push(question),
            }
        }
        Ok(found)
    }

    /// Fewest of `parts` (none can be left out) that together hold all of `whole`; earlier ones are kept.
    fn fewest_covering(&mut self, whole: Set, parts: &[Set]) -> Result<Vec<usize>, Full> {
        let mut kept: Vec<usize> = (0..parts.len()).collect();
        for index in (0..parts.len()).rev() {
            let fewer: Vec<usize> = kept.iter().copied().filter(|&own| own != index).collect();
            let union = self.diagram.any(fewer.iter().map(|&own| parts[own]))?;
            if self.diagram.within(whole, union)? {
                kept = fewer;
            }
        }
        Ok(kept)
    }

    /// What the answers decide, if the applicant leaves out these items.
    pub fn verdicts(&mut self, answers: &Assignment, without: &[ItemId]) -> Result<Verdicts, Full> {
        let given = self.given(answers)?;
        let possible = self.diagram.and(given, self.possible)?;
        let served = self.diagram.and(given, self.served)?;
        let exits = self.turned_away.clone();
        let exits = self.each(&exits, possible)?;
        let asked = self.asked.clone();
        let asked = self.each(&asked, served)?;
        let applies = self.applies.clone();
        let mut items = Vec::new();
        for (index, parts) in applies.items.iter().enumerate() {
            let left_out = without.contains(&ItemId::from(index));
            items.push(self.item_verdicts(parts, served, left_out)?);
        }
        let mut added = Vec::new();
        for (index, set) in applies.added.iter().enumerate() {
            let owner = self.program.added_to(index);
            let taken = owner.is_none_or(|item| !without.contains(&item));
            added.push(match set {
                Some(set) if taken => Some(self.verdict(*set, served)?),
                Some(_) => Some(Verdict::No),
                None => None,
            });
        }
        let mut elements: Vec<(ElementId, Set)> = Vec::new();
        for (index, parts) in applies.items.iter().enumerate().filter(|(index, _)| !items[*index].left_out) {
            for (form, sets) in self.program.items[index].forms.iter().zip(&parts.fields) {
                for (field, set) in form.fields.iter().zip(sets) {
                    match elements.iter_mut().find(|(element, _)| *element == field.element) {
                        Some((_, whole)) => *whole = self.diagram.or(*whole, *set)?,
                        None => elements.push((field.element, *set)),
                    }
                }
            }
        }
        let mut fields = Vec::new();
        for (element, set) in elements {
            fields.push((element, self.verdict(set, served)?));
        }
        let mut parts: Vec<&Verdict> = Vec::new();
        for item in items.iter().filter(|item| !item.left_out) {
            parts.push(&item.item);
            parts.extend(item.stages.iter().chain(&item.forms).chain(&item.materials).chain(&item.results));
            parts.extend(item.fields.iter().flatten());
        }
        parts.extend(added.iter().flatten());
        let decided = !parts.iter().any(|verdict| verdict.is_open());
        let all = exits.iter().chain(parts);
        let wanted: Vec<QuestionId> = all.flat_map(|verdict| verdict.questions().iter().copied()).collect();
        let order = self.program.question_order();
        let open = order.into_iter().filter(|question| wanted.contains(question)).collect();
        Ok(Verdicts { served, exits, asked, items, added, fields, open, decided })
    }

    fn each(&mut self, sets: &[Set], context: Set) -> Result<Vec<Verdict>, Full> {
        sets.iter().map(|set| self.verdict(*set, context)).collect()
    }

    fn item_verdicts(&mut self, parts: &ItemApplies, served: Set, left_out: bool) -> Result<ItemVerdicts, Full> {
        let context = if left_out { Set::NONE } else { served };
        Ok(ItemVerdicts {
            item: self.verdict(parts.item, served)?,
            left_out,
            stages: self.each(&parts.stages, context)?,
            forms: self.each(&parts.forms, context)?,
            fields: parts.fields.iter().map(|sets| self.each(sets, context)).collect::<Result<_, _>>()?,
            materials: self.each(&parts.materials, context)?,
            results: self.each(&parts.results, context)?,
        })
    }

    /// Answers to everything of somebody in `set` who gives `answers`; those given stay as they are. `None` if nobody does.
    pub fn completed(&self, set: Set, answers: &Assignment) -> Option<Assignment> {
        let mut all = self.scenario(set)?;
        for index in 0..self.program.questions.len() {
            if let Some(value) = answers.get(index.into()) {
                all.set(index.into(), value.clone());
            }
        }
        Some(all)
    }
}

impl Verdict {
    /// The questions that decide it; none if it is decided.
    pub fn questions(&self) -> &[QuestionId] {
        match self {
            Verdict::Open(questions) => questions,
            Verdict::Yes | Verdict::No => &[],
        }
    }
}
