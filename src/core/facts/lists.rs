//! Lists of papers, as published and as compiled, compared by document and holder.

use rustc_hash::{FxHashMap, FxHashSet};

use crate::model::{ListRow, MaterialKind, Str};
use crate::program::{Identity, MaterialId, Program};
use crate::reform::{CaseState, Content};
use crate::source::Span;

/// What a row of a list asks for.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum PaperKind {
    /// An application form; all forms are one.
    Form,
    /// A document of the catalogue, or several of which one is enough; sorted.
    Document(Vec<MaterialId>),
    /// Something that the catalogue does not know.
    Unknown(Str),
}

/// A row of a list.
#[derive(Debug, Clone)]
pub struct Paper {
    /// What is asked for.
    pub kind: PaperKind,
    /// Whose; in a published list often left out.
    pub holder: Option<Str>,
    /// Where it is written.
    pub span: Span,
}

impl Paper {
    /// Whether this is the material, as far as the holder is said.
    pub fn is(&self, identity: &Identity) -> bool {
        let kind = matches!(&self.kind, PaperKind::Document(ids) if ids.iter().any(|id| identity.any_of.contains(id)));
        kind && (self.holder.is_none() || self.holder == identity.holder)
    }
}

/// The rows of a published list.
pub fn published<'r>(program: &Program<'_>, rows: impl Iterator<Item = &'r ListRow>) -> Vec<Paper> {
    let forms = program.items.iter().flat_map(|item| &item.forms).map(|form| &*form.name.value);
    let forms: FxHashSet<&str> = forms.chain(program.bundle.form_name.as_ref().map(|name| &*name.value)).collect();
    let workspace = program.workspace;
    let paper = |row: &ListRow| {
        let text = row.material.as_ref()?;
        let name: &str = &text.value;
        let bare: String = name.chars().filter(|c| !matches!(c, '“' | '”' | '"' | '《' | '》')).collect();
        let document = workspace.find_document(name).or_else(|| workspace.find_document(&bare));
        let kind = match document {
            Some(id) if is_form(program, id) => PaperKind::Form,
            Some(id) => PaperKind::Document(vec![id]),
            None if forms.contains(name) || forms.contains(&*bare) || sounds_like_form(&bare) => PaperKind::Form,
            None => PaperKind::Unknown(bare.into()),
        };
        Some(Paper { kind, holder: row.holder.as_ref().map(|holder| holder.value.clone()), span: text.span })
    };
    rows.filter_map(paper).collect()
}

fn is_form(program: &Program<'_>, id: MaterialId) -> bool {
    program.workspace.material(id).written.kind.is_some_and(|at| at.value == MaterialKind::Form)
}

fn sounds_like_form(name: &str) -> bool {
    ["申请表", "申请表单", "申请书"].iter().any(|end| name.ends_with(end))
}

/// What has to be handed in after the reform, all conditions fulfilled.
pub fn compiled(program: &Program<'_>, widest: &CaseState) -> Vec<Paper> {
    let entries = widest.ledger.entries.iter().filter(|entry| entry.is_after());
    let papers = entries.map(|entry| match (&entry.content, &entry.identity) {
        (Content::Form(_), _) | (_, None) => Paper { kind: PaperKind::Form, holder: None, span: entry.span },
        (_, Some(identity)) => {
            let kind = match identity.any_of.iter().all(|id| is_form(program, *id)) {
                true => PaperKind::Form,
                false => PaperKind::Document(identity.any_of.clone()),
            };
            Paper { kind, holder: identity.holder.clone(), span: entry.span }
        }
    });
    papers.collect()
}

/// The rows of each list that the other does not have. A row matches one of the same document and holder; where a holder is left
/// out, any that is left over will do.
pub fn differences<'p>(first: &'p [Paper], second: &'p [Paper]) -> (Vec<&'p Paper>, Vec<&'p Paper>) {
    let mut index: FxHashMap<&PaperKind, Vec<usize>> = FxHashMap::default();
    let mut documents: FxHashMap<MaterialId, Vec<usize>> = FxHashMap::default();
    for (at, paper) in second.iter().enumerate() {
        index.entry(&paper.kind).or_default().push(at);
        if let PaperKind::Document(ids) = &paper.kind {
            ids.iter().for_each(|id| documents.entry(*id).or_default().push(at));
        }
    }
    let candidates = |paper: &Paper| -> Vec<usize> {
        match &paper.kind {
            PaperKind::Document(ids) => ids.iter().filter_map(|id| documents.get(id)).flatten().copied().collect(),
            kind => index.get(kind).cloned().unwrap_or_default(),
        }
    };
    let mut met = vec![false; second.len()];
    let mut open = Vec::new();
    for paper in first {
        let same: Vec<_> = candidates(paper).into_iter().filter(|&at| second[at].holder == paper.holder).collect();
        match same.is_empty() {
            true => open.push(paper),
            false => same.into_iter().for_each(|at| met[at] = true),
        }
    }
    // The same paper may be listed once for each item.
    let mut said: FxHashSet<(&PaperKind, &Option<Str>)> = FxHashSet::default();
    let mut only_first: Vec<&Paper> = Vec::new();
    for paper in open {
        let left = candidates(paper)
            .into_iter()
            .find(|&at| !met[at] && (paper.holder.is_none() || second[at].holder.is_none()));
        match left {
            Some(at) => met[at] = true,
            None if said.insert((&paper.kind, &paper.holder)) => only_first.push(paper),
            None => {}
        }
    }
    said = second.iter().zip(&met).filter(|(_, met)| **met).map(|(paper, _)| (&paper.kind, &paper.holder)).collect();
    let unmet = second.iter().zip(&met).filter(|(_, met)| !**met).map(|(paper, _)| paper);
    let only_second = unmet.filter(|paper| said.insert((&paper.kind, &paper.holder))).collect();
    (only_first, only_second)
}

/// What a row is called, with its holder.
pub fn name(program: &Program<'_>, paper: &Paper) -> String {
    match (&paper.kind, &paper.holder) {
        (PaperKind::Form, _) => "申请表".to_owned(),
        (PaperKind::Document(ids), holder) => {
            let names: Vec<_> = ids.iter().map(|id| &*program.workspace.material(*id).name.value).collect();
            let names = names.join("或");
            holder.as_ref().map_or(names.clone(), |holder| format!("{names}（{holder}）"))
        }
        (PaperKind::Unknown(name), _) => name.to_string(),
    }
}
