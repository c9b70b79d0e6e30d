//! How wide a text is, without knowing the font: no font that readers have sets it wider.

/// The width of a text in hundredths of a full-width character.
pub fn width(text: &str) -> i32 {
    text.chars().map(of).sum()
}

/// Of one character. Letters are as wide as in the widest of the usual fonts, in bold.
pub(super) fn of(c: char) -> i32 {
    match c {
        ' ' | '.' | ',' | ':' | ';' | '\'' | '|' | '!' | 'i' | 'j' | 'l' | 'I' => 34,
        '(' | ')' | '[' | ']' | '/' | '\\' | 'f' | 'r' | 't' | '`' | '-' | '"' => 44,
        '@' | 'W' | 'M' | '%' | 'm' | 'w' => 96,
        'A'..='Z' | '&' => 76,
        '·' => 50,
        c if c.is_ascii() => 62,
        // Emoji are a little wider than Chinese characters.
        '\u{1f000}'..='\u{1ffff}' => 135,
        _ => 100,
    }
}

#[cfg(test)]
mod tests {
    use super::width;

    #[test]
    fn chinese_is_full_width() {
        assert_eq!(width("综合窗口，“一”"), 800);
        assert_eq!(width("8个工作日"), 462);
        assert_eq!(width(""), 0);
    }
}
