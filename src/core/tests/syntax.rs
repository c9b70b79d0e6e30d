//! The syntax stage: trees, spans, faults and recovery.

mod cases;
mod each;
mod many;
mod pages;
mod random;
mod tools;
mod trees;
