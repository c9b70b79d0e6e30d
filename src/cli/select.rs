//! Which results are to be made: emitters by name or label, and what is not an emitter's work.

use super::failure::Failure;
use yijianshi_core::diagnostic::closest;
use yijianshi_emit::{EMITTERS, Emitter, WORKSPACE_EMITTERS, WorkspaceEmitter};

/// What is to be made.
#[derive(Debug, Clone)]
pub struct Selection {
    /// These formats.
    pub emitters: Vec<&'static Emitter>,
    /// These for whole workspaces.
    pub workspace: Vec<&'static WorkspaceEmitter>,
    /// What the workspace's own templates make beyond what they replace.
    pub templates: bool,
    /// PDF of the documents.
    pub pdf: bool,
    /// Nothing but PDF; the documents are only made for it.
    pub only_pdf: bool,
}

/// Names of what is not an emitter's work, and their labels.
const TEMPLATES: (&str, &str) = ("templates", "自有模板（模板文件夹里的 .html 和 .md）");
const PDF: (&str, &str) = ("pdf", "PDF（各份文件的 PDF，用 LibreOffice 或 Chromium 生成；不写就不生成）");

impl Selection {
    /// All that needs no other program.
    pub fn all() -> Selection {
        let workspace = WORKSPACE_EMITTERS.iter().collect();
        Selection { emitters: EMITTERS.iter().collect(), workspace, templates: true, pdf: false, only_pdf: false }
    }

    /// What is called `names`. `place` is where they were written.
    pub fn of<'n>(names: impl Iterator<Item = &'n str>, place: &str) -> Result<Selection, Failure> {
        let (emitters, workspace) = (Vec::new(), Vec::new());
        let mut selection = Selection { emitters, workspace, templates: false, pdf: false, only_pdf: false };
        let mut any = false;
        for name in names {
            any = true;
            let is = |own: &str, label: &str| [own, label, short(label)].contains(&name);
            if is(PDF.0, PDF.1) {
                selection.pdf = true;
            } else if is(TEMPLATES.0, TEMPLATES.1) {
                selection.templates = true;
            } else if let Some(own) = WORKSPACE_EMITTERS.iter().find(|own| is(own.name, own.label)) {
                selection.workspace.push(own);
            } else {
                let found = EMITTERS.iter().find(|emitter| is(emitter.name, emitter.label));
                selection.emitters.push(found.ok_or_else(|| unknown(name, place))?);
            }
        }
        if !any {
            return Err(Failure::Other(format!("{place}：没有写要生成哪种成果")));
        }
        if selection.pdf && selection.emitters.is_empty() {
            selection.only_pdf = true;
            selection.emitters = EMITTERS.iter().collect();
        }
        Ok(selection)
    }
}

fn short(label: &str) -> &str {
    label.split('（').next().unwrap_or(label)
}

fn unknown(name: &str, place: &str) -> Failure {
    let whole = || WORKSPACE_EMITTERS.iter().map(|own| (own.name, own.label));
    let all = || EMITTERS.iter().map(|emitter| (emitter.name, emitter.label)).chain(whole()).chain([TEMPLATES, PDF]);
    let known = all().flat_map(|(name, label)| [name, short(label)]);
    let meant = closest(name, known).map(|word| format!("，是不是“{word}”？")).unwrap_or_default();
    let list: String = all().map(|(name, label)| format!("\n  {name}  {label}")).collect();
    Failure::Other(format!("{place}：没有“{name}”这种成果{meant}\n可以写：{list}"))
}
