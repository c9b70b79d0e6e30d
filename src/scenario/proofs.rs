//! What holds in every scenario, and where it does not.

use super::Scenarios;
use super::diagram::Full;

/// What was proved about a bundle over all its scenarios.
#[derive(Debug, Default)]
pub struct Proofs {}

impl Scenarios<'_, '_> {
    /// Proves what can be proved.
    pub fn prove(&mut self) -> Result<Proofs, Full> {
        Ok(Proofs::default())
    }
}
