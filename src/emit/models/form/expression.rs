//! Conditions as expressions for the form library. They say of the answers exactly what the JSON Schema says: nothing holds of a
//! question without an answer, and numbers and days are compared as there.
//!
//! The library takes the answer away when a question is no longer asked, but where that takes away another question, too, it can miss
//! to look at what depends on the second. So an answer that is asked for under a condition is never believed without it.

use super::schema::{value, word};
use crate::words::view::View;
use yijianshi_core::expr::{Expr, Literal, Op};
use yijianshi_core::plan::{Question, QuestionKind};

/// A condition, and whose answers it looks at.
pub(crate) struct Expression {
    /// JavaScript. Nothing of an author's stands in it but as a literal.
    pub code: String,
    /// Ids of the questions, each once, in the order in which they are met.
    pub questions: Vec<String>,
}

/// When a condition holds; `answers` is what the answers are called, by id.
pub(crate) fn expression(view: View<'_>, tree: &Expr, answers: &'static str) -> Expression {
    any(view, &[tree], answers)
}

/// When at least one of several holds.
pub(crate) fn any(view: View<'_>, trees: &[&Expr], answers: &'static str) -> Expression {
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

impl<'a> Writer<'a> {
    fn write(&mut self, tree: &Expr) -> String {
        match tree {
            Expr::All(parts) if parts.is_empty() => "true".to_owned(),
            Expr::Any(parts) if parts.is_empty() => "false".to_owned(),
            Expr::All(parts) => joined(&parts.iter().map(|part| self.write(part)).collect::<Vec<_>>(), " && "),
            Expr::Any(parts) => joined(&parts.iter().map(|part| self.write(part)).collect::<Vec<_>>(), " || "),
            Expr::Not(part) => not(&self.write(part)),
            Expr::Is(question) => self.leaf(question, |answer| format!("{answer} === true")),
            Expr::OneOf { question, values } => {
                let values: Vec<String> = values.iter().map(|value| quoted(&word(&value.value))).collect();
                self.leaf(question, |answer| format!("[{}].includes({answer})", values.join(", ")))
            }
            Expr::Includes { question, value } => self.leaf(question, |answer| {
                format!("(Array.isArray({answer}) && {answer}.includes({}))", quoted(&word(&value.value)))
            }),
            Expr::Compare { question, op, value: literal } => self.compare(question, *op, &literal.value),
        }
    }

    fn compare(&mut self, question: &str, op: Op, literal: &Literal) -> String {
        match (self.find(question).map(|question| &question.kind), literal) {
            (Some(QuestionKind::YesNo), literal) => {
                let yes = self.leaf(question, |answer| format!("{answer} === true"));
                if (word(literal) == "是") == (op == Op::Eq) { yes } else { not(&yes) }
            }
            (Some(QuestionKind::Number { .. }), Literal::Number { number, .. }) => {
                let number = value(*number);
                self.leaf(question, |answer| {
                    format!("(typeof {answer} === \"number\" && {answer} {} {number})", sign(op))
                })
            }
            (Some(QuestionKind::Date { .. }), literal @ (Literal::Date(_) | Literal::Today(..))) => {
                // Days are written so that their texts are in order. One counted from today is that of the plan, as in the schema.
                match literal.date() {
                    Some(day) => self.leaf(question, |answer| {
                        format!("(typeof {answer} === \"string\" && {answer} {} \"{day}\")", sign(op))
                    }),
                    None => "false".to_owned(),
                }
            }
            (_, literal) => {
                let is = self.leaf(question, |answer| format!("{answer} === {}", quoted(&word(literal))));
                if op == Op::Ne { not(&is) } else { is }
            }
        }
    }

    fn leaf(&mut self, question: &str, test: impl FnOnce(&str) -> String) -> String {
        let Some(question) = self.find(question) else { return "false".to_owned() };
        let id = quoted(&question.id);
        if !self.questions.contains(&question.id) {
            // First, so that what waits for itself comes to an end.
            self.questions.push(question.id.clone());
            if let Some(when) = &question.when {
                let condition = self.write(&when.tree);
                let answers = self.answers;
                self.asked.push(format!("asked[{id}] = {condition} ? {answers}[{id}] : undefined;"));
            }
        }
        let from = if question.when.is_some() { "asked" } else { self.answers };
        test(&format!("{from}[{id}]"))
    }

    fn find(&self, name: &str) -> Option<&'a Question> {
        self.view.plan.questions.iter().find(|question| question.name == name)
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
