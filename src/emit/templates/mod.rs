//! What a workspace brings of its own: templates for pages and Markdown, and Word files with a letterhead. No emitters: what people
//! write can be wrong, and is said as a [`Fault`]. Reading the files is the edge's work.

mod fault;
mod letterhead;
mod template;

pub use fault::Fault;
pub use letterhead::Letterhead;
pub use template::{CONTEXT, Templates};
