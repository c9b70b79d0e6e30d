//! Reads Word files as strictly as Word does. Also a part of the tests of the writer itself.

use std::collections::{BTreeMap, BTreeSet};
use std::io::{Cursor, Read};

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

/// An element with what stands in it.
#[derive(Debug, Default)]
pub struct Element {
    name: String,
    attrs: BTreeMap<String, String>,
    inner: Vec<Element>,
    text: String,
}

impl Element {
    fn of(start: &BytesStart<'_>) -> Element {
        let attrs = start.attributes().map(|attr| {
            let attr = attr.unwrap();
            (attr.key.as_ref().to_owned(), quick_xml::escape::unescape(&attr.value).unwrap().into_owned())
        });
        Element { name: start.name().as_ref().to_owned(), attrs: attrs.collect(), ..Element::default() }
    }

    pub fn get(&self, name: &str) -> Option<&str> {
        self.attrs.get(name).map(String::as_str)
    }

    pub fn child(&self, name: &str) -> Option<&Element> {
        self.inner.iter().find(|own| own.name == name)
    }

    pub fn all<'e>(&'e self, name: &str, found: &mut Vec<&'e Element>) {
        for own in &self.inner {
            if own.name == name {
                found.push(own);
            }
            own.all(name, found);
        }
    }

    pub fn words(&self) -> String {
        let mut texts = Vec::new();
        self.all("w:t", &mut texts);
        texts.into_iter().map(|own| own.text.as_str()).collect()
    }
}

fn parse(name: &str, bytes: &[u8]) -> Element {
    let text = std::str::from_utf8(bytes).unwrap();
    let mut reader = Reader::from_str(text);
    let mut open = vec![Element::default()];
    loop {
        let event = reader.read_event().unwrap_or_else(|error| panic!("{name}: {error}"));
        match event {
            Event::Start(start) => open.push(Element::of(&start)),
            Event::Empty(start) => open.last_mut().unwrap().inner.push(Element::of(&start)),
            Event::End(_) => {
                let last = open.pop().unwrap();
                open.last_mut().unwrap().inner.push(last);
            }
            Event::Text(words) => open.last_mut().unwrap().text += &words,
            Event::GeneralRef(reference) => {
                let words = quick_xml::escape::unescape(&format!("&{};", &*reference)).unwrap().into_owned();
                open.last_mut().unwrap().text += &words;
            }
            Event::Eof => break,
            _ => {}
        }
    }
    assert_eq!(open.len(), 1, "{name}");
    open.remove(0).inner.remove(0)
}

pub fn parts(name: &str, bytes: &[u8]) -> BTreeMap<String, Vec<u8>> {
    let mut zip = zip::ZipArchive::new(Cursor::new(bytes)).unwrap_or_else(|error| panic!("{name}: {error}"));
    let mut parts = BTreeMap::new();
    for index in 0..zip.len() {
        let mut file = zip.by_index(index).unwrap();
        assert!(file.last_modified().is_none_or(|time| time.year() == 1980), "{name} tells the time");
        let path = file.name().unwrap().into_owned();
        let mut bytes = Vec::new();
        file.read_to_end(&mut bytes).unwrap();
        assert!(parts.insert(path, bytes).is_none(), "{name} has a part twice");
    }
    parts
}

/// The main part of a document on our paper, after everything has been checked that a reader relies on.
pub fn checked(name: &str, bytes: &[u8]) -> Element {
    let document = read(name, bytes);
    let body = document.child("w:body").unwrap();
    let last = &body.inner[body.inner.len() - 2..];
    assert_eq!((last[0].name.as_str(), last[1].name.as_str()), ("w:p", "w:sectPr"), "{name}");
    document
}

/// Any document, after the same checks.
pub fn read(name: &str, bytes: &[u8]) -> Element {
    let parts = parts(name, bytes);
    let xml: BTreeMap<&str, Element> = parts
        .iter()
        .filter(|(path, _)| path.ends_with(".xml") || path.ends_with(".rels"))
        .map(|(path, bytes)| (path.as_str(), parse(path, bytes)))
        .collect();
    // Every part has a type, and what is named is there.
    let types = &xml["[Content_Types].xml"];
    for path in parts.keys().filter(|path| *path != "[Content_Types].xml") {
        let ending = path.rsplit('.').next().unwrap();
        let own = format!("/{path}");
        let known = types.inner.iter().any(|entry| match entry.name.as_str() {
            "Override" => entry.get("PartName") == Some(&own),
            _ => entry.get("Extension") == Some(ending) && ending != "xml",
        });
        assert!(known, "{name}: {path} has no type");
    }
    let relations = &xml["word/_rels/document.xml.rels"];
    let mut ids = BTreeSet::new();
    for relation in &relations.inner {
        assert!(ids.insert(relation.get("Id").unwrap()), "{name}: an id twice");
        let target = relation.get("Target").unwrap();
        match relation.get("TargetMode") {
            Some("External") => assert!(target.starts_with("http") && target.is_ascii(), "{name}: {target}"),
            _ => assert!(parts.contains_key(&format!("word/{target}")), "{name}: {target}"),
        }
    }
    let document = &xml["word/document.xml"];
    let mut named = Vec::new();
    for (element, key) in
        [("w:hyperlink", "r:id"), ("w:footerReference", "r:id"), ("w:headerReference", "r:id"), ("a:blip", "r:embed")]
    {
        let mut found = Vec::new();
        document.all(element, &mut found);
        // Links within the document have a bookmark instead.
        found.retain(|own| own.get("w:anchor").is_none());
        named.extend(found.into_iter().map(|own| own.get(key).unwrap().to_owned()));
    }
    for id in &named {
        assert!(ids.contains(id.as_str()), "{name}: {id} is not there");
    }
    let values = |part: &str, element: &str, key: &str| -> BTreeSet<String> {
        let mut found = Vec::new();
        xml[part].all(element, &mut found);
        found.into_iter().map(|own| own.get(key).unwrap().to_owned()).collect()
    };
    let styles = values("word/styles.xml", "w:style", "w:styleId");
    for element in ["w:pStyle", "w:rStyle", "w:tblStyle"] {
        for part in ["word/document.xml", "word/footer1.xml", "word/footer2.xml", "word/numbering.xml"] {
            if !xml.contains_key(part) {
                continue;
            }
            let used = values(part, element, "w:val");
            assert!(used.is_subset(&styles), "{name}: {used:?}");
        }
    }
    let numbers = values("word/numbering.xml", "w:num", "w:numId");
    assert!(values("word/document.xml", "w:numId", "w:val").is_subset(&numbers), "{name}");
    assert!(values("word/styles.xml", "w:numId", "w:val").is_subset(&numbers), "{name}");
    let mut pictures = Vec::new();
    document.all("wp:docPr", &mut pictures);
    let own: BTreeSet<_> = pictures.iter().map(|own| own.get("id").unwrap()).collect();
    assert_eq!(own.len(), pictures.len(), "{name}: pictures share an id");
    assert!(pictures.iter().all(|own| own.get("descr").is_some_and(|words| !words.is_empty())), "{name}");
    tables(name, document);
    order(name, document);
    xml.into_iter().find(|(path, _)| *path == "word/document.xml").unwrap().1
}

/// Rows fill their tables; what goes on below begins above; every cell has a paragraph.
fn tables(name: &str, document: &Element) {
    let mut tables = Vec::new();
    document.all("w:tbl", &mut tables);
    for table in tables {
        let widths: Vec<u32> = table
            .child("w:tblGrid")
            .unwrap()
            .inner
            .iter()
            .map(|column| column.get("w:w").unwrap().parse().unwrap())
            .collect();
        let mut open: BTreeMap<usize, usize> = BTreeMap::new();
        for row in table.inner.iter().filter(|own| own.name == "w:tr") {
            let mut column = 0;
            let mut next = BTreeMap::new();
            for cell in row.inner.iter().filter(|own| own.name == "w:tc") {
                let properties = cell.child("w:tcPr").unwrap();
                let span = properties.child("w:gridSpan").map_or(1, |own| own.get("w:val").unwrap().parse().unwrap());
                let width: u32 = widths[column..column + span].iter().sum();
                let own = properties.child("w:tcW").unwrap().get("w:w").unwrap();
                assert_eq!(own, width.to_string(), "{name}");
                if let Some(merge) = properties.child("w:vMerge") {
                    if merge.get("w:val") == Some("continue") {
                        assert_eq!(open.get(&column), Some(&span), "{name}: a cell goes on that did not begin");
                    }
                    next.insert(column, span);
                }
                assert_eq!(cell.inner.last().unwrap().name, "w:p", "{name}: a cell without a paragraph");
                column += span;
            }
            assert_eq!(column, widths.len(), "{name}: a row has a hole");
            open = next;
        }
        let rows: Vec<_> = table.inner.iter().filter(|own| own.name == "w:tr").collect();
        assert!(!rows.is_empty(), "{name}: a table without rows");
    }
}

/// Properties stand in the order of the schema.
fn order(name: &str, element: &Element) {
    const ORDERS: [(&str, &[&str]); 6] = [
        (
            "w:pPr",
            &["w:pStyle", "w:keepNext", "w:pageBreakBefore", "w:numPr", "w:spacing", "w:ind", "w:jc", "w:sectPr"],
        ),
        ("w:rPr", &["w:rStyle", "w:rFonts", "w:b", "w:u"]),
        ("w:tblPr", &["w:tblStyle", "w:tblW", "w:jc", "w:tblLayout", "w:tblLook", "w:tblCaption"]),
        ("w:tcPr", &["w:tcW", "w:gridSpan", "w:vMerge", "w:shd", "w:vAlign"]),
        ("w:trPr", &["w:cantSplit", "w:trHeight", "w:tblHeader"]),
        (
            "w:sectPr",
            &["w:headerReference", "w:footerReference", "w:pgSz", "w:pgMar", "w:cols", "w:titlePg", "w:docGrid"],
        ),
    ];
    if let Some((_, order)) = ORDERS.iter().find(|(own, _)| *own == element.name) {
        let places: Vec<_> = element.inner.iter().map(|own| order.iter().position(|name| *name == own.name)).collect();
        assert!(places.iter().all(Option::is_some), "{name}: {element:?}");
        assert!(places.is_sorted(), "{name}: {element:?}");
    }
    for inner in &element.inner {
        order(name, inner);
    }
}
