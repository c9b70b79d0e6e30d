//! ASCII ids for names: pinyin, so that they do not depend on the order in a file.

use pinyin::ToPinyin;
use rustc_hash::FxHashSet;

/// Gives each name an id of its own.
#[derive(Debug, Default)]
pub(super) struct Ids {
    taken: FxHashSet<String>,
}

impl Ids {
    /// An id for `name`: its pinyin with hyphens, a number behind it if taken.
    pub(super) fn id(&mut self, name: &str) -> String {
        let base = ascii(name);
        let mut id = base.clone();
        let mut number = 2;
        while !self.taken.insert(id.clone()) {
            id = format!("{base}-{number}");
            number += 1;
        }
        id
    }
}

fn ascii(name: &str) -> String {
    let mut words: Vec<String> = Vec::new();
    let mut run = String::new();
    for c in name.chars() {
        if let Some(pinyin) = c.to_pinyin() {
            words.extend((!run.is_empty()).then(|| std::mem::take(&mut run)));
            words.push(pinyin.plain().replace('ü', "v"));
        } else if c.is_ascii_alphanumeric() {
            run.push(c.to_ascii_lowercase());
        } else {
            words.extend((!run.is_empty()).then(|| std::mem::take(&mut run)));
        }
    }
    words.extend((!run.is_empty()).then_some(run));
    let id = words.join("-");
    // An id must not begin with a digit in XML, nor be empty.
    match id.chars().next() {
        Some(c) if c.is_ascii_alphabetic() => id,
        _ => format!("x-{id}").trim_end_matches('-').to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::Ids;

    #[test]
    fn ids_are_ascii_and_unique() {
        let mut ids = Ids::default();
        assert_eq!(ids.id("营业执照"), "ying-ye-zhi-zhao");
        assert_eq!(ids.id("营业执照"), "ying-ye-zhi-zhao-2");
        assert_eq!(ids.id("A4纸"), "a4-zhi");
        assert_eq!(ids.id("《》"), "x");
    }
}
