//! A record as YAML, in the order of its keys: what is read back from it is the same record.

use std::fmt::Write;

use super::collection::REMOVE;
use super::decode::Text;
use super::kind::Kind;
use super::record::Value;
use super::shape::{Group, Key, Leaf, RecordShape, Visitor};

/// A record as a YAML text. Comments and the way it was written are not kept; the order of the keys is that of their table.
pub fn write(value: &impl Value) -> String {
    let mut writer = Writer { open: vec![Open::default()] };
    value.visit(&mut writer);
    let root = writer.open.pop().and_then(|open| open.entries.into_iter().next());
    let mut out = String::new();
    if let Some((_, root)) = root {
        root.block(0, &mut out);
    }
    out
}

/// A YAML node under way.
#[derive(Debug)]
enum Yaml {
    /// As it has to be written, with its quotes.
    Scalar(String),
    List(Vec<Yaml>),
    Map(Vec<(String, Yaml)>),
}

/// How long a line between brackets may be, in characters.
const WIDTH: usize = 60;

impl Yaml {
    /// On one line between brackets; `None` if that is too long, or if it is more than a list of texts.
    fn flow(&self) -> Option<String> {
        let Yaml::List(items) = self else { return None };
        let mut line = String::new();
        for item in items {
            let Yaml::Scalar(text) = item else { return None };
            line += if line.is_empty() { "" } else { ", " };
            line += text;
        }
        (line.chars().count() <= WIDTH).then(|| format!("[{line}]"))
    }

    /// What follows `key:` or `-` on its line, and below it.
    fn after(&self, indent: usize, out: &mut String) {
        match self {
            Yaml::Scalar(text) => drop(writeln!(out, " {text}")),
            Yaml::Map(entries) if entries.is_empty() => out.push_str(" {}\n"),
            _ => match self.flow() {
                Some(line) => drop(writeln!(out, " {line}")),
                None => {
                    out.push('\n');
                    self.block(indent, out);
                }
            },
        }
    }

    fn block(&self, indent: usize, out: &mut String) {
        match self {
            Yaml::Scalar(text) => drop(writeln!(out, "{:indent$}{text}", "")),
            Yaml::List(items) => {
                for item in items {
                    write!(out, "{:indent$}-", "").expect("a string takes everything");
                    match item {
                        // The first key stands beside the dash.
                        Yaml::Map(entries) if !entries.is_empty() => {
                            let start = out.len();
                            item.block(indent + 2, out);
                            out.replace_range(start..start + indent + 2, " ");
                        }
                        _ => item.after(indent + 2, out),
                    }
                }
            }
            Yaml::Map(entries) => {
                for (key, value) in entries {
                    write!(out, "{:indent$}{key}:", "").expect("a string takes everything");
                    value.after(indent + 2, out);
                }
            }
        }
    }
}

/// A group under way: its entries, each under a key, a name or nothing.
#[derive(Debug, Default)]
struct Open {
    entries: Vec<(String, Yaml)>,
    key: String,
    record: Option<&'static RecordShape>,
    list: bool,
}

struct Writer {
    open: Vec<Open>,
}

impl Writer {
    fn put(&mut self, value: Yaml) {
        let Some(open) = self.open.last_mut() else { return };
        open.entries.push((std::mem::take(&mut open.key), value));
    }

    fn under(&mut self, key: String) {
        if let Some(open) = self.open.last_mut() {
            open.key = key;
        }
    }
}

impl Open {
    fn close(mut self) -> Yaml {
        if self.list {
            return Yaml::List(self.entries.into_iter().map(|(_, value)| value).collect());
        }
        // What only says the key of the short form, and nothing else that is needed, is written as that.
        let record =
            self.record.filter(|record| record.keys.iter().all(|key| !key.required || Some(key.key) == record.short));
        let short = match (&self.entries[..], record) {
            ([(key, value)], Some(record)) if Some(key.as_str()) == record.short => match value {
                // In a table the bare word would take an entry away.
                Yaml::Scalar(text) => text.trim_matches('"') != REMOVE,
                Yaml::List(_) => record.has_short_list(),
                Yaml::Map(_) => false,
            },
            _ => false,
        };
        if short { self.entries.remove(0).1 } else { Yaml::Map(self.entries) }
    }
}

impl<'t> Visitor<'t> for Writer {
    fn open(&mut self, group: Group<'t>) {
        let record = if let Group::Record(shape, _) = group { Some(shape) } else { None };
        self.open.push(Open { record, list: matches!(group, Group::List), ..Open::default() });
    }
    fn close(&mut self) {
        if let Some(open) = self.open.pop() {
            self.put(open.close());
        }
    }
    fn key(&mut self, key: &'static Key) {
        self.under(key.key.to_owned());
    }
    fn name(&mut self, _: Kind, name: &'t Text) {
        self.under(quoted(&name.value));
    }
    fn removed(&mut self, name: &'t Text) {
        self.under(quoted(&name.value));
        self.put(Yaml::Scalar(REMOVE.to_owned()));
    }
    fn change(&mut self, word: &'static str) {
        self.under(word.to_owned());
    }
    fn leaf(&mut self, leaf: Leaf<'t>) {
        self.put(Yaml::Scalar(match leaf {
            Leaf::Text(_, text) => quoted(&text.value),
            Leaf::Condition(condition) => quoted(&condition.to_string()),
            Leaf::Duration(at) => quoted(&at.value.to_string()),
            Leaf::Date(at) => at.value.0.to_string(),
            Leaf::Count(at) => at.value.0.to_string(),
            Leaf::Number(at) => match at.value.to_string() {
                decimal if decimal.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.') => decimal,
                other => quoted(&other),
            },
            Leaf::YesNo(at) => if at.value.0 { "是" } else { "否" }.to_owned(),
            Leaf::Word(word, ..) => quoted(word),
        }));
    }
}

/// A text as a scalar that may stand anywhere, between brackets, too; in double quotes where it would be read as something else.
fn quoted(text: &str) -> String {
    let inner = |c: char| {
        !c.is_control()
            && !",[]{}#:&*!|>'\"%@`\\?".contains(c)
            && !matches!(c, '：' | '，' | '\u{feff}' | '\u{2028}' | '\u{2029}')
    };
    let plain = text.starts_with(|c: char| c.is_alphanumeric() || c == '《' || c == '“')
        && text.chars().all(inner)
        && text.trim() == text
        && text.contains(|c: char| c.is_alphabetic() && !c.is_ascii());
    let id = text.starts_with(|c: char| c.is_ascii_lowercase())
        && text.contains('-')
        && text.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-');
    if plain && text != REMOVE || id {
        return text.to_owned();
    }
    let mut out = String::from("\"");
    for c in text.chars() {
        match c {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            '\t' => out.push_str("\\t"),
            c if c.is_control() || matches!(c, '\u{feff}' | '\u{2028}' | '\u{2029}') => {
                write!(out, "\\u{:04x}", u32::from(c)).expect("a string takes everything");
            }
            c => out.push(c),
        }
    }
    out.push('"');
    out
}
