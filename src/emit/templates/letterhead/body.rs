//! The text of our document, for paper that is not ours.

use std::collections::BTreeMap;

use super::paper::Paper;
use super::styles::{Styles, moved};
use super::xml::{Edit, Element, copy};

/// The width of our text, upright and on turned paper, in twips.
const OURS: [u64; 2] = [8_845, 12_756];
/// Twips in English metric units.
const EMU: u64 = 635;
/// Headings that count, with their level, and the list that counts them.
const HEADINGS: [(&str, u8); 3] = [("Heading1", 0), ("Heading2", 1), ("Heading3", 2)];

/// What our ids are in the file.
#[derive(Debug)]
pub struct Ids<'i> {
    /// Styles.
    pub styles: &'i Styles,
    /// By how much the numbers of lists are moved.
    pub lists: u64,
    /// By how much the numbers of pictures and bookmarks are moved.
    pub marks: u64,
    /// Relationships.
    pub links: &'i BTreeMap<String, String>,
}

/// Our text on their paper.
#[derive(Debug)]
pub struct Text {
    /// What is put into the body.
    pub xml: String,
    /// Whether it ends on turned paper, so that what follows is to be turned.
    pub landscape: bool,
    /// Whether a section has ended in it.
    pub broken: bool,
}

/// Writes what `document` says, whose body is `body`, for `paper`. `begun` says whether something stands before it.
pub fn write(document: &str, body: &Element, ids: &Ids<'_>, paper: &Paper, begun: bool) -> Option<Text> {
    let mut sections = Vec::new();
    body.below("w:sectPr", &mut sections);
    let turned =
        |section: &Element| section.child("w:pgSz").is_some_and(|size| size.attr("w:orient") == Some("landscape"));
    let sections: Vec<(usize, bool)> =
        sections.into_iter().map(|section| (section.range.start, turned(section))).collect();
    let (last, landscape) = *sections.last()?;
    let mut xml = String::new();
    let mut broken = false;
    // What stands before us is upright.
    if begun && sections.first().is_some_and(|(_, turned)| *turned) {
        xml.push_str(&Paper::end(&paper.section(false, true)?));
        broken = true;
    }
    let counted = counted(body, ids.styles);
    let start = body.inner.start;
    // How far the columns before reach, in our twips.
    let mut left = 0;
    let text = copy(document.get(start..last)?, |at, name, attrs| {
        let at = at + start;
        let with = |wanted: &str, change: &dyn Fn(&str) -> String| {
            let change = |(name, value): &(String, String)| {
                (name.clone(), if name == wanted { change(value) } else { value.clone() })
            };
            Edit::Attrs(attrs.iter().map(change).collect())
        };
        let landscape = sections.iter().find(|(end, _)| *end >= at).is_some_and(|(_, turned)| *turned);
        let [wide, high] = paper.room(landscape);
        match name {
            "w:pStyle" | "w:rStyle" | "w:tblStyle" => with("w:val", &|value| ids.styles.id(value)),
            "w:numId" => with("w:val", &|value| moved(value, ids.lists)),
            "w:tblGrid" | "w:tr" => {
                left = 0;
                Edit::Keep
            }
            // Where columns begin and end is scaled, not their widths: so that cells and columns still agree.
            "w:tblW" | "w:gridCol" | "w:tcW" => {
                let from = if name == "w:tblW" { 0 } else { left };
                let own = attrs.iter().find(|(name, _)| name == "w:w").and_then(|(_, value)| value.parse::<u64>().ok());
                let until = from + own.unwrap_or_default();
                left = until;
                let scaled = |at: u64| at * wide / OURS[usize::from(landscape)];
                with("w:w", &|_| (scaled(until) - scaled(from)).to_string())
            }
            "wp:extent" | "a:ext" => Edit::Attrs(fitted(attrs, [wide * EMU, high * EMU])),
            // Above the text is the agency's header: the code stands beside the title.
            "wp:positionV" => Edit::Replace(
                "<wp:positionV relativeFrom=\"paragraph\"><wp:posOffset>0</wp:posOffset></wp:positionV>".to_owned(),
            ),
            "wp:wrapNone" => Edit::Replace("<wp:wrapSquare wrapText=\"bothSides\"/>".to_owned()),
            "wp:docPr" | "pic:cNvPr" => with("id", &|value| moved(value, ids.marks)),
            "w:bookmarkStart" | "w:bookmarkEnd" => with("w:id", &|value| moved(value, ids.marks)),
            "a:blip" => with("r:embed", &|value| ids.links.get(value).cloned().unwrap_or_default()),
            "w:hyperlink" => with("r:id", &|value| ids.links.get(value).cloned().unwrap_or_default()),
            "w:sectPr" => {
                let section = paper.section(landscape, !broken).unwrap_or_default();
                broken = true;
                Edit::Replace(section)
            }
            "w:pPr" => match counted.get(&at) {
                Some(level) => Edit::Append(format!(
                    "<w:numPr><w:ilvl w:val=\"{level}\"/><w:numId w:val=\"{}\"/></w:numPr>",
                    ids.lists + 1
                )),
                None => Edit::Keep,
            },
            _ => Edit::Keep,
        }
    })?;
    xml.push_str(&text);
    Some(Text { xml, landscape, broken })
}

/// Headings whose style is the agency's and does not count: where their properties begin, and their level.
fn counted(body: &Element, styles: &Styles) -> BTreeMap<usize, u8> {
    let levels: BTreeMap<&str, u8> =
        HEADINGS.into_iter().filter(|(id, _)| styles.theirs.contains(*id) && !styles.numbered.contains(*id)).collect();
    let mut all = Vec::new();
    body.below("w:pPr", &mut all);
    let level = |own: &Element| levels.get(own.child("w:pStyle")?.attr("w:val")?).copied();
    all.into_iter().filter_map(|own| Some((own.range.start, level(own)?))).collect()
}

/// A size that fits into the room, in the same proportion.
fn fitted(attrs: &[(String, String)], [wide, high]: [u64; 2]) -> Vec<(String, String)> {
    let read = |name: &str| {
        attrs.iter().find(|(own, _)| own == name).and_then(|(_, value)| value.parse::<u64>().ok()).unwrap_or(1).max(1)
    };
    let (mut cx, mut cy) = (read("cx"), read("cy"));
    if cx > wide {
        (cx, cy) = (wide, (cy * wide / cx).max(1));
    }
    if cy > high {
        (cx, cy) = ((cx * high / cy).max(1), high);
    }
    let value = |name: &str, old: &String| match name {
        "cx" => cx.to_string(),
        "cy" => cy.to_string(),
        _ => old.clone(),
    };
    attrs.iter().map(|(name, old)| (name.clone(), value(name, old))).collect()
}
