//! Each part with its verdict and the reason for it.

use super::{Answer, AnswerState, AnswerValue, Exit, Item, Part, Row, RowFate, Standing, Verdict, Why};
use crate::plan::condition::When;
use crate::plan::material::deferral;
use crate::plan::report::reason_text;
use crate::program::{self, Assignment, Cond, ItemId, Program, QuestionId, Value};
use crate::reform::{self, CaseState, Content, Fate, Mechanism};
use crate::scenario::{self, ItemVerdicts, Verdicts};

/// Words for what was decided.
pub(super) struct Words<'a> {
    pub(super) program: &'a Program<'a>,
    pub(super) answers: &'a Assignment,
}

impl Words<'_> {
    pub(super) fn questions(&self, list: &[QuestionId]) -> Vec<String> {
        list.iter().map(|id| self.program.question(*id).name.value.to_string()).collect()
    }

    fn answer(&self, id: QuestionId) -> Option<String> {
        let value = self.answers.get(id).filter(|value| **value != Value::NotAsked)?;
        Some(self.program.question(id).answer_words(value))
    }

    pub(super) fn answers(&self, verdicts: Option<&Verdicts>) -> Vec<Answer> {
        let state = |id: QuestionId| match verdicts {
            _ if self.answer(id).is_some() => AnswerState::Given,
            Some(all) if all.open.contains(&id) => AnswerState::Open,
            Some(all) if all.asked[id.index()] == scenario::Verdict::No => AnswerState::NotAsked,
            _ => AnswerState::Settled,
        };
        let all = (0..self.program.questions.len()).map(QuestionId::from);
        all.map(|id| {
            let question = self.program.question(id);
            Answer {
                question: question.name.value.to_string(),
                ask: question.ask.to_string(),
                answer: self.answer(id),
                state: state(id),
            }
        })
        .collect()
    }

    pub(super) fn standing(
        &self,
        standing: &scenario::Standing,
        verdicts: Option<&Verdicts>,
    ) -> (Standing, Vec<String>) {
        match standing {
            scenario::Standing::Served => {
                let open = verdicts.is_some_and(|all| all.exits.iter().any(scenario::Verdict::is_open));
                (if open { Standing::Open } else { Standing::Served }, Vec::new())
            }
            scenario::Standing::TurnedAway(exits) => {
                let advice = exits.iter().map(|&exit| self.program.exits[exit].1.value.to_string());
                (Standing::TurnedAway, advice.collect())
            }
            scenario::Standing::RuledOut(constraints) => {
                let ground = |&constraint: &usize| {
                    let (never, reason) = &self.program.constraints[constraint];
                    let words = When::of(self.program, never).words;
                    match reason {
                        Some(reason) => format!("没有{words}的申请人：{}", reason.value),
                        None => format!("没有{words}的申请人"),
                    }
                };
                (Standing::RuledOut, constraints.iter().map(ground).collect())
            }
            scenario::Standing::Unasked(questions) => {
                let ground = |&id: &QuestionId| {
                    let question = self.program.question(id);
                    match &question.when {
                        Some(when) => {
                            format!("只有{}的才问“{}”", When::of(self.program, when).words, question.name.value)
                        }
                        None => format!("不会问“{}”", question.name.value),
                    }
                };
                (Standing::Unasked, questions.iter().map(ground).collect())
            }
        }
    }

    pub(super) fn exits(&self, verdicts: &Verdicts) -> Vec<Exit> {
        let exits = self.program.exits.iter().zip(&verdicts.exits);
        exits
            .map(|((when, advice), verdict)| Exit {
                verdict: Verdict::of(verdict),
                why: self.why(when),
                advice: advice.value.to_string(),
                open: self.questions(verdict.questions()),
            })
            .collect()
    }

    fn why(&self, cond: &Cond) -> Why {
        let mut questions = Vec::new();
        cond.test.questions(&mut questions);
        let mut values: Vec<AnswerValue> = Vec::new();
        for id in questions {
            let question = self.program.question(id).name.value.to_string();
            if !values.iter().any(|known| known.question == question) {
                values.push(AnswerValue { question, answer: self.answer(id) });
            }
        }
        Why { when: When::of(self.program, cond), values }
    }

    fn part(&self, name: String, when: Option<&Cond>, verdict: &scenario::Verdict) -> Part {
        Part {
            name,
            verdict: Verdict::of(verdict),
            why: when.map(|when| self.why(when)),
            open: self.questions(verdict.questions()),
        }
    }

    pub(super) fn item(&self, id: ItemId, verdicts: &Verdicts, state: Option<&CaseState>) -> Item {
        let item = self.program.item(id);
        let own = &verdicts.items[id.index()];
        let verdict = if own.left_out { Verdict::LeftOut } else { Verdict::of(&own.item) };
        let taken = matches!(verdict, Verdict::Applies | Verdict::Open);
        let stages = item.stages.iter().zip(&own.stages);
        let results = item.results.iter().zip(&own.results);
        Item {
            name: item.name.value.to_string(),
            official_name: item.official_name.to_string(),
            agency: item.agency.map(|at| self.program.workspace.agency_of(at.value).name.value.to_string()),
            verdict,
            why: item.when.as_ref().map(|when| self.why(when)),
            open: if own.left_out { Vec::new() } else { self.questions(own.item.questions()) },
            rows: if taken { self.rows(id, own, verdicts, state) } else { Vec::new() },
            stages: match taken {
                true => stages.map(|(part, own)| self.part(part.name.to_string(), part.when.as_ref(), own)).collect(),
                false => Vec::new(),
            },
            results: match taken {
                true => results
                    .map(|(part, own)| self.part(part.label.value.to_string(), part.when.as_ref(), own))
                    .collect(),
                false => Vec::new(),
            },
        }
    }

    fn rows(&self, id: ItemId, own: &ItemVerdicts, verdicts: &Verdicts, state: Option<&CaseState>) -> Vec<Row> {
        let item = self.program.item(id);
        let mut rows = Vec::new();
        for (index, (form, verdict)) in item.forms.iter().zip(&own.forms).enumerate() {
            let part = self.part(form.name.value.to_string(), form.when.as_ref(), verdict);
            rows.push(self.row(id, part, Content::Form(index), state));
        }
        for (index, (row, verdict)) in item.materials.iter().zip(&own.materials).enumerate() {
            let part = self.part(self.program.row_name(&row.identity()), row.when.as_ref(), verdict);
            rows.push(self.row(id, part, Content::Material(index), state));
        }
        for (index, measure) in self.program.measures_of(id) {
            if let (program::MeasureKind::AddMaterial { row, .. }, Some(Some(verdict))) =
                (measure, verdicts.added.get(index))
            {
                let part = self.part(self.program.row_name(&row.identity()), row.when.as_ref(), verdict);
                rows.push(self.row(id, part, Content::Added(index), state));
            }
        }
        rows
    }

    fn row(&self, item: ItemId, part: Part, content: Content, state: Option<&CaseState>) -> Row {
        let found = state.and_then(|state| {
            let mut entries = state.ledger.entries.iter();
            Some((state, entries.find(|entry| entry.item == item && entry.content == content)?))
        });
        let (fate, mechanism, reason) = match found {
            None => (None, None, None),
            Some((state, entry)) => match &entry.fate {
                Fate::Goes(mechanism, reason) => {
                    let reason = reason_text(self.program, &state.ledger, *mechanism, reason);
                    (Some(RowFate::NotNeeded), Some(*mechanism), Some(reason))
                }
                Fate::BecomesTheForm => (Some(RowFate::MergedForm), None, None),
                Fate::Deferred(_) => {
                    let reason = deferral(self.program, entry);
                    (Some(RowFate::Deferred), Some(Mechanism::Deferred), Some(reason))
                }
                Fate::Stays => {
                    let producer = self.absent_producer(entry, state);
                    let reason = producer
                        .map(|producer| format!("由“{}”办出，这次不办它", self.program.item(producer).name.value));
                    (Some(RowFate::HandedIn), None, reason)
                }
            },
        };
        Row {
            name: part.name,
            form: matches!(content, Content::Form(_)),
            added: matches!(content, Content::Added(_)),
            verdict: part.verdict,
            why: part.why,
            open: part.open,
            fate,
            mechanism,
            reason,
        }
    }

    /// An item that would produce what a row asks for and is not taken.
    fn absent_producer(&self, entry: &reform::Entry, state: &CaseState) -> Option<ItemId> {
        let identity = entry.identity.as_ref()?;
        let preconditions = &self.program.preconditions;
        let mut producers = identity.any_of.iter().flat_map(|&document| self.program.producers(document));
        let absent = producers.find(|(producer, result)| {
            *producer != entry.item
                && result.holder == identity.holder
                && !state.case.takes(*producer)
                && preconditions.precedes(*producer, entry.item)
        });
        absent.map(|(producer, _)| producer)
    }
}
