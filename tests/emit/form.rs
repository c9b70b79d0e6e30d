//! The one form: the same fields everywhere, and nothing of an author's that a program would run.

use serde_json::{Map, Value};
use yijianshi_core::plan::Plan;

use super::{compile_with, emit, nasty, small, text};

fn json(plan: &Plan, name: &str) -> Value {
    serde_json::from_str(&text(&emit(plan), name)).unwrap()
}

/// Nodes of a Formily schema with the keys that lead to them.
fn nodes<'j>(schema: &'j Value, found: &mut Vec<(String, &'j Map<String, Value>)>) {
    let Some(properties) = schema.get("properties").and_then(Value::as_object) else { return };
    for (key, node) in properties {
        found.push((key.clone(), node.as_object().unwrap()));
        nodes(node, found);
    }
}

/// Whether some text in it is one that the library would evaluate.
fn is_run(value: &Value) -> bool {
    match value {
        Value::String(text) => text.trim().starts_with("{{") && text.trim().ends_with("}}"),
        Value::Array(list) => list.iter().any(is_run),
        Value::Object(map) => map.values().any(is_run),
        _ => false,
    }
}

#[test]
fn every_form_has_the_same_fields_in_the_same_order() {
    for plan in [small(), compile_with(include_str!("齐全.yaml")), nasty()] {
        let fields: Vec<&str> = plan.form.fields().map(|field| field.id.as_str()).collect();
        let schema = json(&plan, "一张表单.schema.json");
        let of_schema: Vec<&String> =
            schema["properties"]["fields"]["properties"].as_object().unwrap().keys().collect();
        assert_eq!(of_schema, fields);
        let formily = json(&plan, "一张表单.formily.json");
        let mut found = Vec::new();
        nodes(&formily["properties"]["layout"]["properties"]["fields"], &mut found);
        let of_formily: Vec<&str> =
            found.iter().map(|(key, _)| key.as_str()).filter(|key| !key.starts_with("group_")).collect();
        assert_eq!(of_formily, fields);
    }
}

/// With every text of an author's wrapped in what the library looks for, only reactions and validators are left to evaluate.
#[test]
fn only_reactions_and_validators_can_be_run() {
    let mut plan = nasty();
    let run = |text: &mut String| *text = "{{$self.form.reset()}}".to_owned();
    run(&mut plan.form.name);
    run(&mut plan.bundle.title);
    for group in &mut plan.form.groups {
        run(&mut group.name);
        for field in &mut group.fields {
            run(&mut field.label);
            field.help.iter_mut().for_each(run);
            field.unit = Some("{{1}}".to_owned());
            field.options.push("{{1}}".to_owned());
        }
    }
    for question in &mut plan.questions {
        run(&mut question.ask);
        question.help = Some("{{1}}".to_owned());
    }
    let formily = json(&plan, "一张表单.formily.json");
    let mut found = vec![(String::new(), formily.as_object().unwrap())];
    nodes(&formily, &mut found);
    let mut kept = 0;
    for (name, node) in found {
        let omitted: Vec<&str> = node
            .get("x-compile-omitted")
            .and_then(Value::as_array)
            .into_iter()
            .flatten()
            .filter_map(Value::as_str)
            .collect();
        for (key, value) in node {
            if key == "properties" || key == "x-reactions" || key == "x-validator" || !is_run(value) {
                continue;
            }
            assert!(omitted.contains(&key.as_str()), "{name}: {key} would be evaluated");
            kept += 1;
        }
        // What may be evaluated holds no brace of an author's.
        for code in ["x-reactions", "x-validator"].iter().filter_map(|key| node.get(*key)) {
            assert!(!code.to_string().contains("$self"), "{name}: {code}");
        }
    }
    assert!(kept > 10);
}

#[test]
fn the_forms_of_a_small_bundle() {
    let files = emit(&small());
    insta::with_settings!({snapshot_path => ".", prepend_module_to_snapshot => false, omit_expression => true}, {
        insta::assert_snapshot!("一张表单.formily.json", text(&files, "一张表单.formily.json"));
        insta::assert_snapshot!("分发对照表.md", text(&files, "分发对照表.md"));
    });
}
