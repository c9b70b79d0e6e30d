//! What a workbook says, before it is Excel: sheets of rows under one heading each. A text is always a text: only what this
//! program writes as a [`Formula`](Cell::Formula) is one.

mod address;
mod book;
mod cell;
mod write;

pub use address::{Area, at};
pub use book::{Book, Column, Sheet};
pub use cell::{Cell, Format, Result, whole};
