//! One case for each thing that people type: the code, the line, the column, and what the fix makes of it.

use super::tools::{fixed, read};

/// Text, what is said, and the text with its safe fixes (`None` if there is no safe one).
type Case = (&'static str, &'static [&'static str], Option<&'static str>);

const WIDE: &str = "full-width-punctuation";

const COLONS: &[Case] = &[
    ("名称：值\n标识: x\n", &["full-width-punctuation 1:3"], Some("名称: 值\n标识: x\n")),
    ("标识: x\n名称：值\n", &["full-width-punctuation 2:3"], Some("标识: x\n名称: 值\n")),
    ("标识: x\n名称：\n  甲: y\n", &["full-width-punctuation 2:3"], Some("标识: x\n名称:\n  甲: y\n")),
    ("名称：值\n", &["full-width-punctuation 1:3"], Some("名称: 值\n")),
    (
        "材料:\n  名称：值\n  形式：原件\n",
        &["full-width-punctuation 2:5", "full-width-punctuation 3:5"],
        Some("材料:\n  名称: 值\n  形式: 原件\n"),
    ),
    (
        "材料:\n  - 名称：值\n    形式：原件\n",
        &["full-width-punctuation 2:7", "full-width-punctuation 3:7"],
        Some("材料:\n  - 名称: 值\n    形式: 原件\n"),
    ),
    (
        "材料:\n  - 名称：值\n    形式: 原件\n",
        &["full-width-punctuation 2:7"],
        Some("材料:\n  - 名称: 值\n    形式: 原件\n"),
    ),
    ("甲: {乙：丙, 丁: 戊}\n", &["full-width-punctuation 1:6"], Some("甲: {乙: 丙, 丁: 戊}\n")),
    (
        "甲：1\n乙：2\n丙: 3\n",
        &["full-width-punctuation 1:2", "full-width-punctuation 2:2"],
        Some("甲: 1\n乙: 2\n丙: 3\n"),
    ),
    ("标识: x\n名称:值\n", &["missing-spaces 2:3"], Some("标识: x\n名称: 值\n")),
    ("标识: {名称:值, 乙: 丙}\n", &["missing-spaces 1:8"], Some("标识: {名称: 值, 乙: 丙}\n")),
    ("标识: x\n名称:\u{3000}值\n", &["full-width-punctuation 2:4"], Some("标识: x\n名称: 值\n")),
    ("标识: x\n名称: \u{3000}值\n", &["full-width-punctuation 2:5"], Some("标识: x\n名称: 值\n")),
];

const FLOWS: &[Case] = &[
    ("甲: [乙，丙]\n", &["full-width-punctuation 1:6"], Some("甲: [乙, 丙]\n")),
    ("甲: {a: 1，b: 2}\n", &["full-width-punctuation 1:9"], Some("甲: {a: 1, b: 2}\n")),
    ("甲: {问: 是否装修，占道？}\n", &["full-width-punctuation 1:12"], Some("甲: {问: \"是否装修，占道？\"}\n")),
    ("甲: [乙；丙]\n", &["full-width-punctuation 1:6"], Some("甲: [乙, 丙]\n")),
    ("甲: [乙（丙，丁）, 戊]\n", &["full-width-punctuation 1:8"], Some("甲: [\"乙（丙，丁）\", 戊]\n")),
    ("甲: ［乙, 丙］\n", &["full-width-punctuation 1:4", "full-width-punctuation 1:9"], Some("甲: [乙, 丙]\n")),
    ("甲: [乙, 丙］\n丁: x\n", &["full-width-punctuation 1:9"], Some("甲: [乙, 丙]\n丁: x\n")),
    ("甲: ｛乙: 丙}\n", &["full-width-punctuation 1:4"], Some("甲: {乙: 丙}\n")),
    ("甲: [x, y\n乙: z\n", &["unclosed-brackets 1:4"], Some("甲: [x, y]\n乙: z\n")),
    ("甲: [x, y # 注\n乙: z\n", &["unclosed-brackets 1:4"], Some("甲: [x, y] # 注\n乙: z\n")),
    (
        "甲:\n  - {乙: x, 丙: [y, z}\n  - x\n",
        &["unclosed-brackets 2:15"],
        Some("甲:\n  - {乙: x, 丙: [y, z]}\n  - x\n"),
    ),
    (
        "甲:\n  - {乙: x\n  - {丙: y\n丁: z\n",
        &["unclosed-brackets 2:5", "unclosed-brackets 3:5"],
        Some("甲:\n  - {乙: x}\n  - {丙: y}\n丁: z\n"),
    ),
    ("甲: {乙: y]\n丙: z\n", &["unclosed-brackets 1:9"], Some("甲: {乙: y}\n丙: z\n")),
    ("甲: [y]]\n丙: z\n", &["unclosed-brackets 1:7"], Some("甲: [y]\n丙: z\n")),
    ("甲: {乙: y},\n丙: z\n", &["broken-yaml 1:10"], Some("甲: {乙: y}\n丙: z\n")),
    ("甲: [x] 乙\n丙: z\n", &["broken-yaml 1:8"], None),
];

const BLANKS: &[Case] = &[
    ("甲:\n\u{3000}乙: x\n\u{3000}丙: y\n", &["full-width-punctuation 2:1"], Some("甲:\n  乙: x\n  丙: y\n")),
    ("甲:\n  乙: x\n\u{a0}\u{a0}丙: y\n", &["full-width-punctuation 3:1"], Some("甲:\n  乙: x\n  丙: y\n")),
    ("甲:\n  - x\n  -\u{3000}y\n", &["full-width-punctuation 3:4"], Some("甲:\n  - x\n  - y\n")),
    ("甲:\n\t乙: x\n\t丙: y\n丁: z\n", &["tabs 2:1"], Some("甲:\n  乙: x\n  丙: y\n丁: z\n")),
    (
        "甲:\n\t乙:\n\t\t- x\n\t\t- y\n\t丙: y\n丁: z\n",
        &["tabs 2:1"],
        Some("甲:\n  乙:\n    - x\n    - y\n  丙: y\n丁: z\n"),
    ),
    ("甲:\n  乙: x\n\t丙: y\n", &["tabs 3:1"], Some("甲:\n  乙: x\n  丙: y\n")),
    ("甲\u{200b}: x\n乙: y\n", &["invisible-characters 1:2"], Some("甲: x\n乙: y\n")),
    ("甲: x\n\u{feff}乙: y\n", &["invisible-characters 2:1"], Some("甲: x\n乙: y\n")),
    ("甲: x\u{1}y\n乙: y\n", &["invisible-characters 1:5"], Some("甲: xy\n乙: y\n")),
];

const DASHES: &[Case] = &[
    ("甲:\n  - x\n  － y\n  - z\n", &["full-width-punctuation 3:3"], Some("甲:\n  - x\n  - y\n  - z\n")),
    (
        "甲:\n  — y\n  \u{2013}z\n",
        &["full-width-punctuation 2:3", "full-width-punctuation 3:3"],
        Some("甲:\n  - y\n  - z\n"),
    ),
    ("甲:\n  - x\n  -营业执照\n  - z\n", &["missing-spaces 3:3"], Some("甲:\n  - x\n  - 营业执照\n  - z\n")),
    ("甲:\n  -x\n  -y\n", &["missing-spaces 2:3", "missing-spaces 3:3"], Some("甲:\n  - x\n  - y\n")),
    ("甲:\n  -材料: x\n    持有人: y\n", &["missing-spaces 2:3"], Some("甲:\n  - 材料: x\n    持有人: y\n")),
    ("甲: x\n＃ 注\n乙: y\n", &["full-width-punctuation 2:1"], Some("甲: x\n# 注\n乙: y\n")),
    ("＃ 注: 释\n乙: y\n", &["full-width-punctuation 1:1"], Some("# 注: 释\n乙: y\n")),
];

const QUOTES: &[Case] = &[
    ("甲: \"x\n乙: y\n", &["unclosed-quotes 1:4"], Some("甲: \"x\"\n乙: y\n")),
    ("甲:\n  乙: \"x\n  丙: \"y\"\n", &["unclosed-quotes 2:6"], Some("甲:\n  乙: \"x\"\n  丙: \"y\"\n")),
    ("甲: 'x # 注\n乙: y\n", &["unclosed-quotes 1:4"], Some("甲: 'x' # 注\n乙: y\n")),
    ("甲: {乙: \"x, 丙: y}\n丁: z\n", &["unclosed-quotes 1:8"], Some("甲: {乙: \"x\", 丙: y}\n丁: z\n")),
    ("甲: \"x”\n乙: y\n", &["full-width-punctuation 1:6"], Some("甲: \"x\"\n乙: y\n")),
    ("甲: “x\"\n乙: y\n", &["full-width-punctuation 1:4"], Some("甲: \"x\"\n乙: y\n")),
    ("甲: [\"x”, \"y\"]\n乙: z\n", &["full-width-punctuation 1:7"], Some("甲: [\"x\", \"y\"]\n乙: z\n")),
    ("甲: \"关于\"开店\"的通知\"\n乙: z\n", &["broken-yaml 1:7"], Some("甲: '关于\"开店\"的通知'\n乙: z\n")),
    ("甲: \"x\" y\n乙: z\n", &["broken-yaml 1:8"], None),
    ("甲: \"x\"#注\n乙: z\n", &["missing-spaces 1:7"], Some("甲: \"x\" #注\n乙: z\n")),
    ("甲: \"C:\\数据\"\n乙: z\n", &["broken-yaml 1:7"], None),
    ("甲: @x\n乙: z\n", &["broken-yaml 1:4"], Some("甲: \"@x\"\n乙: z\n")),
];

const INDENTS: &[Case] = &[
    ("甲: x\n 乙: y\n丙: z\n", &["wrong-indentation 2:1"], Some("甲: x\n乙: y\n丙: z\n")),
    ("甲:\n  乙: x\n   丙: y\n  丁: z\n", &["wrong-indentation 3:1"], Some("甲:\n  乙: x\n  丙: y\n  丁: z\n")),
    ("甲:\n  乙: x\n 丙: y\n  丁: z\n", &["wrong-indentation 3:1"], Some("甲:\n  乙: x\n  丙: y\n  丁: z\n")),
    ("甲:\n  乙:\n    丙: y\n   丁: z\n", &["wrong-indentation 4:1"], None),
    ("甲:\n  - x\n   - y\n  - z\n", &["wrong-indentation 3:1"], Some("甲:\n  - x\n  - y\n  - z\n")),
    ("甲:\n  - x\n - y\n  - z\n", &["wrong-indentation 3:1"], Some("甲:\n  - x\n  - y\n  - z\n")),
    ("甲:\n  - 乙: x\n     丙: y\n  - z\n", &["wrong-indentation 3:1"], Some("甲:\n  - 乙: x\n    丙: y\n  - z\n")),
    ("甲: x\n  乙: y\n丙: z\n", &["wrong-indentation 2:1"], None),
];

const OTHERS: &[Case] = &[
    ("甲: x\n乙\n  丙: z\n", &["broken-yaml 2:1"], Some("甲: x\n乙:\n  丙: z\n")),
    ("甲: x\n乙\n丙: z\n", &["broken-yaml 2:1"], None),
    ("甲: x\n乙 值\n丙: z\n", &["broken-yaml 2:1"], None),
    ("甲: 乙: 丙\n丁: z\n", &["broken-yaml 1:4"], None),
    ("甲: - x\n丁: z\n", &["broken-yaml 1:4"], None),
    ("甲: x\n- y\n丁: z\n", &["broken-yaml 2:1"], None),
    ("甲: x\n  - y\n丁: z\n", &["broken-yaml 2:3"], None),
    ("甲: 1\n乙: 2\n甲: 3\n", &["duplicate-keys 3:1"], None),
    ("甲: *x\n", &["unsupported-yaml 1:4"], None),
    ("甲: &x y\n", &["unsupported-yaml 1:4"], None),
    ("甲: !x y\n", &["unsupported-yaml 1:4"], None),
    ("<<: y\n", &["unsupported-yaml 1:1"], None),
    ("%YAML 1.2\n---\n甲: x\n", &["unsupported-yaml 1:1"], Some("\n---\n甲: x\n")),
    ("甲: x\n---\n乙: y\n", &["unsupported-yaml 2:1"], None),
    ("? 甲\n: y\n", &["unsupported-yaml 1:1"], None),
    ("[甲]: y\n", &["unsupported-yaml 1:1"], None),
    ("", &["empty-files 1:1"], None),
    ("# 待补充\n", &["empty-files 1:1"], None),
];

#[test]
fn each_fault_is_said_where_it_is() {
    let mut wrong = Vec::new();
    for (text, said, fix) in [COLONS, FLOWS, BLANKS, DASHES, QUOTES, INDENTS, OTHERS].concat() {
        let read = read(text);
        if read.said() != said {
            wrong.push(format!("{text:?}\n  said     {:?}\n  expected {said:?}", read.said()));
            continue;
        }
        let mended = fixed(text).expect("fixes come to an end");
        if mended != fix.unwrap_or(text) {
            wrong.push(format!("{text:?}\n  fixed    {mended:?}\n  expected {fix:?}"));
        } else if fix.is_some() {
            let again = super::tools::read(&mended);
            if !again.list.is_empty() || again.shape() != read.shape() {
                wrong.push(format!("{text:?}\n  tree {}\n  then {} {:?}", read.shape(), again.shape(), again.said()));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn messages_are_chinese_sentences() {
    for (text, ..) in [COLONS, FLOWS, BLANKS, DASHES, QUOTES, INDENTS, OTHERS].concat() {
        for d in read(text).list {
            assert!(!d.message.contains('\n') && !d.message.ends_with('。'), "{}", d.message);
            let inside = d.message.split(['“', '”']).step_by(2).collect::<String>();
            assert!(!inside.contains([',', ';', '?', '!']), "{}", d.message);
        }
    }
    assert!(read("甲：x\n乙: y\n").list.iter().all(|d| d.code.name == WIDE));
}

#[test]
fn both_places_of_a_key_that_stands_twice() {
    let read = read("甲: 1\n乙: 2\n甲: 3\n");
    assert_eq!(read.shape(), r#"{"甲": "1", "乙": "2"}"#);
    assert_eq!(read.list[0].related[0].span.range(), 0..3);
}

#[test]
fn what_is_left_out_is_marked() {
    let read = read("甲:\n  乙: x\n  ]: y\n  丙: z\n丁: w\n");
    assert_eq!(read.list.len(), 1, "{:?}", read.said());
    assert!(read.document.damaged);
    let dump = read.dump();
    assert!(dump.contains("\"甲\" 1:1: map damaged"), "{dump}");
    assert!(dump.starts_with("map  "), "{dump}");
}
