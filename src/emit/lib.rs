//! Plan → files. An emitter is one file or folder: a total function from a plan to a map of paths and bytes. It cannot fail, reads
//! and writes nothing, and knows no other emitter.
//!
//! In floors: [`layout`] and [`write`] (formats) and [`page`] (the document tree) know no plan; [`words`] puts facts into Chinese; [`parts`]
//! are blocks that several documents show; [`models`] are for programs, [`documents`] for people, [`workspace`] is about all bundles
//! of a folder; [`templates`] are the users' own.

pub mod documents;
pub mod layout;
pub mod models;
pub mod page;
pub mod parts;
pub mod templates;
pub mod words;
pub mod workspace;
pub mod write;

use yijianshi_core::plan::Plan;

use documents::{charts, code, form, guide, handbook, materials, needs, procedure, report, tasks, workbook};
use models::{bpmn, flow, questionnaire};
use workspace::{base, catalogue, dashboard, site};

pub use write::{Files, Painter};

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
        files: &[site::INDEX],
        emit: site::emit,
    },
    WorkspaceEmitter {
        name: "dashboard",
        label: "工作台（进展、问题、四减合计）",
        files: &[dashboard::PAGE, dashboard::MARKDOWN],
        emit: dashboard::emit,
    },
    WorkspaceEmitter {
        name: "base-list",
        label: "基础清单（全部一件事，Excel）",
        files: &[base::BOOK],
        emit: base::emit,
    },
];

/// All formats, in the order in which they are listed.
pub static EMITTERS: &[Emitter] = &[
    Emitter { name: "guide", label: "办事指南", emit: guide::emit },
    Emitter { name: "materials", label: "材料清单", emit: materials::emit },
    Emitter { name: "procedure", label: "工作规程", emit: procedure::emit },
    Emitter {
        name: "handbook", label: "窗口业务手册（收件标准、审查要点、一次告知单）", emit: handbook::emit
    },
    Emitter { name: "tasks", label: "任务分工清单", emit: tasks::emit },
    Emitter { name: "needs", label: "数据共享和电子证照应用需求清单", emit: needs::emit },
    Emitter {
        name: "form", label: "一张表单（网页、Word、JSON Schema、Formily）和分发对照表", emit: form::emit
    },
    Emitter { name: "report", label: "改革成效", emit: report::emit },
    Emitter { name: "workbook", label: "工作簿（Excel）", emit: workbook::emit },
    Emitter { name: "charts", label: "流程图和对比图（SVG）", emit: charts::emit },
    Emitter { name: "code", label: "一码（二维码）", emit: code::emit },
    Emitter { name: "flow", label: "流程图（Mermaid、Graphviz）", emit: flow::emit },
    Emitter { name: "bpmn", label: "流程模型（BPMN 2.0，供流程引擎运行）", emit: bpmn::emit },
    Emitter { name: "questionnaire", label: "情形问卷（SVG、Mermaid）", emit: questionnaire::emit },
    Emitter { name: "plan", label: "编译成果（plan.json）", emit: models::plan::emit },
];

/// The page over several workspaces in one folder.
pub use site::portal;

/// The flow as charts in text.
pub mod text_charts {
    use super::models::{chart, questionnaire};
    use super::words::view::View;
    use yijianshi_core::plan::Plan;

    /// For Mermaid.
    pub fn mermaid(plan: &Plan) -> String {
        chart::mermaid(View { plan })
    }

    /// For Graphviz.
    pub fn dot(plan: &Plan) -> String {
        chart::dot(View { plan })
    }

    /// The questionnaire for Mermaid; nothing if there is nothing to ask.
    pub fn questionnaire_mermaid(plan: &Plan) -> Option<String> {
        questionnaire::mermaid(View { plan })
    }

    /// The questionnaire for Graphviz; nothing if there is nothing to ask.
    pub fn questionnaire_dot(plan: &Plan) -> Option<String> {
        questionnaire::dot(View { plan })
    }
}
