//! The syntax stage: trees, spans, faults and recovery.

#[path = "syntax/cases.rs"]
mod cases;
#[path = "syntax/each.rs"]
mod each;
#[path = "syntax/many.rs"]
mod many;
#[path = "syntax/pages.rs"]
mod pages;
#[path = "syntax/random.rs"]
mod random;
#[path = "syntax/tools.rs"]
mod tools;
#[path = "syntax/trees.rs"]
mod trees;
