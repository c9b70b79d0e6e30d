//! Plan → files. An emitter is one file or folder: a total function from a plan to a map of paths and bytes. It cannot fail, reads
//! and writes nothing, and knows no other emitter.
//!
//! In floors, each of which uses those below it: `layout` (of graphs), `write` (formats) and `page` (the document tree) know no plan;
//! `words` puts facts into Chinese; `parts` are blocks that several documents show; `models` are for programs, `documents` for people;
//! `workspace` is about all bundles of a folder. [`templates`] are the users' own and use nothing but `write`.

mod documents;
mod layout;
mod models;
mod page;
mod parts;
pub mod templates;
mod words;
mod workspace;
mod write;

use yijianshi_core::plan::Plan;

use workspace::look;

pub use layout::Size;
pub use models::bpmn::{Dialect, document as bpmn};
pub use page::Chart;
pub use workspace::catalogue;
pub use workspace::site::portal;
pub use write::svg::Drawing;
pub use write::{Files, Painter};

/// One chart by itself.
pub mod charts {
    pub use crate::models::flow::{dot, mermaid};
    pub use crate::models::questionnaire::{dot as questionnaire_dot, mermaid as questionnaire_mermaid};
    pub use crate::parts::charts::{external, gantt, internal, questionnaire};
}

/// A format.
#[derive(Debug)]
pub struct Emitter {
    /// What `--only` calls it.
    pub name: &'static str,
    /// What it is, for people.
    pub label: &'static str,
    /// Makes the files.
    pub emit: fn(&Plan, Painter<'_>, &mut Files),
}

/// A format for a whole workspace: what it is made of is known when all bundles are done.
#[derive(Debug)]
pub struct WorkspaceEmitter {
    /// What `--only` calls it.
    pub name: &'static str,
    /// What it is, for people.
    pub label: &'static str,
    /// The files that it makes, from the workspace's folder.
    pub files: &'static [&'static str],
    /// Makes the files.
    pub emit: fn(&catalogue::Catalogue, &mut Files),
}

/// All formats for workspaces.
pub static WORKSPACE_EMITTERS: &[WorkspaceEmitter] = &[
    WorkspaceEmitter {
        name: "site",
        label: "目录网页（全部一件事，index.html）",
        files: &[look::INDEX],
        emit: workspace::site::emit,
    },
    WorkspaceEmitter {
        name: "dashboard",
        label: "工作台（进展、问题、四减合计）",
        files: &[look::DASHBOARD, look::DASHBOARD_MARKDOWN],
        emit: workspace::dashboard::emit,
    },
    WorkspaceEmitter {
        name: "base-list",
        label: "基础清单（全部一件事，Excel）",
        files: &[look::BASE_LIST],
        emit: workspace::base::emit,
    },
];

/// All formats, in the order in which they are listed.
pub static EMITTERS: &[Emitter] = &[
    Emitter { name: "guide", label: "办事指南", emit: documents::guide::emit },
    Emitter { name: "materials", label: "材料清单", emit: documents::materials::emit },
    Emitter { name: "procedure", label: "工作规程", emit: documents::procedure::emit },
    Emitter {
        name: "handbook",
        label: "窗口业务手册（收件标准、审查要点、一次告知单）",
        emit: documents::handbook::emit,
    },
    Emitter { name: "tasks", label: "任务分工清单", emit: documents::tasks::emit },
    Emitter { name: "needs", label: "数据共享和电子证照应用需求清单", emit: documents::needs::emit },
    Emitter {
        name: "form",
        label: "一张表单（网页、Word、JSON Schema、Formily）和分发对照表",
        emit: documents::form::emit,
    },
    Emitter { name: "report", label: "改革成效", emit: documents::report::emit },
    Emitter { name: "workbook", label: "工作簿（Excel）", emit: documents::workbook::emit },
    Emitter { name: "charts", label: "流程图和对比图（SVG）", emit: documents::charts::emit },
    Emitter { name: "code", label: "一码（二维码）", emit: documents::code::emit },
    Emitter { name: "flow", label: "流程图（Mermaid、Graphviz）", emit: models::flow::emit },
    Emitter { name: "bpmn", label: "流程模型（BPMN 2.0，供流程引擎运行）", emit: models::bpmn::emit },
    Emitter { name: "questionnaire", label: "情形问卷（SVG、Mermaid）", emit: models::questionnaire::emit },
    Emitter { name: "plan", label: "编译成果（plan.json）", emit: models::plan::emit },
];
