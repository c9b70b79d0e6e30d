//! The shortest questionnaire: which questions to ask in which order, and which to skip.

use super::Scenarios;
use super::diagram::Full;
use crate::program::QuestionId;

/// Which questions to ask, in order.
#[derive(Debug, Default)]
pub struct Questionnaire {
    /// The order.
    pub order: Vec<QuestionId>,
}

impl Questionnaire {
    /// The questionnaire of a bundle.
    pub fn new(scenarios: &mut Scenarios<'_, '_>) -> Result<Self, Full> {
        Ok(Questionnaire { order: scenarios.program.question_order() })
    }
}
