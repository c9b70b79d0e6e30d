//! A Word file to write on, as it was read.

use std::collections::BTreeMap;

use crate::templates::fault::Fault;

/// What stands where the document is to go.
pub(super) const MARKER: &str = "{{正文}}";

pub(super) const WORD: &str = "http://schemas.openxmlformats.org/wordprocessingml/2006/main";
pub(super) const RELATIONS: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";

/// The parts of a package, in order, without its list of pub(super) types and with their paths from its root.
pub(super) type Parts = BTreeMap<String, Vec<u8>>;

/// A Word file to write on.
#[derive(Debug)]
pub struct Letterhead {
    /// What it is called in messages.
    pub(super) file: String,
    pub(super) parts: Parts,
    /// The path of its main part.
    pub(super) main: String,
}

impl Letterhead {
    pub(super) fn fault(&self, message: &str, help: &str) -> Fault {
        Fault::of(&self.file, message, help)
    }

    pub(super) fn odd(&self, part: &str) -> Fault {
        let message = format!("里面的 {part} 读不懂");
        self.fault(&message, "用 Word 或 WPS 打开，另存为“Word 文档（*.docx）”，再试一次")
    }
}

/// A part as text.
pub(super) fn text<'p>(parts: &'p Parts, path: &str) -> Option<&'p str> {
    let text = std::str::from_utf8(parts.get(path)?).ok()?;
    Some(text.trim_start_matches('\u{feff}'))
}
