//! The guide page: the decision data says where things apply as the compiler does, and nothing from a bundle becomes markup.

use std::fs;
use std::path::Path;

use yijianshi_core::compile;
use yijianshi_core::diagnostic::Sink;
use yijianshi_core::plan::{Decision, Plan};
use yijianshi_core::program::{self, Case, Program};
use yijianshi_core::scenario::{Budget, Scenarios};
use yijianshi_core::source::{Source, SourceId, Sources};
use yijianshi_emit::{EMITTERS, Files};

/// All texts of a workspace.
fn sources(folder: &str) -> Sources {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join(folder);
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

fn page(plan: &Plan) -> String {
    let mut files = Files::new();
    let guide = EMITTERS.iter().find(|emitter| emitter.name == "guide").unwrap();
    (guide.emit)(plan, &|_| None, &mut files);
    String::from_utf8(files["办事指南.html"].clone()).unwrap()
}

fn data(page: &str) -> &str {
    let start = page.find("id=\"data\">").unwrap() + "id=\"data\">".len();
    &page[start..start + page[start..].find("</script>").unwrap()]
}

#[test]
fn pages_are_small_and_hold_their_data() {
    for folder in ["bundles/岳阳", "bundles/新建区"] {
        each(folder, |program, plan| {
            let page = page(plan);
            let drawn: usize = page.split("<svg").skip(1).map(|rest| rest.find("</svg>").unwrap()).sum();
            assert!(page.len() - drawn < 300_000, "{}", page.len() - drawn);
            let data: serde_json::Value = serde_json::from_str(data(&page)).unwrap();
            assert_eq!(data["items"].as_array().unwrap().len(), program.items.len());
            assert_eq!(data["about"]["title"], plan.bundle.title.as_str());
        });
    }
}

#[test]
fn texts_stay_data() {
    let text = "</script><script>alert(1)</script><!-- \u{2028}\u{fdd0}&";
    let manifest = "工作区: 例子\n标识: w\n";
    let catalogues = ("目录.yaml", "机构目录: {甲部门: {}}\n");
    let bundle = format!(
        "一件事: 例子\n标识: example\n状态: 草案\n牵头单位: 甲部门\n服务对象: 个人\n承诺时限: 3工作日\n情形:\n  甲: {{问: {quoted}}}\n\
         联办事项:\n  乙:\n    单位: 甲部门\n    名称: {quoted}\n    当: 甲\n    时限: 3工作日\n    无需材料: 是\n    说明: {quoted}\n",
        quoted = serde_json::to_string(&format!("{text}？")).unwrap()
    );
    let all = [("yijianshi.yaml", manifest), catalogues, ("例子.yaml", bundle.as_str())];
    let sources = Sources::from_texts(all.into_iter().map(|(name, text)| Source::new(name, text)));
    let compilation = compile::compile(sources);
    let said: Vec<String> = compilation.diagnostics.iter().map(ToString::to_string).collect();
    assert_eq!(compilation.plans.len(), 1, "{said:#?}");
    let page = page(&compilation.plans[0]);
    assert_eq!(page.matches("<script").count(), 2, "data and program");
    assert_eq!(page.matches("</script").count(), 2);
    assert!(!data(&page).contains(['<', '>', '&', '\u{2028}', '\u{fdd0}']));
    let data: serde_json::Value = serde_json::from_str(data(&page)).unwrap();
    assert!(data["questions"][0]["ask"].as_str().unwrap().contains("</script><script>"));
}
