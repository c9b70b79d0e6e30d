//! Numbers, durations and conditions: tables of good and bad texts, and properties.

mod condition;
mod duration;
mod number;
mod properties;

use crate::expr::ExprError;

/// One error on a few lines, with the offending characters between `>` and `<`.
fn show(text: &str, error: &ExprError) -> String {
    let range = error.range.clone();
    let mut shown = format!("  {}»{}«{}\n", &text[..range.start], &text[range.clone()], &text[range.end..]);
    shown += &format!("    {}\n", error.message);
    if let Some(help) = &error.help {
        shown += &format!("    = {help}\n");
    }
    if let Some(fix) = &error.fix {
        let fixed = format!("{}{}{}", &text[..fix.range.start], fix.text, &text[fix.range.end..]);
        shown += &format!("    {} {fixed}\n", if fix.safe { "->" } else { "?>" });
    }
    shown
}
