//! The real and the example bundles: their figures, what is said about them, and that the good ones are silent.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use crate::compile;
use crate::diagnostic::{Diagnostic, Sink};
use crate::program::{self, Program};
use crate::reform::{CaseState, Extremes, Figure, PromiseVerdict, Sums, Timing, merge_fields};
use crate::scenario::{Budget, Scenarios};
use crate::source::{Source, Sources};

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

fn yaml_files(folder: &Path, list: &mut Vec<PathBuf>) {
    let mut entries: Vec<_> = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    entries.sort();
    for path in entries {
        if path.is_dir() {
            yaml_files(&path, list);
        } else if path.extension().is_some_and(|extension| extension == "yaml") {
            list.push(path);
        }
    }
}

/// All YAML files of a workspace, named from its folder.
fn workspace(folder: &str) -> Vec<Source> {
    let folder = root().join(folder);
    let mut files = Vec::new();
    yaml_files(&folder, &mut files);
    assert!(!files.is_empty(), "no files in {}", folder.display());
    files.iter().map(|path| read(path, path.strip_prefix(&folder).unwrap())).collect()
}

fn read(path: &Path, name: &Path) -> Source {
    Source::from_bytes(name.to_str().unwrap().to_owned(), fs::read(path).unwrap())
}

/// `file:line:column code`, and the words of the finding.
fn said(sources: &Sources, diagnostics: &[Diagnostic]) -> Vec<String> {
    let say = |d: &Diagnostic| format!("{} {d}", crate::diagnostic::place_text(sources, d.span));
    diagnostics.iter().map(say).collect()
}

/// Compiles one bundle of a workspace and hands its program over.
fn with_program<T>(folder: &str, bundle: &str, use_: impl FnOnce(&Program<'_>) -> T) -> T {
    let sources = Sources::from_texts(workspace(folder));
    let opened = compile::open(sources.clone());
    let mut sink = Sink::new();
    let source = sources.find(bundle).unwrap();
    let loaded = program::load(&opened.workspace, &sources, source, &mut sink).unwrap();
    let program = program::resolve(&opened.workspace, loaded, &mut sink);
    use_(&program)
}

/// Before, removed, added, after: of each item in turn, then of all.
fn sums(program: &Program<'_>, state: &CaseState) -> Vec<[u32; 4]> {
    let row = |sums: Sums| [sums.before, sums.removed, sums.added, sums.after];
    let items = program.item_ids().map(|id| row(state.ledger.sums_of(id)));
    items.chain([row(state.ledger.sums())]).collect()
}

fn number(text: &str) -> Option<crate::expr::Number> {
    Some(crate::expr::Number::parse(text).unwrap())
}

#[test]
fn yueyang_small_restaurant() {
    with_program("bundles/岳阳", "我要开小餐馆.yaml", |program| {
        let named = CaseState::named(program, &Timing::new(program));
        let widest = CaseState::widest(program);
        assert_eq!(named.len(), 2);

        let own = &named[0];
        assert_eq!(&*own.case.name, "本人办理");
        // As in the published table, its conditional rows for an agent left out before and after.
        assert_eq!(sums(program, own), [[4, 0, 0, 4], [5, 3, 0, 2], [5, 2, 0, 3], [8, 4, 1, 5], [22, 9, 1, 14]]);
        assert_eq!((own.before.materials, own.after.materials), (Some(22), Some(14)));

        let agent = &named[1];
        assert_eq!(&*agent.case.name, "委托办理");
        assert_eq!(sums(program, agent), [[6, 0, 0, 6], [7, 5, 0, 2], [5, 2, 0, 3], [8, 4, 1, 5], [26, 11, 1, 16]]);
        assert_eq!((agent.before.materials, agent.after.materials), (Some(26), Some(16)));

        for state in named.iter().chain([&widest]) {
            assert_eq!(state.before.days, number("14.5"));
            assert_eq!(state.before.forms, Some(5));
            assert_eq!(state.before.visits, Some(4));
            assert_eq!(state.after.days, number("8"));
            assert_eq!(state.after.forms, Some(1));
            assert_eq!(state.after.visits, Some(1));
        }
        assert_eq!(widest.before.materials, Some(26));
        assert_eq!(widest.before.distinct_materials, Some(20));
        assert_eq!((own.before.fields, own.after.fields), (Some(41), Some(31)));
        assert_eq!((agent.before.fields, agent.after.fields), (Some(44), Some(34)));
        assert_eq!(merge_fields(program).len(), 34);
    });
}

#[test]
fn as_published() {
    with_program("examples/原样", "我要开小餐馆.yaml", |program| {
        let widest = CaseState::widest(program);
        assert_eq!(sums(program, &widest), [[6, 0, 0, 6], [7, 5, 0, 2], [5, 2, 0, 3], [8, 4, 1, 5], [26, 11, 1, 16]]);
        assert_eq!(widest.before.days, number("14.5"));
        assert_eq!(widest.before.forms, Some(5));
        assert_eq!(widest.before.visits, Some(4));
        assert_eq!(widest.after.days, number("8.5"));
        let named = CaseState::named(program, &Timing::new(program));
        for state in &named {
            assert_eq!(state.after.days, number("8.5"));
        }
        // 本人办理: the agent's letter has no condition, so that 15 remain where 14 were published.
        let materials: Vec<_> = named.iter().map(|state| (state.before.materials, state.after.materials)).collect();
        assert_eq!(materials, [(Some(24), Some(15)), (Some(26), Some(16))]);
        let published = program.bundle.published.as_ref().unwrap();
        assert_eq!(published.guide_list.iter().map(|group| group.rows.len()).sum::<usize>(), 15);
        let before: Vec<_> = published.comparison.iter().map(|row| row.value.before.len()).collect();
        let after: Vec<_> = published.comparison.iter().map(|row| row.value.after.len()).collect();
        assert_eq!((before, after), (vec![6, 7, 5, 8], vec![4, 2, 3, 5]));
    });
}

/// The inconsistencies of the published guide, numbered as in the transcription of its facts: the code that says each, and words on
/// the line where it is said.
const INCONSISTENCIES: &[(u32, &str, &str)] = &[
    // The guide lists 15 rows, the table 14: 申请人照片 here, the agent's papers there.
    (1, "differing-lists", "        - 委托代理人证明"),
    // 个体工商户 have no 法定代表人.
    (3, "wrong-applicant-terms", "{材料: 法定代表人身份证, 持有人: 经营者}"),
    (3, "wrong-applicant-terms", "{材料: \"法定代表人(负责人)居民身份证、护照或其他证明身份的合法证件\""),
    // One item has three names, another two agencies.
    (4, "inconsistent-item-names", "{名称: 临时占用街道两侧和公共场地许可证, 单位: 城管部门"),
    (4, "inconsistent-agencies", "{名称: 小餐饮经营许可证, 单位: 市场监管部门"),
    // 税务部门 asks for its own decision.
    (6, "self-issued-materials", "      材料: 增值税税控系统最高开票限额《准予税务行政许可决定书》"),
    // 涉税: not in the flow, no result, no time with a unit.
    (7, "absent-items", "  涉税:"),
    (7, "missing-elements", "  涉税:"),
    (7, "broken-durations", "    时限: 即时"),
    (8, "unconditional-agent-papers", "      - 委托代理人证明"),
    (9, "mixed-counters", "      量词: 个"),
    (9, "wrong-terms", "预约现场勘察"),
    (10, "empty-sections", "  空白栏目:"),
    (11, "missing-elements", "一件事: 我要开小餐馆"),
    // 8 promised, 8.5 at least.
    (12, "impossible-promises", "承诺时限: 8工作日"),
    // 26 was counted with an agent, 14 without; as long as the agent's letter has no condition no scenario comes to 14.
    (12, "unreconciled-figures", "  改革后: {材料: 14, 时限: 8工作日}"),
    // The columns of its table show it all the same.
    (12, "mixed-scenarios", "  改革后: {材料: 14, 时限: 8工作日}"),
    // Above 50 m² there is no 小餐饮许可, and nothing is said of where to go.
    (13, "uncovered-answers", "  经营面积: {问: "),
    // Not in the list, but as true: 涉税 waits for the licence, and who already has one is not asked for it.
    (14, "unmet-preconditions", "    前置: [营业执照]"),
];

/// What is said about the published guide, its text first changed in these places: code, and the text of the line.
fn said_of_the_published_guide(changes: &[(&str, &str)]) -> Vec<(&'static str, String)> {
    let name = "我要开小餐馆.yaml";
    let texts = workspace("examples/原样").into_iter().map(|source| {
        let mut text = source.text().to_owned();
        for (from, to) in changes.iter().filter(|_| source.name() == name) {
            assert!(text.contains(from), "no “{from}”");
            text = text.replacen(from, to, 1);
        }
        Source::new(source.name(), text)
    });
    let compilation = compile::compile(Sources::from_texts(texts.collect::<Vec<_>>()));
    let line = |d: &Diagnostic| {
        let source = compilation.sources.get(d.span.source);
        let line = source.place(d.span.start as usize).line;
        source.text().lines().nth(line - 1).unwrap_or_default().to_owned()
    };
    compilation.diagnostics.iter().map(|d| (d.code.name, line(d))).collect()
}

#[test]
fn the_published_guide_contradicts_itself() {
    let found = said_of_the_published_guide(&[]);
    let missing: Vec<_> = INCONSISTENCIES
        .iter()
        .filter(|(_, code, words)| !found.iter().any(|(said, line)| said == code && line.contains(words)))
        .collect();
    assert!(missing.is_empty(), "{missing:#?}\n{found:#?}");
}

/// The gap is closed by saying where such applicants go.
#[test]
fn an_exit_closes_the_gap_of_the_published_guide() {
    let has = |found: &[(&str, String)]| found.iter().any(|(said, _)| *said == "uncovered-answers");
    assert!(has(&said_of_the_published_guide(&[])));
    let exit = "不适用:\n  - {当: 经营面积 > 50, 建议: 请到市场监管部门窗口办理食品经营许可。}\n联办事项:\n  # 二";
    assert!(!has(&said_of_the_published_guide(&[("联办事项:\n  # 二", exit)])));
    let wrong = exit.replace("> 50", "> 60");
    assert!(has(&said_of_the_published_guide(&[("联办事项:\n  # 二", &wrong)])));
}

/// Who already has the licence and comes for 小餐饮许可 alone has to hand it in; who gets both here has not.
#[test]
fn taken_alone_the_small_restaurant_licence_asks_for_the_business_licence() {
    with_program("bundles/岳阳", "我要开小餐馆.yaml", |program| {
        let id = |name: &str| program.item_ids().find(|id| &*program.item(*id).name.value == name).unwrap();
        let asked = |without: &[program::ItemId]| {
            let answers = program.scenarios[0].answers.clone();
            let case = program::Case::new(program, "只办许可".into(), answers, without);
            let state = CaseState::new(program, case);
            let mut rows =
                state.ledger.entries.iter().filter(|entry| entry.item == id("小餐饮许可") && entry.is_after());
            rows.any(|entry| entry.row(program).is_some_and(|row| &*row.label.value == "工商营业执照"))
        };
        assert!(!asked(&[]));
        assert!(asked(&[id("营业执照")]));
    });
}

/// Once the agent's letters have their condition, the published figures turn out to be of two scenarios.
#[test]
fn the_published_reduction_compares_two_scenarios() {
    let found = said_of_the_published_guide(&[
        ("      - 委托代理人证明\n", "      - {材料: 委托代理人证明, 当: 办理方式 = 委托办理}\n"),
        ("      - 授权委托书\n", "      - {材料: 授权委托书, 当: 办理方式 = 委托办理}\n"),
    ]);
    let has = |code: &str| found.iter().any(|(said, line)| *said == code && line.contains("改革后: {材料: 14"));
    assert!(has("mixed-scenarios") && !has("unreconciled-figures"), "{found:#?}");
}

/// The longest chain over every scenario and every choice of items.
#[test]
fn promises_over_all_scenarios() {
    let worst = |folder: &str| {
        let mut found = None;
        with_program(folder, "我要开小餐馆.yaml", |program| {
            let mut scenarios = Scenarios::new(program, Budget::default()).unwrap();
            let extremes = Extremes::new(&mut scenarios, &Timing::new(program), true).unwrap();
            let worst = extremes.worst.as_ref().unwrap();
            let schedule = &worst.state.schedule;
            let tasks = schedule.critical.iter().map(|&task| &schedule.tasks[task]);
            let chain: Vec<_> = tasks.map(|task| format!("{}{}", task.label, task.length)).collect();
            let ends = |figure, after| {
                let range = extremes.range(figure, after).unwrap();
                range.ends.as_ref().unwrap().each_ref().map(|end| end.value.to_string())
            };
            let materials = [ends(Figure::Materials, false), ends(Figure::Materials, true)].concat();
            let promise = extremes.promise.as_ref().unwrap();
            found = Some((promise.verdict, chain.join(" "), worst.words(program), materials.join(" ")));
        });
        found.unwrap()
    };
    let (verdict, chain, words, _) = worst("examples/原样");
    assert_eq!((verdict, &*chain), (PromiseVerdict::Refuted, "营业执照2.5 小餐饮许可6"));
    assert_eq!(words, "经营面积不超过50平方米");
    let (verdict, chain, words, materials) = worst("bundles/岳阳");
    assert_eq!((verdict, &*chain, &*words), (PromiseVerdict::Proved, "营业执照2 小餐饮许可6", ""));
    assert_eq!(materials, "9 26 6 16");
}

#[test]
fn inheritance_over_three_levels() {
    let figures = |bundle: &str| {
        with_program("examples/入门", bundle, |program| {
            let widest = CaseState::widest(program);
            let items = program.items.iter().map(|item| item.name.to_string()).collect::<Vec<_>>().join("、");
            (items, widest.before.materials, widest.after.days)
        })
    };
    assert_eq!(figures("10-继承-1省.yaml"), ("营业执照、食品许可".to_owned(), Some(4), number("8")));
    assert_eq!(figures("10-继承-2市.yaml"), ("营业执照、食品许可、招牌许可".to_owned(), Some(7), number("6")));
    assert_eq!(figures("10-继承-3县.yaml"), ("营业执照、食品许可".to_owned(), Some(4), number("6")));
}

/// What the comments in the examples say they come to: materials before and after, serial sum, critical path, fields.
#[test]
fn examples_come_to_what_they_say() {
    let figures = |bundle: &str| {
        with_program("examples/入门", bundle, |program| {
            let widest = CaseState::widest(program);
            (
                widest.before.materials,
                widest.after.materials,
                widest.before.days,
                widest.after.days,
                widest.after.fields,
            )
        })
    };
    assert_eq!(figures("02-材料与持有人.yaml"), (Some(7), Some(4), None, None, Some(0)));
    assert_eq!(figures("04-前置与并联.yaml").2, number("10"));
    assert_eq!(figures("04-前置与并联.yaml").3, number("7"));
    assert_eq!(figures("05-时限与环节.yaml").3, number("5"));
    assert_eq!(figures("06-表单与字段.yaml").4, Some(6));
    assert_eq!(figures("07-改革举措.yaml"), (Some(6), Some(2), number("10"), number("4"), Some(0)));
    assert_eq!(figures("12-告知承诺与容缺.yaml").1, Some(2));
    assert_eq!(figures("13-任一.yaml").1, Some(3));
}

/// What the examples expect of themselves.
#[test]
fn expectations_hold() {
    let examples = workspace("examples/入门");
    let mut compared = 0;
    for source in &examples {
        if !source.text().contains("典型情形:") {
            continue;
        }
        with_program("examples/入门", source.name(), |program| {
            for (state, scenario) in CaseState::named(program, &Timing::new(program)).iter().zip(&program.scenarios) {
                let Some(expected) = &scenario.written.expect else { continue };
                let name = format!("{} {}", source.name(), scenario.name);
                let count = |at: &Option<crate::source::At<crate::model::Count>>| at.as_ref().map(|at| at.value.0);
                if let Some(materials) = count(&expected.materials) {
                    assert_eq!(Some(materials), state.after.materials, "{name}");
                    compared += 1;
                }
                if let Some(materials) = count(&expected.materials_before) {
                    assert_eq!(Some(materials), state.before.materials, "{name}");
                }
                if let Some(days) = &expected.days {
                    assert_eq!(Some(days.value.amount()), state.after.days, "{name}");
                }
            }
        });
    }
    assert_eq!(compared, 6);
}

#[test]
fn good_workspaces_are_silent() {
    let mut faults = BTreeMap::new();
    for folder in ["bundles/岳阳", "bundles/新建区", "examples/入门"] {
        let compilation = compile::compile(Sources::from_texts(workspace(folder)));
        let said = said(&compilation.sources, &compilation.diagnostics);
        if !said.is_empty() {
            faults.insert(folder, said);
        }
    }
    assert!(faults.is_empty(), "{faults:#?}");
}

/// The files of `examples/写错了`: what each is about, and the codes that must be said, in order, and no other.
const MISTAKES: &[(&str, &[&str])] = &[
    ("01-全角冒号.yaml", &["full-width-punctuation"]),
    ("02-全角逗号.yaml", &["full-width-punctuation"]),
    ("03-制表符.yaml", &["tabs"]),
    ("04-缺空格.yaml", &["missing-spaces"]),
    ("05-缩进不对.yaml", &["wrong-indentation"]),
    ("06-引号没有配对.yaml", &["unclosed-quotes"]),
    ("07-括号没有配对.yaml", &["unclosed-brackets"]),
    ("08-重复的键.yaml", &["duplicate-keys"]),
    ("09-锚点和引用.yaml", &["unsupported-yaml"]),
    ("10-看不见的字符.yaml", &["invisible-characters"]),
    ("11-全角空格缩进.yaml", &["full-width-punctuation"]),
    ("12-全角横线.yaml", &["full-width-punctuation", "full-width-punctuation"]),
    ("13-全角井号.yaml", &["full-width-punctuation"]),
    ("14-标点多打一遍.yaml", &["unknown-keys"]),
    // The first is one too many: 联办事项 is not empty, it could not be read.
    ("15-括号里的逗号是顿号.yaml", &["empty-values", "broken-yaml"]),
    ("16-没有对齐.yaml", &["wrong-indentation"]),
    ("17-字节顺序标记.yaml", &["byte-order-marks"]),
    ("18-Windows换行.yaml", &["carriage-returns"]),
    ("19-键写错了.yaml", &["unknown-keys"]),
    ("20-键放错了层级.yaml", &["unknown-keys"]),
    ("21-缺少单位.yaml", &["missing-keys"]),
    ("22-有标题没有内容.yaml", &["empty-values"]),
    ("23-不是规定的写法.yaml", &["wrong-values"]),
    ("24-种类不对.yaml", &["wrong-types"]),
    ("25-没有写工作日还是自然日.yaml", &["ambiguous-days"]),
    ("26-时限写成汉字.yaml", &["broken-durations"]),
    ("27-标识用了汉字.yaml", &["invalid-ids"]),
    ("28-是写成了true.yaml", &["wrong-values"]),
    ("29-全角数字.yaml", &["broken-durations"]),
    ("30-时限没有单位.yaml", &["ambiguous-days"]),
    ("31-不存在的日期.yaml", &["wrong-values"]),
    ("32-两条举措写成一条.yaml", &["wrong-types"]),
    ("33-单位写错了.yaml", &["undefined-agencies"]),
    ("34-材料写错了.yaml", &["undefined-materials"]),
    ("35-字段写错了.yaml", &["undefined-elements"]),
    ("36-前置写错了.yaml", &["undefined-items"]),
    ("37-环节没有写.yaml", &["undefined-stages"]),
    ("38-条件没有写完.yaml", &["broken-conditions"]),
    ("39-条件用了口语.yaml", &["broken-conditions"]),
    ("40-没有问过的问题.yaml", &["undefined-questions"]),
    ("41-没有的选项.yaml", &["undefined-options"]),
    ("42-数值题当成是否题.yaml", &["wrong-conditions"]),
    ("43-继承找不到.yaml", &["undefined-parents"]),
    ("44-删除上级没有的.yaml", &["unmatched-changes"]),
    ("45-允许没有理由.yaml", &["ambiguous-days", "allows-without-reasons"]),
    ("46-允许没有用处.yaml", &["unused-allows"]),
    ("47-前置绕成一圈.yaml", &["circular-preconditions"]),
    ("48-承诺太短.yaml", &["impossible-promises"]),
    ("49-期望算错了.yaml", &["unmet-expectations"]),
    ("50-不是UTF-8编码", &["broken-encodings"]),
    ("51-空文件", &["empty-files"]),
    // Said twice.
    ("52-看不出是什么文件", &["unknown-files", "unknown-files"]),
    ("53-目录里名称重复", &["duplicate-names"]),
    // The manifest's required keys are not demanded yet.
    ("54-清单缺口径", &[]),
];

/// What the mistakes share: manifest, catalogues, and a file to extend.
fn shared() -> Vec<Source> {
    let folder = root().join("examples/写错了");
    let names = ["yijianshi.yaml", "目录/机构.yaml", "目录/材料.yaml", "目录/数据项.yaml", "上级.yaml"];
    names.iter().map(|name| read(&folder.join(name), Path::new(name))).collect()
}

/// What is said about one file of the mistakes, or about a folder that is a workspace of its own.
fn mistakes_in(name: &str) -> (Sources, Vec<Diagnostic>) {
    let path = root().join("examples/写错了").join(name);
    let own = path.is_dir();
    let texts = if own {
        workspace(&format!("examples/写错了/{name}"))
    } else {
        shared().into_iter().chain([read(&path, Path::new(name))]).collect()
    };
    let compilation = compile::compile(Sources::from_texts(texts));
    // The shared catalogues hold more than any one file uses.
    let here = |d: &Diagnostic| own || compilation.sources.get(d.span.source).name() == name;
    let diagnostics = compilation.diagnostics.iter().filter(|d| here(d)).cloned().collect();
    (compilation.sources, diagnostics)
}

#[test]
fn each_mistake_is_reported_and_nothing_else() {
    let mut faults = BTreeMap::new();
    for (name, codes) in MISTAKES {
        let (sources, diagnostics) = mistakes_in(name);
        let found: Vec<_> = diagnostics.iter().map(|d| d.code.name).collect();
        if found != *codes {
            faults.insert(name, said(&sources, &diagnostics));
        }
    }
    assert!(faults.is_empty(), "{faults:#?}");
}

#[test]
fn every_mistake_is_listed() {
    let folder = root().join("examples/写错了");
    let names = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap());
    let numbered: Vec<_> = names.filter(|name| name.starts_with(|c: char| c.is_ascii_digit())).collect();
    let unlisted: Vec<_> = numbered.iter().filter(|name| !MISTAKES.iter().any(|(known, _)| known == name)).collect();
    assert!(unlisted.is_empty() && numbered.len() == MISTAKES.len(), "{unlisted:?}");
}

/// Where `needle` stands in `text`: `line:column`, from 1, in characters.
fn place_of(text: &str, needle: &str) -> String {
    let at = text.find(needle).unwrap_or_else(|| panic!("no “{needle}”"));
    let before = &text[..at];
    let line_start = before.rfind('\n').map_or(0, |newline| newline + 1);
    format!("{}:{}", before.matches('\n').count() + 1, before[line_start..].chars().count() + 1)
}

#[test]
fn twenty_faults_in_one_run_each_at_its_place() {
    // The code, and the words at which it is reported.
    let expected = [
        ("invalid-ids", "Twenty"),
        ("unknown-keys", "服务对像"),
        ("wrong-values", "试运行"),
        ("full-width-punctuation", "：市场监管部门"),
        ("undefined-agencies", "城管部们"),
        ("ambiguous-days", "天\n"),
        ("broken-durations", "二十个工作日"),
        ("empty-values", "受理条件:"),
        ("missing-spaces", ":窗口在二楼"),
        ("wrong-types", "{电话"),
        ("undefined-elements", "连系电话"),
        ("undefined-materials", "居民身份正"),
        ("undefined-options", "委托代办"),
        ("broken-conditions", "≤}"),
        ("wrong-conditions", "面积}"),
        ("undefined-questions", "有店员"),
        ("duplicate-keys", "时限: 3工作日"),
        ("missing-keys", "许可:"),
        ("undefined-items", "登计"),
        ("undefined-stages", "勘验"),
    ];
    let name = "二十处毛病.yaml";
    let (sources, diagnostics) = mistakes_in(name);
    let text = sources.get(sources.find(name).unwrap()).text();
    let found: Vec<_> = diagnostics
        .iter()
        .map(|d| {
            let place = crate::diagnostic::place_text(&sources, d.span);
            (d.code.name, place[name.len() + 1..].to_owned())
        })
        .collect();
    let expected: Vec<_> = expected.iter().map(|(code, words)| (*code, place_of(text, words))).collect();
    assert_eq!(found, expected, "{:#?}", said(&sources, &diagnostics));
}
