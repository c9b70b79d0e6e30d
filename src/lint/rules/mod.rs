//! The rules, one file each.

pub mod circular_preconditions;
