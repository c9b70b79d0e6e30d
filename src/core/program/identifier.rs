//! One identifier a thing, the same in every output: written by the author (标识), else derived once from the whole name.
//!
//! It is a name in every language that outputs are written in (JSON keys, XML ids, process variables, FEEL, JUEL, Python,
//! JavaScript): lower-case words joined by single underscores, so that two underscores can join identifiers. It depends on nothing but
//! the thing itself: where two would be the same, the author chooses.

use pinyin::ToPinyin;
use rustc_hash::FxHashMap;

use super::codes::{COLLIDING_IDS, INVALID_IDS};
use crate::diagnostic::Sink;
use crate::model::{Item, Str, Text};
use crate::source::Span;

/// The longest that may be written, in bytes.
const LONGEST: usize = 64;
/// Words that one of the languages keeps for itself, and names that every JavaScript object has.
const RESERVED: &[&str] = &[
    "and",
    "as",
    "assert",
    "async",
    "await",
    "between",
    "break",
    "case",
    "catch",
    "class",
    "const",
    "constructor",
    "continue",
    "date",
    "def",
    "default",
    "del",
    "delete",
    "div",
    "do",
    "duration",
    "elif",
    "else",
    "empty",
    "enum",
    "eq",
    "every",
    "except",
    "export",
    "extends",
    "external",
    "false",
    "finally",
    "for",
    "from",
    "function",
    "ge",
    "global",
    "gt",
    "if",
    "import",
    "in",
    "instance",
    "instanceof",
    "is",
    "lambda",
    "le",
    "let",
    "list",
    "lt",
    "mod",
    "ne",
    "new",
    "none",
    "nonlocal",
    "not",
    "null",
    "of",
    "or",
    "pass",
    "raise",
    "return",
    "satisfies",
    "some",
    "static",
    "string",
    "super",
    "switch",
    "then",
    "this",
    "throw",
    "time",
    "true",
    "try",
    "typeof",
    "var",
    "void",
    "while",
    "with",
    "yield",
];

/// The identifiers of things that must not have the same one.
pub(super) struct Identifiers {
    taken: FxHashMap<Str, (Str, Span)>,
    /// Whether two things of one name are something to be said elsewhere.
    named_once: bool,
}

/// Something that gets an identifier.
pub(super) struct Identified<'a> {
    /// What it is: 事项, 问题 …
    pub(super) what: &'static str,
    /// Its name.
    pub(super) name: &'a str,
    /// Where it stands.
    pub(super) at: Span,
    /// The identifier that the author wrote.
    pub(super) written: Option<&'a Text>,
}

impl<'a> Identified<'a> {
    /// A thing that has its name written somewhere.
    pub(super) fn named(what: &'static str, name: &'a Text, written: Option<&'a Text>) -> Self {
        Identified { what, name: &name.value, at: name.span, written }
    }
}

impl Identifiers {
    /// Of things of which two with one name are reported.
    pub(super) fn of_named() -> Self {
        Identifiers { taken: FxHashMap::default(), named_once: true }
    }

    /// Of things of which several may have one name.
    pub(super) fn of_any() -> Self {
        Identifiers { taken: FxHashMap::default(), named_once: false }
    }

    /// The identifier of a thing. One that cannot be, or that another thing has already, is reported.
    pub(super) fn of(&mut self, thing: &Identified<'_>, sink: &mut Sink) -> Str {
        self.of_base(thing, derived(thing.name), sink)
    }

    /// The same, where what is not written is not derived from the name alone.
    pub(super) fn of_base(&mut self, thing: &Identified<'_>, base: String, sink: &mut Sink) -> Str {
        let Identified { what, name, at, written } = *thing;
        let id: Str = match written {
            Some(written) => {
                check(written, sink);
                written.value.clone()
            }
            None => base.into(),
        };
        let at = written.map_or(at, |written| written.span);
        match self.taken.get(&id) {
            Some((other, _)) if self.named_once && **other == *name => {}
            Some((other, first)) => {
                let help = match written {
                    Some(_) => "换一个标识".to_owned(),
                    None => format!("给“{name}”写上“{}”，用小写英文字母、数字和下划线", Item::id.with("……")),
                };
                sink.push(
                    COLLIDING_IDS
                        .at(at, format!("{what}“{name}”和“{other}”的标识都是“{id}”"))
                        .related(*first, format!("“{other}”在这里"))
                        .help(help),
                );
            }
            None => {
                self.taken.insert(id.clone(), (name.into(), at));
            }
        }
        id
    }
}

fn check(id: &Text, sink: &mut Sink) {
    let word = |word: &str| !word.is_empty() && word.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit());
    let fine = id.value.starts_with(|c: char| c.is_ascii_lowercase()) && id.value.split('_').all(word);
    let message = if !fine || id.value.len() > LONGEST {
        format!("“{}”不能用作标识", id.value)
    } else if RESERVED.contains(&&*id.value) {
        format!("“{}”是流程引擎里另有用处的词，不能用作标识", id.value)
    } else {
        return;
    };
    sink.push(
        INVALID_IDS
            .at(id.span, message)
            .help("只用小写英文字母和数字，几个词用一个下划线隔开，以字母开头，例如 trading_licence"),
    );
}

/// The pinyin of a name, word by word.
pub(super) fn derived(name: &str) -> String {
    let mut words: Vec<String> = Vec::new();
    let mut run = String::new();
    for c in name.chars() {
        if let Some(pinyin) = c.to_pinyin() {
            words.extend((!run.is_empty()).then(|| std::mem::take(&mut run)));
            words.push(pinyin.plain().replace('ü', "v"));
        } else if c.is_ascii_alphanumeric() {
            run.push(c.to_ascii_lowercase());
        } else {
            words.extend((!run.is_empty()).then(|| std::mem::take(&mut run)));
        }
    }
    words.extend((!run.is_empty()).then_some(run));
    let id = words.join("_");
    match id.chars().next() {
        Some(c) if c.is_ascii_alphabetic() && !RESERVED.contains(&&*id) => id,
        Some(_) => format!("x_{id}"),
        None => "x".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::derived;

    #[test]
    fn an_identifier_is_a_name_everywhere() {
        assert_eq!(derived("营业执照"), "ying_ye_zhi_zhao");
        assert_eq!(derived("A4纸"), "a4_zhi");
        assert_eq!(derived("4号窗口"), "x_4_hao_chuang_kou");
        assert_eq!(derived("《》"), "x");
        assert_eq!(derived("格"), "x_ge");
    }
}
