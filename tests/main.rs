//! Everything but the command line, in one program: one link, and what the tests share is compiled once.

#[path = "random/answers.rs"]
mod answers;
#[path = "random/conditions.rs"]
mod conditions;
mod example;
mod workspace;

mod agreement;
mod calendar;
mod corpora;
mod dates;
mod diagnostic_render;
mod diagram;
mod docs;
mod emit;
mod expr;
mod extremes;
mod gallery;
mod guide;
mod names;
mod pages;
mod process;
mod proofs;
mod questionnaire;
mod reform;
mod scale;
mod schema;
mod shipped;
mod space;
mod state;
mod structure;
mod syntax;
mod tidy;
mod ui;
mod verdicts;
mod workspaces;
mod write;
