//! The package: a zip file with the parts of the document and what relates them.

use super::package::pack;
use super::xml::Xml;

/// A bitmap in the package.
#[derive(Debug)]
pub(crate) struct Media {
    /// Its PNG file.
    pub png: Vec<u8>,
}

const TYPE: &str = "application/vnd.openxmlformats-officedocument.wordprocessingml.";
const RELATION: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/";
const PACKAGE: &str = "http://schemas.openxmlformats.org/package/2006/";

/// Parts that are the same in every document: path, content type, relationship, content.
const FIXED: [(&str, &str, &str, &str, &str); 6] = [
    ("word/styles.xml", "styles+xml", "rIdStyles", "styles", include_str!("parts/styles.xml")),
    ("word/settings.xml", "settings+xml", "rIdSettings", "settings", include_str!("parts/settings.xml")),
    ("word/fontTable.xml", "fontTable+xml", "rIdFonts", "fontTable", include_str!("parts/fonts.xml")),
    ("word/theme/theme1.xml", "", "rIdTheme", "theme", include_str!("parts/theme.xml")),
    ("word/footer1.xml", "footer+xml", "rIdOdd", "footer", include_str!("parts/footer-odd.xml")),
    ("word/footer2.xml", "footer+xml", "rIdEven", "footer", include_str!("parts/footer-even.xml")),
];

/// The file. `document` is its main part; `links` and `media` are what the main part names `rIdLink1` and `rIdImage1`, and so on;
/// `lists` is how many numbered lists there are in it.
pub(crate) fn write(title: &str, document: Vec<u8>, links: &[String], media: &[Media], lists: usize) -> Vec<u8> {
    let mut parts: Vec<(String, Vec<u8>)> = vec![
        ("[Content_Types].xml".to_owned(), types(media.is_empty())),
        ("_rels/.rels".to_owned(), root()),
        ("docProps/core.xml".to_owned(), properties(title)),
        ("word/document.xml".to_owned(), document),
        ("word/_rels/document.xml.rels".to_owned(), relations(links, media)),
        ("word/numbering.xml".to_owned(), numbering(lists)),
    ];
    parts.extend(FIXED.iter().map(|(path, .., content)| (path.to_string(), content.as_bytes().to_vec())));
    parts.extend(media.iter().enumerate().map(|(index, own)| (media_path(index), own.png.clone())));
    pack(&parts)
}

fn media_path(index: usize) -> String {
    format!("word/media/image{}.png", index + 1)
}

fn types(plain: bool) -> Vec<u8> {
    let mut xml = Xml::document();
    xml.el("Types", &[("xmlns", &format!("{PACKAGE}content-types"))], |xml| {
        let relations = "application/vnd.openxmlformats-package.relationships+xml";
        xml.void("Default", &[("Extension", "rels"), ("ContentType", relations)]);
        xml.void("Default", &[("Extension", "xml"), ("ContentType", "application/xml")]);
        if !plain {
            xml.void("Default", &[("Extension", "png"), ("ContentType", "image/png")]);
        }
        let mut part = |path: &str, kind: &str| {
            xml.void("Override", &[("PartName", &format!("/{path}")), ("ContentType", kind)]);
        };
        part("word/document.xml", &format!("{TYPE}document.main+xml"));
        part("word/numbering.xml", &format!("{TYPE}numbering+xml"));
        for (path, kind, ..) in FIXED {
            match kind {
                "" => part(path, "application/vnd.openxmlformats-officedocument.theme+xml"),
                kind => part(path, &format!("{TYPE}{kind}")),
            }
        }
        part("docProps/core.xml", "application/vnd.openxmlformats-package.core-properties+xml");
    });
    xml.into_bytes()
}

fn relation(xml: &mut Xml, id: &str, kind: &str, target: &str, outside: bool) {
    let mut attrs = vec![("Id", id), ("Type", kind), ("Target", target)];
    if outside {
        attrs.push(("TargetMode", "External"));
    }
    xml.void("Relationship", &attrs);
}

fn root() -> Vec<u8> {
    let mut xml = Xml::document();
    xml.el("Relationships", &[("xmlns", &format!("{PACKAGE}relationships"))], |xml| {
        relation(xml, "rIdDocument", &format!("{RELATION}officeDocument"), "word/document.xml", false);
        let core = format!("{PACKAGE}relationships/metadata/core-properties");
        relation(xml, "rIdCore", &core, "docProps/core.xml", false);
    });
    xml.into_bytes()
}

fn relations(links: &[String], media: &[Media]) -> Vec<u8> {
    let mut xml = Xml::document();
    xml.el("Relationships", &[("xmlns", &format!("{PACKAGE}relationships"))], |xml| {
        for (path, _, id, kind, _) in FIXED {
            let target = path.strip_prefix("word/").unwrap_or(path);
            relation(xml, id, &format!("{RELATION}{kind}"), target, false);
        }
        relation(xml, "rIdNumbers", &format!("{RELATION}numbering"), "numbering.xml", false);
        for index in 0..media.len() {
            let path = media_path(index);
            let target = path.strip_prefix("word/").unwrap_or(&path);
            relation(xml, &format!("rIdImage{}", index + 1), &format!("{RELATION}image"), target, false);
        }
        for (index, link) in links.iter().enumerate() {
            relation(xml, &format!("rIdLink{}", index + 1), &format!("{RELATION}hyperlink"), link, true);
        }
    });
    xml.into_bytes()
}

/// Title and language. Who made it, and when, is not written: it would not be the same twice.
fn properties(title: &str) -> Vec<u8> {
    let mut xml = Xml::document();
    let attrs = [
        ("xmlns:cp", "http://schemas.openxmlformats.org/package/2006/metadata/core-properties"),
        ("xmlns:dc", "http://purl.org/dc/elements/1.1/"),
    ];
    xml.el("cp:coreProperties", &attrs, |xml| {
        xml.leaf("dc:title", &[], title);
        xml.leaf("dc:language", &[], "zh-CN");
    });
    xml.into_bytes()
}

/// The numbers of headings and lists. Every numbered list begins anew.
fn numbering(lists: usize) -> Vec<u8> {
    let mut xml = Xml::document();
    let main = "http://schemas.openxmlformats.org/wordprocessingml/2006/main";
    xml.el("w:numbering", &[("xmlns:w", main)], |xml| {
        xml.raw(include_str!("parts/numbering-levels.xml"));
        for id in 1..=lists + 3 {
            xml.el("w:num", &[("w:numId", &id.to_string())], |xml| {
                xml.void("w:abstractNumId", &[("w:val", &id.min(3).to_string())]);
                if id > 3 {
                    xml.el("w:lvlOverride", &[("w:ilvl", "0")], |xml| {
                        xml.void("w:startOverride", &[("w:val", "1")]);
                    });
                }
            });
        }
    });
    xml.into_bytes()
}
