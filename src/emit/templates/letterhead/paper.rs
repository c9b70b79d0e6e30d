//! Sections: the agency's paper, upright and turned, and how much room it has.

use super::xml::{Edit, copy, parse, tag};

/// Paper where the file says nothing: A4 with the margins of official documents.
const PLAIN: &str = "<w:sectPr><w:pgSz w:w=\"11906\" w:h=\"16838\"/><w:pgMar w:top=\"2098\" w:right=\"1474\" w:bottom=\"1984\" \
                     w:left=\"1587\" w:header=\"850\" w:footer=\"1304\" w:gutter=\"0\"/></w:sectPr>";
/// Room below a picture for its caption, in twips.
const CAPTION: u64 = 1_500;

/// The properties of a section, as they stand in the file, and what follows from them.
#[derive(Debug)]
pub struct Paper {
    section: String,
    landscape: bool,
    /// Width and height of the paper, and its margins (top, right, bottom, left), in twips.
    size: [u64; 2],
    margins: [u64; 4],
}

impl Paper {
    /// Of the section with these properties.
    pub fn of(section: Option<&str>) -> Paper {
        let section = section.unwrap_or(PLAIN).to_owned();
        let root = parse(&section);
        let read = |element: &str, name: &str, otherwise: u64| {
            let value = root.as_ref().and_then(|root| root.child(element)).and_then(|own| own.attr(name));
            value.and_then(|value| value.parse::<i64>().ok()).map_or(otherwise, i64::unsigned_abs)
        };
        let size = [read("w:pgSz", "w:w", 11_906), read("w:pgSz", "w:h", 16_838)];
        let gutter = read("w:pgMar", "w:gutter", 0);
        let margins = [
            read("w:pgMar", "w:top", 1_440),
            read("w:pgMar", "w:right", 1_440),
            read("w:pgMar", "w:bottom", 1_440),
            read("w:pgMar", "w:left", 1_440) + gutter,
        ];
        Paper { landscape: size[0] > size[1], section, size, margins }
    }

    /// How wide and high the text is, in twips; a picture leaves room for its caption.
    pub fn room(&self, landscape: bool) -> [u64; 2] {
        let [top, right, bottom, left] = self.margins;
        let [width, height] = [self.size[0].saturating_sub(left + right), self.size[1].saturating_sub(top + bottom)];
        let [width, height] = if landscape && !self.landscape { [height, width] } else { [width, height] };
        [width.max(2_000), height.saturating_sub(CAPTION).max(2_000)]
    }

    /// The properties for a section of ours. Only the first of several on this paper has its first page's header and begins the count of
    /// pages.
    pub fn section(&self, landscape: bool, first: bool) -> Option<String> {
        let turn = landscape && !self.landscape;
        let [top, right, bottom, left] = self.margins;
        let text = |value: u64| value.to_string();
        copy(&self.section, |_, name, attrs| {
            let with = |values: &[(&str, String)]| {
                let mut attrs: Vec<(String, String)> = attrs.to_vec();
                for (name, value) in values {
                    match attrs.iter_mut().find(|(own, _)| own == name) {
                        Some((_, own)) => own.clone_from(value),
                        None => attrs.push(((*name).to_owned(), value.clone())),
                    }
                }
                Edit::Attrs(attrs)
            };
            match name {
                "w:pgSz" if turn => with(&[
                    ("w:w", text(self.size[1])),
                    ("w:h", text(self.size[0])),
                    ("w:orient", "landscape".to_owned()),
                ]),
                "w:pgMar" if turn => {
                    let turned = [
                        ("w:top", text(left)),
                        ("w:right", text(bottom)),
                        ("w:bottom", text(right)),
                        ("w:left", text(top)),
                    ];
                    with(&[&turned[..], &[("w:gutter", "0".to_owned())]].concat())
                }
                "w:titlePg" | "w:type" if !first => Edit::Replace(String::new()),
                "w:pgNumType" if !first => {
                    let kept: Vec<(String, String)> =
                        attrs.iter().filter(|(name, _)| name != "w:start").cloned().collect();
                    Edit::Replace(if kept.is_empty() { String::new() } else { tag("w:pgNumType", &kept, "/>") })
                }
                _ => Edit::Keep,
            }
        })
    }

    /// A paragraph that cannot be seen and ends a section.
    pub fn end(section: &str) -> String {
        format!(
            "<w:p><w:pPr><w:spacing w:before=\"0\" w:after=\"0\" w:line=\"20\" w:lineRule=\"exact\"/>{section}</w:pPr></w:p>"
        )
    }
}
