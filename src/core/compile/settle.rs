//! What is reported in the end: levels as the manifest sets them, without what the author allows.

use rustc_hash::FxHashMap;

use crate::allow::Allows;
use crate::diagnostic::{Code, Diagnostic, Level, Sink};
use crate::model::{RuleLevel, RuleSetting, closest};
use crate::program::{UNKNOWN_SETTINGS, Workspace};

/// The manifest may re-level rules, and switch them off with a reason; nothing else.
pub(super) fn check_levels(workspace: &Workspace, codes: &[&'static Code], sink: &mut Sink) {
    for entry in workspace.manifest.rules.iter() {
        let name = &entry.name;
        let Some(code) = codes.iter().find(|code| code.name == &*name.value) else {
            let diagnostic = UNKNOWN_SETTINGS.at(name.span, format!("没有叫作“{}”的规则", name.value));
            sink.push(match closest(&name.value, codes.iter().map(|code| code.name)) {
                Some(word) => diagnostic.label(format!("是不是“{word}”？")),
                None => diagnostic.help("用“yijianshi rules”查看全部规则"),
            });
            continue;
        };
        if !code.allowable {
            let message = format!("“{}”不能调整：它说的是读不懂或对不上的内容", name.value);
            sink.push(UNKNOWN_SETTINGS.at(name.span, message).help("删去这一行，改正文件"));
        }
        let off = entry.value.level.as_ref().is_some_and(|level| level.value == RuleLevel::Off);
        if off && entry.value.reason.is_none() {
            sink.push(UNKNOWN_SETTINGS.at(name.span, format!("关闭“{}”没有写理由", name.value)).help(format!(
                "写成“{}: {{{}, {}}}”",
                name.value,
                RuleSetting::level.with(RuleLevel::Off),
                RuleSetting::reason.with("……")
            )));
        }
    }
}

/// Applies the manifest's levels and the author's allows; what is left is reported. `whole`: everything was read and resolved, so that
/// an allow without a finding is one too many.
pub(super) fn settle(workspace: &Workspace, sink: Sink, allows: &mut Allows, whole: bool) -> Vec<Diagnostic> {
    let levels: FxHashMap<&str, RuleLevel> = workspace
        .manifest
        .rules
        .iter()
        .filter_map(|entry| Some((&*entry.name.value, entry.value.level.as_ref()?.value)))
        .collect();
    let adjusted = sink.finish().into_iter().filter_map(|mut diagnostic| {
        if diagnostic.code.allowable {
            match levels.get(diagnostic.code.name) {
                Some(RuleLevel::Off) => return None,
                Some(RuleLevel::Error) => diagnostic.level = Level::Error,
                Some(RuleLevel::Warning) => diagnostic.level = Level::Warning,
                None => {}
            }
        }
        Some(diagnostic)
    });
    let mut kept = Sink::new();
    kept.extend(allows.apply(adjusted.collect()));
    if whole {
        allows.unused(&mut kept);
    }
    kept.finish()
}
