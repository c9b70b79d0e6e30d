//! The package: the agency's parts, with ours among them.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use super::body::{self, Ids};
use super::file::{Letterhead, MARKER, Parts, RELATIONS, WORD, text};
use super::paper::Paper;
use super::styles::{Styles, moved};
use super::xml::{Edit, Element, copy, parse, tag};
use crate::templates::fault::Fault;

/// Names that our text uses, and what they stand for.
const NAMESPACES: [(&str, &str); 5] = [
    ("xmlns:w", WORD),
    ("xmlns:r", RELATIONS),
    ("xmlns:wp", "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"),
    ("xmlns:a", "http://schemas.openxmlformats.org/drawingml/2006/main"),
    ("xmlns:pic", "http://schemas.openxmlformats.org/drawingml/2006/picture"),
];

/// Where our text goes.
struct Place {
    /// What it takes the place of.
    range: Range<usize>,
    /// What is left there, behind it: the end of a section that stood in the marker.
    left: Option<Range<usize>>,
    /// The properties of the section in which it stands.
    section: Option<Range<usize>>,
    /// Whether something stands before it, and behind it before its section ends.
    before: bool,
    after: bool,
    /// Whether its section is the last.
    last: bool,
}

/// Whether it can be written on.
pub(super) fn check(letterhead: &Letterhead) -> Result<(), Fault> {
    let document = Document::of(letterhead)?;
    document.place().map(|_| ())
}

/// The agency's main part.
struct Document<'l> {
    letterhead: &'l Letterhead,
    text: &'l str,
    root: Element,
    /// The folder in which it lies, with a slash at its end.
    folder: &'l str,
    relations: String,
}

impl<'l> Document<'l> {
    fn of(letterhead: &'l Letterhead) -> Result<Document<'l>, Fault> {
        let odd = || letterhead.odd(&letterhead.main);
        let text = text(&letterhead.parts, &letterhead.main).ok_or_else(odd)?;
        let root = parse(text).ok_or_else(odd)?;
        for (name, uri) in NAMESPACES {
            if root.attr(name).is_some_and(|own| own != uri) || name == "xmlns:w" && root.attr(name).is_none() {
                return Err(letterhead.fault(
                    "是“Strict Open XML”或者别的少见格式",
                    "用 Word 或 WPS 打开，另存为“Word 文档（*.docx）”，不要选“严格”",
                ));
            }
        }
        if root.name != "w:document" || root.child("w:body").is_none() {
            return Err(odd());
        }
        let (folder, file) =
            letterhead.main.rfind('/').map_or(("", letterhead.main.as_str()), |at| letterhead.main.split_at(at + 1));
        Ok(Document { letterhead, text, root, folder, relations: format!("{folder}_rels/{file}.rels") })
    }

    fn body(&self) -> Result<&Element, Fault> {
        self.root.child("w:body").ok_or_else(|| self.letterhead.odd(&self.letterhead.main))
    }

    /// What a paragraph says; braces and spaces as people may type them.
    fn words(&self, paragraph: &Element) -> String {
        let mut texts = Vec::new();
        paragraph.below("w:t", &mut texts);
        let words: String = texts.iter().filter_map(|own| self.text.get(own.inner.clone())).collect();
        words.replace('｛', "{").replace('｝', "}").chars().filter(|c| !c.is_whitespace()).collect()
    }

    fn place(&self) -> Result<Place, Fault> {
        let body = self.body()?;
        let mut all = Vec::new();
        body.below("w:p", &mut all);
        // A paragraph with a text box holds other paragraphs.
        let saying = all.iter().filter(|own| self.words(own).contains(MARKER)).count();
        let own: Vec<usize> = (0..body.children.len())
            .filter(|at| body.children[*at].name == "w:p" && self.words(&body.children[*at]) == MARKER)
            .collect();
        let ([] | [_]) = own[..] else {
            return Err(self.letterhead.fault(&format!("“{MARKER}”写了几处"), "只留一处"));
        };
        if saying > own.len() {
            return Err(self.letterhead.fault(
                &format!("“{MARKER}”没有单独成段"),
                "让它单独占一段，前后没有别的字，也不要放在表格或文本框里",
            ));
        }
        let section = |child: &Element| match child.name.as_str() {
            "w:sectPr" => Some(child.range.clone()),
            "w:p" => Some(child.child("w:pPr")?.child("w:sectPr")?.range.clone()),
            _ => None,
        };
        let end = body.children.len();
        let (at, next, range, left) = match own.first() {
            Some(&at) => {
                let marker = &body.children[at];
                let left = section(marker);
                (at, if left.is_some() { at } else { at + 1 }, marker.range.clone(), left)
            }
            None => {
                let at = if body.children.last().is_some_and(|child| child.name == "w:sectPr") { end - 1 } else { end };
                let start = body.children.get(at).map_or(body.inner.end, |child| child.range.start);
                (at, at, start..start, None)
            }
        };
        let holder = (next..end).find(|index| section(&body.children[*index]).is_some());
        let visible = |child: &Element| matches!(child.name.as_str(), "w:p" | "w:tbl" | "w:sdt");
        let until = holder.unwrap_or(end);
        Ok(Place {
            range,
            left,
            section: holder.and_then(|index| section(&body.children[index])),
            before: body.children.iter().take(at).any(visible),
            after: next <= until && body.children[next.min(until)..until].iter().any(visible)
                || holder.is_some_and(|index| index > at && body.children[index].name == "w:p"),
            last: holder.is_none_or(|index| body.children[index].name == "w:sectPr"),
        })
    }

    /// The path of the part related in this way.
    fn related(&self, root: &Element, kind: &str) -> Option<String> {
        let relation = root.children.iter().find(|own| own.attr("Type").is_some_and(|own| own.ends_with(kind)))?;
        let target = relation.attr("Target")?;
        let path = target.strip_prefix('/').map_or_else(|| format!("{}{target}", self.folder), str::to_owned);
        self.letterhead.parts.contains_key(&path).then_some(path)
    }
}

/// What is put where, from the end to the beginning.
fn splice(text: &str, mut changes: Vec<(Range<usize>, String)>) -> String {
    // At one place what is put in stands before what is replaced.
    changes.sort_by_key(|(range, _)| (range.start, range.end));
    let mut out = text.to_owned();
    for (range, other) in changes.into_iter().rev() {
        out.replace_range(range, &other);
    }
    out
}

/// The greatest number under this name of attribute.
fn greatest(elements: &[&Element], attr: &str) -> u64 {
    elements.iter().filter_map(|own| own.attr(attr)?.parse().ok()).max().unwrap_or(0)
}

/// Their parts and ours.
pub(super) fn merge(letterhead: &Letterhead, own: &Parts) -> Result<Parts, Fault> {
    let document = Document::of(letterhead)?;
    let place = document.place()?;
    let odd = |part: &str| letterhead.odd(part);
    let ours = |path: &str| text(own, path).and_then(|text| Some((text, parse(text)?))).ok_or_else(|| odd(path));
    let mut parts = letterhead.parts.clone();
    let read = |parts: &Parts, path: &str| {
        let text = text(parts, path).ok_or_else(|| odd(path))?.to_owned();
        let root = parse(&text).ok_or_else(|| odd(path))?;
        Ok::<_, Fault>((text, root))
    };
    let (relations, relations_root) = read(&parts, &document.relations)?;

    // Lists.
    let numbers = document.related(&relations_root, "/numbering");
    let (numbers_text, numbers_root) = match &numbers {
        Some(path) => read(&parts, path).map(|(text, root)| (text, Some(root)))?,
        None => (String::new(), None),
    };
    let most = |name: &str, attr: &str| {
        let all: Vec<&Element> =
            numbers_root.iter().flat_map(|root| &root.children).filter(|own| own.name == name).collect();
        greatest(&all, attr)
    };
    let (lists, kinds) = (most("w:num", "w:numId"), most("w:abstractNum", "w:abstractNumId"));

    // Styles.
    let styles_path = document.related(&relations_root, "/styles").ok_or_else(|| odd("styles.xml"))?;
    let (styles_text, styles_root) = read(&parts, &styles_path)?;
    let (own_styles, own_styles_root) = ours("word/styles.xml")?;
    let plain = |root: &Element| root.attr("xmlns:w") == Some(WORD);
    if !plain(&styles_root) || numbers_root.as_ref().is_some_and(|root| !plain(root)) || styles_root.inner.is_empty() {
        return Err(odd(&styles_path));
    }
    let styles = Styles::merge(&own_styles_root, own_styles, &styles_root, lists).ok_or_else(|| odd(&styles_path))?;
    let end = styles_root.inner.end;
    parts.insert(styles_path, splice(&styles_text, vec![(end..end, styles.added.clone())]).into_bytes());

    // What is related: pictures and links.
    let mut more = More::default();
    let (_, own_relations) = ours("word/_rels/document.xml.rels")?;
    let taken: BTreeSet<&str> = relations_root.children.iter().filter_map(|own| own.attr("Id")).collect();
    let fresh = |number: usize| {
        let mut id = format!("rIdYijianshi{number}");
        while taken.contains(id.as_str()) {
            id.push('x');
        }
        id
    };
    let mut links = BTreeMap::new();
    for relation in &own_relations.children {
        let (Some(id), Some(kind), Some(target)) =
            (relation.attr("Id"), relation.attr("Type"), relation.attr("Target"))
        else {
            continue;
        };
        let new = fresh(links.len() + 1);
        if kind.ends_with("/hyperlink") {
            more.relate(&new, kind, target, true);
        } else if kind.ends_with("/image") {
            let bytes = own.get(&format!("word/{target}")).cloned().unwrap_or_default();
            let mut name = format!("media/yijianshi{}.png", links.len() + 1);
            while parts.contains_key(&format!("{}{name}", document.folder)) {
                name = name.replace(".png", "x.png");
            }
            more.relate(&new, kind, &name, false);
            more.png = true;
            parts.insert(format!("{}{name}", document.folder), bytes);
        } else {
            continue;
        }
        links.insert(id.to_owned(), new);
    }

    // The lists themselves.
    let (own_numbers, own_numbers_root) = ours("word/numbering.xml")?;
    let rewritten = |name: &str| -> Option<String> {
        let pieces = own_numbers_root
            .all(name)
            .map(|own| number(own_numbers.get(own.range.clone())?, lists, kinds + 1, &styles));
        pieces.collect()
    };
    let (abstracts, counted) =
        rewritten("w:abstractNum").zip(rewritten("w:num")).ok_or_else(|| odd("numbering.xml"))?;
    match (numbers, numbers_root.filter(|root| !root.inner.is_empty())) {
        (Some(path), Some(root)) => {
            let tail = root.child("w:numIdMacAtCleanup").map_or(root.inner.end, |own| own.range.start);
            let first = root.child("w:num").map_or(tail, |own| own.range.start);
            // In one place they are one change: what comes first stands first.
            let changes = match first == tail {
                true => vec![(tail..tail, abstracts + &counted)],
                false => vec![(first..first, abstracts), (tail..tail, counted)],
            };
            parts.insert(path, splice(&numbers_text, changes).into_bytes());
        }
        (path, _) => {
            let is_new = path.is_none();
            let path = path.unwrap_or_else(|| format!("{}numbering.xml", document.folder));
            let head = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n";
            let whole = format!("{head}<w:numbering xmlns:w=\"{WORD}\">{abstracts}{counted}</w:numbering>");
            parts.insert(path.clone(), whole.into_bytes());
            if is_new {
                more.relate(&fresh(links.len() + 1), &format!("{RELATIONS}/numbering"), "numbering.xml", false);
                let kind = "application/vnd.openxmlformats-officedocument.wordprocessingml.numbering+xml";
                more.types.push((path, kind.to_owned()));
            }
        }
    }

    // The text.
    let (own_document, own_root) = ours("word/document.xml")?;
    let own_body = own_root.child("w:body").ok_or_else(|| odd("document.xml"))?;
    let mut marks = Vec::new();
    for name in ["wp:docPr", "pic:cNvPr"] {
        document.root.below(name, &mut marks);
    }
    let mut bookmarks = Vec::new();
    document.root.below("w:bookmarkStart", &mut bookmarks);
    let marks = greatest(&marks, "id").max(greatest(&bookmarks, "w:id"));
    let paper = Paper::of(place.section.clone().and_then(|range| document.text.get(range)));
    let ids = Ids { styles: &styles, lists, marks, links: &links };
    let written =
        body::write(own_document, own_body, &ids, &paper, place.before).ok_or_else(|| odd(&letterhead.main))?;
    let mut xml = written.xml;
    let mut broken = written.broken;
    // The section goes on behind our text, or turned paper ends with it.
    let turned = written.landscape && place.last && !place.after && place.left.is_none();
    let section = |landscape: bool, first: bool| paper.section(landscape, first).ok_or_else(|| odd(&letterhead.main));
    if written.landscape && !turned {
        xml.push_str(&Paper::end(&section(true, !broken)?));
        broken = true;
    }
    let mut changes = Vec::new();
    let governing = if turned || broken { Some(section(turned, !broken)?) } else { None };
    match (&place.left, &place.section, governing) {
        (Some(left), _, governing) => {
            let kept = document.text.get(left.clone()).unwrap_or_default().to_owned();
            xml.push_str(&Paper::end(&governing.unwrap_or(kept)));
        }
        (None, Some(range), Some(governing)) => changes.push((range.clone(), governing)),
        (None, None, Some(governing)) => xml.push_str(&governing),
        (None, _, None) => {}
    }
    changes.push((place.range.clone(), xml));
    let missing: Vec<(String, String)> = NAMESPACES
        .into_iter()
        .filter(|(name, _)| document.root.attr(name).is_none())
        .map(|(name, uri)| (name.to_owned(), uri.to_owned()))
        .collect();
    if !missing.is_empty() {
        let attrs: Vec<(String, String)> = document.root.attrs.iter().cloned().chain(missing).collect();
        changes.push((document.root.range.start..document.root.inner.start, tag("w:document", &attrs, ">")));
    }
    parts.insert(letterhead.main.clone(), splice(document.text, changes).into_bytes());

    let core = own.get("docProps/core.xml").cloned().unwrap_or_default();
    more.core(letterhead, &mut parts, core)?;
    let end = relations_root.inner.end;
    let related = if relations_root.inner.is_empty() && end == relations_root.range.end {
        let whole = format!("{}{}</Relationships>", tag("Relationships", &relations_root.attrs, ">"), more.relations);
        splice(&relations, vec![(relations_root.range.clone(), whole)])
    } else {
        splice(&relations, vec![(end..end, more.relations.clone())])
    };
    parts.insert(document.relations.clone(), related.into_bytes());
    more.typed(letterhead, &mut parts)?;
    Ok(parts)
}

/// A list of ours under other numbers. What belongs to a style of the agency is not tied to it.
fn number(text: &str, lists: u64, kinds: u64, styles: &Styles) -> Option<String> {
    copy(text, |_, name, attrs| {
        let value = |name: &str| attrs.iter().find(|(own, _)| own == name).map_or("", |(_, value)| value.as_str());
        let with = |wanted: &str, new: String| {
            let pairs =
                attrs.iter().map(|(name, old)| (name.clone(), if name == wanted { new.clone() } else { old.clone() }));
            Edit::Attrs(pairs.collect())
        };
        match name {
            "w:abstractNum" => with("w:abstractNumId", moved(value("w:abstractNumId"), kinds)),
            "w:abstractNumId" => with("w:val", moved(value("w:val"), kinds)),
            "w:num" => with("w:numId", moved(value("w:numId"), lists)),
            "w:pStyle" if styles.theirs.contains(value("w:val")) => Edit::Replace(String::new()),
            "w:pStyle" => with("w:val", styles.id(value("w:val"))),
            _ => Edit::Keep,
        }
    })
}

/// What is added to the lists of the package.
#[derive(Default)]
struct More {
    relations: String,
    types: Vec<(String, String)>,
    png: bool,
}

impl More {
    fn relate(&mut self, id: &str, kind: &str, target: &str, outside: bool) {
        let mut attrs = vec![("Id", id), ("Type", kind), ("Target", target)];
        if outside {
            attrs.push(("TargetMode", "External"));
        }
        self.relations.push_str(&element("Relationship", &attrs));
    }

    /// Title and language are ours: who wrote the template, and when, is not who wrote the document.
    fn core(&mut self, letterhead: &Letterhead, parts: &mut Parts, core: Vec<u8>) -> Result<(), Fault> {
        const ROOT: &str = "_rels/.rels";
        let odd = || letterhead.odd(ROOT);
        let relations = text(&letterhead.parts, ROOT).ok_or_else(odd)?;
        let root = parse(relations).ok_or_else(odd)?;
        let is_core = |own: &&Element| own.attr("Type").is_some_and(|kind| kind.ends_with("/core-properties"));
        if let Some(target) = root.children.iter().find(is_core).and_then(|own| own.attr("Target")) {
            parts.insert(target.trim_start_matches('/').to_owned(), core);
            return Ok(());
        }
        let kind = "http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties";
        let path = "docProps/core.xml";
        let own = element("Relationship", &[("Id", "rIdYijianshiCore"), ("Type", kind), ("Target", path)]);
        let end = root.inner.end;
        parts.insert(ROOT.to_owned(), splice(relations, vec![(end..end, own)]).into_bytes());
        parts.insert(path.to_owned(), core);
        let kind = "application/vnd.openxmlformats-package.core-properties+xml";
        self.types.push((path.to_owned(), kind.to_owned()));
        Ok(())
    }

    fn typed(&self, letterhead: &Letterhead, parts: &mut Parts) -> Result<(), Fault> {
        const TYPES: &str = "[Content_Types].xml";
        let odd = || letterhead.odd(TYPES);
        let types = text(&letterhead.parts, TYPES).ok_or_else(odd)?;
        let root = parse(types).ok_or_else(odd)?;
        let has_png =
            root.all("Default").any(|own| own.attr("Extension").is_some_and(|own| own.eq_ignore_ascii_case("png")));
        let mut start = String::new();
        if self.png && !has_png {
            start = element("Default", &[("Extension", "png"), ("ContentType", "image/png")]);
        }
        let own = self
            .types
            .iter()
            .map(|(path, kind)| element("Override", &[("PartName", &format!("/{path}")), ("ContentType", kind)]));
        let own: String = own.collect();
        let changes = vec![(root.inner.start..root.inner.start, start), (root.inner.end..root.inner.end, own)];
        parts.insert(TYPES.to_owned(), splice(types, changes).into_bytes());
        Ok(())
    }
}

fn element(name: &str, attrs: &[(&str, &str)]) -> String {
    let attrs: Vec<(String, String)> =
        attrs.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect();
    tag(name, &attrs, "/>")
}
