//! The process as XML, in the order that the schema wants.

use super::diagram;
use super::dialect::Dialect;
use super::formula::LEFT_OUT;
use super::process::{Element, Kind, Process, SequenceFlow};
use super::words::documentation;
use crate::layout::Layout;
use crate::words::view::View;
use crate::write::text::display;
use crate::write::xml::Xml;
use yijianshi_core::plan::{Node, Produced};

/// What an element is called that belongs to nobody else's language.
const EXPORTER: &str = "yijianshi";

/// The whole document.
pub(super) fn document(view: View<'_>, process: &Process<'_>, layout: &Layout, dialect: Dialect) -> Vec<u8> {
    let bundle = &view.plan.bundle;
    let id = process_id(&bundle.id);
    let mut xml = Xml::indented();
    let definitions = format!("definitions_{id}");
    let target = format!("urn:yijianshi:{id}");
    let mut attributes = vec![
        ("xmlns", "http://www.omg.org/spec/BPMN/20100524/MODEL"),
        ("xmlns:bpmndi", "http://www.omg.org/spec/BPMN/20100524/DI"),
        ("xmlns:dc", "http://www.omg.org/spec/DD/20100524/DC"),
        ("xmlns:di", "http://www.omg.org/spec/DD/20100524/DI"),
        ("xmlns:xsi", "http://www.w3.org/2001/XMLSchema-instance"),
        ("xmlns:bioc", "http://bpmn.io/schema/bpmn/biocolor/1.0"),
        ("xmlns:color", "http://www.omg.org/spec/BPMN/non-normative/color/1.0"),
        ("xmlns:yjs", "urn:yijianshi:bundle:1"),
    ];
    attributes.extend(namespaces(dialect));
    attributes.extend([("id", &*definitions), ("targetNamespace", &*target)]);
    attributes.extend([("exporter", EXPORTER), ("exporterVersion", env!("CARGO_PKG_VERSION"))]);
    let title = display(&bundle.title);
    let participant = format!("“{title}”一件事");
    xml.el("definitions", &attributes, |xml| {
        xml.el("collaboration", &[("id", "collaboration")], |xml| {
            xml.void("participant", &[("id", "participant"), ("name", &participant), ("processRef", &id)]);
        });
        for element in process.elements.iter().filter(|element| element.kind == Kind::Failure) {
            let error = error_id(element);
            xml.void("error", &[("id", &error), ("name", &element.name), ("errorCode", &element.id)]);
        }
        let mut attributes = vec![("id", &*id), ("name", &*title), ("isExecutable", "true")];
        if dialect == Dialect::Camunda7 {
            attributes.push(("camunda:historyTimeToLive", "180"));
        }
        xml.el("process", &attributes, |xml| {
            let file = File { view, process, dialect, id: &id };
            file.lanes(xml);
            for index in 0..process.elements.len() {
                file.element(xml, index);
            }
            for result in results(process) {
                file.data(xml, result);
            }
            for flow in &process.flows {
                file.flow(xml, flow);
            }
        });
        diagram::write(xml, view, process, layout);
    });
    let mut bytes = xml.into_bytes();
    bytes.push(b'\n');
    bytes
}

fn error_id(element: &Element<'_>) -> String {
    format!("error_{}", element.id)
}

/// The results of all steps, in order.
pub(super) fn results<'a>(process: &Process<'a>) -> Vec<&'a Produced> {
    let tasks = process.elements.iter().filter(|element| element.kind == Kind::Task);
    tasks.filter_map(|element| element.node).flat_map(|node| &node.results).collect()
}

/// The id of the process: the bundle's, as a name that XML and engines allow.
fn process_id(bundle: &str) -> String {
    let id: String =
        bundle.chars().map(|c| if c.is_ascii_alphanumeric() { c.to_ascii_lowercase() } else { '_' }).collect();
    if id.starts_with(|c: char| c.is_ascii_alphabetic()) { id } else { format!("process_{id}") }
}

fn namespaces(dialect: Dialect) -> Vec<(&'static str, &'static str)> {
    const MODELER: (&str, &str) = ("xmlns:modeler", "http://camunda.org/schema/modeler/1.0");
    match dialect {
        Dialect::Camunda8 => vec![
            ("xmlns:zeebe", "http://camunda.org/schema/zeebe/1.0"),
            MODELER,
            ("modeler:executionPlatform", "Camunda Cloud"),
            ("modeler:executionPlatformVersion", "8.6.0"),
        ],
        Dialect::Camunda7 => vec![
            ("xmlns:camunda", "http://camunda.org/schema/1.0/bpmn"),
            MODELER,
            ("modeler:executionPlatform", "Camunda Platform"),
            ("modeler:executionPlatformVersion", "7.21.0"),
        ],
        Dialect::Flowable => vec![("xmlns:flowable", "http://flowable.org/bpmn")],
        Dialect::Spiff | Dialect::BpmnEngine => Vec::new(),
    }
}

struct File<'f, 'a> {
    view: View<'f>,
    process: &'f Process<'a>,
    dialect: Dialect,
    id: &'f str,
}

impl File<'_, '_> {
    fn lanes(&self, xml: &mut Xml) {
        xml.el("laneSet", &[("id", "lanes")], |xml| {
            for (index, lane) in self.process.lanes.iter().enumerate() {
                let id = format!("lane_{}", lane.id);
                xml.el("lane", &[("id", &id), ("name", &display(&lane.name))], |xml| {
                    for element in self.process.elements.iter().filter(|element| element.lane == index) {
                        xml.leaf("flowNodeRef", &[], &element.id);
                    }
                });
            }
        });
    }

    fn element(&self, xml: &mut Xml, index: usize) {
        let element = &self.process.elements[index];
        let name = self.tag(element.kind);
        let shown = short(&element.name);
        let mut attributes = vec![("id", element.id.as_str())];
        attributes.extend((!shown.is_empty()).then_some(("name", shown.as_str())));
        let default = self.process.flows.iter().find(|flow| flow.from == index && flow.answer == Some(false));
        let default = default.map(|flow| flow.id(&self.process.elements));
        attributes.extend(default.as_ref().map(|flow| ("default", flow.as_str())));
        let group = &self.process.lanes[element.lane].id;
        if element.kind == Kind::Task {
            match self.dialect {
                Dialect::Camunda7 => attributes.push(("camunda:candidateGroups", group)),
                Dialect::Flowable => attributes.push(("flowable:candidateGroups", group)),
                _ => {}
            }
        }
        match (element.kind, self.dialect) {
            (Kind::Computation, Dialect::Spiff) => attributes.push(("scriptFormat", "python")),
            (Kind::Computation, Dialect::BpmnEngine) => attributes.push(("scriptFormat", "javascript")),
            (Kind::Computation, Dialect::Camunda7) => attributes.push(("camunda:expression", "${true}")),
            (Kind::Computation, Dialect::Flowable) => attributes.push(("flowable:expression", "${true}")),
            _ => {}
        }
        xml.el(name, &attributes, |xml| {
            self.documentation(xml, element);
            self.extensions(xml, element, group);
            for flow in self.process.flows.iter().filter(|flow| flow.to == index) {
                xml.leaf("incoming", &[], &flow.id(&self.process.elements));
            }
            for flow in self.process.flows.iter().filter(|flow| flow.from == index) {
                xml.leaf("outgoing", &[], &flow.id(&self.process.elements));
            }
            if let (Kind::Task, Some(node)) = (element.kind, element.node) {
                for result in &node.results {
                    let id = &result.id;
                    xml.el("dataOutputAssociation", &[("id", &format!("output_{id}"))], |xml| {
                        xml.leaf("targetRef", &[], &format!("ref_{id}"));
                    });
                }
            }
            if element.kind == Kind::Computation {
                self.script(xml, element);
            }
            if element.kind == Kind::Failure {
                let (event, error) = (format!("{}_event", element.id), error_id(element));
                xml.void("errorEventDefinition", &[("id", &event), ("errorRef", &error)]);
            }
        });
    }

    fn tag(&self, kind: Kind) -> &'static str {
        match kind {
            Kind::Start => "startEvent",
            Kind::End | Kind::Failure => "endEvent",
            Kind::Task => "userTask",
            Kind::Exclusive => "exclusiveGateway",
            Kind::Parallel => "parallelGateway",
            Kind::Computation => match self.dialect {
                // Expression listeners need no script engine there.
                Dialect::Camunda7 | Dialect::Flowable => "serviceTask",
                _ => "scriptTask",
            },
        }
    }

    fn documentation(&self, xml: &mut Xml, element: &Element<'_>) {
        let text = match (element.kind, element.node) {
            (Kind::Task | Kind::Start | Kind::End, Some(node)) => documentation(self.view, node),
            (Kind::Exclusive, Some(node)) if element.test.is_some() => {
                let when = node.when.as_ref().map(|when| format!("条件：{}", when.words));
                when.as_deref().map(display).unwrap_or_default()
            }
            (Kind::Computation, _) => {
                let names: Vec<&str> = element.sets.iter().map(|(name, _)| name.as_str()).collect();
                format!("由回答和决定算出{}", names.join("、"))
            }
            _ => String::new(),
        };
        let full = if short(&element.name) == element.name { String::new() } else { element.name.clone() };
        let lines: Vec<&str> = [full.as_str(), text.as_str()].into_iter().filter(|text| !text.is_empty()).collect();
        if !lines.is_empty() {
            xml.leaf("documentation", &[], &lines.join("\n"));
        }
    }

    fn extensions(&self, xml: &mut Xml, element: &Element<'_>, group: &str) {
        let step = element.node.filter(|_| element.kind == Kind::Task);
        let engine = matches!(
            (element.kind, self.dialect),
            (Kind::Task, Dialect::Camunda8)
                | (Kind::Computation, Dialect::Camunda8 | Dialect::Camunda7 | Dialect::Flowable)
        );
        if step.is_none() && !engine {
            return;
        }
        xml.el("extensionElements", &[], |xml| {
            if let Some(node) = step {
                self.step(xml, node);
            }
            match (element.kind, self.dialect) {
                (Kind::Task, Dialect::Camunda8) => {
                    xml.void("zeebe:userTask", &[]);
                    let form = format!("{}/{}", self.id, element.id);
                    xml.void("zeebe:formDefinition", &[("externalReference", &form)]);
                    xml.void("zeebe:assignmentDefinition", &[("candidateGroups", group)]);
                }
                (Kind::Computation, Dialect::Camunda8) => {
                    let sets = element.sets.iter();
                    let entries = sets.map(|(name, formula)| format!("{name}: {}", self.dialect.formula(formula)));
                    let context = format!("={{{}}}", entries.collect::<Vec<_>>().join(", "));
                    let result = format!("{}_result", element.id);
                    xml.void("zeebe:script", &[("expression", &context), ("resultVariable", &result)]);
                    xml.el("zeebe:ioMapping", &[], |xml| {
                        for (name, _) in &element.sets {
                            let source = format!("={result}.{name}");
                            xml.void("zeebe:output", &[("source", &source), ("target", name)]);
                        }
                    });
                }
                (Kind::Computation, Dialect::Camunda7 | Dialect::Flowable) => {
                    let camunda = self.dialect == Dialect::Camunda7;
                    let listener = if camunda { "camunda:executionListener" } else { "flowable:executionListener" };
                    for (name, formula) in &element.sets {
                        let formula = self.dialect.formula(formula);
                        let expression = format!("${{execution.setVariable('{name}', {formula})}}");
                        xml.void(listener, &[("event", "end"), ("expression", &expression)]);
                    }
                }
                _ => {}
            }
        });
    }

    /// What the plan knows of a step, for programs.
    fn step(&self, xml: &mut Xml, node: &Node) {
        let english = |value: serde_json::Value| value.as_str().unwrap_or_default().to_owned();
        let (kind, phase) = (english(serde_json::json!(node.kind)), english(serde_json::json!(node.phase)));
        let mut attributes = vec![("step", node.id.clone()), ("kind", kind), ("phase", phase)];
        if !node.parts.is_empty() {
            attributes.push(("items", node.items().collect::<Vec<_>>().join(" ")));
        }
        if let Some(limit) = node.duration {
            attributes.push(("duration", limit.amount().to_string()));
            attributes.push(("unit", limit.unit().key().to_owned()));
            attributes.push(("of", if node.whole_item { "item" } else { "step" }.to_owned()));
        }
        if node.off_clock {
            attributes.push(("offClock", "true".to_owned()));
        }
        if let Some(when) = &node.when {
            attributes.push(("when", when.text.clone()));
        }
        let attributes: Vec<(&str, &str)> = attributes.iter().map(|(key, value)| (*key, value.as_str())).collect();
        xml.void("yjs:step", &attributes);
    }

    fn script(&self, xml: &mut Xml, element: &Element<'_>) {
        let sets = element.sets.iter().map(|(name, formula)| (name, self.dialect.formula(formula)));
        match self.dialect {
            Dialect::Spiff => {
                let mut lines: Vec<String> = Vec::new();
                // A name that is not there cannot be looked at; nothing is left out then.
                if element.sets.iter().any(|(_, formula)| formula.looks_at_left_out()) {
                    lines.push(format!("try:\n    {LEFT_OUT}\nexcept NameError:\n    {LEFT_OUT} = []"));
                }
                lines.extend(sets.map(|(name, formula)| format!("{name} = {formula}")));
                xml.leaf("script", &[], &lines.join("\n"));
            }
            Dialect::BpmnEngine => {
                let lines = sets.map(|(name, formula)| format!("v.{name} = {formula};"));
                let mut text = vec!["const v = this.environment.variables;".to_owned()];
                text.extend(lines);
                text.push("next();".to_owned());
                xml.leaf("script", &[], &text.join("\n"));
            }
            _ => {}
        }
    }

    fn data(&self, xml: &mut Xml, result: &Produced) {
        let id = &result.id;
        let name = display(&result.name);
        let object = format!("data_{id}");
        xml.void("dataObject", &[("id", &object), ("name", &name)]);
        let reference = format!("ref_{id}");
        xml.void("dataObjectReference", &[("id", &reference), ("name", &name), ("dataObjectRef", &object)]);
    }

    fn flow(&self, xml: &mut Xml, flow: &SequenceFlow) {
        let elements = &self.process.elements;
        let id = flow.id(elements);
        let mut attributes = vec![("id", id.as_str())];
        attributes.extend(flow.answer.map(|yes| ("name", if yes { "是" } else { "否" })));
        attributes.extend([("sourceRef", &*elements[flow.from].id), ("targetRef", &*elements[flow.to].id)]);
        match (&elements[flow.from].test, flow.answer) {
            (Some(test), Some(true)) => xml.el("sequenceFlow", &attributes, |xml| {
                let mut attributes = vec![("xsi:type", "tFormalExpression")];
                if self.dialect == Dialect::BpmnEngine {
                    attributes.push(("language", "javascript"));
                }
                xml.leaf("conditionExpression", &attributes, &self.dialect.test(test));
            }),
            _ => xml.void("sequenceFlow", &attributes),
        }
    }
}

/// A name that fits its box. What distinguishes the steps of an item stands at its end and is kept.
fn short(name: &str) -> String {
    const MOST: usize = 26;
    if name.chars().count() <= MOST {
        return name.to_owned();
    }
    let end = name.rfind('·').map_or("", |at| &name[at..]);
    let end = if end.chars().count() <= MOST / 2 { end } else { "" };
    let kept = MOST - 1 - end.chars().count();
    name.chars().take(kept).chain(['…']).chain(end.chars()).collect()
}
