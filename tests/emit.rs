//! What the emitters write: the same bytes each time, nothing from a bundle as markup, figures as the plan has them.

#[path = "emit/code.rs"]
mod code;
#[path = "emit/docx.rs"]
mod docx;
#[path = "emit/form.rs"]
mod form;
#[path = "emit/templates.rs"]
mod templates;
#[path = "emit/word.rs"]
mod word;

use std::fs;
use std::path::Path;

use yijianshi_core::compile;
use yijianshi_core::plan::Plan;
use yijianshi_core::source::{Source, Sources};
use yijianshi_emit::{EMITTERS, Files};

fn compile_with(bundle: &str) -> Plan {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/pages");
    let names = ["yijianshi.yaml", "目录/机构.yaml", "目录/材料.yaml", "目录/数据项.yaml"];
    let shared = names.iter().map(|name| Source::new(name.to_string(), fs::read_to_string(root.join(name)).unwrap()));
    let own = Source::new("小店.yaml".to_owned(), bundle.to_owned());
    let mut compilation = compile::compile(Sources::from_texts(shared.chain([own])));
    let said: Vec<String> = compilation.diagnostics.iter().map(ToString::to_string).collect();
    assert_eq!(compilation.plans.len(), 1, "{said:#?}");
    compilation.plans.remove(0)
}

fn small() -> Plan {
    compile_with(include_str!("emit/小店.yaml"))
}

fn emit(plan: &Plan) -> Files {
    let mut files = Files::new();
    for emitter in EMITTERS {
        (emitter.emit)(plan, &|_| None, &mut files);
    }
    files
}

fn text(files: &Files, name: &str) -> String {
    String::from_utf8(files[name].clone()).unwrap()
}

#[test]
fn documents_of_a_small_bundle() {
    let files = emit(&small());
    for name in [
        "办事指南.md",
        "材料清单.md",
        "改革成效.md",
        "情形问卷.mmd",
        "流程图.mmd",
        "流程图.dot",
        "一张表单.schema.json",
    ] {
        insta::with_settings!({snapshot_path => "emit", prepend_module_to_snapshot => false, omit_expression => true}, {
            insta::assert_snapshot!(name, text(&files, name));
        });
    }
}

#[test]
fn documents_for_officials() {
    let files = emit(&compile_with(include_str!("emit/齐全.yaml")));
    for name in [
        "工作规程.md",
        "窗口业务手册.md",
        "一次告知单.md",
        "任务分工清单.md",
        "数据共享和电子证照应用需求清单.md",
        "改革成效对比.md",
    ] {
        insta::with_settings!({snapshot_path => "emit", prepend_module_to_snapshot => false, omit_expression => true}, {
            insta::assert_snapshot!(name, text(&files, name));
        });
    }
}

#[test]
fn the_same_plan_gives_the_same_bytes() {
    assert_eq!(emit(&small()), emit(&small()));
}

#[test]
fn every_emitter_has_a_name_of_its_own() {
    let mut names: Vec<&str> = EMITTERS.iter().map(|emitter| emitter.name).collect();
    names.sort_unstable();
    names.dedup();
    assert_eq!(names.len(), EMITTERS.len());
}

/// Names that would be markup in one format or another.
const NASTY: &str = "甲\"'<script>alert(1)</script>|]]>`rm`**_x_ [a](javascript:1) 😀 \u{202e}\u{0645}\u{0631}\u{062d} --> %% \\ &lt; {{x}} #1;";

fn nasty() -> Plan {
    let mut plan = small();
    let long = "超长".repeat(200) + &"W".repeat(300);
    plan.bundle.title = NASTY.to_owned();
    plan.bundle.notes = vec![NASTY.to_owned(), long.clone()];
    plan.bundle.online = Some("javascript:alert(1)".to_owned());
    for agency in &mut plan.agencies {
        agency.name += NASTY;
    }
    for question in &mut plan.questions {
        question.name += NASTY;
        question.ask = NASTY.to_owned();
        question.help = Some(NASTY.to_owned());
    }
    for item in &mut plan.items {
        item.name = NASTY.to_owned();
        item.official_name = long.clone();
        item.agency = item.agency.take().map(|agency| agency + NASTY);
    }
    for material in &mut plan.materials {
        material.name = NASTY.to_owned();
        material.holder = Some(NASTY.to_owned());
        material.labels.push(NASTY.to_owned());
        material.sample = Some("https://a.b/\"><script>".to_owned());
    }
    plan.form.name = NASTY.to_owned();
    for group in &mut plan.form.groups {
        group.name = NASTY.to_owned();
        for field in &mut group.fields {
            field.label = NASTY.to_owned();
            field.help.push(NASTY.to_owned());
        }
    }
    for node in &mut plan.flow.nodes {
        node.label = NASTY.to_owned();
        node.actor = NASTY.to_owned();
        node.details.push(NASTY.to_owned());
    }
    for row in plan.decision.items.iter_mut().flat_map(|item| &mut item.rows) {
        row.name = NASTY.to_owned();
        row.label = NASTY.to_owned();
        row.note = Some(NASTY.to_owned());
        row.sample = Some(NASTY.to_owned());
    }
    for lane in &mut plan.flow.lanes {
        lane.name += NASTY;
    }
    for edge in &mut plan.flow.edges {
        edge.label = Some(NASTY.to_owned());
    }
    plan
}

#[test]
fn names_never_become_markup() {
    let files = emit(&nasty());
    // Zip files: see `word` and `workspaces`.
    for (name, bytes) in files.iter().filter(|(name, _)| !name.ends_with(".docx") && !name.ends_with(".xlsx")) {
        let page = String::from_utf8(bytes.clone()).unwrap();
        if name.ends_with(".html") {
            let words = well_formed(name, &page);
            assert!(!words.contains('\u{202e}'), "{name} turns the direction of reading");
            let scripts = page.matches("<script").count();
            // The guide has its data besides its program.
            let own = match name.as_str() {
                "办事指南.html" => 2,
                "一张表单.html" => 1,
                _ => 0,
            };
            assert_eq!(scripts, own, "{name}");
            assert!(!page.contains("href=\"javascript"), "{name}");
        }
        if name.ends_with(".svg") {
            drawing(name, &page);
        }
        if name.ends_with(".md") {
            // What is escaped is text.
            let prose = page.split("```mermaid").next().unwrap().replace("\\<", "").replace("\\]", "");
            assert!(!prose.contains("<script"), "{name}");
            assert!(!prose.contains("](javascript"), "{name}");
        }
        if name.ends_with(".mmd") {
            assert!(!page.contains("<script") && !page.contains("]]>`"), "{name}");
        }
        if name.ends_with(".bpmn") {
            assert!(!page.contains("<script>alert") && !page.contains('\u{202e}'), "{name}");
            let mut reader = quick_xml::Reader::from_str(&page);
            while reader.read_event().unwrap() != quick_xml::events::Event::Eof {}
        }
        if name.ends_with(".json") {
            serde_json::from_str::<serde_json::Value>(&page).unwrap();
        }
    }
}

/// A drawing has only the shapes that every program draws, and nothing from a bundle becomes one.
fn drawing(name: &str, text: &str) {
    use quick_xml::events::Event;
    const SHAPES: [&str; 8] = ["svg", "title", "desc", "rect", "circle", "polygon", "path", "text"];
    let mut reader = quick_xml::Reader::from_str(text);
    loop {
        match reader.read_event().unwrap_or_else(|error| panic!("{name}: {error}")) {
            Event::Start(tag) | Event::Empty(tag) => {
                let word = tag.name();
                let word: &str = word.as_ref();
                assert!(SHAPES.contains(&word), "{name} has <{word}>");
            }
            Event::Eof => break,
            _ => {}
        }
    }
    assert!(!text.contains('\u{202e}'), "{name} turns the direction of reading");
}

/// Every element that is opened is closed, in order; the policy forbids everything but what the page brings itself. Gives the words on it.
fn well_formed(name: &str, page: &str) -> String {
    const VOID: [&str; 4] = ["meta", "br", "input", "!DOCTYPE"];
    let mut open: Vec<String> = Vec::new();
    let mut rest = page;
    let mut words = String::new();
    while let Some(at) = rest.find('<') {
        words.push_str(&rest[..at]);
        rest = &rest[at + 1..];
        let end = rest.find('>').unwrap_or_else(|| panic!("{name}: a tag without an end"));
        let tag = &rest[..end];
        let closed = tag.ends_with('/');
        let word: String = tag.trim_start_matches('/').chars().take_while(|c| !c.is_whitespace()).collect();
        rest = &rest[end + 1..];
        if tag.starts_with('/') {
            assert_eq!(open.pop().as_deref(), Some(&*word), "{name}");
        } else if !closed && !VOID.contains(&&*word) {
            if word == "script" || word == "style" {
                let close = rest.find(&format!("</{word}>")).unwrap();
                rest = &rest[close..];
            }
            open.push(word);
        }
    }
    assert_eq!(open, Vec::<String>::new(), "{name}");
    assert!(page.contains("default-src &#39;none&#39;"), "{name} has no policy");
    words
}

#[test]
fn unknown_figures_are_said_to_be_unknown() {
    let bundle = include_str!("emit/小店.yaml").replace("    时限: 4工作日\n", "");
    let files = emit(&compile_with(&bundle));
    let report = text(&files, "改革成效.md");
    assert!(report.contains("未知（缺占道许可的时限）"), "{report}");
}

#[test]
fn more_stages_than_before_are_not_called_fewer() {
    let mut plan = small();
    for scenario in &mut plan.scenarios {
        scenario.comparison.saved.steps.as_mut().unwrap().amount = (-2).into();
    }
    let report = text(&emit(&plan), "改革成效对比.md");
    assert!(report.contains("，增加2个 |") && !report.contains("减少增加"), "{report}");
}

#[test]
fn typed_punctuation_is_shown_full_width() {
    let guide = text(&emit(&small()), "办事指南.md");
    assert!(guide.contains("是否装修门头，占用道路？"), "{guide}");
}

#[test]
fn the_schema_accepts_what_applies_and_nothing_else() {
    let schema: serde_json::Value = serde_json::from_str(&text(&emit(&small()), "一张表单.schema.json")).unwrap();
    let validator = jsonschema::validator_for(&schema).unwrap();
    let document = |front: bool, phone: Option<&str>, area: i64| {
        let mut fields = serde_json::json!({});
        for (id, field) in schema["properties"]["fields"]["properties"].as_object().unwrap() {
            let value = match field["x-type"].as_str().unwrap() {
                "citizen-id" => Some("430602199001011234"),
                "mobile" => phone,
                _ => Some("文字"),
            };
            if let Some(value) = value {
                fields[id] = value.into();
            }
        }
        serde_json::json!({"answers": {"men_tou": front, "jing_ying_mian_ji": area}, "fields": fields})
    };
    for (front, phone, area, valid) in [
        (true, Some("13800000000"), 80, true),
        (true, None, 80, false),
        (true, Some("1380000"), 80, false),
        (false, None, 80, true),
        (false, Some("13800000000"), 80, false),
        (false, None, 5000, false),
    ] {
        let document = document(front, phone, area);
        let errors: Vec<String> = validator.iter_errors(&document).map(|error| error.to_string()).collect();
        assert_eq!(errors.is_empty(), valid, "{document}: {errors:?}");
    }
}
