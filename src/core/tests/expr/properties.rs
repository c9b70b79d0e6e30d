use std::sync::Arc;

use crate::expr::{Condition, Conversions, Duration, Expr, Literal, Number, Offset, OffsetUnit, Op, Unit, parse};
use crate::source::{At, Date, SourceId, Span};
use proptest::prelude::*;

use super::condition::{Restaurant, base, read};

const NOWHERE: Span = Span { source: SourceId(0), start: 0, end: 0 };

/// More cases by `PROPTEST_CASES`.
fn config(cases: u32) -> ProptestConfig {
    let given = ProptestConfig::default();
    let cases = if std::env::var_os("PROPTEST_CASES").is_some() { given.cases } else { cases };
    ProptestConfig { cases, failure_persistence: None, ..given }
}

fn at<T>(value: T) -> At<T> {
    At::new(value, NOWHERE)
}

fn word() -> impl Strategy<Value = Arc<str>> {
    prop_oneof![
        prop::sample::select(vec![
            "办理方式",
            "经营面积",
            "办税",
            "开票",
            "非本地户籍",
            "或有负债",
            "食品且药品",
            "65岁以上",
            "x",
            "且",
            "非",
            "属于",
            "不包含",
            "并且",
            "50",
            "2020-01-01",
            "a b",
            "“引”",
            "a\"b",
            "(括)",
            "，",
            "是",
            "3人以上",
            "-5",
            "今天",
            "今天 + 3年",
            "今天内",
        ])
        .prop_map(Arc::from),
        "[甲乙丙a-z0-9_·]{1,4}".prop_map(Arc::from),
    ]
}

fn literal() -> impl Strategy<Value = Literal> {
    let unit = prop::option::of(prop::sample::select(vec!["平方米", "元/人", "%", "㎡"]).prop_map(Arc::from));
    prop_oneof![
        word().prop_map(Literal::Word),
        ((-10_000i32..10_000), unit).prop_map(|(n, unit)| {
            let number = Number::fraction(i64::from(n), 100).unwrap();
            Literal::Number { number, unit }
        }),
        (2000u16..2100, 1u8..=12, 1u8..=28).prop_map(|(y, m, d)| Literal::Date(Date::new(y, m, d).unwrap())),
        (-400i32..400, prop::sample::select(vec![OffsetUnit::Day, OffsetUnit::Month, OffsetUnit::Year]))
            .prop_map(|(amount, unit)| Literal::Today(Offset::new(amount, unit), None)),
    ]
}

fn op() -> impl Strategy<Value = Op> {
    prop::sample::select(vec![Op::Eq, Op::Ne, Op::Lt, Op::Le, Op::Gt, Op::Ge])
}

fn expr() -> impl Strategy<Value = Expr> {
    let leaf = prop_oneof![
        word().prop_map(|q| Expr::Is(at(q))),
        (word(), op(), literal()).prop_map(|(q, op, v)| Expr::Compare { question: at(q), op, value: at(v) }),
        (word(), prop::collection::vec(literal().prop_map(at), 1..4))
            .prop_map(|(q, values)| Expr::OneOf { question: at(q), values }),
        (word(), literal()).prop_map(|(q, v)| Expr::Includes { question: at(q), value: at(v) }),
    ];
    leaf.prop_recursive(5, 40, 4, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 2..4).prop_map(Expr::All),
            prop::collection::vec(inner.clone(), 2..4).prop_map(Expr::Any),
            inner.prop_map(|inner| Expr::Not(Box::new(inner))),
        ]
    })
}

fn without_spans(expr: &Expr) -> Expr {
    let all = |parts: &[Expr]| parts.iter().map(without_spans).collect();
    match expr {
        Expr::All(parts) => Expr::All(all(parts)),
        Expr::Any(parts) => Expr::Any(all(parts)),
        Expr::Not(inner) => Expr::Not(Box::new(without_spans(inner))),
        Expr::Is(q) => Expr::Is(at(q.value.clone())),
        Expr::Compare { question, op, value } => {
            Expr::Compare { question: at(question.value.clone()), op: *op, value: at(value.value.clone()) }
        }
        Expr::OneOf { question, values } => Expr::OneOf {
            question: at(question.value.clone()),
            values: values.iter().map(|value| at(value.value.clone())).collect(),
        },
        Expr::Includes { question, value } => {
            Expr::Includes { question: at(question.value.clone()), value: at(value.value.clone()) }
        }
    }
}

/// Pieces that conditions are made of, in any order: more telling than random characters.
fn soup() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        prop::sample::select(vec![
            "办税",
            "经营面积",
            "办理方式",
            "委托办理",
            "非本地户籍",
            "或有负债",
            "且",
            "或",
            "非",
            "并且",
            "不超过",
            "属于",
            "不属于",
            "包含",
            "=",
            "!=",
            "≤",
            "<",
            "(",
            ")",
            "（",
            "）",
            "[",
            "]",
            "【",
            "】",
            ",",
            "，",
            "、",
            "“",
            "”",
            "\"",
            "'",
            " ",
            "　",
            "50",
            "2.5",
            "-",
            "平方米",
            "2020-01-01",
            "!",
            "！",
            "&&",
            "|",
            "。",
            "\u{200b}",
            "\n",
            "#",
        ])
        .prop_map(str::to_owned),
        "\\PC{1,2}",
    ];
    prop::collection::vec(piece, 0..14).prop_map(|pieces| pieces.concat())
}

fn check_positions(text: &str) -> Result<(), TestCaseError> {
    let parsed = read(text);
    prop_assert!(parsed.condition.is_some() || !parsed.errors.is_empty(), "silent: {text}");
    let sound = |range: std::ops::Range<usize>| range.start <= range.end && text.get(range).is_some();
    for error in &parsed.errors {
        prop_assert!(sound(error.range.clone()), "{text}: {error:?}");
        if let Some(fix) = &error.fix {
            prop_assert!(sound(fix.range.clone()), "{text}: {error:?}");
        }
    }
    if let Some(condition) = &parsed.condition {
        // All safe fixes together mend the text and keep what it was understood to mean.
        let fixes = parsed.errors.iter().filter_map(|error| error.fix.clone());
        let mut fixes: Vec<_> = fixes.filter(|fix| fix.safe).collect();
        fixes.sort_by_key(|fix| (fix.range.start, fix.range.end));
        let apart = fixes.windows(2).all(|pair| {
            pair[0].range.end <= pair[1].range.start && pair[0].range != pair[1].range && !pair[1].range.is_empty()
        });
        if apart && fixes.len() == parsed.errors.len() {
            let mut fixed = text.to_owned();
            fixes.iter().rev().for_each(|fix| fixed.replace_range(fix.range.clone(), &fix.text));
            let again = read(&fixed);
            prop_assert!(again.errors.is_empty(), "{text} -> {fixed}: {:?}", again.errors);
            prop_assert_eq!(
                without_spans(&again.condition.unwrap().expr),
                without_spans(&condition.expr),
                "{} -> {}",
                text,
                fixed
            );
        }
    }
    if let Some(condition) = parsed.condition {
        prop_assert!(sound(condition.span.range()));
        let mut leaves = Vec::new();
        condition.expr.walk(&mut |expr| {
            leaves.extend(expr.question().map(|question| question.span));
            leaves.extend(expr.values().iter().map(|value| value.span));
        });
        for span in leaves {
            prop_assert!(sound(span.range()) && condition.span.covers(span), "{text}: {span:?}");
        }
        // What was understood can be printed and read again without complaint.
        let printed = condition.to_string();
        let again = read(&printed);
        prop_assert!(again.errors.is_empty(), "{text} -> {printed}: {:?}", again.errors);
        prop_assert_eq!(
            without_spans(&again.condition.unwrap().expr),
            without_spans(&condition.expr),
            "{} -> {}",
            text,
            printed
        );
    }
    Ok(())
}

proptest! {
    #![proptest_config(config(600))]

    #[test]
    fn print_and_parse_round_trip(expr in expr()) {
        let text = expr.to_string();
        // Every name of the expression is known, as after resolution.
        let mut questions = std::collections::HashSet::new();
        expr.questions().for_each(|q| { questions.insert(q.value.to_string()); });
        let parsed = parse(&text, base, &|name: &str| questions.contains(name));
        prop_assert!(parsed.errors.is_empty(), "{text}: {:?}", parsed.errors);
        let condition = parsed.condition.unwrap();
        prop_assert_eq!(without_spans(&condition.expr), expr, "{}", text);
        prop_assert_eq!(condition.to_string(), text);
    }

    #[test]
    fn random_strings_are_read_or_refused(text in "\\PC{0,40}") {
        check_positions(&text)?;
        let _ = Duration::parse(&text);
        let _ = Conversions::new().declare(&text);
    }

    #[test]
    fn soup_is_read_or_refused(text in soup()) {
        check_positions(&text)?;
    }

    #[test]
    fn duration_soup(text in "[0-9０-９.一二两三十百半零天日工作自然个小时分钟约内左右即办至-]{0,10}") {
        match Duration::parse(&text) {
            Ok(duration) => prop_assert_eq!(Duration::parse(&duration.to_string()).unwrap(), duration),
            Err(error) => {
                prop_assert!(text.get(error.error.range.clone()).is_some(), "{text}: {error:?}");
                if let Some(fix) = error.error.fix {
                    let fixed = format!("{}{}{}", &text[..fix.range.start], fix.text, &text[fix.range.end..]);
                    prop_assert_eq!(Duration::parse(&fixed).ok(), error.reading, "{} -> {}", text, fixed);
                }
            }
        }
        let _ = Conversions::new().declare(&format!("{text}={text}"));
    }

    #[test]
    fn arithmetic_is_that_of_fractions(a in any::<i32>(), b in 1i32..1000, c in any::<i32>(), d in 1i32..1000) {
        let (x, y) = (Number::fraction(a.into(), b.into()).unwrap(), Number::fraction(c.into(), d.into()).unwrap());
        let (a, b, c, d) = (i128::from(a), i128::from(b), i128::from(c), i128::from(d));
        let is = |number: Option<Number>, n: i128, d: i128| {
            let (p, q) = number.unwrap().as_fraction();
            i128::from(p) * d == n * i128::from(q)
        };
        prop_assert!(is(x.checked_add(y), a * d + c * b, b * d));
        prop_assert!(is(x.checked_sub(y), a * d - c * b, b * d));
        prop_assert!(is(x.checked_mul(y), a * c, b * d));
        if c != 0 {
            prop_assert!(is(x.checked_div(y), a * d, b * c));
        }
        prop_assert_eq!(x.cmp(&y), (a * d).cmp(&(c * b)));
        if let Some(decimal) = x.to_decimal() {
            prop_assert_eq!(Number::parse(&decimal), Ok(x));
        }
        let fixed = Number::parse(&x.to_fixed(2)).unwrap();
        let off = fixed.checked_sub(x).unwrap();
        let half = Number::fraction(1, 200).unwrap();
        prop_assert!(off <= half && off >= Number::fraction(-1, 200).unwrap());
    }

    #[test]
    fn large_arithmetic_never_panics(a in any::<i64>(), b in any::<i64>(), c in any::<i64>(), d in any::<i64>()) {
        if let (Some(x), Some(y)) = (Number::fraction(a, b), Number::fraction(c, d)) {
            let _ = (x.checked_add(y), x.checked_sub(y), x.checked_mul(y), x.checked_div(y), x.cmp(&y), x.floor());
            let _ = (x.to_string(), x.to_fixed(18), x.to_decimal());
        }
    }
}

proptest! {
    #![proptest_config(config(120))]

    #[test]
    fn conversions_are_linear(a in 1i32..100, b in 1i32..100, n in 1i32..1000) {
        let mut conversions = Conversions::new();
        conversions.declare(&format!("{a}自然日 = {b}工作日")).unwrap();
        let day = Duration::new(n.into(), Unit::NaturalDay).unwrap();
        let work = conversions.convert(day, Unit::WorkingDay).unwrap();
        prop_assert_eq!(Some(work), Number::fraction(i64::from(n) * i64::from(b), a.into()));
        let back = Duration::new(work, Unit::WorkingDay).unwrap();
        prop_assert_eq!(conversions.convert(back, Unit::NaturalDay), Some(n.into()));
    }
}

#[test]
fn depth_is_bounded() {
    for text in
        ["(".repeat(100_000), "非 ".repeat(100_000), "!".repeat(100_000), "(非 ".repeat(5_000), "约".repeat(10_000)]
    {
        let parsed = read(&text);
        assert!(text.starts_with('约') || parsed.condition.is_none());
        assert!(Duration::parse(&text).is_err());
    }
    let deepest = format!("{}x{}", "(".repeat(64), ")".repeat(64));
    assert_eq!(read(&deepest).errors, []);
    let deeper = format!("({deepest})");
    let error = &read(&deeper).errors[0];
    assert_eq!(error.range, 64..65);
    let many = vec!["x"; 20_000].join(" 且 ");
    assert_eq!(read(&many).errors, []);
    let run = "办税且".repeat(20_000);
    let _ = read(&run);
    let _ = read(&"。 ".repeat(20_000));
}

#[test]
fn the_plan_form() {
    let text = "办理方式 = 委托办理 且 (非 办税 或 开票 属于 [普通发票, 增值税专用发票] 或 经营面积 ≤ 50平方米 或 x 包含 甲 或 成立日期 ≠ 2020-01-01)";
    let condition: Condition = read(text).condition.unwrap();
    let json = serde_json::to_value(&condition).unwrap();
    let expected = serde_json::json!({ "all": [
        { "question": "办理方式", "op": "=", "value": "委托办理" },
        { "any": [
            { "not": { "is": "办税" } },
            { "question": "开票", "op": "in", "values": ["普通发票", "增值税专用发票"] },
            { "question": "经营面积", "op": "<=", "value": { "number": "50", "unit": "平方米" } },
            { "question": "x", "op": "includes", "value": "甲" },
            { "question": "成立日期", "op": "!=", "value": { "date": "2020-01-01" } },
        ] },
    ] });
    assert_eq!(json, expected);
    let asked: Vec<_> = condition.questions().map(|question| question.value.to_string()).collect();
    assert_eq!(asked, ["办理方式", "办税", "开票", "经营面积", "x", "成立日期"]);
    let _ = Restaurant;
}
