//! Numbers of headings as official documents have them: 一、 then （一） then 1. Word counts by itself; the others are told.

use super::text::Text;
use super::tree::{Block, Page};

/// Puts the numbers before the headings.
pub(super) fn headings(page: &mut Page) {
    for (index, section) in page.sections.iter_mut().enumerate() {
        prefix(&mut section.title, &format!("{}、", chinese(index + 1)));
        let (mut heading, mut below) = (0, 0);
        for block in &mut section.blocks {
            match block {
                Block::Heading(words) => {
                    (heading, below) = (heading + 1, 0);
                    prefix(words, &format!("（{}）", chinese(heading)));
                }
                Block::Subheading(words) => {
                    below += 1;
                    prefix(words, &format!("{below}."));
                }
                _ => {}
            }
        }
    }
}

fn prefix(words: &mut Text, number: &str) {
    *words = Text::of(number).join(std::mem::take(words));
}

/// A number below 10,000 in Chinese, as documents count: 十, 十一, 一百零五. Larger ones are written in digits.
pub fn chinese(number: usize) -> String {
    const DIGITS: [&str; 10] = ["零", "一", "二", "三", "四", "五", "六", "七", "八", "九"];
    if number == 0 || number >= 10_000 {
        return number.to_string();
    }
    let mut out = String::new();
    let mut gap = false;
    for (unit, name) in [(1000, "千"), (100, "百"), (10, "十"), (1, "")] {
        let digit = number / unit % 10;
        if digit == 0 {
            gap = !out.is_empty();
            continue;
        }
        if std::mem::take(&mut gap) {
            out.push_str(DIGITS[0]);
        }
        if !(out.is_empty() && unit == 10 && digit == 1) {
            out.push_str(DIGITS[digit]);
        }
        out.push_str(name);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::chinese;

    #[test]
    fn numbers_are_counted_as_documents_count() {
        let cases = [
            (1, "一"),
            (10, "十"),
            (11, "十一"),
            (20, "二十"),
            (99, "九十九"),
            (101, "一百零一"),
            (110, "一百一十"),
            (1005, "一千零五"),
            (10_000, "10000"),
        ];
        for (number, words) in cases {
            assert_eq!(chinese(number), words);
        }
    }
}
