//! The folder `模板` and PDF: what `build` makes of them, and what it says when it cannot.

use std::fs;

use snapbox::cmd::Command;

use crate::support::{MANIFEST, bundle, output, tree, workspace, write};

const PAGE: &str =
    "{# 模板版本 2 #}\n<!DOCTYPE html>\n<title>{{ bundle.title }}</title>\n{% include \"共用/页脚.html\" %}\n";

#[test]
fn templates_replace_and_add() {
    let files = [
        ("摆摊.yaml", bundle("stall")),
        ("模板/办事指南.html", PAGE.to_owned()),
        ("模板/公示.md", "{# 模板版本 2 #}\n# {{ bundle.title }}公示\n".to_owned()),
        ("模板/共用/页脚.html", "<p>{{ workspace.title }}</p>".to_owned()),
    ];
    let files: Vec<(&str, &str)> = files.iter().map(|(path, text)| (*path, text.as_str())).collect();
    let folder = workspace(&files);
    let out = folder.path().join("out");
    assert_eq!(output(&folder, &["build"]).0, 0);
    let made = tree(&out);
    let read = |name: &str| fs::read_to_string(out.join("example/stall").join(name)).unwrap();
    assert_eq!(read("办事指南.html"), "<!DOCTYPE html>\n<title>我要摆摊</title>\n<p>例子</p>");
    assert_eq!(read("公示.md"), "# 我要摆摊公示\n");
    assert!(!made.keys().any(|name| name.contains("页脚")));
    // What replaces something goes with it; what does not has a name of its own.
    for (only, guide, notice) in
        [("办事指南", true, false), ("templates", true, true), ("自有模板,plan", true, true), ("plan", false, false)]
    {
        assert_eq!(output(&folder, &["build", "--only", only]).0, 0);
        assert_eq!(out.join("example/stall/办事指南.html").exists(), guide, "{only}");
        assert_eq!(out.join("example/stall/公示.md").exists(), notice, "{only}");
    }
}

#[test]
fn a_wrong_template_and_nothing_is_touched() {
    let folder = workspace(&[("摆摊.yaml", &bundle("stall"))]);
    assert_eq!(output(&folder, &["build"]).0, 0);
    let before = tree(&folder.path().join("out"));
    for (name, text, said) in [
        (
            "办事指南.html",
            "{# 模板版本 2 #}\n<p>{{ bundle.titel }}</p>\n",
            "错误：模板/办事指南.html 第2行：“bundle.titel”没有这一项内容，是不是“title”？\n  2 │ <p>{{ bundle.titel }}</p>\n  怎样改：",
        ),
        ("办事指南.html", "<p>", "第一行没有写模板版本"),
        ("红头.docx", "不是", "错误：模板/红头.docx：不是 Word 文件"),
        ("说明.txt", "", "错误：模板/说明.txt：不是模板"),
    ] {
        write(folder.path(), &[(&format!("模板/{name}"), text)]);
        let (code, _, told) = output(&folder, &["build"]);
        assert_eq!(code, 1, "{told}");
        assert!(told.contains(said) && told.contains("什么都没有写"), "{told}");
        assert_eq!(tree(&folder.path().join("out")), before, "{name}");
        fs::remove_dir_all(folder.path().join("模板")).unwrap();
    }
}

#[test]
fn without_a_program_there_is_no_pdf_and_it_is_said() {
    let folder = workspace(&[("摆摊.yaml", &bundle("stall"))]);
    let run = |args: &[&str]| {
        let path = folder.path().to_str().unwrap().to_owned();
        let done = Command::new(snapbox::cmd::cargo_bin!("yijianshi"))
            .current_dir(folder.path())
            .env("LC_ALL", "C.UTF-8")
            .env("PATH", path)
            .args(args)
            .assert();
        let output = done.get_output();
        (output.status.code().unwrap(), String::from_utf8(output.stderr.clone()).unwrap())
    };
    let (code, told) = run(&["build", "--only", "pdf"]);
    assert_eq!(code, 2);
    assert!(told.contains("LibreOffice 或 Chromium") && told.contains("都没有找到"), "{told}");
    let (code, told) = run(&["build", "--only", "PDF", "--pdf-with", "没有这个程序"]);
    assert!(code == 2 && told.contains("找不到程序“没有这个程序”"), "{told}");
    let (code, told) = run(&["build", "--only", "pdf,plan", "--pdf-with", "摆摊.yaml"]);
    assert_eq!(code, 2, "{told}");
    assert!(!folder.path().join("out").exists());
    // What is no such program makes nothing.
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;
        let program = folder.path().join("soffice");
        fs::write(&program, "#!/bin/sh\necho 坏了 >&2\n").unwrap();
        fs::set_permissions(&program, fs::Permissions::from_mode(0o755)).unwrap();
        let (code, told) = run(&["build", "--only", "办事指南,pdf"]);
        assert!(code == 2 && told.contains("没有生成 example/stall/办事指南.pdf") && told.contains("坏了"), "{told}");
        assert!(!folder.path().join("out").exists());
    }
}

#[test]
fn the_manifest_can_ask_for_pdf_and_an_unknown_name_is_said() {
    let manifest = format!("{MANIFEST}输出: [办事指南, pdff]\n");
    let folder = workspace(&[("yijianshi.yaml", &manifest), ("摆摊.yaml", &bundle("stall"))]);
    let (code, _, told) = output(&folder, &["build"]);
    assert!(code == 2 && told.contains("是不是“pdf”") && told.contains("templates  自有模板"), "{told}");
}
