//! The formats, each with its escaping. They know no plan.

pub mod docx;
pub mod html;
pub mod sha256;
pub mod svg;
pub mod text;
pub mod xlsx;
pub mod xml;
