//! Why a material need not be handed in, and where the agencies get it instead.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::header::{Basis, bases, text, texts};
use super::report::reason_text;
use crate::model;
use crate::program::Program;
use crate::reform::{Ledger, Mechanism, Reason};

/// 免交的理由。
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Exemption {
    /// 怎样免交。
    pub mechanism: Mechanism,
    /// 中文名。
    pub label: String,
    /// 理由。
    pub reason: String,
    /// 由哪个事项办出（英文标识），前序结果才有。
    pub producer: Option<String>,
    /// 由哪个单位提供。
    pub provider: Option<String>,
    /// 从哪个系统取得。
    pub system: Option<String>,
    /// 哪一天起可用。
    pub since: Option<String>,
    /// 依据。
    pub basis: Vec<Basis>,
    /// 告知承诺的内容。
    pub commitment: Option<Commitment>,
}

/// 告知承诺的内容。
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Commitment {
    /// 承诺书。
    pub letter: Option<String>,
    /// 事后怎样核查。
    pub verification: Option<String>,
    /// 违诺责任。
    pub liability: Option<String>,
    /// 哪些人不适用。
    pub excluded: Vec<String>,
}

impl Exemption {
    pub(super) fn of(
        program: &Program<'_>,
        ledger: &Ledger,
        mechanism: Mechanism,
        reason: &Reason,
        ids: &[String],
    ) -> Exemption {
        let agency = |id| program.workspace.agency_of(id).name.value.to_string();
        let mut exemption = Exemption {
            mechanism,
            label: mechanism.label().to_owned(),
            reason: reason_text(program, ledger, mechanism, reason),
            producer: None,
            provider: None,
            system: None,
            since: None,
            basis: Vec::new(),
            commitment: None,
        };
        match reason {
            Reason::Entry(_) => {}
            Reason::Item(item) => {
                exemption.producer = Some(ids[item.index()].clone());
                exemption.provider = program.item(*item).agency.map(|at| agency(at.value));
            }
            Reason::Capability(index) => {
                let capability = &program.workspace.capabilities[*index].written;
                exemption.provider = text(&capability.provider);
                exemption.system = text(&capability.system);
                exemption.since = capability.since.map(|date| date.value.0.to_string());
                exemption.basis = bases(&capability.basis);
            }
            Reason::Measure(index) => {
                let measure = &program.measures[*index].written;
                exemption.basis = bases(measure.grounds().0);
                if let model::MeasureKind::Exempt(record) | model::MeasureKind::Commitment(record) = &measure.kind {
                    exemption.system = text(&record.system);
                }
                if let model::MeasureKind::Commitment(record) = &measure.kind {
                    exemption.commitment = Some(Commitment {
                        letter: text(&record.commitment),
                        verification: text(&record.verification),
                        liability: text(&record.liability),
                        excluded: texts(&record.excluded),
                    });
                }
            }
        }
        exemption
    }
}
