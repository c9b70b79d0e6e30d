//! Good texts: trees by hand, and silence.

use super::tools::{read, spans};
use crate::diagnostic::Sink;
use crate::source::{Source, SourceId};
use crate::syntax::{Kind, Style, parse};

#[test]
fn a_tree_with_places() {
    let text = "\
# 说明
一件事: 我要开小餐馆   # 名称
情形:
  办税: {问: \"是否办税?\", 选项: [是, 否]}
材料:
- 身份证
-
备注: |
  一
  二

空:
无: ~
";
    let read = read(text);
    assert_eq!(read.said(), [""; 0]);
    let expected = "\
map  2:1-13:5
  \"一件事\" 2:1: \"我要开小餐馆\"  2:6-2:12
  \"情形\" 3:1: map  4:3-4:31
    \"办税\" 4:3: map flow  4:7-4:31
      \"问\" 4:8: \"是否办税?\" quoted  4:11-4:18
      \"选项\" 4:20: list flow  4:24-4:30
        - \"是\"  4:25-4:26
        - \"否\"  4:28-4:29
  \"材料\" 5:1: list  6:1-7:2
    - \"身份证\"  6:3-6:6
    - null  7:2-7:2
  \"备注\" 8:1: \"一\\n二\\n\" block  9:3-10:4
  \"空\" 12:1: null  12:3-12:3
  \"无\" 13:1: null  13:4-13:5
# 说明  1:1
# 名称 (beside)  2:15
";
    assert_eq!(read.dump(), expected);
}

#[test]
fn prose_is_left_alone() {
    for text in [
        "说明: 注意：请带身份证，原件。\n",
        "材料:\n  - 注意：请带身份证\n  - ——摘自办法\n",
        "说明: \"名称：值，值\"\n",
        "说明: |\n  名称：值\n  \u{3000}\u{3000}第二段\n  -甲\n",
        "说明: >\n  名称：值\n",
        "说明: 第一行\n  第二行，注意：带证件\n",
        "名称: “一件事”\n",
        "选项: [甲、乙, 丙（丁）, \"戊，己\"]\n",
        "网址: http://example.cn/\n时间: 9:00\n温度: -5\n",
        "时间: [9:00, 17:30]\n范围: {开始: 9:00, 结束: 17:30}\n",
        "---\n一件事: 甲\n",
        "要点: {问: 经营面积多少平方米？, 数值: {单位: 平方米}}\n",
        "约束: [\n  甲,\n  乙,\n]\n丙: {a: 1,\n    b: 2}\n",
        "当: 办理方式 属于 [甲, 乙]\n",
        "\"带引号的键\": 1\n经营面积（平方米）: 2\n",
        "说明:\n  本事项由多部门联办。\n  注意：请带身份证。\n",
    ] {
        assert_eq!(read(text).said(), [""; 0], "{text}");
    }
}

#[test]
fn styles_and_blocks() {
    let read = read("甲: 'x'\n乙: \"a\\nb\"\n丙: >-\n  一\n  二\n丁: null\n戊: \"null\"\n");
    assert_eq!(read.shape(), r#"{"甲": "x", "乙": "a\nb", "丙": "一 二", "丁": ~, "戊": "null"}"#);
    let Some(Kind::Map { entries, .. }) = read.document.root.as_ref().map(|root| &root.kind) else { panic!() };
    assert!(matches!(entries[2].value.kind, Kind::Scalar { style: Style::Block, .. }));
}

#[test]
fn marks_and_line_ends() {
    let read_all = read("\u{feff}甲: 一\r\n乙: 二\r\n");
    assert_eq!(read_all.said(), ["byte-order-marks 1:1", "carriage-returns 1:5"]);
    assert_eq!(read_all.shape(), r#"{"甲": "一", "乙": "二"}"#);
    assert_eq!(super::tools::fixed("\u{feff}甲: 一\r\n乙: 二\r\n").as_deref(), Some("甲: 一\n乙: 二\n"));
    let alone = read("甲: 一\r乙: 二\r");
    assert_eq!(alone.shape(), r#"{"甲": "一", "乙": "二"}"#);
    let mut texts = Vec::new();
    spans(&read_all, &mut |span| texts.push(read_all.source.text()[span.range()].to_owned()));
    assert!(texts.contains(&"乙".to_owned()));
}

#[test]
fn other_encodings_and_sizes() {
    let said = |source: Source| {
        let mut sink = Sink::new();
        let document = parse(SourceId(0), &source, &mut sink);
        assert!(document.root.is_none() && document.damaged);
        sink.finish().iter().map(|d| (d.code.name, d.message.clone())).collect::<Vec<_>>()
    };
    let gbk = said(Source::from_bytes("a", vec![0xd2, 0xbb, 0xbc, 0xfe]));
    assert!(gbk.len() == 1 && gbk[0].0 == "broken-encodings" && gbk[0].1.contains("GBK"), "{gbk:?}");
    let wide = said(Source::from_bytes("a", vec![0xff, 0xfe, 0x00, 0x4e]));
    assert!(wide.len() == 1 && wide[0].1.contains("UTF-16"), "{wide:?}");
    let unknown = said(Source::from_bytes("a", vec![0x80, 0xff, 0x00]));
    assert_eq!(unknown.len(), 1);
    let large = said(Source::new("a", "甲: 一\n".repeat(3 << 20)));
    assert_eq!(large[0].0, "oversized-files");
}

#[test]
fn nothing_expands() {
    // A billion laughs: every reference is refused and stands for nothing.
    let mut text = String::from("甲0: &甲0 [哈, 哈, 哈, 哈, 哈, 哈, 哈, 哈, 哈]\n");
    for level in 1..=9 {
        let list = vec![format!("*甲{}", level - 1); 9].join(", ");
        text.push_str(&format!("甲{level}: &甲{level} [{list}]\n"));
    }
    let read = read(&text);
    assert_eq!(read.list.len(), 10 + 81);
    assert!(read.list.iter().all(|d| d.code.name == "unsupported-yaml"));
    let mut nodes = 0;
    spans(&read, &mut |_| nodes += 1);
    assert!(nodes < 400, "{nodes}");
}

#[test]
fn depth_is_bounded() {
    for text in [
        format!("甲: {}{}\n乙: x\n", "[".repeat(5000), "]".repeat(5000)),
        format!("甲: {}\n乙: x\n", "[".repeat(5000)),
        (0..200).map(|depth| format!("{}甲:\n", " ".repeat(depth))).collect::<String>() + "乙: x\n",
    ] {
        let read = read(&text);
        assert!(!read.list.is_empty());
        assert!(read.list.len() < 5, "{:?}", read.said());
        assert!(read.document.damaged);
        assert!(read.shape().contains(r#""乙": "x""#), "{} {}", read.shape(), read.list[0].message);
    }
}
