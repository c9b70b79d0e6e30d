//! Which characters make names, which words are operators, and where a run of characters without spaces is cut.
//!
//! The rule that authors learn: 且, 或, 非, 属于, 包含 are operators only when they stand alone, between spaces, brackets or signs; a
//! run without spaces is one name. Cutting a run is only for good error messages, and a run that is known is never cut.

use std::fmt;

use super::Op;
use super::parse::Names;
use crate::expr::number::{Number, half_width};

/// 且 or 或.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Join {
    And,
    Or,
}

impl Join {
    pub(super) fn label(self) -> &'static str {
        match self {
            Join::And => "且",
            Join::Or => "或",
        }
    }
}

/// What stands between a question and a value.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Verb {
    Compare(Op),
    OneOf { negated: bool },
    Includes { negated: bool },
}

impl Verb {
    pub(super) fn label(self) -> &'static str {
        match self {
            Verb::Compare(op) => op.sign(),
            Verb::OneOf { negated: false } => "属于",
            Verb::OneOf { negated: true } => "不属于",
            Verb::Includes { negated: false } => "包含",
            Verb::Includes { negated: true } => "不包含",
        }
    }
}

const JOINS: [(&str, Join); 15] = [
    ("且", Join::And),
    ("或", Join::Or),
    ("并且", Join::And),
    ("而且", Join::And),
    ("以及", Join::And),
    ("同时", Join::And),
    ("或者", Join::Or),
    ("或是", Join::Or),
    ("并", Join::And),
    ("和", Join::And),
    ("与", Join::And),
    ("and", Join::And),
    ("AND", Join::And),
    ("or", Join::Or),
    ("OR", Join::Or),
];

const IN: Verb = Verb::OneOf { negated: false };
const NOT_IN: Verb = Verb::OneOf { negated: true };
const INCLUDES: Verb = Verb::Includes { negated: false };
const NOT_INCLUDES: Verb = Verb::Includes { negated: true };

/// Longer words before the words they begin with.
const VERBS: [(&str, Verb); 29] = [
    ("不属于", NOT_IN),
    ("属于", IN),
    ("不包含", NOT_INCLUDES),
    ("包含", INCLUDES),
    ("不包括", NOT_INCLUDES),
    ("包括", INCLUDES),
    ("大于等于", Verb::Compare(Op::Ge)),
    ("小于等于", Verb::Compare(Op::Le)),
    ("大于", Verb::Compare(Op::Gt)),
    ("小于", Verb::Compare(Op::Lt)),
    ("不等于", Verb::Compare(Op::Ne)),
    ("等于", Verb::Compare(Op::Eq)),
    ("不小于", Verb::Compare(Op::Ge)),
    ("不低于", Verb::Compare(Op::Ge)),
    ("不少于", Verb::Compare(Op::Ge)),
    ("不大于", Verb::Compare(Op::Le)),
    ("不超过", Verb::Compare(Op::Le)),
    ("不高于", Verb::Compare(Op::Le)),
    ("不多于", Verb::Compare(Op::Le)),
    ("超过", Verb::Compare(Op::Gt)),
    ("高于", Verb::Compare(Op::Gt)),
    ("低于", Verb::Compare(Op::Lt)),
    ("不是", Verb::Compare(Op::Ne)),
    ("不为", Verb::Compare(Op::Ne)),
    ("不在", NOT_IN),
    ("是", Verb::Compare(Op::Eq)),
    ("为", Verb::Compare(Op::Eq)),
    ("在", IN),
    ("in", IN),
];

/// Words that people write for 非.
const NOTS: [&str; 5] = ["不", "不是", "并非", "not", "NOT"];

/// Longer runs are not searched for operators.
const LONGEST_RUN: usize = 300;

pub(super) fn is_name_char(c: char) -> bool {
    c.is_alphanumeric()
        || "_-+./%·•・—《》〈〉〔〕".contains(c)
        || "−－．＋／％＿‰℃°′″".contains(c)
        || ('\u{3380}'..='\u{33df}').contains(&c)
}

/// Space, also the full-width one, and line breaks of folded text.
pub(super) fn is_space(c: char) -> bool {
    c.is_whitespace()
}

/// The run of name characters that `text` begins with.
pub(super) fn run_of(text: &str) -> &str {
    &text[..text.find(|c| !is_name_char(c)).unwrap_or(text.len())]
}

pub(super) fn is_not_word(run: &str) -> bool {
    NOTS.contains(&run)
}

/// A word at the start of `run` that joins conditions, how long it is, and whether it is the proper word.
pub(super) fn join_at_start(run: &str) -> Option<(usize, Join, bool)> {
    let whole = JOINS.iter().find(|(word, _)| *word == run);
    let start = || JOINS.iter().rev().find(|(word, _)| run.starts_with(word) && !word.is_ascii() && cuts(word));
    whole.or_else(start).map(|&(word, join)| (word.len(), join, word == join.label()))
}

/// A word at the start of `run` that compares, how long it is, and whether it is the proper word.
pub(super) fn verb_at_start(run: &str) -> Option<(usize, Verb, bool)> {
    let whole = VERBS.iter().find(|(word, _)| *word == run);
    let start = || VERBS.iter().find(|(word, _)| run.starts_with(word) && !word.is_ascii() && cuts(word));
    whole.or_else(start).map(|&(word, verb)| (word.len(), verb, word == verb.label()))
}

/// Whether the word may be looked for within a run: single characters other than 且 and 或 are too common in names.
fn cuts(word: &str) -> bool {
    word.chars().count() > 1 || word == "且" || word == "或"
}

/// Where in `run`, after its start, a word stands that may be an operator: offset, length, whether it joins.
fn cuts_of(run: &str) -> Vec<(usize, usize, bool)> {
    if run.len() > LONGEST_RUN {
        return Vec::new();
    }
    let at = |(offset, _): (usize, char)| {
        let rest = &run[offset..];
        let join =
            join_at_start(rest).filter(|(length, ..)| cuts(&rest[..*length])).map(|(len, ..)| (offset, len, true));
        let verb =
            || verb_at_start(rest).filter(|(length, ..)| cuts(&rest[..*length])).map(|(len, ..)| (offset, len, false));
        join.or_else(verb)
    };
    run.char_indices().skip(1).filter_map(at).collect()
}

/// Whether `run` begins with a known question, perhaps after 非, that ends with `run` or at an operator.
pub(super) fn starts_known(run: &str, names: &dyn Names) -> bool {
    let known =
        |run: &str| names.question(run) || cuts_of(run).iter().any(|&(offset, ..)| names.question(&run[..offset]));
    known(run) || run.strip_prefix('非').is_some_and(known)
}

/// Whether `run` begins with a known question that ends with it or at an operator.
pub(super) fn has_known_start(run: &str, names: &dyn Names) -> bool {
    names.question(run) || cuts_of(run).iter().any(|&(offset, ..)| names.question(&run[..offset]))
}

/// Where the question's name at the start of `run` ends: the longest known name; if none is known, before an operator that
/// a known question follows; else the whole run.
pub(super) fn question_end(run: &str, names: &dyn Names) -> usize {
    if names.question(run) {
        return run.len();
    }
    let cuts = cuts_of(run);
    let longest = cuts.iter().rev().find(|&&(offset, ..)| names.question(&run[..offset]));
    let before_known = || {
        cuts.iter().find(|&&(offset, length, joins)| {
            joins && !special(&run[..offset]) && starts_known(&run[offset + length..], names)
        })
    };
    longest.or_else(before_known).map_or(run.len(), |&(offset, ..)| offset)
}

/// Where the value at the start of `run` ends, by the same rule; the value is an option of `question`, or a number.
pub(super) fn value_end(run: &str, question: &str, names: &dyn Names) -> usize {
    if names.option(question, run) {
        return run.len();
    }
    let cuts: Vec<_> = cuts_of(run).into_iter().filter(|&(.., joins)| joins).collect();
    let longest = cuts.iter().rev().find(|&&(offset, ..)| names.option(question, &run[..offset]));
    let before_known = || {
        cuts.iter().find(|&&(offset, length, _)| {
            let known = !special(&run[..offset]) && starts_known(&run[offset + length..], names);
            known || Number::parse(&run[..offset]).is_ok()
        })
    };
    longest.or_else(before_known).map_or(run.len(), |&(offset, ..)| offset)
}

/// Whether `run` begins as a number does.
pub(super) fn starts_as_number(run: &str) -> bool {
    let mut chars = run.chars().map(half_width);
    match chars.next() {
        Some('-') => chars.next().is_some_and(|c| c.is_ascii_digit()),
        Some(c) => c.is_ascii_digit(),
        None => false,
    }
}

/// A name as it is printed: in quotes only where it would not be read back as this name.
pub struct Quoted<'a> {
    name: &'a str,
    needed: bool,
}

impl<'a> Quoted<'a> {
    /// Of a question.
    pub fn question(name: &'a str) -> Self {
        let number = starts_as_number(name) && !name.chars().any(char::is_alphabetic);
        Quoted { name, needed: number || special(name) }
    }

    /// Of an option.
    pub fn value(name: &'a str) -> Self {
        Quoted { name, needed: starts_as_number(name) || special(name) || super::offset::read(name).is_some() }
    }
}

fn special(name: &str) -> bool {
    name.is_empty()
        || !name.chars().all(is_name_char)
        || name == "非"
        || is_not_word(name)
        || JOINS.iter().any(|(word, _)| *word == name)
        || VERBS.iter().any(|(word, verb)| *word == name && *word == verb.label())
}

impl fmt::Display for Quoted<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match (self.needed, self.name.contains('”')) {
            (false, _) => f.write_str(self.name),
            (true, false) => write!(f, "“{}”", self.name),
            (true, true) => write!(f, "\"{}\"", self.name),
        }
    }
}
