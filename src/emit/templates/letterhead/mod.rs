//! Word files of an agency as the paper that our documents are written on: its styles, headers, footers, theme, settings and the
//! properties of its sections stay as they are; the document takes the place of a paragraph that says `{{正文}}`, or stands at the
//! end. What our documents need and the file lacks (styles, lists, pictures, links) is added under ids of its own.
//!
//! A letterhead is kept to the byte: elements are located, not re-serialised, and our body is spliced in. Styles match by name (Word's ids
//! differ by language); widths are scaled by column edges so that cells and grid agree; each of our sections takes theirs, turned where we
//! turn.

mod body;
mod file;
mod merge;
mod paper;
mod styles;
mod xml;

use std::io::{Cursor, Read as _};

use zip::ZipArchive;

pub use file::Letterhead;

use super::fault::Fault;
use file::Parts;

/// The largest part, and the largest file, unpacked.
const LARGEST_PART: u64 = 64 << 20;
const LARGEST: u64 = 256 << 20;

const MAIN: &str = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml";
impl Letterhead {
    /// Reads `bytes`, the content of `file`.
    ///
    /// # Errors
    ///
    /// That it is no Word file, or none that can be written on.
    pub fn read(file: &str, bytes: &[u8]) -> Result<Letterhead, Fault> {
        let fault = |message: &str, help: &str| Fault::of(file, message, help);
        let again = "用 Word 或 WPS 打开，另存为“Word 文档（*.docx）”";
        if bytes.starts_with(b"\xd0\xcf\x11\xe0") {
            return Err(fault("是加了密码的文件或者老格式的 .doc", "去掉密码，另存为“Word 文档（*.docx）”"));
        }
        let parts = unpack(bytes).ok_or_else(|| fault("不是 Word 文件，或者文件坏了", again))?;
        let part = |path: &str| parts.get(path).and_then(|bytes| std::str::from_utf8(bytes).ok()).and_then(xml::parse);
        let root = part("_rels/.rels").ok_or_else(|| fault("不是 Word 文件，或者文件坏了", again))?;
        let main = root
            .children
            .iter()
            .find(|relation| relation.attr("Type").is_some_and(|kind| kind.ends_with("/officeDocument")))
            .and_then(|relation| relation.attr("Target"))
            .map(|target| target.trim_start_matches('/').to_owned())
            .filter(|main| parts.contains_key(main))
            .ok_or_else(|| fault("里面没有正文，不是 Word 文件", again))?;
        let types = part("[Content_Types].xml").ok_or_else(|| fault("不是 Word 文件，或者文件坏了", again))?;
        let kind = types
            .all("Override")
            .find(|own| own.attr("PartName").is_some_and(|name| name.trim_start_matches('/') == main))
            .and_then(|own| own.attr("ContentType"))
            .unwrap_or_default();
        let macros = kind.contains("macroEnabled") || parts.keys().any(|path| path.ends_with("vbaProject.bin"));
        if macros {
            return Err(fault("里面有宏，不能用作模板", "另存为不含宏的“Word 文档（*.docx）”"));
        }
        if kind != MAIN {
            return Err(fault("不是 Word 文档（.docx）", again));
        }
        let letterhead = Letterhead { file: file.to_owned(), parts, main };
        // What cannot be written on is found now, not with the first document.
        merge::check(&letterhead)?;
        Ok(letterhead)
    }

    /// A document of ours on this paper.
    ///
    /// # Errors
    ///
    /// That something of the file cannot be understood.
    pub fn dress(&self, document: &[u8]) -> Result<Vec<u8>, Fault> {
        let own = unpack(document).unwrap_or_default();
        let parts = merge::merge(self, &own)?;
        Ok(crate::write::package::pack(&parts.into_iter().collect::<Vec<_>>()))
    }
}

/// The parts of a zip file; nothing if it is none, or is too large.
fn unpack(bytes: &[u8]) -> Option<Parts> {
    let mut archive = ZipArchive::new(Cursor::new(bytes)).ok()?;
    let mut parts = Parts::new();
    let mut sum = 0;
    for index in 0..archive.len() {
        let mut entry = archive.by_index(index).ok()?;
        if entry.is_dir() {
            continue;
        }
        let path = entry.name().ok()?.replace('\\', "/");
        let mut content = Vec::new();
        let read = entry.by_ref().take(LARGEST_PART + 1).read_to_end(&mut content).ok()?;
        sum += read as u64;
        if read as u64 > LARGEST_PART || sum > LARGEST {
            return None;
        }
        parts.insert(path, content);
    }
    Some(parts)
}
