//! `check`: says everything that can be proved wrong.

use std::path::PathBuf;

use super::load::{self, LoadError};
use crate::compile::Goal;
use crate::diagnostic::{Level, Renderer, Theme};

const CHUNK: usize = 64;

/// Checks everything at `paths`; whether there is no error.
pub fn run(paths: &[PathBuf]) -> Result<bool, LoadError> {
    let renderer = Renderer::new(Theme { colour: false, unicode: true }, 100);
    let (mut errors, mut warnings) = (0, 0);
    for files in load::find(paths)? {
        let mut loaded = load::open(&files)?;
        let mut text = String::new();
        for chunk in loaded.bundles.chunks(CHUNK) {
            for (sources, _, compiled) in load::compile_chunk(&loaded.opened, chunk, Goal::Check)? {
                for diagnostic in &compiled.diagnostics {
                    match diagnostic.level {
                        Level::Error => errors += 1,
                        Level::Warning => warnings += 1,
                    }
                    renderer.render(&sources, diagnostic, &mut text);
                    text.push('\n');
                }
                loaded.opened.seen(compiled.summary);
            }
        }
        let (workspace, diagnostics) = loaded.opened.close(files.is_complete());
        for diagnostic in &diagnostics {
            match diagnostic.level {
                Level::Error => errors += 1,
                Level::Warning => warnings += 1,
            }
            renderer.render(&workspace.sources, diagnostic, &mut text);
            text.push('\n');
        }
        anstream::print!("{text}");
    }
    anstream::println!("{errors} 个错误\u{ff0c}{warnings} 个警告");
    Ok(errors == 0)
}
