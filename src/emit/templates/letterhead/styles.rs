//! Styles by name: what the agency has under a name is used, what it lacks is added.

use std::collections::{BTreeMap, BTreeSet};

use super::xml::{Edit, Element, copy};

/// Which of our styles is which in the file, and what is added to it.
#[derive(Debug, Default)]
pub struct Styles {
    /// Our id → the id in the file.
    pub ids: BTreeMap<String, String>,
    /// Ours that are theirs.
    pub theirs: BTreeSet<String>,
    /// Ours that are theirs and bring numbers of their own.
    pub numbered: BTreeSet<String>,
    /// The styles to be added.
    pub added: String,
}

fn name(style: &Element) -> String {
    let name = style.child("w:name").and_then(|name| name.attr("w:val")).unwrap_or_default();
    name.to_lowercase()
}

impl Styles {
    /// Compares `ours`, the root of our styles in `text`, with `theirs`. Numbers of our lists are moved by `lists`.
    pub fn merge(ours: &Element, text: &str, theirs: &Element, lists: u64) -> Option<Styles> {
        let mut styles = Styles::default();
        let mut used: BTreeSet<&str> = theirs.all("w:style").filter_map(|style| style.attr("w:styleId")).collect();
        let mut missing = Vec::new();
        for own in ours.all("w:style") {
            let id = own.attr("w:styleId")?;
            let kind = own.attr("w:type")?;
            let is_default = |style: &Element| matches!(style.attr("w:default"), Some("1" | "true" | "on"));
            let of_kind = || theirs.all("w:style").filter(|style| style.attr("w:type") == Some(kind));
            let same = of_kind()
                .find(|style| name(style) == name(own))
                .or_else(|| of_kind().find(|style| is_default(own) && is_default(style)));
            match same.and_then(|style| Some((style, style.attr("w:styleId")?))) {
                Some((style, other)) => {
                    styles.ids.insert(id.to_owned(), other.to_owned());
                    styles.theirs.insert(id.to_owned());
                    if style.child("w:pPr").is_some_and(|own| own.child("w:numPr").is_some()) {
                        styles.numbered.insert(id.to_owned());
                    }
                }
                None => {
                    let other = if used.contains(id) { format!("Yijianshi{id}") } else { id.to_owned() };
                    styles.ids.insert(id.to_owned(), other);
                    used.insert(id);
                    missing.push(own);
                }
            }
        }
        for own in missing {
            let added = copy(text.get(own.range.clone())?, |_, name, attrs| {
                let with = |wanted: &str, value: String| {
                    let pairs = attrs.iter().filter(|(name, _)| name != "w:default");
                    let pairs = pairs
                        .map(|(name, old)| (name.clone(), if name == wanted { value.clone() } else { old.clone() }));
                    Edit::Attrs(pairs.collect())
                };
                let value =
                    |name: &str| attrs.iter().find(|(own, _)| own == name).map_or("", |(_, value)| value.as_str());
                match name {
                    "w:style" => with("w:styleId", styles.id(value("w:styleId"))),
                    "w:basedOn" | "w:next" | "w:link" => with("w:val", styles.id(value("w:val"))),
                    "w:numId" => with("w:val", moved(value("w:val"), lists)),
                    _ => Edit::Keep,
                }
            })?;
            styles.added.push_str(&added);
        }
        Some(styles)
    }

    /// What one of our styles is called in the file.
    pub fn id(&self, own: &str) -> String {
        self.ids.get(own).cloned().unwrap_or_else(|| own.to_owned())
    }
}

/// A number that counts up from another place.
pub fn moved(value: &str, by: u64) -> String {
    value.parse::<u64>().map_or_else(|_| value.to_owned(), |value| (value + by).to_string())
}
