//! The examples of the public pages: the bad one gives exactly its code, the good one is silent.

use super::tools::read;
use crate::syntax::CODES;

fn example(page: &str, heading: &str) -> Option<String> {
    let (_, rest) = page.split_once(&format!("## {heading}\n"))?;
    let (_, rest) = rest.split_once("```yaml\n")?;
    let (block, _) = rest.split_once("```")?;
    Some(block.lines().map(|line| format!("{}\n", line.strip_prefix(' ').unwrap_or(line))).collect())
}

#[test]
fn examples_are_true() {
    let mut count = 0;
    for code in CODES {
        let (bad, good) = (example(code.page, "反例"), example(code.page, "正例"));
        assert_eq!(bad.is_some(), good.is_some(), "{}", code.name);
        if let (Some(bad), Some(good)) = (bad, good) {
            let said: Vec<_> = read(bad.trim_end_matches(' ')).list.iter().map(|d| d.code.name).collect();
            assert_eq!(said, [code.name], "{bad}");
            assert_eq!(read(good.trim_end_matches(' ')).said(), [""; 0], "{}", code.name);
            count += 1;
        }
    }
    assert!(count >= 10);
}

#[test]
fn codes_are_sorted() {
    assert!(CODES.is_sorted_by_key(|code| code.name));
    assert!(CODES.iter().all(|code| code.title() != code.name && !code.allowable));
}
