//! The folder `模板` of a workspace: its own templates for pages, Markdown and Word.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use super::failure::{Failure, shown};
use super::load::WorkspaceFiles;
use yijianshi_core::plan::Plan;
use yijianshi_emit::Files;
use yijianshi_emit::templates::{Fault, Letterhead, Templates};

/// What the folder is called.
const FOLDER: &str = "模板";
/// The paper for all Word files that have none of their own.
const GENERAL: &str = "红头.docx";
/// The largest file, in bytes.
const LARGEST: u64 = 64 << 20;

/// What a workspace brings of its own.
#[derive(Debug)]
pub struct TemplateFolder {
    templates: Option<Templates>,
    /// By the name of the document.
    letterheads: BTreeMap<String, Letterhead>,
    folder: String,
}

impl TemplateFolder {
    /// Reads the folder; nothing if there is none.
    pub fn read(files: &WorkspaceFiles) -> Result<Result<Option<TemplateFolder>, Vec<Fault>>, Failure> {
        let root = files.folder().join(FOLDER);
        if !root.is_dir() {
            return Ok(Ok(None));
        }
        let folder = files.name(FOLDER) + "/";
        let mut texts = BTreeMap::new();
        let mut letterheads = BTreeMap::new();
        let mut faults = Vec::new();
        let mut walk = ignore::WalkBuilder::new(&root);
        walk.standard_filters(false).hidden(true).follow_links(false).sort_by_file_name(std::cmp::Ord::cmp);
        for entry in walk.build() {
            let entry = entry.map_err(|error| Failure::Other(format!("读不了 {folder}：{error}")))?;
            let path = entry.path();
            let name = shown(path.strip_prefix(&root).unwrap_or(path));
            // What an open Word leaves beside its file is no template.
            let is_lock = path.file_name().is_some_and(|name| name.to_string_lossy().starts_with("~$"));
            if path.is_dir() || is_lock {
                continue;
            }
            let file = format!("{folder}{name}");
            match name.rsplit_once('.') {
                Some((stem, "docx")) if !stem.contains('/') => match Letterhead::read(&file, &read(path)?) {
                    Ok(letterhead) => drop(letterheads.insert(name, letterhead)),
                    Err(fault) => faults.push(fault),
                },
                Some((_, "html" | "md")) => match String::from_utf8(read(path)?) {
                    Ok(text) => drop(texts.insert(name, text)),
                    Err(_) => faults.push(Fault::of(&file, "不是 UTF-8 编码", "另存为 UTF-8 编码的文本")),
                },
                _ => faults.push(Fault::of(
                    &file,
                    "不是模板",
                    "模板只有 .html、.md（文件夹里的供引用）和不在文件夹里的 .docx，别的文件移到别处",
                )),
            }
        }
        let templates = match texts.is_empty() {
            true => None,
            false => match Templates::read(&folder, texts) {
                Ok(templates) => Some(templates),
                Err(own) => {
                    faults.extend(own);
                    None
                }
            },
        };
        Ok(if faults.is_empty() { Ok(Some(TemplateFolder { templates, letterheads, folder })) } else { Err(faults) })
    }

    /// Lets them work on what was made of a bundle. `all`: also what replaces nothing is made. `complete`: everything was made, so that a
    /// paper for which there is no document is a mistake.
    pub fn apply(&self, plan: &Plan, all: bool, complete: bool, files: &mut Files) -> Vec<Fault> {
        let mut faults = Vec::new();
        if let Some(templates) = &self.templates {
            for name in templates.outputs() {
                if all || files.contains_key(name) {
                    match templates.render(name, plan) {
                        Ok(bytes) => drop(files.insert(name.clone(), bytes)),
                        Err(fault) => faults.push(fault),
                    }
                }
            }
        }
        for name in self.letterheads.keys().filter(|name| complete && *name != GENERAL && !files.contains_key(*name)) {
            faults.push(Fault::of(
                &format!("{}{name}", self.folder),
                "没有叫这个名称的 Word 文件",
                format!("改成某份成果的名称，例如“办事指南.docx”；全部文件都用的叫“{GENERAL}”"),
            ));
        }
        for (name, bytes) in files.iter_mut().filter(|(name, _)| name.ends_with(".docx")) {
            if let Some(letterhead) = self.letterheads.get(name).or_else(|| self.letterheads.get(GENERAL)) {
                match letterhead.dress(bytes) {
                    Ok(dressed) => *bytes = dressed,
                    Err(fault) => faults.push(fault),
                }
            }
        }
        faults
    }
}

fn read(path: &Path) -> Result<Vec<u8>, Failure> {
    let size = fs::metadata(path).map_err(|error| Failure::read(path, error))?.len();
    if size > LARGEST {
        return Err(Failure::Other(format!("{} 太大，模板最多 {} MB", shown(path), LARGEST >> 20)));
    }
    fs::read(path).map_err(|error| Failure::read(path, error))
}
