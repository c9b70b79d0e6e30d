//! From a plan to the blocks that several documents show.

pub mod asking;
pub mod cells;
pub mod charts;
pub mod code;
pub mod document;
pub mod figures;
pub mod gaps;
pub mod matrix;
pub mod questions;
pub mod ranges;
pub mod schedule;
pub mod service;
pub mod steps;
