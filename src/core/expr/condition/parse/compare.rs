//! A question, alone or compared with values.

use std::ops::Range;
use std::sync::Arc;

use super::token::{self, is_comma, is_list_close, is_list_open, is_quote, is_round_close, is_round_open};
use super::{Input, advance, here, rest, spaces, today};
use crate::expr::ExprError;
use crate::expr::condition::literal::{literal, starts_as_unit};
use crate::expr::condition::words::{self, Verb, is_name_char, run_of, starts_as_number};
use crate::expr::condition::{Expr, Literal, Op};
use crate::source::At;

type Value = At<Literal>;

/// `question`, `question op value` or `value op question`. Something does begin here.
pub(super) fn compare(input: &mut Input<'_>) -> Expr {
    let context = input.state;
    let start = here(input);
    let question = match token::quoted(input) {
        Some(Some(name)) => name,
        Some(None) => return context.hole(),
        None => {
            if let Some(expr) = flipped(input) {
                return expr;
            }
            let run = run_of(rest(input));
            let range = advance(input, words::question_end(run, context.names));
            context.at(Arc::from(context.slice(range.clone())), range)
        }
    };
    let name_range = start..here(input);
    spaces(input);
    let Some((verb, range)) = take_verb(input) else {
        let known = context.names.question(&question);
        if !known && starts_as_number(&question) && !is_quote_at(input, start) && is_value(&question) {
            let message = format!("“{}”是一个值，不是条件", question.value);
            context.fail(ExprError::new(name_range, message).help("写明哪个问题，如“经营面积 ≤ 50”"));
            return context.hole();
        }
        return Expr::Is(question);
    };
    match verb {
        Verb::Compare(op) => sign(input, question, op, &range, name_range.start),
        Verb::OneOf { negated } => {
            let Some(values) = one_of(input, &question, &range, verb) else { return context.hole() };
            negate(Expr::OneOf { question, values }, negated)
        }
        Verb::Includes { negated } => {
            spaces(input);
            if rest(input).starts_with(is_list_open) {
                let open = here(input);
                list(input, &question);
                let word = verb.label();
                let error = ExprError::new(open..here(input), format!("“{word}”后面只能写一个值"));
                let name = &question.value;
                context.fail(error.help(format!("分开写，如“{name} {word} 甲 且 {name} {word} 乙”")));
                return context.hole();
            }
            let Some(value) = value(input, &question, &range, verb) else { return context.hole() };
            negate(Expr::Includes { question, value }, negated)
        }
    }
}

fn negate(expr: Expr, negated: bool) -> Expr {
    if negated { Expr::Not(Box::new(expr)) } else { expr }
}

fn is_quote_at(input: &Input<'_>, offset: usize) -> bool {
    input.state.text[offset..].starts_with(is_quote)
}

/// A number without unit, or a day.
fn is_value(run: &str) -> bool {
    matches!(literal(run, 0..run.len()).0, Some(Literal::Number { unit: None, .. } | Literal::Date(_)))
}

/// After `question op`.
fn sign(input: &mut Input<'_>, question: At<Arc<str>>, op: Op, range: &Range<usize>, start: usize) -> Expr {
    let context = input.state;
    spaces(input);
    if matches!(op, Op::Eq | Op::Ne) && rest(input).starts_with(is_list_open) {
        let verb = Verb::OneOf { negated: op == Op::Ne };
        let label = verb.label();
        let written = context.slice(range.clone());
        let error = ExprError::new(range.clone(), format!("“{written}”后面只能写一个值，几个值之一用“{label}”"));
        let before = if context.text[..range.start].ends_with(is_name_char) { " " } else { "" };
        let fixed = format!("{before}{label}");
        context.note(error.help(format!("改为“{label}”")).fix(range.clone(), fixed));
        let Some(values) = list(input, &question) else { return context.hole() };
        return negate(Expr::OneOf { question, values }, op == Op::Ne);
    }
    let Some(value) = value(input, &question, range, Verb::Compare(op)) else { return context.hole() };
    spaces(input);
    if let Some((_, second)) = take_sign(input) {
        let second_value = self::value(input, &question, &second, Verb::Compare(op));
        let error = ExprError::new(start..here(input), "一个条件只能比较一次");
        context.fail(match (op, second_value) {
            (Op::Eq, Some(second)) => {
                error.help(format!("几个值之一写成“{} 属于 [{}, {}]”", question.value, value.value, second.value))
            }
            _ => error.help("分成两个条件，中间写“且”或“或”"),
        });
        return context.hole();
    }
    Expr::Compare { question, op, value }
}

/// `50 ≤ 经营面积` and `10 < x < 20`.
fn flipped(input: &mut Input<'_>) -> Option<Expr> {
    let context = input.state;
    let start = here(input);
    let run = run_of(rest(input));
    let day = today::length(rest(input));
    if !starts_as_number(run) && day.is_none() || words::has_known_start(run, context.names) {
        return None;
    }
    // Look ahead without reporting anything: number, perhaps a unit, a sign.
    let mut after = rest(input)[day.unwrap_or(run.len())..].trim_start();
    if !is_sign_start(after) {
        if day.is_some() {
            return None;
        }
        let unit = run_of(after);
        if !starts_as_unit(unit) || !is_value(run) {
            return None;
        }
        after = after[unit.len()..].trim_start();
    }
    if !is_sign_start(after) {
        return None;
    }
    let other = run_of(after.trim_start_matches(|c| ascii_sign(c).is_some()).trim_start());
    if starts_as_number(other) && !words::has_known_start(other, context.names) {
        return None;
    }
    let value = value(input, "", &(start..start), Verb::Compare(Op::Eq));
    spaces(input);
    let (verb, first) = take_sign(input)?;
    let Verb::Compare(op) = verb else { return Some(context.hole()) };
    spaces(input);
    let question = match token::quoted(input) {
        Some(name) => name,
        None => {
            let run = run_of(rest(input));
            let end = words::question_end(run, context.names);
            (end > 0).then(|| {
                let range = advance(input, end);
                context.at(Arc::from(context.slice(range.clone())), range)
            })
        }
    };
    let (Some(value), Some(question)) = (value, question) else {
        if !context.broken.get() {
            let word = context.slice(first.clone());
            context.fail(ExprError::new(first, format!("“{word}”后面缺少问题的名称")));
        }
        return Some(context.hole());
    };
    let first = Expr::Compare { question: question.clone(), op: op.flipped(), value };
    let name_end = here(input);
    spaces(input);
    let Some((Verb::Compare(second_op), second)) = take_sign(input) else {
        return Some(first);
    };
    let value = self::value(input, &question, &second, Verb::Compare(second_op));
    let Some(value) = value else { return Some(context.hole()) };
    let both = Expr::All(vec![first, Expr::Compare { question: question.clone(), op: second_op, value }]);
    let range = start..here(input).max(name_end);
    let error = ExprError::new(range.clone(), "一个条件只能比较一次").help(format!("写成“{both}”"));
    let upwards = |op: Op| matches!(op, Op::Lt | Op::Le);
    let downwards = |op: Op| matches!(op, Op::Gt | Op::Ge);
    if (upwards(op) && upwards(second_op)) || (downwards(op) && downwards(second_op)) {
        let alone = context.text.trim().len() == range.len();
        let fixed = if alone { both.to_string() } else { format!("({both})") };
        context.note(error.fix(range, fixed));
        return Some(both);
    }
    context.fail(error);
    Some(context.hole())
}

/// Values after 属于.
fn one_of(input: &mut Input<'_>, question: &str, after: &Range<usize>, verb: Verb) -> Option<Vec<Value>> {
    let context = input.state;
    spaces(input);
    if rest(input).starts_with(is_list_open) {
        return list(input, question);
    }
    let start = here(input);
    let mut values = vec![value(input, question, after, verb)?];
    loop {
        let end = here(input);
        spaces(input);
        let Some(comma) = rest(input).chars().next().filter(|&c| is_comma(c)) else {
            let range = start..end;
            let fixed = format!("[{}]", context.slice(range.clone()));
            let error = ExprError::new(range.clone(), format!("“{}”后面的值要写在“[ ]”里", verb.label()));
            context.note(error.help(format!("写成“{fixed}”")).fix(range, fixed));
            return Some(values);
        };
        let comma = advance(input, comma.len_utf8());
        values.push(value(input, question, &comma, verb)?);
    }
}

/// `[甲, 乙]`; one does begin here.
fn list(input: &mut Input<'_>, question: &str) -> Option<Vec<Value>> {
    let context = input.state;
    let open = rest(input).chars().next().map_or(0, char::len_utf8);
    let open = advance(input, open);
    let mut values = Vec::new();
    let mut sound = true;
    loop {
        spaces(input);
        let run = run_of(rest(input));
        let Some(c) = rest(input).chars().next() else {
            unclosed(input, &open);
            break;
        };
        if is_list_close(c) {
            advance(input, c.len_utf8());
            break;
        }
        if token::is_close_bracket(c) {
            let range = here(input)..here(input) + c.len_utf8();
            if is_round_close(c) && context.brackets.get() > 0 {
                unclosed(input, &open);
                break;
            }
            advance(input, c.len_utf8());
            let written = context.slice(open.clone());
            let error = ExprError::new(range.clone(), format!("“{written}”和“{c}”不配对"));
            context.note(error.help("改为“]”").fix(range, "]"));
            break;
        }
        if is_comma(c) {
            let range = advance(input, c.len_utf8());
            context.fail(ExprError::new(range, format!("“{c}”前面缺少值")));
            sound = false;
            continue;
        }
        if !is_name_char(c) && !is_quote(c) {
            token::unexpected(input);
            continue;
        }
        let is_join = matches!(run, "且" | "或");
        if is_join {
            let range = advance(input, run.len());
            let run = context.slice(range.clone());
            context.fail(ExprError::new(range, format!("“[ ]”里不能写“{run}”")).help("值之间写“，”"));
            sound = false;
            continue;
        }
        match element(input, question, &open, Verb::OneOf { negated: false }) {
            Some(value) => values.push(value),
            None => sound = false,
        }
        separator(input);
    }
    if values.is_empty() && sound {
        context.fail(ExprError::new(open.start..here(input), "“[ ]”里没有值"));
        sound = false;
    }
    sound.then_some(values)
}

/// Passes what stands between two values.
fn separator(input: &mut Input<'_>) {
    let context = input.state;
    let end = here(input);
    spaces(input);
    let Some(c) = rest(input).chars().next() else { return };
    let run = run_of(rest(input));
    if is_comma(c) {
        advance(input, c.len_utf8());
    } else if matches!(c, ';' | '；') {
        let range = advance(input, c.len_utf8());
        let error = ExprError::new(range.clone(), format!("值之间不用“{c}”")).help("改为“,”");
        context.note(error.fix(range, ","));
    } else if let Some((length, ..)) = words::join_at_start(run).filter(|(length, ..)| *length == run.len()) {
        let range = advance(input, length);
        let error = ExprError::new(range.clone(), format!("“[ ]”里的值之间不用“{run}”")).help("改为“,”");
        context.note(error.fix(end..range.end, ","));
    } else if is_name_char(c) || is_quote(c) {
        let error = ExprError::new(here(input)..here(input) + run.len().max(c.len_utf8()), "两个值之间没有逗号");
        context.note(error.help("补上“,”；名称里有空格的，给整个名称加引号").propose(end..end, ","));
    }
}

fn unclosed(input: &Input<'_>, open: &Range<usize>) {
    let context = input.state;
    let end = context.text[..here(input)].trim_end().len();
    let written = context.slice(open.clone());
    let error = ExprError::new(open.clone(), format!("“{written}”没有配对的“]”"));
    context.note(error.help("补上“]”").propose(end..end, "]"));
}

/// One value after `after`, outside of `[ ]`; `None` if it was reported.
pub(super) fn value(input: &mut Input<'_>, question: &str, after: &Range<usize>, verb: Verb) -> Option<Value> {
    let context = input.state;
    spaces(input);
    let start = here(input);
    let value = element(input, question, after, verb);
    let Some(At { value: Literal::Number { unit: None, .. }, .. }) = &value else { return value };
    // `1,000`: a comma right after a number, then three digits.
    let mut length = 0;
    while let Some(group) = rest(input)[length..].strip_prefix(',').map(run_of) {
        let digits = group.bytes().take_while(u8::is_ascii_digit).count();
        if digits != 3 || !context.slice(start..here(input)).ends_with(|c: char| c.is_ascii_digit()) {
            break;
        }
        length += 1 + group.len();
    }
    if length == 0 {
        return value;
    }
    advance(input, length);
    let range = start..here(input);
    let plain: String = context.slice(range.clone()).chars().filter(|&c| !is_comma(c)).collect();
    let error = ExprError::new(range.clone(), "数里不写逗号").help(format!("改为“{plain}”"));
    let (Some(literal), None) = literal(&plain, range.clone()) else {
        context.fail(error);
        return None;
    };
    context.note(error.fix(range.clone(), plain));
    Some(context.at(literal, range))
}

/// One value; `None` if it was reported.
fn element(input: &mut Input<'_>, question: &str, after: &Range<usize>, verb: Verb) -> Option<Value> {
    let context = input.state;
    spaces(input);
    let start = here(input);
    let Some(c) = rest(input).chars().next() else { return no_value(input, after) };
    if let Some(name) = token::quoted(input) {
        return name.map(|name| At::new(Literal::Word(name.value), name.span));
    }
    if is_round_open(c) {
        let error = ExprError::new(start..start + c.len_utf8(), "这里应当是一个值，不能写括号");
        context.fail(error.help("几个值之一写成“属于 [甲, 乙]”"));
        let length = rest(input)
            .find(is_round_close)
            .map_or(rest(input).len(), |at| at + rest(input)[at..].chars().next().map_or(0, char::len_utf8));
        advance(input, length);
        return None;
    }
    let run = run_of(rest(input));
    if run.is_empty() || matches!(run, "且" | "或") {
        return no_value(input, after);
    }
    if run == "非" && !context.names.option(question, run) {
        let not = advance(input, run.len());
        let error = ExprError::new(not, "值的前面不能写“非”");
        context.fail(match verb {
            Verb::Compare(Op::Eq) if !question.is_empty() => {
                error.help("改用“≠”").propose(after.start..here(input), "≠")
            }
            _ => error.help("把“非”写在整个条件的前面"),
        });
        spaces(input);
        let run = run_of(rest(input)).len();
        advance(input, run);
        return None;
    }
    if !context.names.option(question, run)
        && let Some(day) = today::take(input)
    {
        return day;
    }
    let range = advance(input, words::value_end(run, question, context.names));
    let run = context.slice(range.clone());
    if context.names.option(question, run) {
        return Some(context.at(Literal::Word(Arc::from(run)), range));
    }
    let (literal, error) = literal(run, range.clone());
    match (&literal, error) {
        (None, Some(error)) => context.fail(error),
        (_, Some(error)) => context.note(error),
        _ => {}
    }
    match literal? {
        Literal::Number { number, unit: None } => {
            let unit = unit_after(input);
            let whole = range.start..range.end.max(here(input));
            let whole = if unit.is_some() { whole } else { range };
            Some(context.at(Literal::Number { number, unit }, whole))
        }
        literal => Some(context.at(literal, range)),
    }
}

/// A unit that stands apart from its number: `50 平方米`.
fn unit_after(input: &mut Input<'_>) -> Option<Arc<str>> {
    let context = input.state;
    let gap = rest(input).len() - rest(input).trim_start().len();
    let run = run_of(&rest(input)[gap..]);
    let operator = words::join_at_start(run).is_some() || words::verb_at_start(run).is_some() || run == "非";
    if gap == 0 || operator || !starts_as_unit(run) || words::starts_known(run, context.names) {
        return None;
    }
    let length = words::value_end(run, "", context.names);
    advance(input, gap);
    let range = advance(input, length);
    Some(Arc::from(context.slice(range)))
}

fn no_value(input: &Input<'_>, after: &Range<usize>) -> Option<Value> {
    let context = input.state;
    let word = context.slice(after.clone());
    context.fail(ExprError::new(after.clone(), format!("“{word}”后面缺少值")));
    None
}

/// A sign or word that compares, if one stands here.
fn take_verb(input: &mut Input<'_>) -> Option<(Verb, Range<usize>)> {
    if let Some(found) = take_sign(input) {
        return Some(found);
    }
    let context = input.state;
    let run = run_of(rest(input));
    let (length, verb, proper) = words::verb_at_start(run)?;
    if run.len() > length && context.names.question(run) {
        return None;
    }
    let range = advance(input, length);
    token::word_fault(context, &range, verb.label(), proper, "“属于”“包含”的前后都要有空格");
    Some((verb, range))
}

fn ascii_sign(c: char) -> Option<&'static str> {
    Some(match c {
        '=' | '＝' => "=",
        '<' | '＜' => "<",
        '>' | '＞' => ">",
        '!' | '！' => "!",
        '≠' => "!=",
        '≤' | '≦' | '⩽' => "<=",
        '≥' | '≧' | '⩾' => ">=",
        _ => return None,
    })
}

fn is_sign_start(text: &str) -> bool {
    let mut chars = text.chars();
    match chars.next().and_then(ascii_sign) {
        Some("!") => chars.next().and_then(ascii_sign) == Some("="),
        Some(_) => true,
        None => false,
    }
}

/// A comparison sign, if one stands here; says what is wrong with it.
pub(super) fn take_sign(input: &mut Input<'_>) -> Option<(Verb, Range<usize>)> {
    let context = input.state;
    if !is_sign_start(rest(input)) {
        return None;
    }
    let mut sign = String::new();
    let mut length = 0;
    for c in rest(input).chars() {
        let Some(part) = ascii_sign(c) else { break };
        sign.push_str(part);
        length += c.len_utf8();
    }
    let range = advance(input, length);
    let (op, proper) = match &*sign {
        "=" | "==" => (Op::Eq, true),
        "!=" => (Op::Ne, true),
        "<" => (Op::Lt, true),
        "<=" => (Op::Le, true),
        ">" => (Op::Gt, true),
        ">=" => (Op::Ge, true),
        "===" => (Op::Eq, false),
        "<>" | "!==" | "=!" | "=!=" => (Op::Ne, false),
        "=<" | "<==" => (Op::Le, false),
        "=>" | ">==" => (Op::Ge, false),
        _ => {
            let error = ExprError::new(range.clone(), format!("没有“{}”这个符号", context.slice(range.clone())));
            context.fail(error.help("比较的符号是 = ≠ < ≤ > ≥"));
            return Some((Verb::Compare(Op::Eq), range));
        }
    };
    if !proper {
        let error = ExprError::new(range.clone(), format!("没有“{}”这个符号", context.slice(range.clone())));
        context.note(error.help(format!("改为“{op}”")).fix(range.clone(), op.sign()));
    }
    Some((Verb::Compare(op), range))
}
