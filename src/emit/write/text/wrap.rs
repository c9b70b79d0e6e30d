//! Where lines break. No line begins with closing punctuation or ends with opening one; words of the Latin alphabet and numbers
//! with their units stay whole; of all ways to do so the one with the fewest lines is taken, then the most even one that tears
//! the fewest words.

use super::display;
use super::lexicon::LEXICON;
use super::measure::of;

/// What no line may begin with.
const CLOSING: &str = "，。、；：？！）》〉」』】〕”’…—·%‰℃㎡,.:;?!)]}";
/// What no line may end with.
const OPENING: &str = "（《〈「『【〔“‘([{№";
/// Units that stay with their number.
const UNITS: &[&str] = &[
    "个工作日",
    "个自然日",
    "工作日",
    "自然日",
    "平方米",
    "个月",
    "小时",
    "分钟",
    "万元",
    "公里",
    "个",
    "日",
    "天",
    "元",
    "份",
    "张",
    "次",
    "项",
    "件",
    "种",
    "家",
    "人",
    "年",
    "月",
    "号",
    "条",
    "级",
    "类",
    "套",
    "㎡",
    "℃",
    "%",
    "米",
];

/// Penalties, on the scale of the square of the slack in hundredths of a character.
const IN_WORD: i64 = 400_000;
const PLAIN: i64 = 6_000;
const AFTER_PARTICLE: i64 = 3_500;
const ORPHAN: i64 = 60_000;
const TORN: i64 = 1_000_000_000;
/// What a line more costs where the width is not fixed.
const LINE: i64 = 8_000;

/// Breaks a text into lines at most so many full-width characters wide, as even as can be; for what is centred.
pub fn wrap(text: &str, width: usize) -> Vec<String> {
    lines(text, width, true).0
}

/// As [`wrap`], with the least width between two at which the breaks are best: where a few more characters in a line keep a word
/// whole or save a line.
pub fn snug(text: &str, least: usize, most: usize) -> Vec<String> {
    let mut best: Option<(i64, Vec<String>)> = None;
    for width in least..=most.max(least) {
        let (lines, cost) = lines(text, width, true);
        let cost = cost + LINE * lines.len() as i64;
        if best.as_ref().is_none_or(|(least, _)| cost < *least) {
            best = Some((cost, lines));
        }
    }
    best.map_or_else(Vec::new, |(_, lines)| lines)
}

/// As [`wrap`], but all lines except the last are as full as can be; for what is set from the left.
pub fn fill(text: &str, width: usize) -> Vec<String> {
    lines(text, width, false).0
}

/// A piece of text that stays whole.
struct Atom {
    text: String,
    width: i32,
    /// What it costs to break before it; none if that must not be.
    cost: Option<i64>,
}

/// The lines, and what the breaks between them cost.
fn lines(text: &str, width: usize, even: bool) -> (Vec<String>, i64) {
    let limit = i32::try_from(width).unwrap_or(i32::MAX / 100).max(2) * 100;
    let shown = display(text).replace(['\n', '\t'], " ");
    let atoms = atoms(&shown, limit);
    let count = atoms.len();
    let mut reach = vec![0i32; count + 1];
    for (index, atom) in atoms.iter().enumerate() {
        reach[index + 1] = reach[index] + atom.width;
    }
    // For each place: how many lines and how bad it is up to there, and where its line begins.
    let mut best: Vec<Option<(usize, i64, usize)>> = vec![None; count + 1];
    best[0] = Some((0, 0, 0));
    for end in 1..=count {
        let mut first = end;
        while first > 0 {
            first -= 1;
            let mut own = reach[end] - reach[first];
            // A space at the end of a line takes no room.
            if atoms[end - 1].text == " " {
                own -= atoms[end - 1].width;
            }
            if own > limit && first + 1 < end {
                break;
            }
            let Some((before, cost, _)) = best[first] else { continue };
            let last = end == count;
            let breaking = if last { 0 } else { atoms[end].cost.unwrap_or(TORN) };
            let slack = i64::from((limit - own).max(0));
            let slack = if last && !even { 0 } else { slack * slack };
            let chars = atoms[first..end].iter().map(|atom| atom.text.chars().count()).sum::<usize>();
            let orphan = if last && first > 0 && chars == 1 { ORPHAN } else { 0 };
            let new = (before + 1, cost + breaking + slack + orphan);
            // Tearing what belongs together is worse than another line.
            let key = |(lines, cost): (usize, i64)| (cost / TORN, lines, cost % TORN);
            if best[end].is_none_or(|(lines, cost, _)| key(new) < key((lines, cost))) {
                best[end] = Some((new.0, new.1, first));
            }
        }
    }
    let mut lines = Vec::new();
    let (mut end, mut torn) = (count, 0);
    while end > 0 {
        let first = best[end].map_or(end - 1, |(_, _, first)| first);
        torn += if end == count { 0 } else { atoms[end].cost.unwrap_or(TORN) };
        let line: String = atoms[first..end].iter().map(|atom| atom.text.as_str()).collect();
        lines.push(line.trim().to_owned());
        end = first;
    }
    lines.reverse();
    lines.retain(|line| !line.is_empty());
    (lines, torn)
}

/// Cuts a text into what stays whole.
fn atoms(text: &str, limit: i32) -> Vec<Atom> {
    let chars: Vec<char> = text.chars().collect();
    let words = words(&chars);
    let mut atoms: Vec<Atom> = Vec::new();
    let mut at = 0;
    while at < chars.len() {
        let mut end = at + 1;
        if chars[at].is_ascii_graphic() && !OPENING.contains(chars[at]) {
            while end < chars.len() && chars[end].is_ascii_graphic() && !OPENING.contains(chars[end]) {
                end += 1;
            }
            if chars[end - 1].is_ascii_digit() {
                let rest = &chars[end..];
                let unit = UNITS.iter().find(|unit| unit.chars().enumerate().all(|(i, c)| rest.get(i) == Some(&c)));
                end += unit.map_or(0, |unit| unit.chars().count());
            }
        }
        let mut cost = match at.checked_sub(1).map(|left| chars[left]) {
            None => Some(0),
            Some(left) => breaking(left, chars[at], words[at]),
        };
        // What is longer than a line is cut where the line ends.
        let mut piece = String::new();
        let mut width = 0;
        for &c in &chars[at..end] {
            if width + of(c) > limit && !piece.is_empty() {
                atoms.push(Atom { text: std::mem::take(&mut piece), width, cost });
                (width, cost) = (0, Some(IN_WORD));
            }
            piece.push(c);
            width += of(c);
        }
        atoms.push(Atom { text: piece, width, cost });
        at = end;
    }
    atoms
}

/// What it costs to break between two characters; none if that must not be.
fn breaking(left: char, right: char, in_word: bool) -> Option<i64> {
    if CLOSING.contains(right) || OPENING.contains(left) || right == ' ' {
        return None;
    }
    // A name after its quotation mark is still in one piece.
    Some(if in_word {
        IN_WORD
    } else if left == ' ' || "，。、；：？！）》”".contains(left) || "（《“".contains(right) {
        0
    } else if "的和及或与、".contains(left) {
        AFTER_PARTICLE
    } else {
        PLAIN
    })
}

/// Before which characters a break would tear a word; the longest word counts.
fn words(chars: &[char]) -> Vec<bool> {
    let mut inside = vec![false; chars.len()];
    let mut at = 0;
    while at < chars.len() {
        let longest = (2..=LEXICON.longest.min(chars.len() - at)).rev().find(|&length| {
            let word: String = chars[at..at + length].iter().collect();
            LEXICON.words.contains(word.as_str())
        });
        let length = longest.unwrap_or(1);
        inside[at + 1..at + length].fill(true);
        at += length;
    }
    inside
}

#[cfg(test)]
mod tests {
    use super::{fill, wrap};
    use crate::write::text::measure::width;
    use proptest::prelude::*;

    #[test]
    fn names_break_between_words() {
        for (name, limit, lines) in [
            ("临时占用城市道路审批", 7, &["临时占用", "城市道路审批"][..]),
            ("个体工商户营业执照核发", 7, &["个体工商户", "营业执照核发"]),
            ("小餐饮经营许可证核发", 7, &["小餐饮经营", "许可证核发"]),
            ("材料齐全、符合法定形式?", 7, &["材料齐全、", "符合法定形式？"]),
            ("受理之日起8个工作日内办结", 8, &["受理之日起", "8个工作日内办结"]),
            ("市场监管部门", 5, &["市场监管", "部门"]),
            ("", 4, &[]),
        ] {
            assert_eq!(wrap(name, limit), lines, "{name}");
        }
    }

    #[test]
    fn prose_fills_its_lines() {
        assert_eq!(
            fill("一二三四五六七八九十甲", 5),
            ["一二三四五", "六七八九", "十甲"].map(str::to_owned)[..].to_vec()
        );
        assert_eq!(wrap("一二三四，五", 4), ["一二三", "四，五"]);
    }

    proptest! {
        #[test]
        fn lines_fit_and_lose_nothing(text in "[一-十a-zA-Z0-9，。（）《》“” 个工作日]{0,40}", limit in 3usize..12, even in any::<bool>()) {
            let lines = if even { wrap(&text, limit) } else { fill(&text, limit) };
            let bare = |text: &str| text.replace(' ', "");
            prop_assert_eq!(bare(&lines.concat()), bare(&super::display(&text)));
            for line in &lines {
                prop_assert!(width(line) <= limit as i32 * 100, "{:?}", lines);
            }
        }
    }
}
