//! A copy of a text with patches in it, and the way back: where in the original something stands.

use std::ops::Range;

/// Replaces `range` by `text`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Patch {
    pub range: Range<usize>,
    pub text: String,
}

impl Patch {
    pub fn new(range: Range<usize>, text: impl Into<String>) -> Self {
        Patch { range, text: text.into() }
    }
}

/// The patched text.
#[derive(Debug, Clone)]
pub(super) struct Scratch {
    pub text: String,
    /// Where the text differs from the original, in order, not touching each other.
    changes: Vec<Change>,
}

#[derive(Debug, Clone)]
struct Change {
    was: Range<usize>,
    now: Range<usize>,
}

impl Scratch {
    pub fn new(text: &str) -> Self {
        Scratch { text: text.to_owned(), changes: Vec::new() }
    }

    /// The original place of something that starts at `at`.
    pub fn start(&self, at: usize) -> usize {
        let count = self.changes.partition_point(|change| change.now.start <= at);
        match self.changes[..count].last() {
            None => at,
            Some(change) if at < change.now.end => change.was.start,
            Some(change) => change.was.end + (at - change.now.end),
        }
    }

    /// The original place of something that ends at `at`.
    pub fn end(&self, at: usize) -> usize {
        let count = self.changes.partition_point(|change| change.now.start < at);
        match self.changes[..count].last() {
            None => at,
            Some(change) if at < change.now.end => change.was.end,
            Some(change) => change.was.end + (at - change.now.end),
        }
    }

    /// The original range of something.
    pub fn range(&self, range: Range<usize>) -> Range<usize> {
        let start = self.start(range.start);
        start..self.end(range.end).max(start)
    }

    /// Whether something of `range` is not as it was written.
    pub fn changed(&self, range: &Range<usize>) -> bool {
        self.changes.iter().any(|change| change.now.start < range.end && range.start < change.now.end)
    }

    /// Whether nothing of `range` was written: all of it was put there by a patch.
    pub fn invented(&self, range: &Range<usize>) -> bool {
        let within = |now: &Range<usize>| now.start <= range.start && range.end <= now.end;
        !range.is_empty() && self.changes.iter().any(|change| change.was.is_empty() && within(&change.now))
    }

    /// This text with `patches` (in order, not overlapping) in it.
    pub fn with<'a>(&self, patches: impl IntoIterator<Item = &'a Patch>) -> Self {
        let mut patches: Vec<&Patch> = patches.into_iter().collect();
        patches.sort_by_key(|patch| (patch.range.start, patch.range.end));
        let mut text = String::with_capacity(self.text.len() + 16);
        let mut changes: Vec<Change> = Vec::with_capacity(self.changes.len() + patches.len());
        let mut old = self.changes.iter().peekable();
        let mut done = 0;
        for patch in patches {
            if patch.range.start < done {
                continue;
            }
            while let Some(change) = old.next_if(|change| change.now.end < patch.range.start) {
                text.push_str(&self.text[done..change.now.end]);
                done = change.now.end;
                push(&mut changes, change.was.clone(), text.len() - change.now.len()..text.len());
            }
            // The changes that touch the patch become one with it.
            let (mut start, mut end) = (patch.range.start, patch.range.end);
            let mut was = self.range(patch.range.clone());
            while let Some(change) = old.next_if(|change| change.now.start <= patch.range.end) {
                start = start.min(change.now.start).max(done);
                end = end.max(change.now.end);
                was = was.start.min(change.was.start)..was.end.max(change.was.end);
            }
            text.push_str(&self.text[done..start]);
            let from = text.len();
            text.push_str(&self.text[start..patch.range.start]);
            text.push_str(&patch.text);
            text.push_str(&self.text[patch.range.end..end]);
            done = end;
            push(&mut changes, was, from..text.len());
        }
        for change in old {
            if change.now.start < done {
                continue;
            }
            text.push_str(&self.text[done..change.now.end]);
            done = change.now.end;
            push(&mut changes, change.was.clone(), text.len() - change.now.len()..text.len());
        }
        text.push_str(&self.text[done..]);
        Scratch { text, changes }
    }
}

fn push(changes: &mut Vec<Change>, was: Range<usize>, now: Range<usize>) {
    if let Some(last) = changes.last_mut()
        && (last.now.end >= now.start || last.was.end >= was.start)
    {
        last.now.end = now.end;
        last.was.end = was.end.max(last.was.end);
        return;
    }
    changes.push(Change { was, now });
}

#[cfg(test)]
mod tests {
    use super::{Patch, Scratch};

    #[test]
    fn the_way_back() {
        let first = Scratch::new("abcdef").with(&[Patch::new(1..2, "XYZ"), Patch::new(4..5, "")]);
        assert_eq!(first.text, "aXYZcdf");
        assert_eq!(first.range(1..4), 1..2);
        assert_eq!(first.range(2..3), 1..2);
        assert_eq!(first.range(4..5), 2..3);
        assert_eq!(first.range(6..7), 5..6);
        let second = first.with(&[Patch::new(0..2, "-"), Patch::new(7..7, "!")]);
        assert_eq!(second.text, "-YZcdf!");
        assert_eq!(second.range(3..4), 2..3);
        assert_eq!(second.range(0..3), 0..2);
        assert_eq!(second.range(5..6), 5..6);
    }
}
