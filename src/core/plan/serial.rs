//! How the items are done one after the other today.

use schemars::JsonSchema;
use serde::Serialize;

use crate::expr::{Number, Unit};
use crate::program::{Case, Program};

/// 串联合计的一项：改革前，一项办结再办下一项。
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct SerialPart {
    /// 事项（英文标识）。
    pub item: String,
    /// 用时，已换算成时间安排的单位；没有写明或者换算不了的为空。
    pub length: Option<Number>,
}

/// The parts of the serial sum, in the order in which the items are written.
pub(super) fn parts(program: &Program<'_>, case: &Case, unit: Unit, ids: &[String]) -> Vec<SerialPart> {
    let length = |id| {
        let limit = program.item(id).written.limit.as_ref()?.value;
        let zero = limit.amount().is_zero().then_some(Number::ZERO);
        zero.or_else(|| program.workspace.settings.conversions.convert(limit, unit))
    };
    case.items().map(|id| SerialPart { item: ids[id.index()].clone(), length: length(id) }).collect()
}
