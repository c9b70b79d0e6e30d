//! The merged material list.

use rustc_hash::FxHashMap;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::SourceRef;
use super::build::Sourcing;
use super::condition::When;
use super::exemption::Exemption;
use super::header::{Basis, bases, text, texts};
use super::presence::Presence;
use crate::model::{MaterialForm, Origin};
use crate::program::{Cond, ItemId, Program};
use crate::reform::{CaseState, Entry, Fate};

/// 合并之后的一份材料。
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Material {
    /// 文件（英文标识），几种交一种就行的都列着；文件和持有人相同的是同一份材料。合并后的申请表没有。
    pub documents: Vec<String>,
    /// 名称（几种文件交一种就行的，用“或”连接）。
    pub name: String,
    /// 持有人。
    pub holder: Option<String>,
    /// 是不是那一张合并后的申请表。
    pub is_form: bool,
    /// 各事项里的叫法。
    pub labels: Vec<String>,
    /// 服务于哪些事项（英文标识）。
    pub items: Vec<String>,
    /// 什么情形下要交；不写就是都要。
    pub when: Option<When>,
    /// 形式。
    pub form: Option<MaterialForm>,
    /// 份数。
    pub copies: u32,
    /// 来源渠道。
    pub origin: Option<Origin>,
    /// 核发或出具的单位。
    pub issuer: Option<String>,
    /// 核发单位是否已有电子证照。
    pub e_licence: bool,
    /// 出具时间要求。
    pub validity: Option<String>,
    /// 规格。
    pub paper: Option<String>,
    /// 签章。
    pub seal: Option<String>,
    /// 免交：不必由申请人提交的理由；不写就是要交。
    pub exemption: Option<Exemption>,
    /// 在各典型情形里要不要交，按典型情形的先后。
    pub scenarios: Vec<Presence>,
    /// 可否容缺后补，及怎样补。
    pub deferral: Option<String>,
    /// 是否为改革后新增。
    pub added: bool,
    /// 要求提供的依据。
    pub basis: Vec<Basis>,
    /// 受理标准。
    pub acceptance_criteria: Vec<String>,
    /// 审查要点。
    pub checkpoints: Vec<String>,
    /// 填报须知。
    pub instructions: Option<String>,
    /// 空白表。
    pub blank: Option<String>,
    /// 样表。
    pub sample: Option<String>,
    /// 说明。
    pub note: Option<String>,
    /// 出处：各事项里要这份材料的地方。
    pub sources: Vec<SourceRef>,
}

/// The list, in the order in which the rows first appear: first what has to be handed in, then what need not be.
pub(super) fn list(
    program: &Program<'_>,
    widest: &CaseState,
    named: &[CaseState],
    ids: &[String],
    sourcing: &Sourcing<'_>,
    form_name: &str,
) -> Vec<Material> {
    let entries = &widest.ledger.entries;
    let mut members: FxHashMap<usize, Vec<usize>> = FxHashMap::default();
    for index in 0..entries.len() {
        members.entry(widest.ledger.standing(index)).or_default().push(index);
    }
    let mut standing: Vec<usize> = members.keys().copied().collect();
    standing.sort_by_key(|&index| (!entries[index].is_after(), index));
    standing
        .into_iter()
        .map(|index| one(program, widest, named, index, &members[&index], ids, sourcing, form_name))
        .collect()
}

#[expect(clippy::too_many_arguments, reason = "one call, all of it context")]
fn one(
    program: &Program<'_>,
    widest: &CaseState,
    named: &[CaseState],
    index: usize,
    members: &[usize],
    ids: &[String],
    sourcing: &Sourcing<'_>,
    form_name: &str,
) -> Material {
    let entry = &widest.ledger.entries[index];
    let members: Vec<&Entry> = members.iter().map(|&member| &widest.ledger.entries[member]).collect();
    let mut items: Vec<ItemId> = members.iter().map(|entry| entry.item).collect();
    items.dedup();
    let alternatives: Vec<Vec<&Cond>> = members.iter().map(|entry| conditions(program, entry)).collect();
    let mut labels: Vec<String> = members.iter().map(|entry| label(program, entry)).collect();
    let mut seen = rustc_hash::FxHashSet::default();
    labels.retain(|label| seen.insert(label.clone()));
    let rows: Vec<_> = members.iter().filter_map(|entry| entry.row(program)).map(|row| &row.written).collect();
    let first = rows.first();
    let documents = entry.identity.as_ref().map(|identity| &identity.any_of[..]).unwrap_or_default();
    let name = match &entry.identity {
        None => form_name.to_owned(),
        Some(identity) => {
            let names: Vec<_> = identity.any_of.iter().map(|&id| &*program.workspace.material(id).name.value).collect();
            names.join("或")
        }
    };
    let holder = entry.identity.as_ref().and_then(|identity| identity.holder.as_ref()).map(ToString::to_string);
    let catalogue_issuer = documents.iter().find_map(|&id| program.workspace.material(id).issuer);
    let catalogue_issuer = catalogue_issuer.map(|id| program.workspace.agency_of(id.value).name.value.to_string());
    let exemption = match &entry.fate {
        Fate::Goes(mechanism, reason) => Some(Exemption::of(program, &widest.ledger, *mechanism, reason, ids)),
        _ => None,
    };
    let find = |get: &dyn Fn(&crate::model::MaterialUse) -> Option<String>| rows.iter().find_map(|row| get(row));
    let gather = |get: &dyn Fn(&crate::model::MaterialUse) -> Vec<String>| {
        let mut list: Vec<String> = Vec::new();
        for text in rows.iter().flat_map(|row| get(row)) {
            if !list.contains(&text) {
                list.push(text);
            }
        }
        list
    };
    Material {
        documents: documents.iter().map(|&id| program.workspace.material(id).id.to_string()).collect(),
        is_form: entry.identity.is_none(),
        labels,
        items: items.into_iter().map(|id| ids[id.index()].clone()).collect(),
        when: When::any(program, &alternatives),
        form: rows.iter().find_map(|row| row.form).map(|at| at.value),
        copies: rows.iter().filter_map(|row| row.copies).map(|copies| copies.value.0).max().unwrap_or(1),
        origin: rows
            .iter()
            .find_map(|row| row.origin)
            .map(|at| at.value)
            .or_else(|| catalogue_issuer.as_ref().map(|_| Origin::Government)),
        issuer: find(&|row| text(&row.issuer)).or(catalogue_issuer),
        e_licence: documents
            .iter()
            .any(|&id| program.workspace.material(id).written.e_licence.is_some_and(|yes| yes.value.0)),
        validity: find(&|row| text(&row.validity)),
        paper: find(&|row| text(&row.paper)),
        seal: find(&|row| text(&row.seal)),
        exemption,
        scenarios: named.iter().map(|state| Presence::of(program, &members, state)).collect(),
        deferral: matches!(entry.fate, Fate::Deferred(_)).then(|| deferral(program, entry)),
        added: members.iter().all(|entry| entry.is_added()),
        basis: first.map(|row| bases(&row.basis)).unwrap_or_default(),
        acceptance_criteria: gather(&|row| texts(&row.acceptance_criteria)),
        checkpoints: gather(&|row| texts(&row.checkpoints)),
        instructions: find(&|row| text(&row.instructions)),
        blank: find(&|row| text(&row.blank)),
        sample: find(&|row| text(&row.sample)),
        note: find(&|row| text(&row.note)),
        sources: members.iter().map(|entry| sourcing.at(entry.span)).collect(),
        name,
        holder,
    }
}

/// What an item calls a row.
pub(super) fn label(program: &Program<'_>, entry: &Entry) -> String {
    match entry.row(program) {
        Some(row) => {
            let names: Vec<_> = row.written.any_of.iter().map(|name| &*name.value).collect();
            let name = if names.is_empty() { row.label.value.to_string() } else { names.join("或") };
            match &row.holder {
                Some(holder) if !name.contains(&**holder) => format!("{name}（{holder}）"),
                _ => name,
            }
        }
        None => match entry.content {
            crate::reform::Content::Form(index) => program.item(entry.item).forms[index].name.value.to_string(),
            _ => String::new(),
        },
    }
}

/// The conditions that must hold for a row to be asked for.
pub(super) fn conditions<'p>(program: &'p Program<'_>, entry: &Entry) -> Vec<&'p Cond> {
    let item = program.item(entry.item);
    let own = match entry.content {
        crate::reform::Content::Form(index) => item.forms[index].when.as_ref(),
        _ => entry.row(program).and_then(|row| row.when.as_ref()),
    };
    item.when.iter().chain(own).collect()
}

/// How a row may follow later.
pub(super) fn deferral(program: &Program<'_>, entry: &Entry) -> String {
    let Fate::Deferred(Some(index)) = entry.fate else { return "可容缺后补".to_owned() };
    let crate::model::MeasureKind::Defer(measure) = &program.measures[index].written.kind else {
        return "可容缺后补".to_owned();
    };
    let mut parts = vec!["可容缺受理".to_owned()];
    parts.extend(measure.supply_within.map(|limit| format!("{}内补交", limit.value)));
    parts.extend(measure.supply_by.as_ref().map(|text| text.value.to_string()));
    parts.extend(measure.overdue.as_ref().map(|text| format!("逾期{}", text.value)));
    parts.join("，")
}
