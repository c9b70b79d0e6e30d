//! What becomes of a material in each named scenario.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::material::conditions;
use super::report::reason_text;
use crate::program::Program;
use crate::reform::{CaseState, Entry, Fate};

/// 一份材料在一个典型情形里怎样。
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Presence {
    /// 典型情形。
    pub scenario: String,
    /// 要不要交。
    pub status: PresenceStatus,
    /// 免交的理由。
    pub reason: Option<String>,
}

/// 要不要交。
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum PresenceStatus {
    /// 要交。
    Due,
    /// 要交，可以容缺后补。
    Deferred,
    /// 免交。
    Exempt,
    /// 看情形：典型情形没有说全。
    Conditional,
    /// 不涉及。
    Absent,
}

impl Presence {
    /// `members`: the rows of all items that are this material.
    pub(super) fn of(program: &Program<'_>, members: &[&Entry], state: &CaseState) -> Presence {
        let ledger = &state.ledger;
        let is_member =
            |entry: &Entry| members.iter().any(|member| member.item == entry.item && member.content == entry.content);
        let here: Vec<usize> = (0..ledger.entries.len()).filter(|&index| is_member(&ledger.entries[index])).collect();
        let standing = here.iter().map(|&index| &ledger.entries[ledger.standing(index)]);
        // What another material of the list stands for is handed in there.
        let stands = standing.clone().find(|entry| entry.is_after() && is_member(entry));
        let (status, reason) = match (stands, here.first()) {
            (Some(entry), _) if matches!(entry.fate, Fate::Deferred(_)) => (PresenceStatus::Deferred, None),
            (Some(_), _) => (PresenceStatus::Due, None),
            (None, Some(&first)) => {
                let gone = standing.clone().find(|entry| !entry.is_after()).unwrap_or(&ledger.entries[first]);
                let reason = match &gone.fate {
                    Fate::Goes(mechanism, reason) => {
                        Some(format!("{}：{}", mechanism.label(), reason_text(program, ledger, *mechanism, reason)))
                    }
                    _ => None,
                };
                (PresenceStatus::Exempt, reason)
            }
            (None, None) if members.iter().any(|member| is_open(program, member, state)) => {
                (PresenceStatus::Conditional, None)
            }
            (None, None) => (PresenceStatus::Absent, None),
        };
        Presence { scenario: state.case.name.to_string(), status, reason }
    }
}

/// Whether it depends on answers that the scenario does not give.
fn is_open(program: &Program<'_>, member: &Entry, state: &CaseState) -> bool {
    let Some(answers) = &state.case.answers else { return false };
    let truths: Vec<_> = conditions(program, member).iter().map(|cond| cond.test.eval(answers)).collect();
    truths.contains(&None) && !truths.contains(&Some(false))
}
