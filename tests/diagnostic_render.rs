//! What people read: diagnostics as they are drawn on a terminal.
use yijianshi_core::diagnostic::{Diagnostic, Edit, Fix};
use yijianshi_core::message::{Renderer, Theme};
use yijianshi_core::source::{Source, SourceId, Sources, Span};

yijianshi_core::code! {
    /// # 前置绕成圈
    static CIRCULAR = "circular-preconditions", Wording, Error;
    /// # 措辞含糊
    static VAGUE = "vague-wording", Wording, Warning, allowable;
}

const BUNDLE: &str = "\
一件事: 我要开小餐馆
标识: small-restaurant

联办事项:
  营业执照:
    名称: 个体工商户营业执照核发
    前置: [小餐饮许可]
    材料:
      - 居民身份证等相关材料
      - {材料: 租房合同, 形式: 复印件}

  小餐饮许可:
    名称: 小餐饮经营许可证核发
    单位: 市场监管部门
    时限: 6工作日
    前置: [营业执照]
    结果: 小餐饮经营许可证
";

const CATALOGUE: &str = "材料目录:\n  居民身份证: {别名: [身份证, 身份证明]}\n  租赁合同:\n    别名: [租房合同]\n";

fn sources() -> Sources {
    Sources::from_texts([Source::new("岳阳/我要开小餐馆.yaml", BUNDLE), Source::new("目录/材料.yaml", CATALOGUE)])
}

/// The `n`th place (from 0) where `what` stands.
fn nth(sources: &Sources, file: &str, what: &str, n: usize) -> Span {
    let id = sources.find(file).expect("a file of the test");
    let (start, found) = sources.get(id).text().match_indices(what).nth(n).expect("text of the test");
    Span::new(id, start..start + found.len())
}

fn at(sources: &Sources, what: &str, n: usize) -> Span {
    nth(sources, "岳阳/我要开小餐馆.yaml", what, n)
}

fn draw(sources: &Sources, diagnostic: &Diagnostic, unicode: bool, width: usize) -> String {
    let mut out = String::new();
    Renderer::new(Theme { colour: false, unicode }, width).render(sources, diagnostic, &mut out);
    out
}

fn both(sources: &Sources, diagnostic: &Diagnostic) -> String {
    format!("{}\n{}", draw(sources, diagnostic, true, 80), draw(sources, diagnostic, false, 80))
}

fn circle(sources: &Sources) -> Diagnostic {
    CIRCULAR
        .at(at(sources, "小餐饮许可", 0), "“营业执照”和“小餐饮许可”互为前置，谁也没法先办")
        .label("营业执照要等小餐饮许可")
        .related(at(sources, "营业执照", 2), "小餐饮许可又要等营业执照")
        .related(nth(sources, "目录/材料.yaml", "租赁合同", 0), "名称在目录里是这样写的")
        .help("去掉其中一处“前置”；如果两个事项其实同时受理，就都不写“前置”，改在“改革举措”里写明联合办理的安排")
}

fn vague(sources: &Sources) -> Diagnostic {
    let span = at(sources, "等相关材料", 0);
    VAGUE
        .at(span, "“等相关材料”说不清要交什么")
        .label("要交哪几样？")
        .help("一样一样写出来")
        .fix(Fix::replace(span, "", "删去“等相关材料”").to_be_confirmed())
}

#[test]
fn two_places_and_another_file() {
    let sources = sources();
    insta::assert_snapshot!(both(&sources, &circle(&sources)));
}

#[test]
fn narrow_and_wide() {
    let sources = sources();
    let diagnostic = circle(&sources);
    insta::assert_snapshot!(format!(
        "{}\n{}",
        draw(&sources, &diagnostic, true, 60),
        draw(&sources, &diagnostic, true, 120)
    ));
}

#[test]
fn a_fix_to_be_confirmed() {
    let sources = sources();
    insta::assert_snapshot!(both(&sources, &vague(&sources)));
}

#[test]
fn colours() {
    let sources = sources();
    let mut out = String::new();
    Renderer::new(Theme { colour: true, unicode: true }, 80).render(&sources, &vague(&sources), &mut out);
    insta::assert_snapshot!(out.replace('\x1b', "␛"));
}

#[test]
fn several_lines() {
    let sources = sources();
    let start = at(&sources, "小餐饮许可:", 0);
    let end = at(&sources, "小餐饮经营许可证\n", 0);
    let three = at(&sources, "名称: 小餐饮", 0).to(at(&sources, "6工作日", 0));
    let long =
        VAGUE.at(start.to(end), "整个事项").label("这一项").related(at(&sources, "营业执照:", 0), "与这一项相同");
    let short = VAGUE.at(three, "三行").label("这三行").related(at(&sources, "营业执照]", 0), "还有这里");
    let bare = VAGUE.at(three, "三行");
    let bow = |diagnostic: &Diagnostic| both(&sources, diagnostic);
    insta::assert_snapshot!([bow(&long), bow(&short), bow(&bare)].join("\n"));
}

#[test]
fn places_that_overlap() {
    let sources = sources();
    let outer = at(&sources, "居民身份证等相关材料", 0);
    let diagnostic = VAGUE
        .at(at(&sources, "等", 0), "含糊")
        .label("这个字")
        .related(outer, "在这一样材料里")
        .related(at(&sources, "居民身份证", 0), "前面这一样说得清");
    insta::assert_snapshot!(both(&sources, &diagnostic));
}

#[test]
fn ends_and_empty_spans() {
    let sources = sources();
    let id = at(&sources, "一件事", 0).source;
    let end = Span::new(id, BUNDLE.len()..BUNDLE.len());
    let missing = at(&sources, "  小餐饮许可:", 0).at_end();
    let empty = Sources::from_texts([Source::new("空.yaml", "")]);
    let open = Sources::from_texts([Source::new("没完.yaml", "一件事: [甲，")]);
    let mut out = draw(&sources, &CIRCULAR.at(end, "文件到此为止").label("少了“联办事项”"), true, 80);
    out += &draw(
        &sources,
        &CIRCULAR.at(missing, "没有值").label("这里要写").fix(Fix::replace(missing, " 是", "补上“是”")),
        true,
        80,
    );
    out += &draw(&empty, &CIRCULAR.at(Span::new(SourceId(0), 0..0), "文件是空的"), true, 80);
    let text = open.get(SourceId(0)).text().len();
    out +=
        &draw(&open, &CIRCULAR.at(Span::new(SourceId(0), text..text), "方括号没有关上").label("这里要有 ]"), true, 80);
    insta::assert_snapshot!(out);
}

#[test]
fn byte_order_mark_crlf_tabs_and_escapes() {
    let text = "\u{feff}一件事: 例子\r\n标识: \texample # 旁注\r\n说明: 红\x1b[31m字\u{202e}倒\r\n";
    let sources = Sources::from_texts([Source::new("旧.yaml", text)]);
    let span = |what: &str| {
        let start = text.find(what).unwrap();
        Span::new(SourceId(0), start..start + what.len())
    };
    let diagnostic = VAGUE
        .at(span("example"), "制表符后面")
        .label("第 6 列")
        .related(span("一件事"), "第 1 列")
        .related(span("倒"), "最后一行")
        .fix(Fix::replace(span("\texample"), "example", "删去制表符"));
    insta::assert_snapshot!(both(&sources, &diagnostic));
}

#[test]
fn long_lines_are_cut() {
    let text = format!("说明: {}错{}\n材料: [{}]\n", "很长".repeat(5000), "的话".repeat(5000), "甲, ".repeat(60));
    let sources = Sources::from_texts([Source::new("长.yaml", text.clone())]);
    let start = text.find('错').unwrap();
    let span = Span::new(SourceId(0), start..start + 3);
    let last = text.rfind('甲').unwrap();
    let diagnostic = VAGUE
        .at(span, "一行里有一万多个字")
        .label("这个字写错了，应当写成另一个字，理由在后面说得很长很长，一行放不下")
        .related(Span::new(SourceId(0), 8..11), "同一行很前面的地方")
        .related(Span::new(SourceId(0), last..last + 3), "下一行的末尾")
        .fix(Fix::replace(span, "对", "改为“对”"));
    let out = [60, 80, 120].map(|width| draw(&sources, &diagnostic, true, width)).join("\n");
    assert!(out.len() < 12_000);
    let wide = |line: &str| line.chars().map(|c| if c > '\u{2e80}' { 2 } else { 1 }).sum::<usize>();
    for (width, part) in [60, 80, 120].iter().zip(out.split("\n\n")) {
        for line in part.lines() {
            assert!(wide(line) <= *width, "{line}");
        }
    }
    insta::assert_snapshot!(out);
}

#[test]
fn a_label_at_the_right_edge() {
    let text = "备注: 这一行正好写到窗口右边的边上才遇到问题，前面都是好的，好的，错\n";
    let sources = Sources::from_texts([Source::new("右.yaml", text)]);
    let start = text.find('错').unwrap();
    let diagnostic = VAGUE.at(Span::new(SourceId(0), start..start + 3), "右边").label("这个字写错了，应当写成另一个字");
    insta::assert_snapshot!(format!(
        "{}\n{}",
        draw(&sources, &diagnostic, true, 60),
        draw(&sources, &diagnostic, true, 80)
    ));
}

#[test]
fn many_places() {
    let text: String = (0..40).map(|n| format!("- 材料{n}: 身份证\n")).collect();
    let sources = Sources::from_texts([Source::new("多.yaml", text.clone())]);
    let spans: Vec<Span> =
        text.match_indices("身份证").map(|(start, it)| Span::new(SourceId(0), start..start + it.len())).collect();
    let mut diagnostic = VAGUE.at(spans[0], "同一样材料写了四十次").label("第一次");
    for &span in &spans[1..] {
        diagnostic = diagnostic.related(span, "又写一次");
    }
    let edits = |list: &[Span]| list.iter().map(|&span| Edit { span, text: "居民身份证".into() }).collect();
    diagnostic =
        diagnostic.fix(Fix { title: "都改为“居民身份证”".into(), edits: edits(&spans), safe: true });
    insta::assert_snapshot!(draw(&sources, &diagnostic, true, 80));
}

#[test]
fn lines_that_come_and_go() {
    let sources = sources();
    let line = at(&sources, "    前置: [营业执照]\n", 0);
    let add = Fix::replace(at(&sources, "    时限", 0).at_start(), "    牵头: 是\n    联办: 否\n", "补上两行");
    let remove = Fix::replace(line, "", "删去“前置”");
    let all = Fix::replace(at(&sources, "联办事项", 0).to(line), "", "整段删去").to_be_confirmed();
    let other = Fix::replace(nth(&sources, "目录/材料.yaml", "租房合同", 0), "租房合同, 租约", "在目录里加一个别名");
    let out = [add, remove, all, other].map(|fix| draw(&sources, &VAGUE.at(line, "改法").fix(fix), true, 80));
    insta::assert_snapshot!(out.join("\n"));
}

/// Draws every `step`th “等” of `text` and says how many bytes that took at most.
fn draw_all(text: &str, step: usize) -> usize {
    let sources = Sources::from_texts([Source::new("大.yaml", text)]);
    let renderer = Renderer::new(Theme { colour: false, unicode: true }, 80);
    let mut longest = 0;
    for (start, found) in text.match_indices("等").step_by(step) {
        let span = Span::new(SourceId(0), start..start + found.len());
        let mut out = String::new();
        renderer.render(&sources, &VAGUE.at(span, "含糊").label("这里").fix(Fix::replace(span, "", "删去")), &mut out);
        longest = longest.max(out.len());
    }
    longest
}

#[test]
fn hundreds_of_findings_in_a_large_file_are_quick() {
    // A second would be slow for an optimised build; the margin is for a debug build on a busy machine. Drawing whole lines,
    // or looking through the text for each finding, takes minutes.
    let started = std::time::Instant::now();
    assert!(draw_all(&"  - 居民身份证等相关材料\n".repeat(30_000), 60) < 2000);
    let one_line = format!("材料: [{}]\n", "居民身份证等相关材料, ".repeat(30_000));
    assert!(draw_all(&one_line, 60) < 2000);
    assert!(started.elapsed().as_secs() < 20);
}

/// Columns on a terminal, as far as the characters of these tests go.
fn columns(text: &str) -> usize {
    text.chars().map(|c| if c == '\u{200d}' { 0 } else { 1 + usize::from(c >= '\u{2e80}' && c != '\u{fffd}') }).sum()
}

fn span_in(text: &str, a: usize, b: usize) -> Span {
    let ends: Vec<usize> = text.char_indices().map(|(at, _)| at).chain([text.len()]).collect();
    let (a, b) = (ends[a % ends.len()], ends[b % ends.len()]);
    Span::new(SourceId(0), a.min(b)..a.max(b))
}

proptest::proptest! {
    #![proptest_config(proptest::prelude::ProptestConfig { cases: 600, failure_persistence: None, ..Default::default() })]

    #[test]
    fn every_text_and_every_span_is_drawn_within_the_width(
        pieces in proptest::collection::vec(proptest::sample::select(vec![
            "甲", "事项: ", "a", "\t", "\n", "\r\n", "\r", "🙂", "，", "“", "  ", "- ", "\u{feff}", "\u{1b}[0m", "\u{3000}",
            "一二三四五六七八九十一二三四五六七八九十一二三四五六七八九十", "abcdefghijklmnopqrstuvwxyz",
        ]), 0..40),
        spans in proptest::collection::vec((0usize..200, 0usize..200, 0usize..40), 1..5),
        width in 40usize..130,
        unicode: bool,
    ) {
        let text = pieces.concat();
        let sources = Sources::from_texts([Source::new("a.yaml", text.clone())]);
        let words = |count: usize| "这里写的和别处对不上，".chars().cycle().take(count).collect::<String>();
        let first = span_in(&text, spans[0].0, spans[0].1);
        let mut diagnostic = VAGUE.at(first, words(spans[0].2)).label(words(spans[0].2)).help("改").fix(Fix::replace(first, "好\n的", "改"));
        for &(a, b, count) in &spans[1..] {
            diagnostic = diagnostic.related(span_in(&text, a, b), words(count));
        }
        let out = draw(&sources, &diagnostic, unicode, width);
        for line in out.lines() {
            proptest::prop_assert!(columns(line) <= width, "{} > {width}: {line}\n{out}", columns(line));
            proptest::prop_assert!(!line.contains(|c: char| c.is_control()), "a control character");
        }
    }

    #[test]
    fn carets_stand_under_what_they_mark(
        before in "[a-z甲乙“，🙂\t ]{0,30}",
        marked in "[a-z甲乙，]{1,12}",
        after in "[a-z甲乙 ]{0,200}",
    ) {
        let text = format!("x\n{before}{marked}{after}\n");
        let sources = Sources::from_texts([Source::new("a.yaml", text)]);
        let start = 2 + before.len();
        let out = draw(&sources, &VAGUE.at(Span::new(SourceId(0), start..start + marked.len()), "列"), false, 80);
        let carets = out.lines().find(|line| line.contains('^')).expect("carets");
        let shown = out.lines().find(|line| line.starts_with(" 2 |")).expect("the line");
        let (from, to) = (carets.find('^').unwrap(), carets.len());
        // What stands over the carets, column by column.
        let mut column = 0;
        let mut over = String::new();
        for c in shown.chars() {
            if (from..to).contains(&column) {
                over.push(c);
            }
            column += columns(c.encode_utf8(&mut [0; 4]));
        }
        proptest::prop_assert_eq!(over, marked, "{}", out);
    }
}
