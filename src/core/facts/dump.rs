//! A program in plain lines: what names stand for, in which order items come, and where everything was written.

use std::fmt::Write;

use super::Facts;
use crate::diagnostic::place_text;
use crate::model::{self, Kind, Thing, Wording};
use crate::program::{Cond, Domain, Program, Row};
use crate::reform::CaseState;
use crate::source::{Sources, Span};

impl Facts<'_> {
    /// The program in plain lines.
    pub fn dump(&self) -> String {
        let mut page = Page { program: self.program, sources: self.sources, out: String::new() };
        page.head();
        page.questions();
        page.items();
        page.measures();
        page.scenarios(self.named().iter().chain([self.widest()]));
        page.origins();
        page.out
    }
}

struct Page<'a> {
    program: &'a Program<'a>,
    sources: &'a Sources,
    out: String,
}

impl Page<'_> {
    fn line(&mut self, depth: usize, text: &str, span: Option<Span>) {
        let place = span.map(|span| format!("  {}", self.place(span))).unwrap_or_default();
        let _ = writeln!(self.out, "{}{text}{place}", "  ".repeat(depth));
    }

    /// File (from the workspace's folder) and line.
    fn place(&self, span: Span) -> String {
        let place = place_text(self.sources, span);
        let line = place.rsplit_once(':').map_or(place.as_str(), |(line, _)| line);
        line.strip_prefix(&self.program.workspace.root).unwrap_or(line).to_owned()
    }

    fn when(&mut self, depth: usize, when: Option<&Cond>) {
        if let Some(cond) = when {
            self.line(depth, &format!("当 {}", cond.written), Some(cond.written.span));
        }
    }

    fn head(&mut self) {
        let program = self.program;
        self.line(0, &format!("一件事 {}", program.title), program.bundle.title.as_ref().map(|at| at.span));
        self.line(0, &format!("标识 {}", program.id), program.bundle.id.as_ref().map(|at| at.span));
        self.line(0, &format!("状态 {}", program.status), program.bundle.status.map(|at| at.span));
        for (role, agency) in
            program.lead.iter().map(|at| ("牵头", at)).chain(program.partners.iter().map(|at| ("配合", at)))
        {
            let name = &program.workspace.agency_of(agency.value).name.value;
            self.line(0, &format!("{role} {name}"), Some(agency.span));
        }
    }

    fn questions(&mut self) {
        let program = self.program;
        if !program.questions.is_empty() {
            self.line(0, "\n情形", None);
        }
        for question in &program.questions {
            let list = |options: &[crate::program::QuestionOption]| {
                options.iter().map(|option| &*option.name.value).collect::<Vec<_>>().join("、")
            };
            let domain = match &question.domain {
                Domain::YesNo => "是/否".to_owned(),
                Domain::Choice(options) => format!("单选 {}", list(options)),
                Domain::Choices(options) => format!("多选 {}", list(options)),
                Domain::Number { min, max, unit, .. } => {
                    format!("数值 {min} 至 {max} {}", unit.as_deref().unwrap_or_default())
                }
                Domain::Date { min, max } => {
                    let day = |day: &Option<crate::source::Date>| day.map(|day| day.to_string()).unwrap_or_default();
                    format!("日期 {} 至 {}", day(min), day(max))
                }
            };
            self.line(1, format!("{} {domain}", question.name).trim_end(), Some(question.name.span));
            self.when(2, question.when.as_ref());
        }
    }

    fn items(&mut self) {
        let program = self.program;
        self.line(0, "\n事项（先办的在前）", None);
        let order = program.preconditions.order();
        let knotted = program.item_ids().filter(|id| !order.contains(id));
        for (number, id) in order.iter().copied().chain(knotted).enumerate() {
            let item = program.item(id);
            let agency = item.agency.map(|at| &*program.workspace.agency_of(at.value).name.value).unwrap_or_default();
            let limit = item.written.limit.map(|limit| format!(" {}", limit.value)).unwrap_or_default();
            let official = match item.official_name == item.name.value {
                true => String::new(),
                false => format!("（{}）", item.official_name),
            };
            let text = format!("{}. {}{official} {agency}{limit}", number + 1, item.name);
            self.line(1, text.trim_end(), Some(item.name.span));
            self.when(2, item.when.as_ref());
            for before in &item.preconditions {
                let first = program.item(before.item);
                let stage = before.stage.map(|stage| format!("的{}", first.stages[stage].name)).unwrap_or_default();
                self.line(2, &format!("前置 {}{stage}", first.name), Some(before.span));
            }
            for stage in &item.stages {
                let limit = stage.written.limit.map(|limit| format!(" {}", limit.value)).unwrap_or_default();
                self.line(2, &format!("环节 {}{limit}", stage.name), Some(stage.written.head));
                self.when(3, stage.when.as_ref());
            }
            for form in &item.forms {
                self.line(2, &format!("表单 {}", form.name), Some(form.name.span));
                self.when(3, form.when.as_ref());
                for field in &form.fields {
                    let element = &program.workspace.element(field.element).name.value;
                    self.line(3, &meant("字段", &field.label.value, element), Some(field.label.span));
                    self.when(4, field.when.as_ref());
                }
            }
            for row in &item.materials {
                self.material(row);
            }
            for result in &item.results {
                let document = &program.workspace.material(result.document).name.value;
                self.line(2, &meant("结果", &result.label.value, document), Some(result.label.span));
                self.when(3, result.when.as_ref());
            }
        }
    }

    fn material(&mut self, row: &Row) {
        let name = self.program.row_name(&row.identity());
        let holder = row.holder.as_ref().map(|holder| format!("（{holder}）")).unwrap_or_default();
        let written = format!("{}{holder}", row.label);
        self.line(2, &meant("材料", &written, &name), Some(row.label.span));
        self.when(3, row.when.as_ref());
    }

    fn measures(&mut self) {
        let program = self.program;
        if !program.measures.is_empty() {
            self.line(0, "\n改革举措", None);
        }
        for measure in &program.measures {
            let names = model::texts(&*measure.written)
                .into_iter()
                .filter(|wording| matches!(wording.kind, Kind::Ref(Thing::Item | Thing::Document | Thing::Stage)));
            let about: Vec<_> = names.map(|wording| wording.text.value.to_string()).collect();
            let text = format!("{} {}", measure.written.key(), about.join("、"));
            self.line(1, text.trim_end(), Some(measure.written.head));
        }
    }

    fn scenarios<'o>(&mut self, states: impl Iterator<Item = &'o CaseState>) {
        let program = self.program;
        let spans = program.scenarios.iter().map(|scenario| Some(scenario.name.span)).chain([None]);
        self.line(0, "\n情形的结果", None);
        for (state, span) in states.zip(spans) {
            let items: Vec<_> = program
                .item_ids()
                .filter(|id| state.case.taken[id.index()])
                .map(|id| &*program.item(id).name.value)
                .collect();
            let number = |number: Option<u32>| number.map_or("未知".to_owned(), |number| number.to_string());
            let before = number(state.before.materials);
            let after = number(state.after.materials);
            let text = format!("{}：办 {}；材料 {before} 件 → {after} 件", state.case.name, items.join("、"));
            self.line(1, &text, span);
        }
    }

    /// Every text of the bundle with the place where it was written: with inheritance, in this file or in one above it.
    fn origins(&mut self) {
        self.line(0, "\n出处", None);
        for Wording { key, text, .. } in model::texts(&self.program.bundle) {
            self.line(1, &format!("{} {}", key.key, text.value.lines().next().unwrap_or_default()), Some(text.span));
        }
    }
}

/// What was written, and what it stands for if that is called otherwise.
fn meant(what: &str, written: &str, name: &str) -> String {
    match written == name {
        true => format!("{what} {written}"),
        false => format!("{what} {written} = {name}"),
    }
}
