//! Charts, step text and process models are made from one flow and say the same: what each shows is read back from its text.

use crate::workspace;

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::sync::LazyLock;

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};
use yijianshi_core::plan::{EdgeKind, Node, NodeKind, Plan};
use yijianshi_emit::{Dialect, bpmn};
use yijianshi_emit::{EMITTERS, Files};

type Pairs = BTreeSet<(String, String)>;

/// Shipped bundles and flows of every kind, each with what is emitted.
fn all() -> &'static [(Plan, Files)] {
    static ALL: LazyLock<Vec<(Plan, Files)>> = LazyLock::new(make);
    &ALL
}

fn make() -> Vec<(Plan, Files)> {
    let flows = workspace::plans(&Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/flows"));
    let plans = workspace::shipped().into_iter().chain(flows);
    plans
        .map(|plan| {
            let mut files = Files::new();
            for emitter in EMITTERS {
                (emitter.emit)(&plan, &|_| None, &mut files);
            }
            (plan, files)
        })
        .collect()
}

fn text(files: &Files, name: &str) -> String {
    String::from_utf8(files[name].clone()).unwrap()
}

fn snake(id: &str) -> String {
    id.replace('-', "_")
}

/// Without what is only set in one of them: spaces, the dot between item and stage; with one kind of punctuation.
fn plain(text: &str) -> String {
    let chars = text.chars().filter(|c| !c.is_whitespace() && *c != '·');
    chars.map(|c| if c == '?' { '？' } else { c }).collect()
}

#[test]
fn mermaid_and_graphviz_show_the_flow() {
    for (plan, files) in all() {
        let flow = &plan.flow;
        let nodes: BTreeSet<String> = flow.nodes.iter().map(|node| snake(&node.id)).collect();
        let edges: Pairs = flow.edges.iter().map(|edge| (snake(&edge.from), snake(&edge.to))).collect();
        let (mut shown, mut arrows) = (BTreeSet::new(), Pairs::new());
        for line in text(files, "流程图.mmd").lines().filter(|line| line.starts_with("  n_")) {
            match line.trim().split_once(" -->") {
                Some((from, to)) => {
                    let to = to.rsplit(' ').next().unwrap();
                    arrows.insert((from[2..].to_owned(), to[2..].to_owned()));
                }
                None => {
                    let id = line.trim()[2..].split(|c: char| !c.is_ascii_alphanumeric() && c != '_').next().unwrap();
                    shown.insert(id.to_owned());
                }
            }
        }
        assert_eq!((&shown, &arrows), (&nodes, &edges), "{}", plan.bundle.title);
        let (mut shown, mut arrows) = (BTreeSet::new(), Pairs::new());
        for line in text(files, "流程图.dot").lines().filter(|line| line.starts_with("  \"")) {
            let quoted: Vec<&str> = line.split('"').collect();
            match quoted[2] {
                " -> " => drop(arrows.insert((snake(quoted[1]), snake(quoted[3])))),
                between if between.starts_with(" -> ") => {}
                _ => drop(shown.insert(snake(quoted[1]))),
            }
        }
        assert_eq!((&shown, &arrows), (&nodes, &edges), "{}", plan.bundle.title);
    }
}

#[test]
fn the_guide_tells_the_flow() {
    for (plan, files) in all() {
        let flow = &plan.flow;
        let guide = text(files, "办事指南.md");
        let process = guide.split("## 办理流程").nth(1).unwrap().split("```mermaid").next().unwrap();
        let mut told: Vec<String> = Vec::new();
        let mut parts: BTreeMap<usize, Vec<String>> = BTreeMap::new();
        for line in process.lines() {
            let numbered = line.split_once(". ").filter(|(number, _)| number.parse::<u32>().is_ok());
            if let Some((_, step)) = numbered {
                told.push(plain(step));
            } else if let Some(part) = line.trim().strip_prefix("- ") {
                parts.entry(told.len()).or_default().push(plain(part));
            }
        }
        let is_item = |node: &&Node| matches!(node.kind, NodeKind::Item | NodeKind::Joint);
        let mut expected: Vec<String> = Vec::new();
        let mut place = 0;
        for node in &flow.nodes {
            let aside = node.kind.is_aside() && !node.kind.is_decision();
            if aside || matches!(node.kind, NodeKind::Start | NodeKind::End | NodeKind::Parallel) {
                continue;
            }
            if is_item(&node) {
                if place == 0 {
                    expected.push(String::new());
                    place = expected.len();
                }
                continue;
            }
            expected.push(plain(&format!("{}（{}）", node.label, node.actor)));
        }
        if place > 0 {
            told[place - 1].clear();
        }
        assert_eq!(told, expected, "{}", plan.bundle.title);
        let cards: Vec<&Node> = flow.nodes.iter().filter(is_item).collect();
        let own: Vec<&String> = parts.get(&place).map_or_else(Vec::new, |parts| parts.iter().collect());
        // The first line says how to read the cards, if there are several.
        let own = &own[usize::from(cards.len() > 1)..];
        assert_eq!(own.len(), cards.len(), "{}", plan.bundle.title);
        for (card, node) in own.iter().zip(&cards) {
            assert!(card.starts_with(&plain(&node.label)), "{card}");
            assert!(card.contains(&plain(&node.actor)), "{card}");
            if let Some(limit) = node.duration.filter(|limit| !limit.is_immediate()) {
                assert!(card.contains(&format!("（{}", limit.amount())), "{card}");
            }
            assert_eq!(card.contains("的才办"), node.when.is_some(), "{card}");
            let before: Vec<String> =
                flow.steps_before(&node.id).filter(is_item).map(|first| plain(&first.label)).collect();
            let wait = format!("；{}办完后开始", before.join("、"));
            assert_eq!(card.contains(&wait), !before.is_empty(), "{card}");
            for result in &node.results {
                assert!(card.contains(&plain(&result.name)), "{card}");
            }
        }
    }
}

#[test]
fn the_drawings_show_the_flow() {
    for (plan, files) in all() {
        let drawn = |name: &str| {
            let texts = parse(&files[name]).into_iter().filter(|element| element.tag == "text");
            plain(&texts.map(|element| element.text).collect::<String>())
        };
        let (internal, external) = (drawn("内部流程图.svg"), drawn("外部流程图.svg"));
        for node in plan.flow.nodes.iter().filter(|node| node.kind != NodeKind::Parallel) {
            // Long names stand whole at the foot of the drawing; a way out is told where there is room for it.
            let label = plain(&node.label);
            let first: String = label.chars().take(6).collect();
            let start = matches!(node.kind, NodeKind::Start | NodeKind::Exit);
            assert!(start || internal.contains(&first), "{label} is missing: {internal}");
            let inner = node.kind == NodeKind::Item && !plan.items.iter().any(|item| item.name == node.label);
            assert!(inner || external.contains(&first), "{label} is missing: {external}");
        }
        for item in &plan.items {
            let first: String = plain(&item.name).chars().take(6).collect();
            assert!(external.contains(&first) && internal.contains(&first), "{first} is missing");
        }
        for lane in &plan.flow.lanes {
            assert!(internal.contains(&plain(&lane.name)), "{} is missing: {internal}", lane.name);
        }
    }
}

/// An element of an XML document.
#[derive(Debug)]
struct Element {
    tag: String,
    attributes: BTreeMap<String, String>,
    text: String,
}

fn attributes(tag: &BytesStart<'_>) -> BTreeMap<String, String> {
    let attributes = tag.attributes().map(Result::unwrap);
    attributes
        .map(|own| {
            let value = own.normalized_value(quick_xml::XmlVersion::Implicit1_0).unwrap().into_owned();
            (own.key.as_ref().to_owned(), value)
        })
        .collect()
}

/// All elements of a document, each with the text directly in it.
fn parse(bytes: &[u8]) -> Vec<Element> {
    let text = std::str::from_utf8(bytes).unwrap();
    let mut reader = Reader::from_str(text);
    let mut elements: Vec<Element> = Vec::new();
    let mut open: Vec<usize> = Vec::new();
    loop {
        match reader.read_event().unwrap() {
            Event::Start(tag) => {
                open.push(elements.len());
                elements.push(element(&tag));
            }
            Event::Empty(tag) => elements.push(element(&tag)),
            Event::End(_) => drop(open.pop()),
            Event::Text(text) => {
                if let Some(&at) = open.last() {
                    elements[at].text.push_str(&text);
                }
            }
            Event::GeneralRef(reference) => {
                let entity = quick_xml::escape::resolve_predefined_entity(&reference).map(str::to_owned);
                let c = reference.resolve_char_ref().unwrap().map(|c| c.to_string()).or(entity).unwrap();
                if let Some(&at) = open.last() {
                    elements[at].text.push_str(&c);
                }
            }
            Event::Eof => return elements,
            _ => {}
        }
    }
}

fn element(tag: &BytesStart<'_>) -> Element {
    let name = tag.name().as_ref().to_owned();
    Element { tag: name, attributes: attributes(tag), text: String::new() }
}

/// For each step what it leads to, by any way.
fn reach(edges: &Pairs, nodes: &BTreeSet<String>) -> Pairs {
    let mut found = Pairs::new();
    for start in nodes {
        let mut stack = vec![start.as_str()];
        let mut seen: BTreeSet<&str> = BTreeSet::new();
        while let Some(at) = stack.pop() {
            for (_, to) in edges.iter().filter(|(from, _)| from == at) {
                if seen.insert(to) {
                    stack.push(to);
                }
            }
        }
        found.extend(seen.into_iter().filter(|to| nodes.contains(*to)).map(|to| (start.clone(), to.to_owned())));
    }
    found
}

#[test]
fn the_processes_do_the_flow() {
    for (plan, files) in all() {
        let flow = &plan.flow;
        let tasks: BTreeSet<String> =
            flow.nodes.iter().filter(|node| node.kind.is_task()).map(|node| snake(&node.id)).collect();
        let edges = flow.edges.iter().filter(|edge| edge.kind != EdgeKind::Back);
        let order = reach(&edges.map(|edge| (snake(&edge.from), snake(&edge.to))).collect(), &tasks);
        for (name, bytes) in files.iter().filter(|(name, _)| name.starts_with("bpmn/")) {
            let elements = parse(bytes);
            let of = |tag: &'static str| elements.iter().filter(move |element| element.tag == tag);
            let done: BTreeSet<String> = of("userTask").map(|task| task.attributes["id"].clone()).collect();
            assert_eq!(done, tasks, "{name}");
            let links: Pairs = of("sequenceFlow")
                .map(|own| (own.attributes["sourceRef"].clone(), own.attributes["targetRef"].clone()))
                .filter(|(from, _)| from != "supplement")
                .collect();
            assert_eq!(reach(&links, &done), order, "{name}");
            let mut lane = String::new();
            let mut lanes: BTreeMap<&str, String> = BTreeMap::new();
            for element in &elements {
                match element.tag.as_str() {
                    "lane" => lane = element.attributes["name"].clone(),
                    "flowNodeRef" => drop(lanes.insert(&element.text, lane.clone())),
                    _ => {}
                }
            }
            let steps: Vec<&Element> = of("yjs:step").collect();
            for node in flow.nodes.iter().filter(|node| node.kind.is_task()) {
                let id = snake(&node.id);
                let task = of("userTask").find(|task| task.attributes["id"] == id).unwrap();
                let shown = plain(&task.attributes["name"]);
                let same = shown == plain(&node.label) || shown.contains('…');
                assert!(same, "{shown} for {}", node.label);
                assert_eq!(plain(&lanes[&*id]), plain(&node.actor), "{name}");
                let step = steps.iter().find(|step| step.attributes["step"] == node.id).unwrap();
                let duration = node.duration.map(|limit| limit.amount().to_string());
                assert_eq!(step.attributes.get("duration"), duration.as_ref(), "{name}");
                // What may be skipped stands in a block that a gateway opens.
                let mut into = links.iter().filter(|(_, to)| *to == id).map(|(from, _)| from.as_str());
                let mut at = into.next().unwrap();
                while let Some((from, _)) = links.iter().find(|(_, to)| *to == at && done.contains(at)) {
                    at = from;
                }
                assert_eq!(at.starts_with("gate_"), node.may_be_skipped(), "{name}: {id} after {at}");
            }
        }
    }
}

#[test]
fn conditions_in_every_dialect() {
    let (plan, files) = all().iter().find(|(plan, _)| plan.bundle.id == "conditions").unwrap();
    let mut shown = String::new();
    for dialect in Dialect::ALL {
        shown += &format!("== {}\n", dialect.name());
        let name = format!("bpmn/{}.bpmn", dialect.name());
        assert_eq!(files[&name], bpmn(plan, dialect));
        let document = text(files, &name);
        let text = document.replace("&quot;", "\"").replace("&apos;", "'").replace("&lt;", "<").replace("&gt;", ">");
        let marks = ["take_", "exit_", "all_granted"];
        let shows = |line: &&str| marks.iter().any(|mark| line.contains(mark)) && !line.contains("documentation");
        let ids = ["id=", "<incoming>", "<outgoing>", "bpmnElement=", "flowNodeRef"];
        let lines = text.lines().filter(shows).filter(|line| ids.iter().all(|id| !line.contains(id)));
        for line in lines {
            shown += &format!("{}\n", line.trim());
        }
    }
    insta::with_settings!({snapshot_path => "emit", prepend_module_to_snapshot => false, omit_expression => true}, {
        insta::assert_snapshot!("条件.txt", shown.replace("&amp;", "&"));
    });
}
