//! Conditions about days counted from today, from the text to what is emitted.

use serde_json::{Value, json};
use yijianshi_core::compile;
use yijianshi_core::source::{Source, Sources};

const BUNDLE: &str = "一件事: 例子
标识: example
牵头单位: 市场监管部门
承诺时限: 6工作日
情形:
  到期日期: {问: 许可证哪天到期？, 日期: {}}
联办事项:
  延续:
    名称: 例子延续
    单位: 市场监管部门
    时限: 6工作日
    表单: {名称: 延续申请书, 字段: [姓名, {字段: 延期理由, 当: 到期日期 ≤ 今天 + 1个月}]}
    材料: [{材料: 健康证明, 当: 到期日期 ≤ 今天 + 1个月}, {材料: 效果图, 当: 今天 ≤ 到期日期}]
";

const MANIFEST: &str = "工作区: 例子\n标识: example\n计数口径: {环节: 按事项, 跑动: 按事项}\n今天: 2026-01-31\n";

#[test]
fn both_forms_are_in_the_plan() {
    let catalogues = [
        ("yijianshi.yaml", MANIFEST),
        ("机构.yaml", "机构目录:\n  市场监管部门: {}\n"),
        ("材料.yaml", "材料目录:\n  健康证明: {}\n  效果图: {}\n"),
        ("数据项.yaml", "数据项目录:\n  姓名: {类型: 文本}\n  延期理由: {类型: 文本}\n"),
        ("例子.yaml", BUNDLE),
    ];
    let sources = Sources::from_texts(catalogues.map(|(name, text)| Source::new(name.to_owned(), text.to_owned())));
    let compilation = compile::compile(sources);
    assert!(!compilation.plans.is_empty(), "{:#?}", compilation.diagnostics);
    let plan = serde_json::to_value(&compilation.plans[0]).unwrap();
    let mut conditions = Vec::new();
    find(&plan, &mut conditions);
    let from_today = |amount: i32, unit: &str| json!({ "amount": amount, "unit": unit, "as_of": "2026-01-31" });
    let day = |op: &str, date: &str, from_today: Value| json!({ "date": { "question": "dao_qi_ri_qi", "op": op, "date": date, "from_today": from_today } });
    let expected = json!({
        "text": "到期日期 ≤ 今天 + 1个月",
        "words": "到期日期不晚于1个月后（按2026-01-31算为2026-02-28）",
        "tree": day("<=", "2026-02-28", from_today(1, "month")),
    });
    assert!(conditions.contains(&expected), "{conditions:#?}");
    let today = day(">=", "2026-01-31", from_today(0, "day"));
    assert!(conditions.iter().any(|when| when["tree"] == today && when["text"] == "到期日期 ≥ 今天"));
    // The plan's own schema knows them.
    let schema: Value = serde_json::from_str(&yijianshi_core::schema::text("plan")).unwrap();
    let validator = jsonschema::validator_for(&schema).unwrap();
    assert!(validator.is_valid(&plan), "{:?}", validator.iter_errors(&plan).next().map(|error| error.to_string()));
    // The page counts from the day on which it is filled in, so it needs the offset; the schema has the day itself.
    let mut files = yijianshi_emit::Files::default();
    let form = yijianshi_emit::EMITTERS.iter().find(|emitter| emitter.name == "form").unwrap();
    (form.emit)(&compilation.plans[0], &|_| None, &mut files);
    let text = |end: &str| {
        let (_, bytes) = files.iter().find(|(path, _)| path.ends_with(end)).unwrap();
        String::from_utf8(bytes.clone()).unwrap()
    };
    assert!(
        text(".html").contains(r#"&quot;from_today&quot;:{&quot;amount&quot;:1,&quot;unit&quot;:&quot;month&quot;,"#)
    );
    assert!(text(".html").contains("1个月后"));
    let schema: Value = serde_json::from_str(&text("schema.json")).unwrap();
    let validator = jsonschema::validator_for(&schema).unwrap();
    let plan = &compilation.plans[0];
    let ids: Vec<&str> = plan.form.fields().map(|field| field.id.as_str()).collect();
    let question = &plan.questions[0].id;
    let form = |date: &str, fields: usize| {
        let fields: serde_json::Map<String, Value> =
            ids.iter().take(fields).map(|id| (id.to_string(), json!("甲"))).collect();
        json!({ "answers": { question: date }, "fields": fields })
    };
    assert!(validator.is_valid(&form("2026-02-28", 2)) && !validator.is_valid(&form("2026-02-28", 1)));
    assert!(validator.is_valid(&form("2026-03-01", 1)) && !validator.is_valid(&form("2026-03-01", 2)));
}

/// Every condition in a plan.
fn find(value: &Value, found: &mut Vec<Value>) {
    match value {
        Value::Object(map) => {
            if map.contains_key("tree") && map.contains_key("words") {
                found.push(value.clone());
            }
            map.values().for_each(|value| find(value, found));
        }
        Value::Array(list) => list.iter().for_each(|value| find(value, found)),
        _ => {}
    }
}
