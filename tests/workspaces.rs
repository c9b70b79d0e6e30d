//! What is made of whole workspaces and of bundles in Excel: cells read back by another program's reader, lists complete and in
//! order, sums that close, and nothing that an author writes becomes a formula or markup.

#[path = "emit/books.rs"]
mod books;
use crate::workspace;

use std::path::Path;

use yijianshi_core::plan::{self, Plan, SourceRef};
use yijianshi_emit::catalogue::{Catalogue, Entry, Finding, Findings};
use yijianshi_emit::{EMITTERS, Files, WORKSPACE_EMITTERS};

/// What the command line makes of these plans: of each bundle, and of the workspace.
fn build(plans: &[Plan], findings: &Findings) -> (Vec<Files>, Files) {
    let mut bundles = Vec::new();
    let mut entries = Vec::new();
    for plan in plans {
        let mut files = Files::new();
        for emitter in EMITTERS {
            (emitter.emit)(plan, &|_| None, &mut files);
        }
        let file = format!("{}.yaml", plan.bundle.id);
        entries.push(Entry::of(plan, &file, findings.clone(), files.keys().cloned().collect()));
        bundles.push(files);
    }
    (bundles, workspace_files(&plans[0].workspace, entries, ""))
}

/// What is made of a workspace, by the emitter of this name; by all if there is none.
fn workspace_files(workspace: &plan::Workspace, entries: Vec<Entry>, name: &str) -> Files {
    let chosen = || WORKSPACE_EMITTERS.iter().filter(|emitter| name.is_empty() || emitter.name == name);
    let catalogue = Catalogue {
        workspace: workspace.clone(),
        entries,
        findings: Findings::default(),
        settings: Vec::new(),
        files: chosen().flat_map(|own| own.files).copied().collect(),
    };
    let mut files = Files::new();
    for emitter in chosen() {
        (emitter.emit)(&catalogue, &mut files);
    }
    let names: Vec<&str> = files.keys().map(String::as_str).collect();
    let mut listed: Vec<&str> = catalogue.files.clone();
    listed.sort_unstable();
    assert_eq!(names, listed, "an emitter makes what it says that it makes");
    files
}

fn plans(folder: &str) -> Vec<Plan> {
    workspace::plans(&Path::new(env!("CARGO_MANIFEST_DIR")).join(folder))
}

fn page(files: &Files, name: &str) -> String {
    String::from_utf8(files[name].clone()).unwrap()
}

/// The titles of the cards, in order.
fn cards(page: &str) -> Vec<&str> {
    let heads = page.split("<h4 id=\"t-b-").skip(1);
    heads
        .map(|head| {
            head.split_once("办事指南.html\" rel=\"noopener noreferrer\">").unwrap().1.split('<').next().unwrap()
        })
        .collect()
}

#[test]
fn the_index_is_complete_and_in_order() {
    let plans = plans("bundles/新建区");
    let (_, files) = build(&plans, &Findings::default());
    let page = page(&files, "index.html");
    let mut found = cards(&page);
    let mut titles: Vec<&str> = plans.iter().map(|plan| plan.bundle.title.as_str()).collect();
    // Groups keep the order of the files, and bundles keep it in their group.
    let stage = |title: &str| {
        let place = |plan: &Plan| plan.bundle.life_stage.clone();
        let own = plans.iter().find(|plan| plan.bundle.title == title).unwrap();
        plans.iter().position(|plan| place(plan) == place(own)).unwrap()
    };
    let mut grouped = titles.clone();
    grouped.sort_by_key(|title| stage(title));
    assert_eq!(found, grouped);
    found.sort_unstable();
    titles.sort_unstable();
    assert_eq!(found, titles);
    // Every link leads to something that was made.
    for link in page.split("href=\"").skip(1).map(|rest| rest.split('"').next().unwrap()) {
        let here = link.strip_prefix('#').is_some_and(|id| page.contains(&format!("id=\"{id}\"")));
        let made = files.contains_key(link)
            || link.split_once('/').is_some_and(|(id, _)| plans.iter().any(|plan| plan.bundle.id == id));
        assert!(here || made, "{link} leads nowhere");
    }
}

#[test]
fn a_workspace_of_one() {
    let plans = plans("bundles/岳阳");
    let (_, files) = build(&plans, &Findings::default());
    let page = page(&files, "index.html");
    assert_eq!(cards(&page), ["我要开小餐馆"]);
    assert!(page.contains("14—16</b>") && page.contains("原22—26件"), "typical scenarios");
    // Found by the initials of its title and of a paper.
    let sounds = page.split("data-sound=\"").nth(1).unwrap().split('"').next().unwrap();
    assert!(sounds.starts_with("wykxcg woyaokaixiaocanguan"), "{sounds}");
    assert!(sounds.split(['|', ' ']).any(|word| word == "jmsfz"), "{sounds}");
}

#[test]
fn sums_over_a_workspace_leave_out_what_is_unknown_and_say_so() {
    let plans = plans("examples/入门");
    let (_, files) = build(&plans, &Findings::default());
    let page = page(&files, "工作台.md");
    let (mut before, mut after, mut counted) = (0, 0, 0);
    for plan in &plans {
        let comparison = &plan.widest.comparison;
        if let (Some(first), Some(then)) = (comparison.before.materials, comparison.after.materials) {
            (before, after, counted) = (before + first, after + then, counted + 1);
        } else {
            let line = page.lines().find(|line| line.contains("没有计入") && line.contains("材料")).unwrap();
            assert!(line.contains(&plan.bundle.title), "{line}");
        }
    }
    assert!(counted < plans.len(), "some figure is unknown in the examples");
    let line = page.lines().find(|line| line.contains(&format!("{counted}／{}", plans.len()))).unwrap();
    assert!(line.contains(&format!("{before}件")) && line.contains(&format!("{after}件")), "{line}");
}

#[test]
fn findings_are_said_once_with_their_reasons() {
    let finding = |message: &str, reason: Option<&str>| Finding {
        source: SourceRef { file: "上级.yaml".to_owned(), line: 3 },
        code: "vague-words",
        message: message.to_owned(),
        title: "含糊的词",
        help: None,
        reason: reason.map(str::to_owned),
    };
    // What is wrong with a parent is found in each of its children.
    let findings = Findings {
        warnings: vec![finding("写得含糊", None)],
        allowed: vec![finding("留着", Some("等上级答复"))],
    };
    let (_, files) = build(&plans("bundles/新建区"), &findings);
    let page = page(&files, "工作台.md");
    assert_eq!(page.matches("写得含糊").count(), 1, "{page}");
    assert_eq!(page.matches("等上级答复").count(), 1);
}

#[test]
fn the_same_plans_give_the_same_bytes() {
    let plans = workspace::shipped();
    assert_eq!(build(&plans, &Findings::default()), build(&plans, &Findings::default()));
}
