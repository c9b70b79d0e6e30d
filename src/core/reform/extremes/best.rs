//! The shortest critical path over some scenarios: where even the longest chain is short.
//!
//! How long the longest chain to each node is depends on the scenario: a function, kept as a decision diagram with numbers at its
//! ends (R. I. Bahar et al., *Algebraic Decision Diagrams and Their Applications*, 1993). What is longer than a scenario that is already
//! known need not be told apart, which keeps the functions small.

use rustc_hash::FxHashMap;

use super::network::{FIRST, LAST, Network};
use super::worst::add;
use crate::expr::Number;
use crate::scenario::{Diagram, Full, Scenarios, Set, Var};

/// Nodes of functions before giving up.
const NODES: usize = 1_000_000;

/// The least length of the critical path in `region`, and where it is attained; every item that applies is taken. `None` if
/// nobody is there. In `region` no items may wait for each other.
pub fn shortest(
    scenarios: &mut Scenarios<'_, '_>,
    network: &Network,
    region: Set,
) -> Result<Option<(Number, Set)>, Full> {
    if region.is_empty() {
        return Ok(None);
    }
    let mut sets = Vec::with_capacity(network.nodes.len());
    for node in 0..network.nodes.len() {
        sets.push(network.all_taken(scenarios, node)?);
    }
    let enough = descend(&scenarios.diagram, network, &sets, region);
    let mut functions = Functions::new(enough);
    let mut to: Vec<Function> = vec![Function::NEVER; sets.len()];
    to[FIRST] = functions.end(network.nodes[FIRST].length);
    // In an order in which what comes first is done first, once round does; other rounds are needed only where nodes wait for each
    // other in the whole graph, though in no scenario.
    let order = order(network);
    loop {
        let mut changed = false;
        for &node in &order {
            let from = to[node];
            if from == Function::NEVER {
                continue;
            }
            for &(next, edge) in &network.nodes[node].next {
                let here = scenarios.diagram.and(edge, sets[next])?;
                let here = functions.within(&scenarios.diagram, from, here)?;
                let here = functions.plus(here, network.nodes[next].length)?;
                let longest = functions.max(here, to[next])?;
                changed |= longest != to[next];
                to[next] = longest;
            }
        }
        if !changed {
            break;
        }
    }
    let whole = to[LAST];
    let Some(least) = functions.least(&scenarios.diagram, whole, region) else { return Ok(None) };
    let set = functions.up_to(&mut scenarios.diagram, whole, least, &mut FxHashMap::default())?;
    Ok(Some((least, scenarios.diagram.and(set, region)?)))
}

/// What comes first before what comes after, as far as there is such an order.
fn order(network: &Network) -> Vec<usize> {
    let mut order = Vec::with_capacity(network.nodes.len());
    let mut state = vec![0usize; network.nodes.len()];
    let mut stack = vec![FIRST];
    let mut seen = vec![false; network.nodes.len()];
    seen[FIRST] = true;
    while let Some(&node) = stack.last() {
        match network.nodes[node].next.get(state[node]) {
            Some(&(next, _)) => {
                state[node] += 1;
                if !std::mem::replace(&mut seen[next], true) {
                    stack.push(next);
                }
            }
            None => {
                order.push(node);
                stack.pop();
            }
        }
    }
    order.reverse();
    order
}

/// The critical path of some scenario that has few answers near it with a shorter one.
fn descend(diagram: &Diagram, network: &Network, sets: &[Set], region: Set) -> Number {
    let order = order(network);
    let length = |values: &[u32]| -> Number {
        let here: Vec<bool> = sets.iter().map(|&set| diagram.contains(set, values)).collect();
        let mut to: Vec<Option<Number>> = vec![None; sets.len()];
        to[FIRST] = Some(network.nodes[FIRST].length);
        loop {
            let mut changed = false;
            for &node in &order {
                let Some(from) = to[node] else { continue };
                for &(next, edge) in network.nodes[node].next.iter().filter(|(next, _)| here[*next]) {
                    if diagram.contains(edge, values) {
                        let longer = Some(add(from, network.nodes[next].length));
                        changed |= longer > to[next];
                        to[next] = to[next].max(longer);
                    }
                }
            }
            if !changed {
                return to[LAST].unwrap_or(Number::ZERO);
            }
        }
    };
    let mut values = vec![0; diagram.variables()];
    for (var, value) in diagram.shortest(region).unwrap_or_default() {
        values[var] = value;
    }
    let mut least = length(&values);
    // Where there are very many tasks a first guess has to do.
    let rounds = if sets.len() > 4_000 { 0 } else { 3 };
    for _ in 0..rounds {
        let before = least;
        for var in 0..values.len() {
            let kept = values[var];
            let mut best = kept;
            for value in 0..diagram.values(var) {
                values[var] = value;
                if value != kept && diagram.contains(region, &values) {
                    let found = length(&values);
                    if found < least {
                        (least, best) = (found, value);
                    }
                }
            }
            values[var] = best;
        }
        if least == before {
            break;
        }
    }
    least
}

/// A length for each scenario.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
struct Function(u32);

impl Function {
    /// Not there.
    const NEVER: Function = Function(0);
}

/// What a function is: a length, or a variable with what comes after each value.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
enum Shape {
    End(Option<Number>),
    Asks(Var, Box<[Function]>),
}

/// Functions that tell apart what is not longer than a given length.
struct Functions {
    enough: Number,
    /// Stands for every length beyond.
    beyond: Number,
    shapes: Vec<Shape>,
    known: FxHashMap<Shape, Function>,
    larger: FxHashMap<(Function, Function), Function>,
    longer: FxHashMap<(Function, Number), Function>,
    inside: FxHashMap<(Function, Set), Function>,
}

impl Functions {
    fn new(enough: Number) -> Self {
        let mut functions = Functions {
            enough,
            beyond: add(enough, Number::ONE),
            shapes: Vec::new(),
            known: FxHashMap::default(),
            larger: FxHashMap::default(),
            longer: FxHashMap::default(),
            inside: FxHashMap::default(),
        };
        functions.add(Shape::End(None));
        functions
    }

    fn add(&mut self, shape: Shape) -> Function {
        if let Some(&known) = self.known.get(&shape) {
            return known;
        }
        let function = Function(self.shapes.len() as u32);
        self.shapes.push(shape.clone());
        self.known.insert(shape, function);
        function
    }

    fn end(&mut self, length: Number) -> Function {
        let length = if length > self.enough { self.beyond } else { length };
        self.add(Shape::End(Some(length)))
    }

    fn asks(&mut self, var: Var, children: Vec<Function>) -> Result<Function, Full> {
        if self.shapes.len() > NODES {
            return Err(Full);
        }
        if children.iter().all(|child| *child == children[0]) {
            return Ok(children[0]);
        }
        Ok(self.add(Shape::Asks(var, children.into())))
    }

    /// The variable that a function asks about first.
    fn top(&self, function: Function) -> Var {
        match &self.shapes[function.0 as usize] {
            Shape::End(_) => Var::MAX,
            Shape::Asks(var, _) => *var,
        }
    }

    fn child(&self, function: Function, var: Var, value: usize) -> Function {
        match &self.shapes[function.0 as usize] {
            Shape::Asks(own, children) if *own == var => children[value],
            _ => function,
        }
    }

    fn values(&self, function: Function, var: Var) -> usize {
        match &self.shapes[function.0 as usize] {
            Shape::Asks(own, children) if *own == var => children.len(),
            _ => 0,
        }
    }

    /// The greater of the two everywhere.
    fn max(&mut self, a: Function, b: Function) -> Result<Function, Full> {
        let (a, b) = (a.min(b), a.max(b));
        if a == Function::NEVER || a == b {
            return Ok(b);
        }
        if let (Shape::End(a), Shape::End(b)) = (&self.shapes[a.0 as usize], &self.shapes[b.0 as usize]) {
            let end = Shape::End(*a.max(b));
            return Ok(self.add(end));
        }
        let beyond = Shape::End(Some(self.beyond));
        if self.shapes[a.0 as usize] == beyond || self.shapes[b.0 as usize] == beyond {
            return Ok(self.add(beyond));
        }
        if let Some(&known) = self.larger.get(&(a, b)) {
            return Ok(known);
        }
        let var = self.top(a).min(self.top(b));
        let count = self.values(a, var).max(self.values(b, var));
        let mut children = Vec::with_capacity(count);
        for value in 0..count {
            children.push(self.max(self.child(a, var, value), self.child(b, var, value))?);
        }
        let found = self.asks(var, children)?;
        self.larger.insert((a, b), found);
        Ok(found)
    }

    /// Longer by that.
    fn plus(&mut self, function: Function, length: Number) -> Result<Function, Full> {
        if length.is_zero() {
            return Ok(function);
        }
        if let Some(&known) = self.longer.get(&(function, length)) {
            return Ok(known);
        }
        let found = match self.shapes[function.0 as usize].clone() {
            Shape::End(None) => function,
            Shape::End(Some(own)) => self.end(add(own, length)),
            Shape::Asks(var, children) => {
                let children = children.iter().map(|&child| self.plus(child, length)).collect::<Result<_, _>>()?;
                self.asks(var, children)?
            }
        };
        self.longer.insert((function, length), found);
        Ok(found)
    }

    /// Not there outside of the set.
    fn within(&mut self, diagram: &Diagram, function: Function, set: Set) -> Result<Function, Full> {
        match set {
            Set::NONE => return Ok(Function::NEVER),
            Set::ALL => return Ok(function),
            _ if function == Function::NEVER => return Ok(function),
            _ => {}
        }
        if let Some(&known) = self.inside.get(&(function, set)) {
            return Ok(known);
        }
        let var = self.top(function).min(diagram.top(set));
        let mut children = Vec::with_capacity(diagram.values(var) as usize);
        for value in 0..diagram.values(var) {
            let child = self.child(function, var, value as usize);
            children.push(self.within(diagram, child, diagram.child(set, var, value))?);
        }
        let found = self.asks(var, children)?;
        self.inside.insert((function, set), found);
        Ok(found)
    }

    /// The least value in a region where it is there at all.
    fn least(&self, diagram: &Diagram, function: Function, region: Set) -> Option<Number> {
        let mut least: Option<Number> = None;
        let mut seen = rustc_hash::FxHashSet::default();
        let mut stack = vec![(function, region)];
        while let Some((function, region)) = stack.pop() {
            if region.is_empty() || !seen.insert((function, region)) {
                continue;
            }
            match &self.shapes[function.0 as usize] {
                Shape::End(length) => {
                    least = least.map_or(*length, |least| Some(length.map_or(least, |l| l.min(least))))
                }
                Shape::Asks(..) => {
                    let var = self.top(function).min(diagram.top(region));
                    stack.extend(
                        (0..diagram.values(var)).map(|value| {
                            (self.child(function, var, value as usize), diagram.child(region, var, value))
                        }),
                    );
                }
            }
        }
        least
    }

    /// Where it is there and not longer than that.
    fn up_to(
        &self,
        diagram: &mut Diagram,
        function: Function,
        length: Number,
        known: &mut FxHashMap<Function, Set>,
    ) -> Result<Set, Full> {
        if let Some(&known) = known.get(&function) {
            return Ok(known);
        }
        let found = match &self.shapes[function.0 as usize] {
            Shape::End(own) => {
                if own.is_some_and(|own| own <= length) {
                    Set::ALL
                } else {
                    Set::NONE
                }
            }
            Shape::Asks(var, children) => {
                let mut found = Set::NONE;
                for (value, &child) in children.iter().enumerate() {
                    let there = diagram.literal(*var, |other| other as usize == value)?;
                    let child = self.up_to(diagram, child, length, known)?;
                    let both = diagram.and(there, child)?;
                    found = diagram.or(found, both)?;
                }
                found
            }
        };
        known.insert(function, found);
        Ok(found)
    }
}
