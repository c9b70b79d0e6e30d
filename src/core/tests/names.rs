//! Names and keys as an editor asks for them: every place where a thing is named, what stands at a place, what may be written there.

use crate::compile;
use crate::diagnostic::Sink;
use crate::model::{self, Bundle, Place, Record};
use crate::program::{self, Program, Target};
use crate::source::{Source, SourceId, Sources};
use crate::syntax;

const MANIFEST: &str = "工作区: 试验\n标识: try\n计数口径: {环节: 按事项, 跑动: 按事项}\n";
const AGENCIES: &str = "机构目录:\n  市场监管部门: {别名: [市监局]}\n  城管部门: {}\n";
const MATERIALS: &str = "材料目录:\n  身份证明: {别名: [身份证], 核发: 市监局}\n";
const BUNDLE: &str = "\
一件事: 我要试
标识: try
牵头单位: 市监局
情形:
  办理方式: {选项: [本人办理, 委托办理]}
联办事项:
  登记: {名称: 设立登记, 单位: 市场监管部门, 环节: [受理, {环节: 勘验, 名称: 现场核查}], 材料: [身份证]}
  占道: {名称: 占道许可, 单位: 城管部门, 前置: [{事项: 登记, 环节: 现场核查}], 当: 办理方式 = 委托办理}
改革举措:
  - 压缩时限: {事项: 登记, 环节: 受理, 至: 1工作日}
典型情形:
  - {名称: 甲, 答案: {办理方式: 委托办理}, 不办: [占道]}
";

/// Shows `look` the bundle, resolved, and its id.
fn with<T>(look: impl FnOnce(&Program<'_>, &Sources, SourceId) -> T) -> T {
    let texts = [("yijianshi.yaml", MANIFEST), ("机构.yaml", AGENCIES), ("材料.yaml", MATERIALS), ("件.yaml", BUNDLE)];
    let sources = Sources::from_texts(texts.map(|(name, text)| Source::new(name, text)));
    let opened = compile::open(sources.clone());
    let mut sink = Sink::new();
    let loaded = program::load(&opened.workspace, &sources, opened.bundles[0], &mut sink).unwrap();
    let program = program::resolve(&opened.workspace, loaded, &mut sink);
    assert!(sink.finish().is_empty());
    look(&program, &sources, opened.bundles[0])
}

/// The byte after `mark` in the bundle.
fn after(mark: &str) -> u32 {
    (BUNDLE.find(mark).unwrap() + mark.len()) as u32
}

#[test]
fn every_place_where_a_thing_is_named() {
    with(|program, sources, bundle| {
        let words = |target: Target| -> Vec<(String, bool)> {
            let names = program.occurrences(target);
            names.iter().map(|name| (sources.slice(name.span).to_owned(), name.declares)).collect()
        };
        let at = |mark: &str| program.named_at(bundle, after(mark)).unwrap().target;
        let said =
            |list: &[(&str, bool)]| list.iter().map(|(word, own)| ((*word).to_owned(), *own)).collect::<Vec<_>>();
        let agency =
            [("市场监管部门", true), ("市监局", true), ("市监局", false), ("市场监管部门", false), ("市监局", false)];
        let mut found = words(at("牵头单位: 市"));
        found.sort();
        let mut agency = said(&agency);
        agency.sort();
        assert_eq!(found, agency);
        assert_eq!(words(at("前置: [{事项: 登")), said(&[("登记", true), ("登记", false), ("登记", false)]));
        assert_eq!(words(at("记, 环节: 现场")), said(&[("现场核查", true), ("现场核查", false)]));
        assert_eq!(words(at("当: 办理")), said(&[("办理方式", true), ("办理方式", false), ("办理方式", false)]));
        assert_eq!(words(at("= 委托")), said(&[("委托办理", true), ("委托办理", false), ("委托办理", false)]));
        assert!(program.named_at(bundle, after("名称: 设")).is_none());
    });
}

#[test]
fn what_may_be_written_and_what_it_means() {
    with(|program, sources, bundle| {
        let document = syntax::parse(bundle, sources.get(bundle), &mut Sink::new());
        let root = document.root.unwrap();
        let ask = |mark: &str| -> (Vec<&str>, Option<String>) {
            let offset = after(mark);
            let place: Place<'_> = model::at(&root, Bundle::RECORD, offset).unwrap();
            (place.candidates(&|thing| program.known(thing, bundle, offset)), place.meaning())
        };
        assert_eq!(ask("牵头单位: ").0, ["市场监管部门", "城管部门"]);
        assert_eq!(ask("前置: [{事项: ").0, ["登记", "占道"]);
        assert_eq!(ask("{事项: 登记, 环节: 现").0, ["受理", "现场核查"]);
        assert_eq!(ask("材料: [身").0, ["身份证明"]);
        assert_eq!(ask("答案: {办理").0, ["办理方式"]);
        assert_eq!(ask("答案: {办理方式: ").0, ["本人办理", "委托办理"]);
        assert_eq!(ask("环节: 勘").0[..3], ["收件", "受理", "审查"]);
        let (keys, meaning) = ask("  占道: {名");
        assert!(keys.contains(&"共同实施") && !keys.contains(&"单位"), "{keys:?}");
        assert_eq!(meaning.unwrap(), "名称（名称）：事项名称，与基本目录一致。");
        assert_eq!(ask("城管").1.unwrap(), "单位（已有的机构）：实施单位。");
    });
}
