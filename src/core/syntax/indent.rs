//! Which indentations fit a line, and what to do with a line that has another one.

use super::codes::WRONG_INDENTATION;
use super::lines::Lines;
use super::remedy::{Fault, Offer};

/// The columns of keys and dashes to which a line after the lines above `line` may belong, the deepest first.
pub(super) fn levels(lines: &Lines<'_>, line: usize) -> Vec<usize> {
    let mut levels: Vec<usize> = Vec::new();
    let mut above = usize::MAX;
    for at in (0..line).rev().filter(|&at| !lines.is_blank(at)).take(5000) {
        if above == 0 {
            break;
        }
        let (indent, bytes) = lines.lead(at);
        if indent >= above {
            continue;
        }
        let text = &lines.line(at)[bytes..];
        let dashes = text.len() - text.trim_start_matches(['-', ' ']).len();
        let content = if text.starts_with("- ") { indent + dashes } else { indent };
        for column in [content, indent] {
            if column < above && levels.last() != Some(&column) {
                levels.push(column);
            }
        }
        above = indent;
    }
    levels
}

/// The column below which a child of the line before `line` must stand, if that line waits for one.
fn opened(lines: &Lines<'_>, line: usize) -> Option<usize> {
    let previous = lines.before(line)?;
    let text = &lines.text[lines.range(previous).start..lines.text_end(previous)];
    (text.ends_with([':', '：'])).then(|| levels(lines, line).first().copied().unwrap_or(0))
}

/// The indentation meant by strange blanks that look `width` columns wide.
pub(super) fn fitting(lines: &Lines<'_>, line: usize, width: usize) -> usize {
    let mut levels = levels(lines, line);
    // A line that waits for children stands before them.
    if lines.text[..lines.text_end(line)].ends_with([':', '：'])
        && let Some(next) = lines.after(line).map(|next| lines.lead(next).0).filter(|&next| next > 0 && next <= width)
        && levels.iter().any(|&level| level < next)
    {
        levels.retain(|&level| level < next);
        return levels.first().copied().unwrap_or(0);
    }
    if let Some(parent) = opened(lines, line) {
        if width > parent {
            return if (width - parent).is_multiple_of(2) { width } else { parent + 2 };
        }
        if levels.contains(&width) && width < parent {
            return width;
        }
        return parent + 2;
    }
    levels.iter().copied().min_by_key(|level| level.abs_diff(width)).unwrap_or(0)
}

/// Moves a line to other levels: the candidates, the nearest first.
pub(super) fn moves(lines: &Lines<'_>, line: usize) -> Vec<Fault> {
    let indent = lines.indent(line);
    let mut wanted = levels(lines, line);
    if let Some(parent) = opened(lines, line) {
        wanted.push(parent + 2);
    }
    wanted.retain(|&level| level != indent);
    wanted.sort_by_key(|&level| (far(indent, level), usize::MAX - level));
    wanted.dedup();
    wanted.truncate(4);
    let mut moves: Vec<Fault> = wanted
        .into_iter()
        .flat_map(|level| [to(lines, line, level, false), to(lines, line, level, true)])
        .flatten()
        .collect();
    if let Some(first) = first_sibling(lines, line, indent) {
        let before =
            moves.iter().position(|fault| fault.distance > far(lines.indent(first), indent)).unwrap_or(moves.len());
        moves.splice(before..before, to(lines, first, indent, false));
    }
    moves
}

/// How far a move is; a move to a column that is no multiple of the step is a little farther.
fn far(from: usize, to: usize) -> usize {
    from.abs_diff(to) * 2 + to % 2
}

/// The first line of a group above `line`, if it is the one that stands a little off.
fn first_sibling(lines: &Lines<'_>, line: usize, indent: usize) -> Option<usize> {
    let near = |level: &usize| *level != indent && level.abs_diff(indent) <= 2;
    let mut levels: Vec<usize> = levels(lines, line).into_iter().filter(near).collect();
    levels.sort_by_key(|level| level.abs_diff(indent));
    levels.into_iter().find_map(|level| {
        let rows = (0..line).rev().take(5000).filter(|&row| !lines.is_blank(row));
        let first =
            rows.take_while(|&row| lines.indent(row) >= level).filter(|&row| lines.indent(row) == level).last()?;
        opened(lines, first).filter(|&parent| parent < indent.min(level)).map(|_| first)
    })
}

/// Moves the first element of a list whose other elements all stand at another column.
pub(super) fn first_item(lines: &Lines<'_>, first: usize, rows: &[usize]) -> Option<Fault> {
    let level = lines.indent(*rows.first()?);
    let stray = lines.indent(first);
    let aligned = rows.iter().all(|&row| lines.indent(row) == level && lines.line(row)[level..].starts_with("- "));
    let parent = opened(lines, first)?;
    (aligned && far(stray, level) < far(level, stray) && parent <= level).then(|| to(lines, first, level, false))?
}

/// Moves a line, or it and the deeper lines below it, to column `level`.
fn to(lines: &Lines<'_>, line: usize, level: usize, block: bool) -> Option<Fault> {
    let indent = lines.indent(line);
    let mut rows = vec![line];
    if block {
        let mut at = line;
        while let Some(next) = lines.after(at).filter(|&next| lines.indent(next) > indent) {
            rows.push(next);
            at = next;
        }
        if rows.len() == 1 {
            return None;
        }
    }
    let start = lines.range(line).start;
    let off = level.abs_diff(indent);
    let message = if level < indent {
        format!("这一行多缩进了 {off} 格")
    } else {
        format!("这一行少缩进了 {off} 格")
    };
    let mut fault = Fault::new(&WRONG_INDENTATION, start..start + indent, message)
        .help(format!("同一层的各行要上下对齐：这一行前面应是 {level} 个空格"))
        .title(format!("改为缩进 {level} 格"))
        .offer(if off == 1 { Offer::Safe } else { Offer::Ask });
    fault.distance = far(indent, level);
    if indent == 0 {
        fault.at = start..start;
    }
    for row in rows {
        let start = lines.range(row).start;
        let have = lines.indent(row);
        let text = " ".repeat((have + level).saturating_sub(indent));
        fault = fault.patch(start..start + have, text);
    }
    Some(fault)
}
