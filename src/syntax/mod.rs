//! YAML text → [`Document`]: the only place that names the YAML parser. Knows nothing of bundles.
//!
//! A broken part is reported, mended in a scratch copy when the cause is plain, or else skipped, and parsing goes on:
//! all faults of a file are said in one run. Spans always lie in the text as it was written.

mod codes;
mod node;
mod parse;
mod recover;

pub use codes::CODES;
pub use node::{Comment, Document, Entry, Kind, Node, Style};
pub use parse::parse;
