//! The shortest questionnaire: which questions to ask in which order, and which to skip. The order is a heuristic; what is skipped
//! is exact: whatever the answer to a skipped question would have been, the same applies.
//!
//! What may apply is a pair of disjoint sets (on, off). A question is asked where its answer alone can move somebody from one to the other,
//! and projected out of both elsewhere, which leaves them disjoint: so nothing later depends on what was skipped. Questions that only decide
//! whether another can be asked are kept for that. Counts that would take too long are left out, never estimated.

mod asking;
mod cover;
mod distinctions;
mod graph;
mod search;
mod weights;

pub use asking::Asking;
pub use cover::Literal;
pub use distinctions::Distinctions;
pub use graph::{End, Graph, Node};
pub use weights::{Chance, Weights};

use super::diagram::{Full, Set};
use super::{Scenarios, Sizes, Variable};
use crate::program::QuestionId;

/// Which questions to ask, in order.
#[derive(Debug, Default)]
pub struct Questionnaire {
    /// The questions, in order; those that are never asked are left out.
    pub steps: Vec<Step>,
    /// Questions whose answer never matters.
    pub unneeded: Vec<QuestionId>,
    /// How many questions are asked on average, over everybody who is possible.
    pub expected: Chance,
    /// The steps as one graph; `None` if it is too large to be read.
    pub graph: Option<Graph>,
    /// The variables that answers are about.
    pub variables: Vec<Variable>,
    /// How many scenarios there are.
    pub sizes: Sizes,
}

/// A question of the questionnaire.
#[derive(Debug)]
pub struct Step {
    /// Which.
    pub question: QuestionId,
    /// Where it is asked: exactly where its answer can still change what applies. Only answers to earlier questions that are asked
    /// themselves decide it, as far as they are possible.
    pub asked: Set,
    /// How many are asked it, of everybody who is possible.
    pub chance: Chance,
    /// Alternatives, each of which is a list of answers: who gives all answers of one of them is asked. Over everybody who is
    /// possible and was not turned away before. One empty list: everybody is asked. `None` if it takes too many words.
    pub when: Option<Vec<Vec<Literal>>>,
    /// The same of those who are not asked.
    pub unless: Option<Vec<Vec<Literal>>>,
    /// Answers with which everybody who is asked is turned away, and by which exits for certain (none: it depends).
    pub ends: Vec<(Literal, Vec<usize>)>,
    /// The same set as a graph.
    pub test: Graph,
}

impl Questionnaire {
    /// The questionnaire of a bundle.
    pub fn new(scenarios: &mut Scenarios<'_, '_>) -> Result<Self, Full> {
        let distinctions = Distinctions::new(scenarios)?;
        let mut weights = Weights::new(scenarios);
        let all = weights.weigh(&scenarios.diagram, scenarios.possible);
        let order = search::order(scenarios, &distinctions, &mut weights)?;
        let asking = Asking::new(scenarios, &distinctions, order)?;
        let mut questionnaire = Questionnaire::default();
        let mut total = num_bigint::BigUint::ZERO;
        for (place, &question) in asking.order.iter().enumerate() {
            let asked = asking.asked[place];
            let who = scenarios.diagram.and(asked, scenarios.possible)?;
            if who.is_empty() {
                continue;
            }
            let weight = weights.weigh(&scenarios.diagram, who);
            let (when, unless) = cover::words(scenarios, &asking, place)?;
            let test = graph::of_set(scenarios, asked);
            let ends = ends(scenarios, question, who)?;
            total += &weight;
            questionnaire.steps.push(Step {
                question,
                asked,
                chance: Chance::new(weight, &all),
                when,
                unless,
                ends,
                test,
            });
        }
        questionnaire.expected = Chance::new(total, &all);
        questionnaire.unneeded = (0..scenarios.program.questions.len())
            .map(QuestionId::from)
            .filter(|id| !questionnaire.steps.iter().any(|step| step.question == *id))
            .collect();
        questionnaire.variables = scenarios.space.variables().to_vec();
        questionnaire.sizes = Sizes::new(scenarios)?;
        questionnaire.graph = graph::of_steps(scenarios, &asking);
        Ok(questionnaire)
    }
}

/// Answers of those who are asked (`who`) with which nobody is served, and the exits that take them all.
fn ends(scenarios: &mut Scenarios<'_, '_>, question: QuestionId, who: Set) -> Result<Vec<(Literal, Vec<usize>)>, Full> {
    let mut found: Vec<(Literal, Vec<usize>)> = Vec::new();
    for var in scenarios.space.of(question).to_vec() {
        for value in 0..scenarios.diagram.values(var) {
            let answer = scenarios.diagram.literal(var, |other| other == value)?;
            let answer = scenarios.diagram.and(answer, who)?;
            if answer.is_empty() || scenarios.diagram.meet(answer, scenarios.served)? {
                continue;
            }
            let mut exits = Vec::new();
            for (index, &exit) in scenarios.turned_away.iter().enumerate() {
                if scenarios.diagram.within(answer, exit)? {
                    exits.push(index);
                }
            }
            match found.iter_mut().find(|(literal, known)| literal.var == var && *known == exits) {
                Some((literal, _)) => literal.values.push(value),
                None => found.push((Literal { question, var, values: vec![value] }, exits)),
            }
        }
    }
    Ok(found)
}
