//! The decision diagram: which answers tell what applies.

use rustc_hash::FxHashMap;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::program::ItemId;
use crate::scenario::{Answer, ItemApplies, Scenarios, Set};

/// 判断图的变量。
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Variable {
    /// 问题（英文标识）。
    pub question: String,
    /// 多选题：第几个选项（从零开始）；值0是没有选，值1是选了。
    pub option: Option<usize>,
    /// 数值和日期：各个值的范围，从小到大。是否题值0是否、值1是是；单选题的值是第几个选项。
    pub ranges: Vec<ValueRange>,
}

/// 条件分不开的回答的范围，两端都含。
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct ValueRange {
    /// 最小的。
    pub low: String,
    /// 最大的。
    pub high: String,
}

/// 判断图的节点：按变量的值走到下一个节点，走到0是不成立，走到1是成立。
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct DecisionNode {
    /// 第几个变量；越往下越大。最初两个节点没有变量。
    pub variable: Option<usize>,
    /// 各个值走到第几个节点。
    pub children: Vec<usize>,
}

/// Nodes as they are needed; each once, children before parents.
pub(super) struct Nodes<'s, 'p, 'w> {
    scenarios: &'s Scenarios<'p, 'w>,
    nodes: Vec<DecisionNode>,
    known: FxHashMap<Set, usize>,
}

impl<'s, 'p, 'w> Nodes<'s, 'p, 'w> {
    pub(super) fn new(scenarios: &'s Scenarios<'p, 'w>) -> Self {
        let end = || DecisionNode { variable: None, children: Vec::new() };
        let known = [(Set::NONE, 0), (Set::ALL, 1)].into_iter().collect();
        Nodes { scenarios, nodes: vec![end(), end()], known }
    }

    /// Where an item and its parts apply.
    pub(super) fn applies(&self, item: ItemId) -> &'s ItemApplies {
        &self.scenarios.applies.items[item.index()]
    }

    /// Where the row that a measure adds applies.
    pub(super) fn added(&self, measure: usize) -> Set {
        self.scenarios.applies.added[measure].unwrap_or(Set::NONE)
    }

    /// The node of a set. As deep as there are variables.
    pub(super) fn root(&mut self, set: Set) -> usize {
        if let Some(&known) = self.known.get(&set) {
            return known;
        }
        let diagram = &self.scenarios.diagram;
        let variable = diagram.top(set);
        let children: Vec<Set> =
            (0..diagram.values(variable)).map(|value| diagram.child(set, variable, value)).collect();
        let children = children.into_iter().map(|child| self.root(child)).collect();
        self.nodes.push(DecisionNode { variable: Some(variable), children });
        let index = self.nodes.len() - 1;
        self.known.insert(set, index);
        index
    }

    pub(super) fn finish(self) -> Vec<DecisionNode> {
        self.nodes
    }
}

/// The variables, in the order of the diagram.
pub(super) fn variables(scenarios: &Scenarios<'_, '_>) -> Vec<Variable> {
    let range = |answer: &Answer| match answer {
        Answer::Number(range) => Some(ValueRange { low: fraction(range.low), high: fraction(range.high) }),
        Answer::Date(range) => Some(ValueRange { low: range.low.to_string(), high: range.high.to_string() }),
        Answer::Yes(_) | Answer::Option(_) | Answer::Chosen(..) => None,
    };
    let variables = scenarios.space.variables().iter().map(|variable| Variable {
        question: scenarios.program.question(variable.question).id.to_string(),
        option: match variable.values[0] {
            Answer::Chosen(option, _) => Some(option),
            _ => None,
        },
        ranges: variable.values.iter().filter_map(range).collect(),
    });
    variables.collect()
}

/// As programs read it.
fn fraction(number: crate::expr::Number) -> String {
    number.to_decimal().unwrap_or_else(|| {
        let (numerator, denominator) = number.as_fraction();
        format!("{numerator}/{denominator}")
    })
}
