//! Alternatives among items: answers for which there is none, and answers for which there are two.

use rustc_hash::FxHashMap;

use super::Part;
use crate::expr::Op;
use crate::program::{Domain, ItemId, MaterialId, QuestionId, Test};
use crate::scenario::{Answer, Full, Range, Scenarios, Set, Witness};

/// Answers with which somebody is served although none of the items that depend on the question can apply.
#[derive(Debug)]
pub struct Gap {
    /// The question.
    pub question: QuestionId,
    /// The answers; ranges that touch are one.
    pub answers: Vec<Answer>,
    /// The items that depend on it.
    pub items: Vec<ItemId>,
}

/// Two items that apply together although they look like alternatives.
#[derive(Debug)]
pub struct Overlap {
    /// Why they look so: their results, or their items' conditions on one question.
    pub kind: OverlapKind,
    /// The first.
    pub first: Part,
    /// The second.
    pub second: Part,
    /// Who has to do both.
    pub witness: Witness,
}

/// Why two items look like alternatives.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum OverlapKind {
    /// They produce the same document for the same holder.
    SameResult,
    /// One begins where the other ends, with the answer to this question.
    Bounds(QuestionId),
}

/// A document, and in whose name.
type Paper<'a> = (MaterialId, Option<&'a str>);

/// How many items that produce one document, or look at one question, are compared with each other.
const COMPARED: usize = 64;

impl Scenarios<'_, '_> {
    pub(super) fn prove_gaps(&mut self) -> Result<Vec<Gap>, Full> {
        let mut gaps = Vec::new();
        for (question, items) in self.items_by_question() {
            if !matches!(
                self.program.question(question).domain,
                Domain::Choice(_) | Domain::Number { .. } | Domain::Date { .. }
            ) {
                continue;
            }
            let mut applies: Vec<Set> = items.iter().map(|id| self.applies.items[id.index()].item).collect();
            applies.sort_unstable();
            applies.dedup();
            let some = self.diagram.any(applies)?;
            let some = self.diagram.and(some, self.served)?;
            let asked = self.diagram.and(self.asked[question.index()], self.served)?;
            let var = self.space.of(question)[0];
            let mut lacking = Vec::new();
            let mut offered = false;
            for value in 0..self.diagram.values(var) {
                let given = self.diagram.literal(var, |other| other == value)?;
                let here = self.diagram.and(given, asked)?;
                let has = self.diagram.meet(given, some)?;
                offered |= has;
                // Where a duty begins with a threshold nothing is lacking below it; who needs none says so.
                let needless = match &self.program.question(question).domain {
                    Domain::Choice(options) => says_none(&options[value as usize].name.value),
                    _ => !offered,
                };
                if !here.is_empty() && !has && !needless {
                    lacking.push(value);
                }
            }
            if !offered || lacking.is_empty() {
                continue;
            }
            let values = &self.space.variables()[var].values;
            let mut answers: Vec<Answer> = Vec::new();
            for (index, &value) in lacking.iter().enumerate() {
                let next = values[value as usize].clone();
                let touches = index > 0 && lacking[index - 1] + 1 == value;
                let joined = touches && answers.last_mut().is_some_and(|last| last.extend(&next));
                if !joined {
                    answers.push(next);
                }
            }
            gaps.push(Gap { question, answers, items });
        }
        Ok(gaps)
    }

    /// The items whose own condition looks at each question; questions and items in order.
    fn items_by_question(&self) -> Vec<(QuestionId, Vec<ItemId>)> {
        let mut found: Vec<Vec<ItemId>> = vec![Vec::new(); self.program.questions.len()];
        let mut questions = Vec::new();
        for id in self.program.item_ids() {
            questions.clear();
            if let Some(when) = &self.program.item(id).when {
                when.test.questions(&mut questions);
            }
            for question in &questions {
                let items = &mut found[question.index()];
                if items.last() != Some(&id) {
                    items.push(id);
                }
            }
        }
        let found = found.into_iter().enumerate().filter(|(_, items)| !items.is_empty());
        found.map(|(index, items)| (index.into(), items)).collect()
    }

    pub(super) fn prove_overlaps(&mut self) -> Result<Vec<Overlap>, Full> {
        let mut overlaps = Vec::new();
        self.same_results(&mut overlaps)?;
        for (question, items) in self.items_by_question() {
            self.bounds_that_meet(question, &items, &mut overlaps)?;
        }
        Ok(overlaps)
    }

    fn same_results(&mut self, overlaps: &mut Vec<Overlap>) -> Result<(), Full> {
        let program = self.program;
        let mut produced: FxHashMap<Paper<'_>, Vec<(ItemId, usize)>> = FxHashMap::default();
        for id in program.item_ids() {
            for (index, result) in program.item(id).results.iter().enumerate() {
                let others = produced.entry((result.document, result.holder.as_deref())).or_default();
                let set = self.applies.items[id.index()].results[index];
                for &(other, result) in others.iter().rev().take(COMPARED) {
                    let both = self.diagram.and(set, self.applies.items[other.index()].results[result])?;
                    if other == id {
                        continue;
                    }
                    if let Some(witness) = self.witness(both, self.served)? {
                        let (first, second) = (Part::Result(other, result), Part::Result(id, index));
                        overlaps.push(Overlap { kind: OverlapKind::SameResult, first, second, witness });
                        break;
                    }
                }
                others.push((id, index));
            }
        }
        Ok(())
    }

    /// One item is for answers up to a threshold, another for answers from a threshold, and some answer is in both. Items of which
    /// one is for some of the other's answers only are no alternatives.
    fn bounds_that_meet(
        &mut self,
        question: QuestionId,
        items: &[ItemId],
        overlaps: &mut Vec<Overlap>,
    ) -> Result<(), Full> {
        let program = self.program;
        let mut up_to: Vec<(ItemId, Set)> = Vec::new();
        let mut from: Vec<(ItemId, Set)> = Vec::new();
        for &id in items {
            let Some(when) = &program.item(id).when else { continue };
            let (mut upper, mut lower) = (false, false);
            bounds(&when.test, question, false, &mut upper, &mut lower);
            let set = self.diagram.and(self.applies.items[id.index()].item, self.served)?;
            for (list, has) in [(&mut up_to, upper), (&mut from, lower)] {
                // Items with one condition are one alternative.
                if has && list.len() < COMPARED && !list.iter().any(|(_, other)| *other == set) {
                    list.push((id, set));
                }
            }
        }
        let var = self.space.of(question)[0];
        for &(low, a) in &up_to {
            for &(high, b) in &from {
                let both = self.diagram.and(a, b)?;
                let (first, second) = (Part::Item(low.min(high)), Part::Item(low.max(high)));
                // Items bounded from both sides are compared twice.
                let kind = OverlapKind::Bounds(question);
                let known =
                    overlaps.iter().any(|known| (known.kind, known.first, known.second) == (kind, first, second));
                if low == high || known || both.is_empty() {
                    continue;
                }
                let for_low = self.diagram.forget(a, &|other| other != var)?;
                let for_high = self.diagram.forget(b, &|other| other != var)?;
                if self.diagram.within(for_low, for_high)? || self.diagram.within(for_high, for_low)? {
                    continue;
                }
                if let Some(witness) = self.witness(both, self.served)? {
                    overlaps.push(Overlap { kind, first, second, witness });
                }
            }
        }
        Ok(())
    }
}

/// Whether an option means that nothing more is needed.
fn says_none(option: &str) -> bool {
    ["不", "无", "没有", "否", "未", "暂不", "本人", "自行"].iter().any(|word| option.starts_with(word))
}

/// Whether a test bounds the answer to a question from above, and from below.
fn bounds(test: &Test, of: QuestionId, negated: bool, upper: &mut bool, lower: &mut bool) {
    let op = match test {
        Test::All(parts) | Test::Any(parts) => {
            parts.iter().for_each(|part| bounds(part, of, negated, upper, lower));
            return;
        }
        Test::Not(part) => return bounds(part, of, !negated, upper, lower),
        Test::Number(question, op, _) | Test::Date(question, op, _) if *question == of => *op,
        _ => return,
    };
    match op {
        Op::Lt | Op::Le => *(if negated { lower } else { upper }) = true,
        Op::Gt | Op::Ge => *(if negated { upper } else { lower }) = true,
        Op::Eq | Op::Ne => {}
    }
}

impl Answer {
    /// Takes up the answers of the next range; `false` if they are of another kind.
    fn extend(&mut self, next: &Answer) -> bool {
        fn join<T: Copy>(this: &mut Range<T>, next: &Range<T>) {
            this.high = next.high;
            this.below = next.below;
        }
        match (self, next) {
            (Answer::Number(this), Answer::Number(next)) => join(this, next),
            (Answer::Date(this), Answer::Date(next)) => join(this, next),
            _ => return false,
        }
        true
    }
}
