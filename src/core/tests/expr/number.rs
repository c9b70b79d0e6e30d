use crate::expr::{Number, NumberFault, percent_saved};

fn number(text: &str) -> Number {
    Number::parse(text).expect(text)
}

#[test]
fn reads_and_prints_decimals() {
    for (text, printed) in [
        ("8", "8"),
        ("14.5", "14.5"),
        ("2.50", "2.5"),
        ("007", "7"),
        ("-0.25", "-0.25"),
        ("-0", "0"),
        ("２．５", "2.5"),
        ("9223372036854775807", "9223372036854775807"),
        ("1.000000000000000000000", "1"),
    ] {
        assert_eq!(number(text).to_string(), printed);
    }
    for (text, fault, range) in [
        ("", NumberFault::Malformed, 0..0),
        ("-", NumberFault::Malformed, 0..1),
        ("2.", NumberFault::Malformed, 0..2),
        (".5", NumberFault::Malformed, 0..1),
        ("1.2.3", NumberFault::Malformed, 3..4),
        ("1e3", NumberFault::Malformed, 1..2),
        ("1 0", NumberFault::Malformed, 1..2),
        ("五", NumberFault::Malformed, 0..3),
        ("9223372036854775808", NumberFault::TooLarge, 0..19),
        ("1.0000000000000000000000000000000000000001", NumberFault::TooLarge, 0..42),
    ] {
        let error = Number::parse(text).unwrap_err();
        assert_eq!((error.fault, error.range), (fault, range), "{text}");
    }
}

#[test]
fn prints_mixed_fractions() {
    let show = |n, d| Number::fraction(n, d).unwrap().to_string();
    assert_eq!(show(49, 48), "1又1/48");
    assert_eq!(show(1, 48), "1/48");
    assert_eq!(show(-49, 48), "-1又1/48");
    assert_eq!(show(1, 8), "0.125");
    assert_eq!(show(6, -4), "-1.5");
    assert_eq!(Number::fraction(1, 0), None);
    assert_eq!(Number::fraction(i64::MIN, 1), None);
    assert_eq!(serde_json::to_string(&Number::fraction(49, 48)).unwrap(), r#""49/48""#);
    assert_eq!(serde_json::to_string(&number("14.5")).unwrap(), r#""14.5""#);
}

#[test]
fn nothing_wraps() {
    let most = number("9223372036854775807");
    assert_eq!(most.checked_add(Number::ONE), None);
    assert_eq!(most.checked_mul(number("2")), None);
    assert_eq!(Number::ZERO.checked_sub(most).unwrap().checked_sub(Number::ONE), None);
    assert_eq!(most.checked_div(Number::ZERO), None);
    assert_eq!(most.checked_mul(most), None);
    assert_eq!(most.checked_div(most), Some(Number::ONE));
    assert_eq!(most.to_fixed(18).len(), 19 + 1 + 18);
}

#[test]
fn percentages_round_half_away_from_zero() {
    let saved = |before, after| percent_saved(number(before), number(after)).unwrap();
    assert_eq!(
        (saved("14.5", "8").exact().to_fixed(0), saved("14.5", "8").two_places()),
        ("45".into(), "44.83".into())
    );
    assert_eq!((saved("26", "14").exact().to_fixed(0), saved("26", "14").two_places()), ("46".into(), "46.15".into()));
    assert_eq!(saved("8", "7").exact().to_fixed(0), "13");
    assert_eq!(saved("8", "9").exact().to_fixed(0), "-13");
    assert_eq!(saved("1000", "1001").exact().to_fixed(0), "0");
    assert_eq!(saved("20000", "19999").two_places(), "0.01");
    assert_eq!(saved("3", "0").two_places(), "100.00");
    assert_eq!(percent_saved(Number::ZERO, Number::ONE), None);
}
