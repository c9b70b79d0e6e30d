//! Questionnaires as graphs: a node asks, its edges are the answers.

use indexmap::IndexSet;
use rustc_hash::{FxBuildHasher, FxHashMap};

use super::super::Scenarios;
use super::super::diagram::{Full, Set, Var};
use super::asking::Asking;
use super::cover::Literal;
use super::distinctions::variables;
use crate::program::QuestionId;

/// A graph of more nodes is not read by anybody.
const NODES: usize = 200;
/// So many answers are followed before it is given up.
const VISITS: usize = 1_500;
/// And so many steps of the diagram.
const STEPS: usize = 200_000;

/// A graph without circles. It begins at its first node; edges lead to later ones.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Graph {
    /// The nodes.
    pub nodes: Vec<Node>,
}

/// A node of a [`Graph`].
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Node {
    /// A question is asked.
    Ask {
        /// Which.
        question: QuestionId,
        /// Where the answers lead; each answer that is possible here is in one of them.
        edges: Vec<Edge>,
    },
    /// Nothing more need be asked.
    End(End),
}

/// Answers that lead to the same node.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Edge {
    /// Alternatives, each of which says something about the variables of the question.
    pub answers: Vec<Vec<Literal>>,
    /// The node.
    pub to: usize,
}

/// What is known at the end.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum End {
    /// All that applies; and which exits (不适用) do, by index.
    Done(Vec<usize>),
    /// Whether a question is asked.
    Asked(bool),
}

/// Nodes that are made from the last to the first; equal ones once.
#[derive(Default)]
struct Nodes {
    nodes: IndexSet<Node, FxBuildHasher>,
}

impl Nodes {
    fn add(&mut self, node: Node) -> usize {
        self.nodes.insert_full(node).0
    }

    /// The graph from `first`, the last that was made.
    fn graph(self) -> Graph {
        let last = self.nodes.len().saturating_sub(1);
        let mut nodes: Vec<Node> = self.nodes.into_iter().rev().collect();
        for node in &mut nodes {
            if let Node::Ask { edges, .. } = node {
                edges.iter_mut().for_each(|edge| edge.to = last - edge.to);
            }
        }
        Graph { nodes }
    }
}

/// Whether a scenario is in a set. A question that was not asked may be given any of its answers.
pub(super) fn of_set(scenarios: &Scenarios<'_, '_>, set: Set) -> Graph {
    let mut nodes = Nodes::default();
    let mut known = FxHashMap::default();
    node_of(scenarios, set, &mut nodes, &mut known);
    nodes.graph()
}

fn node_of(scenarios: &Scenarios<'_, '_>, set: Set, nodes: &mut Nodes, known: &mut FxHashMap<Set, usize>) -> usize {
    if let Some(&found) = known.get(&set) {
        return found;
    }
    let diagram = &scenarios.diagram;
    let var = diagram.top(set);
    let found = if var == diagram.variables() {
        nodes.add(Node::End(End::Asked(set == Set::ALL)))
    } else {
        let children: Vec<usize> = (0..diagram.values(var))
            .map(|value| node_of(scenarios, diagram.child(set, var, value), nodes, known))
            .collect();
        let question = scenarios.space.variables()[var].question;
        let mut edges: Vec<Edge> = Vec::new();
        for (value, to) in children.into_iter().enumerate() {
            add_value(&mut edges, question, var, value as u32, to);
        }
        nodes.add(Node::Ask { question, edges })
    };
    known.insert(set, found);
    found
}

/// One more value of the only variable of a question.
fn add_value(edges: &mut Vec<Edge>, question: QuestionId, var: Var, value: u32, to: usize) {
    match edges.iter_mut().find(|edge| edge.to == to) {
        Some(edge) => edge.answers[0][0].values.push(value),
        None => edges.push(Edge { answers: vec![vec![Literal { question, var, values: vec![value] }]], to }),
    }
}

/// The whole questionnaire; `None` if it is too large.
pub(super) fn of_steps(scenarios: &mut Scenarios<'_, '_>, asking: &Asking) -> Option<Graph> {
    let possible = scenarios.possible;
    let earlier = (0..=asking.order.len()).map(|place| variables(scenarios, &asking.order[..place])).collect();
    let kept = scenarios.diagram.lend(STEPS);
    let mut walk =
        Walk { scenarios, asking, earlier, nodes: Nodes::default(), known: FxHashMap::default(), visits: VISITS };
    let done = walk.state(0, possible);
    let nodes = walk.nodes;
    scenarios.diagram.give_back(kept);
    match done {
        Ok(Some(_)) => Some(nodes.graph()),
        Ok(None) | Err(Full) => None,
    }
}

struct Walk<'a, 'p, 'w> {
    scenarios: &'a mut Scenarios<'p, 'w>,
    asking: &'a Asking,
    /// By place: the variables of the questions before it.
    earlier: Vec<Vec<bool>>,
    nodes: Nodes,
    /// By place and all that the answers so far leave open.
    known: FxHashMap<(usize, Vec<Set>), usize>,
    visits: usize,
}

impl Walk<'_, '_, '_> {
    /// The node for those of whom nothing is known but that they are in `who`, before the question at a place.
    fn state(&mut self, mut place: usize, who: Set) -> Result<Option<usize>, Full> {
        let Some(left) = self.visits.checked_sub(1) else { return Ok(None) };
        self.visits = left;
        while let Some(&asked) = self.asking.asked.get(place) {
            if self.scenarios.diagram.meet(asked, who)? {
                break;
            }
            place += 1;
        }
        let exits = self.scenarios.turned_away.clone();
        let Some(&question) = self.asking.order.get(place) else {
            let mut apply = Vec::new();
            for (index, &exit) in exits.iter().enumerate() {
                if self.scenarios.diagram.within(who, exit)? {
                    apply.push(index);
                }
            }
            return Ok(Some(self.nodes.add(Node::End(End::Done(apply)))));
        };
        // What the answers so far leave open; the same is gone on with in the same way.
        let mut open = Vec::new();
        for set in std::iter::once(Set::ALL).chain(exits).chain(self.asking.asked[place..].iter().copied()) {
            let part = self.scenarios.diagram.and(who, set)?;
            let earlier = &self.earlier[place];
            open.push(self.scenarios.diagram.forget(part, &|var| earlier[var])?);
        }
        if let Some(&found) = self.known.get(&(place, open.clone())) {
            return Ok(Some(found));
        }
        let vars = self.scenarios.space.of(question).to_vec();
        let mut targets: Vec<(usize, Set)> = Vec::new();
        if self.answers(place, &vars, who, Set::ALL, &mut targets)?.is_none() {
            return Ok(None);
        }
        let edges = targets.into_iter().map(|(to, set)| Edge { answers: self.paths(question, set), to }).collect();
        let found = self.nodes.add(Node::Ask { question, edges });
        self.known.insert((place, open), found);
        Ok((self.nodes.nodes.len() <= NODES).then_some(found))
    }

    /// Where each answer leads: nodes, with all answers that lead there.
    fn answers(
        &mut self,
        place: usize,
        vars: &[Var],
        who: Set,
        chosen: Set,
        targets: &mut Vec<(usize, Set)>,
    ) -> Result<Option<()>, Full> {
        let Some((&var, rest)) = vars.split_first() else {
            let Some(to) = self.state(place + 1, who)? else { return Ok(None) };
            match targets.iter_mut().find(|(node, _)| *node == to) {
                Some((_, set)) => *set = self.scenarios.diagram.or(*set, chosen)?,
                None => targets.push((to, chosen)),
            }
            return Ok(Some(()));
        };
        for value in 0..self.scenarios.diagram.values(var) {
            let literal = self.scenarios.diagram.literal(var, |other| other == value)?;
            let who = self.scenarios.diagram.and(who, literal)?;
            if who.is_empty() {
                continue;
            }
            let chosen = self.scenarios.diagram.and(chosen, literal)?;
            if self.answers(place, rest, who, chosen, targets)?.is_none() {
                return Ok(None);
            }
        }
        Ok(Some(()))
    }

    /// A set of answers to one question as alternatives.
    fn paths(&self, question: QuestionId, set: Set) -> Vec<Vec<Literal>> {
        let mut found = Vec::new();
        self.paths_from(question, set, &mut Vec::new(), &mut found);
        found
    }

    fn paths_from(&self, question: QuestionId, set: Set, path: &mut Vec<Literal>, found: &mut Vec<Vec<Literal>>) {
        let diagram = &self.scenarios.diagram;
        if set == Set::ALL {
            found.push(path.clone());
            return;
        }
        let var = diagram.top(set);
        if set.is_empty() {
            return;
        }
        // Values that go on in the same way are one alternative.
        let mut groups: Vec<(Set, Vec<u32>)> = Vec::new();
        for value in 0..diagram.values(var) {
            let child = diagram.child(set, var, value);
            match groups.iter_mut().find(|(other, _)| *other == child) {
                Some((_, values)) => values.push(value),
                None => groups.push((child, vec![value])),
            }
        }
        for (child, values) in groups {
            path.push(Literal { question, var, values });
            self.paths_from(question, child, path, found);
            path.pop();
        }
    }
}
