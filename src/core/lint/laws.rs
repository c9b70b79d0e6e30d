//! Names of laws, and where a bundle cites them.

use crate::model::{Item, LegalBasis, Measure, MeasureKind};
use crate::program::Program;

/// Every legal basis of a bundle, in the order of its parts.
pub fn all<'p>(program: &'p Program<'_>) -> Vec<&'p LegalBasis> {
    let bundle = &program.bundle;
    let mut list: Vec<&LegalBasis> = bundle.basis.iter().collect();
    list.extend(bundle.fees.iter().flat_map(|fee| fee.basis.iter()));
    list.extend(bundle.questions.iter().flat_map(|question| question.value.basis.iter()));
    bundle.items.iter().for_each(|entry| of_item(&entry.value, &mut list));
    list.extend(bundle.measures.iter().flat_map(of_measure));
    list
}

fn of_item<'p>(item: &'p Item, list: &mut Vec<&'p LegalBasis>) {
    list.extend(item.mandatory.iter().chain(item.basis.iter()));
    list.extend(item.preconditions.iter().flat_map(|before| before.basis.iter()));
    list.extend(item.stages.iter().flat_map(|stage| stage.basis.iter()));
    list.extend(item.forms.iter().flat_map(|form| form.basis.iter()));
    list.extend(item.materials.iter().flat_map(|row| row.basis.iter()));
    list.extend(item.intermediaries.iter().flat_map(|service| service.basis.iter()));
    list.extend(item.fees.iter().flat_map(|fee| fee.basis.iter()));
}

fn of_measure(measure: &Measure) -> &[LegalBasis] {
    match &measure.kind {
        MeasureKind::CompressTime(record) => &record.basis,
        MeasureKind::JointInspection(record)
        | MeasureKind::JointAssessment(record)
        | MeasureKind::JointFinalInspection(record) => &record.basis,
        MeasureKind::AddMaterial(record) => &record.basis,
        MeasureKind::AbolishMaterial(record)
        | MeasureKind::Commitment(record)
        | MeasureKind::Defer(record)
        | MeasureKind::Exempt(record) => &record.basis,
        MeasureKind::DropStage(record) => &record.basis,
        MeasureKind::LiftPrecondition(record) => &record.basis,
        MeasureKind::FullyOnline(record) => &record.basis,
    }
}

/// How the names of laws, regulations and rules end; opinions, plans and notices have no articles.
pub const LAW_ENDINGS: &[&str] = &["法", "条例", "规定", "办法", "细则", "规则"];

/// Whether this names a law, regulation or rule.
pub fn is_law(name: &str) -> bool {
    let name = name.trim_end_matches(['》', '”']);
    // （2018年修正） and the like may follow the name.
    let name = name.split(['（', '(']).next().unwrap_or(name).trim_end_matches('》');
    let other = ["方法", "做法", "用法", "看法"].iter().any(|word| name.ends_with(word));
    LAW_ENDINGS.iter().any(|ending| name.ends_with(ending)) && !other && !is_vague(name)
}

/// Whether this only pretends to name a law.
pub fn is_vague(name: &str) -> bool {
    const WORDS: [&str; 9] = [
        "相关规定",
        "有关规定",
        "相关法律",
        "有关法律",
        "相关文件",
        "有关文件",
        "真实有效",
        "申报所需",
        "法律法规规定",
    ];
    !name.contains('《') && WORDS.iter().any(|word| name.contains(word))
}
