//! The questionnaire: what to ask, when, and in which order.

use num_bigint::BigUint;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::answer::{AnswerGroup, any_of};
use super::condition::When;
use crate::program::{Program, QuestionId};
use crate::scenario::{self, Chance, Node, Sizes};

/// 情形问卷：按先后提问，前面的回答已经定下来的不再问。跳过的问题不论怎样回答，适用的内容都一样。
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Questionnaire {
    /// 要问的问题，按先后。
    pub steps: Vec<QuestionStep>,
    /// 不论怎样回答都不影响结果、从不用问的问题（英文标识）。
    pub unneeded: Vec<String>,
    /// 平均要回答几个问题：按份额计，没有写份额的，各种回答一样多。
    pub expected: Exact,
    /// 最少要回答几个问题；问卷图太大时没有算。
    pub fewest: Option<u32>,
    /// 最多要回答几个问题；问卷图太大时没有算。
    pub most: Option<u32>,
    /// 合并成一张图的问卷；太大的没有，用各个问题自己的图。
    pub graph: Option<QuestionGraph>,
    /// 一共有多少种情形。
    pub counts: ScenarioCounts,
}

/// 精确的数，和四舍五入的写法。
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Exact {
    /// 分数或整数。
    #[schemars(regex(pattern = r"^(0|[1-9][0-9]*)(/[1-9][0-9]*)?$"))]
    pub exact: String,
    /// 两位小数。
    pub rounded: String,
}

/// 问卷里的一个问题。
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct QuestionStep {
    /// 问题（英文标识）。
    pub question: String,
    /// 回答：条件分得开的各组。
    pub answers: Vec<AnswerGroup>,
    /// 会被问到的人占多少。
    pub share: Exact,
    /// 是否人人都问（已经知道不适用的除外）。
    pub always: bool,
    /// 什么时候问（已经知道不适用的，不再问）；人人都问的，和说不短的，没有。
    pub when: Option<When>,
    /// 什么时候不问；人人都问的，和说不短的，没有。
    pub unless: Option<When>,
    /// 这样回答的不适用，到此为止。
    pub ends: Vec<QuestionEnd>,
    /// 判断问不问的图，始终有。图里的问题如果没有问过，走哪一条边结果都一样。
    pub test: QuestionGraph,
}

/// 不适用的回答。
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]

pub struct QuestionEnd {
    /// 这样回答。
    pub answer: AnswerGroup,
    /// 属于第几条不适用（从零开始）。
    pub exits: Vec<usize>,
}

/// 问卷图：从第一个节点开始，按回答走到头。
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct QuestionGraph {
    /// 节点；边总是指向后面的节点。
    pub nodes: Vec<QuestionNode>,
}

/// 问卷图的节点。
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(tag = "kind", rename_all = "kebab-case")]
pub enum QuestionNode {
    /// 问一个问题。
    Question {
        /// 问题（英文标识）。
        question: String,
        /// 各种回答通向哪里；能有的回答都在其中一条边上。
        edges: Vec<QuestionEdge>,
    },
    /// 答完了：适用哪些内容都已确定。
    Done,
    /// 答完了：不适用。
    Exit {
        /// 第几条不适用（从零开始）。
        exits: Vec<usize>,
    },
    /// 要问（只在判断一个问题的图里）。
    Asked,
    /// 不问（只在判断一个问题的图里）。
    NotAsked,
}

/// 问卷图的边。
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct QuestionEdge {
    /// 这些回答。
    pub answers: Vec<AnswerGroup>,
    /// 通向第几个节点（从零开始）。
    pub to: usize,
}

/// 有多少种情形。数都是精确的，用文字写，因为可能很大。
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct ScenarioCounts {
    /// 可能的情形：没有问到的问题不分。
    pub scenarios: String,
    /// 其中适用本件事的。
    pub served: String,
    /// 适用的情形，连同可选事项的各种取舍。
    pub choices: Option<String>,
    /// 结果不同的组合有多少种：要办的事项、要交的材料等有一样不同就算不同；太多的不数。
    pub distinct: Option<String>,
    /// 不适用的情形有多少种不同的去处。
    pub exits: Option<String>,
}

impl Questionnaire {
    pub(super) fn of(program: &Program<'_>, found: &scenario::Questionnaire) -> Questionnaire {
        let id = |question: QuestionId| program.question(question).id.to_string();
        let steps = found.steps.iter().map(|step| {
            let always = step.when.as_ref().is_some_and(|when| when.iter().any(Vec::is_empty));
            let words = |cubes: &Option<Vec<Vec<scenario::Literal>>>| {
                let cubes = cubes.as_ref().filter(|cubes| !always && !cubes.is_empty())?;
                any_of(program, found, cubes).map(|test| When::from_test(program, &test))
            };
            let ends = |(literal, exits): &(scenario::Literal, Vec<usize>)| {
                let groups = AnswerGroup::of(program, found, step.question, std::slice::from_ref(literal));
                groups.into_iter().map(|answer| QuestionEnd { answer, exits: exits.clone() }).collect::<Vec<_>>()
            };
            QuestionStep {
                question: id(step.question),
                answers: AnswerGroup::all(program, found, step.question),
                share: Exact::of(&step.chance),
                always,
                when: words(&step.when),
                unless: words(&step.unless),
                ends: step.ends.iter().flat_map(ends).collect(),
                test: QuestionGraph::of(program, found, &step.test),
            }
        });
        let graph = found.graph.as_ref().map(|graph| QuestionGraph::of(program, found, graph));
        let lengths = graph.as_ref().map(QuestionGraph::lengths);
        Questionnaire {
            steps: steps.collect(),
            unneeded: found.unneeded.iter().map(|question| id(*question)).collect(),
            expected: Exact::of(&found.expected),
            fewest: lengths.map(|lengths| lengths.0),
            most: lengths.map(|lengths| lengths.1),
            graph,
            counts: ScenarioCounts::of(&found.sizes),
        }
    }
}

impl Exact {
    fn of(chance: &Chance) -> Exact {
        let (numerator, denominator) = chance.as_fraction();
        let exact = match *denominator == BigUint::from(1u32) {
            true => numerator.to_string(),
            false => format!("{numerator}/{denominator}"),
        };
        Exact { exact, rounded: chance.to_fixed(2) }
    }
}

impl ScenarioCounts {
    fn of(sizes: &Sizes) -> ScenarioCounts {
        ScenarioCounts {
            scenarios: sizes.possible.to_string(),
            served: sizes.served.to_string(),
            choices: sizes.choices.as_ref().map(ToString::to_string),
            distinct: sizes.distinct.as_ref().map(|distinct| distinct.served.to_string()),
            exits: sizes.distinct.as_ref().map(|distinct| distinct.turned_away.to_string()),
        }
    }
}

impl QuestionGraph {
    fn of(program: &Program<'_>, found: &scenario::Questionnaire, graph: &scenario::Graph) -> QuestionGraph {
        let node = |node: &Node| match node {
            Node::Ask { question, edges } => {
                let edges = edges.iter().map(|edge| {
                    let cubes = edge.answers.iter();
                    let answers = cubes.flat_map(|cube| AnswerGroup::of(program, found, *question, cube)).collect();
                    QuestionEdge { answers, to: edge.to }
                });
                QuestionNode::Question { question: program.question(*question).id.to_string(), edges: edges.collect() }
            }
            Node::End(scenario::End::Done(exits)) if exits.is_empty() => QuestionNode::Done,
            Node::End(scenario::End::Done(exits)) => QuestionNode::Exit { exits: exits.clone() },
            Node::End(scenario::End::Asked(true)) => QuestionNode::Asked,
            Node::End(scenario::End::Asked(false)) => QuestionNode::NotAsked,
        };
        QuestionGraph { nodes: graph.nodes.iter().map(node).collect() }
    }

    /// The fewest and the most questions on a way.
    fn lengths(&self) -> (u32, u32) {
        let mut lengths = vec![(0, 0); self.nodes.len()];
        for (index, node) in self.nodes.iter().enumerate().rev() {
            if let QuestionNode::Question { edges, .. } = node {
                let after = edges.iter().map(|edge| lengths[edge.to]);
                let fewest = after.clone().map(|(fewest, _)| fewest).min().unwrap_or(0);
                let most = after.map(|(_, most)| most).max().unwrap_or(0);
                lengths[index] = (fewest + 1, most + 1);
            }
        }
        lengths.first().copied().unwrap_or((0, 0))
    }
}
