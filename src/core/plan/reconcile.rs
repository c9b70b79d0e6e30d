//! Published figures and lists against computed ones, for the report.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::SourceRef;
use super::build::Sourcing;
use crate::facts::Facts;
use crate::facts::lists::{self, Paper};
use crate::reform::{self, CaseState};

/// 公布数字的核对。
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Reconciliation {
    /// 公布的出处。
    pub source: Option<String>,
    /// 逐项核对。
    pub claims: Vec<Claim>,
    /// 各处清单的核对；一致的也列出，差异为空。
    pub lists: Vec<ListComparison>,
}

/// 一个公布的数字。
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Claim {
    /// 改革前或改革后。
    pub side: String,
    /// 哪个数字。
    pub figure: String,
    /// 公布时说明的情形。
    pub scenario: Option<String>,
    /// 公布的数字。
    pub published: String,
    /// 各情形算出来的数字。
    pub computed: Vec<Computed>,
    /// 有没有一个情形对得上（指明了情形的，只看那个情形）；承诺的时限不比较，为空。
    pub reconciled: Option<bool>,
    /// 出处。
    pub place: SourceRef,
}

/// 一个情形算出来的数字。
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Computed {
    /// 情形。
    pub scenario: String,
    /// 数字；不可知的为空。
    pub value: Option<String>,
    /// 是否与公布的一致；不可知或不比较的为空。
    pub matches: Option<bool>,
}

/// 两处清单的核对。
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct ListComparison {
    /// 一处。
    pub first: String,
    /// 另一处。
    pub second: String,
    /// 只在前一处的。
    pub only_first: Vec<ListRow>,
    /// 只在后一处的。
    pub only_second: Vec<ListRow>,
}

/// 清单的一行。
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct ListRow {
    /// 名称，带持有人。
    pub name: String,
    /// 出处。
    pub place: SourceRef,
}

impl Reconciliation {
    pub(super) fn of(facts: &Facts<'_>, sourcing: &Sourcing<'_>) -> Reconciliation {
        let program = facts.program;
        let claims = [false, true].into_iter().flat_map(|after| reform::Claim::all(program, after));
        Reconciliation {
            source: program.bundle.published.as_ref().and_then(|published| super::header::text(&published.source)),
            claims: claims.map(|claim| self::claim(facts, &claim, sourcing)).collect(),
            lists: lists(facts, sourcing),
        }
    }
}

fn claim(facts: &Facts<'_>, claim: &reform::Claim, sourcing: &Sourcing<'_>) -> Claim {
    let program = facts.program;
    let cases = facts.named().iter().chain([facts.widest()]);
    let one = |state: &CaseState| Computed {
        scenario: state.case.name.to_string(),
        value: claim.computed(state),
        matches: claim.holds(program, state),
    };
    let computed: Vec<Computed> = cases.map(one).collect();
    let scenario = claim.scenario.map(|index| facts.named()[index].case.name.to_string());
    let looked_at: Vec<_> =
        computed.iter().filter(|own| scenario.as_ref().is_none_or(|name| *name == own.scenario)).collect();
    let reconciled = match looked_at.iter().any(|own| own.matches == Some(true)) {
        true => Some(true),
        false if looked_at.iter().any(|own| own.matches.is_none()) => None,
        false => Some(false),
    };
    Claim {
        side: if claim.after { "改革后" } else { "改革前" }.to_owned(),
        figure: claim.measured.label().to_owned(),
        published: claim.amount.text(claim.measured),
        scenario,
        computed,
        reconciled,
        place: sourcing.at(claim.span),
    }
}

fn lists(facts: &Facts<'_>, sourcing: &Sourcing<'_>) -> Vec<ListComparison> {
    let program = facts.program;
    let Some(written) = &program.bundle.published else { return Vec::new() };
    let guide = lists::published(program, written.guide_list.iter().flat_map(|group| group.rows.iter()));
    let table = lists::published(program, written.comparison.iter().flat_map(|entry| entry.value.after.iter()));
    let compiled = lists::compiled(program, facts.widest());
    let sides = [
        (("指南清单", &guide), ("对比表", &table)),
        (("指南清单", &guide), ("编译清单", &compiled)),
        (("对比表", &table), ("编译清单", &compiled)),
    ];
    let row = |paper: &&Paper| ListRow { name: lists::name(program, paper), place: sourcing.at(paper.span) };
    sides
        .into_iter()
        .filter(|((_, first), (_, second))| !first.is_empty() && !second.is_empty())
        .map(|((first, a), (second, b))| {
            let (only_first, only_second) = lists::differences(a, b);
            ListComparison {
                first: first.to_owned(),
                second: second.to_owned(),
                only_first: only_first.iter().map(row).collect(),
                only_second: only_second.iter().map(row).collect(),
            }
        })
        .collect()
}
