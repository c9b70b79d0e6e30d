//! Safe fixes applied to a text.

use std::collections::BTreeSet;

use super::{Diagnostic, Edit, Fix};
use crate::source::{SourceId, Span};

/// Applies the safe fixes of `diagnostics` to one text, each wholly or not at all. Of those that touch each other the first
/// by place is taken, whatever order they come in; the others are left for the next round. Every other byte is kept.
/// Returns the new text and how many fixes were applied.
pub fn apply_fixes(text: &str, source: SourceId, diagnostics: &[Diagnostic]) -> (String, usize) {
    let mut fixes: Vec<Vec<&Edit>> = diagnostics
        .iter()
        .filter_map(|diagnostic| diagnostic.fix.as_ref())
        .filter(|fix| fix.safe && fix.edits.iter().all(|edit| edit.span.source == source))
        .map(edits_in_order)
        // A fix that changes nothing would be applied round after round.
        .filter(|edits| edits.iter().any(|edit| text[edit.span.range()] != edit.text))
        .filter(|edits| edits.windows(2).all(|pair| pair[0].span.end <= pair[1].span.start))
        .collect();
    fixes.sort_by(|a, b| key(a).cmp(key(b)));
    let mut spans = BTreeSet::new();
    let mut taken: Vec<&Edit> = Vec::new();
    let mut applied = 0;
    for edits in fixes {
        if edits.iter().all(|edit| is_free(&spans, edit.span)) {
            spans.extend(edits.iter().map(|edit| (edit.span.start, edit.span.end)));
            taken.extend(edits);
            applied += 1;
        }
    }
    // Stable: two inserts of one fix at one place keep the order in which the fix has them.
    taken.sort_by_key(|edit| edit.span);
    let mut result = String::with_capacity(text.len());
    let mut done = 0;
    for edit in taken {
        result.push_str(&text[done..edit.span.start as usize]);
        result.push_str(&edit.text);
        done = edit.span.end as usize;
    }
    result.push_str(&text[done..]);
    (result, applied)
}

fn edits_in_order(fix: &Fix) -> Vec<&Edit> {
    let mut edits: Vec<&Edit> = fix.edits.iter().collect();
    edits.sort_by_key(|edit| edit.span);
    edits
}

fn key<'a>(edits: &'a [&Edit]) -> impl Iterator<Item = (Span, &'a str)> {
    edits.iter().map(|edit| (edit.span, edit.text.as_str()))
}

/// Whether `span` touches none of `taken`, which do not overlap: so only its neighbours need to be looked at.
fn is_free(taken: &BTreeSet<(u32, u32)>, span: Span) -> bool {
    taken
        .range(..=(span.end, u32::MAX))
        .rev()
        .take_while(|&&(_, end)| end >= span.start)
        .all(|&(start, end)| !collide((start, end), (span.start, span.end)))
}

/// Whether two ranges overlap. An insert also collides with what it touches: which comes first would be chance.
fn collide(a: (u32, u32), b: (u32, u32)) -> bool {
    let overlap = a.0 < b.1 && b.0 < a.1;
    let insert = a.0 == a.1 || b.0 == b.1;
    overlap || insert && a.0 <= b.1 && b.0 <= a.1
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::ops::Range;

    crate::code! {
        /// # 测试
        static TEST = "tests", Wording, Warning;
    }

    const ID: SourceId = SourceId(0);

    fn fix(edits: &[(Range<usize>, &str)]) -> Diagnostic {
        let edit =
            |(range, text): &(Range<usize>, &str)| Edit { span: Span::new(ID, range.clone()), text: (*text).into() };
        let edits = edits.iter().map(edit).collect();
        TEST.at(Span::new(ID, 0..0), "").fix(Fix { title: String::new(), edits, safe: true })
    }

    #[test]
    fn overlapping_fixes_wait_for_the_next_round() {
        let fixes = [fix(&[(3..6, "x")]), fix(&[(0..4, "y")]), fix(&[(6..7, "z")])];
        assert_eq!(apply_fixes("abcdefgh", ID, &fixes), ("yefzh".into(), 2));
    }

    #[test]
    fn a_fix_is_applied_wholly_or_not_at_all() {
        let fixes = [fix(&[(0..1, "A"), (4..5, "E")]), fix(&[(4..6, "-"), (7..8, "H")])];
        assert_eq!(apply_fixes("abcdefgh", ID, &fixes), ("AbcdEfgh".into(), 1));
    }

    #[test]
    fn inserts_at_the_same_place_wait_unless_of_one_fix() {
        let fixes = [fix(&[(2..2, "1")]), fix(&[(2..2, "2")]), fix(&[(2..3, "C")])];
        assert_eq!(apply_fixes("abcd", ID, &fixes), ("ab1cd".into(), 1));
        assert_eq!(apply_fixes("abcd", ID, &[fix(&[(2..2, "1"), (2..2, "2"), (2..3, "C")])]), ("ab12Cd".into(), 1));
        assert_eq!(apply_fixes("ab", ID, &[fix(&[(2..2, "!")])]), ("ab!".into(), 1));
    }

    #[test]
    fn neighbours_do_not_wait() {
        assert_eq!(apply_fixes("abcd", ID, &[fix(&[(2..4, "y")]), fix(&[(0..2, "x")])]), ("xy".into(), 2));
    }

    #[test]
    fn what_is_unsafe_elsewhere_or_void_is_left() {
        let mut risky = fix(&[(0..1, "A")]);
        risky.fix = risky.fix.map(Fix::to_be_confirmed);
        let mut elsewhere = fix(&[(0..1, "A")]);
        elsewhere.fix.as_mut().unwrap().edits[0].span.source = SourceId(1);
        let diagnostics = [risky, elsewhere, fix(&[(1..2, "b")]), fix(&[]), fix(&[(1..3, ""), (2..4, "")])];
        assert_eq!(apply_fixes("abcd", ID, &diagnostics), ("abcd".into(), 0));
    }

    proptest::proptest! {
        #![proptest_config(proptest::prelude::ProptestConfig {
            ..Default::default()
        })]

        #[test]
        fn the_order_of_fixes_does_not_matter(
            ranges in proptest::collection::vec((0usize..40, 0usize..4, "[x-z]{0,2}"), 0..24),
            turn in 0usize..24,
        ) {
            let text = "0123456789".repeat(5);
            let mut fixes: Vec<_> = ranges.iter().map(|(start, len, new)| fix(&[(*start..start + len, new.as_str())])).collect();
            let expected = apply_fixes(&text, ID, &fixes);
            let turn = turn.min(fixes.len());
            fixes.rotate_left(turn);
            proptest::prop_assert_eq!(&apply_fixes(&text, ID, &fixes), &expected);
            fixes.reverse();
            proptest::prop_assert_eq!(&apply_fixes(&text, ID, &fixes), &expected);
            // Every byte outside the ranges is kept, in order.
            let kept: String = text.char_indices()
                .filter(|(at, _)| !ranges.iter().any(|(start, len, _)| (*start..start + len).contains(at)))
                .map(|(_, c)| c).collect();
            let mut rest = expected.0.chars();
            proptest::prop_assert!(kept.chars().all(|c| rest.any(|d| d == c)));
        }
    }

    #[test]
    fn many_fixes_take_no_quadratic_time() {
        let text = "ab".repeat(50_000);
        let fixes: Vec<_> = (0..50_000).rev().map(|at| fix(&[(2 * at..2 * at + 1, "c")])).collect();
        assert_eq!(apply_fixes(&text, ID, &fixes), ("cb".repeat(50_000), 50_000));
    }
}
