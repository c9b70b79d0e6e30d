//! What is wrong with a template.

use std::fmt;

/// What is wrong with a template.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Fault {
    /// In which file.
    pub file: String,
    /// On which line, and what stands there.
    pub line: Option<(usize, String)>,
    /// What is wrong.
    pub message: String,
    /// What to do.
    pub help: String,
}

impl Fault {
    /// A fault of a file as a whole.
    pub fn of(file: &str, message: impl Into<String>, help: impl Into<String>) -> Fault {
        Fault { file: file.to_owned(), line: None, message: message.into(), help: help.into() }
    }
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.line {
            Some((number, text)) => {
                write!(f, "{} 第{number}行：{}\n  {number} │ {}", self.file, self.message, text.trim())?;
            }
            None => write!(f, "{}：{}", self.file, self.message)?,
        }
        write!(f, "\n  怎样改：{}", self.help)
    }
}
