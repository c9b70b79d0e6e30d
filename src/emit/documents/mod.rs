//! The documents for people, one entry each. They do not know each other.

pub mod charts;
pub mod code;
pub mod form;
pub mod guide;
pub mod handbook;
pub mod materials;
pub mod needs;
pub mod procedure;
pub mod report;
pub mod tasks;
pub mod workbook;
