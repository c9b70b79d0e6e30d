//! A fix as a small diff.

use super::text::{Focus, NEVER_WHOLE, cut};
use super::theme::Theme;
use crate::diagnostic::Edit;
use crate::source::{SourceId, Sources, Span};

/// Of a larger change so many lines of each side are shown; whoever applies it sees the rest in the file.
const MOST_LINES: usize = 6;

/// So many places of a change are shown.
const MOST_HUNKS: usize = 4;

/// Lines of a diff.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Row {
    /// The following rows belong to this file, which is not the one of the finding.
    File(String),
    /// A line that goes: its number from 1, and what is shown of it.
    Old(usize, String),
    /// A line that comes; with its number if it replaces none, so that one sees where it will stand.
    New(Option<usize>, String),
    /// So many more lines go or come.
    MoreLines(usize),
    /// So many more places change.
    MorePlaces(usize),
}

/// What `edits` change, line by line.
pub(super) fn rows(sources: &Sources, home: SourceId, edits: &[Edit], room: usize, theme: Theme) -> Vec<Row> {
    let mut edits: Vec<&Edit> = edits.iter().collect();
    edits.sort_by_key(|edit| edit.span);
    let mut rows = Vec::new();
    let mut file = home;
    let mut rest = edits.as_slice();
    let mut shown = 0;
    while let Some(head) = rest.first() {
        let source = sources.get(head.span.source);
        let line = |offset: u32| source.line_of(offset as usize);
        let mut last = line(head.span.end);
        let mut count = 1;
        while let Some(next) = rest.get(count) {
            if next.span.source != head.span.source || line(next.span.start) > last {
                break;
            }
            last = last.max(line(next.span.end));
            count += 1;
        }
        let (here, after) = rest.split_at(count);
        rest = after;
        if shown == MOST_HUNKS {
            // Each edit that is left counts as a place.
            rows.push(Row::MorePlaces(1 + after.len()));
            break;
        }
        shown += 1;
        if head.span.source != file {
            file = head.span.source;
            rows.push(Row::File(source.name().to_owned()));
        }
        hunk(sources, here, room, theme, &mut rows);
    }
    rows
}

fn hunk(sources: &Sources, edits: &[&Edit], room: usize, theme: Theme, rows: &mut Vec<Row>) {
    let (Some(head), Some(tail)) = (edits.first(), edits.last()) else { return };
    let source = sources.get(head.span.source);
    let first = source.line_of(head.span.start as usize);
    let lines_end = source.line_range(source.line_of(tail.span.end as usize)).end;
    let range = near(source.text(), head.span.start as usize, source.line_range(first).start)
        ..near(source.text(), tail.span.end as usize, lines_end.max(tail.span.end as usize));
    let slice = |start: usize, end: usize| sources.slice(Span::new(head.span.source, start..end.max(start)));
    let mut new = String::new();
    let mut done = range.start;
    for edit in edits {
        new.push_str(slice(done, edit.span.start as usize));
        new.push_str(&edit.text);
        done = done.max(edit.span.end as usize);
    }
    new.push_str(slice(done, range.end));
    let old: Vec<&str> = lines(slice(range.start, range.end));
    let new: Vec<&str> = lines(&new);
    let before = old.iter().zip(&new).take_while(|(a, b)| a == b).count();
    let (old, new) = (&old[before..], &new[before..]);
    let after = old.iter().rev().zip(new.iter().rev()).take_while(|(a, b)| a == b).count();
    let (old, new) = (&old[..old.len() - after], &new[..new.len() - after]);
    // Text that comes to an empty line takes nothing away.
    let old = if old == [""] && !new.is_empty() { &[] } else { old };
    for (index, line) in old.iter().take(MOST_LINES).enumerate() {
        let focus = changed(line, new.get(index).copied());
        rows.push(Row::Old(first + before + index + 1, cut(line, focus, room, theme.unicode).text));
    }
    if old.len() > MOST_LINES {
        rows.push(Row::MoreLines(old.len() - MOST_LINES));
    }
    for (index, line) in new.iter().take(MOST_LINES).enumerate() {
        let focus = changed(line, old.get(index).copied());
        let number = old.is_empty().then_some(first + before + index + 1);
        rows.push(Row::New(number, cut(line, focus, room, theme.unicode).text));
    }
    if new.len() > MOST_LINES {
        rows.push(Row::MoreLines(new.len() - MOST_LINES));
    }
}

/// `limit`, or a place short of it if that is far from `at`: of a very long line only what is near the change is looked at.
fn near(text: &str, at: usize, limit: usize) -> usize {
    let mut place = limit.clamp(at.saturating_sub(NEVER_WHOLE), at + NEVER_WHOLE);
    while !text.is_char_boundary(place) {
        place -= 1;
    }
    place
}

/// Like [`str::lines`], but an empty text after the last break is a line too: it is one that can be changed.
fn lines(text: &str) -> Vec<&str> {
    text.trim_start_matches('\u{feff}').split('\n').map(|line| line.strip_suffix('\r').unwrap_or(line)).collect()
}

/// Where `line` differs first from its counterpart, so that a long line is cut around the change.
fn changed(line: &str, other: Option<&str>) -> Focus {
    let Some(other) = other else { return Focus::default() };
    let start: usize = line.chars().zip(other.chars()).take_while(|(a, b)| a == b).map(|(c, _)| c.len_utf8()).sum();
    Focus { start, end: start, wanted: 12.min(line.len() - start) }
}
