//! Conditions in the plan: canonical text, words for applicants, and the tree for programs.

use schemars::JsonSchema;
use serde::Serialize;

use crate::expr::{Expr, Literal, Op};
use crate::program::Cond;

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
    pub(super) fn of(cond: &Cond) -> When {
        When::from_tree(cond.written.expr.clone())
    }

    /// Alternatives, each of which is a list of conditions that must all hold; `None` if one of them always holds.
    pub(super) fn any(alternatives: &[Vec<&Cond>]) -> Option<When> {
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
        Some(When::from_tree(tree))
    }

    fn from_tree(tree: Expr) -> When {
        When { text: tree.to_string(), words: words(&tree, false), tree }
    }
}

/// Whether two conditions read the same; positions do not count.
fn same(a: &Expr, b: &Expr) -> bool {
    a.to_string() == b.to_string()
}

fn words(expr: &Expr, inner: bool) -> String {
    let join = |parts: &[Expr], word: &str| {
        let parts: Vec<_> = parts.iter().map(|part| words(part, true)).collect();
        let text = parts.join(word);
        if inner { format!("\u{ff08}{text}\u{ff09}") } else { text }
    };
    match expr {
        Expr::All(parts) => join(parts, "\u{ff0c}且"),
        Expr::Any(parts) => join(parts, "\u{ff0c}或者"),
        Expr::Not(part) => match &**part {
            Expr::Is(question) => format!("“{}”选“否”", question.value),
            Expr::OneOf { question, values } => {
                format!("{}不是{}", question.value, list(values.iter().map(|v| &v.value)))
            }
            Expr::Includes { question, value } => format!("{}不包括{}", question.value, value.value),
            other => format!("不属于“{}”", words(other, false)),
        },
        Expr::Is(question) => format!("“{}”选“是”", question.value),
        Expr::Compare { question, op, value } => {
            let how = match (op, &value.value) {
                (Op::Eq, _) => "为",
                (Op::Ne, _) => "不是",
                (Op::Lt, Literal::Date(_)) => "早于",
                (Op::Gt, Literal::Date(_)) => "晚于",
                (Op::Le, Literal::Date(_)) => "不晚于",
                (Op::Ge, Literal::Date(_)) => "不早于",
                (Op::Lt, _) => "不满",
                (Op::Le, _) => "不超过",
                (Op::Gt, _) => "超过",
                (Op::Ge, _) => "不少于",
            };
            format!("{}{how}{}", question.value, value.value)
        }
        Expr::OneOf { question, values } => format!("{}为{}", question.value, list(values.iter().map(|v| &v.value))),
        Expr::Includes { question, value } => format!("{}包括{}", question.value, value.value),
    }
}

fn list<'v>(values: impl Iterator<Item = &'v Literal>) -> String {
    values.map(ToString::to_string).collect::<Vec<_>>().join("或")
}
