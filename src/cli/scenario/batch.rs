//! Many sets of answers at once: one JSON object a line in, one a line out, in the same order.

use std::fs;
use std::io::Read as _;
use std::path::Path;

use serde::Serialize;
use serde_json::{Map, Value};

use super::{Failure, date, faults, intractable};
use yijianshi_core::facts::{Asked, Facts};
use yijianshi_core::plan::trial::Trial;
use yijianshi_core::source::Date;

/// What one line comes to.
#[derive(Serialize)]
struct Reply {
    /// From 1.
    line: usize,
    /// What the answers come to; nothing if they cannot be read.
    trial: Option<Trial>,
    /// Why they cannot be read, or why there are no dates.
    fault: Option<String>,
}

/// A line as it was written.
#[derive(Default)]
struct Given {
    answers: Vec<(String, Vec<String>)>,
    without: Vec<String>,
    from: Option<Date>,
}

/// The text with the lines; `-` is standard input.
pub(super) fn text(path: &Path) -> Result<String, Failure> {
    if path == Path::new("-") {
        let mut text = String::new();
        std::io::stdin().read_to_string(&mut text).map_err(|error| Failure::read(path, error))?;
        return Ok(text);
    }
    fs::read_to_string(path).map_err(|error| Failure::read(path, error))
}

/// A line of JSON for each line of `text` that is not blank.
pub(super) fn replies(facts: &Facts<'_>, text: &str) -> Result<String, Failure> {
    let program = facts.program;
    let mut out = String::new();
    for (index, line) in text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty()) {
        let read = read(line).and_then(|given| {
            let asked = Asked::named(program, &given.answers, &given.without).map_err(faults)?;
            Ok((asked, given.from))
        });
        let reply = match read {
            Err(fault) => Reply { line: index + 1, trial: None, fault: Some(fault.to_string()) },
            Ok((asked, from)) => {
                let trial = facts.trial(asked).ok_or_else(intractable)?;
                let (trial, fault) = match Trial::new(program, &trial, from) {
                    Ok(dated) => (Some(dated), None),
                    Err(fault) => (Trial::new(program, &trial, None).ok(), Some(fault.message())),
                };
                Reply { line: index + 1, trial, fault }
            }
        };
        out.push_str(&serde_json::to_string(&reply).expect("nothing that JSON cannot say"));
        out.push('\n');
    }
    // Nothing tried is nothing passed.
    if out.is_empty() {
        return Err(Failure::Other("一组回答都没有".to_owned()));
    }
    Ok(out)
}

fn read(line: &str) -> Result<Given, Failure> {
    let fault = |message: &str| Err(Failure::Other(message.to_owned()));
    let Ok(Value::Object(map)) = serde_json::from_str::<Value>(line) else {
        return fault("这一行不是 JSON 对象");
    };
    let mut given = Given::default();
    for (key, value) in map {
        match (key.as_str(), value) {
            ("answers", Value::Object(answers)) => given.answers = self::answers(answers)?,
            ("without", Value::Array(items)) => given.without = texts(&items)?,
            ("from", Value::String(day)) => given.from = Some(date(&day).map_err(Failure::Other)?),
            ("from", Value::Null) => {}
            _ => {
                let known = "answers（问题和回答）、without（不办的事项）、from（申请日期）";
                return fault(&format!("看不懂“{key}”；能写的有：{known}"));
            }
        }
    }
    Ok(given)
}

fn answers(map: Map<String, Value>) -> Result<Vec<(String, Vec<String>)>, Failure> {
    map.into_iter()
        .map(|(question, value)| {
            let list = match value {
                Value::Array(options) => texts(&options)?,
                other => texts(&[other])?,
            };
            Ok((question, list))
        })
        .collect()
}

fn texts(list: &[Value]) -> Result<Vec<String>, Failure> {
    let text = |value: &Value| match value {
        Value::String(text) => Ok(text.clone()),
        Value::Number(number) => Ok(number.to_string()),
        Value::Bool(yes) => Ok(if *yes { "是" } else { "否" }.to_owned()),
        other => Err(Failure::Other(format!("{other} 不是回答"))),
    };
    list.iter().map(text).collect()
}
