//! `build`: all or nothing, and nobody else's files.

use std::fs;

use snapbox::str;

use crate::support::{MANIFEST, bundle, output, run, tree, workspace, write, wrong};

/// What is made of a workspace as a whole.
const WORKSPACE: [&str; 4] =
    ["example/index.html", "example/基础清单.xlsx", "example/工作台.html", "example/工作台.md"];

#[test]
fn makes_what_is_good() {
    let folder = workspace(&[("摆摊.yaml", &bundle("stall"))]);
    let (code, text, said) = output(&folder, &["build"]);
    assert_eq!((code, said.as_str()), (0, ""));
    assert!(text.contains("已生成 1 件事的成果，在 out：新增 "), "{text}");
    let made = tree(&folder.path().join("out"));
    assert!(made.contains_key("example/stall/plan.json") && made.contains_key(".yijianshi.json"), "{:?}", made.keys());
    let own = |name: &String| !name.starts_with("example/stall/") && name != ".yijianshi.json";
    assert_eq!(made.keys().filter(|name| own(name)).collect::<Vec<_>>(), WORKSPACE);
    // Once more: the same bytes.
    let (_, text, _) = output(&folder, &["build"]);
    assert!(text.contains("新增 0 个文件，更新 0 个，清除 0 个"), "{text}");
    assert_eq!(tree(&folder.path().join("out")), made);
}

#[test]
fn one_error_and_nothing_is_touched() {
    let folder = workspace(&[("一.yaml", &bundle("one")), ("二.yaml", &bundle("two"))]);
    assert_eq!(output(&folder, &["build"]).0, 0);
    let before = tree(&folder.path().join("out"));
    write(folder.path(), &[("一.yaml", &bundle("one").replace("3工作日", "4工作日")), ("二.yaml", &wrong("two"))]);
    run(&folder, &["build"])
        .code(1)
        .stdout_eq(str![[r#"
错误[undefined-agencies]：机构目录里没有“城官部门”
   ╭─[二.yaml:8:9]
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

检查了 5 个文件：1 个错误，0 个警告

"#]])
        .stderr_eq(str![[r#"
有错误，什么都没有写；原来的成果没有动

"#]]);
    assert_eq!(tree(&folder.path().join("out")), before);
    let fresh = workspace(&[("二.yaml", &wrong("two"))]);
    assert_eq!(output(&fresh, &["build"]).0, 1);
    assert!(!fresh.path().join("out").exists());
    assert_eq!(output(&fresh, &["build", "--out", "a/b/c"]).0, 1);
    assert!(!fresh.path().join("a").exists());
}

#[test]
fn what_is_no_longer_made_goes() {
    let folder = workspace(&[("一.yaml", &bundle("one")), ("二.yaml", &bundle("two"))]);
    output(&folder, &["build"]);
    write(folder.path(), &[("out/说明.txt", "自己的"), ("out/example/two/自己的.txt", "自己的")]);
    fs::remove_file(folder.path().join("二.yaml")).unwrap();
    // One bundle alone leaves the others' files.
    assert_eq!(output(&folder, &["build", "一.yaml"]).0, 0);
    assert!(folder.path().join("out/example/two/plan.json").exists());
    assert_eq!(output(&folder, &["build"]).0, 0);
    let own = |name: &String| !name.contains("/one/") && !WORKSPACE.contains(&name.as_str());
    let left: Vec<_> = tree(&folder.path().join("out")).into_keys().filter(own).collect();
    assert_eq!(left, [".yijianshi.json", "example/two/自己的.txt", "说明.txt"]);
    // A bundle under another id.
    write(folder.path(), &[("一.yaml", &bundle("uno"))]);
    assert_eq!(output(&folder, &["build"]).0, 0);
    assert!(!folder.path().join("out/example/one").exists());
}

#[test]
fn a_foreign_file_is_never_overwritten() {
    let folder = workspace(&[("摆摊.yaml", &bundle("stall"))]);
    write(folder.path(), &[("out/example/stall/plan.json", "自己的")]);
    let before = tree(&folder.path().join("out"));
    run(&folder, &["build"]).code(2).stderr_eq(str![[r#"
错误：下面的位置已经有不是本工具生成的文件，不会覆盖，什么都没有写。把它们移到别处，或者用 --out 换一个文件夹：
  out/example/stall/plan.json

"#]]);
    assert_eq!(output(&folder, &["build", "--force"]).0, 2);
    assert_eq!(tree(&folder.path().join("out")), before);
}

#[test]
fn an_edited_file_is_overwritten_only_by_force() {
    let folder = workspace(&[("摆摊.yaml", &bundle("stall"))]);
    output(&folder, &["build"]);
    let path = folder.path().join("out/example/stall/plan.json");
    let made = fs::read(&path).unwrap();
    fs::write(&path, "改过").unwrap();
    let before = tree(&folder.path().join("out"));
    run(&folder, &["build"]).code(2).stderr_eq(str![[r#"
错误：下面的成果生成以后被人改过，什么都没有写。要保留改动，把它们另存到别处；不要改动，加 --force 再运行一次：
  out/example/stall/plan.json

"#]]);
    assert_eq!(tree(&folder.path().join("out")), before);
    assert_eq!(output(&folder, &["build", "--force"]).0, 0);
    assert_eq!(fs::read(&path).unwrap(), made);
}

#[test]
fn a_folder_in_the_way() {
    let folder = workspace(&[("摆摊.yaml", &bundle("stall"))]);
    write(folder.path(), &[("out/example", "是个文件")]);
    run(&folder, &["build"]).code(2);
    assert_eq!(fs::read_to_string(folder.path().join("out/example")).unwrap(), "是个文件");
    let folder = workspace(&[("摆摊.yaml", &bundle("stall"))]);
    write(folder.path(), &[("out/example/stall/plan.json/x", "")]);
    run(&folder, &["build"]).code(2);
}

#[test]
fn a_broken_record_is_refused() {
    let folder = workspace(&[("摆摊.yaml", &bundle("stall"))]);
    for record in ["坏了", r#"{"version":9,"files":{}}"#, r#"{"version":1,"files":{"../../x":"00"}}"#] {
        write(folder.path(), &[("out/.yijianshi.json", record)]);
        assert_eq!(output(&folder, &["build"]).0, 2, "{record}");
    }
    run(&folder, &["build"]).code(2).stderr_eq(str![[r#"
错误：读不懂 out/.yijianshi.json：它记着哪些文件是本工具生成的，不要改动。用 --out 换一个文件夹，或者把整个输出文件夹移到别处

"#]]);
}

#[test]
fn chosen_outputs() {
    let folder = workspace(&[("摆摊.yaml", &bundle("stall"))]);
    assert_eq!(output(&folder, &["build", "--only", "plan"]).0, 0);
    let made: Vec<_> = tree(&folder.path().join("out")).into_keys().collect();
    assert_eq!(made, [".yijianshi.json", "example/stall/plan.json"]);
    assert_eq!(output(&folder, &["build", "--only", "编译成果，plan"]).0, 0);
    let (code, _, said) = output(&folder, &["build", "--only", "plam"]);
    assert_eq!(code, 2);
    assert!(said.contains("--only：没有“plam”这种成果，是不是“plan”？"), "{said}");
    write(folder.path(), &[("yijianshi.yaml", &format!("{MANIFEST}输出: [编译成果]\n"))]);
    assert_eq!(output(&folder, &["build"]).0, 0);
    write(folder.path(), &[("yijianshi.yaml", &format!("{MANIFEST}输出: [编译成课]\n"))]);
    let (code, _, said) = output(&folder, &["build"]);
    assert_eq!(code, if said.is_empty() { 1 } else { 2 });
}

#[test]
fn a_part_of_a_workspace_leaves_its_pages() {
    let folder = workspace(&[("一.yaml", &bundle("one")), ("二.yaml", &bundle("two"))]);
    output(&folder, &["build"]);
    let out = folder.path().join("out");
    let before = tree(&out);
    write(folder.path(), &[("二.yaml", &bundle("two").replace("我要摆摊", "我要卖瓜"))]);
    let (code, _, said) = output(&folder, &["build", "二.yaml"]);
    assert_eq!(code, 0);
    assert!(said.contains("目录网页等整个工作区的成果没有动"), "{said}");
    assert_eq!(tree(&out)["example/index.html"], before["example/index.html"]);
    assert_ne!(tree(&out)["example/two/plan.json"], before["example/two/plan.json"]);
    let (_, _, said) = output(&folder, &["build", "一.yaml", "二.yaml"]);
    assert_eq!(said, "");
    let page = String::from_utf8(tree(&out)["example/index.html"].clone()).unwrap();
    assert!(page.contains("我要卖瓜"));
    // What is not chosen goes, also when all bundles are named one by one.
    output(&folder, &["build", "--only", "plan", "一.yaml", "二.yaml"]);
    assert!(!out.join("example/index.html").exists());
    output(&folder, &["build", "--only", "目录网页"]);
    let left: Vec<_> = tree(&out).into_keys().collect();
    assert_eq!(left, [".yijianshi.json", "example/index.html"]);
}

#[test]
fn several_workspaces_in_one_folder() {
    let both = tempfile::tempdir().unwrap();
    for (name, id) in [("甲", "jia"), ("乙", "yi")] {
        let own = both.path().join(name);
        let manifest = MANIFEST.replace("标识: example", &format!("标识: {id}")).replace("例子", name);
        let shared = [("机构.yaml", crate::support::SHARED), ("材料.yaml", crate::support::MATERIALS)];
        write(&own, &shared);
        write(&own, &[("yijianshi.yaml", &manifest), ("一.yaml", &bundle("one"))]);
    }
    let out = both.path().join("out");
    let page = || String::from_utf8(tree(&out)["index.html"].clone()).unwrap();
    // One after the other is as both at once.
    output(&both, &["build", "甲"]);
    assert!(!out.join("index.html").exists());
    output(&both, &["build", "乙"]);
    let one_by_one = page();
    assert!(one_by_one.contains("href=\"jia/index.html\"") && one_by_one.contains("href=\"yi/index.html\""));
    output(&both, &["build", "--out", "both"]);
    assert_eq!(tree(&both.path().join("both")), tree(&out));
    // A workspace without a page is not on it.
    output(&both, &["build", "--only", "plan", "乙"]);
    assert!(!out.join("index.html").exists());
    output(&both, &["build"]);
    assert_eq!(page(), one_by_one);
}

#[test]
fn two_of_one_id() {
    let folder = workspace(&[("一.yaml", &bundle("same")), ("二.yaml", &bundle("Same"))]);
    let (code, _, _) = output(&folder, &["build"]);
    assert!(code == 1 || code == 2);
    assert!(!folder.path().join("out").exists());
    let both = tempfile::tempdir().unwrap();
    for name in ["甲", "乙"] {
        let files = [("yijianshi.yaml", MANIFEST), ("机构.yaml", crate::support::SHARED)];
        write(&both.path().join(name), &files);
        write(
            &both.path().join(name),
            &[("材料.yaml", crate::support::MATERIALS), ("一.yaml", &bundle(name_id(name)))],
        );
    }
    run(&both, &["build"]).code(2).stdout_eq(str![]).stderr_eq(str![[r#"
错误：两个工作区的标识都是“example”，成果会混在一起，什么都没有写：
  乙/yijianshi.yaml:2:5
  甲/yijianshi.yaml:2:5

"#]]);
    assert!(!both.path().join("out").exists());
}

fn name_id(name: &str) -> &'static str {
    if name == "甲" { "jia" } else { "yi" }
}

#[test]
fn the_order_of_inputs_does_not_matter() {
    let files = [("一.yaml", bundle("one")), ("二.yaml", bundle("two")), ("三.yaml", bundle("three"))];
    let files: Vec<_> = files.iter().map(|(path, text)| (*path, text.as_str())).collect();
    let folder = workspace(&files);
    output(&folder, &["build", "--out", "a", "一.yaml", "二.yaml", "三.yaml"]);
    output(&folder, &["build", "--out", "b", "三.yaml", "二.yaml", "一.yaml"]);
    output(&folder, &["build", "--out", "c"]);
    let made = tree(&folder.path().join("a"));
    assert!(made.len() > 3);
    assert_eq!(tree(&folder.path().join("b")), made);
    assert_eq!(tree(&folder.path().join("c")), made);
}

#[test]
fn nothing_to_make() {
    let folder = workspace(&[("摆摊.yaml", &bundle("stall"))]);
    run(&folder, &["build", "目录"]).code(2).stderr_eq(str![[r#"
错误：这些文件里没有一件事，没有成果可以生成

"#]]);
    assert!(!folder.path().join("out").exists());
}

#[cfg(unix)]
#[test]
fn a_failure_in_the_middle_is_taken_back() {
    use std::os::unix::fs::PermissionsExt;
    let folder = workspace(&[("一.yaml", &bundle("one")), ("二.yaml", &bundle("two"))]);
    output(&folder, &["build"]);
    let out = folder.path().join("out");
    let before = tree(&out);
    write(folder.path(), &[("一.yaml", &bundle("one").replace("3工作日", "4工作日"))]);
    write(folder.path(), &[("二.yaml", &bundle("two").replace("3工作日", "4工作日"))]);
    let locked = out.join("example/two");
    fs::set_permissions(&locked, fs::Permissions::from_mode(0o555)).unwrap();
    let is_root = fs::write(locked.join("probe"), "").is_ok();
    let _ = fs::remove_file(locked.join("probe"));
    let (code, _, said) = output(&folder, &["build"]);
    fs::set_permissions(&locked, fs::Permissions::from_mode(0o755)).unwrap();
    // Nothing is locked for root.
    if !is_root {
        assert_eq!(code, 2, "{said}");
        assert_eq!(tree(&out), before);
    }
}
