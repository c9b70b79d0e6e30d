//! Workspaces to run commands on.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use snapbox::cmd::{Command, OutputAssert};
use tempfile::TempDir;

/// Runs the command in `folder`, with surroundings that are the same everywhere.
pub fn run(folder: impl AsRef<Path>, args: &[&str]) -> OutputAssert {
    Command::new(snapbox::cmd::cargo_bin!("yijianshi"))
        .current_dir(folder)
        .env("LC_ALL", "C.UTF-8")
        .env_remove("RUST_BACKTRACE")
        .env_remove("CLICOLOR_FORCE")
        .args(args)
        .assert()
}

/// The same, as exit code, stdout and stderr.
pub fn output(folder: impl AsRef<Path>, args: &[&str]) -> (i32, String, String) {
    let assert = run(folder, args);
    let output = assert.get_output();
    let text = |bytes: &[u8]| String::from_utf8(bytes.to_vec()).unwrap();
    // A machine without a Chinese font says so with every build; what is tested here is the same there.
    let fontless = |line: &&str| !line.starts_with("Word 文件里没有放图");
    let said: String = text(&output.stderr).split_inclusive('\n').filter(fontless).collect();
    (output.status.code().unwrap(), text(&output.stdout), said)
}

pub const MANIFEST: &str = "工作区: 例子\n标识: example\n计数口径: {环节: 按事项, 跑动: 按事项}\n";
pub const SHARED: &str = "机构目录:\n  城管部门: {}\n";
pub const MATERIALS: &str = "材料目录:\n  许可证: {}\n  申请书: {}\n";

/// A bundle without faults.
pub fn bundle(id: &str) -> String {
    format!(
        "一件事: 我要摆摊\n标识: {id}\n状态: 草案\n牵头单位: 城管部门\n联办事项:\n  许可:\n    名称: 摆摊许可\n    \
         单位: 城管部门\n    时限: 3工作日\n    材料: [申请书]\n    结果: 许可证\n"
    )
}

/// Its time is promised in a unit that may be either of two: a warning, or an error, with a fix or without.
pub fn vague(id: &str) -> String {
    bundle(id).replace("时限: 3工作日", "时限: 3天")
}

/// A bundle with an error.
pub fn wrong(id: &str) -> String {
    bundle(id).replace("单位: 城管部门\n    时", "单位: 城官部门\n    时")
}

pub fn write(folder: &Path, files: &[(&str, &str)]) {
    for (path, text) in files {
        let path = folder.join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }
}

/// A workspace with these files beside manifest and catalogues.
pub fn workspace(files: &[(&str, &str)]) -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    write(folder.path(), &[("yijianshi.yaml", MANIFEST), ("目录/机构.yaml", SHARED), ("目录/材料.yaml", MATERIALS)]);
    write(folder.path(), files);
    folder
}

/// Every file below `folder` with its bytes.
pub fn tree(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let mut found = BTreeMap::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(next) = folders.pop() {
        for entry in fs::read_dir(next).into_iter().flatten() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else {
                let name = path.strip_prefix(folder).unwrap().to_string_lossy().replace('\\', "/");
                found.insert(name, fs::read(&path).unwrap());
            }
        }
    }
    found
}
