//! Marks that are valid in YAML text but are rarely meant as text. Called for every scalar: cheap tests first.

use std::ops::Range;

/// A bare scalar that may mean something else than it says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Suspect {
    pub what: What,
    pub range: Range<usize>,
}

/// Why it is suspected.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum What {
    /// A key with strange marks.
    Key { flow: bool },
    /// An element of `[ ]` or a value in `{ }` with full-width separators.
    Flow { list: bool },
    /// Text over several lines, or on its own line below its key; `item` if it stands after a dash.
    Lines { own: bool, item: bool },
    /// Strange marks at the ends.
    Ends,
}

impl Suspect {
    pub fn new(what: What, range: Range<usize>) -> Self {
        Suspect { what, range }
    }
}

/// Blanks that YAML does not take for blanks.
pub(super) fn wide_space(c: char) -> bool {
    matches!(c, '\u{3000}' | '\u{a0}' | '\u{2000}'..='\u{200a}' | '\u{202f}' | '\u{205f}')
}

/// Characters nobody can see.
pub(super) fn invisible(c: char) -> bool {
    matches!(c, '\u{200b}'..='\u{200f}' | '\u{2060}' | '\u{feff}' | '\u{ad}' | '\u{202a}'..='\u{202e}')
        || (c.is_control() && !matches!(c, '\t' | '\n' | '\r'))
}

/// What people type for the dash of a list.
pub(super) fn wide_dash(c: char) -> bool {
    matches!(c, '－' | '—' | '\u{2013}' | '\u{2015}' | '\u{2012}' | '−' | '\u{2010}' | '\u{2011}')
}

/// Whether some byte begins a character outside of ASCII and the common ideographs.
fn uncommon(text: &str) -> bool {
    text.bytes().any(|byte| matches!(byte, 0xc2 | 0xe2 | 0xe3 | 0xef))
}

/// Whether a key cannot have been meant as it stands.
pub(super) fn odd_key(text: &str, flow: bool) -> bool {
    let dash = text.starts_with('-') && text.len() > 1;
    let colon = flow && text.contains(':');
    if !(dash || colon || uncommon(text)) {
        return false;
    }
    dash || colon
        || (flow && text.contains(['：', '，']))
        || text.starts_with(|c| wide_space(c) || wide_dash(c) || c == '＃')
        || text.ends_with(wide_space)
        || text.contains(invisible)
}

/// Whether text in brackets holds what may be a separator.
pub(super) fn flow_text(text: &str) -> bool {
    uncommon(text)
        && (text.contains(['，', '；', '［', '］', '｛', '｝'])
            || text.starts_with(wide_space)
            || text.ends_with(wide_space))
}

/// Whether a value begins or ends with what cannot be meant as text.
pub(super) fn odd_ends(text: &str) -> bool {
    let mut ends = text.chars();
    let (Some(first), last) = (ends.next(), ends.next_back()) else { return false };
    let last = last.unwrap_or(first);
    wide_space(first)
        || wide_space(last)
        || invisible(first)
        || invisible(last)
        || matches!((first, last), ('［', ']' | '］') | ('｛', '}' | '｝'))
        || matches!((first, last), ('“' | '‘', '"' | '\'') | ('＂', '＂' | '"'))
}
