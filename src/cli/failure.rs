//! What is wrong with the surroundings: exit code 2.

use std::io;
use std::path::Path;

use thiserror::Error;
use yijianshi_core::source::Unreadable;

/// What is wrong with the surroundings.
#[derive(Debug, Error)]
pub enum Failure {
    /// A path that cannot be read.
    #[error(transparent)]
    Unreadable(#[from] Unreadable),
    /// A path that cannot be written.
    #[error("写不了 {path}：{}", reason(error))]
    Unwritable {
        /// Which.
        path: String,
        /// Why.
        error: io::Error,
    },
    /// Standard output that cannot be written.
    #[error("输出不了：{}", reason(.0))]
    Output(#[from] io::Error),
    /// A file of another kind.
    #[error("{0} 不是 .yaml 文件，无法检查")]
    NotYaml(String),
    /// No file to work on.
    #[error("在 {0} 里没有找到任何 .yaml 文件：一个文件都没检查，不能算通过")]
    Nothing(String),
    /// Files outside any workspace.
    #[error(
        "{0} 所在的文件夹及其上级文件夹里都没有工作区清单 yijianshi.yaml；可以用“yijianshi new 文件夹”生成一个工作区"
    )]
    NoWorkspace(String),
    /// Anything else, said in full.
    #[error("{0}")]
    Other(String),
}

impl Failure {
    /// `path` cannot be read.
    pub fn read(path: &Path, error: io::Error) -> Self {
        Failure::Unreadable(Unreadable { name: shown(path), why: reason(&error) })
    }

    /// `path` cannot be written.
    pub fn write(path: &Path, error: io::Error) -> Self {
        Failure::Unwritable { path: shown(path), error }
    }
}

/// A path as it is shown: as given, `/` between folders.
pub fn shown(path: &Path) -> String {
    let text = path.to_string_lossy();
    let text = if cfg!(windows) { text.replace('\\', "/") } else { text.into_owned() };
    match text.strip_prefix("./") {
        Some(rest) if !rest.is_empty() => rest.to_owned(),
        _ => text,
    }
}

/// Why, in Chinese where it is one of the usual reasons.
pub fn reason(error: &io::Error) -> String {
    use io::ErrorKind as Kind;
    let text = match error.kind() {
        Kind::NotFound => "没有这个文件或文件夹",
        Kind::PermissionDenied => "没有权限",
        Kind::AlreadyExists => "已经有同名的文件",
        Kind::NotADirectory => "路径中间有一个不是文件夹",
        Kind::IsADirectory => "这是一个文件夹",
        Kind::DirectoryNotEmpty => "文件夹不是空的",
        Kind::StorageFull => "磁盘已满",
        Kind::ReadOnlyFilesystem => "磁盘是只读的",
        Kind::InvalidFilename => "文件名太长或有不能用的字符",
        _ => return error.to_string(),
    };
    text.to_owned()
}
