//! How findings go out: one file a format, one line in the list below.

mod render;

pub use render::{Renderer, Theme, wrap};

use crate::diagnostic::{Diagnostic, Level};
use crate::source::Sources;

/// A way of writing findings: plain text in, plain text out. Who calls it writes the parts one after the other, as the findings come.
pub trait Message: Send + Sync {
    /// Before the first finding.
    fn open(&self) -> String {
        String::new()
    }

    /// One finding. Findings are drawn side by side and in any order.
    fn finding(&self, sources: &Sources, diagnostic: &Diagnostic) -> String;

    /// Between two findings.
    fn between(&self) -> &'static str {
        ""
    }

    /// After the last finding. `failure`: why not all could be looked for, for people. A format for programs is one complete document
    /// even then.
    fn close(&self, summary: Summary, failure: Option<&str>) -> String;

    /// Whether people read it as it comes.
    fn is_read_live(&self) -> bool {
        false
    }
}

/// A format by name.
pub struct Format {
    /// Its name, as it is asked for.
    pub name: &'static str,
    /// Who it is for.
    pub about: &'static str,
    /// Makes one, for a terminal that shows this and is so many columns wide.
    pub new: fn(Theme, usize) -> Box<dyn Message>,
}

/// What was found.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Summary {
    /// Files looked at.
    pub files: usize,
    /// Errors.
    pub errors: usize,
    /// Warnings.
    pub warnings: usize,
    /// Findings with a safe fix.
    pub fixable: usize,
}

impl Summary {
    /// Counts a finding.
    pub fn add(&mut self, diagnostic: &Diagnostic) {
        match diagnostic.level {
            Level::Error => self.errors += 1,
            Level::Warning => self.warnings += 1,
        }
        self.fixable += usize::from(diagnostic.fix.as_ref().is_some_and(|fix| fix.safe));
    }
}

macro_rules! formats {
    ($($name:ident)*) => {
        $( mod $name; )*
        /// All formats; the first is for people.
        pub static FORMATS: &[Format] = &[ $( Format { name: stringify!($name), about: $name::ABOUT, new: $name::new }, )* ];
    };
}

formats! {
    human
    json
}
