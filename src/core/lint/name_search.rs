//! Finds many names in texts at once, in time that does not grow with the number of names.

use rustc_hash::FxHashMap;

/// Names, each of one or several things.
#[derive(Debug, Default)]
pub struct NameSearch {
    of: FxHashMap<Box<str>, Vec<usize>>,
    lengths: Vec<usize>,
}

impl NameSearch {
    /// Notes a name of the thing `index`.
    pub fn add(&mut self, name: &str, index: usize) {
        if name.is_empty() {
            return;
        }
        if let Err(at) = self.lengths.binary_search(&name.len()) {
            self.lengths.insert(at, name.len());
        }
        self.of.entry(name.into()).or_default().push(index);
    }

    /// Shows the things whose names occur in a text; the same one perhaps several times.
    pub fn find(&self, text: &str, found: &mut dyn FnMut(usize)) {
        for (start, _) in text.char_indices() {
            for &length in &self.lengths {
                let Some(part) = text.get(start..start + length) else { continue };
                self.of.get(part).into_iter().flatten().for_each(|&index| found(index));
            }
        }
    }
}
