//! Findings that the author allows in the text, with a reason: `# 允许(vague-wording): 理由`.
//!
//! Documents are collected one by one and merged; an allow acts in its own text only.

mod codes;
mod comment;
mod cover;
#[cfg(test)]
mod tests;

use rustc_hash::FxHashMap;

pub use codes::CODES;
use codes::{ALLOWS_WITHOUT_REASONS, UNKNOWN_ALLOWS, UNUSED_ALLOWS};

use crate::diagnostic::{Code, Diagnostic, Fix, Sink};
use crate::source::{Source, SourceId, Span};
use crate::syntax::{Comment, Document};
use comment::Words;
use cover::Items;

/// A finding that was allowed.
#[derive(Debug, Clone)]
pub struct Allowed {
    /// What was found.
    pub diagnostic: Diagnostic,
    /// Why it may stay, in the author's words.
    pub reason: String,
}

/// The allow-comments of some texts.
#[derive(Debug, Default)]
pub struct Allows {
    comments: Vec<AllowComment>,
    /// For a text and a code's name: where it is allowed.
    grants: FxHashMap<(SourceId, &'static str), Vec<Grant>>,
    allowed: Vec<Allowed>,
}

/// A comment whose allows count.
#[derive(Debug)]
struct AllowComment {
    reason: String,
    /// The comment; what removing it takes away; the list of names.
    span: Span,
    removal: Span,
    list: Span,
    names: Vec<Name>,
    /// Whether it speaks of something.
    covers: bool,
    /// Whether a part of the text could not be read: what it allows may stand there.
    damaged: bool,
}

#[derive(Debug)]
struct Name {
    text: String,
    /// Names that are unknown were reported and are nobody's to miss.
    known: bool,
    used: bool,
}

/// One code allowed in one place, by name `name` of comment `comment`.
#[derive(Debug)]
struct Grant {
    span: Span,
    comment: usize,
    name: usize,
}

impl Allows {
    /// Reads the allow-comments of `document`, which was parsed from `source`. `known` are all codes there are.
    pub fn collect(document: &Document, source: &Source, known: &[&'static Code], sink: &mut Sink) -> Allows {
        let mut allows = Allows::default();
        let mut items = None;
        for comment in &document.comments {
            let Some(words) = comment::read(comment, source) else { continue };
            let codes = codes_of(&words, source, known, sink);
            if words.reason.is_empty() {
                sink.push(without_reason(comment.span, &words));
                continue;
            }
            let items = items.get_or_insert_with(|| Items::of(document));
            let alone = stands_alone(comment, source);
            let covered = items.covered_by(comment, alone, source);
            for (name, code) in codes.iter().enumerate() {
                if let (Some(code), Some(span)) = (code, covered) {
                    let grant = Grant { span, comment: allows.comments.len(), name };
                    allows.grants.entry((document.source, code.name)).or_default().push(grant);
                }
            }
            let name = |(span, code): (&Span, &Option<&Code>)| Name {
                text: source.text()[span.range()].to_owned(),
                known: code.is_some(),
                used: false,
            };
            allows.comments.push(AllowComment {
                reason: words.reason,
                span: comment.span,
                removal: removal(comment.span, alone, source),
                list: words.list,
                names: words.names.iter().zip(&codes).map(name).collect(),
                covers: covered.is_some(),
                damaged: document.damaged,
            });
        }
        allows
    }

    /// Adds the allow-comments of other texts.
    pub fn merge(&mut self, other: Allows) {
        let base = self.comments.len();
        self.comments.extend(other.comments);
        self.allowed.extend(other.allowed);
        for (key, grants) in other.grants {
            let grants = grants.into_iter().map(|grant| Grant { comment: grant.comment + base, ..grant });
            self.grants.entry(key).or_default().extend(grants);
        }
    }

    /// Takes out the findings that are allowed, and keeps them with their reasons. Of nested allows the innermost acts.
    pub fn apply(&mut self, diagnostics: Vec<Diagnostic>) -> Vec<Diagnostic> {
        for grants in self.grants.values_mut() {
            // Covered spans are parts of a tree: the last to begin before a place and reach it is the innermost.
            grants.sort_by_key(|grant| (grant.span.start, std::cmp::Reverse(grant.span.end), grant.comment));
        }
        let mut left = Vec::with_capacity(diagnostics.len());
        for diagnostic in diagnostics {
            match self.grant_for(&diagnostic) {
                Some((comment, name)) => {
                    let comment = &mut self.comments[comment];
                    comment.names[name].used = true;
                    self.allowed.push(Allowed { diagnostic, reason: comment.reason.clone() });
                }
                None => left.push(diagnostic),
            }
        }
        left
    }

    fn grant_for(&self, diagnostic: &Diagnostic) -> Option<(usize, usize)> {
        let span = diagnostic.span;
        let grants = self.grants.get(&(span.source, diagnostic.code.name))?;
        let begun = grants.partition_point(|grant| grant.span.start <= span.start);
        let grant = grants[..begun].iter().rev().find(|grant| grant.span.covers(span))?;
        Some((grant.comment, grant.name))
    }

    /// The findings that were allowed so far, in the order in which they were found.
    pub fn allowed(&self) -> &[Allowed] {
        &self.allowed
    }

    /// Reports the allows that allowed nothing. To be called after everything was found and [applied](Allows::apply).
    pub fn unused(&self, sink: &mut Sink) {
        for comment in self.comments.iter().filter(|comment| !comment.damaged) {
            let unused: Vec<&Name> = comment.names.iter().filter(|name| name.known && !name.used).collect();
            if !unused.is_empty() {
                sink.push(comment.unused(&unused));
            }
        }
    }
}

impl AllowComment {
    fn unused(&self, unused: &[&Name]) -> Diagnostic {
        let list = unused.iter().map(|name| name.text.as_str()).collect::<Vec<_>>().join("、");
        let message = if self.covers {
            format!("这里没有 {list} 要放过，这条“允许”没有用处")
        } else {
            "这条“允许”不管任何一项".to_owned()
        };
        let help = if self.covers {
            "问题已经改好的，删去注释；写错位置的，移到要放过的那一项的上一行"
        } else {
            "写在要放过的那一项的上一行，或者那一项第一行的末尾"
        };
        let fix = if unused.len() == self.names.len() {
            Fix::replace(self.removal, "", "删去这条“允许”")
        } else {
            let kept = self.names.iter().filter(|name| !name.known || name.used);
            let kept = kept.map(|name| name.text.as_str()).collect::<Vec<_>>().join("、");
            Fix::replace(self.list, kept, format!("从“允许”中删去 {list}"))
        };
        UNUSED_ALLOWS.at(self.span, message).help(help).fix(fix)
    }
}

/// The code of each name, `None` and a report for a name that cannot be allowed.
fn codes_of(words: &Words, source: &Source, known: &[&'static Code], sink: &mut Sink) -> Vec<Option<&'static Code>> {
    if words.names.is_empty() {
        let message = "“允许”的括号里没有写要放过什么";
        sink.push(UNKNOWN_ALLOWS.at(words.head, message).help("照抄报告里方括号中的名称，如 允许(vague-wording)"));
    }
    let mut codes = Vec::new();
    for &span in &words.names {
        let name = &source.text()[span.range()];
        let code = known.iter().find(|code| code.name == name).copied();
        match code {
            Some(code) if !code.allowable => sink.push(
                UNKNOWN_ALLOWS
                    .at(span, format!("{name}（{}）不能放过，只能改正", code.title()))
                    .help("改正这个问题，再删去“允许”"),
            ),
            Some(_) => {}
            None => sink.push(unknown(span, name, known)),
        }
        codes.push(code.filter(|code| code.allowable));
    }
    codes
}

fn unknown(span: Span, name: &str, known: &[&'static Code]) -> Diagnostic {
    let name: String = name.chars().take(60).collect();
    let diagnostic = UNKNOWN_ALLOWS.at(span, format!("没有叫作“{name}”的问题"));
    match similar(&name, known) {
        Some(code) => {
            let help = format!("是不是 {}（{}）？", code.name, code.title());
            let fix = Fix::replace(span, code.name, format!("改为 {}", code.name));
            diagnostic.help(help).fix(fix.to_be_confirmed())
        }
        None => diagnostic.help("照抄报告里方括号中的名称，如 允许(vague-wording)"),
    }
}

/// The allowable code whose name or title is nearest to `name`, if one is near.
fn similar(name: &str, known: &[&'static Code]) -> Option<&'static Code> {
    let plain = name.to_ascii_lowercase().replace('_', "-");
    known
        .iter()
        .filter(|code| code.allowable)
        .filter_map(|code| {
            let by_name = strsim::osa_distance(&plain, code.name);
            let by_title = strsim::osa_distance(name, code.title());
            let near = by_name <= (code.name.len() / 3).max(1) || by_title <= code.title().chars().count() / 3;
            near.then_some((by_name.min(by_title), *code))
        })
        .min_by_key(|&(distance, code)| (distance, code.name))
        .map(|(_, code)| code)
}

fn without_reason(span: Span, words: &Words) -> Diagnostic {
    let example = "在冒号后面写明为什么可以放过，如 允许(vague-wording): 省级清单用语，待其修订后一并改";
    ALLOWS_WITHOUT_REASONS.at(Span { start: words.head.start, ..span }, "“允许”没有写理由，不起作用").help(example)
}

/// Whether `comment` has its line for itself; a byte-order mark before it is nothing.
fn stands_alone(comment: &Comment, source: &Source) -> bool {
    comment.own_line || source.text()[..comment.span.start as usize] == *"\u{feff}"
}

/// What to remove so that nothing of the comment is left: its line, or the blanks before it.
fn removal(comment: Span, own_line: bool, source: &Source) -> Span {
    let line = source.line_of(comment.start as usize);
    let starts = source.line_starts();
    if own_line {
        let mut start = starts[line] as usize;
        if start == 0 && source.text().starts_with('\u{feff}') {
            start = '\u{feff}'.len_utf8();
        }
        let end = starts.get(line + 1).map_or(source.text().len(), |&next| next as usize);
        Span::new(comment.source, start..end)
    } else {
        let before = &source.text()[..comment.start as usize];
        Span::new(comment.source, before.trim_end_matches([' ', '\t']).len()..comment.end as usize)
    }
}
