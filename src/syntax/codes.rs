//! What can be said about YAML text.

use crate::code;
use crate::diagnostic::Code;

code! {
    /// # 文件不是合法的 YAML
    pub static BROKEN_YAML = "broken-yaml", Error;
}

/// All codes of this stage.
pub static CODES: &[&Code] = &[&BROKEN_YAML];
