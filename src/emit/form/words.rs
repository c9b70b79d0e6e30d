//! What the forms say in words, on the page, on paper and in the library.

use crate::model::ExemptionWay;
use crate::plan::Prefill;

/// From where a field is filled in before the applicant sees it.
pub(super) fn prefill(prefill: &Prefill) -> String {
    format!("系统预填\u{ff1a}{}\u{ff0c}请核对", source(prefill))
}

/// From where it comes.
pub(super) fn source(prefill: &Prefill) -> String {
    let from = prefill.document.as_ref().map(|document| format!("从{document}")).unwrap_or_default();
    let way = match prefill.way {
        ExemptionWay::ELicence => "调用电子证照",
        ExemptionWay::DataShare => "通过数据共享",
        ExemptionWay::Verification => "核验后",
    };
    format!("{from}{way}取得")
}
