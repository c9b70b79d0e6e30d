//! The flow as a BPMN process: what may be skipped stands in a closed exclusive block, what meets or parts at gateways. Every split
//! has its own merge, and no way that skips something leads into a parallel join, so that no token is lost or left over.

use std::collections::{BTreeMap, BTreeSet};

use super::formula::Formula;
use crate::write::text::display;
use yijianshi_core::plan::{EdgeKind, Flow, Lane, Node, NodeKind, Part, Plan};

/// The variable that says whether every question has an answer that it can have.
const COMPLETE: &str = "answers_complete";

/// A process.
#[derive(Debug)]
pub(super) struct Process<'a> {
    /// The lanes, in the flow's order.
    pub(super) lanes: &'a [Lane],
    /// Events, tasks and gateways.
    pub(super) elements: Vec<Element<'a>>,
    /// What leads from one to another.
    pub(super) flows: Vec<SequenceFlow>,
}

/// An event, task or gateway.
#[derive(Debug)]
pub(super) struct Element<'a> {
    pub(super) id: String,
    pub(super) kind: Kind,
    pub(super) name: String,
    /// Its lane, by its place in the list.
    pub(super) lane: usize,
    /// The step that it is, or that it is about.
    pub(super) node: Option<&'a Node>,
    /// The variable that a split tests.
    pub(super) test: Option<String>,
    /// The variables that a computation sets, in order.
    pub(super) sets: Vec<(String, Formula)>,
}

/// What an element is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Start,
    End,
    /// The end of a process that cannot go on.
    Failure,
    /// Somebody does something.
    Task,
    /// Variables are computed.
    Computation,
    Exclusive,
    Parallel,
}

/// What leads from one element to another.
#[derive(Debug)]
pub(super) struct SequenceFlow {
    pub(super) from: usize,
    pub(super) to: usize,
    /// Of a split: whether its test holds.
    pub(super) answer: Option<bool>,
}

/// Where a step of the flow is entered and left.
#[derive(Debug, Clone, Copy)]
struct Ends {
    first: usize,
    last: usize,
}

struct Builder<'a> {
    plan: &'a Plan,
    flow: &'a Flow,
    process: Process<'a>,
    ends: BTreeMap<&'a str, Ends>,
    into: BTreeMap<&'a str, Vec<&'a str>>,
    out: BTreeMap<&'a str, Vec<&'a str>>,
    /// Variables that say what applies.
    gates: Vec<(String, Formula)>,
    /// The merges at which blocks close, each with the variable of its block.
    closing: BTreeMap<usize, String>,
    /// The gateway behind which the answers are known.
    check: Option<usize>,
    /// Steps that follow within a block: the link is there already.
    inner: BTreeSet<&'a str>,
}

impl SequenceFlow {
    /// The flow's id.
    pub(super) fn id(&self, elements: &[Element<'_>]) -> String {
        format!("flow_{}__{}", elements[self.from].id, elements[self.to].id)
    }
}

impl<'a> Process<'a> {
    /// The process of a plan.
    pub(super) fn of(plan: &'a Plan) -> Process<'a> {
        let flow = &plan.flow;
        let mut builder = Builder {
            plan,
            flow,
            process: Process { lanes: &flow.lanes, elements: Vec::new(), flows: Vec::new() },
            ends: BTreeMap::new(),
            into: BTreeMap::new(),
            out: BTreeMap::new(),
            gates: Vec::new(),
            closing: BTreeMap::new(),
            check: None,
            inner: BTreeSet::new(),
        };
        for edge in &flow.edges {
            builder.out.entry(&edge.from).or_default().push(&edge.to);
            builder.into.entry(&edge.to).or_default().push(&edge.from);
        }
        builder.add_nodes();
        builder.add_edges();
        builder.process
    }
}

impl<'a> Builder<'a> {
    fn add_nodes(&mut self) {
        let exits = self.flow.nodes.iter().any(|node| node.kind == NodeKind::ExitCheck);
        let gates: BTreeSet<&str> =
            self.flow.nodes.iter().filter(|node| node.may_be_skipped()).map(|node| node.id.as_str()).collect();
        let asked = self.flow.nodes.iter().any(|node| node.kind == NodeKind::Questions);
        let mut computation = None;
        // What goes on stands before what leads aside, and is drawn straight.
        let (aside, on): (Vec<&Node>, Vec<&Node>) = self.flow.nodes.iter().partition(|node| node.kind.is_aside());
        for node in on.into_iter().chain(aside) {
            let mut ends = self.add_node(node);
            let last_answer = if asked { NodeKind::Questions } else { NodeKind::Start };
            if node.kind == last_answer && (asked || exits || !gates.is_empty()) {
                let derive = self.add("derive", Kind::Computation, "判定适用的事项", node.lane.as_str(), None);
                self.link(ends.last, derive, None);
                let check = self.add("answers_check", Kind::Exclusive, "回答齐全？", node.lane.as_str(), None);
                self.process.elements[check].test = Some(COMPLETE.to_owned());
                self.link(derive, check, None);
                let stop =
                    self.add("answers_incomplete", Kind::Failure, "回答不全或者认不得", node.lane.as_str(), None);
                self.link(check, stop, Some(false));
                ends.last = check;
                self.check = Some(check);
                computation = Some(derive);
            }
            self.ends.insert(&node.id, ends);
        }
        if let Some(computation) = computation {
            let exits = self.flow.edges.iter().filter(|edge| edge.kind == EdgeKind::Yes);
            let exits = exits.filter_map(|edge| {
                let when = edge.when.as_ref()?;
                let node = self.flow.node(&edge.from).filter(|node| node.kind == NodeKind::ExitCheck)?;
                Some((decision(node)?, Formula::of(&when.tree)))
            });
            let mut sets = vec![(COMPLETE.to_owned(), Formula::complete(self.plan))];
            sets.extend(exits);
            sets.append(&mut self.gates);
            self.process.elements[computation].sets = sets;
        }
    }

    /// The elements of a step, from the first to the last.
    fn add_node(&mut self, node: &'a Node) -> Ends {
        let (into, out) = (self.count(&self.into, node), self.count(&self.out, node));
        let id = node.id.clone();
        let (kind, name) = match node.kind {
            NodeKind::Start => (Kind::Start, "开始".to_owned()),
            NodeKind::Parallel => (Kind::Parallel, String::new()),
            kind if kind.is_end() => (Kind::End, end_name(node)),
            kind if kind.is_decision() => (Kind::Exclusive, display(&node.label)),
            _ => (Kind::Task, display(&node.label)),
        };
        if kind == Kind::Parallel {
            if into < 2 || out < 2 {
                return Ends::at(self.add(&id, kind, "", &node.lane, Some(node)));
            }
            // A gateway either joins or forks.
            let join = self.add(&format!("join_{id}"), kind, "", &node.lane, Some(node));
            let fork = self.add(&format!("fork_{id}"), kind, "", &node.lane, Some(node));
            self.link(join, fork, None);
            return Ends { first: join, last: fork };
        }
        let own = self.add(&id, kind, &name, &node.lane, Some(node));
        let mut ends = Ends::at(own);
        match node.kind {
            NodeKind::Verdict => {
                let tally = self.add("tally", Kind::Computation, "汇总各事项的决定", &node.lane, None);
                let granted = Formula::all(self.decisions());
                self.process.elements[tally].sets.push(("all_granted".to_owned(), granted));
                self.link(tally, own, None);
                ends.first = tally;
            }
            _ if node.may_be_skipped() => ends = self.add_block(node, own),
            _ => {}
        }
        self.process.elements[own].test = decision(node);
        let (before, after) = match node.kind {
            NodeKind::Joint => (Kind::Parallel, Some(Kind::Parallel)),
            _ => (Kind::Exclusive, None),
        };
        if into > 1 {
            let word = if before == Kind::Parallel { "join" } else { "merge" };
            let join = self.add(&format!("{word}_{id}"), before, "", &node.lane, Some(node));
            self.link(join, ends.first, None);
            ends.first = join;
        }
        if let (Some(kind), true) = (after, out > 1) {
            let fork = self.add(&format!("fork_{id}"), kind, "", &node.lane, Some(node));
            self.link(ends.last, fork, None);
            ends.last = fork;
        }
        ends
    }

    /// What may be skipped in a closed block; a chain of steps that are skipped together shares one.
    fn add_block(&mut self, node: &'a Node, own: usize) -> Ends {
        let gate = self.gate(node);
        let id = node.id.clone();
        let before = self.only(&self.into, node).filter(|first| self.count(&self.out, first) == 1);
        let before = before.and_then(|first| self.ends.get(&*first.id).copied());
        if let Some(before) = before.filter(|ends| self.closing.get(&ends.last) == Some(&gate)) {
            // The chain goes on within the block: between its last step and its merge.
            let merge = before.last;
            let inner = self.process.flows.iter_mut().find(|flow| flow.to == merge && flow.answer.is_none());
            if let Some(flow) = inner {
                flow.to = own;
            }
            self.link(own, merge, None);
            self.inner.insert(&node.id);
            return Ends { first: own, last: merge };
        }
        let ask = gate_name(self.plan, node);
        let split = self.add(&format!("gate_{id}"), Kind::Exclusive, &ask, &node.lane, Some(node));
        let merge = self.add(&format!("merge_{id}"), Kind::Exclusive, "", &node.lane, Some(node));
        self.process.elements[split].test = Some(gate.clone());
        self.closing.insert(merge, gate);
        self.link(split, own, Some(true));
        self.link(split, merge, Some(false));
        self.link(own, merge, None);
        Ends { first: split, last: merge }
    }

    fn add_edges(&mut self) {
        for edge in &self.flow.edges {
            let (from, to) = (self.ends[&*edge.from].last, self.ends[&*edge.to].first);
            if self.inner.contains(&*edge.to) {
                continue;
            }
            let answer = match edge.kind {
                EdgeKind::Yes => Some(true),
                EdgeKind::No => Some(false),
                EdgeKind::Next | EdgeKind::Back => (self.check == Some(from)).then_some(true),
            };
            self.link(from, to, answer);
        }
    }

    fn add(&mut self, id: &str, kind: Kind, name: &str, lane: &str, node: Option<&'a Node>) -> usize {
        let lane = self.flow.lanes.iter().position(|other| other.id == lane).unwrap_or(0);
        let element =
            Element { id: id.to_owned(), kind, name: name.to_owned(), lane, node, test: None, sets: Vec::new() };
        self.process.elements.push(element);
        self.process.elements.len() - 1
    }

    fn link(&mut self, from: usize, to: usize, answer: Option<bool>) {
        self.process.flows.push(SequenceFlow { from, to, answer });
    }

    fn count(&self, edges: &BTreeMap<&str, Vec<&str>>, node: &Node) -> usize {
        edges.get(&*node.id).map_or(0, Vec::len)
    }

    fn only(&self, edges: &BTreeMap<&'a str, Vec<&'a str>>, node: &Node) -> Option<&'a Node> {
        match edges.get(&*node.id)?[..] {
            [only] => self.flow.node(only),
            _ => None,
        }
    }

    /// The variable that says whether a step is done. Steps of one item that are done together share it.
    fn gate(&mut self, node: &Node) -> String {
        let name = match &node.parts[..] {
            [part] if part.when.is_none() => format!("take_{}", part.item),
            _ => format!("do_{}", node.id),
        };
        if !self.gates.iter().any(|(other, _)| *other == name) {
            let formula = Formula::any(node.parts.iter().map(|part| self.done(part)).collect());
            self.gates.push((name.clone(), formula));
        }
        name
    }

    /// Whether a part of a step is done: its item applies and is wanted, and the stage applies.
    fn done(&self, part: &Part) -> Formula {
        let item = self.plan.items.iter().find(|item| item.id == part.item);
        let mut parts: Vec<Formula> = Vec::new();
        parts.extend(part.optional.then(|| Formula::kept(&part.item)));
        let whens = [item.and_then(|item| item.when.as_ref()), part.when.as_ref()];
        parts.extend(whens.into_iter().flatten().map(|when| Formula::of(&when.tree)));
        Formula::all(parts)
    }

    /// For each item that it was granted, or not applied for.
    fn decisions(&self) -> Vec<Formula> {
        let mut decisions = Vec::new();
        for node in &self.flow.nodes {
            for item in &node.decides {
                let granted = Formula::Variable(format!("granted_{item}"));
                let part = node.parts.iter().find(|part| part.item == *item && !part.always);
                let take = format!("take_{item}");
                let done = |part: &Part| match part.when.is_none() && self.gates.iter().any(|(name, _)| *name == take) {
                    true => Formula::Variable(take.clone()),
                    false => self.done(part),
                };
                decisions.push(match part {
                    Some(part) => Formula::any(vec![Formula::Not(Box::new(done(part))), granted]),
                    None => granted,
                });
            }
        }
        decisions
    }
}

impl Ends {
    fn at(element: usize) -> Ends {
        Ends { first: element, last: element }
    }
}

/// The variable that a decision tests.
fn decision(node: &Node) -> Option<String> {
    Some(match node.kind {
        NodeKind::ExitCheck => node.id.replace("exit_check", "exit"),
        NodeKind::Completeness => "materials_complete".to_owned(),
        NodeKind::Admission => "admissible".to_owned(),
        NodeKind::Verdict => "all_granted".to_owned(),
        NodeKind::Consent => "consented".to_owned(),
        _ => return None,
    })
}

/// An event has little room for its name; what it is about is in its documentation.
fn end_name(node: &Node) -> String {
    match node.kind {
        NodeKind::Exit => "不适用，转办".to_owned(),
        _ => display(&node.label),
    }
}

/// What a gateway before something that may be skipped asks, in few words.
fn gate_name(plan: &Plan, node: &Node) -> String {
    let when = node.when.as_ref().map(|when| when.text.as_str()).filter(|text| text.chars().count() <= 12);
    match when {
        Some(text) => format!("{}？", display(text)),
        None => {
            let items: Vec<&str> = node.items().collect();
            let name = |id: &str| plan.items.iter().find(|item| item.id == id).map_or("", |item| item.name.as_str());
            let names: Vec<&str> = items.iter().map(|id| name(id)).collect();
            format!("要办{}？", display(&names.join("、")))
        }
    }
}
