//! A workspace's own templates: what they make, and how they are told that they are wrong.

use std::collections::BTreeMap;
use std::io::{Cursor, Write};

use yijianshi_emit::templates::{Fault, Letterhead, Templates};

use super::{docx, emit, small};

fn templates(files: &[(&str, &str)]) -> Result<Templates, Vec<Fault>> {
    let files: BTreeMap<String, String> =
        files.iter().map(|(name, text)| (name.to_string(), text.to_string())).collect();
    Templates::read("模板/", files)
}

fn render(name: &str, text: &str) -> Result<String, Fault> {
    let text = format!("{{# 模板版本 2 #}}\n{text}");
    let templates =
        templates(&[(name, &text), ("共用/页脚.html", "<p>{{ bundle.title }}</p>")]).map_err(|all| all[0].clone())?;
    templates.render(name, &small()).map(|bytes| String::from_utf8(bytes).unwrap())
}

#[test]
fn templates_see_the_plan_and_escape_for_their_format() {
    let mut plan = small();
    plan.bundle.title = "<b>我要*开店*</b>".to_owned();
    let text = "{# 模板版本 2 #}\n{{ bundle.title }} {{ 版本 }} {% for item in items %}[{{ item.name }}]{% endfor %}";
    let both = templates(&[("甲.html", text), ("甲.md", text)]).unwrap();
    assert_eq!(both.outputs(), ["甲.html", "甲.md"]);
    let of = |name: &str| String::from_utf8(both.render(name, &plan).unwrap()).unwrap();
    assert!(of("甲.html").starts_with("&lt;b&gt;我要*开店*&lt;/b&gt; 2 ["), "{}", of("甲.html"));
    assert!(of("甲.md").starts_with("\\<b\\>我要\\*开店\\*\\</b\\> 2 ["), "{}", of("甲.md"));
    assert_eq!(both.render("甲.html", &plan), both.render("甲.html", &plan));
}

#[test]
fn templates_include_only_their_own_folder() {
    assert!(render("甲.html", "{% include '共用/页脚.html' %}").unwrap().starts_with("<p>"));
    for path in ["../yijianshi.yaml", "/etc/hostname", "共用/没有.html"] {
        let fault = render("甲.html", &format!("{{% include '{path}' %}}")).unwrap_err();
        assert!(fault.message.contains("没有找到"), "{fault}");
    }
}

#[test]
fn what_is_wrong_with_a_template_is_said_with_its_line() {
    let said = |text: &str| {
        let fault = render("甲.html", text).unwrap_err();
        assert_eq!((fault.file.as_str(), fault.line.as_ref().map(|line| line.0)), ("模板/甲.html", Some(3)), "{fault}");
        assert!(!fault.help.is_empty());
        fault.message
    };
    for (text, words) in [
        ("\n{{ bundle.titel }}", "是不是“title”"),
        ("\n{{ bundel.title }}", "没有这一项内容"),
        ("\n{{ bundle.code }}", "是空的"),
        ("\n{{ items }}", "是列表"),
        ("\n{{ bundle.title == '甲' }}", "是“是”或“否”"),
        ("\n{% if %}", "模板写得不对"),
        ("\n{{ bundle.title|大写 }}", "不认得"),
    ] {
        let message = said(text);
        assert!(message.contains(words), "{text}: {message}");
    }
}

#[test]
fn templates_say_their_version() {
    for text in ["<p>", "{# 模板版本 3 #}", "{# 版本 1 #}", ""] {
        let faults = templates(&[("甲.html", text)]).unwrap_err();
        assert!(faults[0].message.contains("版本"), "{text}: {}", faults[0]);
    }
    for text in ["{# 模板版本 2 #}", "{#- 模板版本：2 -#}\n", "\u{feff}{# 模板版本: 2 #}"] {
        assert!(templates(&[("甲.html", text)]).is_ok(), "{text}");
    }
}

#[test]
fn templates_come_to_an_end() {
    let loops = "{% for a in range(9999) %}{% for b in range(9999) %}{% for c in range(9999) %}x{% endfor %}{% endfor %}{% endfor %}";
    assert!(render("甲.html", loops).unwrap_err().message.contains("停下"));
    assert!(render("甲.html", "{% macro m() %}{{ m() }}{% endmacro %}{{ m() }}").is_err());
    let wide = "{% set a = 'x' * 100000 %}{% for b in range(9999) %}{{ a }}{% endfor %}";
    assert!(render("甲.html", wide).unwrap_err().message.contains("停下"));
}

/// A Word file as agencies have it: styles under numbers, a header, a list, the marker in several runs.
fn paper(body: &str, kind: &str) -> Vec<u8> {
    let main = "http://schemas.openxmlformats.org/wordprocessingml/2006/main";
    let office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    let word = "application/vnd.openxmlformats-officedocument.wordprocessingml";
    let package = "http://schemas.openxmlformats.org/package/2006";
    let parts = [
        (
            "[Content_Types].xml",
            format!(
                "<Types xmlns=\"{package}/content-types\"><Default Extension=\"rels\" ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/>\
                 <Override PartName=\"/word/document.xml\" ContentType=\"{kind}\"/>\
                 <Override PartName=\"/word/styles.xml\" ContentType=\"{word}.styles+xml\"/>\
                 <Override PartName=\"/word/numbering.xml\" ContentType=\"{word}.numbering+xml\"/>\
                 <Override PartName=\"/word/header1.xml\" ContentType=\"{word}.header+xml\"/></Types>"
            ),
        ),
        (
            "_rels/.rels",
            format!(
                "<Relationships xmlns=\"{package}/relationships\"><Relationship Id=\"rId1\" Type=\"{office}/officeDocument\" Target=\"word/document.xml\"/></Relationships>"
            ),
        ),
        (
            "word/_rels/document.xml.rels",
            format!(
                "<Relationships xmlns=\"{package}/relationships\"><Relationship Id=\"rId1\" Type=\"{office}/styles\" Target=\"styles.xml\"/>\
                 <Relationship Id=\"rId2\" Type=\"{office}/numbering\" Target=\"numbering.xml\"/>\
                 <Relationship Id=\"rId3\" Type=\"{office}/header\" Target=\"header1.xml\"/></Relationships>"
            ),
        ),
        (
            "word/header1.xml",
            format!("<w:hdr xmlns:w=\"{main}\"><w:p><w:r><w:t>某某市政务服务局</w:t></w:r></w:p></w:hdr>"),
        ),
        (
            "word/styles.xml",
            format!(
                "<w:styles xmlns:w=\"{main}\"><w:style w:type=\"paragraph\" w:default=\"1\" w:styleId=\"a\"><w:name w:val=\"Normal\"/></w:style>\
                 <w:style w:type=\"paragraph\" w:styleId=\"1\"><w:name w:val=\"heading 1\"/><w:basedOn w:val=\"a\"/></w:style>\
                 <w:style w:type=\"paragraph\" w:styleId=\"Note\"><w:name w:val=\"别的\"/></w:style></w:styles>"
            ),
        ),
        (
            "word/numbering.xml",
            format!(
                "<w:numbering xmlns:w=\"{main}\"><w:abstractNum w:abstractNumId=\"7\"><w:lvl w:ilvl=\"0\"><w:numFmt w:val=\"decimal\"/></w:lvl></w:abstractNum>\
                 <w:num w:numId=\"4\"><w:abstractNumId w:val=\"7\"/></w:num></w:numbering>"
            ),
        ),
        (
            "word/document.xml",
            format!(
                "<?xml version=\"1.0\"?>\n<w:document xmlns:w=\"{main}\" xmlns:r=\"{office}\"><w:body>{body}<w:sectPr>\
                 <w:headerReference w:type=\"default\" r:id=\"rId3\"/><w:pgSz w:w=\"11906\" w:h=\"16838\"/>\
                 <w:pgMar w:top=\"1440\" w:right=\"1800\" w:bottom=\"1440\" w:left=\"1800\" w:header=\"851\" w:footer=\"992\" w:gutter=\"0\"/>\
                 <w:titlePg/></w:sectPr></w:body></w:document>"
            ),
        ),
    ];
    let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (path, text) in parts {
        zip.start_file(path, zip::write::SimpleFileOptions::default()).unwrap();
        zip.write_all(text.as_bytes()).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

const KIND: &str = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml";
const HEAD: &str = "<w:p><w:r><w:t>某某市文件</w:t></w:r></w:p>";
const MARKER: &str = "<w:p><w:r><w:t>{{正</w:t></w:r><w:r><w:t>文}}</w:t></w:r></w:p>";
const TAIL: &str = "<w:p><w:r><w:t>抄送</w:t></w:r></w:p>";

fn text(parts: &BTreeMap<String, Vec<u8>>, path: &str) -> String {
    String::from_utf8(parts[path].clone()).unwrap()
}

#[test]
fn documents_are_written_on_an_agencys_paper() {
    let files = emit(&small());
    let bodies =
        [format!("{HEAD}{MARKER}{TAIL}"), format!("{HEAD}{MARKER}"), MARKER.to_owned(), HEAD.to_owned(), String::new()];
    for body in &bodies {
        let bytes = paper(body, KIND);
        let letterhead = Letterhead::read("模板/红头.docx", &bytes).unwrap();
        let before = docx::parts("纸", &bytes);
        for (name, own) in files.iter().filter(|(name, _)| name.ends_with(".docx")) {
            let dressed = letterhead.dress(own).unwrap();
            assert_eq!(dressed, letterhead.dress(own).unwrap(), "{name}");
            docx::read(name, &dressed);
            let parts = docx::parts(name, &dressed);
            assert_eq!(parts["word/header1.xml"], before["word/header1.xml"], "{name}: the header stays");
            let document = text(&parts, "word/document.xml");
            assert!(!document.contains("{{正"), "{name}");
            for (index, words) in ["某某市文件", "抄送"].into_iter().enumerate() {
                let theirs = [HEAD, TAIL][index];
                assert_eq!(document.contains(words), body.contains(theirs), "{name}: {words}");
            }
            // Each section has the agency's header; only the first has a first page of its own.
            let sections = document.matches("<w:sectPr>").count();
            assert_eq!(document.matches("r:id=\"rId3\"").count(), sections, "{name}");
            assert_eq!(document.matches("<w:titlePg/>").count(), 1, "{name}");
            // Headings are the agency's, counted by us; what it has under one of our ids stays.
            assert!(document.contains("<w:pStyle w:val=\"1\"/>") && !document.contains("\"Heading1\""), "{name}");
            let styles = text(&parts, "word/styles.xml");
            assert!(styles.contains("w:styleId=\"Note\"><w:name w:val=\"别的\"/>"), "{name}");
            assert!(styles.contains("w:styleId=\"YijianshiNote\""), "{name}");
            assert_eq!(styles.matches("w:default=\"1\"").count(), 1, "{name}");
        }
    }
}

#[test]
fn paper_that_cannot_be_written_on_is_refused() {
    let kind = |own: &str| paper(MARKER, own);
    let old = b"\xd0\xcf\x11\xe0old".to_vec();
    let table = format!("<w:tbl><w:tr><w:tc>{MARKER}</w:tc></w:tr></w:tbl>");
    let beside = "<w:p><w:r><w:t>在{{正文}}里</w:t></w:r></w:p>";
    for (bytes, words) in [
        (b"text".to_vec(), "不是 Word 文件"),
        (old, "密码"),
        (kind("application/vnd.ms-word.document.macroEnabled.main+xml"), "宏"),
        (kind(&KIND.replace("document.main", "template.main")), "不是 Word 文档"),
        (paper(&format!("{MARKER}{MARKER}"), KIND), "几处"),
        (paper(&table, KIND), "单独成段"),
        (paper(beside, KIND), "单独成段"),
        (paper("<w:p>", KIND), "读不懂"),
    ] {
        let fault = Letterhead::read("模板/红头.docx", &bytes).unwrap_err();
        assert!(fault.message.contains(words) && !fault.help.is_empty(), "{words}: {fault}");
    }
}

#[test]
fn the_guides_template_works_as_it_stands() {
    let guide = std::fs::read_to_string(std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("GUIDE.md")).unwrap();
    let (_, rest) = guide.split_once("```jinja\n").unwrap();
    let (text, _) = rest.split_once("```").unwrap();
    let plan = small();
    let page = templates(&[("公示.html", text)]).unwrap().render("公示.html", &plan).unwrap();
    let page = String::from_utf8(page).unwrap();
    assert_eq!(page.matches("<li>").count(), plan.items.len(), "{page}");
}
