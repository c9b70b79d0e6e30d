//! What a workbook says, before it is Excel: sheets of rows under one heading each. A text is always a text: only what this
//! program writes as a [`Formula`](Cell::Formula) is one.
//!
//! Every formula is made of functions, cell ranges and words of ours, with the plan's figure as its stored value; an outside program recomputes
//! all of them in `.ci/run`. The package is written again so that it is the same bytes on every system.

mod address;
mod book;
mod cell;
mod write;

pub use address::{Area, at};
pub use book::{Book, Column, Sheet};
pub use cell::{Cell, Format, Result, whole};
