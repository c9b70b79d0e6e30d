//! Conditions as expressions for the form library. They say of the answers exactly what the JSON Schema says: nothing holds of a
//! question without an answer, and numbers and days are compared as there.
//!
//! The library takes the answer away when a question is no longer asked, but where that takes away another question, too, it can miss
//! to look at what depends on the second. So an answer that is asked for under a condition is never believed without it.

use super::schema::value;
use crate::words::view::View;
use yijianshi_core::expr::Op;
use yijianshi_core::plan::Condition;

/// A condition, and whose answers it looks at.
pub(crate) struct Expression {
    /// JavaScript. Nothing of an author's stands in it but as a literal.
    pub code: String,
    /// Ids of the questions, each once, in the order in which they are met.
    pub questions: Vec<String>,
}

/// When a condition holds; `answers` is what the answers are called, by id.
pub(crate) fn expression(view: View<'_>, tree: &Condition, answers: &'static str) -> Expression {
    any(view, &[tree], answers)
}

/// When at least one of several holds.
pub(crate) fn any(view: View<'_>, trees: &[&Condition], answers: &'static str) -> Expression {
    let mut writer = Writer { view, answers, questions: Vec::new(), asked: Vec::new() };
    let mut parts: Vec<String> = Vec::new();
    for tree in trees {
        let part = writer.write(tree);
        if !parts.contains(&part) {
            parts.push(part);
        }
    }
    let code = joined(&parts, " || ");
    let code = match writer.asked.len() {
        0 => code,
        _ => format!("(() => {{ const asked = {{}}; {} return {code}; }})()", writer.asked.join(" ")),
    };
    Expression { code, questions: writer.questions }
}

/// A text as a literal. Braces are escaped, because the library looks for them in texts.
pub(crate) fn quoted(text: &str) -> String {
    let mut out = String::from("\"");
    for c in text.chars() {
        match c {
            // What JavaScript, HTML or the library could read as more than text.
            '"' | '\\' | '\'' | '`' | '{' | '}' | '$' | '<' | '>' | '&' | '\u{2028}' | '\u{2029}' | '\u{feff}' => {
                out.push_str(&format!("\\u{:04x}", u32::from(c)));
            }
            c if c.is_control() => out.push_str(&format!("\\u{:04x}", u32::from(c))),
            c => out.push(c),
        }
    }
    out.push('"');
    out
}

struct Writer<'a> {
    view: View<'a>,
    answers: &'static str,
    questions: Vec<String>,
    /// Statements that set what was answered to questions that are asked under conditions, in the order in which they need each other.
    asked: Vec<String>,
}

impl Writer<'_> {
    fn write(&mut self, tree: &Condition) -> String {
        match tree {
            Condition::All(parts) if parts.is_empty() => "true".to_owned(),
            Condition::Any(parts) if parts.is_empty() => "false".to_owned(),
            Condition::All(parts) => joined(&parts.iter().map(|part| self.write(part)).collect::<Vec<_>>(), " && "),
            Condition::Any(parts) => joined(&parts.iter().map(|part| self.write(part)).collect::<Vec<_>>(), " || "),
            Condition::Not(part) => not(&self.write(part)),
            Condition::Yes(question) => format!("{} === true", self.answer(question)),
            Condition::OneOf { question, options } => {
                let answer = self.answer(question);
                match &options[..] {
                    [only] => format!("{answer} === {}", quoted(only)),
                    _ => {
                        let options: Vec<String> = options.iter().map(|option| quoted(option)).collect();
                        format!("[{}].includes({answer})", options.join(", "))
                    }
                }
            }
            Condition::Includes { question, option } => {
                let answer = self.answer(question);
                format!("(Array.isArray({answer}) && {answer}.includes({}))", quoted(option))
            }
            Condition::Number { question, op, number } => {
                let answer = self.answer(question);
                format!("(typeof {answer} === \"number\" && {answer} {} {})", sign(*op), value(*number))
            }
            // Days are written so that their texts are in order. One counted from today is that of the plan, as in the schema.
            Condition::Date { question, op, date, .. } => {
                let answer = self.answer(question);
                format!("(typeof {answer} === \"string\" && {answer} {} \"{date}\")", sign(*op))
            }
        }
    }

    /// The answer to a question, none if it is not asked.
    fn answer(&mut self, question: &str) -> String {
        let when = self.view.plan.questions.iter().find(|other| other.id == question).and_then(|own| own.when.as_ref());
        let id = quoted(question);
        if !self.questions.iter().any(|known| known == question) {
            // First, so that what waits for itself comes to an end.
            self.questions.push(question.to_owned());
            if let Some(when) = when {
                let condition = self.write(&when.tree);
                let answers = self.answers;
                self.asked.push(format!("asked[{id}] = {condition} ? {answers}[{id}] : undefined;"));
            }
        }
        let from = if when.is_some() { "asked" } else { self.answers };
        format!("{from}[{id}]")
    }
}

fn joined(parts: &[String], with: &str) -> String {
    match parts {
        [] => "true".to_owned(),
        [only] => only.clone(),
        _ => format!("({})", parts.join(with)),
    }
}

fn not(code: &str) -> String {
    format!("!({code})")
}

fn sign(op: Op) -> &'static str {
    match op {
        Op::Eq => "===",
        Op::Ne => "!==",
        Op::Lt => "<",
        Op::Le => "<=",
        Op::Gt => ">",
        Op::Ge => ">=",
    }
}

#[cfg(test)]
mod tests {
    use super::quoted;

    #[test]
    fn a_literal_cannot_end_itself() {
        assert_eq!(quoted("面积"), "\"面积\"");
        assert_eq!(
            quoted("\"}}{{`${a}</script>\\\u{2028}"),
            r#""\u0022\u007d\u007d\u007b\u007b\u0060\u0024\u007ba\u007d\u003c/script\u003e\u005c\u2028""#
        );
    }
}
