//! Findings as plain data: where they are in words, not in spans.

use yijianshi_core::compile::Allowed;
use yijianshi_core::diagnostic::{Diagnostic, Level};
use yijianshi_core::plan::SourceRef;
use yijianshi_core::source::Sources;

/// A finding.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Finding {
    /// Where: the file from the workspace's folder, and the line.
    pub source: SourceRef,
    /// The rule.
    pub code: &'static str,
    /// What is wrong.
    pub message: String,
    /// What the rule is about.
    pub title: &'static str,
    /// What to do.
    pub help: Option<String>,
    /// Why it may stay, if the author allows it.
    pub reason: Option<String>,
}

/// What was found in a text without errors.
#[derive(Debug, Clone, Default)]
pub struct Findings {
    /// Warnings.
    pub warnings: Vec<Finding>,
    /// What the author allows, with reasons.
    pub allowed: Vec<Finding>,
}

/// How the manifest sets a rule.
#[derive(Debug, Clone)]
pub struct Setting {
    /// The rule.
    pub code: &'static str,
    /// What it is about.
    pub title: &'static str,
    /// The level, or that it is switched off.
    pub level: &'static str,
    /// Why.
    pub reason: Option<String>,
}

impl Findings {
    /// Those of a bundle or of the shared files; `root` is what the names of the workspace's files begin with.
    pub fn of(diagnostics: &[Diagnostic], allowed: &[Allowed], sources: &Sources, root: &str) -> Findings {
        let finding = |diagnostic: &Diagnostic, reason: Option<&String>| {
            let source = sources.get(diagnostic.span.source);
            Finding {
                source: SourceRef {
                    file: source.name().strip_prefix(root).unwrap_or(source.name()).to_owned(),
                    line: source.place(diagnostic.span.start as usize).line,
                },
                code: diagnostic.code.name,
                message: diagnostic.message.clone(),
                title: diagnostic.code.title(),
                help: diagnostic.help.clone(),
                reason: reason.cloned(),
            }
        };
        let warnings = diagnostics.iter().filter(|diagnostic| diagnostic.level == Level::Warning);
        Findings {
            warnings: warnings.map(|diagnostic| finding(diagnostic, None)).collect(),
            allowed: allowed.iter().map(|own| finding(&own.diagnostic, Some(&own.reason))).collect(),
        }
    }
}
