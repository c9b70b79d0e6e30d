//! Brackets, quotes, the words 且, 或, 非, and characters that have no place in a condition.

use std::ops::Range;
use std::sync::Arc;

use super::{Context, Input, Stray, advance, here, rest, spaces};
use crate::expr::ExprError;
use crate::expr::condition::words::{self, Join, is_name_char, run_of};
use crate::source::At;

pub(super) fn is_round_open(c: char) -> bool {
    matches!(c, '(' | '（')
}

pub(super) fn is_round_close(c: char) -> bool {
    matches!(c, ')' | '）')
}

pub(super) fn is_list_open(c: char) -> bool {
    matches!(c, '[' | '［' | '【')
}

pub(super) fn is_list_close(c: char) -> bool {
    matches!(c, ']' | '］' | '】')
}

pub(super) fn is_close_bracket(c: char) -> bool {
    is_round_close(c) || is_list_close(c) || matches!(c, '}' | '｝')
}

pub(super) fn is_comma(c: char) -> bool {
    matches!(c, ',' | '，' | '、')
}

/// The quotes that open a name, those that close it, and whether they are the right ones.
const QUOTES: [(char, &[char], bool); 9] = [
    ('“', &['”'], true),
    ('"', &['"'], true),
    ('＂', &['＂'], true),
    ('”', &['”', '“'], false),
    ('‘', &['’'], false),
    ('’', &['’', '‘'], false),
    ('\'', &['\''], false),
    ('「', &['」'], false),
    ('『', &['』'], false),
];

pub(super) fn is_quote(c: char) -> bool {
    QUOTES.iter().any(|(open, ..)| *open == c)
}

/// A name in quotes, if one begins here: `Some(None)` if it is faulty beyond understanding.
pub(super) fn quoted(input: &mut Input<'_>) -> Option<Option<At<Arc<str>>>> {
    let context = input.state;
    let text = rest(input);
    let open = text.chars().next()?;
    let (_, closing, proper) = QUOTES.iter().find(|(quote, ..)| *quote == open)?;
    let body = &text[open.len_utf8()..];
    let Some(length) = body.find(|c| closing.contains(&c)) else {
        let start = here(input);
        advance(input, text.len());
        let error = ExprError::new(start..start + open.len_utf8(), "引号没有配对");
        context.fail(error.help("在名称后面补上引号"));
        return Some(None);
    };
    let close = body[length..].chars().next().map_or(0, char::len_utf8);
    let name = &body[..length];
    let range = advance(input, open.len_utf8() + length + close);
    if name.trim().is_empty() {
        context.fail(ExprError::new(range, "引号里没有名称"));
        return Some(None);
    }
    if !proper {
        let fixed = if name.contains('”') { format!("\"{name}\"") } else { format!("“{name}”") };
        let error = ExprError::new(range.clone(), "名称的引号不对").help("用“ ”或 \" \"");
        let plain = !(name.contains('”') && name.contains('"'));
        context.note(if plain { error.fix(range.clone(), fixed) } else { error });
    }
    Some(Some(context.at(Arc::from(name), range)))
}

/// A 且 or 或, not yet passed.
pub(super) struct FoundJoin {
    pub(super) join: Join,
    pub(super) range: Range<usize>,
    proper: bool,
}

/// The next word or sign, if it joins conditions, after a complete condition.
pub(super) fn peek_join(input: &mut Input<'_>) -> Option<FoundJoin> {
    spaces(input);
    let start = here(input);
    let text = rest(input);
    let first = text.chars().next()?;
    let join = match first {
        '&' | '＆' => Some(Join::And),
        '|' | '｜' => Some(Join::Or),
        _ => None,
    };
    if let Some(join) = join {
        let double = text.chars().nth(1) == Some(first);
        let length = first.len_utf8() * if double { 2 } else { 1 };
        return Some(FoundJoin { join, range: start..start + length, proper: double });
    }
    let run = run_of(text);
    let (length, join, proper) = words::join_at_start(run)?;
    let known = run.len() > join.label().len() && input.state.names.question(run);
    (!known).then_some(FoundJoin { join, range: start..start + length, proper })
}

/// The same where a condition should begin: a longer run that merely begins with such a word is more likely a name.
pub(super) fn peek_leading_join(input: &mut Input<'_>) -> Option<FoundJoin> {
    let found = peek_join(input)?;
    let run = run_of(rest(input));
    let names = input.state.names;
    let is_name = run.len() > found.range.len()
        && (words::has_known_start(run, names) || !words::starts_known(&run[found.range.len()..], names));
    (!is_name).then_some(found)
}

/// The range with a space to each side where a name would touch the word.
fn spaced(context: &Context<'_>, range: &Range<usize>, word: &str) -> String {
    let before = context.text[..range.start].ends_with(is_name_char);
    let after = context.text[range.end..].starts_with(is_name_char);
    format!("{}{word}{}", if before { " " } else { "" }, if after { " " } else { "" })
}

/// Passes a join, and says what is wrong with how it is written.
pub(super) fn take_join(input: &mut Input<'_>, found: FoundJoin) -> Range<usize> {
    let range = found.range;
    advance(input, range.len());
    let label = found.join.label();
    word_fault(input.state, &range, label, found.proper, "“且”“或”的前后都要有空格");
    range
}

/// Reports a word that is not the proper one or that touches a name.
pub(super) fn word_fault(context: &Context<'_>, range: &Range<usize>, label: &str, proper: bool, rule: &str) {
    let written = context.slice(range.clone());
    let fixed = spaced(context, range, label);
    if !proper {
        let error = ExprError::new(range.clone(), format!("条件里不用“{written}”，用“{label}”"));
        context.note(error.help(format!("改为“{label}”")).fix(range.clone(), fixed));
    } else if fixed != label && written.starts_with(|c| is_name_char(c) && !c.is_ascii()) {
        let side = match (fixed.starts_with(' '), fixed.ends_with(' ')) {
            (true, true) => "前后",
            (true, false) => "前面",
            _ => "后面",
        };
        let error = ExprError::new(range.clone(), format!("“{written}”{side}没有空格，会和名称连成一个词"));
        let help = format!("{rule}；如果它是名称里的字，给整个名称加引号");
        context.note(error.help(help).fix(range.clone(), fixed));
    }
}

/// Passes a 非 or `!`, if there is one.
pub(super) fn take_not(input: &mut Input<'_>) -> Option<Range<usize>> {
    let context = input.state;
    let text = rest(input);
    let c = text.chars().next()?;
    if matches!(c, '!' | '！') {
        let next = text[c.len_utf8()..].chars().next();
        let sign = next.is_some_and(|next| matches!(next, '=' | '＝'));
        return (!sign).then(|| advance(input, c.len_utf8()));
    }
    let run = run_of(text);
    if run == "非" {
        return Some(advance(input, run.len()));
    }
    if words::has_known_start(run, context.names) {
        return None;
    }
    if let Some(name) = run.strip_prefix('非') {
        if !words::starts_known(name, context.names) {
            return None;
        }
        let range = advance(input, run.len() - name.len());
        let error = ExprError::new(range.clone(), "“非”后面没有空格，会和名称连成一个词");
        let help = "“非”后面要有空格或括号；如果它是名称里的字，给整个名称加引号";
        context.note(error.help(help).fix(range.clone(), "非 "));
        return Some(range);
    }
    let followed = text[run.len()..].trim_start().starts_with(|c| is_name_char(c) || is_round_open(c) || is_quote(c));
    if followed && words::is_not_word(run) {
        let range = advance(input, run.len());
        word_fault(context, &range, "非", false, "");
        return Some(range);
    }
    None
}

/// Whether a condition can begin here.
pub(super) fn opens_operand(input: &Input<'_>) -> bool {
    let mut chars = rest(input).chars();
    match chars.next() {
        Some('!' | '！') => !chars.next().is_some_and(|next| matches!(next, '=' | '＝')),
        Some(c) => is_name_char(c) || is_round_open(c) || is_quote(c),
        None => false,
    }
}

/// Passes characters that have no place here, and says so.
pub(super) fn unexpected(input: &mut Input<'_>) -> Stray {
    let context = input.state;
    let text = rest(input);
    let Some(c) = text.chars().next() else { return Stray::Nothing };
    let length = text.find(|other| other != c).unwrap_or(text.len());
    let range = advance(input, length);
    let written = context.slice(range.clone());
    let error = |message: String| ExprError::new(range.clone(), message);
    match c {
        '。' if text[length..].trim().is_empty() => {
            context.note(error("条件末尾不用句号".to_owned()).help("删去它").fix(range, ""))
        }
        _ if is_comma(c) || matches!(c, ';' | '；' | '。') => {
            context.fail(error(format!("“{written}”不能连接条件")).help("用“且”或“或”，前后有空格"));
            spaces(input);
            if opens_operand(input) {
                return Stray::Operand;
            }
        }
        '”' | '’' => context.fail(error(format!("多了一个引号“{written}”"))),
        _ => context.fail(error(format!("条件里不能有“{written}”")).help("如果它是名称里的字，给整个名称加引号")),
    }
    Stray::Skipped
}
