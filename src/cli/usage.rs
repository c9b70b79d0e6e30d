//! Arguments, help texts and usage errors, in Chinese.

use std::ffi::OsString;
use std::io::Write;
use std::process::ExitCode;

use clap::error::{ContextKind, ContextValue, ErrorKind};
use clap::{ColorChoice, CommandFactory, FromArgMatches};

use super::Cli;

const TOP: &str = "{about}\n\n用法：{usage}\n\n命令：\n{subcommands}\n\n选项：\n{options}{after-help}";
const PLAIN: &str = "{about}\n\n用法：{usage}\n\n选项：\n{options}{after-help}";
const POSITIONAL: &str = "{about}\n\n用法：{usage}\n\n参数：\n{positionals}\n\n选项：\n{options}{after-help}";

/// The command with its help texts.
pub fn command() -> clap::Command {
    let command = Cli::command().help_template(TOP);
    command.mut_subcommands(|sub| {
        let positional = sub.get_positionals().next().is_some();
        sub.help_template(if positional { POSITIONAL } else { PLAIN })
    })
}

/// Reads the arguments; or says what is wrong with them, or gives the help that was asked for.
pub fn parse(args: impl IntoIterator<Item = OsString>) -> Result<Cli, ExitCode> {
    let args: Vec<OsString> = args.into_iter().collect();
    let color = color(&args);
    let found = command().color(color).try_get_matches_from(args).and_then(|found| Cli::from_arg_matches(&found));
    found.map_err(|error| match error.kind() {
        ErrorKind::DisplayHelp | ErrorKind::DisplayVersion => {
            // A reader that goes away is no fault.
            let _ = error.print();
            ExitCode::SUCCESS
        }
        ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand => {
            let _ = error.print();
            ExitCode::from(2)
        }
        _ => {
            let _ = write!(anstream::stderr(), "{}", say(&error));
            ExitCode::from(2)
        }
    })
}

/// `--color`, before the arguments are known to be right.
fn color(args: &[OsString]) -> ColorChoice {
    let value = args.iter().enumerate().find_map(|(index, arg)| match arg.to_str()? {
        "--color" => args.get(index + 1)?.to_str(),
        other => other.strip_prefix("--color="),
    });
    match value {
        Some("always") => ColorChoice::Always,
        Some("never") => ColorChoice::Never,
        _ => ColorChoice::Auto,
    }
}

/// A usage error in Chinese: what is wrong, what may have been meant, where to read more.
fn say(error: &clap::Error) -> String {
    let get = |kind| error.get(kind).map(words).unwrap_or_default();
    let arg = get(ContextKind::InvalidArg);
    let value = get(ContextKind::InvalidValue);
    let mut lines = vec![match error.kind() {
        ErrorKind::InvalidSubcommand => format!("没有“{}”这个命令", get(ContextKind::InvalidSubcommand)),
        ErrorKind::MissingSubcommand => "没有写命令".to_owned(),
        ErrorKind::UnknownArgument if arg.starts_with('-') => format!("没有“{arg}”这个选项"),
        ErrorKind::UnknownArgument => format!("多写了“{arg}”"),
        ErrorKind::InvalidValue if value.is_empty() => format!("“{arg}”后面没有写内容"),
        ErrorKind::ValueValidation => {
            let reason = std::error::Error::source(error).map(|reason| format!("：{reason}"));
            format!("“{arg}”不能写“{value}”{}", reason.unwrap_or_default())
        }
        ErrorKind::InvalidValue => format!("“{arg}”不能写“{value}”"),
        ErrorKind::MissingRequiredArgument => format!("缺少{arg}"),
        ErrorKind::ArgumentConflict => match get(ContextKind::PriorArg) {
            prior if prior == arg || prior.is_empty() => format!("“{arg}”写了两次"),
            prior => format!("“{arg}”和“{prior}”不能一起用"),
        },
        ErrorKind::TooManyValues => format!("“{arg}”后面多写了“{value}”"),
        ErrorKind::TooFewValues | ErrorKind::WrongNumberOfValues => format!("“{arg}”后面的内容个数不对"),
        ErrorKind::NoEquals => format!("“{arg}”后面要用等号"),
        ErrorKind::InvalidUtf8 => "命令里有读不懂的字符".to_owned(),
        _ => "命令写错了".to_owned(),
    }];
    let suggested = [ContextKind::SuggestedSubcommand, ContextKind::SuggestedArg, ContextKind::SuggestedValue];
    for kind in suggested {
        if let Some(meant) = error.get(kind) {
            // The likeliest comes last.
            let meant = words(meant);
            lines.push(format!("是不是“{}”？", meant.rsplit('、').next().unwrap_or(&meant)));
        }
    }
    if let Some(valid) = error.get(ContextKind::ValidValue).or_else(|| error.get(ContextKind::ValidSubcommand)) {
        lines.push(format!("可以写：{}", words(valid)));
    }
    let mut text = format!("错误：{}\n", lines.join("\n  "));
    if let Some(usage) = usage(error) {
        text += &format!("\n用法：{usage}\n");
    }
    text + "更多说明：加上 --help 再运行一次\n"
}

/// The usage of the command that was meant, without the heading.
fn usage(error: &clap::Error) -> Option<String> {
    match error.get(ContextKind::Usage)? {
        ContextValue::StyledStr(text) => {
            let text = text.to_string();
            Some(text.trim_start_matches("Usage:").trim().to_owned())
        }
        _ => None,
    }
}

fn words(value: &ContextValue) -> String {
    match value {
        ContextValue::String(text) => plain(text),
        ContextValue::Strings(list) => list.iter().map(|text| plain(text)).collect::<Vec<_>>().join("、"),
        ContextValue::StyledStr(text) => text.to_string(),
        ContextValue::StyledStrs(list) => list.iter().map(ToString::to_string).collect::<Vec<_>>().join("、"),
        _ => String::new(),
    }
}

/// `--only <名称>` is called `--only`, `[路径]...` is called 路径.
fn plain(text: &str) -> String {
    match text.split_once(' ') {
        Some((name, _)) if text.starts_with('-') => name.to_owned(),
        _ if text.starts_with('-') => text.split('=').next().unwrap_or(text).to_owned(),
        _ => text.trim_end_matches("...").trim_matches(['<', '>', '[', ']']).to_owned(),
    }
}
