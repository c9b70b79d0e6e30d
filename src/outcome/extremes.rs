//! Time and counts over all scenarios: the worst, the best, and who attains them.

use crate::scenario::{Full, Scenarios};

/// The extremes of every figure.
#[derive(Debug, Default)]
pub struct Extremes {}

impl Extremes {
    /// Over everybody who is served.
    pub fn new(_scenarios: &mut Scenarios<'_, '_>) -> Result<Self, Full> {
        Ok(Extremes::default())
    }
}
