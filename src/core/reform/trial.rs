//! What some answers come to, though perhaps not all questions are answered.

use super::{CaseState, Timing};
use crate::program::{Assignment, Case, ItemId};
use crate::scenario::{Full, Scenarios, Standing, Verdicts};

/// What some answers come to.
#[derive(Debug)]
pub struct Trial {
    /// The answers.
    pub answers: Assignment,
    /// Items that the applicant leaves out.
    pub without: Vec<ItemId>,
    /// What becomes of those who answer so.
    pub standing: Standing,
    /// What applies to those of them who are served; `None` if nobody is.
    pub verdicts: Option<Verdicts>,
    /// Rows, times and figures; `None` if nobody is served or not all that applies is decided.
    pub state: Option<CaseState>,
}

impl Trial {
    /// Tries the answers.
    pub fn new(
        scenarios: &mut Scenarios<'_, '_>,
        timing: &Timing,
        answers: Assignment,
        without: Vec<ItemId>,
    ) -> Result<Self, Full> {
        let standing = scenarios.standing(&answers)?;
        if standing != Standing::Served {
            return Ok(Trial { answers, without, standing, verdicts: None, state: None });
        }
        let verdicts = scenarios.verdicts(&answers, &without)?;
        // What is still unanswered makes no difference then: one who answers so stands for all.
        let completed = verdicts.decided.then(|| scenarios.completed(verdicts.served, &answers)).flatten();
        let state = completed.map(|all| {
            let case = Case::new(scenarios.program, "所答情形".into(), all, &without);
            CaseState::with(scenarios.program, timing, case)
        });
        Ok(Trial { answers, without, standing, verdicts: Some(verdicts), state })
    }
}
