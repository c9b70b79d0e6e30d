//! The documents are true: their examples compile, their generated parts are fresh.

use std::collections::BTreeMap;
use std::fmt::Write;
use std::fs;
use std::path::{Path, PathBuf};

use yijianshi_core::compile;
use yijianshi_core::diagnostic::{Code, Subject};
use yijianshi_core::model::{self, Key, Record};
use yijianshi_core::source::{Source, Sources};

fn path(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(name)
}

fn read(name: &str) -> String {
    fs::read_to_string(path(name)).unwrap_or_default()
}

/// Compares a generated file with what it should be; rewrites it if asked to.
fn fresh(name: &str, expected: &str) {
    if std::env::var_os("BLESS").is_some() {
        fs::write(path(name), expected).unwrap();
    }
    assert!(read(name) == expected, "{name} is not fresh: BLESS=1 cargo test");
}

/// The public page of a code, for a file of its own.
fn page(code: &Code) -> String {
    let mut page = String::new();
    let allow = if code.allowable { "，可以允许" } else { "" };
    let (level, subject) = (code.level.label(), code.subject.label());
    for line in code.page.lines().map(|line| line.strip_prefix(' ').unwrap_or(line).trim_end()) {
        if page.is_empty() || !line.is_empty() || !page.ends_with("\n\n") {
            writeln!(page, "{line}").unwrap();
        }
        if line.starts_with("# ") {
            writeln!(page, "\n`{}`（{level}{allow}）· [{subject}](README.md#{subject})", code.name).unwrap();
        }
    }
    page
}

#[test]
fn rule_pages_are_fresh() {
    let codes = compile::codes();
    let mut index = String::from(
        "# 检查哪些问题\n\n由程序生成，与 `yijianshi explain 名称` 的内容相同。\
         标“可以允许”的，可以在文中写 `# 允许(名称): 理由` 保留。\n",
    );
    for subject in Subject::ALL {
        writeln!(index, "\n## {}\n", subject.label()).unwrap();
        for code in codes.iter().filter(|code| code.subject == subject) {
            writeln!(index, "- [`{0}`]({0}.md)（{1}）：{2}", code.name, code.level.label(), code.title()).unwrap();
        }
    }
    let mut pages: BTreeMap<String, String> = codes.iter().map(|code| (code.file(), page(code))).collect();
    pages.insert("RULES/README.md".to_owned(), index);
    for entry in fs::read_dir(path("RULES")).unwrap() {
        let name = format!("RULES/{}", entry.unwrap().file_name().to_string_lossy());
        if !pages.contains_key(&name) && std::env::var_os("BLESS").is_some() {
            fs::remove_file(path(&name)).unwrap();
        }
        assert!(
            pages.contains_key(&name) || !path(&name).exists(),
            "{name} is of no rule any more: BLESS=1 cargo test"
        );
    }
    for (name, text) in pages {
        fresh(&name, &text);
    }
}

/// What messages and pages name is there.
#[test]
fn links_lead_somewhere() {
    for document in
        ["README.md", "README.en.md", "GUIDE.md", "CONTRIBUTING.md", "DESIGN.md", "CHANGELOG.md", "RULES/README.md"]
    {
        let folder = path(document).parent().unwrap().to_owned();
        for link in read(document).split("](").skip(1).filter_map(|rest| rest.split_once(')')).map(|(link, _)| link) {
            let file = link.split('#').next().unwrap();
            let outside = file.is_empty() || file.contains("://");
            assert!(outside || folder.join(file).exists(), "{document} names {link}, which is not there");
        }
    }
}

fn table<R: Record>(out: &mut String) {
    write!(out, "\n### {}\n\n", R::RECORD.title()).unwrap();
    if let Some(short) = R::RECORD.short {
        let what = if R::RECORD.has_short_list() { "一段文字或一个列表" } else { "一段文字" };
        write!(out, "只写{what}，就是写“{short}”。\n\n").unwrap();
    }
    out.push_str("| 键 | 写什么 | 说明 |\n|---|---|---|\n");
    for Key { key, doc, required, shape, .. } in R::RECORD.keys {
        let must = if *required { "（必填）" } else { "" };
        let doc = doc.lines().map(str::trim).collect::<String>();
        writeln!(out, "| {key}{must} | {shape} | {doc} |").unwrap();
    }
}

#[test]
fn key_table_of_the_guide_is_fresh() {
    const MARK: &str = "<!-- 以下由程序生成：BLESS=1 cargo test -->\n";
    let guide = read("GUIDE.md");
    let (prose, _) = guide.split_once(MARK).expect("the mark stands in GUIDE.md");
    let mut out = format!("{prose}{MARK}");
    table::<model::Bundle>(&mut out);
    table::<model::Item>(&mut out);
    table::<model::MaterialUse>(&mut out);
    table::<model::Precondition>(&mut out);
    table::<model::Stage>(&mut out);
    table::<model::Form>(&mut out);
    table::<model::FormField>(&mut out);
    table::<model::Outcome>(&mut out);
    table::<model::LegalBasis>(&mut out);
    table::<model::Fee>(&mut out);
    table::<model::Intermediary>(&mut out);
    table::<model::ServicePlace>(&mut out);
    table::<model::Faq>(&mut out);
    table::<model::Question>(&mut out);
    table::<model::NumberRange>(&mut out);
    table::<model::DateRange>(&mut out);
    table::<model::Constraint>(&mut out);
    table::<model::Exit>(&mut out);
    out.push_str("\n### 改革举措\n\n每条举措只写一种：\n\n| 键 | 说明 |\n|---|---|\n");
    for Key { key, doc, .. } in model::Measure::RECORD.keys {
        writeln!(out, "| {key} | {} |", doc.trim()).unwrap();
    }
    table::<model::CompressTime>(&mut out);
    table::<model::JointStage>(&mut out);
    table::<model::AddMaterial>(&mut out);
    table::<model::MaterialMeasure>(&mut out);
    table::<model::DropStage>(&mut out);
    table::<model::LiftPrecondition>(&mut out);
    table::<model::FullyOnline>(&mut out);
    table::<model::Scenario>(&mut out);
    table::<model::Expected>(&mut out);
    table::<model::Published>(&mut out);
    table::<model::Figures>(&mut out);
    table::<model::ListGroup>(&mut out);
    table::<model::ListRow>(&mut out);
    table::<model::ComparisonRow>(&mut out);
    table::<model::PublishedItem>(&mut out);
    table::<model::PublishedStep>(&mut out);
    table::<model::Burden>(&mut out);
    table::<model::Manifest>(&mut out);
    table::<model::Region>(&mut out);
    table::<model::Counting>(&mut out);
    table::<model::RuleSetting>(&mut out);
    table::<model::CalendarDay>(&mut out);
    table::<model::Material>(&mut out);
    table::<model::Agency>(&mut out);
    table::<model::Element>(&mut out);
    table::<model::Capability>(&mut out);
    fresh("GUIDE.md", &out);
}

/// The catalogues in which the examples stand.
fn workspace() -> Vec<(String, String)> {
    ["yijianshi.yaml", "目录/机构.yaml", "目录/材料.yaml", "目录/数据项.yaml"]
        .into_iter()
        .map(|name| (name.to_owned(), read(&format!("tests/pages/{name}"))))
        .collect()
}

/// Every YAML block of README and GUIDE is compiled: those of the guide are silent, that of the README is complained about just so.
#[test]
fn examples_are_true() {
    for (document, expected) in [("README.md", &["impossible-promises"][..]), ("GUIDE.md", &[][..])] {
        let text = read(document);
        let prose = text.split("键一览\n").next().unwrap();
        for block in prose.split("```yaml\n").skip(1).map(|rest| rest.split("```").next().unwrap()) {
            let mut files = workspace();
            let mut own: Vec<(String, String)> = Vec::new();
            for line in block.lines() {
                match line.strip_prefix("# 文件: ") {
                    Some(name) => own.push((name.to_owned(), String::new())),
                    None if own.is_empty() => own.push(("例子.yaml".to_owned(), format!("{line}\n"))),
                    None => own.last_mut().unwrap().1 += &format!("{line}\n"),
                }
            }
            files.extend(own.clone());
            let sources = files.into_iter().map(|(name, text)| Source::new(name, text));
            let compilation = compile::compile(Sources::from_texts(sources));
            let said: Vec<_> = compilation
                .diagnostics
                .iter()
                .filter(|d| own.iter().any(|(name, _)| name == compilation.sources.get(d.span.source).name()))
                // The README shows one finding; an identity card that is still asked for is another matter.
                .filter(|d| expected.is_empty() || expected.contains(&d.code.name))
                .filter(|d| d.code.name != "unused-entries")
                .map(|d| d.code.name)
                .collect();
            assert_eq!(said, expected, "{document}:\n{block}\n{:#?}", compilation.diagnostics);
        }
    }
}

#[test]
fn readme_is_short() {
    let lines = read("README.md").lines().count();
    assert!(lines <= 150, "README.md has {lines} lines");
}
