//! Prose as it is shown: punctuation beside Chinese is full-width, whatever the keyboard or the web page it came from made of it;
//! how wide it is, and where its lines break.

mod lexicon;
mod measure;
mod wrap;

pub use measure::width;
pub use wrap::{fill, snug, wrap};

/// How a bundle's prose is shown in every format. `, : ; ? ! ( )` beside Chinese become full-width, brackets always in
/// pairs; web addresses, numbers, times and codes keep theirs. What cannot be seen (control and direction marks) goes.
pub fn display(text: &str) -> String {
    let chars: Vec<char> = text.chars().filter(|c| !is_invisible(*c)).collect();
    let fixed = addresses(&chars);
    let pairs = brackets(&chars, &fixed);
    let mut out: Vec<char> = Vec::with_capacity(chars.len());
    let mut spaces = false;
    for (index, &c) in chars.iter().enumerate() {
        if c == ' ' && spaces {
            continue;
        }
        spaces = false;
        if fixed[index] {
            out.push(c);
            continue;
        }
        match c {
            '(' | '（' if pairs[index] => {
                while out.last() == Some(&' ') && before(&out[..out.len() - 1]) {
                    out.pop();
                }
                out.push('（');
                spaces = true;
            }
            ')' | '）' if pairs[index] => {
                while out.last() == Some(&' ') {
                    out.pop();
                }
                out.push('）');
            }
            ',' | ':' | ';' | '?' | '!' if before(&out) || after(&chars[index + 1..]) => {
                while out.last() == Some(&' ') {
                    out.pop();
                }
                out.push(full_width(c));
                spaces = true;
            }
            _ => out.push(c),
        }
    }
    out.into_iter().collect::<String>().trim().to_owned()
}

fn full_width(c: char) -> char {
    match c {
        ',' => '，',
        ':' => '：',
        ';' => '；',
        '?' => '？',
        '!' => '！',
        other => other,
    }
}

fn is_invisible(c: char) -> bool {
    (c.is_control() && c != '\n' && c != '\t')
        || matches!(c, '\u{200b}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}')
        || matches!(c, '\u{fffe}' | '\u{ffff}')
}

/// A Chinese character or the punctuation that goes with one.
fn is_chinese(c: char) -> bool {
    matches!(c, '\u{2e80}'..='\u{303f}' | '\u{3040}'..='\u{30ff}' | '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}')
        || matches!(c, '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{3ffff}' | '！'..='／')
        || matches!(c, '：'..='＠' | '—' | '…')
}

fn is_quote(c: char) -> bool {
    matches!(c, '‘'..='”' | '"' | '\'')
}

/// Whether what was written before ends in Chinese; quotes are looked through.
fn before(out: &[char]) -> bool {
    out.iter().rev().find(|c| !is_quote(**c)).is_some_and(|c| is_chinese(*c))
}

/// Whether what follows begins with Chinese; quotes and spaces are looked through.
fn after(rest: &[char]) -> bool {
    rest.iter().find(|c| !is_quote(**c) && **c != ' ').is_some_and(|c| is_chinese(*c))
}

/// What belongs to a web address or a mail address.
fn addresses(chars: &[char]) -> Vec<bool> {
    let mut fixed = vec![false; chars.len()];
    let starts = |at: usize, word: &str| word.chars().enumerate().all(|(i, c)| chars.get(at + i) == Some(&c));
    let mut at = 0;
    while at < chars.len() {
        let begins = matches!(chars[at], 'h' | 'w' | 'm')
            && ["http://", "https://", "www.", "mailto:"].iter().any(|word| starts(at, word));
        if !begins {
            at += 1;
            continue;
        }
        let mut end = at;
        while end < chars.len() && chars[end].is_ascii_graphic() && !matches!(chars[end], '"' | '<' | '>') {
            end += 1;
        }
        let next = end;
        let opened = chars[at..end].contains(&'(');
        while end > at && (matches!(chars[end - 1], ',' | ':' | ';' | '?' | '!') || (chars[end - 1] == ')' && !opened))
        {
            end -= 1;
        }
        fixed[at..end].fill(true);
        at = next.max(at + 1);
    }
    fixed
}

/// Which brackets are shown full-width: both of a pair or none.
fn brackets(chars: &[char], fixed: &[bool]) -> Vec<bool> {
    let mut wide = vec![false; chars.len()];
    let mut open: Vec<usize> = Vec::new();
    let beside = |at: usize| {
        let left = at
            .checked_sub(1)
            .is_some_and(|left| is_chinese(chars[left]) || is_quote(chars[left]) && before(&chars[..left]));
        left || chars.get(at + 1).is_some_and(|c| is_chinese(*c) || (is_quote(*c) && after(&chars[at + 1..])))
    };
    // A space between a Chinese word and its bracket is a typist's.
    let spaced = |at: usize| {
        let left = chars[..at].iter().rposition(|c| *c != ' ');
        left.is_some_and(|left| left + 1 < at && is_chinese(chars[left]))
    };
    for (index, c) in chars.iter().enumerate().filter(|(index, _)| !fixed[*index]) {
        match c {
            '(' | '（' => open.push(index),
            ')' | '）' => match open.pop() {
                Some(first) => {
                    let already = chars[first] == '（' || *c == '）';
                    let both = already || beside(first) || beside(index) || spaced(first);
                    (wide[first], wide[index]) = (both, both);
                }
                None => wide[index] = *c == '）' || beside(index),
            },
            _ => {}
        }
    }
    for index in open {
        wide[index] = chars[index] == '（' || beside(index);
    }
    wide
}

#[cfg(test)]
mod tests {
    use super::display;

    #[test]
    fn punctuation_beside_chinese_is_full_width() {
        for (typed, shown) in [
            ("甲,乙", "甲，乙"),
            ("甲, 乙", "甲，乙"),
            ("时间: 8:30-12:00,下午13:00-17:00", "时间：8:30-12:00，下午13:00-17:00"),
            ("注册资本1,000万元", "注册资本1,000万元"),
            ("A(b):c", "A(b):c"),
            ("材料(一份)", "材料（一份）"),
            ("材料 (A4)", "材料（A4）"),
            ("国办发(2022)32号", "国办发（2022）32号"),
            ("甲（乙)", "甲（乙）"),
            ("f(x), g(y)", "f(x), g(y)"),
            ("见http://a.gov.cn:80/b?c=(d),再来", "见http://a.gov.cn:80/b?c=(d)，再来"),
            ("真的?!", "真的？！"),
            ("“一件事”:甲", "“一件事”：甲"),
            ("1)甲", "1）甲"),
            ("GB/T 2261.1", "GB/T 2261.1"),
            ("甲\u{202e}乙\u{7}", "甲乙"),
        ] {
            assert_eq!(display(typed), shown, "{typed}");
            assert_eq!(display(shown), shown, "{shown} changes again");
        }
    }
}
