//! The formats, each with its escaping. They know no plan.

pub mod bitmap;
pub mod docx;
pub mod escape;
pub mod graphviz;
pub mod html;
pub mod markdown;
pub mod mermaid;
pub mod package;
pub mod qr;
pub mod sha256;
pub mod svg;
pub mod text;
pub mod xlsx;
pub mod xml;

use std::collections::BTreeMap;

use svg::Drawing;

/// Files by path (`/` between folders, relative to the bundle's own folder).
pub type Files = BTreeMap<String, Vec<u8>>;

/// Makes a drawing a picture (PNG). That needs fonts, which are the machine's; where there are none it gives nothing, and documents
/// name the drawing's file.
pub type Painter<'p> = &'p (dyn Fn(&Drawing) -> Option<Vec<u8>> + 'p);
