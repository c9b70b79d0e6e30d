//! Findings allowed in the text with a reason.
use crate::diagnostic::Code;
/// Codes of allow-comments.
pub static ALLOW_CODES: &[&Code] = &[];
/// The allow-comments of a text.
pub struct Allows;
