//! Rows: the forms and materials that items ask for, and what becomes of each as far as that does not depend on answers.

use indexmap::IndexSet;
use rustc_hash::FxBuildHasher;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::diagram::Nodes;
use crate::facts::Facts;
use crate::model::{MaterialForm, Origin};
use crate::plan::condition::When;
use crate::plan::header::{Basis, bases, text};
use crate::plan::material::{conditions, deferral, label};
use crate::plan::report::reason_text;
use crate::program::{self, ItemId, MeasureKind, Program};
use crate::reform::{self, Content, Entry, Fate, Mechanism};

/// 材料的身份：文件和持有人；身份相同的只收一次。
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Identity {
    /// 名称（几种文件交一种就行的，用“或”连接）。
    pub name: String,
    /// 持有人。
    pub holder: Option<String>,
    /// 核发的单位。
    pub issuer: Option<String>,
    /// 几种文件交一种就行的：交了其中一份（这里的身份），就不用再交。
    pub one_of: Vec<usize>,
}

/// 一张表或一份材料。
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct DecisionRow {
    /// 种类。
    pub kind: RowKind,
    /// 名称。
    pub name: String,
    /// 事项里的叫法。
    pub label: String,
    /// 什么时候要：判断图的节点。
    pub when: usize,
    /// 为什么要：事项和它自己的条件；没有就是都要。
    pub why: Option<When>,
    /// 身份（第几个，从零开始）；表单没有。
    pub identity: Option<usize>,
    /// 不看别的事项，它怎样。
    pub rule: RowRule,
    /// 可以由这些事项办出，按次序，第一个能用的算。
    pub producers: Vec<Producer>,
    /// 表单的填写项。
    pub fields: Vec<RowField>,
    /// 份数。
    pub copies: u32,
    /// 形式。
    pub form: Option<MaterialForm>,
    /// 来源渠道。
    pub origin: Option<Origin>,
    /// 出具的单位。
    pub issuer: Option<String>,
    /// 出具时间要求。
    pub validity: Option<String>,
    /// 规格。
    pub paper: Option<String>,
    /// 签章。
    pub seal: Option<String>,
    /// 填报须知。
    pub instructions: Option<String>,
    /// 空白表。
    pub blank: Option<String>,
    /// 样表。
    pub sample: Option<String>,
    /// 说明。
    pub note: Option<String>,
    /// 要求提供的依据。
    pub basis: Vec<Basis>,
}

/// 种类。
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum RowKind {
    /// 申请表。
    Form,
    /// 材料。
    Material,
    /// 改革后新增的材料。
    Added,
}

/// 不看别的事项，一份材料怎样。
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(tag = "kind", rename_all = "kebab-case")]
pub enum RowRule {
    /// 要交。
    Stays,
    /// 要交，可以后补。
    Deferred {
        /// 怎样补。
        reason: String,
    },
    /// 不用交。
    Goes {
        /// 怎样去掉。
        mechanism: Mechanism,
        /// 理由。
        reason: String,
    },
}

/// 能办出一份材料的事项。
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Producer {
    /// 第几个事项（从零开始）。
    pub item: usize,
    /// 什么时候办出：判断图的节点。
    pub when: usize,
}

/// 表单的一项。
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct RowField {
    /// 数据项：同一个数据项只填一次。
    pub element: usize,
    /// 什么时候填：判断图的节点。
    pub when: usize,
}

/// Identities as they are met.
pub(super) struct Identities<'p, 'w> {
    program: &'p Program<'w>,
    known: IndexSet<program::Identity, FxBuildHasher>,
    one_of: Vec<Vec<usize>>,
}

impl<'p, 'w> Identities<'p, 'w> {
    pub(super) fn new(program: &'p Program<'w>) -> Self {
        Identities { program, known: IndexSet::default(), one_of: Vec::new() }
    }

    fn index(&mut self, identity: program::Identity) -> usize {
        self.known.insert_full(identity).0
    }

    pub(super) fn finish(self) -> Vec<Identity> {
        let workspace = self.program.workspace;
        let issuer = |identity: &program::Identity| {
            let agency = identity.any_of.iter().find_map(|&id| workspace.material(id).issuer)?;
            Some(workspace.agency_of(agency.value).name.value.to_string())
        };
        let names = |identity: &program::Identity| {
            let names: Vec<_> = identity.any_of.iter().map(|&id| &*workspace.material(id).name.value).collect();
            names.join("或")
        };
        self.known
            .iter()
            .zip(self.one_of)
            .map(|(identity, one_of)| Identity {
                name: names(identity),
                holder: identity.holder.as_ref().map(ToString::to_string),
                issuer: issuer(identity),
                one_of,
            })
            .collect()
    }
}

/// Notes for each identity of several documents which single ones it is satisfied by.
pub(super) fn alternatives(identities: &mut Identities<'_, '_>) {
    let single = |document, holder: &Option<crate::model::Str>| {
        identities.known.get_index_of(&program::Identity { any_of: vec![document], holder: holder.clone() })
    };
    identities.one_of = identities
        .known
        .iter()
        .map(|identity| match &identity.any_of[..] {
            [_] => Vec::new(),
            several => several.iter().filter_map(|&document| single(document, &identity.holder)).collect(),
        })
        .collect();
}

/// The rows of an item, in the order of the ledger.
pub(super) fn rows(
    facts: &Facts<'_>,
    nodes: &mut Nodes<'_, '_, '_>,
    identities: &mut Identities<'_, '_>,
    id: ItemId,
) -> Vec<DecisionRow> {
    let program: &Program<'_> = facts.program;
    let item = program.item(id);
    let applies = nodes.applies(id);
    let mut rows = Vec::new();
    for (index, form) in item.forms.iter().enumerate() {
        let fields = form.fields.iter().zip(&applies.fields[index]);
        let fields = fields.map(|(field, when)| RowField { element: field.element.index(), when: nodes.root(*when) });
        let fields = fields.collect();
        let when = nodes.root(applies.forms[index]);
        rows.push(DecisionRow { fields, ..row(facts, nodes, identities, id, Content::Form(index), when) });
    }
    for (index, when) in applies.materials.iter().enumerate() {
        let when = nodes.root(*when);
        rows.push(row(facts, nodes, identities, id, Content::Material(index), when));
    }
    for (index, measure) in program.measures_of(id) {
        if matches!(measure, MeasureKind::AddMaterial { .. }) {
            let when = nodes.added(index);
            let when = nodes.root(when);
            rows.push(row(facts, nodes, identities, id, Content::Added(index), when));
        }
    }
    rows
}

fn row(
    facts: &Facts<'_>,
    nodes: &mut Nodes<'_, '_, '_>,
    identities: &mut Identities<'_, '_>,
    id: ItemId,
    content: Content,
    when: usize,
) -> DecisionRow {
    let program: &Program<'_> = facts.program;
    let mut entry = Entry { item: id, content, identity: None, fate: Fate::Stays, span: program.item(id).name.span };
    let asked = entry.row(program).cloned();
    if let Some(asked) = &asked {
        entry.identity = Some(asked.identity());
        entry.fate = reform::by_itself(program, id, asked);
    }
    let rule = match &entry.fate {
        Fate::Stays | Fate::BecomesTheForm => RowRule::Stays,
        Fate::Deferred(_) => RowRule::Deferred { reason: deferral(program, &entry) },
        Fate::Goes(mechanism, reason) => RowRule::Goes {
            mechanism: *mechanism,
            reason: reason_text(program, &facts.widest().ledger, *mechanism, reason),
        },
    };
    let mut producers = Vec::new();
    if let Some(identity) = &entry.identity {
        for (producer, result) in
            identity.any_of.iter().flat_map(|&document| program.preconditions.producers_of(document))
        {
            if *producer != id && program.item(*producer).results[*result].holder == identity.holder {
                let when = nodes.applies(*producer).results[*result];
                producers.push(Producer { item: producer.index(), when: nodes.root(when) });
            }
        }
    }
    let own = conditions(program, &entry);
    let label = label(program, &entry);
    let written = asked.as_ref().map(|asked| &asked.written);
    let of = |get: &dyn Fn(&crate::model::MaterialUse) -> Option<String>| written.and_then(|written| get(written));
    DecisionRow {
        kind: match content {
            Content::Form(_) => RowKind::Form,
            Content::Material(_) => RowKind::Material,
            Content::Added(_) => RowKind::Added,
        },
        name: entry.identity.as_ref().map_or_else(|| label.clone(), |identity| program.row_name(identity)),
        label,
        when,
        why: if own.is_empty() { None } else { When::any(program, &[own]) },
        identity: entry.identity.map(|identity| identities.index(identity)),
        rule,
        producers,
        fields: Vec::new(),
        copies: written.and_then(|written| written.copies.as_ref()).map_or(1, |copies| copies.value.0),
        form: written.and_then(|written| written.form).map(|at| at.value),
        origin: written.and_then(|written| written.origin).map(|at| at.value),
        issuer: of(&|row| text(&row.issuer)),
        validity: of(&|row| text(&row.validity)),
        paper: of(&|row| text(&row.paper)),
        seal: of(&|row| text(&row.seal)),
        instructions: of(&|row| text(&row.instructions)),
        blank: of(&|row| text(&row.blank)),
        sample: of(&|row| text(&row.sample)),
        note: of(&|row| text(&row.note)),
        basis: written.map(|written| bases(&written.basis)).unwrap_or_default(),
    }
}
