//! Remedies for the place where the parser stopped.

use granit_parser::ErrorKind;

use super::build::Failure;
use super::codes::{BROKEN_YAML, UNSUPPORTED_YAML};
use super::lines::{Lines, Shape, at_levels, invisible_in, look, tab_runs, wordlike};
use super::remedy::{Fault, Offer};
use super::suspect::invisible;
use super::{flow, indent, quotes};

/// Kinds of remedies, tried in an order that depends on the parser's error.
#[derive(Debug, Clone, Copy)]
enum Try {
    Line,
    Flow,
    Quotes,
    Colon,
    Indent,
    Value,
}

/// The remedies to try, the likeliest kind first; within a kind the one that helps most is taken.
pub(super) fn remedies(lines: &Lines<'_>, failure: &Failure) -> Vec<Vec<Vec<Fault>>> {
    use ErrorKind as E;
    let order: &[Try] = match &failure.kind {
        E::InvalidQuotedScalarIndent
        | E::UnclosedQuotedScalar
        | E::InvalidTrailingDoubleQuotedScalar
        | E::InvalidTrailingSingleQuotedScalar
        | E::DocumentIndicatorInQuotedScalar
        | E::UnknownQuotedScalarEscape
        | E::InvalidQuotedScalarHexEscape
        | E::InvalidUnicodeEscape
        | E::CommentNotSeparated => &[Try::Quotes, Try::Line, Try::Flow, Try::Value, Try::Indent],
        E::UnclosedFlowCollection { .. }
        | E::MismatchedFlowCollectionEnd { .. }
        | E::MisplacedFlowCollectionEnd
        | E::InvalidColonPlacement
        | E::ExpectedFlowMappingSeparator
        | E::ExpectedFlowSequenceSeparator
        | E::BlockEntryInFlowCollection
        | E::UnexpectedEofFlowMapping
        | E::UnexpectedEofFlowSequence
        | E::UnexpectedEofImplicitFlowMapping
        | E::InvalidFlowScalarIndent
        | E::FlowMappingValueAdjacentCollection => &[Try::Flow, Try::Line, Try::Quotes, Try::Value, Try::Indent],
        E::UnexpectedCharacter { .. } | E::BomInsideDocument => &[Try::Line, Try::Value, Try::Flow, Try::Quotes],
        _ => &[Try::Line, Try::Flow, Try::Colon, Try::Indent, Try::Value, Try::Quotes],
    };
    if matches!(failure.kind, E::RecursionLimitExceeded) {
        return Vec::new();
    }
    let line = error_line(lines, failure);
    order.iter().map(|what| of_kind(lines, failure, line, *what)).filter(|list| !list.is_empty()).collect()
}

/// The line of the failure; at the end of the text the last line that says something.
pub(super) fn error_line(lines: &Lines<'_>, failure: &Failure) -> usize {
    let line = lines.of(failure.at);
    if lines.is_blank(line) && lines.range(line).start + lines.indent(line) >= failure.at {
        lines.before(line).unwrap_or(line)
    } else {
        line
    }
}

/// The lines of the bare text that the parser took together before it stopped, without those that begin on a key's line.
fn text_lines(lines: &Lines<'_>, failure: &Failure, line: usize) -> std::ops::Range<usize> {
    let Some(plain) = &failure.plain else { return line..line };
    let (first, last) = (lines.of(plain.start), lines.of(plain.end));
    if last < line || first == line {
        return line..line;
    }
    let head = &lines.text[lines.range(first).start..plain.start];
    let own = head.trim_matches([' ', '-']).is_empty();
    let first = if own { first } else { first + 1 };
    first.max(line.saturating_sub(200))..line
}

fn of_kind(lines: &Lines<'_>, failure: &Failure, line: usize, what: Try) -> Vec<Vec<Fault>> {
    match what {
        Try::Line => by_line(lines, failure, line),
        Try::Flow => {
            let mut list = vec![flow::faults(lines, line)];
            // Several lines above that are all left open are read as one: they have to be mended together.
            let mut row = line;
            while let Some(above) = lines.before(row).filter(|_| list.len() < 12) {
                row = above;
                let found = flow::faults(lines, row);
                if found.is_empty() {
                    break;
                }
                let mut all = found.clone();
                for fault in list.last().into_iter().flatten() {
                    if !all.iter().any(|other| other.patches == fault.patches) {
                        all.push(fault.clone());
                    }
                }
                if list.len() == 1 {
                    list.push(found);
                }
                list.push(all);
            }
            list.extend(trailing(lines, line));
            list.retain(|faults| !faults.is_empty());
            list
        }
        Try::Quotes => by_quotes(lines, failure, line),
        Try::Colon => {
            let mut rows: Vec<usize> = text_lines(lines, failure, line).filter(|&row| !lines.is_blank(row)).collect();
            if rows.is_empty() && failure.kind != ErrorKind::MappingValueNotAllowed {
                rows.push(line);
            }
            rows.into_iter().filter_map(|row| missing_colon(lines, row)).map(|fault| vec![fault]).collect()
        }
        Try::Indent => indent::moves(lines, line).into_iter().map(|fault| vec![fault]).collect(),
        Try::Value => by_value(lines, failure, line).into_iter().map(|fault| vec![fault]).collect(),
    }
}

fn by_line(lines: &Lines<'_>, failure: &Failure, line: usize) -> Vec<Vec<Fault>> {
    let mut list = Vec::new();
    if matches!(failure.kind, ErrorKind::UnexpectedCharacter { .. } | ErrorKind::BomInsideDocument) {
        list.push(invisible_in(lines.text, lines.range(line)));
    }
    let rows = text_lines(lines, failure, line);
    let before: Vec<Fault> = rows.clone().flat_map(|row| look(lines, row).faults).collect();
    let here = look(lines, line).faults;
    let both = before.iter().chain(&here).cloned().collect();
    list.extend([both, before, here]);
    list.extend(tab_runs(lines, line));
    list.extend(at_levels(lines, line));
    if failure.kind == ErrorKind::TabInPlainScalar
        && let Some(next) = lines.after(line)
    {
        list.push(look(lines, next).faults);
        list.extend(tab_runs(lines, next));
        list.extend(at_levels(lines, next));
    }
    list.extend(lines.before(line).map(|above| look(lines, above).faults));
    list.retain(|faults| !faults.is_empty());
    list.dedup_by(|a, b| a.len() == b.len() && a.iter().zip(b.iter()).all(|(a, b)| a.patches == b.patches));
    list
}

fn by_quotes(lines: &Lines<'_>, failure: &Failure, line: usize) -> Vec<Vec<Fault>> {
    let mut list = quotes::faults(lines, line);
    if matches!(failure.kind, ErrorKind::UnknownQuotedScalarEscape | ErrorKind::InvalidQuotedScalarHexEscape) {
        list.extend(quotes::literal_backslashes(lines, line).map(|fault| vec![fault]));
    }
    // A quote opened further up, which took the lines in between for text.
    let mut row = line;
    for _ in 0..50 {
        let Some(above) = lines.before(row) else { break };
        row = above;
        let found = quotes::faults(lines, row);
        if !found.is_empty() {
            list.extend(found);
            break;
        }
        let found = flow::faults(lines, row);
        if !found.is_empty() {
            list.push(found);
            break;
        }
    }
    list
}

/// A closing mark behind text that is not in brackets at all.
fn trailing(lines: &Lines<'_>, line: usize) -> Option<Vec<Fault>> {
    let start = quotes::value_start(lines, line);
    let end = lines.text_end(line);
    let text = lines.text.get(start..end)?;
    let last = text.chars().next_back().filter(|c| matches!(c, ']' | '}' | ','))?;
    let at = end - 1..end;
    let keyed = lines.line(line)[..start - lines.range(line).start].contains([':', '-']);
    let stray = keyed && !text.starts_with(['[', '{']) || last == ',';
    stray.then(|| {
        let fault = Fault::new(&BROKEN_YAML, at.clone(), format!("多了一个“{last}”"));
        vec![fault.patch(at, "").title(format!("删去“{last}”"))]
    })
}

fn missing_colon(lines: &Lines<'_>, line: usize) -> Option<Fault> {
    let range = lines.range(line);
    let text = lines.line(line);
    let start = range.start + text.len() - text.trim_start_matches([' ', '-']).len();
    let end = lines.text_end(line);
    let body = lines.text.get(start..end)?.trim_end_matches([']', '}', ',', ';', '，', '；']);
    let body = body.trim_end_matches(|c: char| c.is_whitespace() || invisible(c));
    if look(lines, line).shape == Shape::Pair || body.contains(": ") || body.ends_with(':') {
        return None;
    }
    let fault = |message: String| Fault::new(&BROKEN_YAML, start..end, message);
    if let Some((key, value)) = body.split_once(' ')
        && wordlike(key)
    {
        let at = start + key.len();
        return Some(
            fault(format!("“{key}”后面缺少冒号"))
                .help("写成“键: 值”；如果这是上一行文字的继续，请比上一行多缩进两格")
                .patch(at..at + 1, if value.starts_with(' ') { ":" } else { ": " })
                .title("补上冒号")
                .offer(Offer::Ask),
        );
    }
    if !wordlike(body) {
        return None;
    }
    let parent = lines.after(line).is_some_and(|next| {
        let deeper = lines.indent(next) > lines.indent(line);
        deeper || (lines.indent(next) == lines.indent(line) && lines.line(next).trim_start().starts_with("- "))
    });
    Some(
        fault(format!("“{body}”后面缺少冒号"))
            .help("写成“键: 值”；如果这是上一行文字的继续，请比上一行多缩进两格")
            .patch(start + body.len()..end, ":")
            .title("补上冒号")
            .offer(if parent && !body.contains(invisible) { Offer::Safe } else { Offer::Ask }),
    )
}

fn by_value(lines: &Lines<'_>, failure: &Failure, line: usize) -> Option<Fault> {
    match &failure.kind {
        ErrorKind::UnexpectedCharacter { character } if character.is_ascii_punctuation() => {
            let message = format!("“{character}”在 YAML 里有特殊意义，不能直接作文字的开头");
            quotes::quote_value(lines, line, &message, Offer::Safe)
        }
        ErrorKind::MappingValueNotAllowed => {
            let message = "一行里有两个“键: 值”，读不出哪个是值";
            let mut fault = quotes::quote_value(lines, line, message, Offer::Ask)?;
            fault.help =
                Some("如果冒号是文字的一部分，请把整个值放进英文引号；如果是下一层内容，请另起一行并缩进".to_owned());
            Some(fault)
        }
        ErrorKind::DirectiveDisallowed => {
            let range = lines.range(line);
            Some(
                Fault::new(&UNSUPPORTED_YAML, range.clone(), "以“%”开头的 YAML 指令这里不用")
                    .help("请删去这一行")
                    .patch(range, "")
                    .title("删去这一行"),
            )
        }
        _ => None,
    }
}

/// Whether the fault is likely to be a mark further up that was opened and not closed.
pub(super) fn opened_above(kind: &ErrorKind) -> bool {
    use ErrorKind as E;
    matches!(
        kind,
        E::InvalidQuotedScalarIndent
            | E::InvalidTrailingDoubleQuotedScalar
            | E::InvalidTrailingSingleQuotedScalar
            | E::DocumentIndicatorInQuotedScalar
            | E::InvalidColonPlacement
            | E::ExpectedFlowMappingSeparator
            | E::ExpectedFlowSequenceSeparator
            | E::BlockEntryInFlowCollection
    )
}

/// What to say about a line that has to be skipped.
pub(super) fn skipped(kind: &ErrorKind, text: &str) -> (&'static str, &'static str) {
    use ErrorKind as E;
    match kind {
        E::ExpectedBlockMappingKey if text.trim_start().starts_with("- ") => {
            ("列表的“- ”不能和“键: 值”写在同一层", "请给列表写一个键，各项写在键的下面并缩进")
        }
        E::RecursionLimitExceeded => ("层数太深，读不下去", "请把内容分到几处，或减少括号和缩进的层数"),
        E::DirectiveDisallowed => ("以“%”开头的 YAML 指令这里不用", "请删去这一行"),
        E::BlockSequenceEntryNotAllowed => ("列表不能和键写在同一行", "请另起一行并缩进，再写“- ”"),
        E::ExpectedBlockSequenceEntry => ("这里应是列表的下一项，却不以“- ”开头", "请检查这一行的缩进，或在前面加“- ”"),
        E::ExpectedBlockMappingKey => ("这里应是“键: 值”，读不出来", "请检查这一行和上一行的缩进、引号和括号"),
        E::MappingValueNotAllowed => {
            ("这里不能再有“键: 值”", "请检查这一行的缩进；值里有冒号的，请把整个值放进英文引号")
        }
        E::SimpleKeyExpected | E::InvalidSimpleKey => {
            ("这一行缺少冒号，读不出是什么", "写成“键: 值”；如果是上一行文字的继续，请多缩进两格")
        }
        E::CommentInterceptedScalar => ("注释把一段文字隔断了", "请把注释移到这段文字的前面或后面"),
        E::UnclosedFlowCollection { .. } | E::MismatchedFlowCollectionEnd { .. } | E::MisplacedFlowCollectionEnd => {
            ("括号没有配对", "请检查 [ ] 和 { } 是否成对")
        }
        E::ExpectedFlowMappingSeparator | E::ExpectedFlowSequenceSeparator | E::InvalidColonPlacement => {
            ("括号里的内容读不出来", "各项之间用半角逗号隔开；检查括号是否成对")
        }
        E::UnclosedQuotedScalar | E::InvalidQuotedScalarIndent => ("引号没有配对", "请检查引号是否成对"),
        E::UnknownQuotedScalarEscape | E::InvalidQuotedScalarHexEscape | E::InvalidUnicodeEscape => {
            ("双引号里的“\\”写法读不出来", "改用单引号，里面的“\\”就是普通文字")
        }
        E::InvalidBlockScalarHeader => ("“|”或“>”后面不能直接写文字", "文字请另起一行并缩进"),
        E::InvalidBlockScalarIndent | E::InvalidIndentation => {
            ("缩进不对，读不出这一行属于谁", "同一层的各行要上下对齐")
        }
        E::TabInIndentation | E::TabInBlockIndentation | E::TabNotAllowed | E::TabInPlainScalar => {
            ("这里不能用制表符（Tab）", "请改用空格")
        }
        _ => ("这一行读不出来", "请检查这一行的标点、引号、括号和缩进"),
    }
}
