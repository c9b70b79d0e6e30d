//! JSON.
/// x
pub struct JsonReport;
