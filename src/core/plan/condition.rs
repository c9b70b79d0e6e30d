//! Conditions in the plan: canonical text, words for applicants, and the tree for programs.

use schemars::JsonSchema;
use serde::Serialize;

use crate::expr::{Expr, Literal, OffsetUnit, Op};
use crate::program::{Cond, Domain, Program, Question};

/// 条件。
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct When {
    /// 规范写法。
    pub text: String,
    /// 给申请人看的说法。
    pub words: String,
    /// 供程序判断的语法树。
    pub tree: Expr,
}

impl When {
    /// One condition.
    pub(super) fn of(program: &Program<'_>, cond: &Cond) -> When {
        When::from_tree(program, cond.written.expr.clone())
    }

    /// Alternatives, each of which is a list of conditions that must all hold; `None` if one of them always holds.
    pub(super) fn any(program: &Program<'_>, alternatives: &[Vec<&Cond>]) -> Option<When> {
        let mut options: Vec<Vec<&Expr>> = Vec::new();
        for conditions in alternatives {
            let mut parts: Vec<&Expr> = Vec::new();
            for cond in conditions {
                if !parts.iter().any(|part| same(part, &cond.written.expr)) {
                    parts.push(&cond.written.expr);
                }
            }
            options.push(parts);
        }
        if options.iter().any(Vec::is_empty) {
            return None;
        }
        // What demands more than another alternative adds nothing.
        let mut kept: Vec<Vec<&Expr>> = Vec::new();
        for (index, option) in options.iter().enumerate() {
            let implied = options.iter().enumerate().any(|(other, fewer)| {
                other != index
                    && fewer.iter().all(|part| option.iter().any(|own| same(own, part)))
                    && (fewer.len() < option.len() || other < index)
            });
            if !implied {
                kept.push(option.clone());
            }
        }
        let all = |parts: Vec<&Expr>| match &parts[..] {
            [only] => (*only).clone(),
            _ => Expr::All(parts.into_iter().cloned().collect()),
        };
        let mut kept: Vec<Expr> = kept.into_iter().map(all).collect();
        let tree = if kept.len() == 1 { kept.remove(0) } else { Expr::Any(kept) };
        Some(When::from_tree(program, tree))
    }

    /// A condition that nobody wrote.
    pub(super) fn from_tree(program: &Program<'_>, tree: Expr) -> When {
        When { text: tree.to_string(), words: words(program, &tree, false), tree }
    }
}

/// Whether two conditions read the same; positions do not count.
fn same(a: &Expr, b: &Expr) -> bool {
    a.to_string() == b.to_string()
}

/// In the words of the questions: what an applicant reads beside a material or an item.
fn words(program: &Program<'_>, expr: &Expr, inner: bool) -> String {
    let join = |parts: &[Expr], word: &str| {
        let parts: Vec<_> = parts.iter().map(|part| words(program, part, true)).collect();
        let text = parts.join(word);
        if inner { format!("（{text}）") } else { text }
    };
    match expr {
        Expr::All(parts) => join(parts, "，且"),
        Expr::Any(parts) => join(parts, "，或者"),
        Expr::Not(part) => match &**part {
            Expr::Is(question) => match statement(program, &question.value) {
                Some(statement) => format!("不是“{statement}”的"),
                None => format!("“{}”选“否”", question.value),
            },
            Expr::OneOf { question, values } => {
                format!("{}不是{}", question.value, list(values.iter().map(|v| &v.value)))
            }
            Expr::Includes { question, value } => format!("{}不包括{}", question.value, value.value),
            other => format!("不属于“{}”", words(program, other, false)),
        },
        Expr::Is(question) => match statement(program, &question.value) {
            Some(statement) => statement,
            None => format!("“{}”选“是”", question.value),
        },
        Expr::Compare { question, op, value } => {
            let how = match (op, &value.value) {
                (Op::Eq, _) => "为",
                (Op::Ne, _) => "不是",
                (Op::Lt, Literal::Date(_) | Literal::Today(..)) => "早于",
                (Op::Gt, Literal::Date(_) | Literal::Today(..)) => "晚于",
                (Op::Le, Literal::Date(_) | Literal::Today(..)) => "不晚于",
                (Op::Ge, Literal::Date(_) | Literal::Today(..)) => "不早于",
                (Op::Lt, _) => "不满",
                (Op::Le, _) => "不超过",
                (Op::Gt, _) => "超过",
                (Op::Ge, _) => "不少于",
            };
            let unit = match (&value.value, find(program, &question.value).map(|question| &question.domain)) {
                (Literal::Number { unit: None, .. }, Some(Domain::Number { unit: Some(unit), .. })) => unit,
                _ => "",
            };
            format!("{}{how}{}{unit}", question.value, value_words(&value.value))
        }
        Expr::OneOf { question, values } => {
            format!("{}为{}", question.value, list(values.iter().map(|v| &v.value)))
        }
        Expr::Includes { question, value } => format!("{}包括{}", question.value, value.value),
    }
}

fn find<'p>(program: &'p Program<'_>, name: &str) -> Option<&'p Question> {
    program.questions.iter().find(|question| &*question.name.value == name)
}

/// What saying yes to a question states: “是否装修门头？” states “装修门头”.
fn statement(program: &Program<'_>, name: &str) -> Option<String> {
    let ask = &find(program, name)?.ask;
    let bare = ask.trim_end_matches(['？', '?', '。']);
    bare.strip_prefix("是否").map(|rest| rest.replace("是否", "").replace(['，', ','], "、"))
}

/// “18年前（按2026-09-01算为2008-09-01）”: a reader should not have to count.
fn value_words(value: &Literal) -> String {
    let Literal::Today(offset, as_of) = value else { return value.to_string() };
    let unit = match offset.unit() {
        OffsetUnit::Day => "天",
        unit => unit.label(),
    };
    let count = offset.amount().unsigned_abs();
    let words = match offset.amount() {
        0 => "今天".to_owned(),
        1.. => format!("{count}{unit}后"),
        _ => format!("{count}{unit}前"),
    };
    match as_of {
        Some(as_of) if as_of.date != as_of.today => {
            format!("{words}（按{}算为{}）", as_of.today, as_of.date)
        }
        Some(as_of) => format!("{words}（按{}算）", as_of.today),
        None => words,
    }
}

fn list<'v>(values: impl Iterator<Item = &'v Literal>) -> String {
    values.map(ToString::to_string).collect::<Vec<_>>().join("或")
}
