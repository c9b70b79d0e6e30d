//! A paper as handbook and notice show it.

use crate::page::Text;
use crate::words::view::View;
use yijianshi_core::plan::{Material, Mechanism};

/// What to hand in, also what a commitment may stand for: the applicant chooses.
pub(super) fn due(view: View<'_>) -> Vec<&Material> {
    let due = |material: &&Material| {
        material.exemption.as_ref().is_none_or(|exemption| exemption.mechanism == Mechanism::Commitment)
    };
    view.plan.materials.iter().filter(due).collect()
}

/// In which cases it is handed in, and what else can be done.
pub(super) fn condition(material: &Material, always: &str) -> Text {
    let mut condition = match &material.when {
        Some(when) => Text::of(&when.words),
        None => Text::of(always),
    };
    if let Some(deferral) = &material.deferral {
        condition = condition.line().tag("容缺").then(deferral);
    }
    if material.exemption.is_some() {
        condition = condition.line().tag("告知承诺").then("签了承诺书的不交");
    }
    condition
}
