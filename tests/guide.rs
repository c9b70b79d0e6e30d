//! The guide page: nothing from a bundle becomes markup.

use crate::workspace;
use yijianshi_core::compile;
use yijianshi_core::plan::Plan;
use yijianshi_core::source::{Source, Sources};
use yijianshi_emit::{EMITTERS, Files};

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
    for plan in workspace::shipped() {
        let page = page(&plan);
        let drawn: usize = page.split("<svg").skip(1).map(|rest| rest.find("</svg>").unwrap()).sum();
        assert!(page.len() - drawn < 300_000, "{}", page.len() - drawn);
        let data: serde_json::Value = serde_json::from_str(data(&page)).unwrap();
        assert_eq!(data["items"].as_array().unwrap().len(), plan.items.len());
        assert_eq!(data["about"]["title"], plan.bundle.title.as_str());
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
