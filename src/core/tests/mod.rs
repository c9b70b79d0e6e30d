//! Tests that look inside: oracles, properties, parsers. What the package promises to others is tested from outside.

mod answers;
mod calendar;
mod conditions;
mod corpora;
mod decision;
mod diagram;
mod expr;
mod extremes;
mod names;
mod proofs;
mod questionnaire;
mod reform;
mod space;
mod syntax;
mod verdicts;
mod write;
