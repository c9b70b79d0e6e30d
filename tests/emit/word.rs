//! Word files: what a reader needs in order to open them without a word of complaint.

use std::collections::{BTreeMap, BTreeSet};

use yijianshi_emit::Files;

use super::docx::{Element, checked};
use super::{compile_with, emit, nasty, small};

fn words(files: &Files) -> BTreeMap<&str, Element> {
    let word = files.iter().filter(|(name, _)| name.ends_with(".docx"));
    word.map(|(name, bytes)| (name.as_str(), checked(name, bytes))).collect()
}

#[test]
fn word_files_are_sound() {
    let full = compile_with(include_str!("齐全.yaml"));
    for plan in [small(), full, nasty()] {
        let files = emit(&plan);
        let words = words(&files);
        assert_eq!(words.len(), 10, "{:?}", words.keys());
    }
}

#[test]
fn the_form_has_a_control_for_every_field() {
    for plan in [small(), nasty()] {
        let files = emit(&plan);
        let words = words(&files);
        let mut controls = Vec::new();
        words["一张表单.docx"].all("w:sdt", &mut controls);
        let says = |control: &Element, name: &str| {
            control.child("w:sdtPr").unwrap().child(name).unwrap().get("w:val").unwrap().to_owned()
        };
        let ids: BTreeSet<String> = controls.iter().map(|control| says(control, "w:id")).collect();
        assert_eq!(ids.len(), controls.len());
        let tags: BTreeSet<String> = controls.iter().map(|control| says(control, "w:tag")).collect();
        assert!(tags.iter().all(|tag| tag.len() <= 64), "{tags:?}");
        for field in plan.form.fields() {
            let (whole, option) = (format!("f-{}", field.id), format!("f-{}-1", field.id));
            assert!(tags.contains(&whole) || tags.contains(&option), "{tags:?}");
        }
    }
}

#[test]
fn names_stay_text_in_word() {
    let files = emit(&nasty());
    for (name, document) in words(&files) {
        let text = document.words();
        assert!(text.contains("<script>alert(1)</script>|]]>`rm`**_x_"), "{name}: {text}");
        assert!(text.contains('😀') && !text.contains('\u{202e}'), "{name}");
    }
}

#[test]
fn a_bundle_that_says_nothing_is_written_all_the_same() {
    let plan = compile_with("一件事: 空\n标识: empty\n联办事项:\n  甲: {名称: 甲, 单位: 城管部门}\n");
    let files = emit(&plan);
    for (name, document) in words(&files) {
        assert!(document.words().contains('空'), "{name}");
    }
    let text = String::from_utf8(files["工作规程.md"].clone()).unwrap();
    assert!(text.contains("牵头单位、承诺时限"), "{text}");
}

#[test]
fn headings_are_numbered_everywhere() {
    let files = emit(&small());
    let text = String::from_utf8(files["工作规程.md"].clone()).unwrap();
    assert!(text.contains("\n## 一、适用范围和依据\n"), "{text}");
    assert!(text.contains("\n### （二）事项办理标准\n"), "{text}");
    let page = String::from_utf8(files["工作规程.html"].clone()).unwrap();
    assert!(page.contains(">二、职责分工</h2>"), "{page}");
    // Word counts by itself.
    let document = checked("工作规程", &files["工作规程.docx"]);
    let mut paragraphs = Vec::new();
    document.all("w:p", &mut paragraphs);
    let of = |style: &str| -> Vec<String> {
        let is = |own: &&&Element| {
            own.child("w:pPr").and_then(|own| own.child("w:pStyle")).and_then(|own| own.get("w:val")) == Some(style)
        };
        paragraphs.iter().filter(is).map(|own| own.words()).collect()
    };
    let headings = of("Heading1");
    assert_eq!(headings[0], "适用范围和依据");
    // The contents are there before anybody brings them up to date.
    let contents: Vec<String> = of("TOC1");
    assert_eq!(contents.len(), headings.len());
    assert_eq!(contents[0], "一、适用范围和依据");
    assert!(contents.iter().zip(&headings).all(|(entry, heading)| entry.ends_with(heading.as_str())));
}
