//! Valid YAML that cannot be meant: decides about suspects, and says what was meant.

use std::ops::Range;

use super::codes::{BROKEN_YAML, FULL_WIDTH_PUNCTUATION, WRONG_INDENTATION};
use super::lines::{Lines, Look, Shape, invisible_in, look};
use super::remedy::{Fault, Offer};
use super::suspect::{Suspect, What, wide_space};
use super::{flow, indent};

/// The faults of a suspect; none if it is plain text after all.
pub(super) fn faults(lines: &Lines<'_>, suspect: &Suspect) -> Vec<Fault> {
    let range = suspect.range.clone();
    let line = lines.of(range.start);
    match suspect.what {
        What::Key { flow: true } | What::Flow { .. } => {
            let mut faults = flow::faults(lines, line);
            if faults.is_empty() {
                faults.extend(invisible_in(lines.text, range));
            }
            faults
        }
        What::Key { flow: false } => look(lines, line).faults,
        What::Lines { own, item } => by_lines(lines, range, own, item),
        What::Ends => ends(lines, range),
    }
}

fn by_lines(lines: &Lines<'_>, range: Range<usize>, own: bool, item: bool) -> Vec<Fault> {
    let (first, last) = (lines.of(range.start), lines.of(range.end));
    let rows: Vec<usize> = (first..=last).filter(|&row| !lines.is_blank(row)).collect();
    // A line after a dash is a pair only if it has a colon of its own.
    let after_dash = !item || pair_after_dash(lines, range.start);
    if (own || item) && after_dash && (own || rows.len() > 1) {
        let fits = |(index, look): &(usize, Look)| match look.shape {
            Shape::Other => false,
            Shape::Hash => !item,
            Shape::Dash => !item || *index == 0,
            Shape::Pair => true,
        };
        // Prose ends this at its first line.
        let looks: Vec<Look> =
            rows.iter().map(|&row| look(lines, row)).enumerate().take_while(fits).map(|(_, look)| look).collect();
        if looks.len() == rows.len() && looks.iter().any(Look::structural) {
            return looks.into_iter().flat_map(|look| look.faults).collect();
        }
    }
    if own {
        return Vec::new();
    }
    // Lines of a list that are indented too far, and so belong to the text above.
    if item && let Some(fault) = indent::first_item(lines, first, &rows[1..]) {
        return vec![fault];
    }
    rows.iter().skip(1).flat_map(|&row| stray_item(lines, row, item)).collect()
}

fn pair_after_dash(lines: &Lines<'_>, start: usize) -> bool {
    let line = lines.of(start);
    super::lines::colon(lines.text, start..lines.range(line).end).is_some_and(|faults| !faults.is_empty())
}

fn stray_item(lines: &Lines<'_>, row: usize, item: bool) -> Option<Fault> {
    let text = lines.line(row);
    if !text.trim_start_matches(' ').starts_with("- ") {
        return None;
    }
    let have = lines.indent(row);
    let range = lines.range(row);
    if !item {
        return Some(
            Fault::new(&BROKEN_YAML, range.start + have..range.start + have + 1, "上一行已经有值，下面不能再列列表")
                .help("请删去上一行的值，或把列表移到自己的键下面")
                .patch(range, "")
                .offer(Offer::Skip),
        );
    }
    let levels = indent::levels(lines, row);
    let dashes = levels.into_iter().filter(|&level| level < have && starts_list(lines, row, level));
    let level = dashes.max()?;
    let off = have - level;
    Some(
        Fault::new(&WRONG_INDENTATION, range.start..range.start + have, format!("这一行多缩进了 {off} 格"))
            .help(format!("列表各项的“-”要上下对齐：这一行前面应是 {level} 个空格"))
            .patch(range.start..range.start + have, " ".repeat(level))
            .title(format!("改为缩进 {level} 格"))
            .offer(if off <= 2 { Offer::Safe } else { Offer::Ask }),
    )
}

fn starts_list(lines: &Lines<'_>, row: usize, level: usize) -> bool {
    (0..row)
        .rev()
        .take(200)
        .filter(|&above| !lines.is_blank(above))
        .any(|above| lines.indent(above) == level && lines.line(above)[level..].starts_with("- "))
}

fn ends(lines: &Lines<'_>, range: Range<usize>) -> Vec<Fault> {
    let text = &lines.text[range.clone()];
    let first = text.chars().next().unwrap_or(' ');
    match first {
        '［' | '｛' => return flow::faults(lines, lines.of(range.start)),
        '“' | '‘' | '＂' => {
            let last = text.chars().next_back().unwrap_or('"');
            let quote = if last == '\'' { "'" } else { "\"" };
            let open = range.start..range.start + first.len_utf8();
            let mut fault = Fault::new(&FULL_WIDTH_PUNCTUATION, open.clone(), "开头是中文引号，结尾是半角引号，不配对")
                .patch(open, quote)
                .title("改为半角引号");
            if last == '＂' {
                fault.message = "这里是全角引号，要用半角引号".to_owned();
                fault = fault.patch(range.end - last.len_utf8()..range.end, quote);
            }
            return vec![fault];
        }
        _ => {}
    }
    let blank = |c: char| wide_space(c) || c == ' ';
    let lead = text.len() - text.trim_start_matches(blank).len();
    let tail = text.trim_end_matches(blank).len();
    let mut faults = Vec::new();
    for part in [0..lead, tail.max(lead)..text.len()] {
        if !part.is_empty() {
            let part = range.start + part.start..range.start + part.end;
            faults.push(
                Fault::new(&FULL_WIDTH_PUNCTUATION, part.clone(), "值的前后有全角空格，会成为文字的一部分")
                    .patch(part, "")
                    .title("删去全角空格"),
            );
        }
    }
    if faults.is_empty() {
        faults = invisible_in(lines.text, range);
    }
    faults
}
