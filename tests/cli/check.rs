//! `check`: what it says, from wherever it is asked.

use std::fs;

use snapbox::str;

use crate::support::{MANIFEST, bundle, output, run, vague, workspace, write, wrong};

#[test]
fn silent_when_nothing_is_wrong() {
    let folder = workspace(&[("摆摊.yaml", &bundle("stall"))]);
    run(&folder, &["check"]).code(0).stderr_eq(str![]).stdout_eq(str![[r#"
检查了 4 个文件：0 个错误，0 个警告

"#]]);
}

#[test]
fn an_error() {
    let folder = workspace(&[("摆摊.yaml", &wrong("stall"))]);
    run(&folder, &["check"]).code(1).stderr_eq(str![]).stdout_eq(str![[r#"
错误[undefined-agencies]：机构目录里没有“城官部门”
   ╭─[摆摊.yaml:8:9]
 7 │     名称: 摆摊许可
 8 │     单位: 城官部门
   ·           ────┬───
   ·               ╰── 是不是“城管部门”？
 9 │     时限: 3工作日
   ╰────
  建议：写错了就改正；确实是另一种机构，就把它补进机构目录
  修改：改为“城管部门”（须由人确认，check --fix 不会改）
 8 -     单位: 城官部门
   +     单位: 城管部门
  详见：yijianshi explain undefined-agencies

检查了 4 个文件：1 个错误，0 个警告

"#]]);
    run(&folder, &["check", "--color", "always"]).code(1).stderr_eq(str![]).stdout_eq(str![[r#"
[1;31m错误[undefined-agencies][0m[1m：机构目录里没有“城官部门”[0m
   ╭─[[36m摆摊.yaml:8:9[0m]
 [2m7[0m │     名称: 摆摊许可
 [2m8[0m │     单位: 城官部门
   · [31;1m          ────┬───[0m
   ·               [31;1m╰── [31;1m是不是“城管部门”？[0m[0m
 [2m9[0m │     时限: 3工作日
   ╰────
  [36m建议：[0m写错了就改正；确实是另一种机构，就把它补进机构目录
  [36m修改：[0m改为“城管部门”（须由人确认，check --fix 不会改）
 [2m8[0m [31m-     单位: 城官部门[0m
 [2m [0m [32m+     单位: 城管部门[0m
  [2m详见：yijianshi explain undefined-agencies[0m

检查了 4 个文件：1 个错误，0 个警告

"#]]);
}

#[test]
fn a_warning_passes_unless_denied() {
    let folder = workspace(&[("摆摊.yaml", &vague("stall"))]);
    run(&folder, &["check"]).code(0).stdout_eq(str![[r#"
警告[ambiguous-days]：“3天”没有说明是工作日还是自然日
    ╭─[摆摊.yaml:9:10]
  8 │     单位: 城管部门
  9 │     时限: 3天
    ·            ──
 10 │     材料: [申请书]
    ╰────
  建议：写成“3工作日”或“3自然日”
  详见：yijianshi explain ambiguous-days

检查了 4 个文件：0 个错误，1 个警告

"#]]);
    run(&folder, &["check", "--deny-warnings"]).code(1);
}

#[test]
fn the_same_findings_from_everywhere() {
    let root = tempfile::tempdir().unwrap();
    let folder = root.path().join("甲/工作区");
    write(
        &folder,
        &[
            ("yijianshi.yaml", MANIFEST),
            ("目录/机构.yaml", crate::support::SHARED),
            ("目录/材料.yaml", crate::support::MATERIALS),
            ("市/摆摊.yaml", &wrong("stall")),
            ("市/开店.yaml", &vague("shop")),
        ],
    );
    let (_, from_root, _) = output(&root, &["check"]);
    assert!(from_root.contains("[甲/工作区/市/摆摊.yaml:"), "{from_root}");
    let absolute = folder.to_string_lossy().into_owned();
    for args in [
        vec!["check", "."],
        vec!["check", "甲"],
        vec!["check", "./甲/../甲/工作区/"],
        vec!["check", "甲", "甲/工作区", &absolute],
        vec!["check", &absolute],
    ] {
        assert_eq!(output(&root, &args).1, from_root, "{args:?}");
    }
    let inside = from_root.replace("甲/工作区/", "");
    assert_eq!(output(&folder, &["check"]).1, inside);
    assert_eq!(output(&folder, &["check", &absolute]).1, inside);
    let (_, below, _) = output(folder.join("市"), &["check", ".."]);
    assert_eq!(below.replace("../", ""), inside);
    let (_, below, _) = output(folder.join("市"), &["check"]);
    assert_eq!(below.replace("../", "").replace("检查了 2", "检查了 5"), inside);
}

#[cfg(unix)]
#[test]
fn links_are_followed() {
    let folder = workspace(&[("摆摊.yaml", &wrong("stall"))]);
    let other = tempfile::tempdir().unwrap();
    let link = other.path().join("链接");
    std::os::unix::fs::symlink(folder.path(), &link).unwrap();
    let direct = output(&folder, &["check"]).1;
    assert_eq!(output(&folder, &["check", link.to_str().unwrap()]).1, direct);
    assert_eq!(output(&link, &["check"]).1, direct);
    std::os::unix::fs::symlink(folder.path(), folder.path().join("圈")).unwrap();
    let (code, _, said) = output(&folder, &["check"]);
    assert_eq!(code, 2);
    assert!(said.contains("文件夹的链接绕成了一圈"), "{said}");
}

#[test]
fn nested_workspaces_are_apart() {
    let folder = workspace(&[("摆摊.yaml", &bundle("stall"))]);
    let inner = MANIFEST.replace("example", "inner");
    write(folder.path(), &[("里/yijianshi.yaml", &inner), ("里/机构.yaml", crate::support::SHARED)]);
    write(folder.path(), &[("里/材料.yaml", crate::support::MATERIALS), ("里/摆摊.yaml", &bundle("stall"))]);
    assert_eq!(output(&folder, &["check"]), (0, "检查了 8 个文件：0 个错误，0 个警告\n".into(), String::new()));
    assert_eq!(output(&folder, &["check", "里"]).1, "检查了 4 个文件：0 个错误，0 个警告\n");
    assert_eq!(output(folder.path().join("里"), &["check"]).1, "检查了 4 个文件：0 个错误，0 个警告\n");
}

#[test]
fn what_is_wrong_with_a_parent_is_said_once() {
    let child = |id: &str| format!("一件事: 我要摆摊\n标识: {id}\n继承: 省/摆摊.yaml\n");
    let folder =
        workspace(&[("省/摆摊.yaml", &wrong("stall")), ("市/一.yaml", &child("one")), ("市/二.yaml", &child("two"))]);
    let (code, text, _) = output(&folder, &["check"]);
    assert_eq!((code, text.matches("机构目录里没有“城官部门”").count()), (1, 1), "{text}");
    let (_, text, _) = output(&folder, &["check", "市"]);
    assert_eq!(text.matches("机构目录里没有“城官部门”").count(), 1, "{text}");
}

#[test]
fn json_is_valid_and_complete() {
    let folder = workspace(&[("摆摊.yaml", &wrong("stall")), ("开店.yaml", &vague("shop"))]);
    let (code, text, said) = output(&folder, &["check", "--format", "json"]);
    let value: serde_json::Value = serde_json::from_str(&text).unwrap();
    let human = output(&folder, &["check"]).1;
    let findings = value["diagnostics"].as_array().unwrap();
    assert_eq!((code, said.as_str(), value["summary"]["files"].as_u64()), (1, "", Some(5)));
    for finding in findings {
        for key in ["code", "level", "message", "label", "file", "start", "end", "related", "help", "fix"] {
            assert!(finding.get(key).is_some(), "{finding}");
        }
        assert!(human.contains(&format!("[{}]", finding["code"].as_str().unwrap())), "{human}");
    }
    let errors = findings.iter().filter(|finding| finding["level"] == "error").count();
    assert_eq!(value["summary"]["errors"], errors);
    assert_eq!(human.matches("详见：").count(), findings.len());
}

#[test]
fn surroundings() {
    let folder = workspace(&[("说明.txt", ""), ("空/.keep", "")]);
    run(&folder, &["check", "没有.yaml"]).code(2).stdout_eq(str![]).stderr_eq(str![[r#"
错误：读不了 没有.yaml：没有这个文件或文件夹

"#]]);
    run(&folder, &["check", "说明.txt"]).code(2).stdout_eq(str![]).stderr_eq(str![[r#"
错误：说明.txt 不是 .yaml 文件，无法检查

"#]]);
    run(&folder, &["check", "空"]).code(2).stdout_eq(str![]).stderr_eq(str![[r#"
错误：在 空 里没有找到任何 .yaml 文件：一个文件都没检查，不能算通过

"#]]);
    let bare = tempfile::tempdir().unwrap();
    fs::write(bare.path().join("一.yaml"), bundle("stall")).unwrap();
    run(&bare, &["check"]).code(2).stdout_eq(str![]).stderr_eq(str![[r#"
错误：一.yaml 所在的文件夹及其上级文件夹里都没有工作区清单 yijianshi.yaml；可以用“yijianshi new 文件夹”生成一个工作区

"#]]);
}

#[test]
fn files_that_are_no_text_are_errors() {
    let folder = workspace(&[("空.yaml", "")]);
    fs::write(folder.path().join("乱.yaml"), [0xd2, 0xbb, 0xbc, 0xfe, 0xca, 0xc2]).unwrap();
    let (code, text, _) = output(&folder, &["check"]);
    assert_eq!(code, 1);
    assert!(text.contains("[乱.yaml]") && text.contains("[空.yaml]"), "{text}");
}

#[test]
fn ascii_where_the_locale_has_nothing_else() {
    let folder = workspace(&[("摆摊.yaml", &wrong("stall"))]);
    let assert = snapbox::cmd::Command::new(snapbox::cmd::cargo_bin!("yijianshi"))
        .current_dir(&folder)
        .env("LC_ALL", "zh_CN.GBK")
        .arg("check")
        .assert();
    let text = String::from_utf8(assert.get_output().stdout.clone()).unwrap();
    assert!(!text.contains('╭') && text.contains(",-["), "{text}");
}

#[test]
fn a_reader_that_goes_away_is_no_fault() {
    use std::process::{Command, Stdio};
    let many: Vec<(String, String)> = (0..200).map(|n| (format!("{n}.yaml"), wrong(&format!("b{n}")))).collect();
    let many: Vec<_> = many.iter().map(|(path, text)| (path.as_str(), text.as_str())).collect();
    let folder = workspace(&many);
    let mut child = Command::new(snapbox::cmd::cargo_bin!("yijianshi"))
        .arg("check")
        .current_dir(&folder)
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    drop(child.stdout.take());
    let done = child.wait_with_output().unwrap();
    assert_eq!((done.status.code(), String::from_utf8(done.stderr).unwrap()), (Some(1), String::new()));
}

#[test]
fn what_is_hidden_is_read_where_it_is_asked_for_by_name() {
    let folder = workspace(&[(".草稿/摆摊.yaml", &wrong("stall")), (".一件.yaml", &wrong("other"))]);
    let (code, text, _) = output(&folder, &["check"]);
    assert_eq!(code, 0, "{text}");
    for path in [".草稿", ".草稿/摆摊.yaml", ".一件.yaml"] {
        let (code, text, _) = output(&folder, &["check", path]);
        assert_eq!(code, 1, "{path}: {text}");
        assert!(text.contains("检查了 1 个文件：1 个错误"), "{path}: {text}");
    }
}

#[test]
fn json_is_complete_whatever_comes_in_the_way() {
    let folder = workspace(&[("摆摊.yaml", &wrong("stall"))]);
    let mut paths = vec!["没有.yaml"];
    if cfg!(unix) {
        #[cfg(unix)]
        std::os::unix::fs::symlink("没有这里", folder.path().join("断了.yaml")).unwrap();
        paths.push(".");
    }
    for path in paths {
        let (code, text, said) = output(&folder, &["check", path, "--format", "json"]);
        let value: serde_json::Value = serde_json::from_str(&text).unwrap();
        let failure = value["failure"].as_str().unwrap();
        assert!(failure.starts_with("读不了"), "{failure}");
        assert_eq!((code, said), (2, format!("错误：{failure}\n")));
    }
}
