//! What kind of file a text is: its top-level key says so.

use super::bundle::Bundle;
use super::catalogue::{AgencyFile, CapabilityFile, ElementFile, MaterialFile};
use super::closest;
use super::codes::UNKNOWN_FILES;
use super::decode::Decoder;
use super::manifest::Manifest;
use super::record::{Record, Value};
use crate::diagnostic::{Fix, Sink};
use crate::source::{Source, Span};
use crate::syntax::{Document, Entry, Kind};

/// The file name of a workspace's manifest.
pub const MANIFEST_NAME: &str = "yijianshi.yaml";

/// A file, read.
#[derive(Debug, Clone)]
#[expect(clippy::large_enum_variant, reason = "one value a file")]
pub enum File {
    /// A manifest.
    Manifest(Manifest),
    /// Materials.
    Materials(MaterialFile),
    /// Agencies.
    Agencies(AgencyFile),
    /// Data elements.
    Elements(ElementFile),
    /// Shared capabilities.
    Capabilities(CapabilityFile),
    /// A bundle.
    Bundle(Bundle),
}

impl File {
    /// As written, with English keys.
    pub fn export(&self) -> serde_json::Value {
        match self {
            File::Manifest(file) => super::export(file),
            File::Materials(file) => super::export(file),
            File::Agencies(file) => super::export(file),
            File::Elements(file) => super::export(file),
            File::Capabilities(file) => super::export(file),
            File::Bundle(file) => super::export(file),
        }
    }
}

/// The kinds of file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum FileKind {
    Manifest,
    Materials,
    Agencies,
    Elements,
    Capabilities,
    Bundle,
}

const TOP_KEYS: [(&str, FileKind); 6] = [
    ("一件事", FileKind::Bundle),
    ("材料目录", FileKind::Materials),
    ("机构目录", FileKind::Agencies),
    ("数据项目录", FileKind::Elements),
    ("共享能力", FileKind::Capabilities),
    ("工作区", FileKind::Manifest),
];

/// Whether a text is surely a bundle, told without parsing it. `false` means: parse it to know.
pub fn is_surely_bundle(text: &str) -> bool {
    text.trim_start_matches('\u{feff}')
        .lines()
        .any(|line| line.strip_prefix("一件事").is_some_and(|rest| rest.trim_start().starts_with([':', '：'])))
}

/// The path that a bundle seems to extend (`继承`), told without parsing it: whoever needs to know parses it.
pub fn extended_path(text: &str) -> Option<&str> {
    text.lines().find_map(|line| {
        let rest = line.trim_start_matches('\u{feff}').strip_prefix("继承")?.trim_start().strip_prefix(':')?;
        let plain = rest.split(" #").next().unwrap_or_default().trim();
        Some(plain.trim_matches(['"', '\'']))
    })
}

/// Reads a parsed text as the kind of file that its top-level key says. `None` if that cannot be told (which is reported).
pub fn read(document: &Document, source: &Source, sink: &mut Sink) -> Option<File> {
    // Nothing could be read: the syntax stage has said so.
    let root = document.root.as_ref()?;
    let top = Span { end: root.span.start, ..root.span };
    let Kind::Map { entries, .. } = &root.kind else {
        sink.push(
            UNKNOWN_FILES
                .at(super::decode::first_line(root.span, source.text()), "整个文件应当是一组“键: 值”")
                .help(kinds_help()),
        );
        return None;
    };
    let is_manifest = source.name().rsplit('/').next() == Some(MANIFEST_NAME);
    let kind = if is_manifest {
        Some(FileKind::Manifest)
    } else {
        TOP_KEYS.iter().find(|(key, _)| entries.iter().any(|entry| &*entry.key.value == *key)).map(|(_, kind)| *kind)
    };
    // Only the kind's own name is missing: the rest is read all the same.
    let kind = kind.or_else(|| guess(document, sink));
    let Some(kind) = kind else {
        if !document.damaged {
            let at = entries.first().map_or(top, |entry| entry.key.span);
            sink.push(UNKNOWN_FILES.at(at, "看不出这是什么文件：没有说明种类的键").help(kinds_help()));
        }
        return None;
    };
    let questions = question_names(entries);
    let cx = &mut Decoder::new(source.text(), &questions, sink);
    Some(match kind {
        FileKind::Manifest => File::Manifest(Manifest::decode(root, cx)?),
        FileKind::Materials => File::Materials(MaterialFile::decode(root, cx)?),
        FileKind::Agencies => File::Agencies(AgencyFile::decode(root, cx)?),
        FileKind::Elements => File::Elements(ElementFile::decode(root, cx)?),
        FileKind::Capabilities => File::Capabilities(CapabilityFile::decode(root, cx)?),
        FileKind::Bundle => File::Bundle(Bundle::decode(root, cx)?),
    })
}

fn question_names(entries: &[Entry]) -> Vec<&str> {
    let table = entries.iter().find(|entry| &*entry.key.value == "情形").map(|entry| &entry.value.kind);
    let Some(Kind::Map { entries, .. }) = table else { return Vec::new() };
    entries.iter().map(|entry| &*entry.key.value).collect()
}

/// A misspelt kind, or a file whose other keys are those of a bundle.
fn guess(document: &Document, sink: &mut Sink) -> Option<FileKind> {
    let Some(Kind::Map { entries, .. }) = document.root.as_ref().map(|root| &root.kind) else { return None };
    for entry in entries {
        let word = closest(&entry.key.value, TOP_KEYS.iter().map(|(key, _)| *key));
        if let Some((word, kind)) = word.and_then(|word| TOP_KEYS.iter().find(|(key, _)| *key == word)) {
            // Unless the file is a bundle with such a key, the decoder would say the same again.
            if *kind != FileKind::Bundle && *kind != FileKind::Manifest {
                sink.push(
                    UNKNOWN_FILES
                        .at(entry.key.span, format!("没有“{}”这种文件", entry.key.value))
                        .label(format!("是不是“{word}”？"))
                        .fix(Fix::replace(entry.key.span, *word, format!("改为“{word}”")).to_be_confirmed())
                        .help(kinds_help()),
                );
                return None;
            }
            return Some(*kind);
        }
    }
    let known = entries.iter().filter(|entry| Bundle::RECORD.key(&entry.key.value).is_some()).count();
    (known >= 3).then_some(FileKind::Bundle)
}

fn kinds_help() -> String {
    let keys: Vec<_> = TOP_KEYS.iter().map(|(key, _)| *key).collect();
    format!("最外层要有下面的一个键：{}", keys.join("、"))
}
