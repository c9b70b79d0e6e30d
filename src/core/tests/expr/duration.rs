use crate::expr::{Conversions, Duration, DurationFault, Number, Provable, Unit};

use super::show;

fn read(text: &str) -> Duration {
    Duration::parse(text).expect(text)
}

#[test]
fn good_texts() {
    let table = [
        ("2.5工作日", "2.5工作日", Unit::WorkingDay),
        ("2.5个工作日", "2.5工作日", Unit::WorkingDay),
        (" 20 自然日 ", "20自然日", Unit::NaturalDay),
        ("20 个 自然日\u{3000}", "20自然日", Unit::NaturalDay),
        ("3小时", "3小时", Unit::Hour),
        ("3个小时", "3小时", Unit::Hour),
        ("10分钟", "10分钟", Unit::Minute),
        ("即办", "即办", Unit::WorkingDay),
        ("08.50工作日", "8.5工作日", Unit::WorkingDay),
    ];
    for (text, printed, unit) in table {
        let duration = read(text);
        assert_eq!((duration.to_string().as_str(), duration.unit()), (printed, unit));
        assert_eq!(read(printed), duration);
    }
}

#[test]
fn bad_texts() {
    let table = [
        "",
        "  ",
        "8天",
        "8日",
        "8",
        "８",
        "8个",
        "半天",
        "两天",
        "两天半",
        "五个工作日",
        "十五工作日",
        "二十自然日",
        "九十九工作日",
        "一百二十自然日",
        "一百零五工作日",
        "一百五工作日",
        "半个工作日",
        "一个半工作日",
        "2个半工作日",
        "即时",
        "当场",
        "当场办结",
        "1.5工作日左右",
        "约3工作日",
        "原则上 8天",
        "尽快",
        "尽快办理",
        "8个工作日内",
        "不超过8工作日",
        "8天以内",
        "-2工作日",
        "-x",
        "0工作日",
        "0天",
        "0.0小时",
        "工作日",
        "天",
        "工作日8",
        "2.5.1工作日",
        "1/2工作日",
        "1,000工作日",
        "2。5工作日",
        "８工作日",
        "２．５个工作日",
        "3-5工作日",
        "3至5个工作日",
        "3工作日-5工作日",
        "3~五天",
        "1工作日4小时",
        "1小时30分钟",
        "8工作天",
        "8日历日",
        "8工作曰",
        "8作日",
        "3h",
        "3钟头",
        "2周",
        "1个月",
        "半年",
        "8光年",
        "99999999999999999999工作日",
        "二零工作日",
    ];
    let mut shown = String::new();
    for text in table {
        let error = Duration::parse(text).expect_err(text);
        shown += &format!("{text}\n{}  {:?}", show(text, &error.error), error.fault);
        if let Some(reading) = error.reading {
            shown += &format!(" == {reading}");
        }
        if error.choices.len() > 1 {
            shown += &format!(" of {:?}", error.choices);
        }
        shown += "\n\n";
        if let Some(fix) = &error.error.fix {
            let fixed = format!("{}{}{}", &text[..fix.range.start], fix.text, &text[fix.range.end..]);
            assert_eq!(Duration::parse(&fixed).ok(), error.reading, "{text} -> {fixed}");
        }
    }
    insta::assert_snapshot!("bad_durations", shown);
}

#[test]
fn a_bare_day_is_read_as_a_working_day() {
    for text in ["8天", "8日", "8", "八天"] {
        let error = Duration::parse(text).unwrap_err();
        assert_eq!(error.fault, DurationFault::Ambiguous);
        assert_eq!(error.reading, Some(read("8工作日")));
        assert_eq!(error.choices, [read("8工作日"), read("8自然日")]);
    }
}

fn conversions(equations: &[&str]) -> Conversions {
    let mut conversions = Conversions::new();
    for equation in equations {
        conversions.declare(equation).expect(equation);
    }
    conversions
}

#[test]
fn converts_through_chains() {
    let conversions = conversions(&["1工作日 = 8小时", "7自然日＝5个工作日"]);
    let convert = |text, unit| conversions.convert(read(text), unit).map(|number| number.to_string());
    assert_eq!(convert("1工作日", Unit::Minute).as_deref(), Some("480"));
    assert_eq!(convert("1分钟", Unit::WorkingDay).as_deref(), Some("1/480"));
    assert_eq!(convert("14自然日", Unit::Hour).as_deref(), Some("80"));
    assert_eq!(convert("1工作日", Unit::NaturalDay).as_deref(), Some("1.4"));
    let none = Conversions::new();
    assert_eq!(none.convert(read("1小时"), Unit::Minute), Some(Number::from(60)));
    assert_eq!(none.convert(read("1工作日"), Unit::Hour), None);
    assert_eq!(none.convert(read("即办"), Unit::Hour), Some(Number::ZERO));
}

#[test]
fn refuses_bad_equations() {
    let mut conversions = conversions(&["1工作日 = 8小时"]);
    let mut shown = String::new();
    for text in [
        "1工作日 = 8小时",
        "480分钟 = 1工作日",
        "1工作日 = 7小时",
        "30分钟 = 1工作日",
        "1小时 = 60分钟",
        "1小时 = 50分钟",
        "1工作日",
        "1工作日 = 8小时 = 480分钟",
        "1天 = 8小时",
        "即办 = 0小时",
        "1工作日 = x",
        "8工作日 = 8工作日",
        "",
    ] {
        let error = conversions.declare(text).expect_err(text);
        shown += &format!("{text}\n{}  {:?}\n\n", show(text, &error.error), error.others);
    }
    assert_eq!(conversions.declared().len(), 1);
    insta::assert_snapshot!("bad_equations", shown);
}

#[test]
fn at_most_proves_only_what_is_certain() {
    let none = Conversions::new();
    let hours = conversions(&["1工作日 = 8小时"]);
    let week = conversions(&["7自然日 = 5工作日"]);
    use Provable::{No, Unknown, Yes};
    let table = [
        ("8工作日", "8工作日", &none, Yes),
        ("8.5工作日", "8工作日", &none, No),
        ("60分钟", "1小时", &none, Yes),
        ("61分钟", "1小时", &none, No),
        ("20自然日", "20工作日", &none, Yes),
        ("21自然日", "20工作日", &none, Unknown),
        ("2自然日", "2.5工作日", &none, Yes),
        ("0.5自然日", "0.5工作日", &none, Unknown),
        ("20工作日", "20自然日", &none, Unknown),
        ("21工作日", "20自然日", &none, No),
        ("8小时", "1工作日", &none, Unknown),
        ("8小时", "1工作日", &hours, Yes),
        ("1工作日", "479分钟", &hours, No),
        ("28自然日", "20工作日", &week, Yes),
        ("29自然日", "20工作日", &week, No),
        ("即办", "1分钟", &none, Yes),
        ("1分钟", "即办", &none, No),
        ("即办", "即办", &none, Yes),
    ];
    for (left, right, conversions, expected) in table {
        assert_eq!(read(left).at_most(read(right), conversions), expected, "{left} <= {right}");
    }
}

#[test]
fn adds_and_serialises() {
    let hours = conversions(&["1工作日 = 8小时"]);
    let sum = read("2工作日").checked_add(read("4小时"), &hours).unwrap();
    assert_eq!(sum.to_string(), "2.5工作日");
    assert_eq!(read("即办").checked_add(read("4小时"), &Conversions::new()), Some(read("4小时")));
    assert_eq!(read("2工作日").checked_add(read("4小时"), &Conversions::new()), None);
    let json = serde_json::to_string(&sum).unwrap();
    assert_eq!(json, r#"{"amount":"2.5","unit":"working-day","text":"2.5工作日"}"#);
    let schema = schemars::schema_for!(Duration);
    let validator = jsonschema::validator_for(schema.as_value()).unwrap();
    assert!(validator.is_valid(&serde_json::to_value(sum).unwrap()));
    assert!(validator.is_valid(&serde_json::to_value(Duration::IMMEDIATE).unwrap()));
}

#[test]
fn a_fix_means_what_the_reading_says() {
    for text in ["零钟", "零时", "零小", "约零钟", "零钟左右", "3-零钟", "1小时0.000000000000001小时", "1小时0.1小时"]
    {
        let error = Duration::parse(text).unwrap_err();
        if let Some(fix) = error.error.fix {
            assert_eq!(Duration::parse(&fix.text).ok(), error.reading, "{text}");
        }
    }
}
