//! What every layout promises, on thousands of random graphs: nothing overlaps, no line crosses a box or a label.

use proptest::prelude::*;

use super::check::faults;
use super::{Edge, Graph, Kind, Node, Size, Spacing, layout};

fn size(width: i32, height: i32) -> Size {
    Size { width, height }
}

/// Any graph: rings, nodes without edges, several edges between two nodes, everything labelled.
fn any_graph() -> impl Strategy<Value = Graph> {
    (1usize..9, 1usize..24).prop_flat_map(|(lanes, nodes)| {
        let kind = prop_oneof![
            6 => Just(Kind::Box),
            2 => Just(Kind::Diamond),
            1 => Just(Kind::Circle),
            1 => Just(Kind::Bar),
        ];
        let across = prop::collection::vec(0..lanes, 1..4);
        let node = (kind, across, any::<bool>(), 30..150i32, 36..110i32, any::<u8>()).prop_map(
            |(kind, mut lanes, joint, width, height, extra)| {
                if kind != Kind::Box || !joint {
                    lanes.truncate(1);
                }
                let (width, height) = match kind {
                    Kind::Bar => (7, 40),
                    Kind::Circle => (36, 36),
                    _ => (width, height),
                };
                Node {
                    lanes,
                    kind,
                    size: size(width, height),
                    caption: (extra % 5 == 0 && kind != Kind::Bar).then(|| size(60, 20)),
                    overhang: if extra % 3 == 0 { size(12, 10) } else { size(0, 0) },
                }
            },
        );
        let label = prop_oneof![2 => Just(None), 1 => (10..120i32, 14..50i32).prop_map(|(w, h)| Some(size(w, h)))];
        let edge = (0..nodes, 0..nodes, label).prop_map(|(from, to, label)| Edge { from, to, label });
        let sparse = prop::collection::vec(edge, 0..nodes * 2);
        (prop::collection::vec(node, nodes), sparse, prop::collection::vec(40..120i32, lanes), 0..3usize)
            .prop_map(|(nodes, edges, lanes, fixed)| Graph { lanes, fixed, nodes, edges, spacing: Spacing::default() })
    })
}

/// The graph that a bundle's flow gives: applicant and counter, rings of supplements, items with or without stages between two
/// bars, some waiting for others, some joined.
fn flow(agencies: usize, items: usize, seed: u64) -> Graph {
    let mut state = seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) | 1;
    let mut roll = |below: usize| {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        (state >> 33) as usize % below.max(1)
    };
    let mut graph = Graph { lanes: vec![84; agencies + 2], fixed: 2, ..Graph::default() };
    let mut node = |lanes: Vec<usize>, kind: Kind, width: i32, height: i32| {
        graph.nodes.push(Node { lanes, kind, size: size(width, height), caption: None, overhang: size(8, 10) });
        graph.nodes.len() - 1
    };
    let start = node(vec![0], Kind::Box, 80, 36);
    let submission = node(vec![0], Kind::Box, 120, 60);
    let receipt = node(vec![1], Kind::Box, 120, 58);
    let complete = node(vec![1], Kind::Diamond, 140, 80);
    let supplement = node(vec![0], Kind::Box, 110, 50);
    let acceptance = node(vec![1], Kind::Box, 120, 58);
    let fork = node(vec![1], Kind::Bar, 7, 40);
    let mut edges = vec![
        (start, submission, None),
        (submission, receipt, None),
        (receipt, complete, None),
        (complete, acceptance, Some(size(16, 16))),
        (complete, supplement, Some(size(16, 16))),
        (supplement, submission, None),
        (acceptance, fork, None),
    ];
    let lane: Vec<usize> = (0..items).map(|_| 2 + roll(agencies)).collect();
    let boxes: Vec<usize> = lane.iter().map(|&lane| node(vec![lane], Kind::Box, 120, 58)).collect();
    let join = node(vec![1], Kind::Bar, 7, 40);
    for item in 0..items {
        let first = if item > 0 && roll(100) < 18 { Some(roll(item)) } else { None };
        let label = (roll(3) == 0).then(|| size(30 + roll(90) as i32, 16 + 16 * roll(3) as i32));
        edges.push((first.map_or(fork, |first| boxes[first]), boxes[item], label));
    }
    let mut item = 0;
    while item < items {
        if item + 1 < items && roll(4) == 0 && lane[item] != lane[item + 1] {
            let joint = node(vec![lane[item], lane[item + 1]], Kind::Box, 90, 120);
            edges.extend([(boxes[item], joint, None), (boxes[item + 1], joint, None)]);
            for own in [item, item + 1] {
                let decision = node(vec![lane[own]], Kind::Box, 110, 50);
                edges.extend([(joint, decision, None), (decision, join, None)]);
            }
            item += 2;
        } else {
            edges.push((boxes[item], join, None));
            item += 1;
        }
    }
    let issuing = node(vec![1], Kind::Box, 110, 60);
    let end = node(vec![0], Kind::Box, 110, 50);
    edges.extend([(join, issuing, None), (issuing, end, None)]);
    graph.edges = edges.into_iter().map(|(from, to, label)| Edge { from, to, label }).collect();
    graph
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 2000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_graph_keeps_the_promises(graph in any_graph()) {
        let layout = layout(&graph);
        let faults = faults(&graph, &layout);
        prop_assert!(faults.is_empty(), "{}\n{:#?}", faults.join("\n"), layout.edges);
    }

    #[test]
    fn flows_keep_the_promises(agencies in 1usize..16, items in 1usize..41, seed in any::<u64>()) {
        let graph = flow(agencies, items, seed);
        let layout = layout(&graph);
        let faults = faults(&graph, &layout);
        prop_assert!(faults.is_empty(), "{}", faults.join("\n"));
    }
}

#[test]
fn the_same_graph_gives_the_same_layout() {
    let graph = flow(9, 30, 7);
    assert_eq!(layout(&graph), layout(&graph));
}

/// Four times the items take about four times as long, up to more than a thousand nodes.
#[test]
fn the_cost_grows_with_the_size() {
    let graphs = [flow(15, 200, 3), flow(15, 800, 3)];
    let time = |graph: &Graph| {
        let start = std::time::Instant::now();
        let layout = layout(graph);
        (start.elapsed(), layout.nodes.len())
    };
    // In turn, so that a busy machine slows both; the least of several is the one least disturbed.
    let runs: Vec<_> = (0..5).map(|_| graphs.each_ref().map(time)).collect();
    let [(small, few), (large, many)] = [0, 1].map(|at| runs.iter().map(|run| run[at]).min().unwrap());
    assert!(many > 1000, "{many} nodes");
    let growth = large.as_nanos() * few as u128 * 10 / (small.as_nanos() * many as u128);
    assert!(growth < 30, "{few} nodes take {small:?}, {many} nodes take {large:?}");
}
