//! Text as Markdown (GitHub's) holds it.

/// A text in which nothing is a mark, wherever it stands.
pub fn escaped(text: &str) -> String {
    escape(text, true)
}

/// Text in which nothing is a mark; `starts`: it stands at the beginning of a line.
pub fn escape(text: &str, starts: bool) -> String {
    let mut out = String::with_capacity(text.len());
    let mut digits = starts;
    for (index, (at, c)) in text.char_indices().enumerate() {
        let last = text[at + c.len_utf8()..].chars().next().is_none_or(char::is_whitespace);
        let first = starts && index == 0;
        match c {
            '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '>' | '|' | '~' | '$' | '{' | '}' => {
                out.push('\\');
                out.push(c);
            }
            '&' => out.push_str("&amp;"),
            '#' | '+' | '-' | '=' if first => {
                out.push('\\');
                out.push(c);
            }
            '.' | ')' if digits && index > 0 && last => {
                out.push('\\');
                out.push(c);
            }
            '\n' | '\r' | '\t' => out.push(' '),
            c => out.push(c),
        }
        digits &= c.is_ascii_digit();
    }
    out
}
