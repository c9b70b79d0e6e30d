//! Published figures against computed ones, for the report.

use schemars::JsonSchema;
use serde::Serialize;

use super::SourceRef;
use super::build::Sourcing;
use crate::expr::Number;
use crate::outcome::{self, Outcome};
use crate::program::Program;

/// 公布数字的核对。
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct Reconciliation {
    /// 公布的出处。
    pub source: Option<String>,
    /// 逐项核对。
    pub claims: Vec<Claim>,
}

/// 一个公布的数字。
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct Claim {
    /// 改革前、改革后或减少。
    pub side: String,
    /// 哪个数字。
    pub figure: String,
    /// 公布时说明的情形。
    pub scenario: Option<String>,
    /// 公布的数字。
    pub published: String,
    /// 各情形算出来的数字。
    pub computed: Vec<Computed>,
    /// 有没有一个情形对得上；指明了情形的，只看那个情形。
    pub reconciled: bool,
    /// 出处。
    pub place: SourceRef,
}

/// 一个情形算出来的数字。
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct Computed {
    /// 情形。
    pub scenario: String,
    /// 数字；不可知的为空。
    pub value: Option<Number>,
    /// 是否与公布的一致。
    pub matches: bool,
}

impl Reconciliation {
    pub(super) fn of(
        program: &Program<'_>,
        named: &[Outcome],
        widest: &Outcome,
        sourcing: &Sourcing<'_>,
    ) -> Reconciliation {
        let claims = outcome::claims(program, named, widest);
        let names: Vec<String> = named.iter().chain([widest]).map(|outcome| outcome.case.name.to_string()).collect();
        let one = |claim: &outcome::Claim| {
            let matches = claim.matches();
            let computed: Vec<_> = claim
                .computed
                .iter()
                .enumerate()
                .map(|(index, value)| Computed {
                    scenario: names[index].clone(),
                    value: *value,
                    matches: matches.contains(&index),
                })
                .collect();
            let named = claim.scenario.as_ref().map(|name| name.value.to_string());
            let reconciled =
                computed.iter().any(|own| own.matches && named.as_ref().is_none_or(|name| *name == own.scenario));
            Claim {
                side: claim.side.label().to_owned(),
                figure: claim.figure.label().to_owned(),
                scenario: named,
                published: claim.text.clone(),
                computed,
                reconciled,
                place: sourcing.at(claim.span),
            }
        };
        Reconciliation {
            source: program.bundle.published.as_ref().and_then(|published| super::header::text(&published.source)),
            claims: claims.iter().map(one).collect(),
        }
    }
}
