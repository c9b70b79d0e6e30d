//! What an edge brings. The compiler reads no disk and asks no clock: who calls it has the texts, as files, or as an editor or a server
//! holds them, saved or not. (Fonts come with the painter that `emit` is given.)

use std::fmt;
use std::sync::Arc;

use super::{Date, Source, Sources};

/// The texts of one workspace by name, and what day it is.
pub trait World {
    /// The names of all texts, in any order.
    fn names(&self) -> Vec<String>;
    /// The text of this name. Asked for once a run.
    ///
    /// # Errors
    /// [`Unreadable`] if it is there and cannot be read.
    fn text(&self, name: &str) -> Result<Arc<Source>, Unreadable>;
    /// The day that conditions call 今天, where the manifest does not say.
    fn today(&self) -> Option<Date> {
        None
    }
}

/// A text that cannot be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unreadable {
    /// Its name.
    pub name: String,
    /// Why, for people.
    pub why: String,
}

impl fmt::Display for Unreadable {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "读不了 {}：{}", self.name, self.why)
    }
}

impl std::error::Error for Unreadable {}

impl Sources {
    /// All texts of a world.
    ///
    /// # Errors
    /// [`Unreadable`] at the first text that is.
    pub fn read(world: &dyn World) -> Result<Self, Unreadable> {
        let mut names = world.names();
        names.sort_unstable();
        names.dedup();
        let list = names.iter().map(|name| world.text(name)).collect::<Result<_, _>>()?;
        Ok(Sources { list, today: world.today() })
    }
}

#[cfg(test)]
mod tests {
    use std::cell::RefCell;
    use std::collections::BTreeMap;

    use super::*;

    /// Saved texts, with unsaved ones over them.
    struct Editor {
        saved: BTreeMap<&'static str, &'static str>,
        unsaved: BTreeMap<&'static str, &'static str>,
        asked: RefCell<Vec<String>>,
    }

    impl World for Editor {
        fn names(&self) -> Vec<String> {
            self.unsaved.keys().chain(self.saved.keys()).map(|name| (*name).to_owned()).collect()
        }
        fn text(&self, name: &str) -> Result<Arc<Source>, Unreadable> {
            self.asked.borrow_mut().push(name.to_owned());
            let text = self.unsaved.get(name).or_else(|| self.saved.get(name));
            let unreadable = || Unreadable { name: name.to_owned(), why: "没有这个文件".to_owned() };
            text.map(|text| Arc::new(Source::new(name, *text))).ok_or_else(unreadable)
        }
        fn today(&self) -> Option<Date> {
            Date::parse("2026-11-29")
        }
    }

    #[test]
    fn unsaved_texts_lie_over_saved_ones_and_each_is_asked_for_once() {
        let editor = Editor {
            saved: BTreeMap::from([("b", "旧"), ("a", "甲")]),
            unsaved: BTreeMap::from([("b", "新"), ("c", "没有保存过")]),
            asked: RefCell::default(),
        };
        let sources = Sources::read(&editor).unwrap();
        let texts: Vec<_> = sources.iter().map(|(_, source)| (source.name(), source.text())).collect();
        assert_eq!(texts, [("a", "甲"), ("b", "新"), ("c", "没有保存过")]);
        assert_eq!(editor.asked.into_inner(), ["a", "b", "c"]);
        assert_eq!(sources.today, Date::parse("2026-11-29"));
    }
}
