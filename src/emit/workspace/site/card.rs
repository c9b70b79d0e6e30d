//! A bundle on the page: what it is, its figures, its documents.

use super::sound::sound;
use crate::words::view::{Measured, Worded};
use crate::workspace::catalogue::{CaseFigures, Entry, FOUR};
use crate::write::html::{Html, Name, Url, attr};
use crate::write::text::display;
use yijianshi_core::expr::Number;
use yijianshi_core::model::Status;

/// Documents for applicants.
const PUBLIC: [&str; 4] = ["办事指南", "一张表单", "材料清单", "一次告知单"];
/// Drawings for applicants: what one is called, and its file.
const DRAWINGS: [(&str, &str); 2] = [("办理流程图", "外部流程图.svg"), ("改革前后对比图", "改革前后对比.svg")];
/// Documents for officials.
const STAFF: [&str; 7] = [
    "工作规程",
    "窗口业务手册",
    "任务分工清单",
    "分发对照表",
    "数据共享和电子证照应用需求清单",
    "改革成效对比",
    "改革成效",
];
/// What documents are written in.
const FORMATS: [(&str, &str); 3] = [("网页", "html"), ("Word", "docx"), ("PDF", "pdf")];
/// More for officials.
const MORE: [(&str, &str); 4] = [
    ("工作簿（Excel）", "一件事.xlsx"),
    ("内部流程图", "内部流程图.svg"),
    ("流程模型（BPMN）", "流程.bpmn"),
    ("编译成果（plan.json）", "plan.json"),
];

/// The anchor of a bundle's card.
pub(super) fn anchor(entry: &Entry) -> String {
    format!("b-{}", entry.id)
}

/// Writes it.
pub(super) fn write(html: &mut Html, entry: &Entry) {
    let id = anchor(entry);
    let (words, sounds) = found_by(entry);
    let heading = format!("t-{id}");
    let attrs = [
        attr(Name::Class, "bundle"),
        attr(Name::Id, &id),
        attr(Name::AriaLabelledby, &heading),
        attr(Name::DataWords, words),
        attr(Name::DataSound, sounds),
    ];
    html.el("article", &attrs, |html| {
        html.el("h4", &[attr(Name::Id, heading)], |html| {
            let title = display(&entry.title);
            match file(entry, "办事指南.html") {
                Some(url) => html.link(&url, &[], |html| html.text(&title)),
                None => html.text(&title),
            }
            let class = if entry.status == Status::Published { "tag good" } else { "tag" };
            html.leaf("span", &[attr(Name::Class, class)], entry.status.word());
        });
        html.leaf("p", &[attr(Name::Class, "meta")], &meta(entry));
        figures(html, entry);
        if !entry.items.is_empty() {
            let names: Vec<String> = entry.items.iter().map(|item| display(&item.name)).collect();
            let text = format!("{}个联办事项：{}", names.len(), names.join("、"));
            html.leaf("p", &[attr(Name::Class, "items")], &text);
        }
        html.leaf("p", &[attr(Name::Class, "hit"), attr(Name::Hidden, "")], "");
        documents(html, entry);
    });
}

fn meta(entry: &Entry) -> String {
    let mut parts = Vec::new();
    if !entry.audience.is_empty() {
        parts.push(format!("面向{}", entry.audience.join("、")));
    }
    parts.push(entry.lead.as_ref().map_or_else(|| "牵头单位没有写明".to_owned(), |lead| format!("{lead}牵头")));
    if !entry.partners.is_empty() {
        parts.push(format!("{}个单位配合", entry.partners.len()));
    }
    parts.extend(entry.code.as_ref().map(|code| format!("编码{code}")));
    display(&parts.join(" · "))
}

fn figures(html: &mut Html, entry: &Entry) {
    let typical: Vec<&CaseFigures> =
        if entry.scenarios.is_empty() { vec![&entry.widest] } else { entry.scenarios.iter().collect() };
    html.el("dl", &[attr(Name::Class, "figs")], |html| {
        for measured in FOUR {
            let unit = measured.unit_of(entry.widest.unit);
            html.el("div", &[], |html| {
                html.leaf("dt", &[], short(measured));
                let after = range(&typical, measured, true);
                html.el("dd", &[], |html| match &after {
                    Some(after) => {
                        html.leaf("b", &[], after);
                        html.text(&unit);
                    }
                    None => html.leaf("b", &[attr(Name::Class, "open")], "未知"),
                });
                if let (Some(before), Some(_)) = (range(&typical, measured, false), after) {
                    html.leaf("dd", &[attr(Name::Class, "was")], &format!("原{before}{unit}"));
                }
            });
        }
    });
}

/// What a figure is called where there is little room.
pub(super) fn short(measured: Measured) -> &'static str {
    match measured {
        Measured::Materials => "材料",
        Measured::Days => "时限",
        Measured::Steps => "环节",
        Measured::Visits => "跑动",
        other => other.label(),
    }
}

/// Least to greatest, if all are known.
fn range(figures: &[&CaseFigures], measured: Measured, after: bool) -> Option<String> {
    let number = |own: &&CaseFigures| measured.of(if after { &own.after } else { &own.before });
    let numbers: Vec<Number> = figures.iter().map(number).collect::<Option<_>>()?;
    let (least, greatest) = (numbers.iter().min()?, numbers.iter().max()?);
    Some(if least == greatest { least.to_string() } else { format!("{least}—{greatest}") })
}

fn documents(html: &mut Html, entry: &Entry) {
    let (public, drawings) = (written(entry, &PUBLIC), files(entry, &DRAWINGS));
    if !public.is_empty() || !drawings.is_empty() {
        html.el("ul", &[attr(Name::Class, "docs")], |html| {
            for (name, links) in &public {
                html.el("li", &[], |html| {
                    // The page goes by the name of the document.
                    let others = match links.as_slice() {
                        [("网页", url), others @ ..] => {
                            link(html, url, name, name, entry);
                            others
                        }
                        all => {
                            html.leaf("span", &[], name);
                            all
                        }
                    };
                    for (label, url) in others {
                        link(html, url, label, &format!("{label} 文件，{name}"), entry);
                    }
                });
            }
            for (label, url) in &drawings {
                html.el("li", &[], |html| link(html, url, label, label, entry));
            }
        });
    }
    let (staff, more) = (written(entry, &STAFF), files(entry, &MORE));
    if staff.is_empty() && more.is_empty() {
        return;
    }
    html.el("details", &[], |html| {
        html.leaf("summary", &[], &format!("工作文件（{}份）", staff.len() + more.len()));
        html.el("ul", &[attr(Name::Class, "staff")], |html| {
            for (name, links) in &staff {
                html.el("li", &[], |html| {
                    html.text(name);
                    for (label, url) in links {
                        html.text(" ");
                        link(html, url, label, &format!("{label}，{name}"), entry);
                    }
                });
            }
            for (label, url) in &more {
                html.el("li", &[], |html| link(html, url, label, label, entry));
            }
        });
    });
}

/// Those of the documents that were made, each in the formats it was made in.
fn written<'a>(entry: &Entry, documents: &[&'a str]) -> Vec<(&'a str, Vec<(&'static str, Url)>)> {
    let links = |name: &str| -> Vec<(&'static str, Url)> {
        FORMATS.iter().filter_map(|(label, format)| Some((*label, file(entry, &format!("{name}.{format}"))?))).collect()
    };
    documents.iter().map(|name| (*name, links(name))).filter(|(_, links)| !links.is_empty()).collect()
}

/// Those of the files that were made.
fn files(entry: &Entry, all: &[(&'static str, &str)]) -> Vec<(&'static str, Url)> {
    all.iter().filter_map(|(label, name)| Some((*label, file(entry, name)?))).collect()
}

/// A link whose name makes sense also to those who only hear the links; it begins with what is seen.
fn link(html: &mut Html, url: &Url, label: &str, name: &str, entry: &Entry) {
    let whole = format!("{name}，{}", display(&entry.title));
    html.link(url, &[attr(Name::AriaLabel, whole)], |html| html.text(label));
}

fn file(entry: &Entry, name: &str) -> Option<Url> {
    Url::below(&format!("{}/{name}", entry.id)).filter(|_| entry.has(name))
}

/// What a bundle is found by: names, and how each of them sounds, in the same order.
fn found_by(entry: &Entry) -> (String, String) {
    let mut names: Vec<String> = Vec::new();
    let mut add = |name: &str| {
        // The bar stands between names.
        let name = display(name).replace('|', " ");
        if !name.is_empty() && !names.contains(&name) {
            names.push(name);
        }
    };
    add(&entry.title);
    entry.official_name.iter().for_each(|name| add(name));
    entry.code.iter().for_each(|name| add(name));
    for item in &entry.items {
        add(&item.name);
        add(&item.official_name);
    }
    entry.lead.iter().chain(&entry.partners).for_each(|name| add(name));
    entry.theme.iter().chain(&entry.life_stage).chain(&entry.audience).for_each(|name| add(name));
    entry.materials.iter().for_each(|name| add(name));
    let sounds: Vec<String> = names.iter().map(|name| sound(name)).collect();
    (names.join("|"), sounds.join("|"))
}
