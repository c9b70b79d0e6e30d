//! The JSON Schemas: fresh, and they accept what the decoder accepts.

use std::fs;
use std::path::Path;

use serde_json::{Value, json};
use yijianshi_core::schema::{KINDS, Kind};

#[test]
fn schemas_are_fresh() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("schema");
    for kind in KINDS {
        let path = folder.join(format!("{}.json", kind.name));
        let expected = kind.text();
        if std::env::var_os("BLESS").is_some() {
            fs::create_dir_all(&folder).unwrap();
            fs::write(&path, &expected).unwrap();
        }
        let written = fs::read_to_string(&path).unwrap_or_default();
        assert!(written == expected, "schema/{}.json is not fresh: BLESS=1 cargo test --test main schema", kind.name);
    }
}

fn schema(kind: &Kind) -> Value {
    serde_json::from_str(&kind.text()).unwrap()
}

#[test]
fn they_are_schemas_of_2020_12_in_chinese() {
    for kind in KINDS {
        let schema = schema(kind);
        assert_eq!(schema["$schema"], "https://json-schema.org/draft/2020-12/schema");
        assert!(schema.get("$id").is_none());
        assert!(jsonschema::meta::is_valid(&schema), "{}", kind.name);
        assert!(schema["title"].as_str().unwrap().chars().all(|c| c > '\u{7f}'), "{}", schema["title"]);
        let mut english = Vec::new();
        descriptions(&schema, &mut english);
        assert!(english.is_empty(), "{}: {english:#?}", kind.name);
    }
}

/// Descriptions without a Chinese character.
fn descriptions(value: &Value, english: &mut Vec<String>) {
    match value {
        Value::Object(object) => {
            if let Some(Value::String(text)) = object.get("description")
                && !text.chars().any(|c| ('\u{4e00}'..='\u{9fff}').contains(&c))
            {
                english.push(text.clone());
            }
            object.values().for_each(|value| descriptions(value, english));
        }
        Value::Array(list) => list.iter().for_each(|value| descriptions(value, english)),
        _ => {}
    }
}

/// Forms that the decoder accepts, as a YAML reader hands them to a validator.
#[test]
fn what_the_decoder_accepts_is_accepted() {
    let schema = schema(&KINDS[0]);
    let validator = jsonschema::validator_for(&schema).unwrap();
    let good = [
        json!({"一件事": "甲", "标识": "a"}),
        json!({"一件事": 12345, "版本": 1.5, "服务对象": "自然人"}),
        json!({"一件事": "甲", "服务对象": ["自然人", 1]}),
        json!({"一件事": "甲", "继承": "省/甲.yaml", "服务对象": {"增加": ["法人"], "删除": "自然人"}}),
        json!({"一件事": "甲", "联办事项": {"营业执照": "删除", "许可": null}}),
        json!({"一件事": "甲", "情形": {"办税": null, "面积": {"数值": {"最小": 1, "最大": "2.5"}}}}),
        json!({"一件事": "甲", "联办事项": {"乙": {"材料": "申请书", "表单": {"名称": "表"}, "结果": ["丙", {"结果": "丁"}]}}}),
        json!({"一件事": "甲", "联办事项": {"乙": {"跑动": "2", "前置": [{"事项": "丙", "环节": "受理"}]}}}),
        json!({"一件事": "甲", "改革举措": [{"联合勘验": "丙"}, {"压缩时限": {"事项": "丙", "至": "2工作日"}}]}),
        json!({"一件事": "甲", "改革举措": {"全程网办": {"事项": ["丙"]}}}),
        json!({"一件事": "甲", "典型情形": [{"名称": "乙", "答案": {"面积": 40, "办税": "是", "种类": {"答": ["丙", "丁"]}}}]}),
    ];
    for value in good {
        let faults: Vec<_> =
            validator.iter_errors(&value).map(|error| format!("{}: {error}", error.instance_path())).collect();
        assert!(faults.is_empty(), "{value}\n{faults:#?}");
    }
    let bad = [
        json!({"一件事": "甲", "标志": "a"}),
        json!({"一件事": ["甲"]}),
        json!({"一件事": "甲", "状态": "草稿"}),
        json!({"一件事": "甲", "跑动": -1}),
        json!({"一件事": "甲", "改革举措": [{"联合勘验": "丙", "容缺": {"材料": "丁"}}]}),
    ];
    for value in bad {
        assert!(!validator.is_valid(&value), "{value}");
    }
}
