//! Random conditions.

use proptest::prelude::*;

/// A question as it is written, and tests on it.
pub type Question = (&'static str, &'static [&'static str]);

/// Conditions on these questions: at most so deep, with about so many tests.
pub fn on(questions: &'static [Question], depth: u32, tests: u32) -> impl Strategy<Value = String> {
    let leaf = (0..questions.len(), any::<prop::sample::Index>()).prop_map(|(question, test)| {
        let tests = questions[question].1;
        tests[test.index(tests.len())].to_owned()
    });
    leaf.prop_recursive(depth, tests, 3, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 2..4).prop_map(|parts| format!("({})", parts.join(" 且 "))),
            prop::collection::vec(inner.clone(), 2..4).prop_map(|parts| format!("({})", parts.join(" 或 "))),
            inner.prop_map(|part| format!("非 ({part})")),
        ]
    })
}
