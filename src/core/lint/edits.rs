//! Changes to YAML text as people write it. `None` where the text is written in a way that is better changed by hand.

use crate::diagnostic::Edit;
use crate::model::{Item, Key, MaterialUse};
use crate::source::{Sources, Span};

/// Whether a name can stand in YAML, even between braces, without quotes.
fn is_plain(name: &str) -> bool {
    name.starts_with(char::is_alphanumeric)
        && !name.contains(|c: char| ",:#[]{}&*!|>'\"%@`".contains(c) || c.is_control())
        && name.contains(|c: char| c.is_alphabetic())
}

/// Adds keys to a flow mapping `{…}`.
pub fn add_to_braces(sources: &Sources, map: Span, keys: &str) -> Option<Edit> {
    let inner = sources.slice(map).strip_suffix('}')?.trim_end();
    inner.starts_with('{').then_some(())?;
    let end = map.start + inner.len() as u32;
    let comma = if inner.ends_with(['{', ',']) { "" } else { ", " };
    Some(Edit { span: Span { start: end, end, ..map }, text: format!("{comma}{keys}") })
}

/// Gives a material row more keys; `name` is what it is called afterwards.
pub fn extend_row(sources: &Sources, row: &MaterialUse, name: &str, keys: &str) -> Option<Vec<Edit>> {
    let label = row.material.as_ref()?;
    is_plain(name).then_some(())?;
    if row.span == label.span {
        return Some(vec![Edit { span: row.span, text: format!("{{{}, {keys}}}", MaterialUse::material.with(name)) }]);
    }
    let mut edits = vec![add_to_braces(sources, row.span, keys)?];
    if *label.value != *name {
        edits.push(Edit { span: label.span, text: name.to_owned() });
    }
    Some(edits)
}

/// Takes an element out of a flow list `[…]`.
pub fn remove_from_list(sources: &Sources, list: Span, element: Span) -> Option<Edit> {
    (list.covers(element) && sources.slice(list).starts_with('[')).then_some(())?;
    let text = sources.get(list.source).text();
    let after = &text[element.end as usize..list.end as usize];
    let before = &text[list.start as usize + 1..element.start as usize];
    let span = if let Some(rest) = after.trim_start().strip_prefix(',') {
        Span { end: list.end - rest.trim_start().len() as u32, ..element }
    } else {
        let kept = before.trim_end();
        let kept = kept.strip_suffix(',').unwrap_or(kept).trim_end();
        Span { start: list.start + 1 + kept.len() as u32, ..element }
    };
    let removed = &text[span.range()];
    // A comment or a brace of its own in between: by hand.
    let whole = !removed.contains(['{', '}', '#', '\n']) && !before.trim_end().ends_with(['{', ':']);
    whole.then(|| Edit { span, text: String::new() })
}

/// Adds a precondition to an item.
pub fn add_precondition(sources: &Sources, item: &Item, name: &str) -> Option<Edit> {
    add_to_item(sources, item, item.preconditions.span, Item::preconditions, name)
}

/// Adds a material to an item.
pub fn add_material(sources: &Sources, item: &Item, name: &str) -> Option<Edit> {
    add_to_item(sources, item, item.materials.span, Item::materials, name)
}

/// Adds a name to one of an item's lists, `[…]`, which stands at `list` if there is one.
fn add_to_item(sources: &Sources, item: &Item, list: Option<Span>, key: &Key, name: &str) -> Option<Edit> {
    is_plain(name).then_some(())?;
    if let Some(list) = list {
        let inner = sources.slice(list).strip_suffix(']')?.trim_end();
        inner.starts_with('[').then_some(())?;
        let end = list.start + inner.len() as u32;
        let comma = if inner.ends_with(['[', ',']) { "" } else { ", " };
        return Some(Edit { span: Span { start: end, end, ..list }, text: format!("{comma}{name}") });
    }
    if sources.slice(item.span).starts_with('{') {
        return add_to_braces(sources, item.span, &key.with(format!("[{name}]")));
    }
    let source = sources.get(item.span.source);
    let first = item.span.start as usize;
    let indent = &source.text()[source.line_range(source.line_of(first)).start..first];
    indent.bytes().all(|byte| byte == b' ').then_some(())?;
    let at = item.agency.as_deref().or(item.name.as_deref())?.span.at_end();
    item.span.covers(at).then_some(())?;
    let line_ends = source.text()[at.end as usize..].starts_with(['\n', '\r']);
    line_ends.then(|| Edit { span: at, text: format!("\n{indent}{}", key.with(format!("[{name}]"))) })
}

/// Takes `当: …` away, between braces or on a line of its own; `condition` is what stands behind it.
pub fn remove_condition(sources: &Sources, condition: Span) -> Option<Edit> {
    let text = sources.get(condition.source).text();
    let (mut start, mut end) = (condition.start as usize, condition.end as usize);
    let quote = text[..start].chars().next_back().filter(|c| matches!(c, '"' | '\''));
    if let Some(quote) = quote {
        text[end..].starts_with(quote).then_some(())?;
        (start, end) = (start - 1, end + 1);
    }
    let before = text[..start]
        .trim_end_matches(' ')
        .strip_suffix(':')?
        .strip_suffix(MaterialUse::when.key)?
        .trim_end_matches(' ');
    if let Some(before) = before.strip_suffix(',') {
        let span = Span { start: before.len() as u32, end: end as u32, ..condition };
        return Some(Edit { span, text: String::new() });
    }
    // The whole line, if nothing else stands on it.
    (before.ends_with('\n') && text[end..].starts_with('\n')).then_some(())?;
    Some(Edit { span: Span { start: before.len() as u32, end: end as u32 + 1, ..condition }, text: String::new() })
}
