//! The decision data of the plan says where things apply as the compiler does.

use std::fs;
use std::path::Path;

use crate::compile;
use crate::diagnostic::Sink;
use crate::plan::{Decision, Plan};
use crate::program::{self, Case, Program};
use crate::scenario::{Budget, Scenarios};
use crate::source::{Source, SourceId, Sources};

/// All texts of a workspace.
fn sources(folder: &str) -> Sources {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..").join(folder);
    let mut found = Vec::new();
    let mut folders = vec![root.clone()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|own| own == "yaml") {
                let name = path.strip_prefix(&root).unwrap().to_string_lossy().into_owned();
                found.push(Source::new(name, fs::read_to_string(&path).unwrap()));
            }
        }
    }
    found.sort_by(|a, b| a.name().cmp(b.name()));
    Sources::from_texts(found)
}

/// Each bundle of a workspace, resolved, with its plan.
fn each(folder: &str, mut test: impl FnMut(&Program<'_>, &Plan)) {
    let sources = sources(folder);
    let compilation = compile::compile(sources.clone());
    let said: Vec<String> = compilation.diagnostics.iter().map(ToString::to_string).collect();
    assert!(!compilation.plans.is_empty(), "{said:#?}");
    let opened = compile::open(sources.clone());
    let bundles: Vec<SourceId> = opened.bundles.clone();
    for (id, plan) in bundles.into_iter().zip(&compilation.plans) {
        let mut sink = Sink::new();
        let loaded = program::load(&opened.workspace, &sources, id, &mut sink).unwrap();
        let program = program::resolve(&opened.workspace, loaded, &mut sink);
        assert_eq!(*program.id, *plan.bundle.id);
        test(&program, plan);
    }
}

/// Where these values lead.
fn holds(decision: &Decision, mut node: usize, values: &[u32]) -> bool {
    while let Some(variable) = decision.nodes[node].variable {
        node = decision.nodes[node].children[values[variable] as usize];
    }
    node == 1
}

#[test]
fn decision_data_agrees_with_conditions() {
    let mut looked = 0;
    for folder in ["bundles/岳阳", "bundles/新建区", "tests/flows"] {
        each(folder, |program, plan| {
            let decision = &plan.decision;
            let scenarios = Scenarios::new(program, Budget::default()).unwrap();
            let sizes: Vec<u32> = (0..scenarios.diagram.variables()).map(|var| scenarios.diagram.values(var)).collect();
            let mut state: u64 = 7;
            for _ in 0..200 {
                let mut below = |limit: u32| {
                    state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
                    (state >> 33) as u32 % limit
                };
                let values: Vec<u32> = sizes.iter().map(|&size| below(size)).collect();
                assert_eq!(
                    holds(decision, decision.served, &values),
                    scenarios.diagram.contains(scenarios.served, &values)
                );
                let case = Case::new(program, "随机".into(), scenarios.scenario_of(&values), &[]);
                for (id, own) in program.item_ids().zip(&decision.items) {
                    let item = program.item(id);
                    assert_eq!(holds(decision, own.when, &values), case.takes(id), "{}", item.name.value);
                    let forms = item.forms.iter().map(|form| form.when.as_ref());
                    let materials = item.materials.iter().map(|row| row.when.as_ref());
                    for (row, when) in own.rows.iter().zip(forms.chain(materials)) {
                        let applies = case.takes(id) && case.applies(when);
                        assert_eq!(holds(decision, row.when, &values), applies, "{} {}", item.name.value, row.name);
                        looked += 1;
                    }
                }
            }
        });
    }
    assert!(looked > 10_000, "{looked}");
}
