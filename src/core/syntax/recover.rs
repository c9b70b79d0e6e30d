//! The loop of recovery: a fault, its remedies, the one that helps most; again, until the text can be read.
//!
//! Every round either says at least one fault or gives up a suspicion; both are bounded, and so is the amount of text
//! that is parsed again.

use std::ops::Range;

use rustc_hash::FxHashMap;

use super::build::{Built, Failure, build};
use super::codes::{BROKEN_YAML, UNCLOSED_BRACKETS, UNCLOSED_QUOTES, UNSUPPORTED_YAML};
use super::hard::{self, error_line};
use super::lines::Lines;
use super::remedy::{Fault, Offer};
use super::scratch::Scratch;
use super::{Comment, Kind, Node, doubt};
use crate::diagnostic::{Diagnostic, Fix};
use crate::source::{SourceId, Span};

/// So many faults are said about one file.
const FAULT_LIMIT: usize = 200;
/// So many bytes are parsed again, at most (and always enough for a few rounds).
const WORK_LIMIT: usize = 48 << 20;

/// A remedy is judged by how reading goes on for so many bytes behind the failure.
const HORIZON: usize = 64 << 10;

struct Recovery<'a> {
    source: SourceId,
    original: &'a str,
    scratch: Scratch,
    work: usize,
    /// What was said, and whether it is about strange blanks in an indentation.
    said: Vec<(Diagnostic, bool)>,
    /// How many of these are not about indentation.
    faults: usize,
    /// How often a suspect was looked at, by its place in the original.
    doubted: FxHashMap<usize, u8>,
    /// Original places of lines that were left out.
    left_out: Vec<usize>,
    /// What was left out, to the end of the last line.
    gaps: Vec<Range<usize>>,
    /// How many columns a tab is taken for.
    tab: usize,
}

/// Goes on where `built` stopped. The result's places are those of the original text; what was wrong goes to `said`.
/// Also says how many bytes were parsed again.
pub(super) fn recover(source: SourceId, text: &str, built: Built, said: &mut Vec<Diagnostic>) -> (Built, usize) {
    let mut recovery = Recovery {
        source,
        original: text,
        scratch: Scratch::new(text),
        work: 0,
        said: Vec::new(),
        faults: 0,
        doubted: FxHashMap::default(),
        left_out: Vec::new(),
        gaps: Vec::new(),
        tab: Lines::tab_columns(text),
    };
    let mut built = recovery.run(built);
    let scratch = &recovery.scratch;
    let back = |span: &mut Span| *span = Span::new(span.source, scratch.range(span.range()));
    move_spans(&mut built.root, &mut built.comments, &mut built.findings, &back);
    for &at in &recovery.left_out {
        built.damaged = true;
        if let Some(root) = &mut built.root {
            mark_damaged(root, text, at);
        }
    }
    said.append(&mut recovery.finish());
    (built, recovery.work)
}

impl Recovery<'_> {
    fn run(&mut self, mut built: Built) -> Built {
        loop {
            if self.exhausted() {
                return self.give_up(built);
            }
            if let Some(better) = self.doubts(&built) {
                built = better;
                continue;
            }
            let Some(failure) = built.failure.take() else { return built };
            match self.mend(&failure).or_else(|| self.skip(&failure)) {
                Some(better) => built = better,
                None => {
                    built.failure = Some(failure);
                    return self.give_up(built);
                }
            }
        }
    }

    fn build(&mut self, scratch: &Scratch) -> Built {
        self.try_to(scratch, usize::MAX)
    }

    /// Reads somewhat beyond byte `stop`.
    fn try_to(&mut self, scratch: &Scratch, stop: usize) -> Built {
        self.work += scratch.text.len().min(stop);
        build(self.source, &scratch.text, stop)
    }

    fn exhausted(&self) -> bool {
        self.faults >= FAULT_LIMIT || self.work > WORK_LIMIT.max(self.original.len() * 4)
    }

    fn accept(&mut self, faults: &[Fault], scratch: Scratch) {
        for fault in faults {
            if fault.offer == Offer::Skip {
                let start = fault.patches.first().map_or(fault.at.start, |patch| patch.range.start);
                self.left_out.push(self.scratch.start(start));
                let end = fault.patches.last().map_or(start, |patch| patch.range.end);
                self.gaps.push(self.scratch.range(start..end));
            }
            self.faults += usize::from(!fault.indentation);
            // A fault of what a patch put there is no fault of the author's.
            if !self.scratch.invented(&fault.at) {
                self.said.push((fault.diagnostic(self.source, &self.scratch), fault.indentation));
            }
        }
        self.scratch = scratch;
    }

    /// Mends what is valid but cannot be meant. `None` if there is nothing of the kind.
    fn doubts(&mut self, built: &Built) -> Option<Built> {
        let mut groups: Vec<(usize, Vec<Fault>)> = Vec::new();
        {
            let text = self.scratch.text.clone();
            let lines = Lines::new(&text).tab(self.tab);
            for suspect in &built.suspects {
                let place = self.scratch.start(suspect.range.start);
                if groups.len() >= FAULT_LIMIT || self.doubted.get(&place).is_some_and(|&times| times >= 3) {
                    continue;
                }
                let mut faults = doubt::faults(&lines, suspect);
                faults.retain(|fault| !groups.iter().flat_map(|(_, faults)| faults).any(|other| clash(fault, other)));
                if faults.is_empty() {
                    self.doubted.insert(place, 3);
                } else {
                    groups.push((place, faults));
                }
            }
        }
        // What belongs to what depends on the indentation: that first.
        let indentation = |(_, faults): &(usize, Vec<Fault>)| faults.iter().any(|fault| fault.indentation);
        if groups.iter().any(indentation) {
            groups.retain(indentation);
        }
        for (place, _) in &groups {
            *self.doubted.entry(*place).or_default() += 1;
        }
        let groups: Vec<Vec<Fault>> = groups.into_iter().map(|(_, faults)| faults).collect();
        let all: Vec<Fault> = groups.iter().flatten().cloned().collect();
        if groups.is_empty() {
            return None;
        }
        let before = remaining(&self.scratch, built);
        if let Some(better) = self.doubt(&all, before) {
            return Some(better);
        }
        // Together they do harm: one by one, the first that does none.
        groups.into_iter().find_map(|faults| self.doubt(&faults, before))
    }

    fn doubt(&mut self, faults: &[Fault], before: usize) -> Option<Built> {
        let patched = self.scratch.with(faults.iter().flat_map(|fault| &fault.patches));
        let built = self.build(&patched);
        let end = faults.iter().flat_map(|fault| &fault.patches).map(|patch| patch.range.end).max().unwrap_or(0);
        let after = self.scratch.text[end..].find('\n').map_or(0, |at| self.scratch.text.len() - end - at);
        let helps = remaining(&patched, &built) <= before.max(after);
        helps.then(|| {
            self.accept(faults, patched);
            built
        })
    }

    /// The remedy that helps most, of the likeliest kind that helps at all.
    fn mend(&mut self, failure: &Failure) -> Option<Built> {
        let text = self.scratch.text.clone();
        let lines = Lines::new(&text).tab(self.tab);
        let before = text.len() - failure.at + 1;
        for kind in hard::remedies(&lines, failure) {
            let mut best: Option<((usize, usize), Vec<Fault>, Scratch)> = None;
            let mut doubtful = false;
            for faults in kind {
                if self.exhausted() {
                    break;
                }
                let patched = self.scratch.with(faults.iter().flat_map(|fault| &fault.patches));
                let built = self.try_to(&patched, failure.at + HORIZON);
                let left = remaining(&patched, &built);
                let score = (left, built.findings.len() + built.suspects.len());
                if left >= before {
                    continue;
                }
                match &best {
                    Some((other, ..)) if *other < score => {}
                    Some((other, chosen, ..)) if *other == score => doubtful |= as_far(chosen, &faults),
                    _ => {
                        doubtful = false;
                        best = Some((score, faults, patched));
                    }
                }
            }
            if let Some((_, mut faults, patched)) = best {
                let built = self.build(&patched);
                if doubtful {
                    faults.iter_mut().for_each(|fault| fault.offer = Offer::Ask);
                }
                self.accept(&faults, patched);
                return Some(built);
            }
        }
        None
    }

    /// Leaves out as few lines as let reading go on behind them.
    fn skip(&mut self, failure: &Failure) -> Option<Built> {
        let text = self.scratch.text.clone();
        let lines = Lines::new(&text).tab(self.tab);
        let line = error_line(&lines, failure);
        let block = block_end(&lines, line);
        let above = lines.before(line);
        let mut choices: Vec<Range<usize>> =
            [Some(line), above].into_iter().flatten().map(|from| from..block).collect();
        choices.extend(failure.plain.as_ref().map(|plain| lines.of(plain.start)..block));
        let mut parent = above;
        while let Some(row) = parent.filter(|&row| lines.indent(row) > 0) {
            parent = lines.before(row);
        }
        choices.extend(parent.map(|parent| parent..block_end(&lines, parent).max(block)));
        if hard::opened_above(&failure.kind)
            && let Some(built) = self.skip_opening(&lines, failure, line)
        {
            return Some(built);
        }
        for rows in choices {
            let end = lines.range(rows.end - 1).end;
            if rows.start >= rows.end || text[lines.range(rows.start).start..end].trim().is_empty() {
                continue;
            }
            let fault = skip_fault(&lines, failure, line, rows);
            let patched = self.scratch.with(&fault.patches);
            let built = self.build(&patched);
            if remaining(&patched, &built) <= text.len() - end {
                self.accept(&[fault], patched);
                return Some(built);
            }
        }
        None
    }

    /// Leaves out the one line further up that was taken to reach down to the failure.
    fn skip_opening(&mut self, lines: &Lines<'_>, failure: &Failure, line: usize) -> Option<Built> {
        let mut row = line;
        for _ in 0..12 {
            row = lines.before(row)?;
            let start = lines.range(row).start + lines.indent(row);
            let fault =
                skip_fault(lines, &Failure { at: start, kind: failure.kind.clone(), plain: None }, row, row..row + 1);
            let patched = self.scratch.with(&fault.patches);
            let built = self.build(&patched);
            if remaining(&patched, &built) <= lines.text.len() - lines.range(line).end {
                self.accept(&[fault], patched);
                return Some(built);
            }
        }
        None
    }

    /// Reads what stands before the failure and leaves out the rest.
    fn give_up(&mut self, built: Built) -> Built {
        let Some(failure) = built.failure else { return built };
        let message = if self.exhausted() {
            "错误太多，从这一行起没有再读"
        } else {
            "从这一行起读不出来，后面的没有再读"
        };
        let text = self.scratch.text.clone();
        let lines = Lines::new(&text).tab(self.tab);
        let line = error_line(&lines, &failure);
        let mut from = line;
        let start = lines.range(line).start;
        let at = failure.at.max(start).min(lines.range(line).end);
        let fault = Fault::new(&BROKEN_YAML, at..at, message)
            .help("请先改正前面的错误，再检查一次")
            .patch(start..text.len(), "")
            .offer(Offer::Skip);
        for _ in 0..4 {
            let cut = lines.range(from).start;
            let patched = self.scratch.with(&[super::scratch::Patch::new(cut..text.len(), "")]);
            let built = self.build(&patched);
            if built.failure.is_none() || from == 0 {
                self.accept(&[fault], patched);
                return Built { failure: None, damaged: true, ..built };
            }
            from =
                (0..from).rev().find(|&row| row == 0 || (!lines.is_blank(row) && lines.indent(row) == 0)).unwrap_or(0);
        }
        self.accept(&[fault], Scratch::new(self.original));
        Built { damaged: true, ..Built::default() }
    }

    /// Whether a closing mark is put where between it and the opening one something could not be read: then the opening
    /// one may be what is wrong.
    fn encloses_a_gap(&self, lines: &Lines<'_>, diagnostic: &Diagnostic) -> bool {
        if ![UNCLOSED_BRACKETS.name, UNCLOSED_QUOTES.name].contains(&diagnostic.code.name) {
            return false;
        }
        let edits = diagnostic.fix.iter().flat_map(|fix| &fix.edits).map(|edit| edit.span);
        let spans = || edits.clone().chain([diagnostic.span]);
        let from = spans().map(|span| span.start as usize).min().unwrap_or(0);
        let to = spans().map(|span| span.end as usize).max().unwrap_or(0);
        let (from, to) = (lines.of(from), lines.of(to));
        self.gaps.iter().any(|gap| lines.of(gap.start) <= to && from <= lines.of(gap.end))
    }

    /// What was said; strange blanks on consecutive lines as one.
    fn finish(&mut self) -> Vec<Diagnostic> {
        let lines = Lines::new(self.original);
        let mut said = std::mem::take(&mut self.said);
        for (diagnostic, _) in &mut said {
            if self.encloses_a_gap(&lines, diagnostic) {
                diagnostic.fix = diagnostic.fix.take().map(Fix::to_be_confirmed);
            }
        }
        said.sort_by(|(a, _), (b, _)| a.report_order(b));
        let mut list: Vec<Diagnostic> = Vec::new();
        let mut run: Option<(usize, usize, usize)> = None;
        for (diagnostic, indentation) in said {
            let line = lines.of(diagnostic.span.start as usize);
            if let Some((index, last, count)) = &mut run
                && indentation
                && list[*index].code == diagnostic.code
                && (*last + 1..line).all(|row| lines.line(row).trim().is_empty() || row == line)
            {
                if *last != line {
                    *count += 1;
                }
                *last = line;
                let count = *count;
                if let (Some(fix), Some(more)) = (&mut list[*index].fix, diagnostic.fix) {
                    fix.edits.extend(more.edits);
                }
                if count == 2 {
                    list[*index].message.push_str("（从这里起的连续几行都是）");
                }
                continue;
            }
            if indentation {
                run = Some((list.len(), line, 1));
            }
            list.push(diagnostic);
        }
        list
    }
}

/// Two moves of one line, equally far to different places.
fn as_far(a: &[Fault], b: &[Fault]) -> bool {
    matches!((a, b), ([a], [b]) if a.distance > 0 && a.distance == b.distance && a.message != b.message)
}

/// Two faults that would change the same place.
fn clash(a: &Fault, b: &Fault) -> bool {
    let touch = |a: &Range<usize>, b: &Range<usize>| a == b || (a.start < b.end && b.start < a.end);
    a.patches.iter().any(|a| b.patches.iter().any(|b| touch(&a.range, &b.range)))
}

/// How much of the text was not reached.
fn remaining(scratch: &Scratch, built: &Built) -> usize {
    built.failure.as_ref().map_or(0, |failure| scratch.text.len() - failure.at + 1)
}

/// The line after `line` and the deeper lines below it.
fn block_end(lines: &Lines<'_>, line: usize) -> usize {
    let mut end = line + 1;
    while let Some(next) = lines.after(end - 1).filter(|&next| lines.indent(next) > lines.indent(line)) {
        end = next + 1;
    }
    end
}

fn skip_fault(lines: &Lines<'_>, failure: &Failure, line: usize, rows: Range<usize>) -> Fault {
    let (message, help) = hard::skipped(&failure.kind, lines.line(line));
    let deep = matches!(failure.kind, granit_parser::ErrorKind::RecursionLimitExceeded);
    let code = if deep { &UNSUPPORTED_YAML } else { &BROKEN_YAML };
    let own = lines.range(line).start + lines.indent(line);
    let dash = lines.text[own..].starts_with("- ") && !deep;
    let at = if dash { own } else { failure.at };
    let at = at.clamp(own, lines.range(line).end.max(own));
    let width = lines.text[at..].chars().next().filter(|&c| c != '\n' && c != '\r').map_or(0, char::len_utf8);
    let mut fault = Fault::new(code, at..at + width, message).help(help).offer(Offer::Skip);
    for row in rows {
        let range = lines.range(row);
        if !range.is_empty() {
            fault = fault.patch(range, "");
        }
    }
    fault
}

/// The innermost map that a left-out line at `at` may belong to, judged by its indentation, is marked.
fn mark_damaged(node: &mut Node, text: &str, at: usize) {
    let line_start = text[..at].rfind('\n').map_or(0, |end| end + 1);
    let blank = |c: &char| matches!(c, ' ' | '\t' | '\u{3000}');
    let column = text[line_start..].chars().take_while(blank).count();
    let holds = |node: &Node| {
        let start = node.span.start as usize;
        let block = match node.kind {
            Kind::Map { flow, .. } | Kind::Seq { flow, .. } => !flow,
            Kind::Null | Kind::Scalar { .. } => return false,
        };
        let own = text[text[..start].rfind('\n').map_or(0, |end| end + 1)..start].chars().count();
        start <= at && (at < node.span.end as usize || (block && column >= own))
    };
    match &mut node.kind {
        Kind::Map { entries, damaged, .. } => {
            match entries.iter_mut().rev().find(|entry| entry.key.span.start as usize <= at) {
                Some(entry) if holds(&entry.value) => mark_damaged(&mut entry.value, text, at),
                _ => *damaged = true,
            }
        }
        Kind::Seq { items, .. } => {
            if let Some(item) = items.iter_mut().rev().find(|item| item.span.start as usize <= at) {
                mark_damaged(item, text, at);
            }
        }
        Kind::Null | Kind::Scalar { .. } => {}
    }
}

/// Changes every span.
pub(super) fn move_spans(
    root: &mut Option<Node>,
    comments: &mut [Comment],
    findings: &mut [Diagnostic],
    change: &impl Fn(&mut Span),
) {
    if let Some(root) = root {
        move_node(root, change);
    }
    comments.iter_mut().for_each(|comment| change(&mut comment.span));
    for finding in findings {
        change(&mut finding.span);
        finding.related.iter_mut().for_each(|related| change(&mut related.span));
        finding.fix.iter_mut().flat_map(|fix| &mut fix.edits).for_each(|edit| change(&mut edit.span));
    }
}

fn move_node(node: &mut Node, change: &impl Fn(&mut Span)) {
    change(&mut node.span);
    match &mut node.kind {
        Kind::Seq { items, .. } => items.iter_mut().for_each(|item| move_node(item, change)),
        Kind::Map { entries, .. } => {
            for entry in entries {
                change(&mut entry.key.span);
                move_node(&mut entry.value, change);
            }
        }
        Kind::Null | Kind::Scalar { .. } => {}
    }
}
