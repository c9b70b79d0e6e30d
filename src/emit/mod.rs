//! Plan → files. An emitter is one file or folder: a total function from a plan to a map of paths and bytes. It cannot fail, reads
//! and writes nothing, and knows no other emitter.
//!
//! What they share: [`doc`] (documents for people, written as Word, HTML and Markdown), [`html`] and `xml` (the writers that
//! escape), `text` (how prose is shown), `view` (the plan in words).

mod chart;
pub mod doc;
mod figures;
mod flow;
mod form;
mod gaps;
mod guide;
mod handbook;
pub mod html;
mod json;
mod materials;
mod needs;
mod procedure;
mod report;
mod schedule;
mod sharing;
mod tasks;
mod text;
mod view;
mod xml;

use std::collections::BTreeMap;

use crate::plan::Plan;

/// Files by path (`/` between folders, relative to the bundle's own folder).
pub type Files = BTreeMap<String, Vec<u8>>;

/// A format.
#[derive(Debug)]
pub struct Emitter {
    /// What `--only` calls it.
    pub name: &'static str,
    /// What it is, for people.
    pub label: &'static str,
    /// Makes the files.
    pub emit: fn(&Plan, &mut Files),
}

/// All formats, in the order in which they are listed.
pub static EMITTERS: &[Emitter] = &[
    Emitter { name: "guide", label: "办事指南", emit: guide::emit },
    Emitter { name: "materials", label: "材料清单", emit: materials::emit },
    Emitter { name: "procedure", label: "工作规程", emit: procedure::emit },
    Emitter {
        name: "handbook",
        label: "窗口业务手册\u{ff08}收件标准、审查要点、一次告知单\u{ff09}",
        emit: handbook::emit,
    },
    Emitter { name: "tasks", label: "任务分工清单", emit: tasks::emit },
    Emitter { name: "needs", label: "数据共享和电子证照应用需求清单", emit: needs::emit },
    Emitter { name: "form", label: "一张表单\u{ff08}JSON Schema 和可填写的网页\u{ff09}", emit: form::emit },
    Emitter { name: "report", label: "改革成效", emit: report::emit },
    Emitter { name: "flow", label: "流程图\u{ff08}Mermaid、Graphviz\u{ff09}", emit: flow::emit },
    Emitter { name: "plan", label: "编译成果\u{ff08}plan.json\u{ff09}", emit: json::emit },
];
