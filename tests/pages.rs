//! The examples on the pages of all codes run: the bad one is reported under its code and nothing else, the good one is silent,
//! and a safe fix makes the bad one good.

use crate::example;

use example::{Files, check, files};
use yijianshi_core::compile;
use yijianshi_core::diagnostic::{Code, Diagnostic, Subject, apply_fixes};
use yijianshi_core::source::Sources;

/// The fenced blocks below the heading, each with its file name (`# 文件: 名称` on the first line, or 例子.yaml).
fn examples(page: &str, heading: &str) -> Vec<Files> {
    let mut blocks = Vec::new();
    let mut block: Option<String> = None;
    let mut below = false;
    for line in page.lines().map(|line| line.strip_prefix(' ').unwrap_or(line)) {
        match &mut block {
            Some(_) if line == "```" => blocks.push(files(&block.take().unwrap())),
            Some(text) => *text += &format!("{line}\n"),
            None if line.starts_with("## ") => below = line == format!("## {heading}"),
            None if below && line == "```yaml" => block = Some(String::new()),
            None => {}
        }
    }
    blocks
}

fn is_syntax(code: &Code) -> bool {
    code.subject == Subject::Yaml
}

/// The catalogues of the example workspace hold more than any one example uses.
fn relevant(code: &Code, diagnostics: &[Diagnostic], sources: &Sources, example: &[(String, String)]) -> Vec<String> {
    diagnostics
        .iter()
        // A page about YAML shows fragments, which are no whole files.
        .filter(|d| !is_syntax(code) || is_syntax(d.code))
        .filter(|d| d.code == code || example.iter().any(|(name, _)| name == sources.get(d.span.source).name()))
        .map(|d| d.to_string())
        .collect()
}

#[test]
fn bad_examples_are_reported_and_good_ones_are_silent() {
    let mut faults = Vec::new();
    for code in compile::codes() {
        for example in examples(code.page, "反例") {
            let (sources, diagnostics) = check(&example);
            let said = relevant(code, &diagnostics, &sources, &example);
            // An allow that does not work leaves what it was meant for.
            let only = |d: &Diagnostic| d.code == code || code.subject == Subject::Allowing;
            if said.is_empty() || diagnostics.iter().any(|d| said.contains(&d.to_string()) && !only(d)) {
                faults.push(format!("{}: the bad example says {said:#?}", code.name));
            }
            let fixed: Vec<_> = example
                .iter()
                .map(|(name, text)| {
                    let id = sources.find(name).unwrap();
                    (name.clone(), apply_fixes(text, id, &diagnostics).0)
                })
                .collect();
            if fixed != example {
                let (sources, diagnostics) = check(&fixed);
                let left = relevant(code, &diagnostics, &sources, &fixed);
                if !left.is_empty() {
                    faults.push(format!("{}: the safe fix leaves {left:#?}\n{fixed:#?}", code.name));
                }
            }
        }
        for example in examples(code.page, "正例") {
            let (sources, diagnostics) = check(&example);
            let said = relevant(code, &diagnostics, &sources, &example);
            if !said.is_empty() {
                faults.push(format!("{}: the good example says {said:#?}", code.name));
            }
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}
