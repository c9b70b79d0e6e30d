//! `check --fix`.

use std::fs;

use snapbox::str;

use crate::support::{bundle, output, run, tree, workspace};

#[test]
fn twice_is_once() {
    // Full-width colon and blank, in two files.
    let broken = bundle("stall").replace("状态: 草案", "状态：草案");
    let folder = workspace(&[("摆摊.yaml", &broken), ("好.yaml", &bundle("good"))]);
    let good = fs::metadata(folder.path().join("好.yaml")).unwrap().modified().unwrap();
    run(&folder, &["check", "--fix"]).code(0).stderr_eq(str![]).stdout_eq(str![[r#"
已修改 摆摊.yaml：1 处
检查了 5 个文件：0 个错误，0 个警告

"#]]);
    assert_eq!(fs::read_to_string(folder.path().join("摆摊.yaml")).unwrap(), bundle("stall"));
    let once = tree(folder.path());
    run(&folder, &["check", "--fix"]).code(0).stderr_eq(str![]).stdout_eq(str![[r#"
检查了 5 个文件：0 个错误，0 个警告

"#]]);
    assert_eq!(tree(folder.path()), once);
    assert_eq!(fs::metadata(folder.path().join("好.yaml")).unwrap().modified().unwrap(), good);
}

#[test]
fn other_bytes_stay() {
    let broken = format!("# 注释  \n{}\n\n# 末尾", bundle("stall").replace("状态: 草案", "状态：草案   # 旁注"));
    let folder = workspace(&[("摆摊.yaml", &broken)]);
    output(&folder, &["check", "--fix"]);
    let fixed = fs::read_to_string(folder.path().join("摆摊.yaml")).unwrap();
    assert_eq!(fixed, broken.replace("状态：草案", "状态: 草案"));
}

#[test]
fn only_what_was_asked_for_is_changed() {
    let broken = bundle("stall").replace("状态: 草案", "状态：草案");
    let folder = workspace(&[("一.yaml", &broken), ("二.yaml", &broken.replace("stall", "two"))]);
    output(&folder, &["check", "--fix", "一.yaml"]);
    assert!(!fs::read_to_string(folder.path().join("一.yaml")).unwrap().contains('：'));
    assert!(fs::read_to_string(folder.path().join("二.yaml")).unwrap().contains('：'));
}

#[cfg(unix)]
#[test]
fn permissions_and_links_stay() {
    use std::os::unix::fs::PermissionsExt;
    let broken = bundle("stall").replace("状态: 草案", "状态：草案");
    let folder = workspace(&[("摆摊.yaml", &broken)]);
    let other = tempfile::tempdir().unwrap();
    let real = other.path().join("原件.yaml");
    fs::write(&real, broken.replace("stall", "two")).unwrap();
    fs::set_permissions(&real, fs::Permissions::from_mode(0o640)).unwrap();
    std::os::unix::fs::symlink(&real, folder.path().join("链接.yaml")).unwrap();
    assert_eq!(output(&folder, &["check", "--fix"]).0, 0);
    assert!(fs::symlink_metadata(folder.path().join("链接.yaml")).unwrap().is_symlink());
    assert_eq!(fs::metadata(&real).unwrap().permissions().mode() & 0o777, 0o640);
    assert_eq!(fs::read_to_string(&real).unwrap(), bundle("two"));
    let left: Vec<_> = tree(other.path()).into_keys().collect();
    assert_eq!(left, ["原件.yaml"]);
}

#[cfg(unix)]
#[test]
fn a_read_only_file_is_left() {
    use std::os::unix::fs::PermissionsExt;
    let broken = bundle("stall").replace("状态: 草案", "状态：草案");
    let folder = workspace(&[("摆摊.yaml", &broken)]);
    let path = folder.path().join("摆摊.yaml");
    fs::set_permissions(&path, fs::Permissions::from_mode(0o444)).unwrap();
    run(&folder, &["check", "--fix"]).code(2).stdout_eq(str![]).stderr_eq(str![[r#"
错误：写不了 摆摊.yaml：没有权限

"#]]);
    assert_eq!(fs::read_to_string(&path).unwrap(), broken);
}
