//! What the forms say in words, on the page, on paper and in the library.

use yijianshi_core::model::ExemptionWay;
use yijianshi_core::plan::{Plan, Prefill};

/// Who signs.
pub(crate) const SIGNING: [&str; 2] = ["申请人（签字或者盖章）", "代理人（委托办理的签字）"];

/// What the applicant promises, point by point.
pub(crate) fn promise(plan: &Plan) -> Vec<String> {
    let mut agencies: Vec<&str> = Vec::new();
    for agency in plan.form.shares.iter().filter_map(|share| share.agency.as_deref()) {
        if !agencies.contains(&agency) {
            agencies.push(agency);
        }
    }
    let used = match agencies.len() {
        0 => "同意受理窗口为办理本件使用所填内容。".to_owned(),
        _ => format!("同意受理窗口为办理本件，把所填内容分发给{}，并由其核验。", agencies.join("、")),
    };
    vec![
        "所填内容真实、准确、完整，提交的材料与原件一致；不实的，由申请人承担法律责任。".to_owned(),
        used,
        "填表之后内容有变化的，及时告知受理窗口。".to_owned(),
    ]
}

/// From where a field is filled in before the applicant sees it.
pub(crate) fn prefill(prefill: &Prefill) -> String {
    format!("系统预填：{}，请核对", source(prefill))
}

/// “面积不少于50平方米的填写”; words that end in 的 have theirs already.
pub(crate) fn only(words: &str, what: &str) -> String {
    format!("{}的{what}", words.strip_suffix('的').unwrap_or(words))
}

/// From where it comes.
pub(crate) fn source(prefill: &Prefill) -> String {
    let from = prefill.document.as_ref().map(|document| format!("从{document}")).unwrap_or_default();
    let way = match prefill.way {
        ExemptionWay::ELicence => "调用电子证照",
        ExemptionWay::DataShare => "通过数据共享",
        ExemptionWay::Verification => "核验后",
    };
    format!("{from}{way}取得")
}
