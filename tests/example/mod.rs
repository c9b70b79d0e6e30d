//! Examples in the standard workspace: how they are cut into files and compiled.

use std::fs;
use std::path::Path;

use yijianshi_core::compile;
use yijianshi_core::diagnostic::Diagnostic;
use yijianshi_core::source::{Source, Sources};

/// File names with their texts.
pub type Files = Vec<(String, String)>;

/// The workspace in which the examples stand; an example file replaces one of the same name.
fn workspace() -> Files {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/pages");
    let names = ["yijianshi.yaml", "目录/机构.yaml", "目录/材料.yaml", "目录/数据项.yaml"];
    names.iter().map(|name| (name.to_string(), fs::read_to_string(root.join(name)).unwrap())).collect()
}

/// Cuts an example at its `# 文件: 名称` lines; what stands before the first belongs to 例子.yaml.
pub fn files(text: &str) -> Files {
    let mut files = Files::new();
    for line in text.lines() {
        match line.strip_prefix("# 文件: ") {
            Some(name) => files.push((name.to_owned(), String::new())),
            None => {
                if files.is_empty() {
                    files.push(("例子.yaml".to_owned(), String::new()));
                }
                files.last_mut().unwrap().1 += &format!("{line}\n");
            }
        }
    }
    files
}

/// Compiles an example in the standard workspace.
pub fn check(example: &[(String, String)]) -> (Sources, Vec<Diagnostic>) {
    let mut all = workspace();
    for (name, text) in example {
        all.retain(|(other, _)| other != name);
        all.push((name.clone(), text.clone()));
    }
    let sources = Sources::from_texts(all.into_iter().map(|(name, text)| Source::new(name, text)));
    let compilation = compile::compile(sources);
    (compilation.sources, compilation.diagnostics)
}
