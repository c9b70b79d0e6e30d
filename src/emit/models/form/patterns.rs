//! What may stand in a field, as regular expressions that JSON Schema and HTML both read. Check digits are beyond them; the
//! page checks those itself.

use yijianshi_core::expr::Op;
use yijianshi_core::model::ElementType;
use yijianshi_core::source::Date;

/// A kind of field with a form of its own: the pattern, and what it demands in words.
pub(crate) fn pattern(kind: ElementType) -> Option<(&'static str, &'static str)> {
    Some(match kind {
        ElementType::CitizenId => (
            r"^[1-9]\d{5}(18|19|20)\d{2}(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01])\d{3}[\dX]$",
            "18位公民身份号码，末位可以是大写X",
        ),
        ElementType::CreditCode => (r"^[0-9A-HJ-NPQRTUWXY]{2}\d{6}[0-9A-HJ-NPQRTUWXY]{10}$", "18位统一社会信用代码"),
        ElementType::Mobile => (r"^1[3-9]\d{9}$", "11位手机号"),
        ElementType::Division => (r"^[1-8]\d{5}(\d{3}(\d{3})?)?$", "6位、9位或12位行政区划代码"),
        ElementType::Money => (r"^(0|[1-9]\d{0,14})(\.\d{1,2})?$", "金额，单位元，最多两位小数"),
        ElementType::Date => (r"^\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$", "日期"),
        _ => return None,
    })
}

/// The days that compare so with a day: days are written so that their texts are in order.
pub(crate) fn days(op: Op, day: Date) -> String {
    let text = day.to_string();
    let day_pattern = |alternatives: Vec<String>| format!("^({})$", alternatives.join("|"));
    match op {
        Op::Eq => format!("^{text}$"),
        Op::Ne => format!("^(?!{text}$)"),
        Op::Lt => day_pattern(ordered(&text, false)),
        Op::Gt => day_pattern(ordered(&text, true)),
        Op::Le => day_pattern(ordered(&text, false).into_iter().chain([text.clone()]).collect()),
        Op::Ge => day_pattern(ordered(&text, true).into_iter().chain([text.clone()]).collect()),
    }
}

/// One pattern for each digit at which a text can first differ.
fn ordered(text: &str, greater: bool) -> Vec<String> {
    let mut patterns = Vec::new();
    for (at, c) in text.char_indices() {
        let Some(digit) = c.to_digit(10) else { continue };
        let range = match greater {
            true if digit < 9 => format!("[{}-9]", digit + 1),
            false if digit > 0 => format!("[0-{}]", digit - 1),
            _ => continue,
        };
        let rest: String = text[at + 1..].chars().map(|c| if c == '-' { "-" } else { r"\d" }).collect();
        patterns.push(format!("{}{range}{rest}", &text[..at]));
    }
    if patterns.is_empty() {
        // Nothing comes before or after: a pattern that nothing matches.
        patterns.push("(?!)".to_owned());
    }
    patterns
}

#[cfg(test)]
mod tests {
    use super::days;
    use yijianshi_core::expr::Op;
    use yijianshi_core::source::Date;

    #[test]
    fn days_in_order_are_patterns() {
        let day = Date::parse("2024-02-29").unwrap();
        assert_eq!(days(Op::Eq, day), "^2024-02-29$");
        assert!(days(Op::Lt, day).starts_with(r"^([0-1]\d\d\d-\d\d-\d\d|20[0-1]\d-\d\d-\d\d|"));
        assert!(days(Op::Ge, day).ends_with("2024-02-29)$"));
    }
}
