//! Twenty different faults in one file, all said in one run, each on its line, and nothing else.

use super::tools::{fixed, read};

const TEXT: &str = "\
一件事: 我要开小餐馆
标识：small-restaurant
服务对象:个体工商户
牵头单位:\u{3000}市场监管部门
＃ 以下是情形
情形:
  办理方式: {问: 由谁办理, 选项: [本人办理，委托办理]}
  经营面积: {问：面积多少, 单位: 平方米}
  门头装修: {问: 是否装修
  办税: {问: 是否办税}}
联办事项:
  营业执照:
    名称: \"个体工商户核发
    单位: 市场监管部门
\u{3000}\u{3000}时限: 2工作日
     结果: 营业执照
    材料:
      - 申请书
      － 照片
      -场所证明
      - {材料: 身份证, 持有人: 经营者]
  小餐饮许可
    名称: 小餐饮核发
\t结果: 许可证
    前置: ［营业执照]
    依据: \"关于\"许可\"的办法\"
    份数: @2
    形式: [原件] 复印件
    法条: *一
    单位: 甲
    单位: 乙
公布: “甲\"
";

#[test]
fn twenty_faults_in_one_run() {
    let read = read(TEXT);
    let expected = [
        "full-width-punctuation 2:3",
        "missing-spaces 3:5",
        "full-width-punctuation 4:6",
        "full-width-punctuation 5:1",
        "full-width-punctuation 7:28",
        "full-width-punctuation 8:11",
        "unclosed-brackets 9:9",
        "unclosed-brackets 10:16",
        "unclosed-quotes 13:9",
        "full-width-punctuation 15:1",
        "wrong-indentation 16:1",
        "full-width-punctuation 19:7",
        "missing-spaces 20:7",
        "unclosed-brackets 21:27",
        "broken-yaml 22:3",
        "tabs 24:1",
        "full-width-punctuation 25:9",
        "broken-yaml 26:12",
        "broken-yaml 27:9",
        "broken-yaml 28:14",
        "unsupported-yaml 29:9",
        "duplicate-keys 31:5",
        "full-width-punctuation 32:5",
    ];
    assert_eq!(read.said(), expected);
    let mended = fixed(TEXT).expect("fixes come to an end");
    let left: Vec<_> = super::tools::read(&mended).said();
    assert_eq!(left, ["broken-yaml 28:14", "unsupported-yaml 29:9", "duplicate-keys 31:5"], "{mended}");
    assert_eq!(super::tools::read(&mended).shape(), read.shape());
}

#[test]
fn many_faults_end() {
    // Each line is a fault: the run ends, says most of them, and is not quadratic beyond its bound.
    let text: String = (0..3000).map(|n| format!("键{n}：值\n甲{n}: ]\n")).collect();
    let read = read(&text);
    assert!(!read.list.is_empty() && read.document.damaged);
}

#[test]
fn a_file_of_prose_ends() {
    let text = "\u{3000}\u{3000}本办法自印发之日起施行。附件: 无\n".repeat(3000);
    assert!(!read(&text).list.is_empty());
    let text = "\u{3000}\u{3000}本办法自印发之日起施行。\n".repeat(3000);
    assert!(read(&text).document.root.is_some());
}

#[test]
fn a_stray_bracket_is_not_closed_again_and_again() {
    let text = "一件事: 开店\n联办事项:[\n  营业执照:\n    名称: '核发'\n    材料:\n      - 照片\n";
    assert_eq!(fixed(text), Some(text.replace(":[", ": [")));
    let read = read(text);
    let bracket = read.list.iter().find(|said| said.code.name == "unclosed-brackets").expect("it is said");
    assert!(bracket.fix.as_ref().is_some_and(|fix| !fix.safe));
}

#[test]
fn a_key_without_a_colon_ends_before_what_nobody_sees() {
    for blank in ["", "\u{3000}", "\u{feff}", " \u{200b}"] {
        let read = read(&format!("甲: 一\n乙{blank}\n  丙: 二\n"));
        assert_eq!(read.shape(), "{\"甲\": \"一\", \"乙\": {\"丙\": \"二\"}}", "{blank:?}");
    }
}
