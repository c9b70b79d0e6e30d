//! `index.html`: all bundles of a workspace, by stage of life and theme and by agency, to be searched without a network; and the
//! page over several workspaces. Without its script the page shows everything; the script adds the search.

mod card;
mod sound;

use std::collections::BTreeMap;

use super::catalogue::{Brief, Catalogue, Entry};
use super::look::{BASE_LIST, DASHBOARD, INDEX, figure, lead, policy};
use crate::page::{Figure, Head, Text, frame};
use crate::write::Files;
use crate::write::html::{Html, Name, Url, attr};
use crate::write::text::display;
use yijianshi_core::model::Status;

/// Writes the page of a workspace.
pub fn emit(catalogue: &Catalogue, files: &mut Files) {
    let workspace = &catalogue.workspace;
    let title = Text::of(&workspace.title);
    let mut about = Vec::new();
    about.extend(workspace.region.as_ref().map(|region| region.name.clone()));
    about.push("全部一件事".to_owned());
    let subtitle = Text::of(about.join(" · "));
    let (stages, agencies, staff) = (Text::of("按生命周期和主题"), Text::of("按单位"), Text::of("编制人员"));
    let mut contents = vec![("stages", &stages), ("agencies", &agencies)];
    let tools: Vec<(&str, Url)> = [("工作台", DASHBOARD), ("基础清单（Excel）", BASE_LIST)]
        .into_iter()
        .filter(|(_, file)| catalogue.has(file))
        .filter_map(|(label, file)| Some((label, Url::below(file)?)))
        .collect();
    if !tools.is_empty() {
        contents.push(("staff", &staff));
    }
    let lead = lead(&search);
    let head = Head {
        kind: "目录",
        title: &title,
        subtitle: &subtitle,
        notice: None,
        figures: &figures(catalogue),
        contents,
        foot: &foot(catalogue),
        landscape: false,
        policy: policy(),
        lead: Some(&lead),
    };
    let page = frame(&head, |html| {
        section(html, "stages", &stages, |html| by_stage(html, catalogue));
        section(html, "agencies", &agencies, |html| by_agency(html, catalogue));
        if !tools.is_empty() {
            section(html, "staff", &staff, |html| {
                html.el("ul", &[attr(Name::Class, "docs")], |html| {
                    for (label, url) in &tools {
                        html.el("li", &[], |html| html.link(url, &[], |html| html.text(label)));
                    }
                });
            });
        }
    });
    files.insert(INDEX.to_owned(), page);
}

fn section(html: &mut Html, id: &'static str, title: &Text, inner: impl FnOnce(&mut Html)) {
    let heading = format!("h-{id}");
    html.el("section", &[attr(Name::Id, id), attr(Name::AriaLabelledby, &heading)], |html| {
        html.leaf("h2", &[attr(Name::Id, heading)], &title.words());
        inner(html);
    });
}

/// The search; the script shows it.
fn search(html: &mut Html) {
    let attrs = [attr(Name::Class, "panel search"), attr(Name::Id, "search"), attr(Name::Hidden, "")];
    html.el("div", &attrs, |html| {
        html.el("form", &[attr(Name::Role, "search")], |html| {
            html.leaf("label", &[attr(Name::For, "q"), attr(Name::Class, "label")], "找一件事");
            let hint = "可以写事项、单位、材料的名称，也可以写拼音或者拼音首字母，几个词用空格分开。";
            html.leaf("p", &[attr(Name::Class, "hint"), attr(Name::Id, "q-hint")], hint);
            html.void(
                "input",
                &[
                    attr(Name::Class, "box"),
                    attr(Name::Id, "q"),
                    attr(Name::Type, "search"),
                    attr(Name::Autocomplete, "off"),
                    attr(Name::Spellcheck, "false"),
                    attr(Name::AriaDescribedby, "q-hint"),
                ],
            );
        });
        html.leaf("p", &[attr(Name::Id, "found"), attr(Name::Role, "status"), attr(Name::Class, "found")], "");
    });
}

fn figures(catalogue: &Catalogue) -> Vec<Figure> {
    let entries = &catalogue.entries;
    let count = |status| entries.iter().filter(|entry| entry.status == status).count();
    let items: usize = entries.iter().map(|entry| entry.items.len()).sum();
    let waiting = format!("试行{}件，草案{}件", count(Status::Trial), count(Status::Draft));
    vec![
        figure("一件事", entries.len(), "件", None),
        figure("已发布", count(Status::Published), "件", Some(waiting)),
        figure("联办事项", items, "个", None),
        figure("参加的单位", agencies(entries).len(), "个", None),
    ]
}

/// The agencies, in the order in which they first appear, with the bundles that they lead and those they take part in.
pub(crate) fn agencies(entries: &[Entry]) -> Vec<(&str, Vec<&Entry>, Vec<&Entry>)> {
    let mut list: Vec<(&str, Vec<&Entry>, Vec<&Entry>)> = Vec::new();
    for entry in entries {
        let roles = entry.lead.iter().map(|name| (name, true)).chain(entry.partners.iter().map(|name| (name, false)));
        for (name, leads) in roles {
            let place = list.iter().position(|(own, ..)| own == name).unwrap_or_else(|| {
                list.push((name, Vec::new(), Vec::new()));
                list.len() - 1
            });
            let own = if leads { &mut list[place].1 } else { &mut list[place].2 };
            own.push(entry);
        }
    }
    list
}

/// Groups in the order in which they first appear; those without a theme or stage last.
fn by_stage(html: &mut Html, catalogue: &Catalogue) {
    // Life-cycle stage and theme.
    type Group<'a> = (Option<&'a str>, Option<&'a str>);
    let mut groups: Vec<(Group<'_>, Vec<&Entry>)> = Vec::new();
    for entry in &catalogue.entries {
        let key = (entry.life_stage.as_deref(), entry.theme.as_deref());
        match groups.iter_mut().find(|(own, _)| *own == key) {
            Some((_, list)) => list.push(entry),
            None => groups.push((key, vec![entry])),
        }
    }
    groups.sort_by_key(|((stage, theme), _)| (stage.is_none(), theme.is_none()));
    let alone = groups.len() == 1;
    for ((stage, theme), entries) in &groups {
        html.el("div", &[attr(Name::Class, "group")], |html| {
            let words = match (stage, theme) {
                (Some(stage), Some(theme)) => format!("{stage}（{theme}）"),
                (Some(one), None) | (None, Some(one)) => (*one).to_owned(),
                (None, None) if alone => "全部".to_owned(),
                (None, None) => "没有写明阶段和主题".to_owned(),
            };
            html.el("h3", &[], |html| {
                html.text(&display(&words));
                html.leaf("span", &[attr(Name::Class, "count")], &format!("{}件", entries.len()));
            });
            html.el("div", &[attr(Name::Class, "bundles")], |html| {
                for entry in entries {
                    card::write(html, entry);
                }
            });
        });
    }
}

fn by_agency(html: &mut Html, catalogue: &Catalogue) {
    html.el("ul", &[attr(Name::Class, "agencies")], |html| {
        for (name, leads, takes_part) in agencies(&catalogue.entries) {
            html.el("li", &[], |html| {
                html.leaf("h3", &[], &display(name));
                for (role, entries) in [("牵头", leads), ("配合", takes_part)] {
                    if entries.is_empty() {
                        continue;
                    }
                    html.el("p", &[], |html| {
                        html.leaf("span", &[attr(Name::Class, "role")], &format!("{role}{}件", entries.len()));
                        for entry in entries {
                            if let Some(url) = Url::spot(&card::anchor(entry)) {
                                html.link(&url, &[], |html| html.text(&display(&entry.title)));
                            }
                        }
                    });
                }
            });
        }
    });
}

fn foot(catalogue: &Catalogue) -> Vec<Text> {
    let with = catalogue.entries.iter().any(|entry| !entry.scenarios.is_empty());
    let without = catalogue.entries.iter().any(|entry| entry.scenarios.is_empty());
    let of = match (with, without) {
        (true, false) => "数字按各典型情形计算",
        (false, _) => "数字按全口径计算：所有事项、所有有条件的内容都计入",
        (true, true) => "数字按各典型情形计算，没有典型情形的按全口径计算",
    };
    let workspace = &catalogue.workspace;
    vec![
        Text::of(format!(
            "{of}；材料为件次；环节{}，跑动{}。没有写明的不当作零，写未知。",
            workspace.steps_convention.label, workspace.visits_convention.label
        )),
        Text::of("草案还在编制，不作为办事依据；试行的以窗口答复为准。"),
    ]
}

/// The page over several workspaces, by the folders beside it.
pub fn portal(workspaces: &BTreeMap<String, Brief>) -> Vec<u8> {
    let title = Text::of("一件事一次办");
    let subtitle = Text::of(format!("全部工作区，共{}个", workspaces.len()));
    let lead = lead(&|_| {});
    let head = Head {
        kind: "目录",
        title: &title,
        subtitle: &subtitle,
        notice: None,
        figures: &[],
        contents: Vec::new(),
        foot: &[],
        landscape: false,
        policy: policy(),
        lead: Some(&lead),
    };
    frame(&head, |html| {
        section(html, "all", &Text::of("工作区"), |html| {
            html.el("div", &[attr(Name::Class, "bundles")], |html| {
                for (id, brief) in workspaces {
                    html.el("article", &[attr(Name::Class, "bundle")], |html| {
                        let title = display(&brief.title);
                        html.el("h3", &[], |html| match Url::below(&format!("{id}/{INDEX}")) {
                            Some(url) => html.link(&url, &[], |html| html.text(&title)),
                            None => html.text(&title),
                        });
                        let region = brief.region.as_deref().unwrap_or("地区没有写明");
                        let text = format!("{region} · {}件事", brief.bundles);
                        html.leaf("p", &[attr(Name::Class, "meta")], &display(&text));
                    });
                }
            });
        });
    })
}
