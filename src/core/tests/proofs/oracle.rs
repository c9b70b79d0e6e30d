//! Every answer tried: what holds where, by the evaluation of conditions alone.

use crate::program::{Assignment, Case, Cond, ItemId, Program, QuestionId, Value};
use crate::scenario::{Part, Witness};

use crate::tests::answers;

/// Which scenarios are meant: one entry for each.
pub type Where = Vec<bool>;

/// Every combination of answers to every question, asked or not.
pub struct World<'p, 'w> {
    pub program: &'p Program<'w>,
    pub raw: Vec<Assignment>,
    /// The same with unasked questions marked.
    pub answers: Vec<Assignment>,
    pub possible: Where,
    pub served: Where,
}

pub fn holds(cond: &Cond, answers: &Assignment) -> bool {
    cond.test.eval(answers) == Some(true)
}

impl<'p, 'w> World<'p, 'w> {
    pub fn new(program: &'p Program<'w>) -> Self {
        let mut raw = vec![Assignment::new(program.questions.len())];
        for (index, question) in program.questions.iter().enumerate() {
            let all = answers::to(&question.domain);
            let with = |known: &Assignment, value: &Value| {
                let mut more = known.clone();
                more.set(index.into(), value.clone());
                more
            };
            raw = raw.iter().flat_map(|known| all.iter().map(|value| with(known, value)).collect::<Vec<_>>()).collect();
        }
        let mark = |raw: &Assignment| {
            let mut answers = raw.clone();
            for (index, question) in program.questions.iter().enumerate() {
                if question.when.as_ref().is_some_and(|when| !holds(when, &answers)) {
                    answers.set(QuestionId::from(index), Value::NotAsked);
                }
            }
            answers
        };
        let answers: Vec<Assignment> = raw.iter().map(mark).collect();
        let possible: Where =
            answers.iter().map(|answers| !program.constraints.iter().any(|(cond, _)| holds(cond, answers))).collect();
        let served = answers
            .iter()
            .zip(&possible)
            .map(|(answers, possible)| *possible && !program.exits.iter().any(|(cond, _)| holds(cond, answers)));
        let served = served.collect();
        World { program, raw, answers, possible, served }
    }

    pub fn filter(&self, holds: impl Fn(usize) -> bool) -> Where {
        (0..self.raw.len()).map(holds).collect()
    }

    pub fn asked(&self, question: QuestionId) -> Where {
        self.filter(|at| self.answers[at].get(question) != Some(&Value::NotAsked))
    }

    pub fn when(&self, cond: Option<&Cond>) -> Where {
        self.filter(|at| cond.is_none_or(|cond| holds(cond, &self.answers[at])))
    }

    /// Where a part applies: its own condition, and those of what it belongs to.
    pub fn part(&self, part: Part) -> Where {
        let own = self.when(part.when(self.program));
        match part.owner(self.program) {
            Some(owner) => both(&own, &self.part(owner)),
            None => own,
        }
    }

    pub fn owner(&self, part: Part) -> Where {
        part.owner(self.program).map_or(vec![true; self.raw.len()], |owner| self.part(owner))
    }

    pub fn item(&self, id: ItemId) -> Where {
        self.part(Part::Item(id))
    }

    pub fn case(&self, at: usize) -> Case {
        Case::new(self.program, "例子".into(), self.answers[at].clone(), &[])
    }

    /// Whether everybody of the context who answers so is in the set, and somebody is.
    pub fn check_witness(&self, witness: &Witness, set: &Where, context: &Where) {
        let gives = |at: usize| {
            let mut answers = witness.answers.iter();
            answers.all(|(question, answer)| answer.includes(self.raw[at].get(*question).unwrap()))
        };
        let meant: Vec<usize> = (0..self.raw.len()).filter(|&at| context[at] && gives(at)).collect();
        assert!(!meant.is_empty(), "nobody: {}", witness.words(self.program));
        assert!(meant.iter().all(|&at| set[at]), "not all: {}", witness.words(self.program));
    }
}

pub fn both(a: &Where, b: &Where) -> Where {
    a.iter().zip(b).map(|(a, b)| *a && *b).collect()
}

pub fn either(a: &Where, b: &Where) -> Where {
    a.iter().zip(b).map(|(a, b)| *a || *b).collect()
}

pub fn without(a: &Where, b: &Where) -> Where {
    a.iter().zip(b).map(|(a, b)| *a && !*b).collect()
}

pub fn any(a: &Where) -> bool {
    a.contains(&true)
}

pub fn within(a: &Where, b: &Where) -> bool {
    !any(&without(a, b))
}

/// Every part of the bundle that can carry a condition, with or without one.
pub fn parts(program: &Program<'_>) -> Vec<Part> {
    let mut parts: Vec<Part> = (0..program.questions.len()).map(|index| Part::Question(index.into())).collect();
    for id in program.item_ids() {
        let item = program.item(id);
        parts.push(Part::Item(id));
        parts.extend((0..item.stages.len()).map(|index| Part::Stage(id, index)));
        for form in 0..item.forms.len() {
            parts.push(Part::Form(id, form));
            parts.extend((0..item.forms[form].fields.len()).map(|field| Part::Field(id, form, field)));
        }
        parts.extend((0..item.materials.len()).map(|index| Part::Material(id, index)));
        parts.extend((0..item.results.len()).map(|index| Part::Result(id, index)));
    }
    parts.extend((0..program.measures.len()).map(Part::Added).filter(|part| part.row(program).is_some()));
    parts
}

/// The rows of one item, its own and those that measures add.
pub fn rows(program: &Program<'_>, id: ItemId) -> Vec<Part> {
    parts(program).into_iter().filter(|part| part.is_material() && part.item(program) == Some(id)).collect()
}
