//! Sees to it that safe fixes come to an end.
//!
//! A text whose safe fixes, applied round after round, lead to a text without any, keeps them all: every text on the way
//! has the same way before it, only shorter. Any other text keeps only those that make it tidier, and no text can be made
//! tidier for ever. So there is no text from which safe fixes go on without end.

use rustc_hash::FxHashSet;

use super::parse::{Reading, once};
use crate::diagnostic::{Fix, apply_fixes};
use crate::source::SourceId;

/// So many rounds are looked ahead.
const ROUNDS: usize = 16;
/// So many bytes are parsed for it, at most (and always enough for a few rounds).
const WORK_LIMIT: usize = 64 << 20;

/// Leaves to a person what would otherwise be mended without end.
pub(super) fn settle(source: SourceId, text: &str, first: &mut Reading) {
    let endless = |fix: &Fix| fix.safe && !tidies(text, fix);
    if !first.said.iter().filter_map(|said| said.fix.as_ref()).any(endless) || ends(source, text, first) {
        return;
    }
    for fix in first.said.iter_mut().filter_map(|said| said.fix.as_mut()).filter(|fix| endless(fix)) {
        fix.safe = false;
    }
}

/// Whether mending `text` comes to an end soon.
fn ends(source: SourceId, text: &str, first: &Reading) -> bool {
    let limit = WORK_LIMIT.max(text.len() * 4);
    let (mut text, mut count) = apply_fixes(text, source, &first.said);
    let mut work = first.work;
    let mut seen = FxHashSet::default();
    for _ in 0..ROUNDS {
        if count == 0 {
            return true;
        }
        if work > limit || !seen.insert(text.clone()) {
            return false;
        }
        let reading = once(source, &text);
        work += reading.work;
        (text, count) = apply_fixes(&text, source, &reading.said);
    }
    count == 0
}

/// Whether a fix leaves fewer strange characters than before, or as many and fewer characters that stand side by side
/// without a blank between them. Both only go so far.
fn tidies(text: &str, fix: &Fix) -> bool {
    let strange = |text: &str| text.chars().filter(|&c| !c.is_ascii() || matches!(c, '\t' | '\r')).count();
    let before: usize = fix.edits.iter().map(|edit| strange(&text[edit.span.range()])).sum();
    let after: usize = fix.edits.iter().map(|edit| strange(&edit.text)).sum();
    let parts = fix.edits.iter().all(|edit| {
        let range = edit.span.range();
        let written = &text[range.clone()];
        // `-` becomes `- `: the same as a blank put after it.
        let Some(added) = edit.text.strip_prefix(written) else { return false };
        let solid = |c: Option<char>| c.is_some_and(|c| !c.is_whitespace());
        added == " " && solid(text[..range.end].chars().next_back()) && solid(text[range.end..].chars().next())
    });
    after < before || (before == after && parts)
}
