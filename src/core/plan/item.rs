//! Items and measures.

use rustc_hash::FxHashSet;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::SourceRef;
use super::condition::When;
use super::header::{Basis, Fee, bases, fees, text, texts};
use crate::expr::Duration;
use crate::model::{self, CaseType, ItemType, ResultKind, StageKind, Tier};
use crate::program::{self, ItemId, MeasureKind, Program};
use crate::reform::{ItemTiming, Timing};

/// 联办事项。
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Item {
    /// 英文标识。
    pub id: String,
    /// 简称，文件里的名称。
    pub name: String,
    /// 事项名称。
    pub official_name: String,
    /// 实施单位。
    pub agency: Option<String>,
    /// 承办机构。
    pub office: Option<String>,
    /// 共同实施的单位。
    pub joint_agencies: Vec<String>,
    /// 基本编码。
    pub base_code: Option<String>,
    /// 实施编码。
    pub implementation_code: Option<String>,
    /// 事项类型。
    pub item_type: Option<ItemType>,
    /// 行使层级。
    pub tier: Option<Tier>,
    /// 办件类型。
    pub case_type: Option<CaseType>,
    /// 什么情形下需要办。
    pub when: Option<When>,
    /// 是否必须办（有法律依据）。
    pub mandatory: Vec<Basis>,
    /// 前置事项（英文标识），已去掉多余的。
    pub preconditions: Vec<String>,
    /// 改革前的时限。
    pub limit: Option<Duration>,
    /// 改革后的时限。
    pub limit_after: Option<Duration>,
    /// 法定时限。
    pub statutory: Option<Duration>,
    /// 写明了没有法定时限。
    pub no_statutory: bool,
    /// 受理时限：收件后多久决定是否受理。
    pub acceptance: Option<Duration>,
    /// 环节。
    pub stages: Vec<Stage>,
    /// 要填的申请表。
    pub forms: Vec<String>,
    /// 结果。
    pub results: Vec<Outcome>,
    /// 写明了没有结果文书。
    pub no_result: bool,
    /// 设定依据。
    pub basis: Vec<Basis>,
    /// 受理条件。
    pub eligibility: Vec<String>,
    /// 收费。
    pub fees: Vec<Fee>,
    /// 数量限制。
    pub quota: Option<String>,
    /// 行政复议。
    pub reconsideration: Option<String>,
    /// 行政诉讼。
    pub litigation: Option<String>,
    /// 咨询方式。
    pub enquiries: Vec<String>,
    /// 监督方式。
    pub complaints: Vec<String>,
    /// 说明。
    pub notes: Vec<String>,
    /// 出处。
    pub source: SourceRef,
}

/// 环节。
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Stage {
    /// 英文标识。
    pub id: String,
    /// 种类。
    pub kind: StageKind,
    /// 名称。
    pub name: String,
    /// 办理处室。
    pub office: Option<String>,
    /// 改革前的时限。
    pub limit: Option<Duration>,
    /// 改革后的时限。
    pub limit_after: Option<Duration>,
    /// 改革后取消。
    pub dropped: bool,
    /// 是否不计时。
    pub off_clock: bool,
    /// 什么情形下才有。
    pub when: Option<When>,
    /// 申请人是否必须到场。
    pub presence: bool,
    /// 审查要点。
    pub checkpoints: Vec<String>,
}

/// 办理结果。
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Outcome {
    /// 英文标识。
    pub id: String,
    /// 文书名称。
    pub name: String,
    /// 类型。
    pub kind: Option<ResultKind>,
    /// 持有人。
    pub holder: Option<String>,
    /// 什么情形下才有。
    pub when: Option<When>,
    /// 有效期。
    pub validity: Option<String>,
    /// 样本。
    pub sample: Option<String>,
}

/// 改革举措。
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Measure {
    /// 英文名。
    pub kind: String,
    /// 中文名。
    pub label: String,
    /// 涉及的事项（英文标识）；空：全部。
    pub items: Vec<String>,
    /// 对哪一份材料（材料的举措才有）。
    pub material: Option<String>,
    /// 只对谁的材料；不写就是不论谁的。
    pub holder: Option<String>,
    /// 做什么，一句话。
    pub text: String,
    /// 依据。
    pub basis: Vec<Basis>,
    /// 说明。
    pub reason: Option<String>,
    /// 由哪个单位牵头（联合办理的举措才有）。
    pub lead: Option<String>,
    /// 从哪个系统取得（免提交的举措才有）。
    pub system: Option<String>,
    /// 出处。
    pub source: SourceRef,
}

impl Item {
    pub(super) fn of(
        program: &Program<'_>,
        timing: &Timing,
        id: ItemId,
        ids: &[String],
        redundant: &FxHashSet<(ItemId, ItemId)>,
        source: SourceRef,
    ) -> Item {
        let item = program.item(id);
        let written = &item.written;
        let workspace = program.workspace;
        let mut preconditions: Vec<ItemId> = program
            .preconditions
            .of(id)
            .map(|(first, ..)| first)
            .filter(|first| !redundant.contains(&(id, *first)))
            .collect();
        preconditions.sort_unstable();
        preconditions.dedup();
        let times = &timing.items[id.index()];
        let stages: Vec<Stage> = (0..item.stages.len()).map(|index| Stage::of(program, times, id, index)).collect();
        Item {
            id: ids[id.index()].clone(),
            name: item.name.value.to_string(),
            official_name: item.official_name.to_string(),
            agency: item.agency.map(|agency| workspace.agency_of(agency.value).name.value.to_string()),
            office: text(&written.office),
            joint_agencies: texts(&written.joint_agencies),
            base_code: text(&written.base_code),
            implementation_code: text(&written.implementation_code),
            item_type: written.item_type.map(|at| at.value),
            tier: written.tier.map(|at| at.value),
            case_type: written.case_type.map(|at| at.value),
            when: item.when.as_ref().map(|when| When::of(program, when)),
            mandatory: bases(&written.mandatory),
            preconditions: preconditions.into_iter().map(|id| ids[id.index()].clone()).collect(),
            limit: written.limit.map(|limit| limit.value),
            limit_after: times.after,
            statutory: written.statutory.map(|at| at.value),
            no_statutory: written.no_statutory.is_some_and(|yes| yes.value.0),
            acceptance: written.acceptance_limit.map(|at| at.value),
            stages,
            forms: item.forms.iter().map(|form| form.name.value.to_string()).collect(),
            results: item
                .results
                .iter()
                .zip(written.results.iter())
                .map(|(result, written)| Outcome {
                    id: result.id.to_string(),
                    name: workspace.material(result.document).name.value.to_string(),
                    kind: written.kind.map(|at| at.value),
                    holder: result.holder.as_ref().map(ToString::to_string),
                    when: result.when.as_ref().map(|when| When::of(program, when)),
                    validity: text(&written.validity),
                    sample: text(&written.sample),
                })
                .collect(),
            no_result: written.no_result.is_some_and(|yes| yes.value.0),
            basis: bases(&written.basis),
            eligibility: texts(&written.eligibility),
            fees: fees(&written.fees),
            quota: text(&written.quota),
            reconsideration: text(&written.reconsideration),
            litigation: text(&written.litigation),
            enquiries: texts(&written.enquiries),
            complaints: texts(&written.complaints),
            notes: texts(&written.notes),
            source,
        }
    }
}

impl Stage {
    fn of(program: &Program<'_>, times: &ItemTiming, id: ItemId, index: usize) -> Stage {
        let stage = &program.item(id).stages[index];
        let after = &times.stages[index];
        let yes = |yes: &Option<crate::source::At<model::YesNo>>| yes.as_ref().is_some_and(|yes| yes.value.0);
        Stage {
            id: stage.id.to_string(),
            kind: stage.kind,
            name: stage.name.to_string(),
            office: text(&stage.written.office),
            limit: stage.written.limit.map(|limit| limit.value),
            limit_after: after.limit.map(|limit| limit.value).filter(|_| !after.dropped),
            dropped: after.dropped,
            off_clock: after.off_clock,
            when: stage.when.as_ref().map(|when| When::of(program, when)),
            presence: yes(&stage.written.presence),
            checkpoints: texts(&stage.written.checkpoints),
        }
    }
}

impl Measure {
    pub(super) fn of(program: &Program<'_>, measure: &program::Measure, ids: &[String], source: SourceRef) -> Measure {
        let name = |id: ItemId| format!("“{}”", program.item(id).name.value);
        let names =
            |items: &[crate::source::At<ItemId>]| items.iter().map(|at| name(at.value)).collect::<Vec<_>>().join("、");
        let material = |document| program.workspace.material(document).name.value.to_string();
        let stage = |item: ItemId, stage: usize| program.item(item).stages[stage].name.to_string();
        let (items, words): (Vec<ItemId>, String) = match &measure.kind {
            MeasureKind::CompressTime { item, stage: part, to } => {
                let before = match part {
                    Some(index) => program.item(*item).stages[*index].written.limit,
                    None => program.item(*item).written.limit,
                };
                let from = before.map(|before| format!("由{}", before.value)).unwrap_or_default();
                let part = part.map(|index| format!("的{}", stage(*item, index))).unwrap_or_default();
                (vec![*item], format!("{}{part}{from}压缩到{}", name(*item), to.value))
            }
            MeasureKind::JointStage { items, kind, limit } => {
                let limit = limit.map(|limit| format!("，用时{}", limit.value)).unwrap_or_default();
                (items.iter().map(|at| at.value).collect(), format!("{}的{kind}合并为一次{limit}", names(items)))
            }
            MeasureKind::AddMaterial { item, row } => {
                let when =
                    row.when.as_ref().map(|when| format!("（{}）", When::of(program, when).words)).unwrap_or_default();
                (vec![*item], format!("{}新增材料{}{when}", name(*item), program.row_name(&row.identity())))
            }
            MeasureKind::Material { items, document, holder, .. } => {
                let of = if items.is_empty() { "各事项".to_owned() } else { names(items) };
                let holder = holder.as_ref().map(|holder| format!("（{holder}）")).unwrap_or_default();
                let what = match &measure.written.kind {
                    model::MeasureKind::Commitment(_) => "以告知承诺代替",
                    model::MeasureKind::Defer(_) => "可以容缺后补",
                    model::MeasureKind::Exempt(_) => "免于提交",
                    _ => "不再要求",
                };
                (items.iter().map(|at| at.value).collect(), format!("{of}的{}{holder}{what}", material(*document)))
            }
            MeasureKind::DropStage { item, stage: index } => {
                (vec![*item], format!("{}不再有{}环节", name(*item), stage(*item, *index)))
            }
            MeasureKind::LiftPrecondition { item, precondition, stage: until } => {
                let until = match until {
                    Some(index) => format!("，只等到它的{}", stage(*precondition, *index)),
                    None => String::new(),
                };
                (vec![*item], format!("{}不再等{}办结{until}", name(*item), name(*precondition)))
            }
            MeasureKind::FullyOnline { items } => {
                let of = if items.is_empty() { "全部事项".to_owned() } else { names(items) };
                (items.iter().map(|at| at.value).collect(), format!("{of}全程网上办理"))
            }
        };
        let about = match &measure.kind {
            MeasureKind::Material { document, holder, .. } => {
                (Some(material(*document)), holder.as_ref().map(ToString::to_string))
            }
            _ => (None, None),
        };
        let (basis, reason) = measure.written.grounds();
        let (lead, system) = match &measure.written.kind {
            model::MeasureKind::JointInspection(record)
            | model::MeasureKind::JointAssessment(record)
            | model::MeasureKind::JointFinalInspection(record) => (text(&record.lead), None),
            model::MeasureKind::Exempt(record) => (None, text(&record.system)),
            _ => (None, None),
        };
        Measure {
            kind: measure.written.name().to_owned(),
            label: measure.written.key().to_owned(),
            items: items.into_iter().map(|id| ids[id.index()].clone()).collect(),
            material: about.0,
            holder: about.1,
            text: words,
            basis: bases(basis),
            reason: reason.map(|reason| reason.value.to_string()),
            lead,
            system,
            source,
        }
    }
}
