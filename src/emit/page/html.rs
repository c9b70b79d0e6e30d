//! Documents as self-contained pages.

use super::table::Table;
use super::text::{Run, Text};
use super::tree::{Bars, Block, Card, Figure, Page, Step};
use crate::write::html::{Html, Name, Url, attr};
use crate::write::qr::Code;
use crate::write::text::display;
use yijianshi_core::expr::Number;

const STYLE: &str = include_str!("style.css");

/// What stands in the head of a page and in the band at its top.
#[derive(Debug)]
pub struct Head<'a> {
    /// What kind of document it is.
    pub kind: &'static str,
    /// What it is about.
    pub title: &'a Text,
    /// What stands below the title.
    pub subtitle: &'a Text,
    /// That it is a draft or on trial.
    pub notice: Option<&'a Text>,
    /// The figures that matter most.
    pub figures: &'a [Figure],
    /// Sections to go to.
    pub contents: Vec<(&'static str, &'a Text)>,
    /// What stands at the foot.
    pub foot: &'a [Text],
    /// Printed on landscape paper.
    pub landscape: bool,
    /// What the page may load beyond its style.
    pub policy: String,
    /// What stands before everything else.
    pub lead: Option<&'a Lead<'a>>,
}

/// A part of a page that stands before its sections and over their whole width.
pub struct Lead<'a> {
    /// Its style, besides that of all pages.
    pub style: &'static str,
    /// What it may load.
    pub policy: String,
    /// Writes it.
    pub before: &'a dyn Fn(&mut Html),
    /// Writes what stands at the end of the page: data and scripts.
    pub after: &'a dyn Fn(&mut Html),
}

impl std::fmt::Debug for Lead<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Lead").field("policy", &self.policy).finish_non_exhaustive()
    }
}

/// The page around what `main` writes.
pub fn frame(head: &Head<'_>, main: impl FnOnce(&mut Html)) -> Vec<u8> {
    Html::page(|html| {
        html.el("head", &[], |html| {
            html.void("meta", &[attr(Name::Charset, "utf-8")]);
            let policy = format!(
                "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'{}",
                head.policy
            );
            html.void("meta", &[attr(Name::HttpEquiv, "Content-Security-Policy"), attr(Name::Content, policy)]);
            html.void(
                "meta",
                &[attr(Name::Called, "viewport"), attr(Name::Content, "width=device-width, initial-scale=1")],
            );
            html.leaf("title", &[], &format!("{} {}", head.title.words(), head.kind));
            html.style(STYLE);
            if let Some(lead) = head.lead {
                html.style(lead.style);
            }
        });
        let class = if head.landscape { "landscape" } else { "" };
        html.el("body", &[attr(Name::Class, class)], |html| {
            html.link(&Url::here("main"), &[attr(Name::Class, "skip")], |html| html.text("跳到主要内容"));
            html.el("header", &[], |html| band(html, head));
            let target = [attr(Name::Id, "main"), attr(Name::Tabindex, "-1")];
            let columns = if head.contents.len() > 2 { "cols" } else { "" };
            match head.lead {
                Some(lead) => html.el("main", &[&target[..], &[attr(Name::Class, "wrap")]].concat(), |html| {
                    (lead.before)(html);
                    html.el("div", &[attr(Name::Class, columns)], |html| {
                        contents(html, &head.contents);
                        html.el("div", &[], main);
                    });
                }),
                None => html.el("div", &[attr(Name::Class, format!("wrap {columns}").trim_end())], |html| {
                    contents(html, &head.contents);
                    html.el("main", &target, main);
                }),
            }
            html.el("footer", &[attr(Name::Class, "wrap")], |html| {
                for line in head.foot {
                    html.el("p", &[], |html| text(html, line));
                }
            });
            if let Some(lead) = head.lead {
                (lead.after)(html);
            }
        });
    })
}

/// A document as a page.
pub fn render(page: &Page) -> Vec<u8> {
    render_with(page, None)
}

/// A document as a page, with something before it.
pub fn render_with(page: &Page, lead: Option<&Lead<'_>>) -> Vec<u8> {
    let head = Head {
        kind: page.kind,
        title: &page.title,
        subtitle: &page.subtitle,
        notice: page.notice.as_ref(),
        figures: &page.figures,
        contents: page
            .sections
            .iter()
            .filter(|_| !page.landscape)
            .map(|section| (section.id, &section.title))
            .collect(),
        foot: &page.foot,
        landscape: page.landscape,
        policy: lead.map(|lead| lead.policy.clone()).unwrap_or_default(),
        lead,
    };
    frame(&head, |html| {
        for section in &page.sections {
            let heading = format!("h-{}", section.id);
            let mut attrs = vec![attr(Name::Id, section.id), attr(Name::AriaLabelledby, heading.as_str())];
            if section.landscape && !page.landscape {
                attrs.push(attr(Name::Class, "across"));
            }
            html.el("section", &attrs, |html| {
                html.el("h2", &[attr(Name::Id, heading.as_str())], |html| text(html, &section.title));
                for part in &section.blocks {
                    block(html, part);
                }
            });
        }
    })
}

fn band(html: &mut Html, head: &Head<'_>) {
    html.el("div", &[attr(Name::Class, "wrap")], |html| {
        html.el("p", &[attr(Name::Class, "kind")], |html| {
            html.leaf("span", &[], "一件事一次办");
            html.leaf("span", &[], head.kind);
        });
        html.el("h1", &[], |html| text(html, head.title));
        if !head.subtitle.is_empty() {
            html.el("p", &[attr(Name::Class, "sub")], |html| text(html, head.subtitle));
        }
        if let Some(notice) = head.notice {
            html.el("p", &[attr(Name::Class, "notice")], |html| text(html, notice));
        }
        if !head.figures.is_empty() {
            html.el("dl", &[attr(Name::Class, "kpi")], |html| {
                for figure in head.figures {
                    html.el("div", &[], |html| kpi(html, figure));
                }
            });
        }
    });
}

fn kpi(html: &mut Html, figure: &Figure) {
    html.el("dt", &[], |html| text(html, &figure.label));
    html.el("dd", &[attr(Name::Class, "now")], |html| {
        html.el("b", &[], |html| text(html, &figure.value));
        html.el("small", &[], |html| text(html, &figure.unit));
    });
    if figure.before.is_some() || figure.saved.is_some() {
        html.el("dd", &[attr(Name::Class, "was")], |html| {
            if let Some(before) = &figure.before {
                html.el("span", &[], |html| text(html, before));
            }
            if let Some(saved) = &figure.saved {
                html.el("em", &[], |html| text(html, saved));
            }
        });
    }
}

/// Where to go; nothing if that is seen at a glance.
fn contents(html: &mut Html, sections: &[(&'static str, &Text)]) {
    if sections.len() <= 2 {
        return;
    }
    html.el("nav", &[attr(Name::AriaLabel, "目录")], |html| {
        html.el("ol", &[], |html| {
            for (id, title) in sections {
                html.el("li", &[], |html| html.link(&Url::here(id), &[], |html| text(html, title)));
            }
        });
    });
}

/// A text.
pub fn text(html: &mut Html, text: &Text) {
    for run in text.runs() {
        match run {
            Run::Plain(words) => html.text(words),
            Run::Strong(words) => html.leaf("strong", &[], words),
            Run::Quiet(words) => html.leaf("span", &[attr(Name::Class, "quiet")], words),
            Run::Tag(words) => html.leaf("span", &[attr(Name::Class, "tag")], words),
            Run::Good(words) => html.leaf("span", &[attr(Name::Class, "tag good")], words),
            Run::Link(url, words) => html.link(url, &[], |html| html.text(words)),
            Run::Blank(width) => {
                let room = attr(Name::Style, format!("width:{width}em"));
                html.leaf("span", &[attr(Name::Class, "blank"), room], "");
            }
            Run::Break => html.void("br", &[]),
        }
    }
}

fn block(html: &mut Html, block: &Block) {
    match block {
        Block::Heading(words) => html.el("h3", &[], |html| text(html, words)),
        Block::Subheading(words) => html.el("h4", &[], |html| text(html, words)),
        Block::Para(words) => html.el("p", &[], |html| text(html, words)),
        Block::Note(words) => html.el("p", &[attr(Name::Class, "note")], |html| text(html, words)),
        Block::Alert(words) => html.el("p", &[attr(Name::Class, "alert")], |html| text(html, words)),
        Block::List(items) => list(html, "ul", items),
        Block::Numbered(items) => list(html, "ol", items),
        Block::Facts(facts) => write_facts(html, facts),
        Block::Grid(grid) => {
            html.el("h4", &[], |html| text(html, &grid.title));
            write_facts(html, &grid.facts());
        }
        Block::Table(table) => write_table(html, table),
        Block::Steps(steps) => html.el("ol", &[attr(Name::Class, "steps")], |html| {
            for step in steps {
                write_step(html, step);
            }
        }),
        Block::Bars(bars) => write_bars(html, bars),
        Block::Chart(chart) => {
            let drawing = &chart.whole;
            // Wide ones are scrolled in their box, with the keyboard too.
            let class = if drawing.size.width > 1000 { "chart wide" } else { "chart" };
            let attrs = [
                attr(Name::Class, class),
                attr(Name::Role, "region"),
                attr(Name::AriaLabel, drawing.title.as_str()),
                attr(Name::Tabindex, "0"),
            ];
            html.el("div", &attrs, |html| html.drawing(drawing));
        }
        Block::Code(code) => write_code(html, code),
        Block::PageBreak => html.leaf("div", &[attr(Name::Class, "newpage"), attr(Name::AriaHidden, "true")], ""),
        Block::Mermaid(_) => {}
    }
}

fn write_facts(html: &mut Html, facts: &[(Text, Text)]) {
    html.el("dl", &[attr(Name::Class, "facts")], |html| {
        for (name, value) in facts {
            html.el("div", &[], |html| {
                html.el("dt", &[], |html| text(html, name));
                html.el("dd", &[], |html| text(html, value));
            });
        }
    });
}

/// A QR code with its words.
fn write_code(html: &mut Html, code: &Code) {
    html.el("figure", &[attr(Name::Class, "code")], |html| {
        html.drawing(&code.drawing);
        html.el("figcaption", &[], |html| {
            html.leaf("strong", &[], &display(&code.words));
            html.void("br", &[]);
            text(html, &Text::default().address(&code.address));
        });
    });
}

fn list(html: &mut Html, kind: &'static str, items: &[Text]) {
    html.el(kind, &[], |html| {
        for item in items {
            html.el("li", &[], |html| text(html, item));
        }
    });
}

/// A table. On narrow screens the rows of a plain one become blocks; one with merged cells or with columns to be compared is
/// scrolled in its box.
fn write_table(html: &mut Html, table: &Table) {
    let merged = table.is_merged() || table.compared;
    let class = match (merged, table.compared) {
        (true, true) => "scroll grid",
        (true, false) => "scroll",
        (false, _) => "stack",
    };
    let caption = table.caption.words();
    let mut attrs = vec![attr(Name::Class, class)];
    if merged {
        attrs.extend([attr(Name::Role, "region"), attr(Name::Tabindex, "0"), attr(Name::AriaLabel, caption)]);
    }
    html.el("div", &attrs, |html| {
        html.el("table", &[], |html| {
            if !table.caption.is_empty() {
                let class = if table.headed { vec![attr(Name::Class, "vh")] } else { Vec::new() };
                html.el("caption", &class, |html| text(html, &table.caption));
            }
            html.el("thead", &[], |html| {
                html.el("tr", &[], |html| {
                    for column in &table.columns {
                        html.el("th", &[attr(Name::Scope, "col"), attr(Name::Class, column.class)], |html| {
                            text(html, &column.name)
                        });
                    }
                });
            });
            html.el("tbody", &[], |html| {
                for (row, places) in table.rows.iter().zip(table.places()) {
                    let class = if row.total { vec![attr(Name::Class, "total")] } else { Vec::new() };
                    html.el("tr", &class, |html| {
                        for (column, cell) in places {
                            write_cell(html, table, column, cell);
                        }
                    });
                }
            });
        });
    });
}

fn write_cell(html: &mut Html, table: &Table, column: usize, cell: &super::Cell) {
    let mut attrs = Vec::new();
    let mut class = table.columns.get(column).map_or("", |column| column.class).to_owned();
    if cell.text.is_empty() {
        class.push_str(if class.is_empty() { "e" } else { " e" });
    }
    if !class.is_empty() {
        attrs.push(attr(Name::Class, class));
    }
    if cell.rows > 1 {
        attrs.push(attr(Name::Rowspan, cell.rows.to_string()));
    }
    if cell.columns > 1 {
        attrs.push(attr(Name::Colspan, cell.columns.to_string()));
    }
    if cell.head {
        attrs.push(attr(Name::Scope, if cell.rows > 1 { "rowgroup" } else { "row" }));
    } else if let Some(column) = table.columns.get(column) {
        attrs.push(attr(Name::DataLabel, column.name.words()));
    }
    html.el(if cell.head { "th" } else { "td" }, &attrs, |html| {
        // A place of its own, so that on narrow screens the words stand in one column.
        html.el("span", &[attr(Name::Class, "v")], |html| text(html, &cell.text));
    });
}

fn write_step(html: &mut Html, step: &Step) {
    html.el("li", &[attr(Name::Class, step.tone.class())], |html| {
        html.el("p", &[attr(Name::Class, "what")], |html| {
            html.el("strong", &[], |html| text(html, &step.title));
            if !step.actor.is_empty() {
                html.el("span", &[attr(Name::Class, "who")], |html| text(html, &step.actor));
            }
        });
        for line in &step.lines {
            html.el("p", &[], |html| text(html, line));
        }
        if !step.cards.is_empty() {
            html.el("ul", &[attr(Name::Class, "cards")], |html| {
                for card in &step.cards {
                    write_card(html, card);
                }
            });
        }
    });
}

fn write_card(html: &mut Html, card: &Card) {
    html.el("li", &[attr(Name::Class, card.tone.class())], |html| {
        html.el("p", &[attr(Name::Class, "what")], |html| {
            html.el("strong", &[], |html| text(html, &card.title));
            if let Some(badge) = &card.badge {
                html.el("span", &[attr(Name::Class, "badge")], |html| text(html, badge));
            }
        });
        for line in &card.lines {
            html.el("p", &[], |html| text(html, line));
        }
    });
}

fn write_bars(html: &mut Html, bars: &Bars) {
    let share = |at: Number| {
        let hundred = Number::from(100u32);
        let share = at.checked_mul(hundred).and_then(|at| at.checked_div(bars.end)).unwrap_or(Number::ZERO);
        share.to_fixed(2)
    };
    html.el(
        "div",
        &[attr(Name::Class, "bars"), attr(Name::Role, "img"), attr(Name::AriaLabel, bars.label.words())],
        |html| {
            html.el("div", &[attr(Name::Class, "axis")], |html| {
                html.el("div", &[attr(Name::Class, "track")], |html| {
                    for (at, words) in &bars.ticks {
                        let place = attr(Name::Style, format!("left:{}%", share(*at)));
                        html.el("i", &[place], |html| text(html, words));
                    }
                });
            });
            for bar in &bars.bars {
                html.el("div", &[attr(Name::Class, "lane")], |html| {
                    html.el("div", &[attr(Name::Class, "name")], |html| text(html, &bar.label));
                    html.el("div", &[attr(Name::Class, "track")], |html| {
                        for (at, _) in &bars.ticks {
                            html.leaf(
                                "i",
                                &[attr(Name::Class, "tick"), attr(Name::Style, format!("left:{}%", share(*at)))],
                                "",
                            );
                        }
                        let length = bar.finish.checked_sub(bar.start).unwrap_or(Number::ZERO);
                        if length.is_zero() {
                            let class = format!("dot {}", bar.tone.class());
                            html.leaf(
                                "i",
                                &[attr(Name::Class, class), attr(Name::Style, format!("left:{}%", share(bar.start)))],
                                "",
                            );
                            let place = attr(Name::Style, format!("left:{}%", share(bar.start)));
                            html.el("span", &[attr(Name::Class, "beside"), place], |html| text(html, &bar.text));
                        } else {
                            let class = format!("bar {}", bar.tone.class());
                            let place = format!("left:{}%;width:{}%", share(bar.start), share(length));
                            html.el("span", &[attr(Name::Class, class), attr(Name::Style, place)], |html| {
                                text(html, &bar.text)
                            });
                        }
                    });
                });
            }
        },
    );
}
