//! `explain`, `rules`, `schema`, `new`, `show`, `completions`.

use std::fs;

use snapbox::str;
use yijianshi_core::diagnostic::Subject;

use crate::support::{bundle, output, run, tree, workspace, write, wrong};

#[test]
fn explain() {
    let here = std::env::temp_dir();
    run(&here, &["explain", "circular-preconditions"]).code(0).stderr_eq(str![]).stdout_eq(str![[r#"
前置绕成了一圈
错误[circular-preconditions] 前置与顺序

甲要等乙办完，乙又要等甲办完，谁也没法先办。圈子再大也一样：顺着“前置”走，不能回到起点。检查会指出
最短的那一圈，圈上每一处“前置”都标出来。

有“当”的，只在圈上的事项真有人要一起办时才报告，并说出是什么样的申请人；不会碰到一起的，各办各的，
不算一圈。

反例

    一件事: 例子
    标识: example
    联办事项:
      登记: {名称: 例子登记, 单位: 市场监管部门, 前置: [许可]}
      许可: {名称: 例子许可, 单位: 城管部门, 前置: [登记]}

正例

    一件事: 例子
    标识: example
    联办事项:
      登记: {名称: 例子登记, 单位: 市场监管部门}
      许可: {名称: 例子许可, 单位: 城管部门, 前置: [登记]}

依据

审查规则 F01：前置关系不得循环。

"#]]);
    run(&here, &["explain", "circular-precondition"]).code(2).stdout_eq(str![]).stderr_eq(str![[r#"
错误：没有“circular-precondition”这种问题，是不是“circular-preconditions”？
全部名称见：yijianshi rules

"#]]);
    run(&here, &["explain", "完全无关"]).code(2).stderr_eq(str![[r#"
错误：没有“完全无关”这种问题
全部名称见：yijianshi rules

"#]]);
    // Every page can be shown, and code in it stays as it is.
    for code in yijianshi_core::compile::codes() {
        let (exit, text, _) = output(&here, &["explain", code.name]);
        assert_eq!(exit, 0);
        assert!(text.starts_with(code.title()) && !text.contains("```"), "{text}");
    }
}

#[test]
fn rules() {
    let here = std::env::temp_dir();
    let (code, table, _) = output(&here, &["rules"]);
    let (_, json, _) = output(&here, &["rules", "--format", "json"]);
    let list: Vec<serde_json::Value> = serde_json::from_str(&json).unwrap();
    let codes = yijianshi_core::compile::codes();
    assert_eq!((code, list.len()), (0, codes.len()));
    assert_eq!(table.lines().count(), codes.len() + 2 * Subject::ALL.len() + 1);
    for (row, code) in list.iter().zip(&codes) {
        assert_eq!((&row["name"], &row["subject"]), (&code.name.into(), &code.subject.label().into()));
        let below = table.lines().skip_while(|line| *line != code.subject.label());
        let mut lines = below.take_while(|line| !line.is_empty());
        let line = lines.find(|line| line.starts_with(&format!("  {} ", code.name))).unwrap();
        assert!(line.ends_with(code.title()) && line.contains(code.level.label()), "{line}");
    }
}

#[test]
fn schema() {
    let here = tempfile::tempdir().unwrap();
    run(&here, &["schema"]).code(0).stderr_eq(str![]).stdout_eq(str![[r#"
bundle        一件事
materials     材料目录
agencies      机构目录
elements      数据项目录
capabilities  共享能力
manifest      工作区清单
plan          编译成果
scenario      情形试算

"#]]);
    run(&here, &["schema", "--out", "模式"]).code(0).stderr_eq(str![]).stdout_eq(str![[r#"
已写出 8 个文件，在 模式

"#]]);
    let written = tree(&here.path().join("模式"));
    assert_eq!(written.len(), 8);
    for (name, bytes) in written {
        let kind = name.strip_suffix(".json").unwrap();
        assert_eq!(output(&here, &["schema", kind]).1.into_bytes(), bytes);
    }
}

#[test]
fn new_is_good_at_once() {
    let here = tempfile::tempdir().unwrap();
    run(&here, &["new", "我的工作区"]).code(0).stderr_eq(str![]).stdout_eq(str![[r#"
已生成工作区 我的工作区：
  yijianshi.yaml
  目录/机构.yaml
  目录/材料.yaml
  目录/数据项.yaml
  我要开便利店.yaml
  schema/（供编辑器提示，不用改）

接下来：
  yijianshi check 我的工作区
  yijianshi build 我的工作区

"#]]);
    run(&here, &["check", "我的工作区"]).code(0).stdout_eq(str![[r#"
检查了 5 个文件：0 个错误，0 个警告

"#]]);
    assert_eq!(output(&here, &["build", "我的工作区"]).0, 0);
    let files = tree(&here.path().join("我的工作区"));
    for (name, bytes) in &files {
        let text = std::str::from_utf8(bytes).unwrap();
        assert!(!text.contains("{{"), "{name}");
        let Some(schema) = text.lines().next().unwrap().strip_prefix("# yaml-language-server: $schema=") else {
            assert!(name.starts_with("schema/"), "{name}");
            continue;
        };
        let folder = name.rsplit_once('/').map_or("", |(folder, _)| folder);
        assert!(here.path().join("我的工作区").join(folder).join(schema).is_file(), "{name}: {schema}");
    }
    // Full of what is there: nothing is done.
    run(&here, &["new", "我的工作区"]).code(2).stdout_eq(str![]).stderr_eq(str![[r#"
错误：我的工作区 不是空文件夹，什么都没有写；换一个名称再试

"#]]);
    assert_eq!(tree(&here.path().join("我的工作区")), files);
    fs::create_dir(here.path().join("空")).unwrap();
    assert_eq!(output(here.path().join("空"), &["new", ".", "--title", "“甲”: \"乙\" # 丙"]).0, 0);
    assert_eq!(output(&here, &["check", "空"]).0, 0);
    let (_, model, _) = output(&here, &["show", "model", "空/yijianshi.yaml"]);
    assert_eq!(serde_json::from_str::<serde_json::Value>(&model).unwrap()["title"], "“甲”: \"乙\" # 丙");
}

#[test]
fn show() {
    let child = "一件事: 我要摆摊\n标识: child\n继承: 省/摆摊.yaml\n情形:\n  夜市: {问: 夜里也摆吗}\n联办事项:\n  许可: {时限: 2工作日}\n";
    let folder = workspace(&[("省/摆摊.yaml", &bundle("stall")), ("市.yaml", child), ("坏.yaml", &wrong("bad"))]);
    run(&folder, &["show", "syntax", "目录/机构.yaml"]).code(0).stderr_eq(str![]).stdout_eq(str![[r#"
map  1:1-2:11
  "机构目录" 1:1: map  2:3-2:11
    "城管部门" 2:3: map flow  2:9-2:11

"#]]);
    run(&folder, &["show", "model", "目录/机构.yaml"]).code(0).stderr_eq(str![]).stdout_eq(str![[r#"
{
  "agencies": [
    {
      "name": "城管部门",
      "value": {}
    }
  ]
}

"#]]);
    run(&folder, &["show", "program", "市.yaml"]).code(0).stdout_eq(str![[r#"
一件事 我要摆摊  市.yaml:1
标识 child  市.yaml:2
状态 草案
牵头 城管部门  省/摆摊.yaml:4

情形
  夜市 是/否  市.yaml:5

事项（先办的在前）
  1. 许可（摆摊许可） 城管部门 2工作日  市.yaml:7
    材料 申请书  省/摆摊.yaml:10
    结果 许可证  省/摆摊.yaml:11

情形的结果
  全口径：办 许可；材料 1 件 → 1 件

出处
  一件事 我要摆摊  市.yaml:1
  标识 child  市.yaml:2
  继承 省/摆摊.yaml  市.yaml:3
  牵头单位 城管部门  省/摆摊.yaml:4
  情形 夜市  市.yaml:5
  问 夜里也摆吗  市.yaml:5
  联办事项 许可  市.yaml:7
  名称 摆摊许可  省/摆摊.yaml:7
  单位 城管部门  省/摆摊.yaml:8
  材料 申请书  省/摆摊.yaml:10
  结果 许可证  省/摆摊.yaml:11

"#]]);
    let (code, plan, _) = output(&folder, &["show", "plan", "市.yaml"]);
    let plan: serde_json::Value = serde_json::from_str(&plan).unwrap();
    assert_eq!((code, &plan["bundle"]["id"]), (0, &"child".into()));
    let (code, plan, said) = output(&folder, &["show", "plan", "坏.yaml"]);
    assert_eq!((code, plan.as_str()), (1, ""));
    assert!(said.contains("城官部门"), "{said}");
    run(&folder, &["show", "plan", "目录/机构.yaml"]).code(2).stderr_eq(str![[r#"
错误：目录/机构.yaml 不是一件事，没有这一步

"#]]);
    run(&folder, &["show", "program", "目录"]).code(2).stderr_eq(str![[r#"
错误：目录 不是文件，这里要写一个 .yaml 文件

"#]]);
    run(&folder, &["show", "model", "没有.yaml"]).code(2).stderr_eq(str![[r#"
错误：读不了 没有.yaml：没有这个文件或文件夹

"#]]);
    write(folder.path(), &[("缺冒号.yaml", "一件事: 甲\n联办事项\n")]);
    assert_eq!(output(&folder, &["show", "syntax", "缺冒号.yaml"]).0, 1);
}

#[test]
fn completions() {
    for shell in ["bash", "zsh", "fish", "powershell", "elvish"] {
        let (code, text, _) = output(std::env::temp_dir(), &["completions", shell]);
        assert!(code == 0 && text.contains("deny-warnings"), "{shell}");
    }
}
