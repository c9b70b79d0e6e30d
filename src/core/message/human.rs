//! For people, at a terminal.

use super::{Message, Renderer, Summary, Theme};
use crate::diagnostic::Diagnostic;
use crate::source::Sources;

pub(super) const ABOUT: &str = "给人看，缺省";

pub(super) fn new(theme: Theme, width: usize) -> Box<dyn Message> {
    Box::new(Human(Renderer::new(theme, width)))
}

struct Human(Renderer);

impl Message for Human {
    fn finding(&self, sources: &Sources, diagnostic: &Diagnostic) -> String {
        let mut block = String::new();
        self.0.render(sources, diagnostic, &mut block);
        block + "\n"
    }

    /// Why not all could be looked for is said by who calls it, and then there is no sum.
    fn close(&self, summary: Summary, failure: Option<&str>) -> String {
        let Summary { files, errors, warnings, fixable } = summary;
        let fixable = match fixable {
            0 => String::new(),
            count => format!("；其中 {count} 处可以自动修改（yijianshi check --fix）"),
        };
        match failure {
            Some(_) => String::new(),
            None => format!("检查了 {files} 个文件：{errors} 个错误，{warnings} 个警告{fixable}\n"),
        }
    }

    fn is_read_live(&self) -> bool {
        true
    }
}
