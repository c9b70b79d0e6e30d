//! YAML text → [`Document`]: the only place that names the YAML parser. Knows nothing of bundles.
//!
//! A broken part is reported, mended in a scratch copy when the cause is plain, or else skipped, and parsing goes on:
//! all faults of a file are said in one run. Spans always lie in the text as it was written.
//!
//! Anchors, aliases, tags, directives and second documents are refused: the language has catalogues and inheritance for reuse, and so nothing
//! ever expands. At a fault candidate patches are tried on a scratch copy, and the one that gets furthest is kept; spans are mapped back, and
//! the patch is the fix where it is safe. What cannot be mended is blanked and the map around it marked `damaged`, so that nobody complains
//! about what may have stood there.
//!
//! | file | what |
//! |---|---|
//! | `parse` | the file as a whole: encoding, size, marks at its start, line ends |
//! | `build` | parser events to tree, in one pass; all that a file without faults needs |
//! | `suspect` | which valid scalars may mean something else than they say |
//! | `recover` | the loop: a fault, its remedies, the one that helps most, again |
//! | `doubt` | what a suspect was meant to be, or that it is plain text after all |
//! | `hard` | which remedies to try where the parser stopped; what to say about a line that is left out |
//! | `lines`, `flow`, `quotes`, `indent` | remedies for what people really type |
//! | `remedy` | a fault with its patch, and the diagnostic it becomes |
//! | `codes` | what can be said, with the public pages |
//! | `settle` | which fixes may be made without asking: those that come to an end |
//! | `dump` | the tree in plain lines, for people |
//! | `scratch` | a text with patches in it, and the way back to the original |

mod build;
mod codes;
mod doubt;
mod dump;
mod flow;
mod hard;
mod indent;
mod lines;
mod node;
mod parse;
mod quotes;
mod recover;
mod remedy;
mod scratch;
mod settle;
mod suspect;

pub use codes::{CODES, FULL_WIDTH_PUNCTUATION};
pub use node::{Comment, Document, Entry, Kind, Node, Style};
pub use parse::parse;
