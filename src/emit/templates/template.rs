//! Pages and Markdown by templates of the workspace. A template sees the plan as it stands in `plan.json` and the version of what
//! it sees; what it prints is escaped for the format of its file and shown as all prose is. It includes nothing but other
//! templates of the workspace, and it comes to an end.

use std::collections::BTreeMap;
use std::io::{self, Write};

use minijinja::syntax::SyntaxConfig;
use minijinja::value::{Serde, Value, ValueKind};
use minijinja::{AutoEscape, Environment, Error, ErrorKind, Output, State, UndefinedBehavior};

use super::fault::Fault;
use crate::write::markdown::escaped;
use crate::write::text::display;
use yijianshi_core::diagnostic::closest;
use yijianshi_core::plan::{self, Plan};

/// The version of what templates see; it grows with the plan's.
pub const CONTEXT: u32 = plan::VERSION;

/// How much a template may do: steps, nesting, bytes written.
const STEPS: u64 = 5_000_000;
const DEPTH: usize = 60;
const LARGEST: usize = 32 << 20;
/// The escaping of Markdown.
const MARKDOWN: &str = "markdown";

/// The templates of a workspace.
#[derive(Debug)]
pub struct Templates {
    environment: Environment<'static>,
    /// Those that make a file of their name: all that do not lie in a folder.
    outputs: Vec<String>,
    /// What is put before a name in messages.
    folder: String,
}

impl Templates {
    /// The templates in `files`: path from their folder (`/` between folders) and text. `folder` is how the folder is called in
    /// messages.
    ///
    /// # Errors
    ///
    /// Everything that can be seen to be wrong before there is a plan.
    pub fn read(folder: &str, files: BTreeMap<String, String>) -> Result<Templates, Vec<Fault>> {
        let mut environment = Environment::new();
        environment.set_undefined_behavior(UndefinedBehavior::Strict);
        environment.set_auto_escape_callback(|name| match name.rsplit_once('.') {
            Some((_, "md")) => AutoEscape::Custom(MARKDOWN.into()),
            _ => AutoEscape::Html,
        });
        environment.set_formatter(print);
        environment.set_fuel(Some(STEPS));
        environment.set_recursion_limit(DEPTH);
        let syntax = SyntaxConfig::builder().trim_blocks(true).lstrip_blocks(true).keep_trailing_newline(true).build();
        environment.set_syntax(syntax.expect("the marks are the usual ones"));
        environment.set_debug(true);
        environment.add_filter("显示", |text: &str| display(text));
        let mut outputs = Vec::new();
        let mut faults = Vec::new();
        for (name, text) in files {
            if !name.contains('/') {
                faults.extend(version(folder, &name, &text));
                outputs.push(name.clone());
            }
            if let Err(error) = environment.add_template_owned(name.clone(), text) {
                faults.push(fault(folder, &name, &error, None));
            }
        }
        if faults.is_empty() { Ok(Templates { environment, outputs, folder: folder.to_owned() }) } else { Err(faults) }
    }

    /// The files that they make, in the order of their names.
    pub fn outputs(&self) -> &[String] {
        &self.outputs
    }

    /// What the template called `name` makes of a plan.
    ///
    /// # Errors
    ///
    /// What is wrong, where; also for a name that is none of [`Templates::outputs`].
    pub fn render(&self, name: &str, plan: &Plan) -> Result<Vec<u8>, Fault> {
        let mut context = match serde_json::to_value(plan) {
            Ok(serde_json::Value::Object(context)) => context,
            _ => serde_json::Map::new(),
        };
        context.insert("版本".to_owned(), CONTEXT.into());
        let mut out = Limited(Vec::new());
        let values = Value::from(Serde(&context));
        let template = self.environment.get_template(name);
        match template.and_then(|template| template.render_captured_to(values, &mut out).map(|_| ())) {
            Ok(()) => Ok(out.0),
            Err(error) => Err(fault(&self.folder, name, &error, Some(&serde_json::Value::Object(context)))),
        }
    }
}

/// Takes so many bytes and no more.
struct Limited(Vec<u8>);

impl Write for Limited {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        if self.0.len() + bytes.len() > LARGEST {
            return Err(io::Error::other("too large"));
        }
        self.0.extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// A template says in its first line which version it was written for, so that it is not given another unnoticed.
fn version(folder: &str, name: &str, text: &str) -> Option<Fault> {
    let first = text.trim_start_matches('\u{feff}').lines().next().unwrap_or_default();
    let inner = first.trim().strip_prefix("{#").and_then(|rest| rest.split("#}").next()).unwrap_or_default();
    let inner = inner.trim().trim_matches('-').trim();
    let number = inner.strip_prefix("模板版本").map(|rest| rest.trim_start_matches([':', '：', ' ']).trim());
    let line = Some((1, first.to_owned()));
    let file = format!("{folder}{name}");
    match number {
        None => Some(Fault {
            file,
            line,
            message: "第一行没有写模板版本".to_owned(),
            help: format!("第一行写上 {{# 模板版本 {CONTEXT} #}}"),
        }),
        Some(number) if number != CONTEXT.to_string() => Some(Fault {
            file,
            line,
            message: format!("模板是按版本{number}写的，现在的版本是{CONTEXT}"),
            help: format!("对照 plan.json 的说明核对模板里用到的名称，再把版本改成{CONTEXT}"),
        }),
        Some(_) => None,
    }
}

/// Prints a value: prose as it is shown everywhere, escaped for the file; what is no prose is an error.
fn print(out: &mut Output<'_>, state: &mut State<'_, '_>, value: &Value) -> Result<(), Error> {
    let refuse = |message: &'static str| Err(Error::new(ErrorKind::BadSerialization, message));
    if value.is_safe() {
        return write!(out, "{value}").map_err(Error::from);
    }
    let text = match value.kind() {
        ValueKind::Undefined => return Err(Error::new(ErrorKind::UndefinedError, "undefined value")),
        ValueKind::None => return refuse(EMPTY),
        ValueKind::Bool => return refuse(TRUTH),
        ValueKind::Seq | ValueKind::Map | ValueKind::Iterable => return refuse(LIST),
        ValueKind::Number => value.to_string(),
        _ => display(&value.to_string()),
    };
    let escaped = match state.auto_escape() {
        AutoEscape::Custom(name) if name == MARKDOWN => escaped(&text),
        AutoEscape::None => text,
        _ => {
            let mut escaped = String::new();
            crate::write::escape::escape(&text, &mut escaped);
            escaped
        }
    };
    out.write_str(&escaped).map_err(Error::from)
}

const EMPTY: &str = "empty";
const TRUTH: &str = "truth";
const LIST: &str = "list";

/// An error of the engine in the words of this program. The innermost one knows best.
fn fault(folder: &str, name: &str, error: &Error, context: Option<&serde_json::Value>) -> Fault {
    let mut own = error;
    let mut inner: Option<&(dyn std::error::Error + 'static)> = std::error::Error::source(error);
    while let Some(error) = inner {
        if let Some(error) = error.downcast_ref::<Error>() {
            own = error;
        }
        inner = error.source();
    }
    let place = if own.line().is_some() { own } else { error };
    let source = place.template_source().unwrap_or_default();
    let text = |number: usize| source.lines().nth(number.saturating_sub(1)).unwrap_or_default().to_owned();
    let part = place.range().and_then(|range| source.get(range)).unwrap_or_default();
    let part = part.trim_start_matches(['{', '%', '-', '+', ' ']).lines().next().unwrap_or_default().trim();
    let detail = own.detail().unwrap_or_default();
    let (message, help) = words(own.kind(), detail, part, context);
    Fault {
        file: format!("{folder}{}", place.name().unwrap_or(name)),
        line: place.line().map(|number| (number, text(number))),
        message,
        help,
    }
}

fn words(kind: ErrorKind, detail: &str, part: &str, context: Option<&serde_json::Value>) -> (String, String) {
    let named = |what: &str| if part.is_empty() { what.to_owned() } else { format!("“{part}”{what}") };
    let (message, help) = match kind {
        ErrorKind::UndefinedError => {
            let last = part.rsplit(['.', ' ', '[']).next().unwrap_or_default();
            let mut known = Vec::new();
            context.into_iter().for_each(|context| keys(context, &mut known));
            known.sort_unstable();
            known.dedup();
            let meant = closest(last, known.iter().copied()).filter(|word| *word != last);
            let meant = meant.map(|word| format!("，是不是“{word}”？")).unwrap_or_default();
            return (
                named("没有这一项内容") + &meant,
                "名称要与 plan.json 里的一致；不一定有的，先用 {% if … %} 判断".to_owned(),
            );
        }
        ErrorKind::BadSerialization if detail == EMPTY => {
            (named("是空的：原文没有写"), "先用 {% if … %} 判断，或者写 {{ … | default(\"没有写明\", true) }}")
        }
        ErrorKind::BadSerialization if detail == TRUTH => {
            (named("的值是“是”或“否”，不是文字"), "用 {% if … %} 判断，自己写出要显示的文字")
        }
        ErrorKind::BadSerialization if detail == LIST => {
            (named("是列表或者一组内容，不是文字"), "用 {% for … in … %} 逐项写，文字的列表也可以用 join")
        }
        ErrorKind::SyntaxError => {
            (format!("模板写得不对（{detail}）"), "对照前后的 {{ }}、{% %} 是否成对，if、for 是否有 endif、endfor")
        }
        ErrorKind::UnknownFilter | ErrorKind::UnknownFunction | ErrorKind::UnknownTest | ErrorKind::UnknownMethod => {
            (named("里有不认得的函数或过滤器"), "改用模板语言 Jinja 自带的，或者这里的“显示”")
        }
        ErrorKind::TemplateNotFound | ErrorKind::BadInclude => {
            (named("引用的模板没有找到"), "只能引用“模板”文件夹里的 .html 和 .md，路径从这个文件夹算起")
        }
        ErrorKind::OutOfFuel => (named("要算的步数太多，停下了"), "检查循环里是不是又套了循环"),
        ErrorKind::WriteFailure => ("写出来的内容太多，停下了".to_owned(), "检查循环"),
        _ => (named(&format!("算不出来（{detail}）")), "对照 plan.json 里这一项是什么内容"),
    };
    (message, help.to_owned())
}

/// All keys anywhere in it.
fn keys<'v>(value: &'v serde_json::Value, known: &mut Vec<&'v str>) {
    match value {
        serde_json::Value::Object(map) => {
            for (key, value) in map {
                known.push(key);
                keys(value, known);
            }
        }
        serde_json::Value::Array(list) => list.iter().for_each(|value| keys(value, known)),
        _ => {}
    }
}
