//! Documents as Markdown (GitHub's). Marks in a text are escaped as it is written.

use super::table::Table;
use super::text::{Run, Text};
use super::tree::{Block, Page};
use crate::write::markdown::escape;

/// A document as Markdown.
pub fn render(page: &Page) -> Vec<u8> {
    let mut md = Markdown { out: String::new() };
    md.block(&format!("# {} {}", line(&page.title), page.kind));
    if let Some(notice) = &page.notice {
        md.block(&format!("> {}", line(notice)));
    }
    if !page.subtitle.is_empty() {
        md.block(&line(&page.subtitle));
    }
    if !page.figures.is_empty() {
        md.figures(page);
    }
    for section in &page.sections {
        md.block(&format!("## {}", line(&section.title)));
        for block in &section.blocks {
            md.part(block);
        }
    }
    if !page.foot.is_empty() {
        md.block("---");
        for foot in &page.foot {
            md.block(&line(foot));
        }
    }
    md.out.into_bytes()
}

struct Markdown {
    out: String,
}

impl Markdown {
    fn block(&mut self, text: &str) {
        if !self.out.is_empty() {
            self.out.push('\n');
        }
        self.out.push_str(text);
        self.out.push('\n');
    }

    fn figures(&mut self, page: &Page) {
        let lines: Vec<String> = page
            .figures
            .iter()
            .map(|figure| {
                let mut text = figure.label.clone().then("：").join(figure.value.clone()).join(figure.unit.clone());
                let notes: Vec<String> = figure.before.iter().chain(&figure.saved).map(Text::words).collect();
                if !notes.is_empty() {
                    text = text.then(format!("（{}）", notes.join("，")));
                }
                format!("- {}", line(&text))
            })
            .collect();
        self.block(&lines.join("\n"));
    }

    fn facts(&mut self, facts: &[(Text, Text)]) {
        let facts: Vec<_> = facts.iter().map(|(name, value)| name.clone().then("：").join(value.clone())).collect();
        self.list(&facts, |_| "- ".to_owned());
    }

    fn part(&mut self, block: &Block) {
        match block {
            Block::Heading(words) => self.block(&format!("### {}", line(words))),
            Block::Subheading(words) => self.block(&format!("#### {}", line(words))),
            Block::Para(words) => self.block(&para(words)),
            Block::Note(words) | Block::Alert(words) => self.block(&format!("> {}", para(words).replace('\n', "\n> "))),
            Block::List(items) => self.list(items, |_| "- ".to_owned()),
            Block::Numbered(items) => self.list(items, |index| format!("{}. ", index + 1)),
            Block::Facts(facts) => self.facts(facts),
            Block::Grid(grid) => {
                self.block(&format!("#### {}", line(&grid.title)));
                self.facts(&grid.facts());
            }
            Block::Table(table) => self.table(table),
            Block::Steps(steps) => {
                let mut lines = Vec::new();
                for (index, step) in steps.iter().enumerate() {
                    let mut title = Text::default().join(step.title.clone());
                    if !step.actor.is_empty() {
                        title = title.then(format!("（{}）", step.actor.words()));
                    }
                    lines.push(format!("{}. {}", index + 1, line(&title)));
                    lines.extend(step.lines.iter().map(|words| format!("   - {}", line(words))));
                    for card in &step.cards {
                        let mut title = card.title.clone();
                        if let Some(badge) = &card.badge {
                            title = title.then(format!("（{}）", badge.words()));
                        }
                        let parts = [title].into_iter().chain(card.lines.iter().cloned());
                        let all: Vec<String> = parts.map(|part| line(&part)).collect();
                        lines.push(format!("   - {}", all.join("；")));
                    }
                }
                self.block(&lines.join("\n"));
            }
            Block::Code(code) => {
                self.block(&line(&Text::of(&code.words).then("：").address(&code.address)));
            }
            Block::Bars(_) | Block::Chart(_) | Block::PageBreak => {}
            Block::Mermaid(chart) => self.block(&format!("```mermaid\n{}\n```", chart.trim_end())),
        }
    }

    fn list(&mut self, items: &[Text], mark: impl Fn(usize) -> String) {
        let lines: Vec<String> = items
            .iter()
            .enumerate()
            .map(|(index, item)| {
                let mark = mark(index);
                let indent = format!("\n{}", " ".repeat(mark.len()));
                format!("{mark}{}", para(item).replace('\n', &indent))
            })
            .collect();
        self.block(&lines.join("\n"));
    }

    fn table(&mut self, table: &Table) {
        if !table.caption.is_empty() && !table.headed {
            self.block(&line(&table.caption));
        }
        let heads: Vec<String> = table.columns.iter().map(|column| cell(&column.name)).collect();
        let rules: Vec<&str> =
            table.columns.iter().map(|column| if column.class == "n" { "---:" } else { "---" }).collect();
        let mut lines = vec![format!("| {} |", heads.join(" | ")), format!("| {} |", rules.join(" | "))];
        for places in table.places() {
            let mut cells = vec![String::new(); table.columns.len()];
            for (column, place) in places {
                if let Some(here) = cells.get_mut(column) {
                    *here = cell(&place.text);
                }
            }
            lines.push(format!("| {} |", cells.join(" | ")).replace("  ", " "));
        }
        self.block(&lines.join("\n"));
    }
}

/// On one line.
fn line(text: &Text) -> String {
    write(text, " ", true)
}

/// With hard breaks.
fn para(text: &Text) -> String {
    write(text, "\\\n", true)
}

/// Inside a table.
fn cell(text: &Text) -> String {
    write(text, "<br>", false)
}

fn write(text: &Text, newline: &str, starts: bool) -> String {
    let mut out = String::new();
    for (index, run) in text.runs().iter().enumerate() {
        let next = text.runs().get(index + 1);
        let first = starts && (out.is_empty() || out.ends_with('\n'));
        match run {
            Run::Plain(words) | Run::Quiet(words) => out.push_str(&escape(words, first)),
            Run::Tag(words) | Run::Good(words) => {
                out.push_str(&format!("\\[{}\\]", escape(words, false)));
            }
            Run::Strong(words) => {
                // Marks beside punctuation are not read as marks.
                let inner = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
                let outer =
                    |c: Option<char>| c.is_none_or(|c| c.is_alphanumeric() || c.is_whitespace() || c.is_ascii());
                let follower = match next {
                    Some(Run::Plain(words) | Run::Quiet(words)) => words.chars().next(),
                    _ => None,
                };
                let safe = inner(words.chars().next())
                    && inner(words.chars().last())
                    && outer(out.chars().last())
                    && outer(follower);
                let escaped = escape(words, first && !safe);
                out.push_str(&if safe { format!("**{escaped}**") } else { escaped });
            }
            Run::Link(url, words) => {
                out.push_str(&format!("[{}](<{}>)", escape(words, false), url.as_str()));
            }
            Run::Blank(width) => out.extend(std::iter::repeat_n('＿', *width)),
            Run::Break => out.push_str(newline),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::{Text, cell, line, para};

    #[test]
    fn marks_in_a_text_stay_text() {
        assert_eq!(line(&Text::of("# a|b*c_`<x>`")), "\\# a\\|b\\*c\\_\\`\\<x\\>\\`");
        assert_eq!(line(&Text::of("1. 甲")), "1\\. 甲");
        assert_eq!(line(&Text::of("- 甲")), "\\- 甲");
        assert_eq!(line(&Text::of("2.5工作日")), "2.5工作日");
    }

    #[test]
    fn weight_is_only_marked_where_it_is_read() {
        assert_eq!(line(&Text::of("甲").strong("乙").then("丙")), "甲**乙**丙");
        assert_eq!(line(&Text::of("甲").strong("乙").then("，丙")), "甲乙，丙");
        assert_eq!(line(&Text::of("甲").strong("“乙”").then("丙")), "甲“乙”丙");
    }

    #[test]
    fn lines_are_broken_as_the_place_allows() {
        let text = Text::of("甲").line().then("乙");
        assert_eq!(cell(&text), "甲<br>乙");
        assert_eq!(para(&text), "甲\\\n乙");
    }
}
