//! What engines differ in: the language of expressions.

use super::formula::{Formula, Leaf, Test};
use yijianshi_core::expr::Op;

/// An engine, or a family of engines, that reads the same expressions and extensions.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Dialect {
    /// Camunda 8 (FEEL).
    Camunda8,
    /// Camunda 7 (JUEL).
    Camunda7,
    /// Flowable (JUEL).
    Flowable,
    /// SpiffWorkflow (Python).
    Spiff,
    /// bpmn-engine for Node.js (JavaScript).
    BpmnEngine,
}

impl Dialect {
    /// All, the usual one first.
    pub const ALL: [Dialect; 5] =
        [Dialect::Camunda8, Dialect::Camunda7, Dialect::Flowable, Dialect::Spiff, Dialect::BpmnEngine];

    /// What it is called on the command line and in file names.
    pub fn name(self) -> &'static str {
        match self {
            Dialect::Camunda8 => "camunda8",
            Dialect::Camunda7 => "camunda7",
            Dialect::Flowable => "flowable",
            Dialect::Spiff => "spiff",
            Dialect::BpmnEngine => "bpmn-engine",
        }
    }

    /// The one called so; `None` if there is none.
    pub fn named(name: &str) -> Option<Dialect> {
        Dialect::ALL.into_iter().find(|dialect| dialect.name() == name)
    }

    /// The text of a test of one variable, for a sequence flow.
    pub(super) fn test(self, variable: &str) -> String {
        match self {
            Dialect::Camunda8 => format!("={variable}"),
            Dialect::Camunda7 | Dialect::Flowable => format!("${{{variable}}}"),
            Dialect::Spiff => variable.to_owned(),
            Dialect::BpmnEngine => format!("next(null, this.environment.variables.{variable} === true);"),
        }
    }

    /// The text of a formula. It is always true or false: an answer that is not there fulfils nothing.
    pub(super) fn formula(self, formula: &Formula) -> String {
        match formula {
            Formula::All(parts) if parts.is_empty() => self.constant(true),
            Formula::Any(parts) if parts.is_empty() => self.constant(false),
            Formula::All(parts) => self.joined(parts, if self.is_javascript() { "&&" } else { "and" }),
            Formula::Any(parts) => self.joined(parts, if self.is_javascript() { "||" } else { "or" }),
            Formula::Not(part) => {
                let not = if self.is_javascript() { "!" } else { "not " };
                let not = if self == Dialect::Camunda8 { "not" } else { not };
                format!("{not}({})", self.formula(part))
            }
            Formula::Leaf(leaf) => self.leaf(leaf),
            Formula::LeftOut(item) => self.left_out(item),
            Formula::OnlyAnswers(questions) => self.only_answers(questions),
            Formula::OnlyLeftOut(items) => self.only_left_out(items),
            Formula::Variable(name) => match self {
                Dialect::BpmnEngine => format!("v.{name} === true"),
                Dialect::Camunda8 => format!("{name} = true"),
                _ => name.clone(),
            },
        }
    }

    fn is_javascript(self) -> bool {
        self == Dialect::BpmnEngine
    }

    fn constant(self, truth: bool) -> String {
        let text = if truth { "true" } else { "false" };
        if self == Dialect::Spiff { text[..1].to_uppercase() + &text[1..] } else { text.to_owned() }
    }

    fn joined(self, parts: &[Formula], word: &str) -> String {
        let parts: Vec<String> = parts
            .iter()
            .map(|part| match part {
                Formula::All(_) | Formula::Any(_) => format!("({})", self.formula(part)),
                _ => self.formula(part),
            })
            .collect();
        parts.join(&format!(" {word} "))
    }

    /// What was answered to a question.
    fn answer(self, question: &str) -> String {
        match self {
            Dialect::Camunda8 => format!("answers.{question}"),
            Dialect::Camunda7 | Dialect::Flowable => format!("answers['{question}']"),
            Dialect::Spiff => format!("answers.get(\"{question}\")"),
            Dialect::BpmnEngine => format!("v.answers.{question}"),
        }
    }

    fn leaf(self, Leaf { question, test }: &Leaf) -> String {
        let answer = self.answer(question);
        match test {
            Test::Yes => format!("{answer} {} {}", self.equal(), self.constant(true)),
            Test::Is(word) => format!("{answer} {} {}", self.equal(), self.text(word)),
            Test::Includes(word) => {
                let word = self.text(word);
                match self {
                    Dialect::Camunda8 => format!("(list contains({answer}, {word}) = true)"),
                    Dialect::Camunda7 | Dialect::Flowable => {
                        format!("({answer} != null and {answer}.contains({word}))")
                    }
                    Dialect::Spiff => format!("({word} in ({answer} or []))"),
                    Dialect::BpmnEngine => format!("({answer} || []).includes({word})"),
                }
            }
            Test::Number(op, number) => self.compare(&answer, *op, number),
            Test::Date(op, date) => match self {
                Dialect::Camunda8 => {
                    let date = format!("date({})", self.text(date));
                    format!("((date({answer}) {} {date}) = true)", self.sign(*op))
                }
                // Dates are texts such as 2026-01-31; their order is that of the texts.
                _ => self.compare(&answer, *op, &self.text(date)),
            },
            Test::Known(kind) => self.known(&answer, kind),
            Test::Absent => match self {
                Dialect::Camunda8 => format!("{answer} = null"),
                Dialect::Spiff => format!("{answer} is None"),
                _ => format!("{answer} == null"),
            },
        }
    }

    /// Whether an answer that may be missing compares so.
    pub(super) fn compare(self, answer: &str, op: Op, bound: &str) -> String {
        let sign = self.sign(op);
        match self {
            Dialect::Camunda8 => format!("(({answer} {sign} {bound}) = true)"),
            Dialect::Camunda7 | Dialect::Flowable => format!("({answer} != null and {answer} {sign} {bound})"),
            Dialect::Spiff => format!("({answer} is not None and {answer} {sign} {bound})"),
            Dialect::BpmnEngine => format!("({answer} != null && {answer} {sign} {bound})"),
        }
    }

    fn equal(self) -> &'static str {
        self.sign(Op::Eq)
    }

    pub(super) fn sign(self, op: Op) -> &'static str {
        match (op, self) {
            (Op::Eq, Dialect::Camunda8) => "=",
            (Op::Eq, Dialect::BpmnEngine) => "===",
            (Op::Ne, Dialect::BpmnEngine) => "!==",
            (Op::Eq, _) => "==",
            (op, _) => op.ascii(),
        }
    }

    /// A text as a literal.
    pub(super) fn text(self, text: &str) -> String {
        match self {
            Dialect::Camunda7 | Dialect::Flowable => {
                format!("'{}'", text.replace('\\', "\\\\").replace('\'', "\\'"))
            }
            // Escapes are those of JSON in FEEL, Python and JavaScript alike.
            _ => serde_json::json!(text).to_string(),
        }
    }
}
