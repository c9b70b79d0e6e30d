//! Conditions with their names resolved and their types checked.

use rustc_hash::FxHashMap;

use super::codes::{UNDATED_CONDITIONS, UNDEFINED_OPTIONS, WRONG_CONDITIONS};
use super::references::undefined_question;
use super::{Assignment, Domain, Question, QuestionId, QuestionOption, Value};
use crate::diagnostic::{Diagnostic, Fix, Sink};
use crate::expr::{Expr, Literal, Number, Offset, Op};
use crate::model::{self, Str, closest};
use crate::source::{At, Date, Span};

/// A resolved condition.
#[derive(Debug, Clone)]
pub struct Cond {
    /// What must hold.
    pub test: Test,
    /// As written, for messages and outputs.
    pub written: model::Condition,
}

/// What must hold, over question ids.
#[derive(Debug, Clone, PartialEq)]
pub enum Test {
    /// Every part.
    All(Vec<Test>),
    /// At least one part.
    Any(Vec<Test>),
    /// Not this.
    Not(Box<Test>),
    /// A yes/no question is answered yes.
    Yes(QuestionId),
    /// The answer of a single-choice question is one of these options (indices).
    OneOf(QuestionId, Vec<usize>),
    /// The answer of a multiple-choice question includes this option.
    Includes(QuestionId, usize),
    /// A number compares so with the answer on its left.
    Number(QuestionId, Op, Number),
    /// A date compares so with the answer on its left.
    Date(QuestionId, Op, Day),
    /// Could not be resolved, which was reported.
    Unknown,
}

/// A day that answers are compared with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Day {
    /// The day.
    pub date: Date,
    /// How it was counted from today, if it was.
    pub from_today: Option<Offset>,
}

impl From<Date> for Day {
    fn from(date: Date) -> Self {
        Day { date, from_today: None }
    }
}

impl Test {
    /// Whether it holds under `answers`; `None` if that depends on answers that are not there. A question that is not asked
    /// under these answers holds none of its tests.
    pub fn eval(&self, answers: &Assignment) -> Option<bool> {
        match self {
            Test::All(parts) => decided(parts, answers, false),
            Test::Any(parts) => decided(parts, answers, true),
            Test::Not(part) => part.eval(answers).map(|truth| !truth),
            Test::Yes(question) => answers.test(*question, |value| matches!(value, Value::Yes(true))),
            Test::OneOf(question, options) => {
                answers.test(*question, |value| matches!(value, Value::Option(option) if options.contains(option)))
            }
            Test::Includes(question, option) => {
                answers.test(*question, |value| matches!(value, Value::Options(chosen) if chosen.contains(option)))
            }
            Test::Number(question, op, bound) => {
                answers.test(*question, |value| matches!(value, Value::Number(number) if holds(*op, number, bound)))
            }
            Test::Date(question, op, bound) => {
                answers.test(*question, |value| matches!(value, Value::Date(date) if holds(*op, date, &bound.date)))
            }
            Test::Unknown => None,
        }
    }

    /// The questions it depends on.
    pub fn questions(&self, found: &mut Vec<QuestionId>) {
        match self {
            Test::All(parts) | Test::Any(parts) => parts.iter().for_each(|part| part.questions(found)),
            Test::Not(part) => part.questions(found),
            Test::Yes(question)
            | Test::OneOf(question, _)
            | Test::Includes(question, _)
            | Test::Number(question, ..)
            | Test::Date(question, ..) => found.push(*question),
            Test::Unknown => {}
        }
    }
}

fn decided(parts: &[Test], answers: &Assignment, winner: bool) -> Option<bool> {
    let mut open = false;
    for part in parts {
        match part.eval(answers) {
            Some(truth) if truth == winner => return Some(winner),
            Some(_) => {}
            None => open = true,
        }
    }
    if open { None } else { Some(!winner) }
}

fn holds<T: PartialOrd>(op: Op, answer: &T, bound: &T) -> bool {
    match op {
        Op::Eq => answer == bound,
        Op::Ne => answer != bound,
        Op::Lt => answer < bound,
        Op::Le => answer <= bound,
        Op::Gt => answer > bound,
        Op::Ge => answer >= bound,
    }
}

/// Resolves conditions against the questions of a bundle.
pub(super) struct Resolver<'a> {
    names: FxHashMap<Str, QuestionId>,
    questions: &'a [Question],
    /// What conditions call 今天.
    today: Option<Date>,
    damaged: bool,
}

impl<'a> Resolver<'a> {
    pub(super) fn new(questions: &'a [Question], today: Option<Date>, damaged: bool) -> Self {
        let names =
            questions.iter().enumerate().map(|(id, question)| (question.name.value.clone(), id.into())).collect();
        Resolver { names, questions, today, damaged }
    }

    /// The question called `name`, if there is one.
    pub(super) fn find(&self, name: &str) -> Option<QuestionId> {
        self.names.get(name).copied()
    }

    /// The question called `name`; an unknown one is reported.
    pub(super) fn question(&self, name: &At<Str>, sink: &mut Sink) -> Option<QuestionId> {
        let found = self.find(&name.value);
        if found.is_none() && !self.damaged {
            sink.push(undefined_question(name, self.questions.iter().map(|question| &*question.name.value)));
        }
        found
    }

    pub(super) fn cond(&self, written: &Option<model::Condition>, sink: &mut Sink) -> Option<Cond> {
        let mut written = written.clone()?;
        if let Some(today) = self.today {
            written.expr.settle(today);
        }
        Some(Cond { test: self.test(&written.expr, sink), written })
    }

    pub(super) fn test(&self, expr: &Expr, sink: &mut Sink) -> Test {
        match expr {
            Expr::All(parts) => Test::All(parts.iter().map(|part| self.test(part, sink)).collect()),
            Expr::Any(parts) => Test::Any(parts.iter().map(|part| self.test(part, sink)).collect()),
            Expr::Not(part) => Test::Not(Box::new(self.test(part, sink))),
            Expr::Is(name) => self.yes(name, sink),
            Expr::Compare { question, op, value } => self.compare(question, *op, value, sink),
            Expr::OneOf { question, values } => self.one_of(question, values, sink),
            Expr::Includes { question, value } => self.includes(question, value, sink),
        }
    }

    fn yes(&self, name: &At<Str>, sink: &mut Sink) -> Test {
        let Some(id) = self.question(name, sink) else { return Test::Unknown };
        let question = &self.questions[id.index()];
        if question.domain == Domain::YesNo {
            return Test::Yes(id);
        }
        let help = match &question.domain {
            Domain::Choice(options) | Domain::Choices(options) => {
                let sign = if matches!(question.domain, Domain::Choice(_)) { "=" } else { "包含" };
                let example = options.first().map_or("……", |option| &option.name.value);
                format!("写出要比较的选项，例如“{name} {sign} {example}”", name = name.value)
            }
            Domain::Number { .. } => format!("写出要比较的数，例如“{} ≤ 50”", name.value),
            _ => format!("写出要比较的日期，例如“{} ≥ 2026-01-01”", name.value),
        };
        sink.push(
            WRONG_CONDITIONS
                .at(name.span, format!("“{}”不是是/否题，不能单独当条件", name.value))
                .related(question.name.span, "问题写在这里")
                .help(help),
        );
        Test::Unknown
    }

    fn compare(&self, name: &At<Str>, op: Op, value: &At<Literal>, sink: &mut Sink) -> Test {
        let Some(id) = self.question(name, sink) else { return Test::Unknown };
        let question = &self.questions[id.index()];
        match (&question.domain, &value.value) {
            (Domain::YesNo, Literal::Word(word))
                if matches!(op, Op::Eq | Op::Ne) && (&**word == "是" || &**word == "否") =>
            {
                let yes = Test::Yes(id);
                if (&**word == "是") == (op == Op::Eq) { yes } else { Test::Not(Box::new(yes)) }
            }
            (Domain::Choice(options), _) if matches!(op, Op::Eq | Op::Ne) => {
                let Some(option) = self.option(question, options, value, sink) else { return Test::Unknown };
                let is = Test::OneOf(id, vec![option]);
                if op == Op::Eq { is } else { Test::Not(Box::new(is)) }
            }
            (Domain::Number { unit, .. }, Literal::Number { number, unit: written }) => {
                if let (Some(written), Some(unit)) = (written, unit)
                    && written != unit
                {
                    sink.push(
                        WRONG_CONDITIONS
                            .at(value.span, format!("“{}”的单位是{unit}，这里写成了{written}", name.value))
                            .related(question.name.span, "问题写在这里")
                            .help(format!("换算成{unit}，或者不写单位")),
                    );
                }
                Test::Number(id, op, *number)
            }
            (Domain::Date { .. }, Literal::Date(date)) => Test::Date(id, op, (*date).into()),
            (Domain::Date { .. }, Literal::Today(offset, as_of)) => match as_of {
                Some(as_of) => Test::Date(id, op, Day { date: as_of.date, from_today: Some(*offset) }),
                None => {
                    sink.push(self.undated(*offset, value.span));
                    Test::Unknown
                }
            },
            _ => {
                sink.push(self.mismatch(question, name.span.to(value.span)));
                Test::Unknown
            }
        }
    }

    fn one_of(&self, name: &At<Str>, values: &[At<Literal>], sink: &mut Sink) -> Test {
        let Some(id) = self.question(name, sink) else { return Test::Unknown };
        let question = &self.questions[id.index()];
        let Domain::Choice(options) = &question.domain else {
            let end = values.last().map_or(name.span, |value| value.span);
            sink.push(self.mismatch(question, name.span.to(end)));
            return Test::Unknown;
        };
        let mut chosen: Vec<_> = values.iter().map(|value| self.option(question, options, value, sink)).collect();
        chosen.sort_unstable();
        chosen.dedup();
        match chosen.into_iter().collect() {
            Some(chosen) => Test::OneOf(id, chosen),
            None => Test::Unknown,
        }
    }

    fn includes(&self, name: &At<Str>, value: &At<Literal>, sink: &mut Sink) -> Test {
        let Some(id) = self.question(name, sink) else { return Test::Unknown };
        let question = &self.questions[id.index()];
        let Domain::Choices(options) = &question.domain else {
            sink.push(self.mismatch(question, name.span.to(value.span)));
            return Test::Unknown;
        };
        self.option(question, options, value, sink).map_or(Test::Unknown, |option| Test::Includes(id, option))
    }

    fn option(
        &self,
        question: &Question,
        options: &[QuestionOption],
        value: &At<Literal>,
        sink: &mut Sink,
    ) -> Option<usize> {
        // Not as it is written: a name in quotes is the name within them.
        let word = match &value.value {
            Literal::Word(word) => word.to_string(),
            other => other.to_string(),
        };
        let found = options.iter().position(|option| *option.name.value == *word);
        if found.is_none() {
            sink.push(undefined_option(question, &word, value.span));
        }
        found
    }

    /// A day counted from today that cannot be told.
    fn undated(&self, offset: Offset, span: Span) -> Diagnostic {
        match self.today {
            Some(today) => UNDATED_CONDITIONS
                .at(span, format!("从{today}算，“{offset}”不是能写出来的日期"))
                .help("把天数、月数、年数改小"),
            None => UNDATED_CONDITIONS.at(span, "条件用到“今天”，工作区清单没有写今天是哪一天").help(format!(
                "在 {} 里加一行“{}”这样的日期",
                model::MANIFEST_NAME,
                model::Manifest::today.with("2026-01-31")
            )),
        }
    }

    fn mismatch(&self, question: &Question, span: Span) -> Diagnostic {
        let (kind, example) = match &question.domain {
            Domain::YesNo => ("是/否题", format!("{} 或 非 {}", question.name.value, question.name.value)),
            Domain::Choice(_) => ("单选题", format!("{} = 选项", question.name.value)),
            Domain::Choices(_) => ("多选题", format!("{} 包含 选项", question.name.value)),
            Domain::Number { .. } => ("数值题", format!("{} ≤ 50", question.name.value)),
            Domain::Date { .. } => ("日期题", format!("{} ≥ 2026-01-01", question.name.value)),
        };
        WRONG_CONDITIONS
            .at(span, format!("“{}”是{kind}，不能这样比较", question.name.value))
            .related(question.name.span, "问题写在这里")
            .help(format!("写成“{example}”的形式"))
    }
}

/// An option that the question does not have.
pub(super) fn undefined_option(question: &Question, word: &str, span: Span) -> Diagnostic {
    let options: Vec<&str> = match &question.domain {
        Domain::YesNo => vec!["否", "是"],
        _ => question.options().iter().map(|option| &*option.name.value).collect(),
    };
    let diagnostic = UNDEFINED_OPTIONS
        .at(span, format!("“{}”没有“{word}”这个选项", question.name.value))
        .related(question.name.span, "问题写在这里");
    match closest(word, options.iter().copied()) {
        Some(meant) => diagnostic
            .label(format!("是不是“{meant}”？"))
            .fix(Fix::replace(span, meant, format!("改为“{meant}”")).to_be_confirmed()),
        None => diagnostic.help(format!("可选的有：{}", options.join("、"))),
    }
}
