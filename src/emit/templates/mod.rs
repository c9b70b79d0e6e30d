//! What a workspace brings of its own: templates for pages and Markdown, and Word files with a letterhead. No emitters: what people
//! write can be wrong, and is said as a [`Fault`]. Reading the files is the edge's work.
//!
//! The edge applies them to what the emitters made, and writes nothing if anything is wrong. A template sees `plan.json` and names the version
//! it was written for; unknown names, empty values and lists printed as text are errors; what is printed goes through the same display and
//! escaping as our documents. Steps, depth and bytes are limited.

mod fault;
mod letterhead;
mod template;

pub use fault::Fault;
pub use letterhead::Letterhead;
pub use template::{CONTEXT, Templates};
