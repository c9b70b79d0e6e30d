//! Conditions in the plan: over identifiers for programs, with canonical text and words for applicants made from the same tree.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::expr::{Number, Offset, OffsetUnit, Op, Quoted};
use crate::program::{Cond, Day, Domain, Program, QuestionId, Test};
use crate::source::Date;

/// 条件。
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct When {
    /// 规范写法。
    pub text: String,
    /// 给申请人看的说法。
    pub words: String,
    /// 供程序判断的语法树。
    pub tree: Condition,
}

/// 条件的语法树；问题和选项都用英文标识。没有问到的问题，对它的各种判断都不成立。
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Condition {
    /// 且：各项都成立；没有就是总成立。
    All(Vec<Condition>),
    /// 或：至少一项成立；没有就是不成立。
    Any(Vec<Condition>),
    /// 非：不成立。
    Not(Box<Condition>),
    /// 回答“是”的问题。
    Yes(String),
    /// 单选的回答是所列选项之一。
    OneOf {
        /// 问题。
        question: String,
        /// 选项。
        options: Vec<String>,
    },
    /// 多选的回答里有这个选项。
    Includes {
        /// 问题。
        question: String,
        /// 选项。
        option: String,
    },
    /// 回答的数与一个数比较。
    Number {
        /// 问题。
        question: String,
        /// 怎样比较：回答在左边。
        op: Op,
        /// 和什么数比较。
        number: Number,
    },
    /// 回答的日期与一个日期比较。
    Date {
        /// 问题。
        question: String,
        /// 怎样比较：回答在左边。
        op: Op,
        /// 和哪一天比较。
        date: Date,
        /// 从今天算起的，怎样算；不是的没有。
        from_today: Option<FromToday>,
    },
}

/// 从今天算起的日期。
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct FromToday {
    /// 今天之后多少；之前的是负数。
    pub amount: i32,
    /// 单位。
    pub unit: OffsetUnit,
    /// 按哪一天算的。
    pub as_of: Option<Date>,
}

impl Condition {
    /// Every question that it looks at, in the order of mention; one mentioned twice comes twice.
    pub fn questions(&self) -> Vec<&str> {
        match self {
            Condition::All(parts) | Condition::Any(parts) => parts.iter().flat_map(Condition::questions).collect(),
            Condition::Not(part) => part.questions(),
            Condition::Yes(question)
            | Condition::OneOf { question, .. }
            | Condition::Includes { question, .. }
            | Condition::Number { question, .. }
            | Condition::Date { question, .. } => vec![question],
        }
    }
}

impl When {
    /// One condition.
    pub(super) fn of(program: &Program<'_>, cond: &Cond) -> When {
        When::from_test(program, &cond.test)
    }

    /// Alternatives, each of which is a list of conditions that must all hold; `None` if one of them always holds.
    pub(super) fn any(program: &Program<'_>, alternatives: &[Vec<&Cond>]) -> Option<When> {
        let mut options: Vec<Vec<&Test>> = Vec::new();
        for conditions in alternatives {
            let mut parts: Vec<&Test> = Vec::new();
            for cond in conditions {
                if !parts.contains(&&cond.test) {
                    parts.push(&cond.test);
                }
            }
            options.push(parts);
        }
        if options.iter().any(Vec::is_empty) {
            return None;
        }
        // What demands more than another alternative adds nothing.
        let mut kept: Vec<Vec<&Test>> = Vec::new();
        for (index, option) in options.iter().enumerate() {
            let implied = options.iter().enumerate().any(|(other, fewer)| {
                other != index
                    && fewer.iter().all(|part| option.contains(part))
                    && (fewer.len() < option.len() || other < index)
            });
            if !implied {
                kept.push(option.clone());
            }
        }
        let all = |parts: Vec<&Test>| match &parts[..] {
            [only] => (*only).clone(),
            _ => Test::All(parts.into_iter().cloned().collect()),
        };
        let mut kept: Vec<Test> = kept.into_iter().map(all).collect();
        let test = if kept.len() == 1 { kept.remove(0) } else { Test::Any(kept) };
        Some(When::from_test(program, &test))
    }

    /// A condition that nobody wrote.
    pub(super) fn from_test(program: &Program<'_>, test: &Test) -> When {
        let writer = Writer { program };
        When { text: writer.text(test), words: writer.words(test, false), tree: writer.tree(test) }
    }
}

/// Names and identifiers of what tests are about.
struct Writer<'a> {
    program: &'a Program<'a>,
}

impl Writer<'_> {
    fn tree(&self, test: &Test) -> Condition {
        let all = |parts: &[Test]| parts.iter().map(|part| self.tree(part)).collect();
        let id = |question: QuestionId| self.program.question(question).id.to_string();
        let option = |question: QuestionId, option: usize| {
            self.program.question(question).options().get(option).map(|own| own.id.to_string()).unwrap_or_default()
        };
        match test {
            Test::All(parts) => Condition::All(all(parts)),
            Test::Any(parts) => Condition::Any(all(parts)),
            Test::Not(part) => Condition::Not(Box::new(self.tree(part))),
            Test::Yes(question) => Condition::Yes(id(*question)),
            Test::OneOf(question, list) => Condition::OneOf {
                question: id(*question),
                options: list.iter().map(|&own| option(*question, own)).collect(),
            },
            Test::Includes(question, own) => {
                Condition::Includes { question: id(*question), option: option(*question, *own) }
            }
            Test::Number(question, op, number) => {
                Condition::Number { question: id(*question), op: *op, number: *number }
            }
            Test::Date(question, op, Day { date, from_today }) => Condition::Date {
                question: id(*question),
                op: *op,
                date: *date,
                from_today: from_today.map(|offset| FromToday {
                    amount: offset.amount(),
                    unit: offset.unit(),
                    as_of: self.program.workspace.settings.today,
                }),
            },
            // The plan is of a bundle without faults.
            Test::Unknown => Condition::Any(Vec::new()),
        }
    }

    /// Brackets stand around every 且 and 或 within another, and around everything but a bare question after 非.
    fn text(&self, test: &Test) -> String {
        match test {
            Test::All(parts) if parts.is_empty() => "恒真".to_owned(),
            Test::Any(parts) if parts.is_empty() => "恒假".to_owned(),
            Test::All(parts) => self.joined_text(parts, " 且 "),
            Test::Any(parts) => self.joined_text(parts, " 或 "),
            Test::Not(part) => match &**part {
                Test::Yes(question) => format!("非 {}", self.asked(*question)),
                Test::OneOf(question, options) => self.one_of_text(*question, options, ["≠", "不属于"]),
                Test::Includes(question, option) => {
                    format!("{} 不包含 {}", self.asked(*question), self.option(*question, *option))
                }
                part => format!("非 ({})", self.text(part)),
            },
            Test::Yes(question) => self.asked(*question),
            Test::OneOf(question, options) => self.one_of_text(*question, options, ["=", "属于"]),
            Test::Includes(question, option) => {
                format!("{} 包含 {}", self.asked(*question), self.option(*question, *option))
            }
            Test::Number(question, op, number) => format!("{} {} {number}", self.asked(*question), op.sign()),
            Test::Date(question, op, Day { from_today: Some(offset), .. }) => {
                format!("{} {} {offset}", self.asked(*question), op.sign())
            }
            Test::Date(question, op, Day { date, .. }) => format!("{} {} {date}", self.asked(*question), op.sign()),
            Test::Unknown => String::new(),
        }
    }

    fn joined_text(&self, parts: &[Test], between: &str) -> String {
        let bracket = |part: &Test| parts.len() > 1 && matches!(part, Test::All(_) | Test::Any(_));
        let parts =
            parts.iter().map(|part| if bracket(part) { format!("({})", self.text(part)) } else { self.text(part) });
        parts.collect::<Vec<_>>().join(between)
    }

    fn one_of_text(&self, question: QuestionId, options: &[usize], [one, several]: [&str; 2]) -> String {
        let names: Vec<String> = options.iter().map(|&option| self.option(question, option)).collect();
        match &names[..] {
            [only] => format!("{} {one} {only}", self.asked(question)),
            _ => format!("{} {several} [{}]", self.asked(question), names.join(", ")),
        }
    }

    fn asked(&self, question: QuestionId) -> String {
        Quoted::question(self.name(question)).to_string()
    }

    fn name(&self, question: QuestionId) -> &str {
        &self.program.question(question).name.value
    }

    fn option(&self, question: QuestionId, option: usize) -> String {
        let option = self.program.question(question).options().get(option);
        option.map(|option| Quoted::value(&option.name.value).to_string()).unwrap_or_default()
    }

    /// In the words of the questions: what an applicant reads beside a material or an item.
    fn words(&self, test: &Test, inner: bool) -> String {
        let join = |parts: &[Test], word: &str| {
            let parts: Vec<_> = parts.iter().map(|part| self.words(part, true)).collect();
            let text = parts.join(word);
            if inner { format!("（{text}）") } else { text }
        };
        let list = |question: QuestionId, options: &[usize]| {
            options.iter().map(|&option| self.option(question, option)).collect::<Vec<_>>().join("或")
        };
        match test {
            Test::All(parts) => join(parts, "，且"),
            Test::Any(parts) => join(parts, "，或者"),
            Test::Not(part) => match &**part {
                Test::Yes(question) => match self.statement(*question) {
                    Some(statement) => format!("不是“{statement}”的"),
                    None => format!("“{}”选“否”", self.name(*question)),
                },
                Test::OneOf(question, options) => format!("{}不是{}", self.name(*question), list(*question, options)),
                Test::Includes(question, option) => {
                    format!("{}不包括{}", self.name(*question), self.option(*question, *option))
                }
                part => format!("不属于“{}”", self.words(part, false)),
            },
            Test::Yes(question) => match self.statement(*question) {
                Some(statement) => statement,
                None => format!("“{}”选“是”", self.name(*question)),
            },
            Test::OneOf(question, options) => format!("{}为{}", self.name(*question), list(*question, options)),
            Test::Includes(question, option) => {
                format!("{}包括{}", self.name(*question), self.option(*question, *option))
            }
            Test::Number(question, op, number) => {
                let how = ["为", "不是", "不满", "不超过", "超过", "不少于"];
                let unit = match &self.program.question(*question).domain {
                    Domain::Number { unit: Some(unit), .. } => unit,
                    _ => "",
                };
                format!("{}{}{number}{unit}", self.name(*question), how[*op as usize])
            }
            Test::Date(question, op, day) => {
                let how = ["为", "不是", "早于", "不晚于", "晚于", "不早于"];
                format!("{}{}{}", self.name(*question), how[*op as usize], self.day_words(*day))
            }
            Test::Unknown => String::new(),
        }
    }

    /// What saying yes to a question states: “是否装修门头？” states “装修门头”.
    fn statement(&self, question: QuestionId) -> Option<String> {
        let ask = &self.program.question(question).ask;
        let bare = ask.trim_end_matches(['？', '?', '。']);
        bare.strip_prefix("是否").map(|rest| rest.replace("是否", "").replace(['，', ','], "、"))
    }

    /// “18年前（按2026-09-01算为2008-09-01）”: a reader should not have to count.
    fn day_words(&self, Day { date, from_today }: Day) -> String {
        let Some(offset) = from_today else { return date.to_string() };
        let words = offset_words(offset);
        match self.program.workspace.settings.today {
            Some(today) if today != date => format!("{words}（按{today}算为{date}）"),
            Some(today) => format!("{words}（按{today}算）"),
            None => words,
        }
    }
}

fn offset_words(offset: Offset) -> String {
    let unit = match offset.unit() {
        OffsetUnit::Day => "天",
        unit => unit.label(),
    };
    let count = offset.amount().unsigned_abs();
    match offset.amount() {
        0 => "今天".to_owned(),
        1.. => format!("{count}{unit}后"),
        _ => format!("{count}{unit}前"),
    }
}
