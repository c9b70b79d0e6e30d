//! `new`: a workspace that passes `check`, to be changed into one's own.

use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use pinyin::ToPinyin;

use super::failure::{Failure, shown};
use super::terminal::Out;
use yijianshi_core::schema::KINDS;

/// Arguments of `new`.
#[derive(Debug, clap::Args)]
pub struct Args {
    #[arg(value_name = "文件夹", help = "放在哪里；已有的话必须是空的")]
    folder: PathBuf,
    #[arg(long, value_name = "名称", help = "工作区的名称；不写就用文件夹的名称")]
    title: Option<String>,
}

const FILES: [(&str, &str); 5] = [
    ("yijianshi.yaml", include_str!("new/yijianshi.yaml")),
    ("目录/机构.yaml", include_str!("new/机构.yaml")),
    ("目录/材料.yaml", include_str!("new/材料.yaml")),
    ("目录/数据项.yaml", include_str!("new/数据项.yaml")),
    ("我要开便利店.yaml", include_str!("new/我要开便利店.yaml")),
];

/// Makes the workspace, wholly or not at all.
pub fn run(args: &Args) -> Result<bool, Failure> {
    let folder = &args.folder;
    let failed = |error| Failure::write(folder, error);
    let fresh = !folder.exists();
    if !fresh {
        let mut entries = fs::read_dir(folder).map_err(failed)?;
        if entries.next().is_some() {
            return Err(Failure::Other(format!("{} 不是空文件夹，什么都没有写；换一个名称再试", shown(folder))));
        }
    }
    let name = own_name(folder);
    let title = args.title.clone().unwrap_or_else(|| name.clone());
    if title.trim().is_empty() || title.chars().any(char::is_control) {
        return Err(Failure::Other("名称要写一行文字".to_owned()));
    }
    let mut files: Vec<(String, String)> = FILES
        .iter()
        .map(|(path, text)| {
            // A text in quotation marks means itself whatever is in it.
            let title = format!("\"{}\"", title.trim().replace('\\', "\\\\").replace('"', "\\\""));
            ((*path).to_owned(), text.replace("{{title}}", &title).replace("{{id}}", &id(&name)))
        })
        .collect();
    files.extend(KINDS.iter().map(|kind| (format!("schema/{}.json", kind.name), kind.text())));
    if let Err(error) = write(folder, &files) {
        // The folder was empty or not there: so it is again.
        for part in ["yijianshi.yaml", "我要开便利店.yaml"] {
            let _ = fs::remove_file(folder.join(part));
        }
        for part in ["目录", "schema"] {
            let _ = fs::remove_dir_all(folder.join(part));
        }
        if fresh {
            let _ = fs::remove_dir(folder);
        }
        return Err(failed(error));
    }
    let mut out = Out::new();
    let place = shown(folder);
    writeln!(out, "已生成工作区 {place}：")?;
    for (path, _) in FILES {
        writeln!(out, "  {path}")?;
    }
    writeln!(out, "  schema/（供编辑器提示，不用改）")?;
    writeln!(out, "\n接下来：\n  yijianshi check {place}\n  yijianshi build {place}")?;
    out.flush()?;
    Ok(true)
}

fn write(folder: &Path, files: &[(String, String)]) -> io::Result<()> {
    for (path, text) in files {
        let path = folder.join(path);
        fs::create_dir_all(path.parent().unwrap_or(folder))?;
        fs::write(path, text)?;
    }
    Ok(())
}

/// The folder's own name, also if it is given as `.` or `..`.
fn own_name(folder: &Path) -> String {
    let full = std::path::absolute(folder).and_then(|full| if full.exists() { full.canonicalize() } else { Ok(full) });
    let full = full.unwrap_or_else(|_| folder.to_owned());
    full.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_else(|| "工作区".to_owned())
}

/// An ASCII id for a name: its pinyin.
fn id(name: &str) -> String {
    let mut id = String::new();
    for c in name.chars() {
        match c.to_pinyin() {
            Some(pinyin) => id += &pinyin.plain().replace('ü', "v"),
            None if c.is_ascii_alphanumeric() => id.push(c.to_ascii_lowercase()),
            None if !id.is_empty() && !id.ends_with('-') => id.push('-'),
            None => {}
        }
    }
    let id = id.trim_matches('-');
    if id.starts_with(|c: char| c.is_ascii_alphabetic()) { id.to_owned() } else { "workspace".to_owned() }
}
