//! What can be said about a text: codes with their pages, and diagnostics that say a code about a place.

mod fixes;
mod suggest;

use std::cmp::Ordering;
use std::fmt;

pub use fixes::apply_fixes;
pub use suggest::{closest, sound};

use crate::source::{Sources, Span};

/// How bad a finding is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Level {
    /// Nothing is emitted while one is left.
    Error,
    /// Worth mending; outputs are written all the same.
    Warning,
}

impl Level {
    /// 错误 or 警告.
    pub fn label(self) -> &'static str {
        match self {
            Level::Error => "错误",
            Level::Warning => "警告",
        }
    }
}

/// What a code is about: where the index of all pages lists it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Subject {
    /// YAML as such.
    Yaml,
    /// Keys, and what may stand after them.
    Keys,
    /// Workspaces, catalogues, inheritance.
    Workspace,
    /// Findings that are allowed in the text.
    Allowing,
    /// Names and what they refer to.
    Names,
    /// Items.
    Items,
    /// Agencies.
    Agencies,
    /// Materials.
    Materials,
    /// The merged form.
    Form,
    /// Preconditions and order.
    Order,
    /// Times and promises.
    Time,
    /// Questions, conditions, scenarios.
    Conditions,
    /// Reform measures.
    Measures,
    /// What was published or is expected, against what comes out.
    Figures,
    /// Laws and documents cited.
    Laws,
    /// Wording of prose.
    Wording,
}

impl Subject {
    /// All, in the order of the index.
    pub const ALL: [Subject; 16] = [
        Subject::Yaml,
        Subject::Keys,
        Subject::Workspace,
        Subject::Allowing,
        Subject::Names,
        Subject::Items,
        Subject::Agencies,
        Subject::Materials,
        Subject::Form,
        Subject::Order,
        Subject::Time,
        Subject::Conditions,
        Subject::Measures,
        Subject::Figures,
        Subject::Laws,
        Subject::Wording,
    ];

    /// For people.
    pub fn label(self) -> &'static str {
        match self {
            Subject::Yaml => "YAML 写法",
            Subject::Keys => "键和内容",
            Subject::Workspace => "工作区与继承",
            Subject::Allowing => "允许",
            Subject::Names => "名称与引用",
            Subject::Items => "事项",
            Subject::Agencies => "单位",
            Subject::Materials => "材料",
            Subject::Form => "表单",
            Subject::Order => "前置与顺序",
            Subject::Time => "时限",
            Subject::Conditions => "情形与条件",
            Subject::Measures => "举措",
            Subject::Figures => "公布的内容",
            Subject::Laws => "依据",
            Subject::Wording => "文字",
        }
    }
}

/// One kind of thing that can be said. Declared once, with [`code!`](crate::code).
#[derive(Debug)]
pub struct Code {
    /// Kebab-case, names the bad thing in the plural: `circular-preconditions`.
    pub name: &'static str,
    /// What it is about.
    pub subject: Subject,
    /// How bad, unless the manifest says otherwise.
    pub level: Level,
    /// The public page in Markdown: title, what, why, bad and good example, basis.
    pub page: &'static str,
    /// Whether a finding may be allowed in the text with a reason. Faults that stop the compiler from
    /// understanding a file may not.
    pub allowable: bool,
}

impl Code {
    /// The page's first heading.
    pub fn title(&self) -> &'static str {
        self.page.lines().find_map(|line| line.trim().strip_prefix("# ")).unwrap_or(self.name)
    }

    /// Where its page stands, from the repository's root.
    pub fn file(&self) -> String {
        format!("RULES/{}.md", self.name)
    }

    /// Starts a diagnostic: this code, said about `span`. `message` says what is wrong here, in one line.
    pub fn at(&'static self, span: Span, message: impl Into<String>) -> Diagnostic {
        Diagnostic {
            code: self,
            level: self.level,
            span,
            message: message.into(),
            label: None,
            related: Vec::new(),
            help: None,
            fix: None,
        }
    }
}

impl PartialEq for Code {
    fn eq(&self, other: &Self) -> bool {
        self.name == other.name
    }
}

impl Eq for Code {}

/// Declares [`Code`]s: the doc comment is the public page.
///
/// `code! { /// # 标题 … pub static NAME = "kebab-names", Wording, Error; }`; add `, allowable` for findings that an author
/// may allow with a reason (rules do, faults of syntax and resolution do not).
#[macro_export]
macro_rules! code {
    ($( $(#[doc = $doc:expr])* $vis:vis static $ident:ident = $name:literal, $subject:ident, $level:ident $(, $allow:ident)?; )*) => { $(
        $(#[doc = $doc])*
        $vis static $ident: $crate::diagnostic::Code = $crate::diagnostic::Code {
            name: $name,
            subject: $crate::diagnostic::Subject::$subject,
            level: $crate::diagnostic::Level::$level,
            page: concat!($($doc, "\n"),*),
            allowable: $crate::code!(@allow $($allow)?),
        };
    )* };
    (@allow allowable) => { true };
    (@allow) => { false };
}

/// A code, said about a place.
#[derive(Debug, Clone)]
pub struct Diagnostic {
    /// What kind of thing.
    pub code: &'static Code,
    /// The code's level, or what the manifest makes of it.
    pub level: Level,
    /// The place to look at first.
    pub span: Span,
    /// What is wrong here, one line, in the words of the people who write bundles.
    pub message: String,
    /// A few words to stand at the caret; empty for a bare caret.
    pub label: Option<String>,
    /// Why: the other places involved.
    pub related: Vec<Related>,
    /// What to do, imperative.
    pub help: Option<String>,
    /// A change that mends it.
    pub fix: Option<Fix>,
}

/// Another place that explains a finding.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Related {
    /// Where.
    pub span: Span,
    /// What is there.
    pub note: String,
}

/// Edits that mend a finding.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fix {
    /// What it does, imperative: “改为〔2022〕”.
    pub title: String,
    /// Replacements; they do not overlap.
    pub edits: Vec<Edit>,
    /// Whether `check --fix` may apply it unasked: it keeps the meaning, or the meaning is beyond doubt.
    pub safe: bool,
}

/// Replaces the text at a span.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Edit {
    /// What is replaced; empty to insert.
    pub span: Span,
    /// What stands there afterwards.
    pub text: String,
}

impl Fix {
    /// A safe fix that replaces `span` by `text`.
    pub fn replace(span: Span, text: impl Into<String>, title: impl Into<String>) -> Self {
        Fix { title: title.into(), edits: vec![Edit { span, text: text.into() }], safe: true }
    }

    /// The same fix, to be applied only by a person.
    pub fn to_be_confirmed(self) -> Self {
        Fix { safe: false, ..self }
    }
}

impl Diagnostic {
    /// Words at the caret.
    #[must_use]
    pub fn label(mut self, label: impl Into<String>) -> Self {
        self.label = Some(label.into());
        self
    }

    /// Another place, and what is there.
    #[must_use]
    pub fn related(mut self, span: Span, note: impl Into<String>) -> Self {
        self.related.push(Related { span, note: note.into() });
        self
    }

    /// What to do.
    #[must_use]
    pub fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }

    /// A change that mends it.
    #[must_use]
    pub fn fix(mut self, fix: Fix) -> Self {
        self.fix = Some(fix);
        self
    }

    /// The order of reports: by place, then by name, then by words.
    pub fn report_order(&self, other: &Self) -> Ordering {
        (self.span, self.code.name, &self.message).cmp(&(other.span, other.code.name, &other.message))
    }
}

/// Where stages put what they notice.
#[derive(Debug, Default)]
pub struct Sink {
    list: Vec<Diagnostic>,
}

impl Sink {
    /// Nothing noticed yet.
    pub fn new() -> Self {
        Sink::default()
    }

    /// Notes a finding.
    pub fn push(&mut self, diagnostic: Diagnostic) {
        self.list.push(diagnostic);
    }

    /// Notes several.
    pub fn extend(&mut self, more: impl IntoIterator<Item = Diagnostic>) {
        self.list.extend(more);
    }

    /// How many so far.
    pub fn len(&self) -> usize {
        self.list.len()
    }

    /// Whether nothing was noticed.
    pub fn is_empty(&self) -> bool {
        self.list.is_empty()
    }

    /// What was noticed so far, in the order it was noticed.
    pub fn as_slice(&self) -> &[Diagnostic] {
        &self.list
    }

    /// All findings in report order, each said once.
    pub fn finish(mut self) -> Vec<Diagnostic> {
        self.list.sort_by(Diagnostic::report_order);
        self.list.dedup_by(|a, b| a.span == b.span && a.code == b.code && a.message == b.message);
        self.list
    }
}

impl fmt::Display for Diagnostic {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}[{}] {}", self.level.label(), self.code.name, self.message)
    }
}

/// `file:line:column` of a span's start, for messages.
pub fn place_text(sources: &Sources, span: Span) -> String {
    let source = sources.get(span.source);
    let place = source.place(span.start as usize);
    format!("{}:{}:{}", source.name(), place.line, place.column)
}
