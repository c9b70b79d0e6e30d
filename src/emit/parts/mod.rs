//! From a plan to the blocks that several documents show.

pub mod asking;
pub mod charts;
pub mod code;
pub mod figures;
pub mod gaps;
pub mod matrix;
pub mod ranges;
pub mod schedule;
