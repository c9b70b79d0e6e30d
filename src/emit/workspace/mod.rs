//! What is made of a whole workspace when its bundles are done.

pub mod base;
pub mod catalogue;
pub mod dashboard;
pub mod look;
pub mod site;
