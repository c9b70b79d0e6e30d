//! The grammar of conditions.
//!
//! ```text
//! any     = all { 或 all }
//! all     = unary { 且 unary }
//! unary   = 非 unary | "(" any ")" | compare
//! compare = question [ sign value | 属于 list | 包含 value ] | value sign question
//! list    = "[" value { "," value } "]"
//! ```
//!
//! A faulty part is reported and, where its meaning is plain, read as it was meant; parsing always goes on to the end.

use std::cell::{Cell, RefCell};
use std::fmt;
use std::ops::Range;

use winnow::error::EmptyError;
use winnow::prelude::*;
use winnow::stream::{LocatingSlice, Location, Stateful, Stream};
use winnow::token::take_while;

use super::words::{Join, is_name_char, is_space, run_of};
use super::{Condition, Expr, Op};
use crate::expr::ExprError;
use crate::source::{At, Span};

mod compare;
mod today;
mod token;

use compare::compare;

/// Which names exist, so that a run such as `非本地户籍` is one name if it is known. A closure `Fn(&str) -> bool` that knows
/// the questions will do.
pub trait Names {
    /// Whether there is a question of this name.
    fn question(&self, name: &str) -> bool;

    /// Whether `word` is an option of the question.
    fn option(&self, question: &str, word: &str) -> bool {
        let _ = (question, word);
        false
    }
}

impl<F: Fn(&str) -> bool> Names for F {
    fn question(&self, name: &str) -> bool {
        self(name)
    }
}

/// What a text gave.
#[derive(Debug, Clone)]
pub struct Parsed {
    /// The condition; also where there are errors, if every one of them leaves no doubt about what was meant.
    pub condition: Option<Condition>,
    /// What is wrong, in the order of the text.
    pub errors: Vec<ExprError>,
}

/// Brackets and 非 within one another.
const DEEPEST: usize = 64;

/// More errors in one condition help nobody.
const MOST_ERRORS: usize = 16;

/// Reads a condition. `base` turns byte ranges of `text` into spans; `names` says which names exist.
pub fn parse(text: &str, base: impl Fn(Range<usize>) -> Span, names: &dyn Names) -> Parsed {
    let context = Context {
        text,
        names,
        base: &base,
        errors: RefCell::default(),
        broken: Cell::new(false),
        depth: Cell::new(0),
        brackets: Cell::new(0),
    };
    let start = text.len() - text.trim_start().len();
    let range = start..text.trim_end().len().max(start);
    if range.is_empty() {
        let errors = vec![ExprError::new(0..text.len(), "没有写条件")];
        return Parsed { condition: None, errors };
    }
    // They would cut names invisibly: nothing said about the rest could be understood.
    let invisible = |c: char| matches!(c, '\u{200b}'..='\u{200f}' | '\u{2060}' | '\u{feff}');
    let errors: Vec<_> = text.match_indices(invisible).take(MOST_ERRORS).map(invisible_character).collect();
    if !errors.is_empty() {
        return Parsed { condition: None, errors };
    }
    let mut input = Input { input: LocatingSlice::new(text), state: &context };
    let expr = any_of(&mut input, None);
    let span = base(range);
    let condition = match expr {
        Ok(expr) if !context.broken.get() => Some(Condition { expr, span }),
        _ => None,
    };
    let mut errors = context.errors.into_inner();
    errors.sort_by_key(|error| (error.range.start, error.range.end));
    errors.dedup();
    Parsed { condition, errors }
}

fn invisible_character((offset, text): (usize, &str)) -> ExprError {
    let range = offset..offset + text.len();
    let code = text.chars().next().map_or(0, u32::from);
    ExprError::new(range.clone(), format!("这里有看不见的字符 U+{code:04X}")).help("删去它").fix(range, "")
}

type Input<'a> = Stateful<LocatingSlice<&'a str>, &'a Context<'a>>;

/// `Err` gives up the whole condition; its reason has been reported.
type Step<T> = Result<T, EmptyError>;

struct Context<'a> {
    text: &'a str,
    names: &'a dyn Names,
    base: &'a dyn Fn(Range<usize>) -> Span,
    errors: RefCell<Vec<ExprError>>,
    /// Whether something cannot be understood.
    broken: Cell<bool>,
    depth: Cell<usize>,
    brackets: Cell<usize>,
}

impl fmt::Debug for Context<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Context").field("text", &self.text).finish_non_exhaustive()
    }
}

impl<'a> Context<'a> {
    /// Reports something whose meaning is plain.
    fn note(&self, error: ExprError) {
        let mut errors = self.errors.borrow_mut();
        if errors.len() < MOST_ERRORS {
            errors.push(error);
        }
    }

    /// Reports something that cannot be understood.
    fn fail(&self, error: ExprError) {
        self.note(error);
        self.broken.set(true);
    }

    /// Stands where something could not be understood; no condition that holds one is handed out.
    fn hole(&self) -> Expr {
        self.broken.set(true);
        Expr::All(Vec::new())
    }

    fn at<T>(&self, value: T, range: Range<usize>) -> At<T> {
        At::new(value, (self.base)(range))
    }

    fn slice(&self, range: Range<usize>) -> &'a str {
        &self.text[range]
    }
}

fn here(input: &Input<'_>) -> usize {
    input.current_token_start()
}

fn rest<'a>(input: &Input<'a>) -> &'a str {
    &input.state.text[here(input)..]
}

fn advance(input: &mut Input<'_>, bytes: usize) -> Range<usize> {
    let start = here(input);
    input.next_slice(bytes);
    start..start + bytes
}

fn spaces(input: &mut Input<'_>) {
    let skipped: Step<&str> = take_while(0.., is_space).parse_next(input);
    debug_assert!(skipped.is_ok());
}

fn any_of(input: &mut Input<'_>, after: Option<Range<usize>>) -> Step<Expr> {
    let context = input.state;
    let mut parts = Vec::new();
    let mut after = after;
    loop {
        spaces(input);
        let start = here(input);
        let mut part = all_of(input, after)?;
        let range = start..start + context.slice(start..here(input)).trim_end().len();
        if let Some(meant) = option_as_condition(context, parts.last(), &part, range) {
            part = meant;
        }
        parts.push(part);
        match token::peek_join(input) {
            Some(join) if join.join == Join::Or => after = Some(token::take_join(input, join)),
            _ => break,
        }
    }
    Ok(if parts.len() == 1 { parts.swap_remove(0) } else { Expr::Any(parts) })
}

/// `办理方式 = 委托办理 或 本人办理`: the second is an option, not a question.
fn option_as_condition(context: &Context<'_>, before: Option<&Expr>, part: &Expr, range: Range<usize>) -> Option<Expr> {
    let (Some(Expr::Compare { question, op: Op::Eq, .. }), Expr::Is(name)) = (before, part) else { return None };
    if context.names.question(name) || !context.names.option(question, name) {
        return None;
    }
    let meant = Expr::Compare {
        question: question.clone(),
        op: Op::Eq,
        value: At::new(super::Literal::Word(name.value.clone()), name.span),
    };
    let error = ExprError::new(range.clone(), format!("“{}”是“{}”的选项，不是问题", name.value, question.value));
    let bracketed = context.slice(range.clone()).starts_with(['(', '（']);
    let error = error.help(format!("写成“{meant}”"));
    context.note(if bracketed { error } else { error.fix(range, meant.to_string()) });
    Some(meant)
}

fn all_of(input: &mut Input<'_>, after: Option<Range<usize>>) -> Step<Expr> {
    let mut parts = vec![unary(input, after)?];
    loop {
        match token::peek_join(input) {
            Some(join) if join.join == Join::And => {
                let after = token::take_join(input, join);
                parts.push(unary(input, Some(after))?);
            }
            Some(_) => break,
            None => match stray(input) {
                Stray::Nothing => break,
                Stray::Skipped => {}
                Stray::Operand => parts.push(unary(input, None)?),
            },
        }
    }
    Ok(if parts.len() == 1 { parts.swap_remove(0) } else { Expr::All(parts) })
}

enum Stray {
    /// The end, or a bracket that ends this part.
    Nothing,
    /// Reported and passed.
    Skipped,
    /// Reported; another condition follows.
    Operand,
}

/// After a complete condition stands neither 且 nor 或.
fn stray(input: &mut Input<'_>) -> Stray {
    spaces(input);
    let context = input.state;
    let Some(c) = rest(input).chars().next() else { return Stray::Nothing };
    if is_name_char(c) || token::opens_operand(input) {
        let end = here(input) + run_of(rest(input)).len().max(c.len_utf8());
        let written = context.slice(here(input)..end);
        let error = ExprError::new(here(input)..end, format!("“{written}”前面缺少“且”或“或”"))
            .help("两个条件之间写“且”或“或”；名称里有空格的，给整个名称加引号");
        context.fail(error);
        return Stray::Operand;
    }
    if token::is_close_bracket(c) {
        if context.brackets.get() > 0 {
            return Stray::Nothing;
        }
        let range = advance(input, c.len_utf8());
        context.note(ExprError::new(range.clone(), format!("多了一个“{c}”")).help("删去它").propose(range, ""));
        return Stray::Skipped;
    }
    if let Some((verb, range)) = compare::take_sign(input) {
        let error = ExprError::new(range.clone(), format!("“{}”前面不是问题的名称", context.slice(range.clone())))
            .help("一个问题只和一个值比较，如“经营面积 ≤ 50”");
        context.fail(error);
        compare::value(input, "", &range, verb);
        return Stray::Skipped;
    }
    token::unexpected(input)
}

fn unary(input: &mut Input<'_>, after: Option<Range<usize>>) -> Step<Expr> {
    let context = input.state;
    let mut skipped = false;
    loop {
        spaces(input);
        if let Some(not) = token::take_not(input) {
            let inner = nested(input, not.clone(), |input| unary(input, Some(not)))?;
            return Ok(Expr::Not(Box::new(inner)));
        }
        let Some(c) = rest(input).chars().next() else {
            if !skipped {
                context.fail(missing(context, after, here(input)));
            }
            return Ok(context.hole());
        };
        if token::is_list_open(c) {
            let open = advance(input, c.len_utf8());
            let error = ExprError::new(open.clone(), format!("“{c}”只能写在“属于”后面"));
            context.note(error.help("括号用“( )”"));
            return nested(input, open.clone(), |input| bracketed(input, open));
        }
        if token::is_round_open(c) {
            let open = advance(input, c.len_utf8());
            return nested(input, open.clone(), |input| bracketed(input, open));
        }
        if token::is_close_bracket(c) && (context.brackets.get() > 0 || after.is_some()) {
            context.fail(missing(context, after, here(input)));
            return Ok(context.hole());
        }
        if let Some(join) = token::peek_leading_join(input) {
            let error = match after {
                Some(_) => missing(context, after, here(input)),
                None => {
                    let word = context.slice(join.range.clone());
                    ExprError::new(join.range, format!("“{word}”前面缺少条件"))
                }
            };
            context.fail(error);
            return Ok(context.hole());
        }
        if is_name_char(c) || token::is_quote(c) {
            return Ok(compare(input));
        }
        if let Some((verb, range)) = compare::take_sign(input) {
            let written = context.slice(range.clone());
            let error = ExprError::new(range.clone(), format!("“{written}”前面缺少问题的名称"));
            context.fail(error.help("如“经营面积 ≤ 50”"));
            compare::value(input, "", &range, verb);
            return Ok(context.hole());
        }
        token::unexpected(input);
        skipped = true;
    }
}

fn missing(context: &Context<'_>, after: Option<Range<usize>>, here: usize) -> ExprError {
    match after {
        Some(word) => ExprError::new(word.clone(), format!("“{}”后面缺少条件", context.slice(word))),
        None => ExprError::new(here..here, "这里缺少条件"),
    }
}

fn bracketed(input: &mut Input<'_>, open: Range<usize>) -> Step<Expr> {
    let context = input.state;
    context.brackets.set(context.brackets.get() + 1);
    let inner = any_of(input, Some(open.clone()))?;
    context.brackets.set(context.brackets.get() - 1);
    spaces(input);
    match rest(input).chars().next() {
        Some(c)
            if token::is_round_close(c)
                || (token::is_list_close(c) && context.slice(open.clone()).starts_with(token::is_list_open)) =>
        {
            advance(input, c.len_utf8());
        }
        Some(c) if token::is_close_bracket(c) => {
            let range = advance(input, c.len_utf8());
            let error = ExprError::new(range.clone(), format!("“{}”和“{c}”不配对", context.slice(open)));
            context.note(error.help("改为“)”").fix(range, ")"));
        }
        _ => {
            let end = context.slice(0..here(input)).trim_end().len();
            let error = ExprError::new(open.clone(), format!("“{}”没有配对的“)”", context.slice(open)));
            context.note(error.help("补上“)”").propose(end..end, ")"));
        }
    }
    Ok(inner)
}

/// Runs `parse` one level deeper, or gives up where it is too deep.
fn nested<'a, T>(input: &mut Input<'a>, at: Range<usize>, parse: impl FnOnce(&mut Input<'a>) -> Step<T>) -> Step<T> {
    let context = input.state;
    if context.depth.get() == DEEPEST {
        context.fail(ExprError::new(at, format!("括号和“非”套得太深，最多 {DEEPEST} 层")).help("拆成几个条件"));
        return Err(EmptyError);
    }
    context.depth.set(context.depth.get() + 1);
    let result = parse(input)?;
    context.depth.set(context.depth.get() - 1);
    Ok(result)
}
