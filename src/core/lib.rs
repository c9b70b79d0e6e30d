//! The core of **yijianshi**, compiler and linter for 一件事一次办 bundles. Pure: it reads no disk, prints nothing, asks no clock.
//!
//! A bundle is text. Each stage turns it into a plainer thing and says what it noticed; at the end there is a plan without
//! faults, and an emitter turns a plan into files. `DESIGN.md` has the picture and the invariants.

mod allow;
pub mod compile;
pub mod diagnostic;
pub mod expr;
pub mod facts;
mod lint;
pub mod message;
pub mod model;
pub mod plan;
mod program;
mod reform;
mod scenario;
pub mod schema;
pub mod source;
mod syntax;

#[cfg(test)]
mod tests;
