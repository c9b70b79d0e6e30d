//! `draw`.

use std::fs;

use snapbox::str;

use crate::support::{bundle, output, run, workspace, wrong};

#[test]
fn charts_in_every_format() {
    let folder = workspace(&[("摆摊.yaml", &bundle("stall"))]);
    for chart in ["external", "internal", "gantt"] {
        let file = format!("{chart}.svg");
        run(&folder, &["draw", "摆摊.yaml", "--chart", chart, "-o", &file]).code(0).stdout_eq(str![]).stderr_eq(str![]);
        let written = fs::read_to_string(folder.path().join(&file)).unwrap();
        assert!(written.starts_with("<svg ") && written.contains("我要摆摊"), "{written}");
        let (code, shown, _) = output(&folder, &["draw", "摆摊.yaml", "--chart", chart]);
        assert_eq!((code, shown), (0, written));
    }
    for (format, begin) in [("mermaid", "flowchart"), ("dot", "digraph"), ("bpmn", "<?xml")] {
        let (code, shown, _) = output(&folder, &["draw", "摆摊.yaml", "--chart", "internal", "--format", format]);
        assert_eq!(code, 0);
        assert!(shown.starts_with(begin), "{shown}");
    }
}

#[test]
fn what_fits_one_sheet_is_not_split() {
    let folder = workspace(&[("摆摊.yaml", &bundle("stall"))]);
    run(&folder, &["draw", "摆摊.yaml", "--chart", "external", "--split", "-o", "图.svg"]).code(0);
    assert!(folder.path().join("图.svg").is_file() && !folder.path().join("图-1.svg").exists());
}

#[test]
fn nothing_is_drawn_of_what_is_wrong() {
    let folder = workspace(&[("摆摊.yaml", &wrong("stall"))]);
    let (code, shown, said) = output(&folder, &["draw", "摆摊.yaml", "--chart", "internal", "-o", "图.svg"]);
    assert_eq!(code, 1);
    assert!(shown.contains("undefined-agencies") && said.contains("没有画图"), "{shown}{said}");
    assert!(!folder.path().join("图.svg").exists());
}

#[test]
fn what_cannot_be_drawn_is_said() {
    let folder = workspace(&[("摆摊.yaml", &bundle("stall"))]);
    run(&folder, &["draw", "摆摊.yaml", "--chart", "gantt", "--format", "dot"]).code(2).stderr_eq(str![[r#"
错误：改革前后对比只有 svg、png 两种格式

"#]]);
    run(&folder, &["draw", "摆摊.yaml", "--chart", "internal", "-o", "图.docx"]).code(2).stderr_eq(str![[r#"
错误：从文件名 图.docx 看不出格式，请用 --format 写明：svg、png、mermaid、dot、bpmn

"#]]);
    run(&folder, &["draw", "没有.yaml", "--chart", "internal"]).code(2).stderr_eq(str![[r#"
错误：读不了 没有.yaml：没有这个文件或文件夹

"#]]);
    run(&folder, &["draw", "机构.yaml", "--chart", "internal"]).code(2);
    run(
        &folder,
        &["draw", "摆摊.yaml", "--chart", "internal", "--format", "png", "--font", "没有的字体", "-o", "图.png"],
    )
    .code(2)
    .stderr_eq(str![[r#"
错误：没有叫“没有的字体”的字体，也没有这个文件。常见的中文字体有 Noto Sans CJK SC、Microsoft YaHei、SimHei、PingFang SC

"#]]);
    // A font file that is none.
    run(
        &folder,
        &["draw", "摆摊.yaml", "--chart", "internal", "--format", "png", "--font", "摆摊.yaml", "-o", "图.png"],
    )
    .code(2)
    .stderr_eq(str![[r#"
错误：摆摊.yaml 不是字体文件

"#]]);
    assert!(!folder.path().join("图.png").exists());
}
